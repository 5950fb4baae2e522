/* SPDX-License-Identifier: EUPL-1.2 */
/* What charts say of signs, missing values and names that find no room. */
#include "check.h"

#include "chart/chart_impl.h"
#include "chart_kinds_all.h"

static void project(struct chart_point *point, size_t number)
{
    (void)number;
    point->flags = FLAG_PROJECTED;
}

/* Curves have dashes for them; other marks are hollow, or figures have a
 * star. */
TEST(what_is_projected_is_said_in_every_kind)
{
    static const char *const aside[] = {"histogram", "spine", "funnel"};
    struct trial trial = trial_new();
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        struct chart_job job = job_of(trial.arena, i);
        bool skip = false;
        for (size_t a = 0; a < COUNT_OF(aside); a++)
            skip = skip || text_same(job.kind, aside[a]);
        if (skip)
            continue;
        change_all(&trial, &job, project);
        CHECK(draw(&trial, &job));
        const char *drawn = dump(&trial);
        if (!strstr(drawn, "\u00a0: projeté.") &&
            !strstr(drawn, "valeurs projetées"))
            fail_msg("%s: no note of what is projected", all[i].name);
    }
    trial_end(&trial);
}

TEST(notes_of_slopes_are_of_their_ends)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_slope(trial.arena);
    struct chart_series *series = edit_series(&trial, &job);
    fixture_hide(&fixture_edit(&series[0])[YEARS / 2], CONFIDENTIAL);
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), "secret statistique") == NULL);
    fixture_hide(&fixture_edit(&series[0])[YEARS - 1], CONFIDENTIAL);
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), "Sans marque\u00a0: 1 (secret statistique)"));
    fixture_hide(&fixture_edit(&series[1])[YEARS - 1], UNRELIABLE);
    CHECK(draw(&trial, &job));
    CHECK(strstr(dump(&trial), "Sans marque\u00a0: 1 (secret statistique), "
                               "1 (non fiable)."));
    trial_end(&trial);
}

TEST(a_heat_map_of_a_thousand_columns_thins_its_names)
{
    enum { COLUMNS = 1000 };
    struct trial trial = trial_new();
    struct chart_job job = kinds_heat(trial.arena);
    struct chart_point *points =
        arena_array(trial.arena, COLUMNS, sizeof *points);
    for (size_t i = 0; i < COLUMNS; i++)
        points[i] = fixture_point(arena_format(trial.arena, "Lieu %zu", i),
                                  (double)i, (double)(i % 7), 0);
    struct chart_series series = {"A", points, COLUMNS, ROLE_VALUES};
    job.series = &series;
    job.series_count = 1;
    CHECK(draw(&trial, &job));
    size_t names = 0;
    for (size_t i = 0; i < scene_count(trial.scene); i++) {
        const struct scene_item *item = scene_item(trial.scene, i);
        names += item->kind == SCENE_TEXT && item->angle_degrees != 0;
    }
    CHECK(names >= 10 && names <= 60);
    trial_end(&trial);
}

RUN(CASE(what_is_projected_is_said_in_every_kind),
    CASE(notes_of_slopes_are_of_their_ends),
    CASE(a_heat_map_of_a_thousand_columns_thins_its_names))
