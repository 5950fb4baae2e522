/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/mosaic.h - the counts of a universe, rounded or perturbed together.
 * CONFIDENTIAL.
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
 * releases and public populations together: docs/method/rounding.md.
 *
 * Cell keys (sdc/cellkey.h) perturb each cell by who is in it. Its key is the
 * sum of those of its tiles, which the source gives from the finest facts: it
 * does not depend on what tiles a release happens to have. Tiles are what the
 * proof moves: a person more or less in one, in all tables at once. */
#ifndef SDC_MOSAIC_H
#define SDC_MOSAIC_H

#include "sdc/cellkey.h"
#include "sdc/round.h"
#include "sdc/universe.h"

struct mosaic_job {
    int64_t base;               /* of a rounding */
    struct ptable_policy noise; /* of cell keys */
    struct hash_key key;
    sdc_count *count;   /* exact counts, and those of the bounds */
    sdc_count *persons; /* of cell keys: sums of numbers of the finest facts */
    void *context;
    const char *const *bounds; /* public measures that counts cannot exceed:
                                  populations. A bound of 0 says that nobody is
                                  counted, nothing where somebody is. */
    size_t bound_count;
};

struct mosaic {
    const int64_t *values; /* by cell, for those that tables show */
    struct round_report report;
    struct cellkey_report noise;
    int64_t most; /* the largest noise */
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

/* The same by cell keys. ERR_DISCLOSURE "mosaic.rule", "mosaic.size", and those
 * of cellkey_table. */
bool mosaic_perturb(struct arena *closed, struct universe *universe,
                    const struct mosaic_job *job, struct mosaic *out,
                    struct err *err) MUST_USE;

#endif
