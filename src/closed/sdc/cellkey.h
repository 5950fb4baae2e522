/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/cellkey.h - cell-key perturbation. CONFIDENTIAL.
 *
 * Every leaf gets a key, made of a secret and of who is in it; the key of a
 * cell is the sum of those of its leaves that are not empty (mod 2^64), and a
 * keyed hash of it gives, with the count, the noise by the perturbation table.
 * The same persons have the same noise wherever they are counted, and nothing
 * is drawn at random twice. The store holds counts, no persons: who is in a
 * leaf is told by the leaf and its count, so tables agree as long as they are
 * sums of the same leaves. The hash keeps keys that add up from telling how the
 * noise of a sum follows from that of its parts.
 *
 * What is published does not add up, and what does not add up tells something:
 * the audit attacks the published numbers with everything public, the
 * perturbation table included, and accepts a table only when every interval is
 * proved wide enough, and no count is told exactly to whoever is alone in
 * another. This is the guarantee of DESIGN section 6 about what is possible.
 * Nothing is promised about what is likely: a noise of small variance is small
 * most of the time (docs/method/cellkey.md).
 */
#ifndef SDC_CELLKEY_H
#define SDC_CELLKEY_H

#include "sdc/plain.h"
#include "sdc/ptable.h"

struct cellkey_policy {
    struct ptable_policy noise;
    int64_t threshold; /* >= 3 */
    struct hash_key key;
};

struct cellkey_report {
    size_t cells;
    size_t changed;    /* cells with a noise other than 0 */
    double mean_error; /* mean of |published - true| over all cells */
    size_t relations;
    size_t unadditive; /* relations that do not add up as published */
    size_t narrowed;   /* cells whose interval the relations narrow */
};

/* keys[cells]. Errors of plain_cover, ERR_USAGE "plain.key". */
bool cellkey_keys(const struct plain_table *table, const struct hash_key *key,
                  uint64_t *keys, struct err *err) MUST_USE;

/* What is published of a count whose cell has this key. */
int64_t cellkey_value(const struct ptable *ptable, const struct hash_key *key,
                      int64_t count, uint64_t persons);

/* out[cells]. ERR_USAGE of ptable_make and plain_check_key; ERR_DISCLOSURE
 * "cellkey.noise" (noise that does not reach threshold - 2), those
 * of plain_check, plain_cover and cellkey_audit, which judges the result. */
bool cellkey_table(struct arena *arena, const struct plain_table *table,
                   const struct cellkey_policy *policy, int64_t *out,
                   struct cellkey_report *report, struct err *err) MUST_USE;

/* Judges a perturbed table, whoever made it: every number is what count and
 * key give, and what was printed before (plain_known), zeros are kept, a margin
 * with one leaf that is not zero equals that leaf; then attacks what is
 * published by interval propagation; *narrowed counts the cells whose interval
 * the relations narrow. ERR_DISCLOSURE naming the cell: "cellkey.value",
 * "cellkey.printed", "cellkey.same", "cellkey.exposed" (an interval is too
 * narrow), "cellkey.doubt" (it was not proved wide), "cellkey.limit" (a count
 * is above what everybody knows to be its most). */
bool cellkey_audit(const struct plain_table *table,
                   const struct cellkey_policy *policy,
                   const int64_t *published, size_t *narrowed,
                   struct err *err) MUST_USE;

#endif
