/* SPDX-License-Identifier: EUPL-1.2 */
/* What the seal sees: clearances, refusals, the inside review. */
#include "world.h"

#include "sdc/field.h"

/* France and its départements, one count each. */
static struct world small_table(int64_t threshold, const int *counts, int count)
{
    struct world world = world_new(threshold);
    world_leaves(&world, DIM_TERRITORY, count);
    world_node(&world, DIM_TERRITORY, "FR", 0, count - 1, false);
    world_table(&world);
    for (int i = 0; i < count; i++)
        world.table[i] = counts[i];
    return world;
}

static char *shown_cells(const struct world *world)
{
    struct text text = text_new(world->arena);
    for (size_t c = 0; c < universe_cells(world->universe); c++) {
        if (c < world->universe->published)
            text_add(&text, clearance_shown(world->clearance, c) ? "1" : "0");
    }
    return text.at;
}

TEST(a_table_without_small_counts_is_shown_whole)
{
    struct world world = small_table(11, (const int[]){40, 0, 11}, 3);
    world_add_all(&world, -1);
    CHECK(world_protect(&world));
    CHECK_TEXT(shown_cells(&world), "1111");
    CHECK_INT(clearance_report(world.clearance)->primary, 0);
    world_free(&world);
}

TEST(one_small_count_takes_a_partner_large_enough)
{
    /* 3 and 12 would give 1..14 for each: wide. 3 and 4 would not. */
    struct world world = small_table(11, (const int[]){3, 4, 12, 400}, 4);
    world_add_all(&world, -1);
    CHECK(world_protect(&world));
    CHECK_TEXT(shown_cells(&world), "00011");
    const struct sdc_report *report = clearance_report(world.clearance);
    CHECK_INT(report->cells, 5);
    CHECK_INT(report->primary, 2);
    CHECK_INT(report->secondary, 1);
    CHECK_INT(report->witnessed, 3);
    world_free(&world);
}

TEST(a_small_count_beside_shown_zeros_takes_the_total)
{
    struct world world = small_table(11, (const int[]){3, 0, 0}, 3);
    world_add_all(&world, -1);
    CHECK(world_protect(&world));
    CHECK_TEXT(shown_cells(&world), "0110");
    world_free(&world);
}

TEST(a_table_of_two_cells_takes_the_total_when_the_other_is_too_small)
{
    struct world world = small_table(11, (const int[]){3, 4}, 2);
    world_add_all(&world, -1);
    CHECK(world_protect(&world));
    CHECK_TEXT(shown_cells(&world), "000");
    world_free(&world);
}

TEST(two_persons_alone_in_their_cells_do_not_see_each_other)
{
    /* 1 + 1 + 30: with only the two ones suppressed, either knows the
     * other; with the 30 as well, neither does. */
    struct world world = small_table(3, (const int[]){1, 1, 30, 40}, 4);
    world_add_all(&world, -1);
    CHECK(world_protect(&world));
    CHECK_INT(clearance_report(world.clearance)->secondary, 1);
    world_free(&world);
}

TEST(a_cell_that_no_suppression_can_hide_refuses_the_release)
{
    struct world world = small_table(11, (const int[]){3, 40}, 2);
    world_add_all(&world, 2);
    CHECK(!world_protect(&world));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.id, "sdc.exposed");
    CHECK_TEXT(world.err.text,
               "disclosure control: cases, territory level/L0: its interval "
               "would be too narrow whatever is suppressed");
    world_free(&world);
}

/* Who is alone in France knows that there is nobody elsewhere, and a rule wants
 * that withheld. Nothing earlier told her: no waiver speaks of it. */
TEST(what_somebody_alone_knows_by_that_is_refused_by_its_rule)
{
    struct world world = small_table(3, (const int[]){1, 0}, 2);
    struct waiver waiver = {.kind = "published_before"};
    world.policy.waivers = &waiver;
    world.policy.waiver_count = 1;
    world_name_totals(&world);
    (void)world_rule(&world, RULE_ZEROS, 1000);
    world_add_all(&world, 100);
    CHECK(!world_protect(&world));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.id, "sdc.alone");
    CHECK_TEXT(world.err.text,
               "disclosure control: cases, territory level/L1: whoever is "
               "alone in another cell knows it by that, whatever is "
               "suppressed, while rule 1 (zeros) wants it suppressed");
    world_free(&world);
}

TEST(a_cell_suppressed_from_outside_is_protected_whatever_its_count)
{
    struct world world = small_table(11, (const int[]){300, 200, 400}, 3);
    world_add_all(&world, -1);
    universe_suppress(world.universe, 1);
    CHECK(world_protect(&world));
    CHECK(!clearance_shown(world.clearance, 1));
    CHECK_INT(clearance_report(world.clearance)->primary, 1);
    CHECK_INT(clearance_report(world.clearance)->secondary, 1);
    world_free(&world);
}

TEST(a_zero_suppressed_from_outside_is_protected_too)
{
    struct world world = small_table(11, (const int[]){300, 0, 400}, 3);
    world_add_all(&world, -1);
    universe_suppress(world.universe, 1);
    CHECK(world_protect(&world));
    CHECK(!clearance_shown(world.clearance, 1));
    CHECK(clearance_report(world.clearance)->secondary > 0);
    world_free(&world);
}

TEST(a_structural_zero_stays_shown_even_when_suppression_is_asked)
{
    struct world world = small_table(11, (const int[]){300, 0, 400}, 3);
    world.structural[1] = true;
    world_add_all(&world, -1);
    universe_suppress(world.universe, 1);
    CHECK(world_protect(&world));
    CHECK_TEXT(shown_cells(&world), "1111");
    world_free(&world);
}

TEST(a_small_remainder_that_no_table_shows_is_protected)
{
    /* France minus the one département shown would be 2. */
    struct world world = small_table(11, (const int[]){50, 2}, 2);
    const int shown[] = {0, 2};
    const int *nodes[DIM_COUNT] = {shown};
    world_add_block(&world, nodes, (const size_t[DIM_COUNT]){2}, -1);
    CHECK(world_protect(&world));
    const struct sdc_report *report = clearance_report(world.clearance);
    CHECK_INT(report->primary, 0);
    CHECK_INT(report->hidden, 1);
    CHECK(report->secondary >= 1);
    world_free(&world);
}

TEST(overlapping_periods_do_not_give_a_small_year_away)
{
    /* 0-4 minus 1-4 would be year 0. */
    struct world world = world_new(11);
    world_leaves(&world, DIM_PERIOD, 5);
    int whole = world_node(&world, DIM_PERIOD, "0-4", 0, 4, false);
    int late = world_node(&world, DIM_PERIOD, "1-4", 1, 4, false);
    world_table(&world);
    world.table[0] = 4;
    for (int i = 1; i < 5; i++)
        world.table[i] = 100;
    const int shown[] = {whole, late};
    const int *nodes[DIM_COUNT] = {[DIM_PERIOD] = shown};
    world_add_block(&world, nodes, (const size_t[DIM_COUNT]){[DIM_PERIOD] = 2},
                    -1);
    CHECK(world_protect(&world));
    CHECK(!clearance_shown(world.clearance, 0) ||
          !clearance_shown(world.clearance, 1));
    world_free(&world);
}

TEST(the_review_names_cells_and_holds_no_count)
{
    struct world world = small_table(11, (const int[]){3, 0, 777, 888}, 4);
    world_add_all(&world, -1);
    CHECK(world_protect(&world));
    struct text review = text_new(world.arena);
    clearance_review(world.clearance, &review);
    CHECK_TEXT(review.at, "rule\tstructural_zeros\t0\n"
                          "rule\tthreshold\t1\n"
                          "rule\tnon_events\t0\n"
                          "primary\tthreshold\tcases, territory level/L0\n"
                          "secondary\t\tcases, territory level/L2\n");
    world_free(&world);
}

TEST(the_review_says_which_rules_suppressed_each_cell)
{
    struct world world = small_table(11, (const int[]){3, 15, 777, 888}, 4);
    world_rule(&world, RULE_STRICTER, 20)->select[DIM_TERRITORY] =
        world_word(&world, "code:level/L1");
    world_rule(&world, RULE_POPULATION_FLOOR, 900);
    world_add_all(&world, 150);
    CHECK(world_protect(&world));
    struct text review = text_new(world.arena);
    clearance_review(world.clearance, &review);
    CHECK_TEXT(review.at,
               "rule\tstructural_zeros\t0\n"
               "rule\tthreshold\t1\n"
               "rule\tnon_events\t0\n"
               "rule\trule 1 (stricter)\t1\n"
               "rule\trule 2 (population_floor)\t2\n"
               "primary\tthreshold, rule 2 (population_floor)\t"
               "cases, territory level/L0\n"
               "primary\trule 1 (stricter), rule 2 (population_floor)\t"
               "cases, territory level/L1\n"
               "secondary\t\tcases, territory level/L2\n");
    world_free(&world);
}

/* France must be shown. */
static void must_show_france(struct world *world)
{
    struct rule_cells *cells = world_rule(world, RULE_MUST_SHOW, 0);
    world_name_totals(world);
    cells->measures = world_word(world, "cases");
    cells->select[DIM_TERRITORY] = world_word(world, "code:level/FR");
    cells->select[DIM_SITE] = world_word(world, "code:L0");
    cells->select[DIM_PERIOD] = world_word(world, "2019");
}

TEST(a_total_that_must_be_shown_takes_another_partner)
{
    /* Without the rule, as below, the total would go. */
    struct world world = small_table(11, (const int[]){3, 4, 30}, 3);
    must_show_france(&world);
    world_add_all(&world, -1);
    CHECK(world_protect(&world));
    CHECK_TEXT(shown_cells(&world), "0001");
    world_free(&world);
}

TEST(a_total_that_must_be_shown_and_gives_a_cell_back_refuses_the_release)
{
    /* L1 is between 1 and 14, which is too narrow for a threshold of 20. */
    struct world world = small_table(11, (const int[]){3, 12, 0}, 3);
    must_show_france(&world);
    world_rule(&world, RULE_STRICTER, 20)->select[DIM_TERRITORY] =
        world_word(&world, "code:level/L1");
    world_add_all(&world, -1);
    CHECK(!world_protect(&world));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.id, "sdc.exposed");
    CHECK_TEXT(world.err.text,
               "disclosure control: cases, territory level/L1: its interval "
               "would be too narrow whatever is suppressed, while rule 1 "
               "(must_show) wants this cell shown: cases, territory level/FR");
    world_free(&world);
}

TEST(a_total_that_must_be_shown_and_is_small_is_a_contradiction)
{
    struct world world = small_table(11, (const int[]){3, 0, 0}, 3);
    must_show_france(&world);
    world_add_all(&world, -1);
    CHECK(!world_protect(&world));
    CHECK_TEXT(world.err.text,
               "disclosure control: cases, territory level/FR: rule 1 "
               "(must_show) wants it shown, threshold wants it suppressed");
    world_free(&world);
}

TEST(a_rule_that_the_codes_do_not_know_is_a_fault_of_the_policy)
{
    struct world world = small_table(11, (const int[]){3, 30, 40}, 3);
    world_rule(&world, RULE_STRICTER, 20)->select[DIM_SITE] =
        world_word(&world, "code:L7");
    world_add_all(&world, -1);
    CHECK(!world_protect(&world));
    CHECK_INT(world.err.code, ERR_SCRIPT);
    CHECK_TEXT(world.err.text,
               "policy: rule 1 (stricter): sites: site 'code:L7': the store "
               "has no code 'L7'; the nearest is 'L0'");
    world_free(&world);
}

TEST(parts_of_a_suppressed_zero_are_no_public_zeros)
{
    /* The zero of L1 in all sites is suppressed: that X is shown there and
     * zero says nothing of the other sites. */
    struct world world = world_new(3);
    world_leaves(&world, DIM_TERRITORY, 3);
    world_node(&world, DIM_TERRITORY, "FR", 0, 2, false);
    world_leaves(&world, DIM_SITE, 2);
    world_node(&world, DIM_SITE, "ALL", 0, 1, false);
    world_table(&world);
    world_rule(&world, RULE_ZEROS, 6);
    for (size_t at = 0; at < world.leaves; at++)
        world.table[at] = at / world.stride[DIM_TERRITORY] == 1 ? 0 : 30;
    const int *nodes[DIM_COUNT] = {NULL};
    nodes[DIM_TERRITORY] = (const int[]){0, 1, 2, 3};
    nodes[DIM_SITE] = (const int[]){0, 2};
    world_add_block(
        &world, nodes,
        (const size_t[DIM_COUNT]){[DIM_TERRITORY] = 4, [DIM_SITE] = 2}, 5);
    if (!world_protect(&world))
        fail_msg("%s", world.err.text);
    const struct universe *universe = world.universe;
    size_t hidden = 0;
    for (size_t c = universe->published; c < universe->count; c++) {
        if (universe->counts[c] == 0) {
            CHECK(universe_is_open(universe, c));
            hidden++;
        }
    }
    CHECK_INT(hidden, 1);
    world_free(&world);
}

TEST(a_threshold_under_three_is_refused)
{
    struct world world = small_table(2, (const int[]){30, 40}, 2);
    world_add_all(&world, -1);
    CHECK(!world_protect(&world));
    CHECK_TEXT(world.err.id, "sdc.threshold");
    world_free(&world);
}

TEST(an_empty_universe_is_clear)
{
    struct world world = world_new(11);
    world_table(&world);
    CHECK(world_protect(&world));
    CHECK_INT(clearance_report(world.clearance)->cells, 0);
    world_free(&world);
}

/* Three départements, three sites and their totals, as docs/method/
 * disclosure.md explains them step by step. */
TEST(the_worked_example_of_the_method_page_holds)
{
    static const int counts[] = {4, 35, 61, 28, 47, 55, 52, 18, 90};
    struct world world = world_new(11);
    world_leaves(&world, DIM_TERRITORY, 3);
    world_node(&world, DIM_TERRITORY, "T", 0, 2, false);
    world_leaves(&world, DIM_SITE, 3);
    world_node(&world, DIM_SITE, "T", 0, 2, false);
    world_table(&world);
    for (int i = 0; i < 9; i++)
        world.table[i] = counts[i];
    world_add_all(&world, -1);
    CHECK(world_protect(&world));
    CHECK_TEXT(shown_cells(&world), "0011111100111111");
    world_free(&world);
}

static char *keyed_pattern(uint64_t seed, const struct hash_key *key,
                           struct world *world)
{
    uint64_t state = seed;
    *world = world_new(5);
    world_leaves(world, DIM_TERRITORY, 8);
    world_node(world, DIM_TERRITORY, "R1", 0, 3, false);
    world_node(world, DIM_TERRITORY, "R2", 4, 7, false);
    world_node(world, DIM_TERRITORY, "FR", 0, 7, false);
    world_leaves(world, DIM_SITE, 6);
    world_node(world, DIM_SITE, "ALL", 0, 5, false);
    world_table(world);
    for (size_t at = 0; at < world->leaves; at++)
        world->table[at] = world_below(&state, 30);
    world_add_all(world, -1);
    universe_break_ties(world->universe, key);
    if (!world_protect(world))
        fail_msg("%s", world->err.text);
    return shown_cells(world);
}

static char *pattern_of_random_table(uint64_t seed, struct world *world)
{
    return keyed_pattern(seed, NULL, world);
}

TEST(the_same_input_gives_the_same_pattern)
{
    struct world one, other;
    char *first = pattern_of_random_table(4711, &one);
    char *second = pattern_of_random_table(4711, &other);
    CHECK_TEXT(first, second);
    CHECK(strchr(first, '0') != NULL);
    world_free(&one);
    world_free(&other);
}

/* All cells are prices of few sizes: most of them tie. */
TEST(a_key_chooses_between_cells_that_cost_the_same)
{
    const struct hash_key one = {(const unsigned char *)"0123456789abcdef", 16};
    const struct hash_key two = {(const unsigned char *)"fedcba9876543210", 16};
    int other = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct world worlds[4];
        char *none = pattern_of_random_table(seed, &worlds[0]);
        char *first = keyed_pattern(seed, &one, &worlds[1]);
        char *again = keyed_pattern(seed, &one, &worlds[2]);
        char *second = keyed_pattern(seed, &two, &worlds[3]);
        CHECK_TEXT(first, again);
        other += strcmp(first, second) != 0 && strcmp(first, none) != 0;
        for (size_t w = 0; w < COUNT_OF(worlds); w++)
            world_free(&worlds[w]);
    }
    CHECK(other >= 10);
}

TEST(ties_never_outweigh_a_difference_in_size)
{
    const struct hash_key key = {(const unsigned char *)"0123456789abcdef", 16};
    bool met[FIELD_TIES] = {false};
    for (uint64_t mark = 0; mark < 200; mark++)
        met[field_tie(&key, mark)] = true;
    for (int64_t tie = 0; tie < FIELD_TIES; tie++) {
        CHECK(met[tie]);
        CHECK(field_price(1, 1000, tie) < field_price(2, 1000, 0));
        CHECK(field_price(0, 1000, tie) < field_price(1, 1000, 0));
    }
    CHECK_INT(field_tie(NULL, 4711), 0);
}

RUN(CASE(a_table_without_small_counts_is_shown_whole),
    CASE(one_small_count_takes_a_partner_large_enough),
    CASE(a_small_count_beside_shown_zeros_takes_the_total),
    CASE(a_table_of_two_cells_takes_the_total_when_the_other_is_too_small),
    CASE(two_persons_alone_in_their_cells_do_not_see_each_other),
    CASE(a_cell_that_no_suppression_can_hide_refuses_the_release),
    CASE(what_somebody_alone_knows_by_that_is_refused_by_its_rule),
    CASE(a_cell_suppressed_from_outside_is_protected_whatever_its_count),
    CASE(a_zero_suppressed_from_outside_is_protected_too),
    CASE(a_structural_zero_stays_shown_even_when_suppression_is_asked),
    CASE(a_small_remainder_that_no_table_shows_is_protected),
    CASE(overlapping_periods_do_not_give_a_small_year_away),
    CASE(the_review_names_cells_and_holds_no_count),
    CASE(the_review_says_which_rules_suppressed_each_cell),
    CASE(a_total_that_must_be_shown_takes_another_partner),
    CASE(a_total_that_must_be_shown_and_gives_a_cell_back_refuses_the_release),
    CASE(a_total_that_must_be_shown_and_is_small_is_a_contradiction),
    CASE(a_rule_that_the_codes_do_not_know_is_a_fault_of_the_policy),
    CASE(parts_of_a_suppressed_zero_are_no_public_zeros),
    CASE(a_threshold_under_three_is_refused), CASE(an_empty_universe_is_clear),
    CASE(the_worked_example_of_the_method_page_holds),
    CASE(the_same_input_gives_the_same_pattern),
    CASE(a_key_chooses_between_cells_that_cost_the_same),
    CASE(ties_never_outweigh_a_difference_in_size))
