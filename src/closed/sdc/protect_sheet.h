/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/protect_sheet.h - disclosure control of one sheet. CONFIDENTIAL.
 *
 * The guarantee is that of DESIGN section 6, for the attacker that the policy
 * names: the strict one knows that a suppressed cell is at least 1, unless
 * zeros may be suppressed; the basic one only that it is at least 0. */
#ifndef SDC_PROTECT_SHEET_H
#define SDC_PROTECT_SHEET_H

#include "base/hash.h"
#include "sdc/sheet.h"

/* Weights of cells, in thousandths of what suppressing one costs by default;
 * two of them are orders. A zero that must be suppressed is shown all the
 * same unless zeros may be. */
#define SHEET_PRICE_DEFAULT INT64_C(1000)
#define SHEET_PRICE_LARGEST INT64_C(1000000000)
#define SHEET_PRICE_SHOW INT64_C(-1)     /* must be shown */
#define SHEET_PRICE_SUPPRESS INT64_C(-2) /* must be suppressed */

struct sheet_policy {
    int64_t threshold;          /* at least 3 */
    bool basic;                 /* attacker A instead of B */
    bool zeros;                 /* zeros may be suppressed */
    int64_t zero_price;         /* as prices, of every zero */
    const int64_t *prices;      /* [cells], or NULL: all by default */
    double seconds;             /* CPU limit of choice and audit, 0 none */
    const char *certificate;    /* file to write, or "" */
    const struct hash_key *key; /* breaks ties, or NULL: their order does */
};

struct sheet_report {
    size_t cells, primary, secondary, zeros;
    int64_t secondary_value; /* sum of the counts of secondary cells */
    double seconds;          /* CPU */
    size_t witnesses;
};

/* Sets the status of every cell and fills the report. ERR_DISCLOSURE where the
 * guarantee cannot be given or proved, limits included: the statuses then mean
 * nothing. */
bool sheet_protect(struct arena *closed, struct sheet *sheet,
                   const struct sheet_policy *policy,
                   struct sheet_report *report, struct err *err) MUST_USE;

#endif
