/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/utf8.h"
#include "store/store_impl.h"

/* --- tables of text ------------------------------------------------------ */

struct gathering {
    struct arena *closed;
    struct rows rows;
    size_t capacity;
};

static bool take_text(struct arena *closed, const struct cell *cell,
                      const char *name, const char **out, struct err *err)
{
    if (!utf8_valid(cell->at, cell->size))
        return err_fail(err, ERR_INPUT, "store.text",
                        "column '%s' holds text that is not UTF-8", name);
    *out = arena_slice(closed, cell->at, cell->size);
    if (text_has_control(*out, "\n\t"))
        return err_fail(err, ERR_INPUT, "store.text",
                        "column '%s' holds a control character", name);
    return true;
}

static bool take_cell(struct arena *closed, const struct cell *cell,
                      const char *name, const char **out, struct err *err)
{
    struct text number;
    switch (cell->type) {
    case CELL_NULL:
        *out = "";
        return true;
    case CELL_TEXT:
        return take_text(closed, cell, name, out, err);
    case CELL_WHOLE:
        *out = arena_format(closed, "%lld", (long long)cell->whole);
        return true;
    case CELL_NUMBER:
        number = text_new(closed);
        num_print_shortest(&number, cell->number);
        *out = number.at;
        return true;
    case CELL_OTHER:
        break;
    }
    return err_fail(
        err, ERR_INPUT, "store.text",
        "column '%s' holds what is neither text nor a finite number", name);
}

static bool take_row(void *context, const struct row *row, struct err *err)
{
    struct gathering *gathering = context;
    struct rows *rows = &gathering->rows;
    size_t first = rows->count * row->count;
    rows->columns = row->count;
    for (size_t c = 0; c < row->count; c++) {
        rows->cells = arena_grow(gathering->closed, rows->cells, first + c,
                                 &gathering->capacity, sizeof *rows->cells);
        if (!take_cell(gathering->closed, &row->cells[c], row->names[c],
                       &rows->cells[first + c], err))
            return false;
    }
    rows->count++;
    return true;
}

bool source_select(struct arena *closed, const struct source *source,
                   const char *sql, struct rows *out, struct err *err)
{
    struct gathering gathering = {.closed = closed};
    if (!source->driver->query(source->handle, sql, take_row, &gathering, err))
        return false;
    *out = gathering.rows;
    return true;
}

static int by_bytes(const void *a, const void *b, void *columns)
{
    const char *const *x = a, *const *y = b;
    for (size_t c = 0; c < *(const size_t *)columns; c++) {
        int order = strcmp(x[c], y[c]);
        if (order != 0)
            return order;
    }
    return 0;
}

bool source_sorted(struct arena *closed, const struct source *source,
                   const char *sql, struct rows *out, struct err *err)
{
    if (!source_select(closed, source, sql, out, err))
        return false;
    if (out->count > 1)
        qsort_r(out->cells, out->count, out->columns * sizeof *out->cells,
                by_bytes, &out->columns);
    return true;
}

const char *source_quote(struct arena *closed, const char *text)
{
    struct text out = text_new(closed);
    text_add_char(&out, '\'');
    for (const char *at = text; *at; at++) {
        text_add_char(&out, *at);
        if (*at == '\'')
            text_add_char(&out, '\'');
    }
    text_add_char(&out, '\'');
    return out.at;
}

/* --- the catalogue ------------------------------------------------------- */

enum { CATALOGUE_RELATION, CATALOGUE_COLUMN, CATALOGUE_TYPE };

static void add_relation(struct arena *closed, struct catalogue *catalogue,
                         const struct rows *rows, size_t first, size_t last)
{
    struct relation *relation = &catalogue->relations[catalogue->count++];
    relation->name = rows_at(rows, first, CATALOGUE_RELATION);
    relation->count = last - first;
    relation->columns =
        arena_array(closed, relation->count, sizeof *relation->columns);
    relation->types =
        arena_array(closed, relation->count, sizeof *relation->types);
    for (size_t c = 0; c < relation->count; c++) {
        relation->columns[c] = rows_at(rows, first + c, CATALOGUE_COLUMN);
        relation->types[c] = rows_at(rows, first + c, CATALOGUE_TYPE);
    }
}

bool source_catalogue(struct arena *closed, const struct source *source,
                      struct catalogue *out, struct err *err)
{
    struct rows rows;
    struct catalogue catalogue = {0};
    if (!source_select(closed, source, source->driver->catalogue, &rows, err))
        return false;
    catalogue.relations =
        arena_array(closed, rows.count, sizeof *catalogue.relations);
    for (size_t first = 0, last; first < rows.count; first = last) {
        last = first + 1;
        while (last < rows.count &&
               text_same(rows_at(&rows, first, CATALOGUE_RELATION),
                         rows_at(&rows, last, CATALOGUE_RELATION)))
            last++;
        add_relation(closed, &catalogue, &rows, first, last);
    }
    *out = catalogue;
    return true;
}
