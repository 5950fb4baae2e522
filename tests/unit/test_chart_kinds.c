/* SPDX-License-Identifier: EUPL-1.2 */
/* Every kind of chart: its scene as tests/golden/chart_KIND.scene, and what all
 * kinds have in common whatever the data. With GOLDEN set the files are
 * written. */
#include "check.h"

#include "base/fs.h"
#include "chart/chart_impl.h"
#include "chart_kinds_all.h"

/* --- golden scenes -------------------------------------------------------- */

static void compare(struct trial *trial, const char *path)
{
    const char *got = dump(trial);
    char *want;
    size_t size;
    if (getenv("GOLDEN")) {
        CHECK(fs_write(path, got, strlen(got), &trial->err));
        return;
    }
    CHECK(fs_read(trial->arena, path, &want, &size, &trial->err));
    size_t line = 0;
    for (size_t i = 0; got[i] && i < size && got[i] == want[i]; i++) {
        if (got[i] == '\n')
            line = i + 1;
    }
    size_t length = strcspn(got + line, "\n");
    CHECK_TEXT(
        arena_slice(trial->arena, got + line, length),
        arena_slice(trial->arena, want + line, strcspn(want + line, "\n")));
    CHECK_INT(strlen(got), size);
}

TEST(every_kind_draws_its_golden_scene)
{
    struct trial trial = trial_new();
    for (size_t i = 0; i < COUNT_OF(all) && !text_same(all[i].name, "line");
         i++) {
        struct chart_job job = job_of(trial.arena, i);
        CHECK(draw(&trial, &job));
        compare(&trial, arena_format(trial.arena, "tests/golden/chart_%s.scene",
                                     all[i].name));
    }
    trial_end(&trial);
}

TEST(every_kind_of_the_list_has_a_job_here)
{
    for (size_t t = 0; chart_types[t]; t++) {
        bool found = false;
        for (size_t i = 0; i < COUNT_OF(all); i++)
            found = found || text_same(all[i].name, chart_types[t]->name);
        CHECK(found);
    }
}

/* --- what all kinds have in common ---------------------------------------- */

static void set(struct chart_point *point, double value)
{
    point->value = value;
    point->has_interval = false;
}

/* Numbers of the axis at the foot. */
static size_t tick_count(struct trial *trial)
{
    const char *at = strstr(dump(trial), "group css \"grid\"");
    const char *end = at ? strstr(at, "\nend") : NULL;
    size_t count = 0;
    while (at && (at = strstr(at, "\n  text ")) && at < end) {
        count++;
        at++;
    }
    return count;
}

TEST(an_axis_of_rows_has_two_numbers_at_least)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_forest(trial.arena);
    struct chart_series *series = edit_series(&trial, &job);
    job.width_pt = 242;
    for (int high = 12; high < 100; high += 11) {
        for (size_t i = 0; i < series[0].count; i++)
            if (chart_shown(&series[0].points[i]))
                set(&fixture_edit(&series[0])[i], high - 0.3 * (double)i);
        job.reference.value = high - 1;
        CHECK(draw(&trial, &job));
        CHECK(tick_count(&trial) >= 2);
    }
    trial_end(&trial);
}

/* Every published value can be read from the scene without its colours: from
 * the title of its mark. */
TEST(every_published_value_has_its_words)
{
    struct trial trial = trial_new();
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        struct chart_job job = job_of(trial.arena, i);
        CHECK(draw(&trial, &job));
        if (text_same(job.kind, "histogram") || text_same(job.kind, "line") ||
            text_same(job.kind, "slope"))
            continue; /* classes, thinned marks, ends alone */
        const char *text = dump(&trial);
        struct chart_view view = {
            .arena = trial.arena, .fonts = trial.fonts, .job = &job};
        for (size_t s = 0; s < chart_values(&job); s++) {
            for (size_t p = 0; p < job.series[s].count; p++) {
                const struct chart_point *point = &job.series[s].points[p];
                if (chart_shown(point) && !text_same(job.kind, "stacked") &&
                    !text_same(job.kind, "parts"))
                    CHECK(strstr(text, chart_point_words(&view, s, point)));
            }
        }
    }
    trial_end(&trial);
}

TEST(a_hidden_value_is_drawn_by_no_kind)
{
    struct trial trial = trial_new();
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        struct chart_job job = job_of(trial.arena, i);
        struct chart_series *series = edit_series(&trial, &job);
        struct chart_point *point = &fixture_edit(&series[0])[1];
        fixture_hide(point, CONFIDENTIAL);
        CHECK(draw(&trial, &job));
        const char *before = dump(&trial);
        point->value = 987654.3;
        point->lower = 987600;
        point->upper = 987700;
        CHECK(draw(&trial, &job));
        CHECK_TEXT(dump(&trial), before);
    }
    trial_end(&trial);
}

/* --- kinds ---------------------------------------------------------------- */

TEST(a_caterpillar_is_in_order_and_a_forest_as_given)
{
    struct trial trial = trial_new();
    for (int sorted = 0; sorted < 2; sorted++) {
        struct chart_job job =
            sorted ? kinds_caterpillar(trial.arena) : kinds_forest(trial.arena);
        CHECK(draw(&trial, &job));
        const char *text = dump(&trial);
        const char *low = strstr(text, "\"Auvergne-Rhône-Alpes\"");
        const char *high = strstr(text, "\"Guadeloupe\"");
        CHECK(low && high && (sorted ? high < low : low < high));
        CHECK(strstr(text, "\"Mayotte\"") > high); /* withheld: last */
    }
    trial_end(&trial);
}

TEST(a_rank_is_printed_with_its_interval_or_not_at_all)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_forest(trial.arena);
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), "\"8 [5\u202f; 11]\"") != NULL);
    struct chart_series *series = edit_series(&trial, &job);
    fixture_edit(&series[1])[1].has_interval = false;
    CHECK(!draw(&trial, &job));
    CHECK(strstr(trial.err.text, "interval") != NULL);
    trial_end(&trial);
}

TEST(a_row_with_a_hidden_part_shows_no_part)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_stacked(trial.arena);
    CHECK(draw(&trial, &job));
    const char *text = dump(&trial);
    CHECK(strstr(text, "Stade I, Bretagne") != NULL);
    CHECK(strstr(text, "Stade I, Corse") == NULL);
    trial_end(&trial);
}

TEST(a_funnel_names_the_points_outside_its_limits)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_funnel(trial.arena);
    CHECK(draw(&trial, &job));
    const char *text = dump(&trial), *at = text;
    size_t outside = 0;
    while ((at = strstr(at, "point outside"))) {
        outside++;
        at++;
    }
    CHECK_INT(outside, 3);
    CHECK(strstr(text, "\"Zone 13\"") && strstr(text, "\"Zone 26\"") &&
          strstr(text, "\"Zone 39\""));
    CHECK(strstr(text, "\"Zone 20\"") == NULL);
    trial_end(&trial);
}

/* A limit that goes up and down runs through every place of a name. */
TEST(a_name_that_a_limit_would_strike_through_is_left_out)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_funnel(trial.arena);
    struct chart_series *series = edit_series(&trial, &job);
    CHECK(draw(&trial, &job));
    const char *names = strstr(dump(&trial), "group css \"labels\"");
    CHECK(strstr(names, "\"Zone 13\"") && strstr(names, "\"Zone 39\""));
    struct chart_point *limit = fixture_edit(&series[4]);
    for (size_t i = 0; i < series[4].count; i++) {
        limit[i].x = 15 + 35 * (double)i;
        limit[i].value = i % 2 ? 2.5 : 0.3;
    }
    CHECK(draw(&trial, &job));
    names = strstr(dump(&trial), "group css \"labels\"");
    CHECK(names && !strstr(names, "\"Zone "));
    trial_end(&trial);
}

TEST(a_funnel_without_limits_has_no_note_of_them)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_funnel(trial.arena);
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), "Tirets") != NULL);
    job.series_count = 1;
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), "Tirets") == NULL);
    trial_end(&trial);
}

/* Where nothing is expected anywhere the scale still has a width. */
TEST(a_funnel_may_have_all_its_points_at_or_below_0)
{
    static const double places[] = {0, -3};
    for (size_t p = 0; p < COUNT_OF(places); p++) {
        struct trial trial = trial_new();
        struct chart_job job = kinds_funnel(trial.arena);
        struct chart_series *series = edit_series(&trial, &job);
        struct chart_point *points = fixture_edit(&series[0]);
        for (size_t i = 0; i < series[0].count; i++)
            points[i].x = places[p];
        job.series_count = 1;
        CHECK(draw(&trial, &job));
        CHECK(strstr(dump(&trial), "group css \"point\"") != NULL);
        trial_end(&trial);
    }
}

static void narrow(struct chart_point *point, size_t number)
{
    (void)number;
    if (chart_shown(point) && point->has_interval) {
        point->lower = point->value - 1e-3;
        point->upper = point->value + 1e-3;
    }
}

TEST(a_band_that_its_curve_hides_is_said_to_be_narrow)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_line(trial.arena, LANG_FR);
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), "Bande\u00a0:") != NULL);
    CHECK(strstr(dump(&trial), "plus étroit") == NULL);
    change_all(&trial, &job, narrow);
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), "Bande\u00a0:") == NULL);
    CHECK(strstr(dump(&trial), "ne dépasse guère le trait") != NULL);
    trial_end(&trial);
}

TEST(names_cover_neither_marks_nor_one_another)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_scatter(trial.arena);
    CHECK(draw(&trial, &job));
    struct {
        double left, right, top, bottom;
    } boxes[16];
    size_t count = 0;
    for (size_t i = 0; i < scene_count(trial.scene); i++) {
        const struct scene_item *item = scene_item(trial.scene, i);
        if (item->kind != SCENE_TEXT || strncmp(item->text, "Zone", 4) != 0)
            continue;
        CHECK(count < COUNT_OF(boxes));
        boxes[count].left = item->x_pt;
        boxes[count].right =
            item->x_pt + fonts_width(trial.fonts, item->font, item->size_pt,
                                     item->text, strlen(item->text));
        boxes[count].bottom = item->y_pt;
        boxes[count].top =
            item->y_pt -
            fonts_cap_height(trial.fonts, item->font, item->size_pt);
        for (size_t other = 0; other < count; other++)
            CHECK(boxes[count].right <= boxes[other].left ||
                  boxes[other].right <= boxes[count].left ||
                  boxes[count].bottom <= boxes[other].top ||
                  boxes[other].bottom <= boxes[count].top);
        count++;
    }
    CHECK(count >= 4);
    trial_end(&trial);
}

TEST(a_histogram_counts_every_value_once)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_histogram(trial.arena);
    CHECK(draw(&trial, &job));
    const char *at = dump(&trial);
    int64_t sum = 0;
    while ((at = strstr(at, "à moins de "))) {
        at = strstr(at, "\u00a0: ") + strlen("\u00a0: ");
        sum += atoi(at);
    }
    CHECK_INT(sum, 95);
    trial_end(&trial);
}

TEST(a_part_that_does_not_apply_leaves_the_others)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_stacked(trial.arena);
    struct chart_series *series = edit_series(&trial, &job);
    struct chart_point *hidden = &fixture_edit(&series[3])[4];
    CHECK(draw(&trial, &job));
    const char *sign = availability_sign(LANG_FR, CONFIDENTIAL);
    const char *note = arena_format(trial.arena, "\"%s\"", sign);
    CHECK(strstr(dump(&trial), note) != NULL);
    double sum = 0;
    hidden->availability = NOT_APPLICABLE;
    for (size_t s = 0; s < 5; s++)
        sum += s == 3 ? 0 : series[s].points[4].value;
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial),
                 arena_format(trial.arena, "\"%s\"",
                              num_format(trial.arena, LANG_FR, sum, 0))));
    CHECK(!strstr(dump(&trial), availability_sign(LANG_FR, NOT_APPLICABLE)));
    for (size_t s = 0; s < 5; s++)
        fixture_hide(&fixture_edit(&series[s])[4], NOT_APPLICABLE);
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), availability_sign(LANG_FR, NOT_APPLICABLE)));
    trial_end(&trial);
}

TEST(years_have_round_steps)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_joinpoint(trial.arena);
    struct chart_series *series = edit_series(&trial, &job);
    series[0].points += 14; /* 2004 to 2023: steps of 2.5 have no place */
    series[0].count = 20;
    job.series_count = 1;
    CHECK(draw(&trial, &job));
    for (int year = 2005; year <= 2020; year += 5)
        CHECK(strstr(dump(&trial), arena_format(trial.arena,
                                                "middle regular 8.00 #555555 "
                                                "\"%d\"",
                                                year)));
    trial_end(&trial);
}

TEST(years_of_a_curve_are_thinned_to_round_ones)
{
    enum { FROM = 1993, COUNT = 30 };
    struct trial trial = trial_new();
    struct chart_job job = fixture_line(trial.arena, LANG_FR);
    struct chart_point *points =
        arena_array(trial.arena, COUNT, sizeof *points);
    for (int i = 0; i < COUNT; i++)
        points[i] = fixture_point(arena_format(trial.arena, "%d", FROM + i),
                                  FROM + i, 10 + i % 3, 0);
    struct chart_series series = {"Taux", points, COUNT, ROLE_VALUES};
    job.series = &series;
    job.series_count = 1;
    job.width_pt = 250; /* every second one would be too near */
    CHECK(draw(&trial, &job));
    const char *text = dump(&trial);
    CHECK(strstr(text, "\"1995\"") && strstr(text, "\"2020\""));
    CHECK(!strstr(text, "\"1998\"") && !strstr(text, "\"2001\""));
    trial_end(&trial);
}

/* No round step has them all: the ends are told, and what has room between. */
TEST(years_with_gaps_have_their_last_one_labelled)
{
    static const int years[] = {1990, 1999, 2006, 2011, 2015, 2017};
    struct trial trial = trial_new();
    struct chart_job job = fixture_line(trial.arena, LANG_FR);
    struct chart_point points[COUNT_OF(years)];
    for (size_t i = 0; i < COUNT_OF(years); i++)
        points[i] = fixture_point(arena_format(trial.arena, "%d", years[i]),
                                  years[i], 10 + (double)i, 0);
    struct chart_series series = {"Taux", points, COUNT_OF(years), ROLE_VALUES};
    job.series = &series;
    job.series_count = 1;
    job.width_pt = 250;
    CHECK(draw(&trial, &job));
    const char *text = dump(&trial);
    CHECK(strstr(text, "\"1990\"") && strstr(text, "\"2017\""));
    CHECK(strstr(text, "\"2006\"") && !strstr(text, "\"2015\""));
    trial_end(&trial);
}

/* Three points on a level line: each name stands over it or under it. */
TEST(names_keep_off_a_fitted_line)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_scatter(trial.arena);
    struct chart_series *series = edit_series(&trial, &job);
    series[0].count = 3;
    for (int i = 0; i < 3; i++) {
        fixture_edit(&series[0])[i].x = 6 + 4 * i;
        fixture_edit(&series[0])[i].value = 50;
    }
    fixture_edit(&series[1])[0].value = fixture_edit(&series[1])[1].value = 50;
    CHECK(draw(&trial, &job));
    const char *at = strstr(dump(&trial), "group css \"fit\"");
    CHECK(at != NULL);
    double x, y, line;
    CHECK_INT(sscanf(strstr(at, ": M "), ": M %lf %lf", &x, &line), 2);
    at = strstr(at, "group css \"labels\"");
    for (int i = 0; i < 3; i++) {
        at = strstr(at, "  text ");
        CHECK(at != NULL);
        CHECK_INT(sscanf(at, "  text %lf %lf", &x, &y), 2);
        CHECK(y < line || y - 6 > line);
        at++;
    }
    trial_end(&trial);
}

/* The second of three marks in a row has another as near at each side: its name
 * stands off, at the end of a rule that begins at the mark. */
TEST(a_name_among_marks_has_a_rule_to_its_own)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_scatter(trial.arena);
    struct chart_series *series = edit_series(&trial, &job);
    double x[2], y[2];
    series[0].count = 4;
    for (int i = 0; i < 3; i++) {
        fixture_edit(&series[0])[i].x = 10 + i;
        fixture_edit(&series[0])[i].value = 50;
    }
    fixture_edit(&series[0])[3].x = 30;
    fixture_edit(&series[0])[3].value = 80;
    CHECK(draw(&trial, &job));
    const char *at = strstr(dump(&trial), "group css \"labels\"");
    CHECK(at != NULL && strstr(at, "guide") != NULL);
    CHECK_INT(sscanf(strstr(at, ": M "), ": M %lf %lf L %lf %lf", &x[0], &y[0],
                     &x[1], &y[1]),
              4);
    CHECK_NEAR(fabs(x[1] - x[0]), 8, 0.02);
    CHECK_NEAR(fabs(y[1] - y[0]), 8, 0.02);
    trial_end(&trial);
}

TEST(jobs_that_make_no_sense_are_refused_by_name)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_bar(trial.arena);
    job.reference = (struct chart_reference){true, 3, "x"};
    CHECK(!draw(&trial, &job)); /* bars take none */
    job = kinds_forest(trial.arena);
    job.kind = "bar";
    job.reference.given = false;
    CHECK(!draw(&trial, &job));
    CHECK(strstr(trial.err.text, "rank") != NULL);
    job = kinds_stacked(trial.arena);
    struct chart_series *series = edit_series(&trial, &job);
    fixture_edit(&series[0])[0].value = -1;
    CHECK(!draw(&trial, &job));
    CHECK(strstr(trial.err.text, "Auvergne") != NULL);
    job = kinds_funnel(trial.arena);
    series = edit_series(&trial, &job);
    fixture_edit(&series[1])[3].x = 0;
    CHECK(!draw(&trial, &job));
    CHECK(strstr(trial.err.text, "order of x") != NULL);
    series = edit_series(&trial, &job);
    series[0].role = ROLE_LIMIT; /* no values left in front */
    CHECK(!draw(&trial, &job));
    trial_end(&trial);
}

TEST(parts_in_per_cent_say_it_once)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_parts(trial.arena);
    job.y_label = "%";
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), "% du total") != NULL);
    CHECK(strstr(dump(&trial), ", en") == NULL);
    trial_end(&trial);
}

/* Between two numbers alone no value of a narrow chart is read. */
TEST(a_narrow_axis_of_rows_has_three_numbers)
{
    static const char *const numbers[] = {"260", "280", "300", "320",
                                          "340", "360", "350", "250"};
    struct trial trial = trial_new();
    struct chart_point points[] = {fixture_point("Q1", 0, 264, 1),
                                   fixture_point("Q5", 1, 368, 1)};
    struct chart_series series = {"", points, 2, ROLE_VALUES};
    struct chart_job job = {.kind = "dot",
                            .title = "Taux",
                            .series = &series,
                            .series_count = 1,
                            .width_pt = 150};
    CHECK(draw(&trial, &job));
    size_t found = 0;
    for (size_t i = 0; i < scene_count(trial.scene); i++) {
        const struct scene_item *item = scene_item(trial.scene, i);
        for (size_t n = 0; n < COUNT_OF(numbers); n++)
            found +=
                item->kind == SCENE_TEXT && text_same(item->text, numbers[n]);
    }
    CHECK(found >= 3);
    trial_end(&trial);
}

RUN(CASE(a_narrow_axis_of_rows_has_three_numbers),
    CASE(parts_in_per_cent_say_it_once),
    CASE(every_kind_draws_its_golden_scene),
    CASE(every_kind_of_the_list_has_a_job_here),
    CASE(an_axis_of_rows_has_two_numbers_at_least),
    CASE(every_published_value_has_its_words),
    CASE(a_hidden_value_is_drawn_by_no_kind),
    CASE(a_caterpillar_is_in_order_and_a_forest_as_given),
    CASE(a_rank_is_printed_with_its_interval_or_not_at_all),
    CASE(a_row_with_a_hidden_part_shows_no_part),
    CASE(a_funnel_names_the_points_outside_its_limits),
    CASE(a_name_that_a_limit_would_strike_through_is_left_out),
    CASE(a_funnel_without_limits_has_no_note_of_them),
    CASE(a_funnel_may_have_all_its_points_at_or_below_0),
    CASE(a_band_that_its_curve_hides_is_said_to_be_narrow),
    CASE(names_cover_neither_marks_nor_one_another),
    CASE(a_histogram_counts_every_value_once),
    CASE(a_part_that_does_not_apply_leaves_the_others),
    CASE(years_have_round_steps),
    CASE(years_of_a_curve_are_thinned_to_round_ones),
    CASE(years_with_gaps_have_their_last_one_labelled),
    CASE(a_name_among_marks_has_a_rule_to_its_own),
    CASE(names_keep_off_a_fitted_line),
    CASE(jobs_that_make_no_sense_are_refused_by_name))
