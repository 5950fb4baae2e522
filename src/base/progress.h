/* SPDX-License-Identifier: EUPL-1.2 */
/* base/progress.h - what a long run is doing, for the person waiting.
 *
 * On a terminal one line is redrawn: stage, done/total, time left. Elsewhere
 * plain lines appear at stage starts and ends. With json set, one JSON object
 * a line. Quiet prints nothing. Progress goes to stderr and never holds a
 * count from the store. */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include "base/base.h"

struct progress {
    bool quiet;
    bool json;
    bool terminal;
    const char *stage; /* current stage or NULL */
    size_t done;
    size_t total;
    double started;     /* monotonic seconds of the stage */
    double last_drawn;  /* monotonic seconds */
    double cpu_started; /* CPU seconds, self and waited children */
};

/* Looks whether stderr is a terminal; says nothing yet. */
struct progress progress_new(bool quiet, bool json);
/* Starts a stage of `total` steps (0: unknown); ends the previous one. */
void progress_stage(struct progress *progress, const char *stage, size_t total);
/* `done` steps of the stage are done, from its beginning on. */
void progress_step(struct progress *progress, size_t done);
/* Ends the last stage. */
void progress_end(struct progress *progress);
/* A plain remark for people, also in JSON mode; silent when quiet. */
void progress_note(struct progress *progress, const char *format, ...)
    PRINTF_LIKE(2, 3);

#endif
