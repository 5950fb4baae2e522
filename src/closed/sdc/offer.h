/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/offer.h - cells in the order in which they are tried. CONFIDENTIAL. */
#ifndef SDC_OFFER_H
#define SDC_OFFER_H

#include <stddef.h>
#include <stdint.h>

struct offer {
    uint32_t cell;
    int32_t worth; /* what trying it may win, in the unit of the caller */
};

/* Sorts in place: of most worth first, then by cell, so that the order is the
 * same on every machine. */
void offers_sort(struct offer *offers, size_t count);

#endif
