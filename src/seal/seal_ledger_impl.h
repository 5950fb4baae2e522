/* SPDX-License-Identifier: EUPL-1.2 */
/* seal/seal_ledger_impl.h - an entry of the ledger while it is joined.
 * CONFIDENTIAL. */
#ifndef SEAL_SEAL_LEDGER_IMPL_H
#define SEAL_SEAL_LEDGER_IMPL_H

#include <string.h>

#include "seal/seal_impl.h"

/* One entry while it is joined. */
struct joining {
    struct seal *seal;
    struct universe *universe;
    const struct seal_rounding *rounding; /* NULL: what is suppressed */
    struct arena *scratch;
    const struct ledger_entry *entry;
    bool same_vintage;
    int *leaf_of[DIM_COUNT];  /* [leaves of the entry] or -1 */
    int64_t *sets[DIM_COUNT]; /* [sets of the entry] */
    int64_t all[DIM_COUNT];   /* every leaf of the store, as a set */
    uint16_t *years;          /* work space: period leaves of the entry */
    bool *stands; /* [measures * sets of periods] see ledger_note_standing */
    const char **moved;      /* [measures] see ledger_note_moved, or NULL */
    bool *echoed;            /* as stands: see ledger_note_echo */
    struct age_basis *basis; /* of its rates, or NULL before they are asked for
                              */
};

/* One table of it. */
struct joined_table {
    const struct ledger_table *table;
    const struct measure *own; /* whose counts the rows are */
    bool *unrevised;           /* [period leaves of the store] */
    bool *revised;             /* the same, declared so */
};

/* What the store still has of the codes of a past cell. */
enum left { LEFT_ALL, LEFT_PART, LEFT_NONE };

/* The sets of a row, by dimension. */
void ledger_row_sets(const struct ledger_table *table, size_t row,
                     size_t sets[DIM_COUNT]);
/* The past cell's sets in the universe, where all of it is left. */
bool ledger_key(struct joining *joining, const struct joined_table *at,
                const size_t sets[DIM_COUNT], struct past_cell *past,
                enum left *left, struct err *err) MUST_USE;
/* What the columns of a row say of its own count; false when nothing. A rate
 * that is unreliable, or a share, is shown only where the count may be. */
bool ledger_own_status(const struct ledger_table *table, size_t row,
                       struct past_cell *past);
/* Before any row is joined: which years the store has as they were, and whether
 * it has all that was told. */
bool ledger_note_row(struct joining *joining, const struct joined_table *at,
                     size_t row, struct err *err) MUST_USE;
/* Then, for seal_is_evident. */
void ledger_note_evident(const struct joining *joining);
/* Notes the row in the seal where a standardised rate of it was shown. */
bool ledger_note_rates(struct joining *joining, const struct joined_table *at,
                       size_t row, struct err *err) MUST_USE;

/* Fills what is declared of the table's measure. */
void ledger_find_declared(const struct joining *joining,
                          struct joined_table *at);
bool ledger_year_declared(const struct joining *joining, const bool *declared,
                          uint16_t year);
/* Leaves of a set of periods that are declared so, as store leaves; all of them
 * counts as `count` equal to the set's. */
size_t ledger_declared_leaves(const struct joining *joining,
                              const bool *declared, size_t set,
                              uint16_t *leaves);
/* All its years are declared unrevised. */
bool ledger_is_unrevised(const struct joining *joining,
                         const struct joined_table *at, size_t set);
/* No year of the set is declared unrevised. */
bool ledger_is_undeclared(const struct joining *joining,
                          const struct joined_table *at, size_t set);
/* All its years are declared revised. */
bool ledger_is_revised(const struct joining *joining,
                       const struct joined_table *at, size_t set);
/* Notes that the store still has a count that was printed of these years, which
 * nobody declared unrevised: whoever supposes so of the others is right. */
void ledger_note_standing(struct joining *joining,
                          const struct joined_table *at, size_t set);
/* Notes that the rates of these years are still those of the store, where their
 * count was not printed: that stands where all the rest does. */
void ledger_note_echo(struct joining *joining, const struct joined_table *at,
                      size_t set);
/* Notes that something the entry told of the measure, and nobody declared
 * unrevised, cannot be found as it was, and why: a count that is another one
 * now, one that neither it nor rates of it tell, or one whose codes the store
 * has lost. */
void ledger_note_moved(struct joining *joining, const struct joined_table *at,
                       size_t row, const char *why);
/* What is noted first of it; NULL where nothing moved. */
const char *ledger_moved(const struct joining *joining,
                         const struct joined_table *at);
/* Whether all values that a row has without its count, rates and proportions,
 * are printed again, to the last digit and limits included, by the counts of
 * the store, which gives `count`; the person-years and standards of rates are
 * those of then. False where nobody can tell. */
bool ledger_reprints(struct joining *joining, const struct joined_table *at,
                     size_t row, const struct past_cell *past, int64_t count,
                     bool *same, struct err *err) MUST_USE;
/* Whether the totals that the shown shares of a row are of are printed in the
 * same table. */
bool ledger_prints_bases(const struct joining *joining,
                         const struct ledger_table *table, size_t row);
/* Whether nothing of the measure moved: the numbers are evidently the same. */
bool ledger_is_whole(const struct joining *joining,
                     const struct joined_table *at);
/* Whether a standing count was found of the set, or of a set within it. */
bool ledger_stands(const struct joining *joining, const struct joined_table *at,
                   size_t set);
bool ledger_stands_within(const struct joining *joining,
                          const struct joined_table *at, size_t set);

#endif
