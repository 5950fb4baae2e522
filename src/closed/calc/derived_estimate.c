/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>

#include "calc/derived_impl.h"
#include "calc/sex.h"

static int by_key(const void *a, const void *b)
{
    const struct estimate *x = a, *y = b;
    for (size_t d = 0; d < DIM_COUNT; d++) {
        int left = x->node[d], right = y->node[d];
        if (left != right)
            return left < right ? -1 : 1;
    }
    return 0;
}

void derived_prepare_estimate(struct building *building,
                              struct calculation *out)
{
    const struct estimates *estimates = building->events.estimates;
    out->estimate_count = estimates == NULL ? 0 : estimates->count;
    out->estimates = arena_array(building->scratch, out->estimate_count,
                                 sizeof *out->estimates);
    for (size_t e = 0; e < out->estimate_count; e++) {
        const struct estimate *estimate = &estimates->rows[e];
        out->estimates[e] = *estimate;
        for (size_t d = 0; d < DIM_COUNT; d++)
            out->keyed[d] = out->keyed[d] || estimate->node[d] >= 0;
    }
    if (out->estimate_count > 1)
        qsort(out->estimates, out->estimate_count, sizeof *out->estimates,
              by_key);
}

static const struct estimate *find(const struct calculation *calculation,
                                   const struct estimate *key)
{
    if (calculation->estimate_count == 0)
        return NULL;
    return bsearch(key, calculation->estimates, calculation->estimate_count,
                   sizeof *calculation->estimates, by_key);
}

/* The row's estimate; for a site of one sex, that sex's when the total is not
 * stored. */
static const struct estimate *find_row(const struct calculation *calculation,
                                       const struct row *row)
{
    const struct building *building = calculation->building;
    struct estimate key = {0};
    for (size_t d = 0; d < DIM_COUNT; d++)
        key.node[d] = calculation->keyed[d]
                          ? building->out->axes[d].nodes[row->place[d]]
                          : -1;
    const struct estimate *found = find(calculation, &key);
    int site = building->out->axes[DIM_SITE].nodes[row->place[DIM_SITE]];
    int sex = sex_of_site(building->codes, site);
    if (found != NULL || sex < 0 || !calculation->keyed[DIM_SEX])
        return found;
    key.node[DIM_SEX] = sex;
    return find(calculation, &key);
}

static unsigned status_flag(char status)
{
    return status == 'e'   ? FLAG_ESTIMATED
           : status == 'j' ? FLAG_PROJECTED
           : status == 'p' ? FLAG_PROVISIONAL
                           : 0u;
}

struct outcome derived_estimate(const struct calculation *calculation,
                                const struct row *row)
{
    const struct estimate *found = find_row(calculation, row);
    if (found == NULL)
        return (struct outcome){.availability = row->ground->covered == 0
                                                    ? NOT_COVERED
                                                    : NOT_AVAILABLE};
    return (struct outcome){
        .availability = found->status == 'u' ? UNRELIABLE : AVAILABLE,
        .interval = {found->value, found->lower, found->upper},
        .has_limits = found->has_interval,
        .flags = status_flag(found->status),
    };
}
