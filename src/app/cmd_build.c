/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "app/build.h"
#include "app/prose.h"
#include "base/fs.h"

static const char *outcome_words(enum release_outcome outcome)
{
    switch (outcome) {
    case RELEASE_CREATED:
        return "created";
    case RELEASE_UNCHANGED:
        return "unchanged, identical to the one that exists";
    case RELEASE_REPLACED:
        return "replaced";
    }
    return "";
}

static bool build_locked(const struct invocation *call,
                         const struct project *project, const struct plan *plan,
                         const char *output, struct err *err)
{
    const char *edition = arena_format(
        call->run, "%s/" RELEASE_STAGING "%s.edition.db", output, project->id);
    struct build_rendering rendering = {0};
    enum release_outcome outcome = RELEASE_CREATED;
    const struct build_inside inside = {edition, "", ""};
    bool ok = build_seal(call, project, plan, &inside, err) &&
              build_rendering(call, project, edition, &rendering, err);
    if (ok) {
        struct release_job job =
            build_job(call, &rendering, output, project->id);
        job.sealed = edition;
        job.kept = arena_format(call->run, "%s/" BUILD_INSIDE "/%s.edition.db",
                                output, project->id);
        ok = release_build(&job, &outcome, err);
    }
    if (ok)
        progress_note(call->progress, "release %s/%s: %s", output, project->id,
                      outcome_words(outcome));
    else {
        struct err ignored = {0};
        (void)!fs_remove(edition, &ignored);
    }
    fonts_close(rendering.fonts);
    return ok;
}

static bool run_build(const struct invocation *call, struct err *err)
{
    struct project *project = NULL;
    struct plan *plan = NULL;
    int lock = -1;
    progress_stage(call->progress, "plan", 0);
    if (!build_project(call, &project, err) ||
        !script_plan(call->run, project, call->words, call->word_count, &plan,
                     err) ||
        !prose_check(call, project, plan, err))
        return false;
    const char *output = option(call, "output");
    if (output == NULL)
        output = build_path(call->run, project, "output");
    if (!release_open(output, &lock, err))
        return false;
    bool ok = build_locked(call, project, plan, output, err);
    release_close(lock);
    return ok;
}

const struct command command_build = {
    .name = "build",
    .summary = "store -> edition -> release: everything",
    .usage = "build [REPORT...] [--lang L] [--store S] [--output DIR] "
             "[--release ID] [--replace]",
    .details =
        "Runs the reports of panorama.lua (or those named), applies disclosure "
        "control\nto the whole release, renders every document and makes "
        "output/RELEASE-ID/\nin one rename. A failure leaves nothing behind. "
        "Of a release under "
        "embargo or public\nthe editors' text is proofread first, as lint "
        "does: "
        "an error in it is status 3.",
    .example = "panorama build --jobs 2",
    .options = "lang= store= output= release= replace fonts=",
    .max_words = 64,
    .run = run_build,
};
