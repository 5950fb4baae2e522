/* SPDX-License-Identifier: EUPL-1.2 */
/* Editions with tables of rounded and of perturbed counts. */
#include "edition_fixture.h"

/* The fixture with one more table, of counts rounded to base 5. */
static const struct edition *rounded(struct arena *arena, enum pub_kind kind)
{
    static const int one[] = {0}, two[] = {0, 1};
    const struct edition *from = pub_fixture(arena);
    struct pub_column *column = pub_fixture_columns(arena);
    column->kind = kind;
    struct pub_draft draft = {
        .id = "open.rounded",
        .report = "open",
        .title = {"Arrondis", "Rounded"},
        .note = {"", ""},
        .measure = "cases",
        .rounding = {5, 2},
        .columns = column,
        .column_count = 1,
        .axis = {two, one, one, one, one, one},
        .axis_count = {2, 1, 1, 1, 1, 1},
    };
    const struct pub_table **tables = arena_array(arena, 2, sizeof *tables);
    struct pub_table *table = pub_build(arena, from->codes, &draft);
    pub_put(table, 0, 0, AVAILABLE, 1005, 0);
    pub_put(table, 1, 0, NOT_COVERED, 0, 0);
    tables[0] = from->tables[0];
    tables[1] = table;
    struct edition *edition = arena_alloc(arena, sizeof *edition);
    *edition = *from;
    edition->tables = tables;
    edition->table_count = 2;
    return edition;
}

TEST(an_edition_tells_how_a_table_is_rounded)
{
    struct arena *arena = arena_new();
    char *folder = check_directory();
    struct err err = {0};
    const char *path = fs_join(arena, folder, "edition.db");
    CHECK(edition_write(rounded(arena, PUB_COUNT), path, &err));
    const struct edition *again = reread(arena, path, &err);
    CHECK(again != NULL);
    CHECK_INT(pub_rounding(again->tables[0]).base, 0);
    CHECK_INT(pub_rounding(again->tables[1]).base, 5);
    CHECK_INT(pub_rounding(again->tables[1]).window, 2);
    CHECK_TEXT(pub_changed_note(arena, again->tables[0], LANG_FR), "");
    CHECK_TEXT(pub_changed_note(arena, again->tables[1], LANG_EN),
               "Counts rounded to a multiple of 5, less than 10 from the exact "
               "number; totals are the sums of the rounded numbers.");
    CHECK_TEXT(pub_changed_note(arena, rounded(arena, PUB_STATISTIC)->tables[1],
                                LANG_FR),
               "Calculé sur des effectifs arrondis à un multiple de 5.");
    arena_free(arena);
    check_remove(folder);
}

TEST(an_edition_tells_how_a_table_is_perturbed)
{
    struct arena *arena = arena_new();
    char *folder = check_directory();
    struct err err = {0};
    const char *path = fs_join(arena, folder, "edition.db");
    CHECK(edition_write(rounded(arena, PUB_COUNT), path, &err));
    damage(path, "UPDATE sheet SET base = 0, window_bases = 0,"
                 " noise_variance = 30, noise_most = 29 WHERE place = 1");
    const struct edition *again = reread(arena, path, &err);
    CHECK(again != NULL);
    CHECK_INT(pub_noise(again->tables[0]).variance, 0);
    CHECK_INT(pub_noise(again->tables[1]).variance, 30);
    CHECK_INT(pub_noise(again->tables[1]).most, 29);
    CHECK_TEXT(pub_changed_note(arena, again->tables[1], LANG_EN),
               "Counts changed by random noise, always the same for the same "
               "persons: usually of about 5.5, 29 at most; totals are not the "
               "sums of their parts.");
    arena_free(arena);
    check_remove(folder);
}

TEST(an_edition_whose_rounded_counts_are_none_is_refused)
{
    static const char *const breaches[] = {
        "UPDATE cell SET value = 1004 WHERE sheet = 1 AND line = 0",
        "UPDATE sheet SET window_bases = 0 WHERE place = 1",
        "UPDATE sheet SET base = 0 WHERE place = 1",
        "UPDATE sheet SET base = -5 WHERE place = 1",
        "UPDATE sheet SET noise_variance = 30 WHERE place = 0",
        "UPDATE sheet SET noise_most = 30 WHERE place = 0",
        "UPDATE sheet SET noise_variance = 30, noise_most = 29 WHERE place = 1",
    };
    for (size_t i = 0; i < COUNT_OF(breaches); i++) {
        struct arena *arena = arena_new();
        char *folder = check_directory();
        struct err err = {0};
        const char *path = fs_join(arena, folder, "edition.db");
        CHECK(edition_write(rounded(arena, PUB_COUNT), path, &err));
        damage(path, breaches[i]);
        CHECK(reread(arena, path, &err) == NULL);
        CHECK_INT(err.code, ERR_INPUT);
        arena_free(arena);
        check_remove(folder);
    }
}

RUN(CASE(an_edition_tells_how_a_table_is_rounded),
    CASE(an_edition_tells_how_a_table_is_perturbed),
    CASE(an_edition_whose_rounded_counts_are_none_is_refused))
