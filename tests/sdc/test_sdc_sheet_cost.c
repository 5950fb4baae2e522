/* SPDX-License-Identifier: EUPL-1.2 */
/* What a person asks of a sheet, and what protecting it costs. */
#include "sdc/field.h"
#include "sdc/sheet_cost.h"
#include "sdc/sheet_loss.h"
#include "sdc/sheet_primary.h"
#include "sheet_fixture.h"

static bool read_cost(struct desk *desk, const char *text, int64_t **prices)
{
    desk->err = (struct err){0};
    desk_put("cost.csv", text);
    return sheet_read_cost(desk->arena, desk->sheet, "cost.csv", prices,
                           &desk->err);
}

TEST(stars_stand_for_all_codes_and_later_rows_hold)
{
    struct desk desk = desk_new();
    int64_t *prices = NULL;
    desk_small(&desk);
    CHECK(read_cost(&desk,
                    "cost,dep,sex\n2.5,*,*\nshow,F,*\n0.001,D3,W\n"
                    "suppress,*,M\n1e6,R1,M\n",
                    &prices));
    /* F, R1, D1, D2, D3 by T, M, W. */
    static const int64_t want[] = {SHEET_PRICE_SHOW,
                                   SHEET_PRICE_SUPPRESS,
                                   SHEET_PRICE_SHOW,
                                   2500,
                                   1000000000,
                                   2500,
                                   2500,
                                   SHEET_PRICE_SUPPRESS,
                                   2500,
                                   2500,
                                   SHEET_PRICE_SUPPRESS,
                                   2500,
                                   2500,
                                   SHEET_PRICE_SUPPRESS,
                                   1};
    CHECK_INT(desk.sheet->cells, COUNT_OF(want));
    for (size_t c = 0; c < COUNT_OF(want); c++)
        CHECK_INT(prices[c], want[c]);
    CHECK(read_cost(&desk, "cost,dep,sex\n", &prices));
    for (size_t c = 0; c < COUNT_OF(want); c++)
        CHECK_INT(prices[c], SHEET_PRICE_DEFAULT);
    desk_end(&desk);
}

TEST(wrong_costs_are_refused_with_file_line_and_column)
{
    static const struct {
        const char *text, *want;
    } refusals[] = {
        {"dep,sex,cost\nF,T,0\n",
         "cost.csv:2: column 'cost': expected a number from 0.001 to 1000000, "
         "show or suppress"},
        {"dep,sex,cost\nF,T,1000001\n",
         "cost.csv:2: column 'cost': expected a number from 0.001 to 1000000, "
         "show or suppress"},
        {"dep,sex,cost\nF,T,hide\n",
         "cost.csv:2: column 'cost': expected a number from 0.001 to 1000000, "
         "show or suppress"},
        {"dep,sex,cost\nF,X,1\n", "cost.csv:2: column 'sex': unknown code 'X'"},
        {"dep,cost\nF,1\n", "cost.csv:1: no column 'sex'"
                            "; known are: dep, cost"},
        {"dep,sex,cost,n\nF,T,1,1\n",
         "cost.csv:1: unexpected column 'n': no hierarchy was given for it"},
    };
    struct desk desk = desk_new();
    desk_small(&desk);
    for (size_t r = 0; r < COUNT_OF(refusals); r++) {
        int64_t *prices = NULL;
        CHECK(!read_cost(&desk, refusals[r].text, &prices));
        CHECK(prices == NULL);
        CHECK_TEXT(desk.err.id, "sheet.cost");
        CHECK_TEXT(desk.err.text,
                   arena_format(desk.arena, "the costs cannot be read:\n  %s",
                                refusals[r].want));
    }
    desk_end(&desk);
}

/* --- primaries ------------------------------------------------------------ */

TEST(primaries_are_1_to_one_less_than_the_threshold)
{
    struct desk desk = desk_new();
    struct sheet_policy policy = {.threshold = 5, .certificate = ""};
    desk_hierarchy(&desk, "a", "a.csv", "T,\nv,T\nw,T\nx,T\ny,T\n");
    CHECK(desk_axes(&desk));
    CHECK(desk_leaves(&desk, "a,n\nv,0\nw,1\nx,4\ny,5\n"));
    CHECK(sheet_mark_primaries(desk.sheet, &policy, &desk.err));
    CHECK_INT(desk.sheet->status[0], SHEET_SHOWN);
    CHECK_INT(desk.sheet->status[1], SHEET_SHOWN);
    CHECK_INT(desk.sheet->status[2], SHEET_PRIMARY);
    CHECK_INT(desk.sheet->status[3], SHEET_PRIMARY);
    CHECK_INT(desk.sheet->status[4], SHEET_SHOWN);
    desk_end(&desk);
}

TEST(what_must_be_suppressed_is_primary_but_a_zero_only_where_zeros_may_be)
{
    struct desk desk = desk_new();
    int64_t prices[] = {1000, SHEET_PRICE_SUPPRESS, SHEET_PRICE_SUPPRESS};
    struct sheet_policy policy = {
        .threshold = 5, .prices = prices, .certificate = ""};
    desk_hierarchy(&desk, "a", "a.csv", "T,\nx,T\ny,T\n");
    CHECK(desk_axes(&desk));
    CHECK(desk_leaves(&desk, "a,n\nx,0\ny,50\n"));
    CHECK(sheet_mark_primaries(desk.sheet, &policy, &desk.err));
    CHECK_INT(desk.sheet->status[1], SHEET_SHOWN);
    CHECK_INT(desk.sheet->status[2], SHEET_PRIMARY);
    policy.zeros = true;
    CHECK(sheet_mark_primaries(desk.sheet, &policy, &desk.err));
    CHECK_INT(desk.sheet->status[1], SHEET_PRIMARY);
    desk_end(&desk);
}

TEST(a_primary_that_must_be_shown_is_named)
{
    struct desk desk = desk_new();
    int64_t prices[] = {1000, SHEET_PRICE_SHOW, 1000};
    struct sheet_policy policy = {
        .threshold = 5, .prices = prices, .certificate = ""};
    desk_hierarchy(&desk, "a", "a.csv", "T,\nx,T\ny,T\n");
    CHECK(desk_axes(&desk));
    CHECK(desk_leaves(&desk, "a,n\nx,2\ny,50\n"));
    CHECK(!sheet_mark_primaries(desk.sheet, &policy, &desk.err));
    CHECK_INT(desk.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(desk.err.text, "a x must be shown and cannot be: it is primary");
    desk_end(&desk);
}

/* --- which way costs less ------------------------------------------------- */

/* Beside the 3 a rectangle with one cell of 1,000, or a longer way round by
 * cells of 40. */
static struct sheet_report protect_ring(bool basic)
{
    struct desk desk = desk_new();
    struct sheet_policy policy = {
        .threshold = 5, .basic = basic, .certificate = ""};
    struct sheet_report report = {0};
    desk_hierarchy(&desk, "a", "a.csv", "T,\nu,T\nv,T\nw,T\n");
    desk_hierarchy(&desk, "b", "b.csv", "T,\nx,T\ny,T\nz,T\n");
    CHECK(desk_axes(&desk));
    CHECK(desk_leaves(&desk, "a,b,n\nu,x,3\nu,y,40\nu,z,1000\n"
                             "v,x,1000\nv,y,40\nv,z,40\n"
                             "w,x,40\nw,y,1000\nw,z,40\n"));
    CHECK(sheet_protect(desk.arena, desk.sheet, &policy, &report, &desk.err));
    desk_end(&desk);
    return report;
}

TEST(under_the_basic_attack_a_thousand_events_outweigh_two_cells)
{
    struct sheet_report basic = protect_ring(true);
    CHECK_INT(basic.secondary, 5);
    CHECK_INT(basic.secondary_value, 200);
    struct sheet_report strict = protect_ring(false);
    CHECK_INT(strict.secondary, 3);
    CHECK_INT(strict.secondary_value, 1080);
}

TEST(each_event_costs_the_same_and_a_cell_as_much_as_170)
{
    CHECK_INT(field_price_events(0, 1000, 0), 170);
    CHECK_INT(field_price_events(10, 1000, 7), 187);
    CHECK_INT(field_price_events(1000, 2000, 0), 2 * 1170);
    CHECK_INT(field_price_events(0, 1, 0), 1);
    CHECK_INT(field_price_events(INT64_MAX, 1000, 7), FIELD_BLOCKED / 100);
}

/* --- the inside report ---------------------------------------------------- */

TEST(losses_are_told_by_axis_and_depth)
{
    struct desk desk = desk_new();
    desk_small(&desk);
    struct sheet *sheet = desk.sheet;
    sheet->status[6] = SHEET_SECONDARY;  /* D1 T, 3 */
    sheet->status[7] = SHEET_PRIMARY;    /* D1 M, 1 */
    sheet->status[13] = SHEET_SECONDARY; /* D3 M, 0 */
    CHECK(sheet_write_loss(sheet, "loss.csv", &desk.err));
    CHECK_TEXT(desk_get(&desk, "loss.csv"),
               "axis,depth,cells,primary,secondary,zeros_suppressed,value,"
               "value_suppressed,secondary_value\n"
               ",,15,1,2,1,218,4,3\n"
               "dep,0,3,0,0,0,94,0,0\n"
               "dep,1,6,0,1,1,94,0,0\n"
               "dep,2,6,1,1,0,30,4,3\n"
               "sex,0,5,0,1,0,109,3,3\n"
               "sex,1,10,1,1,1,109,1,0\n");
    desk_end(&desk);
}

TEST(a_node_of_two_hierarchies_has_its_least_depth)
{
    struct desk desk = desk_new();
    desk_hierarchy(&desk, "a", "a.csv", "T,\nR,T\nS,R\nx,S\ny,S\n");
    desk_hierarchy(&desk, "a", "b.csv", "T,\nx,T\ny,T\n");
    CHECK(desk_axes(&desk));
    CHECK(desk_leaves(&desk, "a,n\nx,1\ny,2\n"));
    CHECK(sheet_write_loss(desk.sheet, "loss.csv", &desk.err));
    CHECK(text_ends(desk_get(&desk, "loss.csv"),
                    "\na,0,1,0,0,0,3,0,0\na,1,3,0,0,0,6,0,0\n"
                    "a,2,1,0,0,0,3,0,0\n"));
    desk_end(&desk);
}

RUN(CASE(stars_stand_for_all_codes_and_later_rows_hold),
    CASE(wrong_costs_are_refused_with_file_line_and_column),
    CASE(primaries_are_1_to_one_less_than_the_threshold),
    CASE(what_must_be_suppressed_is_primary_but_a_zero_only_where_zeros_may_be),
    CASE(a_primary_that_must_be_shown_is_named),
    CASE(under_the_basic_attack_a_thousand_events_outweigh_two_cells),
    CASE(each_event_costs_the_same_and_a_cell_as_much_as_170),
    CASE(losses_are_told_by_axis_and_depth),
    CASE(a_node_of_two_hierarchies_has_its_least_depth))
