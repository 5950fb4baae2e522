/* SPDX-License-Identifier: EUPL-1.2 */
/* base/num.h - numbers: strict reading, checked counts, decimal rounding.
 *
 * Reading takes the whole string or fails; there is no locale, no white
 * space, no '+', no hexadecimal, no infinity; on failure *out is untouched.
 * Counts are int64_t and overflow is an error, never a wrap. */
#ifndef BASE_NUM_H
#define BASE_NUM_H

#include "base/text.h"

/* An optional '-' and digits. False for anything else and out of range. */
bool num_parse_int64(const char *text, int64_t *out) MUST_USE;
/* Decimal, with an exponent if need be; a result that is not finite is no
 * number. "-0" gives 0. */
bool num_parse_double(const char *text, double *out) MUST_USE;
/* False, with *out untouched, when the result does not fit. */
bool num_add(int64_t a, int64_t b, int64_t *out) MUST_USE;
bool num_mul(int64_t a, int64_t b, int64_t *out) MUST_USE;

/* The double nearest to value rounded half away from zero at `decimals`
 * (0-12) decimal places, as printed by num_print with the same decimals.
 * What is rounded is the decimal number people see, the shortest one that
 * reads back as value (num_print_shortest), not its binary expansion: 2.675
 * gives 2.68 although the double lies a little below. Rounding twice at the
 * same place changes nothing, and num_print writes the same digits before
 * and after num_round. Value is finite. */
double num_round(double value, int decimals);

/* Plain machine form: '.' as decimal point, no grouping, fixed decimals,
 * never an exponent, "-0" never printed. For CSV, JSON, SVG attributes. */
void num_print(struct text *out, double value, int decimals);
/* "iv": small Roman numerals, for numbers of pages; up to some hundreds. */
void num_print_roman(struct text *out, size_t number);
/* Shortest form that reads back as the same double; an exponent ("1e-9")
 * only below 1e-6 and from 1e21. */
void num_print_shortest(struct text *out, double value);

/* Compensated sum (Neumaier 1974); start from {0}. Order matters for the bytes:
 * always add in code order. */
struct num_sum {
    double sum;
    double correction;
};
static inline void num_sum_add(struct num_sum *sum, double value)
{
    /* What total lost, exactly (Knuth's two-sum): no branch to mispredict. */
    double total = sum->sum + value;
    double taken = total - sum->sum;
    sum->correction += (sum->sum - (total - taken)) + (value - taken);
    sum->sum = total;
}

static inline double num_sum_value(const struct num_sum *sum)
{
    return sum->sum + sum->correction;
}

#endif
