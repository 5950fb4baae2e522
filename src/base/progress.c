/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/progress.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

enum { REDRAWS_A_SECOND = 10 };

static double now(void)
{
    struct timespec time = {0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double cpu_of(int who)
{
    struct rusage usage = {0};
    getrusage(who, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

static double cpu_now(void)
{
    return cpu_of(RUSAGE_SELF) + cpu_of(RUSAGE_CHILDREN);
}

/* The system splits the time of a process anew at each call: the sum may seem
 * to shrink by a hair. */
static double cpu_spent(const struct progress *progress)
{
    return fmax(0, cpu_now() - progress->cpu_started);
}

struct progress progress_new(bool quiet, bool json)
{
    return (struct progress){
        .quiet = quiet,
        .json = json,
        .terminal = !json && isatty(STDERR_FILENO) == 1,
    };
}

/* --- one form each ------------------------------------------------------- */

static void write_json(const struct progress *progress, const char *event,
                       const char *note)
{
    struct arena *scratch = arena_new();
    struct text line = text_new(scratch);
    text_format(&line, "{\"event\":\"%s\"", event);
    if (progress->stage) {
        text_add(&line, ",\"stage\":");
        text_add_json(&line, progress->stage);
        text_format(&line, ",\"done\":%zu,\"total\":%zu,\"seconds\":%.3f",
                    progress->done, progress->total, now() - progress->started);
    }
    if (note) {
        text_add(&line, ",\"note\":");
        text_add_json(&line, note);
    } else {
        text_format(&line, ",\"cpu_seconds\":%.3f", cpu_spent(progress));
    }
    text_add(&line, "}\n");
    fputs(line.at, stderr);
    arena_free(scratch);
}

/* Redraws the terminal line: "reading store  12/40  0:32 left". */
static void draw(struct progress *progress)
{
    double elapsed = now() - progress->started;
    fprintf(stderr, "\r\033[K%s", progress->stage);
    if (progress->total > 0)
        fprintf(stderr, "  %zu/%zu", progress->done, progress->total);
    if (progress->done > 0 && progress->done < progress->total &&
        elapsed >= 1) {
        double left = elapsed / (double)progress->done *
                      (double)(progress->total - progress->done);
        long seconds = (long)left + 1;
        fprintf(stderr, "  %ld:%02ld left", seconds / 60, seconds % 60);
    }
    fflush(stderr);
    progress->last_drawn = now();
}

static void finish_stage(struct progress *progress)
{
    if (!progress->stage || progress->quiet)
        return;
    if (progress->json) {
        write_json(progress, "end", NULL);
        return;
    }
    fprintf(stderr, "%s%s: %.1f s (%.1f s of processor time)\n",
            progress->terminal ? "\r\033[K" : "", progress->stage,
            now() - progress->started, cpu_spent(progress));
}

/* --- stages -------------------------------------------------------------- */

void progress_stage(struct progress *progress, const char *stage, size_t total)
{
    finish_stage(progress);
    progress->stage = stage;
    progress->done = 0;
    progress->total = total;
    progress->started = now();
    progress->cpu_started = cpu_now();
    if (progress->quiet)
        return;
    if (progress->json)
        write_json(progress, "start", NULL);
    else if (progress->terminal)
        draw(progress);
    else
        fprintf(stderr, "%s...\n", stage);
}

void progress_step(struct progress *progress, size_t done)
{
    progress->done = done;
    if (progress->quiet || !progress->stage ||
        !(progress->terminal || progress->json))
        return;
    bool last = progress->total > 0 && done >= progress->total;
    if (!last && now() - progress->last_drawn < 1.0 / REDRAWS_A_SECOND)
        return;
    progress->last_drawn = now();
    if (progress->json)
        write_json(progress, "step", NULL);
    else
        draw(progress);
}

void progress_end(struct progress *progress)
{
    finish_stage(progress);
    progress->stage = NULL;
    progress->done = 0;
    progress->total = 0;
}

void progress_note(struct progress *progress, const char *format, ...)
{
    char note[1024];
    va_list args;
    if (progress->quiet)
        return;
    va_start(args, format);
    vsnprintf(note, sizeof note, format, args);
    va_end(args);
    if (progress->json) {
        write_json(progress, "note", note);
        return;
    }
    fprintf(stderr, "%s%s\n", progress->terminal ? "\r\033[K" : "", note);
    if (progress->terminal && progress->stage)
        draw(progress);
}
