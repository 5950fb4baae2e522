/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/fs.h"
#include "base/num.h"
#include "format/html_impl.h"
#include "format/prose.h"

/* Where reading has come to in the finished page. */
struct reading {
    struct arena *scratch;
    const char *at;
    const char *name;
    struct prose prose;
    size_t compared; /* cells of grids */
};

/* Text between the next `before` and the `after` that follows, or NULL. */
static const char *take(struct reading *reading, const char *before, char after)
{
    const char *start = strstr(reading->at, before);
    if (start == NULL)
        return NULL;
    start += strlen(before);
    const char *stop = strchr(start, after);
    if (stop == NULL)
        return NULL;
    reading->at = stop;
    return arena_slice(reading->scratch, start, (size_t)(stop - start));
}

static bool check_cell(struct reading *reading,
                       const struct grid_column *column,
                       const struct grid_cell *cell, struct err *err)
{
    struct text want = text_new(reading->scratch);
    const char *found = NULL;
    if (cell->availability == AVAILABLE) {
        num_print(&want, cell->value, column->decimals - cell->coarser);
        text_add(&want, "\">");
        text_add_xml(&want, cell->text);
        found = take(reading, "data-v=\"", '<');
    } else {
        text_add_char(&want, availability_letter(cell->availability));
        found = take(reading, "data-s=\"", '"');
    }
    if (found != NULL && text_same(found, want.at))
        return true;
    return err_fail(err, ERR_DISAGREE, "verify.html",
                    "%s: not what the edition says of %s", reading->name,
                    cell->cell_id);
}

static bool check_grid(struct reading *reading, const struct grid *grid,
                       struct err *err)
{
    if (grid == NULL)
        return true;
    for (size_t i = 0; i < grid->rows * grid->column_count; i++) {
        const struct grid_column *column =
            &grid->columns[i % grid->column_count];
        if (grid->cells[i].number && !column->header &&
            !check_cell(reading, column, &grid->cells[i], err))
            return false;
    }
    reading->compared += format_numbers(grid);
    return true;
}

/* --- words ---------------------------------------------------------------- */

/* What stands between tags is text; pictures, styles and scripts are not. */
static const char *after_tag(const char *at)
{
    static const char *const skipped[][2] = {
        {"<svg", "</svg>"}, {"<style", "</style>"}, {"<script", "</script>"}};
    for (size_t i = 0; i < COUNT_OF(skipped); i++) {
        if (text_starts(at, skipped[i][0]))
            at = strstr(at, skipped[i][1]);
        if (at == NULL)
            return "";
    }
    return at + strcspn(at, ">") + (strchr(at, '>') != NULL);
}

static void add_entity(struct text *out, const char *at, size_t size)
{
    static const char *const entities[][2] = {{"&amp", "&"},
                                              {"&lt", "<"},
                                              {"&gt", ">"},
                                              {"&quot", "\""},
                                              {"&#39", "'"}};
    for (size_t e = 0; e < COUNT_OF(entities); e++) {
        if (size == strlen(entities[e][0]) &&
            memcmp(at, entities[e][0], size) == 0)
            text_add(out, entities[e][1]);
    }
}

static const char *words_of(struct arena *scratch, const char *at)
{
    struct text words = text_new(scratch);
    while (*at != '\0') {
        size_t size = strcspn(at, "<&");
        prose_squeeze(&words, at, size);
        at += size;
        if (*at == '<') {
            at = after_tag(at);
        } else if (*at == '&') {
            size = strcspn(at, ";");
            add_entity(&words, at, size);
            at += size + (at[size] == ';');
        }
    }
    return words.at;
}

/* --- pages ---------------------------------------------------------------- */

static bool check_block(struct reading *reading, const struct block *block,
                        struct err *err)
{
    if (!prose_block(&reading->prose, block, err))
        return false;
    if (block->kind == BLOCK_TABLE)
        return check_grid(reading, block->grid, err);
    if (block->kind == BLOCK_FIGURE)
        return check_grid(reading, block->figure->data, err);
    for (size_t c = 0; c < block->child_count; c++) {
        if (!check_block(reading, &block->children[c], err))
            return false;
    }
    return true;
}

static bool check_leaf(const struct format_job *job,
                       const struct html_leaf *leaf, struct err *err)
{
    struct arena *scratch = arena_new();
    struct reading reading = {.scratch = scratch};
    char *bytes = NULL;
    size_t size = 0;
    const char *path = html_path(scratch, job, leaf);
    bool ok = fs_read(scratch, path, &bytes, &size, err);
    reading.at = bytes;
    reading.name = fs_name(path);
    const char *words = ok ? words_of(scratch, bytes) : "";
    reading.prose = (struct prose){
        .arena = scratch,
        .document = job->document,
        .name = reading.name,
        .piece = &words,
        .piece_count = 1,
    };
    for (size_t b = leaf->first; ok && b < leaf->past; b++)
        ok = check_block(&reading, &job->document->blocks[b], err);
    if (ok && strstr(reading.at, "</html>") == NULL)
        ok = err_fail(err, ERR_DISAGREE, "verify.html", "%s ends early",
                      reading.name);
    format_compared(job, reading.compared + reading.prose.compared);
    arena_free(scratch);
    return ok;
}

bool html_verify(const struct format_job *job, struct err *err)
{
    struct arena *scratch = arena_new();
    const struct html_book *book = html_book_new(scratch, job->document);
    bool ok = true;
    for (size_t l = 0; ok && l < book->count; l++)
        ok = check_leaf(job, &book->leaves[l], err);
    arena_free(scratch);
    return ok;
}
