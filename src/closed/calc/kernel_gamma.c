/* SPDX-License-Identifier: EUPL-1.2 */
#include <float.h>
#include <math.h>

#include "calc/distribution.h"
#include "calc/gamma_expansion.h"
#include "calc/saddle.h"

static const double two_pi = 6.283185307179586477;
static const double half_log_two_pi = 0.918938533204672742;

enum {
    SADDLE_FROM = 16, /* as saddle_stirling_error's series */
    TERM_LIMIT = 1000000,
    STEP_LIMIT = 200,
};

/* factor() of a shape below SADDLE_FROM: Gamma(shape + 1) by Stirling's formula
 * at a larger argument, and the whole steps between. Quicker than tgamma. */
static double stepped_factor(double shape, double x)
{
    double steps = 1.0, large = shape;
    while (large < SADDLE_FROM)
        steps *= large += 1.0;
    double log_gamma = (large + 0.5) * log(large) - large + half_log_two_pi +
                       saddle_stirling_error(large);
    return exp(shape * log(x) - x - log_gamma) * steps;
}

/* x^shape exp(-x) / Gamma(shape + 1): the common factor of the series and the
 * continued fraction, kept accurate for large shapes by Loader's saddle-point
 * form, where x^shape alone would lose six digits. */
static double factor(double shape, double x)
{
    /* A quantile has 1 / shape times the error of its probability. */
    if (shape < 1.0)
        return exp(shape * log(x) - x) / tgamma(shape + 1.0);
    if (shape < SADDLE_FROM)
        return stepped_factor(shape, x);
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
    double tolerance = shape < 1.0 ? 1e-6 : 2e-5 / sqrt(shape);
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

static bool is_shape(double shape)
{
    return shape > 0.0 && isfinite(shape);
}

/* Quantile of a probability whose normal quantile is sign * z. */
static double quantile(const struct gamma_expansion *expansion, double sign,
                       double probability, double shape)
{
    double z = sign * expansion->z;
    if (gamma_expansion_exact(shape, z))
        return gamma_expansion_sum(expansion, shape, sign);
    double guess = gamma_expansion_near(shape, z)
                       ? gamma_expansion_sum(expansion, shape, sign)
                       : first_guess(probability, shape, z);
    /* Tiny shapes have quantiles below the smallest double: zero. */
    return guess < DBL_MIN ? 0.0 : solve(probability, shape, guess);
}

bool kernel_gamma_quantile(double probability, double shape, double *out)
{
    double z;
    struct gamma_expansion expansion;
    if (!is_shape(shape) || !kernel_normal_quantile(probability, &z))
        return false;
    gamma_expansion_at(z, &expansion);
    *out = quantile(&expansion, 1.0, probability, shape);
    return true;
}

bool kernel_gamma_limits(double tail, double lower_shape, double upper_shape,
                         double *lower, double *upper)
{
    double z;
    struct gamma_expansion expansion;
    if (!is_shape(lower_shape) || !is_shape(upper_shape) ||
        !kernel_normal_quantile(tail, &z))
        return false;
    gamma_expansion_at(z, &expansion);
    *lower = quantile(&expansion, 1.0, tail, lower_shape);
    *upper = quantile(&expansion, -1.0, 1.0 - tail, upper_shape);
    return true;
}

bool kernel_chi2_cdf(double freedom, double x, struct kernel_tails *out)
{
    return kernel_gamma_cdf(0.5 * freedom, 0.5 * x, out);
}

/* --- Poisson counts ------------------------------------------------------- */

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
