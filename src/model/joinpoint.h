/* SPDX-License-Identifier: EUPL-1.2 */
/* model/joinpoint.h - how the number of joins of a trend is chosen. */
#ifndef MODEL_JOINPOINT_H
#define MODEL_JOINPOINT_H

enum joinpoint_choice {
    JOINPOINT_PERMUTATION, /* tests one after the other (Kim and others 2000) */
    JOINPOINT_BIC,
    JOINPOINT_BIC3,
    JOINPOINT_WBIC, /* weighted BIC (Kim and others 2023) */
    JOINPOINT_CHOICES
};

/* "permutation", "bic", "bic3", "wbic", then NULL. */
extern const char *const joinpoint_choices[JOINPOINT_CHOICES + 1];

#endif
