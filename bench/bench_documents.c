/* SPDX-License-Identifier: EUPL-1.2 */
/* A document of many pages of text and tables as a tagged PDF file, the way a
 * report is written: blocks set on pages, pages written.
 *
 *     bench_documents PAGES.txt DIRECTORY 2a|1b|3a [compact]
 *
 * Lines of PAGES.txt: "P" and a paragraph; "H" or "R" and the cells of a head
 * or row, after tabs; "N" for a new page. Writes DIRECTORY/pages.pdf and prints
 * its pages, CPU seconds, peak memory in MiB and bytes. */
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "base/fs.h"
#include "format/format.h"
#include "format/pdf_text.h"

struct reading {
    struct arena *arena;
    struct block *blocks;
    size_t block_count, block_capacity;
    struct grid_column *columns; /* of the table being read */
    size_t column_count;
    struct grid_cell *cells;
    size_t cell_count, cell_capacity;
};

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double peak_mib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

/* --- the content ---------------------------------------------------------- */

static struct block *add_block(struct reading *reading, enum block_kind kind)
{
    reading->blocks =
        arena_grow(reading->arena, reading->blocks, reading->block_count,
                   &reading->block_capacity, sizeof *reading->blocks);
    struct block *block = &reading->blocks[reading->block_count++];
    *block = (struct block){.kind = kind, .id = ""};
    return block;
}

static void end_table(struct reading *reading)
{
    if (reading->column_count == 0)
        return;
    struct grid *grid = arena_alloc(reading->arena, sizeof *grid);
    size_t rows = reading->cell_count / reading->column_count;
    *grid = (struct grid){
        .id = "t",
        .columns = reading->columns,
        .column_count = reading->column_count,
        .cells = reading->cells,
        .rows = rows,
        .emphasis = arena_alloc(reading->arena, rows + 1),
    };
    add_block(reading, BLOCK_TABLE)->grid = grid;
    reading->column_count = 0;
    reading->cells = NULL;
    reading->cell_count = 0;
    reading->cell_capacity = 0;
}

static void add_head(struct reading *reading, char *const *words, size_t count)
{
    end_table(reading);
    struct grid_column *columns =
        arena_array(reading->arena, count, sizeof *columns);
    for (size_t i = 0; i < count; i++)
        columns[i] = (struct grid_column){
            .id = "c",
            .heading = words[i],
            .unit = "",
            .align = i == 0 ? ALIGN_LEFT : ALIGN_RIGHT,
            .header = i == 0,
        };
    reading->columns = columns;
    reading->column_count = count;
}

static void add_row(struct reading *reading, char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        reading->cells =
            arena_grow(reading->arena, reading->cells, reading->cell_count,
                       &reading->cell_capacity, sizeof *reading->cells);
        reading->cells[reading->cell_count++] =
            (struct grid_cell){.text = words[i], .cell_id = ""};
    }
}

static void add_line(struct reading *reading, const char *line)
{
    char **words = NULL;
    size_t count = text_split(reading->arena, line, '\t', &words);
    char kind = line[0];
    if (kind == 'R') {
        add_row(reading, words + 1, count - 1);
        return;
    }
    end_table(reading);
    if (kind == 'H')
        add_head(reading, words + 1, count - 1);
    if (kind == 'N')
        (void)add_block(reading, BLOCK_PAGE_BREAK);
    if (kind != 'P')
        return;
    struct run *run = arena_alloc(reading->arena, sizeof *run);
    *run = (struct run){.text = words[1], .href = ""};
    add_block(reading, BLOCK_PARAGRAPH)->text = (struct runs){run, 1};
}

static bool read_pages(struct reading *reading, const char *path,
                       struct err *err)
{
    char *bytes = NULL;
    size_t size = 0;
    if (!fs_read(reading->arena, path, &bytes, &size, err))
        return false;
    char **lines = NULL;
    size_t count = text_split(reading->arena, bytes, '\n', &lines);
    for (size_t i = 0; i < count; i++) {
        if (lines[i][0] != '\0')
            add_line(reading, lines[i]);
    }
    end_table(reading);
    return true;
}

/* --- writing -------------------------------------------------------------- */

static const struct edition *make_edition(struct arena *arena,
                                          enum archive archive, bool compact)
{
    struct project *project = arena_alloc(arena, sizeof *project);
    project->title[LANG_FR] = project->title[LANG_EN] = "Cent pages";
    project->publisher[LANG_FR] = project->publisher[LANG_EN] = "Banc d’essai";
    project->date = "2027-01-15";
    project->id = "essai";
    project->archive = archive;
    project->compact = compact;
    struct edition *edition = arena_alloc(arena, sizeof *edition);
    edition->project = project;
    edition->snapshot = "essai";
    edition->version = "0";
    return edition;
}

static bool write_file(struct reading *reading, const char *root,
                       const struct edition *edition, struct err *err)
{
    struct fonts *fonts = NULL;
    if (!fonts_open(reading->arena, NULL, &fonts, err))
        return false;
    struct document document = {
        .name = "pages",
        .directory = ".",
        .lang = LANG_FR,
        .title = "Cent pages",
        .subtitle = "",
        .description = "Texte et tableaux.",
        .edition = edition,
        .blocks = reading->blocks,
        .block_count = reading->block_count,
    };
    struct format_job job = {&document, fonts, root, NULL, NULL};
    bool ok = format_pdf.write(&job, err);
    fonts_close(fonts);
    return ok;
}

static bool measure(struct arena *arena, const char *source, const char *root,
                    const struct edition *edition, struct err *err)
{
    struct reading reading = {.arena = arena};
    struct pdf_text text;
    int64_t size = 0;
    const char *path = fs_join(arena, root, "pages.pdf");
    double began = seconds();
    if (!read_pages(&reading, source, err) ||
        !write_file(&reading, root, edition, err))
        return false;
    double took = seconds() - began;
    double peak = peak_mib();
    if (!fs_size(path, &size, err) || !pdf_text_read(arena, path, &text, err))
        return false;
    printf("%zu %.3f %.1f %lld\n", text.page_count, took, peak,
           (long long)size);
    return true;
}

int main(int argc, char **argv)
{
    enum archive archive = ARCHIVE_2A;
    struct err err = {0};
    if (argc < 4 || !archive_parse(argv[3], &archive)) {
        fputs("usage: bench_documents PAGES.txt DIRECTORY 2a|1b|3a [compact]\n",
              stderr);
        return ERR_USAGE;
    }
    struct arena *arena = arena_new();
    bool ok = measure(arena, argv[1], argv[2],
                      make_edition(arena, archive, argc > 4), &err);
    if (!ok)
        fprintf(stderr, "%s\n", err.text);
    arena_free(arena);
    return ok ? 0 : (int)err.code;
}
