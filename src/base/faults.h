/* SPDX-License-Identifier: EUPL-1.2 */
/* base/faults.h - what is wrong with an input, reported together.
 *
 * A reader notes what it finds and goes on, so that one run shows a person all
 * there is to mend, up to a limit; then faults_check makes them one failure. */
#ifndef BASE_FAULTS_H
#define BASE_FAULTS_H

#include "base/err.h"
#include "base/text.h"

#define FAULTS_LIMIT 20 /* further ones are counted, not told */

struct faults {
    struct text lines; /* each begins with a line feed and two spaces */
    size_t count;
};

struct faults faults_new(struct arena *arena);
/* Notes one fault and returns false, so that `return faults_add(...)` reads
 * well. */
bool faults_add(struct faults *faults, const char *format, ...)
    PRINTF_LIKE(2, 3);
/* Notes a failed operation when the input is to blame: then clears it and
 * returns true. False leaves any other failure as it is. */
bool faults_take(struct faults *faults, struct err *failure);
/* True when reading on would tell nothing more. */
bool faults_full(const struct faults *faults);
/* True when there is no fault; else ERR_INPUT with `id`: "LEAD:" and a line
 * for each. */
bool faults_check(const struct faults *faults, const char *id, const char *lead,
                  struct err *err) MUST_USE;

#endif
