/* SPDX-License-Identifier: EUPL-1.2 */
/* Towards where the values of a map rise, as its alternative text says. */
#include <math.h>

#include "geo_shipped.h"
#include "map/map.h"

static struct fonts *fonts;

/* A map whose values fall in with `along`: a share of x and of y. */
static const char *alt_of(double x_share, double y_share, enum map_kind kind,
                          size_t most)
{
    struct err err = {0};
    struct scene *scene = NULL;
    struct map_value *values =
        arena_array(arena, departements->area_count, sizeof *values);
    struct map_job job = {.kind = kind,
                          .geo = departements,
                          .values = values,
                          .title = "Titre",
                          .unit = "",
                          .source = "",
                          .mark_label = "",
                          .palette = "blues",
                          .focus = "",
                          .context_rest = true};
    if (!fonts)
        CHECK(fonts_open(arena, NULL, &fonts, &err));
    for (size_t a = 0; a < departements->area_count; a++) {
        const struct geo_area *area = &departements->areas[a];
        bool main_panel = !departements->panels[area->panel].boxed;
        int32_t arc = area->rings[0].arcs[0];
        const int32_t *xy = departements->arcs[arc < 0 ? ~arc : arc].xy;
        if (!main_panel || job.value_count == most)
            continue;
        values[job.value_count] = (struct map_value){
            .code = area->code,
            .label = area->label,
            .value = 900 + floor((x_share * xy[0] + y_share * xy[1]) / 2e5) +
                     10 * (double)(job.value_count * 37 % 11)};
        job.value_count++;
    }
    CHECK(map_draw(arena, fonts, &job, &scene, &err));
    return scene_alt(scene);
}

static void check_says(const char *alt, const char *words)
{
    if (!strstr(alt, words))
        fail_msg("'%s' does not say '%s'", alt, words);
}

TEST(the_side_towards_which_values_rise_is_named)
{
    check_says(alt_of(0, 9, MAP_CHOROPLETH, 200), "augmenter vers le nord.");
    check_says(alt_of(9, 0, MAP_CHOROPLETH, 200), "augmenter vers l’est.");
    check_says(alt_of(-9, 0, MAP_CHOROPLETH, 200), "augmenter vers l’ouest.");
    check_says(alt_of(9, -9, MAP_CHOROPLETH, 200), "vers le sud-est.");
    check_says(alt_of(-9, -9, MAP_CHOROPLETH, 200), "vers le sud-ouest.");
    check_says(alt_of(0, 9, MAP_TILES, 200), "augmenter vers le nord.");
}

TEST(values_of_no_direction_say_so)
{
    check_says(alt_of(0, 0, MAP_CHOROPLETH, 200),
               "Aucune direction ne se dégage.");
}

TEST(counts_and_few_areas_have_no_direction)
{
    CHECK(!strstr(alt_of(0, 9, MAP_CIRCLES, 200), "augmenter"));
    CHECK(!strstr(alt_of(0, 9, MAP_CHOROPLETH, 9), "augmenter"));
    CHECK(!strstr(alt_of(0, 9, MAP_CHOROPLETH, 9), "direction"));
}

static int close_fonts(void **state)
{
    fonts_close(fonts);
    return teardown(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(the_side_towards_which_values_rise_is_named),
        CASE(values_of_no_direction_say_so),
        CASE(counts_and_few_areas_have_no_direction),
    };
    return cmocka_run_group_tests(tests, setup, close_fonts);
}
