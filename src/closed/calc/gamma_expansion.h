/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/gamma_expansion.h - the gamma quantile as a series in the normal one.
 *
 * The Cornish-Fisher expansion of the quantile of the gamma distribution with
 * this shape (scale 1), sixteen terms in 1 / sqrt(shape). It costs no gamma
 * function and no iteration. */
#ifndef CALC_GAMMA_EXPANSION_H
#define CALC_GAMMA_EXPANSION_H

#include "base/base.h"

/* The quantile whose probability has the normal quantile z. */
double gamma_expansion(double shape, double z);
/* Its relative error is below 2e-13. */
bool gamma_expansion_exact(double shape, double z);
/* It is a good first guess: its relative error is below 1e-4. */
bool gamma_expansion_near(double shape, double z);

#endif
