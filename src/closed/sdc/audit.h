/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/audit.h - the attack on our own result. CONFIDENTIAL.
 *
 * Shares no code with what chose the pattern: it gets plain arrays, checks
 * every witness against every relation, bound and band, attacks by interval
 * propagation, and settles by exact programs what neither does. The attacker
 * of DESIGN section 6 knows everything shown, every relation, integers, public
 * limits and derived values; whoever is alone in a cell knows that it is 1.
 * What he knows of a suppressed cell before any arithmetic is `lower` and
 * `upper` and nothing else: at least 1 for the strict attacker, at least 0 for
 * the basic one. */
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
    AUDIT_BOUNDED, /* as guarded, but nobody searches for integers: what linear
                      programs leave wide may stay AUDIT_OPEN, what they leave
                      narrow is exposed where it may meet 1..T-1 */
};

/* A derived value that is public: low <= sum of weight * count <= high, the
 * ends included. A rate printed to its digits is one band, its interval's ends
 * are two more. A share part / base within low..high is two bands over both
 * cells: part - low * base >= 0 and part - high * base <= 0 (better in whole
 * weights, both sides times a power of ten).
 *
 * Sums are doubles with a proven error bound (audit_band.c): where the bound
 * leaves it open whether a table keeps a band, it does not; where it leaves
 * open what a band implies, it implies the less. Whole weights are exact. */
struct audit_band {
    const uint32_t *cells; /* without repeats */
    const double *weights; /* finite, not 0 */
    size_t count;
    double low, high; /* -HUGE_VAL, HUGE_VAL for none */
};

/* One relation per row: members[starts[r]] = sum of the following ones. */
struct audit_input {
    size_t cells;
    const int64_t *counts;
    const int64_t *lower; /* what is public before any arithmetic */
    const int64_t *upper;
    const enum audit_guard *guards;
    const uint32_t *persons; /* who is alone in a cell of count 1; NULL is
                                fine without primary and forced cells */
    const uint32_t *members;
    const size_t *starts;
    size_t relations;
    const struct audit_band *bands;
    size_t band_count;
    int64_t threshold;         /* of every cell, at least 3, unless there are */
    const int64_t *thresholds; /* [cells] their own, or NULL */
    const struct witness *witnesses;
    size_t witness_count;
    double seconds; /* of processor time for exact programs, or
                       HUGE_VAL; 0: AUDIT_SECONDS */
    double plain;   /* not 0: searches for integers do nothing but branch, this
                       often what a light one does, and none for bounds */
    bool hasty;     /* audit_solve: the first primary or forced cell that is not
                       settled ends it, and the others stay as they were */
};
#define AUDIT_SECONDS 600.0

static inline int64_t audit_threshold(const struct audit_input *input,
                                      size_t cell)
{
    return input->thresholds ? input->thresholds[cell] : input->threshold;
}

enum audit_verdict {
    AUDIT_PUBLIC,     /* shown */
    AUDIT_WITNESSED,  /* witnesses differ widely enough */
    AUDIT_PROPAGATED, /* its public interval does not meet 1..T-1 */
    AUDIT_SOLVED,     /* settled by exact programs */
    AUDIT_EXPOSED,    /* proven: its public interval is too narrow */
    AUDIT_SINGLE,     /* wide, but somebody alone in a cell may recover it */
    AUDIT_OPEN,       /* not settled: counts as exposed */
};

/* True when the cell may stay as it is. */
bool audit_settled(enum audit_verdict verdict);

/* Fills verdicts[cells]. False only when the input itself is wrong: a witness
 * that is none ("sdc.witness"), a relation or a band that does not hold
 * ("sdc.audit"). */
bool audit_run(const struct audit_input *input, enum audit_verdict *verdicts,
               struct err *err) MUST_USE;

/* Lists in the arena those that are witnesses of this input, whose own are not
 * read: of a pattern that had fewer cells. */
void audit_sift(struct arena *arena, const struct audit_input *input,
                const struct witnesses *all, struct witnesses *kept);

/* Witnesses that were not in the input. */
struct audit_found {
    struct arena *arena; /* they are made here */
    struct witnesses witnesses;
};

/* Settles cells that audit_run left AUDIT_OPEN or AUDIT_SINGLE, by linear and
 * then integer programs. Every table that a program finds is checked as a
 * witness is; every bound of a linear program is proven again from its duals.
 * What the time does not allow, or a solver does not settle, stays as it was.
 * Single programs give up after work that is counted; the clock ends the whole,
 * nothing else: two runs that it does not end agree. `found`, unless NULL, gets
 * the tables without which a cell would be less wide or less private: together
 * with the input's they prove what is settled here by width. What is settled by
 * bounds alone, which never meet 1..T-1, they do not prove. False only for a
 * witness that is none. */
bool audit_solve(const struct audit_input *input, enum audit_verdict *verdicts,
                 struct audit_found *found, struct err *err) MUST_USE;

/* Seconds of processor time that this process took: others that keep the
 * machine busy do not make it go faster. */
double audit_clock(void);

/* How cells were settled that witnesses and propagation left open. */
struct audit_effort {
    size_t linear;   /* by linear programs */
    size_t integral; /* by integer programs */
};

/* The same attack from outside, where only the counts of shown cells are
 * known; those of the others are neither read nor needed. Guards are
 * AUDIT_SHOWN or AUDIT_GUARDED; there are no witnesses. ERR_INPUT
 * "audit.contradiction" when no table agrees with what is public. */
bool audit_public(const struct audit_input *input, enum audit_verdict *verdicts,
                  struct audit_effort *effort, struct err *err) MUST_USE;

#endif
