/* SPDX-License-Identifier: EUPL-1.2 */
#include <float.h>
#include <math.h>

#include "calc/distribution.h"
#include "calc/saddle.h"

enum {
    TERM_LIMIT = 1000000,
    STEP_LIMIT = 400,
};

/* A point of [0, 1] by its distances from both ends: x + y = 1. */
struct point {
    double x, y;
};

/* x^a y^b / B(a, b). */
static double density_xy(double a, double b, struct point at)
{
    return saddle_binomial(a, b, at.x, at.y) * a * b / (a + b);
}

/* I(a, b; x) / (x^a y^b / B(a, b)): the continued fraction of DiDonato and
 * Morris 1992, eq. 9, by Lentz's method. Its terms have no cancellation where
 * x < (a + 1) / (a + b + 2). */
static double fraction(double a, double b, struct point at)
{
    double gap = a * at.y - b * at.x + 1.0;
    double h = a * gap / (a + 1.0);
    double c = h, d = 0.0;
    for (int m = 1; m < TERM_LIMIT; m++) {
        double middle = a + 2.0 * m - 1.0;
        double above = (a + m - 1.0) / middle * ((a + b + m - 1.0) / middle) *
                       m * (b - m) * at.x * at.x;
        double below = m + m * (b - m) * at.x / middle +
                       (a + m) * (gap + m * (1.0 + at.y)) / (middle + 2.0);
        d = below + above * d;
        d = 1.0 / (fabs(d) < DBL_MIN ? DBL_MIN : d);
        c = below + above / c;
        c = fabs(c) < DBL_MIN ? DBL_MIN : c;
        double change = c * d;
        h *= change;
        if (fabs(change - 1.0) < DBL_EPSILON)
            break;
    }
    return 1.0 / h;
}

static struct kernel_tails tails_at(double a, double b, struct point at)
{
    if (at.x <= 0.0)
        return (struct kernel_tails){0.0, 1.0};
    if (at.y <= 0.0)
        return (struct kernel_tails){1.0, 0.0};
    double density = density_xy(a, b, at);
    if (at.x * (a + b + 2.0) < a + 1.0) {
        double lower = fmin(1.0, density * fraction(a, b, at));
        return (struct kernel_tails){lower, 1.0 - lower};
    }
    double upper =
        fmin(1.0, density * fraction(b, a, (struct point){at.y, at.x}));
    return (struct kernel_tails){1.0 - upper, upper};
}

static bool shapes_fit(double a, double b)
{
    return isfinite(a) && isfinite(b) && a > 0.0 && b > 0.0;
}

bool kernel_beta_cdf(double a, double b, double x, struct kernel_tails *out)
{
    if (!shapes_fit(a, b) || !(x >= 0.0 && x <= 1.0))
        return false;
    *out = tails_at(a, b, (struct point){x, 1.0 - x});
    return true;
}

/* --- quantiles ------------------------------------------------------------ */

/* The unknown is log(x / y): steps stay inside (0, 1), and the ends have as
 * many digits as the middle. */
static struct point at_logit(double u)
{
    double t = exp(-fabs(u));
    double small = t / (1.0 + t), large = 1.0 / (1.0 + t);
    return u < 0.0 ? (struct point){small, large}
                   : (struct point){large, small};
}

/* The normal approximation of the logit of a beta variate. */
static double first_logit(double a, double b, double z)
{
    double spread = sqrt(1.0 / a + 1.0 / b);
    double mean = log(a / b);
    return mean + fmax(-30.0, fmin(30.0, z)) * spread;
}

/* Newton's method on the smaller tail's logarithm, kept inside a bracket. */
static struct point solve(double a, double b, struct kernel_tails want,
                          double u)
{
    bool from_below = want.lower <= want.upper;
    double goal = log(from_below ? want.lower : want.upper);
    double low = -INFINITY, high = INFINITY;
    for (int k = 0; k < STEP_LIMIT; k++) {
        struct point at = at_logit(u);
        struct kernel_tails tails = tails_at(a, b, at);
        double tail = from_below ? tails.lower : tails.upper;
        double over = tail > 0.0 ? log(tail) - goal : (double)-INFINITY;
        if (!from_below)
            over = -over;
        if (over > 0.0)
            high = u;
        else
            low = u;
        double slope = density_xy(a, b, at) / tail; /* d log tail / du */
        double next = u - over / slope;
        if (!(next > low && next < high)) {
            double stride = 4.0 + fabs(u);
            next = isinf(low)    ? high - stride
                   : isinf(high) ? low + stride
                                 : 0.5 * (low + high);
        }
        double step = fabs(next - u);
        u = next;
        if (step <= 2.0 * DBL_EPSILON * fmax(1.0, fabs(u)))
            break;
    }
    return at_logit(u);
}

static bool quantile(struct kernel_tails want, double a, double b,
                     struct point *out)
{
    double z;
    if (!shapes_fit(a, b) || !(want.lower > 0.0 && want.upper > 0.0) ||
        !kernel_normal_quantile(fmin(want.lower, want.upper), &z))
        return false;
    z = want.lower <= want.upper ? z : -z;
    *out = solve(a, b, want, first_logit(a, b, z));
    return true;
}

bool kernel_beta_quantile(double probability, double a, double b, double *out)
{
    struct point at;
    if (!(probability > 0.0 && probability < 1.0) ||
        !quantile((struct kernel_tails){probability, 1.0 - probability}, a, b,
                  &at))
        return false;
    *out = at.x;
    return true;
}

/* --- binomial counts ------------------------------------------------------ */

static bool binomial_fits(double successes, double trials, double probability)
{
    return isfinite(trials) && trials == floor(trials) && successes >= 0.0 &&
           successes <= trials && successes == floor(successes) &&
           probability >= 0.0 && probability <= 1.0;
}

bool kernel_binomial_cdf(double successes, double trials, double probability,
                         struct kernel_tails *out)
{
    if (!binomial_fits(successes, trials, probability))
        return false;
    struct kernel_tails tails = {0.0, 1.0};
    if (successes < trials)
        tails = tails_at(successes + 1.0, trials - successes,
                         (struct point){probability, 1.0 - probability});
    *out = (struct kernel_tails){tails.upper, tails.lower};
    return true;
}

/* --- Student -------------------------------------------------------------- */

bool kernel_student_cdf(double freedom, double t, struct kernel_tails *out)
{
    if (!(freedom > 0.0) || !isfinite(freedom) || !isfinite(t))
        return false;
    double square = t * t, sum = freedom + square;
    struct kernel_tails tails = tails_at(
        0.5 * freedom, 0.5, (struct point){freedom / sum, square / sum});
    double far = 0.5 * tails.lower;
    *out = t > 0.0 ? (struct kernel_tails){1.0 - far, far}
                   : (struct kernel_tails){far, 1.0 - far};
    return true;
}

bool kernel_student_quantile(double probability, double freedom, double *out)
{
    struct point at;
    if (!(probability > 0.0 && probability < 1.0) || !(freedom > 0.0) ||
        !isfinite(freedom))
        return false;
    if (probability == 0.5) {
        *out = 0.0;
        return true;
    }
    double both = 2.0 * fmin(probability, 1.0 - probability);
    if (!quantile((struct kernel_tails){both, 1.0 - both}, 0.5 * freedom, 0.5,
                  &at))
        return false;
    double t = sqrt(freedom * at.y / at.x);
    *out = probability < 0.5 ? -t : t;
    return true;
}
