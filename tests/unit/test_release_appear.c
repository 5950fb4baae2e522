/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fs.h"
#include "release/release_impl.h"

/* Stand for the moves of the C library: those of the numbers in `broken`, from
 * 0, fail. */
static unsigned broken, moves;

static bool breaks(void)
{
    errno = EIO;
    return ((broken >> moves++) & 1) != 0;
}

int rename(const char *from, const char *to)
{
    return breaks() ? -1 : (int)syscall(SYS_rename, from, to);
}

int renameat2(int from_at, const char *from, int to_at, const char *to,
              unsigned flags)
{
    return breaks()
               ? -1
               : (int)syscall(SYS_renameat2, from_at, from, to_at, to, flags);
}

/* How often a directory of editions was written to disk, and whether that
 * fails. */
static int kept;
static bool unkept;

int fsync(int file)
{
    char number[64], place[4096];
    snprintf(number, sizeof number, "/proc/self/fd/%d", file);
    ssize_t size = readlink(number, place, sizeof place - 1);
    CHECK(size > 0);
    place[size] = '\0';
    bool inside = text_same(fs_name(place), ".inside");
    kept += inside;
    errno = EIO;
    return inside && unkept ? -1 : (int)syscall(SYS_fsync, file);
}

/* An output directory in which a release and its edition are to appear. */
struct bench {
    struct arena *arena;
    char *output;
    const char *staging;
    struct release_job job;
    enum release_outcome outcome;
    struct err err;
};

static const char *path(struct bench *bench, const char *name)
{
    return fs_join(bench->arena, bench->output, name);
}

static void write_words(struct bench *bench, const char *name,
                        const char *words)
{
    const char *file = path(bench, name);
    CHECK(fs_make_directory(fs_directory(bench->arena, file), &bench->err));
    CHECK(fs_write(file, words, strlen(words), &bench->err));
}

static void check_words(struct bench *bench, const char *name,
                        const char *words)
{
    char *found = NULL;
    size_t size = 0;
    CHECK(fs_read(bench->arena, path(bench, name), &found, &size, &bench->err));
    CHECK_TEXT(found, words);
}

/* A new release is complete beside its edition. */
static void stage(struct bench *bench, const char *words)
{
    write_words(bench, ".tmp-essai/SHA256SUMS", words);
    write_words(bench, ".tmp-essai.edition.db", words);
    bench->err = (struct err){0};
    moves = 0;
}

static struct bench bench_new(void)
{
    struct bench bench = {.arena = arena_new()};
    bench.output = check_directory();
    bench.staging = path(&bench, ".tmp-essai");
    bench.job = (struct release_job){
        .output = bench.output,
        .name = "essai",
        .sealed = path(&bench, ".tmp-essai.edition.db"),
        .kept = path(&bench, ".inside/essai.edition.db"),
        .replace = true,
    };
    stage(&bench, "new");
    return bench;
}

static struct bench bench_with_draft(void)
{
    struct bench bench = bench_new();
    write_words(&bench, "essai/SHA256SUMS", "old");
    write_words(&bench, "essai/manifest.json", "{\"state\": \"draft\"}");
    write_words(&bench, ".inside/essai.edition.db", "old");
    return bench;
}

static bool appears(struct bench *bench, unsigned failing)
{
    broken = failing;
    bool ok = release_appear(&bench->job, bench->staging, &bench->outcome,
                             &bench->err);
    broken = 0;
    return ok;
}

static void bench_end(struct bench *bench)
{
    arena_free(bench->arena);
    check_remove(bench->output);
}

TEST(a_release_appears_with_its_edition)
{
    struct bench bench = bench_new();
    kept = 0;
    CHECK(appears(&bench, 0));
    CHECK_INT(kept, 1);
    CHECK_INT(bench.outcome, RELEASE_CREATED);
    check_words(&bench, "essai/SHA256SUMS", "new");
    check_words(&bench, ".inside/essai.edition.db", "new");
    bench_end(&bench);
}

TEST(an_edition_that_may_not_outlast_a_loss_of_power_is_told)
{
    struct bench bench = bench_with_draft();
    unkept = true;
    CHECK(!appears(&bench, 0));
    unkept = false;
    CHECK(text_starts(bench.err.text, "'essai' stands with its edition: cannot "
                                      "write to disk"));
    check_words(&bench, "essai/SHA256SUMS", "new");
    check_words(&bench, ".inside/essai.edition.db", "new");
    bench_end(&bench);
}

TEST(a_draft_is_replaced_and_leaves_nothing)
{
    struct bench bench = bench_with_draft();
    CHECK(appears(&bench, 0));
    CHECK_INT(bench.outcome, RELEASE_REPLACED);
    check_words(&bench, "essai/SHA256SUMS", "new");
    check_words(&bench, ".inside/essai.edition.db", "new");
    CHECK(!fs_exists(path(&bench, ".replaced-essai")));
    bench_end(&bench);
}

/* Every way in which the moves of a replacement can fail, one after the other:
 * aside, the exchange, the edition, the exchange back. */
TEST(no_failure_loses_a_draft)
{
    enum { ASIDE = 1, EXCHANGE = 2, EDITION = 4, BACK = 8 };
    for (unsigned failing = 1; failing < 16; failing++) {
        struct bench bench = bench_with_draft();
        bool in_vain = (failing & (ASIDE | EXCHANGE | EDITION)) != 0;
        CHECK(appears(&bench, failing) == !in_vain);
        bool stuck = (failing & (EDITION | BACK)) == (EDITION | BACK) &&
                     (failing & (ASIDE | EXCHANGE)) == 0;
        CHECK(!in_vain || bench.err.code == ERR_IO);
        check_words(&bench,
                    in_vain && !stuck ? "essai/SHA256SUMS"
                    : stuck           ? ".replaced-essai/SHA256SUMS"
                                      : ".inside/essai.edition.db",
                    in_vain ? "old" : "new");
        CHECK(fs_exists(path(&bench, ".replaced-essai")) == stuck);
        bench_end(&bench);
    }
}

TEST(where_a_draft_lies_that_cannot_come_back_is_told)
{
    struct bench bench = bench_with_draft();
    CHECK(!appears(&bench, 4 | 8));
    char want[400];
    snprintf(want, sizeof want,
             "'%s/essai' stands without its edition, and the draft that it "
             "replaced lies in '%s/.replaced-essai': cannot rename ",
             bench.output, bench.output);
    CHECK(text_starts(bench.err.text, want));
    check_words(&bench, "essai/SHA256SUMS", "new");
    check_words(&bench, ".inside/essai.edition.db", "old");

    /* No run sweeps it; the next release of the name puts all right. */
    int lock = -1;
    struct err err = {0};
    CHECK(release_open(bench.output, &lock, &err));
    release_close(lock);
    check_words(&bench, ".replaced-essai/SHA256SUMS", "old");
    stage(&bench, "new");
    CHECK(appears(&bench, 0));
    CHECK_INT(bench.outcome, RELEASE_UNCHANGED);
    check_words(&bench, ".inside/essai.edition.db", "new");
    CHECK(!fs_exists(path(&bench, ".replaced-essai")));
    bench_end(&bench);
}

TEST(a_release_that_cannot_be_taken_back_is_told)
{
    struct bench bench = bench_new();
    CHECK(!appears(&bench, 2));
    CHECK(!fs_exists(path(&bench, "essai")));
    CHECK(text_starts(bench.err.text, "cannot rename "));

    stage(&bench, "new");
    CHECK(!appears(&bench, 2 | 4));
    CHECK(strstr(bench.err.text, "/essai' stands without its edition: cannot"));
    bench_end(&bench);
}

TEST(what_is_public_gives_way_to_nothing)
{
    struct bench bench = bench_with_draft();
    write_words(&bench, "essai/manifest.json", "{\"state\": \"public\"}");
    CHECK(!appears(&bench, 0));
    CHECK_INT(bench.err.code, ERR_USAGE);
    check_words(&bench, "essai/SHA256SUMS", "old");
    bench_end(&bench);
}

RUN(CASE(a_release_appears_with_its_edition),
    CASE(a_draft_is_replaced_and_leaves_nothing),
    CASE(an_edition_that_may_not_outlast_a_loss_of_power_is_told),
    CASE(no_failure_loses_a_draft),
    CASE(where_a_draft_lies_that_cannot_come_back_is_told),
    CASE(a_release_that_cannot_be_taken_back_is_told),
    CASE(what_is_public_gives_way_to_nothing))
