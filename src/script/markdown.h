/* SPDX-License-Identifier: EUPL-1.2 */
/* script/markdown.h - prose: Markdown to blocks, with {name} in it filled.
 *
 * CommonMark's paragraphs, headings, bulleted lists, quotes (boxed notes),
 * emphasis, strong and links; nothing else. {name} stands for a value: a
 * cell, a node or a text of the table of values. Text gets the house
 * typography, and French ordinals their superscripts. References [@kind:id] and
 * notes [^name] are those of markdown_mark.h. */
#ifndef SCRIPT_MARKDOWN_H
#define SCRIPT_MARKDOWN_H

#include "script/page.h"

struct markdown {
    const char *name; /* for messages: a file, or "text" */
    const char *text;
    int values; /* stack index of the table of values, 0 none */
};

/* Pushes a list of blocks. */
void markdown_push(lua_State *L, const struct markdown *markdown);
/* The first paragraph alone. */
struct runs markdown_runs(lua_State *L, const struct markdown *markdown);

#endif
