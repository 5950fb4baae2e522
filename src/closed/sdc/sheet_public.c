/* SPDX-License-Identifier: EUPL-1.2 */
/* What was published, read back as an attacker reads it. */
#include <string.h>

#include "base/num.h"
#include "sdc/sheet_impl.h"

enum {
    UNSEEN = 0xFF, /* no enum sheet_status */
};

static bool parse_status(const char *text, enum sheet_status *status)
{
    static const struct {
        const char *text;
        enum sheet_status status;
    } words[] = {
        {"shown", SHEET_SHOWN},
        {"suppressed", SHEET_SUPPRESSED},
        {"primary", SHEET_PRIMARY},
        {"secondary", SHEET_SECONDARY},
    };
    for (size_t w = 0; w < COUNT_OF(words); w++) {
        if (text_same(text, words[w].text)) {
            *status = words[w].status;
            return true;
        }
    }
    return false;
}

static bool take_cell(struct sheet_rows *rows, struct sheet *sheet)
{
    size_t cell = sheet_rows_cell(rows);
    const char *count = sheet_rows_other(rows, 0);
    enum sheet_status status;
    if (sheet->status[cell] != UNSEEN)
        return sheet_rows_repeated(rows);
    sheet->status[cell] = SHEET_SUPPRESSED; /* seen, whatever is wrong */
    if (!parse_status(sheet_rows_other(rows, 1), &status))
        return sheet_rows_fault(rows, "column 'status': expected shown, "
                                      "suppressed, primary or secondary");
    sheet->status[cell] = (unsigned char)status;
    if (status != SHEET_SHOWN)
        return count[0] == '\0' ||
               sheet_rows_fault(rows, "column 'n': expected nothing in a cell "
                                      "that is not shown");
    int64_t *n = &sheet->counts[cell];
    return (num_parse_int64(count, n) && *n >= 0) ||
           sheet_rows_fault(rows,
                            "column 'n': expected a whole number, 0 or more");
}

static void find_missing(struct sheet_rows *rows, const struct sheet *sheet)
{
    for (size_t c = 0; c < sheet->cells && !faults_full(&rows->faults); c++) {
        if (sheet->status[c] == UNSEEN)
            faults_add(&rows->faults, "%s: no row for %s", rows->path,
                       sheet_name(rows->scratch, sheet, c));
    }
}

/* --- relations ----------------------------------------------------------- */

/* True when a number is hidden, or the parts give the total. */
static bool holds(const struct sheet *sheet, size_t axis, size_t line,
                  const struct sheet_relation *relation)
{
    size_t base = sheet_line(sheet, axis, line);
    size_t stride = sheet->strides[axis];
    size_t total = base + relation->total * stride;
    int64_t sum = 0;
    if (sheet->status[total] != SHEET_SHOWN)
        return true;
    bool fits = true;
    for (size_t p = 0; p < relation->count; p++) {
        size_t part = base + relation->parts[p] * stride;
        if (sheet->status[part] != SHEET_SHOWN)
            return true;
        fits = fits && num_add(sum, sheet->counts[part], &sum);
    }
    return fits && sum == sheet->counts[total];
}

static void check_relation(struct sheet_rows *rows, const struct sheet *sheet,
                           size_t axis, const struct sheet_relation *relation)
{
    size_t lines = sheet->cells / sheet->axes[axis].nodes;
    for (size_t l = 0; l < lines && !faults_full(&rows->faults); l++) {
        if (holds(sheet, axis, l, relation))
            continue;
        size_t total =
            sheet_line(sheet, axis, l) + relation->total * sheet->strides[axis];
        faults_add(&rows->faults,
                   "%s: %s is not the sum of its parts along '%s'", rows->path,
                   sheet_name(rows->scratch, sheet, total),
                   sheet->axes[axis].name);
    }
}

static void check_relations(struct sheet_rows *rows, const struct sheet *sheet)
{
    for (size_t a = 0; a < sheet->axis_count; a++) {
        const struct sheet_axis *axis = &sheet->axes[a];
        for (size_t r = 0; r < axis->relation_count; r++)
            check_relation(rows, sheet, a, &axis->relations[r]);
    }
}

static bool read_rows(struct sheet_rows *rows, struct sheet *sheet,
                      struct err *err)
{
    bool more = true;
    memset(sheet->status, UNSEEN, sheet->cells);
    while (more) {
        if (!sheet_rows_next(rows, &more, err))
            return false;
        if (more)
            take_cell(rows, sheet);
    }
    if (rows->faults.count == 0)
        find_missing(rows, sheet);
    if (rows->faults.count == 0)
        check_relations(rows, sheet);
    return true;
}

bool sheet_read_public(struct arena *closed, struct sheet *sheet,
                       const char *path, struct err *err)
{
    static const char *const others[] = {"n", "status"};
    struct arena *scratch = arena_new();
    struct sheet_rows rows;
    struct sheet before = *sheet;
    sheet_open_cells(closed, sheet);
    bool ok = sheet_rows_open(&rows, scratch, sheet, path, others,
                              COUNT_OF(others), err) &&
              read_rows(&rows, sheet, err);
    csv_close(rows.csv);
    ok = ok && faults_check(&rows.faults, "sheet.public",
                            "the published table cannot be read", err);
    arena_wipe(scratch);
    if (!ok)
        *sheet = before;
    return ok;
}
