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
    CELL_KEPT = 256,       /* this release withholds it, whatever follows */
    CELL_KNOWN = 512,      /* another release shows it: public for ever */
    CELL_NOT_ZERO = 1024,  /* suppressed elsewhere, where zeros may be shown */
    CELL_CHANGED = 2048,   /* made from public files: what is printed is not
                              its count */
    CELL_ABOUT = 4096,     /* known, but by the digits of its rates alone */
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
    size_t named;    /* the first `named` are the nodes of the codes */
    uint32_t *twins; /* [named] rings of nodes of the same leaves; NULL until
                        past cells ask for them */
};

/* Row r is members[starts[r]] = sum of members[starts[r]+1 .. starts[r+1]). */
struct relations {
    uint32_t *members;
    size_t *starts;
    size_t count;
};

/* What other releases say of more than a cell: of a whole that holds it and
 * numbers that are not the same any more. */
struct beyond {
    bool told;
    int64_t most; /* the least such whole */
    int64_t rest; /* the least that is left of one without the cell, 0 none */
};

struct universe {
    struct arena *arena;
    const struct codes *codes;
    const struct policy *policy;
    const struct hash_key *tie_key; /* or NULL */
    struct axis axes[DIM_COUNT];    /* filled by universe_open_axes */
    const char **measures;
    size_t measure_count, measure_capacity;
    uint64_t *keys;
    int64_t *counts;
    int64_t *limits;
    int64_t *thresholds;   /* from the rules; 0 before they are applied */
    int64_t *wholes;       /* see universe_complement, 0 none; or NULL */
    struct beyond *beyond; /* or NULL */
    /* Of rounded counts: what other releases print, or PAST_NOT_PRINTED; of
     * the same numbers, and of others. NULL until something is. */
    int64_t *printed, *printed_once;
    uint16_t *flags; /* enum cell_flag */
    size_t count, capacity;
    size_t published; /* set by universe_close */
    size_t closed;    /* set by universe_close: those from here on only lead
                         down to the atoms of a crossing */
    bool rated;       /* ages of rows were added: see universe_add_rows */
    uint32_t *slots;  /* hash of keys: cell + 1, or 0 */
    size_t slot_count;
    struct relations relations;
    bool outside; /* made from public files: the count of an open cell is
                     nobody's, and no sum is checked by the closure */
};

/* Bits of a key: a part number per dimension, then the measure. */
extern const unsigned universe_shift[DIM_COUNT];
extern const unsigned universe_bits[DIM_COUNT];

size_t universe_part(uint64_t key, enum dim dim);
/* The key with the part of `dim` replaced. */
uint64_t universe_with(uint64_t key, enum dim dim, size_t part);
size_t universe_measure(uint64_t key);
/* The key of the measure and the first part of every dimension. */
uint64_t universe_of_measure(size_t measure);
size_t universe_lookup(const struct universe *universe, uint64_t key);
/* The key must be new. ERR_DISCLOSURE when the universe is full. */
bool universe_insert(struct universe *universe, uint64_t key, int64_t count,
                     int64_t limit, unsigned flags, size_t *cell,
                     struct err *err) MUST_USE;

/* The key of a measure and a part per dimension. ERR_DISCLOSURE when there are
 * too many measures. */
bool universe_key(struct universe *universe, const char *measure,
                  const size_t parts[DIM_COUNT], uint64_t *key,
                  struct err *err) MUST_USE;

/* Copies the nodes of the codes as parts and ends the list of published cells;
 * again, it does nothing. Before past cells and the closure. */
bool universe_open_axes(struct universe *universe, struct err *err) MUST_USE;
/* The part that is exactly these leaves, added when there is none. */
bool universe_leaf_part(struct universe *universe, enum dim dim,
                        const uint16_t *leaves, size_t count, size_t *part,
                        struct err *err) MUST_USE;

/* Asks the source for a cell that may be of parts without a name. `known` >= 0
 * is the count where it is known already: then only a zero is asked for, to
 * learn whether it is structural. */
bool universe_ask(const struct universe *universe, sdc_count *count,
                  void *context, uint64_t key, int64_t known, int64_t *out,
                  bool *structural, struct err *err) MUST_USE;

/* Adds a cell that no table shows, within the cell `total`; `known` as above.
 */
bool universe_add_hidden(struct universe *universe, sdc_count *source,
                         void *context, uint64_t key, size_t total,
                         int64_t known, struct err *err) MUST_USE;

/* Closes the universe over what overlaps on a line and builds the relations;
 * checks that they hold. ERR_DISCLOSURE naming the cell. */
bool universe_close(struct universe *universe, sdc_count *count, void *context,
                    struct err *err) MUST_USE;
/* Leads the cells of a closed universe down to the atoms of all dimensions at
 * once, for measures where these are few: see cross.h. Relations are built
 * again when that adds cells. */
bool universe_cross(struct universe *universe, sdc_count *count, void *context,
                    struct err *err) MUST_USE;

/* True when the cell has no public number. */
bool universe_is_open(const struct universe *universe, size_t cell);
/* Grants the attacker that a suppressed cell is not zero, unless that is false.
 */
void universe_grant(struct universe *universe, size_t cell);
/* Records that another release shows `whole` of something that holds the cell
 * and more, not less than its count: an upper bound. What is left counts too.
 */
void universe_beyond(struct universe *universe, size_t cell, int64_t whole);
/* True when what is left would tell of few persons. Thresholds must be known:
 * the cell's, or the policy's where that is larger, since the rest has no key.
 */
bool universe_leaves_few(const struct universe *universe, size_t cell);
/* What everybody knows that the count cannot exceed. */
int64_t universe_upper(const struct universe *universe, size_t cell);
/* True when this release prints no number for it, public elsewhere or not. */
bool universe_is_withheld(const struct universe *universe, size_t cell);
/* What an attacker knows without arithmetic. Where a zero would be shown, a
 * suppressed cell is at least 1. Where public rules would suppress a zero as
 * well (CELL_MAYBE_ZERO: decided from the codes and public limits of the cell,
 * not from its count), and in hidden cells, it may be 0. Cells of a must_ list
 * are not public, and the rules of other releases may have been others: there
 * the attacker is granted the 1 unless it is false. */
int64_t universe_lower(const struct universe *universe, size_t cell);

/* Adds the code of a part, or those of its leaves where it has none. */
void universe_name_part(struct text *text, const struct universe *universe,
                        int d, size_t number);
/* Codes of a cell, for messages and the inside review; never a count. */
char *universe_name(struct arena *arena, const struct universe *universe,
                    size_t cell);

#endif
