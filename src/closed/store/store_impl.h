/* SPDX-License-Identifier: EUPL-1.2 */
/* store/store_impl.h - what the files of the store share. CONFIDENTIAL.
 *
 * A `source` is an open store as its driver gives it; what is read of it here
 * is written once for all drivers. */
#ifndef STORE_STORE_IMPL_H
#define STORE_STORE_IMPL_H

#include "base/map.h"
#include "store/driver.h"
#include "store/schema.h"
#include "store/store.h"

/* The answer to a query: cells by row, then column. NULLs are "", numbers
 * plain decimals. Everything is valid UTF-8. */
struct rows {
    const char **cells;
    size_t count;
    size_t columns;
};

static inline const char *rows_at(const struct rows *rows, size_t row,
                                  size_t column)
{
    assert(row < rows->count && column < rows->columns);
    return rows->cells[row * rows->columns + column];
}

/* One table or view as the database has it. */
struct relation {
    const char *name;
    const char **columns;
    const char **types; /* of each column: see store_driver.catalogue */
    size_t count;
};

struct catalogue {
    struct relation *relations;
    size_t count;
};

struct source {
    const struct store_driver *driver;
    void *handle;
};

/* --- source.c ------------------------------------------------------------ */

/* Everything that a query gives, as text: NULLs are "", numbers their shortest
 * decimals. ERR_INPUT for what is no text. */
bool source_select(struct arena *closed, const struct source *source,
                   const char *sql, struct rows *out, struct err *err) MUST_USE;
/* The same in the order of the cells' bytes, the first column first: databases
 * sort text each in its own way. */
bool source_sorted(struct arena *closed, const struct source *source,
                   const char *sql, struct rows *out, struct err *err) MUST_USE;
bool source_catalogue(struct arena *closed, const struct source *source,
                      struct catalogue *out, struct err *err) MUST_USE;
/* A text in quotes, for a query. */
const char *source_quote(struct arena *closed, const char *text);

const struct relation *catalogue_find(const struct catalogue *catalogue,
                                      const char *name);
bool catalogue_has(const struct relation *relation, const char *column);
/* The type of a column, NULL when there is none of that name. */
const char *relation_type(const struct relation *relation, const char *column);

/* --- contract.c ---------------------------------------------------------- */

/* The name of what looks like a person in a table or column name, or NULL. */
bool contract_person_table(const char *name);
bool contract_person_column(const char *name);
/* True when a column of this type may hold what the contract puts there. */
bool contract_type(const char *type, enum column_kind kind);
/* The schema version of a store whose contract holds. */
bool contract_version(struct arena *closed, const struct source *source,
                      struct err *err) MUST_USE;
/* Both, of a source that was just opened or filled. */
bool contract_holds(struct arena *closed, const struct source *source,
                    struct err *err) MUST_USE;

/* --- codes.c ------------------------------------------------------------- */

bool codes_read(struct arena *closed, const struct source *source,
                struct codes *out, struct err *err) MUST_USE;
/* Bit mask of a measure's `dimensions` text. */
bool codes_parse_dims(const char *text, unsigned *dims) MUST_USE;
bool codes_parse_period(const char *text, int *low, int *high) MUST_USE;
/* "15-44" or "75+" (high -1): a class of ages that is none of the store's. */
bool codes_parse_ages(const char *text, int *low, int *high) MUST_USE;
bool codes_parse_coverage(const char *text,
                          enum coverage_status *status) MUST_USE;

/* --- tree.c -------------------------------------------------------------- */

/* A code list with parents, before it becomes nodes. `parent` is an index in
 * the list or -1. */
struct branch {
    struct node node;
    int parent;
};

/* Adds the branches to the dimension in tree order, siblings in list order,
 * and numbers the leaves. Exactly one root. `what` names the table. */
bool tree_plant(struct arena *arena, struct dimension *dimension,
                const struct branch *branches, size_t count, const char *what,
                struct err *err) MUST_USE;
/* Numbers the leaves of a flat list: totals first, each the sum of all that
 * follow; a total that nothing follows is itself the one leaf. */
void tree_number(struct arena *arena, struct dimension *dimension);

/* --- facts.c ------------------------------------------------------------- */

/* The columns of a fact table that hold codes, in this order. */
enum fact_column {
    FACT_LEVEL,
    FACT_TERRITORY,
    FACT_PERIOD,
    FACT_SEX,
    FACT_AGE,
    FACT_SITE,
    FACT_STRATUM,
    FACT_COLUMNS,
};

struct slice {
    const char *at;
    size_t size;
};

/* Turns rows of codes into rows of numbers. Rows that hold a code which is
 * not a leaf are stored margins: taken note of, never used. */
struct fact_reader;

/* All rows of a counting measure, stored margins included. */
bool facts_read(struct arena *closed, const struct source *source,
                const struct codes *codes, const struct measure *measure,
                struct fact_reader **out, struct err *err) MUST_USE;
struct facts fact_reader_facts(const struct fact_reader *reader);
/* Stored margins by node, in the order they came. */
struct margin {
    int node[DIM_COUNT];
    int64_t count;
};
const struct margin *fact_reader_margins(const struct fact_reader *reader,
                                         size_t *count);

bool estimates_read(struct arena *closed, const struct source *source,
                    const struct codes *codes, const struct measure *measure,
                    struct estimates *out, struct err *err) MUST_USE;
bool coverage_read(struct arena *closed, const struct source *source,
                   const struct codes *codes, const struct measure *measure,
                   struct coverage *out, struct err *err) MUST_USE;

/* --- store.c ------------------------------------------------------------- */

/* The driver of an address, or NULL. */
const struct store_driver *store_driver_of(const char *address);
/* Opens without looking at the contract: for `store check`. */
bool store_open_unchecked(struct arena *closed, const char *address,
                          struct store **out, struct err *err) MUST_USE;
const struct source *store_source(const struct store *store);

#endif
