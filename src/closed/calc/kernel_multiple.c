/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/kernel_multiple.h"

#include <math.h>
#include <stdlib.h>

/* --- adjusted p values ---------------------------------------------------- */

struct numbered {
    double value;
    size_t at;
};

static int by_value(const void *a, const void *b)
{
    const struct numbered *x = a, *y = b;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

bool kernel_benjamini_hochberg(struct arena *scratch, const double *p_values,
                               size_t count, double *out)
{
    struct numbered *ordered = arena_array(scratch, count + 1, sizeof *ordered);
    for (size_t i = 0; i < count; i++) {
        if (!(p_values[i] >= 0.0 && p_values[i] <= 1.0))
            return false;
        ordered[i] = (struct numbered){p_values[i], i};
    }
    qsort(ordered, count, sizeof *ordered, by_value);
    double least = 1.0;
    for (size_t i = count; i-- > 0;) {
        least = fmin(least, (double)count / (double)(i + 1) * ordered[i].value);
        out[ordered[i].at] = least;
    }
    return true;
}

/* --- ranks ---------------------------------------------------------------- */

bool kernel_ranks(const double *values, const double *lower,
                  const double *upper, size_t count, struct kernel_rank *out)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(values[i]) || !isfinite(lower[i]) ||
            !isfinite(upper[i]) || lower[i] > values[i] || upper[i] < values[i])
            return false;
    }
    for (size_t i = 0; i < count; i++) {
        size_t greater = 0, above = 0, below = 0;
        for (size_t j = 0; j < count; j++) {
            greater += values[j] > values[i];
            above += lower[j] > upper[i];
            below += upper[j] < lower[i];
        }
        out[i] = (struct kernel_rank){
            .rank = greater + 1, .lower = above + 1, .upper = count - below};
    }
    return true;
}

double kernel_joint_level(double confidence, size_t count)
{
    return pow(confidence, 1.0 / (double)count);
}

bool kernel_ranks_normal(struct arena *scratch, const double *values,
                         const double *errors, size_t count, double confidence,
                         struct kernel_rank *out)
{
    double z;
    if (count == 0 || !(confidence > 0.0 && confidence < 1.0) ||
        !kernel_normal_quantile(
            0.5 * (1.0 + kernel_joint_level(confidence, count)), &z))
        return false;
    double *lower = arena_array(scratch, count, sizeof *lower);
    double *upper = arena_array(scratch, count, sizeof *upper);
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(errors[i]) || errors[i] < 0.0)
            return false;
        lower[i] = values[i] - z * errors[i];
        upper[i] = values[i] + z * errors[i];
    }
    return kernel_ranks(values, lower, upper, count, out);
}
