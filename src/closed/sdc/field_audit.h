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
 * What cannot be repaired has an unsettled verdict. `resort` may be NULL. */
bool field_settle(struct pattern *pattern, field_resort *resort, void *context,
                  enum audit_verdict *verdicts, struct err *err) MUST_USE;

#endif
