/* SPDX-License-Identifier: EUPL-1.2 */
/* model/plan_impl.h - the words of a selection, taken apart.
 *
 * A word is parsed without a store (plan_check) and resolved with one
 * (plan_select); this is what lies between. */
#ifndef MODEL_PLAN_IMPL_H
#define MODEL_PLAN_IMPL_H

#include "model/plan.h"

enum word_kind {
    WORD_ROOT,       /* territories that are part of nothing; "T" elsewhere */
    WORD_ALL,        /* every non-zone territory; every stored period */
    WORD_EVERY,      /* every site node */
    WORD_LEVEL,      /* every node of `level` */
    WORD_ZONE,       /* every zone of `level` */
    WORD_CODE,       /* node `code`, of `level` for territories */
    WORD_EACH,       /* every leaf */
    WORD_BAND,       /* ages or years low..high as one node */
    WORD_EACH_RANGE, /* each of the years low..high */
    WORD_LAST,       /* the last `low` years as one node */
    WORD_EACH_LAST,  /* each of the last `low` years */
};

struct word {
    enum word_kind kind;
    const char *level;
    const char *code;
    int low, high; /* high -1: open ended */
};

/* ERR_SCRIPT names the word and what was expected. */
bool plan_word_parse(struct arena *arena, enum dim dim, const char *text,
                     struct word *out, struct err *err) MUST_USE;

/* Every word of a selection can be parsed; ERR_SCRIPT names the one that
 * cannot.
 */
bool plan_words_check(struct arena *scratch, enum dim dim,
                      const struct selection *selection,
                      struct err *err) MUST_USE;

/* Of one table, without a store; no ladder is fine. ERR_SCRIPT. */
bool plan_ladder_check(struct arena *scratch, const struct plan_ladder *ladder,
                       struct err *err) MUST_USE;

/* Of one statistic: its table, column, axis, reference. ERR_SCRIPT. */
bool plan_statistic_check(struct arena *scratch, const struct plan *plan,
                          const struct plan_statistic *statistic,
                          struct err *err) MUST_USE;

#endif
