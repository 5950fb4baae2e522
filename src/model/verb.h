/* SPDX-License-Identifier: EUPL-1.2 */
/* model/verb.h - words that an estimate must allow.
 *
 * "augmente" says that something is established. Each verb of the library has
 * a rule: it reads an estimate, its interval and a practical threshold, as
 * they are published, and only then chooses between six words. Sentences say
 * neither more nor less than the numbers beside them, and the rule can be
 * shown to who reviews them. */
#ifndef MODEL_VERB_H
#define MODEL_VERB_H

#include "model/locale.h"

enum verdict {
    VERDICT_BELOW,          /* established, and large enough to matter */
    VERDICT_SLIGHTLY_BELOW, /* established; the estimate is too small for it */
    VERDICT_STABLE,         /* the interval holds nothing that would matter */
    VERDICT_OPEN,           /* none of these: the data do not tell */
    VERDICT_SLIGHTLY_ABOVE,
    VERDICT_ABOVE,
    VERDICT_COUNT,
};

struct verb {
    const char *name;
    double neutral;   /* 0 of a difference, 1 of a ratio */
    double threshold; /* usual: least distance from it (a ratio: factor) that
                         matters in practice */
    bool ratio;
};

/* What a verdict rests on. */
struct verb_basis {
    double value, lower, upper;
};

extern const struct verb verbs[];               /* NULL ended, by name */
const struct verb *verb_find(const char *name); /* or NULL */

/* "above", "slightly_above", "stable", "open", "slightly_below", "below". */
const char *verdict_name(enum verdict verdict);
/* ABOVE: the interval excludes the neutral value and the estimate reaches the
 * upper bound; BELOW alike; STABLE: the whole interval is within the bounds;
 * SLIGHTLY_ABOVE: the interval excludes the neutral value, but the estimate
 * stays under the upper bound, which the interval reaches; SLIGHTLY_BELOW
 * alike. */
enum verdict verb_decide(const struct verb *verb, double threshold,
                         const struct verb_basis *basis);
/* "augmente", "augmentent"; "dépasse {reference}": the words of a verdict. */
const char *verb_words(enum lang lang, const struct verb *verb,
                       enum verdict verdict, bool plural);
/* "l’intervalle de confiance exclut 0 et l’estimation vaut au moins 0,5". */
char *verb_rule(struct arena *arena, enum lang lang, const struct verb *verb,
                double threshold, enum verdict verdict);

#endif
