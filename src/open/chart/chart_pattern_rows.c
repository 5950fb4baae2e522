/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/chart_pattern_rows.c - what rows and bars show at a glance: their
 * order, which series leads, how far two of them are apart. Only published
 * values are looked at, and only where all that is compared is published. */
#include <math.h>
#include <stdlib.h>

#include "chart/chart_impl.h"

enum { LISTED_MOST = 3 };

/* A thing with the number that orders it; the first given comes first. */
struct ranked {
    const char *name, *words;
    double value;
    size_t place;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *p = a;
    const struct ranked *q = b;
    if (p->value > q->value || p->value < q->value)
        return p->value > q->value ? -1 : 1;
    return p->place < q->place ? -1 : 1;
}

/* "Bretagne (60,1), Corse (58,9)" of the first ones. */
static const char *list_ranked(struct arena *arena, const struct chart_job *job,
                               struct ranked *ranked, size_t count)
{
    struct text out = text_new(arena);
    qsort(ranked, count, sizeof *ranked, compare_ranked);
    for (size_t i = 0; i < count && i < LISTED_MOST; i++) {
        if (i > 0)
            text_add(&out, locale_text(job->lang, "list.separator"));
        text_format(&out, "%s (%s)", ranked[i].name, ranked[i].words);
    }
    return out.at;
}

static struct ranked rank_point(struct arena *arena,
                                const struct chart_job *job, const char *name,
                                const struct chart_point *point, size_t place)
{
    return (struct ranked){name, chart_value_text(arena, job, point),
                           point->value, place};
}

/* The highest values of one series, or of the series at one place. */
static const char *of_order(struct arena *arena, const struct chart_job *job,
                            const struct chart_cells *cells)
{
    size_t count = 0, most = cells->columns * cells->series;
    struct ranked *ranked = arena_array(arena, most, sizeof *ranked);
    for (size_t s = 0; s < cells->series; s++) {
        for (size_t c = 0; c < cells->columns; c++) {
            const struct chart_point *point = chart_cell(cells, s, c);
            const char *name = cells->series > 1 ? chart_series_name(job, s)
                                                 : cells->labels[c];
            if (point && chart_shown(point))
                ranked[count] = rank_point(arena, job, name, point, count);
            count += point && chart_shown(point);
        }
    }
    if (count < 2)
        return "";
    return locale_fill(arena, job->lang, "chart.pattern.highest", "list",
                       list_ranked(arena, job, ranked, count), NULL);
}

/* The series with the greatest value of a column in which all are published;
 * SIZE_MAX: one is not, or several are alike. */
static size_t leader_of(const struct chart_cells *cells, size_t column,
                        bool *complete)
{
    size_t leader = 0, alike = 0;
    *complete = true;
    for (size_t s = 0; s < cells->series; s++) {
        const struct chart_point *point = chart_cell(cells, s, column);
        *complete = *complete && point && chart_shown(point);
        if (!*complete)
            return SIZE_MAX;
        double best = chart_cell(cells, leader, column)->value;
        if (point->value > best) {
            leader = s;
            alike = 0;
        } else if (s > 0 && !(point->value < best)) {
            alike++;
        }
    }
    return alike > 0 ? SIZE_MAX : leader;
}

/* How often each series is the highest one. */
static const char *of_leaders(struct arena *arena, const struct chart_job *job,
                              const struct chart_cells *cells)
{
    struct ranked *ranked =
        arena_array(arena, cells->series + 1, sizeof *ranked);
    size_t complete = 0, count = 0;
    for (size_t s = 0; s < cells->series; s++)
        ranked[s] = (struct ranked){chart_series_name(job, s), "", 0, s};
    for (size_t c = 0; c < cells->columns; c++) {
        bool whole;
        size_t leader = leader_of(cells, c, &whole);
        complete += whole;
        if (leader != SIZE_MAX)
            ranked[leader].value += 1;
    }
    for (size_t s = 0; s < cells->series; s++) {
        if (ranked[s].value > 0)
            ranked[count++] = ranked[s];
    }
    for (size_t r = 0; r < count; r++)
        ranked[r].words =
            num_format_count(arena, job->lang, (int64_t)ranked[r].value);
    if (complete < 2 || count == 0)
        return "";
    return locale_fill(arena, job->lang, "chart.pattern.leaders", "rows",
                       num_format_count(arena, job->lang, (int64_t)complete),
                       "list", list_ranked(arena, job, ranked, count), NULL);
}

const char *chart_pattern_rows(struct arena *arena, const struct chart_job *job)
{
    struct chart_cells cells;
    chart_cells_by_label(arena, job, &cells);
    bool several = cells.series > 1 && cells.columns > 1;
    return several ? of_leaders(arena, job, &cells)
                   : of_order(arena, job, &cells);
}

/* The row in which two series differ most. */
const char *chart_pattern_gap(struct arena *arena, const struct chart_job *job)
{
    struct chart_cells cells;
    const char *leaders = chart_pattern_rows(arena, job);
    const char *at = NULL;
    double widest = 0;
    int decimals = job->decimals;
    chart_cells_by_label(arena, job, &cells);
    for (size_t c = 0; cells.series == 2 && c < cells.columns; c++) {
        const struct chart_point *a = chart_cell(&cells, 0, c);
        const struct chart_point *b = chart_cell(&cells, 1, c);
        if (!a || !b || !chart_shown(a) || !chart_shown(b) ||
            fabs(a->value - b->value) <= widest)
            continue;
        int coarser = a->coarser > b->coarser ? a->coarser : b->coarser;
        decimals = job->decimals > coarser ? job->decimals - coarser : 0;
        widest = fabs(a->value - b->value);
        at = cells.labels[c];
    }
    if (!at)
        return leaders;
    const char *gap =
        locale_fill(arena, job->lang, "chart.pattern.gap", "label", at, "gap",
                    num_format(arena, job->lang, widest, decimals), NULL);
    return *leaders ? arena_format(arena, "%s %s", leaders, gap) : gap;
}
