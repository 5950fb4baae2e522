/* SPDX-License-Identifier: EUPL-1.2 */
/* app/prose.h - the editors' text of a project, proofread before it is used. */
#ifndef APP_PROSE_H
#define APP_PROSE_H

#include "app/command.h"
#include "script/proofread.h"
#include "script/script.h"

/* All remarks on it. */
bool prose_read(const struct invocation *call, const struct project *project,
                const struct plan *plan, struct proofreading *out,
                struct err *err) MUST_USE;
/* Tells every remark, a line each on standard output, by file and line. */
void prose_print(struct proofreading *prose);
/* ERR_SCRIPT for the first error: a number in figures, prose that a language
 * lacks. */
bool prose_no_error(const struct proofreading *prose, struct err *err) MUST_USE;

/* Reads it without a line of output: what readers are given has no such error.
 * Of a state that may be replaced nothing is asked, since its text is being
 * written. */
bool prose_check(const struct invocation *call, const struct project *project,
                 const struct plan *plan, struct err *err) MUST_USE;

#endif
