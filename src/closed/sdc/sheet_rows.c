/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows of a file with one column per axis: leaves, published cells, costs. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sdc/sheet_impl.h"

bool sheet_rows_fault(struct sheet_rows *rows, const char *format, ...)
{
    char what[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    return faults_add(&rows->faults, "%s:%zu: %s", rows->path,
                      csv_line(rows->csv), what);
}

/* --- opening ------------------------------------------------------------- */

static bool is_expected(const struct sheet *sheet, const char *name,
                        const char *const *others, size_t other_count)
{
    for (size_t a = 0; a < sheet->axis_count; a++) {
        if (text_same(sheet->axes[a].name, name))
            return true;
    }
    for (size_t o = 0; o < other_count; o++) {
        if (text_same(others[o], name))
            return true;
    }
    return false;
}

static void find_column(struct sheet_rows *rows, const char *name,
                        size_t *column)
{
    int at = csv_find(rows->csv, name);
    struct err err = {0};
    if (at < 0 && !csv_no_column(rows->csv, name, "sheet.column", &err))
        faults_add(&rows->faults, "%s", err.text);
    else
        *column = (size_t)at;
}

static void find_columns(struct sheet_rows *rows, const char *const *others,
                         size_t other_count)
{
    const struct sheet *sheet = rows->sheet;
    for (size_t a = 0; a < sheet->axis_count; a++)
        find_column(rows, sheet->axes[a].name, &rows->column[a]);
    for (size_t o = 0; o < other_count; o++)
        find_column(rows, others[o], &rows->other[o]);
    for (size_t c = 0; c < csv_columns(rows->csv); c++) {
        const char *name = csv_column_name(rows->csv, c);
        if (!is_expected(sheet, name, others, other_count))
            faults_add(&rows->faults,
                       "%s:1: unexpected column '%s': no hierarchy was given "
                       "for it",
                       rows->path, name);
    }
}

static struct map *map_codes(struct arena *scratch,
                             const struct sheet_axis *axis)
{
    struct map *map = map_new(scratch);
    for (size_t n = 0; n < axis->nodes; n++)
        map_put(map, axis->codes[n], strlen(axis->codes[n]), (int)n);
    return map;
}

bool sheet_rows_open(struct sheet_rows *rows, struct arena *scratch,
                     const struct sheet *sheet, const char *path,
                     const char *const *others, size_t other_count,
                     struct err *err)
{
    assert(other_count <= COUNT_OF(rows->other));
    *rows = (struct sheet_rows){
        .scratch = scratch,
        .faults = faults_new(scratch),
        .sheet = sheet,
        .path = path,
    };
    if (!csv_open(scratch, path, &rows->csv, err))
        return faults_take(&rows->faults, err);
    find_columns(rows, others, other_count);
    for (size_t a = 0; a < sheet->axis_count; a++)
        rows->codes[a] = map_codes(scratch, &sheet->axes[a]);
    return true;
}

/* --- rows ---------------------------------------------------------------- */

/* Files are mostly in order: the code of the row before is tried first. */
static bool find_node(struct sheet_rows *rows, size_t axis)
{
    const struct sheet_axis *known = &rows->sheet->axes[axis];
    const char *code = csv_field(rows->csv, rows->column[axis]);
    size_t last = rows->nodes[axis];
    if (last < known->nodes && text_same(known->codes[last], code))
        return true;
    int node = map_get(rows->codes[axis], code, strlen(code));
    if (node < 0)
        return sheet_rows_fault(rows, "column '%s': unknown code '%s'",
                                known->name, code);
    rows->nodes[axis] = (size_t)node;
    return true;
}

static bool find_nodes(struct sheet_rows *rows)
{
    bool good = true;
    for (size_t a = 0; a < rows->sheet->axis_count; a++)
        good = find_node(rows, a) && good;
    return good;
}

bool sheet_rows_next(struct sheet_rows *rows, bool *more, struct err *err)
{
    *more = false;
    /* Columns that are not there were noted when the file was opened. */
    if (rows->csv == NULL ||
        (csv_line(rows->csv) <= 1 && rows->faults.count > 0))
        return true;
    while (!faults_full(&rows->faults)) {
        bool row = false;
        if (!csv_next(rows->csv, &row, err))
            return faults_take(&rows->faults, err);
        if (!row)
            return true;
        if (find_nodes(rows)) {
            *more = true;
            return true;
        }
    }
    return true;
}

bool sheet_rows_repeated(struct sheet_rows *rows)
{
    return sheet_rows_fault(
        rows, "the same cell as line %zu",
        csv_first_like(rows->csv, rows->column, rows->sheet->axis_count));
}

const char *sheet_rows_other(const struct sheet_rows *rows, size_t other)
{
    return csv_field(rows->csv, rows->other[other]);
}

size_t sheet_rows_cell(const struct sheet_rows *rows)
{
    size_t cell = 0;
    for (size_t a = 0; a < rows->sheet->axis_count; a++)
        cell += rows->nodes[a] * rows->sheet->strides[a];
    return cell;
}
