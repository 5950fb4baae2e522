/* SPDX-License-Identifier: EUPL-1.2 */
#include "edition_fixture.h"

#include "base/hash.h"
#include "pub/edition_impl.h"

TEST(an_edition_reads_back_as_it_was_written)
{
    struct arena *arena = arena_new();
    char *folder = check_directory();
    const char *path = fs_join(arena, folder, "edition.db");
    struct err err = {0};
    const struct edition *edition = pub_fixture(arena);
    struct project embargoed = *edition->project;
    embargoed.state = STATE_EMBARGO;
    embargoed.embargo = "2026-02-04 10:00";
    struct edition closed = *edition;
    closed.project = &embargoed;
    edition = &closed;
    CHECK(edition_write(edition, path, &err));
    const struct edition *again = reread(arena, path, &err);
    CHECK(again != NULL);
    CHECK_INT(again->project->state, STATE_EMBARGO);
    CHECK_TEXT(again->project->embargo, "2026-02-04 10:00");
    CHECK_TEXT(again->project->id, "essai-1");
    CHECK_TEXT(again->project->publisher[LANG_FR], "Registre d’essai");
    CHECK_TEXT(again->project->publisher[LANG_EN], "Trial registry");
    CHECK_TEXT(again->project->policy.owner[LANG_EN], "Trial registry");
    CHECK_INT(again->project->policy.threshold, 11);
    CHECK_INT(again->project->policy.audience, AUDIENCE_PUBLIC);
    CHECK_INT(again->project->archive, ARCHIVE_3A);
    CHECK(again->project->compact);
    CHECK_TEXT(again->ledger, "");
    char hex[HASH_HEX_SIZE];
    CHECK(hash_file(path, hex, &err));
    CHECK_TEXT(again->hash, hex);
    CHECK_TEXT(again->codes->dims[DIM_SITE].nodes[4].code, "POU");
    const struct pub_table *a = edition->tables[0];
    const struct pub_table *b = edition_table(again, "open.cases");
    CHECK_INT(pub_rows(a), pub_rows(b));
    CHECK(pub_open_data(b));
    for (size_t r = 0; r < pub_rows(a); r++) {
        CHECK_INT(pub_coverage(a, r) * 100, pub_coverage(b, r) * 100);
        for (size_t c = 0; c < pub_columns(a); c++) {
            double left = -1, right = -1;
            CHECK_INT(pub_read(a, r, c, &left), pub_read(b, r, c, &right));
            CHECK(left == right);
            CHECK_INT(pub_flags(a, r, c), pub_flags(b, r, c));
        }
    }
    CHECK_TEXT(pub_cell_id(arena, a, 3, 1), pub_cell_id(arena, b, 3, 1));
    CHECK_TEXT(pub_coarsened(b, LANG_FR), "Années regroupées par 3");
    CHECK_TEXT(pub_coarsened(b, LANG_EN), "Years pooled by 3");
    arena_free(arena);
    check_remove(folder);
}

TEST(an_edition_keeps_what_rates_were_computed_with)
{
    struct arena *arena = arena_new();
    char *folder = check_directory();
    const char *path = fs_join(arena, folder, "edition.db");
    struct err err = {0};
    struct edition edition = *pub_fixture(arena);
    edition.basis = pub_fixture_basis();
    CHECK(edition_write(&edition, path, &err));
    const struct edition *again = reread(arena, path, &err);
    CHECK(again != NULL);
    pub_fixture_check_basis(&again->basis);
    damage(path, "UPDATE sheet_column SET by_sex = 1 WHERE place = 1");
    again = reread(arena, path, &err);
    CHECK(again != NULL);
    CHECK(!pub_column(again->tables[0], 0)->by_sex);
    CHECK(pub_column(again->tables[0], 1)->by_sex);
    damage(path, "UPDATE years_row SET at = '1 2' WHERE territory = 2");
    CHECK(reread(arena, path, &err) == NULL);
    CHECK_TEXT(err.text,
               arena_format(arena,
                            "edition '%s': person-years are of several widths",
                            path));
    arena_free(arena);
    check_remove(folder);
}

TEST(an_edition_tells_the_rules_in_force_and_no_list)
{
    struct arena *arena = arena_new();
    char *folder = check_directory();
    const char *path = fs_join(arena, folder, "edition.db");
    struct err err = {0};
    const struct edition *edition = pub_fixture(arena);
    const char *word = "code:POU";
    struct rule_cells cells = {.select = {[DIM_SITE] = {&word, 1}}};
    struct policy_rule rules[] = {
        {.kind = RULE_ZEROS,
         .label = {"", ""},
         .audience = AUDIENCE_PUBLIC,
         .population = 500,
         .cells = &cells,
         .cell_count = 1,
         .legal_basis = {"Loi", "Law"},
         .owner = {"DPD", "DPO"},
         .date = "2026-01-02"},
        {.kind = RULE_STRICTER,
         .label = {"Poumon", "Lung"},
         .audience = AUDIENCE_AUTHORISED,
         .threshold = 20,
         .cells = &cells,
         .cell_count = 1,
         .legal_basis = {"Loi 2", "Law 2"},
         .owner = {"DPD 2", "DPO 2"},
         .date = "2026-01-03"},
        {.kind = RULE_MUST_SUPPRESS,
         .label = {"", ""},
         .audience = AUDIENCE_ANY,
         .cells = &cells,
         .cell_count = 1,
         .legal_basis = {"Loi 3", "Law 3"},
         .owner = {"DPD 3", "DPO 3"},
         .date = "2026-01-04"},
    };
    struct project project = *edition->project;
    project.policy.audience = AUDIENCE_AUTHORISED;
    project.policy.rules = rules;
    project.policy.rule_count = COUNT_OF(rules);
    struct edition ruled = *edition;
    ruled.project = &project;
    CHECK(edition_write(&ruled, path, &err));
    const struct edition *again = reread(arena, path, &err);
    CHECK(again != NULL);
    const struct policy *policy = &again->project->policy;
    CHECK_INT(policy->audience, AUDIENCE_AUTHORISED);
    CHECK_INT(policy->rule_count, 2);
    CHECK_INT(policy->rules[0].kind, RULE_STRICTER);
    CHECK_TEXT(policy->rules[0].label[LANG_FR], "Poumon");
    CHECK_TEXT(policy->rules[0].label[LANG_EN], "Lung");
    CHECK_INT(policy->rules[0].threshold, 20);
    CHECK_INT(policy->rules[0].population, 0);
    CHECK_TEXT(policy->rules[0].legal_basis[LANG_EN], "Law 2");
    CHECK_TEXT(policy->rules[0].owner[LANG_FR], "DPD 2");
    CHECK_TEXT(policy->rules[0].owner[LANG_EN], "DPO 2");
    CHECK_TEXT(policy->rules[0].date, "2026-01-03");
    CHECK_INT(policy->rules[0].cell_count, 1);
    CHECK_INT(policy->rules[0].cells->select[DIM_SITE].count, 1);
    CHECK_TEXT(policy->rules[0].cells->select[DIM_SITE].words[0], "code:POU");
    CHECK_INT(policy->rules[0].cells->measures.count, 0);
    CHECK_INT(policy->rules[1].kind, RULE_MUST_SUPPRESS);
    CHECK_INT(policy->rules[1].cell_count, 0);
    CHECK(rule_in_force(policy, &policy->rules[0]));
    arena_free(arena);
    check_remove(folder);
}

TEST(an_edition_tells_what_is_declared_unrevised)
{
    struct arena *arena = arena_new();
    char *folder = check_directory();
    const char *path = fs_join(arena, folder, "edition.db");
    struct err err = {0};
    struct years years[] = {{2010, 2018}, {2020, 2020}};
    struct unrevised unrevised[] = {
        {.measure = "cases", .periods = years, .period_count = 2, .since = ""},
        {.measure = "deaths", .since = "2025-03-31"},
    };
    struct edition edition = *pub_fixture(arena);
    struct project project = *edition.project;
    project.unrevised = unrevised;
    project.unrevised_count = COUNT_OF(unrevised);
    edition.project = &project;
    CHECK(edition_write(&edition, path, &err));
    const struct edition *again = reread(arena, path, &err);
    CHECK(again != NULL);
    const struct unrevised *read = again->project->unrevised;
    CHECK_INT(again->project->unrevised_count, 2);
    CHECK_TEXT(read[0].measure, "cases");
    CHECK_TEXT(read[0].since, "");
    CHECK_INT(read[0].period_count, 2);
    CHECK_INT(read[0].periods[0].low, 2010);
    CHECK_INT(read[0].periods[0].high, 2018);
    CHECK_INT(read[0].periods[1].high, 2020);
    CHECK_TEXT(read[1].measure, "deaths");
    CHECK_TEXT(read[1].since, "2025-03-31");
    CHECK_INT(read[1].period_count, 0);
    struct text list = text_new(arena);
    unrevised_write(&list, again->project);
    CHECK_TEXT(list.at,
               "[{\"measure\": \"cases\", \"periods\": [\"2010-2018\", "
               "\"2020-2020\"]}, {\"measure\": \"deaths\", \"since\": "
               "\"2025-03-31\"}]");
    arena_free(arena);
    check_remove(folder);
}

TEST(the_same_edition_has_the_same_bytes)
{
    struct arena *arena = arena_new();
    char *folder = check_directory();
    struct err err = {0};
    char first[HASH_HEX_SIZE], second[HASH_HEX_SIZE];
    const char *a = fs_join(arena, folder, "a.db");
    const char *b = fs_join(arena, folder, "b.db");
    const struct edition *edition = pub_fixture(arena);
    CHECK(edition_write(edition, a, &err));
    CHECK(edition_write(edition, b, &err));
    CHECK(hash_file(a, first, &err) && hash_file(b, second, &err));
    CHECK_TEXT(first, second);
    arena_free(arena);
    check_remove(folder);
}

TEST(an_edition_is_never_overwritten)
{
    struct arena *arena = arena_new();
    char *folder = check_directory();
    struct err err = {0};
    const char *path = fs_join(arena, folder, "edition.db");
    CHECK(edition_write(pub_fixture(arena), path, &err));
    CHECK(!edition_write(pub_fixture(arena), path, &err));
    CHECK_INT(err.code, ERR_IO);
    CHECK_TEXT(err.id, "edition.exists");
    arena_free(arena);
    check_remove(folder);
}

/* A damage, and what is told of it. */
struct breach {
    const char *sql, *told;
};

static void check_refused(const struct breach *breach)
{
    struct arena *arena = arena_new();
    char *folder = check_directory();
    struct err err = {0};
    const char *path = fs_join(arena, folder, "edition.db");
    CHECK(edition_write(pub_fixture(arena), path, &err));
    damage(path, breach->sql);
    CHECK(reread(arena, path, &err) == NULL);
    CHECK_INT(err.code, ERR_INPUT);
    CHECK_TEXT(err.id, "edition.damaged");
    CHECK_TEXT(err.text,
               arena_format(arena, "edition '%s': %s", path, breach->told));
    arena_free(arena);
    check_remove(folder);
}

static const struct breach damages[] = {
    {"UPDATE cell SET value = 7.0 WHERE line = 1 AND place = 0",
     "a cell without value holds a number, or the reverse"},
    {"UPDATE cell SET value = NULL WHERE line = 0 AND place = 0",
     "a cell without value holds a number, or the reverse"},
    {"UPDATE cell SET value = value + 0.5 WHERE line = 0 AND place = 0",
     "a value has more digits than are printed"},
    {"UPDATE cell SET value = value + 0.04 WHERE line = 0 AND place = 2",
     "a value has more digits than are printed"},
    {"UPDATE cell SET status = 'q' WHERE line = 0 AND place = 0",
     "a cell has an unknown status"},
    {"DELETE FROM cell WHERE line = 2 AND place = 1", "a table lacks cells"},
    {"UPDATE cell SET line = 12 WHERE line = 11 AND place = 0",
     "a number is out of range"},
    {"UPDATE cell SET place = 4 WHERE line = 11 AND place = 0",
     "a number is out of range"},
    {"UPDATE sheet_axis SET nodes = '0 99' WHERE dim = 0",
     "a list holds a number out of range"},
    {"DELETE FROM sheet_axis WHERE dim = 5", "a table lacks an axis"},
    {"UPDATE sheet_axis SET nodes = '' WHERE dim = 0",
     "a table has an impossible size"},
    {"DELETE FROM sheet_column", "a table has no column"},
    {"UPDATE sheet_column SET lower = 9 WHERE place = 0",
     "a column has an impossible interval"},
    {"UPDATE coverage SET share = 1.5", "a coverage is not a share"},
    {"UPDATE coverage SET line = 99", "a number is out of range"},
    {"UPDATE node SET parent = 400 WHERE dim = 0 AND place = 3",
     "a parent is out of range"},
    {"UPDATE release SET value = '0' WHERE key = 'format'",
     "unknown edition format, expected " EDITION_FORMAT},
    {"UPDATE release SET value = 'yearly' WHERE key = 'frequency'",
     "key 'frequency' is no frequency of releases"},
    {"UPDATE release SET value = 'all' WHERE key = 'policy.audience'",
     "unknown audience"},
    {"INSERT INTO rule VALUES(0, 'dominance', '', '', 0, 0, '', '', '', "
     "'', '', '{}')",
     "a rule of unknown kind"},
    {"INSERT INTO rule VALUES(0, 'zeros', '', '', 0, 9, '', '', '', '', "
     "'2026-01-01', '{\"sites\": 1}')",
     "a rule about unknown cells"},
    {"DELETE FROM release WHERE key = 'snapshot'", "no key 'snapshot'"},
    {"UPDATE release SET value = '[' WHERE key = 'unrevised'",
     "key 'unrevised' is no list of declarations"},
    {"UPDATE release SET value = '{}' WHERE key = 'unrevised'",
     "key 'unrevised' is no list of declarations"},
    {"UPDATE release SET value = '[{}]' WHERE key = 'unrevised'",
     "key 'unrevised' is no list of declarations"},
    {"UPDATE release SET value = '[{\"measure\": \"m\", \"periods\": []}]' "
     "WHERE key = 'unrevised'",
     "key 'unrevised' is no list of declarations"},
    {"UPDATE release SET value = '[{\"measure\": \"m\", \"periods\": "
     "[\"2019-x\"]}]' WHERE key = 'unrevised'",
     "key 'unrevised' is no list of declarations"},
    {"UPDATE sheet SET measure = 'nothing'", "a table has an unknown measure"},
};

TEST(what_is_damaged_is_refused_by_name)
{
    for (size_t i = 0; i < COUNT_OF(damages); i++)
        check_refused(&damages[i]);
}

TEST(what_is_not_covered_at_all_is_read)
{
    struct arena *arena = arena_new();
    char *folder = check_directory();
    struct err err = {0};
    const char *path = fs_join(arena, folder, "edition.db");
    CHECK(edition_write(pub_fixture(arena), path, &err));
    damage(path, "UPDATE coverage SET share = 0 WHERE line = 0");
    const struct edition *edition = reread(arena, path, &err);
    CHECK(edition != NULL);
    CHECK_NEAR(pub_coverage(edition->tables[0], 0), 0.0, 0.0);
    arena_free(arena);
    check_remove(folder);
}

/* A file is what its sender made of it: whatever it holds, it is refused with
 * what is wrong. */
static const struct breach strange[] = {
    {"DROP TABLE alias; CREATE VIEW alias(place, level, code, members) AS"
     " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
     " SELECT i, '', '', '' FROM n",
     "its tables are not those of an edition of format 12"},
    {"CREATE TRIGGER t AFTER INSERT ON alias BEGIN DELETE FROM cell; END",
     "its tables are not those of an edition of format 12"},
    {"UPDATE release SET value = CAST(x'41FF' AS TEXT) WHERE key = 'id'",
     "a text is not UTF-8"},
    {"UPDATE sheet SET note_fr = CAST(x'410042' AS TEXT)",
     "a text is not UTF-8"},
    {"UPDATE sheet SET note_fr = x'41'", "a text is missing"},
    {"UPDATE sheet SET note_fr = 'a' || char(27)",
     "a text holds a control character"},
    {"UPDATE sheet SET note_fr = printf('%.30001c', 'a')",
     "a text is too long"},
    {"UPDATE report SET title_fr = 'a' || char(10) || 'b'",
     "a text holds a control character"},
    {"UPDATE report SET id = '../x'",
     "an id holds more than a-z, 0-9, _ and -"},
    {"UPDATE report SET path = '/etc/x.lua'",
     "a definition is not inside the project"},
    {"UPDATE report SET path = 'a/../../x.lua'",
     "a definition is not inside the project"},
    {"UPDATE release SET value = '4 February' WHERE key = 'date'",
     "date: expected a date YYYY-MM-DD"},
    {"UPDATE release SET value = '../x' WHERE key = 'id'",
     "id: expected letters a-z, digits and '-'"},
    {"UPDATE release SET value = 'fr fr' WHERE key = 'langs'",
     "languages: expected each language once"},
    {"UPDATE release SET value = 'fr en fr' WHERE key = 'langs'",
     "unknown language"},
    {"UPDATE release SET value = '2' WHERE key = 'policy.threshold'",
     "policy: threshold: expected 3 or more"},
    {"INSERT INTO rule VALUES(0, 'zeros', '', '', 0, -5, '', '', '', '',"
     " '2026-01-01', '{}')",
     "a number is out of range"},
    {"INSERT INTO rule VALUES(0, 'zeros', '', '', 0, 9, '', '', '', '',"
     " 'soon', '{}')",
     "a rule without its date"},
    {"UPDATE node SET parent = place WHERE dim = 0 AND place = 3",
     "a code is a part of itself"},
    {"UPDATE node SET parent = 1 WHERE dim = 0 AND place = 0;"
     "UPDATE node SET parent = 0 WHERE dim = 0 AND place = 1",
     "a code is a part of itself"},
    {"UPDATE node SET leaves = '1 0' WHERE dim = 0 AND place = 0",
     "the leaves of a code are in no order"},
    {"UPDATE node SET leaves = '70000' WHERE dim = 0 AND place = 0",
     "a list holds a number out of range"},
    {"UPDATE sheet SET place = 1", "a number is out of range"},
    {"UPDATE sheet SET id = 'open.../x'",
     "a table's id is not that of its report, '.' and a-z, 0-9, _ and -"},
    {"UPDATE sheet_axis SET nodes = nodes || replace(printf('%.20000c',"
     " '0'), '0', ' 0')",
     "a table has an impossible size"},
    {"UPDATE sheet_axis SET nodes = nodes || ' 0' WHERE dim = 3",
     "a table lacks cells"},
    {"INSERT INTO sheet_column SELECT sheet, i, id, kind, part, standard,"
     " unit, decimals, lower, upper, share_of, by_sex FROM sheet_column,"
     " (WITH RECURSIVE n(i) AS (SELECT 9 UNION ALL SELECT i + 1 FROM n"
     " WHERE i < 300) SELECT i FROM n) WHERE place = 0",
     "a table has too many columns"},
    {"UPDATE cell SET value = 9e999 WHERE line = 0 AND place = 0",
     "a value is no finite number"},
    {"UPDATE cell SET value = 'many' WHERE line = 0 AND place = 0",
     "a value is no finite number"},
    {"UPDATE cell SET flags = 0.5 WHERE line = 0 AND place = 0",
     "a number is out of range"},
};

TEST(an_edition_of_a_stranger_is_refused)
{
    for (size_t i = 0; i < COUNT_OF(strange); i++)
        check_refused(&strange[i]);
}

TEST(a_confidential_cell_leaves_the_value_untouched)
{
    struct arena *arena = arena_new();
    const struct pub_table *table = pub_fixture(arena)->tables[0];
    double value = -1.0;
    CHECK_INT(pub_read(table, 1, 0, &value), CONFIDENTIAL);
    CHECK(value == -1.0);
    size_t cells = 0, confidential = 0;
    pub_suppressed(table, &cells, &confidential);
    CHECK_INT(cells, 12);
    CHECK_INT(confidential, 2);
    arena_free(arena);
}

TEST(a_confidential_cell_keeps_no_flag)
{
    struct arena *arena = arena_new();
    const struct edition *edition = pub_fixture(arena);
    struct pub_table *table = (struct pub_table *)(uintptr_t)edition->tables[0];
    double value = -1.0;
    pub_put(table, 0, 1, CONFIDENTIAL, 7.5, FLAG_CAUTION | FLAG_ESTIMATED);
    CHECK(pub_read(table, 0, 1, &value) == CONFIDENTIAL);
    CHECK_NEAR(value, -1.0, 0);
    CHECK_INT(pub_flags(table, 0, 1), 0);
    arena_free(arena);
}

/* The fixture with the rate of its first row known to a unit only. */
static const struct edition *coarsened(struct arena *arena)
{
    const struct edition *edition = pub_fixture(arena);
    struct pub_table *table = (struct pub_table *)(uintptr_t)edition->tables[0];
    pub_put(table, 0, 1, AVAILABLE, 12.0, FLAG_CAUTION);
    pub_coarsen(table, 0, 1, 0);
    return edition;
}

TEST(a_coarsened_value_keeps_its_decimals_in_the_edition)
{
    struct arena *arena = arena_new();
    char *folder = check_directory();
    struct err err = {0};
    const char *path = fs_join(arena, folder, "edition.db");
    CHECK(edition_write(coarsened(arena), path, &err));
    const struct edition *again = reread(arena, path, &err);
    CHECK(again != NULL);
    CHECK_INT(pub_decimals(again->tables[0], 0, 1), 0);
    CHECK_INT(pub_flags(again->tables[0], 0, 1), FLAG_CAUTION);
    CHECK_INT(pub_decimals(again->tables[0], 0, 2), 1);
    CHECK_INT(pub_decimals(again->tables[0], 6, 1), 1);
    arena_free(arena);
    check_remove(folder);
}

TEST(an_edition_that_shows_more_digits_than_it_says_is_refused)
{
    static const char *const breaches[] = {
        "UPDATE cell SET value = 12.3 WHERE line = 0 AND place = 1",
        "UPDATE cell SET decimals = 2 WHERE line = 0 AND place = 1",
        "UPDATE cell SET decimals = -1 WHERE line = 0 AND place = 1",
        "UPDATE cell SET decimals = 0 WHERE line = 1 AND place = 1",
    };
    for (size_t i = 0; i < COUNT_OF(breaches); i++) {
        struct arena *arena = arena_new();
        char *folder = check_directory();
        struct err err = {0};
        const char *path = fs_join(arena, folder, "edition.db");
        CHECK(edition_write(coarsened(arena), path, &err));
        damage(path, breaches[i]);
        CHECK(reread(arena, path, &err) == NULL);
        CHECK_INT(err.code, ERR_INPUT);
        arena_free(arena);
        check_remove(folder);
    }
}

RUN(CASE(an_edition_keeps_what_rates_were_computed_with),
    CASE(an_edition_tells_the_rules_in_force_and_no_list),
    CASE(an_edition_tells_what_is_declared_unrevised),
    CASE(an_edition_reads_back_as_it_was_written),
    CASE(the_same_edition_has_the_same_bytes),
    CASE(an_edition_is_never_overwritten),
    CASE(what_is_damaged_is_refused_by_name),
    CASE(what_is_not_covered_at_all_is_read),
    CASE(an_edition_of_a_stranger_is_refused),
    CASE(a_confidential_cell_leaves_the_value_untouched),
    CASE(a_confidential_cell_keeps_no_flag),
    CASE(a_coarsened_value_keeps_its_decimals_in_the_edition),
    CASE(an_edition_that_shows_more_digits_than_it_says_is_refused))
