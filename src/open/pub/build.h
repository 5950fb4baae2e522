/* SPDX-License-Identifier: EUPL-1.2 */
/* pub/build.h - making published tables: for the seal and for tests only. */
#ifndef PUB_BUILD_H
#define PUB_BUILD_H

#include "pub/table.h"

struct pub_draft {
    const char *id;
    const char *report;
    const char *title[LANG_COUNT];
    const char *note[LANG_COUNT];
    const char *coarsened[LANG_COUNT]; /* NULL is "" */
    const char *measure;
    bool open_data;
    struct pub_rounding rounding;
    struct pub_noise noise;
    struct pub_column *columns;
    size_t column_count;
    const int *axis[DIM_COUNT]; /* nodes of codes->dims[] */
    size_t axis_count[DIM_COUNT];
};

/* A table with every cell NOT_AVAILABLE. Texts are copied; codes must live as
 * long as the arena. */
struct pub_table *pub_build(struct arena *open, const struct codes *codes,
                            const struct pub_draft *draft);
/* Sets one cell. A value is only given, and must then be finite, when
 * availability is AVAILABLE; a confidential cell keeps no flag either. */
void pub_put(struct pub_table *table, size_t row, size_t column,
             enum availability availability, double value, unsigned flags);
/* Says that an AVAILABLE cell is printed with `decimals`, no more than its
 * column's; its value must have been rounded so. */
void pub_coarsen(struct pub_table *table, size_t row, size_t column,
                 int decimals);
void pub_put_coverage(struct pub_table *table, size_t row, double share);

#endif
