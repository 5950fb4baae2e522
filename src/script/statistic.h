/* SPDX-License-Identifier: EUPL-1.2 */
/* script/statistic.h - p.statistic{...}: a statistic of a published table. */
#ifndef SCRIPT_STATISTIC_H
#define SCRIPT_STATISTIC_H

#include "model/plan.h"
#include "script/sandbox.h"

/* Reads the table at `fields` for a report; plan_check does the rest. */
void statistic_read(lua_State *L, int fields, struct arena *run,
                    const char *report, struct plan_statistic *out);

#endif
