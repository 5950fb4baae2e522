/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/row.h - the ways in which one axis can change. CONFIDENTIAL side, but
 * holds no count.
 *
 * A *family* is a set Q of parts, and has one row for each atom: what changes
 * on the axis, beyond Q, when one event is added at the atom - the parts that
 * hold the atom and are not in Q (sign +), and the parts of Q that do not hold
 * it (sign -). The last row, which takes the event away again, is Q itself
 * with sign -. A combination of rows whose coefficients sum to zero is
 * therefore a possible change, whatever Q is; Q only decides which rows are
 * short. The family of a part is made of what strictly contains it (of itself
 * where nothing does): the rows of its siblings are then single parts.
 *
 * An axis of many codes in many groups has as many rows as both multiplied:
 * families are made when they are asked for, and forgotten when the room for
 * them is full. */
#ifndef SDC_ROW_H
#define SDC_ROW_H

#include "sdc/field.h"

struct row {
    const uint64_t *terms; /* of the parts */
    const uint32_t *parts;
    const signed char *signs;
    size_t count;
};

struct family {
    const struct row *rows; /* narrow ones first */
    size_t count;
    size_t narrow; /* rows that leave everything above the part alone */
};

/* The family of one part, and the rows that change the part. */
struct family_of {
    const struct family *family;
    const uint32_t *own;
    size_t own_count;
};

struct rows;

/* For all parts in use. */
struct rows *rows_new(struct arena *arena, const struct field *field);

/* Valid until the next call for the same axis. */
const struct family_of *rows_of(struct rows *rows, size_t axis, size_t part);

#endif
