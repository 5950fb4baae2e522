/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/thin.h - shows again what nothing needs. CONFIDENTIAL.
 *
 * Circuits and lines choose secondaries for the witnesses that they find, and
 * another table may prove as much without one of them. In a sheet with few open
 * cells exact programs decide that for each secondary, the dearest first: it is
 * shown, and what leaned on it is attacked. Where all of it can still be proved
 * it stays shown, and what the programs found is its proof. So in the end no
 * secondary can be shown alone, unless programs gave it up or a cell is safe by
 * bounds that no witness tells. Larger sheets are left as they are. */
#ifndef SDC_THIN_H
#define SDC_THIN_H

#include "sdc/audit.h"
#include "sdc/pattern.h"

/* From a pattern at rest whose verdicts[cells] are all settled; they are so
 * afterwards, and the pattern is at rest. False only when the audit itself
 * fails. Past the pattern's deadline pattern->late is true. */
bool thin_show(struct pattern *pattern, enum audit_verdict *verdicts,
               struct err *err) MUST_USE;

#endif
