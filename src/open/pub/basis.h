/* SPDX-License-Identifier: EUPL-1.2 */
/* pub/basis.h - what the standardised rates of a release were computed with,
 * beside its counts: the weights of the standards, and person-years by age.
 *
 * Both are public, and nothing prints them. They are kept because they make of
 * a printed rate an inequality on counts: a later release, whose standards and
 * person-years may have been revised, is protected from readers who have the
 * rates of this one and the numbers of then. */
#ifndef PUB_BASIS_H
#define PUB_BASIS_H

#include "model/code.h"

/* Of one territory in one year, both leaves. */
struct pub_years_row {
    uint16_t territory, period;
    const int *at; /* [width] by sex and age leaf, the age fastest; below
                      INT32_MAX */
};

struct pub_years {
    const char *measure;              /* whose numbers they are: "population" */
    const struct pub_years_row *rows; /* without those that are all 0 */
    size_t count;
    size_t width; /* sex leaves x age leaves */
};

/* The rates of one measure are all by the same person-years. */
struct pub_rates {
    const char *measure; /* "cases" */
    const char *person_years;
};

/* Empty where the release has no standardised rates. */
struct pub_basis {
    const struct standard *standards; /* code, total and bands */
    size_t standard_count;
    const struct pub_rates *rates;
    size_t rates_count;
    const struct pub_years *years;
    size_t years_count;
};

#endif
