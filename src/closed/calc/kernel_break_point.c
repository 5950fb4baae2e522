/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/kernel_trend_impl.h"
#include "calc/linear.h"

/* The quantile of equally likely years, interpolated (R's type 7). */
static double quantile(const struct trend_series *series, double share)
{
    double at = share * (double)(series->count - 1);
    size_t below = (size_t)at;
    if (below + 1 >= series->count)
        return series->years[series->count - 1];
    return series->years[below] +
           (at - (double)below) *
               (series->years[below + 1] - series->years[below]);
}

void trend_break_range(const struct trend_series *series, double *from,
                       double *to)
{
    double share = fmax(0.05, 1.0 / (double)series->count);
    *from = fmax(quantile(series, share), series->years[1]);
    *to = fmin(quantile(series, 1.0 - share), series->years[series->count - 2]);
}

/* Whether the year counts as one after the break: a break on an observed year
 * has it on either side. */
enum side {
    SIDE_BEFORE,
    SIDE_AFTER,
};

/* Least squares on 1, x, (x - place)+ and, with 4 columns, -(x after place),
 * the derivative of the third by the place over the change of slope. */
static bool fit(struct arena *scratch, const struct trend_series *series,
                const double *y, double place, size_t columns, enum side side,
                struct linear_fit *out)
{
    double *x = arena_array(scratch, series->count * columns, sizeof *x);
    for (size_t i = 0; i < series->count; i++) {
        double *row = x + i * columns, beyond = series->years[i] - place;
        row[0] = 1.0;
        row[1] = series->years[i] - series->years[0];
        row[2] = fmax(beyond, 0.0);
        if (columns == 4)
            row[3] = beyond > 0.0 || (beyond == 0.0 && side == SIDE_AFTER)
                         ? -1.0
                         : 0.0;
    }
    return linear_least_squares(scratch, x, y, series->weights, series->count,
                                columns, out) &&
           out->rank == columns;
}

struct search {
    const struct trend_series *series;
    const double *y;
    double from, to;
    double place, sse; /* the best so far; INFINITY at first */
};

static void try_place(struct arena *scratch, struct search *search,
                      double place)
{
    struct linear_fit line;
    if (!(place >= search->from && place <= search->to) ||
        !fit(scratch, search->series, search->y, place, 3, SIDE_BEFORE, &line))
        return;
    if (line.residual < search->sse) {
        search->sse = line.residual;
        search->place = place;
    }
}

/* Where the separate lines through the first `before` observations and through
 * the others cross. */
static bool crossing(const struct search *search, size_t before, double *place)
{
    const struct trend_series *series = search->series;
    const double *weights = series->weights;
    struct trend_line left, right;
    if (!trend_line_fit(series->years, search->y, weights, before, &left) ||
        !trend_line_fit(series->years + before, search->y + before,
                        weights == NULL ? NULL : weights + before,
                        series->count - before, &right))
        return false;
    double gap =
        right.mean_y - left.mean_y - right.slope * (right.mean_x - left.mean_x);
    *place = left.mean_x + gap / (left.slope - right.slope);
    return isfinite(*place);
}

/* The sum of squares of a place between two years is that of the separate
 * lines plus the square of their distance there over its variance: it has one
 * minimum inside when the lines cross there, and else lies at an end (Hudson
 * 1966). */
static void look(struct arena *scratch, struct search *search)
{
    const struct trend_series *series = search->series;
    try_place(scratch, search, search->from);
    for (size_t i = 1; i + 2 <= series->count; i++) {
        double place;
        try_place(scratch, search, series->years[i]);
        if (i + 3 <= series->count && crossing(search, i + 1, &place) &&
            place > series->years[i] && place < series->years[i + 1])
            try_place(scratch, search, place);
    }
    try_place(scratch, search, search->to);
}

/* Muggeo 2003: variances of the fit that has the derivative as its fourth
 * column. On an observed year the derivative differs by side: the side with
 * the greater error of the place counts. */
static bool errors(struct arena *scratch, const struct search *search,
                   double change, struct trend_break *out)
{
    double variance = search->sse / (double)(search->series->count - 4);
    bool found = false;
    for (enum side side = SIDE_BEFORE; side <= SIDE_AFTER; side++) {
        struct linear_fit line;
        if (!fit(scratch, search->series, search->y, search->place, 4, side,
                 &line))
            continue;
        const double *c = line.unscaled;
        double error = sqrt(variance * c[15]) / fabs(change);
        if (found && error <= out->error)
            continue;
        out->error = error;
        out->segments[0].slope.error = sqrt(variance * c[5]);
        out->segments[1].slope.error =
            sqrt(variance * (c[5] + c[10] + 2.0 * c[6]));
        found = true;
    }
    return found;
}

static bool judge(const struct trend_series *series, double confidence,
                  struct trend_break *out)
{
    double freedom = (double)(series->count - 4), reach;
    if (!kernel_student_quantile(0.5 + 0.5 * confidence, freedom, &reach))
        return false;
    out->limits = (struct kernel_interval){
        out->place,
        out->place - reach * out->error,
        out->place + reach * out->error,
    };
    for (size_t s = 0; s < 2; s++) {
        out->segments[s].slope.freedom = freedom;
        if (!trend_judge(&out->segments[s].slope, series->scale, confidence))
            return false;
    }
    return isfinite(out->limits.lower) && isfinite(out->limits.upper);
}

/* Points that lie on one line have no break: what a second slope takes away is
 * rounding. */
static bool is_line(const struct search *search)
{
    const struct trend_series *series = search->series;
    struct trend_line line;
    double squares = 0.0;
    if (!trend_line_fit(series->years, search->y, series->weights,
                        series->count, &line))
        return true;
    for (size_t i = 0; i < series->count; i++)
        squares +=
            trend_weight(series->weights, i) * search->y[i] * search->y[i];
    return line.sse - search->sse <= 1e-24 * squares;
}

static bool valid(const struct trend_series *series, double from, double to,
                  double confidence)
{
    return series->count >= TREND_BREAK_YEARS && trend_valid(series) &&
           confidence > 0.0 && confidence < 1.0 && from <= to &&
           from >= series->years[1] && to <= series->years[series->count - 2];
}

bool kernel_break_point(struct arena *scratch,
                        const struct trend_series *series, double from,
                        double to, double confidence, struct trend_break *out)
{
    if (!valid(series, from, to, confidence))
        return false;
    /* From the first rate, so that equal rates give slopes of exactly 0. */
    double *y = trend_response(scratch, series), first = y[0];
    for (size_t i = 0; i < series->count; i++)
        y[i] -= first;
    struct search search = {.series = series,
                            .y = y,
                            .from = from,
                            .to = to,
                            .sse = (double)INFINITY};
    look(scratch, &search);
    struct linear_fit line;
    if (!isfinite(search.sse) || is_line(&search) ||
        !fit(scratch, series, y, search.place, 3, SIDE_BEFORE, &line))
        return false;
    double before = line.coefficients[1], change = line.coefficients[2];
    struct trend_break found = {
        .place = search.place,
        .sse = search.sse,
        .inside = search.place > from && search.place < to,
        .segments = {{series->years[0], search.place, {.slope = before}},
                     {search.place,
                      series->years[series->count - 1],
                      {.slope = before + change}}},
    };
    if (!errors(scratch, &search, change, &found) ||
        !judge(series, confidence, &found))
        return false;
    *out = found;
    return true;
}
