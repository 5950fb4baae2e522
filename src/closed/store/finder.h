/* SPDX-License-Identifier: EUPL-1.2 */
/* store/finder.h - the code of a fact's row to the number of its node.
 *
 * Rows come sorted by code, so the last answer is usually the next one. */
#ifndef STORE_FINDER_H
#define STORE_FINDER_H

#include "store/store_impl.h"

#define FINDER_CODE_SIZE 64
#define FINDER_NONE (-1)    /* the measure is not counted by the dimension */
#define FINDER_UNKNOWN (-2) /* no such code */

struct finder {
    const struct map *codes; /* key: code; "level<US>code" for territories */
    bool counted;
    char last[2 * FINDER_CODE_SIZE]; /* level, code */
    size_t last_size[2];
    int last_node;
};

/* One finder a dimension, for the dimensions in `dims`. */
void finder_open(struct arena *closed, const struct codes *codes, unsigned dims,
                 struct finder finders[DIM_COUNT]);
/* The nodes of one row; on failure *bad is the dimension to name. */
bool finder_row(struct finder finders[DIM_COUNT],
                const struct slice codes[FACT_COLUMNS], int nodes[DIM_COUNT],
                enum dim *bad);
/* "departement 01, 2019, M, 50-54, POU": a row in messages. */
const char *finder_name(struct arena *closed,
                        const struct slice codes[FACT_COLUMNS]);
/* ERR_INPUT: the row has no, an unknown or a needless code of `dim`. */
bool finder_fail(struct arena *closed, const struct measure *measure,
                 const struct slice codes[FACT_COLUMNS], enum dim dim,
                 struct err *err);

#endif
