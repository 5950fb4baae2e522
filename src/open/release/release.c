/* SPDX-License-Identifier: EUPL-1.2 */
#include "release/release_impl.h"

#include <sys/mman.h>
#include <time.h>

#include "base/fs.h"
#include "base/task.h"

/* What a worker needs for one document. */
struct rendering {
    const struct release_job *job;
    const char *directory;
    size_t shard, shards;
    struct release_time *times; /* shared between processes */
    size_t *compared;           /* of each document, shared; NULL: not asked */
};

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static size_t format_count(void)
{
    size_t count = 0;
    while (formats[count] != NULL)
        count++;
    return count;
}

/* Times per format plus "page" and "verify"; added up by all workers. A lost
 * update only blurs a benchmark figure. */
static struct release_time *times_new(void)
{
    size_t size = (format_count() + 2) * sizeof(struct release_time);
    struct release_time *times = mmap(NULL, size, PROT_READ | PROT_WRITE,
                                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (times == MAP_FAILED)
        err_out_of_memory();
    for (size_t f = 0; f < format_count(); f++)
        times[f].name = formats[f]->name;
    times[format_count()].name = "page";
    times[format_count() + 1].name = "verify";
    return times;
}

static void times_free(struct release_time *times)
{
    munmap(times, (format_count() + 2) * sizeof *times);
}

static bool write_formats(const struct rendering *rendering,
                          const struct format_job *job, struct err *err)
{
    const struct document *document = job->document;
    for (size_t i = 0; i < document->format_count; i++) {
        const struct format *format = format_find(document->formats[i]);
        if (format == NULL)
            return err_fail(err, ERR_SCRIPT, "format.unknown",
                            "unknown format '%s'", document->formats[i]);
        size_t f = 0;
        while (formats[f] != format)
            f++;
        double before = cpu_seconds();
        if (!format->write(job, err))
            return err_wrap(err, "%s", format->name);
        double written = cpu_seconds();
        if (!format->verify(job, err))
            return err_wrap(err, "%s", format->name);
        rendering->times[f].cpu_s += written - before;
        rendering->times[format_count() + 1].cpu_s += cpu_seconds() - written;
    }
    return true;
}

static bool render_document(const struct rendering *rendering, size_t number,
                            struct arena *open, struct err *err)
{
    const struct release_job *job = rendering->job;
    struct document *document = NULL;
    double before = cpu_seconds();
    if (!job->make(open, job->context, number, &document, err))
        return false;
    rendering->times[format_count()].cpu_s += cpu_seconds() - before;
    const char *directory =
        fs_join(open, rendering->directory, document->directory);
    struct format_job format_job = {
        .document = document,
        .fonts = job->fonts,
        .root = rendering->directory,
        .templates = job->templates,
    };
    if (!fs_make_directory(directory, err) ||
        !write_formats(rendering, &format_job, err) ||
        !release_card(job, document, number, rendering->directory, err))
        return err_wrap(err, "document '%s'", document->name);
    return true;
}

/* Document numbers of one shard, one after the other. */
static bool run_task(void *context, size_t task, struct err *err)
{
    const struct rendering *rendering = context;
    struct arena *open = arena_new();
    bool ok = render_document(
        rendering, task * rendering->shards + rendering->shard, open, err);
    arena_free(open);
    return ok;
}

static void report_times(const struct release_job *job,
                         const struct release_time *times)
{
    for (size_t f = 0; f < format_count() + 2; f++) {
        if (times[f].cpu_s > 0.0)
            progress_note(job->progress, "render %s: %.2f s CPU", times[f].name,
                          times[f].cpu_s);
    }
}

bool release_render(const struct release_job *job, size_t shard, size_t shards,
                    const char *directory, struct err *err)
{
    assert(shards > 0 && shard < shards);
    struct rendering rendering = {
        .job = job,
        .directory = directory,
        .shard = shard,
        .shards = shards,
        .times = times_new(),
    };
    size_t tasks =
        job->documents > shard ? (job->documents - shard - 1) / shards + 1 : 0;
    struct arena *scratch = arena_new();
    progress_stage(job->progress, "render", tasks);
    bool ok =
        fs_make_directory(fs_join(scratch, directory, RELEASE_CARDS), err) &&
        task_run_all(tasks, job->jobs, run_task, &rendering, job->progress,
                     err);
    progress_end(job->progress);
    if (ok)
        report_times(job, rendering.times);
    times_free(rendering.times);
    arena_free(scratch);
    return ok;
}

/* Every finished file of a document once more. */
static bool reread_task(void *context, size_t number, struct err *err)
{
    const struct rendering *rendering = context;
    const struct release_job *job = rendering->job;
    struct arena *open = arena_new();
    struct document *document = NULL;
    bool ok = job->make(open, job->context, number, &document, err);
    for (size_t i = 0; ok && i < document->format_count; i++) {
        const struct format_job format_job = {
            .document = document,
            .fonts = job->fonts,
            .root = rendering->directory,
            .templates = job->templates,
            .compared = &rendering->compared[number],
        };
        const struct format *format = format_find(document->formats[i]);
        ok = format == NULL
                 ? err_fail(err, ERR_SCRIPT, "format.unknown",
                            "unknown format '%s'", document->formats[i])
                 : format->verify(&format_job, err);
    }
    if (!ok && document != NULL)
        err_wrap(err, "document '%s'", document->name);
    arena_free(open);
    return ok;
}

bool release_reread(const struct release_job *job, const char *directory,
                    size_t *compared, struct err *err)
{
    size_t size = (job->documents + 1) * sizeof *compared;
    struct rendering rendering = {
        .job = job,
        .directory = directory,
        .compared = task_shared_new(size),
    };
    progress_stage(job->progress, "verify", job->documents);
    bool ok = task_run_all(job->documents, job->jobs, reread_task, &rendering,
                           job->progress, err);
    progress_end(job->progress);
    *compared = 0;
    for (size_t d = 0; d < job->documents; d++)
        *compared += rendering.compared[d];
    task_shared_free(rendering.compared, size);
    return ok;
}

bool release_complete(const struct release_job *job, const char *directory,
                      struct err *err)
{
    struct arena *scratch = arena_new();
    const char *cards = fs_join(scratch, directory, RELEASE_CARDS);
    progress_stage(job->progress, "manifest", 0);
    struct text waivers = text_new(scratch);
    bool ok = release_index(job, directory, err) &&
              release_waivers(directory, &waivers, err) &&
              fs_remove(cards, err) &&
              release_manifest(job, directory, waivers.at, err) &&
              release_sums(directory, err);
    size_t files = 0;
    ok = ok && release_verify(directory, &files, err);
    progress_end(job->progress);
    arena_free(scratch);
    return ok;
}

bool release_open(const char *output, int *lock, struct err *err)
{
    struct arena *scratch = arena_new();
    bool ok = fs_make_directory(output, err) &&
              fs_lock(fs_join(scratch, output, ".lock"), lock, err);
    if (ok && !fs_sweep(output, RELEASE_STAGING, err)) {
        fs_unlock(*lock);
        ok = false;
    }
    arena_free(scratch);
    return ok || err_wrap(err, "output '%s'", output);
}

void release_close(int lock)
{
    fs_unlock(lock);
}

bool release_build(const struct release_job *job, enum release_outcome *outcome,
                   struct err *err)
{
    struct arena *scratch = arena_new();
    const char *staging = arena_format(scratch, "%s/%s%s", job->output,
                                       RELEASE_STAGING, job->name);
    bool ok = fs_make_directory(staging, err) &&
              release_render(job, 0, 1, staging, err) &&
              release_complete(job, staging, err) &&
              fs_sync_tree(staging, err) &&
              release_appear(job, staging, outcome, err);
    struct err ignored = {0};
    (void)!fs_remove(staging, &ignored); /* what is left goes at the next run */
    arena_free(scratch);
    return ok || err_wrap(err, "release '%s'", job->name);
}
