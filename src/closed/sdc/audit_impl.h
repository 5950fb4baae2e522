/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/audit_impl.h - shared by the files of the audit only. CONFIDENTIAL. */
#ifndef SDC_AUDIT_IMPL_H
#define SDC_AUDIT_IMPL_H

#include "sdc/audit.h"

/* Rows of each cell: rows[starts[c] .. starts[c + 1]). Relations come first,
 * then bands: row r >= relations is band r - relations. */
struct audit_rows {
    uint32_t *starts;
    uint32_t *rows;
};

struct audit_rows audit_index(struct arena *arena,
                              const struct audit_input *input);

/* The cells of a row, of either kind. */
struct audit_row {
    const uint32_t *cells;
    const double *weights; /* NULL for a relation: 1, then -1, ... */
    size_t count;
};
struct audit_row audit_row_at(const struct audit_input *input, size_t row);
static inline double audit_weight(const struct audit_row *row, size_t member)
{
    return row->weights != NULL ? row->weights[member] : member == 0 ? 1 : -1;
}

/* --- bands --- */

/* The exact sum lies within value - doubt .. value + doubt. */
struct audit_sum {
    double value;
    double doubt;
};
/* shift, by cell, is added to the counts; NULL for none. */
struct audit_sum audit_band_sum(const struct audit_band *band,
                                const int64_t *counts, const int64_t *shift);
/* Certainly within the band; certainly outside. Neither is a doubt. */
bool audit_band_holds(const struct audit_band *band,
                      const struct audit_sum *sum);
bool audit_band_fails(const struct audit_band *band,
                      const struct audit_sum *sum);

/* --- witnesses --- */

/* Persons alone elsewhere who sit in every witness of a cell so far. */
struct audit_seen {
    uint32_t *persons;
    uint32_t count;
    bool started; /* it has a witness */
};

/* Checks witnesses one by one and keeps what they reach. */
struct audit_reach {
    struct arena *arena;
    const struct audit_input *input;
    struct audit_rows rows;
    int64_t *highest;  /* [cells] largest delta over all witnesses, >= 0 */
    int64_t *lowest;   /* [cells] smallest delta, <= 0 */
    uint32_t *secrets; /* [cells] place in `seen` of those that have one */
    struct audit_seen *seen; /* of primary and forced cells */
    int64_t *balance;        /* [relations] work space, zero between calls */
    int64_t *shift;          /* [cells] work space, zero between calls */
    uint32_t *alone;         /* persons of the present witness, ascending */
    size_t alone_count, alone_capacity;
    struct audit_found *found; /* gets what is added and of use; or NULL */
};

/* Nobody alone elsewhere may recover it: it has an audit_seen. */
static inline bool audit_secret(const struct audit_input *input, size_t cell)
{
    return input->guards[cell] == AUDIT_PRIMARY ||
           input->guards[cell] == AUDIT_FORCED;
}
static inline struct audit_seen *audit_seen(const struct audit_reach *reach,
                                            size_t cell)
{
    assert(audit_secret(reach->input, cell));
    return &reach->seen[reach->secrets[cell]];
}

struct audit_reach *audit_reach_new(struct arena *arena,
                                    const struct audit_input *input);
/* False when it is no witness at all. */
bool audit_reach_add(struct audit_reach *reach,
                     const struct witness *witness) MUST_USE;
/* Adds the witnesses of the input. ERR_DISCLOSURE "sdc.witness". */
bool audit_reach_start(struct audit_reach *reach, struct err *err) MUST_USE;
/* Wide enough by witnesses alone. */
bool audit_reach_wide(const struct audit_reach *reach, size_t cell);
/* Nobody alone in another cell recovers it. */
bool audit_reach_private(const struct audit_reach *reach, size_t cell);

/* --- propagation --- */

/* Integer bounds of every cell that arithmetic on single rows gives. Counts
 * of cells that are not shown are not read. */
struct audit_bounds {
    int64_t *low;
    int64_t *high;
};
/* False when no table agrees with what is public. */
bool audit_propagate(struct arena *arena, const struct audit_input *input,
                     struct audit_bounds *out) MUST_USE;

/* True when the interval low..high says nothing about 1..T-1. */
bool audit_misses(const struct audit_input *input, size_t cell, int64_t low,
                  int64_t high);
/* True when it is narrower than T-2. */
bool audit_narrow(const struct audit_input *input, size_t cell, int64_t low,
                  int64_t high);
/* True when a table with this count alone makes the interval meet 1..T-1. */
bool audit_touches(const struct audit_input *input, size_t cell, int64_t count);
/* What bounds alone say: AUDIT_PROPAGATED, AUDIT_EXPOSED, else AUDIT_OPEN. A
 * count under 0 is one that is not known. */
enum audit_verdict audit_judge(const struct audit_input *input,
                               const struct audit_bounds *bounds, size_t cell);

/* --- exact programs --- */

/* What a run of programs works on. Every cell of `lost` (NULL: none) stays as
 * it is: no table is known for its piece. */
struct audit_settling {
    const struct audit_input *input; /* its counts agree with what is public */
    const struct audit_bounds *bounds;
    struct audit_reach *reach;
    enum audit_verdict *verdicts;
    const bool *lost;
    struct audit_effort effort;
    double deadline;   /* as audit_clock tells it */
    bool ended;        /* what the input asks for in haste is lost */
    int near_failures; /* of searches for integers around a move, more than
                          there were tables */
};
void audit_settle(struct audit_settling *settling);

/* When the programs of an input that start now must end. */
double audit_deadline(const struct audit_input *input);

#endif
