/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/bridge.h - cells between a total and parts that no line joins to it.
 * CONFIDENTIAL.
 *
 * The closure works along one dimension at a time. All France over three
 * years, and each département for each year, are on no common line: still one
 * is the sum of the others. A bridge is what both have in common with a line:
 * all France for one year. */
#ifndef SDC_BRIDGE_H
#define SDC_BRIDGE_H

#include "sdc/universe.h"

/* Adds hidden cells so that every cell within another can be reached from it
 * one dimension at a time. Axes must be open. */
bool universe_bridge(struct universe *universe, sdc_count *count, void *context,
                     struct err *err) MUST_USE;

#endif
