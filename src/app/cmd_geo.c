/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "app/command.h"
#include "app/figure.h"
#include "app/staged.h"
#include "base/num.h"
#include "geo/geo.h"

static const char *given(const struct invocation *call, const char *name,
                         const char *fallback)
{
    const char *value = option(call, name);
    return value == NULL ? fallback : value;
}

/* --- import -------------------------------------------------------------- */

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
    return geo_layout_near(call->run, call->project, given(call, "layout", ""),
                           err);
}

/* --- export -------------------------------------------------------------- */

struct rows {
    struct arena *run;
    struct geo_value *values;
    size_t count, capacity;
};

static bool take_row(const struct csv *csv, void *into, struct err *err)
{
    struct rows *rows = into;
    struct geo_value value = {0};
    struct figure_interval interval = {0};
    bool has_value = false;
    if (!figure_number(csv, "value", &has_value, &value.value, err) ||
        !figure_interval(csv, has_value, value.value, &interval, err) ||
        !figure_flags(csv, &value.flags, err) ||
        !figure_status(csv, has_value, &value.availability, err))
        return false;
    value.code = arena_text(rows->run, figure_field(csv, "code", ""));
    value.has_interval = interval.given;
    value.lower = interval.lower;
    value.upper = interval.upper;
    rows->values = arena_grow(rows->run, rows->values, rows->count,
                              &rows->capacity, sizeof *rows->values);
    rows->values[rows->count++] = value;
    return true;
}

static bool read_format(const struct invocation *call, bool *topojson,
                        struct err *err)
{
    const char *format = given(call, "format", "geojson");
    *topojson = text_same(format, "topojson");
    return *topojson || text_same(format, "geojson") ||
           err_fail(err, ERR_USAGE, "usage.format",
                    "--format '%s': expected geojson or topojson", format);
}

static bool export(const struct invocation *call, struct err *err)
{
    const char *values = option(call, "values");
    struct rows rows = {.run = call->run};
    struct geo_export job = {.input = call->words[1],
                             .with_values = values != NULL};
    if (option(call, "output") == NULL)
        return err_fail(err, ERR_USAGE, "usage.geo",
                        "geo export needs -o FILE");
    if (!read_format(call, &job.topojson, err) ||
        (values && !figure_rows(call, values, take_row, &rows, NULL, err)))
        return false;
    job.values = rows.values;
    job.value_count = rows.count;
    struct staged staged = staged_new(call->run);
    struct text report = text_new(call->run);
    if (staged_add(&staged, "-o", option(call, "output"), &job.output, err) &&
        staged_check_input(&staged, job.input, err) &&
        (!values || staged_check_input(&staged, values, err)) &&
        geo_export(&job, &report, err) && staged_commit(&staged, err)) {
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
    if (text_same(call->words[0], "export"))
        return export(call, err);
    if (!text_same(call->words[0], "info"))
        return err_fail(err, ERR_USAGE, "usage.geo",
                        "geo '%s': expected import, export or info",
                        call->words[0]);
    struct text report = text_new(call->run);
    if (!geo_info(call->words[1], &report, err))
        return false;
    fputs(report.at, stdout);
    return true;
}

const struct command command_geo = {
    .name = "geo",
    .summary = "boundaries -> the project's own format, and back",
    .usage =
        "geo import FILE.{geojson,topojson} --level L [--code FIELD] "
        "[--codes F.csv]\n       [--parent FIELD] [--parents F.csv] "
        "[--dissolve LEVEL] [--layout NAME|FILE]\n       [--tolerance M] "
        "[--vintage T] [--licence T] -o geo/L.geo\n       geo export FILE.geo "
        "[--format geojson|topojson] [--values F.csv] -o FILE\n       geo "
        "info FILE.geo",
    .details =
        "import projects, finds shared borders, simplifies and writes one "
        "compact file per\nlevel; features of one code become one area. "
        "Unmatched features and codes without\narea are listed, never dropped "
        "silently. A source that no map can be drawn from\n(rings that cross "
        "or do not close, empty geometries, overlaps, slivers, positions\nthat "
        "are not degrees, ...) is refused with file, feature and place, status "
        "2, and\nnothing is written. export gives longitude and latitude, "
        "each area at its true\nplace, with the values of a CSV as of map: "
        "what is not published has a status and\nno number.",
    .example = "panorama geo import communes.geojson --level commune --code "
               "com -o geo/commune.geo",
    .options = "level= code= codes= parent= parents= layout= dissolve= "
               "tolerance= vintage= licence= format= values= output=",
    .min_words = 2,
    .max_words = 2,
    .run = run_geo,
};
