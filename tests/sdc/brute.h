/* SPDX-License-Identifier: EUPL-1.2 */
/* brute.h - small tables as plain arrays, and every integer table that an
 * attacker cannot tell from them. Knows nothing of the program's methods.
 *
 * A table has up to five dimensions of two or three leaves; the nodes of a
 * dimension are sets of leaves, nested or crossing. Every combination of nodes
 * is a cell. The search covers all that public bounds allow. */
#ifndef BRUTE_H
#define BRUTE_H

#include "check.h"

#include "sdc/audit.h"

enum {
    BRUTE_DIMS = 5,
    BRUTE_NODES = 8,
    BRUTE_LEAVES = 48,
    BRUTE_CELLS = 486,
    BRUTE_BANDS = 4,
    BRUTE_STEPS = 300000,
    BRUTE_KEPT = 12, /* tables kept, to be offered as witnesses */
};

/* Under the sanitizers a part of the tables will do. */
#ifdef ARENA_STRICT
enum { BRUTE_PART = 5 };
#else
enum { BRUTE_PART = 1 };
#endif

struct brute {
    struct arena *arena;
    uint64_t state;
    int dims, nodes[BRUTE_DIMS], leaves_of[BRUTE_DIMS];
    unsigned node_leaves[BRUTE_DIMS][BRUTE_NODES];
    size_t cells, leaves;
    bool holds[BRUTE_CELLS][BRUTE_LEAVES];
    uint16_t of[BRUTE_LEAVES][BRUTE_CELLS]; /* the cells that hold a leaf */
    size_t of_count[BRUTE_LEAVES];
    int64_t leaf[BRUTE_LEAVES]; /* the true table */
    int64_t counts[BRUTE_CELLS], lower[BRUTE_CELLS], upper[BRUTE_CELLS];
    enum audit_guard guards[BRUTE_CELLS];
    uint32_t persons[BRUTE_CELLS];
    struct audit_band bands[BRUTE_BANDS];
    size_t band_count;
    struct audit_input input;
    /* what the search finds */
    int64_t sum[BRUTE_CELLS], left[BRUTE_CELLS], value[BRUTE_LEAVES];
    int64_t least[BRUTE_CELLS], most[BRUTE_CELLS];
    int64_t least_if[BRUTE_LEAVES][BRUTE_CELLS];
    int64_t most_if[BRUTE_LEAVES][BRUTE_CELLS];
    bool is_person[BRUTE_LEAVES];
    uint16_t known[BRUTE_LEAVES][BRUTE_CELLS]; /* where a person is alone */
    size_t known_count[BRUTE_LEAVES];
    int64_t kept[BRUTE_KEPT][BRUTE_CELLS];
    long steps, tables;
    bool complete;
};

static inline int brute_below(struct brute *b, int limit)
{
    b->state ^= b->state >> 12;
    b->state ^= b->state << 25;
    b->state ^= b->state >> 27;
    return (int)((b->state * UINT64_C(2685821657736338717)) >> 33) % limit;
}

/* --- making tables --- */

/* Leaves, the total, and for three leaves perhaps pairs that cross. */
static inline void brute_dimension(struct brute *b, int dim, int leaves)
{
    b->leaves_of[dim] = leaves;
    b->nodes[dim] = 0;
    for (int i = 0; i < leaves; i++)
        b->node_leaves[dim][b->nodes[dim]++] = 1U << i;
    b->node_leaves[dim][b->nodes[dim]++] = (1U << leaves) - 1;
    if (leaves == 3 && brute_below(b, 2) == 0)
        b->node_leaves[dim][b->nodes[dim]++] = 3;
    if (leaves == 3 && brute_below(b, 3) == 0)
        b->node_leaves[dim][b->nodes[dim]++] = 6;
}

static inline size_t brute_stride(const struct brute *b, int dim)
{
    size_t stride = 1;
    for (int d = b->dims - 1; d > dim; d--)
        stride *= (size_t)b->nodes[d];
    return stride;
}

static inline void brute_place(struct brute *b)
{
    b->cells = b->leaves = 1;
    for (int d = 0; d < b->dims; d++) {
        b->cells *= (size_t)b->nodes[d];
        b->leaves *= (size_t)b->leaves_of[d];
    }
    assert_true(b->cells <= BRUTE_CELLS && b->leaves <= BRUTE_LEAVES);
    for (size_t c = 0; c < b->cells; c++) {
        for (size_t at = 0; at < b->leaves; at++) {
            size_t rest = at;
            b->holds[c][at] = true;
            for (int d = b->dims - 1; d >= 0; d--) {
                size_t leaf = rest % (size_t)b->leaves_of[d];
                size_t node = c / brute_stride(b, d) % (size_t)b->nodes[d];
                rest /= (size_t)b->leaves_of[d];
                if ((b->node_leaves[d][node] >> leaf & 1) == 0)
                    b->holds[c][at] = false;
            }
            if (b->holds[c][at])
                b->of[at][b->of_count[at]++] = (uint16_t)c;
        }
    }
}

/* node = its leaves, on every line; the total of three also as pair + leaf. */
static inline void brute_relations(struct brute *b)
{
    uint32_t *members = arena_array(b->arena, 20000, sizeof *members);
    size_t *starts = arena_array(b->arena, 5000, sizeof *starts);
    size_t filled = 0, rows = 0;
    for (int d = 0; d < b->dims; d++) {
        size_t stride = brute_stride(b, d), nodes = (size_t)b->nodes[d];
        size_t leaves = (size_t)b->leaves_of[d];
        for (size_t c = 0; c < b->cells; c++) {
            size_t node = c / stride % nodes;
            unsigned mask = b->node_leaves[d][node];
            if (node < leaves)
                continue;
            members[filled++] = (uint32_t)c;
            for (size_t i = 0; i < leaves; i++) {
                if (mask >> i & 1)
                    members[filled++] =
                        (uint32_t)(c - node * stride + i * stride);
            }
            starts[++rows] = filled;
        }
    }
    b->input.members = members;
    b->input.starts = starts;
    b->input.relations = rows;
}

/* `zeros` and then `ones` in ten leaves, the rest up to `top`. */
static inline void brute_fill(struct brute *b, int zeros, int ones, int top)
{
    for (size_t at = 0; at < b->leaves; at++) {
        int kind = brute_below(b, 10);
        b->leaf[at] = kind < zeros          ? 0
                      : kind < zeros + ones ? 1
                                            : brute_below(b, top + 1);
    }
    for (size_t c = 0; c < b->cells; c++) {
        b->counts[c] = 0;
        b->persons[c] = UINT32_MAX;
        for (size_t at = 0; at < b->leaves; at++)
            b->counts[c] += b->holds[c][at] ? b->leaf[at] : 0;
        for (size_t at = 0; at < b->leaves; at++) {
            if (b->counts[c] == 1 && b->holds[c][at] && b->leaf[at] == 1)
                b->persons[c] = (uint32_t)at;
        }
    }
}

/* Suppresses small counts and `share` in ten of the others. The grand total
 * stays, so that everything is bounded. */
static inline void brute_suppress(struct brute *b, int share, bool zeros)
{
    int64_t threshold = b->input.threshold;
    size_t total = 0;
    for (int d = 0; d < b->dims; d++)
        total += (size_t)b->leaves_of[d] * brute_stride(b, d);
    for (size_t c = 0; c < b->cells; c++) {
        int64_t count = b->counts[c];
        bool small = count >= 1 && count < threshold;
        bool drawn = brute_below(b, 10) < share;
        b->guards[c] = AUDIT_SHOWN;
        b->lower[c] = zeros ? 0 : 1;
        b->upper[c] = brute_below(b, 3) == 0 ? count + brute_below(b, 4)
                                             : AUDIT_UNLIMITED;
        if (c == total)
            continue;
        if (small)
            b->guards[c] = AUDIT_PRIMARY;
        else if (drawn && (count > 0 || zeros))
            b->guards[c] =
                brute_below(b, 6) == 0 ? AUDIT_FORCED : AUDIT_GUARDED;
    }
}

/* A weighted sum of a few cells, known to some digits; whole weights may tie
 * with the ends of the band, others never do. */
static inline void brute_band(struct brute *b)
{
    size_t count = 2 + (size_t)brute_below(b, 3);
    uint32_t *cells = arena_array(b->arena, count, sizeof *cells);
    double *weights = arena_array(b->arena, count, sizeof *weights);
    bool whole = brute_below(b, 2) == 0;
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        bool again = true;
        while (again) {
            cells[i] = (uint32_t)brute_below(b, (int)b->cells);
            again = false;
            for (size_t j = 0; j < i; j++)
                again = again || cells[j] == cells[i];
        }
        int size = 1 + brute_below(b, 5);
        weights[i] = whole ? size : size + brute_below(b, 999999) * 1e-6 + 1e-7;
        if (brute_below(b, 4) == 0)
            weights[i] = -weights[i];
        sum += weights[i] * (double)b->counts[cells[i]];
    }
    double below = brute_below(b, 4), above = brute_below(b, 4);
    struct audit_band band = {
        .cells = cells,
        .weights = weights,
        .count = count,
        .low = brute_below(b, 5) == 0 ? -HUGE_VAL : sum - below,
        .high = brute_below(b, 5) == 0 ? HUGE_VAL : sum + above,
    };
    if (!whole) {
        band.low -= 0.01234567891;
        band.high += 0.01234567891;
    }
    b->bands[b->band_count++] = band;
}

static inline void brute_input(struct brute *b)
{
    b->input.cells = b->cells;
    b->input.counts = b->counts;
    b->input.lower = b->lower;
    b->input.upper = b->upper;
    b->input.guards = b->guards;
    b->input.persons = b->persons;
    b->input.bands = b->bands;
    b->input.band_count = b->band_count;
}

static inline struct brute *brute_seeded(uint64_t seed)
{
    struct arena *arena = arena_new();
    struct brute *b = arena_alloc(arena, sizeof *b);
    b->arena = arena;
    b->state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    return b;
}

static inline void brute_shape(struct brute *b, const int shape[BRUTE_DIMS])
{
    for (b->dims = 0; b->dims < BRUTE_DIMS && shape[b->dims] > 0; b->dims++)
        brute_dimension(b, b->dims, shape[b->dims]);
    b->input.threshold = 3 + brute_below(b, 3);
    brute_place(b);
    brute_relations(b);
}

static inline void brute_bands(struct brute *b)
{
    for (int i = brute_below(b, 3); i > 0; i--)
        brute_band(b);
    brute_input(b);
}

/* One of the shapes of two to four dimensions, filled, suppressed and with
 * bands; by seed only. */
static inline struct brute *brute_new(uint64_t seed, bool zeros)
{
    static const int shapes[][BRUTE_DIMS] = {
        {3, 3}, {3, 2}, {2, 2, 2}, {3, 2, 2}, {3, 3, 2}, {2, 2, 2, 2},
    };
    struct brute *b = brute_seeded(seed);
    brute_shape(b, shapes[brute_below(b, COUNT_OF(shapes))]);
    brute_fill(b, 2, 3, 5);
    brute_suppress(b, 2 + brute_below(b, 7), zeros);
    brute_bands(b);
    return b;
}

/* Five dimensions, one of which may cross; sparse, so that the search ends. */
static inline struct brute *brute_five(uint64_t seed, bool zeros)
{
    static const int shapes[][BRUTE_DIMS] = {
        {2, 2, 2, 2, 2},
        {3, 2, 2, 2, 2},
    };
    struct brute *b = brute_seeded(seed);
    brute_shape(b, shapes[brute_below(b, COUNT_OF(shapes))]);
    brute_fill(b, 5, 3, 5);
    brute_suppress(b, (zeros ? 3 : 7) + brute_below(b, 3), zeros);
    brute_bands(b);
    return b;
}

static inline void brute_free(struct brute *b)
{
    arena_wipe(b->arena);
}

/* From outside nothing is forced or primary, and hidden counts are noise. */
static inline void brute_hide(struct brute *b)
{
    for (size_t c = 0; c < b->cells; c++) {
        if (b->guards[c] != AUDIT_SHOWN) {
            b->guards[c] = AUDIT_GUARDED;
            b->counts[c] = -7;
        }
    }
    b->input.persons = NULL;
}

/* --- searching --- */

static inline bool brute_open(const struct brute *b, size_t cell)
{
    return b->guards[cell] != AUDIT_SHOWN;
}

static inline bool brute_knows(const struct brute *b, size_t person,
                               size_t cell)
{
    return brute_open(b, cell) && b->counts[cell] == 1 &&
           b->persons[cell] == person;
}

static inline bool brute_bands_hold(const struct brute *b)
{
    for (size_t i = 0; i < b->band_count; i++) {
        const struct audit_band *band = &b->bands[i];
        long double sum = 0;
        for (size_t j = 0; j < band->count; j++)
            sum += (long double)band->weights[j] *
                   (long double)b->sum[band->cells[j]];
        if (sum < (long double)band->low || sum > (long double)band->high)
            return false;
    }
    return true;
}

static inline void brute_record(struct brute *b)
{
    if (!brute_bands_hold(b))
        return;
    if (b->tables < BRUTE_KEPT)
        memcpy(b->kept[b->tables], b->sum, sizeof b->sum);
    b->tables++;
    for (size_t c = 0; c < b->cells; c++) {
        b->least[c] = b->sum[c] < b->least[c] ? b->sum[c] : b->least[c];
        b->most[c] = b->sum[c] > b->most[c] ? b->sum[c] : b->most[c];
    }
    for (size_t p = 0; p < b->leaves; p++) {
        bool agrees = b->is_person[p];
        for (size_t k = 0; agrees && k < b->known_count[p]; k++)
            agrees = b->sum[b->known[p][k]] == 1;
        for (size_t c = 0; agrees && c < b->cells; c++) {
            int64_t sum = b->sum[c];
            b->least_if[p][c] =
                sum < b->least_if[p][c] ? sum : b->least_if[p][c];
            b->most_if[p][c] = sum > b->most_if[p][c] ? sum : b->most_if[p][c];
        }
    }
}

static inline int64_t brute_low(const struct brute *b, size_t c)
{
    return brute_open(b, c) ? b->lower[c] : b->counts[c];
}

static inline int64_t brute_high(const struct brute *b, size_t c)
{
    return brute_open(b, c) ? b->upper[c] : b->counts[c];
}

static inline void brute_step(struct brute *b, size_t at)
{
    if (b->steps++ > BRUTE_STEPS) {
        b->complete = false;
        return;
    }
    if (at == b->leaves) {
        brute_record(b);
        return;
    }
    const uint16_t *of = b->of[at];
    const size_t count = b->of_count[at];
    int64_t room = INT64_MAX;
    for (size_t i = 0; i < count; i++) {
        int64_t high = brute_high(b, of[i]);
        if (high != AUDIT_UNLIMITED && high - b->sum[of[i]] < room)
            room = high - b->sum[of[i]];
    }
    for (int64_t value = 0; value <= room && b->complete; value++) {
        bool dead = false;
        for (size_t i = 0; i < count; i++) {
            size_t c = of[i];
            b->sum[c] += value;
            b->left[c]--;
            dead = dead || (b->left[c] == 0 && b->sum[c] < brute_low(b, c));
        }
        if (!dead)
            brute_step(b, at + 1);
        for (size_t i = 0; i < count; i++) {
            b->sum[of[i]] -= value;
            b->left[of[i]]++;
        }
    }
}

static inline void brute_attack(struct brute *b)
{
    b->steps = b->tables = 0;
    b->complete = true;
    memset(b->is_person, 0, sizeof b->is_person);
    memset(b->known_count, 0, sizeof b->known_count);
    for (size_t c = 0; c < b->cells; c++) {
        b->sum[c] = b->left[c] = 0;
        b->least[c] = INT64_MAX;
        b->most[c] = -1;
        for (size_t at = 0; at < b->leaves; at++)
            b->left[c] += b->holds[c][at];
        if (brute_open(b, c) && b->counts[c] == 1) {
            size_t p = b->persons[c];
            b->is_person[p] = true;
            b->known[p][b->known_count[p]++] = (uint16_t)c;
        }
        for (size_t p = 0; p < b->leaves; p++) {
            b->least_if[p][c] = INT64_MAX;
            b->most_if[p][c] = -1;
        }
    }
    brute_step(b, 0);
}

/* The first tables that were found, as witnesses. */
static inline void brute_offer(struct brute *b)
{
    size_t count = (size_t)(b->tables < BRUTE_KEPT ? b->tables : BRUTE_KEPT);
    struct witness *list = arena_array(b->arena, count, sizeof *list);
    b->input.witnesses = list;
    b->input.witness_count = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t *cells = arena_array(b->arena, b->cells, sizeof *cells);
        int64_t *deltas = arena_array(b->arena, b->cells, sizeof *deltas);
        size_t moved = 0;
        for (size_t c = 0; c < b->cells; c++) {
            if (b->kept[i][c] == b->counts[c])
                continue;
            cells[moved] = (uint32_t)c;
            deltas[moved++] = b->kept[i][c] - b->counts[c];
        }
        if (moved > 0)
            list[b->input.witness_count++] =
                (struct witness){cells, deltas, moved};
    }
}

/* DESIGN section 6; a forced cell is never said to be out of reach. */
static inline bool brute_exposed(const struct brute *b, size_t cell)
{
    int64_t threshold = b->input.threshold;
    bool meets = b->guards[cell] == AUDIT_FORCED ||
                 (b->least[cell] < threshold && b->most[cell] > 0);
    return brute_open(b, cell) && meets &&
           b->most[cell] - b->least[cell] < threshold - 2;
}

/* Some person alone in a cell recovers this one, which is primary, exactly. */
static inline bool brute_betrayed(const struct brute *b, size_t cell)
{
    if (b->guards[cell] != AUDIT_PRIMARY && b->guards[cell] != AUDIT_FORCED)
        return false;
    for (size_t p = 0; p < b->leaves; p++) {
        if (b->is_person[p] && !brute_knows(b, p, cell) &&
            b->least_if[p][cell] == b->most_if[p][cell])
            return true;
    }
    return false;
}

#endif
