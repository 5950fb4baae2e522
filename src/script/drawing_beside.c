/* SPDX-License-Identifier: EUPL-1.2 */
/* Lines beside the values: segments of a trend, a regression, the limits of a
 * funnel. All are made of what is published. */
#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "script/drawing.h"
#include "script/field.h"

#define Z_95 1.959963984540054

enum { SEGMENTS_MOST = 12 };

/* --- what is asked for ---------------------------------------------------- */

bool drawing_read_beside(lua_State *L, const char *field,
                         const struct pick *pick, struct source_column *out)
{
    bool given = field_given(L, 2, field);
    if (given) {
        lua_getfield(L, 2, field);
        read_source(L, lua_gettop(L), pick, out);
        lua_pop(L, 1);
    }
    return given;
}

static void read_trend(lua_State *L, struct drawing *drawing)
{
    bool joinpoint = text_same(drawing->type->name, "joinpoint");
    lua_getfield(L, 2, "trend");
    drawing->trend = test_table(L, -1);
    if (joinpoint != (drawing->trend != NULL) ||
        (!joinpoint && !lua_isnil(L, -1)))
        field_fail(L, "trend",
                   "trend: the kind 'joinpoint' goes with a table of segments "
                   "(p.statistic{kind = 'joinpoint'}), and no other kind does");
    if (joinpoint && pub_find_column(drawing->trend, "joinpoint_change_1") < 0)
        field_fail(L, "trend",
                   "trend: table '%s' has no segments: expected one of "
                   "p.statistic{kind = 'joinpoint'}",
                   pub_id(drawing->trend));
    lua_pop(L, 1);
}

/* The statistic that makes a funnel publishes its limits, the inner pair
 * first. */
static void read_limits(struct drawing *drawing)
{
    static const char *const names[DRAWING_LIMITS_MOST] = {
        "funnel_low_95", "funnel_high_95", "funnel_low_998", "funnel_high_998"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        int column = pub_find_column(drawing->table, names[i]);
        if (column < 0)
            continue;
        struct source_column *limit = &drawing->limits[drawing->limit_count++];
        *limit = drawing->base;
        limit->column = (size_t)column;
        limit->heading =
            words_column(drawing->page, drawing->table, limit->column, false);
        limit->decimals = pub_column(drawing->table, limit->column)->decimals;
    }
}

static void use_expected(struct drawing *drawing)
{
    int column = pub_find_column(drawing->table, "funnel_expected");
    if (drawing->has_along || column < 0)
        return;
    drawing->has_along = true;
    drawing->along = drawing->base;
    drawing->along.column = (size_t)column;
    drawing->along.unit = "";
    drawing->along.heading = words_column(drawing->page, drawing->table,
                                          drawing->along.column, false);
    drawing->along.decimals =
        pub_column(drawing->table, drawing->along.column)->decimals;
}

void drawing_read_fits(lua_State *L, struct drawing *drawing)
{
    bool scatter = text_same(drawing->type->name, "scatter");
    read_trend(L, drawing);
    drawing->regression = field_bool(L, 2, "regression", false);
    if (drawing->regression && !scatter)
        field_fail(L, "regression", "regression: goes with the kind 'scatter'");
    if (text_same(drawing->type->name, "funnel")) {
        read_limits(drawing);
        use_expected(drawing);
    }
    if ((scatter || text_same(drawing->type->name, "funnel")) &&
        !drawing->has_along)
        field_fail(L, "x_column",
                   "x_column: the kind '%s' has a column of numbers along x",
                   drawing->type->name);
}

size_t drawing_fits_most(const struct drawing *drawing)
{
    size_t segments = drawing->trend ? SEGMENTS_MOST : 0;
    return segments * drawing->series_count + drawing->limit_count + 1;
}

/* --- segments of a trend -------------------------------------------------- */

struct segment {
    double start, stop;
    double slope; /* of the log of the value, a year */
    const char *label;
};

static bool read_number(const struct pick *pick, const char *name, size_t k,
                        struct cell *cell, double *out)
{
    struct arena *scratch = arena_new();
    int column = pub_find_column(
        pick->table, arena_format(scratch, "joinpoint_%s_%zu", name, k));
    arena_free(scratch);
    if (column < 0)
        return false;
    *cell = (struct cell){pick->table, pub_row(pick->table, pick->place),
                          (size_t)column};
    return pub_read(cell->table, cell->row, cell->column, out) == AVAILABLE;
}

/* "2004–2012 : +2,1 % par an [IC95 % : 1,8 ; 2,4]" */
static const char *segment_label(struct page *page, const struct segment *of,
                                 struct cell change, double percent,
                                 const char *series)
{
    const char *sign = percent > 0 ? "+" : "";
    const char *interval = words_interval(page, change);
    const char *label = locale_fill(
        page->open, page->lang, "chart.segment", "start",
        arena_format(page->open, "%.0f", floor(of->start)), "stop",
        arena_format(page->open, "%.0f", ceil(of->stop)), "change",
        arena_format(page->open, "%s%s", sign, words_cell(page, change)), NULL);
    const char *parts[] = {label, interval};
    label = text_join(page->open, parts, interval[0] == '\0' ? 1 : 2, " ");
    return series[0] == '\0'
               ? label
               : arena_format(page->open, "%s, %s", series, label);
}

/* The node of each axis but the years, as in the series. */
static struct pick trend_pick(lua_State *L, const struct drawing *drawing,
                              const struct source_column *series)
{
    struct pick pick = pick_usual(L, drawing->trend);
    for (size_t d = 0; d < DIM_COUNT; d++) {
        enum dim dim = (enum dim)d;
        if (dim != DIM_PERIOD &&
            !pick_node(&pick, dim, pick_at(&series->pick, dim)))
            field_fail(L, "trend", "trend: table '%s' has no %s '%s'",
                       pub_id(drawing->trend), dim_name(dim),
                       pick_at(&series->pick, dim)->code);
    }
    return pick;
}

static size_t read_segments(lua_State *L, const struct drawing *drawing,
                            size_t s, struct segment *out)
{
    struct pick pick = trend_pick(L, drawing, &drawing->series[s]);
    const char *series = drawing->series_count > 1 ? drawing->labels[s] : "";
    size_t count = 0;
    while (count < SEGMENTS_MOST) {
        struct segment *segment = &out[count];
        struct cell cell;
        double change;
        if (!read_number(&pick, "start", count + 1, &cell, &segment->start) ||
            !read_number(&pick, "stop", count + 1, &cell, &segment->stop) ||
            !read_number(&pick, "change", count + 1, &cell, &change) ||
            change <= -100)
            break;
        segment->slope = log1p(change / 100);
        segment->label =
            segment_label(drawing->page, segment, cell, change, series);
        count++;
    }
    return count;
}

/* Log of the trend at x, less its height. */
static double shape(const struct segment *segments, size_t count, double x)
{
    double sum = 0;
    for (size_t k = 0; k < count; k++) {
        double stop = fmin(x, segments[k].stop);
        if (stop > segments[k].start)
            sum += segments[k].slope * (stop - segments[k].start);
    }
    return sum;
}

/* The height of a trend whose slopes are known: the weighted mean of what the
 * values leave, with the model's own weights, (rate / standard error)^2. */
static bool height(const struct chart_series *values,
                   const struct segment *segments, size_t count, double *out)
{
    double sum = 0, weights = 0;
    bool weighted = true;
    for (size_t i = 0; i < values->count; i++) {
        const struct chart_point *point = &values->points[i];
        weighted =
            weighted && (point->availability != AVAILABLE ||
                         (point->has_interval && point->upper > point->lower));
    }
    for (size_t i = 0; i < values->count; i++) {
        const struct chart_point *point = &values->points[i];
        if (point->availability != AVAILABLE || point->value <= 0)
            continue;
        double error =
            weighted ? (point->upper - point->lower) / (2 * Z_95) : 1;
        double weight = weighted ? pow(point->value / error, 2) : 1;
        sum += weight * (log(point->value) - shape(segments, count, point->x));
        weights += weight;
    }
    *out = weights > 0 ? sum / weights : 0;
    return weights > 0;
}

/* A point for each year: a constant change is a curve on a plain scale. */
static struct chart_series trend_line(const struct drawing *drawing,
                                      const struct segment *segments,
                                      size_t count, size_t k, double level)
{
    struct arena *open = drawing->page->open;
    size_t points = (size_t)ceil(segments[k].stop - segments[k].start) + 1;
    struct chart_point *line = arena_array(open, points, sizeof *line);
    for (size_t i = 0; i < points; i++) {
        double x = fmin(segments[k].start + (double)i, segments[k].stop);
        line[i] = (struct chart_point){
            .label = arena_format(open, "%.0f", x),
            .x = x,
            .availability = AVAILABLE,
            .value = exp(level + shape(segments, count, x)),
        };
    }
    return (struct chart_series){segments[k].label, line, points, ROLE_FIT};
}

static void add_trends(lua_State *L, struct drawing *drawing,
                       struct chart_series *all, size_t *count)
{
    struct segment segments[SEGMENTS_MOST];
    for (size_t s = 0; s < drawing->series_count; s++) {
        size_t found = read_segments(L, drawing, s, segments);
        double level;
        if (found == 0 || !height(&all[s], segments, found, &level))
            continue;
        for (size_t k = 0; k < found; k++)
            all[(*count)++] = trend_line(drawing, segments, found, k, level);
    }
}

/* --- regression ----------------------------------------------------------- */

/* Least squares over all points that are shown; three at least, not all at one
 * x. */
struct regression {
    size_t count;
    double x, y, xx, xy; /* means, then sums of squares around them */
    double from, to;
};

static void add_mean(struct regression *out, const struct chart_point *point)
{
    out->from = out->count ? fmin(out->from, point->x) : point->x;
    out->to = out->count ? fmax(out->to, point->x) : point->x;
    out->count++;
    out->x += (point->x - out->x) / (double)out->count;
    out->y += (point->value - out->y) / (double)out->count;
}

static void add_squares(struct regression *out, const struct chart_point *point)
{
    out->xx += pow(point->x - out->x, 2);
    out->xy += (point->x - out->x) * (point->value - out->y);
}

static void visit(const struct chart_series *all, size_t count,
                  struct regression *out,
                  void (*add)(struct regression *, const struct chart_point *))
{
    for (size_t s = 0; s < count; s++) {
        for (size_t i = 0; all[s].role == ROLE_VALUES && i < all[s].count;
             i++) {
            if (all[s].points[i].availability == AVAILABLE)
                add(out, &all[s].points[i]);
        }
    }
}

static void add_regression(struct drawing *drawing, struct chart_series *all,
                           size_t *count)
{
    struct page *page = drawing->page;
    struct regression line = {0};
    visit(all, *count, &line, add_mean);
    visit(all, *count, &line, add_squares);
    if (line.count < 3 || line.xx <= 0)
        return;
    struct chart_point *ends = arena_array(page->open, 2, sizeof *ends);
    for (size_t e = 0; e < 2; e++) {
        double x = e == 0 ? line.from : line.to;
        ends[e] = (struct chart_point){
            .label =
                num_format(page->open, page->lang, x, drawing->along.decimals),
            .x = x,
            .availability = AVAILABLE,
            .value = line.y + line.xy / line.xx * (x - line.x),
        };
    }
    all[(*count)++] = (struct chart_series){
        locale_text(page->lang, "chart.regression"), ends, 2, ROLE_FIT};
}

/* --- limits --------------------------------------------------------------- */

/* The limit of each place at its own x, in order of x. */
static struct chart_series read_limit(struct drawing *drawing,
                                      const struct source_column *column)
{
    struct page *page = drawing->page;
    struct chart_point *points =
        arena_array(page->open, drawing->place_count, sizeof *points);
    size_t count = 0;
    for (size_t p = 0; p < drawing->place_count; p++) {
        const struct member *place = &drawing->places[p];
        struct grid_cell x = grid_read(page, &drawing->along, place, 1);
        struct grid_cell y = grid_read(page, column, place, 1);
        size_t at = count;
        if (x.availability != AVAILABLE || y.availability != AVAILABLE)
            continue;
        while (at > 0 && points[at - 1].x > x.value)
            at--;
        if (at > 0 && points[at - 1].x >= x.value)
            continue;
        memmove(&points[at + 1], &points[at], (count - at) * sizeof *points);
        points[at] = (struct chart_point){
            .label = words_node(page, place->dim, place->node),
            .x = x.value,
            .availability = AVAILABLE,
            .value = y.value,
        };
        count++;
    }
    return (struct chart_series){column->heading, points, count, ROLE_LIMIT};
}

void drawing_fits(lua_State *L, struct drawing *drawing,
                  struct chart_series *all, size_t *count)
{
    if (drawing->trend)
        add_trends(L, drawing, all, count);
    if (drawing->regression)
        add_regression(drawing, all, count);
    for (size_t i = 0; i < drawing->limit_count; i++) {
        struct chart_series limit = read_limit(drawing, &drawing->limits[i]);
        if (limit.count > 0)
            all[(*count)++] = limit;
    }
}
