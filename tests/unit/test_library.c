/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/library.h"

#include <sys/wait.h>

#include "base/err.h"
#include "check.h"

#define MATHS "libm.so.6"

struct maths {
    LIBRARY_CALL(cbrt)
    LIBRARY_CALL(hypot)
};
static const char *const maths_names[] = {LIBRARY_NAME(cbrt)
                                              LIBRARY_NAME(hypot)};

TEST(calls_stand_in_their_order)
{
    struct maths maths;
    library_load(MATHS, maths_names, COUNT_OF(maths_names), &maths);
    CHECK(fabs(maths.cbrt(27) - 3) < 1e-12);
    CHECK(fabs(maths.hypot(3, 4) - 5) < 1e-12);
}

/* The status of a process that loads, and what it says. */
static int load_apart(const char *file, const char *name, char *said,
                      size_t size)
{
    int ends[2];
    CHECK(pipe(ends) == 0);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        void *call;
        dup2(ends[1], STDERR_FILENO);
        library_load(file, &name, 1, &call);
        _exit(0);
    }
    close(ends[1]);
    ssize_t count = read(ends[0], said, size - 1);
    said[count > 0 ? count : 0] = '\0';
    close(ends[0]);
    int status = 0;
    CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
    return WEXITSTATUS(status);
}

TEST(what_is_not_there_is_named)
{
    char said[400];
    CHECK_INT(load_apart("libnone.so.0", "none", said, sizeof said), ERR_IO);
    CHECK(strstr(said, "panorama: error library.load: library 'libnone.so.0' "
                       "cannot be used: ") == said);
    CHECK_INT(load_apart(MATHS, "none_of_its_calls", said, sizeof said),
              ERR_IO);
    CHECK(strstr(said, "none_of_its_calls") != NULL);
    CHECK_INT(load_apart(MATHS, "cbrt", said, sizeof said), 0);
    CHECK_TEXT(said, "");
}

RUN(CASE(calls_stand_in_their_order), CASE(what_is_not_there_is_named))
