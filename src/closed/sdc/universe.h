/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/universe.h - every count that is decided jointly. CONFIDENTIAL.
 *
 * Internal to closed/sdc. A cell is a packed key (one part per dimension and
 * the measure), an exact count and what is publicly known about it. A *part*
 * is a set of leaves of one dimension: the nodes of the codes, then
 * remainders that the closure needed and no code names.
 *
 * Published cells come first, in the order they were added; hidden cells, that
 * no table shows, follow. After universe_close the relations say all that is
 * publicly known to be additive: first member = sum of the others. */
#ifndef SDC_UNIVERSE_H
#define SDC_UNIVERSE_H

#include "sdc/sdc.h"

#define SDC_NO_CELL SIZE_MAX
#define SDC_UNLIMITED INT64_MAX

enum cell_flag {
    CELL_STRUCTURAL = 1, /* a zero that everybody can deduce */
    CELL_HIDDEN = 2,     /* no table shows it: nobody is told it is not zero */
    CELL_FORCED = 4,     /* primary, and wide whatever its count */
    CELL_PRIMARY = 8,
    CELL_SECONDARY = 16,
    CELL_MAYBE_ZERO = 32, /* nobody can tell that it is not zero */
    CELL_MUST_SHOW = 64,
    CELL_COMPLEMENT = 128, /* what is left up to a public whole counts too */
};

struct part {
    const char *code;  /* "" for a remainder */
    const char *level; /* for territories, else "" */
    bool zone;
    const uint16_t *leaves;
    size_t leaf_count;
};

struct axis {
    struct part *parts;
    size_t count, capacity;
    size_t named; /* the first `named` are the nodes of the codes */
};

/* Row r is members[starts[r]] = sum of members[starts[r]+1 .. starts[r+1]). */
struct relations {
    uint32_t *members;
    size_t *starts;
    size_t count;
};

struct universe {
    struct arena *arena;
    const struct codes *codes;
    const struct policy *policy;
    struct axis axes[DIM_COUNT]; /* filled by universe_open_axes */
    const char **measures;
    size_t measure_count, measure_capacity;
    uint64_t *keys;
    int64_t *counts;
    int64_t *limits;
    int64_t *thresholds; /* from the rules; 0 before they are applied */
    int64_t *wholes;     /* see universe_complement, 0 none; or NULL */
    unsigned char *flags;
    size_t count, capacity;
    size_t published; /* set by universe_close */
    uint32_t *slots;  /* hash of keys: cell + 1, or 0 */
    size_t slot_count;
    struct relations relations;
};

/* Bits of a key: a part number per dimension, then the measure. */
extern const unsigned universe_shift[DIM_COUNT];
extern const unsigned universe_bits[DIM_COUNT];

size_t universe_part(uint64_t key, enum dim dim);
/* The key with the part of `dim` replaced. */
uint64_t universe_with(uint64_t key, enum dim dim, size_t part);
size_t universe_measure(uint64_t key);
size_t universe_lookup(const struct universe *universe, uint64_t key);
/* The key must be new. ERR_DISCLOSURE when the universe is full. */
bool universe_insert(struct universe *universe, uint64_t key, int64_t count,
                     int64_t limit, unsigned char flags, size_t *cell,
                     struct err *err) MUST_USE;

/* Copies the nodes of the codes as parts. Once, before the closure. */
bool universe_open_axes(struct universe *universe, struct err *err) MUST_USE;
/* The part that is exactly these leaves, added when there is none. */
bool universe_leaf_part(struct universe *universe, enum dim dim,
                        const uint16_t *leaves, size_t count, size_t *part,
                        struct err *err) MUST_USE;

/* Closes the universe over what overlaps on a line and builds the relations;
 * checks that they hold. ERR_DISCLOSURE naming the cell. */
bool universe_close(struct universe *universe, sdc_count *count, void *context,
                    struct err *err) MUST_USE;

/* True when the cell has no public number. */
bool universe_is_open(const struct universe *universe, size_t cell);
/* What an attacker knows without arithmetic. Where a zero would be shown, a
 * suppressed cell is at least 1. Where public rules would suppress a zero as
 * well (CELL_MAYBE_ZERO: decided from the codes and public limits of the cell,
 * not from its count), and in hidden cells, it may be 0. Cells of a must_ list
 * are not public: there the attacker is granted the 1 unless it is false. */
int64_t universe_lower(const struct universe *universe, size_t cell);

/* Codes of a cell, for messages and the inside review; never a count. */
char *universe_name(struct arena *arena, const struct universe *universe,
                    size_t cell);

#endif
