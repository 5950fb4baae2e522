/* SPDX-License-Identifier: EUPL-1.2 */
/* script/markdown_mark.h - references and notes in prose.
 *
 * [@fig:id], [@tab:id], [@sec:id], [@ref:key] and [@idx:term] become runs that
 * structure_resolve replaces; [^name] calls the note that a paragraph
 * beginning with [^name]: gives in the same text. */
#ifndef SCRIPT_MARKDOWN_MARK_H
#define SCRIPT_MARKDOWN_MARK_H

#include "script/markdown.h"

/* Bytes of the mark that begins here, 0 for none. */
size_t mark_size(const char *at);
/* The first mark of a text and its bytes, NULL none. */
const char *mark_find(const char *text, size_t *size);
/* Makes the run of a mark; `style` is that of the text around it. */
struct run mark_run(lua_State *L, const struct markdown *markdown,
                    const struct markdown_tree *tree, const char *mark,
                    size_t size);
/* Raises for a text that calls a note: `what` is no running text. */
void mark_check_plain(lua_State *L, const char *text, const char *what);
/* A plain text, with its references as runs; house typography. The same check.
 */
struct runs mark_runs(lua_State *L, const char *text, const char *what);
/* House typography that leaves the references in a text alone. */
const char *mark_typeset(struct page *page, const char *text);
/* "FILE:LINE" of a piece of the text. */
const char *mark_where(lua_State *L, const struct markdown *markdown,
                       const char *piece);

#endif
