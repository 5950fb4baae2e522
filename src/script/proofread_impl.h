/* SPDX-License-Identifier: EUPL-1.2 */
/* script/proofread_impl.h - what the readers and the rules share. */
#ifndef SCRIPT_PROOFREAD_IMPL_H
#define SCRIPT_PROOFREAD_IMPL_H

#include "model/locale.h"
#include "script/markdown_read.h"
#include "script/proofread.h"

enum {
    LANG_UNKNOWN = LANG_COUNT, /* of a string that does not say */
};

enum passage_kind {
    PASSAGE_PARAGRAPH, /* also an item, a note */
    PASSAGE_HEADING,
    PASSAGE_STRING, /* of a script */
    PASSAGE_PIECE,  /* of a script, joined to others: quotes may not close */
};

/* A run of text that is one for its reader. */
struct passage {
    const char *file;
    int line; /* where it begins */
    int lang; /* enum lang or LANG_UNKNOWN */
    enum passage_kind kind;
    const char *text; /* as written, line breaks too */
    /* The same with every kind of space and break as one ' '; what the readers
     * do not see ({names}, addresses of links) as '{' and '}' alone. */
    const char *flat;
    const int *lines; /* [size of flat] */
};

/* A line of the lexicon. */
struct lexeme {
    int lang; /* LANG_UNKNOWN: every language */
    const char *text;
};

struct proofreader {
    struct proofreading *out;
    struct arena *arena;
    const struct lexeme *constants; /* phrases whose digits are constant */
    size_t constant_count;
    const struct lexeme *abbreviations;
    size_t abbreviation_count;
    struct passage *passages;
    size_t count, capacity;
};

/* --- reading: adds passages */
void proofread_add(struct proofreader *reader, const struct passage *passage);
void proofread_markdown(struct proofreader *reader, const char *file,
                        enum lang lang, const char *text);
/* Remarks on what pages would refuse of a Markdown text, in its words; of a
 * text that stands in one line of its file, in this line. */
bool proofread_construct(struct proofreader *reader,
                         const struct markdown_source *source, bool one_line,
                         struct markdown_tree *tree) MUST_USE;
/* Keeps the links of a file to ids. */
void proofread_links(struct proofreader *reader, enum lang lang,
                     const struct markdown_source *source,
                     const struct markdown_tree *tree);
void proofread_lua(struct proofreader *reader, const char *file,
                   const char *text);

/* Adds the abbreviations that documents tell in full by themselves. */
bool proofread_abbreviations(struct proofreader *reader, const char *directory,
                             enum lang lang, struct err *err) MUST_USE;

/* --- rules */
void proofread_numbers(struct proofreader *reader,
                       const struct passage *passage);
void proofread_typography(struct proofreader *reader,
                          const struct passage *passage);
void proofread_words(struct proofreader *reader, const struct passage *passage);

/* A remark about the byte `at` of the flat text. */
void proofread_warn(struct proofreader *reader, const struct passage *passage,
                    size_t at, const char *code, const char *format, ...)
    PRINTF_LIKE(5, 6);
void proofread_error(struct proofreader *reader, const struct passage *passage,
                     size_t at, const char *code, const char *format, ...)
    PRINTF_LIKE(5, 6);

/* True for bytes of words: letters, accented ones too. */
bool proofread_letter(char byte);
bool proofread_digit(char byte);
/* True where `word` stands as a whole word at `at` of `flat`. */
bool proofread_word_at(const char *flat, size_t at, const char *word);
bool proofread_lang(const struct passage *passage, enum lang lang);

#endif
