/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "app/build.h"
#include "base/csv.h"
#include "base/fs.h"
#include "base/num.h"
#include "chart/chart.h"
#include "device/device.h"
#include "device/haru.h"
#include "map/map.h"

/* One page that is the figure. */
static bool write_pdf(const struct invocation *call, const struct scene *scene,
                      const struct fonts *fonts, const char *path,
                      struct err *err)
{
    const char *lang = option(call, "lang");
    struct haru_info info = {
        .title = scene_alt(scene),
        .author = "",
        .subject = scene_description(scene),
        .keywords = "",
        .lang = lang == NULL ? "fr" : lang,
        .date = "1970-01-01",
        .creator = "panorama " PANORAMA_VERSION,
    };
    struct tag figure = {.role = TAG_FIGURE, .alt = scene_alt(scene)};
    struct haru *haru = NULL;
    if (!haru_open(call->run, fonts, &info, &haru, err))
        return false;
    haru_page(haru, scene_width(scene), scene_height(scene));
    int element = haru_element(haru, TAG_ROOT, &figure);
    haru_begin(haru, element);
    haru_scene(haru, element, scene, 0.0, 0.0, 1.0);
    haru_end(haru);
    bool ok = haru_save(haru, path, err);
    haru_close(haru);
    return ok;
}

/* Writes a scene by the ending of the file's name. */
static bool write_scene(const struct invocation *call,
                        const struct scene *scene, const struct fonts *fonts,
                        const char *path, struct err *err)
{
    if (text_ends(path, ".png"))
        return device_png(scene, fonts, 1600, path, err);
    if (text_ends(path, ".pdf"))
        return write_pdf(call, scene, fonts, path, err);
    if (!text_ends(path, ".svg"))
        return err_fail(err, ERR_USAGE, "usage.output",
                        "-o '%s': expected a name ending in .svg, .png or "
                        ".pdf",
                        path);
    struct text svg = text_new(call->run);
    device_svg(scene, fonts, true, "f", &svg);
    return fs_write(path, svg.at, svg.size, err);
}

static const char *given(const struct invocation *call, const char *name,
                         const char *fallback)
{
    const char *value = option(call, name);
    return value == NULL ? fallback : value;
}

static bool parse_lang(const struct invocation *call, enum lang *lang,
                       struct err *err)
{
    if (lang_parse(given(call, "lang", "fr"), lang))
        return true;
    return err_fail(err, ERR_USAGE, "usage.lang",
                    "--lang '%s': expected fr or en", option(call, "lang"));
}

/* A number column that may be absent or empty. */
static bool optional_number(const struct csv *csv, const char *name,
                            bool *present, double *out, struct err *err)
{
    int column = csv_find(csv, name);
    *present = column >= 0 && csv_field(csv, (size_t)column)[0] != '\0';
    if (!*present || num_parse_double(csv_field(csv, (size_t)column), out))
        return true;
    return err_fail(err, ERR_INPUT, "values.number",
                    "%s:%zu: column '%s': '%s' is not a number", csv_path(csv),
                    csv_line(csv), name, csv_field(csv, (size_t)column));
}

/* The `status` column, one letter; without it a value is v, none is x. */
static bool row_status(const struct csv *csv, bool has_value,
                       enum availability *out, struct err *err)
{
    int column = csv_find(csv, "status");
    const char *letter = column < 0 ? "" : csv_field(csv, (size_t)column);
    *out = has_value ? AVAILABLE : NOT_AVAILABLE;
    if (letter[0] != '\0' &&
        (letter[1] != '\0' || !availability_parse(letter[0], out)))
        return err_fail(err, ERR_INPUT, "values.status",
                        "%s:%zu: status '%s': expected v, c, u, z, x or h",
                        csv_path(csv), csv_line(csv), letter);
    if ((*out == AVAILABLE) != has_value)
        return err_fail(err, ERR_INPUT, "values.status",
                        "%s:%zu: a value and status v go together",
                        csv_path(csv), csv_line(csv));
    return true;
}

typedef bool take_row(const struct invocation *call, const struct csv *csv,
                      void *into, struct err *err);

/* Gives every row of a file of values to `take`. */
static bool read_rows(const struct invocation *call, const char *path,
                      take_row *take, void *into, struct err *err)
{
    struct csv *csv = NULL;
    bool more = true;
    if (!csv_open(call->run, path, &csv, err))
        return false;
    bool ok = csv_find(csv, "code") >= 0 && csv_find(csv, "value") >= 0;
    if (!ok)
        err_fail(err, ERR_INPUT, "values.columns",
                 "%s: expected the columns code and value", path);
    while (ok && (ok = csv_next(csv, &more, err)) && more)
        ok = take(call, csv, into, err);
    csv_close(csv);
    return ok;
}

/* --- map -------------------------------------------------------------- */

struct map_reading {
    struct map_value *values;
    size_t count, capacity;
};

static bool take_value(const struct invocation *call, const struct csv *csv,
                       void *into, struct err *err)
{
    struct map_reading *reading = into;
    bool has_value = false;
    struct map_value value = {0};
    value.code =
        arena_text(call->run, csv_field(csv, (size_t)csv_find(csv, "code")));
    value.label = value.code;
    if (!optional_number(csv, "value", &has_value, &value.value, err) ||
        !row_status(csv, has_value, &value.availability, err))
        return false;
    reading->values = arena_grow(call->run, reading->values, reading->count,
                                 &reading->capacity, sizeof *reading->values);
    reading->values[reading->count++] = value;
    return true;
}

static bool run_map(const struct invocation *call, struct err *err)
{
    const char *level = option(call, "level");
    const char *values = option(call, "values");
    const char *output = option(call, "output");
    struct map_job job = {0};
    struct map_reading reading = {0};
    struct fonts *fonts = NULL;
    struct scene *scene = NULL;
    if (level == NULL || values == NULL || output == NULL)
        return err_fail(err, ERR_USAGE, "usage.map",
                        "map needs --level L, --values FILE.csv and -o FILE");
    const char *directory = geo_directory(call->run, call->project, level);
    if (!parse_lang(call, &job.lang, err) ||
        !geo_read(call->run, directory, level, &job.geo, err))
        return false;
    if (job.geo == NULL)
        return err_fail(err, ERR_INPUT, "geo.level",
                        "no boundaries for level '%s': expected %s/%s.geo",
                        level, directory, level);
    if (!read_rows(call, values, take_value, &reading, err) ||
        !fonts_open(call->run, NULL, &fonts, err))
        return false;
    job.values = reading.values;
    job.value_count = reading.count;
    job.title = given(call, "title", "");
    job.unit = given(call, "unit", "");
    job.source = given(call, "source", "");
    job.mark_label = "";
    job.decimals = 1;
    job.class_count = 5;
    job.palette = given(call, "palette", "blues");
    job.focus = "";
    bool ok = map_draw(call->run, fonts, &job, &scene, err) &&
              write_scene(call, scene, fonts, output, err);
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

/* --- chart ------------------------------------------------------------ */

struct chart_reading {
    struct chart_series *series;
    size_t count, capacity;
};

/* The series of a row, by its `series` column; rows of one series may be
 * anywhere. */
static struct chart_series *
find_series(struct arena *run, struct chart_reading *reading, const char *label)
{
    for (size_t s = 0; s < reading->count; s++) {
        if (text_same(reading->series[s].label, label))
            return &reading->series[s];
    }
    reading->series = arena_grow(run, reading->series, reading->count,
                                 &reading->capacity, sizeof *reading->series);
    reading->series[reading->count] =
        (struct chart_series){.label = arena_text(run, label)};
    return &reading->series[reading->count++];
}

static void add_point(struct arena *run, struct chart_series *series,
                      const struct chart_point *point)
{
    struct chart_point *points =
        arena_array(run, series->count + 1, sizeof *points);
    for (size_t i = 0; i < series->count; i++)
        points[i] = series->points[i];
    points[series->count++] = *point;
    series->points = points;
}

static bool take_point(const struct invocation *call, const struct csv *csv,
                       void *into, struct err *err)
{
    struct chart_reading *reading = into;
    bool has_value = false, has_lower = false, has_upper = false;
    struct chart_point point = {0};
    int label = csv_find(csv, "code");
    int series = csv_find(csv, "series");
    point.label = arena_text(call->run, csv_field(csv, (size_t)label));
    if (!optional_number(csv, "value", &has_value, &point.value, err) ||
        !optional_number(csv, "lower", &has_lower, &point.lower, err) ||
        !optional_number(csv, "upper", &has_upper, &point.upper, err) ||
        !row_status(csv, has_value, &point.availability, err))
        return false;
    point.has_interval = has_lower && has_upper;
    struct chart_series *line = find_series(
        call->run, reading, series < 0 ? "" : csv_field(csv, (size_t)series));
    if (!num_parse_double(point.label, &point.x))
        point.x = (double)line->count;
    add_point(call->run, line, &point);
    return true;
}

static bool run_chart(const struct invocation *call, struct err *err)
{
    const char *kind = option(call, "kind");
    const char *values = option(call, "values");
    const char *output = option(call, "output");
    struct chart_reading reading = {0};
    struct fonts *fonts = NULL;
    struct scene *scene = NULL;
    struct chart_job job = {0};
    if (kind == NULL || values == NULL || output == NULL)
        return err_fail(err, ERR_USAGE, "usage.chart",
                        "chart needs --kind K, --values FILE.csv and -o "
                        "FILE");
    if (!parse_lang(call, &job.lang, err) ||
        !read_rows(call, values, take_point, &reading, err) ||
        !fonts_open(call->run, NULL, &fonts, err))
        return false;
    job.kind = kind;
    job.title = given(call, "title", "");
    job.x_label = "";
    job.y_label = given(call, "unit", "");
    job.source = given(call, "source", "");
    job.series = reading.series;
    job.series_count = reading.count;
    job.decimals = 1;
    bool ok = chart_draw(call->run, fonts, &job, &scene, err) &&
              write_scene(call, scene, fonts, output, err);
    fonts_close(fonts);
    return ok;
}

const struct command command_chart = {
    .name = "chart",
    .summary = "one chart from a CSV",
    .usage = "chart --kind K --values F.csv -o FILE.{svg,png,pdf} [--title T] "
             "[--unit U]\n       [--source S] [--lang L]",
    .details = "The CSV has the columns code,value and optionally series, "
               "status, lower,\nupper. Kinds: line, bar, age, pyramid.",
    .example = "panorama chart --kind line --values trend.csv -o trend.svg",
    .options = "kind= values= output= title= unit= source= lang=",
    .run = run_chart,
};
