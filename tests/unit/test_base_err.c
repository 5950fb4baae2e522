/* SPDX-License-Identifier: EUPL-1.2 */
/* Errors: the first cause, its context, and a buffer that only ever cuts. */
#include "base/err.h"
#include "base/utf8.h"
#include "check.h"

#include <signal.h>
#include <sys/wait.h>

TEST(what_may_have_been_meant_is_added_once)
{
    static const char *const names[] = {"cases", "deaths"};
    struct err err = {0};
    err_fail(&err, ERR_SCRIPT, "plan.measure", "no measure 'case'");
    CHECK(!err_near(&err, "case", names, 2));
    CHECK_TEXT(err.text, "no measure 'case'; the nearest is 'cases'");
    err = (struct err){0};
    err_fail(&err, ERR_SCRIPT, "plan.measure", "no measure 'survival'");
    CHECK(!err_near(&err, "survival", names, 2));
    CHECK_TEXT(err.text, "no measure 'survival'; known are: cases, deaths");
    err = (struct err){0};
    err_fail(&err, ERR_SCRIPT, "plan.measure", "no measure 'cases' here");
    CHECK(!err_near(&err, "cases", names, 2));
    CHECK_TEXT(err.text, "no measure 'cases' here");
}

TEST(a_failure_keeps_its_class_its_code_and_its_sentence)
{
    struct err err = {0};
    CHECK(!err_fail(&err, ERR_INPUT, "store.column", "no column '%s'", "sex"));
    CHECK_INT(err.code, ERR_INPUT);
    CHECK_TEXT(err.id, "store.column");
    CHECK_TEXT(err.text, "no column 'sex'");
}

TEST(what_a_sentence_quotes_does_not_reach_the_terminal)
{
    struct err err = {0};
    CHECK(!err_fail(&err, ERR_INPUT, "test.quoted", "'%s'\nand\tmore",
                    "a\x1b[2J\x07\x7f\u00e9"));
    CHECK_TEXT(err.text, "'a?[2J??\u00e9'\nand\tmore");
}

TEST(context_is_put_before_the_cause)
{
    struct err err = {0};
    err_fail(&err, ERR_INPUT, "store.column", "no column 'z'");
    CHECK(!err_wrap(&err, "table '%s'", "y"));
    CHECK(!err_wrap(&err, "release '%s'", "x"));
    CHECK_TEXT(err.text, "release 'x': table 'y': no column 'z'");
    CHECK_TEXT(err.id, "store.column");
}

TEST(context_may_be_made_of_the_message_itself)
{
    struct err err = {0};
    err_fail(&err, ERR_IO, "a.b", "cause");
    err_wrap(&err, "again %s", err.text);
    CHECK_TEXT(err.text, "again cause: cause");
}

TEST(a_long_sentence_is_cut_between_characters)
{
    for (int pad = 0; pad < 5; pad++) {
        struct err err = {0};
        char sentence[4000] = "";
        memset(sentence, 'a', (size_t)pad);
        for (size_t at = (size_t)pad; at + 3 < sizeof sentence; at += 3)
            memcpy(sentence + at, "\xE2\x82\xAC", 4);
        err_fail(&err, ERR_IO, "a.b", "%s", sentence);
        CHECK(utf8_valid(err.text, strlen(err.text)));
        CHECK(strlen(err.text) > sizeof err.text - 5);

        err_wrap(&err, "context");
        CHECK(utf8_valid(err.text, strlen(err.text)));
        CHECK(strlen(err.text) > sizeof err.text - 5);
        CHECK(strncmp(err.text, "context: ", 9) == 0);

        err_wrap(&err, "%s", sentence);
        CHECK(utf8_valid(err.text, strlen(err.text)));
    }
}

/* The exit status of a child that runs `action`, or minus its signal. */
static int status_of(void (*action)(void))
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(99);
        action();
        _exit(0);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static void fail_twice(void)
{
    struct err err = {0};
    err_fail(&err, ERR_IO, "a.b", "first");
    err_fail(&err, ERR_IO, "a.b", "second");
}

static void wrap_nothing(void)
{
    struct err err = {0};
    err_wrap(&err, "context");
}

static void run_out(void)
{
    err_out_of_memory();
}

TEST(misuse_ends_the_program)
{
    CHECK_INT(status_of(fail_twice), -SIGABRT);
    CHECK_INT(status_of(wrap_nothing), -SIGABRT);
}

TEST(out_of_memory_ends_with_status_70)
{
    CHECK_INT(status_of(run_out), 70);
}

RUN(CASE(what_may_have_been_meant_is_added_once),
    CASE(a_failure_keeps_its_class_its_code_and_its_sentence),
    CASE(what_a_sentence_quotes_does_not_reach_the_terminal),
    CASE(context_is_put_before_the_cause),
    CASE(context_may_be_made_of_the_message_itself),
    CASE(a_long_sentence_is_cut_between_characters),
    CASE(misuse_ends_the_program), CASE(out_of_memory_ends_with_status_70))
