/* SPDX-License-Identifier: EUPL-1.2 */
/* The boundary files that ship: every département and région once, neighbours
 * that share arcs, surfaces near the published ones. */
#include "base/fs.h"
#include "geo_shipped.h"

static bool in_zoom(const struct geo_level *geo, size_t area)
{
    return text_same(geo->panels[geo->areas[area].panel].id, "petite-couronne");
}

static size_t find(const struct geo_level *geo, const char *code)
{
    size_t found = SIZE_MAX;
    for (size_t a = 0; a < geo->area_count; a++) {
        if (text_same(geo->areas[a].code, code) && !in_zoom(geo, a)) {
            CHECK(found == SIZE_MAX);
            found = a;
        }
    }
    CHECK(found != SIZE_MAX);
    return found;
}

static bool shares_arc(const struct geo_level *geo, const char *a,
                       const char *b)
{
    const struct geo_area *one = &geo->areas[find(geo, a)];
    const struct geo_area *two = &geo->areas[find(geo, b)];
    for (size_t r = 0; r < one->ring_count; r++)
        for (size_t i = 0; i < one->rings[r].count; i++)
            for (size_t s = 0; s < two->ring_count; s++)
                for (size_t k = 0; k < two->rings[s].count; k++)
                    if (one->rings[r].arcs[i] == ~two->rings[s].arcs[k])
                        return true;
    return false;
}

TEST(every_departement_is_drawn_once_and_the_petite_couronne_again)
{
    char code[8];
    size_t expected = 0;
    for (int i = 1; i <= 95; i++) {
        if (i == 20)
            continue;
        snprintf(code, sizeof code, "%02d", i);
        find(departements, code);
        expected++;
    }
    static const char *const others[] = {"2A",  "2B",  "971", "972",
                                         "973", "974", "976"};
    for (size_t i = 0; i < COUNT_OF(others); i++, expected++)
        find(departements, others[i]);
    CHECK_INT(expected, 101);
    CHECK_INT(departements->area_count, 105);
    size_t zoom = 0;
    for (size_t a = 0; a < departements->area_count; a++) {
        if (!in_zoom(departements, a))
            continue;
        zoom++;
        const char *drawn = departements->areas[a].code;
        CHECK(text_same(drawn, "75") || text_same(drawn, "92") ||
              text_same(drawn, "93") || text_same(drawn, "94"));
    }
    CHECK_INT(zoom, 4);
}

TEST(every_region_is_drawn_once)
{
    static const char *const codes[] = {"01", "02", "03", "04", "06", "11",
                                        "24", "27", "28", "32", "44", "52",
                                        "53", "75", "76", "84", "93", "94"};
    CHECK_INT(regions->area_count, 18);
    for (size_t i = 0; i < COUNT_OF(codes); i++)
        find(regions, codes[i]);
    CHECK_TEXT(regions->areas[find(regions, "53")].label, "Bretagne");
}

TEST(each_overseas_departement_has_its_own_panel_and_projection)
{
    static const struct {
        const char *code;
        int epsg;
    } cases[] = {
        {"75", 2154},  {"2A", 2154},  {"971", 5490}, {"972", 5490},
        {"973", 2972}, {"974", 2975}, {"976", 4471},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct geo_area *area =
            &departements->areas[find(departements, cases[i].code)];
        CHECK_INT(departements->panels[area->panel].epsg, cases[i].epsg);
    }
    CHECK_INT(departements->panel_count, 7);
    CHECK_INT(regions->panel_count, 6);
}

TEST(neighbours_share_arcs_and_strangers_do_not)
{
    CHECK(shares_arc(departements, "29", "22"));
    CHECK(shares_arc(departements, "2A", "2B"));
    CHECK(shares_arc(departements, "75", "92"));
    CHECK(shares_arc(departements, "26", "84"));
    CHECK(!shares_arc(departements, "29", "35"));
    CHECK(!shares_arc(departements, "75", "77"));
    CHECK(shares_arc(regions, "53", "52"));
    CHECK(shares_arc(regions, "11", "44"));
    CHECK(!shares_arc(regions, "53", "11"));
}

static size_t place(const struct geo_neighbours *all, const char *code)
{
    for (size_t i = 0; i < all->count; i++) {
        if (text_same(all->codes[i], code))
            return i;
    }
    fail_msg("no code %s", code);
    return 0;
}

/* The codes beside one, in order, with spaces between. */
static const char *beside(const struct geo_neighbours *all, const char *code)
{
    const char *codes[20];
    size_t at = place(all, code);
    CHECK(all->sizes[at] < COUNT_OF(codes));
    for (size_t k = 0; k < all->sizes[at]; k++)
        codes[k] = all->codes[all->lists[at][k]];
    return text_join(arena, codes, all->sizes[at], " ");
}

TEST(neighbours_are_those_of_the_school_map)
{
    struct geo_neighbours all;
    geo_neighbours_find(arena, departements, &all);
    CHECK_INT(all.count, 101);
    for (size_t i = 1; i < all.count; i++)
        CHECK(strcmp(all.codes[i - 1], all.codes[i]) < 0);
    CHECK_TEXT(beside(&all, "75"), "92 93 94");
    CHECK_TEXT(beside(&all, "29"), "22 56");
    CHECK_TEXT(beside(&all, "26"), "04 05 07 38 84");
    CHECK_TEXT(beside(&all, "48"), "07 12 15 30 43");
    CHECK_TEXT(beside(&all, "2A"), "2B");
    CHECK_TEXT(beside(&all, "974"), "");
    geo_neighbours_find(arena, regions, &all);
    CHECK_INT(all.count, 18);
    CHECK_TEXT(beside(&all, "53"), "28 52");
    CHECK_TEXT(beside(&all, "94"), "");
}

TEST(neighbours_list_each_other_once)
{
    struct geo_neighbours all;
    geo_neighbours_find(arena, departements, &all);
    for (size_t i = 0; i < all.count; i++) {
        for (size_t k = 0; k < all.sizes[i]; k++) {
            size_t other = all.lists[i][k], back = 0;
            CHECK(other != i && (k == 0 || other > all.lists[i][k - 1]));
            for (size_t b = 0; b < all.sizes[other]; b++)
                back += all.lists[other][b] == i;
            CHECK_INT(back, 1);
        }
    }
}

/* Lozère and Creuse are wholly inland: no coast in their rings. */
TEST(inland_departements_touch_no_outer_border)
{
    static const char *const codes[] = {"48", "23", "63", "45"};
    for (size_t i = 0; i < COUNT_OF(codes); i++) {
        const struct geo_area *area =
            &departements->areas[find(departements, codes[i])];
        for (size_t r = 0; r < area->ring_count; r++)
            for (size_t k = 0; k < area->rings[r].count; k++) {
                int32_t walk = area->rings[r].arcs[k];
                CHECK(departements->arcs[walk < 0 ? ~walk : walk].rank > 0);
            }
    }
}

/* Insee, superficies, km2. Natural Earth is coarse: small ones are worse. */
TEST(surfaces_are_near_the_published_ones)
{
    static const struct {
        const struct geo_level **geo;
        const char *code;
        double km2, tolerance;
    } cases[] = {
        {&departements, "29", 6733, 0.02},   {&departements, "33", 9976, 0.04},
        {&departements, "48", 5167, 0.02},   {&departements, "59", 5743, 0.04},
        {&departements, "67", 4755, 0.04},   {&departements, "13", 5087, 0.03},
        {&departements, "2B", 4666, 0.02},   {&departements, "90", 609, 0.10},
        {&departements, "973", 83534, 0.02}, {&departements, "974", 2504, 0.04},
        {&regions, "24", 39151, 0.02},       {&regions, "53", 27208, 0.02},
        {&regions, "84", 69711, 0.02},       {&regions, "94", 8680, 0.02},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct geo_level *geo = *cases[i].geo;
        CHECK_NEAR(geo_area_km2(geo, find(geo, cases[i].code)), cases[i].km2,
                   cases[i].tolerance);
    }
}

static bool has_arc(const struct geo_level *geo, const struct geo_arc *arc)
{
    for (size_t a = 0; a < geo->arc_count; a++) {
        if (geo->arcs[a].count == arc->count &&
            memcmp(geo->arcs[a].xy, arc->xy,
                   2 * arc->count * sizeof *arc->xy) == 0)
            return true;
    }
    return false;
}

TEST(region_borders_are_departement_borders_to_the_last_point)
{
    for (size_t a = 0; a < regions->arc_count; a++)
        CHECK(has_arc(departements, &regions->arcs[a]));
}

TEST(region_borders_are_ranked_on_the_departement_map)
{
    size_t between_regions = 0;
    size_t inner = 0;
    for (size_t a = 0; a < departements->arc_count; a++)
        between_regions += departements->arcs[a].rank == 1;
    for (size_t a = 0; a < regions->arc_count; a++)
        inner += regions->arcs[a].rank == 2;
    CHECK(between_regions > 50);
    CHECK_INT(between_regions, inner);
}

/* Areas of the panel along each arc. */
static size_t *arc_uses(const struct geo_level *geo)
{
    size_t *uses = arena_array(arena, geo->arc_count, sizeof *uses);
    for (size_t a = 0; a < geo->area_count; a++)
        for (size_t r = 0; r < geo->areas[a].ring_count; r++)
            for (size_t i = 0; i < geo->areas[a].rings[r].count; i++) {
                int32_t walk = geo->areas[a].rings[r].arcs[i];
                uses[walk < 0 ? ~walk : walk]++;
            }
    return uses;
}

static bool same_arc(const struct geo_arc *a, const struct geo_arc *b)
{
    bool forwards = a->count == b->count && a->panel == b->panel;
    bool backwards = forwards;
    for (size_t k = 0; (forwards || backwards) && k < a->count; k++) {
        const int32_t *p = a->xy + 2 * k;
        const int32_t *q = b->xy + 2 * k;
        const int32_t *s = b->xy + 2 * (a->count - 1 - k);
        forwards = forwards && p[0] == q[0] && p[1] == q[1];
        backwards = backwards && p[0] == s[0] && p[1] == s[1];
    }
    return forwards || backwards;
}

/* An inner border has two areas and the outer one has one; no border is
 * written twice, nor its copy backwards. */
TEST(each_border_is_once_in_the_file)
{
    const struct geo_level *const levels[] = {departements, regions};
    for (size_t l = 0; l < COUNT_OF(levels); l++) {
        const struct geo_level *geo = levels[l];
        const size_t *uses = arc_uses(geo);
        for (size_t a = 0; a < geo->arc_count; a++) {
            CHECK_INT(uses[a], geo->arcs[a].rank == 0 ? 1 : 2);
            for (size_t b = 0; b < a; b++)
                CHECK(!same_arc(&geo->arcs[a], &geo->arcs[b]));
        }
    }
}

static struct geo_import shipped_import(const char *dissolve,
                                        const char *output)
{
    return (struct geo_import){
        .input = "geo/source/fra.json",
        .level = "departement",
        .code_field = "adm1_code",
        .codes = "geo/codes_departement.csv",
        .parent_field = "",
        .parents = "",
        .layout = "geo/france.layout.csv",
        .dissolve = dissolve,
        .tolerance_m = 400,
        .vintage = "Natural Earth",
        .licence = "domaine public / public domain",
        .output = output,
    };
}

static void compare_import(const char *dissolve, const char *shipped)
{
    char *directory = check_directory();
    struct err err = {0};
    struct text report = text_new(arena);
    struct geo_import job =
        shipped_import(dissolve, fs_join(arena, directory, "made.geo"));
    char *made = NULL;
    char *kept = NULL;
    size_t made_size = 0;
    size_t kept_size = 0;
    CHECK(geo_import(&job, &report, &err));
    CHECK(strstr(report.at, "without") == NULL);
    CHECK(strstr(report.at, "in no panel") == NULL);
    CHECK(fs_read(arena, job.output, &made, &made_size, &err));
    CHECK(fs_read(arena, shipped, &kept, &kept_size, &err));
    CHECK_INT(made_size, kept_size);
    CHECK(memcmp(made, kept, kept_size) == 0);
    check_remove(directory);
}

/* Simplifying costs each area less than a hundredth of its surface. */
TEST(simplified_surfaces_are_those_of_the_source)
{
    char *directory = check_directory();
    static const char *const dissolve[] = {"", "region"};
    for (size_t l = 0; l < 2; l++) {
        const struct geo_level *shipped = l ? regions : departements;
        struct geo_level whole;
        struct err err = {0};
        struct text report = text_new(arena);
        struct geo_import job =
            shipped_import(dissolve[l], fs_join(arena, directory, "made.geo"));
        job.tolerance_m = 0;
        CHECK(geo_import(&job, &report, &err));
        CHECK(geo_load(arena, job.output, &whole, &err));
        CHECK_INT(whole.area_count, shipped->area_count);
        for (size_t a = 0; a < whole.area_count; a++) {
            CHECK_TEXT(whole.areas[a].code, shipped->areas[a].code);
            CHECK_NEAR(geo_area_km2(shipped, a), geo_area_km2(&whole, a), 0.01);
        }
    }
    check_remove(directory);
}

/* As geo/make.sh does it. */
TEST(the_shipped_files_are_what_the_importer_makes_of_the_source)
{
    compare_import("", "geo/departement.geo");
    compare_import("region", "geo/region.geo");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(every_departement_is_drawn_once_and_the_petite_couronne_again),
        CASE(every_region_is_drawn_once),
        CASE(each_overseas_departement_has_its_own_panel_and_projection),
        CASE(neighbours_share_arcs_and_strangers_do_not),
        CASE(neighbours_are_those_of_the_school_map),
        CASE(neighbours_list_each_other_once),
        CASE(inland_departements_touch_no_outer_border),
        CASE(surfaces_are_near_the_published_ones),
        CASE(region_borders_are_departement_borders_to_the_last_point),
        CASE(region_borders_are_ranked_on_the_departement_map),
        CASE(each_border_is_once_in_the_file),
        CASE(simplified_surfaces_are_those_of_the_source),
        CASE(the_shipped_files_are_what_the_importer_makes_of_the_source),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
