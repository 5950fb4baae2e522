/* SPDX-License-Identifier: EUPL-1.2 */
/* Charts of rows that no page shows at once have their numbers at both ends. */
#include <math.h>

#include "check.h"

#include "chart/chart_impl.h"
#include "chart_kinds_all.h"

static struct chart_job rows_of(struct trial *trial, const char *kind,
                                size_t rows)
{
    struct chart_point *points =
        arena_array(trial->arena, rows, sizeof *points);
    for (size_t i = 0; i < rows; i++)
        points[i] =
            fixture_point(arena_format(trial->arena, "Territoire %zu", i + 1),
                          (double)i, 40.3 + (double)(i * 7 % 61), 3);
    struct chart_series *series = arena_array(trial->arena, 2, sizeof *series);
    series[0] = series[1] =
        (struct chart_series){"Hommes", points, rows, ROLE_VALUES};
    series[1].label = "Femmes";
    return (struct chart_job){
        .kind = kind,
        .title = "",
        .x_label = "",
        .y_label = "pour 100\u202f000",
        .source = "",
        .series = series,
        .series_count = text_same(kind, "dumbbell") ? 2 : 1,
        .decimals = 1,
    };
}

/* How often the number of a break, and where from and to. */
static size_t find_number(const struct trial *trial, const char *number,
                          double *top, double *bottom)
{
    size_t count = 0;
    *top = INFINITY;
    *bottom = 0;
    for (size_t i = 0; i < scene_count(trial->scene); i++) {
        const struct scene_item *item = scene_item(trial->scene, i);
        if (item->kind != SCENE_TEXT || !text_same(item->text, number))
            continue;
        *top = fmin(*top, item->y_pt);
        *bottom = fmax(*bottom, item->y_pt);
        count++;
    }
    return count;
}

TEST(rows_that_no_page_shows_have_their_numbers_at_both_ends)
{
    static const char *const kinds[] = {"bar",    "stacked",     "dot",
                                        "forest", "caterpillar", "dumbbell"};
    struct trial trial = trial_new();
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        double top, bottom;
        struct chart_job job = rows_of(&trial, kinds[k], 120);
        CHECK(draw(&trial, &job));
        CHECK_INT(find_number(&trial, "100", &top, &bottom), 2);
        CHECK(top < 70 && bottom > scene_height(trial.scene) - 70);
        check_inside(&trial, kinds[k]);
        job = rows_of(&trial, kinds[k], 30);
        CHECK(draw(&trial, &job));
        CHECK_INT(find_number(&trial, "100", &top, &bottom), 1);
    }
    trial_end(&trial);
}

/* Its words stand above the numbers. */
TEST(a_reference_is_named_above_the_numbers_at_the_head)
{
    struct trial trial = trial_new();
    struct chart_job job = rows_of(&trial, "dot", 120);
    double number, foot, words, same;
    job.reference = (struct chart_reference){true, 50, "Ensemble"};
    CHECK(draw(&trial, &job));
    CHECK_INT(find_number(&trial, "50", &number, &foot), 2);
    CHECK_INT(find_number(&trial, "Ensemble", &words, &same), 1);
    CHECK(words + CHART_TICK_PT < number + 1);
    trial_end(&trial);
}

RUN(CASE(rows_that_no_page_shows_have_their_numbers_at_both_ends),
    CASE(a_reference_is_named_above_the_numbers_at_the_head))
