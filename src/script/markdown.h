/* SPDX-License-Identifier: EUPL-1.2 */
/* script/markdown.h - prose: Markdown to blocks, with {name} in it filled.
 *
 * CommonMark's paragraphs, headings, bulleted lists (up to six inside each
 * other), quotes (boxed notes), emphasis, strong and links; anything else is
 * refused with its line. {name} stands for a value: a
 * cell, a node, a guarded verb or a text of the table of values; the document
 * remembers which it was. Text gets the house typography, and French ordinals
 * their superscripts. References [@kind:id] and notes [^name] are those of
 * markdown_mark.h. */
#ifndef SCRIPT_MARKDOWN_H
#define SCRIPT_MARKDOWN_H

#include "script/markdown_read.h"
#include "script/page.h"

struct markdown {
    const char *name; /* for messages: a file, or "text" */
    const char *text;
    int values;     /* stack index of the table of values, 0 none */
    bool is_file;   /* else the text is a script's own */
    int above;      /* lines of the file before the text */
    const char *at; /* what was filled so far, NULL at first */
};

/* Pushes a list of blocks. */
void markdown_push(lua_State *L, struct markdown *markdown);
/* The first paragraph alone. */
struct runs markdown_runs(lua_State *L, struct markdown *markdown);
/* A line of the tree that was read, its values filled in and its notes called.
 */
struct runs markdown_fill(lua_State *L, struct markdown *markdown,
                          const struct markdown_tree *tree,
                          const struct markdown_line *line);

#endif
