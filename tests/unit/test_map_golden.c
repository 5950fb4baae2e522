/* SPDX-License-Identifier: EUPL-1.2 */
/* Maps as scene text, compared with tests/golden/map_*.scene. With GOLDEN set
 * in the environment the files are written instead: read the diff like code. */
#include "base/fs.h"
#include "map_fixture.h"
#include "scene/palette.h"

static void compare_scene(struct map_case *at, const char *path)
{
    struct text got = text_new(at->arena);
    scene_dump(at->scene, &got);
    if (getenv("GOLDEN")) {
        CHECK(fs_write(path, got.at, got.size, &at->err));
        return;
    }
    char *want = NULL;
    size_t size = 0;
    CHECK(fs_read(at->arena, path, &want, &size, &at->err));
    size_t line = 0; /* where the first line that differs begins */
    for (size_t i = 0; got.at[i] && got.at[i] == want[i]; i++)
        line = got.at[i] == '\n' ? i + 1 : line;
    CHECK_TEXT(
        arena_slice(at->arena, got.at + line, strcspn(got.at + line, "\n")),
        arena_slice(at->arena, want + line, strcspn(want + line, "\n")));
}

static void compare(struct map_case *at, const char *path)
{
    CHECK(map_run(at));
    compare_scene(at, path);
}

TEST(a_map_with_classes_focus_and_marks)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "Alpha", .value = 80.2, .marked = true},
        {.code = "b", .label = "Bêta", .value = 91.7, .flags = FLAG_CAUTION},
        {.code = "c",
         .label = "Gamma",
         .value = 120,
         .flags = FLAG_PROVISIONAL | FLAG_REVISED},
        {.code = "d", .label = "Delta", .value = 0, .flags = FLAG_BREAK},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.focus = "b";
    compare(&at, "tests/golden/map_classes.scene");
    map_end(&at);
}

TEST(a_map_without_any_value_drawn_in_english)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "Alpha", .availability = CONFIDENTIAL},
        {.code = "b", .label = "Bêta", .availability = UNRELIABLE},
        {.code = "c", .label = "Gamma", .availability = NOT_COVERED},
        {.code = "e", .label = "Epsilon", .value = 12.5},
        {.code = "f", .label = "Phi", .availability = NOT_APPLICABLE},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.lang = LANG_EN;
    at.job.unit = "Rate per 100,000";
    compare(&at, "tests/golden/map_missing.scene");
    map_end(&at);
}

TEST(a_low_map_has_its_legend_beside_it)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "Alpha", .value = 80.2},
        {.code = "d", .label = "Delta", .value = 91.7},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.context_rest = true;
    at.job.title = "";
    at.job.height_pt = 110;
    compare(&at, "tests/golden/map_beside.scene");
    map_end(&at);
}

TEST(a_map_of_tiles_with_a_histogram)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "Alpha", .value = 80.2, .marked = true},
        {.code = "b", .label = "Bêta", .availability = CONFIDENTIAL},
        {.code = "c", .label = "Gamma", .value = 91.7},
        {.code = "d", .label = "Delta", .value = 120},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.kind = MAP_TILES;
    at.job.histogram = true;
    at.job.focus = "c";
    compare(&at, "tests/golden/map_tiles.scene");
    map_end(&at);
}

TEST(a_locator)
{
    struct map_case at = map_begin(NULL, 0);
    at.job.kind = MAP_LOCATOR;
    at.job.focus = "a";
    at.job.title = "";
    at.job.width_pt = 160;
    compare(&at, "tests/golden/map_locator.scene");
    map_end(&at);
}

/* Ratios, one of them far from certain. */
static const struct map_value ratios[] = {
    {"a", "Alpha", AVAILABLE, 0.8, true, 0.7, 0.9, 0, 0, false},
    {"b", "Bêta", AVAILABLE, 0.97, true, 0.5, 1.6, 0, 0, false},
    {"c", "Gamma", AVAILABLE, 1.2, true, 1.1, 1.3, 0, 0, false},
    {"d", "Delta", NOT_APPLICABLE, 0, false, 0, 0, 0, 0, false},
};

TEST(a_map_of_significance)
{
    struct map_case at = map_begin(ratios, COUNT_OF(ratios));
    at.job.kind = MAP_SIGNIFICANCE;
    at.job.palette = palette_usual(true);
    at.job.reference = 1;
    at.job.decimals = 2;
    compare(&at, "tests/golden/map_significance.scene");
    map_end(&at);
}

TEST(a_bivariate_map)
{
    struct map_case at = map_begin(ratios, COUNT_OF(ratios));
    at.job.kind = MAP_BIVARIATE;
    at.job.decimals = 2;
    at.job.unit = "";
    compare(&at, "tests/golden/map_bivariate.scene");
    map_end(&at);
}

TEST(a_map_of_circles)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "Alpha", .value = 28225},
        {.code = "b", .label = "Bêta", .value = 900},
        {.code = "c", .label = "Gamma", .value = 0},
        {.code = "d", .label = "Delta", .value = 4100},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.kind = MAP_CIRCLES;
    at.job.decimals = 0;
    compare(&at, "tests/golden/map_circles.scene");
    map_end(&at);
}

TEST(a_map_of_probabilities)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "Alpha", .value = 0.0496},
        {.code = "b", .label = "Bêta", .value = 0.5},
        {.code = "c", .label = "Gamma", .value = 0.97},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.method = CLASSES_PROBABILITY;
    at.job.class_count = 0;
    at.job.palette = "vik";
    at.job.decimals = 2;
    at.job.unit = "";
    compare(&at, "tests/golden/map_probability.scene");
    map_end(&at);
}

TEST(small_multiples)
{
    static const struct map_facet facets[] = {{"Hommes", ratios, 4},
                                              {"Femmes", ratios, 2}};
    struct map_case at = map_begin(NULL, 0);
    at.job.decimals = 2;
    CHECK(map_draw_facets(at.arena, at.fonts, &at.job, facets, 2, 2, &at.scene,
                          &at.err));
    compare_scene(&at, "tests/golden/map_facets.scene");
    map_end(&at);
}

RUN(CASE(a_map_of_significance), CASE(a_bivariate_map), CASE(a_map_of_circles),
    CASE(a_map_of_probabilities), CASE(small_multiples),
    CASE(a_map_of_tiles_with_a_histogram), CASE(a_locator),
    CASE(a_map_with_classes_focus_and_marks),
    CASE(a_map_without_any_value_drawn_in_english),
    CASE(a_low_map_has_its_legend_beside_it))
