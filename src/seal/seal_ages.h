/* SPDX-License-Identifier: EUPL-1.2 */
/* seal/seal_ages.h - which standardised rates may be shown. CONFIDENTIAL.
 *
 * A standardised rate keeps its digits if every age count behind it that the
 * rules would suppress as a cell has an interval at least T-2 wide, T being
 * that cell's threshold, under what the release prints of the same
 * territory, site and period: counts, broad ages, and the standardised rates
 * of the row and of the sexes it shares age counts with, of all standards and
 * tables. Otherwise limits go first, then a decimal, then rates: what is not
 * proved is not shown. Digits are only ever lost, so what is proved stays
 * proved.
 *
 * Where ages are cells of a table and some are suppressed, what is shown of
 * them makes the count of one sex that of another. There the sexes are moved
 * together, each its own way: what one gains the other may lose. Totals, and
 * all that is shown of the ages, stay as they are. Every age count of each sex
 * is proved, and broad ages that are suppressed, whether or not the row of that
 * sex has a rate itself.
 *
 * A change of a row is also one of the sites and periods that contain it, so
 * their rates must stand it as well, unless another site or period takes it
 * back. First asked are sites that have no rows of their own and are told of
 * only together with the row: what they take back, in the same year at the same
 * age, no other row of the territory sees, whatever it contains or crosses.
 * Finer rows within are proved in their turn against this one. Where they are
 * missing and rows cross this one (two years of a group and of its other site
 * tell a site of the period), or suppressed, the change is made in one site and
 * year, or in several each its own way, and the rows that cross it there must
 * stand it too. A row whose count is shown is proved so even without a digit of
 * its own: it is the difference of those around it, which then lose theirs,
 * those of fewest events first. So is a row of a table without rates, and what
 * no table has but everybody can subtract (a group without its other sites; all
 * sites of two years without one of them in one year: what rows with rates
 * leave of one another, and then of these differences). Where a territory has
 * many of these, those that one site of one period and sex proves alone are
 * left out (seal_ages_moves.h); where the others are too many, rows of fewest
 * cases have no rates until the rest leave few enough. A waiver of its own
 * excuses rows of so many events or more from that, on either side: the search
 * finds no proof for many of them, in which one event is far less than a digit.
 *
 * A rate that stands in several tables has one fate: it is proved once, and
 * what it loses it loses in all of them, with whatever decimals. Of a place
 * under two codes (a region of one département) each has a fate, and in the end
 * both print what one of them does. Rates by other
 * person-years than those of the first table of the measure are withheld.
 *
 * The rate of a row whose count is shown as 0 is 0, and always shown: everybody
 * knows its age counts, and its limits tell of person-years alone.
 *
 * What earlier releases printed is part of it as if tables of this one had
 * those rows (seal_ages_before.c), but they lose no digit any more. Where they
 * leave a row too little whatever else is lost, no rate of cases that they
 * share with it is shown. Where ages of such a row are cells and these rates
 * expose some, all is protected again without them (seal_ages_join.c).
 *
 * Not in the proof: what other territories tell of the same ages. That rests on
 * the waiver, which the seal goes on asking for. */
#ifndef SEAL_SEAL_AGES_H
#define SEAL_SEAL_AGES_H

#include "sdc/ages.h"
#include "seal/seal_impl.h"

#define SEAL_SUMS_WAIVER "standardised_rate_sums"

struct seal_ages;

/* Decides every standardised rate of the release; after the clearance. */
bool seal_ages_decide(struct seal *seal, struct seal_ages **out,
                      struct err *err) MUST_USE;
/* Whether rates that earlier releases printed ask for more cells to be
 * withheld, which are marked in seal->beside: nothing else is decided then. */
bool seal_ages_again(const struct seal_ages *ages);
/* What may be shown of the value of a standardised rate. */
enum age_digits seal_ages_digits(const struct seal_ages *ages, size_t table,
                                 size_t row, size_t value);
/* The value and its decimals where the digits are AGES_COARSE. */
double seal_ages_coarse(const struct seal_ages *ages, size_t table, size_t row,
                        size_t value, int *decimals);
/* What the rates were computed with beside counts, for the ledger. */
void seal_ages_basis(const struct seal_ages *ages, struct arena *arena,
                     struct pub_basis *out);
/* One line per rate that lost something: "without limits", "coarsened" (by a
 * decimal, and without limits) or "withheld", the table, the value and its
 * codes. No number of persons. */
void seal_ages_review(const struct seal_ages *ages, struct text *out);

#endif
