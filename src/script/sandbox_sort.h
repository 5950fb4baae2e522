/* SPDX-License-Identifier: EUPL-1.2 */
/* script/sandbox_sort.h - orders that are the same in every run. */
#ifndef SCRIPT_SANDBOX_SORT_H
#define SCRIPT_SANDBOX_SORT_H

#include <lua.h>

/* Pushes a list of the keys of a table: numbers ascending, then texts in byte
 * order, then false and true. Raises for any other kind of key. */
void sandbox_push_keys(lua_State *L, int table);

/* table.sort(list, less): stable, where Lua's own asks the clock for pivots
 * and leaves equals in any order. */
int sandbox_sort(lua_State *L);

#endif
