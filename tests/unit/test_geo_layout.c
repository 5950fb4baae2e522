/* SPDX-License-Identifier: EUPL-1.2 */
/* The layouts that ship, and one région cut out of a level. */
#include <math.h>

#include "base/csv.h"
#include "base/fs.h"
#include "geo_shipped.h"

static const struct geo_level *laid_out(const struct geo_level *geo,
                                        const char *name)
{
    const struct geo_level *out = NULL;
    struct err err = {0};
    CHECK(geo_layout_apply(arena, geo, geo_layout_path(arena, ".", name), &out,
                           &err));
    CHECK_TEXT(out->layout, name);
    return out;
}

static size_t times_drawn(const struct geo_level *geo, const char *code)
{
    size_t count = 0;
    for (size_t a = 0; a < geo->area_count; a++)
        count +=
            text_same(geo->areas[a].code, code) &&
            !text_same(geo->panels[geo->areas[a].panel].id, "petite-couronne");
    return count;
}

static bool apart(const struct geo_panel *a, const struct geo_panel *b)
{
    return a->frame_x + a->frame_width <= b->frame_x ||
           b->frame_x + b->frame_width <= a->frame_x ||
           a->frame_y + a->frame_height <= b->frame_y ||
           b->frame_y + b->frame_height <= a->frame_y;
}

/* Boxes may lie in a corner of the mainland's frame, never on each other. */
static void check_frames(const struct geo_level *geo)
{
    for (size_t p = 0; p < geo->panel_count; p++) {
        for (size_t q = 0; q < p; q++)
            CHECK(!geo->panels[p].boxed || !geo->panels[q].boxed ||
                  apart(&geo->panels[p], &geo->panels[q]));
    }
}

TEST(national_layouts_draw_every_area_once_and_the_zoom)
{
    static const char *const names[] = {"france", "france-portrait",
                                        "france-half-page"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const struct geo_level *geo = laid_out(departements, names[i]);
        CHECK_INT(geo->panel_count, 7);
        CHECK_INT(geo->area_count, 105);
        CHECK_INT(geo->arc_count, departements->arc_count);
        for (size_t a = 0; a < departements->area_count; a++)
            CHECK_INT(times_drawn(geo, departements->areas[a].code), 1);
        check_frames(geo);
        geo = laid_out(regions, names[i]);
        CHECK_INT(geo->panel_count, 6);
        CHECK_INT(geo->area_count, 18);
    }
}

TEST(the_layout_of_the_file_is_the_national_one)
{
    const struct geo_level *geo = laid_out(departements, "france");
    for (size_t p = 0; p < geo->panel_count; p++) {
        const struct geo_panel *a = &geo->panels[p];
        const struct geo_panel *b = &departements->panels[p];
        CHECK_TEXT(a->id, b->id);
        CHECK_NEAR(a->frame_x, b->frame_x, 1e-9);
        CHECK_NEAR(a->frame_height, b->frame_height, 1e-9);
        CHECK_NEAR(a->max_x, b->max_x, 1e-9);
    }
}

TEST(a_portrait_is_high_and_a_half_page_wide)
{
    double right[2] = {0, 0};
    double bottom[2] = {0, 0};
    static const char *const names[] = {"france-portrait", "france-half-page"};
    for (size_t i = 0; i < 2; i++) {
        const struct geo_level *geo = laid_out(departements, names[i]);
        for (size_t p = 0; p < geo->panel_count; p++) {
            const struct geo_panel *at = &geo->panels[p];
            if (at->frame_x + at->frame_width > right[i])
                right[i] = at->frame_x + at->frame_width;
            if (at->frame_y + at->frame_height > bottom[i])
                bottom[i] = at->frame_y + at->frame_height;
        }
    }
    CHECK(bottom[0] > 1.3 * right[0]);
    CHECK(right[1] > 1.6 * bottom[1]);
}

TEST(the_mainland_alone_leaves_the_others_out)
{
    const struct geo_level *geo = laid_out(departements, "metropole");
    CHECK_INT(geo->panel_count, 1);
    CHECK_INT(geo->area_count, 96);
    CHECK_INT(times_drawn(geo, "971"), 0);
    for (size_t a = 0; a < geo->arc_count; a++)
        CHECK_INT(geo->arcs[a].panel, 0);
}

TEST(a_layout_without_panel_of_the_level_is_refused)
{
    const struct geo_level *out = NULL;
    struct err err = {0};
    char *directory = check_directory();
    const char *path = fs_join(arena, directory, "x.layout.csv");
    static const char layout[] =
        "panel,label_fr,label_en,level,epsg,west,south,east,north,codes,"
        "x,y,width,height,scale_bar_km,boxed,detail\n"
        "moon,,,,2154,-6,41,10,52,,0,0,100,100,0,0,1\n";
    CHECK(fs_write(path, layout, strlen(layout), &err));
    CHECK(!geo_layout_apply(arena, departements, path, &out, &err));
    CHECK_TEXT(err.id, "geo.layout");
    CHECK(text_ends(err.text, "x.layout.csv: the boundaries of the level "
                              "'departement' have none of its panels"));
    check_remove(directory);
}

TEST(a_layout_of_too_many_panels_is_refused)
{
    const struct geo_level *out = NULL;
    struct err err = {0};
    char *directory = check_directory();
    const char *path = fs_join(arena, directory, "x.layout.csv");
    struct text layout = text_new(arena);
    text_add(&layout, "panel,label_fr,label_en,level,epsg,west,south,east,"
                      "north,codes,x,y,width,height,scale_bar_km,boxed,"
                      "detail\n");
    for (size_t p = 0; p <= GEO_PANELS_MOST; p++)
        text_format(&layout, "p%zu,,,,2154,-6,41,10,52,,0,0,9,9,0,0,1\n", p);
    CHECK(fs_write(path, layout.at, layout.size, &err));
    CHECK(!geo_layout_apply(arena, departements, path, &out, &err));
    CHECK_TEXT(err.id, "geo.layout");
    CHECK(text_ends(err.text,
                    "x.layout.csv: 65536 panels, expected 65535 at most"));
    check_remove(directory);
}

/* The région of each département, as Insee says: of those that are drawn with
 * a région, the ones inside it must be exactly its own. */
static size_t check_region(const char *region)
{
    const struct geo_level *cut = NULL;
    const bool *inside = NULL;
    struct err err = {0};
    struct csv *csv = NULL;
    bool more = true;
    size_t own = 0;
    CHECK(geo_region_cut(arena, departements, regions, region, &cut, &inside,
                         &err));
    CHECK_INT(cut->panel_count, 1);
    CHECK(csv_open(arena, "geo/codes_departement.csv", &csv, &err));
    while (csv_next(csv, &more, &err) && more) {
        bool in = false;
        const char *code = csv_field(csv, 1);
        for (size_t a = 0; a < cut->area_count; a++)
            in |= text_same(cut->areas[a].code, code) && inside[a];
        CHECK_INT(in, text_same(csv_field(csv, 3), region));
        own += in;
    }
    csv_close(csv);
    return own;
}

TEST(every_region_holds_its_departements_and_no_other)
{
    size_t all = 0;
    for (size_t r = 0; r < regions->area_count; r++)
        all += check_region(regions->areas[r].code);
    CHECK_INT(all, 101);
}

static const char *drawn(const struct geo_level *geo, const char *region)
{
    const struct geo_level *cut = NULL;
    const bool *inside = NULL;
    struct err err = {0};
    struct text codes = text_new(arena);
    CHECK(geo_region_cut(arena, geo, regions, region, &cut, &inside, &err));
    for (size_t a = 0; a < cut->area_count; a++)
        text_format(&codes, "%s%s%s", a ? " " : "", cut->areas[a].code,
                    inside[a] ? "" : "*");
    return codes.at;
}

TEST(what_touches_a_region_is_drawn_with_it)
{
    CHECK_TEXT(drawn(departements, "53"), "22 29 35 56 44* 49* 50* 53*");
    CHECK_TEXT(drawn(departements, "94"), "2A 2B");
    CHECK_TEXT(drawn(departements, "02"), "972");
    CHECK_TEXT(drawn(regions, "53"), "53 28* 52*");
}

TEST(the_panel_of_a_region_is_as_large_as_what_it_shows)
{
    const struct geo_level *cut = NULL;
    const bool *inside = NULL;
    struct err err = {0};
    CHECK(geo_region_cut(arena, departements, regions, "53", &cut, &inside,
                         &err));
    const struct geo_panel *panel = &cut->panels[0];
    double width_dm = (panel->max_x - panel->min_x) * 10;
    bool left = false;
    bool right = false;
    for (size_t a = 0; a < cut->arc_count; a++) {
        for (size_t k = 0; k < cut->arcs[a].count; k++) {
            int32_t x = cut->arcs[a].xy[2 * k];
            CHECK(x >= 0 && x <= width_dm + 0.5);
            left |= x == 0;
            right |= x > width_dm - 0.5;
        }
    }
    CHECK(left && right);
    /* Surfaces are those of the whole map. */
    for (size_t a = 0; a < cut->area_count; a++)
        if (text_same(cut->areas[a].code, "29"))
            CHECK_NEAR(geo_area_km2(cut, a), 6733, 0.02);
}

/* Of a coarser source: the départements without the west of Bretagne stand for
 * régions. Côtes-d'Armor and Morbihan touch Ille-et-Vilaine and lie nowhere
 * else, and then Finistère touches them. */
TEST(what_lies_in_no_region_is_of_the_one_it_touches)
{
    struct geo_level coarse = *departements;
    struct geo_area *areas =
        arena_array(arena, departements->area_count, sizeof *areas);
    coarse.areas = areas;
    coarse.area_count = 0;
    for (size_t a = 0; a < departements->area_count; a++) {
        const char *code = departements->areas[a].code;
        if (!text_same(code, "22") && !text_same(code, "29") &&
            !text_same(code, "56"))
            areas[coarse.area_count++] = departements->areas[a];
    }
    const struct geo_level *cut = NULL;
    const bool *inside = NULL;
    struct err err = {0};
    struct text codes = text_new(arena);
    CHECK(geo_region_cut(arena, departements, &coarse, "35", &cut, &inside,
                         &err));
    for (size_t a = 0; a < cut->area_count; a++)
        text_format(&codes, "%s%s%s", a ? " " : "", cut->areas[a].code,
                    inside[a] ? "" : "*");
    CHECK_TEXT(codes.at, "22 29 35 56 44* 49* 50* 53*");
}

/* Of its neighbours a région needs the nearest part only: Île-de-France takes
 * most of the width, and surroundings are cut at a window that closes. */
TEST(surroundings_are_cut_at_a_window)
{
    const struct geo_level *cut = NULL;
    const bool *inside = NULL;
    struct err err = {0};
    double low = 1e18;
    double high = -1e18;
    CHECK(geo_region_cut(arena, departements, regions, "11", &cut, &inside,
                         &err));
    for (size_t a = 0; a < cut->area_count; a++) {
        CHECK(cut->areas[a].ring_count > 0);
        for (size_t r = 0; r < cut->areas[a].ring_count; r++) {
            const struct geo_ring *ring = &cut->areas[a].rings[r];
            for (size_t i = 0; i < ring->count; i++) {
                int32_t walk = ring->arcs[i];
                int32_t next = ring->arcs[i + 1 < ring->count ? i + 1 : 0];
                size_t count = cut->arcs[walk < 0 ? ~walk : walk].count;
                const int32_t *end = geo_arc_point(cut, walk, count - 1);
                const int32_t *begin = geo_arc_point(cut, next, 0);
                CHECK(end[0] == begin[0] && end[1] == begin[1]);
                for (size_t k = 0; inside[a] && k < count; k++) {
                    low = fmin(low, geo_arc_point(cut, walk, k)[0]);
                    high = fmax(high, geo_arc_point(cut, walk, k)[0]);
                }
            }
        }
    }
    const struct geo_panel *panel = &cut->panels[0];
    double share = (high - low) / 10 / (panel->max_x - panel->min_x);
    CHECK(share > 0.8 && share < 0.9);
}

TEST(an_unknown_region_is_refused)
{
    const struct geo_level *cut = NULL;
    const bool *inside = NULL;
    struct err err = {0};
    CHECK(!geo_region_cut(arena, departements, regions, "99", &cut, &inside,
                          &err));
    CHECK_TEXT(err.text,
               "region '99': not in the boundaries of the level 'region'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(national_layouts_draw_every_area_once_and_the_zoom),
        CASE(the_layout_of_the_file_is_the_national_one),
        CASE(a_portrait_is_high_and_a_half_page_wide),
        CASE(the_mainland_alone_leaves_the_others_out),
        CASE(a_layout_without_panel_of_the_level_is_refused),
        CASE(a_layout_of_too_many_panels_is_refused),
        CASE(every_region_holds_its_departements_and_no_other),
        CASE(what_touches_a_region_is_drawn_with_it),
        CASE(the_panel_of_a_region_is_as_large_as_what_it_shows),
        CASE(what_lies_in_no_region_is_of_the_one_it_touches),
        CASE(surroundings_are_cut_at_a_window),
        CASE(an_unknown_region_is_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
