/* SPDX-License-Identifier: EUPL-1.2 */
/* app/staged.h - several files that appear together or not at all.
 *
 * Each is written under a name of its own beside its place, `.NAME.tmp-PID`,
 * and renamed when all of them are there. Whoever writes them may die at any
 * moment: what is left is removed by staged_drop, in the process that chose the
 * names. When that one is killed as well, the next process that adds a file in
 * the same directory sweeps. */
#ifndef APP_STAGED_H
#define APP_STAGED_H

#include "base/err.h"
#include "base/text.h"

enum {
    STAGED_FILES = 8,
};

struct staged {
    struct arena *arena;
    struct {
        const char *option; /* for messages */
        const char *place;
        const char *written;
        const char *old; /* what stood at the place, until all are there */
    } files[STAGED_FILES];
    size_t count;
};

struct staged staged_new(struct arena *arena);
/* The name under which to write the file of an option; "" when place is NULL.
 * Sweeps its directory of what processes left that are gone.
 * ERR_IO when its directory is missing or cannot be written to, or something
 * other than a file is there, a link too; ERR_USAGE when the place is taken,
 * however its directory is written. */
bool staged_add(struct staged *staged, const char *option, const char *place,
                const char **written, struct err *err) MUST_USE;
/* ERR_USAGE when a place is the file that `input` names. */
bool staged_check_input(const struct staged *staged, const char *input,
                        struct err *err) MUST_USE;
/* Renames all, the first added last. What fails is ERR_IO: the rest is then
 * dropped, and what was renamed already gives way to what stood there. */
bool staged_commit(struct staged *staged, struct err *err) MUST_USE;
/* Removes what was written and not renamed. */
void staged_drop(const struct staged *staged);

#endif
