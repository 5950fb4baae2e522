/* SPDX-License-Identifier: EUPL-1.2 */
/* script/rules.h - the disclosure rules of panorama.lua, read. */
#ifndef SCRIPT_RULES_H
#define SCRIPT_RULES_H

#include <lua.h>

#include "model/project.h"

/* Reads the field `rules` of the policy at the top of the stack; none is no
 * rule. Raises for what is no rule; values are checked by project_check. */
void rules_read(lua_State *L, struct arena *run, struct policy *policy);

#endif
