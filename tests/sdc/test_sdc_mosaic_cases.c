/* SPDX-License-Identifier: EUPL-1.2 */
/* Rounding of the tables of a release, one thing at a time: what is refused,
 * and what is published. */
#include "mosaic_fixture.h"

/* --- one at a time
 * ----------------------------------------------------------------------------
 */

/* Sites L0 L1 L2 (3, 4, 8), ALL, and the crossing zones Z0 = L0 L1, Z1 = L1
 * L2. */
static struct world crossing_world(void)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_SITE, 3);
    world_node(&world, DIM_SITE, "ALL", 0, 2, false);
    world_node(&world, DIM_SITE, "Z0", 0, 1, true);
    world_node(&world, DIM_SITE, "Z1", 1, 2, true);
    world_table(&world);
    world.table[0] = 3;
    world.table[1] = 4;
    world.table[2] = 8;
    return world;
}

static struct print crossing_print(struct world *world)
{
    struct print print = {
        universe_new(world->arena, &world->codes, &world->policy), {0}, 0};
    for (int site = 3; site <= 5; site++)
        (void)show(world, print.universe, site, 0);
    return print;
}

TEST(zones_that_cross_are_sums_of_parts_that_no_table_shows)
{
    struct world world = crossing_world();
    struct print print = crossing_print(&world);
    round_all(&world, &print, 5);
    const int64_t *values = print.mosaic.values;
    CHECK_INT(print.mosaic.report.leaves, 3);
    CHECK_INT(print.universe->count, 6);
    CHECK_INT(values[0], values[3] + values[4] + values[5]);
    CHECK_INT(values[1] + values[2] - values[0] >= 0, 1);
    world_free(&world);
}

static void check_refused(struct world *world, struct print *print,
                          int64_t base, const char *id, const char *text)
{
    CHECK(!try_print(world, print, base));
    CHECK_INT(world->err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world->err.id, id);
    CHECK_TEXT(world->err.text, text);
}

TEST(a_base_that_does_not_protect_the_threshold_of_a_cell_is_refused)
{
    struct world world = crossing_world();
    world_name_totals(&world);
    world_rule(&world, RULE_STRICTER, 11)->select[DIM_SITE] =
        world_word(&world, "code:L1");
    struct print print = crossing_print(&world);
    (void)show(&world, print.universe, 1, 0);
    check_refused(&world, &print, 5, "mosaic.threshold",
                  "cases, site L1: rounding to base 5 cannot protect its "
                  "threshold of 11: the base must be at least 10");
    world_free(&world);
}

TEST(a_cell_that_a_rule_wants_suppressed_is_not_rounded)
{
    struct world world = crossing_world();
    world_name_totals(&world);
    struct rule_cells *cells = world_rule(&world, RULE_MUST_SUPPRESS, 0);
    cells->select[DIM_SITE] = world_word(&world, "code:Z1");
    cells->select[DIM_PERIOD] = world_word(&world, "2019");
    struct print print = crossing_print(&world);
    check_refused(&world, &print, 5, "mosaic.rule",
                  "cases, site Z1: rule 1 (must_suppress) wants it suppressed, "
                  "and it would be rounded");
    world_free(&world);
}

TEST(a_public_bound_that_cuts_the_interval_is_refused)
{
    struct world world = crossing_world();
    struct print print = crossing_print(&world);
    struct sdc_cell_key at = {.measure = "cases"};
    size_t cell;
    at.node[DIM_SITE] = 2;
    CHECK(universe_add(print.universe, &at, 8, 8, false, &cell, &world.err));
    check_refused(&world, &print, 5, "round.limit",
                  "cases, site L2: a public upper bound cuts what rounding "
                  "leaves open");
    world_free(&world);
}

TEST(a_population_that_was_published_before_cuts_as_well)
{
    for (int same = 0; same < 2; same++) {
        struct world world = crossing_world();
        struct print print = crossing_print(&world);
        struct print next = crossing_print(&world);
        round_all(&world, &print, 5);
        CHECK(join_limited(&world, next.universe, &print, 0, "one", same, 0));
        CHECK(next.universe->limits[0] == INT64_MAX); /* says nothing */
        CHECK(join_limited(&world, next.universe, &print, 0, "one", same, 15));
        check_refused(&world, &next, 5, "round.limit",
                      "cases, site ALL: a public upper bound cuts what "
                      "rounding leaves open");
        world_free(&world);
    }
}

TEST(what_two_releases_printed_differently_is_refused)
{
    struct world world = crossing_world();
    struct print print = crossing_print(&world);
    struct print next = crossing_print(&world);
    round_all(&world, &print, 5);
    CHECK(join(&world, next.universe, &print, 0, "one", true));
    ((int64_t *)(uintptr_t)print.mosaic.values)[0] += 5;
    CHECK(!join(&world, next.universe, &print, 0, "two", true));
    CHECK_TEXT(world.err.id, "sdc.past");
    CHECK_TEXT(world.err.text, "cases, site ALL: release 'two' prints another "
                               "rounding of it than one before");
    world_free(&world);
}

TEST(what_was_printed_as_no_rounding_is_refused)
{
    struct world world = crossing_world();
    struct print print = crossing_print(&world);
    struct print next = crossing_print(&world);
    (void)show(&world, print.universe, 0, 0);
    round_all(&world, &print, 5);
    ((int64_t *)(uintptr_t)print.mosaic.values)[3] = 10;
    CHECK(join(&world, next.universe, &print, 3, "one", true));
    check_refused(&world, &next, 5, "round.printed",
                  "cases, site L0: was printed as no rounding of its count");
    world_free(&world);
}

/* Of other numbers: kept where the count allows it, forgotten elsewhere. */
TEST(a_revised_count_is_printed_as_before_where_it_can_be)
{
    for (int revised = 0; revised < 2; revised++) {
        for (int64_t before = 0; before <= 5; before += 5) {
            struct world world = crossing_world();
            struct print print = crossing_print(&world);
            struct print next = crossing_print(&world);
            size_t old = show(&world, print.universe, 0, 0);
            round_all(&world, &print, 5);
            ((int64_t *)(uintptr_t)print.mosaic.values)[old] = before;
            world.table[0] = revised ? 11 : 2;
            next.universe =
                universe_new(world.arena, &world.codes, &world.policy);
            size_t cell = show(&world, next.universe, 0, 0);
            CHECK(join(&world, next.universe, &print, old, "one", false));
            round_all(&world, &next, 5);
            if (!revised)
                CHECK_INT(next.mosaic.values[cell], before);
            else
                CHECK(next.mosaic.values[cell] >= 10);
            world_free(&world);
        }
    }
}

/* A population by sex: bounds of what the sexes have, whatever the sites. */
TEST(populations_of_the_store_bound_what_no_table_divides_them_by)
{
    static struct measure measures[] = {
        {.code = "cases", .kind = MEASURE_COUNT, .source = "essai"},
        {.code = "people",
         .kind = MEASURE_PERSON_YEARS,
         .source = "essai",
         .dims = 1U << DIM_SEX},
    };
    for (int few = 0; few < 2; few++) {
        struct world world = world_new(5);
        world_leaves(&world, DIM_SITE, 2);
        world_leaves(&world, DIM_SEX, 2);
        world_node(&world, DIM_SITE, CODE_TOTAL, 0, 1, false);
        world_node(&world, DIM_SEX, CODE_TOTAL, 0, 1, false);
        world_table(&world);
        world.codes.measures = measures;
        world.codes.measure_count = COUNT_OF(measures);
        for (size_t l = 0; l < world.leaves; l++)
            world.table[l] = few ? 2 : 7;
        struct print print = {
            universe_new(world.arena, &world.codes, &world.policy), {0}, 0};
        (void)show(&world, print.universe, 0, 2);
        static const char *const bounds[] = {"people"};
        struct mosaic_job job = {.base = 5,
                                 .key = key,
                                 .count = world_count,
                                 .context = &world,
                                 .bounds = bounds,
                                 .bound_count = 1};
        /* The world counts people as cases: 28, or 8, of both sexes. */
        bool ok = mosaic_round(world.arena, print.universe, &job, &print.mosaic,
                               &world.err);
        CHECK_INT(ok, !few || print.universe->limits[0] - 5 >= 4);
        CHECK_INT(print.universe->limits[0], few ? 8 : 28);
        world_free(&world);
    }
}

/* Three tiles beside every pair of them: the least window of all roundings
 * tells equal counts of 5 from others, so nothing published may follow it. */
TEST(what_is_published_of_a_rounding_does_not_follow_the_counts)
{
    int64_t least = INT64_MAX, most = 0;
    for (int c = 0; c < 4 * 4 * 4; c++) {
        struct world world = world_new(11);
        world_leaves(&world, DIM_SITE, 3);
        world_leaves(&world, DIM_SEX, 1);
        world_node(&world, DIM_SITE, "ALL", 0, 2, false);
        world_node(&world, DIM_SITE, "AB", 0, 1, true);
        world_node(&world, DIM_SITE, "BC", 1, 2, true);
        int ca = world_node(&world, DIM_SITE, "CA", 1, 2, true);
        ((uint16_t *)(uintptr_t)world.codes.dims[DIM_SITE]
             .nodes[ca]
             .leaves)[0] = 0;
        world_table(&world);
        for (int l = 0, rest = c; l < 3; l++, rest /= 4)
            world.table[l] = 2 + rest % 4;
        struct print print = {
            universe_new(world.arena, &world.codes, &world.policy), {0}, 0};
        for (int site = 0; site < 7; site++)
            (void)show(&world, print.universe, site, 0);
        round_all(&world, &print, 10);
        const struct round_report *report = &print.mosaic.report;
        CHECK_INT(report->reach, ROUND_REACH);
        least = report->window < least ? report->window : least;
        most = report->window > most ? report->window : most;
        world_free(&world);
    }
    CHECK(least < most); /* which does follow them */
}

/* A network's own window is that of its relations; not beside what was printed,
 * where counts decide whether the network's rounding is the one. */
TEST(a_network_reaches_one_base_unless_something_was_printed)
{
    struct world world = crossing_world();
    struct print print = {
        universe_new(world.arena, &world.codes, &world.policy), {0}, 0};
    struct print next = {
        universe_new(world.arena, &world.codes, &world.policy), {0}, 0};
    for (int site = 0; site <= 3; site++) {
        (void)show(&world, print.universe, site, 0);
        (void)show(&world, next.universe, site, 0);
    }
    round_all(&world, &print, 5);
    CHECK_INT(print.mosaic.report.how, ROUND_NETWORK);
    CHECK_INT(print.mosaic.report.reach, 1);
    CHECK(join(&world, next.universe, &print, 3, "one", true));
    round_all(&world, &next, 5);
    CHECK_INT(next.mosaic.report.how, ROUND_NETWORK);
    CHECK_INT(next.mosaic.report.reach, ROUND_REACH);
    world_free(&world);
}

TEST(tables_with_too_many_parts_in_common_are_refused_at_once)
{
    static const enum dim dims[] = {DIM_SITE, DIM_AGE, DIM_PERIOD};
    struct world world = world_new(5);
    for (size_t d = 0; d < COUNT_OF(dims); d++) {
        world_leaves(&world, dims[d], 400);
        world_node(&world, dims[d], CODE_TOTAL, 0, 399, false);
    }
    world_leaves(&world, DIM_TERRITORY, 1);
    world_leaves(&world, DIM_SEX, 1);
    world_leaves(&world, DIM_STRATUM, 1);
    struct print print = {
        universe_new(world.arena, &world.codes, &world.policy), {0}, 0};
    for (int i = 0; i < 3 * 400; i++) {
        struct sdc_cell_key at = {.measure = "cases"};
        size_t cell;
        for (int d = 0; d < 3; d++)
            at.node[dims[d]] = i / 400 == d ? i % 400 : 400;
        CHECK(universe_add(print.universe, &at, 0, INT64_MAX, false, &cell,
                           &world.err));
    }
    check_refused(&world, &print, 5, "mosaic.size",
                  "measure 'cases': its tables have too many tiles in common "
                  "to be protected together");
    world_free(&world);
}

TEST(the_key_and_the_counts_decide_not_the_order_of_tables)
{
    struct world world = crossing_world();
    struct print one = crossing_print(&world);
    struct print other = {
        universe_new(world.arena, &world.codes, &world.policy), {0}, 0};
    for (int site = 5; site >= 3; site--)
        (void)show(&world, other.universe, site, 0);
    round_all(&world, &one, 5);
    round_all(&world, &other, 5);
    for (size_t c = 0; c < 3; c++)
        CHECK_INT(one.mosaic.values[c], other.mosaic.values[2 - c]);
    world_free(&world);
}

/* --- doubts
 * ----------------------------------------------------------------------------
 */

/* A source that knows some measures only. */
static bool count_cases(void *context, const struct sdc_cell_key *at,
                        int64_t *count, bool *structural, struct err *err)
{
    return text_same(at->measure, "cases")
               ? world_count(context, at, count, structural, err)
               : world_no_count(NULL, at, count, structural, err);
}

static void check_doubt(struct world *world, struct print *print,
                        struct mosaic_job job, const char *text)
{
    job.base = 5;
    job.key = key;
    job.context = world;
    CHECK(!mosaic_round(world->arena, print->universe, &job, &print->mosaic,
                        &world->err));
    CHECK_TEXT(world->err.text, text);
    world_free(world);
}

TEST(a_part_or_a_bound_that_cannot_be_counted_refuses_the_release)
{
    static struct measure people = {
        .code = "people", .kind = MEASURE_PERSON_YEARS, .source = "essai"};
    static const char *const bounds[] = {"people"};
    struct world world = crossing_world();
    struct print print = crossing_print(&world);
    check_doubt(&world, &print, (struct mosaic_job){.count = world_no_count},
                "no such count");
    world = crossing_world();
    world.codes.measures = &people;
    world.codes.measure_count = 1;
    print = crossing_print(&world);
    check_doubt(&world, &print,
                (struct mosaic_job){
                    .count = count_cases, .bounds = bounds, .bound_count = 1},
                "no such count");
}

TEST(a_rule_that_names_what_is_not_there_refuses_the_release)
{
    struct world world = crossing_world();
    world_name_totals(&world);
    world_rule(&world, RULE_STRICTER, 11)->select[DIM_SITE] =
        world_word(&world, "code:L9");
    struct print print = crossing_print(&world);
    check_doubt(&world, &print, (struct mosaic_job){.count = world_count},
                "policy: rule 1 (stricter): sites: site 'code:L9': the store "
                "has no code 'L9'; the nearest is 'L0'");
}

/* Four bits of sex hold fifteen codes; pieces of crossing ones need more. */
TEST(pieces_that_have_no_room_refuse_the_release)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_SEX, 9);
    int crossing[6];
    for (int i = 0; i < 6; i++) /* the pieces {0 1} ... {7 8} have no code */
        crossing[i] =
            world_node(&world, DIM_SEX, arena_format(world.arena, "X%d", i), i,
                       i == 5 ? 8 : i + 2, true);
    world_table(&world);
    struct print print = {
        universe_new(world.arena, &world.codes, &world.policy), {0}, 0};
    for (int i = 0; i < 6; i++)
        (void)show(&world, print.universe, 0, crossing[i]);
    check_doubt(&world, &print, (struct mosaic_job){.count = world_count},
                "dimension 'sex' overlaps in too many ways");
}

RUN(CASE(zones_that_cross_are_sums_of_parts_that_no_table_shows),
    CASE(a_base_that_does_not_protect_the_threshold_of_a_cell_is_refused),
    CASE(a_cell_that_a_rule_wants_suppressed_is_not_rounded),
    CASE(a_public_bound_that_cuts_the_interval_is_refused),
    CASE(a_population_that_was_published_before_cuts_as_well),
    CASE(what_two_releases_printed_differently_is_refused),
    CASE(what_was_printed_as_no_rounding_is_refused),
    CASE(a_revised_count_is_printed_as_before_where_it_can_be),
    CASE(populations_of_the_store_bound_what_no_table_divides_them_by),
    CASE(what_is_published_of_a_rounding_does_not_follow_the_counts),
    CASE(a_network_reaches_one_base_unless_something_was_printed),
    CASE(tables_with_too_many_parts_in_common_are_refused_at_once),
    CASE(the_key_and_the_counts_decide_not_the_order_of_tables),
    CASE(a_part_or_a_bound_that_cannot_be_counted_refuses_the_release),
    CASE(a_rule_that_names_what_is_not_there_refuses_the_release),
    CASE(pieces_that_have_no_room_refuse_the_release))
