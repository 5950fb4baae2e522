/* SPDX-License-Identifier: EUPL-1.2 */
/* `panorama eval`: CSV rows, statistics functions, printing. */
#include "geo/geo.h"
#include "script_fixture.h"

/* What arrived, and results of every kind. */
static void sums(struct script_call *call)
{
    size_t count = 0;
    const double *list = call_list(call, "list", &count);
    double sum = call_number_or(call, "start", 0.0);
    for (size_t i = 0; i < count; i++)
        sum += list[i];
    if (sum < 0.0)
        call_fail(call, "the sum %g is negative", sum);
    call_return(call, sum);
    call_return(call, (double)count);
}

static void shape(struct script_call *call)
{
    static const char *const kinds[] = {"plain", "fancy", NULL};
    size_t kind = call_choice(call, "kind", kinds);
    struct call_lists rows = call_list_of_lists(call, "rows");
    call_give_text(call, "kind", kinds[kind]);
    call_give_bool(call, "square", rows.count == rows.sizes[0]);
    for (size_t r = 0; r < rows.count; r++) {
        call_row(call, "rows");
        call_give(call, "first", rows.lists[r][0]);
        call_give_list(call, "all", rows.lists[r], rows.sizes[r]);
        call_row_end(call);
    }
    call_give(call, "count", (double)rows.count);
}

static const struct script_function functions[] = {
    {"sums", "list, [start]", sums},
    {"shape", "rows, [kind]", shape},
};
static const struct script_group group = {functions, COUNT_OF(functions)};
static const struct script_group *const groups[] = {&group, NULL};

static bool eval(struct script_fixture *fixture, const char *source)
{
    char *path = fs_join(fixture->arena, fixture->directory, "check.lua");
    char *rows = fs_join(fixture->arena, fixture->directory, "rows.csv");
    script_file(fixture, "check.lua", source);
    script_file(fixture, "rows.csv", "code,n\n01,3\n2A,4.5\n");
    const struct script_data data = {.name = "rows", .path = rows};
    fixture->err = (struct err){0};
    return script_eval(path, &data, 1, groups, 1, &fixture->printed,
                       &fixture->err);
}

TEST(rows_are_texts_by_column_name)
{
    struct script_fixture fixture = script_fixture();
    CHECK(eval(&fixture, "print(#rows, rows[1].code, rows[2].n + 1)\n"
                         "print(rows[1].code == '01')"));
    CHECK_TEXT(fixture.printed.at, "2\t01\t5.5\ntrue\n");
    script_fixture_end(&fixture);
}

TEST(statistics_take_numbers_and_lists_by_position_or_name)
{
    struct script_fixture fixture = script_fixture();
    CHECK(eval(&fixture, "print(stats.sums({1, 2, rows[2].n}, 3))\n"
                         "print(stats.sums(4))\n"
                         "print(stats.sums{start = 1, list = {5}})\n"
                         "print(stats.sums({}))"));
    CHECK_TEXT(fixture.printed.at, "10.5\t3.0\n4.0\t1.0\n6.0\t1.0\n"
                                   "0.0\t0.0\n");
    script_fixture_end(&fixture);
}

TEST(a_statistic_can_give_a_table_with_rows)
{
    struct script_fixture fixture = script_fixture();
    CHECK(eval(&fixture, "local a = stats.shape({{1, 2}, {3, 4}}, 'fancy')\n"
                         "print(a.kind, a.square, a.count, #a.rows)\n"
                         "print(a.rows[2].first, a.rows[2].all[2])\n"
                         "print(stats.shape({7}).kind)"));
    CHECK_TEXT(fixture.printed.at, "fancy\ttrue\t2.0\t2\n3.0\t4.0\nplain\n");
    script_fixture_end(&fixture);
}

TEST(a_statistic_s_refusal_names_file_line_and_arguments)
{
    static const struct {
        const char *source, *want;
    } cases[] = {
        {"\nstats.sums(-1)", "check.lua:2: stats.sums: the sum -1 is negative"},
        {"stats.sums({1, 'x'})",
         "check.lua:1: stats.sums: 'list': expected a number "
         "at place 2, found string"},
        {"stats.sums({1, -1e16})",
         "check.lua:1: stats.sums: 'list': -1e+16 is no number of an ordinary "
         "size (at most 9.0072e+15)"},
        {"stats.sums({1}, 0/0)",
         "check.lua:1: stats.sums: 'start': expected a number, "
         "found NaN"},
        {"stats.sums(math.huge)",
         "check.lua:1: stats.sums: 'list': expected a number, "
         "found infinity"},
        {"stats.sums()",
         "check.lua:1: stats.sums: 'list' is missing among (list, [start])"},
        {"stats.sums{lists = 3}",
         "check.lua:1: stats.sums: there is no argument "
         "'lists'; did you mean 'list'?"},
        {"stats.sums(1, 2, 3)",
         "check.lua:1: stats.sums: 3 arguments are too many for "
         "(list, [start])"},
        {"stats.shape({{1}}, 'odd')",
         "check.lua:1: stats.shape: 'kind': expected one of "
         "plain, fancy"},
        {"stats.shape(3)", "check.lua:1: stats.shape: 'rows': "
                           "expected a list of lists, found number"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct script_fixture fixture = script_fixture();
        CHECK(!eval(&fixture, cases[i].source));
        CHECK_INT(fixture.err.code, ERR_SCRIPT);
        CHECK_TEXT(fixture.err.text, cases[i].want);
        script_fixture_end(&fixture);
    }
}

TEST(a_missing_data_file_keeps_its_own_status)
{
    struct script_fixture fixture = script_fixture();
    const struct script_data data = {.name = "rows",
                                     .path = "/nowhere/rows.csv"};
    script_file(&fixture, "check.lua", "");
    CHECK(!script_eval(fs_join(fixture.arena, fixture.directory, "check.lua"),
                       &data, 1, groups, 1, &fixture.printed, &fixture.err));
    CHECK_INT(fixture.err.code, ERR_IO);
    CHECK(strstr(fixture.err.text, "/nowhere/rows.csv") != NULL);
    script_fixture_end(&fixture);
}

TEST(neighbours_are_lists_of_places)
{
    struct script_fixture fixture = script_fixture();
    const char *const codes[] = {"01", "2A", "38"};
    const size_t first[] = {2}, last[] = {0};
    const size_t *const lists[] = {first, NULL, last};
    const size_t sizes[] = {1, 0, 1};
    const struct geo_neighbours three = {codes, lists, sizes, 3};
    const struct script_data data = {.name = "map", .neighbours = &three};
    script_file(&fixture, "check.lua",
                "print(table.concat(map.codes, ' '), map.place['2A'])\n"
                "for i, list in ipairs(map.neighbours) do\n"
                "  print(i, table.unpack(list))\nend\n");
    CHECK(script_eval(fs_join(fixture.arena, fixture.directory, "check.lua"),
                      &data, 1, groups, 1, &fixture.printed, &fixture.err));
    CHECK_TEXT(fixture.printed.at, "01 2A 38\t2\n1\t3\n2\n3\t1\n");
    script_fixture_end(&fixture);
}

TEST(an_evaluated_script_is_in_the_sandbox)
{
    struct script_fixture fixture = script_fixture();
    CHECK(!eval(&fixture, "os.exit(0)"));
    CHECK_TEXT(fixture.err.text, "check.lua:1: there is no 'os' here");
    script_fixture_end(&fixture);
}

RUN(CASE(rows_are_texts_by_column_name),
    CASE(statistics_take_numbers_and_lists_by_position_or_name),
    CASE(a_statistic_can_give_a_table_with_rows),
    CASE(a_statistic_s_refusal_names_file_line_and_arguments),
    CASE(a_missing_data_file_keeps_its_own_status),
    CASE(neighbours_are_lists_of_places),
    CASE(an_evaluated_script_is_in_the_sandbox))
