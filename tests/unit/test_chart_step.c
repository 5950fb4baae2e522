/* SPDX-License-Identifier: EUPL-1.2 */
/* A survival curve begins with all at time 0. */
#include "check.h"

#include "chart_kinds_all.h"

/* Two years of one series, as parts of `whole`. */
static struct chart_job survival(struct chart_series *series,
                                 struct chart_point points[2], double whole)
{
    points[0] = fixture_point("1", 1, 0.8 * whole, 0.02 * whole);
    points[1] = fixture_point("5", 5, 0.6 * whole, 0.02 * whole);
    *series = (struct chart_series){"Net", points, 2, ROLE_VALUES};
    return (struct chart_job){.kind = "step",
                              .title = "Survie",
                              .y_label = "Survie",
                              .series = series,
                              .series_count = 1,
                              .decimals = 2};
}

static bool has_point(const struct trial *trial, const char *words)
{
    for (size_t i = 0; i < scene_count(trial->scene); i++) {
        const struct scene_item *item = scene_item(trial->scene, i);
        if (item->kind == SCENE_GROUP_BEGIN && text_same(item->title, words))
            return true;
    }
    return false;
}

TEST(a_survival_begins_with_all_at_time_zero)
{
    struct trial trial = trial_new();
    struct chart_series series;
    struct chart_point points[2];
    struct chart_job job = survival(&series, points, 100);
    CHECK(draw(&trial, &job));
    CHECK(has_point(
        &trial,
        "0\u00a0: 100,00 [IC95\u00a0%\u00a0: 100,00\u202f;\u00a0100,00]"));
    /* it is no published value */
    CHECK(!strstr(scene_alt(trial.scene), "100,00"));
    CHECK(!strstr(scene_description(trial.scene), "100,00"));
    job = survival(&series, points, 1);
    CHECK(draw(&trial, &job));
    CHECK(has_point(
        &trial, "0\u00a0: 1,00 [IC95\u00a0%\u00a0: 1,00\u202f;\u00a01,00]"));
    job.percent = true; /* a bad one, of 0,8 % */
    CHECK(draw(&trial, &job));
    CHECK(has_point(
        &trial,
        "0\u00a0: 100,00 [IC95\u00a0%\u00a0: 100,00\u202f;\u00a0100,00]"));
    trial_end(&trial);
}

TEST(what_has_its_beginning_or_is_no_survival_stays)
{
    struct trial trial = trial_new();
    struct chart_series series;
    struct chart_point points[2];
    struct chart_job job = survival(&series, points, 100);
    points[0].x = 0;
    CHECK(draw(&trial, &job));
    CHECK(!strstr(dump(&trial), "100,00"));
    job = survival(&series, points, 5000);
    CHECK(draw(&trial, &job));
    CHECK(!strstr(dump(&trial), "title \"0"));
    job = survival(&series, points, 100);
    points[0].availability = points[1].availability = CONFIDENTIAL;
    CHECK(draw(&trial, &job));
    CHECK(!strstr(dump(&trial), "100,00"));
    trial_end(&trial);
}

TEST(a_band_on_one_side_of_its_line_is_explained)
{
    static const char note[] = "d’un côté de la valeur";
    struct trial trial = trial_new();
    struct chart_series series;
    struct chart_point points[2];
    struct chart_job job = survival(&series, points, 100);
    CHECK(draw(&trial, &job));
    CHECK(!strstr(dump(&trial), note));
    points[1].lower = points[1].value;
    CHECK(draw(&trial, &job));
    CHECK(!strstr(dump(&trial), note)); /* hardly: there are decimals */
    job.decimals = 0;
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), note) != NULL);
    job.kind = "dot";
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), note) != NULL);
    job.kind = "step";
    points[0].upper = points[0].lower = points[0].value;
    points[1].upper = points[1].value; /* no band at all */
    CHECK(draw(&trial, &job));
    CHECK(!strstr(dump(&trial), note));
    trial_end(&trial);
}

/* Whether the value axis has this number. */
static bool has_tick(struct trial *trial, const char *number)
{
    return strstr(dump(trial),
                  arena_format(trial->arena, "end regular 8.00 #555555 \"%s\"",
                               number)) != NULL;
}

TEST(the_axis_of_a_survival_ends_at_all)
{
    struct trial trial = trial_new();
    struct chart_series series;
    struct chart_point points[2];
    struct chart_job job = survival(&series, points, 100);
    job.decimals = 0;
    points[0] = fixture_point("1", 1, 98, 1);
    points[1] = fixture_point("5", 5, 95, 1);
    CHECK(draw(&trial, &job));
    CHECK(has_tick(&trial, "90") && has_tick(&trial, "100"));
    CHECK(!has_tick(&trial, "105") && !has_tick(&trial, "110"));
    trial_end(&trial);
}

/* Whether a column of the plot is named. */
static bool has_column(struct trial *trial, const char *name)
{
    return strstr(dump(trial),
                  arena_format(trial->arena,
                               "middle regular 8.00 #555555 \"%s\"", name)) !=
           NULL;
}

TEST(the_beginning_gives_up_its_name_before_a_time_does)
{
    struct trial trial = trial_new();
    struct chart_series series;
    struct chart_point points[3];
    struct chart_job job = survival(&series, points, 100);
    points[0] = fixture_point("1 year", 1, 80, 2);
    points[1] = fixture_point("5 years", 5, 60, 2);
    points[2] = fixture_point("10 years", 10, 40, 2);
    series.count = 3;
    job.width_pt = 460;
    CHECK(draw(&trial, &job));
    CHECK(has_column(&trial, "0") && has_column(&trial, "1 year"));
    job.width_pt = 200;
    CHECK(draw(&trial, &job));
    CHECK(!has_column(&trial, "0") && has_column(&trial, "1 year"));
    CHECK(has_column(&trial, "5 years") && has_column(&trial, "10 years"));
    trial_end(&trial);
}

RUN(CASE(a_survival_begins_with_all_at_time_zero),
    CASE(a_band_on_one_side_of_its_line_is_explained),
    CASE(the_beginning_gives_up_its_name_before_a_time_does),
    CASE(the_axis_of_a_survival_ends_at_all),
    CASE(what_has_its_beginning_or_is_no_survival_stays))
