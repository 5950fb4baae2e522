/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/gamma_expansion.h - the gamma quantile as a series in the normal one.
 *
 * The Cornish-Fisher expansion of the quantile of the gamma distribution with
 * this shape (scale 1), sixteen terms in 1 / sqrt(shape). It costs no gamma
 * function and no iteration. */
#ifndef CALC_GAMMA_EXPANSION_H
#define CALC_GAMMA_EXPANSION_H

#include "base/base.h"

enum {
    GAMMA_EXPANSION_ORDER = 16,
};

/* What the expansion needs of a normal quantile z: one serves every shape, and
 * -z as well. */
struct gamma_expansion {
    double z;
    double terms[GAMMA_EXPANSION_ORDER];
};
void gamma_expansion_at(double z, struct gamma_expansion *out);
/* The quantile whose probability has the normal quantile sign * z (sign 1 or
 * -1). */
double gamma_expansion_sum(const struct gamma_expansion *expansion,
                           double shape, double sign);
/* The relative error is below 2e-13. */
bool gamma_expansion_exact(double shape, double z);
/* It is a good first guess: the relative error is below 1e-4. */
bool gamma_expansion_near(double shape, double z);

#endif
