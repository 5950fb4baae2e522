/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/audit.h - the attack on our own result. CONFIDENTIAL.
 *
 * Shares no code with what chose the pattern: it gets plain arrays, checks
 * every witness against every relation and bound, attacks by interval
 * propagation, and leaves to exact linear programs only what neither settles.
 * The attacker is the strict one of DESIGN section 6: everything shown, every
 * relation, integers, public limits, a suppressed cell at least 1, a hidden
 * one at least 0; and whoever is alone in a cell knows that it is 1. */
#ifndef SDC_AUDIT_H
#define SDC_AUDIT_H

#include "base/err.h"
#include "sdc/witness.h"

#define AUDIT_UNLIMITED INT64_MAX

enum audit_guard {
    AUDIT_SHOWN,   /* the number is public */
    AUDIT_GUARDED, /* must not be exposed */
    AUDIT_PRIMARY, /* nor be recovered by somebody alone in another cell */
    AUDIT_FORCED,  /* as primary, and wide whatever its count */
    AUDIT_WHOLE,   /* as guarded, and wide whatever its count: what is left of
                      a public whole would be exposed in its place */
};

/* One relation per row: members[starts[r]] = sum of the following ones. */
struct audit_input {
    size_t cells;
    const int64_t *counts;
    const int64_t *lower; /* what is public before any arithmetic */
    const int64_t *upper;
    const enum audit_guard *guards;
    const uint32_t *persons; /* who is alone in a cell of count 1 */
    const uint32_t *members;
    const size_t *starts;
    size_t relations;
    int64_t threshold;         /* of every cell, unless there are */
    const int64_t *thresholds; /* [cells] their own, or NULL */
    const struct witness *witnesses;
    size_t witness_count;
};

static inline int64_t audit_threshold(const struct audit_input *input,
                                      size_t cell)
{
    return input->thresholds ? input->thresholds[cell] : input->threshold;
}

enum audit_verdict {
    AUDIT_PUBLIC,     /* shown */
    AUDIT_WITNESSED,  /* witnesses differ widely enough */
    AUDIT_PROPAGATED, /* its public interval does not meet 1..T-1 */
    AUDIT_SOLVED,     /* settled by exact linear programs */
    AUDIT_EXPOSED,    /* proven: its public interval is too narrow */
    AUDIT_SINGLE,     /* wide, but somebody alone in a cell may recover it */
    AUDIT_OPEN,       /* not settled: counts as exposed */
};

/* True when the cell may stay as it is. */
bool audit_settled(enum audit_verdict verdict);

/* Fills verdicts[cells]. False only when the input itself is wrong: a witness
 * that is none ("sdc.witness"), a relation that does not hold. */
bool audit_run(const struct audit_input *input, enum audit_verdict *verdicts,
               struct err *err) MUST_USE;

/* Settles AUDIT_OPEN cells by linear programs where it can: an integral
 * optimum is a new witness and is checked as one. Leaves AUDIT_OPEN or
 * AUDIT_EXPOSED otherwise. ERR_DISCLOSURE "sdc.solver" on solver trouble. */
bool audit_solve(const struct audit_input *input, enum audit_verdict *verdicts,
                 struct err *err) MUST_USE;

#endif
