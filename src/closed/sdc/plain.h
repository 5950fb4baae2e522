/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/plain.h - one additive table as plain arrays. CONFIDENTIAL.
 *
 * What the methods of disclosure control work on, whatever the cells stand
 * for: exact counts, the relations between them, and a number per cell that
 * tells cells apart independently of their order. A *leaf* is a cell that no
 * relation divides; every other cell is a sum of leaves, by whatever relation
 * it is divided. */
#ifndef SDC_PLAIN_H
#define SDC_PLAIN_H

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"

/* Row r is members[starts[r]] = sum of members[starts[r]+1 .. starts[r+1]). */
struct plain_rows {
    const uint32_t *members;
    const size_t *starts; /* [count + 1] */
    size_t count;
};

/* What is known of cells beside the relations; each list is [cells]. */
struct plain_known {
    const int64_t *limits;  /* public upper bounds, or INT64_MAX */
    const int64_t *printed; /* what is published already, or PLAIN_FREE */
    const bool *empty;      /* everybody knows that the count is 0 */
    const bool *hidden;     /* it is not published */
};
#define PLAIN_FREE INT64_C(-1)

struct plain_table {
    size_t cells;
    const int64_t *counts; /* [cells] exact, >= 0 */
    /* [cells] the same for the same cell in any table and any order. */
    const uint64_t *marks;
    struct plain_rows relations; /* all that is additive */
    /* Some of the relations that imply the others, or none: a hint. Where
     * they form a network, rounding is exact. */
    struct plain_rows frame;
    const struct plain_known *known; /* or NULL: nothing */
    /* [cells] for leaves: a number of the persons in it, or NULL: it is made
     * of the mark and the count. */
    const uint64_t *persons;
    /* Codes of a cell, for messages; never a count. */
    char *(*name)(struct arena *arena, const void *context, size_t cell);
    const void *context;
};

/* ERR_DISCLOSURE naming the cell: "plain.negative", "plain.relation" (counts
 * that do not add up). */
bool plain_check(const struct plain_table *table, struct err *err) MUST_USE;

/* ERR_DISCLOSURE "cell: what"; returns false. */
bool plain_fail(const struct plain_table *table, size_t cell, const char *id,
                const char *what, struct err *err);

/* cells[starts[i] .. starts[i + 1]) are the cells that hold leaf i, the cell
 * leaves[i] itself included. */
struct plain_cover {
    const uint32_t *leaves; /* [leaf_count] cell numbers, ascending */
    size_t leaf_count;
    const size_t *starts;
    const uint32_t *cells;
};

/* ERR_DISCLOSURE "plain.division": a cell whose relations divide it into
 * different leaves, or hold one leaf twice, cannot be decided leaf by leaf. */
bool plain_cover(struct arena *arena, const struct plain_table *table,
                 struct plain_cover *out, struct err *err) MUST_USE;

/* ERR_USAGE "plain.key" unless the size is HASH_KEY_LEAST..HASH_KEY_MOST. */
bool plain_check_key(const struct hash_key *key, struct err *err) MUST_USE;

#endif
