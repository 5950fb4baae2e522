/* SPDX-License-Identifier: EUPL-1.2 */
/* Cubes: every cell against the sum of its facts made the slow way. */
#include "calc_fixture.h"

struct cubed {
    struct arena *arena;
    struct codes codes;
    struct facts cases, population;
    struct coverage coverage;
    struct cube_axis axes[DIM_COUNT];
};

static struct cubed cubed_new(void)
{
    struct cubed cubed = {.arena = arena_new()};
    cubed.codes = calc_fixture_codes(cubed.arena);
    struct err err = {0};
    CHECK(code_band(cubed.arena, &cubed.codes.dims[DIM_AGE], 15, 74, &err) >=
          0);
    CHECK(code_band(cubed.arena, &cubed.codes.dims[DIM_PERIOD], 2020, 2022,
                    &err) >= 0);
    cubed.cases = calc_fixture_cases(cubed.arena);
    cubed.population = calc_fixture_population(cubed.arena);
    cubed.coverage = calc_fixture_coverage(cubed.arena, &cubed.codes);
    for (unsigned d = 0; d < DIM_COUNT; d++)
        cubed.axes[d] =
            calc_fixture_all(cubed.arena, &cubed.codes, (enum dim)d);
    return cubed;
}

static const struct cube *build(struct cubed *cubed, const struct facts *facts,
                                const struct coverage *coverage)
{
    struct cube *cube = NULL;
    struct err err = {0};
    if (!cube_build(cubed->arena, &cubed->codes, facts, coverage, cubed->axes,
                    &cube, &err))
        fail_msg("%s", err.text);
    return cube;
}

static void check_cells(struct cubed *cubed, const struct facts *facts,
                        const struct coverage *coverage)
{
    const struct cube *cube = build(cubed, facts, coverage);
    int64_t all = 0;
    for (size_t cell = 0; cell < cube->cells; cell++) {
        size_t place[DIM_COUNT];
        int node[DIM_COUNT];
        cube_place(cube, cell, place);
        for (size_t d = 0; d < DIM_COUNT; d++)
            node[d] = cube->axes[d].nodes[place[d]];
        CHECK_INT(cube_count(cube, cell),
                  calc_fixture_sum(&cubed->codes, facts, coverage, node));
        all += cube_count(cube, cell);
    }
    CHECK(all > 0);
}

TEST(a_cell_is_the_sum_of_its_leaves)
{
    struct cubed cubed = cubed_new();
    check_cells(&cubed, &cubed.cases, NULL);
    arena_free(cubed.arena);
}

TEST(facts_without_a_dimension_belong_to_every_node)
{
    struct cubed cubed = cubed_new();
    CHECK(cube_counted_by(&cubed.population, DIM_AGE));
    CHECK(!cube_counted_by(&cubed.population, DIM_SITE));
    check_cells(&cubed, &cubed.population, NULL);
    arena_free(cubed.arena);
}

TEST(uncovered_ground_is_left_out)
{
    struct cubed cubed = cubed_new();
    calc_fixture_cover(&cubed.coverage, 0, 1, SITE_COL, COVERAGE_NONE);
    calc_fixture_cover(&cubed.coverage, 2, 0, SITE_POU, COVERAGE_NONE);
    calc_fixture_cover(&cubed.coverage, 1, 0, SITE_POU, COVERAGE_PARTIAL);
    calc_fixture_cover(&cubed.coverage, 1, 2, SITE_PRO, COVERAGE_PROJECTED);
    check_cells(&cubed, &cubed.cases, &cubed.coverage);
    check_cells(&cubed, &cubed.population, &cubed.coverage);
    arena_free(cubed.arena);
}

static int64_t cell_of(struct cubed *cubed, const struct cube *cube,
                       const char *site)
{
    size_t place[DIM_COUNT] = {0};
    place[DIM_SITE] =
        (size_t)code_find(&cubed->codes.dims[DIM_SITE], NULL, site);
    return cube_count(cube, cube_cell(cube, place));
}

TEST(a_group_with_an_uncovered_site_loses_that_ground_whole)
{
    struct cubed cubed = cubed_new();
    const struct cube *before = build(&cubed, &cubed.cases, NULL);
    calc_fixture_cover(&cubed.coverage, 0, 0, SITE_COL, COVERAGE_NONE);
    const struct cube *cases = build(&cubed, &cubed.cases, &cubed.coverage);
    const struct cube *years =
        build(&cubed, &cubed.population, &cubed.coverage);
    /* Stomach keeps its cases there, the digestive group does not count
     * them, and its person-years go with them. */
    CHECK_INT(cell_of(&cubed, cases, "EST"), cell_of(&cubed, before, "EST"));
    CHECK(cell_of(&cubed, cases, "DIG") <
          cell_of(&cubed, cases, "EST") + cell_of(&cubed, cases, "COL"));
    CHECK_INT(cell_of(&cubed, years, "DIG"), cell_of(&cubed, years, "COL"));
    CHECK_INT(cell_of(&cubed, years, "ALL"), cell_of(&cubed, years, "COL"));
    CHECK(cell_of(&cubed, years, "DIG") < cell_of(&cubed, years, "EST"));
    arena_free(cubed.arena);
}

TEST(cells_and_places_are_one_to_one)
{
    struct cubed cubed = cubed_new();
    const struct cube *cube = build(&cubed, &cubed.cases, NULL);
    size_t place[DIM_COUNT];
    for (size_t cell = 0; cell < cube->cells; cell++) {
        cube_place(cube, cell, place);
        CHECK_INT(cube_cell(cube, place), cell);
    }
    cube_place(cube, 1, place);
    CHECK_INT(place[DIM_STRATUM], 1);
    arena_free(cubed.arena);
}

static void check_refused(struct cubed *cubed, const struct fact *rows,
                          size_t count, const char *id, const char *text)
{
    const struct facts facts = {rows, count};
    struct cube *cube = NULL;
    struct err err = {0};
    CHECK(!cube_build(cubed->arena, &cubed->codes, &facts, NULL, cubed->axes,
                      &cube, &err));
    CHECK(cube == NULL);
    CHECK_INT(err.code, ERR_INPUT);
    CHECK_TEXT(err.id, id);
    CHECK_TEXT(err.text, text);
}

TEST(a_sum_that_overflows_is_an_error_without_a_number)
{
    struct cubed cubed = cubed_new();
    const struct fact rows[] = {{{0, 0, 0, 0, 0, 0}, INT64_MAX},
                                {{0, 0, 0, 1, 0, 0}, 1}};
    check_refused(&cubed, rows, 2, "cube.overflow",
                  "cell (pays FR, ALL, T, T, 2019, T): a sum of counts is "
                  "too large");
    arena_free(cubed.arena);
}

TEST(a_leaf_that_no_code_has_is_an_error)
{
    struct cubed cubed = cubed_new();
    const struct fact unknown[] = {{{0, 0, 0, 4, 0, 0}, 1}};
    check_refused(&cubed, unknown, 1, "cube.leaf", "a fact has an unknown age");
    /* Some facts by site and some without: their sum has no meaning. */
    const struct fact mixed[] = {{{0, 0, 0, 0, 0, 0}, 1},
                                 {{0, CUBE_ANY, 0, 0, 0, 0}, 1}};
    check_refused(&cubed, mixed, 2, "cube.leaf", "a fact has an unknown site");
    arena_free(cubed.arena);
}

TEST(no_facts_make_a_cube_of_zeros)
{
    struct cubed cubed = cubed_new();
    const struct facts none = {NULL, 0};
    const struct cube *cube = build(&cubed, &none, &cubed.coverage);
    CHECK_INT(cube->cells, 7 * 7 * 3 * 6 * 6 * 2);
    for (size_t cell = 0; cell < cube->cells; cell++)
        CHECK_INT(cube_count(cube, cell), 0);
    arena_free(cubed.arena);
}

RUN(CASE(a_cell_is_the_sum_of_its_leaves),
    CASE(facts_without_a_dimension_belong_to_every_node),
    CASE(uncovered_ground_is_left_out),
    CASE(a_group_with_an_uncovered_site_loses_that_ground_whole),
    CASE(cells_and_places_are_one_to_one),
    CASE(a_sum_that_overflows_is_an_error_without_a_number),
    CASE(a_leaf_that_no_code_has_is_an_error),
    CASE(no_facts_make_a_cube_of_zeros))
