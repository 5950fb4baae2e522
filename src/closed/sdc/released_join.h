/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/released_join.h - shared by what joins releases only. */
#ifndef SDC_RELEASED_JOIN_H
#define SDC_RELEASED_JOIN_H

#include "sdc/released_impl.h"

struct released_years {
    int low, high;
};

/* True when two releases tell the same numbers of a measure and these years:
 * they are of one vintage, or the later one declares them unrevised. */
bool released_same_numbers(const struct released_source *a,
                           const struct released_source *b, const char *measure,
                           const struct released_years *years);

/* The elementary codes of one dimension over all releases: no code of any
 * release is a part of one. Ages and years are cut at every limit of a class;
 * other codes are the same where they have the same text. */
struct released_units {
    struct released_years *limits; /* [count] of ages and years */
    size_t count;
    struct released_set **of; /* [release][node] */
};

struct released_set {
    uint16_t *units; /* ascending */
    size_t count;
    bool known;
};

bool released_find_units(struct released_reader *reader, struct arena *scratch,
                         enum dim dim, struct released_units *out,
                         struct err *err) MUST_USE;

#endif
