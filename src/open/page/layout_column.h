/* SPDX-License-Identifier: EUPL-1.2 */
/* page/layout_column.h - how wide the columns of a table are.
 *
 * Numbers never wrap. Text wraps down to its longest word, then the type gets
 * smaller down to the theme's least size, then the columns are split into
 * parts that each repeat the row headers; those of a group stay together where
 * it has room beside these. */
#ifndef PAGE_LAYOUT_COLUMN_H
#define PAGE_LAYOUT_COLUMN_H

#include "page/layout_impl.h"

struct table_part {
    size_t *columns; /* of the grid, in order */
    double *x_pt;    /* left edges, padding included */
    double *width_pt;
    size_t count;
};

struct table_shape {
    double size_pt, leading_pt;
    struct table_part *parts;
    size_t part_count;
};

/* Room right of a number printed with fewer decimals than its column, so that
 * the decimal signs stand below each other. */
double set_decimal_room(struct setter *setter, const struct text_style *style,
                        const struct grid_column *column,
                        const struct grid_cell *cell);

struct table_shape set_table_shape(struct setter *setter,
                                   const struct grid *grid);

#endif
