/* SPDX-License-Identifier: EUPL-1.2 */
/* model/frequency.h - how often a release is made anew, as portals ask for it:
 * the words that a project says, and the codes of the frequency list of the
 * Publications Office of the European Union (dct:accrualPeriodicity). */
#ifndef MODEL_FREQUENCY_H
#define MODEL_FREQUENCY_H

#include "model/locale.h"

enum frequency {
    FREQUENCY_UNSAID, /* "" */
    FREQUENCY_MONTHLY,
    FREQUENCY_QUARTERLY,
    FREQUENCY_SEMIANNUAL,
    FREQUENCY_ANNUAL,
    FREQUENCY_BIENNIAL,
    FREQUENCY_IRREGULAR,
    FREQUENCY_NEVER,
    FREQUENCY_COUNT,
};

const char *frequency_name(enum frequency frequency); /* "annual" */
bool frequency_parse(const char *name, enum frequency *out) MUST_USE;
/* Code of the European list, "" when the project says none: "ANNUAL". */
const char *frequency_code(enum frequency frequency);
/* "Mise à jour annuelle" / "Updated every year"; "" when it says none. */
const char *frequency_words(enum lang lang, enum frequency frequency);

#endif
