/* SPDX-License-Identifier: EUPL-1.2 */
/* release/release.h - from documents to a release directory, all or nothing.
 *
 * Files are written into OUTPUT/.tmp-ID, each is read back and compared with
 * the edition, then come the index page, manifest.json and SHA256SUMS, and one
 * rename makes OUTPUT/ID. The output directory is locked meanwhile; leftovers
 * of a killed run are removed at the next, but for a draft that was being
 * replaced: that stays in OUTPUT/.replaced-ID until a release ID has appeared.
 * The result does not depend on the number of jobs. */
#ifndef RELEASE_RELEASE_H
#define RELEASE_RELEASE_H

#include "base/progress.h"
#include "format/format.h"

/* Makes document number `document` (0-based) in the arena. Called in workers.
 */
typedef bool release_make(struct arena *open, void *context, size_t document,
                          struct document **out, struct err *err);

struct release_job {
    const struct edition *edition;
    const struct project *project; /* with directories */
    const struct fonts *fonts;
    const char *output;    /* directory that holds releases */
    const char *name;      /* of the release directory in it */
    const char *sealed;    /* file of the edition, or "" */
    const char *kept;      /* where that is moved when the release appears */
    const char *templates; /* directory of templates/ */
    size_t documents;
    release_make *make;
    void *context;
    const struct pair *versions; /* libraries, for the manifest */
    size_t version_count;
    int jobs;
    bool replace; /* the draft or review copy that stands there */
    struct progress *progress;
};

/* Work of one format over all documents: CPU seconds. */
struct release_time {
    const char *name;
    double cpu_s;
};

enum release_outcome {
    RELEASE_CREATED,
    RELEASE_UNCHANGED, /* the same bytes were there already */
    RELEASE_REPLACED,
};

/* Locks OUTPUT (created when absent) for this process and removes what a
 * killed run left there: entries named RELEASE_STAGING... . */
#define RELEASE_STAGING ".tmp-"
bool release_open(const char *output, int *lock, struct err *err) MUST_USE;
void release_close(int lock); /* gives the lock back */

/* Builds OUTPUT/NAME, between release_open and release_close, and keeps its
 * edition. ERR_IO, ERR_SCRIPT, ERR_DISAGREE; or ERR_USAGE when the name exists
 * with other content and may not be replaced. After any of them OUTPUT holds
 * what it held before; where even the way back fails the message says what
 * stands, and where the draft lies. */
bool release_build(const struct release_job *job, enum release_outcome *outcome,
                   struct err *err) MUST_USE;

/* A card per document, kept for the index page and the manifest: written by
 * workers beside the documents and removed before the release appears. What
 * holds them is a part of a release. */
#define RELEASE_CARDS ".cards"

/* Writes only the documents whose number modulo `shards` is `shard` into
 * DIRECTORY, without index and manifest: `panorama render --shard`. */
bool release_render(const struct release_job *job, size_t shard, size_t shards,
                    const char *directory, struct err *err) MUST_USE;

/* Completes a directory of documents with index, manifest and checksums. */
bool release_complete(const struct release_job *job, const char *directory,
                      struct err *err) MUST_USE;

/* Checks a finished release: SHA256SUMS and manifest.json agree with the
 * files, none is missing, none is extra. ERR_DISAGREE names the file; ERR_IO
 * "release.missing" where there is no such folder. */
bool release_verify(const char *directory, size_t *files,
                    struct err *err) MUST_USE;

/* Reads every file of a finished release again and compares what it says with
 * the edition that it was made from: cells, key figures and the values in
 * texts, `compared` of them. ERR_DISAGREE names the file and the cell. */
bool release_reread(const struct release_job *job, const char *directory,
                    size_t *compared, struct err *err) MUST_USE;

#endif
