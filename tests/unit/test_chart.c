/* SPDX-License-Identifier: EUPL-1.2 */
/* Charts: what they say, what they refuse, and what they never draw. */
#include "check.h"

#include "chart/chart_impl.h"
#include "chart_fixture.h"
#include "chart_kinds_fixture.h"
#include "chart_trial.h"

static void draw(struct trial *trial, const struct chart_job *job)
{
    CHECK(chart_draw(trial->arena, trial->fonts, job, &trial->scene,
                     &trial->err));
}

static const struct scene_item *find_text(const struct trial *trial,
                                          const char *text)
{
    for (size_t i = 0; i < scene_count(trial->scene); i++) {
        const struct scene_item *item = scene_item(trial->scene, i);
        if (item->kind == SCENE_TEXT && text_same(item->text, text))
            return item;
    }
    return NULL;
}

/* --- room for the plot ---------------------------------------------------- */

/* Height from the lowest to the highest line of the grid. */
static double grid_height(const struct trial *trial)
{
    double top = HUGE_VAL, bottom = -HUGE_VAL;
    for (size_t i = 0; i < scene_count(trial->scene); i++) {
        const struct scene_item *item = scene_item(trial->scene, i);
        if (item->kind != SCENE_PATH || !item->paint->stroked ||
            item->paint->stroke != CHART_GRID)
            continue;
        for (uint32_t p = 0; p < item->point_count; p++) {
            top = fmin(top, item->points[2 * p + 1]);
            bottom = fmax(bottom, item->points[2 * p + 1]);
        }
    }
    return bottom - top;
}

TEST(ages_on_an_axis_are_as_short_as_their_language_writes_them)
{
    static const struct {
        const char *label, *want;
    } ages[] = {
        {"0-4\u00a0ans", "0-4"},        {"10\u201314 years", "10\u201314"},
        {"85\u00a0ans et plus", "85+"}, {"85 years and over", "85+"},
        {"Tous âges", "Tous âges"},
    };
    struct arena *arena = arena_new();
    for (size_t a = 0; a < COUNT_OF(ages); a++)
        CHECK_TEXT(chart_short_age(arena, ages[a].label), ages[a].want);
    arena_free(arena);
}

TEST(a_plot_keeps_its_height_whatever_its_key_takes)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_joinpoint(trial.arena);
    job.width_pt = 240;
    job.height_pt = 110;
    draw(&trial, &job);
    CHECK(scene_height(trial.scene) > 130);
    CHECK_NEAR(grid_height(&trial), CHART_PLOT_LEAST_PT, 0.01);
    CHECK_NEAR(scene_least(trial.scene), scene_height(trial.scene), 0.01);
    job.height_pt = 250;
    draw(&trial, &job);
    CHECK_NEAR(scene_height(trial.scene), 250, 1e-9);
    CHECK(grid_height(&trial) > CHART_PLOT_LEAST_PT);
    CHECK(scene_least(trial.scene) < 200);
    trial_end(&trial);
}

TEST(curves_keep_their_height_above_rows_of_signs)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_line(trial.arena, LANG_FR);
    job.width_pt = 240;
    job.height_pt = 110;
    draw(&trial, &job);
    CHECK(scene_height(trial.scene) > 130);
    CHECK_NEAR(scene_least(trial.scene), scene_height(trial.scene), 0.01);
    trial_end(&trial);
}

/* --- words ---------------------------------------------------------------- */

TEST(alternative_texts_come_from_the_data_in_french)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_line(trial.arena, LANG_FR);
    draw(&trial, &job);
    CHECK_TEXT(scene_alt(trial.scene),
               "Graphique en courbes\u00a0: Taux d’incidence du cancer du "
               "poumon. Valeurs de 14,9 (Femmes, 2010) à 59,0 (Hommes, 2010). "
               "Hommes\u00a0: passe de 59,0 en 2010 à 48,1 en 2023. "
               "Femmes\u00a0: passe de 14,9 en 2010 à 27,2 en 2023. "
               "2 valeurs ne sont pas publiées.");
    CHECK_TEXT(scene_description(trial.scene),
               "Unité\u00a0: Taux standardisé (monde) pour 100\u202f000 "
               "personnes-années. Hommes\u00a0: de 59,0 (2010) à 48,1 (2023). "
               "Hommes\u00a0: minimum 47,4 (2022), maximum 59,0 (2010). "
               "Femmes\u00a0: de 14,9 (2010) à 27,2 (2023). Femmes\u00a0: "
               "minimum 14,9 (2010), maximum 27,9 (2022). Femmes\u00a0: sans "
               "valeur pour 2014 (secret statistique)\u202f; 2015 (non "
               "fiable).");
    trial_end(&trial);
}

TEST(alternative_texts_come_from_the_data_in_english)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_line(trial.arena, LANG_EN);
    draw(&trial, &job);
    CHECK_TEXT(scene_alt(trial.scene),
               "Line chart: Incidence rate of lung cancer. Values from 14.9 "
               "(Women, 2010) to 59.0 (Men, 2010). Men: goes from 59.0 "
               "in 2010 to 48.1 in 2023. Women: goes from 14.9 in 2010 to 27.2 "
               "in 2023. 2 values are not published.");
    CHECK(strstr(scene_description(trial.scene),
                 "Women: no value for 2014 (confidential); 2015 "
                 "(unreliable).") != NULL);
    trial_end(&trial);
}

TEST(a_chart_without_any_value_says_so_and_why)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_line(trial.arena, LANG_FR);
    for (size_t s = 0; s < 2; s++) {
        for (size_t i = 0; i < job.series[s].count; i++)
            fixture_hide(
                &((struct chart_point *)(uintptr_t)job.series[s].points)[i],
                NOT_COVERED);
    }
    draw(&trial, &job);
    CHECK(find_text(&trial, "Aucune valeur à représenter") != NULL);
    CHECK(find_text(&trial, "Sans marque\u00a0: 28 (non couvert).") != NULL);
    CHECK(strstr(scene_alt(trial.scene), "Aucune valeur publiée. 28 valeurs "
                                         "ne sont pas publiées.") != NULL);
    CHECK(strstr(scene_description(trial.scene), "2021 et 2 autres (non "
                                                 "couvert)") != NULL);
    trial_end(&trial);
}

/* Between 2022 and 2023 is less room than the two signs take. */
TEST(a_sign_of_another_kind_stands_aside_rather_than_not_at_all)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_line(trial.arena, LANG_FR);
    job.width_pt = 170;
    struct chart_point *points =
        (struct chart_point *)(uintptr_t)job.series[0].points;
    for (size_t i = 9; i < 13; i++)
        fixture_hide(&points[i], CONFIDENTIAL);
    fixture_hide(&points[13], NOT_COVERED);
    draw(&trial, &job);
    CHECK(find_text(&trial, "n.c.") != NULL);
    trial_end(&trial);
}

/* It has no end where its name could stand. */
TEST(a_curve_without_any_value_is_named_at_its_signs)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_line(trial.arena, LANG_FR);
    const char *name = job.series[1].label;
    draw(&trial, &job);
    const double above = find_text(&trial, name)->y_pt;
    for (size_t i = 0; i < job.series[1].count; i++)
        fixture_hide((struct chart_point *)(uintptr_t)&job.series[1].points[i],
                     CONFIDENTIAL);
    draw(&trial, &job);
    CHECK(find_text(&trial, name) != NULL);
    CHECK(find_text(&trial, name)->y_pt > above);
    CHECK(find_text(&trial, "c")->y_pt == find_text(&trial, name)->y_pt);
    trial_end(&trial);
}

/* --- what is never drawn -------------------------------------------------- */

static void fill_hidden(const struct chart_job *job, double value)
{
    for (size_t s = 0; s < job->series_count; s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            struct chart_point *point =
                (struct chart_point *)(uintptr_t)&job->series[s].points[i];
            if (point->availability == AVAILABLE)
                continue;
            point->value = point->lower = point->upper = value;
            point->has_interval = true;
            point->flags = FLAG_CAUTION | FLAG_PROJECTED | FLAG_BREAK;
        }
    }
}

/* The number behind a missing value changes nothing, whatever it is. */
static void check_twin(struct trial *trial, const struct chart_job *job)
{
    draw(trial, job);
    const char *before = dump(trial);
    fill_hidden(job, 987654321);
    draw(trial, job);
    CHECK_TEXT(dump(trial), before);
    fill_hidden(job, (double)NAN);
    draw(trial, job);
    CHECK_TEXT(dump(trial), before);
}

TEST(a_missing_value_leaves_no_trace_of_its_number)
{
    struct trial trial = trial_new();
    struct chart_job jobs[] = {
        fixture_line(trial.arena, LANG_FR), fixture_age(trial.arena),
        fixture_bar(trial.arena), fixture_bars(trial.arena),
        fixture_pyramid(trial.arena)};
    for (size_t i = 0; i < COUNT_OF(jobs); i++)
        check_twin(&trial, &jobs[i]);
    trial_end(&trial);
}

TEST(a_missing_value_is_a_gap_with_its_sign)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_line(trial.arena, LANG_FR);
    draw(&trial, &job);
    double x_2013 = find_text(&trial, "2013")->x_pt;
    double x_2016 = find_text(&trial, "2016")->x_pt;
    size_t joining = 0;
    for (size_t i = 0; i < scene_count(trial.scene); i++) {
        const struct scene_item *item = scene_item(trial.scene, i);
        if (item->kind != SCENE_PATH || !item->paint->stroked ||
            item->paint->stroke != 0xc2410c || item->paint->filled)
            continue;
        double low = 1e9, high = -1e9;
        for (size_t p = 0; p < item->point_count; p++) {
            low = fmin(low, item->points[2 * p]);
            high = fmax(high, item->points[2 * p]);
        }
        joining += low <= x_2013 - 1 && high >= x_2016 + 1;
    }
    CHECK_INT(joining, 0);
    CHECK_NEAR(find_text(&trial, "c")->x_pt, find_text(&trial, "2014")->x_pt,
               1e-9);
    CHECK_NEAR(find_text(&trial, "n.f.")->x_pt, find_text(&trial, "2015")->x_pt,
               1e-9);
    trial_end(&trial);
}

/* --- layout --------------------------------------------------------------- */

/* Boxes of all horizontal texts. */
static void check_texts_apart(const struct trial *trial, const char *what)
{
    size_t count = scene_count(trial->scene);
    double(*box)[4] = arena_array(trial->arena, count, sizeof *box);
    const char **texts = arena_array(trial->arena, count, sizeof *texts);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const struct scene_item *item = scene_item(trial->scene, i);
        if (item->kind != SCENE_TEXT)
            continue;
        double width = fonts_width(trial->fonts, item->font, item->size_pt,
                                   item->text, strlen(item->text));
        double x = item->x_pt - (item->anchor == ANCHOR_START    ? 0
                                 : item->anchor == ANCHOR_MIDDLE ? width / 2
                                                                 : width);
        double *at = box[used];
        at[0] = x;
        at[1] = x + width;
        at[2] = item->y_pt - item->size_pt * 0.7;
        at[3] = item->y_pt;
        if (at[0] < 0 || at[1] > scene_width(trial->scene) || at[2] < 0 ||
            at[3] > scene_height(trial->scene))
            fail_msg("%s: '%s' leaves the page", what, item->text);
        for (size_t other = 0; other < used; other++) {
            if (at[0] < box[other][1] && box[other][0] < at[1] &&
                at[2] < box[other][3] && box[other][2] < at[3])
                fail_msg("%s: '%s' covers '%s'", what, item->text,
                         texts[other]);
        }
        texts[used++] = item->text;
    }
}

TEST(no_text_covers_another_or_leaves_the_page)
{
    static const double widths[] = {0, 230, 300, 700};
    struct trial trial = trial_new();
    for (size_t w = 0; w < COUNT_OF(widths); w++) {
        struct chart_job jobs[] = {
            fixture_line(trial.arena, LANG_FR), fixture_many(trial.arena),
            fixture_age(trial.arena),           fixture_bar(trial.arena),
            fixture_bars(trial.arena),          fixture_pyramid(trial.arena)};
        for (size_t i = 0; i < COUNT_OF(jobs); i++) {
            jobs[i].width_pt = widths[w];
            draw(&trial, &jobs[i]);
            check_texts_apart(&trial, arena_format(trial.arena, "%s, width %g",
                                                   jobs[i].kind, widths[w]));
        }
    }
    trial_end(&trial);
}

TEST(a_low_plot_has_fewer_numbers_at_its_axis)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_line(trial.arena, LANG_FR);
    job.height_pt = 110;
    draw(&trial, &job);
    check_texts_apart(&trial, "low");
    trial_end(&trial);
}

TEST(six_curves_that_end_at_one_place_have_six_readable_names)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_many(trial.arena);
    for (size_t s = 0; s < 6; s++) {
        struct chart_point *points =
            (struct chart_point *)(uintptr_t)job.series[s].points;
        points[YEARS - 1].value = 50;
    }
    draw(&trial, &job);
    check_texts_apart(&trial, "six names");
    for (size_t s = 0; s < 6; s++)
        CHECK(find_text(&trial, job.series[s].label) != NULL ||
              s == 5 /* wrapped */);
    trial_end(&trial);
}

TEST(an_axis_starts_at_zero_unless_all_values_are_far_above_it)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_line(trial.arena, LANG_FR);
    draw(&trial, &job);
    CHECK(find_text(&trial, "0") != NULL);
    struct chart_series high = fixture_years(trial.arena, "", 380, 2, 0);
    job.series = &high;
    job.series_count = 1;
    draw(&trial, &job);
    CHECK(find_text(&trial, "0") == NULL);
    CHECK(find_text(&trial, "380") != NULL);
    CHECK(strstr(dump(&trial), "ne commence pas à zéro") != NULL);
    trial_end(&trial);
}

TEST(an_axis_has_so_many_units_that_rounding_does_not_show)
{
    static const struct {
        double low, high;
        int decimals;
        double from, to;
        const char *unit;
    } cases[] = {
        {0.6, 0.8, 1, 0, 0.8, ""},       /* zero is near */
        {1.2, 1.7, 1, 0, 1.7, ""},       /* and here */
        {10.3, 10.7, 1, 9.5, 11.5, ""},  /* twenty tenths */
        {10.3, 10.7, 2, 10.3, 10.7, ""}, /* forty hundredths */
        {380, 400, 1, 380, 400, ""},     /* far above zero */
        {-0.3, -0.1, 1, -0.3, 0, ""},    /* changes */
        {5000, 5004, 0, 4992, 5012, ""}, /* numbers */
        {86, 98, 0, 80, 100, "%"},       /* no more than all */
        {92, 102, 0, 87, 107, "%"},      /* but where an estimate is */
        {86, 98, 0, 82, 102, ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct chart_job job = {.decimals = cases[i].decimals,
                                .y_label = cases[i].unit};
        double low = cases[i].low, high = cases[i].high;
        unsigned signs = chart_curve_ends(&job, chart_whole(&job), &low, &high);
        CHECK_NEAR(low, cases[i].from, 1e-9);
        CHECK_NEAR(high, cases[i].to, 1e-9);
        CHECK_INT(signs, low > 0 ? SIGN_NOT_FROM_ZERO : 0);
    }
}

TEST(bars_start_at_zero_even_when_all_are_long)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_bar(trial.arena);
    draw(&trial, &job);
    double zero = find_text(&trial, "0")->x_pt;
    size_t bars = 0;
    for (size_t i = 0; i < scene_count(trial.scene); i++) {
        const struct scene_item *item = scene_item(trial.scene, i);
        if (item->kind != SCENE_PATH || !item->paint->filled)
            continue;
        CHECK_NEAR(item->points[0], zero, 1e-9);
        bars++;
    }
    CHECK_INT(bars, REGIONS - 2);
    CHECK(find_text(&trial, "56,4*") != NULL);
    trial_end(&trial);
}

TEST(bar_lengths_are_proportional_to_values)
{
    struct trial trial = trial_new();
    struct chart_point points[] = {fixture_point("a", 0, 10, 0),
                                   fixture_point("b", 1, 40, 0),
                                   fixture_point("c", 2, -20, 0)};
    struct chart_series series = {"", points, 3, ROLE_VALUES};
    struct chart_job job = {
        .kind = "bar", .series = &series, .series_count = 1};
    draw(&trial, &job);
    double width[3];
    size_t bars = 0;
    for (size_t i = 0; i < scene_count(trial.scene); i++) {
        const struct scene_item *item = scene_item(trial.scene, i);
        if (item->kind == SCENE_PATH && item->paint->filled)
            width[bars++] = item->points[2] - item->points[0];
    }
    CHECK_INT(bars, 3);
    CHECK_NEAR(width[1], 4 * width[0], 1e-9);
    CHECK_NEAR(width[2], 2 * width[0], 1e-9);
    CHECK(find_text(&trial, "−20") != NULL);
    trial_end(&trial);
}

TEST(a_log_scale_needs_positive_values)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_age(trial.arena);
    job.log_scale = true;
    draw(&trial, &job);
    CHECK(strstr(dump(&trial), "Échelle logarithmique.") != NULL);
    ((struct chart_point *)(uintptr_t)job.series[0].points)[0] =
        fixture_point(fixture_ages[0], 0, 0, 0);
    trial.err = (struct err){0};
    CHECK(
        !chart_draw(trial.arena, trial.fonts, &job, &trial.scene, &trial.err));
    CHECK_TEXT(trial.err.id, "chart.log");
    CHECK(strstr(trial.err.text, fixture_ages[0]) != NULL);
    trial_end(&trial);
}

TEST(years_out_of_order_give_the_same_picture)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_line(trial.arena, LANG_FR);
    draw(&trial, &job);
    double last = find_text(&trial, "2023")->x_pt;
    struct chart_point *points =
        (struct chart_point *)(uintptr_t)job.series[0].points;
    struct chart_point first = points[0];
    points[0] = points[5];
    points[5] = first;
    draw(&trial, &job);
    CHECK_NEAR(find_text(&trial, "2023")->x_pt, last, 1e-12);
    CHECK(find_text(&trial, "2010")->x_pt < find_text(&trial, "2015")->x_pt);
    trial_end(&trial);
}

/* --- refusals ------------------------------------------------------------- */

static void refuse(struct trial *trial, const struct chart_job *job,
                   const char *want)
{
    struct err err = {0};
    CHECK(!chart_draw(trial->arena, trial->fonts, job, &trial->scene, &err));
    CHECK_INT(err.code, ERR_SCRIPT);
    CHECK_TEXT(err.text, want);
}

TEST(jobs_that_make_no_sense_are_refused_by_name)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_line(trial.arena, LANG_FR);
    struct chart_point *points =
        (struct chart_point *)(uintptr_t)job.series[0].points;
    job.kind = "pie";
    refuse(&trial, &job,
           "no chart of kind 'pie'"
           "; known are: line, age, step, joinpoint, bar, stacked, parts, "
           "pyramid, histogram, dot, forest, caterpillar, dumbbell, slope, "
           "scatter, funnel, heat, spine");
    job.kind = "line";
    job.series_count = 0;
    refuse(&trial, &job, "chart 'line': it has 1 to 6 series, not 0");
    job.series_count = 2;
    job.width_pt = 20;
    refuse(&trial, &job,
           "chart 'line': a chart is at least 150 pt wide and "
           "110 pt high");
    job.width_pt = 0;
    points[3].lower = 90;
    refuse(&trial, &job,
           "chart 'line': series 'Hommes': the interval of "
           "'2013' makes no sense");
    points[3].lower = 1;
    points[2].value = (double)INFINITY;
    refuse(&trial, &job,
           "chart 'line': series 'Hommes': the value of '2012' "
           "is no number");
    points[2].value = 1;
    points[1] = points[4];
    refuse(&trial, &job,
           "chart 'line': series 'Hommes' has two points at "
           "'2014'");
    job.kind = "bar";
    refuse(&trial, &job,
           "chart 'bar': series 'Hommes' has two points at "
           "'2014'");
    ((struct chart_series *)(uintptr_t)job.series)[0].label = "";
    refuse(&trial, &job, "chart 'bar': there are two points at '2014'");
    job.reference.given = true;
    refuse(&trial, &job,
           "chart 'bar': it takes no reference; these do: histogram, "
           "dot, forest, caterpillar, dumbbell, scatter, funnel, heat");
    job.reference.given = false;
    job.kind = "pyramid";
    job.series_count = 1;
    refuse(&trial, &job, "chart 'pyramid': a pyramid needs 2 series, not 1");
    job.series_count = 2;
    points[2].value = -1;
    refuse(&trial, &job,
           "chart 'pyramid': a pyramid has no place for the "
           "negative value of '2012'");
    trial_end(&trial);
}

TEST(a_coarsened_value_is_said_with_the_digits_that_are_known)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_bar(trial.arena);
    struct chart_point *point =
        fixture_edit((struct chart_series *)(uintptr_t)&job.series[0]);
    point[0].value = 212;
    point[0].coarser = 1;
    point[0].has_interval = false;
    draw(&trial, &job);
    CHECK(find_text(&trial, "212") != NULL);
    CHECK(strstr(dump(&trial), "212,0") == NULL);
    CHECK(strstr(scene_alt(trial.scene), " à 212 (Auvergne") != NULL);
    CHECK(strstr(scene_description(trial.scene), "maximum 212 (") != NULL);
    trial_end(&trial);
}

RUN(CASE(ages_on_an_axis_are_as_short_as_their_language_writes_them),
    CASE(alternative_texts_come_from_the_data_in_french),
    CASE(a_plot_keeps_its_height_whatever_its_key_takes),
    CASE(curves_keep_their_height_above_rows_of_signs),
    CASE(alternative_texts_come_from_the_data_in_english),
    CASE(a_chart_without_any_value_says_so_and_why),
    CASE(a_sign_of_another_kind_stands_aside_rather_than_not_at_all),
    CASE(a_curve_without_any_value_is_named_at_its_signs),
    CASE(a_missing_value_leaves_no_trace_of_its_number),
    CASE(a_missing_value_is_a_gap_with_its_sign),
    CASE(no_text_covers_another_or_leaves_the_page),
    CASE(six_curves_that_end_at_one_place_have_six_readable_names),
    CASE(an_axis_starts_at_zero_unless_all_values_are_far_above_it),
    CASE(a_low_plot_has_fewer_numbers_at_its_axis),
    CASE(an_axis_has_so_many_units_that_rounding_does_not_show),
    CASE(bars_start_at_zero_even_when_all_are_long),
    CASE(bar_lengths_are_proportional_to_values),
    CASE(a_log_scale_needs_positive_values),
    CASE(years_out_of_order_give_the_same_picture),
    CASE(jobs_that_make_no_sense_are_refused_by_name),
    CASE(a_coarsened_value_is_said_with_the_digits_that_are_known))
