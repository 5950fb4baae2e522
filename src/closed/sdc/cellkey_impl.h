/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/cellkey_impl.h - shared by the files of the audit of cell keys only.
 * CONFIDENTIAL. */
#ifndef SDC_CELLKEY_IMPL_H
#define SDC_CELLKEY_IMPL_H

#include "sdc/cellkey.h"
#include "sdc/plain_attack.h"

struct cellkey_judged {
    struct arena *arena;
    const struct plain_table *table;
    const struct cellkey_policy *policy;
    const int64_t *published;
    struct ptable ptable;
    struct audit_input input; /* what a reader knows without arithmetic; then
                                 of it what is next to the true counts */
    struct audit_input told;  /* all of what a reader knows */
    struct plain_cover cover;
    /* How far each cell is known to reach from its true count. */
    int64_t *up, *down; /* [cells] */
};

/* Witnesses of several leaves, for cells that one does not prove: a count that
 * many leaves share, or a sum with an extreme noise, which holds back every
 * leaf in it but not one against another. */
struct cellkey_shifts;
struct cellkey_shifts *cellkey_shifts_new(const struct cellkey_judged *judged);

/* True when tables that could have been published so put the cell at two counts
 * at least `width` apart: one has persons more in its leaves, the other less.
 * Elsewhere persons are only taken from leaves that keep one. Not found says
 * nothing. */
bool cellkey_shift(struct cellkey_shifts *shifts, size_t cell, int64_t width);

/* The same by one leaf, over counts that do not give what is printed, to others
 * beyond them that do. */
bool cellkey_jump(struct cellkey_shifts *shifts, size_t cell, int64_t width);

/* True when nothing is printed of the cell. */
static inline bool cellkey_hidden(const struct plain_table *table, size_t cell)
{
    return table->known != NULL && table->known->hidden[cell] &&
           table->known->printed[cell] == PLAIN_FREE;
}

#endif
