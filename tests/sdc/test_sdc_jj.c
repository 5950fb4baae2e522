/* SPDX-License-Identifier: EUPL-1.2 */
/* The JJ format: read as others write it, refused by line, written back. */
#include "sdc/jj.h"
#include "sdc/protect_jj.h"
#include "sheet_fixture.h"

static bool read_text(struct desk *desk, const char *text, struct jj **jj)
{
    desk->err = (struct err){0};
    desk_put("a.jj", text);
    return jj_read(desk->arena, "a.jj", jj, &desk->err);
}

/* A total, a primary of 2 and a part that is safe. */
#define CELLS                                                                  \
    "0\n3\n0 9 9 s 1 100 0 0 0\n1 2 2 u 1 100 1 2 3\n2 7 7 s 1 100 0 0 0\n"

TEST(an_instance_is_read)
{
    struct desk desk = desk_new();
    struct jj *jj = NULL;
    CHECK(read_text(&desk, CELLS "1\n0 3 : 0 (-1) 1 (1) 2 (1)\n", &jj));
    CHECK_INT(jj->cells, 3);
    CHECK_INT(jj->counts[2], 7);
    CHECK_NEAR(jj->costs[0], 9.0, 0.0);
    CHECK_INT(jj->status[1], JJ_PRIMARY);
    CHECK_INT(jj->lower[1], 1);
    CHECK_INT(jj->upper[1], 100);
    CHECK_INT(jj->below[1], 1);
    CHECK_INT(jj->above[1], 2);
    CHECK_INT(jj->slide[1], 3);
    CHECK_INT(jj_width(jj, 1), 3);
    CHECK_INT(jj_width(jj, 0), 1);
    CHECK_INT(jj->relations.count, 1);
    CHECK_INT(jj->relations.starts[1], 3);
    CHECK_INT(jj->relations.members[0], 0);
    CHECK_INT(jj->relations.members[2], 2);
    desk_end(&desk);
}

/* tau-ARGUS writes decimals, two spaces and "(-1) "; R writes "0 ( -1 )", the
 * total anywhere, exponents, and other programs the signs turned round. */
TEST(the_ways_of_other_writers_are_read)
{
    static const char *const texts[] = {
        "0\n3\n0 9 120 s  0 18 0.000 0.000 0\n1 2 1 u  0 4 1.000 1.000 0\n"
        "2 7 1 z  0 14 0.000 0.000 0\n1\n0 3 : 0 (-1) 1 (1) 2 (1) \n",
        "0\r\n3\r\n0 9.00 1e+02 s 0.0 1e+20 0 0 0\r\n1 2.00 1 u 0.5 4.5 0.2 1 0"
        "\r\n2 7 1 m -5 14 0 0 0\r\n\r\n1\r\n0.0 3 : 1 ( 1 ) 0 ( -1 ) 2 ( 1 )"
        "\r\n",
        "0\n3\n0 9 1 s 0 18 0 0 0\n1 2 1 u 0 4 1 1 0\n2 7 1 s 0 14 0 0 0\n"
        "1\n0 3 :2(-1)0(1)1(-1)\n\n",
    };
    struct desk desk = desk_new();
    for (size_t t = 0; t < COUNT_OF(texts); t++) {
        struct jj *jj = NULL;
        CHECK(read_text(&desk, texts[t], &jj));
        CHECK_INT(jj->relations.members[0], 0);
        CHECK_INT(jj->relations.members[1] + jj->relations.members[2], 3);
        CHECK_INT(jj->counts[0], 9);
        if (t != 1)
            continue;
        CHECK(jj->upper[0] == JJ_UNLIMITED);
        CHECK_INT(jj->lower[1], 1); /* whole numbers within 0.5 to 4.5 */
        CHECK_INT(jj->upper[1], 4);
        CHECK_INT(jj->below[1], 1);
        CHECK_INT(jj->status[2], JJ_SECONDARY);
    }
    desk_end(&desk);
}

struct refusal {
    const char *text, *want;
};

/* Each names file, line and field, and no count; 71 is one. */
static void check_refusals(const struct refusal *refusals, size_t count)
{
    struct desk desk = desk_new();
    for (size_t r = 0; r < count; r++) {
        struct jj *jj = NULL;
        CHECK(!read_text(&desk, refusals[r].text, &jj));
        CHECK(jj == NULL);
        CHECK_INT(desk.err.code, ERR_INPUT);
        CHECK_TEXT(desk.err.id, "jj.read");
        CHECK_TEXT(desk.err.text,
                   arena_format(desk.arena,
                                "the instance cannot be read:\n  %s",
                                refusals[r].want));
        CHECK(strstr(desk.err.text, "71") == NULL);
    }
    desk_end(&desk);
}

TEST(an_instance_begins_with_0_and_its_number_of_cells)
{
    static const struct refusal refusals[] = {
        {"", "a.jj:0: the first line: expected 0"},
        {"1\n3\n", "a.jj:1: the first line: expected 0"},
        {"0\n", "a.jj: the file ends before the number of cells"},
        {"0\n3 4\n",
         "a.jj:2: the number of cells: expected a whole number alone on its "
         "line"},
        {"0\n999999999\n0 9 9 s 1 100 0 0 0\n",
         "a.jj:2: the number of cells: expected no more than the file holds"},
    };
    check_refusals(refusals, COUNT_OF(refusals));
}

TEST(wrong_cells_are_refused)
{
    static const struct refusal refusals[] = {
        {"0\n1\n1 71 9 s 1 100 0 0 0\n",
         "a.jj:3: index: expected the numbers from 0 in order"},
        {"0\n1\n0 71.5 9 s 1 100 0 0 0\n",
         "a.jj:3: value: expected a whole number, 0 or more"},
        {"0\n1\n0 -71 9 s -100 100 0 0 0\n",
         "a.jj:3: value: expected a whole number, 0 or more"},
        {"0\n1\n0 71 -9 s 1 100 0 0 0\n",
         "a.jj:3: cost: expected a number, 0 or more"},
        {"0\n1\n0 71 9 x 1 100 0 0 0\n",
         "a.jj:3: status: expected s, u, m or z"},
        {"0\n1\n0 71 9 s low 100 0 0 0\n", "a.jj:3: lower: expected a number"},
        {"0\n1\n0 71 9 s 1 high 0 0 0\n", "a.jj:3: upper: expected a number"},
        {"0\n1\n0 71 9 "
         "sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"
         "sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"
         " 1 100 0 0 0\n",
         "a.jj:3: status: expected s, u, m or z"},
        {"0\n1\n0 71 9 s 1 70.9 0 0 0\n",
         "a.jj:3: the value lies outside its bounds"},
        {"0\n1\n0 71 9 s 1 100 0 -1 0\n",
         "a.jj:3: UPL: expected a number, 0 or more"},
        {"0\n1\n0 71 9 s 1 100 0 0\n",
         "a.jj:3: SPL: expected a number, 0 or more"},
        {"0\n1\n0 71 9 s 1 100 0 0 0 0\n",
         "a.jj:3: expected 9 fields in a cell"},
        {"0\n2\n0 71 9 s 1 100 0.000000000000000 0 0\n",
         "a.jj: the file ends before its last cell"},
    };
    check_refusals(refusals, COUNT_OF(refusals));
}

TEST(wrong_relations_are_refused)
{
    static const struct refusal refusals[] = {
        {CELLS, "a.jj: the file ends before the number of relations"},
        {CELLS "2\n0 3 : 0 (-1) 1 (1) 2 (1)\n",
         "a.jj: the file ends before its last relation"},
        {CELLS "1\n5 3 : 0 (-1) 1 (1) 2 (1)\n",
         "a.jj:7: a relation: expected 0 on its right hand side"},
        {CELLS "1\n0 1 : 0 (-1)          \n",
         "a.jj:7: a relation: expected its number of members, 2 or more"},
        {CELLS "1\n0 99 : 0 (-1) 1 (1) 2 (1)\n",
         "a.jj:7: a relation: expected its number of members, 2 or more"},
        {CELLS "1\n0 3 0 (-1) 1 (1) 2 (1)\n",
         "a.jj:7: a relation: expected a colon after the number of members"},
        {CELLS "1\n0 3 : 0 (-1) 1 (1) 3 (1)\n",
         "a.jj:7: a member: expected the index of a cell"},
        {CELLS "1\n0 3 : 0 (-1) 1 (2) 2 (1)\n",
         "a.jj:7: a coefficient: expected (1) or (-1)"},
        {CELLS "1\n0 3 : 0 (-1) 1 (1) 1 (1)\n",
         "a.jj:7: a cell stands twice in a relation"},
        {CELLS "1\n0 3 : 0 (1) 1 (1) 2 (1)\n",
         "a.jj:7: a relation: expected one total (-1) and its parts (1)"},
        {CELLS "1\n0 2 : 0 (-1) 1 (1) 2 (1)\n",
         "a.jj:7: a relation has more members than it says"},
        {CELLS "1\n0 2 : 0 (-1) 2 (1)   \n",
         "a.jj:7: a relation does not add up"},
        {"0\n3\n0 9 9 s 1 9 0 0 0\n1 9223372036854775807 2 s 1 1e20 0 0 0\n"
         "2 9223372036854775807 2 s 1 1e20 0 0 0\n1\n"
         "0 3 : 0 (-1) 1 (1) 2 (1)\n",
         "a.jj:7: a relation does not add up"},
        {CELLS "0\n0 3 : 0 (-1) 1 (1) 2 (1)\n",
         "a.jj:7: expected the end of the file"},
    };
    check_refusals(refusals, COUNT_OF(refusals));
}

TEST(a_missing_instance_is_named)
{
    struct desk desk = desk_new();
    struct jj *jj = NULL;
    CHECK(!jj_read(desk.arena, "none.jj", &jj, &desk.err));
    CHECK_INT(desk.err.code, ERR_IO);
    CHECK_TEXT(desk.err.text,
               "cannot open 'none.jj': No such file or directory");
    desk_end(&desk);
}

TEST(faults_of_several_lines_come_together)
{
    struct desk desk = desk_new();
    struct jj *jj = NULL;
    CHECK(!read_text(
        &desk, "0\n2\n0 -1 9 s 1 100 0 0 0\n1 2 9 q 1 100 0 0 0\n1\n", &jj));
    CHECK_TEXT(desk.err.text,
               "the instance cannot be read:\n"
               "  a.jj:3: value: expected a whole number, 0 or more\n"
               "  a.jj:4: status: expected s, u, m or z");
    desk_end(&desk);
}

TEST(the_first_twenty_faults_are_told)
{
    struct desk desk = desk_new();
    struct text cells = text_new(desk.arena), rows = text_new(desk.arena);
    struct jj *jj = NULL;
    text_add(&cells, "0\n30\n");
    for (int i = 0; i < 30; i++)
        text_format(&cells, "%d -1 9 s 1 100 0 0 0\n", i);
    text_format(&rows, "%s30\n", CELLS);
    for (int i = 0; i < 30; i++)
        text_add(&rows, "0 3 : 0 (-1) 1 (1) 9 (1)\n");
    const char *texts[] = {cells.at, rows.at};
    for (size_t t = 0; t < COUNT_OF(texts); t++) {
        CHECK(!read_text(&desk, texts[t], &jj));
        CHECK(text_ends(desk.err.text, "\n  (the first 20; reading stopped)"));
        CHECK(strstr(desk.err.text, t == 0 ? "a.jj:22: " : "a.jj:26: "));
        CHECK(!strstr(desk.err.text, t == 0 ? "a.jj:23: " : "a.jj:27: "));
    }
    desk_end(&desk);
}

TEST(an_instance_with_a_zero_byte_is_no_text)
{
    struct desk desk = desk_new();
    struct jj *jj = NULL;
    CHECK(fs_write("a.jj",
                   "0\n\0"
                   "1\n",
                   5, &desk.err));
    CHECK(!jj_read(desk.arena, "a.jj", &jj, &desk.err));
    CHECK_INT(desk.err.code, ERR_INPUT);
    CHECK_TEXT(desk.err.text,
               "the instance cannot be read:\n  a.jj: not a text file");
    desk_end(&desk);
}

/* --- from a sheet --------------------------------------------------------- */

static struct sheet_policy policy_new(int64_t threshold)
{
    return (struct sheet_policy){.threshold = threshold, .certificate = ""};
}

TEST(a_sheet_becomes_an_instance_byte_for_byte)
{
    struct desk desk = desk_new();
    struct jj *jj = NULL;
    struct sheet_policy policy = policy_new(5);
    desk_hierarchy(&desk, "a", "a.csv", "T,\nx,T\ny,T\nz,T\n");
    CHECK(desk_axes(&desk));
    CHECK(desk_leaves(&desk, "a,n\nx,3\ny,40\n"));
    desk.sheet->status[2] = SHEET_SECONDARY;
    CHECK(jj_from_sheet(desk.arena, desk.sheet, &policy, &jj, &desk.err));
    CHECK(jj_write(jj, "o.jj", &desk.err));
    CHECK_TEXT(desk_get(&desk, "o.jj"), "0\n4\n"
                                        "0 43 43 s 1 91 0 0 0\n"
                                        "1 3 3 u 1 91 0 0 3\n"
                                        "2 40 40 m 1 91 0 0 0\n"
                                        "3 0 1 z 0 91 0 0 0\n"
                                        "1\n0 4 : 0 (-1) 1 (1) 2 (1) 3 (1)\n");
    desk_end(&desk);
}

TEST(the_attacker_and_the_prices_are_in_the_instance)
{
    struct desk desk = desk_new();
    struct jj *jj = NULL;
    int64_t prices[] = {2500, 1000, SHEET_PRICE_SHOW, SHEET_PRICE_SUPPRESS};
    struct sheet_policy policy = policy_new(5);
    desk_hierarchy(&desk, "a", "a.csv", "T,\nx,T\ny,T\nz,T\n");
    CHECK(desk_axes(&desk));
    CHECK(desk_leaves(&desk, "a,n\nx,0\ny,40\nz,2\n"));
    policy.prices = prices;
    policy.basic = true;
    CHECK(jj_from_sheet(desk.arena, desk.sheet, &policy, &jj, &desk.err));
    CHECK_NEAR(jj->costs[0], 105.0, 0.0);
    CHECK_INT(jj->lower[0], 0);
    CHECK_INT(jj->status[1], JJ_SHOW);
    CHECK_INT(jj->status[2], JJ_SHOW);
    CHECK_INT(jj->status[3], JJ_PRIMARY);
    policy.zeros = true;
    policy.basic = false;
    policy.zero_price = 300;
    CHECK(jj_from_sheet(desk.arena, desk.sheet, &policy, &jj, &desk.err));
    CHECK_INT(jj->status[1], JJ_SAFE);
    CHECK_NEAR(jj->costs[1], 0.3, 1e-15);
    CHECK_INT(jj->lower[3], 0);
    desk_end(&desk);
}

TEST(what_was_written_reads_back_the_same)
{
    struct desk desk = desk_new();
    struct jj *jj = NULL, *again = NULL;
    struct sheet_policy policy = policy_new(11);
    desk_crossing(&desk);
    CHECK(jj_from_sheet(desk.arena, desk.sheet, &policy, &jj, &desk.err));
    CHECK_INT(jj->cells, 30);
    /* Six relations of places for three ages, one of ages for ten places. */
    CHECK_INT(jj->relations.count, 28);
    CHECK(jj_write(jj, "o.jj", &desk.err));
    CHECK(jj_read(desk.arena, "o.jj", &again, &desk.err));
    CHECK(jj_write(again, "p.jj", &desk.err));
    CHECK_TEXT(desk_get(&desk, "p.jj"), desk_get(&desk, "o.jj"));
    CHECK(memcmp(jj->counts, again->counts, 30 * sizeof *jj->counts) == 0);
    desk_end(&desk);
}

TEST(bounds_of_the_largest_counts_are_none)
{
    struct desk desk = desk_new();
    struct jj *jj = NULL;
    struct sheet_policy policy = policy_new(5);
    desk_hierarchy(&desk, "a", "a.csv", "T,\nx,T\ny,T\n");
    CHECK(desk_axes(&desk));
    CHECK(desk_leaves(&desk, "a,n\nx,9000000000000000000\ny,2\n"));
    CHECK(jj_from_sheet(desk.arena, desk.sheet, &policy, &jj, &desk.err));
    CHECK(jj->upper[2] == JJ_UNLIMITED);
    desk_end(&desk);
}

TEST(a_table_of_too_many_members_is_refused)
{
    struct sheet_relation relation = {.count = UINT32_MAX};
    struct sheet_axis axis = {
        .nodes = 1, .relations = &relation, .relation_count = 1};
    struct sheet sheet = {.axes = &axis, .axis_count = 1, .cells = UINT32_MAX};
    struct desk desk = desk_new();
    struct jj *jj = NULL;
    struct sheet_policy policy = policy_new(5);
    CHECK(!jj_from_sheet(desk.arena, &sheet, &policy, &jj, &desk.err));
    CHECK(jj == NULL);
    CHECK_INT(desk.err.code, ERR_INPUT);
    CHECK_TEXT(desk.err.text, "the relations of the table are too many");
    desk_end(&desk);
}

/* --- protection ----------------------------------------------------------- */

TEST(a_protected_instance_is_written_as_csv)
{
    struct desk desk = desk_new();
    struct jj *jj = NULL;
    struct sheet_report report;
    CHECK(read_text(&desk, CELLS "1\n0 3 : 0 (-1) 1 (1) 2 (1)\n", &jj));
    CHECK(jj_protect(desk.arena, jj, &report, &desk.err));
    CHECK_INT(report.cells, 3);
    CHECK_INT(report.primary, 1);
    CHECK_INT(report.secondary, 1);
    CHECK_INT(report.secondary_value, 7);
    CHECK(jj_write_csv(jj, "o.csv", false, &desk.err));
    CHECK_TEXT(desk_get(&desk, "o.csv"),
               "index,value,status\n0,9,shown\n1,,suppressed\n"
               "2,,suppressed\n");
    CHECK(jj_write_csv(jj, "o.csv", true, &desk.err));
    CHECK_TEXT(desk_get(&desk, "o.csv"),
               "index,value,status\n0,9,shown\n1,,primary\n2,,secondary\n");
    desk_end(&desk);
}

TEST(an_instance_without_primaries_is_shown)
{
    struct desk desk = desk_new();
    struct jj *jj = NULL;
    struct sheet_report report;
    CHECK(read_text(&desk,
                    "0\n2\n0 9 9 s 0 99 0 0 0\n1 9 9 z 0 99 0 0 0\n1\n"
                    "0 2 : 0 (-1) 1 (1)\n",
                    &jj));
    CHECK(jj_protect(desk.arena, jj, &report, &desk.err));
    CHECK(jj_write_csv(jj, "o.csv", false, &desk.err));
    CHECK_TEXT(desk_get(&desk, "o.csv"),
               "index,value,status\n0,9,shown\n1,9,shown\n");
    desk_end(&desk);
}

TEST(an_instance_that_gives_a_primary_away_is_refused)
{
    static const char *const texts[] = {
        /* The total and the other part must be shown. */
        "0\n3\n0 9 9 z 0 99 0 0 0\n1 2 2 u 0 99 0 0 3\n2 7 7 z 0 99 0 0 0\n"
        "1\n0 3 : 0 (-1) 1 (1) 2 (1)\n",
        /* The bounds alone are too narrow. */
        "0\n3\n0 9 9 s 0 99 0 0 0\n1 2 2 u 1 3 0 0 3\n2 7 7 s 0 99 0 0 0\n"
        "1\n0 3 : 0 (-1) 1 (1) 2 (1)\n",
    };
    struct desk desk = desk_new();
    for (size_t t = 0; t < COUNT_OF(texts); t++) {
        struct jj *jj = NULL;
        struct sheet_report report;
        CHECK(read_text(&desk, texts[t], &jj));
        CHECK(!jj_protect(desk.arena, jj, &report, &desk.err));
        CHECK_INT(desk.err.code, ERR_DISCLOSURE);
        CHECK_TEXT(desk.err.id, "jj.exposed");
        CHECK_TEXT(desk.err.text,
                   "cell 1: no proof was found that it is not exposed");
    }
    desk_end(&desk);
}

TEST(an_instance_that_asks_for_more_than_any_interval_is_refused)
{
    struct desk desk = desk_new();
    struct jj *jj = NULL;
    struct sheet_report report;
    CHECK(read_text(&desk,
                    "0\n3\n0 9 9 s 1 100 0 0 0\n1 2 2 u 1 100 9e18 9e18 3\n"
                    "2 7 7 s 1 100 0 0 0\n1\n0 3 : 0 (-1) 1 (1) 2 (1)\n",
                    &jj));
    CHECK(jj_width(jj, 1) == INT64_MAX);
    CHECK(!jj_protect(desk.arena, jj, &report, &desk.err));
    CHECK_INT(desk.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(desk.err.text,
               "cell 0: no proof was found that it is not exposed");
    desk_end(&desk);
}

TEST(an_instance_that_contradicts_itself_is_refused)
{
    struct desk desk = desk_new();
    struct jj *jj = NULL;
    struct sheet_report report;
    CHECK(read_text(&desk, CELLS "1\n0 3 : 0 (-1) 1 (1) 2 (1)\n", &jj));
    jj->counts[2] = 8;
    CHECK(!jj_protect(desk.arena, jj, &report, &desk.err));
    CHECK_INT(desk.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(desk.err.id, "sdc.audit");
    desk_end(&desk);
}

/* The total of two large parts, and one of them, are suppressed: they count
 * their persons twice. */
TEST(a_suppressed_value_too_large_to_be_told_is_the_largest)
{
    struct desk desk = desk_new();
    struct jj *jj = NULL;
    struct sheet_report report;
    CHECK(read_text(&desk,
                    "0\n5\n0 9000000000000000012 1 s 0 1e20 0 0 0\n"
                    "1 9000000000000000003 1 s 0 1e20 0 0 0\n"
                    "2 9 9 z 1 1e20 0 0 0\n3 3 1 u 1 1e20 0 0 3\n"
                    "4 9000000000000000000 1 z 0 1e20 0 0 0\n2\n"
                    "0 3 : 0 (-1) 1 (1) 2 (1)\n0 3 : 1 (-1) 3 (1) 4 (1)\n",
                    &jj));
    CHECK(jj_protect(desk.arena, jj, &report, &desk.err));
    CHECK_INT(report.secondary, 2);
    CHECK(report.secondary_value == INT64_MAX);
    desk_end(&desk);
}

RUN(CASE(the_first_twenty_faults_are_told),
    CASE(an_instance_with_a_zero_byte_is_no_text),
    CASE(bounds_of_the_largest_counts_are_none),
    CASE(a_table_of_too_many_members_is_refused),
    CASE(an_instance_that_asks_for_more_than_any_interval_is_refused),
    CASE(an_instance_that_contradicts_itself_is_refused),
    CASE(a_suppressed_value_too_large_to_be_told_is_the_largest),
    CASE(an_instance_is_read), CASE(the_ways_of_other_writers_are_read),
    CASE(an_instance_begins_with_0_and_its_number_of_cells),
    CASE(wrong_cells_are_refused), CASE(wrong_relations_are_refused),
    CASE(a_missing_instance_is_named),
    CASE(faults_of_several_lines_come_together),
    CASE(a_sheet_becomes_an_instance_byte_for_byte),
    CASE(the_attacker_and_the_prices_are_in_the_instance),
    CASE(what_was_written_reads_back_the_same),
    CASE(a_protected_instance_is_written_as_csv),
    CASE(an_instance_without_primaries_is_shown),
    CASE(an_instance_that_gives_a_primary_away_is_refused))
