/* SPDX-License-Identifier: EUPL-1.2 */
/* seal/seal.h - the one door between exact and published numbers.
 *
 * Copies what disclosure control cleared into published tables. A cell is
 * shown only if its whole support is shown, or a waiver names its kind; every
 * other cell arrives without a number. */
#ifndef SEAL_SEAL_H
#define SEAL_SEAL_H

#include "calc/derived.h"
#include "pub/edition.h"
#include "sdc/sdc.h"

/* Which territories of a level touch, from public boundaries: the places in
 * `codes` of the neighbours of each. */
struct seal_map {
    const char *level;
    const char *const *codes;   /* [count] */
    const size_t *const *lists; /* [count], each [sizes[i]] */
    const size_t *sizes;
    size_t count;
};

/* Finds the map of a level; *out is NULL where there are no boundaries. */
typedef bool seal_map_find(void *context, const char *level,
                           const struct seal_map **out, struct err *err);

/* Runs the closed half: store -> cubes -> derived values -> disclosure control
 * -> edition file. Opens the store itself and closes it before returning.
 * Call it in a child process. ERR_INPUT, ERR_SCRIPT, ERR_DISCLOSURE, ERR_IO. */
struct seal_job {
    const struct project *project;
    const struct plan *plan;
    const char *store;       /* address */
    const char *version;     /* program version */
    const char *output;      /* edition file to create */
    const char *review;      /* inside report to write, or "" */
    const char *certificate; /* inside proof to write, or "" */
    const char *ledger;      /* directory of what was published before */
    const char *key_file;    /* of the inside key, or "" */
    seal_map_find *find_map; /* for spatial statistics */
    void *map_context;
    int jobs; /* processes of a permutation test; nothing depends on it */
    struct progress *progress;
};
bool seal_run(const struct seal_job *job, struct err *err) MUST_USE;

/* Writes an edition of the plan in which no cell has a value. Of the store it
 * reads the codes alone; also in a child process. */
bool seal_outline(const struct seal_job *job, struct err *err) MUST_USE;

/* Makes this process, a child, one that may hold exact counts. */
bool seal_close_process(struct err *err) MUST_USE;

#endif
