/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "base/num.h"
#include "calc/area_totals.h"
#include "calc/kernel_indirect.h"

/* Sums over the areas with something expected. */
struct sums {
    double chi2;
    double pairs;   /* O (O - 1) / E */
    double inverse; /* E+ / E */
    double squares; /* E (O/E - m)^2 */
};

static struct sums sum_areas(const double *observed, const double *expected,
                             size_t areas, const struct area_totals *totals)
{
    struct num_sum squares = {0}, pairs = {0}, inverse = {0};
    double ratio = totals->cases / totals->base;
    for (size_t i = 0; i < areas; i++) {
        if (expected[i] == 0.0)
            continue;
        double away = observed[i] - ratio * expected[i];
        num_sum_add(&squares, away * (away / expected[i]));
        num_sum_add(&pairs, observed[i] * ((observed[i] - 1.0) / expected[i]));
        num_sum_add(&inverse, totals->base / expected[i]);
    }
    double all = num_sum_value(&squares);
    return (struct sums){.chi2 = ratio > 0.0 ? all / ratio : 0.0,
                         .pairs = num_sum_value(&pairs),
                         .inverse = num_sum_value(&inverse),
                         .squares = all};
}

/* Given the total N, chi2 has the mean n - 1 and, with p the expected shares,
 * the variance 2(n-1) + (sum 1/p - n^2 - 2n + 2) / N (Haldane 1937). */
static bool sparse_p(const struct sums *sums, const struct area_totals *totals,
                     double *out)
{
    double n = totals->areas, mean = n - 1.0;
    double variance =
        2.0 * mean + (sums->inverse - n * n - 2.0 * n + 2.0) / totals->cases;
    struct kernel_tails tails = {0.0, 1.0};
    /* One case falls into one of equal areas: chi2 is always the same. */
    if (variance > 1e-9 * mean &&
        !kernel_gamma_cdf(mean * mean / variance, sums->chi2 * mean / variance,
                          &tails))
        return false;
    *out = tails.upper;
    return true;
}

/* Potthoff and Whittinghill 1966: the mean and, by factorial moments of the
 * multinomial distribution, the exact variance. */
static void potthoff(const struct sums *sums, const struct area_totals *totals,
                     struct kernel_heterogeneity *out)
{
    double pairs = totals->cases * (totals->cases - 1.0);
    out->potthoff = totals->base * sums->pairs;
    out->potthoff_mean = fmax(0.0, pairs);
    out->potthoff_sd = sqrt(2.0 * out->freedom * out->potthoff_mean);
    out->potthoff_p =
        out->potthoff_sd > 0.0
            ? kernel_normal_cdf((out->potthoff_mean - out->potthoff) /
                                out->potthoff_sd)
            : 1.0;
}

/* Marshall 1991: the variance of the ratios less what chance gives. */
static double spread(const struct sums *sums, const struct area_totals *totals)
{
    double ratio = totals->cases / totals->base;
    double variance =
        sums->squares / totals->base - ratio * totals->areas / totals->base;
    return variance > 0.0 ? sqrt(variance) / ratio : 0.0;
}

bool kernel_heterogeneity(const double *observed, const double *expected,
                          size_t areas, struct kernel_heterogeneity *out)
{
    struct area_totals totals;
    if (!area_totals(observed, expected, areas, &totals))
        return false;
    struct kernel_heterogeneity found = {
        .areas = (size_t)totals.areas,
        .ratio = totals.cases / totals.base,
        .freedom = totals.areas - 1.0,
        .p = 1.0,
        .p_sparse = 1.0,
        .potthoff_p = 1.0,
    };
    if (totals.cases > 0.0) {
        struct sums sums = sum_areas(observed, expected, areas, &totals);
        struct kernel_tails tails;
        found.chi2 = sums.chi2;
        if (!kernel_chi2_cdf(found.freedom, found.chi2, &tails) ||
            !sparse_p(&sums, &totals, &found.p_sparse))
            return false;
        found.p = tails.upper;
        potthoff(&sums, &totals, &found);
        found.spread = spread(&sums, &totals);
    }
    *out = found;
    return true;
}

enum kernel_evidence kernel_evidence(double p)
{
    if (p < 0.001)
        return KERNEL_EVIDENCE_STRONG;
    if (p < 0.01)
        return KERNEL_EVIDENCE_MODERATE;
    return p < 0.05 ? KERNEL_EVIDENCE_WEAK : KERNEL_EVIDENCE_NONE;
}
