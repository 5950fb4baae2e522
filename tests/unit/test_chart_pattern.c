/* SPDX-License-Identifier: EUPL-1.2 */
/* The sentence of an alternative text that says what a chart shows at a
 * glance: of published values only. */
#include "check.h"

#include "chart_kinds_fixture.h"
#include "chart_trial.h"

static void check_says(struct trial *trial, const struct chart_job *job,
                       const char *words)
{
    CHECK(chart_draw(trial->arena, trial->fonts, job, &trial->scene,
                     &trial->err));
    if (!strstr(scene_alt(trial->scene), words))
        fail_msg("'%s' does not say '%s'", scene_alt(trial->scene), words);
}

TEST(a_curve_goes_between_its_published_ends)
{
    struct trial trial = trial_new();
    struct chart_series men = fixture_years(trial.arena, "Men", 58, -0.8, 2.2);
    fixture_edit(&men)[0].value = 777;
    fixture_edit(&men)[0].availability = CONFIDENTIAL;
    fixture_edit(&men)[13].value = 888;
    fixture_edit(&men)[13].availability = UNRELIABLE;
    struct chart_job job = fixture_line(trial.arena, LANG_EN);
    job.series = &men;
    job.series_count = 1;
    check_says(&trial, &job, "Men: goes from 57.2 (2011) to 47.4 (2022).");
    CHECK(!strstr(scene_alt(trial.scene), "777"));
    CHECK(!strstr(scene_alt(trial.scene), "888"));
    for (int i = 0; i < YEARS; i++) {
        if (i != 5)
            fixture_edit(&men)[i].availability = CONFIDENTIAL;
    }
    CHECK(chart_draw(trial.arena, trial.fonts, &job, &trial.scene, &trial.err));
    CHECK(!strstr(scene_alt(trial.scene), "goes from"));
    trial_end(&trial);
}

TEST(intervals_are_counted_against_the_reference)
{
    struct trial trial = trial_new();
    struct chart_point points[] = {
        fixture_point("a", 0, 12, 1), fixture_point("b", 1, 10, 1),
        fixture_point("c", 2, 8, 1),  fixture_point("d", 3, 7, 1),
        fixture_point("e", 4, 20, 1),
    };
    points[4].availability = CONFIDENTIAL;
    struct chart_series series = {"", points, COUNT_OF(points), ROLE_VALUES};
    struct chart_job job = kinds_forest(trial.arena);
    job.series = &series;
    job.series_count = 1;
    job.reference.value = 10;
    check_says(&trial, &job, "au-dessus 1, au-dessous 2, la contenant 1.");
    job.reference.given = false;
    CHECK(chart_draw(trial.arena, trial.fonts, &job, &trial.scene, &trial.err));
    CHECK(!strstr(scene_alt(trial.scene), "la contenant"));

    /* each row of a profile has a reference of its own */
    struct chart_point own[] = {
        fixture_point("a", 0, 20, 0), fixture_point("b", 1, 10, 0),
        fixture_point("c", 2, 6, 0), fixture_point("d", 3, 5, 0)};
    own[3].availability = CONFIDENTIAL;
    struct chart_series spine[] = {
        series, {"France", own, COUNT_OF(own), ROLE_REFERENCE}};
    job.kind = "spine";
    job.series = spine;
    job.series_count = 2;
    check_says(&trial, &job, "au-dessus 1, au-dessous 1, la contenant 1.");
    trial_end(&trial);
}

TEST(a_funnel_counts_what_lies_outside_each_pair)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_funnel(trial.arena);
    struct chart_point *points =
        fixture_edit((struct chart_series *)(uintptr_t)&job.series[0]);
    points[20].value = 1 + 2.5 / sqrt(points[20].x); /* between the pairs */
    check_says(&trial, &job,
               "intérieures\u00a0: 4 sur 40, hors des limites "
               "extérieures\u00a0: 3.");
    points[12].availability = CONFIDENTIAL;
    check_says(&trial, &job,
               "intérieures\u00a0: 3 sur 39, hors des limites "
               "extérieures\u00a0: 2.");
    trial_end(&trial);
}

TEST(lines_rise_or_fall_and_segments_are_named)
{
    struct trial trial = trial_new();
    struct chart_job scatter = kinds_scatter(trial.arena);
    check_says(&trial, &scatter, "Droite croissante (Régression).");
    fixture_edit((struct chart_series *)(uintptr_t)&scatter.series[1])[1]
        .value = 40;
    check_says(&trial, &scatter, "Droite décroissante (Régression).");
    struct chart_job trend = kinds_joinpoint(trial.arena);
    check_says(&trial, &trend,
               "Segments\u00a0: 2 (1990–2005\u00a0: +2,1\u00a0% par an");
    trial_end(&trial);
}

TEST(the_most_frequent_class_is_named_when_it_is_alone)
{
    struct trial trial = trial_new();
    struct chart_point points[] = {
        fixture_point("a", 0, 0, 0),  fixture_point("b", 1, 5, 0),
        fixture_point("c", 2, 5, 0),  fixture_point("d", 3, 10, 0),
        fixture_point("e", 4, 10, 0),
    };
    points[4].availability = CONFIDENTIAL;
    struct chart_series series = {"", points, COUNT_OF(points), ROLE_VALUES};
    struct chart_job job = kinds_histogram(trial.arena);
    job.lang = LANG_EN;
    job.series = &series;
    job.reference.given = false;
    check_says(&trial, &job, "Most frequent class: 4 to under 6 (2).");
    points[4].availability = AVAILABLE;
    CHECK(chart_draw(trial.arena, trial.fonts, &job, &trial.scene, &trial.err));
    CHECK(!strstr(scene_alt(trial.scene), "Most frequent"));
    trial_end(&trial);
}

TEST(the_subject_is_said_where_the_document_prints_the_title)
{
    struct trial trial = trial_new();
    struct chart_job job = fixture_line(trial.arena, LANG_EN);
    job.title = "";
    job.subject = "Lung cancer";
    check_says(&trial, &job, "Line chart: Lung cancer.");
    trial_end(&trial);
}

RUN(CASE(a_curve_goes_between_its_published_ends),
    CASE(intervals_are_counted_against_the_reference),
    CASE(a_funnel_counts_what_lies_outside_each_pair),
    CASE(lines_rise_or_fall_and_segments_are_named),
    CASE(the_most_frequent_class_is_named_when_it_is_alone),
    CASE(the_subject_is_said_where_the_document_prints_the_title))
