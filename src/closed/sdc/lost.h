/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/lost.h - what earlier releases gave away and nothing can take back.
 * CONFIDENTIAL.
 *
 * Somebody alone in a cell may recover another from what other releases have
 * shown, whatever this one withholds: 11 cases in two years, of which she is
 * the only one in the second. Only then, and only under the policy's waiver
 * "published_before", may a release go out although such a cell is not
 * protected from her: she learns nothing new, and everybody else is kept out
 * as ever. */
#ifndef SDC_LOST_H
#define SDC_LOST_H

#include "sdc/pattern.h"

#define LOST_WAIVER "published_before"

/* True when everybody alone in a cell who may see through all witnesses of
 * `cell` provably recovers it from other releases alone. More witnesses leave
 * it true as long as anybody sees through. */
bool lost_already(const struct universe *universe,
                  const struct pattern *pattern, size_t cell);

#endif
