/* SPDX-License-Identifier: EUPL-1.2 */
#include <float.h>
#include <math.h>

#include "calc/kernel.h"

static const double two_pi = 6.283185307179586477;

enum {
    STIRLING_FROM = 16,      /* shapes where six Stirling terms are exact */
    EXPANSION_FROM = 100000, /* shapes where Cornish-Fisher is exact */
    TERM_LIMIT = 1000000,
    STEP_LIMIT = 200,
};

/* log Gamma(shape + 1) minus Stirling's formula; below 1e-17 absolute error
 * from STIRLING_FROM on. */
static double stirling_error(double shape)
{
    double s = 1.0 / (shape * shape);
    double sum = 1.0 / 1188.0 - s * (691.0 / 360360.0);
    sum = 1.0 / 1680.0 - s * sum;
    sum = 1.0 / 1260.0 - s * sum;
    sum = 1.0 / 360.0 - s * sum;
    return (1.0 / 12.0 - s * sum) / shape;
}

/* shape log(shape / x) + x - shape without cancellation (Loader 2000). */
static double deviance(double shape, double x)
{
    double gap = shape - x;
    if (fabs(gap) >= 0.1 * (shape + x))
        return shape * log(shape / x) - gap;
    double ratio = gap / (shape + x);
    double sum = gap * ratio;
    double power = 2.0 * shape * ratio;
    for (int k = 3; k < 2001; k += 2) {
        power *= ratio * ratio;
        double next = sum + power / k;
        if (next == sum)
            break;
        sum = next;
    }
    return sum;
}

/* x^shape exp(-x) / Gamma(shape + 1): the common factor of the series and the
 * continued fraction, kept accurate for large shapes by Loader's saddle-point
 * form, where x^shape alone would lose six digits. */
static double factor(double shape, double x)
{
    if (shape < STIRLING_FROM)
        return exp(shape * log(x) - x) / tgamma(shape + 1.0);
    return exp(-stirling_error(shape) - deviance(shape, x)) /
           sqrt(two_pi * shape);
}

/* P(shape, x) / factor, by its power series. */
static double lower_series(double shape, double x)
{
    double term = 1.0, sum = 1.0;
    for (int k = 1; k < TERM_LIMIT; k++) {
        term *= x / (shape + k);
        sum += term;
        if (term < sum * 0.1 * DBL_EPSILON)
            break;
    }
    return sum;
}

/* Q(shape, x) / (shape x factor), by Legendre's continued fraction, evaluated
 * with Lentz's method; for x > shape + 1. */
static double upper_fraction(double shape, double x)
{
    double b = x + 1.0 - shape;
    double c = 1.0 / DBL_MIN;
    double d = 1.0 / b;
    double h = d;
    for (int k = 1; k < TERM_LIMIT; k++) {
        double a = -k * (k - shape);
        b += 2.0;
        d = 1.0 / (a * d + b);
        c = b + a / c;
        double change = c * d;
        h *= change;
        if (fabs(change - 1.0) < DBL_EPSILON)
            break;
    }
    return h;
}

/* What is left to do at x: P(x) - probability, taken from the smaller tail so
 * that it keeps its digits, and the density there. */
static double excess(double probability, double shape, double x,
                     double *density)
{
    double common = factor(shape, x);
    *density = common * shape / x;
    if (x > shape + 1.0) {
        double upper = common * shape * upper_fraction(shape, x);
        return (1.0 - probability) - upper;
    }
    double lower = common * lower_series(shape, x);
    return lower - probability;
}

/* Cornish-Fisher expansion of the gamma quantile in the normal one, to the
 * order shape^-3/2. */
static double cornish_fisher(double shape, double z)
{
    double z2 = z * z, root = sqrt(shape);
    double sum = (9.0 * z2 * z2 + 256.0 * z2 - 433.0) * z / (38880.0 * root);
    sum = (sum - (3.0 * z2 * z2 + 7.0 * z2 - 16.0) / 810.0) / root;
    sum = (sum + (z2 - 7.0) * z / 36.0) / root;
    return shape + (root * z + ((z2 - 1.0) / 3.0 + sum));
}

static double first_guess(double probability, double shape, double z)
{
    /* P(x) ~ x^shape / Gamma(shape + 1) near zero. */
    double near_zero = exp((log(probability) + lgamma(shape + 1.0)) / shape);
    if (near_zero < 0.2 * (shape + 1.0) * fmin(1.0, shape))
        return near_zero;
    if (shape >= 1.0) { /* Wilson and Hilferty 1931 */
        double root = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * sqrt(shape));
        double guess = shape * root * root * root;
        return root > 0.1 ? guess : near_zero;
    }
    double bend = 1.0 - shape * (0.253 + shape * 0.12);
    return probability < bend ? pow(probability / bend, 1.0 / shape)
                              : 1.0 - log((1.0 - probability) / (1.0 - bend));
}

/* Halley's method, kept inside the interval where the sign changes. */
static double solve(double probability, double shape, double x)
{
    double low = 0.0, high = INFINITY;
    double tolerance = 1e-6 / fmax(1.0, sqrt(shape));
    for (int k = 0; k < STEP_LIMIT; k++) {
        double density;
        double over = excess(probability, shape, x, &density);
        if (over == 0.0)
            break;
        if (over > 0.0)
            high = x;
        else
            low = x;
        double newton = over / density;
        double bend = newton * ((shape - 1.0) / x - 1.0);
        double next = x - newton / (1.0 - 0.5 * fmin(1.0, bend));
        if (!(next >= low && next <= high)) /* not so when converged */
            next = isfinite(high) ? 0.5 * (low + high) : 2.0 * x;
        double step = fabs(next - x);
        x = next;
        if (step <= tolerance * x) /* the next error is its cube */
            break;
    }
    return x;
}

bool kernel_gamma_quantile(double probability, double shape, double *out)
{
    double z;
    if (!(shape > 0.0) || !isfinite(shape) ||
        !kernel_normal_quantile(probability, &z))
        return false;
    if (shape >= EXPANSION_FROM && fabs(z) <= 8.0) {
        *out = cornish_fisher(shape, z);
        return true;
    }
    double guess = first_guess(probability, shape, z);
    /* Tiny shapes have quantiles below the smallest double: zero. */
    *out = guess < DBL_MIN ? 0.0 : solve(probability, shape, guess);
    return true;
}

bool kernel_chi2_quantile(double probability, double freedom, double *out)
{
    double half;
    if (!kernel_gamma_quantile(probability, 0.5 * freedom, &half))
        return false;
    *out = 2.0 * half;
    return true;
}
