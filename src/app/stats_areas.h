/* SPDX-License-Identifier: EUPL-1.2 */
/* app/stats_areas.h - what functions about areas share. */
#ifndef APP_STATS_AREAS_H
#define APP_STATS_AREAS_H

#include "app/stats.h"
#include "calc/neighbours.h"

/* The argument "neighbours": for each of the areas the list of those that it
 * touches, numbered from 1. Checked; memory of the call. */
struct neighbours stats_neighbours(struct script_call *call, size_t areas);

#endif
