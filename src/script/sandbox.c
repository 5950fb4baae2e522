/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/sandbox_impl.h"

#include <lauxlib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/utf8.h"

#define MIB ((size_t)1 << 20)
#define MILLION UINT64_C(1000000)

enum {
    HOOK_STEP = 1000, /* instructions between two looks at the limit */
    LEVELS_MOST = 20, /* of calls, up to the script's line */
};

const struct sandbox_limits sandbox_plan_limits = {
    .memory_bytes = 64 * MIB,
    .instructions = 200 * MILLION,
    .cpu_s = 20,
};
const struct sandbox_limits sandbox_page_limits = {
    .memory_bytes = 256 * MIB,
    .instructions = 200 * MILLION,
    .cpu_s = 30,
};
/* Checks run over whole tables of a registry. */
const struct sandbox_limits sandbox_eval_limits = {
    .memory_bytes = 2048 * MIB,
    .instructions = 20000 * MILLION,
    .cpu_s = 600,
};

/* --- limits -------------------------------------------------------------- */

static void *allocate(void *context, void *block, size_t old, size_t size)
{
    struct sandbox *sandbox = context;
    size_t before = block ? old : 0;
    if (size == 0) {
        free(block);
        sandbox->used -= before;
        return NULL;
    }
    if (size > before &&
        size - before > sandbox->limits.memory_bytes - sandbox->used)
        return NULL;
    void *moved = realloc(block, size);
    if (moved)
        sandbox->used = sandbox->used - before + size;
    return moved;
}

static void note_where(lua_State *L, struct sandbox *sandbox)
{
    for (int level = 0; level < LEVELS_MOST; level++) {
        lua_Debug at;
        if (!lua_getstack(L, level, &at))
            return;
        lua_getinfo(L, "Sl", &at);
        if (at.currentline <= 0)
            continue;
        snprintf(sandbox->where, sizeof sandbox->where, "%s:%d: ", at.short_src,
                 at.currentline);
        return;
    }
}

static void hook(lua_State *L, lua_Debug *at)
{
    struct sandbox *sandbox = sandbox_of(L);
    (void)at;
    sandbox->counted += HOOK_STEP;
    if (sandbox->counted >= sandbox->limits.instructions)
        sandbox_spend(L, SPENT_INSTRUCTIONS);
}

void sandbox_spend(lua_State *L, enum spent spent)
{
    struct sandbox *sandbox = sandbox_of(L);
    if (sandbox->spent == SPENT_NOTHING) {
        sandbox->spent = spent;
        note_where(L, sandbox);
    }
    /* From now on every instruction raises: closing variables included. */
    lua_sethook(L, hook, LUA_MASKCOUNT, 1);
    sandbox->counted = sandbox->limits.instructions;
    luaL_error(L, "the limits of the script are used up");
    abort(); /* not reached */
}

int sandbox_pcall(lua_State *L, int arguments, int results)
{
    int status = lua_pcall(L, arguments, results, 0);
    if (status == LUA_ERRMEM)
        sandbox_spend(L, SPENT_MEMORY);
    if (sandbox_of(L)->spent != SPENT_NOTHING)
        sandbox_spend(L, sandbox_of(L)->spent);
    return status;
}

void sandbox_call_original(lua_State *L, const char *name, int arguments)
{
    if (sandbox_pcall(L, arguments, 1) == LUA_OK)
        return;
    if (lua_type(L, -1) == LUA_TSTRING) {
        luaL_where(L, 1);
        lua_pushfstring(L, "'%s'", name);
        luaL_gsub(L, lua_tostring(L, -3), "'?'", lua_tostring(L, -1));
        lua_remove(L, -2);
        lua_concat(L, 2);
    }
    lua_error(L);
    abort(); /* not reached */
}

void sandbox_charge(lua_State *L, size_t size)
{
    struct sandbox *sandbox = sandbox_of(L);
    if (size > sandbox->limits.memory_bytes - sandbox->charged)
        sandbox_spend(L, SPENT_MEMORY);
    sandbox->charged += size;
}

/* --- CPU time ------------------------------------------------------------- */

static const char out_of_time_head[] = "panorama: error script.time: ";
static const char out_of_time_tail[] =
    "the script was stopped: one library call used all its CPU time\n";

static void say(const char *bytes, size_t size)
{
    ssize_t written = write(STDERR_FILENO, bytes, size);
    (void)written;
}

/* The place was in a state that cannot be read: the sentence ends without. */
static void end_without_place(int number)
{
    (void)number;
    say(out_of_time_tail, sizeof out_of_time_tail - 1);
    _exit(ERR_SCRIPT);
}

/* "report.lua:12: ", without the functions that no handler may call. */
static void say_place(const char *source, int line)
{
    char digits[12];
    size_t at = sizeof digits;
    say(source, strlen(source));
    digits[--at] = ' ';
    digits[--at] = ':';
    for (; line > 0 && at > 1; line /= 10)
        digits[--at] = (char)('0' + line % 10);
    digits[--at] = ':';
    say(digits + at, sizeof digits - at);
}

/* Only reads, of a state that a library call may be changing: the process ends
 * in any case, and what it meets is at worst an address that is none. */
static void tell_place(lua_State *L)
{
    struct sigaction action = {.sa_handler = end_without_place};
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
    for (int level = 0; level < LEVELS_MOST; level++) {
        lua_Debug at;
        if (!lua_getstack(L, level, &at) || !lua_getinfo(L, "Sl", &at))
            return;
        if (at.currentline > 0) {
            say_place(at.short_src, at.currentline);
            return;
        }
    }
}

/* Runs at any moment: only what POSIX allows in a handler, but for a look at
 * the state that the timer knows. */
static void out_of_time(int number, siginfo_t *about, void *context)
{
    (void)number;
    (void)context;
    say(out_of_time_head, sizeof out_of_time_head - 1);
    if (about->si_code == SI_TIMER)
        tell_place(about->si_value.sival_ptr);
    say(out_of_time_tail, sizeof out_of_time_tail - 1);
    _exit(ERR_SCRIPT);
}

/* Ends the script in so many seconds of CPU. The one timer knows the script;
 * the other is left to workers that are forked meanwhile (base/task.c). It
 * counts ticks, of which a busy machine may have more than there was time, and
 * has twice as many seconds so that it comes later. */
struct time_limit {
    bool known;
    timer_t timer;
    struct sigaction before;
};

static void set_timer(int seconds)
{
    struct itimerval timer = {.it_value.tv_sec = seconds};
    setitimer(ITIMER_VIRTUAL, &timer, NULL);
}

static void begin_time(const struct sandbox *sandbox, struct time_limit *limit)
{
    int seconds = sandbox->limits.cpu_s;
    struct sigaction action = {.sa_sigaction = out_of_time,
                               .sa_flags = SA_SIGINFO};
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL,
                             .sigev_signo = SIGVTALRM,
                             .sigev_value.sival_ptr = sandbox->L};
    struct itimerspec after = {.it_value.tv_sec = seconds};
    sigemptyset(&action.sa_mask);
    sigaction(SIGVTALRM, &action, &limit->before);
    set_timer(2 * seconds);
    limit->known =
        timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &limit->timer) == 0;
    if (limit->known)
        timer_settime(limit->timer, 0, &after, NULL);
}

static void end_time(struct time_limit *limit)
{
    set_timer(0);
    if (limit->known)
        timer_delete(limit->timer);
    sigaction(SIGVTALRM, &limit->before, NULL);
}

/* --- life ----------------------------------------------------------------- */

static int open_library(lua_State *L)
{
    sandbox_library(L);
    return 0;
}

struct sandbox *sandbox_open(struct arena *arena,
                             const struct sandbox_limits *limits,
                             const char *directory)
{
    struct sandbox *sandbox = arena_alloc(arena, sizeof *sandbox);
    *sandbox = (struct sandbox){
        .arena = arena,
        .limits = *limits,
        .directory = directory,
        .path = "",
        .source = "",
    };
    sandbox->L = lua_newstate(allocate, sandbox);
    if (!sandbox->L)
        err_out_of_memory();
    *(struct sandbox **)lua_getextraspace(sandbox->L) = sandbox;
    lua_pushcfunction(sandbox->L, open_library);
    if (lua_pcall(sandbox->L, 0, 0, 0) != LUA_OK)
        err_out_of_memory();
    lua_sethook(sandbox->L, hook, LUA_MASKCOUNT, HOOK_STEP);
    return sandbox;
}

void sandbox_close(struct sandbox *sandbox)
{
    if (!sandbox)
        return;
    lua_close(sandbox->L);
    sandbox->L = NULL;
}

/* --- what went wrong ------------------------------------------------------ */

static bool fail_spent(const struct sandbox *sandbox, struct err *err)
{
    const char *where = sandbox->where;
    bool named = where[0] == '\0' && sandbox->path[0] != '\0';
    if (named)
        where = arena_format(sandbox->arena, "%s: ", sandbox->path);
    if (sandbox->spent == SPENT_MEMORY)
        return err_fail(err, ERR_SCRIPT, "script.memory",
                        "%sthe script needs more memory than its %zu MiB",
                        where, sandbox->limits.memory_bytes / MIB);
    return err_fail(err, ERR_SCRIPT, "script.instructions",
                    "%sthe script was stopped after %zu million instructions: "
                    "an endless loop?",
                    where, (size_t)(sandbox->limits.instructions / MILLION));
}

/* The first line of an error, safe to print. Error objects that are no texts
 * are not asked for one: that would run script code. */
static const char *message_of(struct sandbox *sandbox)
{
    lua_State *state = sandbox->L;
    if (lua_type(state, -1) != LUA_TSTRING)
        return arena_format(sandbox->arena,
                            "%s: the script raised a %s as error",
                            sandbox->path, luaL_typename(state, -1));
    size_t size = 0;
    const char *message = lua_tolstring(state, -1, &size);
    if (!utf8_valid(message, size))
        return "the script raised an error that is not text";
    char *line = arena_slice(sandbox->arena, message, strcspn(message, "\n"));
    for (char *at = line; *at; at++) {
        if ((unsigned char)*at < ' ')
            *at = ' ';
    }
    return line;
}

static bool fail_status(struct sandbox *sandbox, int status, struct err *err)
{
    if (status == LUA_ERRMEM && sandbox->spent == SPENT_NOTHING)
        sandbox->spent = SPENT_MEMORY;
    if (sandbox->spent != SPENT_NOTHING)
        return fail_spent(sandbox, err);
    const char *message = message_of(sandbox);
    const struct err *failure = &sandbox->failure;
    if (failure->code != ERR_NONE && text_ends(message, failure->text))
        return err_fail(err, failure->code, failure->id, "%s", message);
    return err_fail(err, ERR_SCRIPT, "script.run", "%s", message);
}

bool sandbox_run(struct sandbox *sandbox, lua_CFunction body, void *context,
                 struct err *err)
{
    struct time_limit limit = {0};
    begin_time(sandbox, &limit);
    lua_State *state = sandbox->L;
    lua_pushcfunction(state, body);
    lua_pushlightuserdata(state, context);
    int status = lua_pcall(state, 1, 0, 0);

    end_time(&limit);
    if (status == LUA_OK && sandbox->spent == SPENT_NOTHING)
        return true;
    fail_status(sandbox, status, err);
    lua_settop(state, 0);
    return false;
}

/* --- inside a run --------------------------------------------------------- */

struct sandbox *sandbox_of(lua_State *L)
{
    return *(struct sandbox **)lua_getextraspace(L);
}

struct arena *sandbox_arena(lua_State *L)
{
    return sandbox_of(L)->arena;
}

const char *sandbox_directory(lua_State *L)
{
    return sandbox_of(L)->directory;
}

void sandbox_set_context(lua_State *L, void *context)
{
    sandbox_of(L)->context = context;
}

void *sandbox_context(lua_State *L)
{
    return sandbox_of(L)->context;
}

const char *sandbox_path(lua_State *L)
{
    return sandbox_of(L)->path;
}

const char *sandbox_source(lua_State *L)
{
    return sandbox_of(L)->source;
}

void sandbox_print_to(lua_State *L, struct text *out)
{
    sandbox_of(L)->printed = out;
}

void sandbox_raise(lua_State *L, const struct err *failure)
{
    sandbox_of(L)->failure = *failure;
    luaL_error(L, "%s", failure->text);
    abort(); /* not reached */
}

/* The line of the first bytes that are no text. */
static int strange_line(const char *bytes, size_t size)
{
    int line = 1;
    for (const char *at = bytes, *end = bytes + size; at < end; line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop == NULL ? end : stop + 1;
        if (!utf8_valid(at, (size_t)(stop - at)))
            break;
        at = stop;
    }
    return line;
}

void sandbox_load(lua_State *L, const char *path)
{
    struct sandbox *sandbox = sandbox_of(L);
    struct err err = {0};
    char *bytes = NULL;
    size_t size = 0;
    sandbox->path = arena_text(sandbox->arena, path);
    sandbox->source = "";
    /* Only the library has a copy that comes with the program. */
    const char *place = text_starts(path, "lua-scripts/lib/")
                            ? fs_find(sandbox->arena, sandbox->directory, path)
                            : fs_join(sandbox->arena, sandbox->directory, path);
    if (!fs_read(sandbox->arena, place, &bytes, &size, &err)) {
        err.code = ERR_SCRIPT;
        sandbox_raise(L, &err);
    }
    if (!utf8_valid(bytes, size))
        luaL_error(L, "%s:%d: the file is not UTF-8 text", path,
                   strange_line(bytes, size));
    sandbox->source = bytes;
    lua_pushfstring(L, "@%s", path);
    if (luaL_loadbufferx(L, bytes, size, lua_tostring(L, -1), "t") != LUA_OK)
        lua_error(L);
    lua_remove(L, -2);
}
