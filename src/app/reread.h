/* SPDX-License-Identifier: EUPL-1.2 */
/* app/reread.h - what texts say in one edition, and what they said before.
 *
 * Prose is written on the values of a store. When they move, the sentence
 * around them may be wrong: these are the paragraphs to read again, those
 * whose guarded verb changed first. What they were written on is another
 * edition, or the record that editors keep beside the prose. Only published
 * words are compared; nothing else is in an edition. */
#ifndef APP_REREAD_H
#define APP_REREAD_H

#include "app/build.h"

/* Beside the prose: report,territory,lang,section,file,name,nth,text. */
#define REREAD_RECORD "templates/prose/written.csv"

/* One value in a text of one document. */
struct saying {
    const char *report, *territory, *lang; /* territory "level/code" or "" */
    const char *section, *file, *name;
    int line;
    int nth; /* among those alike, from 1 */
    const char *text;
    const char *rule; /* "" for other values than verbs */
};

/* A document that its script cannot make from an older edition, which has not
 * the tables it asks for: it is to be read whole. */
struct unmade {
    const char *report, *territory, *lang;
    const char *why;
};

struct sayings {
    struct saying *list; /* in the order of the documents */
    size_t count, capacity;
    struct unmade *unmade;
    size_t unmade_count, unmade_capacity;
};

/* What the texts of the reports named on the command line say (all when there
 * is none), without drawing any figure. Documents that cannot be made are
 * listed in `out` when the edition is an `older` one, else they are an error.
 * ERR_USAGE: no such report. */
bool reread_edition(const struct invocation *call,
                    const struct project *project, const char *edition,
                    bool older, struct sayings *out, struct err *err) MUST_USE;
bool reread_record(const struct invocation *call, const struct project *project,
                   struct sayings *out, struct err *err) MUST_USE;
bool reread_write(struct arena *run, const struct project *project,
                  const struct sayings *sayings, struct err *err) MUST_USE;
/* Prints a line for each value that changed, verbs first, alike ones of
 * several documents together; *paragraphs of them. */
void reread_print(struct arena *run, const struct sayings *before,
                  const struct sayings *now, size_t *paragraphs);
/* Prints each guarded verb with its place and its rule. */
void reread_print_verbs(struct arena *run, const struct sayings *now);

#endif
