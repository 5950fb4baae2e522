/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "chart/chart_impl.h"

enum { BREAKS_MOST = 40 };

static void widen(double value, bool *any, double *low, double *high)
{
    if (!*any || value < *low)
        *low = value;
    if (!*any || value > *high)
        *high = value;
    *any = true;
}

static void widen_by_point(const struct chart_point *point, bool intervals,
                           bool *any, double *low, double *high)
{
    if (!chart_shown(point))
        return;
    widen(point->value, any, low, high);
    if (intervals && point->has_interval) {
        widen(point->lower, any, low, high);
        widen(point->upper, any, low, high);
    }
}

static bool find_range(const struct chart_job *job, bool intervals, double *low,
                       double *high)
{
    bool any = false, shown = false;
    for (size_t s = 0; s < job->series_count; s++) {
        if (job->series[s].role == ROLE_RANK)
            continue;
        for (size_t i = 0; i < job->series[s].count; i++)
            widen_by_point(&job->series[s].points[i], intervals, &any, low,
                           high);
        shown = shown || (any && job->series[s].role == ROLE_VALUES);
    }
    if (shown && job->reference.given)
        widen(job->reference.value, &any, low, high);
    return shown;
}

bool chart_range(const struct chart_job *job, double *low, double *high)
{
    return find_range(job, true, low, high);
}

bool chart_value_range(const struct chart_job *job, double *low, double *high)
{
    return find_range(job, false, low, high);
}

#define FAR_ABOVE 0.65   /* the lowest, in parts of the highest */
#define LEAST_UNITS 20.0 /* of the last printed digit */
#define WHOLE 100.0      /* in percent */

double chart_whole(const struct chart_job *job)
{
    bool percent = job->percent || strchr(job->y_label, '%') != NULL;
    return percent ? WHOLE : HUGE_VAL;
}

unsigned chart_curve_ends(const struct chart_job *job, double whole,
                          double *low, double *high)
{
    if (job->log_scale && *low > 0)
        return SIGN_LOG;
    double least = LEAST_UNITS * pow(10, -job->decimals);
    double margin = fmax(0, (least - (*high - *low)) / 2);
    if (*low - margin > FAR_ABOVE * (*high + margin)) {
        double over = *high <= whole ? fmax(0, *high + margin - whole) : 0;
        *low -= margin + over;
        *high += margin - over;
        return SIGN_NOT_FROM_ZERO;
    }
    *low = fmin(*low, 0);
    *high = fmax(*high, 0);
    return 0;
}

/* 1, 2, 2.5 or 5 times a power of ten, not below `rough`. */
static double round_step(double rough, int *decimals)
{
    static const double steps[] = {1, 2, 2.5, 5, 10};
    static const int extra[] = {0, 0, 1, 0, -1};
    int power = (int)floor(log10(rough));
    double unit = pow(10, power);
    size_t i = 0;
    while (i + 1 < COUNT_OF(steps) && steps[i] * unit < rough * 0.999999)
        i++;
    int places = extra[i] - power;
    *decimals = places > 0 ? places : 0;
    return steps[i] * unit;
}

static void linear(struct arena *arena, double low, double high, int wanted,
                   struct chart_scale *out)
{
    if (high - low < 1e-9 * fmax(1, fabs(high))) { /* in the middle, or 0 */
        double half = fabs(low) / 2;
        high = half > 0 ? high + half : low + 1;
        low -= half;
    }
    double step = round_step((high - low) / wanted, &out->decimals);
    long first = (long)floor(low / step + 1e-9);
    long last = (long)ceil(high / step - 1e-9);
    if (last == first)
        last++;
    out->breaks =
        arena_array(arena, (size_t)(last - first) + 1, sizeof *out->breaks);
    for (long i = first; i <= last; i++)
        out->breaks[out->break_count++] = (double)i * step;
    out->low = (double)first * step;
    out->high = (double)last * step;
}

/* 1, 2, 5, 10 ...; powers of ten alone when they are many. */
static void logarithmic(struct arena *arena, double low, double high,
                        struct chart_scale *out)
{
    static const double steps[] = {1, 2, 5};
    bool coarse = high / low > 2000;
    int first = (int)floor(log10(low)), last = (int)ceil(log10(high)) + 1;
    double *all = arena_array(arena, BREAKS_MOST * 3, sizeof *all);
    size_t count = 0;
    for (int power = first; power <= last && count < BREAKS_MOST; power++) {
        for (size_t i = 0; i < (coarse ? 1 : COUNT_OF(steps)); i++)
            all[count++] = steps[i] * pow(10, power);
    }
    size_t from = 0, to = count - 1;
    while (from + 1 < count && all[from + 1] <= low)
        from++;
    while (to > from + 1 && all[to - 1] >= high)
        to--;
    out->log = true;
    out->breaks = all + from;
    out->break_count = to - from + 1;
    out->low = all[from];
    out->high = all[to];
}

void chart_scale_make(struct arena *arena, double low, double high, bool log,
                      int wanted, struct chart_scale *out)
{
    *out = (struct chart_scale){0};
    if (log && low > 0)
        logarithmic(arena, low, high, out);
    else
        linear(arena, low, high, wanted, out);
}

void chart_scale_years(struct arena *arena, double low, double high, int wanted,
                       struct chart_scale *out)
{
    int breaks = (int)fmin(wanted, fmax(1, high - low));
    *out = (struct chart_scale){.years = true};
    if (high - low < 1) /* one: with the years beside it, to be in the middle */
        linear(arena, low - 1, high + 1, 2, out);
    else
        linear(arena, low, high, breaks, out);
    while (out->decimals > 0 && breaks > 1) { /* no steps of 2.5 years */
        out->break_count = 0;
        linear(arena, low, high, --breaks, out);
    }
    out->decimals = 0;
    chart_scale_trim(out, low - 0.4, high + 0.4);
}

void chart_scale_counts(struct arena *arena, size_t most,
                        struct chart_scale *out)
{
    *out = (struct chart_scale){0};
    linear(arena, 0, (double)most, most < 5 ? (int)most : 5, out);
    if (out->decimals > 0) {
        out->break_count = 0;
        linear(arena, 0, (double)most, 3, out);
    }
}

void chart_scale_trim(struct chart_scale *scale, double low, double high)
{
    assert(!scale->log && low < high);
    double slack = (high - low) * 1e-9;
    size_t kept = 0;
    for (size_t i = 0; i < scale->break_count; i++) {
        double at = scale->breaks[i];
        if (at >= low - slack && at <= high + slack)
            scale->breaks[kept++] = at;
    }
    scale->break_count = kept;
    scale->low = low;
    scale->high = high;
}

double chart_scale_at(const struct chart_scale *scale, double value)
{
    double share =
        scale->log ? log10(value / scale->low) / log10(scale->high / scale->low)
                   : (value - scale->low) / (scale->high - scale->low);
    return scale->from + share * (scale->to - scale->from);
}

const char *chart_break_text(const struct chart_view *view,
                             const struct chart_scale *scale, size_t index)
{
    double value = scale->breaks[index];
    int decimals = scale->decimals;
    if (scale->years)
        return arena_format(view->arena, "%.0f", value);
    if (scale->log)
        decimals = value < 1 ? (int)ceil(-log10(value) - 1e-9) : 0;
    return num_format(view->arena, view->job->lang, value, decimals);
}

double chart_left_axis_width(const struct chart_view *view,
                             const struct chart_scale *scale)
{
    double widest = 0;
    for (size_t i = 0; i < scale->break_count; i++)
        widest = fmax(widest, chart_width(view, FONT_REGULAR, CHART_TICK_PT,
                                          chart_break_text(view, scale, i)));
    return widest + 5;
}

/* The zero line is stronger: bars and changes are read from it. */
static struct scene_paint grid_paint(const struct chart_scale *scale,
                                     size_t index)
{
    bool zero = !scale->log && fabs(scale->breaks[index]) < 1e-12;
    return zero ? chart_stroke(CHART_AXIS, 0.8) : chart_stroke(CHART_GRID, 0.5);
}

/* Numbers stay apart: one that meets the one below is left out. */
void chart_draw_left_axis(struct chart_view *view,
                          const struct chart_scale *scale)
{
    struct scene_text_style style =
        chart_text(FONT_REGULAR, CHART_TICK_PT, ANCHOR_END, CHART_SOFT_INK);
    double drop =
        fonts_cap_height(view->fonts, FONT_REGULAR, CHART_TICK_PT) / 2;
    double free_from = INFINITY;
    scene_group(view->scene, "grid", "", "");
    for (size_t i = 0; i < scale->break_count; i++) {
        double y = chart_scale_at(scale, scale->breaks[i]);
        struct scene_paint paint = grid_paint(scale, i);
        scene_segment(view->scene, view->left, y, view->right, y, &paint);
        if (y > free_from)
            continue;
        scene_text(view->scene, view->left - 5, y + drop,
                   chart_break_text(view, scale, i), &style);
        free_from = y - CHART_TICK_PT;
    }
    scene_group_end(view->scene);
}

/* --- the axis at the foot ------------------------------------------------- */

double chart_within_margins(const struct chart_view *view, double middle,
                            double half)
{
    double least = CHART_MARGIN_PT + half;
    double most = scene_width(view->scene) - least;
    return fmax(least, fmin(middle, most));
}

/* The number of a break, and where it stands. */
struct bottom_number {
    const char *text;
    double middle, half;
};

static struct bottom_number bottom_number(const struct chart_view *view,
                                          const struct chart_scale *scale,
                                          size_t at)
{
    const char *text = chart_break_text(view, scale, at);
    double half = chart_width(view, FONT_REGULAR, CHART_TICK_PT, text) / 2;
    double x = chart_scale_at(scale, scale->breaks[at]);
    return (struct bottom_number){text, chart_within_margins(view, x, half),
                                  half};
}

/* The break that numbers are counted from: zero, or the first. */
static size_t first_break(const struct chart_scale *scale)
{
    for (size_t i = 0; !scale->log && i < scale->break_count; i++) {
        if (fabs(scale->breaks[i]) < 1e-12)
            return i;
    }
    return 0;
}

#define NUMBERS_APART_PT 3.0

/* Whether the numbers of every so many breaks stay apart. */
static bool numbers_part(const struct chart_view *view,
                         const struct chart_scale *scale, size_t every)
{
    size_t at = first_break(scale) % every;
    struct bottom_number before = bottom_number(view, scale, at);
    for (at += every; at < scale->break_count; at += every) {
        struct bottom_number number = bottom_number(view, scale, at);
        if (fabs(number.middle - before.middle) <
            number.half + before.half + NUMBERS_APART_PT)
            return false;
        before = number;
    }
    return true;
}

/* Every how many breaks have a number. */
static size_t numbered(const struct chart_view *view,
                       const struct chart_scale *scale)
{
    size_t every = 1;
    while (scale->break_count > 0 && !numbers_part(view, scale, every))
        every++;
    return every;
}

/* Every break has its line and, where the numbers would meet, every second or
 * third one its number: what lies between two numbers is always the same. */
void chart_draw_bottom_axis(struct chart_view *view,
                            const struct chart_scale *scale)
{
    struct scene_text_style style =
        chart_text(FONT_REGULAR, CHART_TICK_PT, ANCHOR_MIDDLE, CHART_SOFT_INK);
    size_t first = first_break(scale), every = numbered(view, scale);
    scene_group(view->scene, "grid", "", "");
    for (size_t i = 0; i < scale->break_count; i++) {
        bool backwards = scale->to < scale->from;
        size_t at = backwards ? scale->break_count - 1 - i : i;
        double x = chart_scale_at(scale, scale->breaks[at]);
        struct scene_paint paint = grid_paint(scale, at);
        scene_segment(view->scene, x, view->top, x, view->bottom, &paint);
        if (at % every != first % every)
            continue;
        struct bottom_number number = bottom_number(view, scale, at);
        scene_text(view->scene, number.middle, view->bottom + 3 + CHART_TICK_PT,
                   number.text, &style);
    }
    scene_group_end(view->scene);
}

void chart_draw_top_numbers(struct chart_view *view,
                            const struct chart_scale *scale)
{
    struct scene_text_style style =
        chart_text(FONT_REGULAR, CHART_TICK_PT, ANCHOR_MIDDLE, CHART_SOFT_INK);
    size_t first = first_break(scale), every = numbered(view, scale);
    scene_group(view->scene, "axis", "", "");
    for (size_t at = first % every; at < scale->break_count; at += every) {
        struct bottom_number number = bottom_number(view, scale, at);
        scene_text(view->scene, number.middle, view->top - 4, number.text,
                   &style);
    }
    scene_group_end(view->scene);
}
