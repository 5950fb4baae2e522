/* SPDX-License-Identifier: EUPL-1.2 */
/* The one rename. */
#include <string.h>

#include "base/fs.h"
#include "base/json.h"
#include "release/release_impl.h"

/* Same SHA256SUMS, same release. */
static bool same_release(struct arena *scratch, const char *a, const char *b)
{
    struct err ignored = {0};
    char *left = NULL, *right = NULL;
    size_t left_size = 0, right_size = 0;
    return fs_read(scratch, fs_join(scratch, a, "SHA256SUMS"), &left,
                   &left_size, &ignored) &&
           fs_read(scratch, fs_join(scratch, b, "SHA256SUMS"), &right,
                   &right_size, &ignored) &&
           left_size == right_size && memcmp(left, right, left_size) == 0;
}

/* What stands there decides: a draft gives way to what becomes of it, and what
 * is public to nothing. */
static bool gives_way(struct arena *scratch, const char *release)
{
    struct err ignored = {0};
    char *bytes = NULL;
    size_t size = 0;
    const struct json *manifest = NULL;
    enum project_state state;
    return fs_read(scratch, fs_join(scratch, release, "manifest.json"), &bytes,
                   &size, &ignored) &&
           json_parse(scratch, "manifest.json", bytes, size, &manifest,
                      &ignored) &&
           state_parse(json_get_text(manifest, "state"), &state) &&
           state_replaceable(state);
}

/* The edition comes last: until it is kept, the release can be taken back. */
static bool settle(const struct release_job *job, struct arena *scratch,
                   struct err *err)
{
    if (job->sealed[0] == '\0')
        return fs_sync(job->output, err);
    return fs_make_directory(fs_directory(scratch, job->kept), err) &&
           fs_sync(job->output, err) && fs_rename(job->sealed, job->kept, err);
}

/* Once both stand there is nothing to take back: what may not outlast a loss
 * of power is told. */
static bool keep(const struct release_job *job, struct arena *scratch,
                 struct err *err)
{
    return job->sealed[0] == '\0' ||
           fs_sync(fs_directory(scratch, job->kept), err) ||
           err_wrap(err, "'%s' stands with its edition", job->name);
}

static bool create(const struct release_job *job, struct arena *scratch,
                   const char *staging, const char *final, struct err *err)
{
    struct err ignored = {0};
    if (!fs_rename(staging, final, err))
        return false;
    if (settle(job, scratch, err))
        return true;
    return fs_rename(final, staging, &ignored)
               ? false
               : err_wrap(err, "'%s' stands without its edition", final);
}

/* `replaced` has a name that no run sweeps: from the exchange on it holds the
 * only copy of the draft, until the edition is kept or the way back is gone. */
static bool replace(const struct release_job *job, struct arena *scratch,
                    const char *staging, const char *final,
                    const char *replaced, struct err *err)
{
    struct err ignored = {0};
    if (!fs_remove(replaced, err) || !fs_rename(staging, replaced, err))
        return false;
    bool exchanged = fs_exchange(replaced, final, err);
    if (exchanged && settle(job, scratch, err))
        return true;
    if (exchanged && !fs_exchange(replaced, final, &ignored))
        return err_wrap(err,
                        "'%s' stands without its edition, and the draft that "
                        "it replaced lies in '%s'",
                        final, replaced);
    (void)!fs_remove(replaced, &ignored);
    return false;
}

static bool appear(const struct release_job *job, struct arena *scratch,
                   const char *staging, const char *replaced,
                   enum release_outcome *outcome, struct err *err)
{
    const char *final = fs_join(scratch, job->output, job->name);
    if (!fs_exists(final)) {
        *outcome = RELEASE_CREATED;
        return create(job, scratch, staging, final, err);
    }
    if (same_release(scratch, staging, final)) {
        *outcome = RELEASE_UNCHANGED;
        return settle(job, scratch, err);
    }
    if (!job->replace || !gives_way(scratch, final))
        return err_fail(err, ERR_USAGE, "release.exists",
                        "release '%s' exists with other content; only a draft "
                        "or a review copy can be replaced, with --replace",
                        job->name);
    *outcome = RELEASE_REPLACED;
    return replace(job, scratch, staging, final, replaced, err);
}

bool release_appear(const struct release_job *job, const char *staging,
                    enum release_outcome *outcome, struct err *err)
{
    struct arena *scratch = arena_new();
    struct err ignored = {0};
    const char *replaced = arena_format(
        scratch, "%s/" RELEASE_REPLACED_DRAFT "%s", job->output, job->name);
    bool ok = appear(job, scratch, staging, replaced, outcome, err);
    if (ok)
        (void)!fs_remove(replaced, &ignored); /* what is left stays hidden */
    ok = ok && keep(job, scratch, err);
    arena_free(scratch);
    return ok;
}
