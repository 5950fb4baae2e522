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

/* A last resort for what neither circuits nor programs settle: opens more
 * cells. False when it has none left. */
typedef bool field_resort(void *context, struct pattern *pattern,
                          const enum audit_verdict *verdicts);

/* Audits the pattern, tries to repair what is not proved, and audits again.
 * False only when the audit itself fails; verdicts[cells] then mean nothing.
 * What cannot be repaired has an unsettled verdict. `resort` may be NULL.
 * `found` gets what the programs found for the pattern as it is in the end. */
bool field_settle(struct pattern *pattern, field_resort *resort, void *context,
                  enum audit_verdict *verdicts, struct audit_found *found,
                  struct err *err) MUST_USE;

/* What a certificate says: the pattern's witnesses and what was found besides.
 * *open is a cell that they do not prove although the audit settled it, or
 * SDC_NO_CELL: its bounds alone, worked out by programs, keep it safe. Cells
 * with another verdict than a settled one are only to be wide. */
bool field_proof(struct arena *arena, const struct pattern *pattern,
                 const struct audit_found *found,
                 const enum audit_verdict *verdicts, struct audit_input *out,
                 size_t *open, struct err *err) MUST_USE;

#endif
