/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/clearance.h - what sdc_protect has decided, for protect.c and beside.c
 * only. CONFIDENTIAL. */
#ifndef SDC_CLEARANCE_H
#define SDC_CLEARANCE_H

#include "sdc/composed.h"
#include "sdc/field_audit.h"
#include "sdc/rule.h"

enum {
    LEAST_THRESHOLD = 3, /* of the audit: narrower is no interval */
};

struct clearance {
    const struct universe *universe;
    const struct rule_book *book;
    struct sdc_report report;
    struct pattern *pattern;
    struct composed *composed; /* ages of rows of rates, as they are heeded */
    const enum audit_verdict *verdicts;
};

#endif
