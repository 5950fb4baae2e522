/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/standard.h - a standard population matched to the store's age classes.
 *
 * The standard's bands and the store's classes rarely have the same limits:
 * a standard ends at 85+, the store has 85-89 and 90+; another standard has
 * 0 and 1-4, the store 0-4. Both are brought to their coarsest common groups:
 * classes inside one band are added up, weights of bands inside one class are
 * added up. Anything else has no answer and is an error. */
#ifndef CALC_STANDARD_H
#define CALC_STANDARD_H

#include "model/code.h"

struct standard_match {
    int *group;      /* [age leaves] group of a class, or -1: without weight */
    double *weights; /* [groups] */
    size_t groups;
    double total; /* sum of the weights */
};

/* Matches the classes of one age node. For the total of all ages every band
 * with weight must find its classes; for an age band the standard is cut to
 * it (a truncated rate). ERR_SCRIPT names both limits. */
bool standard_match(struct arena *closed, const struct standard *standard,
                    const struct dimension *ages, const struct node *node,
                    struct standard_match *out, struct err *err) MUST_USE;

#endif
