/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "app/command.h"
#include "base/fs.h"
#include "base/num.h"
#include "base/task.h"
#include "store/store.h"

/* A store is never overwritten by mistake. */
static bool must_be_new(const char *path, struct err *err)
{
    return !fs_exists(path) ||
           err_fail(err, ERR_INPUT, "store.exists",
                    "'%s' exists already: name a store that is not there",
                    path);
}

/* Store commands read exact counts: they run in a child process, like the
 * closed half of a build. */
static bool sample(const struct invocation *call, struct err *err)
{
    const char *seed = option(call, "seed");
    int64_t value = 20260101;
    if (seed != NULL && (!num_parse_int64(seed, &value) || value < 0))
        return err_fail(err, ERR_USAGE, "usage.seed",
                        "--seed '%s': expected a whole number from 0", seed);
    return must_be_new(call->words[1], err) &&
           store_sample(call->words[1], (uint64_t)value, err);
}

static bool check(const struct invocation *call, struct err *err)
{
    struct text report = text_new(call->run);
    size_t errors = 0;
    if (!store_check(call->words[1], &report, &errors, err))
        return false;
    fputs(report.at, stdout);
    fflush(stdout);
    if (errors > 0)
        return err_fail(
            err, ERR_INPUT, "store.check", "store '%s': %zu rule%s broken",
            store_shown(call->run, call->words[1]), errors, text_s(errors));
    return true;
}

static bool info(const struct invocation *call, struct err *err)
{
    struct text report = text_new(call->run);
    if (!store_info(call->words[1], &report, err))
        return false;
    fputs(report.at, stdout);
    fflush(stdout);
    return true;
}

static bool import(const struct invocation *call, struct err *err)
{
    if (call->word_count != 3)
        return err_fail(err, ERR_USAGE, "usage.words",
                        "usage: panorama store import DIR STORE");
    return must_be_new(call->words[2], err) &&
           store_import(call->words[1], call->words[2], err);
}

static bool migrate(const struct invocation *call, struct err *err)
{
    if (call->word_count != 3)
        return err_fail(err, ERR_USAGE, "usage.words",
                        "usage: panorama store migrate STORE NEW");
    return must_be_new(call->words[2], err) &&
           store_migrate(call->words[1], call->words[2], err);
}

static bool run_word(void *context, size_t task, struct err *err)
{
    const struct invocation *call = context;
    (void)task;
    static const struct {
        const char *name;
        bool (*run)(const struct invocation *, struct err *);
    } words[] = {
        {"sample", sample}, {"import", import},   {"check", check},
        {"info", info},     {"migrate", migrate},
    };
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (text_same(call->words[0], words[i].name))
            return words[i].run(call, err);
    }
    return err_fail(
        err, ERR_USAGE, "usage.store",
        "store '%s': expected sample, import, check, info or migrate",
        call->words[0]);
}

static bool run_store(const struct invocation *call, struct err *err)
{
    struct invocation copy = *call;
    fflush(stdout);
    return task_run_child(run_word, &copy, err);
}

const struct command command_store = {
    .name = "store",
    .summary = "the registry store: sample, import, check, info, migrate",
    .usage = "store sample STORE [--seed N] | import DIR STORE | check STORE "
             "| info STORE | migrate STORE NEW",
    .details =
        "STORE is a file or an address postgresql://... (docs/store.md). "
        "sample "
        "makes the\nsynthetic national store; import reads a folder of CSV "
        "files named after the\nstore's tables, and imports nothing if one row "
        "is wrong; check runs the sanity\nrules (status 2 when one is broken); "
        "info says what is inside; migrate makes a new\nstore of today's "
        "schema of an older one, or of one of another kind.",
    .example = "panorama store sample build/demo.sqlite",
    .options = "seed=",
    .takes_stores = true,
    .min_words = 2,
    .max_words = 3,
    .run = run_store,
};
