/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/ring.h - the last resort around cells that nothing protects.
 * CONFIDENTIAL. */
#ifndef SDC_RING_H
#define SDC_RING_H

#include "sdc/pattern.h"

/* Where circuits are not enough: suppresses what relations have in common with
 * the cells that are near, then what is next to that, a ring each time it is
 * called. The linear programs find what no circuit does. False when there is
 * nothing left. near[cells] is kept from call to call. What it opened stays
 * open until ring_close, whether or not a witness uses it. */
bool ring_open(struct pattern *pattern, bool *near);

/* Shows what the rings opened and no witness came to use; the rest are
 * secondaries like others from now on. True when there was any: the pattern is
 * to be audited again. */
bool ring_close(struct pattern *pattern);

#endif
