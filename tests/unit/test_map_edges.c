/* SPDX-License-Identifier: EUPL-1.2 */
/* Values that maps are not made for: none, one, equal, negative, huge, tiny.
 * Whatever they are, nothing leaves the page and every number is one. */
#include <math.h>

#include "device/device.h"
#include "map_fixture.h"

enum { VALUES = 4 };

static const struct {
    const char *name;
    size_t count;
    double values[VALUES];
} edges[] = {
    {"no value", 0, {0}},
    {"one area", 1, {12.5}},
    {"all equal", 4, {7, 7, 7, 7}},
    {"all zero", 4, {0, 0, 0, 0}},
    {"negative", 4, {-3, -12.5, -0.1, 4}},
    {"huge", 4, {1e14, 3e14, 9e14, 2}},
    {"tiny", 4, {1e-9, 2e-9, 3e-9, 5e-10}},
    {"huge and tiny", 4, {1e-9, 1e13, 3, 0}},
    {"nearly equal", 4, {100.00001, 100.00002, 100.00003, 100.00004}},
};

static const char *const codes[VALUES] = {"a", "b", "c", "d"};

static struct map_case begin(size_t edge, struct map_value *values)
{
    for (size_t i = 0; i < VALUES; i++) {
        double value = edges[edge].values[i];
        bool shown = i < edges[edge].count;
        values[i] = (struct map_value){
            .code = codes[i],
            .label = "Un territoire au nom qui est assez long",
            .availability = shown ? AVAILABLE : CONFIDENTIAL,
            .value = value,
            .has_interval = shown,
            .lower = value - fabs(value) / 10,
            .upper = value + fabs(value) / 3,
        };
    }
    struct map_case at = map_begin(values, VALUES);
    at.job.class_count = 0;
    at.job.focus = "b";
    return at;
}

static double left_of(const struct map_case *at, const struct scene_item *item)
{
    double width = fonts_width(at->fonts, item->font, item->size_pt, item->text,
                               strlen(item->text));
    static const double parts[] = {
        [ANCHOR_START] = 0, [ANCHOR_MIDDLE] = 0.5, [ANCHOR_END] = 1};
    return item->x_pt - width * parts[item->anchor];
}

static void check_words(const struct map_case *at,
                        const struct scene_item *item)
{
    double width = fonts_width(at->fonts, item->font, item->size_pt, item->text,
                               strlen(item->text));
    double left = left_of(at, item);
    if (!(left >= -0.01 && left + width <= scene_width(at->scene) + 0.01 &&
          item->y_pt - item->size_pt >= -1 &&
          item->y_pt <= scene_height(at->scene)))
        fail_msg("'%s' at %.1f, %.1f leaves the page", item->text, left,
                 item->y_pt);
    CHECK(!strstr(item->text, "nan"));
}

static void check_page(const struct map_case *at, const char *name)
{
    for (size_t i = 0; i < scene_count(at->scene); i++) {
        const struct scene_item *item = scene_item(at->scene, i);
        if (item->kind == SCENE_TEXT)
            check_words(at, item);
        for (size_t k = 0; item->kind == SCENE_PATH && k < item->point_count;
             k++) {
            double x = item->points[2 * k], y = item->points[2 * k + 1];
            if (!(x >= 0 && x <= scene_width(at->scene) && y >= 0 &&
                  y <= scene_height(at->scene)))
                fail_msg("%s: %.2f, %.2f leaves the page", name, x, y);
        }
    }
    struct text svg = text_new(at->arena);
    device_svg(at->scene, at->fonts, true, "f", &svg);
    CHECK(!strstr(svg.at, "nan") && !strstr(svg.at, "NaN"));
    CHECK(!strstr(svg.at, "inf;") && !strstr(svg.at, "\"inf"));
    CHECK(!strstr(scene_description(at->scene), "nan"));
}

static bool may_be_refused(enum map_kind kind, size_t edge)
{
    bool negative = text_same(edges[edge].name, "negative");
    return kind == MAP_CIRCLES && negative;
}

TEST(whatever_the_values_a_map_stays_on_its_page)
{
    static const enum map_kind kinds[] = {MAP_CHOROPLETH, MAP_SIGNIFICANCE,
                                          MAP_BIVARIATE,  MAP_CIRCLES,
                                          MAP_TILES,      MAP_LOCATOR};
    static const double widths[] = {130, 242, 499};
    for (size_t e = 0; e < COUNT_OF(edges); e++) {
        for (size_t k = 0; k < COUNT_OF(kinds); k++) {
            struct map_value values[VALUES];
            struct map_case at = begin(e, values);
            at.job.kind = kinds[k];
            at.job.palette = "vik";
            at.job.width_pt = widths[(e + k) % 3];
            at.job.histogram =
                kinds[k] == MAP_CHOROPLETH || kinds[k] == MAP_TILES;
            bool drawn = map_run(&at);
            CHECK(drawn || may_be_refused(kinds[k], e));
            if (drawn)
                check_page(&at, edges[e].name);
            map_end(&at);
        }
    }
}

TEST(whatever_the_values_every_method_makes_classes)
{
    static const enum class_method methods[] = {CLASSES_QUANTILE, CLASSES_EQUAL,
                                                CLASSES_PRETTY, CLASSES_JENKS,
                                                CLASSES_AROUND};
    for (size_t e = 0; e < COUNT_OF(edges); e++) {
        for (size_t m = 0; m < COUNT_OF(methods); m++) {
            for (int factors = 0; factors < 2; factors++) {
                struct map_value values[VALUES];
                struct map_case at = begin(e, values);
                at.job.method = methods[m];
                at.job.histogram = true;
                at.job.reference = 1;
                at.job.factors = factors != 0;
                bool drawn = map_run(&at);
                bool refused =
                    factors && (methods[m] != CLASSES_AROUND ||
                                text_same(edges[e].name, "negative"));
                CHECK(drawn != refused);
                if (drawn)
                    check_page(&at, edges[e].name);
                map_end(&at);
            }
        }
    }
}

RUN(CASE(whatever_the_values_a_map_stays_on_its_page),
    CASE(whatever_the_values_every_method_makes_classes))
