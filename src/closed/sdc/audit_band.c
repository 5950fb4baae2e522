/* SPDX-License-Identifier: EUPL-1.2 */
/* Sums of bands with a proven error.
 *
 * Let u = 2^-53. A term is a weight times a count: rounding the count to a
 * double, and the product, are at most a factor (1 + u) each; adding up n terms
 * is at most n - 1 more for each of them. So the computed sum differs from the
 * exact one by at most (n + 1) u / (1 - (n + 1) u) times the sum of the terms'
 * sizes, and the latter, computed, is short by no more than the same factor.
 * 2 (n + 2) u times the computed sizes covers both for any n below 2^50. Where
 * every weight is whole and the sizes stay under 2^53, nothing was rounded. */
#include <float.h>
#include <math.h>

#include "sdc/audit_impl.h"

#define EXACT 0x1p53

struct audit_sum audit_band_sum(const struct audit_band *band,
                                const int64_t *counts, const int64_t *shift)
{
    double value = 0, size = 0;
    bool whole = true;
    for (size_t i = 0; i < band->count; i++) {
        uint32_t cell = band->cells[i];
        int64_t count = counts[cell] + (shift != NULL ? shift[cell] : 0);
        double term = band->weights[i] * (double)count;
        value += term;
        size += fabs(term);
        whole = whole && fabs(band->weights[i] - trunc(band->weights[i])) <= 0;
    }
    double doubt = 2 * ((double)band->count + 2) * (DBL_EPSILON / 2) * size;
    return (struct audit_sum){value, whole && size < EXACT ? 0 : doubt};
}

bool audit_band_holds(const struct audit_band *band,
                      const struct audit_sum *sum)
{
    return sum->value - sum->doubt >= band->low &&
           sum->value + sum->doubt <= band->high;
}

bool audit_band_fails(const struct audit_band *band,
                      const struct audit_sum *sum)
{
    return sum->value + sum->doubt < band->low ||
           sum->value - sum->doubt > band->high;
}
