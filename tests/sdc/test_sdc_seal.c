/* SPDX-License-Identifier: EUPL-1.2 */
/* The process that holds exact counts, when the system does not let it close.
 */
#include "check.h"

#include <stdarg.h>
#include <sys/prctl.h>

#include "base/fs.h"
#include "base/progress.h"
#include "seal/seal.h"

/* Stands for that of the C library. */
static int answer;
static int asked;

int prctl(int option, ...)
{
    asked = option;
    return answer;
}

TEST(a_process_that_cannot_be_closed_is_refused)
{
    struct err err = {0};
    answer = -1;
    CHECK(!seal_close_process(&err));
    CHECK_INT(asked, PR_SET_DUMPABLE);
    CHECK_INT(err.code, ERR_IO);
    CHECK_TEXT(err.id, "seal.process");
    err = (struct err){0};
    answer = 0;
    CHECK(seal_close_process(&err));
}

TEST(nothing_is_opened_by_a_process_that_cannot_be_closed)
{
    struct err err = {0};
    struct progress progress = progress_new(true, false);
    struct seal_job job = {
        .store = "none.sqlite",
        .output = "none.db",
        .review = "",
        .certificate = "",
        .ledger = "none",
        .progress = &progress,
    };
    answer = -1;
    CHECK(!seal_run(&job, &err));
    CHECK_TEXT(err.id, "seal.process");
    CHECK(!fs_exists("none.db"));
}

RUN(CASE(a_process_that_cannot_be_closed_is_refused),
    CASE(nothing_is_opened_by_a_process_that_cannot_be_closed))
