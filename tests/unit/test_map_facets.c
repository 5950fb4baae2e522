/* SPDX-License-Identifier: EUPL-1.2 */
/* Small multiples: maps of the same classes, one legend, notes told once. */
#include "map/map_impl.h"
#include "map_fixture.h"

static const struct map_value facet_one[] = {
    {.code = "a", .label = "A", .value = 10},
    {.code = "b", .label = "B", .value = 20},
    {.code = "c", .label = "C", .value = 30},
};
static const struct map_value facet_two[] = {
    {.code = "a", .label = "A", .value = 30},
    {.code = "b", .label = "B", .value = 90},
    {.code = "c", .label = "C", .availability = CONFIDENTIAL},
};
static const struct map_facet facets[] = {{"Hommes", facet_one, 3},
                                          {"Femmes", facet_two, 3}};

static size_t count_text(const struct scene *scene, const char *words)
{
    size_t count = 0;
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        count += item->kind == SCENE_TEXT && text_same(item->text, words);
    }
    return count;
}

TEST(a_colour_means_the_same_in_every_facet)
{
    struct map_case at = map_begin(NULL, 0);
    at.job.class_count = 4;
    at.job.width_pt = 480;
    at.job.unit = "Taux";
    CHECK(map_draw_facets(at.arena, at.fonts, &at.job, facets, 2, 2, &at.scene,
                          &at.err));
    CHECK_INT(fill_of(at.scene, "f1-main-c"), fill_of(at.scene, "f2-main-a"));
    CHECK(fill_of(at.scene, "f1-main-b") != fill_of(at.scene, "f2-main-b"));
    CHECK_INT(count_text(at.scene, "Taux"), 1); /* one legend */
    CHECK_INT(count_text(at.scene, "Hommes"), 1);
    CHECK_INT(count_text(at.scene, "secret statistique"), 1);
    CHECK(strstr(scene_alt(at.scene), "2 cartes de mêmes classes"));
    map_end(&at);
}

TEST(a_note_that_is_the_same_in_all_facets_stands_once)
{
    static const struct map_value revised[] = {
        {.code = "a", .label = "A", .value = 10, .flags = FLAG_REVISED}};
    static const struct map_facet both[] = {{"Hommes", revised, 1},
                                            {"Femmes", facet_two, 3}};
    struct map_case at = map_begin(NULL, 0);
    at.job.kind = MAP_TILES;
    at.job.width_pt = 480;
    CHECK(map_draw_facets(at.arena, at.fonts, &at.job, both, 2, 2, &at.scene,
                          &at.err));
    size_t notes = 0;
    for (size_t i = 0; i < scene_count(at.scene); i++) {
        const struct scene_item *item = scene_item(at.scene, i);
        notes += item->kind == SCENE_TEXT &&
                 strstr(item->text, "Chaque territoire est") == item->text;
    }
    CHECK_INT(notes, 1);
    CHECK(says(at.scene, "Hommes\u00a0: Valeurs révisées"));
    map_end(&at);
}

TEST(a_long_title_of_a_facet_has_two_lines_and_a_sign_where_it_ends)
{
    static const struct map_facet long_titles[] = {
        {"Hommes de la première génération", facet_one, 3},
        {"Femmes de toutes les générations qui ont été suivies depuis le début "
         "du registre jusqu’à aujourd’hui, sans exception",
         facet_two, 3}};
    struct map_case at = map_begin(NULL, 0);
    at.job.width_pt = 200;
    CHECK(map_draw_facets(at.arena, at.fonts, &at.job, long_titles, 2, 2,
                          &at.scene, &at.err));
    CHECK(says(at.scene, "Hommes"));
    CHECK_INT(count_text(at.scene, "génération"), 1);
    size_t ends = 0;
    for (size_t i = 0; i < scene_count(at.scene); i++) {
        const struct scene_item *item = scene_item(at.scene, i);
        if (item->kind != SCENE_TEXT || !text_ends(item->text, "…"))
            continue;
        ends++;
        CHECK(fonts_width(at.fonts, item->font, item->size_pt, item->text,
                          strlen(item->text)) <= 100);
    }
    CHECK_INT(ends, 1);
    map_end(&at);
}

TEST(facets_that_make_no_sense_are_refused)
{
    struct map_case at = map_begin(NULL, 0);
    CHECK(!map_draw_facets(at.arena, at.fonts, &at.job, facets, 1, 0, &at.scene,
                           &at.err));
    CHECK(strstr(at.err.text, "2 to 24 maps, not 1"));
    at.err = (struct err){0};
    at.job.kind = MAP_CIRCLES;
    CHECK(!map_draw_facets(at.arena, at.fonts, &at.job, facets, 2, 0, &at.scene,
                           &at.err));
    CHECK_TEXT(at.err.text, "map: small multiples are choropleths, tiles or "
                            "maps of significance");
    at.job.kind = MAP_CHOROPLETH;
    at.err = (struct err){0};
    static const struct map_value twice[] = {{.code = "a", .value = 1},
                                             {.code = "a", .value = 2}};
    static const struct map_facet bad[] = {{"Hommes", facet_one, 3},
                                           {"Femmes", twice, 2}};
    CHECK(!map_draw_facets(at.arena, at.fonts, &at.job, bad, 2, 0, &at.scene,
                           &at.err));
    CHECK(strstr(at.err.text, "map of 'Femmes'"));
    map_end(&at);
}

TEST(small_maps_without_title_have_whole_sentences)
{
    struct map_case at = map_begin(NULL, 0);
    at.job.title = "";
    at.job.unit = "";
    CHECK(map_draw_facets(at.arena, at.fonts, &at.job, facets, 2, 2, &at.scene,
                          &at.err));
    CHECK(strstr(scene_alt(at.scene), "2 cartes de mêmes classes. Carte"));
    map_end(&at);
}

RUN(CASE(a_colour_means_the_same_in_every_facet),
    CASE(a_note_that_is_the_same_in_all_facets_stands_once),
    CASE(a_long_title_of_a_facet_has_two_lines_and_a_sign_where_it_ends),
    CASE(facets_that_make_no_sense_are_refused),
    CASE(small_maps_without_title_have_whole_sentences))
