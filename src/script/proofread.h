/* SPDX-License-Identifier: EUPL-1.2 */
/* script/proofread.h - what is wrong with the editors' text, before any value.
 *
 * Reads the prose of a project as it is written: the Markdown files of
 * templates/prose/LANG and the sentences in the strings of its definitions. A
 * number in figures is an error: numbers come from cells, through {names}. So
 * is prose that another language has not got. What French and English
 * typography would mend is a warning, unless the program puts it right itself
 * (apostrophes, no-break spaces before ; : ! ?).
 *
 * Years, dates, codes ("CIM-10", "C34") and legal references are no numbers in
 * this sense. What else is constant by nature is told by the project in
 * templates/prose/lexicon.csv (lang, kind, text, reason), or where it stands:
 * {=95} prints 95.
 *
 * What pages would refuse of a Markdown file, or of the whole text of a text()
 * or note(), is told with all its lines; a build stops at the first. */
#ifndef SCRIPT_PROOFREAD_H
#define SCRIPT_PROOFREAD_H

#include "base/err.h"
#include "model/project.h"

struct remark {
    const char *file; /* below the project's directory */
    int line;
    bool error;          /* else a warning */
    const char *code;    /* stable: "number", "translation", "quotes" ... */
    const char *message; /* what stands there, and what should */
};

/* A link to an id in a Markdown file: [words](#id), or [@fig:x] for fig-x. */
struct prose_link {
    const char *file;
    int line;
    enum lang lang;
    const char *words; /* as it is written: "#id", "@fig:x" */
    const char *id;
};

struct proofreading {
    struct arena *arena;
    struct remark *remarks; /* by file and line */
    size_t count, capacity;
    size_t errors;
    struct prose_link *links;
    size_t link_count, link_capacity;
};

/* Reads the prose of every language and the definitions `paths` of a project,
 * with the files of lua-scripts/lib. ERR_INPUT: a bad lexicon. */
bool proofread_project(struct arena *arena, const struct project *project,
                       const char *const *paths, size_t path_count,
                       struct proofreading *out, struct err *err) MUST_USE;

/* One remark more, and all in order again. */
void proofread_remark(struct proofreading *out, const struct remark *remark);
void proofread_order(struct proofreading *out);

#endif
