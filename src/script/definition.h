/* SPDX-License-Identifier: EUPL-1.2 */
/* script/definition.h - a report definition file, loaded but not yet run. */
#ifndef SCRIPT_DEFINITION_H
#define SCRIPT_DEFINITION_H

#include "model/plan.h"
#include "script/sandbox.h"

/* Runs the chunk of a definition file, checks the fields of the table it
 * returns, and leaves that table on the stack. */
void definition_push(lua_State *L, const char *path);
/* Pushes a function of the definition table at the top of the stack. */
void definition_push_function(lua_State *L, const char *field);

/* Reads lua-scripts/lib/standards.lua; no standards when the project has no
 * such file. */
void definition_standards(lua_State *L, struct arena *arena,
                          struct standard **out, size_t *count);

#endif
