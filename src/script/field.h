/* SPDX-License-Identifier: EUPL-1.2 */
/* script/field.h - the fields of a table that a script handed over.
 *
 * Every reader raises a Lua error that names the field and what was expected.
 * Inside a function called from Lua the message begins with the place of that
 * call; while a definition's own table is read, with the file and the line
 * where the field's name stands. Texts are checked (UTF-8, no NUL) and copied
 * into the sandbox's arena. */
#ifndef SCRIPT_FIELD_H
#define SCRIPT_FIELD_H

#include "model/code.h"
#include "script/sandbox.h"

/* Raises "FILE:LINE: message"; `field` helps to find the line, "" none. */
_Noreturn void field_fail(lua_State *L, const char *field, const char *format,
                          ...) PRINTF_LIKE(3, 4);
/* The value at `index` must be a table; `what` names it. */
void field_table(lua_State *L, int index, const char *what);
/* Raises for a key that is not among names (NULL ended), naming the nearest.
 * Positions 1, 2, ... are allowed when `list` is true. */
void field_known(lua_State *L, int table, const char *what,
                 const char *const *names, bool list);
bool field_given(lua_State *L, int table, const char *field);
/* The text at the top of the stack, popped. */
const char *field_take_text(lua_State *L, const char *field);
/* fallback NULL: the field must be given. */
const char *field_text(lua_State *L, int table, const char *field,
                       const char *fallback);
/* The same of a file inside the project; "" none. */
const char *field_path(lua_State *L, int table, const char *field,
                       const char *fallback);
/* {fr = "...", en = "..."} or one text for every language; absent ones "". */
void field_texts(lua_State *L, int table, const char *field,
                 const char *out[LANG_COUNT]);
bool field_bool(lua_State *L, int table, const char *field, bool fallback);
lua_Integer field_integer(lua_State *L, int table, const char *field,
                          lua_Integer fallback);
/* The number at the top of the stack, popped: finite, and at most 1e15, which
 * every scale and every text can show. */
double field_take_number(lua_State *L, const char *field);
double field_number(lua_State *L, int table, const char *field,
                    double fallback);
/* One text or a list of texts. */
size_t field_list(lua_State *L, int table, const char *field,
                  const char ***out);

#endif
