/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/area_totals.h - cases of areas, and the base that they are counted on.
 */
#ifndef CALC_AREA_TOTALS_H
#define CALC_AREA_TOTALS_H

#include "base/base.h"

struct area_totals {
    double cases;
    double base;  /* person-years, or expected cases */
    double areas; /* how many have a base: the others say nothing */
};

/* Sums cases and base, [areas] each, both finite and not negative. False, with
 * `out` untouched, for other numbers, cases without a base, or fewer than two
 * areas that have one. */
bool area_totals(const double *cases, const double *base, size_t areas,
                 struct area_totals *out) MUST_USE;

#endif
