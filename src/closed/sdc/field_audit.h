/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/field_audit.h - a field and its pattern as the audit wants them.
 * CONFIDENTIAL. */
#ifndef SDC_FIELD_AUDIT_H
#define SDC_FIELD_AUDIT_H

#include "sdc/audit.h"
#include "sdc/pattern.h"

/* Plain arrays: the audit reads nothing that the choice could have bent. */
struct audit_input field_audit(struct arena *arena, const struct field *field,
                               const struct witnesses *witnesses);

/* Records tables in which cells that are open already vary, found by linear
 * programs before anything is opened for them: most of what other releases
 * withheld needs nothing more, and a search for a circuit would look long among
 * what is public for ever. What they do not find is left to circuits. Those
 * of `before`, a pattern of the same cells without the last of them or NULL,
 * are taken where they hold here. False only when the audit fails;
 * pattern->late as for field_settle. */
bool field_solve_open(struct pattern *pattern, const struct pattern *before,
                      struct err *err) MUST_USE;

/* What to do with cells that neither circuits nor programs settle. */
struct field_resort {
    /* Opens more cells; false when it has none left. NULL: none. */
    bool (*open)(void *context, struct pattern *pattern,
                 const enum audit_verdict *verdicts);
    /* True when a cell with this unsettled verdict keeps it whatever is opened:
     * nobody looks for a repair. NULL: there is no such cell. */
    bool (*is_lost)(void *context, const struct pattern *pattern, size_t cell,
                    enum audit_verdict verdict);
    void *context;
};

/* Audits the pattern, tries to repair what is not proved, and audits again,
 * until the pattern's deadline; a universe for AUDIT_SECONDS. False only when
 * the audit itself fails; verdicts[cells] then mean nothing. What cannot be
 * repaired, or not in time, has an unsettled verdict. Where pattern->late is
 * true in the end the result may hang on the clock: it must be refused, even
 * when all is settled. The pattern is at rest afterwards. */
bool field_settle(struct pattern *pattern, const struct field_resort *resort,
                  enum audit_verdict *verdicts, struct err *err) MUST_USE;

/* What a certificate says: the pattern's witnesses.
 * *open is a cell that they do not prove although the audit settled it, or
 * SDC_NO_CELL: its bounds alone, worked out by programs, keep it safe. Cells
 * with another verdict than a settled one are only to be wide. */
bool field_proof(struct arena *arena, const struct pattern *pattern,
                 const enum audit_verdict *verdicts, struct audit_input *out,
                 size_t *open, struct err *err) MUST_USE;

#endif
