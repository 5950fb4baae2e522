/* SPDX-License-Identifier: EUPL-1.2 */
/* script/sandbox_impl.h - what the parts of the sandbox share. */
#ifndef SCRIPT_SANDBOX_IMPL_H
#define SCRIPT_SANDBOX_IMPL_H

#include "script/sandbox.h"

enum spent {
    SPENT_NOTHING,
    SPENT_INSTRUCTIONS,
    SPENT_MEMORY,
};

struct sandbox {
    struct arena *arena;
    struct sandbox_limits limits;
    const char *directory;
    lua_State *L;
    size_t used;    /* bytes of the Lua state */
    size_t charged; /* bytes of the arena */
    uint64_t counted;
    enum spent spent;
    char where[80];     /* "report.lua:12: " where a limit was reached */
    struct err failure; /* last one given to sandbox_raise */
    const char *path, *source;
    void *context;
    struct text *printed;
};

/* Puts the allowed library in place of everything else. Runs protected. */
void sandbox_library(lua_State *L);
/* Calls the original that a wrapper stands for, below its arguments, for one
 * result. An error gets the place of the Lua code that called the wrapper,
 * and the name that it called. */
void sandbox_call_original(lua_State *L, const char *name, int arguments);
/* lua_pcall that lets a spent limit through. */
int sandbox_pcall(lua_State *L, int arguments, int results);
/* Records a limit as spent and raises. */
_Noreturn void sandbox_spend(lua_State *L, enum spent spent);

#endif
