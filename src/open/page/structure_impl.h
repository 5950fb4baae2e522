/* SPDX-License-Identifier: EUPL-1.2 */
/* page/structure_impl.h - what the parts of the structure share.
 *
 * structure.c walks the blocks; structure_number.c numbers them;
 * structure_reference.c replaces references and notes, structure_caption.c
 * those of captions; structure_word.c finds
 * abbreviations and terms; structure_list.c fills the blocks at the end. */
#ifndef PAGE_STRUCTURE_IMPL_H
#define PAGE_STRUCTURE_IMPL_H

#include "page/structure.h"

enum target_kind {
    TARGET_FIGURE,
    TARGET_TABLE,
    TARGET_SECTION,
};

struct target { /* what references lead to */
    enum target_kind kind;
    const char *id;
    const struct block *block;
};

struct term { /* a way to write a term of the glossary */
    const char *text;
    const char *name; /* of the term, as the index has it */
    const char *anchor;
    size_t chapter; /* where the index had it last */
    int first;      /* the way it shares its anchor with */
    bool linked;
};

struct mention { /* a place of the index */
    const char *term;
    struct index_place place;
};

struct known_note {
    const struct note *from;
    const struct note *to;
};

struct run_list {
    struct run *run;
    size_t count, capacity;
};

struct structure {
    struct arena *arena;
    const struct lexicon *lexicon;
    struct document *document;
    enum lang lang;
    struct err *err;
    bool failed;

    struct block *blocks;
    size_t block_count;
    bool numbered; /* figures and tables are */
    bool indexed;  /* there is an index */
    bool sourced;  /* there is a bibliography */
    struct target *targets;
    size_t target_count, target_capacity;

    size_t chapter;          /* headings of level 1 so far */
    const char *heading;     /* the last one, as the index calls it */
    const char *carry;       /* anchor for the next run, NULL none */
    const char *last_anchor; /* that a run was given */
    size_t anchor_count;     /* made for the index */
    struct known_note *notes;
    size_t note_count, note_capacity;
    int *citation; /* [publication] its number, 0 not cited */
    int citation_count;
    bool *used; /* [abbreviation] in prose */
    bool *seen; /* [abbreviation] elsewhere, where nothing is told in full */
    struct term *terms;
    size_t term_count, term_capacity;
    struct mention *mentions;
    size_t mention_count, mention_capacity;
};

/* Where a text stands, for what is looked for in it. */
enum text_zone {
    ZONE_PROSE,   /* paragraphs, lists and notes */
    ZONE_TERMS,   /* the glossary: no links to itself */
    ZONE_TITLE,   /* references only */
    ZONE_CAPTION, /* references only */
};

/* --- structure.c --- */
void structure_put(struct structure *structure, struct run_list *list,
                   const struct run *run);
/* Replaces what a text refers to. */
void structure_text(struct structure *structure, struct runs *runs,
                    enum text_zone zone);
const char *structure_new_anchor(struct structure *structure);

/* --- structure_number.c --- */
void structure_number(struct structure *structure);

/* --- structure_reference.c --- */
void structure_find_targets(struct structure *structure);
void structure_reference(struct structure *structure, struct run_list *list,
                         const struct run *run, enum text_zone zone);
/* Does a link "#id" lead to a heading, figure or table? Else it fails. */
bool structure_leads(struct structure *structure, const struct run *run);
/* Fails: "FILE:LINE: [@kind:id]: WHY"; false. */
bool structure_refuse(struct structure *structure, const struct run *run,
                      const char *why);
void structure_note(struct structure *structure, struct run_list *list,
                    const struct run *run);

/* --- structure_caption.c --- */
/* Replaces what the captions of a block and its parts refer to. */
void structure_caption(struct structure *structure, struct block *block);

/* --- structure_word.c --- */
void structure_find_terms(struct structure *structure);
/* Looks for abbreviations in what is no prose: captions, headings of tables. */
void structure_see(struct structure *structure, const struct block *block);
void structure_words(struct structure *structure, struct run_list *list,
                     const struct run *run, enum text_zone zone);

/* --- structure_list.c --- */
void structure_mention(struct structure *structure, const char *term,
                       const char *from, const char *past);
/* How the index calls a term of the glossary or a site. */
const char *structure_index_name(const struct structure *structure,
                                 const char *name);
/* Sites and territories whose names are headings: the pages up to the next
 * one. */
void structure_mention_headings(struct structure *structure);
void structure_fill_lists(struct structure *structure);

#endif
