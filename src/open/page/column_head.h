/* SPDX-License-Identifier: EUPL-1.2 */
/* page/column_head.h - the head of a table's columns.
 *
 * Neighbours of one group stand below its name, which spans them: "Hommes" over
 * "nombre" and "TSM". Where pages are not printed a heading stands alone, and
 * is said whole: "Hommes, nombre". */
#ifndef PAGE_COLUMN_HEAD_H
#define PAGE_COLUMN_HEAD_H

#include "page/document.h"

bool column_head_grouped(const struct grid_column *column);
/* The heading without the name of its group, where it begins with that. */
const char *column_head_words(const struct grid_column *column);
/* How many of `count` columns of the grid, in the order in which they are
 * shown, belong together with the first of them: 1 for one without group. */
size_t column_head_span(const struct grid *grid, const size_t *columns,
                        size_t count);
/* In the order of the grid: the first column after `first` that does not belong
 * together with it. */
size_t column_head_past(const struct grid *grid, size_t first);

#endif
