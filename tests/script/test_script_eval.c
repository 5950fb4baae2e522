/* SPDX-License-Identifier: EUPL-1.2 */
/* `panorama eval`: CSV rows, statistics functions, printing. */
#include "script_fixture.h"

/* Sum and product of all numbers, to see how arguments arrive. */
static bool sums(const double *const *arrays, const size_t *sizes,
                 size_t array_count, double *results, size_t *result_count,
                 const char **problem)
{
    results[0] = 0;
    results[1] = (double)array_count;
    for (size_t a = 0; a < array_count; a++) {
        for (size_t i = 0; i < sizes[a]; i++)
            results[0] += arrays[a][i];
    }
    *result_count = 2;
    *problem = "the sum is negative";
    return results[0] >= 0;
}

static const struct script_function functions[] = {
    {"sums", "the sum of everything", "list, number", sums},
};

static bool eval(struct script_fixture *fixture, const char *source)
{
    char *path = fs_join(fixture->arena, fixture->directory, "check.lua");
    char *rows = fs_join(fixture->arena, fixture->directory, "rows.csv");
    script_file(fixture, "check.lua", source);
    script_file(fixture, "rows.csv", "code,n\n01,3\n2A,4.5\n");
    const struct script_data data = {"rows", rows};
    fixture->err = (struct err){0};
    return script_eval(path, &data, 1, functions, 1, &fixture->printed,
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

TEST(statistics_take_numbers_and_lists)
{
    struct script_fixture fixture = script_fixture();
    CHECK(eval(&fixture, "print(stats.sums({1, 2, rows[2].n}, 3))"));
    CHECK_TEXT(fixture.printed.at, "10.5\t2.0\n");
    script_fixture_end(&fixture);
}

TEST(a_statistic_s_refusal_names_file_line_and_arguments)
{
    struct script_fixture fixture = script_fixture();
    CHECK(!eval(&fixture, "\nstats.sums(-1)"));
    CHECK_INT(fixture.err.code, ERR_SCRIPT);
    CHECK_TEXT(fixture.err.text, "check.lua:2: stats.sums(list, number): the "
                                 "sum is negative");
    CHECK(!eval(&fixture, "stats.sums({1, 'x'})"));
    CHECK_TEXT(fixture.err.text, "check.lua:1: argument 1: expected a number "
                                 "or a list of numbers, found string at place "
                                 "2");
    script_fixture_end(&fixture);
}

TEST(a_missing_data_file_keeps_its_own_status)
{
    struct script_fixture fixture = script_fixture();
    const struct script_data data = {"rows", "/nowhere/rows.csv"};
    script_file(&fixture, "check.lua", "");
    CHECK(!script_eval(fs_join(fixture.arena, fixture.directory, "check.lua"),
                       &data, 1, NULL, 0, &fixture.printed, &fixture.err));
    CHECK_INT(fixture.err.code, ERR_IO);
    CHECK(strstr(fixture.err.text, "/nowhere/rows.csv") != NULL);
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
    CASE(statistics_take_numbers_and_lists),
    CASE(a_statistic_s_refusal_names_file_line_and_arguments),
    CASE(a_missing_data_file_keeps_its_own_status),
    CASE(an_evaluated_script_is_in_the_sandbox))
