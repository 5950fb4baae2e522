/* SPDX-License-Identifier: EUPL-1.2 */
/* The histogram above the classes of a legend. */
#include <math.h>

#include "map_fixture.h"

/* Items of the histogram: from `first` to before `last`. */
static bool find(const struct scene *scene, size_t *first, size_t *last)
{
    size_t i = 0;
    while (i < scene_count(scene) &&
           !(scene_item(scene, i)->kind == SCENE_GROUP_BEGIN &&
             text_same(scene_item(scene, i)->css, "histogram")))
        i++;
    *first = i + 1;
    while (i < scene_count(scene) &&
           scene_item(scene, i)->kind != SCENE_GROUP_END)
        i++;
    *last = i;
    return i < scene_count(scene);
}

/* Height of all bars of a class, all classes for "". */
static double bars(const struct scene *scene, const char *css)
{
    size_t first, last;
    double sum = 0;
    CHECK(find(scene, &first, &last));
    for (size_t i = first; i < last; i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind == SCENE_PATH && item->paint->filled &&
            (*css == '\0' || text_same(item->paint->css, css)))
            sum += fabs(item->points[5] - item->points[1]);
    }
    return sum;
}

static const struct map_value values[] = {
    {.code = "a", .label = "A", .value = 10},
    {.code = "b", .label = "B", .value = 10.4},
    {.code = "c", .label = "C", .value = 20},
    {.code = "d", .label = "D", .availability = CONFIDENTIAL, .value = 15},
};

static struct map_case begin(void)
{
    static const double breaks[] = {10.2};
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.histogram = true;
    at.job.method = CLASSES_FIXED;
    at.job.breaks = breaks;
    return at;
}

/* 10 and 10.4 share a step, the limit 10.2 divides it: both colours. */
TEST(bars_are_as_high_as_their_areas_are_many)
{
    struct map_case at = begin();
    CHECK(map_run(&at));
    double one = bars(at.scene, "c0");
    CHECK(one > 5);
    CHECK_NEAR(bars(at.scene, "c1"), 2 * one, 1e-9);
    CHECK_NEAR(bars(at.scene, ""), 3 * one, 1e-9);   /* not what is withheld */
    CHECK(says(at.scene, "10,2"));                   /* under the axis */
    CHECK(says(at.scene, "moins de 10,2\u00a0(1)")); /* the counts remain */
    CHECK(says(at.scene, "secret statistique\u00a0(1)"));
    map_end(&at);
}

TEST(equal_values_are_one_bar_and_no_value_no_histogram)
{
    static const struct map_value same[] = {
        {.code = "a", .label = "A", .value = 7},
        {.code = "b", .label = "B", .value = 7},
    };
    struct map_case at = begin();
    at.job.values = same;
    at.job.value_count = 2;
    at.job.method = CLASSES_QUANTILE;
    CHECK(map_run(&at));
    CHECK(bars(at.scene, "") > 5);
    at.job.value_count = 0;
    size_t first, last;
    CHECK(map_run(&at));
    CHECK(!find(at.scene, &first, &last));
    map_end(&at);
}

TEST(a_histogram_is_refused_where_there_are_no_classes_of_values)
{
    struct map_case at = begin();
    at.job.kind = MAP_CIRCLES;
    CHECK(!map_run(&at));
    CHECK(strstr(at.err.text, "classes of a choropleth or of tiles") != NULL);
    static const struct map_facet facets[] = {{"x", values, 3},
                                              {"y", values, 3}};
    at.err = (struct err){0};
    at.job.kind = MAP_CHOROPLETH;
    CHECK(!map_draw_facets(at.arena, at.fonts, &at.job, facets, 2, 2, &at.scene,
                           &at.err));
    CHECK(strstr(at.err.text, "with one map, not with several") != NULL);
    map_end(&at);
}

/* One class beside the zeros: no limit says where the bars lie. */
TEST(ends_have_numbers_where_there_is_no_limit)
{
    static const struct map_value few[] = {
        {.code = "a", .label = "A", .value = 0},
        {.code = "b", .label = "B", .value = 0},
        {.code = "c", .label = "C", .value = 5},
    };
    struct map_case at = map_begin(few, COUNT_OF(few));
    at.job.histogram = true;
    size_t first, last, ends = 0;
    CHECK(map_run(&at));
    CHECK(find(at.scene, &first, &last));
    for (size_t i = first; i < last; i++) {
        const struct scene_item *item = scene_item(at.scene, i);
        ends += item->kind == SCENE_TEXT &&
                (text_same(item->text, "0,0") || text_same(item->text, "5,0"));
    }
    CHECK_INT(ends, 2);
    map_end(&at);
}

RUN(CASE(ends_have_numbers_where_there_is_no_limit),
    CASE(bars_are_as_high_as_their_areas_are_many),
    CASE(equal_values_are_one_bar_and_no_value_no_histogram),
    CASE(a_histogram_is_refused_where_there_are_no_classes_of_values))
