/* SPDX-License-Identifier: EUPL-1.2 */
/* store/store.h - the registry store: codes and facts, read once, read only.
 *
 * A driver (driver.h) opens one kind of store and gives the same answers for
 * the same content. Everything is read in one read-only transaction between
 * store_open and store_close. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "model/code.h"
#include "model/locale.h"

#define STORE_SCHEMA_VERSION 1

/* One row of a fact table: leaf numbers per dimension and a count. Rows come
 * in no particular order; a combination occurs at most once. */
struct fact {
    uint16_t leaf[DIM_COUNT];
    int64_t count;
};

struct facts {
    const struct fact *rows;
    size_t count;
};

/* A stored value that no sum gives: survival, prevalence, estimates. Keyed by
 * nodes, not leaves: estimates exist at any level. */
struct estimate {
    int node[DIM_COUNT];
    double value, lower, upper;
    bool has_interval;
    char status; /* 'e' estimated, 'j' projected, 'p' provisional, ' '; 'u' not
                    sure enough to be shown */
    enum grade grade;
    bool has_alive;
    int64_t alive; /* at the start of the interval that ends here (survival) */
};

struct estimates {
    const struct estimate *rows;
    size_t count;
};

enum coverage_status {
    COVERAGE_OBSERVED,
    COVERAGE_PARTIAL,
    COVERAGE_ESTIMATED,
    COVERAGE_PROJECTED,
    COVERAGE_NONE,
};

/* Coverage of a measure's source by (territory leaf, period leaf, site leaf):
 * dense array, territory slowest, site fastest. */
struct coverage {
    const unsigned char *status; /* enum coverage_status */
    size_t territories, periods, sites;
};

struct store;

/* An address as messages print it: without its password. */
const char *store_shown(struct arena *arena, const char *address);

/* Opens by address; checks schema version, required tables and columns, and
 * refuses person-like tables or columns. ERR_INPUT naming table and column. */
bool store_open(struct arena *closed, const char *address, struct store **out,
                struct err *err) MUST_USE;
/* Code lists, measures and zones. What this and the next three give lives in
 * the arena of store_open; ERR_INPUT names what breaks the contract. */
bool store_codes(struct store *store, struct codes *out,
                 struct err *err) MUST_USE;
/* The counts of a measure of kind `count` or `person_years`, without stored
 * margins. */
bool store_facts(struct store *store, const struct codes *codes,
                 const struct measure *measure, struct facts *out,
                 struct err *err) MUST_USE;
/* The values of a measure of kind `estimate` or `duration`, at any level. */
bool store_estimates(struct store *store, const struct codes *codes,
                     const struct measure *measure, struct estimates *out,
                     struct err *err) MUST_USE;
/* Absent coverage rows mean observed. */
bool store_coverage(struct store *store, const struct codes *codes,
                    const struct measure *measure, struct coverage *out,
                    struct err *err) MUST_USE;
void store_close(struct store *store); /* NULL is fine */

/* The commands `panorama store ...`. Reports go to `out` (people read them);
 * they name codes, never counts of persons. */
/* The synthetic national store: the same seed gives the same rows. ERR_INPUT
 * when there is a file already, ERR_IO when it cannot be written; nothing is
 * left then. */
bool store_sample(const char *path, uint64_t seed, struct err *err) MUST_USE;
/* The folder's CSV files as a new store: all of it or nothing. ERR_INPUT lists
 * the faulty rows by file and line, up to a limit. */
bool store_import(const char *directory, const char *path,
                  struct err *err) MUST_USE;
/* The store `from` as a new store of today's schema, of the same kind or of
 * another: columns that came after it was made are empty. All of it or nothing;
 * `from` stays as it is. */
bool store_migrate(const char *from, const char *to, struct err *err) MUST_USE;
/* Runs every sanity rule; *errors is the number of error findings. */
bool store_check(const char *address, struct text *out, size_t *errors,
                 struct err *err) MUST_USE;
/* Name, vintage, levels, measures and numbers of rows. */
bool store_info(const char *address, struct text *out,
                struct err *err) MUST_USE;

#endif
