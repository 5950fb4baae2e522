/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/saddle.h - densities without cancellation, by Loader's saddle-point
 * expansion (Loader C., Fast and accurate computation of binomial
 * probabilities, 2000). */
#ifndef CALC_SADDLE_H
#define CALC_SADDLE_H

/* log Gamma(x + 1) minus Stirling's formula, x > 0. */
double saddle_stirling_error(double x);
/* x log(x / mean) + mean - x, for x >= 0 and mean > 0. */
double saddle_deviance(double x, double mean);
/* Gamma(x + rest + 1) / (Gamma(x + 1) Gamma(rest + 1)) p^x q^rest, x and rest
 * above 0. Both are given, and so are p and q = 1 - p, so that the small one
 * of two keeps its digits. */
double saddle_binomial(double x, double rest, double p, double q);

#endif
