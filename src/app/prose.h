/* SPDX-License-Identifier: EUPL-1.2 */
/* app/prose.h - the editors' text of a project, proofread before it is used. */
#ifndef APP_PROSE_H
#define APP_PROSE_H

#include "app/command.h"
#include "script/script.h"

/* Tells every remark, a line each on standard output; *warnings are those that
 * are no errors. ERR_SCRIPT for the first error: a number in figures, prose
 * that a language lacks. */
bool prose_tell(const struct invocation *call, const struct project *project,
                const struct plan *plan, size_t *warnings,
                struct err *err) MUST_USE;

/* The same without a line: what readers are given has no such error. Of a state
 * that may be replaced nothing is asked, since its text is being written. */
bool prose_check(const struct invocation *call, const struct project *project,
                 const struct plan *plan, struct err *err) MUST_USE;

#endif
