/* SPDX-License-Identifier: EUPL-1.2 */
/* check.h - the few words every test program shares, over cmocka.
 *
 *     TEST(an_empty_file_has_no_rows)
 *     {
 *         CHECK_INT(rows, 0);
 *     }
 *     RUN(CASE(an_empty_file_has_no_rows), CASE(...))
 *
 * RUN writes main. `program PATTERN` runs only the tests whose name matches
 * (* and ? as in a shell). Everything a test writes goes below
 * check_directory(), which check_remove() deletes and frees. */
#ifndef CHECK_H
#define CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <malloc.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEST(name) static void name(void **check_state __attribute__((unused)))
#define CASE(name) cmocka_unit_test(name)

#define RUN(...)                                                               \
    int main(int argc, char **argv)                                            \
    {                                                                          \
        const struct CMUnitTest check_tests[] = {__VA_ARGS__};                 \
        if (argc > 1)                                                          \
            cmocka_set_test_filter(argv[1]);                                   \
        return cmocka_run_group_tests(check_tests, NULL, NULL);                \
    }

#ifdef __SANITIZE_ADDRESS__
#define CHECK_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CHECK_SANITIZED 1
#endif
#endif
#ifndef CHECK_SANITIZED
#define CHECK_SANITIZED 0
#endif
/* How many random cases of a test to take: under a sanitizer, which looks for
 * other mistakes and takes five times as long, an eighth of them. */
#define CHECK_SEEDS(count) (CHECK_SANITIZED ? ((count) + 7) / 8 : (count))

#define CHECK(condition) check_true((condition), #condition, __FILE__, __LINE__)
#define CHECK_INT(got, want)                                                   \
    check_int((long long)(got), (long long)(want), #got, __FILE__, __LINE__)
#define CHECK_TEXT(got, want)                                                  \
    check_text((got), (want), #got, __FILE__, __LINE__)
/* |got - want| <= relative * |want|; with want == 0, |got| <= relative. */
#define CHECK_NEAR(got, want, relative)                                        \
    check_near((got), (want), (relative), #got, __FILE__, __LINE__)

static inline void check_true(bool condition, const char *what,
                              const char *file, int line)
{
    if (!condition) {
        print_error("not true: %s\n", what);
        _fail(file, line);
    }
}

static inline void check_int(long long got, long long want, const char *what,
                             const char *file, int line)
{
    if (got != want) {
        print_error("%s is %lld, not %lld\n", what, got, want);
        _fail(file, line);
    }
}

static inline void check_text(const char *got, const char *want,
                              const char *what, const char *file, int line)
{
    if (!got || !want || strcmp(got, want) != 0) {
        print_error("%s is\n    %s\nnot\n    %s\n", what, got ? got : "(null)",
                    want ? want : "(null)");
        _fail(file, line);
    }
}

static inline void check_near(double got, double want, double relative,
                              const char *what, const char *file, int line)
{
    double scale = want < 0 || want > 0 ? fabs(want) : 1;
    if (!(fabs(got - want) <= relative * scale)) {
        print_error("%s is %.17g, not %.17g\n", what, got, want);
        _fail(file, line);
    }
}

/* A new empty directory under /tmp; give it to check_remove at the end. */
static inline char *check_directory(void)
{
    char *path = strdup("/tmp/panorama-test-XXXXXX");
    if (!path || !mkdtemp(path)) {
        print_error("no temporary directory\n");
        _fail(__FILE__, __LINE__);
    }
    return path;
}

static inline int check_remove_one(const char *path, const struct stat *status,
                                   int kind, struct FTW *where)
{
    (void)status;
    (void)kind;
    (void)where;
    return remove(path);
}

static inline void check_remove(char *directory)
{
    nftw(directory, check_remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(directory);
}

/* Bytes that the program has of the heap now. */
static inline size_t check_heap(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

#endif
