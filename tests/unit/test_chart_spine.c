/* SPDX-License-Identifier: EUPL-1.2 */
/* Spine charts: a territory among the others, with figures beside its rows. */
#include <ctype.h>

#include "check.h"

#include "chart/chart_impl.h"
#include "chart_kinds_all.h"

TEST(a_spine_without_reference_is_refused)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_spine(trial.arena);
    job.series_count = 1;
    CHECK(!draw(&trial, &job));
    CHECK_TEXT(trial.err.id, "chart.spine");
    trial_end(&trial);
}

/* The longest level segment, from left to right, and where the upright one
 * stands. */
static void longest(const struct scene *scene, double *left, double *right,
                    double *upright)
{
    *left = *right = *upright = 0;
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind != SCENE_PATH || !item->paint->stroked ||
            item->point_count != 2)
            continue;
        const double *p = item->points;
        if (p[1] == p[3] && p[2] - p[0] > *right - *left) {
            *left = p[0];
            *right = p[2];
        }
        if (p[0] == p[2])
            *upright = p[0];
    }
}

TEST(a_row_of_a_spine_holds_its_whole_interval)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_spine(trial.arena);
    struct chart_series series = job.series[0];
    struct chart_point *own = &fixture_edit(&series)[1];
    double reference = job.series[1].points[1].value, left, right, middle;
    own->lower = reference - 30; /* beyond all others on both sides */
    own->upper = reference + 60;
    CHECK(draw(&trial, &job));
    longest(trial.scene, &left, &right, &middle);
    CHECK(right - left > 60);
    CHECK(fabs((right - middle) - 2 * (middle - left)) < 0.05);
    trial_end(&trial);
}

static void forget_interval(struct chart_point *point, size_t number)
{
    (void)number;
    point->has_interval = false;
}

/* Hollow marks would say of all that they do not differ. */
TEST(a_spine_without_intervals_says_nothing_of_differences)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_spine(trial.arena);
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), "différence significative") != NULL);
    CHECK(strstr(dump(&trial), "fill #ffffff") != NULL);
    change_all(&trial, &job, forget_interval);
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), "différence significative") == NULL);
    CHECK(strstr(dump(&trial), "sa propre échelle") != NULL);
    CHECK(strstr(dump(&trial), "fill #ffffff") == NULL);
    trial_end(&trial);
}

/* Where the units of a figure end, left of its decimals and star. */
static double units_end(const struct trial *trial,
                        const struct scene_item *item)
{
    const char *tail = strchr(item->text, ',');
    if (tail == NULL)
        tail = item->text + strcspn(item->text, "*");
    return item->x_pt - fonts_width(trial->fonts, item->font, item->size_pt,
                                    tail, strlen(tail));
}

TEST(figures_of_a_spine_stand_by_their_decimal_signs)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_spine(trial.arena);
    struct chart_series own = job.series[0], other = job.series[1];
    fixture_edit(&own)[1].coarser = 1;
    fixture_edit(&own)[2].flags = FLAG_CAUTION;
    fixture_edit(&other)[4].coarser = 1;
    CHECK(draw(&trial, &job));
    double ends[2];
    size_t columns = 0, figures = 0;
    for (size_t i = 0; i < scene_count(trial.scene); i++) {
        const struct scene_item *item = scene_item(trial.scene, i);
        if (item->kind != SCENE_TEXT || item->anchor != ANCHOR_END ||
            !isdigit((unsigned char)item->text[0]))
            continue;
        double end = units_end(&trial, item);
        size_t column = 0;
        while (column < columns && fabs(ends[column] - end) > 0.05)
            column++;
        CHECK(column < COUNT_OF(ends));
        ends[column] = end;
        columns += column == columns;
        figures++;
    }
    CHECK_INT(columns, 2);
    CHECK_INT(figures, 11); /* one of 12 is confidential */
    trial_end(&trial);
}

RUN(CASE(a_spine_without_reference_is_refused),
    CASE(a_row_of_a_spine_holds_its_whole_interval),
    CASE(a_spine_without_intervals_says_nothing_of_differences),
    CASE(figures_of_a_spine_stand_by_their_decimal_signs))
