/* SPDX-License-Identifier: EUPL-1.2 */
/* What the decision about standardised rates rests on, broken between the
 * protection of the counts and that decision: it refuses, and says why. Also
 * the rules that readers of another edition were protected by. */
#include "seal_fixture.h"

#include "seal/seal_ages_impl.h"

static struct seal_fixture *protected_rates(const char *standard)
{
    struct seal_fixture *fixture = seal_fixture_new();
    seal_fixture_table(fixture, "cases",
                       (struct plan_value){.kind = VALUE_STANDARDISED_RATE,
                                           .standard = standard,
                                           .interval = true,
                                           .decimals = 1});
    seal_fixture_protect(fixture);
    return fixture;
}

/* The message has `first` at its beginning, and `word`. */
static void check_refused(struct seal_fixture *fixture, const char *first,
                          const char *word)
{
    struct seal_ages *ages = NULL;
    CHECK(!seal_ages_decide(&fixture->seal, &ages, &fixture->err));
    CHECK(ages == NULL);
    CHECK(text_starts(fixture->err.text, first));
    CHECK(strstr(fixture->err.text, word) != NULL);
    seal_fixture_end(fixture);
}

TEST(ages_of_a_measure_of_too_many_sources_are_not_judged)
{
    struct seal_fixture *fixture = protected_rates("world");
    seal_fixture_many_sources(fixture);
    check_refused(fixture, "measure 'cases' has more than 64 sources", "");
}

/* A rate whose count is suppressed, and a count that is shown without one. */
static struct seal_fixture *protected_count(void)
{
    static const char *country[] = {"code:pays/FR"}, *all[] = {"all"};
    static const char *years[] = {"2019", "2020"}, *both[] = {"T"};
    struct seal_fixture *fixture = seal_fixture_new();
    const struct plan_value values[] = {
        {.kind = VALUE_STANDARDISED_RATE, .standard = "world", .decimals = 1},
        {.kind = VALUE_COUNT, .standard = ""},
    };
    for (size_t t = 0; t < COUNT_OF(values); t++) {
        struct selection *select = fixture->tables[t].select;
        seal_fixture_table(fixture, "cases", values[t]);
        select[DIM_TERRITORY] = (struct selection){country, 1};
        select[DIM_SITE] = (struct selection){all, 1};
        select[DIM_SEX] = (struct selection){both, 1};
        select[DIM_PERIOD] = (struct selection){years + t, 1};
    }
    seal_fixture_protect(fixture);
    return fixture;
}

TEST(a_count_without_a_rate_of_too_many_sources_is_not_judged)
{
    struct seal_fixture *fixture = protected_count();
    CHECK_INT(fixture->seal.ages->cell_count, 1);
    CHECK_INT(seal_ages_digits(fixture->seal.ages, 0, 0, 0), AGES_NOTHING);
    seal_fixture_many_sources(fixture);
    check_refused(fixture, "measure 'cases' has more than 64 sources", "");
}

static size_t count_digits(const struct seal_fixture *fixture,
                           const struct seal_ages *ages)
{
    size_t shown = 0;
    for (size_t r = 0; r < fixture->seal.tables[0]->rows; r++)
        shown += seal_ages_digits(ages, 0, r, 0) != AGES_NOTHING;
    return shown;
}

/* Counts that are not of leaves or do not fit, and people of one site: no row
 * is judged, and none has a rate, not even of no case. */
TEST(facts_that_cannot_be_judged_show_no_rate)
{
    enum { WAYS = 4 };
    for (int way = 0; way < WAYS; way++) {
        struct seal_fixture *fixture = protected_rates("world");
        struct fact *cases = (struct fact *)(uintptr_t)fixture->cases.rows;
        struct fact *people =
            (struct fact *)(uintptr_t)fixture->population.rows;
        struct seal_ages *ages = NULL;
        CHECK(count_digits(fixture, fixture->seal.ages) > 0);
        cases->leaf[DIM_AGE] = way == 0 ? CUBE_ANY : cases->leaf[DIM_AGE];
        cases->count = way == 1 ? INT64_C(1) << 32 : cases->count;
        people->leaf[DIM_SITE] = way == 2 ? 0 : people->leaf[DIM_SITE];
        people->count = way == 3 ? -1 : people->count;
        CHECK(seal_ages_decide(&fixture->seal, &ages, &fixture->err));
        CHECK_INT(count_digits(fixture, ages), 0);
        seal_fixture_end(fixture);
    }
}

/* What is left of the country without a département has no code. */
TEST(what_is_left_of_a_country_is_no_matter_of_rates)
{
    static const char *places[] = {"code:pays/FR", "code:departement/53"};
    static const char *country[] = {"code:pays/FR"};
    size_t cells[2];
    for (size_t i = 0; i < 2; i++) {
        struct seal_fixture *fixture = seal_fixture_new();
        seal_fixture_table(fixture, "cases",
                           (struct plan_value){.kind = VALUE_STANDARDISED_RATE,
                                               .standard = "world",
                                               .decimals = 1});
        fixture->tables[0].select[DIM_TERRITORY] =
            i == 0 ? (struct selection){country, 1}
                   : (struct selection){places, 2};
        seal_fixture_protect(fixture);
        cells[i] = 0;
        for (size_t c = 0; c < fixture->seal.ages->cell_count; c++)
            cells[i] +=
                fixture->seal.ages->cells[c].boxes[0][DIM_TERRITORY] == 0;
        seal_fixture_end(fixture);
    }
    CHECK_INT(cells[1], cells[0]);
}

TEST(rules_that_the_codes_do_not_know_stop_the_decision)
{
    static const char *unknown[] = {"code:pays/XX"};
    struct seal_fixture *fixture = protected_rates("world");
    fixture->listed.select[DIM_TERRITORY] = (struct selection){unknown, 1};
    check_refused(fixture, "policy: rule 1", "code:pays/XX");
}

TEST(a_rate_whose_counts_are_gone_is_named_with_its_table)
{
    struct seal_fixture *fixture = protected_rates("world");
    fixture->seal.ladders[0].table.measure = "tumours";
    check_refused(fixture, "table 'r.t0': ", "tumours");
}

TEST(a_standard_that_cuts_a_class_is_named_with_its_table)
{
    static const struct standard_band cut[] = {{0, 19, 50}, {20, -1, 50}};
    struct seal_fixture *fixture = protected_rates("world");
    fixture->standards[0].bands = cut;
    fixture->standards[0].count = COUNT_OF(cut);
    check_refused(fixture, "table 'r.t0': ", "15-49");
}

/* Up to 74 years: those of 75 and more are in no group of the standard. */
TEST(a_standard_of_some_ages_only_has_a_rate_of_them)
{
    struct seal_fixture *fixture = seal_fixture_new();
    fixture->standards[0].count = 3;
    fixture->standards[0].total = 90;
    seal_fixture_table(fixture, "cases",
                       (struct plan_value){.kind = VALUE_STANDARDISED_RATE,
                                           .standard = "world",
                                           .interval = true,
                                           .decimals = 1});
    seal_fixture_protect(fixture);
    const struct pub_table *table =
        seal_copy(&fixture->seal, fixture->arena, 0);
    size_t shown = 0;
    for (size_t r = 0; r < pub_rows(table); r++) {
        double value;
        shown += pub_read(table, r, 0, &value) == AVAILABLE;
    }
    CHECK(shown > 0);
    seal_fixture_end(fixture);
}

/* --- wholes --------------------------------------------------------------- */

/* The base of a share is counted anew: from facts that are gone by now. */
TEST(a_share_whose_whole_cannot_be_counted_is_refused)
{
    static const struct measure renamed = {.code = "tumours"};
    struct seal_fixture *fixture = seal_fixture_new();
    seal_fixture_table(fixture, "cases",
                       (struct plan_value){.kind = VALUE_SHARE,
                                           .standard = "",
                                           .of = DIM_SITE,
                                           .decimals = 1});
    seal_fixture_start(fixture);
    fixture->seal.measures[0].measure = &renamed;
    CHECK(
        !seal_gather(&fixture->seal, &fixture->project.policy, &fixture->err));
    CHECK_INT(fixture->err.code, ERR_SCRIPT);
    CHECK_TEXT(fixture->err.text,
               "table 'r.t0': the store has no measure 'cases'");
    seal_fixture_end(fixture);
}

/* --- readers -------------------------------------------------------------- */

TEST(readers_of_one_edition_had_the_thresholds_of_that_edition_only)
{
    struct seal_fixture *fixture = seal_fixture_new();
    static const struct ledger_entry entries[] = {
        {.audience = AUDIENCE_PUBLIC, .threshold = 7},
        {.audience = AUDIENCE_AUTHORISED, .threshold = 20},
        {.audience = AUDIENCE_PUBLIC, .threshold = 9},
        {.audience = AUDIENCE_PUBLIC, .threshold = 30}, /* later */
    };
    static const struct ledger ledger = {.entries = entries, .count = 4};
    struct policy policy = fixture->project.policy;
    fixture->rule.kind = RULE_THRESHOLD;
    fixture->seal.ledger = &ledger;
    fixture->seal.past = 3;
    seal_past_rules(&fixture->seal, AUDIENCE_PUBLIC, &policy);
    CHECK_INT(policy.threshold, 9);
    CHECK_INT(policy.rule_count, 1);
    CHECK_INT(policy.rules[0].kind, RULE_STRICTER);
    policy = fixture->project.policy;
    seal_past_rules(&fixture->seal, AUDIENCE_AUTHORISED, &policy);
    CHECK_INT(policy.threshold, 20);
    seal_fixture_end(fixture);
}

RUN(CASE(ages_of_a_measure_of_too_many_sources_are_not_judged),
    CASE(a_count_without_a_rate_of_too_many_sources_is_not_judged),
    CASE(facts_that_cannot_be_judged_show_no_rate),
    CASE(what_is_left_of_a_country_is_no_matter_of_rates),
    CASE(rules_that_the_codes_do_not_know_stop_the_decision),
    CASE(a_rate_whose_counts_are_gone_is_named_with_its_table),
    CASE(a_standard_that_cuts_a_class_is_named_with_its_table),
    CASE(a_standard_of_some_ages_only_has_a_rate_of_them),
    CASE(a_share_whose_whole_cannot_be_counted_is_refused),
    CASE(readers_of_one_edition_had_the_thresholds_of_that_edition_only))
