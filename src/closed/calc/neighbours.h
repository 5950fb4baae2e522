/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/neighbours.h - which areas touch each other.
 *
 * A list of neighbours for each area, numbered from 0; an area without
 * neighbours is an island. */
#ifndef CALC_NEIGHBOURS_H
#define CALC_NEIGHBOURS_H

#include "base/base.h"

struct neighbours {
    const size_t *const *lists; /* [areas], each [sizes[i]] */
    const size_t *sizes;        /* [areas] */
    size_t areas;
};

/* What is wrong with a list, if anything. */
enum neighbours_fault {
    NEIGHBOURS_GOOD,
    NEIGHBOURS_UNKNOWN,  /* a number that is no area */
    NEIGHBOURS_SELF,     /* an area among its own neighbours */
    NEIGHBOURS_TWICE,    /* a neighbour listed twice */
    NEIGHBOURS_ONE_SIDED /* j is a neighbour of i, i is none of j */
};
/* The first fault, with the area that has it and the neighbour it is about. */
enum neighbours_fault neighbours_check(const struct neighbours *neighbours,
                                       size_t *area, size_t *other);

#endif
