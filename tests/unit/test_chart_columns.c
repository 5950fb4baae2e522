/* SPDX-License-Identifier: EUPL-1.2 */
/* Names under the columns of a heat map, years along an axis, and what is said
 * of intervals of curves. */
#include "check.h"

#include "chart/chart_impl.h"
#include "chart_kinds_all.h"

static const char *const sites[] = {
    "Sein",
    "Lèvre, cavité orale et pharynx",
    "Foie et voies biliaires intrahépatiques",
    "Tumeurs malignes du tissu conjonctif et des autres tissus mous",
    "Lymphome malin non hodgkinien",
    "Syndromes myélodysplasiques et néoplasmes myéloprolifératifs",
    "Mélanome cutané",
    "Système nerveux central",
};

/* One row with these names. */
static struct chart_job row_of(struct trial *trial, const char *const *names,
                               size_t count)
{
    struct chart_job job = kinds_heat(trial->arena);
    struct chart_point *points =
        arena_array(trial->arena, count, sizeof *points);
    struct chart_series *series = arena_array(trial->arena, 1, sizeof *series);
    for (size_t i = 0; i < count; i++)
        points[i] = fixture_point(names[i], (double)i, (double)(i % 7), 0);
    *series = (struct chart_series){"A", points, count, ROLE_VALUES};
    job.series = series;
    job.series_count = 1;
    job.x_label = "";
    return job;
}

static const char **years(struct trial *trial, int first, size_t count)
{
    const char **names = arena_array(trial->arena, count, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = arena_format(trial->arena, "%d", first + (int)i);
    return names;
}

static bool says(struct trial *trial, const char *words)
{
    return strstr(dump(trial), words) != NULL;
}

/* Whatever the width and the height that are asked for. */
TEST(no_name_of_a_column_is_cut_and_none_is_left_out)
{
    struct trial trial = trial_new();
    struct chart_job job = row_of(&trial, sites, COUNT_OF(sites));
    for (job.width_pt = 160; job.width_pt <= 640; job.width_pt += 40) {
        for (int fixed = 0; fixed < 2; fixed++) {
            job.height_pt = fixed ? 150 : 0;
            CHECK(draw(&trial, &job));
            CHECK(!says(&trial, "…"));
            CHECK(!says(&trial, "intervalles réguliers"));
            check_inside(&trial, "heat");
        }
    }
    trial_end(&trial);
}

TEST(names_of_columns_stand_in_lines_where_their_words_fit)
{
    static const char *const names[] = {"Tous cancers", "Côlon et rectum",
                                        "Mélanome cutané"};
    struct trial trial = trial_new();
    struct chart_job job = row_of(&trial, names, COUNT_OF(names));
    job.width_pt = 200;
    CHECK(draw(&trial, &job));
    CHECK(says(&trial, "middle regular 8.00 #555555 \"Côlon et\""));
    CHECK(says(&trial, "middle regular 8.00 #555555 \"rectum\""));
    trial_end(&trial);
}

/* A page that has no room for the rows as well is higher than asked for. */
TEST(names_of_columns_take_nothing_from_the_rows)
{
    struct trial trial = trial_new();
    struct chart_job job = row_of(&trial, sites, COUNT_OF(sites));
    struct chart_series *series = arena_array(trial.arena, 20, sizeof *series);
    for (size_t s = 0; s < 20; s++) {
        series[s] = job.series[0];
        series[s].label = arena_format(trial.arena, "Ligne %zu", s);
    }
    job.series = series;
    job.series_count = 20;
    job.height_pt = 120;
    CHECK(draw(&trial, &job));
    CHECK(scene_height(trial.scene) > 300);
    trial_end(&trial);
}

TEST(names_that_are_left_out_are_spoken_of)
{
    enum { COLUMNS = 100 };
    struct trial trial = trial_new();
    const char **names = arena_array(trial.arena, COLUMNS, sizeof *names);
    for (size_t i = 0; i < COLUMNS; i++)
        names[i] = arena_format(trial.arena, "Lieu %zu", i);
    struct chart_job job = row_of(&trial, names, COLUMNS);
    CHECK(draw(&trial, &job));
    CHECK(says(&trial, "Les colonnes sont nommées à intervalles réguliers, "
                       "sous un trait."));
    trial_end(&trial);
}

TEST(years_under_columns_are_round_ones)
{
    struct trial trial = trial_new();
    struct chart_job job = row_of(&trial, years(&trial, 1989, 33), 33);
    CHECK(draw(&trial, &job));
    CHECK(says(&trial, "\"1990\"") && says(&trial, "\"2020\""));
    CHECK(!says(&trial, "\"1989\"") && !says(&trial, "\"1991\""));
    CHECK(!says(&trial, "intervalles réguliers"));
    job = row_of(&trial, years(&trial, 2001, 4), 4);
    job.width_pt = 160;
    CHECK(draw(&trial, &job));
    CHECK(says(&trial, "\"2001\"") && says(&trial, "\"2004\""));
    trial_end(&trial);
}

TEST(ages_under_columns_are_short_where_the_axis_says_that_they_are_ages)
{
    static const char *const ages[] = {"0-4\u00a0ans", "5-9\u00a0ans",
                                       "10-14\u00a0ans", "15\u00a0ans et plus"};
    struct trial trial = trial_new();
    struct chart_job job = row_of(&trial, ages, COUNT_OF(ages));
    job.width_pt = 170;
    CHECK(draw(&trial, &job));
    CHECK(!says(&trial, "\"10-14\""));
    job.x_label = "Âge";
    CHECK(draw(&trial, &job));
    CHECK(says(&trial, "\"10-14\"") && says(&trial, "\"15+\""));
    trial_end(&trial);
}

/* --- years along an axis -------------------------------------------------- */

static struct chart_job scatter_of(struct trial *trial, double first,
                                   double step, size_t count)
{
    struct chart_job job = kinds_scatter(trial->arena);
    struct chart_point *points =
        arena_array(trial->arena, count, sizeof *points);
    struct chart_series *series = arena_array(trial->arena, 1, sizeof *series);
    for (size_t i = 0; i < count; i++)
        points[i] = fixture_point(arena_format(trial->arena, "Zone %zu", i),
                                  first + step * (double)i, 50, 0);
    *series = (struct chart_series){"", points, count, ROLE_VALUES};
    job.series = series;
    job.series_count = 1;
    job.x_label = "";
    return job;
}

TEST(years_along_an_axis_are_whole_and_without_groups_of_digits)
{
    struct trial trial = trial_new();
    for (size_t count = 1; count < 60; count++) {
        struct chart_job job = scatter_of(&trial, 2001, 1, count);
        CHECK(draw(&trial, &job));
        CHECK(!says(&trial, "\"2\u202f0") && !says(&trial, ",5\""));
        CHECK(says(&trial, "\"20"));
    }
    trial_end(&trial);
}

TEST(numbers_that_are_no_years_keep_their_groups_of_digits)
{
    struct trial trial = trial_new();
    struct chart_job job = scatter_of(&trial, 2001.5, 1, 6);
    CHECK(draw(&trial, &job));
    CHECK(says(&trial, "\"2\u202f00"));
    job = scatter_of(&trial, 2000, 1000, 6);
    CHECK(draw(&trial, &job));
    CHECK(says(&trial, "\"2\u202f000\""));
    trial_end(&trial);
}

/* --- intervals of curves -------------------------------------------------- */

static struct chart_job curve(struct trial *trial, double half)
{
    enum { YEARS_SHOWN = 5 };
    struct chart_job job = fixture_line(trial->arena, LANG_FR);
    struct chart_point *points =
        arena_array(trial->arena, YEARS_SHOWN, sizeof *points);
    struct chart_series *series = arena_array(trial->arena, 1, sizeof *series);
    for (int i = 0; i < YEARS_SHOWN; i++) {
        points[i] = fixture_point(arena_format(trial->arena, "%d", 2001 + i),
                                  2001 + i, 50 + i, 0);
        points[i].has_interval = true;
        points[i].lower = points[i].value - half;
        points[i].upper = points[i].value + half;
    }
    *series = (struct chart_series){"", points, YEARS_SHOWN, ROLE_VALUES};
    job.series = series;
    job.series_count = 1;
    return job;
}

/* It would look like a line that is not printed sharply. */
TEST(a_band_hardly_wider_than_its_curve_is_not_drawn)
{
    struct trial trial = trial_new();
    struct chart_job job = curve(&trial, 0.05);
    CHECK(draw(&trial, &job));
    CHECK(!says(&trial, "css \"band\"") && !says(&trial, "Bande"));
    CHECK(says(&trial, "ne dépasse guère le trait"));
    job = curve(&trial, 2);
    CHECK(draw(&trial, &job));
    CHECK(says(&trial, "Bande\u00a0: intervalle"));
    CHECK(!says(&trial, "Trait fin"));
    trial_end(&trial);
}

TEST(the_interval_of_a_lone_value_is_a_line)
{
    struct trial trial = trial_new();
    struct chart_job job = curve(&trial, 2);
    struct chart_point *points = fixture_edit(edit_series(&trial, &job));
    fixture_hide(&points[1], CONFIDENTIAL);
    CHECK(draw(&trial, &job));
    CHECK(says(&trial, "Bande, ou trait fin d’une valeur seule"));
    fixture_hide(&points[3], CONFIDENTIAL);
    CHECK(draw(&trial, &job));
    CHECK(says(&trial, "\"Trait fin\u00a0: intervalle"));
    trial_end(&trial);
}

RUN(CASE(no_name_of_a_column_is_cut_and_none_is_left_out),
    CASE(names_of_columns_stand_in_lines_where_their_words_fit),
    CASE(names_of_columns_take_nothing_from_the_rows),
    CASE(names_that_are_left_out_are_spoken_of),
    CASE(years_under_columns_are_round_ones),
    CASE(ages_under_columns_are_short_where_the_axis_says_that_they_are_ages),
    CASE(years_along_an_axis_are_whole_and_without_groups_of_digits),
    CASE(numbers_that_are_no_years_keep_their_groups_of_digits),
    CASE(a_band_hardly_wider_than_its_curve_is_not_drawn),
    CASE(the_interval_of_a_lone_value_is_a_line))
