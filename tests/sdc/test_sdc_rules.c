/* SPDX-License-Identifier: EUPL-1.2 */
/* Thresholds, and which cells a rule is about. */
#include "rules_fixture.h"

/* --- thresholds ---------------------------------------------------------- */

TEST(the_threshold_of_the_policy_holds_where_no_rule_speaks)
{
    struct trial *trial = trial_new();
    size_t none = add(trial, (struct where){.sex = "M"}, 0);
    size_t one = add(trial, (struct where){.sex = "F"}, 1);
    size_t ten = add(trial, (struct where){.age = "75+"}, 10);
    size_t eleven = add(trial, (struct where){0}, 11);
    judge(trial);
    CHECK(!is_primary(trial, none));
    CHECK(is_primary(trial, one) && !is_forced(trial, one));
    CHECK(is_primary(trial, ten));
    CHECK(!is_primary(trial, eleven));
    CHECK_INT(threshold(trial, eleven), 11);
    CHECK_INT(universe_lower(trial->universe, one), 1);
    trial_free(trial);
}

TEST(a_threshold_rule_takes_the_place_of_the_default_for_its_measure)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_THRESHOLD, 5)->measures = words(trial, "deaths");
    size_t deaths = add(trial, (struct where){.measure = "deaths"}, 7);
    size_t few = add(trial, (struct where){.measure = "deaths", .sex = "M"}, 4);
    size_t cases = add(trial, (struct where){0}, 7);
    judge(trial);
    CHECK_INT(threshold(trial, deaths), 5);
    CHECK(!is_primary(trial, deaths));
    CHECK(is_primary(trial, few));
    CHECK_INT(threshold(trial, cases), 11);
    CHECK(is_primary(trial, cases));
    trial_free(trial);
}

TEST(the_strictest_source_wins_on_linked_data)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_THRESHOLD, 5)->sources = words(trial, "CépiDc");
    size_t deaths = add(trial, (struct where){.measure = "deaths"}, 7);
    size_t linked = add(trial, (struct where){.measure = "linked"}, 7);
    judge(trial);
    CHECK_INT(threshold(trial, deaths), 5);
    CHECK_INT(threshold(trial, linked), 11); /* nothing is said of SNDS */
    trial_free(trial);

    trial = trial_new();
    add_rule(trial, RULE_THRESHOLD, 5)->sources = words(trial, "CépiDc");
    add_rule(trial, RULE_THRESHOLD, 7)->sources = words(trial, "SNDS");
    linked = add(trial, (struct where){.measure = "linked"}, 7);
    size_t done = add(trial, (struct where){.measure = "done"}, 7);
    judge(trial);
    CHECK_INT(threshold(trial, linked), 7);
    CHECK_INT(threshold(trial, done), 7);
    trial_free(trial);
}

TEST(a_threshold_may_hold_for_one_audience_only)
{
    for (int a = 0; a < AUDIENCE_COUNT; a++) {
        struct trial *trial = trial_new();
        trial->policy.audience = (enum audience)a;
        add_rule(trial, RULE_THRESHOLD, 5)->measures = words(trial, "cases");
        trial->rules[0].audience = AUDIENCE_AUTHORISED;
        size_t cell = add(trial, (struct where){0}, 7);
        judge(trial);
        CHECK_INT(threshold(trial, cell), a == AUDIENCE_AUTHORISED ? 5 : 11);
        CHECK(is_primary(trial, cell) == (a != AUDIENCE_AUTHORISED));
        trial_free(trial);
    }
}

/* A second round for wider readers: the rules that protect are theirs, what
 * must be shown is for the release to say. */
TEST(a_round_for_wider_readers_has_their_rules)
{
    for (int wider = 0; wider < 2; wider++) {
        struct trial *trial = trial_new();
        trial->policy.readers = wider ? AUDIENCE_AUTHORISED : AUDIENCE_PUBLIC;
        add_rule(trial, RULE_THRESHOLD, 5)->measures = words(trial, "cases");
        trial->rules[0].audience = AUDIENCE_AUTHORISED;
        add_rule(trial, RULE_MUST_SHOW, 0)->select[DIM_PERIOD] =
            words(trial, "2019");
        trial->rules[1].audience = AUDIENCE_PUBLIC;
        size_t shown = add(trial, (struct where){0}, 20);
        size_t cell = add(trial, (struct where){.sex = "M"}, 7);
        judge(trial);
        CHECK_INT(threshold(trial, cell), wider ? 5 : 11);
        CHECK(is_primary(trial, cell) == !wider);
        CHECK(trial->universe->flags[shown] & CELL_MUST_SHOW);
        trial_free(trial);
    }
}

/* A zero is hidden by one set of rules only: who reads both editions sees it,
 * and knows that what is suppressed is none. */
TEST(wider_readers_are_granted_that_what_is_suppressed_is_no_zero)
{
    for (int wider = 0; wider < 2; wider++) {
        struct trial *trial = trial_new();
        trial->policy.readers = wider ? AUDIENCE_INTERNAL : AUDIENCE_PUBLIC;
        add_rule(trial, RULE_ZEROS, 100);
        size_t some = add_limited(trial, (struct where){0}, 20, 90);
        size_t none = add_limited(trial, (struct where){.sex = "M"}, 0, 90);
        judge(trial);
        CHECK_INT(universe_lower(trial->universe, some), wider);
        CHECK_INT(universe_lower(trial->universe, none), 0);
        CHECK(is_forced(trial, none));
        trial_free(trial);
    }
}

TEST(a_stricter_list_raises_the_threshold_of_what_lies_within_it)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_THRESHOLD, 5)->measures = words(trial, "cases");
    add_rule(trial, RULE_STRICTER, 20)->select[DIM_AGE] =
        words(trial, "band:0-14");
    size_t child = add(trial, (struct where){.age = "00-14"}, 19);
    size_t total = add(trial, (struct where){0}, 19);
    size_t adult = add(trial, (struct where){.age = "15-49"}, 19);
    judge(trial);
    CHECK_INT(threshold(trial, child), 20);
    CHECK(is_primary(trial, child));
    CHECK_INT(threshold(trial, total), 5);
    CHECK(!is_primary(trial, total));
    CHECK(!is_primary(trial, adult));
    trial_free(trial);
}

TEST(a_stricter_list_never_lowers)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_STRICTER, 5)->select[DIM_SITE] =
        words(trial, "code:COL");
    size_t cell = add(trial, (struct where){.site = "COL"}, 7);
    judge(trial);
    CHECK_INT(threshold(trial, cell), 11);
    CHECK(is_primary(trial, cell));
    trial_free(trial);
}

/* --- selections ---------------------------------------------------------- */

TEST(codes_are_taken_together_and_what_is_made_of_them_as_well)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_STRICTER, 20)->select[DIM_SITE] =
        words(trial, "code:COL code:EST");
    size_t colon = add(trial, (struct where){.site = "COL"}, 15);
    size_t group = add(trial, (struct where){.site = "DIG"}, 15);
    size_t all = add(trial, (struct where){.site = "ALL"}, 15);
    judge(trial);
    CHECK_INT(threshold(trial, colon), 20);
    CHECK_INT(threshold(trial, group), 20); /* colon and stomach */
    CHECK_INT(threshold(trial, all), 11);
    trial_free(trial);
}

TEST(a_word_for_several_codes_stands_for_each_alone)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_STRICTER, 20)->select[DIM_TERRITORY] =
        words(trial, "level:region");
    size_t country = add(trial, (struct where){0}, 15);
    size_t region =
        add(trial, (struct where){.level = "region", .territory = "53"}, 15);
    size_t inside = add(
        trial, (struct where){.level = "departement", .territory = "29"}, 15);
    size_t across =
        add(trial, (struct where){.level = "quintile", .territory = "Q1"}, 15);
    judge(trial);
    CHECK_INT(threshold(trial, country), 11);
    CHECK_INT(threshold(trial, region), 20);
    CHECK_INT(threshold(trial, inside), 20);
    CHECK_INT(threshold(trial, across), 11); /* parts of two régions */
    trial_free(trial);
}

TEST(a_remainder_is_judged_by_what_it_is_made_of)
{
    /* France without région 53 is région 94. */
    struct trial *trial = trial_new();
    add_rule(trial, RULE_STRICTER, 20)->select[DIM_TERRITORY] =
        words(trial, "code:region/94");
    CHECK(universe_open_axes(trial->universe, &trial->err));
    size_t part = 0;
    const uint16_t rest[] = {2, 0};
    CHECK(universe_leaf_part(trial->universe, DIM_TERRITORY, rest, 1, &part,
                             &trial->err));
    size_t cell = add(trial, (struct where){0}, 15);
    uint64_t key =
        universe_with(trial->universe->keys[cell], DIM_TERRITORY, part);
    CHECK(universe_insert(trial->universe, key, 15, SDC_UNLIMITED, CELL_HIDDEN,
                          &cell, &trial->err));
    judge(trial);
    CHECK_INT(threshold(trial, cell), 20);
    CHECK_INT(threshold(trial, 0), 11);
    trial_free(trial);
}

TEST(a_proportion_stands_for_its_numerator)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_STRICTER, 20)->measures = words(trial, "screening");
    size_t done = add(trial, (struct where){.measure = "done"}, 15);
    size_t cases = add(trial, (struct where){0}, 15);
    judge(trial);
    CHECK_INT(threshold(trial, done), 20);
    CHECK_INT(threshold(trial, cases), 11);
    trial_free(trial);
}

TEST(bands_and_pools_of_a_rule_do_not_become_codes)
{
    struct trial *trial = trial_new();
    size_t ages = trial->codes.dims[DIM_AGE].count;
    size_t periods = trial->codes.dims[DIM_PERIOD].count;
    struct rule_cells *cells = add_rule(trial, RULE_STRICTER, 20);
    cells->select[DIM_AGE] = words(trial, "band:0-49");
    cells->select[DIM_PERIOD] = words(trial, "last:3");
    size_t within =
        add(trial, (struct where){.age = "15-49", .period = "2021"}, 15);
    size_t before =
        add(trial, (struct where){.age = "15-49", .period = "2019"}, 15);
    judge(trial);
    CHECK_INT(threshold(trial, within), 20);
    CHECK_INT(threshold(trial, before), 11);
    CHECK_INT(trial->codes.dims[DIM_AGE].count, ages);
    CHECK_INT(trial->codes.dims[DIM_PERIOD].count, periods);
    trial_free(trial);
}

static void check_refused(enum dim dim, const char *word, const char *want)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_ZEROS, 100)->select[dim] = words(trial, word);
    CHECK(!sdc_check_rules(&trial->codes, &trial->policy, &trial->err));
    CHECK_INT(trial->err.code, ERR_SCRIPT);
    CHECK_TEXT(trial->err.text, want);
    trial_free(trial);
}

TEST(a_selection_that_the_store_does_not_have_is_named)
{
    check_refused(DIM_SITE, "code:COLL",
                  "policy: rule 1 (zeros): sites: site 'code:COLL': the store "
                  "has no code 'COLL'; the nearest is 'COL'");
    check_refused(DIM_TERRITORY, "code:region/59",
                  "policy: rule 1 (zeros): territories: territory "
                  "'code:region/59': the store has no code '59'; the nearest "
                  "is '53'");
    check_refused(DIM_AGE, "band:0-17",
                  "policy: rule 1 (zeros): ages: age band '00-17': no stored "
                  "age class has a limit at 18 years"
                  "; they begin at: 0, 15, 50, 75");
    check_refused(DIM_PERIOD, "2035",
                  "policy: rule 1 (zeros): periods: period '2035': the store "
                  "has no year 2035"
                  "; its years go from 2019 to 2022");

    struct trial *trial = trial_new();
    add_rule(trial, RULE_ZEROS, 100)->measures = words(trial, "death");
    CHECK(!sdc_check_rules(&trial->codes, &trial->policy, &trial->err));
    CHECK_TEXT(trial->err.text, "policy: rule 1 (zeros): measures: the store "
                                "has no measure 'death'"
                                "; the nearest is 'deaths'");
    CHECK_INT(trial->err.code, ERR_SCRIPT);
    trial->err = (struct err){0};
    trial->rules[0].cells->measures.count = 0;
    trial->rules[0].cells->sources = words(trial, "PMSI");
    CHECK(!sdc_check_rules(&trial->codes, &trial->policy, &trial->err));
    CHECK_TEXT(trial->err.text, "policy: rule 1 (zeros): sources: no measure "
                                "of the store has the source 'PMSI'");
    trial->err = (struct err){0};
    trial->rules[0].kind = RULE_MUST_SHOW;
    trial->rules[0].cells->sources.count = 0;
    trial->rules[0].cells->select[DIM_PERIOD] = words(trial, "2019");
    trial->rules[0].cells->select[DIM_SITE] = words(trial, "code:XXX");
    CHECK(!sdc_check_rules(&trial->codes, &trial->policy, &trial->err));
    CHECK_TEXT(trial->err.text,
               "policy: rule 1 (must_show): cell 1: sites: site 'code:XXX': "
               "the store has no code 'XXX'; the nearest is 'ALL'");
    trial_free(trial);
}

RUN(CASE(the_threshold_of_the_policy_holds_where_no_rule_speaks),
    CASE(a_threshold_rule_takes_the_place_of_the_default_for_its_measure),
    CASE(the_strictest_source_wins_on_linked_data),
    CASE(a_threshold_may_hold_for_one_audience_only),
    CASE(a_round_for_wider_readers_has_their_rules),
    CASE(wider_readers_are_granted_that_what_is_suppressed_is_no_zero),
    CASE(a_stricter_list_raises_the_threshold_of_what_lies_within_it),
    CASE(a_stricter_list_never_lowers),
    CASE(codes_are_taken_together_and_what_is_made_of_them_as_well),
    CASE(a_word_for_several_codes_stands_for_each_alone),
    CASE(a_remainder_is_judged_by_what_it_is_made_of),
    CASE(a_proportion_stands_for_its_numerator),
    CASE(bands_and_pools_of_a_rule_do_not_become_codes),
    CASE(a_selection_that_the_store_does_not_have_is_named))
