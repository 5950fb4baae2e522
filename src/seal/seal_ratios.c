/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "calc/kernel_indirect.h"
#include "calc/kernel_small_area.h"
#include "seal/seal_statistics_impl.h"

/* The ages of the table: all together, and the classes that add up to that. */
struct ages {
    size_t total;    /* place on the axis */
    size_t *classes; /* [count] places */
    size_t count;
};

/* --- ages -------------------------------------------------------------------
 */

static bool find_ages(const struct making *making, struct ages *ages)
{
    struct arena *closed = making->seal->closed;
    const struct dimension *dimension = &making->seal->codes.dims[DIM_AGE];
    bool *seen = arena_array(closed, dimension->leaf_count, sizeof *seen);
    size_t covered = 0;
    bool has_total = false;
    ages->classes = arena_array(closed, making->points, sizeof *ages->classes);
    for (size_t p = 0; p < making->points; p++) {
        const struct node *node = pub_axis_node(making->from, DIM_AGE, p);
        if (node->leaf_count == dimension->leaf_count) {
            ages->total = p;
            has_total = true;
            continue;
        }
        for (size_t l = 0; l < node->leaf_count; l++) {
            if (seen[node->leaves[l]])
                return false;
            seen[node->leaves[l]] = true;
        }
        covered += node->leaf_count;
        ages->classes[ages->count++] = p;
    }
    return has_total && covered == dimension->leaf_count;
}

/* --- one territory ----------------------------------------------------------
 */

/* Cases and person-years of one age class of a row; cases NULL: not asked. */
static enum availability read_class(const struct making *making,
                                    size_t place[DIM_COUNT], size_t age,
                                    double *cases, double *years)
{
    place[DIM_AGE] = age;
    size_t row = pub_row(making->from, place);
    enum availability status =
        pub_read(making->from, row, (size_t)making->people, years);
    if (cases != NULL)
        status = statistic_worse(
            status,
            pub_read(making->from, row, making->columns[PUB_VALUE], cases));
    return status;
}

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
        status =
            statistic_worse(status, read_class(making, other, ages->classes[c],
                                               &cases, &years));
        status = statistic_worse(
            status, read_class(making, own, ages->classes[c], NULL, &people));
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
    out.status =
        statistic_worse(out.status, expect(making, ages, place, &out.expected));
    if (out.status == AVAILABLE && !(out.expected > 0.0))
        out.status = NOT_AVAILABLE;
    return out;
}

/* --- results ----------------------------------------------------------------
 */

/* A ratio of few cases is noise: the rule of rates. Smoothing is for it. */
static void judge(const struct making *making, struct compared *at)
{
    const struct policy *policy = &making->seal->job->project->policy;
    if (at->status != AVAILABLE || !(at->observed > 0.0))
        return;
    if (at->observed < policy->unreliable_under)
        at->status = UNRELIABLE;
    else if (at->observed < policy->caution_under)
        at->flags |= FLAG_CAUTION;
}

static struct series_result plain_ratio(const struct compared *at)
{
    struct series_result out = {0};
    struct kernel_interval ratio;
    if (at->status != AVAILABLE ||
        !kernel_sir(at->observed, at->expected, KERNEL_SIR_EXACT,
                    STATISTIC_CONFIDENCE, &ratio))
        return out;
    return (struct series_result){true,        true,        ratio.value,
                                  ratio.lower, ratio.upper, 0.0};
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
        if (fits && all[t].status == AVAILABLE &&
            kernel_gamma_posterior(&prior, all[t].observed, all[t].expected,
                                   STATISTIC_CONFIDENCE, &posterior))
            results[t] = (struct series_result){true,
                                                prior.varies,
                                                posterior.mean,
                                                posterior.lower,
                                                posterior.upper,
                                                posterior.above};
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
        if (!smoothed)
            judge(making, &all[t]);
        results[t] =
            smoothed ? (struct series_result){0} : plain_ratio(&all[t]);
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
    if (!find_ages(making, &ages))
        return err_fail(err, ERR_SCRIPT, "seal.statistic",
                        "table '%s' needs the total of all ages, and age "
                        "classes that add up to it",
                        pub_id(making->from));
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
