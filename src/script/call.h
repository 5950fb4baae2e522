/* SPDX-License-Identifier: EUPL-1.2 */
/* script/call.h - one call of a statistics function: arguments and results.
 *
 * A function declares the names of its arguments, in order, those that can be
 * left out in brackets: "counts, person_years, per, [confidence]". A script
 * calls it by position, or with one table of names:
 *
 *   stats.crude_rate(12, 50000, 1e5)
 *   stats.crude_rate{count = 12, person_years = 50000, per = 1e5,
 *                    confidence = 0.9}
 *
 * Readers raise a script error that names the argument and what was expected;
 * a function owns nothing but the call's arena. Numbers are finite. */
#ifndef SCRIPT_CALL_H
#define SCRIPT_CALL_H

#include "base/arena.h"
#include "base/err.h"

struct script_call;

typedef void script_stat(struct script_call *call);
struct script_function {
    const char *name;      /* stats.NAME */
    const char *arguments; /* as above; docs/lua.md has the same */
    script_stat *run;
};
struct script_group {
    const struct script_function *functions;
    size_t count;
};

/* Memory of this call. */
struct arena *call_arena(struct script_call *call);
/* Processes that it may use; no result depends on it. */
int call_jobs(const struct script_call *call);

/* Whether an argument was given; its number, or `fallback` without it. */
bool call_given(struct script_call *call, const char *name);
double call_number(struct script_call *call, const char *name);
double call_number_or(struct script_call *call, const char *name,
                      double fallback);
/* A list; one number is a list of one. */
const double *call_list(struct script_call *call, const char *name,
                        size_t *count);
/* A list of exactly `count` numbers. */
const double *call_list_of(struct script_call *call, const char *name,
                           size_t count);
/* A list of lists (a matrix by rows, neighbours of areas). */
struct call_lists {
    const double **lists; /* [count] */
    size_t *sizes;        /* [count] */
    size_t count;
};
struct call_lists call_list_of_lists(struct script_call *call,
                                     const char *name);
/* The place of a text among `choices` (NULL ended); 0 when left out. */
size_t call_choice(struct script_call *call, const char *name,
                   const char *const *choices);

/* The call cannot be answered: "stats.NAME: message". */
_Noreturn void call_fail(struct script_call *call, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* It failed for another reason than its arguments, whose class is kept. */
_Noreturn void call_raise(struct script_call *call, const struct err *failure);

/* Results; a number that is not finite raises an error instead. Either a few
 * numbers, as `local value, lower, upper = ...`, */
void call_return(struct script_call *call, double value);
/* or fields of one table, which is then the only result. */
void call_give(struct script_call *call, const char *field, double value);
void call_give_text(struct script_call *call, const char *field,
                    const char *text);
void call_give_bool(struct script_call *call, const char *field, bool value);
void call_give_list(struct script_call *call, const char *field,
                    const double *values, size_t count);
/* Begins the next table of the list `field`; what is given until call_row_end
 * goes into it. */
void call_row(struct script_call *call, const char *field);
void call_row_end(struct script_call *call);

#endif
