/* SPDX-License-Identifier: EUPL-1.2 */
/* Sources that no map can be drawn from: each is refused by a stable code, with
 * the file, the number and code of the feature and the place, and no file is
 * written. */
#include "geo_fixture.h"

#define FEATURE_OF(code, geometry)                                             \
    "{\"type\":\"Feature\",\"properties\":{\"id\":" code                       \
    "},\"geometry\":" geometry "}"
#define COLLECTION(features)                                                   \
    "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"
#define FEATURE(geometry) COLLECTION(FEATURE_OF("\"a\"", geometry))
#define POLYGON(rings) "{\"type\":\"Polygon\",\"coordinates\":[" rings "]}"
#define MULTI(polygons)                                                        \
    "{\"type\":\"MultiPolygon\",\"coordinates\":[" polygons "]}"
#define SQUARE "[[0,45],[1,45],[1,46],[0,46],[0,45]]"
/* A good square, then what is wrong. */
#define SECOND(geometry)                                                       \
    COLLECTION(FEATURE_OF("\"good\"", POLYGON(SQUARE)) "," FEATURE_OF(         \
        "\"bad\"", geometry))

/* The import fails with this stable code and these words, and leaves no
 * file. */
static void refuse(const char *source, const char *id, const char *want)
{
    struct import_case at = begin(source);
    CHECK(!import(&at));
    CHECK_INT(at.err.code, ERR_INPUT);
    CHECK_TEXT(at.err.id, id);
    if (strstr(at.err.text, want) == NULL)
        CHECK_TEXT(at.err.text, want);
    CHECK(strstr(at.err.text, "source.json") != NULL);
    CHECK(!fs_exists(at.job.output));
    end(&at);
}

TEST(what_is_no_collection_of_areas_is_refused)
{
    refuse("[]", "geo.source",
           "neither a GeoJSON FeatureCollection nor a TopoJSON Topology");
    refuse(COLLECTION(""), "geo.source", "no feature");
    refuse("{\"type\":\"FeatureCollection\"}", "geo.source",
           "no array 'features'");
    refuse(COLLECTION("7"), "geo.source", "feature 1: not an object");
    refuse(FEATURE("{\"type\":\"Point\",\"coordinates\":[1,2]}"),
           "geo.geometry",
           "feature 1 'a': geometry 'Point', expected Polygon or MultiPolygon");
    refuse(SECOND("{\"type\":\"LineString\",\"coordinates\":[[0,0],[1,1]]}"),
           "geo.geometry", "feature 2 'bad': geometry 'LineString'");
    refuse(FEATURE("{\"type\":\"Polygon\",\"coordinates\":7}"), "geo.geometry",
           "feature 1 'a': a geometry has no array 'coordinates'");
}

TEST(a_byte_order_mark_is_skipped)
{
    struct import_case at = begin("\xEF\xBB\xBF" FEATURE(POLYGON(SQUARE)));
    CHECK(import(&at));
    end(&at);
}

TEST(an_empty_geometry_is_refused)
{
    refuse(FEATURE("null"), "geo.empty", "feature 1 'a': no geometry");
    refuse(SECOND(POLYGON("")), "geo.empty",
           "feature 2 'bad': its geometry is empty");
    refuse(SECOND(MULTI("")), "geo.empty",
           "feature 2 'bad': its geometry is empty");
    refuse(SECOND("{\"type\":\"GeometryCollection\",\"geometries\":[]}"),
           "geo.empty", "feature 2 'bad': its geometry is empty");
    /* Four positions in one place, or on one line. */
    refuse(FEATURE(POLYGON("[[0,0],[0,0],[0,0],[0,0]]")), "geo.empty",
           "feature 1 'a': has no surface");
    refuse(FEATURE(POLYGON("[[0,0],[1,1],[2,2],[0,0]]")), "geo.empty",
           "feature 1 'a': has no surface");
}

TEST(positions_are_degrees)
{
    refuse(SECOND(POLYGON("[[652000,6862000],[1,0],[1,1],[652000,6862000]]")),
           "geo.degrees",
           "feature 2 'bad': position 652000, 6862000 is not longitude and "
           "latitude in degrees: convert the file to WGS 84 (EPSG:4326)");
    refuse(FEATURE(POLYGON("[[1e300,0],[1,0],[1,1],[1e300,0]]")), "geo.degrees",
           "feature 1 'a': position 1e+300, 0 is not longitude");
    refuse(FEATURE(POLYGON("[[0,90.1],[1,0],[1,1],[0,90.1]]")), "geo.degrees",
           "feature 1 'a': position 0, 90.1 is not longitude");
    refuse(FEATURE(POLYGON("[[0,\"1\"],[1,0],[1,1],[0,\"1\"]]")), "geo.source",
           "feature 1 'a': a position is not a pair of numbers");
    refuse(FEATURE(POLYGON("[[0],[1,0],[1,1],[0]]")), "geo.source",
           "feature 1 'a': a position is not a pair of numbers");
}

/* JSON has no such numbers; the feature is known by its place only. */
TEST(what_is_no_number_and_a_cut_file_are_refused)
{
    refuse(SECOND(POLYGON("[[NaN,0],[1,0],[1,1],[NaN,0]]")), "json.syntax",
           "source.json:1: expected a value (element 2 of 'features')");
    refuse(SECOND(POLYGON("[[-Infinity,0],[1,0],[1,1],[0,0]]")), "json.syntax",
           "source.json:1: expected a number (element 2 of 'features')");
    refuse(SECOND(POLYGON("[[1e999,0],[1,0],[1,1],[0,0]]")), "json.syntax",
           "source.json:1: expected a number (element 2 of 'features')");
    struct arena *arena = arena_new();
    static const char whole[] = SECOND(POLYGON(SQUARE));
    for (size_t size = 0; size + 1 < sizeof whole; size += 7)
        refuse(arena_slice(arena, whole, size), "json.syntax",
               "source.json:1: ");
    arena_free(arena);
}

TEST(rings_close_and_have_four_positions)
{
    refuse(SECOND(POLYGON("[[0,0],[1,0],[1,1],[0,1]]")), "geo.unclosed",
           "feature 2 'bad': a ring is not closed: it begins at 0, 0 and ends "
           "at 0, 1");
    refuse(FEATURE(POLYGON("[[0,0],[1,1]]")), "geo.ring",
           "feature 1 'a': a ring has fewer than four positions");
    refuse(FEATURE(POLYGON("[[0,0],[1,1],[0,0]]")), "geo.ring",
           "feature 1 'a': a ring has fewer than four positions");
    refuse(FEATURE(POLYGON("[]")), "geo.ring",
           "feature 1 'a': a ring has fewer than four positions");
    refuse(FEATURE(POLYGON("7")), "geo.source",
           "feature 1 'a': a ring is not an array of positions");
}

TEST(a_border_that_crosses_itself_is_refused_with_the_place)
{
    refuse(SECOND(POLYGON("[[5,45],[6,46],[6,45],[5,46],[5,45]]")),
           "geo.crossing",
           "feature 2 'bad': its border crosses itself near 5.50000, 45.50000");
    refuse(FEATURE(POLYGON("[[5,45],[7,47],[7,45],[5,46],[5,45]]")),
           "geo.crossing", "feature 1 'a': its border crosses itself near");
    /* A hole that cuts its outer ring, and two parts that cut each other. */
    refuse(FEATURE(POLYGON(SQUARE ",[[0.5,45.5],[2,45.4],[2,45.6],"
                                  "[0.5,45.5]]")),
           "geo.crossing", "feature 1 'a': its border crosses itself near");
    refuse(FEATURE(MULTI("[" SQUARE "],[[[0.5,45.5],[2,45.5],[2,47],"
                         "[0.5,47],[0.5,45.5]]]")),
           "geo.crossing", "feature 1 'a': its border crosses itself near");
}

TEST(areas_that_overlap_are_refused_by_both_names)
{
    refuse(SECOND(POLYGON("[[0.5,45.5],[2,45.5],[2,47],[0.5,47],[0.5,45.5]]")),
           "geo.crossing",
           "feature 1 'good' and feature 2 'bad': their borders cross near");
    refuse(SECOND(POLYGON(SQUARE)), "geo.overlap",
           "feature 1 'good' and feature 2 'bad': lie on the same side of a "
           "border near");
    /* The same area twice under one code would vanish. */
    refuse(COLLECTION(FEATURE_OF("\"a\"", POLYGON(SQUARE)) "," FEATURE_OF(
               "\"a\"", POLYGON(SQUARE))),
           "geo.overlap", "feature 1 'a' and feature 2 'a': lie on the same");
}

#define HOLE(x)                                                                \
    "[[" x ".2,45.2],[" x ".2,45.8],[" x ".8,45.8],[" x ".8,45.2],[" x         \
    ".2,45.2]]"
#define INNER "[[0.4,45.4],[0.4,45.6],[0.6,45.6],[0.6,45.4],[0.4,45.4]]"

TEST(holes_lie_in_their_polygon_and_in_no_other_hole)
{
    refuse(SECOND(POLYGON("[[5,45],[6,45],[6,46],[5,46],[5,45]]," HOLE("7"))),
           "geo.hole",
           "feature 2 'bad': a hole lies outside its polygon near 7.2");
    refuse(FEATURE(POLYGON(SQUARE "," HOLE("0") "," INNER)), "geo.hole",
           "feature 1 'a': a hole lies in another hole near 0.4");
}

/* An island in the lake is a polygon of its own. */
TEST(an_island_in_a_hole_is_accepted)
{
    struct import_case at =
        begin(FEATURE(MULTI("[" SQUARE "," HOLE("0") "],[" INNER "]")));
    CHECK(import(&at));
    CHECK_INT(at.level.areas[0].ring_count, 3);
    double square = 111.2 * 111.2 * 0.7009;
    CHECK_NEAR(geo_area_km2(&at.level, 0), square * (1 - 0.36 + 0.04), 0.01);
    end(&at);
}

/* b's western border leaves a's by 2 m at its middle. */
TEST(slivers_are_refused_by_name_and_width)
{
    static const char gap[] = COLLECTION(FEATURE_OF(
        "\"a\"",
        POLYGON(
            "[[0,45],[1,45],[1,45.5],"
            "[1,46],[0,46],[0,45]]")) "," FEATURE_OF("\"b\"",
                                                     POLYGON("[[1,45],[2,45],["
                                                             "2,46],[1,46],"
                                                             "[1.00003,45.5],["
                                                             "1,45]]")));
    refuse(gap, "geo.sliver",
           "slivers between borders that should be one: 1; feature 1 'a' and "
           "feature 2 'b', 1.2 m wide near 1.0");
    static const char overlap[] = COLLECTION(FEATURE_OF(
        "\"a\"",
        POLYGON(
            "[[0,45],[1,45],[1,45.5],"
            "[1,46],[0,46],[0,45]]")) "," FEATURE_OF("\"b\"",
                                                     POLYGON("[[1,45],[2,45],["
                                                             "2,46],[1,46],"
                                                             "[0.99997,45.5],["
                                                             "1,45]]")));
    refuse(overlap, "geo.sliver", "feature 1 'a' and feature 2 'b', 1.2 m");
    /* A place that one side lacks is no sliver when it is on the line. */
    static const char junction[] = COLLECTION(FEATURE_OF(
        "\"a\"",
        POLYGON(
            "[[0,45],[1,45],[1,46],[0,46],"
            "[0,45]]")) "," FEATURE_OF("\"b\"",
                                       POLYGON("[[1,45],[2,45],[2,46],[1,46],"
                                               "[1,45.5],[1,45]]")));
    refuse(junction, "geo.sliver", "0.0 m wide");
}

/* Two squares 0.8 m apart; 80 m apart, or where one place only is near, they
 * are two islands. */
TEST(strips_between_features_that_meet_nowhere_are_refused)
{
#define TWO(WEST, SOUTH)                                                       \
    COLLECTION(FEATURE_OF("\"a\"", POLYGON(SQUARE)) "," FEATURE_OF(            \
        "\"b\"", POLYGON("[[" WEST "," SOUTH "],[2," SOUTH "],[2,46],[" WEST   \
                         ",46],[" WEST "," SOUTH "]]")))
    refuse(TWO("1.00001", "45"), "geo.sliver",
           "strips between borders that meet nowhere: 1; feature 1 'a' and "
           "feature 2 'b', 0.8 m apart near 1.00000, 45.00000");
    static const char *const good[] = {TWO("1.001", "45"),
                                       TWO("1.00001", "45.5")};
    for (size_t g = 0; g < COUNT_OF(good); g++) {
        struct import_case at = begin(good[g]);
        CHECK(import(&at));
        CHECK_INT(at.level.area_count, 2);
        end(&at);
    }
#undef TWO
}

TEST(codes_are_names)
{
    refuse(COLLECTION("{\"type\":\"Feature\",\"properties\":{},"
                      "\"geometry\":" POLYGON(SQUARE) "}"),
           "geo.code", "feature 1: no property 'id' holding the code");
    refuse(COLLECTION(FEATURE_OF("\"\"", POLYGON(SQUARE))), "geo.code",
           "feature 1: no property 'id' holding the code");
    refuse(COLLECTION(FEATURE_OF("1.5", POLYGON(SQUARE))), "geo.code",
           "feature 1: no property 'id' holding the code");
    static const char *const codes[] = {
        "\"a b\"", "\"../x\"", "\"<a>\"", "\"Ain\\u00e9\"",
        "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\""};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < COUNT_OF(codes); i++)
        refuse(
            arena_format(arena, COLLECTION("%s"),
                         arena_format(arena, FEATURE_OF("%s", POLYGON(SQUARE)),
                                      codes[i])),
            "geo.code", "expected at most 40 letters, digits");
    arena_free(arena);
}

/* A comb of teeth a metre apart would cross at every turn of a
 * careless search: the boxes of its edges all overlap in one direction. */
static struct text comb(struct arena *arena, size_t teeth)
{
    struct text source = text_new(arena);
    text_add(&source, "{\"type\":\"FeatureCollection\",\"features\":["
                      "{\"type\":\"Feature\",\"properties\":{\"id\":\"a\"},"
                      "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                      "[[[0,44],");
    for (size_t i = 0; i < teeth; i++)
        text_format(&source, "[%.5f,%d],", (double)i * 1e-5, 45 + (int)(i % 2));
    text_format(&source, "[%.5f,44],[0,44]]]}}]}", (double)(teeth - 1) * 1e-5);
    return source;
}

TEST(a_good_source_is_not_refused)
{
    struct import_case at = begin(squares);
    CHECK(written(&at).size > GEO_HEAD_SIZE);
    end(&at);
}

TEST(a_ring_of_very_many_points_is_read)
{
    struct arena *arena = arena_new();
    struct text source = comb(arena, 20000);
    struct import_case at = begin(source.at);
    CHECK(import(&at));
    CHECK_INT(at.level.arcs[0].count, 20003);
    end(&at);
    arena_free(arena);
}

RUN(CASE(what_is_no_collection_of_areas_is_refused),
    CASE(a_byte_order_mark_is_skipped), CASE(an_empty_geometry_is_refused),
    CASE(positions_are_degrees),
    CASE(what_is_no_number_and_a_cut_file_are_refused),
    CASE(rings_close_and_have_four_positions),
    CASE(a_border_that_crosses_itself_is_refused_with_the_place),
    CASE(areas_that_overlap_are_refused_by_both_names),
    CASE(holes_lie_in_their_polygon_and_in_no_other_hole),
    CASE(an_island_in_a_hole_is_accepted),
    CASE(slivers_are_refused_by_name_and_width),
    CASE(strips_between_features_that_meet_nowhere_are_refused),
    CASE(codes_are_names), CASE(a_good_source_is_not_refused),
    CASE(a_ring_of_very_many_points_is_read))
