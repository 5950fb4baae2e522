/* SPDX-License-Identifier: EUPL-1.2 */
/* Cells in the binary format of COPY: big-endian. */
#include <string.h>

#include "store/postgres_impl.h"

void postgres_put(struct text *out, uint64_t value, int size)
{
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        text_add_char(out, (char)(value >> shift & 0xff));
}

static void put_size(struct text *out, size_t size)
{
    postgres_put(out, size, 4);
}

static void put_number(struct text *out, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    put_size(out, sizeof bits);
    postgres_put(out, bits, sizeof bits);
}

void postgres_put_cell(struct text *out, const struct cell *cell,
                       enum column_kind kind)
{
    bool number = kind == COLUMN_VALUE || kind == COLUMN_LIMIT;
    switch (cell->type) {
    case CELL_TEXT:
        put_size(out, cell->size);
        text_add_bytes(out, cell->at, cell->size);
        return;
    case CELL_NUMBER:
        put_number(out, cell->number);
        return;
    case CELL_WHOLE:
        if (number) {
            put_number(out, (double)cell->whole);
            return;
        }
        put_size(out, sizeof cell->whole);
        postgres_put(out, (uint64_t)cell->whole, sizeof cell->whole);
        return;
    case CELL_NULL:
    case CELL_OTHER:
        postgres_put(out, UINT32_MAX, 4); /* NULL */
        return;
    }
}
