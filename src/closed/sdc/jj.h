/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/jj.h - a table without axes: cells and the relations between them.
 * CONFIDENTIAL.
 *
 * The JJ format is how tau-ARGUS, sdcTable and research instances hand a
 * suppression problem to a solver:
 *
 *     0
 *     CELLS
 *     index value cost status lower upper LPL UPL SPL      a line for each
 *     RELATIONS
 *     0 MEMBERS : index (-1) index (1) index (1) ...       a line for each
 *
 * Cells are numbered from 0. status is s (safe), u (primary), m (secondary) or
 * z (must be shown). lower and upper are what an attacker knows before any
 * arithmetic. A primary asks for an interval that reaches LPL below and UPL
 * above its value and is SPL wide. Our guarantee is a width (DESIGN section
 * 6): jj_width says which. Values are counts: whole numbers, 0 or more. */
#ifndef SDC_JJ_H
#define SDC_JJ_H

#include "sdc/protect_sheet.h"
#include "sdc/universe.h"

#define JJ_UNLIMITED INT64_MAX

enum jj_status {
    JJ_SAFE,
    JJ_PRIMARY,
    JJ_SECONDARY,
    JJ_SHOW,
};

struct jj {
    size_t cells;
    int64_t *counts;
    double *costs;         /* finite, >= 0 */
    unsigned char *status; /* enum jj_status */
    int64_t *lower, *upper;
    int64_t *below, *above, *slide; /* LPL, UPL, SPL, rounded up */
    struct relations relations;     /* first member is the total */
};

/* Reads an instance. ERR_INPUT "jj.read" naming file, line and field: another
 * form than above, a value that is no count or lies outside its bounds, a
 * relation that is not one total of others or does not add up. */
bool jj_read(struct arena *closed, const char *path, struct jj **out,
             struct err *err) MUST_USE;

/* Writes it, readable by its owner only; nothing is left at `path` when it
 * fails. */
bool jj_write(const struct jj *jj, const char *path, struct err *err) MUST_USE;

/* The instance of a sheet under a policy, with the secondaries that the sheet
 * has now: u for primaries (SPL = T-2), z for zeros that are always shown and
 * for what must be shown. A suppressed cell is at least 1 for the strict
 * attacker. Upper bounds are beyond anything that could matter. ERR_INPUT
 * where relations have too many members. */
bool jj_from_sheet(struct arena *closed, const struct sheet *sheet,
                   const struct sheet_policy *policy, struct jj **out,
                   struct err *err) MUST_USE;

/* Width of the interval that a primary cell asks for: SPL or LPL + UPL,
 * whichever is more, at least 1. */
int64_t jj_width(const struct jj *jj, size_t cell);

/* Writes `index,value,status`: values of suppressed cells are empty. With
 * `why` the status tells primary from secondary, for inside eyes, and only the
 * owner may read the file. Nothing is left at `path` when it fails. */
bool jj_write_csv(const struct jj *jj, const char *path, bool why,
                  struct err *err) MUST_USE;

#endif
