/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/build.h"
#include "base/fs.h"

static bool run_protect(const struct invocation *call, struct err *err)
{
    struct project *project = NULL;
    struct plan *plan = NULL;
    const char *output = option(call, "output");
    const char *review = option(call, "review");
    if (output == NULL)
        return err_fail(err, ERR_USAGE, "usage.output",
                        "protect needs -o FILE for the edition");
    if (fs_exists(output))
        return err_fail(err, ERR_IO, "edition.exists",
                        "edition '%s' exists already", output);
    progress_stage(call->progress, "plan", 0);
    if (!build_project(call, &project, err) ||
        !script_plan(call->run, project, call->words, call->word_count, &plan,
                     err))
        return false;
    const char *partial = arena_format(call->run, "%s.tmp", output);
    struct err ignored = {0};
    bool ok = fs_remove(partial, err) &&
              build_seal(call, project, plan, partial,
                         review == NULL ? "" : review, err) &&
              fs_rename(partial, output, err);
    if (!ok)
        (void)!fs_remove(partial, &ignored);
    return ok;
}

const struct command command_protect = {
    .name = "protect",
    .summary = "the closed half alone: store -> edition.db",
    .usage = "protect [REPORT...] -o edition.db [--review FILE] "
             "[--certificate FILE] [--store S] [--lang L]",
    .details = "Reads the store, protects the whole release and seals it. "
               "--review writes,\nfor inside eyes only, what is suppressed "
               "and why; cells are named, counts are not. --certificate "
               "writes the proof, with the true\ncounts, for `panorama audit "
               "--certificate`: it stays inside.",
    .example = "panorama protect -o /secure/edition.db",
    .options = "output= review= certificate= store= lang= release=",
    .max_words = 64,
    .run = run_protect,
};
