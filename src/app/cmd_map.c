/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/build.h"
#include "app/figure.h"
#include "map/map.h"

static bool read_map_values(const struct invocation *call, const char *path,
                            struct map_value **values, size_t *count,
                            struct err *err)
{
    struct csv *csv = NULL;
    size_t capacity = 0;
    bool more = true;
    *values = NULL;
    *count = 0;
    if (!csv_open(call->run, path, &csv, err))
        return false;
    bool ok = csv_find(csv, "code") >= 0 && csv_find(csv, "value") >= 0;
    if (!ok)
        err_fail(err, ERR_INPUT, "values.columns",
                 "%s: expected the columns code and value", path);
    while (ok && (ok = csv_next(csv, &more, err)) && more) {
        bool has_value = false;
        struct map_value value = {0};
        value.code = arena_text(call->run,
                                csv_field(csv, (size_t)csv_find(csv, "code")));
        value.label = value.code;
        ok = figure_number(csv, "value", &has_value, &value.value, err) &&
             figure_status(csv, has_value, &value.availability, err);
        *values =
            arena_grow(call->run, *values, *count, &capacity, sizeof **values);
        (*values)[(*count)++] = value;
    }
    csv_close(csv);
    return ok;
}

static bool run_map(const struct invocation *call, struct err *err)
{
    const char *level = option(call, "level");
    const char *values = option(call, "values");
    const char *output = option(call, "output");
    struct map_job job = {0};
    struct map_value *rows = NULL;
    struct fonts *fonts = NULL;
    struct scene *scene = NULL;
    if (level == NULL || values == NULL || output == NULL)
        return err_fail(err, ERR_USAGE, "usage.map",
                        "map needs --level L, --values FILE.csv and -o FILE");
    const char *directory = geo_directory(call->run, call->project, level);
    if (!figure_lang(call, &job.lang, err) ||
        !geo_read(call->run, directory, level, &job.geo, err))
        return false;
    if (job.geo == NULL)
        return err_fail(err, ERR_INPUT, "geo.level",
                        "no boundaries for level '%s': expected %s/%s.geo",
                        level, directory, level);
    if (!read_map_values(call, values, &rows, &job.value_count, err) ||
        !fonts_open(call->run, NULL, &fonts, err))
        return false;
    job.values = rows;
    job.title = figure_option(call, "title", "");
    job.unit = figure_option(call, "unit", "");
    job.source = figure_option(call, "source", "");
    job.mark_label = "";
    job.decimals = 1;
    job.class_count = 5;
    job.palette = figure_option(call, "palette", "blues");
    job.focus = "";
    bool ok = map_draw(call->run, fonts, &job, &scene, err) &&
              figure_write(call, scene, fonts, output, err);
    fonts_close(fonts);
    return ok;
}

const struct command command_map = {
    .name = "map",
    .summary = "one choropleth from a CSV",
    .usage = "map --level L --values F.csv -o FILE.{svg,png,pdf} [--title T] "
             "[--unit U]\n       [--source S] [--palette P] [--lang L]",
    .details = "The CSV has the columns code,value and optionally status "
               "(v c u z x h),\nlower, upper. Without boundaries for the "
               "level it fails by name.",
    .example = "panorama map --level departement --values rates.csv -o "
               "map.svg",
    .options = "level= values= output= title= unit= source= palette= lang=",
    .run = run_map,
};
