/* SPDX-License-Identifier: EUPL-1.2 */
/* Charts of values that nobody draws on purpose: none, all equal, all zero,
 * huge and tiny ones. */
#include "check.h"

#include "chart/chart_impl.h"
#include "chart_kinds_all.h"

static void hide(struct chart_point *point, size_t number)
{
    fixture_hide(point, number % 2 ? CONFIDENTIAL : UNRELIABLE);
}

static void set(struct chart_point *point, double value)
{
    point->value = value;
    point->has_interval = false;
}

static void make_equal(struct chart_point *point, size_t number)
{
    (void)number;
    if (chart_shown(point))
        set(point, 7);
}

static void make_zero(struct chart_point *point, size_t number)
{
    (void)number;
    if (chart_shown(point))
        set(point, 0);
}

static void make_huge(struct chart_point *point, size_t number)
{
    if (chart_shown(point))
        set(point, 1e12 * (double)(number + 1));
}

static void make_tiny(struct chart_point *point, size_t number)
{
    if (chart_shown(point))
        set(point, 1e-9 * (double)(number + 1));
}

TEST(nothing_leaves_the_page_whatever_the_values)
{
    static change *const changes[] = {NULL,      hide,      make_equal,
                                      make_zero, make_huge, make_tiny};
    static const double widths[] = {0, 242, 160};
    struct trial trial = trial_new();
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        for (size_t c = 0; c < COUNT_OF(changes); c++) {
            struct chart_job job = job_of(trial.arena, i);
            if (changes[c])
                change_all(&trial, &job, changes[c]);
            job.width_pt = widths[c % COUNT_OF(widths)];
            if (changes[c] == make_huge || changes[c] == make_tiny)
                job.width_pt = 0;
            CHECK(draw(&trial, &job));
            check_inside(&trial,
                         arena_format(trial.arena, "%s %zu", all[i].name, c));
            CHECK(!strstr(dump(&trial), "nan "));
            CHECK(!strstr(dump(&trial), "inf "));
        }
    }
    trial_end(&trial);
}

TEST(without_values_every_kind_says_so)
{
    struct trial trial = trial_new();
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        struct chart_job job = job_of(trial.arena, i);
        change_all(&trial, &job, hide);
        CHECK(draw(&trial, &job));
        CHECK(strstr(dump(&trial), "Aucune valeur à représenter") != NULL);
        CHECK(strstr(scene_alt(trial.scene), "Aucune valeur publiée.") != NULL);
    }
    trial_end(&trial);
}

TEST(a_whole_of_nothing_is_written)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_parts(trial.arena);
    change_all(&trial, &job, make_zero);
    job.decimals = 0;
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), "#222222 \"0\"") != NULL);
    trial_end(&trial);
}

TEST(a_legend_of_one_class_says_its_value)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_heat(trial.arena);
    change_all(&trial, &job, make_equal);
    job.width_pt = 160; /* no value stands in its cell */
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), "#222222 \"7,0\"") != NULL);
    trial_end(&trial);
}

/* Nothing else is there to compare it with. */
TEST(values_that_are_all_equal_are_measured_from_zero)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_dumbbell(trial.arena);
    change_all(&trial, &job, make_equal);
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), "ne commence pas à zéro") == NULL);
    trial_end(&trial);
}

static void hide_for_all_reasons(struct chart_point *point, size_t number)
{
    if (number % 2 == 0)
        fixture_hide(point, (enum availability)(number / 2 % 5 + 1));
    else
        set(point, (double)number);
}

/* At the foot they would look like the least that there can be. */
TEST(slopes_that_are_all_equal_are_in_the_middle)
{
    struct trial trial = trial_new();
    for (int log = 0; log < 2; log++) {
        struct chart_job job = kinds_slope(trial.arena);
        change_all(&trial, &job, make_equal);
        job.series_count = 1;
        job.log_scale = log;
        CHECK(draw(&trial, &job));
        const struct scene_item *mark = NULL;
        for (size_t i = 0; i < scene_count(trial.scene); i++) {
            const struct scene_item *item = scene_item(trial.scene, i);
            if (item->kind == SCENE_PATH && item->paint->filled)
                mark = item;
        }
        CHECK(mark != NULL);
        CHECK_NEAR(mark->points[1], scene_height(trial.scene) * 0.55,
                   scene_height(trial.scene) * 0.1);
    }
    trial_end(&trial);
}

static void make_unsure(struct chart_point *point, size_t number)
{
    if (!chart_shown(point))
        return;
    set(point, 40 + (double)(number % 10));
    point->has_interval = true;
    point->lower = 1;
    point->upper = 9000;
}

/* They would spread the classes, and press the marks together. */
TEST(intervals_that_are_not_drawn_take_no_room)
{
    static const char *const kinds[] = {"histogram", "scatter", "slope",
                                        "joinpoint"};
    struct trial trial = trial_new();
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        double low, high;
        struct chart_job job = kinds_scatter(trial.arena);
        job.kind = kinds[k];
        job.series_count = 1;
        job.y_label = "";
        change_all(&trial, &job, make_unsure);
        CHECK(chart_value_range(&job, &low, &high));
        CHECK(low >= 40 && high <= 49);
        CHECK(draw(&trial, &job));
        CHECK(strstr(dump(&trial), "000\"") == NULL);
    }
    trial_end(&trial);
}

TEST(a_long_legend_takes_nothing_from_the_rows_of_a_heat_map)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_heat(trial.arena);
    job.width_pt = 210; /* patterns stand below the classes */
    change_all(&trial, &job, make_huge);
    double without = chart_height(trial.arena, trial.fonts, &job);
    change_all(&trial, &job, hide_for_all_reasons);
    double with = chart_height(trial.arena, trial.fonts, &job);
    CHECK(with - without > 30); /* two patterns become five */
    trial_end(&trial);
}

/* The highest value lies at the right edge. */
TEST(what_a_value_without_its_pair_says_keeps_off_its_mark)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_dumbbell(trial.arena);
    struct chart_series *series = edit_series(&trial, &job);
    set(&fixture_edit(&series[0])[0], 1e3);
    fixture_hide(&fixture_edit(&series[1])[0], CONFIDENTIAL);
    CHECK(draw(&trial, &job));
    const struct scene_item *found = NULL;
    for (size_t i = 0; i < scene_count(trial.scene); i++) {
        const struct scene_item *item = scene_item(trial.scene, i);
        if (item->kind == SCENE_TEXT && strchr(item->text, '('))
            found = found ? found : item;
    }
    CHECK(found && found->anchor == ANCHOR_END);
    trial_end(&trial);
}

/* What is drawn later covers what was drawn before: between the names of two
 * rows, all bars come before the first number. */
TEST(no_bar_of_a_row_is_drawn_over_its_numbers)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_bars(trial.arena);
    CHECK(draw(&trial, &job));
    bool numbered = false;
    size_t bars = 0;
    for (size_t i = 0; i < scene_count(trial.scene); i++) {
        const struct scene_item *item = scene_item(trial.scene, i);
        if (item->kind == SCENE_TEXT)
            numbered = item->anchor == ANCHOR_START && item->y_pt > 50;
        bars += item->kind == SCENE_PATH && item->paint->filled;
        CHECK(!(numbered && item->kind == SCENE_PATH));
    }
    CHECK(bars > 10);
    trial_end(&trial);
}

/* The label of a reference takes its room from the rows. */
TEST(the_last_row_stands_above_the_axis)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_dumbbell(trial.arena);
    size_t last = job.series[0].count - 1;
    job.reference =
        (struct chart_reference){true, job.series[0].points[0].value, "France"};
    CHECK(draw(&trial, &job));
    double row = 0, axis = 0;
    for (size_t i = 0; i < scene_count(trial.scene); i++) {
        const struct scene_item *item = scene_item(trial.scene, i);
        if (item->kind != SCENE_TEXT)
            continue;
        if (text_same(item->text, job.series[0].points[last].label))
            row = item->y_pt;
        if (item->anchor == ANCHOR_MIDDLE)
            axis = fmax(axis, item->y_pt);
    }
    CHECK(row > 0 && row < axis - 10);
    trial_end(&trial);
}

/* Dashes through a number would be read as a part of it. */
TEST(a_reference_strikes_through_no_number)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_dumbbell(trial.arena);
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), "css \"plate\"") == NULL);
    size_t struck = 0;
    for (int step = 0; step < 20; step++) {
        double higher = job.series[0].points[0].value;
        job.reference = (struct chart_reference){
            true, higher * (1 + 0.01 * step), "France"};
        CHECK(draw(&trial, &job));
        struck += strstr(dump(&trial), "css \"plate\"") != NULL;
    }
    CHECK(struck > 0);
    trial_end(&trial);
}

TEST(one_value_and_one_everywhere_are_said_once)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_dumbbell(trial.arena);
    job.decimals = 0;
    change_all(&trial, &job, make_equal);
    CHECK(draw(&trial, &job));
    CHECK(strstr(scene_alt(trial.scene), "La même valeur partout\u00a0: 7."));
    CHECK(strstr(scene_description(trial.scene), "Hommes\u00a0: partout 7."));
    struct chart_series *series = edit_series(&trial, &job);
    for (size_t s = 0; s < 2; s++)
        series[s].count = 1;
    fixture_hide(&fixture_edit(&series[1])[0], CONFIDENTIAL);
    CHECK(draw(&trial, &job));
    CHECK(
        strstr(scene_alt(trial.scene), "Une seule valeur\u00a0: 7 (Hommes, "));
    CHECK(strstr(scene_description(trial.scene), "Hommes\u00a0: 7 ("));
    trial_end(&trial);
}

RUN(CASE(one_value_and_one_everywhere_are_said_once),
    CASE(the_last_row_stands_above_the_axis),
    CASE(intervals_that_are_not_drawn_take_no_room),
    CASE(slopes_that_are_all_equal_are_in_the_middle),
    CASE(a_reference_strikes_through_no_number),
    CASE(no_bar_of_a_row_is_drawn_over_its_numbers),
    CASE(a_long_legend_takes_nothing_from_the_rows_of_a_heat_map),
    CASE(what_a_value_without_its_pair_says_keeps_off_its_mark),
    CASE(nothing_leaves_the_page_whatever_the_values),
    CASE(without_values_every_kind_says_so),
    CASE(a_whole_of_nothing_is_written),
    CASE(a_legend_of_one_class_says_its_value),
    CASE(values_that_are_all_equal_are_measured_from_zero))
