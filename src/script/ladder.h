/* SPDX-License-Identifier: EUPL-1.2 */
/* script/ladder.h - the field `ladder` of a planned table. */
#ifndef SCRIPT_LADDER_H
#define SCRIPT_LADDER_H

#include "model/plan.h"
#include "script/sandbox.h"

/* Reads it from the table at `fields`; none is no ladder. Raises for what is
 * no ladder; words are checked by plan_check. */
void ladder_read(lua_State *L, int fields, struct arena *run,
                 struct plan_ladder *ladder);

#endif
