/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/alone.h - witnesses in which somebody alone in a cell does not sit.
 * CONFIDENTIAL.
 *
 * A cell may be wide and yet recovered by a person who is alone in another,
 * because she sits in every witness of it. A linear program over the open
 * cells around it, with her cells held fixed, finds a table that moves the
 * cell without her, where circuits do not. Only the audit decides whether it
 * is one. */
#ifndef SDC_ALONE_H
#define SDC_ALONE_H

#include "sdc/pattern.h"

/* Records witnesses of an open cell in the pattern, opening nothing: one that
 * moves it without anybody alone elsewhere, or one for each who may sit in all
 * the others. False when nothing was found. */
bool alone_search(struct pattern *pattern, uint32_t cell);

#endif
