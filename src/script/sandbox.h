/* SPDX-License-Identifier: EUPL-1.2 */
/* script/sandbox.h - one Lua state in which a script can do no harm.
 *
 * A sandbox has its own memory limit, instruction limit and, as backstop for a
 * single long library call, a limit of CPU time. What ends a script ends it:
 * pcall and xpcall hand a spent limit on, and it is checked once more when the
 * script has returned. Scripts see no file, clock, randomness or address, and
 * `pairs` walks in key order.
 *
 * Everything that touches the state runs inside sandbox_run, so that a Lua
 * error of any kind becomes a `struct err`. Bindings may raise at any call;
 * they own nothing but arena memory. */
#ifndef SCRIPT_SANDBOX_H
#define SCRIPT_SANDBOX_H

#include <lua.h>

#include "base/err.h"
#include "base/text.h"

struct sandbox_limits {
    size_t memory_bytes;   /* of the Lua state; as much again in the arena */
    uint64_t instructions; /* of the virtual machine */
    int cpu_s;             /* user CPU seconds of one sandbox_run */
};

extern const struct sandbox_limits sandbox_plan_limits;
extern const struct sandbox_limits sandbox_page_limits;
extern const struct sandbox_limits sandbox_eval_limits;

struct sandbox;

/* `directory` is the project's: require() looks below it, and only in
 * lua-scripts/lib. `arena` gets the texts that scripts hand over; it must
 * outlive the sandbox. Close with sandbox_close. */
struct sandbox *sandbox_open(struct arena *arena,
                             const struct sandbox_limits *limits,
                             const char *directory);
void sandbox_close(struct sandbox *sandbox); /* NULL is fine */

/* Runs body with `context` as light userdata at index 1. ERR_SCRIPT, or the
 * class of the failure given to sandbox_raise. Only one sandbox runs at a time
 * in a process: the CPU timer is the process's. When it runs out, one sentence
 * goes to stderr and the process ends with status 3. */
bool sandbox_run(struct sandbox *sandbox, lua_CFunction body, void *context,
                 struct err *err) MUST_USE;

/* --- inside a run -------------------------------------------------------- */

struct sandbox *sandbox_of(lua_State *L);
struct arena *sandbox_arena(lua_State *L);
const char *sandbox_directory(lua_State *L);
/* What bindings work on; set by the body that registers them. */
void sandbox_set_context(lua_State *L, void *context);
void *sandbox_context(lua_State *L);

/* Reads a project-relative text file of Lua and pushes it as a function.
 * Messages name it by that path. Remembers it as the file whose table is read
 * next (see field.h). */
void sandbox_load(lua_State *L, const char *path);
const char *sandbox_path(lua_State *L);   /* of the last sandbox_load, or "" */
const char *sandbox_source(lua_State *L); /* its text */

/* Raises a C failure as a Lua error; its class survives to sandbox_run. */
_Noreturn void sandbox_raise(lua_State *L, const struct err *failure);
/* Counts arena memory used on behalf of the script against its limit. */
void sandbox_charge(lua_State *L, size_t size);
/* From now on, reading a name that the table on top does not have is an error
 * with the nearest one: for tables of functions. */
void sandbox_names_only(lua_State *L);
/* print() writes here; without it there is no print. */
void sandbox_print_to(lua_State *L, struct text *out);

#endif
