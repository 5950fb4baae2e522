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
};

#endif
