/* SPDX-License-Identifier: EUPL-1.2 */
/* script/markdown_impl.h - what the parts of the reader share. */
#ifndef SCRIPT_MARKDOWN_IMPL_H
#define SCRIPT_MARKDOWN_IMPL_H

#include "script/markdown_read.h"

/* False. */
bool markdown_refuse(struct arena *arena, struct markdown_fault *fault,
                     int line, const char *format, ...) PRINTF_LIKE(4, 5);

/* The text without its notes, whose lines keep their numbers. Refuses one that
 * is given twice. */
bool markdown_take_notes(struct arena *arena,
                         const struct markdown_source *source,
                         const char **body, struct markdown_tree *tree,
                         struct markdown_fault *fault) MUST_USE;
/* Refuses a call without note, a note without call, a call in a note, and the
 * {call} of a value that is not of one look. */
bool markdown_check_calls(struct arena *arena,
                          const struct markdown_source *source,
                          const struct markdown_tree *tree,
                          struct markdown_fault *fault) MUST_USE;

#endif
