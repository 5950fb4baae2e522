/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "app/command.h"
#include "app/staged.h"
#include "base/num.h"
#include "geo/geo.h"

static const char *given(const struct invocation *call, const char *name,
                         const char *fallback)
{
    const char *value = option(call, name);
    return value == NULL ? fallback : value;
}

static bool import(const struct invocation *call, struct err *err)
{
    const char *level = option(call, "level");
    double tolerance_m = 0.0;
    if (level == NULL || option(call, "output") == NULL)
        return err_fail(err, ERR_USAGE, "usage.geo",
                        "geo import needs --level L and -o FILE");
    if (!num_parse_double(given(call, "tolerance", "0"), &tolerance_m) ||
        tolerance_m < 0.0)
        return err_fail(err, ERR_USAGE, "usage.tolerance",
                        "--tolerance '%s': expected metres",
                        option(call, "tolerance"));
    struct geo_import job = {
        .input = call->words[1],
        .level = level,
        .code_field = given(call, "code", "code"),
        .codes = given(call, "codes", ""),
        .parent_field = given(call, "parent", ""),
        .parents = given(call, "parents", ""),
        .layout = geo_layout_path(call->run, call->project,
                                  given(call, "layout", "")),
        .dissolve = given(call, "dissolve", ""),
        .tolerance_m = tolerance_m,
        .vintage = given(call, "vintage", ""),
        .licence = given(call, "licence", ""),
    };
    struct staged staged = staged_new(call->run);
    struct text report = text_new(call->run);
    if (staged_add(&staged, "-o", option(call, "output"), &job.output, err) &&
        staged_check_input(&staged, job.input, err) &&
        geo_import(&job, &report, err) && staged_commit(&staged, err)) {
        fputs(report.at, stdout);
        return true;
    }
    staged_drop(&staged);
    return false;
}

static bool run_geo(const struct invocation *call, struct err *err)
{
    if (text_same(call->words[0], "import"))
        return import(call, err);
    if (!text_same(call->words[0], "info"))
        return err_fail(err, ERR_USAGE, "usage.geo",
                        "geo '%s': expected import or info", call->words[0]);
    struct text report = text_new(call->run);
    if (!geo_info(call->words[1], &report, err))
        return false;
    fputs(report.at, stdout);
    return true;
}

const struct command command_geo = {
    .name = "geo",
    .summary = "boundaries -> the project's own format",
    .usage = "geo import FILE.geojson --level L [--code FIELD] [--codes "
             "F.csv] [--layout F]\n       [--dissolve LEVEL] [--tolerance M] "
             "[--vintage T] [--licence T] -o geo/L.geo\n       geo info "
             "FILE.geo",
    .details = "Projects, finds shared borders, simplifies and writes one "
               "compact file per level.\nUnmatched features and codes without "
               "area are listed, never dropped silently.",
    .example = "panorama geo import communes.geojson --level commune --code "
               "com -o geo/commune.geo",
    .options = "level= code= codes= parent= parents= layout= dissolve= "
               "tolerance= vintage= "
               "licence= output=",
    .min_words = 2,
    .max_words = 2,
    .run = run_geo,
};
