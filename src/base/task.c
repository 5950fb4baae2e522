/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/task.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

#define NO_TASK SIZE_MAX

/* What a worker answers, in one packet. */
struct answer {
    bool ok;
    struct err err;
};

struct worker {
    pid_t pid;
    int socket;  /* our end; -1 when the worker is gone */
    size_t task; /* being run, or NO_TASK */
};

struct pool {
    struct worker *workers;
    size_t started;
    size_t next_task;
    size_t count;
    size_t done;
    size_t failed; /* lowest failed task so far, or NO_TASK */
    struct err failure;
    task_run *run;
    void *context;
    struct progress *progress;
};

/* --- packets ---------------------------------------------------------------
 * Sequenced packets arrive whole or not at all; when the other side dies the
 * next receive gives 0, and MSG_NOSIGNAL turns a send into an error. */

static bool send_packet(int socket, const void *packet, size_t size)
{
    ssize_t sent;
    do {
        sent = send(socket, packet, size, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)size;
}

static bool receive_packet(int socket, void *packet, size_t size)
{
    ssize_t got;
    do {
        got = recv(socket, packet, size, 0);
    } while (got < 0 && errno == EINTR);
    return got == (ssize_t)size;
}

static void run_one(task_run *run, void *context, size_t task,
                    struct answer *answer)
{
    memset(answer, 0, sizeof *answer);
    answer->ok = run(context, task, &answer->err);
    assert(answer->ok == (answer->err.code == ERR_NONE));
}

/* --- in the worker ------------------------------------------------------- */

/* Runs tasks until the parent closes its end. Leaves by _exit: what the
 * parent registered with atexit, and the stdio buffers inherited from it,
 * are not the worker's to run and write. */
static _Noreturn void work(int socket, task_run *run, void *context)
{
    size_t task;
    struct answer answer;
    while (receive_packet(socket, &task, sizeof task)) {
        run_one(run, context, task, &answer);
        if (!send_packet(socket, &answer, sizeof answer))
            break;
    }
    _exit(0);
}

/* --- in the parent ------------------------------------------------------- */

/* A fork starts without timers: what is left of a limit goes on. */
static const int clocks[] = {ITIMER_VIRTUAL, ITIMER_PROF};

static void keep_time(const struct itimerval *left)
{
    for (size_t at = 0; at < COUNT_OF(clocks); at++)
        setitimer(clocks[at], &left[at], NULL);
}

/* Forks one worker; `others` are the sockets it must not keep open. */
static bool start_worker(struct worker *worker, const struct worker *others,
                         size_t other_count, task_run *run, void *context)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    struct itimerval left[COUNT_OF(clocks)] = {0};
    for (size_t at = 0; at < COUNT_OF(clocks); at++)
        getitimer(clocks[at], &left[at]);
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        keep_time(left);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) /* it died before the line above */
            _exit(0);
        close(ends[0]);
        for (size_t other = 0; other < other_count; other++)
            close(others[other].socket);
        work(ends[1], run, context);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return false;
    }
    *worker = (struct worker){pid, ends[0], NO_TASK};
    return true;
}

/* Closes our end, which ends an idle worker, and waits. -1: unknown. */
static int end_worker(struct worker *worker)
{
    int status = -1;
    close(worker->socket);
    worker->socket = -1;
    while (waitpid(worker->pid, &status, 0) < 0) {
        if (errno != EINTR)
            return -1;
    }
    return status;
}

/* A worker went away without an answer. */
static bool fail_dead(int status, struct err *err)
{
    if (status != -1 && WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF)
        return err_fail(err, ERR_IO, "task.time",
                        "a worker took more CPU time than it may");
    if (status != -1 && WIFSIGNALED(status))
        return err_fail(err, ERR_IO, "task.signal",
                        "a worker was ended by signal %d (%s)",
                        WTERMSIG(status), strsignal(WTERMSIG(status)));
    if (status != -1 && WIFEXITED(status) && WEXITSTATUS(status) == ERR_MEMORY)
        return err_fail(err, ERR_MEMORY, "task.memory",
                        "a worker ran out of memory");
    /* A script that outlasted its CPU limit has said so on standard error. */
    if (status != -1 && WIFEXITED(status) && WEXITSTATUS(status) == ERR_SCRIPT)
        return err_fail(err, ERR_SCRIPT, "script.time",
                        "a script took more CPU time than it may");
    return err_fail(err, ERR_IO, "task.died",
                    "a worker ended without an answer");
}

static void end_workers_above(struct pool *pool, size_t task)
{
    for (size_t at = 0; at < pool->started; at++) {
        struct worker *worker = &pool->workers[at];
        if (worker->socket < 0 || worker->task == NO_TASK ||
            worker->task <= task)
            continue;
        kill(worker->pid, SIGKILL);
        end_worker(worker);
        worker->task = NO_TASK;
    }
}

/* Tasks are handed out in order, so every task below the failed one has been
 * started. Those may still fail and then take precedence: only the workers
 * above are ended now. That makes the reported failure independent of the
 * number of workers. */
static void note_failure(struct pool *pool, size_t task,
                         const struct err *failure)
{
    assert(pool->failed == NO_TASK || task < pool->failed);
    pool->failed = task;
    pool->failure = *failure;
    end_workers_above(pool, task);
}

/* Hands out the next task; without one, lets the worker go. */
static void feed(struct pool *pool, struct worker *worker)
{
    worker->task = NO_TASK;
    if (pool->failed != NO_TASK || pool->next_task == pool->count) {
        end_worker(worker);
        return;
    }
    worker->task = pool->next_task++;
    /* If the worker is dead already, the next receive finds that out. */
    (void)send_packet(worker->socket, &worker->task, sizeof worker->task);
}

static void collect(struct pool *pool, struct worker *worker)
{
    struct answer answer = {0};
    size_t task = worker->task;
    if (!receive_packet(worker->socket, &answer, sizeof answer)) {
        worker->task = NO_TASK;
        memset(&answer, 0, sizeof answer);
        fail_dead(end_worker(worker), &answer.err);
        note_failure(pool, task, &answer.err);
        return;
    }
    if (answer.ok) {
        pool->done++;
        if (pool->progress)
            progress_step(pool->progress, pool->done);
    } else {
        note_failure(pool, task, &answer.err);
    }
    feed(pool, worker);
}

/* Waits until some workers have answered, and collects from them. False when
 * no worker is left. */
static bool collect_some(struct pool *pool, struct pollfd *polled)
{
    nfds_t alive = 0;
    for (size_t at = 0; at < pool->started; at++) {
        polled[at] = (struct pollfd){
            .fd = pool->workers[at].socket, /* poll skips negative ones */
            .events = POLLIN,
        };
        alive += pool->workers[at].socket >= 0;
    }
    if (alive == 0)
        return false;
    if (poll(polled, (nfds_t)pool->started, -1) < 0)
        return true; /* interrupted */
    for (size_t at = 0; at < pool->started; at++) {
        /* A failure collected a moment ago may have ended this one. */
        if (polled[at].revents != 0 && pool->workers[at].socket >= 0)
            collect(pool, &pool->workers[at]);
    }
    return true;
}

static bool run_forked(struct pool *pool, size_t jobs, struct err *err)
{
    struct arena *scratch = arena_new();
    pool->workers = arena_array(scratch, jobs, sizeof *pool->workers);
    struct pollfd *polled = arena_array(scratch, jobs, sizeof *polled);

    /* Buffered output must not be copied into the workers. */
    fflush(NULL);
    while (pool->started < jobs &&
           start_worker(&pool->workers[pool->started], pool->workers,
                        pool->started, pool->run, pool->context))
        pool->started++;
    if (pool->started == 0)
        err_fail(err, ERR_IO, "task.fork", "cannot start a worker: %s",
                 strerror(errno));
    for (size_t at = 0; at < pool->started; at++)
        feed(pool, &pool->workers[at]);
    while (collect_some(pool, polled))
        ;

    if (pool->failed != NO_TASK)
        *err = pool->failure;
    arena_free(scratch);
    return pool->started > 0 && pool->failed == NO_TASK;
}

static bool run_here(struct pool *pool, struct err *err)
{
    for (size_t task = 0; task < pool->count; task++) {
        if (!pool->run(pool->context, task, err))
            return false;
        if (pool->progress)
            progress_step(pool->progress, task + 1);
    }
    return true;
}

bool task_run_all(size_t count, int jobs, task_run *run, void *context,
                  struct progress *progress, struct err *err)
{
    assert(err->code == ERR_NONE);
    struct pool pool = {
        .count = count,
        .failed = NO_TASK,
        .run = run,
        .context = context,
        .progress = progress,
    };
    if (jobs <= 1 || count == 0)
        return run_here(&pool, err);
    size_t wanted = (size_t)jobs < count ? (size_t)jobs : count;
    return run_forked(&pool, wanted, err);
}

void *task_shared_new(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        err_out_of_memory();
    return memory;
}

void task_shared_free(void *memory, size_t size)
{
    int freed = munmap(memory, size);
    assert(freed == 0);
    (void)freed;
}

bool task_limit_time(double seconds, struct err *err)
{
    const double least = 1e-6; /* 0 would be no limit */
    double whole, part = modf(seconds < least ? least : seconds, &whole);
    struct itimerval limit = {
        .it_value = {(time_t)whole, (suseconds_t)(part * 1e6)},
    };
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGPROF);
    if (signal(SIGPROF, SIG_DFL) != SIG_ERR &&
        sigprocmask(SIG_UNBLOCK, &wanted, NULL) == 0 &&
        setitimer(ITIMER_PROF, &limit, NULL) == 0)
        return true;
    return err_fail(err, ERR_IO, "task.limit",
                    "the time limit cannot be set: %s", strerror(errno));
}

bool task_limit_memory(size_t bytes, struct err *err)
{
    struct rlimit limit = {bytes, bytes};
    if (setrlimit(RLIMIT_DATA, &limit) == 0)
        return true;
    return err_fail(err, ERR_IO, "task.limit",
                    "the memory limit cannot be set: %s", strerror(errno));
}

bool task_run_child(task_run *run, void *context, struct err *err)
{
    struct pool pool = {
        .count = 1,
        .failed = NO_TASK,
        .run = run,
        .context = context,
    };
    assert(err->code == ERR_NONE);
    return run_forked(&pool, 1, err);
}
