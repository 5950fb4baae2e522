/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/method.h - the ways to make a sheet publishable. CONFIDENTIAL.
 *
 * One interface: apply changes exact counts into what may be published, audit
 * attacks what is about to be published without asking how it was made. A
 * sheet is protected by one method only: two methods on the same cells tell
 * more than either. */
#ifndef SDC_METHOD_H
#define SDC_METHOD_H

#include "sdc/cellkey.h"
#include "sdc/protect_sheet.h"
#include "sdc/round.h"

/* What the methods need; each reads its own part. */
struct method_policy {
    int64_t threshold;                      /* >= 3 */
    struct hash_key key;                    /* for those that are keyed */
    int64_t base;                           /* of a rounding */
    struct ptable_policy noise;             /* of cell keys */
    const struct sheet_policy *suppression; /* with the same threshold */
};

/* What is published. A cell has a number where the sheet's status is
 * SHEET_SHOWN. */
struct method_result {
    int64_t *values; /* [cells]; 0 where there is no number */
    int64_t reach;   /* of a rounding, in bases; else 0 */
    union {
        struct sheet_report suppression;
        struct round_report rounding;
        struct cellkey_report cellkey;
    } report;
};

struct disclosure_method {
    const char *name;   /* as commands and definitions say it */
    const char *status; /* what a published cell is: "rounded"; or "" when
                           each cell has its own */
    bool keyed;         /* needs the inside key */
    bool additive;      /* what is published adds up */
    /* Fills *out and the status of every cell. ERR_USAGE, ERR_DISCLOSURE; then
     * the statuses mean nothing. */
    bool (*apply)(struct arena *closed, struct sheet *sheet,
                  const struct method_policy *policy, struct method_result *out,
                  struct err *err) MUST_USE;
    /* ERR_DISCLOSURE naming the first cell that is wrong or exposed. */
    bool (*audit)(const struct sheet *sheet, const struct method_policy *policy,
                  const struct method_result *result, struct err *err) MUST_USE;
};

extern const struct disclosure_method method_suppression;
extern const struct disclosure_method method_rounding;
extern const struct disclosure_method method_cellkey;

/* Ends with NULL. */
extern const struct disclosure_method *const disclosure_methods[];

/* The inside key: the bytes of a file, as they are. ERR_IO; ERR_INPUT
 * "method.key" naming the file unless it has HASH_KEY_LEAST..HASH_KEY_MOST
 * bytes and only its owner may read it. */
bool method_read_key(struct arena *closed, const char *path,
                     struct hash_key *out, struct err *err) MUST_USE;

/* NULL when there is none of that name. */
const struct disclosure_method *method_find(const char *name);

#endif
