/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/suppress.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/task.h"
#include "base/text.h"
#include "sdc/jj.h"
#include "sdc/protect_jj.h"
#include "sdc/sheet_cost.h"
#include "sdc/sheet_loss.h"
#include "sdc/sheet_primary.h"
#include "seal/seal.h"

static bool is_given(const char *file)
{
    return file[0] != '\0';
}

/* Whatever it is busy with then: reading, choosing, auditing or writing. */
static bool set_limits(const struct suppress_job *job, struct err *err)
{
    double seconds = job->policy.seconds;
    return (seconds <= 0.0 || task_limit_time(seconds, err)) &&
           (job->memory_bytes == 0 ||
            task_limit_memory(job->memory_bytes, err));
}

/* Timers tick too seldom for what is done in a moment. */
static bool check_time(const struct sheet_policy *policy, struct err *err)
{
    double used = (double)clock() / CLOCKS_PER_SEC;
    return policy->seconds <= 0.0 || used <= policy->seconds ||
           err_fail(err, ERR_IO, "task.time", "it took more CPU time");
}

/* A limit that is reached is a doubt like any other. */
static bool fail_limits(const struct suppress_job *job, struct err *err)
{
    struct err cause = *err;
    const char *limit =
        text_same(cause.id, "task.time") ? "time"
        : job->memory_bytes > 0 && (text_same(cause.id, "task.memory") ||
                                    text_same(cause.id, "task.signal"))
            ? "memory"
            : NULL;
    if (limit == NULL)
        return false;
    *err = (struct err){0};
    return err_fail(err, ERR_DISCLOSURE, "suppress.limit",
                    "the %s limit came before all was protected: %s", limit,
                    cause.text);
}

/* How much is suppressed may be known; why, and how many cases, may not. */
static void tell(struct progress *progress, const struct sheet_report *report)
{
    progress_note(progress, "%zu cell%s, %zu suppressed", report->cells,
                  text_s(report->cells), report->primary + report->secondary);
}

/* --- a sheet -------------------------------------------------------------- */

static bool read_sheet(struct arena *closed, const struct suppress_job *job,
                       struct sheet **sheet, struct sheet_policy *policy,
                       struct err *err)
{
    int64_t *prices = NULL;
    progress_stage(job->progress, "read", 0);
    if (!sheet_read_axes(closed, job->sources, job->source_count, sheet, err) ||
        !sheet_read_leaves(closed, *sheet, job->leaves, err))
        return false;
    if (is_given(job->cost) &&
        !sheet_read_cost(closed, *sheet, job->cost, &prices, err))
        return false;
    policy->prices = prices;
    return true;
}

/* Without a key the order of the cells breaks ties. */
static bool take_key(struct arena *closed, const struct suppress_job *job,
                     struct sheet_policy *policy, struct err *err)
{
    struct hash_key *key = arena_alloc(closed, sizeof *key);
    if (!is_given(job->key_file))
        return true;
    policy->key = key;
    return method_read_key(closed, job->key_file, key, err);
}

static bool protect_sheet(struct arena *closed, const struct suppress_job *job,
                          struct sheet *sheet,
                          const struct sheet_policy *policy, struct err *err)
{
    struct sheet_report report = {0};
    if (!is_given(job->output))
        return sheet_mark_primaries(sheet, policy, err);
    progress_stage(job->progress, "protect", 0);
    if (!sheet_protect(closed, sheet, policy, &report, err))
        return false;
    tell(job->progress, &report);
    return true;
}

static bool write_sheet(struct arena *closed, const struct suppress_job *job,
                        const struct sheet *sheet,
                        const struct sheet_policy *policy, struct err *err)
{
    struct jj *jj = NULL;
    progress_stage(job->progress, "write", 0);
    if (is_given(job->jj_out) &&
        !(jj_from_sheet(closed, sheet, policy, &jj, err) &&
          jj_write(jj, job->jj_out, err)))
        return false;
    return (!is_given(job->report) ||
            sheet_write_loss(sheet, job->report, err)) &&
           (!is_given(job->output) ||
            sheet_write(sheet, job->output, job->why, err));
}

/* Every cell is shown with a number that is not its own. What readers need
 * to know of the method is told: it is to be published with the table. */
static void tell_change(const struct suppress_job *job,
                        const struct sheet *sheet,
                        const struct method_result *result)
{
    if (result->reach == 0)
        progress_note(job->progress, "%zu cell%s, all of them %s", sheet->cells,
                      text_s(sheet->cells), job->method->status);
    else
        progress_note(job->progress,
                      "%zu cell%s, %s to multiples of %" PRId64
                      ", each less than %" PRId64 " from the exact count",
                      sheet->cells, text_s(sheet->cells), job->method->status,
                      job->change.base, result->reach * job->change.base);
}

static bool change_sheet(struct arena *closed, const struct suppress_job *job,
                         struct sheet *sheet, struct err *err)
{
    struct method_policy policy = job->change;
    struct method_result result;
    policy.threshold = job->policy.threshold;
    if (!method_read_key(closed, job->key_file, &policy.key, err))
        return false;
    progress_stage(job->progress, "protect", 0);
    if (!job->method->apply(closed, sheet, &policy, &result, err) ||
        !job->method->audit(sheet, &policy, &result, err))
        return false;
    tell_change(job, sheet, &result);
    progress_stage(job->progress, "write", 0);
    return sheet_write_changed(sheet, result.values, job->method->status,
                               job->output, err);
}

static bool run_sheet(struct arena *closed, const struct suppress_job *job,
                      struct err *err)
{
    struct sheet *sheet = NULL;
    struct sheet_policy policy = job->policy;
    if (!read_sheet(closed, job, &sheet, &policy, err))
        return false;
    if (job->method != &method_suppression)
        return change_sheet(closed, job, sheet, err);
    return take_key(closed, job, &policy, err) &&
           protect_sheet(closed, job, sheet, &policy, err) &&
           write_sheet(closed, job, sheet, &policy, err);
}

/* --- a JJ instance -------------------------------------------------------- */

static bool run_jj(struct arena *closed, const struct suppress_job *job,
                   struct err *err)
{
    struct jj *jj = NULL;
    struct sheet_report report = {0};
    progress_stage(job->progress, "read", 0);
    if (!jj_read(closed, job->jj_in, &jj, err))
        return false;
    progress_stage(job->progress, "protect", 0);
    if (is_given(job->output) && !jj_protect(closed, jj, &report, err))
        return false;
    if (is_given(job->output))
        tell(job->progress, &report);
    progress_stage(job->progress, "write", 0);
    return (!is_given(job->jj_out) || jj_write(jj, job->jj_out, err)) &&
           (!is_given(job->output) ||
            jj_write_csv(jj, job->output, job->why, err));
}

static bool run_closed(void *context, size_t task, struct err *err)
{
    const struct suppress_job *job = context;
    struct arena *closed = arena_new();
    (void)task;
    bool ok = seal_close_process(err) && set_limits(job, err) &&
              (is_given(job->jj_in) ? run_jj : run_sheet)(closed, job, err) &&
              check_time(&job->policy, err);
    arena_wipe(closed);
    progress_end(job->progress);
    return ok;
}

bool suppress_run(const struct suppress_job *job, struct err *err)
{
    struct suppress_job copy = *job;
    return task_run_child(run_closed, &copy, err) || fail_limits(job, err);
}
