/* SPDX-License-Identifier: EUPL-1.2 */
/* A store made anew of another one. */
#include "store_fixture.h"

#include "base/hash.h"

static void migrate(const struct store_fixture *fixture, const char *from,
                    const char *name, char path[300])
{
    struct err err = {0};
    fixture_address(fixture, name, path);
    if (!store_migrate(from, path, &err))
        print_error("%s\n", err.text);
    CHECK_INT(err.code, ERR_NONE);
}

static void check_good(const struct store_fixture *fixture, const char *path)
{
    struct text report = text_new(fixture->arena);
    struct err err = {0};
    size_t errors = 99;
    CHECK(store_check(path, &report, &errors, &err));
    CHECK_INT(errors, 0);
}

TEST(a_store_of_today_is_copied_as_it_is)
{
    struct store_fixture fixture = fixture_store();
    struct text a = text_new(fixture.arena), b = text_new(fixture.arena);
    struct err err = {0};
    char path[300], again[300], before[HASH_HEX_SIZE], after[HASH_HEX_SIZE];
    migrate(&fixture, fixture.path, "new", path);
    migrate(&fixture, path, "newer", again);
    check_good(&fixture, path);
    CHECK(store_info(fixture.path, &a, &err));
    CHECK(store_info(path, &b, &err));
    CHECK_TEXT(b.at, a.at);
    if (fixture_is_file(path)) {
        CHECK(hash_file(path, before, &err));
        CHECK(hash_file(again, after, &err));
        CHECK_TEXT(after, before);
    }
    fixture_end(&fixture);
}

TEST(columns_that_came_later_are_empty)
{
    struct store_fixture fixture = fixture_store();
    char path[300];
    fixture_sql(fixture.path, "ALTER TABLE survival DROP COLUMN grade; ALTER "
                              "TABLE survival DROP COLUMN alive; DROP TABLE "
                              "coverage");
    migrate(&fixture, fixture.path, "new", path);
    check_good(&fixture, path);
    CHECK_INT(fixture_number(path, "SELECT count(*) FROM survival WHERE grade "
                                   "= '' AND alive IS NULL"),
              3);
    CHECK_INT(fixture_number(path, "SELECT count(*) FROM coverage"), 0);
    fixture_end(&fixture);
}

static void refused(const char *sql, const char *want)
{
    struct store_fixture fixture = fixture_store();
    struct store *store = NULL;
    struct err err = {0};
    char path[300], text[700];
    fixture_sql(fixture.path, sql);
    fixture_address(&fixture, "new", path);
    CHECK(!store_migrate(fixture.path, path, &err));
    snprintf(text, sizeof text, "store '%s': %s", fixture.path, want);
    CHECK_TEXT(err.text, text);
    CHECK_INT(err.code, ERR_INPUT);
    err = (struct err){0};
    CHECK(!store_open(fixture.arena, path, &store, &err));
    fixture_end(&fixture);
}

TEST(what_is_no_store_or_would_be_none_is_left)
{
    refused("UPDATE registry SET value = '2' WHERE key = 'schema_version'",
            "schema version '2': this program reads version 1");
    refused(
        "CREATE TABLE loose AS SELECT * FROM cases; DROP TABLE cases; ALTER "
        "TABLE loose RENAME TO cases; INSERT INTO cases SELECT * FROM cases "
        "WHERE site = 'POU'",
        "table 'cases': row (cases, departement, 01, 2021, F, 40-64, POU): "
        "two rows have the same key");
    refused("UPDATE site SET parent = 'X' WHERE code = 'POU'",
            "table 'site': code 'POU': no parent 'X'");
}

/* A column of SQLite holds whatever it is given. */
TEST(cells_of_another_type_are_refused_by_row)
{
    static const struct {
        const char *sql, *want;
    } cases[] = {
        {"UPDATE cases SET n = n + 0.5 WHERE site = 'CRC'",
         "table 'cases': row (cases, departement, 01, 2021, F, 00-39, CRC): "
         "column 'n' holds what is no whole number"},
        {"UPDATE cases SET n = 'one case' WHERE site = 'CRC'",
         "table 'cases': row (cases, departement, 01, 2021, F, 00-39, CRC): "
         "column 'n' holds what is no whole number"},
        {"UPDATE survival SET value = 9e999",
         "table 'survival': row (survival_net, country, SY, F, CRC, 5): column "
         "'value' holds what is no finite number"},
        {"UPDATE site SET label_fr = x'00' WHERE code = 'POU'",
         "table 'site': row (POU, TOUS): column 'label_fr' holds what is no "
         "text"},
    };
    if (fixture_database() != NULL)
        skip();
    for (size_t c = 0; c < COUNT_OF(cases); c++)
        refused(cases[c].sql, cases[c].want);
}

/* Tables made otherwise may have NULL where the contract has an empty text. */
TEST(a_text_that_is_null_becomes_empty)
{
    struct store_fixture fixture = fixture_store();
    char path[300];
    fixture_sql(fixture.path,
                "CREATE TABLE loose AS SELECT * FROM site; DROP TABLE site; "
                "ALTER TABLE loose RENAME TO site; "
                "UPDATE site SET sex = NULL WHERE sex = ''");
    migrate(&fixture, fixture.path, "new", path);
    check_good(&fixture, path);
    CHECK_INT(fixture_number(path, "SELECT count(*) FROM site WHERE sex = ''"),
              5);
    fixture_end(&fixture);
}

TEST(a_place_that_cannot_be_written_is_named_alone)
{
    struct store_fixture fixture = fixture_store();
    struct err err = {0};
    char path[300], want[400];
    snprintf(path, sizeof path, "%s/none/new.sqlite", fixture.directory);
    CHECK(!store_migrate(fixture.path, path, &err));
    snprintf(want, sizeof want,
             "cannot write '%s': unable to open database file", path);
    CHECK_TEXT(err.text, want);
    CHECK_INT(err.code, ERR_IO);
    fixture_end(&fixture);
}

RUN(CASE(a_store_of_today_is_copied_as_it_is),
    CASE(columns_that_came_later_are_empty),
    CASE(cells_of_another_type_are_refused_by_row),
    CASE(a_text_that_is_null_becomes_empty),
    CASE(a_place_that_cannot_be_written_is_named_alone),
    CASE(what_is_no_store_or_would_be_none_is_left))
