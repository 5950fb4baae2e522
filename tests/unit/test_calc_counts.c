/* SPDX-License-Identifier: EUPL-1.2 */
/* Single counts: the index against the slow sum, for every possible key. */
#include "calc/counts.h"
#include "calc_fixture.h"

struct counted {
    struct arena *arena;
    struct codes codes;
    struct facts facts;
    struct coverage coverage;
    struct calc_counts *counts;
};

static struct counted *counted_new(bool population)
{
    struct arena *arena = arena_new();
    struct counted *counted = arena_alloc(arena, sizeof *counted);
    counted->arena = arena;
    counted->codes = calc_fixture_codes(arena);
    counted->facts =
        population ? calc_fixture_population(arena) : calc_fixture_cases(arena);
    counted->coverage = calc_fixture_coverage(arena, &counted->codes);
    calc_fixture_cover(&counted->coverage, 0, 1, SITE_COL, COVERAGE_NONE);
    calc_fixture_cover(&counted->coverage, 1, 1, SITE_EST, COVERAGE_NONE);
    struct calc_source source = {.facts = &counted->facts,
                                 .coverage = &counted->coverage};
    struct err err = {0};
    CHECK(calc_counts_new(arena, &counted->codes, &source, &counted->counts,
                          &err));
    return counted;
}

static bool ask(struct counted *counted, const int node[DIM_COUNT],
                int64_t *count)
{
    bool structural = false;
    struct err err = {0};
    if (!calc_count(counted->counts, node, count, &structural, &err))
        fail_msg("%s", err.text);
    return structural;
}

/* The next key, the last dimension fastest; false after the last one. */
static bool next_key(const struct codes *codes, int node[DIM_COUNT])
{
    for (size_t d = DIM_COUNT; d-- > 0;) {
        if (++node[d] < (int)codes->dims[d].count)
            return true;
        node[d] = 0;
    }
    return false;
}

static void check_every_key(bool population)
{
    struct counted *counted = counted_new(population);
    int node[DIM_COUNT] = {0};
    do {
        int64_t count = -1;
        (void)ask(counted, node, &count);
        CHECK_INT(count, calc_fixture_sum(&counted->codes, &counted->facts,
                                          &counted->coverage, node));
    } while (next_key(&counted->codes, node));
    arena_free(counted->arena);
}

TEST(every_count_of_cases_is_the_slow_sum)
{
    check_every_key(false);
}

TEST(every_count_of_people_is_the_slow_sum)
{
    check_every_key(true);
}

TEST(what_everybody_knows_to_be_zero_is_structural)
{
    struct counted *counted = counted_new(false);
    const struct dimension *dims = counted->codes.dims;
    int node[DIM_COUNT] = {0};
    int64_t count;
    node[DIM_SEX] = code_find(&dims[DIM_SEX], NULL, "F");
    CHECK(!ask(counted, node, &count));
    node[DIM_SITE] = code_find(&dims[DIM_SITE], NULL, "PRO");
    CHECK(ask(counted, node, &count));
    CHECK_INT(count, 0);
    /* A group of nothing but that site is no different. */
    node[DIM_SITE] = code_find(&dims[DIM_SITE], NULL, "MAS");
    CHECK(ask(counted, node, &count));
    node[DIM_SEX] = code_find(&dims[DIM_SEX], NULL, "M");
    CHECK(!ask(counted, node, &count));
    node[DIM_SEX] = 0;
    CHECK(!ask(counted, node, &count));
    arena_free(counted->arena);
}

TEST(where_nothing_is_covered_zero_is_structural)
{
    struct counted *counted = counted_new(false);
    const struct dimension *dims = counted->codes.dims;
    int node[DIM_COUNT] = {0};
    int64_t count;
    node[DIM_PERIOD] = code_find(&dims[DIM_PERIOD], NULL, "2020");
    node[DIM_SITE] = code_find(&dims[DIM_SITE], NULL, "DIG");
    node[DIM_TERRITORY] = code_find(&dims[DIM_TERRITORY], "region", "53");
    CHECK(ask(counted, node, &count)); /* 29 lacks colon, 53 stomach */
    CHECK_INT(count, 0);
    node[DIM_TERRITORY] = 0;
    CHECK(!ask(counted, node, &count));
    node[DIM_TERRITORY] = code_find(&dims[DIM_TERRITORY], "departement", "29");
    node[DIM_SITE] = code_find(&dims[DIM_SITE], NULL, "EST");
    CHECK(!ask(counted, node, &count));
    arena_free(counted->arena);
}

TEST(an_overflowing_count_is_an_error_without_a_number)
{
    struct arena *arena = arena_new();
    struct codes codes = calc_fixture_codes(arena);
    const struct fact rows[] = {{{0, 0, 0, 0, 0, 0}, INT64_MAX},
                                {{0, 0, 0, 1, 0, 0}, 1}};
    const struct facts facts = {rows, 2};
    struct calc_source source = {.facts = &facts};
    struct calc_counts *counts = NULL;
    struct err err = {0};
    CHECK(calc_counts_new(arena, &codes, &source, &counts, &err));
    const int node[DIM_COUNT] = {0};
    int64_t count = -7;
    bool structural = false;
    CHECK(!calc_count(counts, node, &count, &structural, &err));
    CHECK_TEXT(err.text,
               "cell (pays FR, ALL, T, T, 2019, T): a sum of counts is "
               "too large");
    CHECK_INT(count, -7);
    arena_free(arena);
}

RUN(CASE(every_count_of_cases_is_the_slow_sum),
    CASE(every_count_of_people_is_the_slow_sum),
    CASE(what_everybody_knows_to_be_zero_is_structural),
    CASE(where_nothing_is_covered_zero_is_structural),
    CASE(an_overflowing_count_is_an_error_without_a_number))
