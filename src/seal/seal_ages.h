/* SPDX-License-Identifier: EUPL-1.2 */
/* seal/seal_ages.h - which standardised rates may be shown. CONFIDENTIAL.
 *
 * A standardised rate keeps its digits if every age count of 1..T-1 behind it
 * has an interval at least T-2 wide under what the release prints of the same
 * territory, site and period: counts, broad ages, and the standardised rates
 * of the row and of the sexes it shares age counts with, of all standards and
 * tables. Otherwise limits go first, then rates: what is not proved is not
 * shown. Digits are only ever lost, so what is proved stays proved.
 *
 * Not in the proof: what other territories, sites and periods tell of the same
 * ages. That rests on the waiver, which the seal goes on asking for. */
#ifndef SEAL_SEAL_AGES_H
#define SEAL_SEAL_AGES_H

#include "sdc/ages.h"
#include "seal/seal_impl.h"

struct seal_ages;

/* Decides every standardised rate of the release; after the clearance. */
const struct seal_ages *seal_ages_decide(struct seal *seal) MUST_USE;
/* What may be shown of the value of a standardised rate. */
enum age_digits seal_ages_digits(const struct seal_ages *ages, size_t table,
                                 size_t row, size_t value);
/* One line per rate that lost something: "coarsened" (no limits) or
 * "withheld", the table, the value and its codes. No number of persons. */
void seal_ages_review(const struct seal_ages *ages, struct text *out);

#endif
