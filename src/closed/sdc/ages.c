/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/ages_impl.h"

#include <math.h>
#include <string.h>

#include "base/num.h"
#include "calc/kernel.h"

enum {
    ROUNDS = 20, /* in which sums narrow each other */
};

#define AGES_PER 100000.0
#define AGES_CONFIDENCE 0.95

/* --- what is printed ------------------------------------------------------ */

int age_rate_coarse(const struct age_rate *rate)
{
    return rate->decimals > 0 ? rate->decimals - 1 : 0;
}

/* Kernel and rounding of the calculation itself, on other counts. */
static bool print_counts(const struct age_rate *rate, const int64_t *counts,
                         double printed[PRINT_COUNT])
{
    double sums[AGES_MAX] = {0};
    for (size_t a = 0; a < rate->classes; a++) {
        if (rate->group[a] >= 0)
            sums[rate->group[a]] += (double)counts[a];
    }
    struct kernel_interval out;
    if (!kernel_standardised_rate(sums, rate->years, rate->weights,
                                  rate->groups, rate->total, AGES_PER,
                                  AGES_CONFIDENCE, &out))
        return false;
    printed[PRINT_VALUE] = num_round(out.value, rate->decimals);
    printed[PRINT_LOWER] = num_round(out.lower, rate->decimals);
    printed[PRINT_UPPER] = num_round(out.upper, rate->decimals);
    printed[PRINT_COARSE] = num_round(out.value, age_rate_coarse(rate));
    return true;
}

/* Value and limits as functions of the two sums they depend on. */
static bool limits_of(double value, double variance, double heaviest,
                      double out[PRINT_COUNT])
{
    double tail = 0.5 * (1.0 - AGES_CONFIDENCE), quantile = 0.0;
    out[PRINT_VALUE] = out[PRINT_COARSE] = value;
    out[PRINT_LOWER] = 0.0;
    if (value > 0.0) {
        if (!kernel_gamma_quantile(tail, value * value / variance, &quantile))
            return false;
        out[PRINT_LOWER] = variance / value * quantile;
    }
    double up = value + heaviest, wide = variance + heaviest * heaviest;
    if (!kernel_gamma_quantile(1.0 - tail, up * up / wide, &quantile))
        return false;
    out[PRINT_UPPER] = wide / up * quantile;
    return true;
}

/* Slopes by a small step of each sum: they guide the search only. */
static bool fill_slopes(struct age_rate *rate, double heaviest)
{
    double value = rate->value, variance = rate->variance;
    const double *weight = rate->weight;
    double at[PRINT_COUNT], along[PRINT_COUNT], across[PRINT_COUNT];
    double step = value > 0.0 ? value * 1e-5 : heaviest * 1e-5;
    double stretch = variance > 0.0 ? variance * 1e-5 : step * step;
    if (!limits_of(value, variance, heaviest, at) ||
        !limits_of(value + step, variance, heaviest, along) ||
        !limits_of(value, variance + stretch, heaviest, across))
        return false;
    for (int k = 0; k < PRINT_COUNT; k++) {
        int decimals =
            k == PRINT_COARSE ? age_rate_coarse(rate) : rate->decimals;
        double half = 0.5 * pow(10.0, -decimals);
        rate->by_value[k] = (along[k] - at[k]) / step;
        rate->by_variance[k] = (across[k] - at[k]) / stretch;
        rate->steepest[k] = 0.0;
        for (size_t a = 0; a < rate->classes; a++) {
            rate->slope[k][a] = rate->by_value[k] * weight[a] +
                                rate->by_variance[k] * weight[a] * weight[a];
            rate->steepest[k] =
                fmax(rate->steepest[k], fabs(rate->slope[k][a]));
        }
        rate->room_low[k] = rate->printed[k] - half - at[k];
        rate->room_high[k] = rate->printed[k] + half - at[k];
    }
    return true;
}

bool age_rate_print(struct arena *closed, struct age_rate *rate)
{
    assert(rate->classes <= AGES_MAX && rate->groups <= AGES_MAX);
    assert(rate->sexes > 0 && rate->classes % rate->sexes == 0);
    for (int k = 0; k < PRINT_COUNT; k++)
        rate->slope[k] =
            arena_array(closed, rate->classes, sizeof *rate->slope[k]);
    if (!print_counts(rate, rate->counts, rate->printed))
        return false;
    for (int k = 0; k < 2; k++)
        rate->most[k] =
            arena_array(closed, rate->classes, sizeof *rate->most[k]);
    double *weight = arena_array(closed, rate->classes, sizeof *weight);
    double value = 0.0, variance = 0.0, heaviest = 0.0;
    for (size_t a = 0; a < rate->classes; a++) {
        int group = rate->group[a];
        if (group < 0 || !(rate->weights[group] > 0.0))
            continue;
        weight[a] =
            rate->weights[group] / rate->total / rate->years[group] * AGES_PER;
        value += weight[a] * (double)rate->counts[a];
        variance += weight[a] * weight[a] * (double)rate->counts[a];
        heaviest = fmax(heaviest, weight[a]);
    }
    for (size_t a = 0; a < rate->classes; a++) {
        bool weighs = weight[a] > 0.0;
        rate->most[0][a] =
            weighs ? (value * 1.1 + 1.0) / weight[a] : (double)INFINITY;
        rate->most[1][a] =
            weighs ? variance * 1.5 / weight[a] / weight[a] : (double)INFINITY;
    }
    rate->weight = weight;
    rate->value = value;
    rate->variance = variance;
    return fill_slopes(rate, heaviest);
}

/* --- the proof ------------------------------------------------------------ */

bool age_prints(const struct age_use *use, int part)
{
    switch (use->digits) {
    case AGES_NOTHING:
        return false;
    case AGES_COARSE:
        return part == PRINT_COARSE;
    case AGES_VALUE:
        return part == PRINT_COARSE || part == PRINT_VALUE;
    case AGES_INTERVAL:
        break;
    }
    return true;
}

/* What the row of a use gains, by the classes of its rate. */
static void gains_of(const struct age_use *use, const int64_t *change,
                     int64_t gains[AGES_MAX])
{
    const struct age_rate *rate = use->rate;
    size_t ages = rate->classes / rate->sexes;
    memset(gains, 0, rate->classes * sizeof *gains);
    for (size_t p = 0; use->parts >> p > 0; p++) {
        for (size_t a = 0; use->parts >> p & 1 && a < ages; a++)
            gains[age_class(use, p * ages + a)] +=
                use->sign * change[p * ages + a];
    }
}

/* A large row that a few cases hardly move: limits are smooth, and four times
 * what their slopes say leaves room for their bend. */
static bool stands_still(const struct age_use *use, const int64_t *gains)
{
    const struct age_rate *rate = use->rate;
    double value = 0.0, variance = 0.0;
    for (size_t a = 0; a < rate->classes; a++) {
        double more = rate->weight[a] * (double)gains[a];
        value += more;
        variance += more * rate->weight[a];
    }
    if (fabs(value) > 0.01 * rate->value ||
        fabs(variance) > 0.01 * rate->variance)
        return false;
    for (int k = 0; k < PRINT_COUNT; k++) {
        double reach = 4.0 * (fabs(rate->by_value[k] * value) +
                              fabs(rate->by_variance[k] * variance));
        if (age_prints(use, k) &&
            reach >= fmin(rate->room_high[k], -rate->room_low[k]))
            return false;
    }
    return true;
}

static bool same_digits(const struct age_use *use, const int64_t *change)
{
    const struct age_rate *rate = use->rate;
    if (use->digits == AGES_NOTHING || use->sign == 0)
        return true;
    int64_t counts[AGES_MAX], gains[AGES_MAX];
    gains_of(use, change, gains);
    for (size_t a = 0; a < rate->classes; a++) {
        counts[a] = rate->counts[a] + gains[a];
        if (counts[a] < 0)
            return false;
    }
    if (use->around && stands_still(use, gains))
        return true;
    double printed[PRINT_COUNT];
    if (!print_counts(rate, counts, printed))
        return false;
    for (int k = 0; k < PRINT_COUNT; k++) {
        /* Rounded by the same function: equal means equal. */
        if (age_prints(use, k) &&
            (printed[k] < rate->printed[k] || printed[k] > rate->printed[k]))
            return false;
    }
    return true;
}

int64_t age_sum_over(const struct age_sum *sum, const int64_t *change,
                     size_t classes)
{
    int64_t total = 0;
    for (size_t a = 0; a < classes; a++) {
        if (sum->ages >> a & 1)
            total += change[a];
    }
    return total;
}

bool age_accepts(const struct age_problem *problem, const int64_t *change)
{
    for (size_t a = 0; a < problem->classes; a++) {
        if (change[a] < -problem->down[a] || change[a] > problem->up[a])
            return false;
    }
    for (size_t s = 0; s < problem->sum_count; s++) {
        const struct age_sum *sum = &problem->sums[s];
        int64_t total = age_sum_over(sum, change, problem->classes);
        if (total < sum->low || total > sum->high)
            return false;
    }
    for (size_t u = 0; u < problem->use_count; u++) {
        if (!same_digits(&problem->uses[u], change))
            return false;
    }
    return true;
}

/* --- the room ------------------------------------------------------------- */

/* What one sum leaves of its age counts, the others going as far as they can.
 * True when that was less than before. */
static bool narrow_by(const struct age_sum *sum, size_t classes, int64_t *down,
                      int64_t *up)
{
    bool narrower = false;
    int64_t least = -age_sum_over(sum, down, classes);
    int64_t most = age_sum_over(sum, up, classes);
    for (size_t a = 0; a < classes; a++) {
        if (!(sum->ages >> a & 1))
            continue;
        int64_t rise = sum->high - least - down[a];
        int64_t fall = most - up[a] - sum->low;
        narrower = narrower || rise < up[a] || fall < down[a];
        up[a] = rise < up[a] ? rise : up[a];
        down[a] = fall < down[a] ? fall : down[a];
    }
    return narrower;
}

void age_narrow(const struct age_sum *sums, size_t sum_count, size_t classes,
                int64_t *down, int64_t *up)
{
    bool narrower = true;
    for (int round = 0; round < ROUNDS && narrower; round++) {
        narrower = false;
        for (size_t s = 0; s < sum_count; s++)
            narrower = narrow_by(&sums[s], classes, down, up) || narrower;
    }
}
