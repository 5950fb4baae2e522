/* SPDX-License-Identifier: EUPL-1.2 */
/* seal/seal_ages_sets.h - sets of sites, periods and sexes of one territory, as
 * boxes that share no leaf: what rows are about, and what they leave of one
 * another. CONFIDENTIAL.
 *
 * Places that a site cannot have, men or women, count for nothing: everybody
 * knows them to be empty, so that sets that differ in them are the same.
 *
 * Leaves of a box are ascending; they live as long as the codes or the arena
 * that they were picked into. */
#ifndef SEAL_SEAL_AGES_SETS_H
#define SEAL_SEAL_AGES_SETS_H

#include "seal/seal_ages_impl.h"

#define SET_DIMS 3 /* of one territory and all ages */

/* A change can be taken back along the first two. */
extern const enum dim set_dims[SET_DIMS];

struct box {
    struct sdc_leaves of[SET_DIMS];
};

/* A row is a set of one box. */
struct set {
    const uint64_t *sexes; /* see set_sexes; those of its territory */
    const struct box *boxes;
    size_t count;
    size_t extent; /* leaf combinations */
    uint64_t sum;  /* of a number for each: other sets seldom have the same */
};

/* Leaves of one list that the other has, or has not. */
struct sdc_leaves leaves_pick(struct arena *arena,
                              const struct sdc_leaves *from,
                              const struct sdc_leaves *by, bool common);
size_t leaves_common(const struct sdc_leaves *a, const struct sdc_leaves *b);

/* Whether every leaf of the inner node is one of the outer; whether they share
 * none. Asked of the leaves each time: a table of all pairs of 35,000 communes
 * would not fit. */
bool node_within(const struct node *outer, const struct node *inner);
bool node_disjoint(const struct node *a, const struct node *b);
/* The first, of nodes of one dimension by their numbers. */
static inline bool seal_ages_within(const struct seal_ages *ages, enum dim dim,
                                    int outer, int inner)
{
    const struct node *nodes = ages->codes.dims[dim].nodes;
    return node_within(&nodes[outer], &nodes[inner]);
}

/* The leaves of the sexes, as bits, that each leaf of the sites can have, in
 * the arena. */
const uint64_t *set_sexes(const struct codes *codes, struct arena *arena);
/* Of one box and the possible sexes, which the set points to. */
struct set set_of(const struct box *box, const uint64_t *sexes);
/* Leaf combinations that both have. */
size_t set_shared(const struct set *a, const struct set *b);
/* Whether it is exactly what the part leaves of the whole; `part` lies in it.
 */
bool set_is_left(const struct set *set, const struct set *whole,
                 const struct set *part);
/* The boxes of the whole without those of a part within it. */
struct set set_subtract(struct arena *arena, const struct set *whole,
                        const struct set *part);

#endif
