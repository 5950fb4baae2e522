/* SPDX-License-Identifier: EUPL-1.2 */
/* Small maps say under each how many territories have which colour. */
#include <stdlib.h>

#include "map_fixture.h"

static const struct map_value men[] = {
    {.code = "a", .label = "A", .value = 10},
    {.code = "b", .label = "B", .value = 11},
    {.code = "c", .label = "C", .value = 30},
};
static const struct map_value women[] = {
    {.code = "a", .label = "A", .value = 31},
    {.code = "b", .label = "B", .value = 0},
    {.code = "c", .label = "C", .availability = CONFIDENTIAL},
};
static const struct map_facet facets[] = {{"Hommes", men, 3},
                                          {"Femmes", women, 3}};

/* The numbers of the count-th group of counts, as "2 1 1". */
static const char *counts_of(struct map_case *at, size_t group)
{
    struct text out = text_new(at->arena);
    bool inside = false;
    for (size_t i = 0; i < scene_count(at->scene); i++) {
        const struct scene_item *item = scene_item(at->scene, i);
        if (item->kind == SCENE_GROUP_BEGIN && text_same(item->css, "counts"))
            inside = group-- == 0;
        else if (item->kind == SCENE_GROUP_END)
            inside = false;
        else if (item->kind == SCENE_TEXT && inside)
            text_format(&out, "%s ", item->text);
    }
    return out.at;
}

TEST(each_small_map_counts_its_territories)
{
    static const double breaks[] = {20};
    struct map_case at = map_begin(NULL, 0);
    at.job.method = CLASSES_FIXED;
    at.job.breaks = breaks;
    at.job.class_count = 2;
    CHECK(map_draw_facets(at.arena, at.fonts, &at.job, facets, 2, 2, &at.scene,
                          &at.err));
    /* below 20, from 20 on; then the fourth area, which has no value */
    CHECK_TEXT(counts_of(&at, 0), "2 1 1 ");
    /* zero, from 20 on, confidential, no value */
    CHECK_TEXT(counts_of(&at, 1), "1 1 1 1 ");
    CHECK_TEXT(counts_of(&at, 2), "");
    CHECK(says(at.scene, "Sous chaque carte"));
    /* one map counts in its legend */
    at.job.values = men;
    at.job.value_count = 3;
    CHECK(map_run(&at));
    CHECK_TEXT(counts_of(&at, 0), "");
    CHECK(!says(at.scene, "Sous chaque carte"));
    map_end(&at);
}

/* Classes are listed first to last, and lines are as long as the map. */
TEST(counts_without_room_go_on_below)
{
    struct map_case wide = map_begin(NULL, 0), narrow = map_begin(NULL, 0);
    wide.job.width_pt = 480;
    narrow.job.width_pt = 160;
    CHECK(map_draw_facets(wide.arena, wide.fonts, &wide.job, facets, 2, 2,
                          &wide.scene, &wide.err));
    CHECK(map_draw_facets(narrow.arena, narrow.fonts, &narrow.job, facets, 2, 2,
                          &narrow.scene, &narrow.err));
    for (size_t i = 0; i < scene_count(narrow.scene); i++) {
        const struct scene_item *item = scene_item(narrow.scene, i);
        CHECK(item->kind != SCENE_TEXT || item->x_pt < 160);
    }
    CHECK_TEXT(counts_of(&narrow, 1), counts_of(&wide, 1));
    map_end(&wide);
    map_end(&narrow);
}

RUN(CASE(each_small_map_counts_its_territories),
    CASE(counts_without_room_go_on_below))
