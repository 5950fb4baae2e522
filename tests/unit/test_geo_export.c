/* SPDX-License-Identifier: EUPL-1.2 */
/* GeoJSON and TopoJSON out, and in again. */
#include <stdlib.h>

#include "base/json.h"
#include "geo_fixture.h"

static bool export(struct import_case *at, bool topojson,
                   const struct geo_value *values, size_t count,
                   const char *input, const char *output)
{
    struct geo_export job = {.input = input,
                             .topojson = topojson,
                             .values = values,
                             .value_count = count,
                             .with_values = values != NULL,
                             .output = output};
    return geo_export(&job, &at->report, &at->err);
}

static const struct json *exported(struct import_case *at, bool topojson,
                                   const struct geo_value *values, size_t count)
{
    const char *path = fs_join(at->arena, at->directory, "out.json");
    const struct json *root = NULL;
    char *bytes = NULL;
    size_t size = 0;
    CHECK(export(at, topojson, values, count, at->job.output, path));
    CHECK(fs_read(at->arena, path, &bytes, &size, &at->err));
    CHECK(json_parse(at->arena, path, bytes, size, &root, &at->err));
    return root;
}

static const struct json *element(const struct json *array, size_t index)
{
    const struct json *at = array->child;
    while (index-- > 0)
        at = at->next;
    return at;
}

static double signed_area2(const struct json *ring)
{
    double sum = 0;
    for (const struct json *at = ring->child; at->next; at = at->next)
        sum += element(at, 0)->number * element(at->next, 1)->number -
               element(at->next, 0)->number * element(at, 1)->number;
    return sum;
}

/* RFC 7946: rings close, outer ones turn to the left and holes to the right. */
static size_t check_polygon(const struct json *polygon)
{
    for (const struct json *ring = polygon->child; ring; ring = ring->next) {
        CHECK(ring->count >= 4);
        for (size_t k = 0; k < 2; k++)
            CHECK_NEAR(element(element(ring, 0), k)->number,
                       element(element(ring, ring->count - 1), k)->number, 0);
        CHECK((signed_area2(ring) > 0) == (ring == polygon->child));
    }
    return polygon->count;
}

TEST(geojson_is_as_rfc_7946_says)
{
    struct import_case at = begin(squares);
    CHECK(import(&at));
    const struct json *root = exported(&at, false, NULL, 0);
    CHECK_TEXT(json_get_text(root, "type"), "FeatureCollection");
    CHECK_TEXT(json_get_text(root, "licence"), "L");
    const struct json *features = json_get(root, "features");
    size_t rings = 0;
    CHECK_INT(features->count, 4);
    for (const struct json *at_f = features->child; at_f; at_f = at_f->next) {
        const struct json *geometry = json_get(at_f, "geometry");
        const struct json *parts = json_get(geometry, "coordinates");
        if (text_same(json_get_text(geometry, "type"), "Polygon"))
            rings += check_polygon(parts);
        else
            for (const struct json *p = parts->child; p; p = p->next)
                rings += check_polygon(p);
    }
    CHECK_INT(rings, 6); /* c has a hole, d two parts */
    const struct json *a = json_get(element(features, 0), "properties");
    CHECK_TEXT(json_get_text(a, "code"), "a");
    CHECK_TEXT(json_get_text(a, "nom"), "Aa");
    CHECK(json_get(a, "value") == NULL);
    end(&at);
}

static void count_uses(const struct json *arcs, size_t *uses)
{
    if (arcs->kind == JSON_NUMBER) {
        uses[arcs->number < 0 ? (size_t)(-1 - arcs->number)
                              : (size_t)arcs->number]++;
        return;
    }
    for (const struct json *at = arcs->child; at; at = at->next)
        count_uses(at, uses);
}

TEST(topojson_has_each_border_once)
{
    struct import_case at = begin(squares);
    CHECK(import(&at));
    const struct json *root = exported(&at, true, NULL, 0);
    CHECK_TEXT(json_get_text(root, "type"), "Topology");
    const struct json *arcs = json_get(root, "arcs");
    const struct json *object = json_get(json_get(root, "objects"), "square");
    size_t uses[8] = {0};
    CHECK_INT(arcs->count, COUNT_OF(uses));
    CHECK_INT(json_get(object, "geometries")->count, 4);
    for (const struct json *g = json_get(object, "geometries")->child; g;
         g = g->next)
        count_uses(json_get(g, "arcs"), uses);
    size_t shared = 0;
    for (size_t i = 0; i < COUNT_OF(uses); i++) {
        CHECK(uses[i] == 1 || uses[i] == 2);
        shared += uses[i] == 2;
    }
    CHECK_INT(shared, 3); /* a|b, b|c, c|d */
    end(&at);
}

TEST(only_published_values_have_numbers)
{
    static const struct geo_value values[] = {
        {.code = "a",
         .availability = AVAILABLE,
         .value = 12.5,
         .has_interval = true,
         .lower = 11,
         .upper = 14},
        {.code = "b", .availability = CONFIDENTIAL, .value = 987654321},
        {.code = "c", .availability = UNRELIABLE, .value = 987654321},
        {.code = "z", .availability = AVAILABLE, .value = 3},
    };
    struct import_case at = begin(squares);
    CHECK(import(&at));
    for (int topojson = 0; topojson < 2; topojson++) {
        const struct json *root =
            exported(&at, topojson == 1, values, COUNT_OF(values));
        const struct json *list =
            topojson ? json_get(json_get(json_get(root, "objects"), "square"),
                                "geometries")
                     : json_get(root, "features");
        static const char *const status[] = {"v", "c", "u", "x"};
        for (size_t i = 0; i < 4; i++) {
            const struct json *p = json_get(element(list, i), "properties");
            CHECK_TEXT(json_get_text(p, "status"), status[i]);
            CHECK_INT(json_get(p, "value")->kind, i ? JSON_NULL : JSON_NUMBER);
            CHECK((json_get(p, "lower") != NULL) == (i == 0));
        }
        const struct json *a = json_get(element(list, 0), "properties");
        CHECK_NEAR(json_get(a, "value")->number, 12.5, 0);
        CHECK_NEAR(json_get(a, "upper")->number, 14, 0);
        char *bytes = NULL;
        size_t size = 0;
        CHECK(fs_read(at.arena, fs_join(at.arena, at.directory, "out.json"),
                      &bytes, &size, &at.err));
        CHECK(strstr(bytes, "987654321") == NULL);
    }
    CHECK(strstr(at.report.at, "code without area: z\n") != NULL);
    end(&at);
}

TEST(values_that_cannot_leave_are_refused)
{
    static const struct geo_value interval[] = {{.code = "a",
                                                 .availability = CONFIDENTIAL,
                                                 .has_interval = true,
                                                 .lower = 1,
                                                 .upper = 4}};
    static const struct geo_value twice[] = {
        {.code = "a", .availability = AVAILABLE, .value = 1},
        {.code = "a", .availability = AVAILABLE, .value = 2}};
    struct import_case at = begin(squares);
    const char *path = fs_join(at.arena, at.directory, "out.json");
    CHECK(import(&at));
    CHECK(!export(&at, false, interval, 1, at.job.output, path));
    CHECK_TEXT(at.err.text, "code 'a': a value that is not published has an "
                            "interval");
    at.err = (struct err){0};
    CHECK(!export(&at, false, twice, 2, at.job.output, path));
    CHECK_TEXT(at.err.text, "code 'a' has two values");
    CHECK(!fs_exists(path));
    end(&at);
}

static int compare_points(const void *a, const void *b)
{
    return memcmp(a, b, 2 * sizeof(int64_t));
}

/* The places of an area in decimetres of its projection, each once, sorted. */
static size_t places_of(struct arena *arena, const struct geo_level *geo,
                        const struct geo_area *area, int64_t (**out)[2])
{
    const struct geo_panel *panel = &geo->panels[area->panel];
    size_t count = 0;
    size_t capacity = 0;
    *out = NULL;
    for (size_t r = 0; r < area->ring_count; r++) {
        for (size_t i = 0; i < area->rings[r].count; i++) {
            int32_t walk = area->rings[r].arcs[i];
            for (size_t k = 0; k < geo->arcs[walk < 0 ? ~walk : walk].count;
                 k++) {
                const int32_t *xy = geo_arc_point(geo, walk, k);
                *out = arena_grow(arena, *out, count, &capacity, sizeof **out);
                (*out)[count][0] = xy[0] + (int64_t)(panel->min_x * 10);
                (*out)[count++][1] = xy[1] + (int64_t)(panel->min_y * 10);
            }
        }
    }
    qsort(*out, count, sizeof **out, compare_points);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || compare_points((*out)[kept - 1], (*out)[i]) != 0)
            memmove((*out)[kept++], (*out)[i], sizeof **out);
    return kept;
}

static void same_places(struct arena *arena, const struct geo_level *a,
                        const struct geo_level *b)
{
    size_t compared = 0;
    for (size_t i = 0; i < a->area_count; i++) {
        const struct geo_area *one = &a->areas[i];
        if (text_same(a->panels[one->panel].id, "petite-couronne"))
            continue;
        size_t k = 0;
        while (k < b->area_count && !text_same(b->areas[k].code, one->code))
            k++;
        CHECK(k < b->area_count);
        int64_t(*first)[2];
        int64_t(*second)[2];
        size_t count = places_of(arena, a, one, &first);
        CHECK_INT(places_of(arena, b, &b->areas[k], &second), count);
        CHECK(memcmp(first, second, count * sizeof *first) == 0);
        CHECK_NEAR(geo_area_km2(a, i), geo_area_km2(b, k), 1e-9);
        compared++;
    }
    CHECK(compared >= 4);
}

/* Out and in again, from GeoJSON and from TopoJSON: the same places to the
 * unit of each panel, overseas at their true places, and the same bytes from
 * both. */
static void round_trip(const char *file, const char *level, const char *layout)
{
    struct import_case at = begin("");
    struct geo_level whole;
    struct text bytes[2];
    CHECK(geo_load(at.arena, file, &whole, &at.err));
    at.job.level = level;
    at.job.code_field = "code";
    at.job.layout = layout;
    for (int topojson = 0; topojson < 2; topojson++) {
        CHECK(export(&at, topojson == 1, NULL, 0, file, at.job.input));
        bytes[topojson] = written(&at);
        same_places(at.arena, &whole, &at.level);
    }
    CHECK_INT(bytes[0].size, bytes[1].size);
    CHECK(memcmp(bytes[0].at, bytes[1].at, bytes[0].size) == 0);
    end(&at);
}

TEST(what_is_exported_is_imported_to_the_same_places)
{
    round_trip("geo/departement.geo", "departement", "geo/france.layout.csv");
    round_trip("geo/region.geo", "region", "geo/france.layout.csv");
    struct import_case at = begin(squares);
    CHECK(import(&at));
    round_trip(at.job.output, "square", "");
    end(&at);
}

/* Teeth that end a third of a metre under a border: on a grid of whole metres,
 * as wide as c makes it, some would cross it. */
TEST(borders_do_not_cross_on_the_grid_of_the_file)
{
    struct arena *arena = arena_new();
    struct text source = text_new(arena);
    text_add(&source,
             "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":"
             "\"Feature\",\"properties\":{\"id\":\"c\"},\"geometry\":{"
             "\"type\":\"Polygon\",\"coordinates\":[[[2,45],[3,45],[3,46],"
             "[2,45]]]}},{\"type\":"
             "\"Feature\",\"properties\":{\"id\":\"a\"},\"geometry\":{"
             "\"type\":\"Polygon\",\"coordinates\":[[[1,45.5],[1.01,45.50003],"
             "[1.01,45.6],[1,45.6],[1,45.5]]]}},{\"type\":\"Feature\","
             "\"properties\":{\"id\":\"b\"},\"geometry\":{\"type\":"
             "\"Polygon\",\"coordinates\":[[[1.01,45],[1,45]");
    for (int i = 1; i < 100; i++)
        text_format(&source, ",[%.6f,%.6f]", 1 + i * 1e-4,
                    i % 2 ? 45.499997 + i * 3e-7 : 45.4);
    text_add(&source, ",[1.01,45]]]}}]}");
    struct import_case at = begin(source.at);
    CHECK(import(&at));
    const char *path = fs_join(at.arena, at.directory, "out.json");
    CHECK(export(&at, false, NULL, 0, at.job.output, path));
    at.job.input = path;
    at.job.code_field = "code";
    if (!import(&at))
        CHECK_TEXT(at.err.text, "");
    CHECK_INT(at.level.area_count, 3);
    end(&at);
    arena_free(arena);
}

RUN(CASE(geojson_is_as_rfc_7946_says), CASE(topojson_has_each_border_once),
    CASE(only_published_values_have_numbers),
    CASE(values_that_cannot_leave_are_refused),
    CASE(borders_do_not_cross_on_the_grid_of_the_file),
    CASE(what_is_exported_is_imported_to_the_same_places))
