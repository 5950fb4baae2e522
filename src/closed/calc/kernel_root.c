/* SPDX-License-Identifier: EUPL-1.2 */
#include <float.h>
#include <math.h>

#include "calc/distribution.h"

enum {
    STEP_LIMIT = 400,
};

/* Brent's state: b is the best point, a the one before, [b, c] brackets. */
struct bracket {
    double a, b, c, fa, fb, fc;
    double step, before;
};

static void order(struct bracket *at)
{
    if ((at->fb > 0.0) == (at->fc > 0.0)) {
        at->c = at->a;
        at->fc = at->fa;
        at->before = at->step = at->b - at->a;
    }
    if (fabs(at->fc) < fabs(at->fb)) {
        at->a = at->b;
        at->b = at->c;
        at->c = at->a;
        at->fa = at->fb;
        at->fb = at->fc;
        at->fc = at->fa;
    }
}

/* Inverse quadratic or secant step where it is short enough, else half. */
static void choose_step(struct bracket *at, double middle, double tolerance)
{
    double p, q, s = at->fb / at->fa;
    if (fabs(at->before) < tolerance || fabs(at->fa) <= fabs(at->fb)) {
        at->step = at->before = middle;
        return;
    }
    if (at->a == at->c) {
        p = 2.0 * middle * s;
        q = 1.0 - s;
    } else {
        double r = at->fb / at->fc, t = at->fa / at->fc;
        p = s * (2.0 * middle * t * (t - r) - (at->b - at->a) * (r - 1.0));
        q = (t - 1.0) * (r - 1.0) * (s - 1.0);
    }
    if (p > 0.0)
        q = -q;
    p = fabs(p);
    if (2.0 * p <
        fmin(3.0 * middle * q - fabs(tolerance * q), fabs(at->before * q))) {
        at->before = at->step;
        at->step = p / q;
    } else {
        at->step = at->before = middle;
    }
}

bool kernel_root(kernel_function *function, const void *context, double low,
                 double high, double *out)
{
    struct bracket at = {.a = low, .b = high, .c = low};
    at.fa = at.fc = function(context, low);
    at.fb = function(context, high);
    at.step = at.before = high - low;
    if (!isfinite(at.fa) || !isfinite(at.fb) || (at.fa > 0.0 && at.fb > 0.0) ||
        (at.fa < 0.0 && at.fb < 0.0))
        return false;
    if (at.fa == 0.0) {
        *out = low;
        return true;
    }
    for (int k = 0; k < STEP_LIMIT && at.fb != 0.0; k++) {
        order(&at);
        double tolerance = 2.0 * DBL_EPSILON * fabs(at.b) + DBL_MIN;
        double middle = 0.5 * (at.c - at.b);
        if (fabs(middle) <= tolerance || at.fb == 0.0)
            break;
        choose_step(&at, middle, tolerance);
        at.a = at.b;
        at.fa = at.fb;
        at.b +=
            fabs(at.step) > tolerance ? at.step : copysign(tolerance, middle);
        at.fb = function(context, at.b);
        if (!isfinite(at.fb))
            return false;
    }
    *out = at.b;
    return true;
}
