/* SPDX-License-Identifier: EUPL-1.2 */
/* Charts as scene text, compared with tests/golden/chart_*.scene. With GOLDEN
 * set in the environment the files are written instead: read the diff like
 * code. */
#include "check.h"

#include "base/fs.h"
#include "chart_fixture.h"

typedef struct chart_job make_job(struct arena *arena);

static void compare(make_job *make, const char *path)
{
    struct arena *arena = arena_new();
    struct fonts *fonts;
    struct scene *scene;
    struct err err = {0};
    CHECK(fonts_open(arena, NULL, &fonts, &err));
    struct chart_job job = make(arena);
    CHECK(chart_draw(arena, fonts, &job, &scene, &err));
    struct text got = text_new(arena);
    scene_dump(scene, &got);
    fonts_close(fonts);
    if (getenv("GOLDEN")) {
        CHECK(fs_write(path, got.at, got.size, &err));
        arena_free(arena);
        return;
    }
    char *want = NULL;
    size_t size = 0;
    CHECK(fs_read(arena, path, &want, &size, &err));
    size_t line = 0; /* where the first line that differs begins */
    for (size_t i = 0; got.at[i] && got.at[i] == want[i]; i++)
        line = got.at[i] == '\n' ? i + 1 : line;
    CHECK_TEXT(arena_slice(arena, got.at + line, strcspn(got.at + line, "\n")),
               arena_slice(arena, want + line, strcspn(want + line, "\n")));
    arena_free(arena);
}

static struct chart_job line_fr(struct arena *arena)
{
    return fixture_line(arena, LANG_FR);
}

static struct chart_job line_en(struct arena *arena)
{
    return fixture_line(arena, LANG_EN);
}

static struct chart_job age_log(struct arena *arena)
{
    struct chart_job job = fixture_age(arena);
    job.log_scale = true;
    return job;
}

TEST(a_line_chart_with_bands_gaps_and_projections)
{
    compare(line_fr, "tests/golden/chart_line.scene");
}

TEST(a_line_chart_in_english)
{
    compare(line_en, "tests/golden/chart_line_en.scene");
}

TEST(six_curves_named_at_their_ends)
{
    compare(fixture_many, "tests/golden/chart_line_six.scene");
}

TEST(rates_by_age)
{
    compare(fixture_age, "tests/golden/chart_age.scene");
}

TEST(rates_by_age_on_a_log_scale)
{
    compare(age_log, "tests/golden/chart_age_log.scene");
}

TEST(bars_of_regions)
{
    compare(fixture_bar, "tests/golden/chart_bar.scene");
}

TEST(bars_of_three_series)
{
    compare(fixture_bars, "tests/golden/chart_bar_three.scene");
}

TEST(a_pyramid)
{
    compare(fixture_pyramid, "tests/golden/chart_pyramid.scene");
}

RUN(CASE(a_line_chart_with_bands_gaps_and_projections),
    CASE(a_line_chart_in_english), CASE(six_curves_named_at_their_ends),
    CASE(rates_by_age), CASE(rates_by_age_on_a_log_scale),
    CASE(bars_of_regions), CASE(bars_of_three_series), CASE(a_pyramid))
