/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include "base/json.h"
#include "model/project.h"

static const char *reports[] = {"lua-scripts/national.lua"};
static const char *members[] = {"67", "68"};

static struct project project_new(struct waiver *waiver,
                                  struct geo_alias *alias)
{
    *waiver = (struct waiver){.kind = "standardised_rate",
                              .reason = {"arrondi", "rounded"},
                              .owner = {"Comité", "Committee"},
                              .date = "2026-01-15"};
    *alias = (struct geo_alias){.level = "departement",
                                .code = "6AE",
                                .members = members,
                                .member_count = 2};
    return (struct project){
        .directory = ".",
        .id = "demo-2026",
        .series = "",
        .previous = "",
        .changes = {"", ""},
        .title = {"Registre", "Registry"},
        .publisher = {"Registre national", "National registry"},
        .date = "2026-06-30",
        .licence = {"", ""},
        .contact = {"", ""},
        .embargo = "",
        .theme = "",
        .store = "demo.db",
        .ledger = "ledger",
        .langs = {LANG_FR, LANG_EN},
        .lang_count = 2,
        .reports = reports,
        .report_count = 1,
        .policy = {.threshold = 11,
                   .legal_basis = {"loi", "law"},
                   .owner = {"Comité", "Committee"},
                   .date = "2026-01-01",
                   .waivers = waiver,
                   .waiver_count = 1,
                   .unreliable_under = 10,
                   .caution_under = 20,
                   .alive_under = 25},
        .layout = "france",
        .aliases = alias,
        .alias_count = 1,
    };
}

#define SPOIL(change, want)                                                    \
    do {                                                                       \
        struct waiver waiver;                                                  \
        struct geo_alias alias;                                                \
        struct err err = {0};                                                  \
        struct project project = project_new(&waiver, &alias);                 \
        change;                                                                \
        CHECK(!project_check(&project, &err));                                 \
        CHECK_INT(err.code, ERR_SCRIPT);                                       \
        CHECK_TEXT(err.text, want);                                            \
    } while (0)

TEST(a_sound_project_passes)
{
    struct waiver waiver;
    struct geo_alias alias;
    struct err err = {0};
    struct project project = project_new(&waiver, &alias);
    CHECK(project_check(&project, &err));
    project.policy.threshold = 3;
    CHECK(project_check(&project, &err));
}

TEST(one_language_needs_only_its_texts)
{
    struct waiver waiver;
    struct geo_alias alias;
    struct err err = {0};
    struct project project = project_new(&waiver, &alias);
    project.lang_count = 1;
    project.langs[0] = LANG_EN;
    project.title[LANG_FR] = "";
    project.policy.legal_basis[LANG_FR] = "";
    waiver.reason[LANG_FR] = "";
    CHECK(project_check(&project, &err));
}

TEST(an_id_is_a_plain_folder_name)
{
    SPOIL(project.id = "", "id: expected letters a-z, digits and '-'");
    SPOIL(project.id = "../x", "id: expected letters a-z, digits and '-'");
    SPOIL(project.id = "Demo", "id: expected letters a-z, digits and '-'");
}

TEST(fields_of_the_release_are_checked_by_name)
{
    SPOIL(project.date = "2026-02-30", "date: expected a date YYYY-MM-DD");
    SPOIL(project.publisher[LANG_EN] = "",
          "publisher: no text in language 'en'");
    SPOIL(project.publisher[LANG_FR] = project.publisher[LANG_EN] = "",
          "publisher: expected a text, found none");
    SPOIL(project.licence[LANG_FR] = "Licence ouverte",
          "licence: no text in language 'en'");
    SPOIL(project.contact[LANG_EN] = "The Paris office",
          "contact: no text in language 'fr'");
    SPOIL(project.store = "", "store: expected a text, found none");
    SPOIL(project.title[LANG_EN] = "", "title: no text in language 'en'");
    SPOIL(project.lang_count = 0, "languages: expected 'fr', 'en' or both");
    SPOIL(project.langs[1] = LANG_FR, "languages: expected each language once");
    SPOIL(project.report_count = 0,
          "reports: expected at least one definition file");
    SPOIL(alias.member_count = 0,
          "aliases: '6AE': expected level, code and members");
}

TEST(declarations_of_unrevised_years_are_checked)
{
    struct years backwards = {2019, 2015};
    struct unrevised given = {.measure = "cases", .since = "2025"};
    SPOIL(project.ledger = "", "ledger: expected a text, found none");
    SPOIL((project.unrevised = &given, project.unrevised_count = 1),
          "unrevised: 'cases': since: expected a date YYYY-MM-DD");
    given.since = "2025-03-31";
    given.periods = &backwards;
    given.period_count = 1;
    SPOIL((project.unrevised = &given, project.unrevised_count = 1),
          "unrevised: 'cases': a period ends before it begins");
}

TEST(audiences_have_names)
{
    enum audience audience = AUDIENCE_PUBLIC;
    CHECK(audience_parse("internal", &audience));
    CHECK_INT(audience, AUDIENCE_INTERNAL);
    CHECK_TEXT(audience_name(AUDIENCE_AUTHORISED), "authorised");
    CHECK(!audience_parse("Public", &audience));
    CHECK_INT(audience, AUDIENCE_INTERNAL);
}

TEST(reports_stay_inside_the_project)
{
    static const char *away[] = {"../secret.lua"};
    static const char *rooted[] = {"/etc/passwd"};
    static const char *hidden[] = {"lua-scripts/../../x.lua"};
    SPOIL(project.reports = away,
          "reports: '../secret.lua': expected a path inside the project");
    SPOIL(project.reports = rooted,
          "reports: '/etc/passwd': expected a path inside the project");
    SPOIL(project.reports = hidden,
          "reports: 'lua-scripts/../../x.lua': expected a path inside the "
          "project");
    SPOIL(project.theme = "house/..",
          "theme: 'house/..': expected a path inside the project");
}

TEST(only_a_part_of_two_points_leaves_the_project)
{
    static const char *const inside[] = {
        "",      "a.lua",   "house..csv", "..house/a",
        "a/b..", "a/.../b", "./a",        "a//b",
    };
    static const char *const outside[] = {
        "..", "../a", "a/..", "a/../b", "a//../b", "/a", "./..",
    };
    for (size_t i = 0; i < COUNT_OF(inside); i++)
        CHECK(project_holds(inside[i]));
    for (size_t o = 0; o < COUNT_OF(outside); o++)
        CHECK(!project_holds(outside[o]));
}

TEST(a_policy_says_who_answers_for_it)
{
    SPOIL(project.policy.threshold = 2,
          "policy: threshold: expected 3 or more");
    SPOIL(project.policy.owner[LANG_FR] = project.policy.owner[LANG_EN] = "",
          "policy: owner: expected a text, found none");
    SPOIL(project.policy.owner[LANG_EN] = "",
          "policy: owner: no text in language 'en'");
    SPOIL(project.policy.date = "", "policy: date: expected a date "
                                    "YYYY-MM-DD");
    SPOIL(project.policy.legal_basis[LANG_FR] = "",
          "policy: legal_basis: no text in language 'fr'");
    SPOIL(project.policy.unreliable_under = -1,
          "policy: unreliable_under: expected 0 or more");
    SPOIL(project.policy.caution_under = 9,
          "policy: caution_under: expected no less than unreliable_under");
    SPOIL(project.policy.alive_under = 0,
          "policy: alive_under: expected 1 or more");
}

TEST(a_waiver_says_who_answers_for_it)
{
    SPOIL(waiver.owner[LANG_FR] = "",
          "policy: waiver 'standardised_rate': owner: "
          "no text in language 'fr'");
    SPOIL(waiver.date = "2026", "policy: waiver 'standardised_rate': date: "
                                "expected a date YYYY-MM-DD");
    SPOIL(waiver.reason[LANG_EN] = "",
          "policy: waiver 'standardised_rate': reason: no text in language "
          "'en'");
    SPOIL(waiver.kind = "",
          "policy: waiver '': kind: expected a text, found none");
}

TEST(waivers_are_found_by_kind)
{
    struct waiver waiver;
    struct geo_alias alias;
    struct project project = project_new(&waiver, &alias);
    CHECK(policy_waiver(&project.policy, "standardised_rate") == &waiver);
    CHECK(policy_waiver(&project.policy, "median") == NULL);
}

/* --- rules --------------------------------------------------------------- */

static struct policy_rule rule_new(enum rule_kind kind,
                                   struct rule_cells *cells)
{
    *cells = (struct rule_cells){0};
    return (struct policy_rule){.kind = kind,
                                .label = {"", ""},
                                .audience = AUDIENCE_ANY,
                                .threshold = 20,
                                .population = 5000,
                                .cells = cells,
                                .cell_count = 1,
                                .legal_basis = {"loi", "law"},
                                .owner = {"Comité", "Committee"},
                                .date = "2026-01-15"};
}

/* A project with the rule is refused with this message. */
#define SPOIL_RULE(rule_kind, change, want)                                    \
    do {                                                                       \
        struct rule_cells cells;                                               \
        struct policy_rule rule = rule_new(rule_kind, &cells);                 \
        SPOIL((project.policy.rules = &rule, project.policy.rule_count = 1,    \
               change),                                                        \
              want);                                                           \
    } while (0)

static const char *one_age[] = {"band:0-14"};
static const char *bad_age[] = {"0-14"};
static const char *one_measure[] = {"cases"};
static const char *one_period[] = {"last:5"};

TEST(sound_rules_of_every_kind_pass)
{
    for (int kind = 0; kind < RULE_KIND_COUNT; kind++) {
        struct waiver waiver;
        struct geo_alias alias;
        struct rule_cells cells;
        struct err err = {0};
        struct project project = project_new(&waiver, &alias);
        struct policy_rule rule = rule_new((enum rule_kind)kind, &cells);
        cells.measures = (struct selection){one_measure, 1};
        cells.select[DIM_PERIOD] = (struct selection){one_period, 1};
        rule.label[LANG_FR] = rule_kind_lists(rule.kind) ? "" : "Cas";
        rule.label[LANG_EN] = rule_kind_lists(rule.kind) ? "" : "Cases";
        project.policy.rules = &rule;
        project.policy.rule_count = 1;
        if (!project_check(&project, &err))
            fail_msg("%s", err.text);
    }
}

/* What readers are told of a rule, and what they make of it. */
static bool tell(struct arena *arena, const struct policy_rule *rule,
                 const char *want, struct policy_rule *back)
{
    struct text text = text_new(arena);
    const struct json *json = NULL;
    struct err err = {0};
    rule_about_write(&text, rule);
    CHECK_TEXT(text.at, want);
    CHECK(json_parse(arena, "rule", text.at, text.size, &json, &err));
    *back = (struct policy_rule){.kind = rule->kind};
    return rule_about_read(arena, json, back);
}

TEST(what_a_rule_is_about_is_told_and_read_back)
{
    struct arena *arena = arena_new();
    struct rule_cells cells;
    struct policy_rule rule = rule_new(RULE_STRICTER, &cells), back;
    cells.measures = (struct selection){one_measure, 1};
    cells.select[DIM_AGE] = (struct selection){one_age, 1};
    CHECK(tell(arena, &rule,
               "{\"measures\": [\"cases\"], \"ages\": [\"band:0-14\"]}",
               &back));
    CHECK_INT(back.cell_count, 1);
    CHECK_TEXT(back.cells->measures.words[0], "cases");
    CHECK_TEXT(back.cells->select[DIM_AGE].words[0], "band:0-14");
    CHECK_INT(back.cells->select[DIM_SITE].count, 0);
    rule.kind = RULE_MUST_SHOW; /* its list is told to nobody */
    CHECK(tell(arena, &rule, "{}", &back));
    CHECK_INT(back.cell_count, 0);
    arena_free(arena);
}

TEST(a_rule_about_something_else_is_not_read)
{
    static const char *const wrong[] = {"[]", "{\"weights\": [\"1\"]}",
                                        "{\"sites\": \"code:POU\"}",
                                        "{\"sites\": [1]}"};
    struct arena *arena = arena_new();
    for (size_t w = 0; w < COUNT_OF(wrong); w++) {
        const struct json *json = NULL;
        struct err err = {0};
        struct policy_rule rule = {.kind = RULE_STRICTER};
        CHECK(
            json_parse(arena, "rule", wrong[w], strlen(wrong[w]), &json, &err));
        CHECK(!rule_about_read(arena, json, &rule));
    }
    arena_free(arena);
}

TEST(a_rule_says_who_answers_for_it)
{
    SPOIL_RULE(RULE_NON_EVENTS, rule.owner[LANG_FR] = rule.owner[LANG_EN] = "",
               "policy: rule 1 (non_events): owner: expected a text, found "
               "none");
    SPOIL_RULE(RULE_ZEROS, rule.date = "",
               "policy: rule 1 (zeros): date: expected a date YYYY-MM-DD");
    SPOIL_RULE(RULE_STRUCTURAL_ZEROS, rule.legal_basis[LANG_EN] = "",
               "policy: rule 1 (structural_zeros): legal_basis: no text in "
               "language 'en'");
    SPOIL_RULE(RULE_ZEROS, rule.label[LANG_FR] = "Zéros",
               "policy: rule 1 (zeros): label: no text in language 'en'");
    SPOIL_RULE(
        RULE_NON_EVENTS, (cells.measures = (struct selection){one_measure, 1}),
        "policy: rule 1 (non_events): label: expected a text, found none");
}

TEST(a_rule_without_its_number_is_refused)
{
    SPOIL_RULE(RULE_THRESHOLD, rule.threshold = 2,
               "policy: rule 1 (threshold): threshold: expected 3 or more");
    SPOIL_RULE(RULE_STRICTER, rule.threshold = 0,
               "policy: rule 1 (stricter): threshold: expected 3 or more");
    SPOIL_RULE(RULE_POPULATION_FLOOR, rule.population = 0,
               "policy: rule 1 (population_floor): population: expected 1 or "
               "more");
    SPOIL_RULE(RULE_ZEROS, rule.population = -1,
               "policy: rule 1 (zeros): population: expected 1 or more");
}

TEST(a_rule_selects_with_the_words_of_a_plan)
{
    SPOIL_RULE(RULE_STRICTER,
               (cells.select[DIM_AGE] = (struct selection){bad_age, 1}),
               "policy: rule 1 (stricter): ages: age '0-14': expected 'T', "
               "'each', 'band:0-14' or 'band:75+'");
    SPOIL_RULE(RULE_STRICTER, (void)0,
               "policy: rule 1 (stricter): selects no cells: expected ages, "
               "sites or another selection");
    SPOIL_RULE(RULE_MUST_SHOW, rule.cell_count = 0,
               "policy: rule 1 (must_show): cells: expected at least one "
               "cell");
    SPOIL_RULE(RULE_MUST_SHOW, (void)0,
               "policy: rule 1 (must_show): cell 1: measures: expected the "
               "measure of the cell");
    SPOIL_RULE(RULE_MUST_SUPPRESS,
               (cells.measures = (struct selection){one_measure, 1}),
               "policy: rule 1 (must_suppress): cell 1: periods: expected the "
               "period of the cell");
    SPOIL_RULE(RULE_MUST_SUPPRESS,
               (cells.measures = (struct selection){one_measure, 1},
                cells.select[DIM_PERIOD] = (struct selection){bad_age, 1}),
               "policy: rule 1 (must_suppress): cell 1: periods: period "
               "'0-14': expected '2019', '2019-2023', 'each:2004-2023', "
               "'last:5', 'each:last:20' or 'all'");
}

TEST(kinds_and_audiences_have_names)
{
    for (int kind = 0; kind < RULE_KIND_COUNT; kind++) {
        enum rule_kind found = RULE_KIND_COUNT;
        CHECK(rule_kind_parse(rule_kind_name((enum rule_kind)kind), &found));
        CHECK_INT(found, kind);
    }
    enum rule_kind kind;
    enum audience audience = AUDIENCE_PUBLIC;
    CHECK(!rule_kind_parse("dominance", &kind));
    CHECK(audience_parse("authorised", &audience));
    CHECK_INT(audience, AUDIENCE_AUTHORISED);
    CHECK(!audience_parse("everybody", &audience));
}

TEST(a_rule_for_one_audience_is_in_force_for_it_alone)
{
    struct rule_cells cells;
    struct policy_rule rule = rule_new(RULE_ZEROS, &cells);
    struct policy policy = {.audience = AUDIENCE_PUBLIC};
    CHECK(rule_in_force(&policy, &rule));
    rule.audience = AUDIENCE_AUTHORISED;
    CHECK(!rule_in_force(&policy, &rule));
    policy.readers = AUDIENCE_AUTHORISED;
    CHECK_INT(policy_readers(&policy), AUDIENCE_AUTHORISED);
    CHECK(rule_in_force(&policy, &rule));
    rule.kind = RULE_MUST_SHOW;
    CHECK(!rule_in_force(&policy, &rule));
    policy.readers = AUDIENCE_PUBLIC;
    policy.audience = AUDIENCE_AUTHORISED;
    CHECK_INT(policy_readers(&policy), AUDIENCE_AUTHORISED);
    CHECK(rule_in_force(&policy, &rule));
    CHECK(rule_selects_all(&rule));
    cells.select[DIM_AGE] = (struct selection){one_age, 1};
    CHECK(!rule_selects_all(&rule));
}

RUN(CASE(sound_rules_of_every_kind_pass),
    CASE(what_a_rule_is_about_is_told_and_read_back),
    CASE(a_rule_about_something_else_is_not_read),
    CASE(a_rule_says_who_answers_for_it),
    CASE(a_rule_without_its_number_is_refused),
    CASE(a_rule_selects_with_the_words_of_a_plan),
    CASE(kinds_and_audiences_have_names),
    CASE(a_rule_for_one_audience_is_in_force_for_it_alone),
    CASE(a_sound_project_passes), CASE(one_language_needs_only_its_texts),
    CASE(an_id_is_a_plain_folder_name),
    CASE(fields_of_the_release_are_checked_by_name),
    CASE(declarations_of_unrevised_years_are_checked),
    CASE(audiences_have_names), CASE(reports_stay_inside_the_project),
    CASE(only_a_part_of_two_points_leaves_the_project),
    CASE(a_policy_says_who_answers_for_it),
    CASE(a_waiver_says_who_answers_for_it), CASE(waivers_are_found_by_kind))
