/* SPDX-License-Identifier: EUPL-1.2 */
/* A document of one paragraph and one table, to be written in any format. */
#ifndef TEST_FORMAT_FIXTURE_H
#define TEST_FORMAT_FIXTURE_H

#include "pub_fixture.h"

#include "base/fs.h"
#include "format/format.h"

static inline const struct grid *make_grid(struct arena *arena,
                                           const struct pub_table *table)
{
    struct grid *grid = arena_alloc(arena, sizeof *grid);
    struct grid_column *columns = arena_array(arena, 2, sizeof *columns);
    struct grid_cell *cells =
        arena_array(arena, pub_rows(table) * 2, sizeof *cells);
    columns[0] = (struct grid_column){
        .id = "name", .heading = "Territoire", .unit = "", .header = true};
    columns[1] = (struct grid_column){.id = "rate",
                                      .heading = "Taux brut",
                                      .unit = "p. 100 000 & plus",
                                      .align = ALIGN_RIGHT,
                                      .decimals = 1};
    for (size_t r = 0; r < pub_rows(table); r++) {
        struct grid_cell *cell = &cells[r * 2 + 1];
        cells[r * 2] = (struct grid_cell){
            .text = arena_format(arena, "Île n° %zu <été>", r), .cell_id = ""};
        *cell = (struct grid_cell){.number = true,
                                   .cell_id = pub_cell_id(arena, table, r, 1)};
        cell->availability = pub_read(table, r, 1, &cell->value);
        cell->text = cell->availability == AVAILABLE
                         ? num_format(arena, LANG_FR, cell->value, 1)
                         : availability_sign(LANG_FR, cell->availability);
    }
    *grid = (struct grid){.id = "taux",
                          .columns = columns,
                          .column_count = 2,
                          .cells = cells,
                          .rows = pub_rows(table)};
    return grid;
}

static inline struct document *make_document(struct arena *arena)
{
    const struct edition *edition = pub_fixture(arena);
    struct block *blocks = arena_array(arena, 3, sizeof *blocks);
    struct run *run = arena_array(arena, 1, sizeof *run);
    run[0] = (struct run){.text = "Les taux & leurs intervalles", .href = ""};
    blocks[0] = (struct block){
        .kind = BLOCK_HEADING, .level = 1, .id = "", .text = {run, 1}};
    blocks[1] =
        (struct block){.kind = BLOCK_PARAGRAPH, .id = "", .text = {run, 1}};
    blocks[2] = (struct block){.kind = BLOCK_TABLE,
                               .id = "t",
                               .grid = make_grid(arena, edition->tables[0]),
                               .caption = {.title = "Taux bruts",
                                           .unit = "p. 100 000",
                                           .scope = "Pays",
                                           .reading = "",
                                           .note = "",
                                           .source = "Registre d’essai"}};
    struct document *document = arena_alloc(arena, sizeof *document);
    *document = (struct document){.name = "essai",
                                  .directory = "dossier",
                                  .lang = LANG_FR,
                                  .title = "Essai <1>",
                                  .subtitle = "Sous-titre",
                                  .description = "Un essai",
                                  .edition = edition,
                                  .blocks = blocks,
                                  .block_count = 3,
                                  .datasets = edition->tables,
                                  .dataset_count = 1};
    return document;
}

struct trial {
    struct arena *arena;
    char *folder;
    struct format_job job;
    struct err err;
};

static inline struct trial trial_new(void)
{
    struct trial trial = {.arena = arena_new(), .folder = check_directory()};
    const char *root = fs_join(trial.arena, trial.folder, "dossier");
    CHECK(fs_make_directory(root, &trial.err));
    trial.job = (struct format_job){
        .document = make_document(trial.arena),
        .root = trial.folder,
        .templates = "templates",
    };
    return trial;
}

static inline void trial_end(struct trial *trial)
{
    arena_free(trial->arena);
    check_remove(trial->folder);
}

/* The bytes of a list of codes. */
static inline const char *read_list(struct trial *trial, const char *name)
{
    char *bytes = NULL;
    size_t size = 0;
    CHECK(fs_read(trial->arena,
                  fs_join(trial->arena, trial->folder,
                          arena_format(trial->arena, "dossier/codes/%s", name)),
                  &bytes, &size, &trial->err));
    return bytes;
}

#endif
