/* SPDX-License-Identifier: EUPL-1.2 */
/* Rules that look at more than the count: populations, complements, zeros, and
 * cells by name. */
#include "rules_fixture.h"

/* --- populations, complements, zeros ------------------------------------- */

TEST(a_small_population_hides_every_count_but_zero)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_POPULATION_FLOOR, 5000);
    size_t small = add_limited(trial, (struct where){.sex = "M"}, 300, 4999);
    size_t zero = add_limited(trial, (struct where){.sex = "F"}, 0, 4999);
    size_t large = add_limited(trial, (struct where){.age = "75+"}, 300, 5000);
    size_t unknown = add(trial, (struct where){0}, 300);
    judge(trial);
    CHECK(is_forced(trial, small));
    CHECK(!is_primary(trial, zero));
    CHECK(!is_primary(trial, large));
    CHECK(!is_primary(trial, unknown));
    CHECK_INT(universe_lower(trial->universe, small), 1); /* zeros are shown */
    trial_free(trial);
}

static void make_whole(struct trial *trial, size_t cell, int64_t whole)
{
    if (!universe_complement(trial->universe, cell, whole, &trial->err))
        fail_msg("%s", trial->err.text);
}

TEST(few_non_events_of_a_proportion_are_hidden_without_being_asked)
{
    struct trial *trial = trial_new();
    size_t four =
        add_limited(trial, (struct where){.measure = "done"}, 196, 200);
    size_t many = add_limited(
        trial, (struct where){.measure = "done", .sex = "M"}, 189, 200);
    size_t all = add_limited(
        trial, (struct where){.measure = "done", .sex = "F"}, 200, 200);
    size_t plain =
        add_limited(trial, (struct where){.measure = "cases"}, 196, 200);
    make_whole(trial, four, 200);
    make_whole(trial, many, 200);
    make_whole(trial, all, 200);
    judge(trial);
    CHECK(is_forced(trial, four));
    CHECK(!is_primary(trial, many));
    CHECK(!is_primary(trial, all));
    CHECK(!is_primary(trial, plain));
    CHECK(trial->universe->flags[many] & CELL_COMPLEMENT);
    CHECK(!(trial->universe->flags[plain] & CELL_COMPLEMENT));
    trial_free(trial);
}

TEST(of_two_proportions_the_one_that_leaves_fewest_is_judged)
{
    struct trial *trial = trial_new();
    size_t cell =
        add_limited(trial, (struct where){.measure = "done"}, 100, 1000);
    make_whole(trial, cell, 500);
    make_whole(trial, cell, 100); /* nobody is left */
    make_whole(trial, cell, 103);
    make_whole(trial, cell, 400);
    CHECK_INT(trial->universe->wholes[cell], 103);
    CHECK(!universe_complement(trial->universe, cell, 99, &trial->err));
    CHECK_INT(trial->err.code, ERR_DISCLOSURE);
    CHECK_TEXT(trial->err.text, "done, territory pays/FR, site ALL, sex T, age "
                                "T, period 2019, stratum T: "
                                "a count exceeds what it is a part of");
    judge(trial);
    CHECK(is_forced(trial, cell));
    trial_free(trial);
}

TEST(a_rule_of_non_events_takes_the_population_as_the_whole)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_NON_EVENTS, 0)->measures = words(trial, "cases");
    size_t four =
        add_limited(trial, (struct where){.measure = "cases"}, 196, 200);
    size_t other =
        add_limited(trial, (struct where){.measure = "deaths"}, 196, 200);
    size_t unknown =
        add(trial, (struct where){.measure = "cases", .sex = "M"}, 196);
    judge(trial);
    CHECK(is_forced(trial, four));
    CHECK(!is_primary(trial, other));
    CHECK(!is_primary(trial, unknown));
    trial_free(trial);
}

TEST(none_or_all_of_a_small_group_is_hidden_and_then_nobody_assumes_one)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_ZEROS, 1000);
    size_t zero = add_limited(trial, (struct where){.sex = "M"}, 0, 999);
    size_t full = add_limited(trial, (struct where){.sex = "F"}, 999, 999);
    size_t few = add_limited(trial, (struct where){.age = "00-14"}, 5, 999);
    size_t some = add_limited(trial, (struct where){.age = "75+"}, 50, 999);
    size_t large = add_limited(trial, (struct where){.age = "15-49"}, 0, 1000);
    size_t few_of_many =
        add_limited(trial, (struct where){.age = "50-74"}, 5, 1000);
    size_t nobody = add_limited(trial, (struct where){.site = "COL"}, 0, 0);
    size_t unknown = add(trial, (struct where){.site = "EST"}, 0);
    judge(trial);
    CHECK(is_forced(trial, zero));
    CHECK(is_forced(trial, full));
    CHECK(is_primary(trial, few) && !is_forced(trial, few));
    CHECK(!is_primary(trial, some));
    CHECK(!is_primary(trial, large));
    CHECK(!is_primary(trial, nobody));
    CHECK(!is_primary(trial, unknown));
    /* What may be zero follows from the population, never from the count. */
    CHECK_INT(universe_lower(trial->universe, zero), 0);
    CHECK_INT(universe_lower(trial->universe, few), 0);
    CHECK_INT(universe_lower(trial->universe, some), 0);
    CHECK_INT(universe_lower(trial->universe, few_of_many), 1);
    trial_free(trial);
}

TEST(declared_structural_zeros_are_shown_whatever_other_rules_say)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_ZEROS, 1000);
    struct rule_cells *cells = add_rule(trial, RULE_STRUCTURAL_ZEROS, 0);
    cells->select[DIM_SITE] = words(trial, "code:POU");
    cells->select[DIM_AGE] = words(trial, "band:0-14");
    size_t zero = add_limited(
        trial, (struct where){.site = "POU", .age = "00-14"}, 0, 900);
    size_t other = add_limited(
        trial, (struct where){.site = "COL", .age = "00-14"}, 0, 900);
    judge(trial);
    CHECK(!is_primary(trial, zero));
    CHECK(trial->universe->flags[zero] & CELL_STRUCTURAL);
    CHECK(is_forced(trial, other));
    trial_free(trial);
}

TEST(a_declared_structural_zero_that_is_none_is_refused)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_STRUCTURAL_ZEROS, 0)->select[DIM_SITE] =
        words(trial, "code:POU");
    add(trial, (struct where){.site = "POU"}, 3);
    CHECK(!judge_cells(trial));
    CHECK_INT(trial->err.code, ERR_DISCLOSURE);
    CHECK_TEXT(trial->err.id, "sdc.structural");
    CHECK_TEXT(
        trial->err.text,
        "cases, territory pays/FR, site POU, sex T, age T, period "
        "2019, stratum T: rule 1 (structural_zeros) declares it a structural "
        "zero, and it is not zero");
    trial_free(trial);
}

TEST(structural_zeros_without_selection_are_those_of_the_store)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_STRUCTURAL_ZEROS, 0);
    size_t cell = add(trial, (struct where){.site = "POU"}, 3);
    judge(trial);
    CHECK(is_primary(trial, cell));
    trial_free(trial);
}

/* --- single cells -------------------------------------------------------- */

TEST(a_list_is_about_these_very_cells)
{
    struct trial *trial = trial_new();
    struct rule_cells *cells = add_rule(trial, RULE_MUST_SUPPRESS, 0);
    cells->measures = words(trial, "cases");
    cells->select[DIM_PERIOD] = words(trial, "2019");
    cells->select[DIM_SEX] = words(trial, "T F");
    size_t total = add(trial, (struct where){0}, 500);
    size_t women = add(trial, (struct where){.sex = "F"}, 0);
    size_t men = add(trial, (struct where){.sex = "M"}, 500);
    size_t inside = add(trial, (struct where){.site = "COL"}, 500);
    size_t later = add(trial, (struct where){.period = "2020"}, 500);
    size_t deaths = add(trial, (struct where){.measure = "deaths"}, 500);
    judge(trial);
    CHECK(is_forced(trial, total));
    CHECK(is_forced(trial, women));
    CHECK(!is_primary(trial, men));
    CHECK(!is_primary(trial, inside));
    CHECK(!is_primary(trial, later));
    CHECK(!is_primary(trial, deaths));
    /* Nobody knows the list: at least 1 is assumed wherever it is true. */
    CHECK_INT(universe_lower(trial->universe, total), 1);
    CHECK_INT(universe_lower(trial->universe, women), 0);
    trial_free(trial);
}

TEST(a_cell_that_must_be_shown_and_must_not_is_a_contradiction)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_STRICTER, 20)->select[DIM_SITE] =
        words(trial, "code:COL");
    struct rule_cells *cells = add_rule(trial, RULE_MUST_SHOW, 0);
    cells->measures = words(trial, "cases");
    cells->select[DIM_PERIOD] = words(trial, "2019");
    cells->select[DIM_SITE] = words(trial, "all code:COL");
    size_t total = add(trial, (struct where){0}, 500);
    size_t colon = add(trial, (struct where){.site = "COL"}, 19);
    CHECK(!judge_cells(trial));
    CHECK_INT(trial->err.code, ERR_DISCLOSURE);
    CHECK_TEXT(trial->err.id, "sdc.contradiction");
    CHECK_TEXT(
        trial->err.text,
        "cases, territory pays/FR, site COL, sex T, age T, period "
        "2019, stratum T: rule 2 (must_show) wants it shown, rule 1 (stricter) "
        "wants it suppressed");
    CHECK(trial->universe->flags[total] & CELL_MUST_SHOW);
    CHECK_INT(colon, total + 1);
    trial_free(trial);
}

TEST(what_the_release_itself_suppresses_cannot_be_shown_either)
{
    struct trial *trial = trial_new();
    struct rule_cells *cells = add_rule(trial, RULE_MUST_SHOW, 0);
    cells->measures = words(trial, "cases");
    cells->select[DIM_PERIOD] = words(trial, "2019");
    universe_suppress(trial->universe, add(trial, (struct where){0}, 500));
    CHECK(!judge_cells(trial));
    CHECK_TEXT(trial->err.text,
               "cases, territory pays/FR, site ALL, sex T, age T, period "
               "2019, stratum T: rule 1 (must_show) wants it shown, the "
               "release wants it "
               "suppressed");
    trial_free(trial);
}

TEST(every_kind_of_rule_has_its_file)
{
    size_t count = 0;
    for (; disclosure_rules[count] != NULL; count++) {
        for (size_t other = 0; other < count; other++)
            CHECK(disclosure_rules[count]->kind !=
                  disclosure_rules[other]->kind);
    }
    CHECK_INT(count, RULE_KIND_COUNT);
}

RUN(CASE(a_small_population_hides_every_count_but_zero),
    CASE(few_non_events_of_a_proportion_are_hidden_without_being_asked),
    CASE(of_two_proportions_the_one_that_leaves_fewest_is_judged),
    CASE(a_rule_of_non_events_takes_the_population_as_the_whole),
    CASE(none_or_all_of_a_small_group_is_hidden_and_then_nobody_assumes_one),
    CASE(declared_structural_zeros_are_shown_whatever_other_rules_say),
    CASE(a_declared_structural_zero_that_is_none_is_refused),
    CASE(structural_zeros_without_selection_are_those_of_the_store),
    CASE(a_list_is_about_these_very_cells),
    CASE(a_cell_that_must_be_shown_and_must_not_is_a_contradiction),
    CASE(what_the_release_itself_suppresses_cannot_be_shown_either),
    CASE(every_kind_of_rule_has_its_file))
