/* SPDX-License-Identifier: EUPL-1.2 */
/* Which files are opened as a store, and which are refused by name. */
#include "store_fixture.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include "base/hash.h"

TEST(a_missing_column_is_named)
{
    fixture_refused("ALTER TABLE cases RENAME COLUMN n TO m",
                    "table 'cases': no column 'n'", false);
    fixture_refused("ALTER TABLE territory DROP COLUMN article",
                    "table 'territory': no column 'article'", false);
}

TEST(a_missing_table_is_named)
{
    fixture_refused("DROP TABLE age_class", "no table 'age_class'", false);
}

TEST(a_store_of_another_version_is_refused)
{
    fixture_refused("UPDATE registry SET value = '2' WHERE key = "
                    "'schema_version'",
                    "schema version '2': this program reads version 1", false);
    fixture_refused("DELETE FROM registry WHERE key = 'schema_version'",
                    "table 'registry': no key 'schema_version'", false);
}

TEST(person_like_tables_and_columns_are_refused)
{
    static const struct {
        const char *sql, *want;
    } cases[] = {
        {"CREATE TABLE patients(a TEXT)",
         "table 'patients' looks like person records; a store holds "
         "aggregated counts only"},
        {"CREATE TABLE extra(id_patient TEXT)",
         "table 'extra': column 'id_patient' looks like a person's; a store "
         "holds aggregated counts only"},
        {"ALTER TABLE cases ADD COLUMN \"Date_Naissance\" TEXT",
         "table 'cases': column 'Date_Naissance' looks like a person's; a "
         "store holds aggregated counts only"},
        {"CREATE VIEW v AS SELECT 1 AS nir",
         "table 'v': column 'nir' looks like a person's; a store holds "
         "aggregated counts only"},
    };
    for (size_t c = 0; c < COUNT_OF(cases); c++)
        fixture_refused(cases[c].sql, cases[c].want, false);
}

TEST(a_table_beyond_the_contract_is_let_be)
{
    struct store_fixture fixture = fixture_store();
    struct store *store = NULL;
    struct err err = {0};
    fixture_sql(fixture.path, "CREATE TABLE note(person_years_origin TEXT)");
    CHECK(store_open(fixture.arena, fixture.path, &store, &err));
    store_close(store);
    fixture_end(&fixture);
}

TEST(what_is_no_store_is_refused_by_name)
{
    if (fixture_database() != NULL)
        skip();
    struct store_fixture fixture = fixture_store();
    struct store *store = NULL;
    struct err err = {0};
    char path[300], want[400];
    snprintf(path, sizeof path, "%s/absent.sqlite", fixture.directory);
    CHECK(!store_open(fixture.arena, path, &store, &err));
    snprintf(want, sizeof want, "store '%s': there is no such file", path);
    CHECK_TEXT(err.text, want);
    CHECK(access(path, F_OK) != 0);

    err = (struct err){0};
    snprintf(path, sizeof path, "%s/text.sqlite", fixture.directory);
    CHECK(fs_write(path, "this is no database, it is a sentence\n", 38, &err));
    CHECK(!store_open(fixture.arena, path, &store, &err));
    snprintf(want, sizeof want,
             "store '%s': cannot be read: file is not a database", path);
    CHECK_TEXT(err.text, want);
    CHECK_INT(err.code, ERR_INPUT);
    fixture_end(&fixture);
}

TEST(reading_leaves_the_file_as_it_is)
{
    if (fixture_database() != NULL)
        skip();
    struct store_fixture fixture = fixture_store();
    struct store *store = NULL;
    struct codes codes;
    struct err err = {0};
    char before[HASH_HEX_SIZE], after[HASH_HEX_SIZE], **names;
    size_t count;
    CHECK(hash_file(fixture.path, before, &err));
    CHECK(store_open(fixture.arena, fixture.path, &store, &err));
    CHECK(store_codes(store, &codes, &err));
    store_close(store);
    CHECK(hash_file(fixture.path, after, &err));
    CHECK_TEXT(after, before);
    CHECK(fs_entries(fixture.arena, fixture.directory, &names, &count, &err));
    CHECK_INT(count, 1);
    fixture_end(&fixture);
}

TEST(a_store_in_wal_mode_is_read_with_what_its_log_holds)
{
    if (fixture_database() != NULL)
        skip();
    struct store_fixture fixture = fixture_store();
    struct store *store = NULL;
    struct codes codes;
    struct err err = {0};
    sqlite3 *writer = NULL;
    fixture_sql(fixture.path, "PRAGMA journal_mode = WAL");
    CHECK_INT(sqlite3_open(fixture.path, &writer), SQLITE_OK);
    CHECK_INT(sqlite3_exec(writer,
                           "UPDATE registry SET value = 'late' WHERE key = "
                           "'snapshot'",
                           NULL, NULL, NULL),
              SQLITE_OK);
    CHECK(store_open(fixture.arena, fixture.path, &store, &err));
    CHECK(store_codes(store, &codes, &err));
    CHECK_TEXT(code_registry(&codes, "snapshot"), "late");
    /* One transaction: a later change is not seen. */
    CHECK_INT(sqlite3_exec(writer,
                           "UPDATE registry SET value = 'later' WHERE key = "
                           "'snapshot'",
                           NULL, NULL, NULL),
              SQLITE_OK);
    CHECK(store_codes(store, &codes, &err));
    CHECK_TEXT(code_registry(&codes, "snapshot"), "late");
    store_close(store);
    sqlite3_close(writer);
    fixture_end(&fixture);
}

/* Opens the store as a user who may write nowhere near it; the exit status is
 * 0 when that works, 1 when it is refused as input. */
static int open_as_stranger(const struct store_fixture *fixture)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        struct store *store = NULL;
        struct codes codes;
        struct err err = {0};
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(9);
        bool ok = store_open(fixture->arena, fixture->path, &store, &err) &&
                  store_codes(store, &codes, &err);
        store_close(store);
        _exit(ok ? 0 : err.code == ERR_INPUT ? 1 : 2);
    }
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(a_store_in_wal_mode_is_read_where_nothing_can_be_written)
{
    if (fixture_database() != NULL)
        skip();
    struct store_fixture fixture = fixture_store();
    struct err err = {0};
    char wal[310];
    fixture_sql(fixture.path, "PRAGMA journal_mode = WAL");
    CHECK_INT(chmod(fixture.directory, 0555), 0);
    CHECK_INT(open_as_stranger(&fixture), 0);

    /* With a log that waits, an immutable reading would be a stale one. */
    CHECK_INT(chmod(fixture.directory, 0755), 0);
    snprintf(wal, sizeof wal, "%s-wal", fixture.path);
    CHECK(fs_write(wal, "a log that nobody may read", 26, &err));
    CHECK_INT(chmod(wal, 0600), 0);
    CHECK_INT(chmod(fixture.directory, 0555), 0);
    if (geteuid() == 0)
        CHECK_INT(open_as_stranger(&fixture), 1);
    CHECK_INT(chmod(fixture.directory, 0755), 0);
    fixture_end(&fixture);
}

/* A file is locked against that, unless it has a log. */
TEST(what_a_database_is_told_meanwhile_is_not_seen)
{
    if (fixture_database() == NULL)
        skip();
    struct store_fixture fixture = fixture_store();
    struct store *store = NULL;
    struct codes codes;
    struct err err = {0};
    CHECK(store_open(fixture.arena, fixture.path, &store, &err));
    fixture_sql(fixture.path, "UPDATE registry SET value = 'late' WHERE key = "
                              "'snapshot'; DELETE FROM cases");
    CHECK(store_codes(store, &codes, &err));
    CHECK(!text_same(code_registry(&codes, "snapshot"), "late"));
    struct facts facts = {0};
    CHECK(store_facts(store, &codes, code_measure(&codes, "cases"), &facts,
                      &err));
    CHECK(facts.count > 0);
    store_close(store);
    fixture_end(&fixture);
}

TEST(a_message_shows_an_address_without_its_password)
{
    static const struct {
        const char *address, *shown;
    } cases[] = {
        {"a/store.sqlite", "a/store.sqlite"},
        {"a:b@c?d=e", "a:b@c?d=e"},
        {"postgresql:///base", "postgresql:///base"},
        {"postgresql://host:5432/base", "postgresql://host:5432/base"},
        {"postgres://ann@[::1]:5432/base", "postgres://ann@[::1]:5432/base"},
        {"postgresql://ann:pass@host/base", "postgresql://ann:***@host/base"},
        {"postgresql://one:5432,two:5433/base?user=ann",
         "postgresql://one:5432,two:5433/base?user=ann"},
        {"postgresql://%2Frun%2Fpg/base?options=-csearch_path%3Dr&sslmode=on",
         "postgresql://%2Frun%2Fpg/base?options=-csearch_path%3Dr&sslmode=on"},
        {"postgresql://ann:p&ss@host/base", "postgresql://ann:***@host/base"},
        {"postgressql://ann:pass@host/base", "postgressql://ann:***@host/base"},
        {"postgresql:///base?host=/run&user=ann&password=pass",
         "postgresql:///base?host=/run&user=ann&password=***"},
        /* Where the password ends is not sure. */
        {"postgresql://ann:p@ss/w?rd@host/base", "postgresql://ann:***"},
        {"postgresql://ann@host:5432/base?password=p@ss", "postgresql://***"},
        {"postgresql:///base?password=pa:s@ss", "postgresql://***"},
        {"postgresql:///base?password=pa&ss",
         "postgresql:///base?password=***"},
        {"postgresql:///base?password=pa&port=ss",
         "postgresql:///base?password=***"},
        {"postgresql:///base?p%61ssword=pass&service=x",
         "postgresql:///base?***"},
        {"postgresql:///base?pass", "postgresql:///base?***"},
        {"postgresql:///base?host", "postgresql:///base?***"},
        /* The host, the '?' or the '@' is missing, or written otherwise. */
        {"postgresql://ann:pass/base", "postgresql://ann:***"},
        {"postgresql://ann:12pass/base", "postgresql://ann:***"},
        {"postgresql://ann:123456/base", "postgresql://ann:***"},
        {"postgresql://ann%3Apass@host/base", "postgresql://***"},
        {"postgresql://ann:pass", "postgresql://ann:***"},
        {"postgresql://host&password=pass", "postgresql://***"},
        {"postgresql:///base&password=pass", "postgresql://***"},
        {"postgresql:///base?host=/run?password=pass",
         "postgresql:///base?host=***"},
        {"postgresql:///base?host=/run;password=pass",
         "postgresql:///base?host=***"},
        {"postgresql:///base?user=ann:pass", "postgresql:///base?user=***"},
        {"postgresql://[::1]pass/base", "postgresql://[::1]:***"},
        {"postgresql://[::1:pass]/base", "postgresql://***"},
        {"postgresql://[::1", "postgresql://***"},
        {"postgresql:ann:pass@host/base://", "***"},
    };
    struct arena *arena = arena_new();
    for (size_t c = 0; c < COUNT_OF(cases); c++)
        CHECK_TEXT(store_shown(arena, cases[c].address), cases[c].shown);
    arena_free(arena);
}

RUN(CASE(a_message_shows_an_address_without_its_password),
    CASE(what_a_database_is_told_meanwhile_is_not_seen),
    CASE(a_missing_column_is_named), CASE(a_missing_table_is_named),
    CASE(a_store_of_another_version_is_refused),
    CASE(person_like_tables_and_columns_are_refused),
    CASE(a_table_beyond_the_contract_is_let_be),
    CASE(what_is_no_store_is_refused_by_name),
    CASE(reading_leaves_the_file_as_it_is),
    CASE(a_store_in_wal_mode_is_read_with_what_its_log_holds),
    CASE(a_store_in_wal_mode_is_read_where_nothing_can_be_written))
