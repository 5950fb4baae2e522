/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "calc/kernel.h"
#include "script/script.h"

/* Bridges from Lua arguments to the kernels: every argument is an array, a
 * number being an array of one. */

static bool give(const struct kernel_interval *interval, double *results,
                 size_t *count)
{
    results[0] = interval->value;
    results[1] = interval->lower;
    results[2] = interval->upper;
    *count = 3;
    return true;
}

static bool standardised_rate(const double *const *arrays, const size_t *sizes,
                              size_t array_count, double *results,
                              size_t *result_count, const char **problem)
{
    struct kernel_interval interval;
    if (array_count != 4 || sizes[0] != sizes[1] || sizes[0] != sizes[2] ||
        sizes[3] != 1) {
        *problem = "expected counts, person_years and weights of one length, "
                   "and per";
        return false;
    }
    double total = 0.0;
    for (size_t i = 0; i < sizes[2]; i++)
        total += arrays[2][i];
    *problem = "a class with weight has no person-years, or a value is not "
               "finite";
    return kernel_standardised_rate(arrays[0], arrays[1], arrays[2], sizes[0],
                                    total, arrays[3][0], 0.95, &interval) &&
           give(&interval, results, result_count);
}

static bool crude_rate(const double *const *arrays, const size_t *sizes,
                       size_t array_count, double *results,
                       size_t *result_count, const char **problem)
{
    struct kernel_interval interval;
    *problem = "expected count >= 0, person_years > 0 and per";
    return array_count == 3 && sizes[0] == 1 && sizes[1] == 1 &&
           sizes[2] == 1 &&
           kernel_crude_rate(arrays[0][0], arrays[1][0], arrays[2][0], 0.95,
                             &interval) &&
           give(&interval, results, result_count);
}

static bool poisson_exact(const double *const *arrays, const size_t *sizes,
                          size_t array_count, double *results,
                          size_t *result_count, const char **problem)
{
    struct kernel_interval interval;
    *problem = "expected one count >= 0";
    return array_count == 1 && sizes[0] == 1 &&
           kernel_poisson_exact(arrays[0][0], 0.95, &interval) &&
           give(&interval, results, result_count);
}

static bool wilson(const double *const *arrays, const size_t *sizes,
                   size_t array_count, double *results, size_t *result_count,
                   const char **problem)
{
    struct kernel_interval interval;
    *problem = "expected successes and trials, 0 <= successes <= trials";
    return array_count == 2 && sizes[0] == 1 && sizes[1] == 1 &&
           kernel_wilson(arrays[0][0], arrays[1][0], 0.95, &interval) &&
           give(&interval, results, result_count);
}

static const struct script_function functions[] = {
    {"standardised_rate",
     "Directly standardised rate with the 95 % gamma interval of Fay and "
     "Feuer (1997)",
     "counts[], person_years[], weights[], per", standardised_rate},
    {"crude_rate", "Crude rate with exact Poisson 95 % limits (Garwood 1936)",
     "count, person_years, per", crude_rate},
    {"poisson_exact", "Exact Poisson 95 % limits of a count (Garwood 1936)",
     "count", poisson_exact},
    {"wilson", "Proportion with the 95 % score interval of Wilson (1927)",
     "successes, trials", wilson},
};

/* "NAME=FILE" options, in the order given. */
static bool take_data(const struct invocation *call, struct script_data **data,
                      size_t *count, struct err *err)
{
    *data = arena_array(call->run, call->option_count, sizeof **data);
    *count = 0;
    for (size_t i = 0; i < call->option_count; i++) {
        const char *value = call->options[i].value;
        if (!text_same(call->options[i].name, "data"))
            continue;
        size_t stem = strcspn(value, "=");
        if (stem == 0 || value[stem] == '\0')
            return err_fail(err, ERR_USAGE, "usage.data",
                            "--data '%s': expected NAME=FILE.csv", value);
        (*data)[*count].name = arena_slice(call->run, value, stem);
        (*data)[*count].path = value + stem + 1;
        (*count)++;
    }
    return true;
}

static bool run_eval(const struct invocation *call, struct err *err)
{
    struct script_data *data = NULL;
    size_t count = 0;
    struct text out = text_new(call->run);
    if (!take_data(call, &data, &count, err))
        return false;
    bool ok = script_eval(call->words[0], data, count, functions,
                          COUNT_OF(functions), &out, err);
    fputs(out.at, stdout);
    return ok;
}

const struct command command_eval = {
    .name = "eval",
    .summary = "a script in the sandbox with the statistics functions",
    .usage = "eval FILE.lua [--data NAME=FILE.csv ...]",
    .details = "Runs a script with the table `stats` and, for each --data, "
               "the rows of a CSV\nfile as a global list of tables. For "
               "checks and teaching: see docs/lua.md.",
    .example = "panorama eval check.lua --data rows=rates.csv",
    .options = "data=",
    .min_words = 1,
    .max_words = 1,
    .run = run_eval,
};
