/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/chart_pattern.c - what a chart shows at a glance, as one sentence of
 * its alternative text. Only published values are looked at. */
#include <math.h>
#include <string.h>

#include "chart/chart_impl.h"

enum { TOLD_MOST = 3 /* slopes */, YEAR_DIGITS = 4 };

typedef const char *pattern(struct arena *arena, const struct chart_job *job);

static const char *count_text(struct arena *arena, const struct chart_job *job,
                              size_t count)
{
    return num_format_count(arena, job->lang, (int64_t)count);
}

/* The shown points with the least and the greatest x. */
static bool find_ends(const struct chart_series *series,
                      const struct chart_point **first,
                      const struct chart_point **last)
{
    *first = *last = NULL;
    for (size_t i = 0; i < series->count; i++) {
        const struct chart_point *point = &series->points[i];
        if (!chart_shown(point))
            continue;
        if (!*first || point->x < (*first)->x)
            *first = point;
        if (!*last || point->x > (*last)->x)
            *last = point;
    }
    return *first != *last;
}

/* Height between the lowest and the highest shown point. */
static double range_of(const struct chart_series *series)
{
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (size_t i = 0; i < series->count; i++) {
        if (!chart_shown(&series->points[i]))
            continue;
        low = fmin(low, series->points[i].value);
        high = fmax(high, series->points[i].value);
    }
    return high - low;
}

/* The shown point that goes furthest beyond both ends, by a fifth of the range
 * at least; NULL: none does. `sign` is 1 for a peak and -1 for a trough. */
static const struct chart_point *find_turn(const struct chart_series *series,
                                           const struct chart_point *first,
                                           const struct chart_point *last,
                                           double sign)
{
    const struct chart_point *turn = NULL;
    double beyond =
        fmax(sign * first->value, sign * last->value) + range_of(series) / 5;
    for (size_t i = 0; i < series->count; i++) {
        const struct chart_point *point = &series->points[i];
        if (!chart_shown(point) || sign * point->value <= beyond)
            continue;
        beyond = sign * point->value;
        turn = point;
    }
    return turn;
}

/* "58,0 en 2010", but "3,4 (0-4 ans)": only a year takes a preposition. */
static const char *point_words(struct arena *arena, const struct chart_job *job,
                               const struct chart_point *point)
{
    bool year = strlen(point->label) == YEAR_DIGITS &&
                strspn(point->label, "0123456789") == YEAR_DIGITS;
    return locale_fill(arena, job->lang,
                       year ? "chart.pattern.in" : "chart.pattern.at", "value",
                       chart_value_text(arena, job, point), "label",
                       point->label, NULL);
}

static const char *turn_words(struct arena *arena, const struct chart_job *job,
                              const struct chart_point *peak,
                              const struct chart_point *trough)
{
    if (peak && trough)
        return locale_fill(arena, job->lang, "chart.pattern.turns", "high",
                           point_words(arena, job, peak), "low",
                           point_words(arena, job, trough), NULL);
    const struct chart_point *turn = peak ? peak : trough;
    if (turn == NULL)
        return "";
    return locale_fill(arena, job->lang,
                       peak ? "chart.pattern.peak" : "chart.pattern.trough",
                       "value", point_words(arena, job, turn), NULL);
}

/* "Hommes : passe de 58,0 en 2010 à 47,6 en 2023, avec un maximum de 61,2 en
 * 2015 entre les deux." of every series. Two ends say nothing of a trend:
 * whether one is established is for the interval of its slope. */
static const char *of_curves(struct arena *arena, const struct chart_job *job)
{
    struct text out = text_new(arena);
    for (size_t s = 0; s < chart_values(job); s++) {
        const struct chart_series *series = &job->series[s];
        const struct chart_point *first, *last;
        if (!find_ends(series, &first, &last))
            continue;
        if (out.size > 0)
            text_add_char(&out, ' ');
        text_add(&out,
                 locale_fill(arena, job->lang, "chart.pattern.change", "label",
                             chart_series_name(job, s), "first",
                             point_words(arena, job, first), "last",
                             point_words(arena, job, last), "turns",
                             turn_words(arena, job,
                                        find_turn(series, first, last, 1),
                                        find_turn(series, first, last, -1)),
                             NULL));
    }
    return out.at;
}

/* How many of the lines between two dates end above, below and at the value
 * they start from; a few are told one by one. */
static const char *of_slopes(struct arena *arena, const struct chart_job *job)
{
    size_t up = 0, down = 0, same = 0;
    for (size_t s = 0; s < chart_values(job); s++) {
        const struct chart_point *first, *last;
        if (!find_ends(&job->series[s], &first, &last))
            continue;
        up += last->value > first->value;
        down += last->value < first->value;
        same += !(last->value > first->value || last->value < first->value);
    }
    if (up + down + same <= TOLD_MOST)
        return of_curves(arena, job);
    return locale_fill(arena, job->lang, "chart.pattern.slopes", "up",
                       count_text(arena, job, up), "down",
                       count_text(arena, job, down), "same",
                       count_text(arena, job, same), NULL);
}

static const char *of_segments(struct arena *arena, const struct chart_job *job)
{
    struct text list = text_new(arena);
    size_t count = 0;
    for (size_t s = chart_values(job); s < job->series_count; s++, count++) {
        if (count > 0)
            text_add(&list, locale_text(job->lang, "chart.separator"));
        text_add(&list, job->series[s].label);
    }
    if (count == 0)
        return "";
    return locale_fill(arena, job->lang, "chart.pattern.segments", "count",
                       count_text(arena, job, count), "list", list.at, NULL);
}

/* What a row is compared with: its own reference, else that of the chart. */
static bool find_reference(const struct chart_job *job, const char *label,
                           double *out)
{
    const struct chart_point *own = chart_beside(job, ROLE_REFERENCE, label);
    *out = own && chart_shown(own) ? own->value : job->reference.value;
    return own ? chart_shown(own) : job->reference.given;
}

/* Intervals beside the reference. */
static const char *of_intervals(struct arena *arena,
                                const struct chart_job *job)
{
    size_t above = 0, below = 0, across = 0;
    for (size_t s = 0; s < chart_values(job); s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            const struct chart_point *point = &job->series[s].points[i];
            double reference;
            if (!chart_shown(point) || !point->has_interval ||
                !find_reference(job, point->label, &reference))
                continue;
            if (point->lower > reference)
                above++;
            else if (point->upper < reference)
                below++;
            else
                across++;
        }
    }
    if (above + below + across == 0)
        return "";
    return locale_fill(arena, job->lang, "chart.pattern.intervals", "above",
                       count_text(arena, job, above), "below",
                       count_text(arena, job, below), "across",
                       count_text(arena, job, across), NULL);
}

/* Bars may be compared with a reference, by their intervals. */
static const char *of_bars(struct arena *arena, const struct chart_job *job)
{
    const char *rows = chart_pattern_rows(arena, job);
    const char *intervals =
        job->reference.given ? of_intervals(arena, job) : "";
    return *rows && *intervals ? arena_format(arena, "%s %s", rows, intervals)
           : *rows             ? rows
                               : intervals;
}

static const char *of_funnel(struct arena *arena, const struct chart_job *job)
{
    size_t inner = 0, outer = 0, shown = 0;
    for (size_t s = 0; s < chart_values(job); s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            const struct chart_point *point = &job->series[s].points[i];
            if (!chart_shown(point))
                continue;
            shown++;
            inner += chart_beyond_limits(job, point, 0);
            outer += chart_beyond_limits(job, point, 1);
        }
    }
    if (shown == 0)
        return "";
    return locale_fill(arena, job->lang, "chart.pattern.funnel", "inner",
                       count_text(arena, job, inner), "outer",
                       count_text(arena, job, outer), "shown",
                       count_text(arena, job, shown), NULL);
}

static const char *of_fit(struct arena *arena, const struct chart_job *job)
{
    for (size_t s = chart_values(job); s < job->series_count; s++) {
        const struct chart_point *first, *last;
        if (job->series[s].role != ROLE_FIT ||
            !find_ends(&job->series[s], &first, &last))
            continue;
        return locale_fill(arena, job->lang,
                           last->value > first->value   ? "chart.pattern.rises"
                           : last->value < first->value ? "chart.pattern.falls"
                                                        : "chart.pattern.level",
                           "label", job->series[s].label, NULL);
    }
    return "";
}

const char *chart_pattern(struct arena *arena, const struct chart_job *job)
{
    static const struct {
        const char *kind;
        pattern *words;
    } patterns[] = {
        {"line", of_curves},
        {"age", of_curves},
        {"step", of_curves},
        {"joinpoint", of_segments},
        {"dot", of_intervals},
        {"forest", of_intervals},
        {"caterpillar", of_intervals},
        {"spine", of_intervals},
        {"funnel", of_funnel},
        {"scatter", of_fit},
        {"histogram", chart_most_frequent},
        {"slope", of_slopes},
        {"bar", of_bars},
        {"stacked", chart_pattern_rows},
        {"parts", chart_pattern_rows},
        {"pyramid", chart_pattern_rows},
        {"heat", chart_pattern_rows},
        {"dumbbell", chart_pattern_gap},
    };
    for (size_t i = 0; i < COUNT_OF(patterns); i++) {
        if (text_same(patterns[i].kind, job->kind))
            return patterns[i].words(arena, job);
    }
    return "";
}
