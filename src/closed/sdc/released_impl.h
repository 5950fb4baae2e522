/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/released_impl.h - shared by the readers of a release only. */
#ifndef SDC_RELEASED_IMPL_H
#define SDC_RELEASED_IMPL_H

#include "base/csv.h"
#include "base/faults.h"
#include "base/json.h"
#include "base/map.h"
#include "sdc/released.h"

/* A code list by code; several levels may have a code. */
struct released_index {
    struct map *by_level; /* level and code */
    struct map *by_code;  /* the first of any level */
};

/* A number as printed: within `half` of the value. */
struct released_digits {
    bool printed;
    int decimals;
    double value, half;
};

/* Where something is printed, in the codes of its release. */
struct released_row {
    size_t release;
    size_t measure;      /* among those of the release */
    int node[DIM_COUNT]; /* compared as bytes: no gap */
};
/* A standardised rate or a share. */
struct released_derived {
    size_t cell;
    size_t measure; /* whose counts they are, among those of the release */
    uint32_t table; /* + 1 */
    struct released_row row;
    bool share;
    const char *standard;
    struct released_digits digits[3]; /* value, lower, upper */
};

/* A limit of a standardised rate, and what it is of. */
struct released_limit {
    struct released_digits rate, printed;
    bool upper;
    double lightest, heaviest; /* weights of a case */
};
/* variance - slope x rate <= bound, or >= it. */
struct released_side {
    double slope, bound;
    bool most;
};
enum {
    RELEASED_SIDES = 3, /* of a limit */
};

/* A crude rate, or a proportion in percent, with its limits. */
struct released_rate {
    size_t cell;
    uint32_t table; /* + 1 */
    bool share;     /* a proportion */
    double divisor; /* person-years, where they are printed beside it, or 0 */
    struct released_digits digits[3]; /* value, lower, upper */
};

/* One of the releases, in its own terms. */
struct released_source {
    const char *directory;
    const char *id;      /* of the release */
    const char *vintage; /* the same for all releases of one store */
    const char *extracted;
    struct unrevised *unrevised;
    size_t unrevised_count;
    struct policy policy;
    const struct json *files, *tables;
    struct codes codes;
    struct released_index indexes[DIM_COUNT];
    struct map *measures;
    int *nodes[DIM_COUNT]; /* of its codes in those of all; NULL: the same. Of
                              periods [measure][period]: vintages differ */
};

/* Releases while they are read. */
struct released_reader {
    struct arena *closed;  /* what stays */
    struct arena *scratch; /* what does not */
    struct released *released;
    struct released_source *sources; /* [released->releases] */
    struct released_source *source;  /* the one that is read */
    struct faults faults;
    struct released_rate *rates;
    size_t rate_count, rate_capacity;
    struct released_derived *derived;
    size_t derived_count, derived_capacity;
    struct map *standardised; /* the rates among them, by row and standard */
    const struct standard *standards;
    size_t standard_count;
    struct map *rows; /* that print person-years, to their place in: */
    int64_t *years;   /* -1: two of them differ */
    size_t year_count, year_capacity;
};

/* Notes how the table, number + 1, prints the cell's measure. ERR_DISCLOSURE
 * where another does it otherwise. */
bool released_note_base(const struct released_reader *reader, size_t cell,
                        uint32_t table, struct err *err) MUST_USE;
/* An attack to be filled: what every one has, and the relations of changed
 * counts, or all others. */
struct released_view {
    struct audit_input input;
    enum audit_guard *guards;
    int64_t *lower, *upper;
};
struct released_view released_view_new(struct arena *arena,
                                       const struct released *released,
                                       bool changed);

/* Opens a CSV of the release and finds its columns by name. ERR_INPUT when it
 * is not there or lacks one. */
bool released_open(struct released_reader *reader, const char *path,
                   const char *const *names, size_t count, int *columns,
                   struct csv **out, struct err *err) MUST_USE;
/* Notes a fault at the present row; false. */
bool released_fault(struct released_reader *reader, const struct csv *csv,
                    const char *format, ...) PRINTF_LIKE(3, 4);

/* Reads vintage and declarations of the manifest. A release alone needs none.
 */
bool released_vintage(struct released_reader *reader, const struct json *root,
                      struct err *err) MUST_USE;
/* Makes released->codes of the codes of all sources, and their nodes. */
bool released_join(struct released_reader *reader, struct err *err) MUST_USE;
/* The node of all codes for one of the source; `measure` is one of its own. */
int released_node(const struct released_source *source, enum dim dim, int node,
                  size_t measure);
/* Reads the code lists in `folder` (relative to the release). */
bool released_codes(struct released_reader *reader, const char *folder,
                    struct err *err) MUST_USE;
/* Reads threshold and rules of the manifest: those that tell nobody which
 * cells they list say nothing here either. */
bool released_policy(struct released_reader *reader, const struct json *root,
                     struct err *err) MUST_USE;
/* The rules of the manifest over the cells. Applied twice: before the closure,
 * and to the hidden cells that it added. Fills thresholds, and what everybody
 * knows of zeros; what a rule would suppress is not its business here. */
struct released_rules;
bool released_rules_new(struct arena *arena, const struct released *released,
                        struct released_rules **out, struct err *err) MUST_USE;
bool released_rules_apply(struct released_rules *rules,
                          struct released *released, struct err *err) MUST_USE;
/* False when it is no number; nothing is printed in an empty text. */
bool released_digits_read(const char *text,
                          struct released_digits *out) MUST_USE;
/* The counts, from *least to *most, that a rate can be of; the threshold tells
 * how far they are told apart. */
void released_rate_leaves(const struct released_rate *rate, int64_t threshold,
                          int64_t *least, int64_t *most);
/* Gives the rates from number `first`, all of the table that was just read,
 * the person-years that the table prints beside them. */
void released_rates_divide(struct released_reader *reader, size_t first);
/* Bounds the cells whose count no table prints by their rates. Thresholds are
 * known. */
void released_rates_use(struct released_reader *reader);
/* Person-years that a row prints. */
void released_years(struct released_reader *reader,
                    const struct released_row *row, int64_t years);
/* What a limit leaves of rate and variance. False where that is nothing: it
 * follows another formula, the rate may be 0, or is larger than any. */
bool released_limit_leaves(const struct released_limit *limit,
                           struct released_side out[RELEASED_SIDES]) MUST_USE;
/* Shares and standardised rates as bands; may add hidden cells. Axes are open,
 * thresholds known. */
bool released_bands(struct released_reader *reader, struct err *err) MUST_USE;
/* What is known of a hidden cell: an sdc_count of the struct released. */
sdc_count released_hidden;
/* Fills released->atoms. The universe is closed and crossed; parts are added to
 * its axes. ERR_DISCLOSURE as universe_leaf_part. */
bool released_atoms_find(struct released *released, struct err *err) MUST_USE;
/* Reads one table into the universe. */
bool released_take(struct released_reader *reader, const char *path,
                   struct err *err) MUST_USE;

#endif
