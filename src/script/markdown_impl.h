/* SPDX-License-Identifier: EUPL-1.2 */
/* script/markdown_impl.h - what the parts of the reader share. */
#ifndef SCRIPT_MARKDOWN_IMPL_H
#define SCRIPT_MARKDOWN_IMPL_H

#include "script/markdown_read.h"

void markdown_refuse(struct arena *arena, struct markdown_faults *faults,
                     int line, const char *format, ...) PRINTF_LIKE(4, 5);
/* By line; the same of a line once. */
void markdown_order(struct markdown_faults *faults);

/* The text without its notes, whose lines keep their numbers. Refuses one that
 * is given twice. */
const char *markdown_take_notes(struct arena *arena,
                                const struct markdown_source *source,
                                struct markdown_tree *tree,
                                struct markdown_faults *faults);
/* Refuses a call without note, a note without call, a call in a note, and the
 * {call} of a value that is not of one look. */
void markdown_check_calls(struct arena *arena,
                          const struct markdown_source *source,
                          const struct markdown_tree *tree,
                          struct markdown_faults *faults);

#endif
