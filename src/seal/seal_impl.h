/* SPDX-License-Identifier: EUPL-1.2 */
/* seal/seal_impl.h - the closed half of a release while it runs. CONFIDENTIAL.
 */
#ifndef SEAL_SEAL_IMPL_H
#define SEAL_SEAL_IMPL_H

#include "pub/ledger.h"
#include "sdc/mosaic.h"
#include "seal/seal.h"
#include "store/store.h"

/* Facts of one measure, read once. */
struct seal_measure {
    const struct measure *measure;
    struct facts facts;
    struct estimates estimates;
    struct coverage coverage;
    bool read;
    struct calc_counts *counts; /* index for single counts, or NULL */
    struct facts persons;       /* who is in each fact, and their index */
    struct calc_counts *keys;
};

/* Universe cells of one table: number per row, or SEAL_NO_CELL where the row
 * is public; `base` the cell its share refers to. */
#define SEAL_NO_CELL ((size_t)-1)
struct seal_rows {
    size_t *own;
    size_t *base;
};

/* A measure whose counts are rounded or perturbed, in all tables that show
 * them. */
struct seal_rounding {
    const char *measure;
    int base, variance; /* one of the two is not 0 */
    const char *table;  /* the first that asks for it, for messages */
    struct universe *universe;
    struct mosaic mosaic;
};

/* Where a table stands on its ladder. */
struct seal_ladder {
    size_t step;
    struct plan_table table; /* as it is at that step */
    const char *note[LANG_COUNT];
    bool climbs; /* to the next step, in this round */
};

struct seal {
    struct arena *closed;
    const struct seal_job *job;
    struct store *store;
    struct codes codes;
    struct seal_measure *measures; /* [codes.measure_count] */
    struct seal_ladder *ladders;   /* [plan->table_count] */
    struct derived_table **tables; /* [plan->table_count] */
    struct seal_rows *rows;
    struct universe *universe;
    const struct clearance *clearance;
    /* By reader: those that the release withstands; the last is the above. */
    const struct clearance *rounds[AUDIENCE_COUNT];
    struct seal_rounding *roundings; /* by measure, as tables ask for them */
    size_t rounding_count;
    size_t **rounded; /* [plan->table_count] cells of its rounding's universe
                         by row, or NULL: the table is suppressed */
    bool *beside; /* [cells of the tables] withheld beside rates that earlier
                     releases printed; NULL before any is protected */
    size_t table_cells;     /* how many */
    size_t beside_round;    /* how often that was done */
    struct past_row *rated; /* [row_count] rows of rates, of releases that came
                               before and then of this one */
    size_t row_count, row_capacity;
    const struct ledger *ledger;
    size_t past;                  /* entries that this release comes after */
    const char *ledger_head;      /* hash of the last of them, or "" */
    const struct seal_ages *ages; /* which standardised rates are shown */
    struct hash_key key;          /* breaks ties; size 0: none */
    const char *revised; /* an earlier release of which some numbers stand and
                            others do not, though nothing is declared; or NULL
                          */
    const char *moved;   /* the first of these others, and why */
    bool *evident;       /* [past * measures] see seal_is_evident */
    struct seal_ages *reread; /* ages of cases that earlier releases had rates
                                 of, or NULL before they are asked for */
};

/* Reads the codes of the store, and narrows the plan to what it can fill. */
bool seal_codes(struct seal *seal, struct err *err) MUST_USE;
/* calc_lookup over a struct seal: reads a measure the first time. */
bool seal_lookup(void *context, const char *code, struct calc_source *out,
                 struct err *err);
/* sdc_count over a struct seal. */
bool seal_count(void *context, const struct sdc_cell_key *key, int64_t *count,
                bool *structural, struct err *err);
/* The same of who is counted: the sum of a number of each of the finest facts,
 * which the inside key makes of its codes and count. */
bool seal_persons(void *context, const struct sdc_cell_key *key, int64_t *sum,
                  bool *structural, struct err *err);
/* Adds every count of every derived table to a new universe. */
bool seal_gather(struct seal *seal, const struct policy *policy,
                 struct err *err) MUST_USE;
/* By leaf of an entry's dimension the leaf of the store with the same code, or
 * -1: the store has lost it. */
int *seal_map_leaves(struct arena *scratch, const struct dimension *dimension,
                     const struct ledger_dimension *from);
/* Whether the entry is of the very extraction that the store is. */
bool seal_same_vintage(const struct seal *seal,
                       const struct ledger_entry *entry);
/* Whether all that the entry tells of the measure is evidently what the store
 * has, or declared so; after seal_join. */
bool seal_is_evident(const struct seal *seal, const struct ledger_entry *entry,
                     const char *measure);
/* Reads the ledger. */
bool seal_open_ledger(struct seal *seal, struct err *err) MUST_USE;
/* True when something was published for this very audience. */
bool seal_has_readers(const struct seal *seal, enum audience audience);
/* Makes the policy as strict as what this audience was shown under: the
 * largest default of its entries, and their rules and the policy's own
 * thresholds as stricter ones. */
void seal_past_rules(const struct seal *seal, enum audience reader,
                     struct policy *policy);
/* Joins what a reader of this audience knows to the universe. */
bool seal_join(struct seal *seal, enum audience reader,
               struct err *err) MUST_USE;
/* Adds the ages of rows that rates are of, of earlier releases or this one, to
 * the universe where their cells and theirs follow from one another. */
bool seal_join_rows(struct seal *seal, struct err *err) MUST_USE;
/* Tells how many rows of rates were left out. */
void seal_tell_left(const struct seal *seal);
/* Adds the rows of rates that were left out, and are attacked beside no cells:
 * for inside eyes. */
void seal_rows_review(const struct seal *seal, struct text *out);
/* Refuses a measure that two tables of the release want protected in different
 * ways, or that one of another measure is made of or may share persons with; or
 * that another release has protected otherwise. ERR_DISCLOSURE naming both
 * tables. */
bool seal_check_roundings(struct seal *seal, struct err *err) MUST_USE;
/* Rounds or perturbs the counts of every table that asks for it. */
bool seal_round(struct seal *seal, struct err *err) MUST_USE;
/* "rounded" with a base, else "perturbed": for messages. */
const char *seal_changed(int base);
/* A number by which the inside key can be told from another: 31 bits of a hash.
 */
int seal_key_number(const struct seal *seal);
/* How the table is rounded or perturbed, or NULL. */
const struct seal_rounding *seal_rounding_of(const struct seal *seal,
                                             size_t table);
/* The rounded or perturbed count of a row. */
int64_t seal_rounded(const struct seal *seal, size_t table, size_t row);
/* Joins what other releases print of the measure to its universe. */
bool seal_join_rounded(struct seal *seal, const struct seal_rounding *rounding,
                       struct err *err) MUST_USE;
/* Adds what was changed, and how far from the truth: for inside eyes. */
void seal_rounding_review(const struct seal *seal, struct text *out);
/* The cell of a row, of the measure. */
struct sdc_cell_key seal_row_key(const struct derived_table *table,
                                 const char *measure, size_t row);
/* A row known to be empty by everybody: the site does not occur in that sex,
 * or no source covers it. */
bool seal_row_structural(const struct derived_table *table, size_t row);
/* What the count of the row cannot exceed: its person-years. */
int64_t seal_row_limit(const struct derived_table *table, size_t row);
/* Puts every table at the step it was declared at. */
void seal_ladder_start(struct seal *seal);
/* Moves the tables that have too many confidential rows to their next steps;
 * *again tells whether there were any. Otherwise writes what readers are told.
 */
bool seal_ladder_climb(struct seal *seal, bool *again,
                       struct err *err) MUST_USE;
/* What a published table is, beside its cells: of the derived table only plan,
 * columns and axes are read. */
struct pub_draft;
void seal_describe(const struct seal *seal, struct arena *open,
                   const struct derived_table *derived,
                   struct pub_draft *draft);
/* Writes the edition of the plan's tables, in the plan's order; `name` is that
 * of what was read. */
bool seal_write(const struct seal *seal, const struct pub_table *const *tables,
                const char *name, struct err *err) MUST_USE;
/* Copies what is cleared. */
struct pub_table *seal_copy(const struct seal *seal, struct arena *open,
                            size_t table);

#endif
