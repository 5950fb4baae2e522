/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/kernel_impl.h - shared by the files of the kernel only. CONFIDENTIAL. */
#ifndef SDC_KERNEL_IMPL_H
#define SDC_KERNEL_IMPL_H

#include "sdc/kernel.h"

#define KERNEL_NONE UINT32_MAX

enum {
    KERNEL_FACTOR = 1000,   /* larger ones are no use, and may overflow */
    KERNEL_LENGTHS = 256,   /* rows that are longer wait together */
    KERNEL_TERMS = 3000000, /* beyond, it is given up */
    KERNEL_TURNS = 40,      /* for one step: more than that seldom helps */
    KERNEL_PIVOTS = KERNEL_TURNS + 1,
};

struct term {
    uint32_t cell;
    int32_t factor;
    uint32_t at; /* in the column of the cell */
};

/* The sum of factor times change is 0. The pivot has a factor of 1 or -1 and is
 * in no other equation. */
struct equation {
    struct term *terms; /* by cell */
    uint32_t count, capacity;
    uint32_t pivot; /* cell, or KERNEL_NONE */
    int32_t unit;   /* its factor */
};

struct entry {
    union {
        uint32_t row;
        uint32_t pivot; /* of it, once all are solved ... */
    };
    int32_t factor; /* ... and then how far that goes for each step */
};

/* The equations that hold one cell, in any order. */
struct column {
    struct entry *entries;
    uint32_t count, capacity;
};

/* Steps of a free cell. */
struct leg {
    uint32_t cell;
    int64_t steps;
};

/* Free cells are those that no pivot answers for: what follows is moved by
 * them. A basis has cells that were brought to where they must be and move for
 * themselves from now on, `out`, and for each a free one that keeps it there
 * whatever else moves, `in`: pivots of the simplex method beside equations that
 * stay as they are. */
struct basis {
    uint32_t out[KERNEL_PIVOTS], in[KERNEL_PIVOTS];
    /* Steps of a cell in for each of a cell out. */
    int64_t inverse[KERNEL_PIVOTS][KERNEL_PIVOTS];
    int64_t shares[KERNEL_PIVOTS]; /* see basis_share */
    size_t count;
};

/* One cell in a sum of columns. */
struct along {
    int64_t delta;
    bool listed;
};

struct kernel {
    struct arena *arena;
    const struct field *field;
    struct equation *rows;
    size_t row_count;
    struct column *columns; /* [cells] */
    uint32_t *row_of;       /* [cells] whose pivot it is, or KERNEL_NONE */
    bool *frozen;     /* [cells] never changes here, unknown cells included */
    struct term *sum; /* work space */
    size_t sum_capacity;
    uint64_t looked; /* work, see kernel_work */
    size_t terms;    /* of all equations */
    bool broken;     /* too many of them, or factors too large */

    int64_t *change; /* [cells] 0 between calls */
    bool *listed;    /* [cells] false between calls */
    uint32_t *cells; /* [cells] touched */
    size_t count;

    struct along *along;   /* [cells] all 0 between calls: work space ... */
    uint32_t *along_cells; /* [cells] ... and those listed */
    size_t along_count;
    struct basis *basis;
};

/* The term of a cell, or NULL. */
struct term *kernel_term(const struct equation *row, uint32_t cell);

/* Finds how far a cell goes for each step of those that are out: shares. */
void basis_share(const struct kernel *kernel, uint32_t cell);
/* One step of a cell, by steps of free ones: of a free cell, the others that
 * are out staying where they are (place KERNEL_NONE), or of the cell out at a
 * place. Writes up to KERNEL_PIVOTS + 1 legs; returns how many. */
size_t basis_legs(const struct kernel *kernel, uint32_t cell, uint32_t place,
                  struct leg *legs);
/* A cell, whose shares were found, is out from now on, and what moved it by
 * `unit` (1 or -1) for each step answers for it. False: numbers became too
 * large, and the basis is of no use. */
bool basis_swap(const struct kernel *kernel, uint32_t cell, uint32_t mover,
                uint32_t place, int unit);

#endif
