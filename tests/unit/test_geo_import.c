/* SPDX-License-Identifier: EUPL-1.2 */
/* From GeoJSON and TopoJSON to boundary files, on geographies small enough to
 * know every arc. */
#include <math.h>

#include "geo_fixture.h"

static const char codes[] = "source,code,label,parent,parent_label\n"
                            "a,01,Un,P,Pays\nb,02,Deux,P,Pays\n"
                            "c,03,Trois,Q,Quartier\nd,04,Quatre,Q,Quartier\n";

static size_t arcs_of_rank(const struct geo_level *level, unsigned rank)
{
    size_t count = 0;
    for (size_t a = 0; a < level->arc_count; a++)
        count += level->arcs[a].rank == rank;
    return count;
}

static size_t find(const struct geo_level *level, const char *code)
{
    for (size_t a = 0; a < level->area_count; a++) {
        if (text_same(level->areas[a].code, code))
            return a;
    }
    print_error("no area %s\n", code);
    _fail(__FILE__, __LINE__);
    return 0;
}

static bool shares_arc(const struct geo_level *level, size_t a, size_t b)
{
    const struct geo_ring *one = level->areas[a].rings;
    for (size_t r = 0; r < level->areas[a].ring_count; r++)
        for (size_t i = 0; i < one[r].count; i++)
            for (size_t s = 0; s < level->areas[b].ring_count; s++)
                for (size_t k = 0; k < level->areas[b].rings[s].count; k++)
                    if (one[r].arcs[i] == ~level->areas[b].rings[s].arcs[k])
                        return true;
    return false;
}

TEST(neighbours_share_their_border_as_one_arc)
{
    struct import_case at = begin(squares);
    CHECK(import(&at));
    const struct geo_level *level = &at.level;
    CHECK_INT(level->area_count, 4);
    CHECK_INT(level->arc_count, 8); /* 5 outer (b has 2), ab, bc, cd */
    CHECK(shares_arc(level, find(level, "a"), find(level, "b")));
    CHECK(shares_arc(level, find(level, "b"), find(level, "c")));
    CHECK(shares_arc(level, find(level, "c"), find(level, "d")));
    CHECK(!shares_arc(level, find(level, "a"), find(level, "c")));
    CHECK_INT(arcs_of_rank(level, 0), 5);
    CHECK_INT(arcs_of_rank(level, 2), 3);
    CHECK_TEXT(level->areas[find(level, "a")].label, "Aa");
    CHECK_TEXT(level->vintage, "V");
    end(&at);
}

TEST(borders_between_parents_have_their_own_rank)
{
    struct import_case at = begin(squares);
    at.job.codes = put(&at, "codes.csv", codes);
    CHECK(import(&at));
    CHECK_INT(arcs_of_rank(&at.level, 0), 5);
    CHECK_INT(arcs_of_rank(&at.level, 1), 1); /* b|c */
    CHECK_INT(arcs_of_rank(&at.level, 2), 2); /* a|b, c|d */
    CHECK_TEXT(at.level.areas[find(&at.level, "04")].label, "Quatre");
    end(&at);
}

/* A square degree at 45.5 N has cos(45.5) x 111.2^2 km2, to 1 %. */
TEST(areas_are_those_of_the_globe_and_holes_are_empty)
{
    struct import_case at = begin(squares);
    CHECK(import(&at));
    const struct geo_level *level = &at.level;
    double square = 111.2 * 111.2 * 0.7009;
    CHECK_NEAR(geo_area_km2(level, find(level, "a")), square, 0.01);
    CHECK_NEAR(geo_area_km2(level, find(level, "c")), square * 0.96, 0.01);
    CHECK_NEAR(geo_area_km2(level, find(level, "d")), square * 0.08, 0.02);
    end(&at);
}

/* On the page, where y grows downwards, outer rings turn clockwise. */
TEST(rings_wind_outwards_clockwise_and_holes_backwards_whatever_the_source)
{
    struct import_case at = begin(squares);
    CHECK(import(&at));
    for (size_t a = 0; a < at.level.area_count; a++) {
        const struct geo_area *area = &at.level.areas[a];
        bool has_hole = text_same(area->code, "c");
        size_t holes = 0;
        for (size_t r = 0; r < area->ring_count; r++)
            holes += geo_ring_area2(&at.level, &area->rings[r]) > 0;
        CHECK_INT(holes, has_hole);
    }
    end(&at);
}

TEST(dissolving_keeps_the_arcs_between_parents_only)
{
    struct import_case at = begin(squares);
    at.job.codes = put(&at, "codes.csv", codes);
    at.job.dissolve = "pays";
    CHECK(import(&at));
    const struct geo_level *level = &at.level;
    CHECK_TEXT(level->level, "pays");
    CHECK_INT(level->area_count, 2);
    CHECK_TEXT(level->areas[0].code, "P");
    CHECK_TEXT(level->areas[1].label, "Quartier");
    CHECK_INT(level->areas[0].ring_count, 1);
    CHECK_INT(level->areas[1].ring_count, 2); /* d fills the hole of c */
    CHECK_INT(level->arc_count, 6);           /* ab and cd are gone */
    CHECK(shares_arc(level, 0, 1));
    end(&at);
}

TEST(features_of_one_code_become_one_area)
{
    struct import_case at = begin(squares);
    at.job.codes = put(&at, "codes.csv",
                       "source,code,label,parent,parent_label\n"
                       "a,1,Un,,\nb,1,Un,,\nc,3,Trois,,\nd,4,Quatre,,\n");
    CHECK(import(&at));
    CHECK_INT(at.level.area_count, 3);
    CHECK_INT(at.level.areas[0].ring_count, 1);
    end(&at);
}

TEST(what_the_code_list_does_not_name_is_reported_both_ways)
{
    struct import_case at = begin(squares);
    at.job.codes = put(&at, "codes.csv",
                       "source,code,label,parent,parent_label\n"
                       "a,01,Un,,\nb,02,Deux,,\nc,03,Trois,,\nz,26,Z,,\n");
    CHECK(import(&at));
    CHECK_INT(at.level.area_count, 3);
    CHECK(strstr(at.report.at, "feature without code: d\n") != NULL);
    CHECK(strstr(at.report.at, "code without feature: 26 (z)\n") != NULL);
    end(&at);
}

TEST(a_layout_puts_areas_into_panels_and_a_zoom_repeats_them)
{
    struct import_case at = begin(squares);
    at.job.layout =
        put(&at, "two.layout.csv",
            "panel,label_fr,label_en,level,epsg,west,south,east,north,codes,"
            "x,y,width,height,scale_bar_km,boxed,detail\n"
            "main,,,,2154,0,45,4,47,,0,0,8000,8000,100,0,1\n"
            "zoom,Deux,Two,,2154,,,,,a b,8100,0,1900,1900,10,1,0.5\n"
            "other,,,elsewhere,2154,0,45,4,47,,0,0,100,100,0,0,1\n");
    CHECK(import(&at));
    const struct geo_level *level = &at.level;
    CHECK_TEXT(level->layout, "two");
    CHECK_INT(level->panel_count, 2);
    CHECK_TEXT(level->panels[1].label[LANG_EN], "Two");
    CHECK(level->panels[1].boxed);
    CHECK_INT(level->panels[0].epsg, 2154);
    CHECK_INT(level->area_count, 6);
    CHECK_INT(level->areas[5].panel, 1);
    CHECK_TEXT(level->areas[5].code, "b");
    end(&at);
}

TEST(a_zoom_is_for_the_levels_that_it_names)
{
    static const struct {
        const char *level;
        size_t panels;
    } cases[] = {{"departement", 2}, {"commune", 2}, {"epci", 1}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct import_case at = begin(squares);
        at.job.level = cases[i].level;
        at.job.layout =
            put(&at, "two.layout.csv",
                "panel,label_fr,label_en,level,epsg,west,south,east,north,"
                "codes,x,y,width,height,scale_bar_km,boxed,detail\n"
                "main,,,,2154,0,45,4,47,,0,0,8000,8000,100,0,1\n"
                "zoom,,,departement commune,2154,,,,,a b,8100,0,1900,1900,10,"
                "1,0.5\n");
        CHECK(import(&at));
        CHECK_INT(at.level.panel_count, cases[i].panels);
        end(&at);
    }
}

TEST(a_feature_outside_every_panel_is_reported)
{
    struct import_case at = begin(squares);
    at.job.layout =
        put(&at, "one.layout.csv",
            "panel,label_fr,label_en,level,epsg,west,south,east,north,codes,"
            "x,y,width,height,scale_bar_km,boxed,detail\n"
            "main,,,,2154,0,45,2,46,,0,0,8000,8000,100,0,1\n");
    CHECK(import(&at));
    CHECK_INT(at.level.area_count, 2);
    CHECK(strstr(at.report.at, "feature in no panel: c\n") != NULL);
    end(&at);
}

/* A wiggle of about a kilometre on the border that a and b share. */
TEST(simplifying_thins_a_shared_border_once_for_both_sides)
{
    struct text source;
    struct arena *arena = arena_new();
    source = text_new(arena);
    text_add(&source, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (int side = 0; side < 2; side++) {
        text_format(&source,
                    "%s{\"type\":\"Feature\",\"properties\":{\"id\":\"%d\"},"
                    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[",
                    side ? "," : "", side);
        text_format(&source, "[%d,45],", 2 * side);
        for (int i = 0; i <= 100; i++)
            text_format(&source, "[%.3f,%.2f],", 1 + 0.01 * (i % 2),
                        45 + 0.01 * i);
        text_format(&source, "[%d,46],[%d,45]]]}}", 2 * side, 2 * side);
    }
    text_add(&source, "]}");
    struct import_case at = begin(source.at);
    CHECK(import(&at));
    CHECK_INT(at.level.arc_count, 3);
    size_t whole = 0;
    for (size_t a = 0; a < 3; a++)
        whole += at.level.arcs[a].rank == 2 ? at.level.arcs[a].count : 0;
    CHECK_INT(whole, 101);
    at.job.tolerance_m = 2000;
    CHECK(import(&at));
    CHECK_INT(at.level.arc_count, 3);
    for (size_t a = 0; a < 3; a++)
        CHECK(at.level.arcs[a].rank != 2 || at.level.arcs[a].count < 20);
    CHECK(shares_arc(&at.level, 0, 1));
    end(&at);
    arena_free(arena);
}

TEST(simplifying_keeps_shapes_and_lets_no_border_swallow_an_island)
{
    struct import_case at = begin(squares);
    at.job.tolerance_m = 1e6;
    CHECK(import(&at));
    for (size_t a = 0; a < at.level.area_count; a++)
        CHECK(geo_area_km2(&at.level, a) > 1);
    CHECK_INT(at.level.area_count, 4);
    end(&at);
}

/* Two halves of a disc of 30 km: a triangle would do for the tolerance, and
 * would lose a third of each. */
TEST(simplifying_changes_no_surface_by_a_hundredth)
{
    struct arena *arena = arena_new();
    struct text source = text_new(arena);
    text_add(&source, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (int half = 0; half < 2; half++) {
        text_format(&source,
                    "%s{\"type\":\"Feature\",\"properties\":{\"id\":\"%d\"},"
                    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[",
                    half ? "," : "", half);
        for (int i = 0; i <= 180; i++) {
            double angle = (half * 180 + i) * acos(-1) / 180;
            text_format(&source, "[%.6f,%.6f],", 2 + 0.4 * cos(angle),
                        45 + 0.28 * sin(angle));
        }
        text_format(&source, "[%.6f,45.000000]]]}}", half ? 1.6 : 2.4);
    }
    text_add(&source, "]}");
    struct import_case at = begin(source.at);
    CHECK(import(&at));
    double whole[2] = {geo_area_km2(&at.level, 0), geo_area_km2(&at.level, 1)};
    at.job.tolerance_m = 100000;
    CHECK(import(&at));
    size_t points = 0;
    for (size_t a = 0; a < at.level.arc_count; a++)
        points += at.level.arcs[a].count;
    CHECK(points < 80); /* of 366 */
    for (size_t a = 0; a < 2; a++)
        CHECK_NEAR(geo_area_km2(&at.level, a), whole[a], 0.01);
    end(&at);
    arena_free(arena);
}

TEST(the_same_input_gives_the_same_bytes)
{
    struct import_case one = begin(squares);
    struct import_case two = begin(squares);
    same_bytes(&one, &two);
}

/* The first square begins at another corner. */
TEST(where_a_ring_begins_does_not_matter)
{
    static const char ring[] = "[0,45],[1,45],[1,45.5],[1,46],[0,46],[0,45]";
    struct import_case one = begin(squares);
    struct text turned = text_new(one.arena);
    const char *at = strstr(squares, ring);
    text_add_bytes(&turned, squares, (size_t)(at - squares));
    text_add(&turned, "[1,45.5],[1,46],[0,46],[0,45],[1,45],[1,45.5]");
    text_add(&turned, at + strlen(ring));
    struct import_case two = begin(turned.at);
    same_bytes(&one, &two);
}

TEST(a_layout_that_does_not_fit_is_refused_with_its_line)
{
    struct import_case at = begin(squares);
    at.job.layout =
        put(&at, "bad.layout.csv",
            "panel,label_fr,label_en,level,epsg,west,south,east,north,codes,"
            "x,y,width,height,scale_bar_km,boxed,detail\n"
            "main,,,,2154,0,45,4,47,,0,0,8000,10001,100,0,1\n");
    CHECK(!import(&at));
    CHECK(strstr(at.err.text, "bad.layout.csv:2: the frame does not fit"));
    end(&at);
}

TEST(an_unknown_projection_is_refused_by_its_code)
{
    struct import_case at = begin(squares);
    at.job.layout =
        put(&at, "bad.layout.csv",
            "panel,label_fr,label_en,level,epsg,west,south,east,north,codes,"
            "x,y,width,height,scale_bar_km,boxed,detail\n"
            "main,,,,999998,0,45,4,47,,0,0,8000,8000,100,0,1\n");
    CHECK(!import(&at));
    CHECK(strstr(at.err.text, "panel 'main': EPSG:999998: cannot be made"));
    end(&at);
}

RUN(CASE(neighbours_share_their_border_as_one_arc),
    CASE(borders_between_parents_have_their_own_rank),
    CASE(areas_are_those_of_the_globe_and_holes_are_empty),
    CASE(rings_wind_outwards_clockwise_and_holes_backwards_whatever_the_source),
    CASE(dissolving_keeps_the_arcs_between_parents_only),
    CASE(features_of_one_code_become_one_area),
    CASE(what_the_code_list_does_not_name_is_reported_both_ways),
    CASE(a_layout_puts_areas_into_panels_and_a_zoom_repeats_them),
    CASE(a_zoom_is_for_the_levels_that_it_names),
    CASE(a_feature_outside_every_panel_is_reported),
    CASE(simplifying_thins_a_shared_border_once_for_both_sides),
    CASE(simplifying_keeps_shapes_and_lets_no_border_swallow_an_island),
    CASE(simplifying_changes_no_surface_by_a_hundredth),
    CASE(the_same_input_gives_the_same_bytes),
    CASE(where_a_ring_begins_does_not_matter),
    CASE(a_layout_that_does_not_fit_is_refused_with_its_line),
    CASE(an_unknown_projection_is_refused_by_its_code))
