/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/bridge.h - cells between cells that no line joins. CONFIDENTIAL.
 *
 * The closure works along one dimension at a time. All France over three
 * years, and each département for each year, are on no common line: still one
 * is the sum of the others. A bridge is what both have in common with a line:
 * all France for one year. And all France for one year, with a département
 * over three, are parts of a whole that no table shows. So is what the cells of
 * a line sum to, where another cell crosses it: two zones from the age of 15
 * on, and all France under 50. A site in one year is within all sites of four
 * as that site in four years is, which other sites of four years are beside.
 * What is told of both sexes at a site of one is so of that sex. */
#ifndef SDC_BRIDGE_H
#define SDC_BRIDGE_H

#include "sdc/universe.h"

/* Adds hidden cells so that every cell that is told can be reached from those
 * within it one dimension at a time, and along those in which others are parts
 * of it; what two cells are parts of where each is larger than the other in one
 * dimension, and sums of cells that another crosses. told[cell]: a table shows
 * it, or a subtraction gives it; it is read for the cells of the call. Axes
 * must be open. */
bool universe_bridge(struct universe *universe, const bool *told,
                     sdc_count *count, void *context, struct err *err) MUST_USE;

/* Adds the cells of sites of one sex under the name of the sex: what is told of
 * both sexes at such a site is the number of that sex, and under that name too
 * a part of what is told of the sex. */
bool universe_name_sexes(struct universe *universe, sdc_count *count,
                         void *context, struct err *err) MUST_USE;

#endif
