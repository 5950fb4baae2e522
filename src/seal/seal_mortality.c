/* SPDX-License-Identifier: EUPL-1.2 */
/* Deaths of one table against the cases of another. */
#include <math.h>

#include "calc/kernel_proportion.h"
#include "seal/seal_statistics_impl.h"

/* Where the nodes of the first table are in the second: [places] by axis. */
struct same {
    size_t *place[DIM_COUNT];
    size_t count; /* its column */
};

static bool find_axis(const struct making *making, enum dim dim,
                      size_t **places, struct err *err)
{
    size_t count = pub_axis_count(making->from, dim);
    *places = arena_array(making->seal->closed, count, sizeof **places);
    for (size_t p = 0; p < count; p++) {
        const struct node *node = pub_axis_node(making->from, dim, p);
        int at = pub_axis_find(making->against, dim,
                               dim == DIM_TERRITORY ? node->level : NULL,
                               node->code);
        if (at < 0)
            return err_fail(err, ERR_SCRIPT, "seal.statistic",
                            "against: table '%s' has no '%s' along '%s'",
                            pub_id(making->against), node->code, dim_name(dim));
        (*places)[p] = (size_t)at;
    }
    return true;
}

static bool find_same(const struct making *making, struct same *same,
                      struct err *err)
{
    bool ok = true;
    for (size_t d = 0; ok && d < DIM_COUNT; d++)
        ok = find_axis(making, (enum dim)d, &same->place[d], err);
    int count = pub_find_column(making->against, "count");
    assert(count >= 0); /* plan_check saw to it */
    same->count = (size_t)count;
    return ok;
}

/* Without a death the ratio is 0; its limits, on the log scale, are none. */
static struct series_result ratio_of(double deaths, double cases)
{
    struct kernel_interval ratio;
    if (deaths == 0.0 && cases > 0.0)
        return (struct series_result){.has_value = true};
    if (!kernel_mortality_incidence(deaths, cases, STATISTIC_CONFIDENCE,
                                    &ratio))
        return (struct series_result){0};
    return (struct series_result){.has_value = true,
                                  .has_limits = true,
                                  .value = ratio.value,
                                  .lower = ratio.lower,
                                  .upper = ratio.upper};
}

static void put_ratio(const struct making *making, const struct same *same,
                      size_t row)
{
    size_t place[DIM_COUNT], other[DIM_COUNT];
    size_t own = making->columns[PUB_VALUE];
    double deaths = 0.0, cases = 0.0;
    pub_places(making->from, row, place);
    for (size_t d = 0; d < DIM_COUNT; d++)
        other[d] = same->place[d][place[d]];
    size_t beside = pub_row(making->against, other);
    enum availability status =
        statistic_worse(pub_read(making->from, row, own, &deaths),
                        pub_read(making->against, beside, same->count, &cases));
    unsigned flags = pub_flags(making->from, row, own) |
                     pub_flags(making->against, beside, same->count);
    struct series_result result = {0};
    if (status == AVAILABLE)
        result = ratio_of(deaths, cases);
    /* A zero is exempt from the rule: then the cases alone are judged. */
    statistic_judge(making, deaths > 0.0 ? fmin(deaths, cases) : cases, &status,
                    &flags);
    statistic_put(making, row, status, NOT_APPLICABLE, flags, &result);
    pub_put_coverage(making->out, row,
                     fmin(pub_coverage(making->from, row),
                          pub_coverage(making->against, beside)));
}

bool statistic_mortality(const struct making *making, struct err *err)
{
    struct same same = {0};
    if (!find_same(making, &same, err))
        return false;
    for (size_t r = 0; r < pub_rows(making->from); r++)
        put_ratio(making, &same, r);
    return true;
}
