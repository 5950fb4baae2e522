/* SPDX-License-Identifier: EUPL-1.2 */
/* base/task.h - forked workers.
 *
 * Runs `count` independent tasks in up to `jobs` forked processes. Tasks are
 * handed out one by one over sockets, so uneven ones balance. A worker shares
 * the parent's memory as it was at the call and returns only success or an
 * err; results are files, or go into shared memory. The outcome does not depend
 * on `jobs`. With jobs == 1 tasks run in the calling process. Each worker may
 * take the CPU time that a limit left to this process at the call. */
#ifndef BASE_TASK_H
#define BASE_TASK_H

#include "base/err.h"
#include "base/progress.h"

typedef bool task_run(void *context, size_t task, struct err *err);

/* Fails with the error of the lowest-numbered failed task; a worker that dies
 * fails its task with ERR_IO (named by its signal; ERR_MEMORY when it ran out
 * of memory). Then no more tasks are started, running ones with a higher
 * number are killed, lower ones finish. Workers die with this process and
 * never outlive the call. `progress` may be NULL; it gets one step a task. */
bool task_run_all(size_t count, int jobs, task_run *run, void *context,
                  struct progress *progress, struct err *err) MUST_USE;

/* Zeroed memory that this process shares with the workers it starts later: what
 * a task leaves there is seen here. Two tasks may not write to one place. */
void *task_shared_new(size_t size);
void task_shared_free(void *memory, size_t size);

/* Runs run(context, 0, err) in one forked child, whatever its memory does
 * there; the child's err is copied back. */
bool task_run_child(task_run *run, void *context, struct err *err) MUST_USE;

/* In a worker: it is ended once it has taken so much CPU time, wherever it is
 * then, in a solver too. Its task fails with "task.time". More than 0. */
bool task_limit_time(double seconds, struct err *err) MUST_USE;
/* In a worker: what it asks for beyond is refused; its task fails with
 * ERR_MEMORY, or "task.signal" where a library cannot go on without. */
bool task_limit_memory(size_t bytes, struct err *err) MUST_USE;

#endif
