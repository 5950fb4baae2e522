/* SPDX-License-Identifier: EUPL-1.2 */
/* Counts of a sheet from its leaves. */
#include <string.h>

#include "base/num.h"
#include "sdc/sheet_impl.h"

char *sheet_name(struct arena *arena, const struct sheet *sheet, size_t cell)
{
    struct text name = text_new(arena);
    for (size_t a = 0; a < sheet->axis_count; a++) {
        const struct sheet_axis *axis = &sheet->axes[a];
        text_format(&name, "%s%s %s", a > 0 ? ", " : "", axis->name,
                    axis->codes[sheet_node(sheet, cell, a)]);
    }
    return name.at;
}

void sheet_open_cells(struct arena *closed, struct sheet *sheet)
{
    sheet->counts = arena_array(closed, sheet->cells, sizeof *sheet->counts);
    sheet->status = arena_array(closed, sheet->cells, sizeof *sheet->status);
}

/* --- sums ---------------------------------------------------------------- */

static void sum_relation(struct sheet *sheet, size_t axis,
                         const struct sheet_relation *relation)
{
    size_t stride = sheet->strides[axis];
    size_t block = stride * sheet->axes[axis].nodes;
    for (size_t at = 0; at < sheet->cells; at += block) {
        int64_t *total = sheet->counts + at + relation->total * stride;
        memset(total, 0, stride * sizeof *total);
        for (size_t p = 0; p < relation->count; p++) {
            const int64_t *part =
                sheet->counts + at + relation->parts[p] * stride;
            for (size_t i = 0; i < stride; i++)
                total[i] += part[i];
        }
    }
}

/* Every cell is the sum of leaf cells, each once, so that no sum exceeds the
 * total of all leaves: nothing overflows when that does not. */
static void add_margins(struct sheet *sheet)
{
    for (size_t a = 0; a < sheet->axis_count; a++) {
        const struct sheet_axis *axis = &sheet->axes[a];
        for (size_t r = 0; r < axis->relation_count; r++)
            sum_relation(sheet, a, &axis->relations[r]);
    }
}

/* --- leaves -------------------------------------------------------------- */

struct leaves {
    struct sheet_rows rows;
    struct sheet *sheet;
    unsigned char *seen; /* [cells] */
    int64_t total;
};

static bool check_leaf(struct leaves *leaves, size_t cell)
{
    struct sheet_rows *rows = &leaves->rows;
    bool good = true;
    for (size_t a = 0; a < leaves->sheet->axis_count; a++) {
        const struct sheet_axis *axis = &leaves->sheet->axes[a];
        if (!sheet_is_leaf(axis, rows->nodes[a]))
            good = sheet_rows_fault(
                rows,
                "column '%s': code '%s' is no leaf: it is a sum of others",
                axis->name, axis->codes[rows->nodes[a]]);
    }
    if (good && leaves->seen[cell] != 0)
        return sheet_rows_repeated(rows);
    leaves->seen[cell] = 1;
    return good;
}

static void take_leaf(struct leaves *leaves)
{
    size_t cell = sheet_rows_cell(&leaves->rows);
    int64_t count;
    if (!check_leaf(leaves, cell))
        return;
    if (!num_parse_int64(sheet_rows_other(&leaves->rows, 0), &count) ||
        count < 0)
        sheet_rows_fault(&leaves->rows,
                         "column 'n': expected a whole number, 0 or more");
    else if (!num_add(leaves->total, count, &leaves->total))
        sheet_rows_fault(&leaves->rows,
                         "column 'n': the sum of all rows does not fit");
    else
        leaves->sheet->counts[cell] = count;
}

bool sheet_read_leaves(struct arena *closed, struct sheet *sheet,
                       const char *path, struct err *err)
{
    static const char *const others[] = {"n"};
    struct arena *scratch = arena_new();
    struct leaves leaves = {.sheet = sheet};
    struct sheet before = *sheet;
    bool more = true;
    leaves.seen = arena_array(scratch, sheet->cells, sizeof *leaves.seen);
    sheet_open_cells(closed, sheet);
    bool ok = sheet_rows_open(&leaves.rows, scratch, sheet, path, others,
                              COUNT_OF(others), err);
    while (ok && (ok = sheet_rows_next(&leaves.rows, &more, err)) && more)
        take_leaf(&leaves);
    csv_close(leaves.rows.csv);
    ok = ok && faults_check(&leaves.rows.faults, "sheet.leaves",
                            "the leaves cannot be read", err);
    arena_wipe(scratch);
    if (ok)
        add_margins(sheet);
    else
        *sheet = before;
    return ok;
}
