/* SPDX-License-Identifier: EUPL-1.2 */
/* seal/seal_ages_impl.h - age counts while they are proved. CONFIDENTIAL. */
#ifndef SEAL_SEAL_AGES_IMPL_H
#define SEAL_SEAL_AGES_IMPL_H

#include "calc/standard.h"
#include "seal/seal_ages.h"

/* Cases of one measure by leaf: territory, period, site, sex, age, the last
 * fastest; person-years without the site. */
struct age_stock {
    const char *measure;
    size_t leaves[DIM_COUNT];
    int32_t *cases;
    const int32_t *years; /* NULL when it cannot be judged */
    const struct coverage *coverage;
    bool *whole; /* [territory][period] */
};

/* The standardised values of one table: rates[row * values + value]. */
struct age_table {
    const struct age_stock *stock; /* NULL: not judged here */
    struct age_rate **rates;       /* NULL when the cell has none to show */
    unsigned char *digits;         /* enum age_digits */
};

struct seal_ages {
    struct seal *seal;
    struct age_table *tables;
    struct age_stock *stocks;
    size_t stock_count;
    bool *member[DIM_COUNT]; /* [node][leaf] */
};

static inline int32_t *stock_cases(const struct age_stock *stock,
                                   size_t territory, size_t period, size_t site,
                                   size_t sex)
{
    const size_t *leaves = stock->leaves;
    size_t at = territory * leaves[DIM_PERIOD] + period;
    at = (at * leaves[DIM_SITE] + site) * leaves[DIM_SEX] + sex;
    return stock->cases + at * leaves[DIM_AGE];
}

static inline const int32_t *stock_years(const struct age_stock *stock,
                                         size_t territory, size_t period,
                                         size_t sex)
{
    const size_t *leaves = stock->leaves;
    size_t at = territory * leaves[DIM_PERIOD] + period;
    return stock->years + (at * leaves[DIM_SEX] + sex) * leaves[DIM_AGE];
}

/* Fills tables, stocks and members from what was derived. */
void seal_ages_open(struct seal_ages *ages);

/* The problem of a change of the age counts of one row in one sex, and whose
 * digits its uses are. */
struct age_sharing {
    struct age_problem problem;
    unsigned char **digits; /* [use_count] */
};

/* Takes in all rows of the release about the same territory, site and period:
 * both sexes, other tables, broad ages, all standards. What other territories,
 * sites and periods tell is not in it. False when there are too many. */
bool seal_ages_share(const struct seal_ages *ages, size_t table, size_t row,
                     size_t sex, struct arena *scratch,
                     struct age_sharing *out) MUST_USE;
/* How far the age counts of the row can move in that sex: down to none, up to
 * a tenth of the person-years. */
void seal_ages_room(const struct seal_ages *ages, size_t table, size_t row,
                    size_t sex, int64_t *down, int64_t *up);

#endif
