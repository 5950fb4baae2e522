/* SPDX-License-Identifier: EUPL-1.2 */
#include <float.h>
#include <math.h>

#include "calc/distribution.h"
#include "calc/gamma_expansion.h"
#include "calc/saddle.h"

static const double two_pi = 6.283185307179586477;

enum {
    SADDLE_FROM = 16, /* below, tgamma is exact enough */
    TERM_LIMIT = 1000000,
    STEP_LIMIT = 200,
};

/* x^shape exp(-x) / Gamma(shape + 1): the common factor of the series and the
 * continued fraction, kept accurate for large shapes by Loader's saddle-point
 * form, where x^shape alone would lose six digits. */
static double factor(double shape, double x)
{
    if (shape < SADDLE_FROM)
        return exp(shape * log(x) - x) / tgamma(shape + 1.0);
    return exp(-saddle_stirling_error(shape) - saddle_deviance(shape, x)) /
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

static struct kernel_tails tails_at(double shape, double x, double common)
{
    if (x > shape + 1.0) {
        double upper = common * shape * upper_fraction(shape, x);
        return (struct kernel_tails){1.0 - upper, upper};
    }
    double lower = fmin(1.0, common * lower_series(shape, x));
    return (struct kernel_tails){lower, 1.0 - lower};
}

bool kernel_gamma_cdf(double shape, double x, struct kernel_tails *out)
{
    if (!(shape > 0.0) || !isfinite(shape) || !(x >= 0.0))
        return false;
    if (x == 0.0)
        *out = (struct kernel_tails){0.0, 1.0};
    else if (isinf(x))
        *out = (struct kernel_tails){1.0, 0.0};
    else
        *out = tails_at(shape, x, factor(shape, x));
    return true;
}

/* Away from both ends either tail has digits enough, and the series is much
 * shorter work than the continued fraction. */
static bool series_will_do(double probability, double shape, double x)
{
    return probability > 1e-3 && probability < 0.999 && x < shape + 60.0;
}

/* What is left to do at x: P(x) - probability, taken from the smaller tail so
 * that it keeps its digits, and the density there. */
static double excess(double probability, double shape, double x,
                     double *density)
{
    double common = factor(shape, x);
    *density = common * shape / x;
    if (series_will_do(probability, shape, x))
        return common * lower_series(shape, x) - probability;
    struct kernel_tails tails = tails_at(shape, x, common);
    return tails.lower < tails.upper ? tails.lower - probability
                                     : (1.0 - probability) - tails.upper;
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
    if (gamma_expansion_exact(shape, z)) {
        *out = gamma_expansion(shape, z);
        return true;
    }
    double guess = gamma_expansion_near(shape, z)
                       ? gamma_expansion(shape, z)
                       : first_guess(probability, shape, z);
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

bool kernel_chi2_cdf(double freedom, double x, struct kernel_tails *out)
{
    return kernel_gamma_cdf(0.5 * freedom, 0.5 * x, out);
}

/* --- Poisson counts ----------------------------------------------------------
 */

static bool is_count(double value)
{
    return isfinite(value) && value >= 0.0 && value == floor(value);
}

bool kernel_poisson_mass(double count, double mean, double *out)
{
    if (!is_count(count) || !isfinite(mean) || mean < 0.0)
        return false;
    if (mean == 0.0)
        *out = count == 0.0 ? 1.0 : 0.0;
    else
        *out = count == 0.0 ? exp(-mean) : factor(count, mean);
    return true;
}

/* P(X <= count) is the upper tail of the gamma distribution of shape
 * count + 1 at the mean. */
bool kernel_poisson_cdf(double count, double mean, struct kernel_tails *out)
{
    struct kernel_tails tails;
    if (!is_count(count) || !isfinite(mean) || mean < 0.0 ||
        !kernel_gamma_cdf(count + 1.0, mean, &tails))
        return false;
    *out = (struct kernel_tails){tails.upper, tails.lower};
    return true;
}
