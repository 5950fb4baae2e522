/* SPDX-License-Identifier: EUPL-1.2 */
/* app/suppress.h - the confidential half of `panorama suppress`.
 *
 * It reads a sheet or a JJ instance, protects it and writes what is asked, all
 * in a child process that is gone when this returns. The files it writes are
 * new: app/staged.h puts them in their places. */
#ifndef APP_SUPPRESS_H
#define APP_SUPPRESS_H

#include "base/progress.h"
#include "sdc/method.h"

/* Files are "" when they are not given. */
struct suppress_job {
    const char *leaves; /* or: */
    const char *jj_in;
    const struct sheet_source *sources;
    size_t source_count;
    const char *cost;
    const struct disclosure_method *method; /* of a sheet */
    struct sheet_policy policy;             /* without prices */
    struct method_policy change;            /* base and noise */
    const char *key_file;                   /* "": none is needed */
    bool why;
    const char *output; /* "": nothing is protected */
    const char *jj_out;
    const char *report;
    size_t memory_bytes; /* limit of the child, 0 none */
    struct progress *progress;
};

/* ERR_INPUT, ERR_DISCLOSURE, ERR_IO, ERR_MEMORY. */
bool suppress_run(const struct suppress_job *job, struct err *err) MUST_USE;

#endif
