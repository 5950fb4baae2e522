/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads a finished PDF back. A table may have been printed in one part or, when
 * its columns did not fit together, in several: each part has the row headers
 * and some of the other columns. The cells of the file must be those of the
 * grid, all of them, in order, for some number of parts. */
#include <string.h>

#include "format/pdf_impl.h"
#include "format/pdf_lists.h"
#include "format/pdf_text.h"
#include "format/prose.h"
#include "page/column_head.h"

struct cells { /* marks of TH and TD, in order */
    const struct pdf_mark **mark;
    size_t count;
};

struct check {
    struct arena *arena;
    const char *path;
    struct cells cells;
    size_t at;       /* the next cell to be compared */
    size_t compared; /* cells of tables that were found */
};

/* --- comparing text ------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Next byte with runs of blanks as one space, none at the ends; 0 at the end.
 * Soft hyphens in a source are hints, not text. */
static char next_byte(const char **at, bool *started)
{
    const char *text = *at;
    bool blank = false;
    for (;; text++) {
        if ((unsigned char)text[0] == 0xC2 && (unsigned char)text[1] == 0xAD)
            text++;
        else if (is_blank(text[0]))
            blank = true;
        else
            break;
    }
    if (blank && *started && text[0] != '\0') {
        *at = text;
        return ' ';
    }
    *at = text[0] == '\0' ? text : text + 1;
    *started = true;
    return text[0];
}

static bool same_words(const char *a, const char *b)
{
    bool started_a = false;
    bool started_b = false;
    char byte;
    do {
        byte = next_byte(&a, &started_a);
        if (byte != next_byte(&b, &started_b))
            return false;
    } while (byte != '\0');
    return true;
}

/* What is left of `text` behind the words `start`; NULL where it does not begin
 * with them. */
static const char *behind(const char *text, const char *start)
{
    bool started_a = false;
    bool started_b = false;
    for (;;) {
        char want = next_byte(&start, &started_b);
        if (want == '\0')
            return text;
        if (next_byte(&text, &started_a) != want)
            return NULL;
    }
}

static bool is_empty(const char *text)
{
    return same_words(text, "");
}

/* --- tables --------------------------------------------------------------- */

static const char *printed(struct arena *arena, const struct grid_cell *cell)
{
    if (!cell->number || cell->flags == 0)
        return cell->text;
    const char *letters = flag_letters(arena, cell->flags);
    return arena_format(arena, "%s %s", cell->text, letters);
}

/* Compares the next cell of the file; empty ones leave no mark. */
static bool take(struct check *check, const char *want)
{
    if (is_empty(want))
        return true;
    if (check->at >= check->cells.count ||
        !same_words(check->cells.mark[check->at]->text, want))
        return false;
    check->at++;
    return true;
}

/* Is a column in a part? Others are shared out `each` to a part. */
static bool in_part(const struct grid *grid, size_t column, size_t part,
                    size_t each)
{
    if (grid->columns[column].header)
        return true;
    size_t place = 0;
    for (size_t i = 0; i < column; i++)
        place += !grid->columns[i].header;
    return place / each == part;
}

struct order { /* columns of a part, row headers first when it is split */
    size_t *columns;
    size_t count;
};

static struct order part_order(struct arena *arena, const struct grid *grid,
                               size_t part, size_t parts, size_t each)
{
    struct order order = {
        .columns =
            arena_array(arena, grid->column_count, sizeof *order.columns),
    };
    for (int heads = 1; heads >= 0; heads--) {
        for (size_t i = 0; i < grid->column_count; i++) {
            bool wanted = parts == 1 ? heads == 1
                                     : grid->columns[i].header == (heads == 1);
            if (wanted && (parts == 1 || in_part(grid, i, part, each)))
                order.columns[order.count++] = i;
        }
    }
    return order;
}

/* Where reading stopped: the first cell that is not as it should be. */
struct difference {
    size_t cells; /* that agreed */
    const char *cell_id;
};

static bool take_heading(struct check *check, const struct grid_column *column)
{
    return take(check, arena_format(check->arena, "%s %s",
                                    column_head_words(column), column->unit));
}

/* Groups and columns without one, then the columns below groups. NULL, or the
 * column whose heading is another one. */
static const struct grid_column *take_head(struct check *check,
                                           const struct grid *grid,
                                           const struct order *order)
{
    for (size_t i = 0; i < order->count;) {
        const struct grid_column *column = &grid->columns[order->columns[i]];
        bool same = column_head_grouped(column) ? take(check, column->group)
                                                : take_heading(check, column);
        if (!same)
            return column;
        i += column_head_span(grid, &order->columns[i], order->count - i);
    }
    for (size_t i = 0; i < order->count; i++) {
        const struct grid_column *column = &grid->columns[order->columns[i]];
        if (column_head_grouped(column) && !take_heading(check, column))
            return column;
    }
    return NULL;
}

/* A high row goes on over the end of its page, its lines one after the other:
 * then a cell is a mark a page, or a line. `rest` has room for a text a column.
 * Gives the place of the column that differs, or their number. */
static size_t take_row(struct check *check, const struct order *order,
                       const char **rest)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < order->count; i++) {
            if (is_empty(rest[i]))
                continue;
            if (check->at < check->cells.count)
                rest[i] = behind(rest[i], check->cells.mark[check->at]->text);
            if (check->at >= check->cells.count || rest[i] == NULL)
                return i;
            check->at++;
            more = more || !is_empty(rest[i]);
        }
    }
    return order->count;
}

static bool take_part(struct check *check, const struct grid *grid,
                      const struct order *order, const char **cell_id)
{
    const char **rest = arena_array(check->arena, order->count, sizeof *rest);
    const struct grid_column *other = take_head(check, grid, order);
    if (other != NULL) {
        *cell_id = other->id;
        return false;
    }
    for (size_t row = 0; row < grid->rows; row++) {
        const struct grid_cell *cells = &grid->cells[row * grid->column_count];
        for (size_t i = 0; i < order->count; i++)
            rest[i] = printed(check->arena, &cells[order->columns[i]]);
        size_t place = take_row(check, order, rest);
        if (place == order->count)
            continue;
        const struct grid_cell *cell = &cells[order->columns[place]];
        *cell_id = cell->cell_id[0] != '\0' ? cell->cell_id : cell->text;
        return false;
    }
    return true;
}

static bool take_parts(struct check *check, const struct grid *grid,
                       size_t parts, struct difference *first)
{
    size_t others = 0;
    for (size_t i = 0; i < grid->column_count; i++)
        others += !grid->columns[i].header;
    size_t each = parts == 0 ? 1 : (others + parts - 1) / parts;
    size_t start = check->at;
    const char *cell_id = "";
    bool ok = true;
    for (size_t part = 0; part < parts && ok; part++) {
        struct order order =
            part_order(check->arena, grid, part, parts, each == 0 ? 1 : each);
        ok = take_part(check, grid, &order, &cell_id);
    }
    if (!ok && check->at - start >= first->cells) {
        first->cells = check->at - start;
        first->cell_id = cell_id;
    }
    if (!ok)
        check->at = start;
    return ok;
}

static bool check_grid(struct check *check, const struct grid *grid,
                       struct err *err)
{
    if (grid->rows == 0 || grid->column_count == 0)
        return true;
    struct difference first = {.cell_id = ""};
    for (size_t parts = 1; parts <= grid->column_count; parts++) {
        if (!take_parts(check, grid, parts, &first))
            continue;
        check->compared += format_numbers(grid);
        return true;
    }
    size_t at = check->at + first.cells;
    return err_fail(err, ERR_DISAGREE, "pdf.cell",
                    "'%s': table '%s', cell '%s': the file has '%s'",
                    check->path, grid->id, first.cell_id,
                    at < check->cells.count ? check->cells.mark[at]->text : "");
}

/* --- key figures ---------------------------------------------------------- */

/* Items of lists are in between: marks are looked through forwards. */
static bool check_keys(const struct pdf_text *text, size_t *at,
                       const struct block *block, const char *path,
                       struct err *err)
{
    for (size_t i = 0; i < block->figure_count; i++) {
        const struct key_figure *figure = &block->figures[i];
        size_t mark = *at;
        while (mark < text->mark_count &&
               (!text_same(text->marks[mark].role, "LBody") ||
                behind(text->marks[mark].text, figure->value) == NULL))
            mark++;
        if (mark == text->mark_count)
            return err_fail(err, ERR_DISAGREE, "pdf.key",
                            "'%s': key figure '%s' of cell '%s' is not there",
                            path, figure->value, figure->cell_id);
        *at = mark + 1;
    }
    return true;
}

/* --- words ---------------------------------------------------------------- */

/* Tables are compared cell by cell, and words of figures are drawn. */
static bool is_prose(const struct pdf_mark *mark)
{
    static const char *const others[] = {"TD", "TH", "Figure"};
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        if (text_same(mark->role, others[i]))
            return false;
    }
    return true;
}

static struct prose read_prose(struct arena *arena,
                               const struct document *document,
                               const char *path, const struct pdf_text *text)
{
    const char **piece =
        arena_array(arena, text->mark_count + 1, sizeof *piece);
    struct prose prose = {
        .arena = arena,
        .document = document,
        .name = path,
        .piece = piece,
        .paper = true,
    };
    for (size_t i = 0; i < text->mark_count; i++) {
        const char *words = text->marks[i].text;
        struct text out = text_new(arena);
        prose_squeeze(&out, words, strlen(words));
        if (is_prose(&text->marks[i]))
            piece[prose.piece_count++] = out.at;
    }
    return prose;
}

static bool check_words(struct prose *prose, const struct block *blocks,
                        size_t count, struct err *err)
{
    for (size_t b = 0; b < count; b++) {
        if (blocks[b].kind != BLOCK_KEY_FIGURES &&
            !prose_block(prose, &blocks[b], err))
            return false;
        if (!check_words(prose, blocks[b].children, blocks[b].child_count, err))
            return false;
    }
    return true;
}

/* --- the document --------------------------------------------------------- */

static struct cells table_cells(struct arena *arena,
                                const struct pdf_text *text)
{
    struct cells cells = {
        .mark = arena_array(arena, text->mark_count + 1, sizeof *cells.mark),
    };
    for (size_t i = 0; i < text->mark_count; i++) {
        const char *role = text->marks[i].role;
        if ((text_same(role, "TH") || text_same(role, "TD")) &&
            !is_empty(text->marks[i].text))
            cells.mark[cells.count++] = &text->marks[i];
    }
    return cells;
}

static bool check_tables(struct check *check, const struct block *block,
                         struct err *err)
{
    if (block->kind == BLOCK_TABLE)
        return check_grid(check, block->grid, err);
    for (size_t c = 0; c < block->child_count; c++) {
        if (!check_tables(check, &block->children[c], err))
            return false;
    }
    return true;
}

static bool check_blocks(struct check *check, const struct document *document,
                         const struct pdf_text *text, struct err *err)
{
    size_t key_mark = 0;
    for (size_t i = 0; i < document->block_count; i++) {
        const struct block *block = &document->blocks[i];
        if (!check_tables(check, block, err))
            return false;
        if (block->kind == BLOCK_KEY_FIGURES &&
            !check_keys(text, &key_mark, block, check->path, err))
            return false;
        check->compared += block->figure_count;
    }
    if (check->at < check->cells.count)
        return err_fail(err, ERR_DISAGREE, "pdf.cell",
                        "'%s': cell '%s' is in no table of the document",
                        check->path, check->cells.mark[check->at]->text);
    return true;
}

bool pdf_verify(const struct format_job *job, struct err *err)
{
    struct arena *arena = arena_new();
    struct check check = {.arena = arena, .path = pdf_path(arena, job)};
    struct pdf_text text;
    bool ok = pdf_text_read(arena, check.path, &text, err);
    if (ok && text.page_count == 0)
        ok = err_fail(err, ERR_DISAGREE, "pdf.pages", "'%s' has no page",
                      check.path);
    if (ok) {
        check.cells = table_cells(arena, &text);
        struct prose prose =
            read_prose(arena, job->document, check.path, &text);
        ok = check_blocks(&check, job->document, &text, err) &&
             check_words(&prose, job->document->blocks,
                         job->document->block_count, err) &&
             pdf_lists_check(arena, job->document, check.path, &text, err);
        format_compared(job, check.compared + prose.compared);
    }
    arena_free(arena);
    return ok;
}
