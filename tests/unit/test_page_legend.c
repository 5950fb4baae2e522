/* SPDX-License-Identifier: EUPL-1.2 */
/* The signs under a table: those it shows, in words, and no others. */
#include "check.h"
#include "page/legend.h"

static const struct grid_column columns[] = {
    {.id = "site", .header = true},
    {.id = "rate", .align = ALIGN_RIGHT, .decimals = 1},
};

TEST(a_legend_explains_what_is_there)
{
    const struct grid_cell cells[] = {
        {.text = "Poumon"},
        {.text = "1,5", .number = true, .flags = FLAG_CAUTION | FLAG_ESTIMATED},
        {.text = "Sein"},
        {.text = "c", .number = true, .availability = CONFIDENTIAL},
    };
    const struct grid grid = {
        .columns = columns, .column_count = 2, .cells = cells, .rows = 2};
    struct arena *arena = arena_new();
    char *all = legend_of_signs(arena, &grid, LANG_EN, ~0u);
    CHECK(strstr(all, "[c]: confidential") == all);
    CHECK(strstr(all, "; a: ") != NULL && strstr(all, "; e: ") != NULL);
    char *some = legend_of_signs(arena, &grid, LANG_FR, FLAG_CAUTION);
    CHECK(strstr(some, "c\u00a0: ") == some);
    CHECK(strstr(some, "\u202f; a\u00a0: ") != NULL);
    CHECK(strstr(some, "e\u00a0: ") == NULL &&
          strstr(some, "u\u00a0: ") == NULL);
    arena_free(arena);
}

TEST(a_table_without_signs_has_no_legend)
{
    const struct grid_cell cells[] = {
        {.text = "Poumon"},
        {.text = "1,5", .number = true},
    };
    const struct grid grid = {
        .columns = columns, .column_count = 2, .cells = cells, .rows = 1};
    struct arena *arena = arena_new();
    CHECK_TEXT(legend_of_signs(arena, &grid, LANG_FR, ~0u), "");
    arena_free(arena);
}

RUN(CASE(a_legend_explains_what_is_there),
    CASE(a_table_without_signs_has_no_legend))
