/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/ages_impl.h - what the proof and the search of sdc/ages.h share. */
#ifndef SDC_AGES_IMPL_H
#define SDC_AGES_IMPL_H

#include "sdc/ages.h"

/* Whether a use prints the part, or may after it has lost digits. */
bool age_prints(const struct age_use *use, int part);
int64_t age_sum_over(const struct age_sum *sum, const int64_t *change,
                     size_t classes);

#endif
