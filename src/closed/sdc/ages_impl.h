/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/ages_impl.h - what the proof and the search of sdc/ages.h share. */
#ifndef SDC_AGES_IMPL_H
#define SDC_AGES_IMPL_H

#include "sdc/ages.h"

/* Whether a use prints the part, or may after it has lost digits. */
bool age_prints(const struct age_use *use, int part);
/* The class of a use's rate that an age count of the change is counted in; the
 * rate's count of classes when it is in none. */
static inline size_t age_class(const struct age_use *use, size_t age)
{
    const struct age_rate *rate = use->rate;
    size_t ages = rate->classes / rate->sexes, part = age / ages;
    if (!(use->parts >> part & 1))
        return rate->classes;
    return age % ages + (rate->sexes > 1 ? (use->first + part) * ages : 0);
}
int64_t age_sum_over(const struct age_sum *sum, const int64_t *change,
                     size_t classes);

#endif
