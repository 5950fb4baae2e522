/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "chart/chart_impl.h"

static size_t count_points(const struct chart_job *job)
{
    size_t count = 0;
    for (size_t s = 0; s < chart_values(job); s++)
        count += job->series[s].count;
    return count;
}

static void make(struct arena *arena, const struct chart_job *job,
                 struct chart_cells *out)
{
    size_t most = count_points(job);
    *out = (struct chart_cells){
        .series = chart_values(job),
        .labels = arena_array(arena, most, sizeof *out->labels),
        .x = arena_array(arena, most, sizeof *out->x),
    };
}

static size_t find_x(const struct chart_cells *cells, double x)
{
    size_t column = 0;
    while (column < cells->columns && cells->x[column] < x)
        column++;
    return column;
}

static void add_x(struct chart_cells *cells, const struct chart_point *point)
{
    size_t column = find_x(cells, point->x);
    if (column < cells->columns && cells->x[column] <= point->x)
        return; /* there already */
    for (size_t i = cells->columns; i > column; i--) {
        cells->x[i] = cells->x[i - 1];
        cells->labels[i] = cells->labels[i - 1];
    }
    cells->x[column] = point->x;
    cells->labels[column] = point->label;
    cells->columns++;
}

static size_t find_label(const struct chart_cells *cells, const char *label)
{
    size_t column = 0;
    while (column < cells->columns && !text_same(cells->labels[column], label))
        column++;
    return column;
}

static void add_label(struct chart_cells *cells,
                      const struct chart_point *point)
{
    size_t column = find_label(cells, point->label);
    if (column < cells->columns)
        return;
    cells->labels[column] = point->label;
    cells->x[column] = (double)column;
    cells->columns++;
}

static void collect(struct arena *arena, const struct chart_job *job, bool by_x,
                    struct chart_cells *out)
{
    make(arena, job, out);
    for (size_t s = 0; s < chart_values(job); s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            if (by_x)
                add_x(out, &job->series[s].points[i]);
            else
                add_label(out, &job->series[s].points[i]);
        }
    }
    out->points = arena_array(arena, out->series * out->columns,
                              sizeof(const struct chart_point *));
    for (size_t s = 0; s < chart_values(job); s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            const struct chart_point *point = &job->series[s].points[i];
            size_t column =
                by_x ? find_x(out, point->x) : find_label(out, point->label);
            out->points[s * out->columns + column] = point;
        }
    }
}

void chart_cells_by_x(struct arena *arena, const struct chart_job *job,
                      struct chart_cells *out)
{
    collect(arena, job, true, out);
}

void chart_cells_by_label(struct arena *arena, const struct chart_job *job,
                          struct chart_cells *out)
{
    collect(arena, job, false, out);
}

const struct chart_point *chart_cell(const struct chart_cells *cells,
                                     size_t series, size_t column)
{
    assert(series < cells->series && column < cells->columns);
    return cells->points[series * cells->columns + column];
}

const struct chart_point *chart_beside(const struct chart_job *job,
                                       enum chart_role role, const char *label)
{
    for (size_t s = 0; s < job->series_count; s++) {
        const struct chart_series *series = &job->series[s];
        for (size_t i = 0; series->role == role && i < series->count; i++) {
            if (text_same(series->points[i].label, label))
                return &series->points[i];
        }
    }
    return NULL;
}

const char *chart_role_label(const struct chart_job *job, enum chart_role role)
{
    for (size_t s = 0; s < job->series_count; s++) {
        if (job->series[s].role == role)
            return job->series[s].label;
    }
    return "";
}

/* --- checks --------------------------------------------------------------- */

static bool same_x(const struct chart_point *a, const struct chart_point *b)
{
    return !(a->x < b->x || b->x < a->x);
}

static bool same_label(const struct chart_point *a, const struct chart_point *b)
{
    return text_same(a->label, b->label);
}

typedef bool same_place(const struct chart_point *a,
                        const struct chart_point *b);

bool chart_fail_at(const struct chart_point *point, struct err *err)
{
    return point->from && err_wrap(err, "%s", point->from);
}

static bool fail_twice(const struct chart_series *series,
                       const struct chart_point *point, struct err *err)
{
    if (series->label[0])
        err_fail(err, ERR_SCRIPT, "chart.twice",
                 "series '%s' has two points at '%s'", series->label,
                 point->label);
    else
        err_fail(err, ERR_SCRIPT, "chart.twice", "there are two points at '%s'",
                 point->label);
    return chart_fail_at(point, err);
}

static bool check_series(const struct chart_series *series, same_place *same,
                         struct err *err)
{
    for (size_t i = 1; i < series->count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (same(&series->points[i], &series->points[j]))
                return fail_twice(series, &series->points[i], err);
        }
    }
    return true;
}

bool chart_check_x(const struct chart_job *job, struct err *err)
{
    for (size_t s = 0; s < job->series_count; s++) {
        if (!check_series(&job->series[s], same_x, err))
            return false;
    }
    return true;
}

bool chart_check_labels(const struct chart_job *job, struct err *err)
{
    for (size_t s = 0; s < job->series_count; s++) {
        if (!check_series(&job->series[s], same_label, err))
            return false;
    }
    return true;
}
