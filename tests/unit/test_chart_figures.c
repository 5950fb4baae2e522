/* SPDX-License-Identifier: EUPL-1.2 */
/* Figures beside the rows of a forest on narrow pages, and beside low axes. */
#include <math.h>

#include "check.h"

#include "chart/chart_impl.h"
#include "chart_kinds_all.h"

/* Values in thousands of millions, with their intervals. */
static void enlarge(struct chart_job *job)
{
    struct chart_point *points =
        fixture_edit((struct chart_series *)(uintptr_t)&job->series[0]);
    for (size_t i = 0; i < job->series[0].count; i++) {
        points[i].value *= 1e9;
        points[i].lower *= 1e9;
        points[i].upper *= 1e9;
    }
    job->reference.value *= 1e9;
}

static struct chart_job forest_at(struct trial *trial, const char *kind,
                                  double width)
{
    struct chart_job job = kinds_forest(trial->arena);
    job.kind = kind;
    job.width_pt = width;
    return job;
}

TEST(figures_stay_on_the_page_and_leave_room_for_marks)
{
    static const char *const kinds[] = {"forest", "caterpillar"};
    static const double widths[] = {160, 200, 240, 340, 480};
    struct trial trial = trial_new();
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        for (size_t w = 0; w < COUNT_OF(widths); w++) {
            struct chart_job job = forest_at(&trial, kinds[k], widths[w]);
            enlarge(&job);
            CHECK(draw(&trial, &job));
            check_inside(&trial, arena_format(trial.arena, "%s at %g", kinds[k],
                                              widths[w]));
        }
    }
    trial_end(&trial);
}

/* Text that has words in it, NULL: none. */
static const struct scene_item *find_text(const struct trial *trial,
                                          const char *words)
{
    for (size_t i = 0; i < scene_count(trial->scene); i++) {
        const struct scene_item *item = scene_item(trial->scene, i);
        if (item->kind == SCENE_TEXT && strstr(item->text, words))
            return item;
    }
    return NULL;
}

TEST(figures_go_on_two_lines_then_lose_the_interval)
{
    struct trial trial = trial_new();
    struct chart_job job = forest_at(&trial, "forest", 480);
    job.series_count = 1;
    CHECK(draw(&trial, &job)); /* Bretagne: one line */
    const struct scene_item *line = find_text(&trial, "[");
    CHECK(line && line->text[0] != '[');
    CHECK_NEAR(line->size_pt, CHART_LABEL_PT, 0.01);

    enlarge(&job);
    job.width_pt = 300;
    job.height_pt = 600;
    CHECK(draw(&trial, &job));
    line = find_text(&trial, "[");
    CHECK(line && line->text[0] == '[');
    CHECK(line->size_pt >= CHART_LEAST_PT);

    job.width_pt = 200;
    CHECK(draw(&trial, &job));
    CHECK(!find_text(&trial, "["));
    CHECK(find_text(&trial, "\u202f000\u202f000,0"));
    trial_end(&trial);
}

TEST(figures_that_do_not_fit_are_missed_by_a_note)
{
    static const char ranks[] = "Valeurs et rangs";
    struct trial trial = trial_new();
    struct chart_job job = forest_at(&trial, "forest", 160);
    enlarge(&job);
    CHECK(draw(&trial, &job));
    CHECK(!find_text(&trial, "\u202f000,0"));
    CHECK(find_text(&trial, ranks));

    job.series_count = 1;
    job.width_pt = 160;
    enlarge(&job); /* longer still */
    CHECK(draw(&trial, &job));
    CHECK(!find_text(&trial, "\u202f000,0"));
    CHECK(find_text(&trial, "Valeurs non"));

    job = forest_at(&trial, "forest", 480);
    CHECK(draw(&trial, &job));
    CHECK(!find_text(&trial, "écrit"));
    CHECK(find_text(&trial, "1 [1\u202f; 4]"));
    trial_end(&trial);
}

/* Where the number of a tick of the value axis stands. */
static bool is_tick(const struct scene_item *item)
{
    return item->kind == SCENE_TEXT && item->anchor == ANCHOR_END &&
           fabs(item->size_pt - CHART_TICK_PT) < 0.01;
}

TEST(numbers_of_a_low_axis_stay_apart)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_joinpoint(trial.arena);
    job.height_pt = 115; /* the key of two segments takes half of it */
    CHECK(draw(&trial, &job));
    double last = INFINITY;
    int ticks = 0;
    for (size_t i = 0; i < scene_count(trial.scene); i++) {
        const struct scene_item *item = scene_item(trial.scene, i);
        if (!is_tick(item))
            continue;
        CHECK(last - item->y_pt >= CHART_TICK_PT);
        last = item->y_pt;
        ticks++;
    }
    CHECK(ticks >= 2);
    trial_end(&trial);
}

/* Wide numbers at the foot: every second break has one, not all but one. */
TEST(numbers_of_a_foot_are_evenly_apart)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_bar(trial.arena);
    struct chart_series *series = edit_series(&trial, &job);
    for (size_t i = 0; i < series[0].count; i++) {
        struct chart_point *point = &fixture_edit(&series[0])[i];
        point->has_interval = false;
        point->value = i == 0 ? 913100 : 200000;
    }
    job.series_count = 1;
    job.decimals = 0;
    job.width_pt = 240;
    CHECK(draw(&trial, &job));
    const char *text = dump(&trial);
    CHECK(strstr(text, "\"500\u202f000\"") != NULL);
    CHECK(strstr(text, "\"250\u202f000\"") == NULL);
    CHECK(strstr(text, "\"750\u202f000\"") == NULL);
    trial_end(&trial);
}

/* Numbers of one digit leave no room for the word: the axis gives it. */
TEST(what_columns_are_stands_beside_them_whatever_the_numbers)
{
    static const double scales[] = {0.02, 1};
    struct trial trial = trial_new();
    for (size_t i = 0; i < COUNT_OF(scales); i++) {
        struct chart_job job = fixture_age(trial.arena);
        struct chart_series *series = edit_series(&trial, &job);
        for (size_t s = 0; s < job.series_count; s++) {
            for (size_t p = 0; p < series[s].count; p++) {
                struct chart_point *point = &fixture_edit(&series[s])[p];
                point->value *= scales[i];
                point->has_interval = false;
                point->label =
                    arena_format(trial.arena, "%zu-%zu", 5 * p, 5 * p + 4);
            }
        }
        job.x_label = "Âge";
        job.title = "";
        job.width_pt = 240;
        CHECK(draw(&trial, &job));
        const struct scene_item *word = find_text(&trial, "Âge");
        const struct scene_item *first = find_text(&trial, "0-4");
        CHECK(word != NULL && first != NULL);
        CHECK(fabs(word->y_pt - first->y_pt) < 0.01);
    }
    trial_end(&trial);
}

RUN(CASE(what_columns_are_stands_beside_them_whatever_the_numbers),
    CASE(numbers_of_a_foot_are_evenly_apart),
    CASE(figures_stay_on_the_page_and_leave_room_for_marks),
    CASE(figures_go_on_two_lines_then_lose_the_interval),
    CASE(figures_that_do_not_fit_are_missed_by_a_note),
    CASE(numbers_of_a_low_axis_stay_apart))
