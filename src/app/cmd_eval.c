/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/stats.h"
#include "script/script.h"

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
    bool ok = script_eval(call->words[0], data, count, stats_groups, &out, err);
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
