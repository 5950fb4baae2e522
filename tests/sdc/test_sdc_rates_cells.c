/* SPDX-License-Identifier: EUPL-1.2 */
/* Rates and the cells that their ages are, attacked together. */
#include "late_clock.h"
#include "world.h"

enum {
    SITES = 2,
    AGES = 3,
};

static const int64_t counts[SITES][AGES] = {{3, 40, 900}, {30, 20, 500}};
static const double weights[AGES] = {6.0, 3.0, 1.0};

static void protect(struct world *world)
{
    *world = world_new(5);
    world_leaves(world, DIM_SITE, SITES);
    (void)world_node(world, DIM_SITE, "all", 0, SITES - 1, false);
    world_leaves(world, DIM_AGE, AGES);
    (void)world_node(world, DIM_AGE, "T", 0, AGES - 1, false);
    world_table(world);
    for (size_t s = 0; s < SITES; s++) {
        for (size_t a = 0; a < AGES; a++)
            world->table[s * world->stride[DIM_SITE] +
                         a * world->stride[DIM_AGE]] = counts[s][a];
    }
    world_add_all(world, -1);
    if (!sdc_protect(world->arena, world->universe, world_count, world,
                     &world->clearance, &world->err))
        fail_msg("%s", world->err.text);
}

static size_t cell_at(struct world *world, int site, int age)
{
    struct sdc_cell_key key = {.measure = "cases"};
    key.node[DIM_SITE] = site;
    key.node[DIM_AGE] = age;
    return world_add_limited(world, &key, -1);
}

/* [cells], all of them asked for. */
static bool *ask_all(struct world *world)
{
    size_t cells = clearance_cells(world->clearance);
    bool *asked = arena_array(world->arena, cells, sizeof *asked);
    memset(asked, true, cells * sizeof *asked);
    return asked;
}

/* Whether the small count is exposed by the rate of its row, known to `half`;
 * negative: beside no rate. */
static bool exposes(struct world *world, double half)
{
    double value = 0.0;
    for (size_t a = 0; a < AGES; a++)
        value += weights[a] * (double)counts[0][a];
    const struct sdc_rate rate = {cell_at(world, 0, AGES), weights,
                                  value - half, value + half};
    bool *exposed = ask_all(world);
    if (!clearance_attack(world->clearance, SDC_WHOLE, &rate,
                          half < 0.0 ? 0 : 1, exposed, &world->err))
        fail_msg("%s", world->err.text);
    return exposed[cell_at(world, 0, 0)];
}

TEST(a_rate_of_many_cases_exposes_an_age_as_far_as_its_digits_go)
{
    struct world world;
    protect(&world);
    CHECK(!clearance_shown(world.clearance, cell_at(&world, 0, 0)));
    CHECK(!exposes(&world, -1.0)); /* the cells alone */
    CHECK(exposes(&world, 0.5));
    CHECK(!exposes(&world, 500.0));
    world_free(&world);
}

TEST(rates_that_contradict_the_cells_are_a_refusal)
{
    struct world world;
    protect(&world);
    const struct sdc_rate rate = {cell_at(&world, 0, AGES), weights, 1.0, 2.0};
    bool *exposed = ask_all(&world);
    CHECK(!clearance_attack(world.clearance, SDC_WHOLE, &rate, 1, exposed,
                            &world.err));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.text,
               "rates beside cells: a derived value does not hold");
    world_free(&world);
}

/* At any look but the first, which starts the clock. */
TEST(an_attack_whose_time_ends_is_a_refusal)
{
    struct world world;
    protect(&world);
    const struct sdc_rate rate = {cell_at(&world, 0, AGES), weights, 1037.5,
                                  1038.5};
    bool *exposed = ask_all(&world);
    stop_after(-1);
    bool ok = clearance_attack(world.clearance, SDC_WHOLE, &rate, 1, exposed,
                               &world.err);
    long all = looks;
    CHECK(ok && all > 2);
    for (long count = 2; count <= all; count++) {
        stop_after(count);
        world.err = (struct err){0};
        exposed = ask_all(&world);
        ok = clearance_attack(world.clearance, SDC_WHOLE, &rate, 1, exposed,
                              &world.err);
        CHECK(!ok);
        CHECK_INT(world.err.code, ERR_DISCLOSURE);
    }
    stop_after(-1);
    world_free(&world);
}

RUN(CASE(a_rate_of_many_cases_exposes_an_age_as_far_as_its_digits_go),
    CASE(rates_that_contradict_the_cells_are_a_refusal),
    CASE(an_attack_whose_time_ends_is_a_refusal))
