/* SPDX-License-Identifier: EUPL-1.2 */
/* Levels dissolved from a finer one through a code list or a property. */
#include "geo_fixture.h"

/* As Insee's lists are: other names of columns, more of them, and a commune
 * that is in no EPCI. */
static const char communes[] = "id,nom,dep,epci,population\n"
                               "a,Aa-la-Ville,01,P,10\nb,Bb,01,P,20\n"
                               "c,Cc,02,Q,30\nd,Dd,02,,40\n";
static const char parents[] = "epci,nom,type\nP,CC du Pays,CC\nQ,CA du Q,CA\n";

static struct import_case through_lists(void)
{
    struct import_case at = begin(squares);
    at.job.codes = put(&at, "communes.csv", communes);
    at.job.parent_field = "epci";
    at.job.parents = put(&at, "epci.csv", parents);
    at.job.dissolve = "epci";
    return at;
}

static void fails(struct import_case *at, const char *id, const char *want)
{
    CHECK(!import(at));
    CHECK_TEXT(at->err.id, id);
    if (!text_ends(at->err.text, want))
        CHECK_TEXT(at->err.text, want);
    CHECK(!fs_exists(at->job.output));
    end(at);
}

TEST(a_level_is_dissolved_through_lists_with_other_columns)
{
    struct import_case at = through_lists();
    CHECK(import(&at));
    CHECK_TEXT(at.level.level, "epci");
    CHECK_INT(at.level.area_count, 2);
    CHECK_TEXT(at.level.areas[0].code, "P");
    CHECK_TEXT(at.level.areas[0].label, "CC du Pays");
    CHECK_TEXT(at.level.areas[1].label, "CA du Q");
    CHECK_INT(at.level.areas[1].ring_count, 2); /* d is a hole of it */
    CHECK(strstr(at.report.at, "feature without parent: d\n") != NULL);
    end(&at);
}

TEST(the_report_says_surfaces_and_neighbours)
{
    struct import_case at = through_lists();
    CHECK(import(&at));
    CHECK(strstr(at.report.at, "area P CC du Pays (all): ") != NULL);
    CHECK(strstr(at.report.at, " km2; beside Q\n") != NULL);
    CHECK(strstr(at.report.at, " km2; beside P\n") != NULL);
    end(&at);
    at = begin(squares);
    CHECK(import(&at));
    CHECK(strstr(at.report.at, " km2; beside a c\n") != NULL);
    end(&at);
}

TEST(the_list_names_the_features_of_their_own_level)
{
    struct import_case at = through_lists();
    at.job.dissolve = "";
    CHECK(written(&at).size > GEO_HEAD_SIZE);
    CHECK_INT(at.level.area_count, 4);
    CHECK_TEXT(at.level.areas[0].label, "Aa-la-Ville");
    size_t between = 0;
    for (size_t a = 0; a < at.level.arc_count; a++)
        between += at.level.arcs[a].rank == 1;
    CHECK_INT(between, 2); /* b|c, and d, which is in no EPCI */
    end(&at);
}

TEST(parents_may_be_a_property_of_the_features)
{
    struct import_case at = begin(squares);
    at.job.parent_field = "nom";
    at.job.dissolve = "name";
    CHECK(import(&at));
    CHECK_INT(at.level.area_count, 4);
    CHECK_TEXT(at.level.areas[0].code, "Aa");
    CHECK_TEXT(at.level.areas[0].label, "Aa");
    end(&at);
}

TEST(points_of_a_dissolved_level_are_those_of_its_parts)
{
    struct import_case fine = through_lists();
    struct import_case coarse = through_lists();
    fine.job.dissolve = "";
    fine.job.tolerance_m = coarse.job.tolerance_m = 30000;
    CHECK(import(&fine) && import(&coarse));
    for (size_t a = 0; a < coarse.level.arc_count; a++) {
        const struct geo_arc *arc = &coarse.level.arcs[a];
        bool found = false;
        for (size_t b = 0; b < fine.level.arc_count; b++)
            found |= fine.level.arcs[b].count == arc->count &&
                     memcmp(fine.level.arcs[b].xy, arc->xy,
                            2 * arc->count * sizeof *arc->xy) == 0;
        CHECK(found);
    }
    end(&coarse);
    end(&fine);
}

TEST(lists_that_do_not_fit_are_refused)
{
    struct import_case at = through_lists();
    at.job.parents = put(&at, "epci.csv", "epci,nom\nP,Pays\n");
    fails(&at, "geo.parent",
          "epci.csv: no parent 'Q', which feature 3 'c' has");
    at = through_lists();
    at.job.parents = put(&at, "epci.csv", "epci,nom\nP,Pays\nP,Deux\n");
    fails(&at, "geo.parent", "epci.csv:3: parent 'P' appears twice");
    at = through_lists();
    at.job.parents = put(&at, "epci.csv", "epci\nP\n");
    fails(&at, "geo.column", "epci.csv: expected the columns code and label");
    at = through_lists();
    at.job.parent_field = "region";
    fails(&at, "geo.parent", "no feature has a parent to dissolve to");
    at = through_lists();
    at.job.codes = put(&at, "communes.csv", "com,epci\na,P\n");
    fails(&at, "geo.column", "communes.csv: no column 'code' or 'id'");
    at = through_lists();
    at.job.codes = put(&at, "communes.csv", "id,epci\na,P\na,Q\n");
    fails(&at, "geo.code", "communes.csv: source 'a' appears twice");
    at = through_lists();
    at.job.codes = "";
    at.job.parent_field = "";
    fails(&at, "geo.job",
          "needs a list of codes with their parents, or the field that holds "
          "them");
}

RUN(CASE(a_level_is_dissolved_through_lists_with_other_columns),
    CASE(the_report_says_surfaces_and_neighbours),
    CASE(the_list_names_the_features_of_their_own_level),
    CASE(parents_may_be_a_property_of_the_features),
    CASE(points_of_a_dissolved_level_are_those_of_its_parts),
    CASE(lists_that_do_not_fit_are_refused))
