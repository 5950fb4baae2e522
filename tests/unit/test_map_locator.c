/* SPDX-License-Identifier: EUPL-1.2 */
/* Locator maps: one area, its siblings, and where it lies. */
#include "map/map_impl.h"
#include "map_fixture.h"

static struct map_case locate(const char *focus)
{
    struct map_case at = map_begin(NULL, 0);
    at.job.kind = MAP_LOCATOR;
    at.job.title = "";
    at.job.focus = focus;
    return at;
}

/* a and b have one parent, c another, the island one of its own. */
TEST(the_area_is_filled_and_the_rest_of_its_parent_pale)
{
    struct map_case at = locate("a");
    CHECK(map_run(&at));
    CHECK_INT(count_css(at.scene, "located"), 2); /* and its swatch */
    CHECK_INT(count_css(at.scene, "sibling"), 2);
    CHECK_INT(count_css(at.scene, "s-o"), 2);
    for (size_t i = 0; i < scene_count(at.scene); i++) {
        const struct scene_item *item = scene_item(at.scene, i);
        if (item->kind == SCENE_PATH) /* all change on dark paper */
            CHECK(!item->paint->fixed);
    }
    CHECK(says(at.scene, "Alpha (a)"));
    CHECK(says(at.scene, "reste du même ensemble"));
    CHECK(!says(at.scene, "Entre parenthèses"));
    CHECK_TEXT(scene_alt(at.scene), "Carte de situation\u00a0: Alpha (a), à "
                                    "l’ouest de la carte.");
    CHECK(strstr(scene_description(at.scene), "même ensemble\u00a0: Bêta."));
    map_end(&at);
}

TEST(an_inset_is_said)
{
    struct map_case at = locate("d");
    at.job.lang = LANG_EN;
    CHECK(map_run(&at));
    CHECK_TEXT(scene_alt(at.scene), "Locator map: Delta (d), in an inset.");
    CHECK_INT(count_css(at.scene, "sibling"), 0);
    map_end(&at);
}

TEST(an_alias_is_located_with_all_its_members)
{
    static const char *members[] = {"b", "c"};
    static const struct geo_alias alias = {"square", "bc", members, 2};
    struct map_case at = locate("bc");
    at.job.aliases = &alias;
    at.job.alias_count = 1;
    CHECK(map_run(&at));
    CHECK_INT(count_css(at.scene, "located"), 3);
    CHECK(says(at.scene, "Bêta, Gamma (bc)"));
    map_end(&at);
}

TEST(values_are_neither_drawn_nor_said)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "Alpha", .value = 354.9}};
    struct map_case at = locate("b");
    at.job.values = values;
    at.job.value_count = 1;
    CHECK(map_run(&at));
    struct text out = text_new(at.arena);
    scene_dump(at.scene, &out);
    CHECK(strstr(out.at, "354") == NULL);
    map_end(&at);
}

TEST(what_cannot_be_located_is_refused_by_name)
{
    struct map_case at = locate("z");
    CHECK(!map_run(&at));
    CHECK_TEXT(at.err.text, "map: level 'square' has no area 'z' to locate");
    at.err = (struct err){0};
    at.job.focus = "";
    CHECK(!map_run(&at));
    CHECK(strstr(at.err.text, "needs the code in focus"));
    map_end(&at);
}

TEST(the_siblings_of_a_departement_are_those_of_its_region)
{
    struct map_case at = locate("75");
    CHECK(geo_read(at.arena, "geo", "departement", &at.job.geo, &at.err));
    CHECK(map_run(&at));
    CHECK(says(at.scene, "reste de sa région"));
    static const char *const names[] = {
        "Seine-et-Marne",    "Yvelines",     "Essonne",   "Hauts-de-Seine",
        "Seine-Saint-Denis", "Val-de-Marne", "Val-d’Oise"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        CHECK(strstr(scene_description(at.scene), names[i]) != NULL);
    CHECK(strstr(scene_description(at.scene), "Oise,") == NULL);
    CHECK_INT(count_css(at.scene, "located"), 3); /* zoom and legend too */
    CHECK_INT(count_css(at.scene, "focus"), 1);   /* a ring, not in the zoom */
    map_end(&at);
}

RUN(CASE(the_area_is_filled_and_the_rest_of_its_parent_pale),
    CASE(an_inset_is_said), CASE(an_alias_is_located_with_all_its_members),
    CASE(values_are_neither_drawn_nor_said),
    CASE(what_cannot_be_located_is_refused_by_name),
    CASE(the_siblings_of_a_departement_are_those_of_its_region))
