/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/offer.h"

#include <stdlib.h>

static int by_worth(const void *a, const void *b)
{
    const struct offer *x = a, *y = b;
    if (x->worth != y->worth)
        return x->worth > y->worth ? -1 : 1;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

void offers_sort(struct offer *offers, size_t count)
{
    qsort(offers, count, sizeof *offers, by_worth);
}
