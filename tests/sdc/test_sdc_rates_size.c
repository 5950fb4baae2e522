/* SPDX-License-Identifier: EUPL-1.2 */
/* What proving rates takes before the first of them: memory that grows with
 * the codes, not with pairs of them. A country may have 35,000 communes. */
#include "seal_fixture.h"

#include "seal/seal_ages_impl.h"

enum {
    FEW = 1000,
    TIMES = 8,
};

/* Nothing but the leaves of one dimension. */
static void put_leaves(struct arena *arena, struct dimension *dimension,
                       size_t count)
{
    int *leaf_node = arena_array(arena, count, sizeof *leaf_node);
    uint16_t *leaves = arena_array(arena, count, sizeof *leaves);
    for (size_t l = 0; l < count; l++) {
        leaves[l] = (uint16_t)l;
        leaf_node[l] = code_add(arena, dimension,
                                &(struct node){.code = "C",
                                               .level = "leaf",
                                               .article = "",
                                               .icd10 = "",
                                               .sex = "",
                                               .parent = -1,
                                               .leaves = &leaves[l],
                                               .leaf_count = 1});
    }
    dimension->leaf_node = leaf_node;
    dimension->leaf_count = count;
}

/* Bytes that opening takes with so many communes. */
static size_t bytes_of(size_t communes)
{
    struct plan plan = {0};
    struct project project = {.policy = {.threshold = 11}};
    struct seal_job job = {.plan = &plan, .project = &project};
    struct seal seal = {.closed = arena_new(), .job = &job};
    struct seal_ages ages = {.seal = &seal};
    struct err err = {0};
    for (int d = 0; d < DIM_COUNT; d++) {
        seal.codes.dims[d].dim = (enum dim)d;
        put_leaves(seal.closed, &seal.codes.dims[d],
                   d == DIM_TERRITORY ? communes : 2);
    }
    seal.universe = universe_new(seal.closed, &seal.codes, &project.policy);
    size_t before = check_heap();
    if (!seal_ages_open(&ages, &err))
        fail_msg("%s", err.text);
    size_t taken = check_heap() - before;
    arena_wipe(seal.closed);
    return taken;
}

TEST(memory_grows_with_the_codes_and_not_with_their_pairs)
{
    size_t few = bytes_of(FEW), many = bytes_of(TIMES * FEW);
    size_t block = 2 * 1024 * 1024; /* the arena asks for so much at once */
    CHECK(many <= TIMES * few + block);
    CHECK(many < (size_t)TIMES * FEW * 1000);
}

/* Age counts as they are read for a table with rates, where a dimension has so
 * many leaves; 0: as many as it has. */
static const struct age_stock *read_stock(enum dim dim, size_t leaves,
                                          struct seal_fixture *fixture)
{
    seal_fixture_table(fixture, "cases",
                       (struct plan_value){.kind = VALUE_STANDARDISED_RATE,
                                           .standard = "world",
                                           .interval = true,
                                           .decimals = 1});
    seal_fixture_protect(fixture);
    struct seal_ages ages = {.seal = &fixture->seal};
    const struct age_stock *stock = NULL;
    if (leaves > 0)
        fixture->seal.codes.dims[dim].leaf_count = leaves;
    seal_ages_no_stocks(&ages);
    CHECK(seal_ages_find_stock(&ages, &fixture->tables[0], &stock,
                               &fixture->err));
    return stock;
}

/* Nothing is judged then: rates of the measure are withheld. */
TEST(age_counts_without_room_are_not_read)
{
    static const struct {
        enum dim dim;
        size_t leaves;
        bool read;
    } cases[] = {
        {DIM_AGE, 0, true},
        {DIM_AGE, AGES_MAX, true},
        {DIM_AGE, AGES_MAX + 1, false},
        {DIM_SITE, 1000, true},
        {DIM_SITE, 40000001, false},
        {DIM_TERRITORY, SIZE_MAX / 4, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct seal_fixture *fixture = seal_fixture_new();
        const struct age_stock *stock =
            read_stock(cases[i].dim, cases[i].leaves, fixture);
        CHECK_INT(stock->cases != NULL, cases[i].read);
        CHECK_INT(stock->years != NULL, cases[i].read);
        seal_fixture_end(fixture);
    }
}

RUN(CASE(memory_grows_with_the_codes_and_not_with_their_pairs),
    CASE(age_counts_without_room_are_not_read))
