/* SPDX-License-Identifier: EUPL-1.2 */
/* Forked workers: same outcome for any number of them, nothing left over. */
#include "base/fs.h"
#include "base/task.h"
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

struct job {
    const char *directory;
    size_t fail_first; /* tasks that fail */
    size_t fail_second;
    size_t slow; /* waits a moment before it goes on */
    size_t die;  /* ends its process: by signal, or by status 70 */
    bool memory;
    pid_t parent;
    char *mark; /* memory of the parent */
};

static struct job job_new(const char *directory)
{
    return (struct job){directory, SIZE_MAX, SIZE_MAX, SIZE_MAX,
                        SIZE_MAX,  false,    getpid(), NULL};
}

static void wait_ms(long ms)
{
    struct timespec time = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&time, NULL);
}

static void die(const struct job *job)
{
    if (job->memory)
        err_out_of_memory();
    raise(SIGKILL);
}

static bool run(void *context, size_t task, struct err *err)
{
    struct job *job = context;
    char path[200];
    if (job->mark)
        *job->mark = 'x';
    if (task == job->slow)
        wait_ms(200);
    if (task == job->die)
        die(job);
    if (task == job->fail_first || task == job->fail_second)
        return err_fail(err, ERR_SCRIPT, "test.bad", "task %zu is bad", task);
    snprintf(path, sizeof path, "%s/%zu", job->directory, task);
    const char *where = getpid() == job->parent ? "here" : "worker";
    return fs_write(path, where, strlen(where), err);
}

static bool spin(void *context, size_t task, struct err *err)
{
    const double *seconds = context;
    (void)task;
    if (!task_limit_time(*seconds, err))
        return false;
    for (volatile unsigned turn = 0; clock() < CLOCKS_PER_SEC; turn++)
        ;
    return true;
}

/* How many results there are, all of them written `where`. Workers that are
 * ended while they write leave an empty file, which is none. */
static size_t results(const char *directory, const char *where)
{
    struct arena *arena = arena_new();
    struct err err = {0};
    char **names = NULL;
    size_t count = 0, whole = 0;
    CHECK(fs_list(arena, directory, &names, &count, &err));
    for (size_t at = 0; at < count; at++) {
        char *bytes = NULL;
        size_t size = 0;
        CHECK(fs_read(arena, fs_join(arena, directory, names[at]), &bytes,
                      &size, &err));
        if (size == 0)
            continue;
        CHECK_TEXT(bytes, where);
        whole++;
    }
    arena_free(arena);
    return whole;
}

static void check_nobody_left(void)
{
    CHECK(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
}

TEST(every_task_runs_once_for_any_number_of_workers)
{
    static const int jobs[] = {0, 1, 2, 3, 8, 200};
    for (size_t at = 0; at < COUNT_OF(jobs); at++) {
        char *directory = check_directory();
        struct job job = job_new(directory);
        struct err err = {0};
        struct progress progress = progress_new(true, false);
        progress_stage(&progress, "test", 50);
        CHECK(task_run_all(50, jobs[at], run, &job, &progress, &err));
        CHECK_INT(err.code, ERR_NONE);
        CHECK_INT(progress.done, 50);
        CHECK_INT(results(directory, jobs[at] > 1 ? "worker" : "here"), 50);
        check_nobody_left();
        check_remove(directory);
    }
}

TEST(no_tasks_succeed_at_once)
{
    struct job job = job_new("/nowhere");
    struct err err = {0};
    CHECK(task_run_all(0, 4, run, &job, NULL, &err));
    CHECK_INT(err.code, ERR_NONE);
}

TEST(the_lowest_failed_task_is_reported_even_when_it_fails_last)
{
    for (int jobs = 1; jobs <= 4; jobs++) {
        char *directory = check_directory();
        struct job job = job_new(directory);
        struct err err = {0};
        job.fail_first = job.slow = 2;
        job.fail_second = 3;
        CHECK(!task_run_all(1000, jobs, run, &job, NULL, &err));
        CHECK_INT(err.code, ERR_SCRIPT);
        CHECK_TEXT(err.id, "test.bad");
        CHECK_TEXT(err.text, "task 2 is bad");
        CHECK(results(directory, jobs > 1 ? "worker" : "here") < 900);
        check_nobody_left();
        check_remove(directory);
    }
}

TEST(a_failure_ends_the_workers_that_run_later_tasks)
{
    char *directory = check_directory();
    struct job job = job_new(directory);
    struct err err = {0};
    job.fail_first = 0;
    job.slow = 1; /* would write its result after the failure */
    CHECK(!task_run_all(2, 2, run, &job, NULL, &err));
    CHECK_TEXT(err.text, "task 0 is bad");
    CHECK_INT(results(directory, "worker"), 0);
    check_nobody_left();
    check_remove(directory);
}

TEST(a_worker_that_dies_is_named_by_its_signal)
{
    char *directory = check_directory();
    struct job job = job_new(directory);
    struct err err = {0};
    job.die = 5;
    CHECK(!task_run_all(20, 3, run, &job, NULL, &err));
    CHECK_INT(err.code, ERR_IO);
    CHECK_TEXT(err.id, "task.signal");
    CHECK_TEXT(err.text, "a worker was ended by signal 9 (Killed)");
    check_nobody_left();
    check_remove(directory);
}

TEST(a_worker_out_of_memory_says_so)
{
    struct job job = job_new("/nowhere");
    struct err err = {0};
    job.die = 0;
    job.memory = true;
    int kept = dup(STDERR_FILENO);
    int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDERR_FILENO); /* the worker's own message */
    bool ok = task_run_child(run, &job, &err);
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(nowhere);
    CHECK(!ok);
    CHECK_INT(err.code, ERR_MEMORY);
    CHECK_TEXT(err.text, "a worker ran out of memory");
}

TEST(a_child_works_on_its_own_copy_of_memory)
{
    char *directory = check_directory();
    struct job job = job_new(directory);
    struct err err = {0};
    char mark = '-';
    job.mark = &mark;
    CHECK(task_run_child(run, &job, &err));
    CHECK_INT(mark, '-');
    CHECK_INT(results(directory, "worker"), 1);
    job.fail_first = 0;
    CHECK(!task_run_child(run, &job, &err));
    CHECK_TEXT(err.text, "task 0 is bad");
    check_nobody_left();
    check_remove(directory);
}

static void ignore(int signal)
{
    (void)signal;
}

TEST(signals_do_not_disturb_the_run)
{
    char *directory = check_directory();
    struct job job = job_new(directory);
    struct err err = {0};
    struct sigaction action = {.sa_handler = ignore}; /* without SA_RESTART */
    struct sigaction before;
    sigaction(SIGALRM, &action, &before);
    struct timespec interval = {0, 2000000};
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL,
                             .sigev_signo = SIGALRM};
    CHECK_INT(timer_create(CLOCK_MONOTONIC, &event, &timer), 0);
    struct itimerspec often = {interval, interval};
    timer_settime(timer, 0, &often, NULL);
    job.slow = 3;
    bool ok = task_run_all(40, 2, run, &job, NULL, &err);
    timer_delete(timer);
    sigaction(SIGALRM, &before, NULL);
    CHECK_TEXT(err.text, "");
    CHECK(ok);
    CHECK_INT(results(directory, "worker"), 40);
    check_nobody_left();
    check_remove(directory);
}

struct lifeline {
    int write_end;
};

/* Tells its process id, then would hold the pipe open for a minute. */
static bool linger(void *context, size_t task, struct err *err)
{
    (void)task;
    (void)err;
    const struct lifeline *lifeline = context;
    if (write(lifeline->write_end, "!", 1) == 1)
        wait_ms(60000);
    return true;
}

TEST(workers_die_with_their_parent)
{
    int ends[2];
    CHECK_INT(pipe(ends), 0);
    fflush(NULL);
    pid_t parent = fork();
    if (parent == 0) {
        struct lifeline lifeline = {ends[1]};
        struct err err = {0};
        close(ends[0]);
        (void)!task_run_all(2, 2, linger, &lifeline, NULL, &err);
        _exit(0);
    }
    close(ends[1]);
    char c;
    CHECK_INT(read(ends[0], &c, 1), 1);
    CHECK_INT(read(ends[0], &c, 1), 1);
    kill(parent, SIGKILL);
    waitpid(parent, NULL, 0);
    /* The pipe ends when the last worker that holds it is gone. */
    time_t began = time(NULL);
    CHECK_INT(read(ends[0], &c, 1), 0);
    CHECK(time(NULL) - began < 30);
    close(ends[0]);
}

TEST(a_worker_that_outlasts_its_time_is_ended_wherever_it_is)
{
    double seconds[] = {1e-9, 0.05, 3600.0};
    for (size_t i = 0; i < COUNT_OF(seconds); i++) {
        struct err err = {0};
        bool within = seconds[i] > 1.0;
        signal(SIGPROF, SIG_IGN);
        CHECK_INT(task_run_child(spin, &seconds[i], &err), within);
        signal(SIGPROF, SIG_DFL);
        CHECK_TEXT(err.id, within ? "" : "task.time");
    }
}

static bool burn(void *context, size_t task, struct err *err)
{
    (void)context;
    (void)task;
    (void)err;
    for (volatile unsigned turn = 0; clock() < CLOCKS_PER_SEC / 5; turn++)
        ;
    return true;
}

/* A process with a limit that has others do its work. */
static bool delegate(void *context, size_t task, struct err *err)
{
    const double *seconds = context;
    (void)task;
    return task_limit_time(*seconds, err) &&
           task_run_all(2, 2, burn, NULL, NULL, err);
}

TEST(a_limit_of_time_holds_for_the_workers_of_a_worker)
{
    double seconds[] = {0.05, 3600.0};
    for (size_t i = 0; i < COUNT_OF(seconds); i++) {
        struct err err = {0};
        bool within = seconds[i] > 1.0;
        CHECK_INT(task_run_child(delegate, &seconds[i], &err), within);
        CHECK_TEXT(err.id, within ? "" : "task.time");
    }
}

static bool square(void *context, size_t task, struct err *err)
{
    (void)err;
    size_t *squares = context;
    squares[task] += task * task;
    return true;
}

TEST(what_tasks_leave_in_shared_memory_is_seen)
{
    enum { TASKS = 1000 };
    for (int jobs = 1; jobs <= 3; jobs++) {
        size_t *squares = task_shared_new(TASKS * sizeof *squares);
        struct err err = {0};
        CHECK(task_run_all(TASKS, jobs, square, squares, NULL, &err));
        for (size_t task = 0; task < TASKS; task++)
            CHECK_INT(squares[task], task * task);
        task_shared_free(squares, TASKS * sizeof *squares);
    }
}

RUN(CASE(every_task_runs_once_for_any_number_of_workers),
    CASE(no_tasks_succeed_at_once),
    CASE(the_lowest_failed_task_is_reported_even_when_it_fails_last),
    CASE(a_failure_ends_the_workers_that_run_later_tasks),
    CASE(a_worker_that_dies_is_named_by_its_signal),
    CASE(a_worker_out_of_memory_says_so),
    CASE(a_child_works_on_its_own_copy_of_memory),
    CASE(signals_do_not_disturb_the_run), CASE(workers_die_with_their_parent),
    CASE(a_worker_that_outlasts_its_time_is_ended_wherever_it_is),
    CASE(a_limit_of_time_holds_for_the_workers_of_a_worker),
    CASE(what_tasks_leave_in_shared_memory_is_seen))
