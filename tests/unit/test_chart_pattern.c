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
    check_says(&trial, &job, "Men: goes from 57.2 in 2011 to 47.4 in 2022.");
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

TEST(a_curve_tells_its_turn_when_it_is_far_from_both_ends)
{
    struct trial trial = trial_new();
    struct chart_point points[] = {
        fixture_point("2010", 2010, 10, 0), fixture_point("2011", 2011, 30, 0),
        fixture_point("2012", 2012, 99, 0), fixture_point("2013", 2013, 12, 0)};
    struct chart_series series = {"Men", points, COUNT_OF(points), ROLE_VALUES};
    struct chart_job job = fixture_line(trial.arena, LANG_EN);
    job.series = &series;
    job.series_count = 1;
    points[2].availability = CONFIDENTIAL;
    check_says(&trial, &job,
               "Men: goes from 10.0 in 2010 to 12.0 in 2013, with a maximum of "
               "30.0 in 2011 in between.");
    points[1].value = 12.1; /* a little beyond one end */
    check_says(&trial, &job, "to 12.0 in 2013.");
    points[1].value = 1;
    points[3].value = 10;
    check_says(&trial, &job,
               "to 10.0 in 2013, with a minimum of 1.0 in 2011 in between.");
    points[2] = fixture_point("2012", 2012, 19, 0);
    check_says(&trial, &job,
               "to 10.0 in 2013, with a maximum of 19.0 in 2012 and a minimum "
               "of 1.0 in 2011 in between.");
    trial_end(&trial);
}

/* Two series over four places; one value of the second is hidden. */
static struct chart_job pair_of(struct chart_series *series,
                                struct chart_point points[8], const char *kind)
{
    static const double values[] = {5, 9, 4, 7, 3, 10, 4, 99};
    static const char *const names[] = {"a", "b", "c", "d"};
    for (int i = 0; i < 8; i++)
        points[i] = fixture_point(names[i % 4], i % 4, values[i], 0);
    points[7].availability = CONFIDENTIAL;
    series[0] = (struct chart_series){"Men", points, 4, ROLE_VALUES};
    series[1] = (struct chart_series){"Women", points + 4, 4, ROLE_VALUES};
    return (struct chart_job){.kind = kind,
                              .lang = LANG_EN,
                              .title = "Title",
                              .series = series,
                              .series_count = 2,
                              .decimals = 1};
}

TEST(series_are_compared_where_all_are_published)
{
    static const char *const kinds[] = {"bar",     "stacked", "parts",
                                        "pyramid", "heat",    "dumbbell"};
    struct trial trial = trial_new();
    struct chart_series series[2];
    struct chart_point points[8];
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        struct chart_job job = pair_of(series, points, kinds[k]);
        /* a to Men, b to Women, c to none, d is not compared */
        check_says(&trial, &job,
                   "Highest series, of 3 possible comparisons: Men (1), Women "
                   "(1).");
        CHECK(!strstr(scene_alt(trial.scene), "99"));
    }
    struct chart_job job = pair_of(series, points, "dumbbell");
    check_says(&trial, &job, "Widest gap: a (2.0).");
    points[4].coarser = 1;
    check_says(&trial, &job, "Widest gap: a (2).");
    trial_end(&trial);
}

TEST(one_series_names_its_highest_values)
{
    static const char *const kinds[] = {"bar", "stacked", "heat"};
    struct trial trial = trial_new();
    struct chart_series series[2];
    struct chart_point points[8];
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        struct chart_job job = pair_of(series, points, kinds[k]);
        job.series_count = 1;
        check_says(&trial, &job, "Highest values: b (9.0), d (7.0), a (5.0).");
        points[1].availability = UNRELIABLE;
        check_says(&trial, &job, "Highest values: d (7.0), a (5.0), c (4.0).");
    }
    trial_end(&trial);
}

TEST(labels_with_commas_are_parted_by_more)
{
    struct trial trial = trial_new();
    struct chart_series series[2];
    struct chart_point points[8];
    struct chart_job job = pair_of(series, points, "bar");
    job.series_count = 1;
    points[1].availability = points[3].availability = CONFIDENTIAL;
    check_says(&trial, &job, "Highest values: ");
    CHECK(strstr(scene_description(trial.scene),
                 "no value for b, d (confidential)."));
    points[1].label = "Incidence, lung";
    points[3].label = "Incidence, breast";
    check_says(&trial, &job, "Highest values: ");
    CHECK(strstr(
        scene_description(trial.scene),
        "no value for Incidence, lung; Incidence, breast (confidential)."));
    trial_end(&trial);
}

/* Of the second row one part is not published: then nobody knows a share. */
TEST(parts_are_told_as_the_shares_that_are_drawn)
{
    struct trial trial = trial_new();
    struct chart_series series[2];
    struct chart_point points[8];
    struct chart_job job = pair_of(series, points, "parts");
    for (int i = 0; i < 8; i++)
        points[i].value = i < 4 ? 30 : 10;
    points[2].value = 70;
    points[5].availability = CONFIDENTIAL;
    check_says(&trial, &job, "Values from 13% (");
    check_says(&trial, &job, " to 88% (");
    CHECK(!strstr(scene_description(trial.scene), "30"));
    CHECK(strstr(scene_description(trial.scene), "% of the total") != NULL);
    trial_end(&trial);
}

/* The second row, then all of them: zeros are published, and have no shares. */
TEST(a_whole_of_zero_has_no_shares_and_is_told_as_such)
{
    struct trial trial = trial_new();
    struct chart_series series[2];
    struct chart_point points[8];
    struct chart_job job = pair_of(series, points, "parts");
    for (int i = 0; i < 8; i++)
        points[i].value = i % 4 == 1 ? 0 : 30;
    check_says(&trial, &job, "A total of zero, so without shares: b.");
    CHECK(strstr(scene_alt(trial.scene), "50%") != NULL);
    CHECK(!strstr(scene_description(trial.scene), "not applicable"));
    points[7].availability = AVAILABLE;
    for (int i = 0; i < 8; i++)
        points[i].value = 0;
    check_says(&trial, &job, "A total of zero, so without shares: a, b, c, d.");
    CHECK(!strstr(scene_alt(trial.scene), "No published value"));
    CHECK(!strstr(scene_description(trial.scene), "no published value"));
    CHECK(strstr(scene_description(trial.scene), "so without shares") != NULL);
    trial_end(&trial);
}

TEST(what_does_not_apply_is_no_value_that_is_not_published)
{
    struct trial trial = trial_new();
    struct chart_series series[2];
    struct chart_point points[8];
    struct chart_job job = pair_of(series, points, "bar");
    for (int i = 0; i < 8; i++)
        points[i].availability = i == 5 ? NOT_APPLICABLE : AVAILABLE;
    check_says(&trial, &job, "Bar");
    CHECK(!strstr(scene_alt(trial.scene), "not published"));
    CHECK(strstr(scene_description(trial.scene), "not applicable") != NULL);
    points[6].availability = CONFIDENTIAL;
    check_says(&trial, &job, "1 value is not published");
    trial_end(&trial);
}

TEST(few_slopes_are_told_and_many_counted)
{
    static const double ends[] = {5, 9, 4, 4, 3, 10, 8, 1};
    static const char *const names[] = {"a", "b", "c", "d"};
    struct trial trial = trial_new();
    struct chart_series series[4];
    struct chart_point points[8];
    struct chart_job job = pair_of(series, points, "slope");
    for (int i = 0; i < 8; i++)
        points[i] = fixture_point(i % 2 ? "2020" : "2010", i % 2, ends[i], 0);
    for (int s = 0; s < 4; s++)
        series[s] =
            (struct chart_series){names[s], &points[2 * s], 2, ROLE_VALUES};
    job.series_count = 4;
    check_says(&trial, &job,
               "Last value above the first: 2, below it: 1, equal to it: 1.");
    job.series_count = 2;
    check_says(&trial, &job, "b: goes from 4.0 in 2010 to 4.0 in 2020.");
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
    CASE(a_curve_tells_its_turn_when_it_is_far_from_both_ends),
    CASE(series_are_compared_where_all_are_published),
    CASE(one_series_names_its_highest_values),
    CASE(labels_with_commas_are_parted_by_more),
    CASE(parts_are_told_as_the_shares_that_are_drawn),
    CASE(a_whole_of_zero_has_no_shares_and_is_told_as_such),
    CASE(what_does_not_apply_is_no_value_that_is_not_published),
    CASE(few_slopes_are_told_and_many_counted),
    CASE(intervals_are_counted_against_the_reference),
    CASE(a_funnel_counts_what_lies_outside_each_pair),
    CASE(lines_rise_or_fall_and_segments_are_named),
    CASE(the_most_frequent_class_is_named_when_it_is_alone),
    CASE(the_subject_is_said_where_the_document_prints_the_title))
