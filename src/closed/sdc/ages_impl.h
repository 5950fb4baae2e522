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
    size_t sex = use->first + (use->one_sex ? 0 : part);
    return age % ages + (rate->sexes > 1 ? sex * ages : 0);
}
int64_t age_sum_over(const struct age_sum *sum, const int64_t *change,
                     size_t classes);

/* What guides a search: the window of the coarse value mostly contains that
 * of the value, and a large row around the judged one hardly moves. */
bool age_narrows(const struct age_use *use, int part);
/* What an age count of the change adds to a part of the use's row. */
double age_slope(const struct age_use *use, int part, size_t age);
/* age_find from a change that is near one. */
bool age_find_from(const struct age_problem *problem, uint64_t aim,
                   int64_t amount, int64_t *change) MUST_USE;
enum age_end {
    AGE_WIDE,
    AGE_NARROW, /* nothing is to be found */
    AGE_UNKNOWN,
};
/* age_is_wide from where a linear program begins. */
enum age_end age_ask_program(const struct age_problem *problem, uint64_t aim,
                             int64_t width) MUST_USE;

#endif
