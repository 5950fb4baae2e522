/* SPDX-License-Identifier: EUPL-1.2 */
/* doc:map{}: what it chooses when a script says little, its kinds and layouts,
 * and what it refuses. */
#include <math.h>

#include "map/map.h"
#include "page_fixture.h"

#define MAP_OF_DEPARTEMENTS                                                    \
    "return doc:map{table = t, column = 'asr_world', level = 'departement'"

static bool scene_has(const struct scene *scene, const char *css)
{
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        bool path = item->kind == SCENE_PATH;
        if (text_same(path ? item->paint->css : item->css, css))
            return true;
    }
    return false;
}

/* The panels are the map's own groups. */
static size_t panels_of(struct paging *paging, const char *map)
{
    const struct scene *scene = only(paging, CELLS_ALL, map)->figure->scene;
    size_t count = 0;
    CHECK(scene != NULL);
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        count +=
            item->kind == SCENE_GROUP_BEGIN && text_starts(item->css, "panel");
    }
    return count;
}

TEST(small_maps_share_their_data)
{
    struct paging paging = paging_new();
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:map{table = t, column = 'asr_world', level = "
             "'departement', facet = 'sex'}");
    CHECK_INT(block->figure->data->column_count, 8);
    CHECK_TEXT(block->figure->data->columns[2].heading, "Hommes");
    CHECK_TEXT(block->figure->data->columns[5].heading, "Femmes");
    paging_end(&paging);
}

TEST(a_map_takes_the_first_column_that_it_can_show)
{
    static const struct {
        const char *body, *heading;
    } maps[] = {
        {"return doc:map{table = t, level = 'departement'}",
         "Taux standardisé, Monde"},
        {"return doc:map{kind = 'circles', table = t, level = 'departement'}",
         "Nouveaux cas"},
        {"return doc:map{kind = 'locator', table = t, level = 'departement', "
         "focus = '29'}",
         "Taux standardisé, Monde"},
    };
    for (size_t i = 0; i < COUNT_OF(maps); i++) {
        struct paging paging = paging_new();
        const struct block *block = only(&paging, CELLS_ALL, maps[i].body);
        CHECK_TEXT(block->figure->data->columns[2].heading, maps[i].heading);
        paging_end(&paging);
    }
}

TEST(a_map_may_be_tiles_with_a_histogram_or_a_locator)
{
    struct paging paging = with_boundaries("");
    const struct scene *tiles =
        only(&paging, CELLS_ALL,
             "return doc:map{table = t, column = 'asr_world', level = "
             "'departement', kind = 'tiles', histogram = true}")
            ->figure->scene;
    CHECK(tiles && scene_has(tiles, "histogram"));
    const struct scene *locator =
        only(&paging, CELLS_ALL,
             "return doc:map{table = t, column = 'asr_world', level = "
             "'departement', kind = 'locator', focus = '29'}")
            ->figure->scene;
    CHECK(locator && text_starts(scene_alt(locator),
                                 "Carte de situation\u00a0: Finistère"));
    paging_end(&paging);
}

/* All of its départements are in one country, or in one région. */
TEST(the_words_of_a_map_say_what_it_draws)
{
    struct paging paging = with_boundaries("");
    const struct scene *country =
        only(&paging, CELLS_ALL, MAP_OF_DEPARTEMENTS ", title = 'Taux'}")
            ->figure->scene;
    CHECK(country &&
          text_starts(scene_alt(country),
                      "Carte\u00a0: Taux (France\u202f; 2019-2023). "));
    const struct scene *part =
        only(&paging, CELLS_ALL,
             MAP_OF_DEPARTEMENTS ", title = 'Taux', region = '53'}")
            ->figure->scene;
    CHECK(part &&
          text_starts(scene_alt(part), "Carte\u00a0: Taux (Bretagne\u202f; "));
    paging_end(&paging);
}

TEST(the_layout_of_a_map_is_its_own_or_the_project_s)
{
    struct paging paging = with_boundaries("");
    CHECK_INT(panels_of(&paging, MAP_OF_DEPARTEMENTS "}"), 7);
    CHECK_INT(panels_of(&paging, MAP_OF_DEPARTEMENTS ", layout = 'metropole'}"),
              1);
    paging_end(&paging);
    paging = with_boundaries("p.geo = {layout = 'metropole'}");
    CHECK_INT(panels_of(&paging, MAP_OF_DEPARTEMENTS "}"), 1);
    CHECK_INT(panels_of(&paging, MAP_OF_DEPARTEMENTS ", layout = 'france'}"),
              7);
    CHECK_INT(panels_of(&paging, MAP_OF_DEPARTEMENTS ", layout = ''}"), 7);
    CHECK(!make(&paging, CELLS_ALL, MAP_OF_DEPARTEMENTS ", layout = 'x'}"));
    CHECK(strstr(paging.fixture.err.text, "geo/x.layout.csv") != NULL);
    paging_end(&paging);
}

/* Every layout that ships, and a word that is none of them. */
TEST(each_layout_may_be_the_one_of_a_map)
{
    static const struct {
        const char *layout;
        size_t panels;
    } layouts[] = {{"france", 7},
                   {"france-half-page", 7},
                   {"france-portrait", 7},
                   {"metropole", 1}};
    struct paging paging = with_boundaries("");
    struct arena *arena = paging.fixture.arena;
    for (size_t i = 0; i < COUNT_OF(layouts); i++) {
        const char *map = arena_format(
            arena, MAP_OF_DEPARTEMENTS ", layout = '%s'}", layouts[i].layout);
        CHECK_INT(panels_of(&paging, map), layouts[i].panels);
    }
    CHECK(
        !make(&paging, CELLS_ALL, MAP_OF_DEPARTEMENTS ", layout = 'frnace'}"));
    const char *said = paging.fixture.err.text;
    CHECK(strstr(said, ":17: layout 'frnace': cannot open '") != NULL);
    CHECK(text_ends(said, "; the nearest is 'france'"));
    CHECK(!make(&paging, CELLS_ALL, MAP_OF_DEPARTEMENTS ", layout = 'plan'}"));
    CHECK(strstr(said, "; known are: ") && strstr(said, "france-portrait"));
    paging_end(&paging);
}

/* A script reads no file: neither one outside the project nor one without
 * end. */
TEST(a_layout_of_a_script_is_no_path)
{
    static const char *const layouts[] = {"../x.csv", "/dev/zero", "a.csv",
                                          "a/b", "a\\nb"};
    struct paging paging = with_boundaries("");
    for (size_t i = 0; i < COUNT_OF(layouts); i++) {
        CHECK(!make(&paging, CELLS_ALL,
                    arena_format(paging.fixture.arena, "%s, layout = '%s'}",
                                 MAP_OF_DEPARTEMENTS, layouts[i])));
        CHECK(strstr(paging.fixture.err.text, ":17: layout: expected ") !=
              NULL);
    }
    paging_end(&paging);
}

TEST(a_map_is_as_high_as_a_page_at_most)
{
    static const char *const heights[] = {"-1", "0", "79", "701", "1e15"};
    struct paging paging = with_boundaries("");
    for (size_t i = 0; i < COUNT_OF(heights); i++) {
        CHECK(!make(&paging, CELLS_ALL,
                    arena_format(paging.fixture.arena, "%s, height = %s}",
                                 MAP_OF_DEPARTEMENTS, heights[i])));
        CHECK(text_ends(paging.fixture.err.text,
                        ":17: height: expected 80 to 700 points"));
    }
    paging_end(&paging);
}

/* The places of the data are those of the région; those that touch it are
 * drawn and have no value. */
TEST(a_map_may_be_of_one_region_and_what_touches_it)
{
    struct paging paging = with_boundaries("");
    const struct figure *figure =
        only(&paging, CELLS_ALL, MAP_OF_DEPARTEMENTS ", region = '53'}")
            ->figure;
    const struct map_job *map = figure->map;
    CHECK_INT(figure->data->rows, 2);
    CHECK(map->context_rest);
    CHECK_INT(map->value_count, 4);
    CHECK(map->values[2].availability == NOT_AVAILABLE);
    CHECK_TEXT(map->geo->layout, "region");
    CHECK(figure->scene && map->geo->area_count > map->value_count);
    paging_end(&paging);
}

TEST(a_region_that_cannot_be_drawn_is_refused)
{
    static const struct {
        const char *fields, *message;
    } cases[] = {
        {", region = '99'}",
         ":17: region '99': not in the boundaries of the level 'region'"},
        {", region = '53', layout = 'metropole'}",
         ":17: region: a région has a panel of its own, expected no layout"},
        {", region = {}}",
         ":17: region: expected a text, a cell or a node, found table"},
        {", region = '11'}",
         ":17: region '11': table 'essai.sites' has no territory of the level "
         "'departement' in it"},
    };
    struct paging paging = with_boundaries("");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        CHECK(!make(&paging, CELLS_ALL,
                    arena_format(paging.fixture.arena, "%s%s",
                                 MAP_OF_DEPARTEMENTS, cases[i].fields)));
        CHECK_TEXT(strstr(paging.fixture.err.text, ":17: "), cases[i].message);
    }
    paging_end(&paging);
}

/* The table under a locator is of values that it does not show. */
TEST(a_locator_says_where_and_no_unit)
{
    struct paging paging = with_boundaries("");
    const struct caption *caption =
        &only(&paging, CELLS_ALL,
              MAP_OF_DEPARTEMENTS ", kind = 'locator', focus = '29'}")
             ->caption;
    CHECK_TEXT(caption->title, "Finistère\u00a0: situation");
    CHECK_TEXT(caption->unit, "");
    CHECK_TEXT(caption->scope, "");
    CHECK_TEXT(caption->reading, "");
    caption = &only(&paging, CELLS_ALL,
                    MAP_OF_DEPARTEMENTS
                    ", kind = 'locator', focus = '29', title = 'Où'}")
                   ->caption;
    CHECK_TEXT(caption->title, "Où");
    paging_end(&paging);
}

TEST(a_map_of_probabilities_says_what_is_none)
{
    struct paging paging = with_boundaries("");
    CHECK(!make(&paging, CELLS_ALL,
                "return doc:map{table = t, column = 'asr_world', level = "
                "'departement', method = 'probability'}"));
    CHECK(strstr(paging.fixture.err.text,
                 "a probability is a number of 0 to 1") != NULL);
    paging_end(&paging);
}

static struct map_room measure(struct paging *paging, const struct map_job *job)
{
    struct map_room room = {0};
    CHECK(map_measure(paging->fonts, job, &room, &paging->fixture.err));
    return room;
}

TEST(maps_of_one_frame_side_by_side_have_one_scale)
{
#define HALF_MAP                                                               \
    "doc:map{table = t, column = 'asr_world', level = 'departement', "         \
    "width = 'half', "
    struct paging paging = with_boundaries("");
    const struct block *pair =
        only(&paging, CELLS_ALL,
             "return columns{" HALF_MAP
             "height = 200, id = 'a', classes = 5}, " HALF_MAP
             "height = 200, id = 'b', breaks = {300}}}");
    const struct map_job *jobs[2];
    struct map_room rooms[2];
    double alone[2];
    for (size_t m = 0; m < 2; m++) {
        const struct figure *figure = pair->children[m].figure;
        CHECK(figure->map != NULL);
        jobs[m] = figure->map;
        rooms[m] = measure(&paging, jobs[m]);
        struct map_job free_job = *jobs[m];
        free_job.panels_pt = 0;
        alone[m] = measure(&paging, &free_job).panels_pt;
        CHECK(scene_height(figure->scene) <= 200);
    }
    CHECK(fabs(rooms[0].panels_pt - rooms[1].panels_pt) < 0.01);
    CHECK(fabs(rooms[0].panels_pt - fmin(alone[0], alone[1])) < 0.01);
    CHECK_INT(rooms[0].legend_below, rooms[1].legend_below);
    CHECK(fabs(alone[0] - alone[1]) > 1);
    paging_end(&paging);
}

/* Alone, one has it beside its panels, the other below them. */
TEST(maps_side_by_side_have_their_legends_in_one_place)
{
    struct paging paging = with_boundaries("");
    const struct block *pair =
        only(&paging, CELLS_ALL,
             "return columns{" HALF_MAP "id = 'a', height = 400}, " HALF_MAP
             "id = 'b', height = 150}}");
    bool below[2], alone[2];
    for (size_t m = 0; m < 2; m++) {
        struct map_job job = *pair->children[m].figure->map;
        below[m] = measure(&paging, &job).legend_below;
        job.panels_pt = 0;
        job.legend_below = false;
        alone[m] = measure(&paging, &job).legend_below;
    }
    CHECK_INT(alone[0] + alone[1], 1);
    CHECK(below[0] && below[1]);
    paging_end(&paging);
}

/* As other maps of its page have it. */
TEST(a_map_may_have_its_legend_below_where_it_would_fit_beside)
{
    static const char *const bodies[] = {
        "return " HALF_MAP "id = 'a', height = 150}",
        "return " HALF_MAP "id = 'a', height = 150, legend_below = true}",
    };
    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        struct paging paging = with_boundaries("");
        const struct block *block = only(&paging, CELLS_ALL, bodies[i]);
        const struct map_job *job = block->figure->map;
        CHECK_INT(measure(&paging, job).legend_below, i == 1);
        paging_end(&paging);
    }
}

/* A code that the map does not have would leave out a mark, or the outline of
 * the focus, unseen. */
TEST(codes_that_a_map_does_not_have_are_refused)
{
    static const struct {
        const char *fields, *message;
    } cases[] = {
        {", mark = {'29', '2g'}}",
         ":17: mark '2g': table 'essai.sites' has no such territory of the "
         "level 'departement'; the nearest is '29'"},
        {", mark = 'Morbihan'}", ":17: mark 'Morbihan': table 'essai.sites' "},
        {", focus = '5 6'}",
         ":17: focus '5 6': table 'essai.sites' has no such territory of the "
         "level 'departement'; "},
        {", region = '53', focus = '974'}",
         ":17: focus '974': not drawn with the région '53'"},
    };
    for (int boundaries = 0; boundaries < 2; boundaries++) {
        struct paging paging = boundaries ? with_boundaries("") : paging_new();
        for (size_t i = 0; i < COUNT_OF(cases) - !boundaries; i++) {
            CHECK(!make(&paging, CELLS_ALL,
                        arena_format(paging.fixture.arena, "%s%s",
                                     MAP_OF_DEPARTEMENTS, cases[i].fields)));
            const char *said = strstr(paging.fixture.err.text, ":17: ");
            CHECK(said && text_starts(said, cases[i].message));
        }
        paging_end(&paging);
    }
}

/* Of a neighbour of the région, or of the country beside the table's places. */
TEST(a_map_may_have_a_place_without_value_in_focus)
{
    struct paging paging = with_boundaries("");
    CHECK(scene_has(
        only(&paging, CELLS_ALL, MAP_OF_DEPARTEMENTS ", focus = '75'}")
            ->figure->scene,
        "focus"));
    CHECK(scene_has(only(&paging, CELLS_ALL,
                         MAP_OF_DEPARTEMENTS ", region = '53', focus = '50'}")
                        ->figure->scene,
                    "focus"));
    paging_end(&paging);
}

TEST(breaks_are_numbers)
{
    static const char *const bodies[] = {
        MAP_OF_DEPARTEMENTS ", breaks = {}}",
        MAP_OF_DEPARTEMENTS ", breaks = {'x', 300}}",
        MAP_OF_DEPARTEMENTS ", breaks = {1, 2, 3, 4, 5, 6, 7}}",
    };
    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        struct paging paging = with_boundaries("");
        CHECK(!make(&paging, CELLS_ALL, bodies[i]));
        CHECK(
            strstr(paging.fixture.err.text, "breaks: expected 1 to 6 numbers"));
        paging_end(&paging);
    }
}

RUN(CASE(small_maps_share_their_data),
    CASE(maps_side_by_side_have_their_legends_in_one_place),
    CASE(a_map_may_have_its_legend_below_where_it_would_fit_beside),
    CASE(a_map_takes_the_first_column_that_it_can_show),
    CASE(a_map_may_be_tiles_with_a_histogram_or_a_locator),
    CASE(the_words_of_a_map_say_what_it_draws),
    CASE(the_layout_of_a_map_is_its_own_or_the_project_s),
    CASE(each_layout_may_be_the_one_of_a_map),
    CASE(a_layout_of_a_script_is_no_path),
    CASE(a_map_is_as_high_as_a_page_at_most),
    CASE(a_map_may_be_of_one_region_and_what_touches_it),
    CASE(a_region_that_cannot_be_drawn_is_refused),
    CASE(a_locator_says_where_and_no_unit),
    CASE(a_map_of_probabilities_says_what_is_none),
    CASE(maps_of_one_frame_side_by_side_have_one_scale),
    CASE(codes_that_a_map_does_not_have_are_refused),
    CASE(a_map_may_have_a_place_without_value_in_focus),
    CASE(breaks_are_numbers))
