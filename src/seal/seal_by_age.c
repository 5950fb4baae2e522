/* SPDX-License-Identifier: EUPL-1.2 */
/* What statistics along the ages read of their table. */
#include "calc/kernel_proportion.h"
#include "seal/seal_statistics_impl.h"

static bool find_ages(const struct making *making,
                      const struct pub_table *table, struct ages *ages)
{
    struct arena *closed = making->seal->closed;
    const struct dimension *dimension = &making->seal->codes.dims[DIM_AGE];
    bool *seen = arena_array(closed, dimension->leaf_count, sizeof *seen);
    size_t covered = 0;
    bool has_total = false;
    size_t points = pub_axis_count(table, DIM_AGE);
    ages->classes = arena_array(closed, points, sizeof *ages->classes);
    for (size_t p = 0; p < points; p++) {
        const struct node *node = pub_axis_node(table, DIM_AGE, p);
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

bool statistic_ages(const struct making *making, const struct pub_table *table,
                    struct ages *ages, struct err *err)
{
    return find_ages(making, table, ages) ||
           err_fail(err, ERR_SCRIPT, "seal.statistic",
                    "table '%s' needs the total of all ages, and age classes "
                    "that add up to it",
                    pub_id(table));
}

enum availability statistic_class(const struct making *making,
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

/* A ratio of few cases is noise: the rule of rates. */
void statistic_judge(const struct making *making, double events,
                     enum availability *status, unsigned *flags)
{
    const struct policy *policy = &making->seal->job->project->policy;
    if (*status != AVAILABLE)
        return;
    switch (kernel_reliability(events, (double)policy->unreliable_under,
                               (double)policy->caution_under)) {
    case KERNEL_UNRELIABLE:
        *status = UNRELIABLE;
        break;
    case KERNEL_CAUTION:
        *flags |= FLAG_CAUTION;
        break;
    case KERNEL_RELIABLE:
        break;
    }
}
