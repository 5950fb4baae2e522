/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/mosaic.h - the counts of a universe, rounded together. CONFIDENTIAL.
 *
 * Tables of one measure overlap in any way: nested codes, zonings that cross,
 * pooled years, cells that earlier releases printed. Under all of them lie the
 * *tiles*: the products of the coarsest sets of leaves that no cell cuts, along
 * each dimension. Every cell is a sum of tiles, and so is what is printed of
 * it: tiles are rounded (sdc/round.h), cells are their sums. A cell has one
 * rounded value wherever it stands, and whatever adds up in the counts adds up
 * in print, in all tables at once.
 *
 * Nobody learns more of a cell than its published interval, from all tables,
 * releases and public populations together: docs/method/rounding.md. */
#ifndef SDC_MOSAIC_H
#define SDC_MOSAIC_H

#include "sdc/round.h"
#include "sdc/universe.h"

struct mosaic_job {
    int64_t base;
    struct hash_key key;
    sdc_count *count; /* exact counts, and those of the bounds */
    void *context;
    const char *const *bounds; /* public measures that counts cannot exceed:
                                  populations. A bound of 0 says nothing. */
    size_t bound_count;
};

struct mosaic {
    const int64_t *values; /* by cell, for those that tables show */
    struct round_report report;
};

/* The cells must be of one measure. Closes the universe for what else may be
 * added. The report's reach may be published, its window may not.
 * ERR_DISCLOSURE: "mosaic.rule" a cell that a rule of the policy wants
 * suppressed, "mosaic.threshold" one whose threshold the base does not protect,
 * "mosaic.size" when there are too many tiles, and those of round_table; all
 * name the cell. */
bool mosaic_round(struct arena *closed, struct universe *universe,
                  const struct mosaic_job *job, struct mosaic *out,
                  struct err *err) MUST_USE;

#endif
