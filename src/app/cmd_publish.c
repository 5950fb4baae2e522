/* SPDX-License-Identifier: EUPL-1.2 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "app/build.h"
#include "base/fs.h"
#include "base/hash.h"
#include "base/json.h"
#include "pub/ledger.h"

/* A path without the slashes at its end, so that it has a last name. */
static const char *bare(struct arena *run, const char *path)
{
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    return arena_slice(run, path, size);
}

/* The edition that `build` kept beside the releases. */
static const char *kept_edition(struct arena *run, const char *release)
{
    const char *name = fs_name(release);
    const char *output = arena_slice(run, release, (size_t)(name - release));
    return arena_format(run, "%s" BUILD_INSIDE "/%s.edition.db", output, name);
}

static bool read_manifest(struct arena *run, const char *release,
                          const struct json **out, struct err *err)
{
    char *bytes = NULL;
    size_t size = 0;
    return fs_read(run, fs_join(run, release, "manifest.json"), &bytes, &size,
                   err) &&
           json_parse(run, "manifest.json", bytes, size, out, err);
}

/* The ledger records the edition: it must be the very one that the release
 * was rendered from. */
static bool open_edition(const struct invocation *call, const char *release,
                         const char *path, const struct edition **out,
                         struct err *err)
{
    const struct json *manifest = NULL;
    if (!read_manifest(call->run, release, &manifest, err))
        return false;
    if (!fs_exists(path))
        return err_fail(err, ERR_IO, "publish.edition",
                        "release '%s': its edition '%s' is missing; name it "
                        "with --edition, or build the release again",
                        fs_name(release), path);
    if (!edition_read(call->run, path, out, err))
        return false;
    if (text_same((*out)->hash, json_get_text(manifest, "edition")) &&
        text_same((*out)->project->id, json_get_text(manifest, "id")))
        return true;
    return err_fail(err, ERR_DISAGREE, "publish.edition",
                    "release '%s' was not rendered from edition '%s'",
                    fs_name(release), path);
}

/* Readers would take a draft for what was approved. */
static bool check_finished(const struct invocation *call,
                           const struct project *project, const char *release,
                           struct err *err)
{
    if (!state_replaceable(project->state) ||
        option(call, "unfinished") != NULL)
        return true;
    return err_fail(err, ERR_USAGE, "publish.state",
                    "release '%s' is of state '%s': expected 'public' or "
                    "'embargo', or --unfinished for one that was handed out "
                    "all the same",
                    fs_name(release), state_name(project->state));
}

static bool publish(const struct invocation *call, const char *ledger,
                    const char *release, const char *path, struct err *err)
{
    const struct edition *edition = NULL;
    enum ledger_outcome outcome = LEDGER_APPENDED;
    const char *file = "";
    char content[HASH_HEX_SIZE];
    size_t files = 0;
    if (!release_verify(release, &files, err) ||
        !open_edition(call, release, path, &edition, err))
        return false;
    assert(edition != NULL); /* it was opened */
    if (!check_finished(call, edition->project, release, err) ||
        !hash_file(fs_join(call->run, release, "SHA256SUMS"), content, err) ||
        !ledger_append(call->run, ledger, edition, content, &outcome, &file,
                       err))
        return false;
    printf("%s/%s: %s\n", ledger, file,
           outcome == LEDGER_APPENDED ? "appended" : "there already");
    return true;
}

static bool run_publish(const struct invocation *call, struct err *err)
{
    struct project *project = NULL;
    const char *release = bare(call->run, call->words[0]);
    const char *edition = option(call, "edition");
    if (!build_project(call, &project, err))
        return false;
    if (edition == NULL)
        edition = kept_edition(call->run, release);
    return publish(call, build_path(call->run, project, project->ledger),
                   release, edition, err);
}

const struct command command_publish = {
    .name = "publish",
    .summary = "writes a release into the ledger of what is published",
    .usage = "publish RELEASE [--edition FILE] [--unfinished]",
    .details =
        "Verifies a finished release and appends every cell that it shows or "
        "withholds\nto the project's ledger, hash-chained, for ever. Later "
        "releases are protected\nagainst readers who have this one. Again, "
        "it does nothing; after a crash it\ncompletes. --edition names the "
        "edition when it is not where build left it.\nA draft or a review copy "
        "is refused (status 1), but with --unfinished: whoever was\nhanded one "
        "out has its numbers, and later releases must know it.",
    .example = "panorama publish output/rnc-2026",
    .options = "edition= unfinished",
    .min_words = 1,
    .max_words = 1,
    .run = run_publish,
};
