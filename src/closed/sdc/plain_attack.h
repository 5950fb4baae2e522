/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/plain_attack.h - the plain attack on a table that a method has changed,
 * by somebody who has the relations and what is published: each cell lies
 * within bounds, and the relations narrow them. CONFIDENTIAL. */
#ifndef SDC_PLAIN_ATTACK_H
#define SDC_PLAIN_ATTACK_H

#include "sdc/audit_impl.h"
#include "sdc/plain.h"

/* The input of an attack on a table whose cells are known to be within
 * [lower, upper] unless their guard is AUDIT_SHOWN. [table->cells] each, not
 * copied. */
struct audit_input plain_published(const struct plain_table *table,
                                   const int64_t *lower, const int64_t *upper,
                                   const enum audit_guard *guards,
                                   int64_t threshold);

/* ERR_DISCLOSURE `id`, "cell: what", for the first cell that is not shown and
 * whose narrowed bounds meet 1..T-1 and are less than T-2 apart; "sdc.audit"
 * when no table agrees with what is published. */
bool plain_attack(struct arena *arena, const struct plain_table *table,
                  const struct audit_input *input, const char *id,
                  const char *what, struct err *err) MUST_USE;

/* Propagates, and refuses what no table agrees with. */
bool plain_narrow(struct arena *arena, const struct audit_input *input,
                  struct audit_bounds *bounds, struct err *err) MUST_USE;

#endif
