/* SPDX-License-Identifier: EUPL-1.2 */
/* pub/ledger.h - what has been published, for ever.
 *
 * The ledger is a directory: one text file per publication,
 * NNNN-RELEASE.txt, and chain.txt, which lists them with their SHA-256 (as
 * `sha256sum -c` reads it). An entry names the hash of the one before. It
 * holds every cell of every table of a release as it was published, a number
 * or a status: no suppressed number ever. A cell is told by its measure and,
 * per dimension, by the set of leaf codes that it sums, so that it can be
 * compared with cells of other zonings, age bands or periods. What standardised
 * rates were computed with, weights and person-years, is there too; entries of
 * format 1 are read and lack it.
 *
 * Entries are appended by ledger_append only and never change. The whole chain
 * is verified at every use. An entry whose file is in place but not yet in
 * chain.txt (a crash in between) counts as published; the next append
 * completes it. Errors about what the ledger says are ERR_DISCLOSURE. */
#ifndef PUB_LEDGER_H
#define PUB_LEDGER_H

#include "pub/edition.h"

/* Leaf numbers of the entry, ascending. */
struct ledger_set {
    const uint16_t *leaves;
    size_t count;
};

struct ledger_dimension {
    const char **leaves; /* code; territories: level/code */
    size_t leaf_count;
    struct ledger_set *sets; /* number 0: all leaves */
    size_t set_count;
};

struct ledger_column {
    const char *id;
    enum pub_kind kind;
    enum pub_part part;
    enum dim of; /* shares: the dimension whose total they refer to */
    bool by_sex; /* standardised rates: by age and sex */
};

struct ledger_cell {
    double value; /* 0 unless AVAILABLE */
    int decimals; /* that are printed of it */
    enum availability availability;
};

/* Rows are the product of the axes, the last dimension fastest. */
struct ledger_table {
    const char *id;
    const char *measure;
    int base;     /* its counts are rounded to it; 0: they are not */
    int variance; /* of the noise that perturbs its counts; 0: there is none */
    int key;      /* of the noise: see struct pub_noise */
    const size_t *axis[DIM_COUNT]; /* set numbers */
    size_t axis_count[DIM_COUNT];
    struct ledger_column *columns;
    size_t column_count;
    size_t rows;
    struct ledger_cell *cells; /* [rows * column_count] */
};

/* True when its counts are rounded or perturbed. */
static inline bool ledger_is_changed(const struct ledger_table *table)
{
    return table->base > 0 || table->variance > 0;
}

struct ledger_entry {
    const char *file; /* "0001-rnc-2025.txt" */
    const char *hash; /* SHA-256 of the file */
    const char *release;
    enum audience audience;
    const char *date;
    bool draft;
    const char *extracted; /* vintage: extraction date and snapshot */
    const char *snapshot;
    int64_t threshold; /* by default, and where rules ask for another: */
    struct policy_rule *rules; /* kind, threshold, cells; of kinds threshold
                                  and stricter, in force for the audience */
    size_t rule_count;
    const char *content; /* SHA-256 of the release's SHA256SUMS */
    struct ledger_dimension dims[DIM_COUNT];
    struct pub_basis basis; /* in leaves of the entry */
    struct ledger_table *tables;
    size_t table_count;
};

struct ledger {
    const struct ledger_entry *entries; /* oldest first */
    size_t count;
    size_t chained; /* entries that chain.txt lists: count, or one less */
};

/* Reads and verifies all of it; a directory that does not exist is an empty
 * ledger. ERR_IO, or ERR_DISCLOSURE "ledger.chain", "ledger.entry" naming the
 * entry. */
bool ledger_read(struct arena *arena, const char *directory,
                 const struct ledger **out, struct err *err) MUST_USE;

/* Entries that a build of this release must be protected against: all, or
 * those before its own, so that building it again gives it again. */
size_t ledger_before(const struct ledger *ledger, const char *release);
/* Hash of entry number count - 1, "" for none: where the ledger stood. */
const char *ledger_head(const struct ledger *ledger, size_t count);

enum ledger_outcome {
    LEDGER_APPENDED,
    LEDGER_PRESENT, /* this very release was there already */
};

/* Appends a release under a lock: the entry by write, fsync, rename; then
 * chain.txt the same way. `content` is the SHA-256 of its SHA256SUMS. `file`
 * gets the name of the entry. ERR_DISCLOSURE "ledger.release" when the id was
 * published with other content, "ledger.stale" when the edition was protected
 * before something else was published; ERR_INPUT "ledger.vintage" when the
 * store has no extraction date; ERR_IO. */
bool ledger_append(struct arena *arena, const char *directory,
                   const struct edition *edition, const char *content,
                   enum ledger_outcome *outcome, const char **file,
                   struct err *err) MUST_USE;

#endif
