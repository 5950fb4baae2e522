/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "chart/chart_impl.h"

#define DEFAULT_WIDTH_PT 480
#define DEFAULT_HEIGHT_PT 280
#define LEAST_WIDTH_PT 150
#define LEAST_HEIGHT_PT 110
#define TIGHTEST 0.7 /* of the height that a kind asks for */

const struct chart_type *const chart_types[] = {
    &chart_line,      &chart_age,     &chart_step,    &chart_joinpoint,
    &chart_bar,       &chart_stacked, &chart_parts,   &chart_pyramid,
    &chart_histogram, &chart_dot,     &chart_forest,  &chart_caterpillar,
    &chart_dumbbell,  &chart_slope,   &chart_scatter, &chart_funnel,
    &chart_heat,      &chart_spine,   NULL,
};

const struct chart_type *chart_type_find(const char *name)
{
    for (size_t i = 0; chart_types[i]; i++) {
        if (text_same(chart_types[i]->name, name))
            return chart_types[i];
    }
    return NULL;
}

bool chart_no_kind(const char *name, struct err *err)
{
    const char *names[COUNT_OF(chart_types)];
    size_t count = 0;
    for (; chart_types[count]; count++)
        names[count] = chart_types[count]->name;
    err_fail(err, ERR_SCRIPT, "chart.kind", "no chart of kind '%s'", name);
    return err_near(err, name, names, count);
}

size_t chart_type_most(const struct chart_type *type)
{
    return type->most > 0 ? type->most : CHART_SERIES_MOST;
}

/* --- checks --------------------------------------------------------------- */

static bool check_point(const struct chart_series *series,
                        const struct chart_point *point, struct err *err)
{
    if (!isfinite(point->x))
        return err_fail(err, ERR_SCRIPT, "chart.number",
                        "series '%s': the place of '%s' is no number",
                        series->label, point->label);
    if (!chart_shown(point))
        return true;
    if (!isfinite(point->value))
        return err_fail(err, ERR_SCRIPT, "chart.number",
                        "series '%s': the value of '%s' is no number",
                        series->label, point->label);
    if (point->has_interval &&
        (!isfinite(point->lower) || !isfinite(point->upper) ||
         point->lower > point->upper))
        return err_fail(err, ERR_SCRIPT, "chart.interval",
                        "series '%s': the interval of '%s' makes no sense",
                        series->label, point->label);
    return true;
}

static bool check_series(const struct chart_series *series, struct err *err)
{
    if (series->count == 0)
        return err_fail(err, ERR_SCRIPT, "chart.series",
                        "series '%s' has no points", series->label);
    if (series->count > CHART_POINTS_MOST)
        return err_fail(err, ERR_SCRIPT, "chart.series",
                        "series '%s' has more than %d points", series->label,
                        CHART_POINTS_MOST);
    for (size_t i = 0; i < series->count; i++) {
        if (!check_point(series, &series->points[i], err))
            return false;
    }
    return true;
}

static bool check_role(const struct chart_job *job,
                       const struct chart_type *type, size_t s, struct err *err)
{
    static const char *const names[ROLE_COUNT] = {
        "values", "fit",           "limit",         "rank",    "reference",
        "least",  "lower quarter", "upper quarter", "greatest"};
    const struct chart_series *series = &job->series[s];
    if (series->role == ROLE_VALUES ? s < chart_values(job)
                                    : type->roles >> series->role & 1)
        return true;
    return err_fail(err, ERR_SCRIPT, "chart.role",
                    series->role == ROLE_VALUES
                        ? "series '%s': %s come before all others"
                        : "series '%s': no place for a series of kind '%s'",
                    series->label, names[series->role]);
}

static bool is_positive(const struct chart_point *point)
{
    return !chart_shown(point) ||
           (point->value > 0 && (!point->has_interval || point->lower > 0));
}

static bool fail_log(const struct chart_series *series,
                     const struct chart_point *point, struct err *err)
{
    err_fail(err, ERR_SCRIPT, "chart.log",
             "series '%s': a logarithmic axis needs values and limits above "
             "0, unlike that of '%s'",
             series->label, point->label);
    return chart_fail_at(point, err);
}

static bool check_log(const struct chart_job *job, struct err *err)
{
    for (size_t s = 0; s < job->series_count; s++) {
        const struct chart_series *series = &job->series[s];
        for (size_t i = 0; series->role != ROLE_RANK && i < series->count;
             i++) {
            if (!is_positive(&series->points[i]))
                return fail_log(series, &series->points[i], err);
        }
    }
    if (job->reference.given && job->reference.value <= 0)
        return err_fail(err, ERR_SCRIPT, "chart.reference",
                        "a logarithmic axis needs a reference above 0");
    return true;
}

static bool fail_reference(struct err *err)
{
    struct arena *scratch = arena_new();
    struct text kinds = text_new(scratch);
    for (size_t t = 0; chart_types[t]; t++) {
        if (chart_types[t]->reference)
            text_format(&kinds, "%s%s", kinds.size > 0 ? ", " : "",
                        chart_types[t]->name);
    }
    err_fail(err, ERR_SCRIPT, "chart.reference",
             "it takes no reference; these do: %s", kinds.at);
    arena_free(scratch);
    return false;
}

static bool check_job(const struct chart_job *job,
                      const struct chart_type *type, struct err *err)
{
    size_t values = chart_values(job);
    size_t most = chart_type_most(type);
    if (values < 1 || values > most)
        return err_fail(err, ERR_SCRIPT, "chart.series",
                        most == 1 ? "it has %zu series, not %zu"
                                  : "it has 1 to %zu series, not %zu",
                        most, values);
    for (size_t s = 0; s < job->series_count; s++) {
        if (!check_series(&job->series[s], err) ||
            !check_role(job, type, s, err))
            return false;
    }
    if (job->reference.given && !type->reference)
        return fail_reference(err);
    if (job->reference.given && !isfinite(job->reference.value))
        return err_fail(err, ERR_SCRIPT, "chart.reference",
                        "the reference is no number");
    if (job->width_pt < 0 || job->height_pt < 0 ||
        (job->width_pt > 0 && job->width_pt < LEAST_WIDTH_PT) ||
        (job->height_pt > 0 && job->height_pt < LEAST_HEIGHT_PT))
        return err_fail(err, ERR_SCRIPT, "chart.size",
                        "a chart is at least %d pt wide and %d pt high",
                        LEAST_WIDTH_PT, LEAST_HEIGHT_PT);
    if (job->log_scale && !type->logarithmic && !type->factors)
        return err_fail(err, ERR_SCRIPT, "chart.axis",
                        "this kind has no logarithmic axis");
    if (job->log_scale && type->logarithmic && !check_log(job, err))
        return false;
    return !type->check || type->check(job, err);
}

/* --- drawing -------------------------------------------------------------- */

/* A kind counts one line of title; the others are added here. */
static double wanted_height(const struct chart_view *view,
                            const struct chart_type *type)
{
    if (!type->height_pt)
        return DEFAULT_HEIGHT_PT;
    double title =
        chart_lines_height(view, view->right - view->left, view->job->title,
                           FONT_BOLD, CHART_TITLE_PT);
    return type->height_pt(view) +
           fmax(0, title - chart_leading(CHART_TITLE_PT));
}

static double page_height(const struct chart_job *job,
                          const struct chart_type *type, double wanted_pt)
{
    if (job->height_pt <= 0)
        return fmax(LEAST_HEIGHT_PT, wanted_pt);
    return type->height_pt ? fmax(job->height_pt, wanted_pt * TIGHTEST)
                           : job->height_pt;
}

/* NULL stands for no text. */
static struct chart_job clean_job(const struct chart_job *job)
{
    struct chart_job clean = *job;
    clean.title = job->title ? job->title : "";
    clean.subject = job->subject ? job->subject : "";
    clean.x_label = job->x_label ? job->x_label : "";
    clean.y_label = job->y_label ? job->y_label : "";
    clean.source = job->source ? job->source : "";
    if (!job->reference.label)
        clean.reference.label = "";
    return clean;
}

static void draw_title(struct chart_view *view)
{
    struct scene_text_style style =
        chart_text(FONT_BOLD, CHART_TITLE_PT, ANCHOR_START, CHART_INK);
    view->top =
        chart_draw_lines(view, view->left, view->top, view->right - view->left,
                         view->job->title, &style);
    if (view->job->title[0])
        view->top += 3;
}

/* What of the job has nothing to draw, after the text on what has. */
static const char *remarked(const struct chart_view *view,
                            const struct chart_type *type, const char *text)
{
    const char *remark =
        type->remark ? type->remark(view->arena, view->job) : "";
    return remark[0] == '\0' ? text
                             : arena_format(view->arena, "%s %s", text, remark);
}

static void draw_at(struct chart_view *view, const struct chart_type *type,
                    double height_pt)
{
    struct arena *open = view->arena;
    struct chart_job told =
        type->told ? type->told(open, view->job) : *view->job;
    view->bottom = height_pt - CHART_MARGIN_PT;
    view->scene =
        scene_new(open, view->right + CHART_MARGIN_PT, height_pt,
                  remarked(view, type, chart_alt(open, &told, type)),
                  remarked(view, type, chart_description(open, &told, type)));
    draw_title(view);
    type->draw(view);
}

static bool tells_plot(const struct chart_view *drawn)
{
    return fabs(drawn->plot_pt) > 0;
}

/* What the notes, the key and the words around a plot take is not taken from
 * its own height: what is drawn too flat is drawn again on a higher page. */
static void draw_high_enough(struct chart_view *view,
                             const struct chart_type *type, double height_pt)
{
    const struct chart_view blank = *view;
    draw_at(view, type, height_pt);
    double missing = CHART_PLOT_LEAST_PT - view->plot_pt;
    if (!tells_plot(view) || missing <= 0)
        return;
    *view = blank;
    draw_at(view, type, height_pt + missing);
}

/* Below which the page is not drawn again; `wanted_pt` is what rows want. */
static double least_height(const struct chart_view *drawn, double wanted_pt)
{
    double height = scene_height(drawn->scene);
    return tells_plot(drawn)
               ? height - fmax(0, drawn->plot_pt - CHART_PLOT_LEAST_PT)
               : fmin(height, wanted_pt * TIGHTEST);
}

/* A page without height and scene yet; `clean` is the job without NULL. */
static struct chart_view new_view(struct arena *open, const struct fonts *fonts,
                                  const struct chart_job *clean)
{
    double width = clean->width_pt > 0 ? clean->width_pt : DEFAULT_WIDTH_PT;
    return (struct chart_view){
        .arena = open,
        .fonts = fonts,
        .job = clean,
        .left = CHART_MARGIN_PT,
        .right = width - CHART_MARGIN_PT,
        .top = CHART_MARGIN_PT,
    };
}

double chart_height(struct arena *open, const struct fonts *fonts,
                    const struct chart_job *job)
{
    const struct chart_type *type = chart_type_find(job->kind);
    struct chart_job clean = clean_job(job);
    struct chart_view view = new_view(open, fonts, &clean);
    assert(type);
    return fmax(LEAST_HEIGHT_PT, wanted_height(&view, type));
}

bool chart_draw(struct arena *open, const struct fonts *fonts,
                const struct chart_job *job, struct scene **out,
                struct err *err)
{
    const struct chart_type *type = chart_type_find(job->kind);
    if (!type)
        return chart_no_kind(job->kind, err);
    if (!check_job(job, type, err))
        return err_wrap(err, "chart '%s'", job->kind);

    struct chart_job clean = clean_job(job);
    struct chart_view view = new_view(open, fonts, &clean);
    double wanted = wanted_height(&view, type);
    draw_high_enough(&view, type, page_height(&clean, type, wanted));
    scene_set_least(view.scene, least_height(&view, wanted));
    *out = view.scene;
    return true;
}
