/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/field.h - cells as the choice of a pattern sees them. CONFIDENTIAL.
 *
 * A universe and a sheet look alike from here: axes whose parts are sets of
 * atoms, cells at places (a sum of one term per axis), and plain arrays that
 * say of each cell what it counts, how far an attacker lets it go, what hiding
 * it costs and how wide it must stay. Whatever the parts are - nested codes,
 * zones that cross, pooled years - a change of one atom combination by one
 * changes exactly the cells whose parts hold its atoms; every additive
 * relation follows from that. */
#ifndef SDC_FIELD_H
#define SDC_FIELD_H

#include "sdc/atlas.h"
#include "sdc/audit.h"
#include "sdc/grid.h"
#include "sdc/person.h"
#include "sdc/protect_sheet.h"

enum {
    FIELD_AXES = SHEET_AXES,
    FIELD_TIES = 8,       /* less than a third of any difference in size, and
                             than a twentieth of any cell */
    FIELD_MANY = 5000000, /* cells, see field_is_huge */
};
#define FIELD_UNLIMITED INT64_MAX
/* A price that is never paid: the cell stays shown. */
#define FIELD_BLOCKED INT32_C(1000000000)

struct field_axis {
    struct atlas_axis atlas;
    const uint64_t *terms; /* [atlas.parts] */
};

enum field_state {
    FIELD_SHOWN,
    FIELD_PRIMARY,   /* open for its own sake */
    FIELD_SECONDARY, /* open for others' sake */
    FIELD_HIDDEN,    /* open because no table shows it */
};

struct field {
    struct field_axis axes[FIELD_AXES];
    size_t axis_count;

    size_t cells;
    const int64_t *counts;
    unsigned char *states; /* enum field_state */
    int32_t *prices;       /* of hiding it; FIELD_BLOCKED for never */
    int64_t *lower;        /* what an attacker knows of it once hidden */
    int64_t *upper;
    unsigned char *guards; /* enum audit_guard once it is open */
    const int64_t *thresholds;
    uint32_t *persons; /* who is alone in it, or PERSON_NOBODY */
    struct relations relations;
    bool wide; /* of many cells that nobody is shown: no search for a circuit
                  may look everywhere */

    /* Where a cell is. In a sheet the place is the cell, and the term of a
     * node its number times the stride. */
    struct grid grid;
    const struct sheet *sheet; /* NULL for a universe */
};

/* From a closed universe. Prices, widths and states are filled by the caller.
 */
struct field *field_of_universe(struct arena *arena,
                                const struct universe *universe);
/* From a sheet. Relations are written out; persons are found. */
struct field *field_of_sheet(struct arena *arena, const struct sheet *sheet);

/* Less than FIELD_TIES, by which an inside key tells cells apart that cost the
 * same: 0 without a key (NULL). `mark` is the same for the same cell. */
int64_t field_tie(const struct hash_key *key, uint64_t mark);

/* What hiding a cell costs its readers by default: one cell, and more where
 * many events are hidden, since totals and régions are read most; plus a tie,
 * and all times `weight` thousandths. At least 1, less than FIELD_BLOCKED. */
int32_t field_price(int64_t count, int64_t weight, int64_t tie);
/* The same against the basic attack, which lines nearly suffice for: each event
 * costs 1, and each cell as much as 170 of them. Circuits alone (the strict
 * attack) would go round large counts by too many cells. */
int32_t field_price_events(int64_t count, int64_t weight, int64_t tie);

/* The place of a cell, without what its axes add. */
uint64_t field_origin(const struct field *field, size_t cell);
size_t field_part(const struct field *field, size_t cell, size_t axis);

static inline size_t field_cell(const struct field *field, uint64_t place)
{
    return field->sheet != NULL ? (size_t)place
                                : grid_cell(&field->grid, place);
}

/* The width that the guarantee asks of a cell once it is open; 0 for none: an
 * interval that holds the count and is narrower than T-2 cannot meet 1..T-1
 * when the count is 2T-3 or more. */
static inline int64_t field_width(const struct field *field, size_t cell)
{
    int64_t threshold = field->thresholds[cell];
    bool far = field->guards[cell] == AUDIT_GUARDED &&
               field->counts[cell] - (threshold - 1) >= threshold - 2;
    return far ? 0 : threshold - 2;
}

/* So large that a search looks at fewer ways and nothing is thought over: each
 * turn takes a quarter of an hour, and wins a few cells in a hundred. */
static inline bool field_is_huge(const struct field *field)
{
    return field->sheet != NULL && field->cells > FIELD_MANY;
}

/* True when nobody alone in another cell may recover it. */
static inline bool field_secret(const struct field *field, size_t cell)
{
    return field->guards[cell] == AUDIT_PRIMARY ||
           field->guards[cell] == AUDIT_FORCED;
}

static inline bool field_open(const struct field *field, size_t cell)
{
    return field->states[cell] != FIELD_SHOWN;
}

#endif
