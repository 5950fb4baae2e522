/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "app/build.h"
#include "app/figure.h"
#include "app/map_codes.h"
#include "app/map_layout.h"
#include "base/fs.h"
#include "base/num.h"
#include "map/map.h"
#include "scene/palette.h"

enum { MAP_BREAKS_MOST = PALETTE_MOST - 1, PROBABILITY_DECIMALS = 2 };

/* Round a file that may be put anywhere. */
static const double margin_pt = 4;

/* --- rows ----------------------------------------------------------------- */

static bool read_value(struct arena *run, const struct csv *csv,
                       struct map_value *out, struct err *err)
{
    struct figure_interval interval = {0};
    bool has_value = false;
    *out = (struct map_value){0};
    out->code = arena_text(run, csv_field(csv, (size_t)csv_find(csv, "code")));
    out->label = arena_text(run, figure_field(csv, "label", out->code));
    if (!figure_number(csv, "value", &has_value, &out->value, err) ||
        !figure_interval(csv, has_value, out->value, &interval, err) ||
        !figure_flags(csv, &out->flags, err) ||
        !figure_status(csv, has_value, &out->availability, err))
        return false;
    out->has_interval = interval.given;
    out->lower = interval.lower;
    out->upper = interval.upper;
    return true;
}

/* The values of a file, by the column `facet`; one facet without it. */
struct reading {
    struct arena *run;
    struct map_codes *codes;   /* while rows are read */
    const struct map_job *job; /* what it asks of values */
    struct map_facet *facets;
    size_t *capacities; /* of values */
    size_t count, capacity, room;
};

/* A facet has room for a value of each area: memory that no value comes to is
 * never touched. */
static size_t find_facet(struct reading *reading, const char *title)
{
    size_t f = 0;
    while (f < reading->count && !text_same(reading->facets[f].title, title))
        f++;
    if (f < reading->count)
        return f;
    struct arena *run = reading->run;
    size_t areas = reading->job->geo->area_count;
    reading->facets = arena_grow(run, reading->facets, f, &reading->capacity,
                                 sizeof *reading->facets);
    reading->capacities =
        arena_grow(run, reading->capacities, f, &reading->room,
                   sizeof *reading->capacities);
    reading->facets[f] = (struct map_facet){
        .title = arena_text(run, title),
        .values = arena_array(run, areas, sizeof(struct map_value)),
    };
    reading->capacities[f] = areas;
    reading->count++;
    return f;
}

static void add_value(struct reading *reading, size_t f,
                      const struct map_value *value)
{
    struct map_facet *facet = &reading->facets[f];
    struct map_value *values =
        arena_grow(reading->run, (void *)(uintptr_t)facet->values,
                   facet->value_count, &reading->capacities[f], sizeof *values);
    values[facet->value_count++] = *value;
    facet->values = values;
}

static bool take_value(const struct csv *csv, void *into, struct err *err)
{
    struct reading *reading = into;
    struct map_value value;
    if (!read_value(reading->run, csv, &value, err))
        return false;
    size_t facet = find_facet(reading, figure_field(csv, "facet", ""));
    int before =
        map_codes_take(reading->codes, facet, value.code, (int)csv_line(csv));
    if (before > 0)
        return err_fail(err, ERR_INPUT, "values.code",
                        "%s:%zu: code '%s' is given twice, first in line %d",
                        csv_path(csv), csv_line(csv), value.code, before);
    if (!map_check_value(reading->job, &value, err))
        return figure_row_fails(csv, err);
    add_value(reading, facet, &value);
    return true;
}

/* --- options -------------------------------------------------------------- */

static bool read_kind(const struct invocation *call, enum map_kind *out,
                      struct err *err)
{
    const char *name = figure_option(call, "kind", "choropleth");
    if (map_kind_parse(name, out))
        return true;
    return err_fail(err, ERR_USAGE, "usage.kind", "--kind '%s': expected %s",
                    name, map_kind_names());
}

/* "10,20,30": the inner breaks of fixed classes. */
static bool read_breaks(const struct invocation *call, struct map_job *job,
                        struct err *err)
{
    const char *at = option(call, "breaks");
    if (at == NULL)
        return true;
    double *breaks = arena_array(call->run, MAP_BREAKS_MOST, sizeof *breaks);
    size_t count = 0;
    while (count < MAP_BREAKS_MOST) {
        size_t size = strcspn(at, ",");
        const char *word = arena_slice(call->run, at, size);
        if (!figure_parse(word, &breaks[count++]))
            break;
        if (at[size] == '\0') {
            job->method = CLASSES_FIXED;
            job->breaks = breaks;
            job->class_count = count + 1;
            return true;
        }
        at += size + 1;
    }
    return err_fail(err, ERR_USAGE, "usage.breaks",
                    "--breaks '%s': expected 1 to %d numbers with commas "
                    "between",
                    option(call, "breaks"), MAP_BREAKS_MOST);
}

/* Takes one limit; they must rise, which the map checks. */
struct limits {
    double *at;
    size_t count;
};

static bool take_limit(const struct csv *csv, struct limits *limits,
                       struct err *err)
{
    const char *word = csv_field(csv, (size_t)csv_find(csv, "break"));
    if (limits->count == MAP_BREAKS_MOST)
        return err_fail(err, ERR_INPUT, "breaks.count",
                        "%s:%zu: expected at most %d breaks", csv_path(csv),
                        csv_line(csv), MAP_BREAKS_MOST);
    if (!figure_parse(word, &limits->at[limits->count++]))
        return err_fail(err, ERR_INPUT, "breaks.number",
                        "%s:%zu: break '%s' is not a number", csv_path(csv),
                        csv_line(csv), word);
    return true;
}

/* The breaks of an earlier map, as --breaks-to wrote them. */
static bool read_breaks_from(const struct invocation *call, const char *path,
                             struct map_job *job, struct err *err)
{
    struct limits limits = {
        arena_array(call->run, MAP_BREAKS_MOST, sizeof *limits.at), 0};
    struct csv *csv = NULL;
    bool more = true;
    if (!csv_open(call->run, path, &csv, err))
        return false;
    bool ok = csv_find(csv, "break") >= 0;
    if (!ok)
        err_fail(err, ERR_INPUT, "breaks.column",
                 "%s: expected the column break", path);
    while (ok && (ok = csv_next(csv, &more, err)) && more)
        ok = take_limit(csv, &limits, err);
    csv_close(csv);
    if (ok && limits.count == 0)
        ok = err_fail(err, ERR_INPUT, "breaks.count",
                      "%s: expected at least one break", path);
    job->method = CLASSES_FIXED;
    job->breaks = limits.at;
    job->class_count = limits.count + 1;
    return ok;
}

static bool write_breaks_to(const struct invocation *call, const char *path,
                            const struct map_job *job,
                            const struct reading *reading, struct err *err)
{
    const double *breaks;
    size_t count;
    struct text out = text_new(call->run);
    if (!map_breaks(call->run, job, reading->facets, reading->count, &breaks,
                    &count, err))
        return false;
    text_add(&out, "break\n");
    for (size_t b = 0; b < count; b++) {
        num_print_shortest(&out, breaks[b]);
        text_add_char(&out, '\n');
    }
    return fs_write(path, out.at, out.size, err);
}

static bool read_classes(const struct invocation *call, struct map_job *job,
                         struct err *err)
{
    const char *method = figure_option(call, "method", "quantile");
    int classes = 0;
    if (!class_method_parse(method, &job->method) ||
        job->method == CLASSES_FIXED)
        return err_fail(err, ERR_USAGE, "usage.method",
                        "--method '%s': expected %s; --breaks fixes classes",
                        method, class_method_names());
    if (!figure_whole_option(call, "classes", 2, MAP_BREAKS_MOST + 1, &classes,
                             err) ||
        !figure_number_option(call, "reference", &job->reference, err))
        return false;
    bool needs = job->method == CLASSES_AROUND || job->kind == MAP_SIGNIFICANCE;
    if (needs && option(call, "reference") == NULL)
        return err_fail(err, ERR_USAGE, "usage.reference",
                        "--reference V is needed by significance and by "
                        "classes around it");
    if (option(call, "factors") && job->method != CLASSES_AROUND)
        return err_fail(err, ERR_USAGE, "usage.factors",
                        "--factors goes with --method around");
    job->class_count = (size_t)classes;
    job->factors = option(call, "factors") != NULL;
    job->histogram = option(call, "histogram") != NULL;
    bool diverges = needs || job->method == CLASSES_PROBABILITY;
    job->palette = figure_option(call, "palette", palette_usual(diverges));
    job->percent = option(call, "percent") != NULL;
    const char *from = option(call, "breaks-from");
    if (from == NULL)
        return read_breaks(call, job, err);
    if (option(call, "breaks") || option(call, "classes") ||
        option(call, "method"))
        return err_fail(err, ERR_USAGE, "usage.breaks",
                        "--breaks-from goes without --breaks, --classes and "
                        "--method");
    return read_breaks_from(call, from, job, err);
}

static bool read_options(const struct invocation *call, struct map_job *job,
                         struct err *err)
{
    job->title = figure_option(call, "title", "");
    job->unit = figure_option(call, "unit", "");
    job->source = figure_option(call, "source", "");
    job->focus = figure_option(call, "focus", "");
    job->mark_label = "";
    job->margin_pt = margin_pt;
    return figure_lang(call, &job->lang, err) &&
           figure_size_option(call, "width", &job->width_pt, err) &&
           figure_size_option(call, "height", &job->height_pt, err) &&
           read_kind(call, &job->kind, err) && read_classes(call, job, err);
}

/* The values, and their digits, or those of the usual limits of probability. */
static bool read_rows(const struct invocation *call, const char *values,
                      struct map_job *job, struct reading *reading,
                      struct err *err)
{
    int decimals = 0;
    struct arena *scratch = arena_new();
    reading->codes = map_codes_new(scratch, job->geo);
    bool ok = !values ||
              (figure_rows(call, values, take_value, reading, &decimals, err) &&
               map_codes_check(call, values, reading->codes, reading->facets,
                               reading->count, err));
    arena_free(scratch);
    if (!ok)
        return false;
    if (job->method == CLASSES_PROBABILITY && !job->percent)
        decimals = PROBABILITY_DECIMALS;
    return figure_decimals(call, decimals, &job->decimals, err);
}

/* No script is at fault, and rows are checked as they are read: what is left is
 * of the options. */
static bool of_options(struct err *err)
{
    if (err->code == ERR_SCRIPT)
        err->code = ERR_USAGE;
    return false;
}

static bool draw(const struct invocation *call, const struct fonts *fonts,
                 struct map_job *job, const struct reading *reading,
                 struct scene **scene, struct err *err)
{
    int columns = 0;
    if (!figure_whole_option(call, "columns", 1, MAP_FACETS_MOST, &columns,
                             err) ||
        !map_layout(call, job, reading->facets, reading->count, err))
        return false;
    if (reading->count > 1)
        return map_draw_facets(call->run, fonts, job, reading->facets,
                               reading->count, (size_t)columns, scene, err);
    if (reading->count == 1) {
        job->values = reading->facets[0].values;
        job->value_count = reading->facets[0].value_count;
    }
    return map_draw(call->run, fonts, job, scene, err);
}

static bool stage(const struct invocation *call, struct staged *staged,
                  const char **figure, const char **breaks, struct err *err)
{
    const char *values = option(call, "values");
    return figure_stage(call, staged, figure, err) &&
           staged_add(staged, "--breaks-to", option(call, "breaks-to"), breaks,
                      err) &&
           (values == NULL || staged_check_input(staged, values, err));
}

static bool run_map(const struct invocation *call, struct err *err)
{
    const char *level = option(call, "level");
    const char *values = option(call, "values");
    const char *figure = NULL, *breaks = NULL;
    struct map_job job = {0};
    struct reading reading = {.run = call->run, .job = &job};
    struct staged staged = staged_new(call->run);
    struct fonts *fonts = NULL;
    struct scene *scene = NULL;
    bool locator = text_same(figure_option(call, "kind", ""), "locator");
    if (level == NULL || (values == NULL && !locator) ||
        option(call, "output") == NULL)
        return err_fail(err, ERR_USAGE, "usage.map",
                        "map needs --level L, --values FILE.csv and -o FILE");
    const char *directory = geo_directory(call->run, call->project, level);
    if (!stage(call, &staged, &figure, &breaks, err) ||
        !read_options(call, &job, err) ||
        !geo_read(call->run, directory, level, &job.geo, err))
        return false;
    if (job.geo == NULL)
        return map_no_level(call, level, err);
    if ((*job.focus && !map_focus_check(call->run, job.geo, job.focus, err)) ||
        !read_rows(call, values, &job, &reading, err) ||
        !fonts_open(call->run, NULL, &fonts, err))
        return false;
    bool ok = ((draw(call, fonts, &job, &reading, &scene, err) &&
                (breaks[0] == '\0' ||
                 write_breaks_to(call, breaks, &job, &reading, err))) ||
               of_options(err)) &&
              figure_write(call, scene, fonts, figure, err) &&
              staged_commit(&staged, err);
    if (!ok)
        staged_drop(&staged);
    fonts_close(fonts);
    return ok;
}

const struct command command_map = {
    .name = "map",
    .summary = "one map from a CSV",
    .usage = "map --level L --values F.csv -o FILE.{svg,png,pdf} [--kind K] "
             "[--title T]\n       [--unit U] [--source S] [--method M] "
             "[--classes N] [--breaks A,B,...]\n       [--breaks-from F.csv] "
             "[--breaks-to F.csv] [--reference V] [--factors]\n       "
             "[--percent] [--histogram] [--palette P] [--decimals N] "
             "[--focus CODE]\n       [--columns N] [--layout NAME|FILE | "
             "--region CODE] "
             "[--width PT]\n       [--height PT] [--lang L]",
    .details =
        "The CSV has the columns code,value and optionally label, status "
        "(v c u z x h),\nflags (p e j r b a), lower, upper, facet (several "
        "maps, one legend). Names come\nfrom label, else from the "
        "boundaries.\nKinds: choropleth (rates, ratios, shares; not counts), "
        "significance (against\n--reference, by the intervals), bivariate "
        "(white lines where it is wide),\ncircles (counts), tiles (a "
        "hexagon of one size per area, at most 150), locator\n(where --focus "
        "lies; without values).\nMethods: quantile, equal, pretty, jenks, "
        "around (--reference), probability\n(of 0 to 1, or --percent: 0.05, "
        "0.2, "
        "0.8, 0.95). --breaks-to keeps the limits of the\nclasses in a file, "
        "--breaks-from takes them again: the same classes in a series\nor in "
        "the next edition. --histogram shows the areas by value above the "
        "classes.\nLayouts: france, france-portrait, france-half-page, "
        "metropole, or "
        "a file as those\nin geo/; --region draws one région, its neighbours "
        "pale. Without boundaries for\nthe level it fails by name, and so it "
        "does where no code of the file is an area\nof the level. Without "
        "--decimals numbers have the digits of the values.",
    .example = "panorama map --level departement --values rates.csv -o "
               "map.svg",
    .options =
        "level= values= output= kind= title= unit= source= method= "
        "classes= breaks= breaks-from= breaks-to= reference= factors percent "
        "histogram palette= decimals= focus= "
        "columns= layout= region= width= height= lang=",
    .run = run_map,
};
