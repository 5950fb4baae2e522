/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "calc/kernel_indirect.h"
#include "calc/kernel_small_area.h"
#include "seal/seal_statistics_impl.h"

/* --- one territory -------------------------------------------------------- */

/* What the rates of the reference give with the territory's person-years.
 * Only the counts by age of the reference are needed, not the territory's. */
static enum availability expect(const struct making *making,
                                const struct ages *ages,
                                const size_t place[DIM_COUNT], double *expected)
{
    size_t own[DIM_COUNT], other[DIM_COUNT];
    memcpy(own, place, sizeof own);
    memcpy(other, place, sizeof other);
    other[DIM_TERRITORY] = making->reference;
    enum availability status = AVAILABLE;
    double sum = 0.0;
    for (size_t c = 0; c < ages->count; c++) {
        double cases = 0.0, years = 0.0, people = 0.0;
        status = statistic_worse(
            status,
            statistic_class(making, other, ages->classes[c], &cases, &years));
        status = statistic_worse(
            status,
            statistic_class(making, own, ages->classes[c], NULL, &people));
        if (status == AVAILABLE && years <= 0.0 && people > 0.0)
            status = NOT_AVAILABLE;
        if (status == AVAILABLE && years > 0.0)
            sum += people * cases / years;
    }
    *expected = sum;
    return status;
}

static struct compared compare(const struct making *making,
                               const struct ages *ages, size_t place[DIM_COUNT])
{
    struct compared out = {0};
    place[DIM_AGE] = ages->total;
    size_t row = pub_row(making->from, place);
    out.flags = pub_flags(making->from, row, making->columns[PUB_VALUE]);
    out.coverage = pub_coverage(making->from, row);
    out.status =
        pub_read(making->from, row, making->columns[PUB_VALUE], &out.observed);
    enum availability expected =
        making->apart != NULL
            ? statistic_expect_apart(making, place, &out.expected)
            : expect(making, ages, place, &out.expected);
    out.status = statistic_worse(out.status, expected);
    if (out.status == AVAILABLE && !(out.expected > 0.0))
        out.status = NOT_AVAILABLE;
    return out;
}

/* --- results -------------------------------------------------------------- */

static struct series_result plain_ratio(const struct compared *at)
{
    struct series_result out = {0};
    struct kernel_interval ratio;
    if (at->status != AVAILABLE ||
        !kernel_sir(at->observed, at->expected, KERNEL_SIR_EXACT,
                    STATISTIC_CONFIDENCE, &ratio))
        return out;
    out.has_value = out.has_limits = true;
    out.value = ratio.value;
    out.lower = ratio.lower;
    out.upper = ratio.upper;
    return out;
}

/* -2 and 2 beyond the limits of 99.8 %, -1 and 1 beyond those of 95 %. */
static double funnel_position(double ratio, const struct kernel_interval *inner,
                              const struct kernel_interval *outer)
{
    return (double)((ratio > inner->upper) + (ratio > outer->upper) -
                    (ratio < inner->lower) - (ratio < outer->lower));
}

/* The ratio, and between which ones as many expected cases let it fall. */
static struct series_result funnel(const struct compared *at)
{
    struct series_result out = {0};
    struct kernel_interval inner, outer;
    if (at->status != AVAILABLE ||
        !kernel_funnel_ratio(at->expected, KERNEL_FUNNEL_EXACT, 0.95, &inner) ||
        !kernel_funnel_ratio(at->expected, KERNEL_FUNNEL_EXACT, 0.998, &outer))
        return out;
    out.has_value = true;
    out.value = at->observed / at->expected;
    const double told[] = {
        at->expected, inner.lower, inner.upper,
        outer.lower,  outer.upper, funnel_position(out.value, &inner, &outer),
    };
    memcpy(out.extra, told, sizeof told);
    out.extra_count = COUNT_OF(told);
    return out;
}

/* Territories of one level that say something share a prior distribution. */
static bool find_prior(const struct making *making, struct arena *scratch,
                       const struct compared *all, const char *level,
                       struct kernel_gamma_prior *prior)
{
    size_t count = pub_axis_count(making->from, DIM_TERRITORY), areas = 0;
    double *observed = arena_array(scratch, count, sizeof *observed);
    double *expected = arena_array(scratch, count, sizeof *expected);
    for (size_t t = 0; t < count; t++) {
        if (all[t].status != AVAILABLE ||
            !text_same(pub_axis_node(making->from, DIM_TERRITORY, t)->level,
                       level))
            continue;
        observed[areas] = all[t].observed;
        expected[areas++] = all[t].expected;
    }
    return kernel_negative_binomial(observed, expected, areas, prior);
}

/* Replaces the ratios of one level by their posterior means. */
static void smooth_level(const struct making *making,
                         const struct compared *all, const char *level,
                         struct series_result *results)
{
    struct arena *scratch = arena_new();
    struct kernel_gamma_prior prior;
    bool fits = find_prior(making, scratch, all, level, &prior);
    for (size_t t = 0; t < pub_axis_count(making->from, DIM_TERRITORY); t++) {
        const struct node *node = pub_axis_node(making->from, DIM_TERRITORY, t);
        struct kernel_gamma_risk posterior;
        if (!text_same(node->level, level))
            continue;
        results[t] = (struct series_result){0};
        if (!fits || all[t].status != AVAILABLE ||
            !kernel_gamma_posterior(&prior, all[t].observed, all[t].expected,
                                    STATISTIC_CONFIDENCE, &posterior))
            continue;
        results[t] = (struct series_result){.has_value = true,
                                            .has_limits = prior.varies,
                                            .value = posterior.mean,
                                            .lower = posterior.lower,
                                            .upper = posterior.upper};
        statistic_above(&results[t], posterior.above);
    }
    arena_free(scratch);
}

static void smooth(const struct making *making, const struct compared *all,
                   struct series_result *results)
{
    size_t count = pub_axis_count(making->from, DIM_TERRITORY);
    for (size_t t = 0; t < count; t++) {
        const char *level =
            pub_axis_node(making->from, DIM_TERRITORY, t)->level;
        bool first = true;
        for (size_t before = 0; before < t && first; before++)
            first = !text_same(
                pub_axis_node(making->from, DIM_TERRITORY, before)->level,
                level);
        if (!first)
            continue;
        if (making->plan->kind == STATISTIC_SMOOTHED_RATIO)
            smooth_level(making, all, level, results);
        else if (making->maps[t] != NULL)
            statistic_spatial(making, all, making->maps[t], results);
    }
}

/* All territories of one combination of the other dimensions. */
static void put_territories(const struct making *making,
                            const struct ages *ages, size_t place[DIM_COUNT],
                            struct compared *all, struct series_result *results)
{
    size_t count = pub_axis_count(making->from, DIM_TERRITORY);
    bool smoothed = statistic_has_above(making->plan->kind);
    for (size_t t = 0; t < count; t++) {
        place[DIM_TERRITORY] = t;
        all[t] = compare(making, ages, place);
        results[t] = (struct series_result){0};
        if (smoothed)
            continue;
        statistic_judge(making, all[t].observed, &all[t].status, &all[t].flags);
        results[t] = making->plan->kind == STATISTIC_FUNNEL
                         ? funnel(&all[t])
                         : plain_ratio(&all[t]);
    }
    if (smoothed)
        smooth(making, all, results);
    place[DIM_AGE] = 0;
    for (size_t t = 0; t < count; t++) {
        place[DIM_TERRITORY] = t;
        size_t row = pub_row(making->out, place);
        statistic_put(making, row, all[t].status, NOT_APPLICABLE, all[t].flags,
                      &results[t]);
        pub_put_coverage(making->out, row, all[t].coverage);
    }
}

bool statistic_ratios(struct making *making, struct err *err)
{
    struct ages ages = {0};
    if (making->apart == NULL &&
        !statistic_ages(making, making->from, &ages, err))
        return false;
    if (making->plan->kind == STATISTIC_SPATIAL_RATIO &&
        !statistic_find_maps(making, err))
        return false;
    size_t count = pub_axis_count(making->from, DIM_TERRITORY);
    struct compared *all =
        arena_array(making->seal->closed, count, sizeof *all);
    struct series_result *results =
        arena_array(making->seal->closed, count, sizeof *results);
    for (size_t r = 0; r < pub_rows(making->out); r++) {
        size_t place[DIM_COUNT];
        pub_places(making->out, r, place);
        if (place[DIM_TERRITORY] == 0)
            put_territories(making, &ages, place, all, results);
    }
    return true;
}
