/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows of rates that were not joined to the cells beside them: people are told
 * how many there are, and the review names them. */
#include "seal_fixture.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/fs.h"

enum { ROWS = 3 };

/* The country's rates, and two rows that an earlier release had. */
static void leave(struct seal_fixture *fixture, bool left)
{
    struct seal *seal = &fixture->seal;
    seal_fixture_table(fixture, "cases",
                       (struct plan_value){.kind = VALUE_COUNT});
    seal_fixture_protect(fixture);
    seal->rated = arena_array(fixture->arena, ROWS, sizeof *seal->rated);
    seal->row_count = ROWS;
    for (size_t r = 0; r < ROWS; r++)
        seal->rated[r] = (struct past_row){
            .measure = "cases", .own = r == 0, .left = left && r < 2};
}

static const char *review(struct seal_fixture *fixture)
{
    struct text text = text_new(fixture->arena);
    seal_rows_review(&fixture->seal, &text);
    return text.at;
}

/* What people read meanwhile. */
static const char *told(struct seal_fixture *fixture)
{
    char *directory = check_directory();
    const char *path = fs_join(fixture->arena, directory, "stderr");
    char *text = NULL;
    size_t size = 0;
    struct err err = {0};
    int kept = dup(STDERR_FILENO);
    int file = open(path, O_CREAT | O_WRONLY, 0600);
    fflush(stderr);
    dup2(file, STDERR_FILENO);
    fixture->progress.quiet = false;
    seal_tell_left(&fixture->seal);
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(file);
    CHECK(fs_read(fixture->arena, path, &text, &size, &err));
    check_remove(directory);
    return text;
}

TEST(rows_that_are_left_are_told_and_named)
{
    struct seal_fixture *fixture = seal_fixture_new();
    leave(fixture, true);
    CHECK(strstr(told(fixture), "2 rows of standardised rates") != NULL);
    const char *text = review(fixture);
    CHECK(text_starts(text, "not joined\tstandardised_rate\tcases, "));
    const char *second = strchr(text, '\n') + 1;
    CHECK(text_starts(second, "not joined\tstandardised_rate of an earlier "
                              "release\tcases, "));
    CHECK_TEXT(strchr(second, '\n'), "\n");
    seal_fixture_end(fixture);
}

TEST(nothing_is_told_of_rows_that_are_joined)
{
    struct seal_fixture *fixture = seal_fixture_new();
    leave(fixture, false);
    CHECK_TEXT(told(fixture), "");
    CHECK_TEXT(review(fixture), "");
    seal_fixture_end(fixture);
}

/* Whoever may read each case learns nothing from a rate. */
TEST(rates_of_what_is_not_confidential_are_no_rows)
{
    for (int secret = 0; secret < 2; secret++) {
        struct seal_fixture *fixture = seal_fixture_new();
        struct seal *seal = &fixture->seal;
        seal->codes.measures[0].confidential = secret;
        seal_fixture_table(fixture, "cases",
                           (struct plan_value){.kind = VALUE_STANDARDISED_RATE,
                                               .standard = "world"});
        seal_fixture_start(fixture);
        if (!seal_gather(seal, &fixture->project.policy, &fixture->err) ||
            !seal_join_rows(seal, &fixture->err))
            fail_msg("%s", fixture->err.text);
        CHECK((seal->row_count > 0) == (secret == 1));
        seal_fixture_end(fixture);
    }
}

RUN(CASE(rows_that_are_left_are_told_and_named),
    CASE(nothing_is_told_of_rows_that_are_joined),
    CASE(rates_of_what_is_not_confidential_are_no_rows))
