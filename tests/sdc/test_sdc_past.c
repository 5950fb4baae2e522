/* SPDX-License-Identifier: EUPL-1.2 */
/* Cells of another release in the universe, one at a time. */
#include "world.h"

/* A row of three sites and their total: 40, 2, 30. */
static struct world row_world(void)
{
    struct world world = world_new(11);
    world_leaves(&world, DIM_SITE, 3);
    world_node(&world, DIM_SITE, "ALL", 0, 2, false);
    world_table(&world);
    world.table[0] = 40;
    world.table[1] = 2;
    world.table[2] = 30;
    return world;
}

static struct past_cell past_site(struct world *world, const uint16_t *leaves,
                                  size_t count)
{
    static const uint16_t zero[] = {0};
    struct past_cell past = {.release = "rnc-2025",
                             .measure = "cases",
                             .count = PAST_NOT_PRINTED,
                             .limit = INT64_MAX};
    for (int d = 0; d < DIM_COUNT; d++) {
        bool site = d == DIM_SITE;
        if (!universe_past_set(world->universe, (enum dim)d,
                               site ? leaves : zero, site ? count : 1,
                               &past.sets[d], &world->err))
            fail_msg("%s", world->err.text);
    }
    return past;
}

static const uint16_t first[] = {0}, second[] = {1}, both[] = {0, 1};

TEST(a_count_that_contradicts_what_was_shown_is_refused_without_a_number)
{
    struct world world = row_world();
    world_add_all(&world, -1);
    struct past_cell past = past_site(&world, first, 1);
    past.count = 41;
    CHECK(!universe_add_past(world.universe, &past, world_count, &world,
                             &world.err));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.id, "sdc.past");
    CHECK_TEXT(world.err.text,
               "cases, site L0: release 'rnc-2025' shows another number, "
               "though the cell is of the same vintage or declared unrevised");
    world_free(&world);
}

TEST(a_shown_part_that_this_release_does_not_have_is_part_of_the_attack)
{
    struct world world = row_world();
    world_add_all(&world, -1);
    /* 40 + 2 was shown: hiding L0 with L1 is useless, L2 must not help. */
    struct past_cell past = past_site(&world, both, 2);
    past.count = 42;
    CHECK(universe_add_past(world.universe, &past, world_count, &world,
                            &world.err));
    CHECK(world_protect(&world));
    CHECK(!clearance_shown(world.clearance, 0));
    CHECK(!clearance_shown(world.clearance, 1));
    CHECK(clearance_shown(world.clearance, 2));
    world_free(&world);
}

TEST(what_was_shown_stays_public_and_hides_nothing)
{
    struct world world = row_world();
    world_add_all(&world, -1);
    struct past_cell past = past_site(&world, first, 1);
    past.count = 40;
    CHECK(universe_add_past(world.universe, &past, world_count, &world,
                            &world.err));
    CHECK(world_protect(&world));
    CHECK(clearance_shown(world.clearance, 0));
    CHECK(!clearance_shown(world.clearance, 1));
    CHECK(!clearance_shown(world.clearance, 2) ||
          !clearance_shown(world.clearance, 3));
    world_free(&world);
}

TEST(a_small_count_that_another_audience_was_shown_is_withheld_here)
{
    struct world world = row_world();
    world_add_all(&world, -1);
    struct past_cell past = past_site(&world, second, 1);
    past.count = 2;
    CHECK(universe_add_past(world.universe, &past, world_count, &world,
                            &world.err));
    CHECK(world_protect(&world));
    CHECK(!clearance_shown(world.clearance, 1));
    CHECK(clearance_shown(world.clearance, 0));
    CHECK(clearance_shown(world.clearance, 2));
    struct text review = text_new(world.arena);
    clearance_review(world.clearance, &review);
    CHECK_TEXT(review.at, "rule\tstructural_zeros\t0\nrule\tthreshold\t1\n"
                          "rule\tnon_events\t0\n"
                          "kept\tthreshold\tcases, site L1\n");
    world_free(&world);
}

TEST(a_suppressed_cell_stays_suppressed)
{
    struct world world = row_world();
    world.table[1] = 200; /* nothing is primary any more */
    world_add_all(&world, -1);
    struct past_cell past = past_site(&world, first, 1);
    past.status = PAST_CONFIDENTIAL;
    CHECK(universe_add_past(world.universe, &past, world_count, &world,
                            &world.err));
    CHECK(world_protect(&world));
    CHECK(!clearance_shown(world.clearance, 0));
    CHECK(clearance_shown(world.clearance, 1));
    world_free(&world);
}

TEST(a_suppressed_cell_of_other_numbers_is_protected_again)
{
    struct world world = row_world();
    world.table[1] = 200;
    world_add_all(&world, -1);
    struct past_cell past = past_site(&world, first, 1);
    past.status = PAST_CONFIDENTIAL;
    CHECK(universe_suppress_past(world.universe, &past, &world.err));
    CHECK(world_protect(&world));
    CHECK(!clearance_shown(world.clearance, 0));
    CHECK(!clearance_shown(world.clearance, 1) ||
          !clearance_shown(world.clearance, 2) ||
          !clearance_shown(world.clearance, 3));
    world_free(&world);
}

/* Two codes, one number: a région with one département. */
TEST(codes_of_the_same_leaves_share_what_was_published)
{
    struct world world = row_world();
    world_node(&world, DIM_SITE, "TWIN", 1, 1, false);
    world_add_all(&world, -1);
    struct past_cell past = past_site(&world, second, 1);
    past.count = 2;
    CHECK(universe_add_past(world.universe, &past, world_count, &world,
                            &world.err));
    CHECK(world.universe->flags[1] & CELL_KNOWN);
    CHECK(world.universe->flags[4] & CELL_KNOWN);
    CHECK(world_protect(&world));
    world_free(&world);
}

/* Eleven cases in two years were shown, of one site or two; who is alone in the
 * second year knows the first one since. */
static void fill_lost_sites(struct world *world, size_t lost)
{
    *world = world_new(11);
    world_leaves(world, DIM_PERIOD, 2);
    world_leaves(world, DIM_SITE, 2);
    world_table(world);
    const int64_t counts[] = {10, 1, lost == 2 ? 10 : 40, lost == 2 ? 1 : 50};
    for (size_t i = 0; i < 4; i++)
        world->table[i / 2 * world->stride[DIM_SITE] +
                     i % 2 * world->stride[DIM_PERIOD]] = counts[i];
    const int years[] = {0}, sites[] = {0, 1};
    const int *nodes[DIM_COUNT] = {NULL, sites, NULL, NULL, years};
    world_add_block(world, nodes, (const size_t[DIM_COUNT]){0, 2, 0, 0, 1, 0},
                    -1);
}

static void fill_lost_world(struct world *world)
{
    fill_lost_sites(world, 1);
}

static void tell_both_years_of(struct world *world, uint16_t site)
{
    static const uint16_t years[] = {0, 1};
    static const uint16_t none = 0;
    struct past_cell past = {.release = "rnc-2025",
                             .measure = "cases",
                             .count = 11,
                             .limit = INT64_MAX};
    for (int d = 0; d < DIM_COUNT; d++) {
        bool period = d == DIM_PERIOD;
        if (!universe_past_set(world->universe, (enum dim)d,
                               period          ? years
                               : d == DIM_SITE ? &site
                                               : &none,
                               period ? 2 : 1, &past.sets[d], &world->err) ||
            (d == DIM_COUNT - 1 &&
             !universe_add_past(world->universe, &past, world_count, world,
                                &world->err)))
            fail_msg("%s", world->err.text);
    }
}

static void tell_both_years(struct world *world)
{
    tell_both_years_of(world, 0);
}

TEST(what_earlier_releases_gave_away_needs_a_waiver)
{
    struct world world;
    fill_lost_world(&world);
    tell_both_years(&world);
    CHECK(!world_protect(&world));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.id, "sdc.lost");
    CHECK_TEXT(world.err.text,
               "disclosure control: cases, site L0, period L0: whoever is "
               "alone in another cell recovers it from earlier releases, "
               "whatever this one withholds; only a waiver 'published_before' "
               "of the policy accepts that");
    world_free(&world);
}

TEST(how_many_cells_earlier_releases_gave_away_is_told)
{
    struct world world;
    fill_lost_sites(&world, 2);
    tell_both_years_of(&world, 0);
    tell_both_years_of(&world, 1);
    CHECK(!world_protect(&world));
    CHECK_TEXT(world.err.id, "sdc.lost");
    CHECK_TEXT(world.err.text,
               "disclosure control: cases, site L0, period L0: whoever is "
               "alone in another cell recovers it from earlier releases, "
               "whatever this one withholds (1 other cell too); only a waiver "
               "'published_before' of the policy accepts that");
    world_free(&world);
}

TEST(a_waiver_accepts_what_earlier_releases_gave_away_and_withholds_it)
{
    struct world world;
    fill_lost_world(&world);
    struct waiver waiver = {.kind = "published_before"};
    world.policy.waivers = &waiver;
    world.policy.waiver_count = 1;
    tell_both_years(&world);
    CHECK(world_protect(&world));
    CHECK(!clearance_shown(world.clearance, 0));
    CHECK(clearance_shown(world.clearance, 1));
    world_free(&world);
}

/* The part of 2015-2019 that was not revised, when the whole was shown. */
TEST(a_part_that_was_not_revised_does_not_give_the_rest_away)
{
    static const struct {
        int64_t whole;
        bool shown; /* the whole of two parts of 40 and 2 */
        bool hidden;
    } cases[] = {{44, true, true},   /* the rest was 4 */
                 {40, true, false},  /* nothing */
                 {51, true, false},  /* 11: no secret */
                 {50, true, true},   /* 10 */
                 {-1, true, true},   /* shown, but not in figures */
                 {-1, false, true}}; /* suppressed */
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        struct world world = row_world();
        world.table[1] = 200;
        world_add_all(&world, -1);
        struct past_cell past = past_site(&world, first, 1);
        past.status = cases[c].shown ? PAST_SHOWN : PAST_CONFIDENTIAL;
        past.count = cases[c].whole;
        CHECK(universe_add_partly_past(world.universe, &past, world_count,
                                       &world, &world.err));
        CHECK_INT(universe_upper(world.universe, 0),
                  cases[c].whole < 0 ? INT64_MAX : cases[c].whole);
        CHECK(world_protect(&world));
        CHECK_INT(!clearance_shown(world.clearance, 0), cases[c].hidden);
        world_free(&world);
    }
}

TEST(a_part_that_is_more_than_the_whole_was_is_refused)
{
    struct world world = row_world();
    world_add_all(&world, -1);
    struct past_cell past = past_site(&world, first, 1);
    past.count = 39;
    CHECK(!universe_add_partly_past(world.universe, &past, world_count, &world,
                                    &world.err));
    CHECK_TEXT(world.err.text,
               "cases, site L0: release 'rnc-2025' shows less of a whole than "
               "this part of it, though the part is declared unrevised");
    world_free(&world);
}

TEST(a_kept_cell_is_withheld_and_nothing_else)
{
    struct world world = row_world();
    world.table[1] = 20;
    world_add_all(&world, -1);
    universe_keep(world.universe, 1);
    CHECK(world_protect(&world));
    CHECK(!clearance_shown(world.clearance, 1));
    CHECK(clearance_shown(world.clearance, 0));
    CHECK(clearance_shown(world.clearance, 2));
    CHECK(clearance_shown(world.clearance, 3));
    world_free(&world);
}

/* --- under the rules of this release -------------------------------------- */

/* Tells that L0 was suppressed; 200 in L1 leave nothing primary. */
static struct world told_world(void)
{
    struct world world = row_world();
    world_name_totals(&world);
    world.table[1] = 200;
    return world;
}

static void tell_first(struct world *world)
{
    struct past_cell past = past_site(world, first, 1);
    past.status = PAST_CONFIDENTIAL;
    CHECK(universe_add_past(world->universe, &past, world_count, world,
                            &world->err));
}

TEST(what_was_suppressed_elsewhere_is_known_to_be_no_zero)
{
    for (int told = 0; told < 2; told++) {
        struct world world = told_world();
        world_rule(&world, RULE_ZEROS, 1000);
        world_add_all(&world, 40);
        if (told)
            tell_first(&world);
        CHECK(world_protect(&world));
        CHECK_INT(universe_lower(world.universe, 0), told);
        CHECK_INT(universe_lower(world.universe, 2), 0);
        world_free(&world);
    }
}

TEST(a_suppressed_zero_stays_suppressed_and_possible)
{
    struct world world = told_world();
    world.table[0] = 0;
    world_add_all(&world, -1);
    tell_first(&world);
    CHECK(world_protect(&world));
    CHECK(!clearance_shown(world.clearance, 0));
    CHECK_INT(universe_lower(world.universe, 0), 0);
    world_free(&world);
}

TEST(what_was_suppressed_elsewhere_is_shown_where_a_rule_wants_it)
{
    struct world world = told_world();
    struct rule_cells *cells = world_rule(&world, RULE_MUST_SHOW, 0);
    cells->measures = world_word(&world, "cases");
    cells->select[DIM_TERRITORY] = world_word(&world, "code:level/L0");
    cells->select[DIM_SITE] = world_word(&world, "code:L0");
    cells->select[DIM_PERIOD] = world_word(&world, "2019");
    world_add_all(&world, -1);
    tell_first(&world);
    CHECK(world_protect(&world));
    CHECK(clearance_shown(world.clearance, 0));
    world_free(&world);
}

TEST(cells_of_other_releases_have_the_thresholds_of_today)
{
    struct world world = told_world();
    world_rule(&world, RULE_STRICTER, 50)->select[DIM_SITE] =
        world_word(&world, "code:L0");
    world_add_all(&world, -1);
    struct past_cell past = past_site(&world, both, 2);
    past.status = PAST_CONFIDENTIAL;
    CHECK(universe_add_past(world.universe, &past, world_count, &world,
                            &world.err));
    tell_first(&world);
    CHECK(world_protect(&world));
    CHECK_INT(world.universe->thresholds[0], 50);
    CHECK(world.universe->flags[0] & CELL_PRIMARY);
    CHECK_INT(world.universe->counts[4], 240); /* L0 and L1 */
    CHECK_INT(world.universe->thresholds[4], 11);
    CHECK(!(world.universe->flags[4] & CELL_PRIMARY));
    world_free(&world);
}

TEST(what_a_revised_whole_counted_is_no_population)
{
    struct world world = told_world();
    world_rule(&world, RULE_POPULATION_FLOOR, 1000);
    world_add_all(&world, 5000);
    struct past_cell past = past_site(&world, first, 1);
    past.count = 60;
    CHECK(universe_add_partly_past(world.universe, &past, world_count, &world,
                                   &world.err));
    CHECK(world_protect(&world));
    CHECK(clearance_shown(world.clearance, 0));
    CHECK_INT(universe_upper(world.universe, 0), 60);
    world_free(&world);
}

/* --- bounds, zeros and sources -------------------------------------------- */

TEST(a_bound_that_the_count_exceeds_is_refused)
{
    struct world world = row_world();
    world_add_all(&world, -1);
    struct past_cell past = past_site(&world, first, 1);
    past.limit = 39;
    CHECK(!universe_add_past(world.universe, &past, world_count, &world,
                             &world.err));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.text, "cases, site L0: release 'rnc-2025' gives an "
                               "upper bound that the count exceeds");
    world_free(&world);
}

TEST(a_bound_of_another_release_is_a_bound_here)
{
    struct world world = row_world();
    world_add_all(&world, 1000);
    struct past_cell past = past_site(&world, first, 1);
    past.limit = 45;
    CHECK(universe_add_past(world.universe, &past, world_count, &world,
                            &world.err));
    CHECK_INT(universe_upper(world.universe, 0), 45);
    CHECK_INT(universe_upper(world.universe, 2), 1030);
    world_free(&world);
}

TEST(a_structural_zero_stays_shown_whatever_was_suppressed)
{
    struct world world = told_world();
    world.table[0] = 0;
    world.structural[0] = true;
    world_add_all(&world, -1);
    tell_first(&world);
    universe_keep(world.universe, 0);
    CHECK_INT(world.universe->flags[0], CELL_STRUCTURAL);
    CHECK(world_protect(&world));
    CHECK(clearance_shown(world.clearance, 0));
    CHECK_INT(clearance_report(world.clearance)->secondary, 0);
    world_free(&world);
}

TEST(a_past_cell_that_the_source_cannot_count_is_refused)
{
    struct world world = row_world();
    world_add_all(&world, -1);
    size_t cells = world.universe->count;
    struct past_cell past = past_site(&world, both, 2);
    CHECK(!universe_add_past(world.universe, &past, world_no_count, NULL,
                             &world.err));
    CHECK_TEXT(world.err.text, "no such count");
    CHECK_INT(world.universe->count, cells);
    world_free(&world);
}

/* Of a cell that no table has the source is asked. */
TEST(whether_a_past_count_stands_is_asked_of_the_source)
{
    struct world world = row_world();
    world_add_all(&world, -1);
    size_t cells = world.universe->count, measures = 1;
    bool stands = false, ok = true;
    struct past_cell past = past_site(&world, both, 2);
    past.count = world.table[0] + world.table[1];
    CHECK(universe_past_stands(world.universe, &past, world_count, &world,
                               &stands, &world.err));
    CHECK(stands);
    past.count++;
    CHECK(universe_past_stands(world.universe, &past, world_count, &world,
                               &stands, &world.err));
    CHECK(!stands);
    CHECK(!universe_past_stands(world.universe, &past, world_no_count, NULL,
                                &stands, &world.err));
    CHECK_TEXT(world.err.text, "no such count");
    CHECK_INT(world.universe->count, cells);
    for (; ok && measures < 100; measures++) {
        past.measure = arena_format(world.arena, "m%zu", measures);
        world.err = (struct err){0};
        ok = universe_past_stands(world.universe, &past, world_count, &world,
                                  &stands, &world.err);
    }
    CHECK(!ok);
    CHECK_TEXT(world.err.id, "sdc.universe");
    world_free(&world);
}

/* Seven are left of a whole that was shown: no small count by the rule of the
 * cell, but the rest has no rule of its own, and the policy says 11. */
TEST(what_is_left_of_a_whole_is_held_to_the_policy)
{
    for (int64_t rest = 7; rest <= 14; rest += 7) {
        struct world world = told_world();
        world_rule(&world, RULE_THRESHOLD, 5)->measures =
            world_word(&world, "cases");
        world_add_all(&world, -1);
        struct past_cell past = past_site(&world, first, 1);
        past.count = 40 + rest;
        CHECK(universe_add_partly_past(world.universe, &past, world_count,
                                       &world, &world.err));
        CHECK(world_protect(&world));
        CHECK_INT(world.universe->thresholds[0], 5);
        CHECK_INT(clearance_shown(world.clearance, 0), rest > 11);
        world_free(&world);
    }
}

/* So many cells that programs come before circuits: of each thirtieth place,
 * two ages are small. */
TEST(a_vast_universe_with_past_cells_is_protected)
{
    enum { PLACES = 143, AGES = 142, STEP = 30 };
    struct world world = world_new(11);
    world_leaves(&world, DIM_TERRITORY, PLACES);
    world_node(&world, DIM_TERRITORY, "ALL", 0, PLACES - 1, false);
    world_leaves(&world, DIM_AGE, AGES);
    world_node(&world, DIM_AGE, "ALL", 0, AGES - 1, false);
    world_table(&world);
    for (size_t i = 0; i < world.leaves; i++) {
        size_t place = i / world.stride[DIM_TERRITORY];
        size_t age = i / world.stride[DIM_AGE] % AGES;
        bool small = place % STEP == 0 && (age == 3 || age == 7);
        world.table[i] = small ? 4 : 40 + (int64_t)(i % 50);
    }
    world_add_all(&world, -1);
    static const uint16_t zero[] = {0};
    struct past_cell past = {.release = "rnc-2025",
                             .measure = "cases",
                             .status = PAST_SHOWN,
                             .limit = INT64_MAX};
    for (int d = 0; d < DIM_COUNT; d++)
        CHECK(universe_past_set(world.universe, (enum dim)d, zero, 1,
                                &past.sets[d], &world.err));
    past.count = world.table[0];
    CHECK(universe_add_past(world.universe, &past, world_count, &world,
                            &world.err));
    CHECK(world_protect(&world));
    CHECK(universe_cells(world.universe) > 20000);
    const struct sdc_report *report = clearance_report(world.clearance);
    CHECK_INT(report->primary, 2 * (PLACES / STEP + 1));
    CHECK(report->secondary < report->primary);
    world_free(&world);
}

RUN(CASE(a_bound_that_the_count_exceeds_is_refused),
    CASE(a_bound_of_another_release_is_a_bound_here),
    CASE(a_structural_zero_stays_shown_whatever_was_suppressed),
    CASE(a_past_cell_that_the_source_cannot_count_is_refused),
    CASE(whether_a_past_count_stands_is_asked_of_the_source),
    CASE(what_is_left_of_a_whole_is_held_to_the_policy),
    CASE(what_was_suppressed_elsewhere_is_known_to_be_no_zero),
    CASE(a_suppressed_zero_stays_suppressed_and_possible),
    CASE(what_was_suppressed_elsewhere_is_shown_where_a_rule_wants_it),
    CASE(cells_of_other_releases_have_the_thresholds_of_today),
    CASE(what_a_revised_whole_counted_is_no_population),
    CASE(a_count_that_contradicts_what_was_shown_is_refused_without_a_number),
    CASE(a_shown_part_that_this_release_does_not_have_is_part_of_the_attack),
    CASE(what_was_shown_stays_public_and_hides_nothing),
    CASE(a_small_count_that_another_audience_was_shown_is_withheld_here),
    CASE(a_suppressed_cell_stays_suppressed),
    CASE(a_suppressed_cell_of_other_numbers_is_protected_again),
    CASE(codes_of_the_same_leaves_share_what_was_published),
    CASE(what_earlier_releases_gave_away_needs_a_waiver),
    CASE(how_many_cells_earlier_releases_gave_away_is_told),
    CASE(a_waiver_accepts_what_earlier_releases_gave_away_and_withholds_it),
    CASE(a_part_that_was_not_revised_does_not_give_the_rest_away),
    CASE(a_part_that_is_more_than_the_whole_was_is_refused),
    CASE(a_kept_cell_is_withheld_and_nothing_else),
    CASE(a_vast_universe_with_past_cells_is_protected))
