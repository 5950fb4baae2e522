/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/audit_impl.h - shared by the files of the audit only. CONFIDENTIAL. */
#ifndef SDC_AUDIT_IMPL_H
#define SDC_AUDIT_IMPL_H

#include "sdc/audit.h"

/* Rows of each cell: rows[starts[c] .. starts[c + 1]). */
struct audit_rows {
    size_t *starts;
    uint32_t *rows;
};

struct audit_rows audit_index(struct arena *arena,
                              const struct audit_input *input);

/* Checks witnesses one by one and keeps what they reach. */
struct audit_reach {
    struct arena *arena;
    const struct audit_input *input;
    struct audit_rows rows;
    int64_t *highest; /* [cells] largest delta over all witnesses, >= 0 */
    int64_t *lowest;  /* [cells] smallest delta, <= 0 */
    uint32_t **seen;  /* [cells] persons who sit in every witness so far */
    size_t *seen_count;
    bool *started;
    int64_t *balance; /* [relations] work space, zero between calls */
    bool *moved;      /* [cells] work space, false between calls */
};

struct audit_reach *audit_reach_new(struct arena *arena,
                                    const struct audit_input *input);
/* False when it is no witness at all. */
bool audit_reach_add(struct audit_reach *reach,
                     const struct witness *witness) MUST_USE;
/* Wide enough by witnesses alone. */
bool audit_reach_wide(const struct audit_reach *reach, size_t cell);
/* Nobody alone in another cell recovers it. */
bool audit_reach_private(const struct audit_reach *reach, size_t cell);

/* Integer bounds of every cell that arithmetic on single relations gives. */
struct audit_bounds {
    int64_t *low;
    int64_t *high;
};
bool audit_propagate(struct arena *arena, const struct audit_input *input,
                     struct audit_bounds *out, struct err *err) MUST_USE;

/* True when the interval low..high says nothing about 1..T-1. */
bool audit_misses(const struct audit_input *input, size_t cell, int64_t low,
                  int64_t high);

#endif
