/* SPDX-License-Identifier: EUPL-1.2 */
/* base/err.h - why an operation failed: a class, a stable code, a sentence.
 *
 * An operation that can fail returns bool and takes `struct err *err` last.
 * The first cause wins: err_fail on an err that already holds a failure
 * asserts. Callers on the way up add context with err_wrap, so a message
 * reads "release 'x': table 'y': no column 'z'". The classes are the exit
 * statuses of the program. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/base.h"

enum err_code {
    ERR_NONE = 0,
    ERR_USAGE = 1,      /* command line */
    ERR_INPUT = 2,      /* store or input file */
    ERR_SCRIPT = 3,     /* definition or script */
    ERR_DISCLOSURE = 4, /* exposed cell, or any doubt */
    ERR_DISAGREE = 5,   /* outputs disagree with each other */
    ERR_IO = 6,         /* reading or writing the system */
    ERR_MEMORY = 70,    /* out of memory */
};

struct err {
    enum err_code code;
    char id[40];     /* stable code, e.g. "store.column"; lower case, dots */
    char text[1400]; /* the sentence, context first; cut, never overrun */
};

/* Records the cause and returns false, so that `return err_fail(...)` reads
 * well. `id` is a stable machine-readable name of this very failure. */
bool err_fail(struct err *err, enum err_code code, const char *id,
              const char *format, ...) PRINTF_LIKE(4, 5);

/* Puts "context: " before the sentence and returns false. Asserts that a
 * failure was recorded. */
bool err_wrap(struct err *err, const char *format, ...) PRINTF_LIKE(2, 3);

/* Adds what may have been meant in the place of `wanted`, which a failure was
 * recorded about, and returns false: "; the nearest is 'cases'", or, where none
 * is near and few are known, "; known are: cases, deaths". */
bool err_near(struct err *err, const char *wanted, const char *const *names,
              size_t count);

/* Reports "out of memory" on stderr and ends the process with status 70.
 * Safe anywhere, because nothing is published before the final rename. */
_Noreturn void err_out_of_memory(void);

#endif
