/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/circuit_impl.h - shared by the files of the circuit search only.
 * CONFIDENTIAL. */
#ifndef SDC_CIRCUIT_IMPL_H
#define SDC_CIRCUIT_IMPL_H

#include "sdc/circuit.h"

enum {
    CIRCUIT_CELLS = 4096,        /* of one circuit, with repeats */
    CIRCUIT_NARROWS = 40,        /* narrow rows of an axis that are looked at */
    CIRCUIT_WIDES = 16,          /* wide ones */
    CIRCUIT_OWNS = 12,           /* rows that change the target */
    CIRCUIT_ABSENTS = 2,         /* without a cell on the target's line */
    CIRCUIT_PAIRS = 8,           /* partners on an axis outside the plane */
    CIRCUIT_PLANES = 250,        /* planes that one search looks at ... */
    CIRCUIT_PASSED_PLANES = 100, /* ... on a detour ... */
    CIRCUIT_HUGE_PLANES = 30,    /* ... of a field that is huge ... */
    CIRCUIT_ANY_PLANES = 20000,  /* ... as a last resort */
    CIRCUIT_ANYS = 128,          /* of each kind, as a last resort */
    CIRCUIT_ROWS = 3 * CIRCUIT_ANYS,
    CIRCUIT_LOOKS = 1 << 19, /* at places, by one search of a wide field */
};

/* One part of a row. */
struct piece {
    uint64_t term;
    int sign;
    unsigned turn; /* of a toll's room: none up, TOLL_ROOM down */
};

/* A row that may be used on an axis. */
struct candidate {
    const struct row *row;
    uint32_t number; /* in the family */
    int64_t cost;    /* on the line of the target */
};

struct candidates {
    struct candidate list[CIRCUIT_ROWS];
    size_t count;
    int64_t dearest;  /* dearer rows are no partners outside the plane */
    int64_t least[2]; /* costs of the cheapest and the next one */
    size_t cheapest;  /* position */
    /* What the rows are made of, one after the other, in one place. */
    uint32_t starts[CIRCUIT_ROWS + 1];
    struct piece *pieces;
    size_t piece_capacity;
    size_t own[CIRCUIT_ANYS]; /* positions of those that change the target */
    size_t own_count;
};

/* Places and signs of a product of vectors. */
struct product {
    uint64_t places[CIRCUIT_CELLS];
    signed char signs[CIRCUIT_CELLS];
    size_t count;
    int64_t cost; /* where the remaining axes stay at the target */
};

struct plane;

struct circuits {
    struct arena *arena;
    const struct field *field;
    struct rows *rows;
    const struct circuit_ask *ask;
    struct candidates axes[FIELD_AXES];
    uint64_t target_terms[FIELD_AXES];
    struct product products[FIELD_AXES + 1]; /* by number of factors */
    struct candidate *work;                  /* three lists of CIRCUIT_ANYS */
    struct plane *plane;
    size_t planes[FIELD_AXES * FIELD_AXES][2];
    size_t plane_count;
    size_t planes_most; /* of a search, unless it is the last resort */
    size_t planes_left; /* of this search */
    int64_t looks_left; /* of this search; less than 0 without any */

    /* The best circuit so far, and the one that is being summed up. */
    uint32_t *cells, *sum_cells;
    int32_t *factors, *sums; /* sums: [field cells], 0 between calls */
    size_t count;
    int64_t cost;
};

static inline int64_t circuit_price(const struct circuits *circuits,
                                    uint64_t place)
{
    size_t cell = field_cell(circuits->field, place);
    return cell == SDC_NO_CELL ? 0 : circuits->ask->prices[cell];
}

static inline bool circuit_passes(const struct circuits *circuits, size_t cell)
{
    const int32_t *passed = circuits->ask->passed;
    return passed != NULL && passed[cell] >= FIELD_BLOCKED;
}

struct plane *plane_new(struct arena *arena);
/* Completes the product of all other axes by the cheapest cycle in the plane
 * of two axes. */
void plane_search(struct circuits *circuits, const struct product *base,
                  size_t row_axis, size_t column_axis);
/* Sums up a product; keeps it when it is allowed and the cheapest so far. */
void circuit_offer(struct circuits *circuits, const struct product *product);
/* Adds the product of a base with two rows, all times `sign`. False when it
 * becomes too large. */
bool product_add(struct product *out, const struct product *base,
                 const struct row *a, const struct row *b, int sign);

#endif
