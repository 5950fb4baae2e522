/* SPDX-License-Identifier: EUPL-1.2 */
/* Two editions: the cells that changed, the counts that differ by more than
 * chance, the paragraphs to read again. */
#include <math.h>
#include <stdio.h>

#include "app/changes.h"
#include "app/reread.h"
#include "app/staged.h"
#include "base/csv.h"
#include "base/fs.h"
#include "base/num.h"

/* Of the tests together; Benjamini and Hochberg's q. */
#define FALSE_DISCOVERIES 0.05
#define LEAST_P 1e-6 /* that P_DECIMALS tell from 0 */

enum {
    SHOWN = 20,     /* lines of a kind on a terminal; the file has all */
    P_DECIMALS = 6, /* of probabilities */
};

struct comparison {
    struct changes changes;
    struct count_test *tests;
    size_t test_count, differ;
    double least; /* revisions of fewer percent are counted, not listed */
};

static bool is_listed(const struct comparison *all, const struct change *change)
{
    return change->kind != CHANGE_REVISED ||
           fabs(change->revision) >= all->least;
}

static const char *id_of(const struct change *change)
{
    return change->now.table != NULL ? change->now.id : change->before.id;
}

static const char *table_of(const struct change *change)
{
    return pub_id(change->now.table != NULL ? change->now.table
                                            : change->before.table);
}

static const char *percent(struct arena *arena, const struct change *change)
{
    struct text out = text_new(arena);
    if (change->kind == CHANGE_REVISED && isfinite(change->revision))
        num_print(&out, change->revision, 2);
    return out.at;
}

/* To its last bit, for other programs. */
static const char *probability(struct arena *arena, double value)
{
    struct text out = text_new(arena);
    num_print_shortest(&out, value);
    return out.at;
}

static const char *probability_words(struct arena *arena, double value)
{
    struct text out = text_new(arena);
    text_add(&out, value < LEAST_P ? "<" : "");
    num_print(&out, fmax(value, LEAST_P), P_DECIMALS);
    return out.at;
}

/* --- for eyes ------------------------------------------------------------- */

static void print_change(struct arena *run, const struct change *change)
{
    const char *of = percent(run, change);
    printf("%s %s: %s -> %s%s%s%s\n", change_name(change->kind), id_of(change),
           published_text(run, &change->before),
           published_text(run, &change->now), of[0] != '\0' ? " (" : "", of,
           of[0] != '\0' ? " %)" : "");
}

static void print_kind(struct arena *run, const struct comparison *all,
                       enum change_kind kind)
{
    size_t listed = 0;
    for (size_t c = 0; c < all->changes.count; c++) {
        const struct change *change = &all->changes.list[c];
        if (change->kind != kind || !is_listed(all, change))
            continue;
        if (listed++ < SHOWN)
            print_change(run, change);
    }
    if (listed > SHOWN)
        printf("%s: %zu more\n", change_name(kind), listed - SHOWN);
}

static void print_tests(struct arena *run, const struct comparison *all)
{
    size_t listed = 0;
    for (size_t i = 0; i < all->test_count; i++) {
        const struct count_test *test = &all->tests[i];
        if (test->adjusted > FALSE_DISCOVERIES || listed++ >= SHOWN)
            continue;
        printf("differs %s: %s after %s (%s), adjusted p %s\n", test->now.id,
               published_text(run, &test->now),
               published_text(run, &test->before), test->before.id,
               probability_words(run, test->adjusted));
    }
    if (listed > SHOWN)
        printf("differs: %zu more\n", listed - SHOWN);
}

static void print_all(struct arena *run, const struct comparison *all)
{
    const size_t *of = all->changes.of_kind;
    for (size_t k = 0; k < CHANGE_NEW; k++)
        print_kind(run, all, (enum change_kind)k);
    print_tests(run, all);
    printf(
        "%zu cell%s in both: %zu revised, %zu marked otherwise, %zu withheld "
        "now, %zu shown now, %zu without value for another reason\n"
        "%zu new cell%s, %zu gone\n"
        "%zu count%s of new periods tested against earlier ones, differing: "
        "%zu (false discovery rate %g)\n",
        all->changes.compared, text_s(all->changes.compared),
        of[CHANGE_REVISED], of[CHANGE_MARKED], of[CHANGE_WITHHELD],
        of[CHANGE_SHOWN], of[CHANGE_STATUS], of[CHANGE_NEW],
        text_s(of[CHANGE_NEW]), of[CHANGE_GONE], all->test_count,
        text_s(all->test_count), all->differ, FALSE_DISCOVERIES);
}

/* --- for other programs --------------------------------------------------- */

static void add_row(struct text *out, const char *const fields[], size_t count)
{
    for (size_t f = 0; f < count; f++) {
        csv_add_field(out, fields[f], ',');
        text_add_char(out, f + 1 < count ? ',' : '\n');
    }
}

static bool write_rows(const struct invocation *call,
                       const struct comparison *all, const char *path,
                       struct err *err)
{
    struct arena *run = call->run;
    struct text out = text_new(run);
    text_add(&out, "kind,table,cell,before,now,difference_percent,"
                   "cell_before,probability,adjusted\n");
    for (size_t c = 0; c < all->changes.count; c++) {
        const struct change *change = &all->changes.list[c];
        const char *const fields[] = {change_name(change->kind),
                                      table_of(change),
                                      id_of(change),
                                      published_text(run, &change->before),
                                      published_text(run, &change->now),
                                      percent(run, change),
                                      "",
                                      "",
                                      ""};
        if (is_listed(all, change))
            add_row(&out, fields, COUNT_OF(fields));
    }
    for (size_t i = 0; i < all->test_count; i++) {
        const struct count_test *test = &all->tests[i];
        const char *const fields[] = {"test",
                                      pub_id(test->now.table),
                                      test->now.id,
                                      published_text(run, &test->before),
                                      published_text(run, &test->now),
                                      "",
                                      test->before.id,
                                      probability(run, test->probability),
                                      probability(run, test->adjusted)};
        add_row(&out, fields, COUNT_OF(fields));
    }
    return fs_write(path, out.at, out.size, err);
}

/* Never over an edition that was compared. */
static bool write_all(const struct invocation *call,
                      const struct comparison *all, struct err *err)
{
    const char *path = option(call, "output"), *written = NULL;
    struct staged staged = staged_new(call->run);
    if (path == NULL)
        return true;
    if (staged_add(&staged, "-o", path, &written, err) &&
        staged_check_input(&staged, call->words[0], err) &&
        staged_check_input(&staged, call->words[1], err) &&
        write_rows(call, all, written, err))
        return staged_commit(&staged, err);
    staged_drop(&staged);
    return false;
}

/* --- prose ---------------------------------------------------------------- */

/* Texts are made by the scripts of a project; elsewhere cells alone are
 * compared, which is said. */
static bool compare_prose(const struct invocation *call, struct err *err)
{
    struct project *project = NULL;
    struct sayings before = {0}, now = {0};
    size_t paragraphs = 0;
    if (!fs_exists(fs_join(call->run, call->project, "panorama.lua"))) {
        printf("texts were not compared: no panorama.lua in '%s' (--project)\n",
               call->project);
        return true;
    }
    const struct invocation all_reports = {
        .run = call->run,
        .command = call->command,
        .words = NULL,
        .word_count = 0,
        .options = call->options,
        .option_count = call->option_count,
        .project = call->project,
        .jobs = call->jobs,
        .progress = call->progress,
    };
    if (!build_project(call, &project, err) ||
        !reread_edition(&all_reports, project, call->words[0], true, &before,
                        err) ||
        !reread_edition(&all_reports, project, call->words[1], false, &now,
                        err))
        return false;
    reread_print(call->run, &before, &now, &paragraphs);
    printf("%zu paragraph%s to read again\n", paragraphs, text_s(paragraphs));
    return true;
}

static bool read_least(const struct invocation *call, double *least,
                       struct err *err)
{
    const char *word = option(call, "revision");
    if (word != NULL && (!num_parse_double(word, least) || *least < 0.0))
        return err_fail(err, ERR_USAGE, "usage.revision",
                        "--revision '%s': expected percent, at least 0", word);
    return true;
}

static bool run_compare(const struct invocation *call, struct err *err)
{
    const struct edition *before = NULL, *now = NULL;
    struct comparison all = {0};
    if (!read_least(call, &all.least, err) ||
        !edition_read(call->run, call->words[0], &before, err) ||
        !edition_read(call->run, call->words[1], &now, err))
        return false;
    const struct cells *old = cells_list(call->run, before);
    const struct cells *new = cells_list(call->run, now);
    changes_find(call->run, old, new, &all.changes);
    changes_test(call->run, old, new, &all.tests, &all.test_count);
    for (size_t i = 0; i < all.test_count; i++)
        all.differ += all.tests[i].adjusted <= FALSE_DISCOVERIES;
    if (!write_all(call, &all, err))
        return false;
    print_all(call->run, &all);
    return compare_prose(call, err);
}

const struct command command_compare = {
    .name = "compare",
    .summary = "two editions: changed cells, prose to read again",
    .usage = "compare OLD.edition.db NEW.edition.db [--revision PERCENT] "
             "[-o CHANGES.csv]",
    .details =
        "Published values alone. A cell that both editions have is revised, "
        "marked otherwise,\nwithheld or shown; revisions of less than "
        "PERCENT are counted and not listed.\nCounts of a period that only "
        "the new edition has are tested against the last\nearlier "
        "period of as many years in the old one (Skellam's test, adjusted by "
        "Benjamini\nand Hochberg): the two share no case. What cells of the "
        "same period differ by is a\nrevision, and is not tested. Then "
        "the paragraphs whose values changed, as `lint\n--stale` lists "
        "them, where --project has the scripts of the reports.",
    .example = "panorama compare output/.inside/rnc-2025.edition.db "
               "output/.inside/rnc-2026.edition.db -o changes.csv",
    .options = "output= revision= fonts=",
    .min_words = 2,
    .max_words = 2,
    .run = run_compare,
};
