/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/widen.h - the last resort of protection. CONFIDENTIAL.
 *
 * Where other releases have shown much, the moves that would hide a cell may
 * all pass through numbers that are public already, although tables of another
 * form exist that hide it. Suppressing what surrounds the cell, one ring of
 * relations at a time, gives the exact attack room to find them. It costs more
 * cells than a good search would, and only happens instead of a refusal. */
#ifndef SDC_WIDEN_H
#define SDC_WIDEN_H

#include "sdc/pattern.h"

struct widening {
    struct pattern *pattern;
    bool *reached; /* [cells] */
    int rings;
};

struct widening widen_start(struct arena *arena, struct pattern *pattern);
/* A cell that is not protected. */
void widen_from(struct widening *widening, size_t cell);
/* Suppresses the next ring around the cells given so far. False when there is
 * nothing left to suppress, or after a few rings: then the tables themselves
 * must change. */
bool widen_next(struct widening *widening);

#endif
