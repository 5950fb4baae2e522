/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include "format/grid_csv.h"

TEST(a_grid_is_written_without_what_is_confidential)
{
    static const struct grid_column columns[] = {
        {"place", "Département", "", "", ALIGN_LEFT, 0, true, 0},
        {"rate", "Taux", "pour 100 000", "", ALIGN_RIGHT, 1, false, 0},
        {"site", "Localisation", "", "", ALIGN_LEFT, 0, false, 0},
    };
    static const struct grid_cell cells[] = {
        {.text = "Ain, \"01\"", .cell_id = ""},
        {.text = "354,9", .number = true, .value = 354.9, .cell_id = "a"},
        {.text = "C50", .cell_id = ""},
        {.text = "Aisne", .cell_id = ""},
        {.text = "c",
         .number = true,
         .availability = CONFIDENTIAL,
         .value = 7,
         .cell_id = "b"},
        {.text = "C61", .cell_id = ""},
        {.text = "Allier", .cell_id = ""},
        {.text = "12 000",
         .number = true,
         .value = 12000,
         .coarser = 1,
         .cell_id = "c"},
        {.text = "", .cell_id = ""},
        {.text = "Ariège", .cell_id = ""},
        {.text = "sans objet", .cell_id = ""},
        {.text = "", .cell_id = ""},
    };
    const struct grid grid = {"g", columns, 3, cells, 4, NULL};
    struct arena *arena = arena_new();
    struct text out = text_new(arena);
    grid_csv(&out, &grid);
    CHECK_TEXT(out.at, "place,rate,rate_status,site\r\n"
                       "\"Ain, \"\"01\"\"\",354.9,v,C50\r\n"
                       "Aisne,,c,C61\r\n"
                       "Allier,12000,v,\r\n"
                       "Ariège,sans objet,,\r\n");
    arena_free(arena);
}

RUN(CASE(a_grid_is_written_without_what_is_confidential))
