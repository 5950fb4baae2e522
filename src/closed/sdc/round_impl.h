/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/round_impl.h - shared by the files of round.h only. CONFIDENTIAL.
 *
 * The state of a rounding: which leaves are rounded up, and how far that puts
 * every cell from the truth. Leaves that are multiples never move, nor do those
 * that are printed already. */
#ifndef SDC_ROUND_IMPL_H
#define SDC_ROUND_IMPL_H

#include "sdc/round.h"

struct rounding {
    struct arena *arena; /* scratch, wiped */
    const struct plain_table *table;
    const struct round_policy *policy;
    int64_t base;
    struct plain_cover cover;
    uint32_t *order; /* leaf numbers that can move, in the order of the key */
    size_t movable;
    bool *up;      /* [leaves] */
    int64_t *off;  /* [cells] rounded minus true */
    int64_t *aims; /* [cells] what `off` must be, or ROUND_ANY; NULL: all any */
    uint64_t random; /* state of splitmix_next, from the key */
};

#define ROUND_ANY INT64_MIN

static inline bool rounding_aims(const struct rounding *rounding, size_t cell)
{
    return rounding->aims != NULL && rounding->aims[cell] != ROUND_ANY;
}

/* Places 0..count-1 of these cells in an order that only the key explains. */
uint32_t *rounding_rank(struct rounding *rounding, const uint32_t *cells,
                        size_t count);
/* What going up, or down, adds to a leaf. */
int64_t rounding_step(const struct rounding *rounding, size_t leaf, bool up);
/* Sets a leaf that has no direction yet, or turns one that has. */
void rounding_add(struct rounding *rounding, size_t leaf, int64_t step);

/* The first cell that is not what was printed of it, or the number of cells. */
size_t rounding_astray(const struct rounding *rounding);

/* Rounds by circuits when the frame (or all relations, when there is none) is
 * a network; false, and nothing changed, when it is not. */
bool rounding_network(struct rounding *rounding, int64_t *out);
/* Threshold accepting from a greedy start. */
void rounding_search(struct rounding *rounding);

enum enumeration {
    ENUMERATION_FOUND, /* the state is a rounding inside the window */
    ENUMERATION_NONE,  /* there is none */
    ENUMERATION_OPEN,  /* too large to tell; state as before */
};
/* Tries every rounding of the movable leaves. */
enum enumeration rounding_enumerate(struct rounding *rounding, int64_t window);

#endif
