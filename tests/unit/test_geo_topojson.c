/* SPDX-License-Identifier: EUPL-1.2 */
/* TopoJSON, quantised and plain, gives the bytes of the GeoJSON of the same
 * shapes; what it says that cannot be is refused by name. */
#include "geo_fixture.h"

/* The squares: outer a, a|b, north and south of b, b|c, outer c, c|d, island
 * of d. */
static const char plain_arcs[] =
    "\"arcs\":[[[1,46],[0,46],[0,45],[1,45]],[[1,45],[1,45.5],[1,46]],"
    "[[2,46],[1,46]],[[1,45],[2,45]],[[2,45],[2,46]],"
    "[[2,45],[3,45],[3,46],[2,46]],"
    "[[2.4,45.4],[2.6,45.4],[2.6,45.6],[2.4,45.6],[2.4,45.4]],"
    "[[1,46.5],[1.2,46.5],[1.2,46.7],[1,46.7],[1,46.5]]]";
static const char quantised_arcs[] =
    "\"transform\":{\"scale\":[0.1,0.1],\"translate\":[0,45]},"
    "\"arcs\":[[[10,10],[-10,0],[0,-10],[10,0]],[[10,0],[0,5],[0,5]],"
    "[[20,10],[-10,0]],[[10,0],[10,0]],[[20,0],[0,10]],"
    "[[20,0],[10,0],[0,10],[-10,0]],[[24,4],[2,0],[0,2],[-2,0],[0,-2]],"
    "[[10,15],[2,0],[0,2],[-2,0],[0,-2]]]";
#define ABC                                                                    \
    "{\"type\":\"Polygon\",\"properties\":{\"id\":\"a\",\"nom\":\"Aa\"},"      \
    "\"arcs\":[[1,0]]},{\"type\":\"Polygon\",\"properties\":{\"id\":\"b\","    \
    "\"nom\":\"Bb\"},\"arcs\":[[2,-2,3,4]]},{\"type\":\"Polygon\","            \
    "\"properties\":{\"id\":\"c\",\"nom\":\"Cc\"},\"arcs\":[[5,-5],[6]]}"
#define NAMED_D "\"properties\":{\"id\":\"d\",\"nom\":\"Dd\"}"
static const char parts[] =
    ABC ",{\"type\":\"MultiPolygon\"," NAMED_D ",\"arcs\":[[[-7]],[[7]]]}";
static const char nested[] =
    ABC ",{\"type\":\"GeometryCollection\"," NAMED_D ",\"geometries\":["
        "{\"type\":\"Polygon\",\"arcs\":[[-7]]},"
        "{\"type\":\"Polygon\",\"arcs\":[[7]]}]}";

static const char *topology(struct arena *arena, const char *arcs,
                            const char *geometries)
{
    return arena_format(arena,
                        "{\"type\":\"Topology\",%s,\"objects\":{\"all\":"
                        "{\"type\":\"GeometryCollection\",\"geometries\":[%s]"
                        "}}}",
                        arcs, geometries);
}

static void same_as_squares(const char *source)
{
    struct import_case one = begin(squares);
    struct import_case two = begin(source);
    same_bytes(&one, &two);
}

TEST(topojson_gives_the_bytes_of_geojson)
{
    struct arena *arena = arena_new();
    same_as_squares(topology(arena, plain_arcs, parts));
    same_as_squares(topology(arena, quantised_arcs, parts));
    same_as_squares(topology(arena, plain_arcs, nested));
    same_as_squares(topology(arena, quantised_arcs, nested));
    arena_free(arena);
}

TEST(an_object_may_be_one_polygon_and_its_code_its_id)
{
    struct import_case at =
        begin("{\"type\":\"Topology\",\"arcs\":[[[0,45],[1,45],[1,46],[0,46],"
              "[0,45]]],\"objects\":{\"all\":{\"type\":\"Polygon\",\"id\":7,"
              "\"arcs\":[[0]]}}}");
    CHECK(import(&at));
    CHECK_INT(at.level.area_count, 1);
    CHECK_TEXT(at.level.areas[0].code, "7");
    end(&at);
}

static void refuse_topology(const char *arcs, const char *geometries,
                            const char *id, const char *want)
{
    struct arena *arena = arena_new();
    struct import_case at = begin(topology(arena, arcs, geometries));
    CHECK(!import(&at));
    CHECK_INT(at.err.code, ERR_INPUT);
    CHECK_TEXT(at.err.id, id);
    if (!text_ends(at.err.text, want))
        CHECK_TEXT(at.err.text, want);
    CHECK(!fs_exists(at.job.output));
    end(&at);
    arena_free(arena);
}

#define BAD(arcs)                                                              \
    "{\"type\":\"Polygon\",\"properties\":{\"id\":\"a\"},\"arcs\":" arcs "}"

TEST(what_a_topology_says_and_cannot_be_is_refused)
{
    refuse_topology(plain_arcs, BAD("[[8]]"), "geo.source",
                    "source.json: feature 1 'a': a ring names an arc that "
                    "does not exist");
    refuse_topology(plain_arcs, BAD("[[-9]]"), "geo.source",
                    "feature 1 'a': a ring names an arc that does not exist");
    refuse_topology(plain_arcs, BAD("[[0.5]]"), "geo.source",
                    "feature 1 'a': a ring names an arc that does not exist");
    refuse_topology(plain_arcs, BAD("[[\"0\"]]"), "geo.source",
                    "feature 1 'a': a ring names an arc that does not exist");
    refuse_topology(plain_arcs, BAD("[[0,5]]"), "geo.unclosed",
                    "feature 1 'a': the arcs of a ring do not meet at 2, 45");
    refuse_topology(plain_arcs, BAD("[[0]]"), "geo.unclosed",
                    "feature 1 'a': a ring is not closed: it begins at 1, 46 "
                    "and ends at 1, 45");
    refuse_topology(plain_arcs, BAD("[[]]"), "geo.ring",
                    "feature 1 'a': a ring has fewer than four positions");
    refuse_topology(plain_arcs, BAD("[]"), "geo.empty",
                    "feature 1 'a': its geometry is empty");
    refuse_topology(plain_arcs,
                    "{\"type\":\"Point\",\"properties\":{\"id\":\"a\"},"
                    "\"coordinates\":[1,2]}",
                    "geo.geometry",
                    "feature 1 'a': geometry 'Point', expected Polygon or "
                    "MultiPolygon");
    refuse_topology("\"arcs\":[[[0,0],[1,1]],[[0,0],[1000,0]]]", parts,
                    "geo.degrees",
                    "source.json: arc 1: position 1000, 0 is not longitude "
                    "and latitude in degrees: convert the file to WGS 84 "
                    "(EPSG:4326)");
    refuse_topology("\"arcs\":[[[0,0]]]", parts, "geo.source",
                    "arc 0: an arc has fewer than two positions");
    refuse_topology("\"arcs\":[]", parts, "geo.source", "no array 'arcs'");
    refuse_topology("\"transform\":{\"scale\":[1,1]},\"arcs\":[[[0,0],[1,1]]]",
                    parts, "geo.source",
                    "'transform' has no 'scale' and 'translate'");
}

TEST(of_several_objects_none_is_guessed)
{
    struct import_case at =
        begin("{\"type\":\"Topology\",\"arcs\":[[[0,0],[1,1]]],\"objects\":{"
              "\"x\":{\"type\":\"Polygon\",\"arcs\":[]},"
              "\"y\":{\"type\":\"Polygon\",\"arcs\":[]}}}");
    CHECK(!import(&at));
    CHECK(strstr(at.err.text,
                 "source.json: expected one entry in 'objects', found 'x' "
                 "'y'") != NULL);
    end(&at);
}

RUN(CASE(topojson_gives_the_bytes_of_geojson),
    CASE(an_object_may_be_one_polygon_and_its_code_its_id),
    CASE(what_a_topology_says_and_cannot_be_is_refused),
    CASE(of_several_objects_none_is_guessed))
