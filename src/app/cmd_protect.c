/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/build.h"
#include "app/staged.h"
#include "base/fs.h"

/* The edition last: it is not there unless its review and its proof are. */
static bool take_outputs(const struct invocation *call, struct staged *staged,
                         struct build_inside *inside, struct err *err)
{
    return staged_add(staged, "-o", option(call, "output"), &inside->edition,
                      err) &&
           staged_add(staged, "--review", option(call, "review"),
                      &inside->review, err) &&
           staged_add(staged, "--certificate", option(call, "certificate"),
                      &inside->certificate, err);
}

static bool run_protect(const struct invocation *call, struct err *err)
{
    struct project *project = NULL;
    struct plan *plan = NULL;
    struct build_inside inside;
    struct staged staged = staged_new(call->run);
    const char *output = option(call, "output");
    if (output == NULL)
        return err_fail(err, ERR_USAGE, "usage.output",
                        "protect needs -o FILE for the edition");
    if (fs_exists(output))
        return err_fail(err, ERR_IO, "edition.exists",
                        "edition '%s' exists already", output);
    progress_stage(call->progress, "plan", 0);
    if (!build_project(call, &project, err) ||
        !script_plan(call->run, project, call->words, call->word_count, &plan,
                     err) ||
        !take_outputs(call, &staged, &inside, err))
        return false;
    if (build_seal(call, project, plan, &inside, err))
        return staged_commit(&staged, err);
    staged_drop(&staged);
    return false;
}

const struct command command_protect = {
    .name = "protect",
    .summary = "the closed half alone: store -> edition.db",
    .usage = "protect [REPORT...] -o edition.db [--review FILE] "
             "[--certificate FILE] [--store S] [--lang L]",
    .details = "Reads the store, protects the whole release and seals it. "
               "--review writes,\nfor inside eyes only, what is suppressed "
               "and why; cells are named, counts are not. --certificate "
               "writes the proof for each\naudience, with the true counts, for "
               "`panorama audit "
               "--certificate`: it stays inside.",
    .example = "panorama protect -o /secure/edition.db",
    .options = "output= review= certificate= store= lang= release=",
    .max_words = 64,
    .run = run_protect,
};
