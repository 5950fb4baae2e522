/* SPDX-License-Identifier: EUPL-1.2 */
/* page/legend.h - the signs of a table, explained under it. */
#ifndef PAGE_LEGEND_H
#define PAGE_LEGEND_H

#include "page/document.h"

/* "c : donnée confidentielle ; a : à interpréter avec prudence": the signs
 * that this grid shows, and only those; of its flags those in `flags`, which
 * the format prints beside values. "" when there is none. */
char *legend_of_signs(struct arena *open, const struct grid *grid,
                      enum lang lang, unsigned flags);

#endif
