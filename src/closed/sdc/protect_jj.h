/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/protect_jj.h - disclosure control of a JJ instance. CONFIDENTIAL. */
#ifndef SDC_PROTECT_JJ_H
#define SDC_PROTECT_JJ_H

#include "sdc/jj.h"

/* Makes secondaries until every primary has an interval as wide as the widest
 * that any of them asks for (jj_width), and no secondary is exposed at the
 * threshold of that width; the result is audited. Bounds are the instance's.
 * The secondaries are few: chosen by linear programs, up to a bound on work
 * that does not depend on time. Beyond it, and where that choice has no proof,
 * everything is suppressed that may be, and audited in turn.
 * ERR_DISCLOSURE "jj.exposed" naming the first cell for which there is no
 * proof. */
bool jj_protect(struct arena *closed, struct jj *jj,
                struct sheet_report *report, struct err *err) MUST_USE;

#endif
