/* SPDX-License-Identifier: EUPL-1.2 */
/* pub/table.h - a published table: the only numbers a renderer can see.
 *
 * A pub_table is made once, by the seal, from counts that disclosure control
 * has cleared. It never changes afterwards. A confidential cell holds no
 * number at all: there is nothing to leak, and no way to tell a cell suppressed
 * for its own sake from one suppressed to protect its neighbour.
 *
 * Rows are the product of six axes (lists of nodes of the edition's codes, the
 * last dimension fastest); columns are the table's values. Both are numbered
 * from 0 in display order. Strings are UTF-8, never NULL, and live as long as
 * the edition. */
#ifndef PUB_TABLE_H
#define PUB_TABLE_H

#include "model/code.h"
#include "model/locale.h"

struct pub_table;

enum pub_kind { /* what a column holds; in the order of enum value_kind */
                PUB_COUNT,
                PUB_PERSON_YEARS,
                PUB_CRUDE_RATE,
                PUB_STANDARDISED_RATE,
                PUB_SHARE,
                PUB_PROPORTION,
                PUB_ESTIMATE,
                PUB_STATISTIC, /* of published values; id "rate_ratio" */
};

enum pub_part {
    PUB_VALUE,
    PUB_LOWER,
    PUB_UPPER,
};

struct pub_column {
    const char *id; /* "count", "asr_world_lower", ... */
    enum pub_kind kind;
    enum pub_part part;
    const char *standard; /* code, of a standardised value and of a statistic
                             made of one; "" of others */
    const char *unit;     /* machine word: "cases", "per_100000", "percent" */
    int decimals;         /* of its values, but for those that were coarsened */
    int lower, upper;     /* columns of its interval, or -1 */
    enum dim of;          /* PUB_SHARE: the dimension whose total is 100 % */
    bool by_sex;          /* PUB_STANDARDISED_RATE: by age and sex */
};

/* "REPORT.TABLE", and the id of the report that declared it. */
const char *pub_id(const struct pub_table *table);
const char *pub_report(const struct pub_table *table);
/* As the report wrote them; a note may be "". */
const char *pub_title(const struct pub_table *table, enum lang lang);
const char *pub_note(const struct pub_table *table, enum lang lang);
/* What was grouped so that less is confidential; "" when nothing was. Readers
 * must be told. */
const char *pub_coarsened(const struct pub_table *table, enum lang lang);
/* How its counts are rounded, all of those of its measure alike: they are
 * multiples of `base`, and less than `window` bases from the exact ones. A
 * statistic of them says so as well. Readers must be told. Base 0: they are
 * not. */
struct pub_rounding {
    int base, window;
};
struct pub_rounding pub_rounding(const struct pub_table *table);
/* How its counts are perturbed, all of those of its measure alike: by noise of
 * this variance, `most` at most, that is always the same for the same persons.
 * Variance 0: they are not. `key` tells two inside keys apart, for the ledger:
 * it does not give the key back, and no release shows it. */
struct pub_noise {
    int variance, most, key;
};
struct pub_noise pub_noise(const struct pub_table *table);
/* What readers are told of either; "" when counts are exact. */
char *pub_changed_note(struct arena *arena, const struct pub_table *table,
                       enum lang lang);
const struct measure *pub_measure(const struct pub_table *table);
bool pub_open_data(const struct pub_table *table); /* a file of its own */
/* Rows and columns are numbered from 0; asking for others asserts. */
size_t pub_rows(const struct pub_table *table);
size_t pub_columns(const struct pub_table *table);
const struct pub_column *pub_column(const struct pub_table *table,
                                    size_t column);
int pub_find_column(const struct pub_table *table, const char *id); /* or -1 */
/* The nodes of one axis, in display order. */
size_t pub_axis_count(const struct pub_table *table, enum dim dim);
const struct node *pub_axis_node(const struct pub_table *table, enum dim dim,
                                 size_t place);
/* Place of a code on an axis, or -1; level may be NULL. */
int pub_axis_find(const struct pub_table *table, enum dim dim,
                  const char *level, const char *code);
/* The row of places on the axes, and the places of a row. */
size_t pub_row(const struct pub_table *table, const size_t place[DIM_COUNT]);
void pub_places(const struct pub_table *table, size_t row,
                size_t place[DIM_COUNT]);

/* Reads one cell. Writes *value, finite and in the column's unit, only when
 * the answer is AVAILABLE; otherwise leaves it untouched. Asserts that row and
 * column exist. */
enum availability pub_read(const struct pub_table *table, size_t row,
                           size_t column, double *value) MUST_USE;
/* Bits of enum flag, of cells of any availability. */
unsigned pub_flags(const struct pub_table *table, size_t row, size_t column);
/* Decimals that a value is printed with: its column's, or fewer where it was
 * coarsened so that it gives no count back. Everything prints these, or the
 * zeros added would say more than is known. */
int pub_decimals(const struct pub_table *table, size_t row, size_t column);
/* Share of the person-years that the sources cover, 0..1; 1 when not known. */
double pub_coverage(const struct pub_table *table, size_t row);
/* Stable name of a cell: "cases|departement/29|POU|M|T|2019-2023|T|crude_rate".
 */
char *pub_cell_id(struct arena *arena, const struct pub_table *table,
                  size_t row, size_t column);
/* Published cells, and how many of them are confidential. */
void pub_suppressed(const struct pub_table *table, size_t *cells,
                    size_t *confidential);

#endif
