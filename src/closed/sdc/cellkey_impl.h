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
    struct audit_input input; /* what a reader knows without arithmetic */
    struct plain_cover cover;
    /* How far each cell is known to reach from its true count. */
    int64_t *up, *down; /* [cells] */
};

/* Witnesses of two leaves, for cells that one leaf does not prove: a sum with
 * an extreme noise holds back every leaf in it, but not one against another. */
struct cellkey_swaps;
struct cellkey_swaps *cellkey_swaps_new(const struct cellkey_judged *judged);

/* True when some leaf of the cell may have `more` persons more, and some leaf
 * outside of it as many less and one at least. Not found says nothing. */
bool cellkey_swap(struct cellkey_swaps *swaps, size_t cell, int64_t more);

#endif
