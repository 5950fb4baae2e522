/* SPDX-License-Identifier: EUPL-1.2 */
/* seal/seal_ages_before.h - rates that the ledger tells, while it is read.
 * CONFIDENTIAL. */
#ifndef SEAL_SEAL_AGES_BEFORE_H
#define SEAL_SEAL_AGES_BEFORE_H

#include "seal/seal_ages_impl.h"

/* A row of some measure, under the first codes with its leaves. */
struct place {
    int stock;
    int node[DIM_COUNT];
};

/* What an entry says of one rate. */
struct printed {
    const char *standard;
    const struct ledger_cell *value, *lower, *upper; /* limits may be NULL */
    int most; /* decimals of the column, -1 where it prints nothing */
    bool by_sex;
    size_t sexes; /* whose classes are apart in it */
    bool same;    /* by the weights and person-years of today */
};

/* What the rates of an entry were computed with. */
struct age_basis;

struct age_basis *seal_ages_basis_open(struct seal_ages *ages,
                                       struct arena *scratch,
                                       const struct ledger_entry *entry,
                                       int *const leaf_of[DIM_COUNT]);
/* Fills `sexes` and `same`. */
void seal_ages_basis_find(const struct age_basis *basis,
                          const struct place *place, struct printed *printed);
/* The rate of today's ages by the weights and person-years of then; NULL when
 * the entry does not say, or has other ages or sexes than the store. */
const struct age_rate *seal_ages_basis_rate(const struct age_basis *basis,
                                            const struct place *place,
                                            const struct printed *printed);
/* Whether rates of one row are the same function of its ages. */
bool seal_ages_same_rate(const struct age_rate *a, const struct age_rate *b);

/* What of the rate is what was printed, or AGES_NOTHING. */
enum age_digits seal_ages_same_digits(const struct age_rate *rate,
                                      const struct printed *printed);

/* The limit of the rate of this column, or NULL: its own column has an end
 * more. */
const struct ledger_cell *seal_ages_limit_of(const struct ledger_table *table,
                                             const struct ledger_cell *row,
                                             const char *id,
                                             enum pub_part part);

/* What editions of the numbers of this release said to its readers, evidently
 * the same or declared so. What
 * they printed nobody can take back; what they withheld of the same ages was
 * decided, and is not decided again: the same numbers are told alike. */
struct age_told;

struct age_told *seal_ages_told_new(struct seal_ages *ages,
                                    struct arena *scratch);
/* A rate of this release; again, it does nothing. */
void seal_ages_told_own(struct age_told *told, const struct place *place,
                        struct age_fate *fate);
/* The rate of this release that was printed, or NULL. */
const struct age_rate *seal_ages_told_rate(const struct age_told *told,
                                           const struct place *place,
                                           const struct printed *printed);
/* What an entry says of this place. */
void seal_ages_told_take(struct age_told *told, const struct place *place,
                         const struct printed *printed);
/* Rates start with what was told of them. */
void seal_ages_told_apply(struct age_told *told);
/* Fills `open`, when that is done. */
void seal_ages_find_open(struct seal_ages *ages);

#endif
