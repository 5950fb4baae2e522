/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/sheet_cost.h"

#include <math.h>

#include "base/num.h"
#include "sdc/sheet_impl.h"

bool sheet_parse_weight(const char *text, int64_t *weight)
{
    double number;
    if (!num_parse_double(text, &number))
        return false;
    double scaled = round(number * (double)SHEET_PRICE_DEFAULT);
    if (!(scaled >= 1.0 && scaled <= (double)SHEET_PRICE_LARGEST))
        return false;
    *weight = (int64_t)scaled;
    return true;
}

static bool parse_price(const char *text, int64_t *price)
{
    if (text_same(text, "show"))
        *price = SHEET_PRICE_SHOW;
    else if (text_same(text, "suppress"))
        *price = SHEET_PRICE_SUPPRESS;
    else
        return sheet_parse_weight(text, price);
    return true;
}

/* Sets the cells of a row: its node, or all of them, on each axis from `axis`
 * on; `cell` holds the part of the axes before. */
static void set_prices(const struct sheet_rows *rows, size_t axis, size_t cell,
                       int64_t price, int64_t *prices)
{
    const struct sheet *sheet = rows->sheet;
    if (axis == sheet->axis_count) {
        prices[cell] = price;
        return;
    }
    size_t first = rows->nodes[axis], last = first;
    if (first == sheet->axes[axis].nodes) { /* the star */
        first = 0;
        last = sheet->axes[axis].nodes - 1;
    }
    for (size_t node = first; node <= last; node++)
        set_prices(rows, axis + 1, cell + node * sheet->strides[axis], price,
                   prices);
}

static void take_row(struct sheet_rows *rows, int64_t *prices)
{
    int64_t price;
    if (parse_price(sheet_rows_other(rows, 0), &price))
        set_prices(rows, 0, 0, price, prices);
    else
        sheet_rows_fault(rows, "column 'cost': expected a number from 0.001 to "
                               "1000000, show or suppress");
}

static bool read_rows(struct sheet_rows *rows, int64_t *prices, struct err *err)
{
    bool more = true;
    for (size_t a = 0; rows->csv != NULL && a < rows->sheet->axis_count; a++)
        map_put(rows->codes[a], "*", 1, (int)rows->sheet->axes[a].nodes);
    while (more) {
        if (!sheet_rows_next(rows, &more, err))
            return false;
        if (more)
            take_row(rows, prices);
    }
    return true;
}

bool sheet_read_cost(struct arena *closed, const struct sheet *sheet,
                     const char *path, int64_t **prices, struct err *err)
{
    static const char *const others[] = {"cost"};
    struct arena *scratch = arena_new();
    struct sheet_rows rows;
    int64_t *read = arena_array(closed, sheet->cells, sizeof *read);
    for (size_t c = 0; c < sheet->cells; c++)
        read[c] = SHEET_PRICE_DEFAULT;
    bool ok = sheet_rows_open(&rows, scratch, sheet, path, others,
                              COUNT_OF(others), err) &&
              read_rows(&rows, read, err);
    csv_close(rows.csv);
    ok = ok && faults_check(&rows.faults, "sheet.cost",
                            "the costs cannot be read", err);
    arena_wipe(scratch);
    if (ok)
        *prices = read;
    return ok;
}
