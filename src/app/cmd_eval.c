/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/stats.h"
#include "geo/geo.h"
#include "script/script.h"

/* The boundaries of a level, as a list of neighbours. */
static bool take_neighbours(const struct invocation *call, const char *level,
                            struct script_data *out, struct err *err)
{
    const struct geo_level *geo = NULL;
    struct geo_neighbours *neighbours =
        arena_alloc(call->run, sizeof *neighbours);
    const char *directory = geo_directory(call->run, call->project, level);
    if (!geo_read(call->run, directory, level, &geo, err))
        return false;
    if (geo == NULL)
        return err_fail(err, ERR_INPUT, "geo.level",
                        "no boundaries for level '%s': expected %s/%s.geo",
                        level, directory, level);
    geo_neighbours_find(call->run, geo, neighbours);
    out->neighbours = neighbours;
    return true;
}

/* The global NAME of an option --data NAME=FILE or --neighbours NAME=LEVEL. */
static bool take_global(const struct invocation *call,
                        const struct option_value *given,
                        struct script_data *out, struct err *err)
{
    bool file = text_same(given->name, "data");
    const char *value = given->value;
    size_t stem = strcspn(value, "=");
    if (stem == 0 || value[stem] == '\0' || value[stem + 1] == '\0')
        return err_fail(err, ERR_USAGE,
                        file ? "usage.data" : "usage.neighbours",
                        "--%s '%s': expected NAME=%s", given->name, value,
                        file ? "FILE.csv" : "LEVEL");
    *out = (struct script_data){.name = arena_slice(call->run, value, stem)};
    if (!file)
        return take_neighbours(call, value + stem + 1, out, err);
    out->path = value + stem + 1;
    return true;
}

/* In the order given. */
static bool take_data(const struct invocation *call, struct script_data **data,
                      size_t *count, struct err *err)
{
    *data = arena_array(call->run, call->option_count, sizeof **data);
    *count = 0;
    for (size_t i = 0; i < call->option_count; i++) {
        const struct option_value *given = &call->options[i];
        if (!text_same(given->name, "data") &&
            !text_same(given->name, "neighbours"))
            continue;
        if (!take_global(call, given, &(*data)[*count], err))
            return false;
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
    bool ok = script_eval(call->words[0], data, count, stats_groups, call->jobs,
                          &out, err);
    fputs(out.at, stdout);
    return ok;
}

const struct command command_eval = {
    .name = "eval",
    .summary = "a script in the sandbox with the statistics functions",
    .usage = "eval FILE.lua [--data NAME=FILE.csv ...] "
             "[--neighbours NAME=LEVEL ...]",
    .details = "Runs a script with the table `stats` and, for each --data, "
               "the rows of a CSV\nfile as a global list of tables; for each "
               "--neighbours, which areas of a level\ntouch, from its "
               "boundaries. For checks and teaching: see docs/lua.md.",
    .example = "panorama eval check.lua --data rows=rates.csv",
    .options = "data=+ neighbours=+",
    .min_words = 1,
    .max_words = 1,
    .run = run_eval,
};
