/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/kernel_multiple.h"

/* P(D >= d) is an integral of the generating function over a circle outside
 * the unit circle:
 *
 *     1/(2 pi) int exp(K(u) - d u) / (1 - exp(-u)) d theta,  u = s + i theta,
 *     K(u) = a (exp(u) - 1) + b (exp(-u) - 1),  any s > 0.
 *
 * The integrand is periodic and smooth: the trapezoidal rule is exact but for
 * aliases, exp(-s points) and what lies beyond d + points (Trefethen and
 * Weideman 2014). Near the saddle point s nothing cancels, whatever the size
 * of the means; the work is about a hundred points. */
struct circle {
    double above, below; /* a exp(s), b exp(-s) */
    double s, shrink;    /* shrink: exp(-s) */
    double difference;
};

/* Beyond these many units of the exponent nothing counts. */
static const double negligible = 45.0;

/* Real part of the integrand, over exp(K(s) - d s). */
static double integrand(const struct circle *at, double theta)
{
    double half = sin(0.5 * theta);
    double short_of = 2.0 * half * half; /* 1 - cos */
    double size = exp(-(at->above + at->below) * short_of);
    double phase =
        (at->above - at->below) * sin(theta) - at->difference * theta;
    double real = -expm1(-at->s) + at->shrink * short_of;
    double imaginary = at->shrink * sin(theta);
    return size * (cos(phase) * real + sin(phase) * imaginary) /
           (real * real + imaginary * imaginary);
}

/* a, b > 0, for a difference above the mean. */
static double upper_tail(double a, double b, double difference)
{
    double root = hypot(difference, 2.0 * sqrt(a) * sqrt(b));
    double saddle = log((difference > 0.0 ? (difference + root) / (2.0 * a)
                                          : 2.0 * b / (root - difference)));
    double s = fmax(saddle, 1.0 / fmax(1.0, sqrt(a + b)));
    struct circle at = {.above = a * exp(s),
                        .below = b * exp(-s),
                        .s = s,
                        .shrink = exp(-s),
                        .difference = difference};
    double height = a * expm1(s) + b * expm1(-s) - difference * s;
    double spread = sqrt(at.above + at.below);
    double half_points =
        ceil(0.5 * fmax((negligible - height) / s, 10.0 * spread + negligible));
    double points = 2.0 * half_points + 1.0; /* odd: none at -1 */
    double sum = 0.5 * integrand(&at, 0.0);
    for (double j = 1.0; j <= half_points; j++) {
        double theta = 2.0 * acos(-1.0) * j / points;
        double half = sin(0.5 * theta);
        if ((at.above + at.below) * 2.0 * half * half > negligible)
            break;
        sum += integrand(&at, theta);
    }
    return fmax(0.0, exp(height) * 2.0 * sum / points);
}

/* A tail of one Poisson count, where the other mean is 0. */
static bool one_count(double difference, double first_mean, double second_mean,
                      struct kernel_tails *out)
{
    struct kernel_tails tails = {1.0, 0.0};
    if (second_mean == 0.0) {
        if (difference < 0.0)
            tails = (struct kernel_tails){0.0, 1.0};
        else if (!kernel_poisson_cdf(difference, first_mean, &tails))
            return false;
    } else if (difference < 0.0) { /* P(-Y <= d) = P(Y > -d - 1) */
        struct kernel_tails second;
        if (!kernel_poisson_cdf(-difference - 1.0, second_mean, &second))
            return false;
        tails = (struct kernel_tails){second.upper, second.lower};
    }
    *out = tails;
    return true;
}

bool kernel_skellam_cdf(double difference, double first_mean,
                        double second_mean, struct kernel_tails *out)
{
    if (!isfinite(difference) || difference != floor(difference) ||
        !isfinite(first_mean) || !isfinite(second_mean) || first_mean < 0.0 ||
        second_mean < 0.0)
        return false;
    if (first_mean == 0.0 || second_mean == 0.0)
        return one_count(difference, first_mean, second_mean, out);
    if (difference + 1.0 > first_mean - second_mean) {
        double upper = upper_tail(first_mean, second_mean, difference + 1.0);
        *out = (struct kernel_tails){1.0 - upper, upper};
    } else { /* P(D <= d) = P(-D >= -d) */
        double lower = upper_tail(second_mean, first_mean, -difference);
        *out = (struct kernel_tails){lower, 1.0 - lower};
    }
    return true;
}

static bool is_count(double count)
{
    return isfinite(count) && count >= 0.0 && count == floor(count);
}

bool kernel_skellam_test(double first, double second, double first_exposure,
                         double second_exposure, struct kernel_skellam *out)
{
    if (!is_count(first) || !is_count(second) || !isfinite(first_exposure) ||
        !isfinite(second_exposure) || !(first_exposure > 0.0) ||
        !(second_exposure > 0.0))
        return false;
    double share = first_exposure / (first_exposure + second_exposure);
    double rest = second_exposure / (first_exposure + second_exposure);
    double a = (first + second) * share, b = (first + second) * rest;
    struct kernel_tails at, before;
    if (!kernel_skellam_cdf(first - second, a, b, &at) ||
        !kernel_skellam_cdf(first - second - 1.0, a, b, &before))
        return false;
    double smaller = fmin(at.lower, before.upper);
    *out = (struct kernel_skellam){
        .expected = a - b,
        .lower_tail = at.lower,
        .upper_tail = before.upper,
        .probability = fmin(1.0, 2.0 * smaller),
    };
    return true;
}
