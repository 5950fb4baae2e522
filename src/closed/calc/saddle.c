/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/saddle.h"

#include <math.h>

static const double two_pi = 6.283185307179586477;
static const double half_log_two_pi = 0.918938533204672742;
/* Six Stirling terms have an absolute error below 1e-17 from here on. */
static const double series_from = 16.0;

double saddle_stirling_error(double x)
{
    if (x < series_from)
        return lgamma(x + 1.0) - (x + 0.5) * log(x) + x - half_log_two_pi;
    double s = 1.0 / (x * x);
    double sum = 1.0 / 1188.0 - s * (691.0 / 360360.0);
    sum = 1.0 / 1680.0 - s * sum;
    sum = 1.0 / 1260.0 - s * sum;
    sum = 1.0 / 360.0 - s * sum;
    return (1.0 / 12.0 - s * sum) / x;
}

double saddle_deviance(double x, double mean)
{
    double gap = x - mean;
    if (x == 0.0)
        return mean;
    if (fabs(gap) >= 0.1 * (x + mean))
        return x * log(x / mean) - gap;
    double ratio = gap / (x + mean);
    double sum = gap * ratio;
    double power = 2.0 * x * ratio;
    for (int k = 3; k < 2001; k += 2) {
        power *= ratio * ratio;
        double next = sum + power / k;
        if (next == sum)
            break;
        sum = next;
    }
    return sum;
}

double saddle_binomial(double x, double rest, double p, double q)
{
    double n = x + rest;
    double error = saddle_stirling_error(n) - saddle_stirling_error(x) -
                   saddle_stirling_error(rest);
    double deviance = saddle_deviance(x, n * p) + saddle_deviance(rest, n * q);
    return exp(error - deviance) * sqrt(n / (two_pi * x * rest));
}
