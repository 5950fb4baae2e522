/* SPDX-License-Identifier: EUPL-1.2 */
/* seal/seal_ages_moves.h - age counts of single places that are wide alone.
 * CONFIDENTIAL.
 *
 * A *place* is one site in one period and one sex of a territory. No row is
 * finer, and none crosses it: a change of its age counts that every row around
 * stands is a change of whatever contains the place. So a difference of rows
 * is proved at an age at which one of its places is: it moves as far.
 *
 * Only where what is judged of a difference is known beforehand: no rule asks
 * for more than a threshold, of which the largest at that age is heeded; ages
 * are no cells, and sites are covered together. */
#ifndef SEAL_SEAL_AGES_MOVES_H
#define SEAL_SEAL_AGES_MOVES_H

#include "seal/seal_ages_sets.h"

struct moves {
    int64_t *thresholds; /* [age] counts below it have to be wide */
    size_t leaves[SET_DIMS];
    size_t ages, words; /* of bits, one per place */
    uint64_t **wide;    /* [age][words] places that are wide at that age */
};

/* A set as its places, and its cases by age. */
struct moves_body {
    const uint64_t *places; /* [words] */
    const int64_t *counts;  /* [ages] */
};

/* What moves alone in a territory with the digits that are left; what is lost
 * later changes nothing about it. NULL where that is no proof, or would take
 * too much memory. The territory is a node of the codes. */
const struct moves *seal_ages_find_moves(struct seal_ages *ages,
                                         const struct age_stock *stock,
                                         int territory, struct arena *arena);
/* The possible places of a set, in the arena. */
const uint64_t *moves_places(const struct moves *moves, const struct set *set,
                             struct arena *arena);
/* Whether all places of the part are places of the whole. */
bool moves_contain(const struct moves *moves, const uint64_t *whole,
                   const uint64_t *part);
/* Whether every small age count of what the part leaves of the whole is wide by
 * a place of its own. */
bool moves_prove(const struct moves *moves, const struct moves_body *whole,
                 const struct moves_body *part);

#endif
