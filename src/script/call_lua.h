/* SPDX-License-Identifier: EUPL-1.2 */
/* script/call_lua.h - a statistics function as a Lua function. */
#ifndef SCRIPT_CALL_LUA_H
#define SCRIPT_CALL_LUA_H

#include "script/call.h"
#include "script/sandbox.h"

/* Pushes `function`, which must outlive the state, and may use so many
 * processes. */
void call_push(lua_State *L, const struct script_function *function, int jobs);

#endif
