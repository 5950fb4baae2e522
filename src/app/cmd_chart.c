/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "app/figure.h"
#include "chart/chart.h"

static const char *const role_names[ROLE_COUNT] = {
    [ROLE_VALUES] = "values",
    [ROLE_FIT] = "fit",
    [ROLE_LIMIT] = "limit",
    [ROLE_RANK] = "rank",
    [ROLE_REFERENCE] = "reference",
    [ROLE_LEAST] = "least",
    [ROLE_LOWER_QUARTER] = "lower_quarter",
    [ROLE_UPPER_QUARTER] = "upper_quarter",
    [ROLE_GREATEST] = "greatest",
};

/* --- rows ----------------------------------------------------------------- */

struct reading {
    struct arena *run;
    struct chart_series *series;
    size_t *capacities; /* of points */
    size_t count, capacity, room;
};

/* The series of a row, by its columns `series` and `role`; rows of one series
 * may be anywhere. */
static size_t find_series(struct reading *reading, const struct csv *csv,
                          enum chart_role role)
{
    const char *label = figure_field(csv, "series", "");
    for (size_t s = 0; s < reading->count; s++) {
        if (text_same(reading->series[s].label, label) &&
            reading->series[s].role == role)
            return s;
    }
    reading->series = arena_grow(reading->run, reading->series, reading->count,
                                 &reading->capacity, sizeof *reading->series);
    reading->capacities =
        arena_grow(reading->run, reading->capacities, reading->count,
                   &reading->room, sizeof *reading->capacities);
    reading->capacities[reading->count] = 0;
    reading->series[reading->count] = (struct chart_series){
        .label = arena_text(reading->run, label), .role = role};
    return reading->count++;
}

static void add_point(struct reading *reading, size_t s,
                      const struct chart_point *point)
{
    struct chart_series *series = &reading->series[s];
    struct chart_point *points =
        arena_grow(reading->run, (void *)(uintptr_t)series->points,
                   series->count, &reading->capacities[s], sizeof *points);
    points[series->count++] = *point;
    series->points = points;
}

static bool read_role(const struct csv *csv, enum chart_role *out,
                      struct err *err)
{
    const char *name = figure_field(csv, "role", "values");
    for (int r = 0; r < ROLE_COUNT; r++) {
        if (text_same(role_names[r], name)) {
            *out = (enum chart_role)r;
            return true;
        }
    }
    return err_fail(err, ERR_INPUT, "values.role",
                    "%s:%zu: role '%s': expected values, fit, limit, rank, "
                    "reference, least, lower_quarter, upper_quarter or "
                    "greatest",
                    csv_path(csv), csv_line(csv), name);
}

static bool take_point(const struct csv *csv, void *into, struct err *err)
{
    struct reading *reading = into;
    bool has_value = false, has_x = false;
    struct figure_interval interval = {0};
    struct chart_point point = {0};
    enum chart_role role = ROLE_VALUES;
    const char *code = csv_field(csv, (size_t)csv_find(csv, "code"));
    point.label = arena_text(reading->run, figure_field(csv, "label", code));
    if (!figure_number(csv, "value", &has_value, &point.value, err) ||
        !figure_interval(csv, has_value, point.value, &interval, err) ||
        !figure_number(csv, "x", &has_x, &point.x, err) ||
        !read_role(csv, &role, err) || !figure_flags(csv, &point.flags, err) ||
        !figure_status(csv, has_value, &point.availability, err))
        return false;
    point.has_interval = interval.given;
    point.lower = interval.lower;
    point.upper = interval.upper;
    point.from =
        arena_format(reading->run, "%s:%zu", csv_path(csv), csv_line(csv));
    size_t s = find_series(reading, csv, role);
    if (!has_x && !figure_parse(code, &point.x))
        point.x = (double)reading->series[s].count;
    add_point(reading, s, &point);
    return true;
}

/* Series of values first. */
static void sort_series(struct reading *reading)
{
    struct chart_series *sorted =
        arena_array(reading->run, reading->count, sizeof *sorted);
    size_t count = 0;
    for (int values = 1; values >= 0; values--) {
        for (size_t s = 0; s < reading->count; s++) {
            if ((reading->series[s].role == ROLE_VALUES) == values)
                sorted[count++] = reading->series[s];
        }
    }
    reading->series = sorted;
}

/* --- options -------------------------------------------------------------- */

static bool read_options(const struct invocation *call, struct chart_job *job,
                         struct err *err)
{
    if (!figure_lang(call, &job->lang, err) ||
        !figure_size_option(call, "width", &job->width_pt, err) ||
        !figure_size_option(call, "height", &job->height_pt, err) ||
        !figure_number_option(call, "reference", &job->reference.value, err))
        return false;
    job->title = figure_option(call, "title", "");
    job->x_label = figure_option(call, "x-label", "");
    job->y_label = figure_option(call, "unit", "");
    job->source = figure_option(call, "source", "");
    job->log_scale = option(call, "log-scale") != NULL;
    job->reference.given = option(call, "reference") != NULL;
    job->reference.label = figure_option(call, "reference-label", "");
    return true;
}

/* No script is at fault: what is not of an option is of the file, for whether
 * its rows may share a place, or a value be negative, the kind knows. */
static bool draw(const struct invocation *call, const struct chart_job *job,
                 const struct fonts *fonts, struct scene **scene,
                 struct err *err)
{
    static const char *const of_options[] = {"chart.kind", "chart.axis",
                                             "chart.size", "chart.reference"};
    if (chart_draw(call->run, fonts, job, scene, err))
        return true;
    bool asked = false; /* of an option */
    for (size_t i = 0; i < COUNT_OF(of_options); i++)
        asked = asked || text_same(err->id, of_options[i]);
    if (err->code == ERR_SCRIPT)
        err->code = asked ? ERR_USAGE : ERR_INPUT;
    const char *values = option(call, "values");
    return asked || strstr(err->text, values) ? false
                                              : err_wrap(err, "%s", values);
}

static bool run_chart(const struct invocation *call, struct err *err)
{
    const char *values = option(call, "values");
    const char *written = NULL;
    struct reading reading = {.run = call->run};
    struct staged staged = staged_new(call->run);
    struct fonts *fonts = NULL;
    struct scene *scene = NULL;
    int decimals = 0;
    struct chart_job job = {.kind = option(call, "kind")};
    if (job.kind == NULL || values == NULL || option(call, "output") == NULL)
        return err_fail(err, ERR_USAGE, "usage.chart",
                        "chart needs --kind K, --values FILE.csv and -o "
                        "FILE");
    if (!figure_stage(call, &staged, &written, err) ||
        !read_options(call, &job, err) ||
        !figure_rows(call, values, take_point, &reading, &decimals, err) ||
        !figure_decimals(call, decimals, &job.decimals, err) ||
        !fonts_open(call->run, NULL, &fonts, err))
        return false;
    sort_series(&reading);
    job.series = reading.series;
    job.series_count = reading.count;
    bool ok = draw(call, &job, fonts, &scene, err) &&
              figure_write(call, scene, fonts, written, err) &&
              staged_commit(&staged, err);
    if (!ok)
        staged_drop(&staged);
    fonts_close(fonts);
    return ok;
}

const struct command command_chart = {
    .name = "chart",
    .summary = "one chart from a CSV",
    .usage = "chart --kind K --values F.csv -o FILE.{svg,png,pdf} [--title T] "
             "[--unit U]\n       [--x-label X] [--source S] [--decimals N] "
             "[--log-scale] [--reference V]\n       [--reference-label L] "
             "[--width PT] [--height PT] [--lang L]",
    .details =
        "The CSV has the columns code,value and optionally label, x, series, "
        "role,\nstatus (v c u z x h), flags (p e j r b a), lower, upper. "
        "Kinds: line, age, step,\njoinpoint, bar, stacked, parts, pyramid, "
        "histogram, dot, forest, caterpillar,\ndumbbell, slope, scatter, "
        "funnel, heat, spine. Roles, for the kinds that take\nthem: values, "
        "fit, limit, rank, reference, least, lower_quarter, "
        "upper_quarter,\ngreatest. Without --decimals numbers have the digits "
        "of "
        "the values.",
    .example = "panorama chart --kind line --values trend.csv -o trend.svg",
    .options = "kind= values= output= title= unit= x-label= source= decimals= "
               "log-scale reference= reference-label= width= height= lang=",
    .run = run_chart,
};
