/* SPDX-License-Identifier: EUPL-1.2 */
/* store/schema.h - the contract of a store, schema version 1.
 *
 * The text of the schema (store_schema) is what `store sample` and `store
 * import` create a store from; the specifications say the same to programs:
 * which tables and columns there must be, and what a column may hold. A test
 * holds the two together.
 *
 * Codes are always text, compared byte for byte. In fact tables a dimension
 * that the measure is not counted by (measure.dimensions) holds ''. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "base/base.h"

#define STORE_MAX_COLUMNS 14

enum column_kind {
    COLUMN_CODE,     /* text without outer spaces, not empty */
    COLUMN_OPTIONAL, /* text, may be empty */
    COLUMN_DATE,     /* text, a day YYYY-MM-DD, may be empty */
    COLUMN_AGE,      /* completed years, may be empty (open ended) */
    COLUMN_COUNT,    /* whole number >= 0 */
    COLUMN_VALUE,    /* number */
    COLUMN_LIMIT,    /* number, may be empty */
    COLUMN_FLAG,     /* 0 or 1 */
    COLUMN_GRADE,    /* of an estimate, may be empty; a store may lack it */
    COLUMN_ALIVE,    /* whole number >= 0, may be empty; a store may lack it */
};

struct column_spec {
    const char *name;
    enum column_kind kind;
    bool droppable; /* a CSV file may leave it out: it is then empty */
};

enum table_kind {
    TABLE_CODES,     /* code lists and descriptions; small */
    TABLE_COUNTS,    /* facts with n */
    TABLE_ESTIMATES, /* facts with value, lower, upper, status, grade, alive */
};

struct table_spec {
    const char *name;
    enum table_kind kind;
    bool required;
    struct column_spec columns[STORE_MAX_COLUMNS];
};

/* Every table of the contract, code lists before what refers to them. */
extern const struct table_spec store_tables[];
extern const size_t store_table_count;

/* The DDL, a statement a table, ended by NULL, in the dialect that SQLite and
 * PostgreSQL share but for "WITHOUT ROWID". */
extern const char *const store_schema[];
/* What SQLite is told besides. */
extern const char store_schema_sqlite[];

const struct table_spec *schema_table(const char *name); /* or NULL */
size_t schema_columns(const struct table_spec *table);
/* False for columns that came after the first stores were made. */
bool schema_must_have(enum column_kind kind);

#endif
