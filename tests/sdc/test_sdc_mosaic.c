/* SPDX-License-Identifier: EUPL-1.2 */
/* Rounded tables of a release: one rounding of everything that overlaps,
 * against an attacker by brute force, over releases that follow each other. */
#include "mosaic_fixture.h"

/* --- the attacker --------------------------------------------------------- */

/* Everything that anybody is told, over the leaves of the world. */
struct attack {
    size_t leaves, count;
    unsigned held[MOST];             /* leaves of a cell */
    int64_t least[MOST], most[MOST]; /* what is printed of it leaves open */
    int64_t low[MOST], high[MOST];   /* what is possible */
    int64_t sum[MOST];
    int64_t table[16];
};

static unsigned leaves_of(const struct world *world, const struct print *print,
                          size_t cell)
{
    unsigned held = 0;
    struct sdc_cell_key at = {0};
    for (int d = 0; d < DIM_COUNT; d++)
        at.node[d] =
            (int)universe_part(print->universe->keys[cell], (enum dim)d);
    const struct node *site = &world->codes.dims[DIM_SITE].nodes[at.node[1]];
    const struct node *sex = &world->codes.dims[DIM_SEX].nodes[at.node[2]];
    for (size_t i = 0; i < site->leaf_count; i++) {
        for (size_t j = 0; j < sex->leaf_count; j++)
            held |= 1U << (site->leaves[i] * world->stride[DIM_SITE] +
                           sex->leaves[j] * world->stride[DIM_SEX]);
    }
    return held;
}

/* The attacker knows which cells were rounded for themselves: those within one
 * base. Their parts are not cut by those of any other cell. */
static bool is_tile(const struct print *print, size_t cell)
{
    const struct universe *universe = print->universe;
    for (size_t c = 0; c < universe->published; c++) {
        for (int d = 0; d < DIM_COUNT; d++) {
            const struct part *own =
                &universe->axes[d]
                     .parts[universe_part(universe->keys[cell], (enum dim)d)];
            const struct part *other =
                &universe->axes[d]
                     .parts[universe_part(universe->keys[c], (enum dim)d)];
            size_t common = 0;
            for (size_t i = 0; i < own->leaf_count; i++) {
                for (size_t j = 0; j < other->leaf_count; j++)
                    common += own->leaves[i] == other->leaves[j];
            }
            if (common > 0 && common < own->leaf_count)
                return false;
        }
    }
    return true;
}

static void tell(const struct world *world, const struct print *print,
                 struct attack *attack)
{
    for (size_t c = 0; c < print->universe->published; c++) {
        size_t at = attack->count++;
        CHECK(at < MOST);
        int64_t window = is_tile(print, c) ? 1 : print->mosaic.report.window;
        int64_t reach = window * print->base - 1;
        int64_t value = print->mosaic.values[c];
        CHECK(value % print->base == 0 && value >= 0);
        CHECK(llabs(value - print->universe->counts[c]) <= reach);
        attack->held[at] = leaves_of(world, print, c);
        attack->least[at] = value > reach ? value - reach : 0;
        attack->most[at] = value + reach;
        attack->low[at] = INT64_MAX;
        attack->high[at] = -1;
    }
}

static void note(struct attack *attack)
{
    for (size_t c = 0; c < attack->count; c++) {
        if (attack->sum[c] < attack->least[c])
            return;
    }
    for (size_t c = 0; c < attack->count; c++) {
        int64_t sum = attack->sum[c];
        attack->low[c] = sum < attack->low[c] ? sum : attack->low[c];
        attack->high[c] = sum > attack->high[c] ? sum : attack->high[c];
    }
}

/* Every table of counts that agrees with everything printed. */
static void enumerate(struct attack *attack, size_t leaf)
{
    if (leaf == attack->leaves) {
        note(attack);
        return;
    }
    unsigned held = 0;
    for (size_t c = 0; c < attack->count; c++)
        held |= attack->held[c];
    /* Of a leaf that no cell holds, nothing is known and nothing follows. */
    for (int64_t count = 0; count == 0 || (held >> leaf & 1); count++) {
        bool fits = true;
        for (size_t c = 0; c < attack->count; c++) {
            if (!(attack->held[c] >> leaf & 1))
                continue;
            attack->sum[c] += count;
            fits = fits && attack->sum[c] <= attack->most[c];
        }
        if (fits)
            enumerate(attack, leaf + 1);
        for (size_t c = 0; c < attack->count; c++)
            attack->sum[c] -= attack->held[c] >> leaf & 1 ? count : 0;
        if (!fits)
            return;
    }
}

/* No interval that meets 1..T-1 is narrower than T-2; and the same cell has
 * the same number wherever it stands. */
static void check_promise(struct attack *attack, int64_t threshold)
{
    enumerate(attack, 0);
    for (size_t c = 0; c < attack->count; c++) {
        CHECK(attack->low[c] <= attack->high[c]);
        CHECK(attack->low[c] >= threshold || attack->high[c] < 1 ||
              attack->high[c] - attack->low[c] >= threshold - 2);
    }
}

/* --- random releases
 * ---------------------------------------------------------------------------
 */

/* Sites with nodes that nest, cross and repeat, by one sex or two. */
static struct world random_world(uint64_t *state, int64_t threshold)
{
    struct world world = world_new(threshold);
    int sexes = 1 + world_below(state, 2);
    int sites = sexes == 2 ? 2 : 3 + world_below(state, 2);
    world_leaves(&world, DIM_SITE, sites);
    world_leaves(&world, DIM_SEX, sexes);
    world_node(&world, DIM_SITE, "ALL", 0, sites - 1, false);
    for (int zone = 0; zone < 2 && sexes == 1; zone++) {
        int first = world_below(state, sites - 1);
        world_node(&world, DIM_SITE, arena_format(world.arena, "Z%d", zone),
                   first, first + 1, true);
    }
    if (sexes == 2)
        world_node(&world, DIM_SEX, CODE_TOTAL, 0, 1, false);
    world_table(&world);
    for (size_t l = 0; l < world.leaves; l++)
        world.table[l] = world_below(state, 2) ? world_below(state, 5) : 0;
    return world;
}

/* Some cells, each with one chance in `odds` of being left out. */
static void show_some(struct world *world, struct print *print, uint64_t *state,
                      int odds)
{
    const struct dimension *dims = world->codes.dims;
    print->universe = universe_new(world->arena, &world->codes, &world->policy);
    (void)show(world, print->universe, 0, 0);
    for (size_t i = 0; i < dims[DIM_SITE].count; i++) {
        for (size_t j = 0; j < dims[DIM_SEX].count; j++) {
            if (world_below(state, odds) > 0)
                (void)show(world, print->universe, (int)i, (int)j);
        }
    }
}

/* The same leaves in both, by whatever code. */
static bool is_same(const struct universe *a, size_t cell,
                    const struct universe *b, size_t other)
{
    for (int d = 0; d < DIM_COUNT; d++) {
        const struct part *x =
            &a->axes[d].parts[universe_part(a->keys[cell], (enum dim)d)];
        const struct part *y =
            &b->axes[d].parts[universe_part(b->keys[other], (enum dim)d)];
        if (x->leaf_count != y->leaf_count ||
            memcmp(x->leaves, y->leaves, x->leaf_count * sizeof *x->leaves))
            return false;
    }
    return true;
}

static void check_again(const struct print *before, const struct print *after)
{
    const struct universe *past = before->universe, *now = after->universe;
    for (size_t c = 0; c < past->published; c++) {
        size_t found = 0;
        for (size_t cell = 0; cell < now->count; cell++) {
            if (!is_same(past, c, now, cell))
                continue;
            found++;
            CHECK_INT(after->mosaic.values[cell], before->mosaic.values[c]);
        }
        CHECK(found > 0);
    }
}

TEST(nobody_narrows_a_count_whatever_two_releases_print)
{
    uint64_t state = 20261;
    int refused = 0, done = 0;
    for (int t = 0; t < TRIALS; t++) {
        int64_t threshold = 3 + t % 3, base = threshold - 1 + t % 2;
        struct world world = random_world(&state, threshold);
        struct print first = {0}, second = {0};
        struct attack attack = {.leaves = world.leaves};
        show_some(&world, &first, &state, 3);
        show_some(&world, &second, &state, 3);
        round_all(&world, &first, base);
        for (size_t c = 0; c < first.universe->published; c++)
            CHECK(join(&world, second.universe, &first, c, "one", true));
        if (!try_print(&world, &second, base)) {
            CHECK_TEXT(world.err.id, "round.printed");
            refused++;
        } else {
            check_again(&first, &second);
            tell(&world, &first, &attack);
            tell(&world, &second, &attack);
            check_promise(&attack, threshold);
            done++;
        }
        world_free(&world);
    }
    CHECK_INT(done + refused, TRIALS);
    CHECK(refused <
          TRIALS / 20); /* margins that no rounding of new parts gives */
}

/* Margins first, then what they are made of: hundreds of leaves, which no
 * enumeration settles. */
TEST(margins_of_an_earlier_release_are_found_again_by_search)
{
    uint64_t state = 77;
    for (int t = 0; t < 8; t++) {
        struct world world = world_new(5);
        struct print first = {0}, second = {0};
        world_leaves(&world, DIM_SITE, 40);
        world_leaves(&world, DIM_SEX, 6);
        for (int group = 0; group < 40; group += 5)
            world_node(&world, DIM_SITE,
                       arena_format(world.arena, "G%d", group), group,
                       group + 4, false);
        world_node(&world, DIM_SITE, "ALL", 0, 39, false);
        world_node(&world, DIM_SEX, CODE_TOTAL, 0, 5, false);
        world_table(&world);
        for (size_t l = 0; l < world.leaves; l++)
            world.table[l] = world_below(&state, 1 + world_below(&state, 30));
        first.universe = universe_new(world.arena, &world.codes, &world.policy);
        second.universe =
            universe_new(world.arena, &world.codes, &world.policy);
        for (int site = 0; site < 49; site++) {
            for (int sex = 0; sex <= 6; sex++) {
                bool margin = t % 2 ? site >= 40 : site == 48 || sex == 6;
                if (margin)
                    (void)show(&world, first.universe, site, sex);
            }
        }
        for (int site = 0; site < 49; site++) {
            for (int sex = 0; sex <= 6; sex++)
                (void)show(&world, second.universe, site, sex);
        }
        round_all(&world, &first, 5);
        for (size_t c = 0; c < first.universe->published; c++)
            CHECK(join(&world, second.universe, &first, c, "one", true));
        round_all(&world, &second, 5);
        check_again(&first, &second);
        CHECK_INT(second.mosaic.report.how, ROUND_SEARCHED);
        CHECK(second.mosaic.report.window <= 3);
        world_free(&world);
    }
}

TEST(the_attacker_of_the_test_finds_two_roundings_of_one_count)
{
    struct attack attack = {.leaves = 1, .count = 2};
    for (size_t c = 0; c < 2; c++) {
        attack.held[c] = 1;
        attack.least[c] = c == 0 ? 0 : 1;
        attack.most[c] = c == 0 ? 3 : 7;
        attack.low[c] = INT64_MAX;
    }
    enumerate(&attack, 0);
    CHECK_INT(attack.low[0], 1);
    CHECK_INT(attack.high[0], 3); /* width 2: exposed at a threshold of 5 */
}

RUN(CASE(nobody_narrows_a_count_whatever_two_releases_print),
    CASE(margins_of_an_earlier_release_are_found_again_by_search),
    CASE(the_attacker_of_the_test_finds_two_roundings_of_one_count))
