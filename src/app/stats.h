/* SPDX-License-Identifier: EUPL-1.2 */
/* app/stats.h - the functions of the table `stats` in `panorama eval`.
 *
 * A group per file, each a bridge from the script's arguments to the kernels
 * of closed/calc. docs/lua.md lists every function; docs/method/ explains
 * them. */
#ifndef APP_STATS_H
#define APP_STATS_H

#include "script/call.h"

extern const struct script_group stats_rates;
extern const struct script_group stats_comparisons;
extern const struct script_group stats_proportions;
extern const struct script_group stats_survival;
extern const struct script_group stats_inequality;
extern const struct script_group stats_multiple;
extern const struct script_group stats_indirect;
extern const struct script_group stats_small_area;
extern const struct script_group stats_projections;
extern const struct script_group stats_spatial;
extern const struct script_group stats_trends;

/* All of them, ended by NULL. */
extern const struct script_group *const stats_groups[];

/* The optional argument "confidence", 0.95 when left out. */
double stats_confidence(struct script_call *call);

#endif
