/* SPDX-License-Identifier: EUPL-1.2 */
/* app/changes.h - what is published now that was not, and the other way.
 *
 * Cells of two sealed editions, by their stable names: a cell that occurs in
 * several tables is one. Only published values are compared, as they are
 * printed; an edition holds no other. */
#ifndef APP_CHANGES_H
#define APP_CHANGES_H

#include "pub/edition.h"

struct published {
    const char *id;                /* stable name, see pub_cell_id */
    const struct pub_table *table; /* NULL: the edition has no such cell */
    size_t row, column;
};

/* All cells of an edition, each once. */
struct cells;
const struct cells *cells_list(struct arena *run,
                               const struct edition *edition);

enum change_kind {
    CHANGE_REVISED,  /* another value, or as many digits as it had not */
    CHANGE_MARKED,   /* the same value with other flags */
    CHANGE_WITHHELD, /* a value before, none now */
    CHANGE_SHOWN,    /* none before, a value now */
    CHANGE_STATUS,   /* no value in either, for another reason */
    CHANGE_NEW,      /* no such cell before */
    CHANGE_GONE,     /* no such cell now */
    CHANGE_KINDS,
};

struct change {
    enum change_kind kind;
    struct published before, now;
    double revision; /* CHANGE_REVISED: percent of the value before; infinite
                        when that was 0; else 0 */
};

/* In the order of the new edition, those gone at the end in that of the old. */
struct changes {
    struct change *list;
    size_t count, capacity;
    size_t of_kind[CHANGE_KINDS];
    size_t compared; /* cells that both have */
};

void changes_find(struct arena *run, const struct cells *before,
                  const struct cells *now, struct changes *out);

/* Two counts of one place, site, sex, age and stratum that share no case: that
 * of a period which only the new edition has, and that of the last period of
 * as many years, ended before it begins, in the old one. */
struct count_test {
    struct published before, now;
    double probability; /* two-sided, see kernel_skellam_test */
    double adjusted;    /* among all tests (Benjamini and Hochberg 1995) */
};

/* Exact counts of events alone are tested: neither rounded or perturbed ones
 * nor those that a model gives. Exposures are the person-years of the two rows
 * where both are printed, else taken as equal. *out: [*count]. */
void changes_test(struct arena *run, const struct cells *before,
                  const struct cells *now, struct count_test **out,
                  size_t *count);

const char *change_name(enum change_kind kind); /* "revised", ... */
/* "1234.5", "confidential", or "" without a cell. */
const char *published_text(struct arena *arena, const struct published *cell);

#endif
