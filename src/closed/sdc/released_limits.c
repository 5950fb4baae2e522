/* SPDX-License-Identifier: EUPL-1.2 */
/* What a printed limit of a standardised rate leaves of its variance.
 *
 * Limits are those of Fay and Feuer (1997): quantiles of the gamma distribution
 * with the mean and variance of the rate, which are the sums over the ages of
 * the weight of a case, and of its square; for the upper limit with one case
 * more of the heaviest weight. At one variance both rise with the mean; at one
 * mean the lower one falls with the variance, the upper one rises. So what is
 * printed of a limit leaves, for each mean, a range of variances, and each end
 * of the range rises with the mean all along, or falls all along: between two
 * means it lies between what it is at either. So a straight line is laid above
 * what is left of all means that the printed rate leaves, and two below: both
 * ends bend upwards.
 *
 * Nothing is taken from what is not printed, and nothing is approximate: counts
 * beyond a line print another limit. */
#include <math.h>

#include "calc/weighted_sum.h"
#include "sdc/released_impl.h"

#define TAIL 0.025
#define FINE 1e-7 /* of all variances, to which an end is found, outwards */

enum {
    STEPS = 64, /* of the mean */
};

struct range {
    double low, high;
};

static bool limit_at(const struct released_limit *limit, double mean,
                     double variance, double *out)
{
    double more = limit->upper ? limit->heaviest : 0.0;
    const struct weighted_gamma gamma = {mean + more, variance + more * more};
    return weighted_gamma_quantile(&gamma, limit->upper ? 1.0 - TAIL : TAIL,
                                   out);
}

/* Where the limit passes `level`, between two variances close to each other; at
 * an end of `all` where it does nowhere in it. */
static bool find_passage(const struct released_limit *limit, double mean,
                         double level, struct range all, struct range *out)
{
    struct range range = all;
    while (range.high - range.low > FINE * (all.high - all.low)) {
        double middle = 0.5 * (range.low + range.high), at;
        if (!limit_at(limit, mean, middle, &at))
            return false;
        if ((at < level) == limit->upper)
            range.low = middle;
        else
            range.high = middle;
    }
    *out = range;
    return true;
}

/* The variances that give the printed limit with this mean, and hardly more.
 * *none: there are none among all. */
static bool find_variances(const struct released_limit *limit, double mean,
                           struct range all, struct range *out, bool *none)
{
    const struct released_digits *printed = &limit->printed;
    double side = limit->upper ? printed->half : -printed->half;
    struct range least, most;
    if (!find_passage(limit, mean, printed->value - side, all, &least) ||
        !find_passage(limit, mean, printed->value + side, all, &most))
        return false;
    *none = !(least.high < all.high) || !(most.low > all.low);
    *out = (struct range){least.low, most.high};
    return true;
}

/* An end of the variances that are left, at each step of the mean. */
struct end {
    double mean, step; /* the first, and between two */
    double at[STEPS + 1];
};

/* A line along the end between two steps, moved until it is on that side of all
 * of the end. */
static struct released_side side_along(const struct end *end, int from, int to,
                                       bool most)
{
    double sign = most ? 1.0 : -1.0;
    struct released_side side = {
        .slope = (end->at[to] - end->at[from]) / (end->step * (to - from)),
        .most = most,
    };
    double farthest = -HUGE_VAL;
    for (int i = 0; i < STEPS; i++) {
        double near = sign * side.slope * (end->mean + end->step * i);
        double far = sign * side.slope * (end->mean + end->step * (i + 1));
        double here = fmax(sign * end->at[i], sign * end->at[i + 1]);
        farthest = fmax(farthest, here - fmin(near, far));
    }
    side.bound = sign * farthest;
    return side;
}

bool released_limit_leaves(const struct released_limit *limit,
                           struct released_side out[RELEASED_SIDES])
{
    const struct released_digits *rate = &limit->rate;
    const struct range means = {rate->value - rate->half,
                                rate->value + rate->half};
    const struct range all = {limit->lightest * means.low,
                              limit->heaviest * means.high};
    double step = (means.high - means.low) / STEPS;
    struct end least = {.mean = means.low, .step = step}, most = least;
    bool empty = true;
    if (!(means.low > 0.0) || !(means.low < means.high) ||
        !(all.low < all.high))
        return false;
    for (int i = 0; i <= STEPS; i++) {
        struct range left;
        bool none;
        if (!find_variances(limit, means.low + step * i, all, &left, &none))
            return false;
        least.at[i] = left.low;
        most.at[i] = left.high;
        empty = empty && none;
    }
    out[0] = side_along(&most, 0, STEPS, true);
    out[1] = side_along(&least, 0, STEPS / 2, false);
    out[2] = side_along(&least, STEPS / 2, STEPS, false);
    return !empty;
}
