/* SPDX-License-Identifier: EUPL-1.2 */
/* script/markdown_read.h - Markdown to pieces, before any value is filled in.
 *
 * What a text may hold is decided here and nowhere else: pages are made of
 * these pieces, and the proofreader reads every file in the same way, so both
 * refuse the same with the same line and the same words. No Lua.
 *
 * Notes, [^name] with a paragraph "[^name]: ..." below, are taken out before
 * the parser reads: each is one paragraph, is called at least once, and calls
 * no other one. Line breaks are spaces, or runs of RUN_BREAK where two spaces
 * or a backslash end the line. */
#ifndef SCRIPT_MARKDOWN_READ_H
#define SCRIPT_MARKDOWN_READ_H

#include "page/document.h"

struct markdown_source {
    const char *file; /* for places; NULL: a text of a script's own */
    const char *text;
    int above; /* lines of the file before the text */
};

/* What is refused. */
struct markdown_fault {
    int line; /* of the file */
    const char *message;
};

/* All that is refused of a text, by line, the same of a line once; of what has
 * more than a thousand, no more. */
struct markdown_faults {
    struct markdown_fault *fault;
    size_t count, capacity;
};

struct markdown_line { /* a list of runs being written */
    struct run *run;
    size_t count, capacity;
};

struct markdown_item {
    struct markdown_line text;
    int depth; /* lists that its own is in */
};

/* A paragraph, heading, list or note (a quote). */
struct markdown_piece {
    enum block_kind kind;
    int level; /* of a heading */
    struct markdown_line text;
    struct markdown_item *items;
    size_t item_count, item_capacity;
};

struct markdown_note {
    const char *name;
    struct markdown_source source;
    struct markdown_line text;
    bool called;
    const struct note *note; /* of who fills it, once it is called */
};

struct markdown_tree {
    struct markdown_piece *pieces;
    size_t count, capacity;
    struct markdown_note *notes;
    size_t note_count, note_capacity;
};

/* Makes the bytes of a file, which a zero follows, the text of it: without what
 * editors of other systems add. Refuses lines that are no text. */
bool markdown_take_file(struct arena *arena, char *bytes, size_t size,
                        struct markdown_faults *faults) MUST_USE;

/* Reads to the end, whatever is refused on the way: of a text with faults the
 * tree is good for nothing. */
bool markdown_read(struct arena *arena, const struct markdown_source *source,
                   struct markdown_tree *out,
                   struct markdown_faults *faults) MUST_USE;

/* Bytes of the call "[^name]" that begins here, 0 for none. */
size_t markdown_call_size(const char *at);
/* The note that the call `mark` leads to, or NULL and what to say of it. */
struct markdown_note *markdown_called(struct arena *arena,
                                      const struct markdown_tree *tree,
                                      const char *mark, const char **unknown);

#endif
