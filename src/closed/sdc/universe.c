/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/universe.h"

#include <string.h>

#include "base/splitmix.h"

enum {
    MEASURE_SHIFT = 58,
    MEASURE_LIMIT = 64,
    CELL_LIMIT = 20000000,
    SLOTS_FIRST = 1024,
};

const unsigned universe_shift[DIM_COUNT] = {
    [DIM_TERRITORY] = 41, [DIM_SITE] = 31,  [DIM_SEX] = 27,
    [DIM_AGE] = 18,       [DIM_PERIOD] = 8, [DIM_STRATUM] = 0,
};

const unsigned universe_bits[DIM_COUNT] = {
    [DIM_TERRITORY] = 17, [DIM_SITE] = 10,   [DIM_SEX] = 4,
    [DIM_AGE] = 9,        [DIM_PERIOD] = 10, [DIM_STRATUM] = 8,
};

static uint64_t mask(enum dim dim)
{
    return ((UINT64_C(1) << universe_bits[dim]) - 1) << universe_shift[dim];
}

size_t universe_part(uint64_t key, enum dim dim)
{
    return (size_t)((key & mask(dim)) >> universe_shift[dim]);
}

uint64_t universe_with(uint64_t key, enum dim dim, size_t part)
{
    return (key & ~mask(dim)) | ((uint64_t)part << universe_shift[dim]);
}

size_t universe_measure(uint64_t key)
{
    return (size_t)(key >> MEASURE_SHIFT);
}

uint64_t universe_of_measure(size_t measure)
{
    return (uint64_t)measure << MEASURE_SHIFT;
}

struct universe *universe_new(struct arena *closed, const struct codes *codes,
                              const struct policy *policy)
{
    struct universe *universe = arena_alloc(closed, sizeof *universe);
    universe->arena = closed;
    universe->codes = codes;
    universe->policy = policy;
    universe->slot_count = SLOTS_FIRST;
    universe->slots = arena_array(closed, SLOTS_FIRST, sizeof *universe->slots);
    return universe;
}

/* --- hash ----------------------------------------------------------------- */

static size_t slot_of(const struct universe *universe, uint64_t key)
{
    size_t slot = (size_t)splitmix_scatter(key) & (universe->slot_count - 1);
    while (universe->slots[slot] != 0 &&
           universe->keys[universe->slots[slot] - 1] != key)
        slot = (slot + 1) & (universe->slot_count - 1);
    return slot;
}

size_t universe_lookup(const struct universe *universe, uint64_t key)
{
    uint32_t slot = universe->slots[slot_of(universe, key)];
    return slot == 0 ? SDC_NO_CELL : slot - 1;
}

static void rehash(struct universe *universe)
{
    universe->slot_count *= 2;
    universe->slots = arena_array(universe->arena, universe->slot_count,
                                  sizeof *universe->slots);
    for (size_t cell = 0; cell < universe->count; cell++)
        universe->slots[slot_of(universe, universe->keys[cell])] =
            (uint32_t)(cell + 1);
}

/* --- cells ---------------------------------------------------------------- */

static int64_t *grow_printed(const struct universe *universe, int64_t *list)
{
    size_t capacity = universe->capacity;
    if (list == NULL)
        return NULL;
    list = arena_grow(universe->arena, list, universe->count, &capacity,
                      sizeof *list);
    list[universe->count] = PAST_NOT_PRINTED;
    return list;
}

static void grow(struct universe *universe)
{
    size_t capacity = universe->capacity;
    universe->keys =
        arena_grow(universe->arena, universe->keys, universe->count, &capacity,
                   sizeof *universe->keys);
    capacity = universe->capacity;
    universe->counts =
        arena_grow(universe->arena, universe->counts, universe->count,
                   &capacity, sizeof *universe->counts);
    capacity = universe->capacity;
    universe->limits =
        arena_grow(universe->arena, universe->limits, universe->count,
                   &capacity, sizeof *universe->limits);
    capacity = universe->capacity;
    universe->thresholds =
        arena_grow(universe->arena, universe->thresholds, universe->count,
                   &capacity, sizeof *universe->thresholds);
    capacity = universe->capacity;
    if (universe->wholes != NULL)
        universe->wholes =
            arena_grow(universe->arena, universe->wholes, universe->count,
                       &capacity, sizeof *universe->wholes);
    capacity = universe->capacity;
    if (universe->beyond != NULL)
        universe->beyond =
            arena_grow(universe->arena, universe->beyond, universe->count,
                       &capacity, sizeof *universe->beyond);
    universe->printed = grow_printed(universe, universe->printed);
    universe->printed_once = grow_printed(universe, universe->printed_once);
    capacity = universe->capacity;
    universe->flags =
        arena_grow(universe->arena, universe->flags, universe->count, &capacity,
                   sizeof *universe->flags);
    universe->capacity = capacity;
}

bool universe_insert(struct universe *universe, uint64_t key, int64_t count,
                     int64_t limit, unsigned flags, size_t *cell,
                     struct err *err)
{
    if (universe->count >= CELL_LIMIT)
        return err_fail(err, ERR_DISCLOSURE, "sdc.universe",
                        "the release has too many cells to be protected");
    if (2 * (universe->count + 1) > universe->slot_count)
        rehash(universe);
    grow(universe);
    size_t slot = slot_of(universe, key);
    assert(universe->slots[slot] == 0);
    *cell = universe->count;
    universe->keys[*cell] = key;
    universe->counts[*cell] = count;
    universe->limits[*cell] = limit;
    universe->flags[*cell] = (uint16_t)flags;
    universe->count++;
    universe->slots[slot] = (uint32_t)universe->count;
    return true;
}

static bool find_measure(struct universe *universe, const char *code,
                         size_t *out, struct err *err)
{
    for (size_t m = 0; m < universe->measure_count; m++) {
        if (text_same(universe->measures[m], code)) {
            *out = m;
            return true;
        }
    }
    if (universe->measure_count == MEASURE_LIMIT)
        return err_fail(err, ERR_DISCLOSURE, "sdc.universe",
                        "more than %d measures in one release", MEASURE_LIMIT);
    universe->measures =
        arena_grow(universe->arena, universe->measures, universe->measure_count,
                   &universe->measure_capacity, sizeof *universe->measures);
    *out = universe->measure_count++;
    universe->measures[*out] = code;
    return true;
}

bool universe_key(struct universe *universe, const char *measure,
                  const size_t parts[DIM_COUNT], uint64_t *key, struct err *err)
{
    size_t number = 0;
    if (!find_measure(universe, measure, &number, err))
        return false;
    *key = (uint64_t)number << MEASURE_SHIFT;
    for (int d = 0; d < DIM_COUNT; d++)
        *key = universe_with(*key, (enum dim)d, parts[d]);
    return true;
}

static bool pack(struct universe *universe, const struct sdc_cell_key *key,
                 uint64_t *out, struct err *err)
{
    size_t parts[DIM_COUNT];
    for (int d = 0; d < DIM_COUNT; d++) {
        assert(key->node[d] >= 0 &&
               (size_t)key->node[d] < universe->codes->dims[d].count);
        if ((size_t)key->node[d] >> universe_bits[d] != 0)
            return err_fail(err, ERR_DISCLOSURE, "sdc.universe",
                            "too many codes of dimension '%s'",
                            dim_name((enum dim)d));
        parts[d] = (size_t)key->node[d];
    }
    return universe_key(universe, key->measure, parts, out, err);
}

static bool check_cell(const struct universe *universe, size_t cell,
                       int64_t count, int64_t limit, bool structural,
                       struct err *err)
{
    const char *wrong = NULL;
    if (count < 0)
        wrong = "a count is negative";
    else if (count > limit)
        wrong = "a count exceeds its public upper bound";
    else if (structural && count != 0)
        wrong = "a structural zero is not zero";
    else if (universe->counts[cell] != count)
        wrong = "two tables disagree on the same cell";
    if (wrong == NULL)
        return true;
    return err_fail(err, ERR_DISCLOSURE, "sdc.cell", "%s: %s",
                    universe_name(universe->arena, universe, cell), wrong);
}

bool universe_add(struct universe *universe, const struct sdc_cell_key *key,
                  int64_t count, int64_t limit, bool structural, size_t *cell,
                  struct err *err)
{
    uint64_t packed = 0;
    if (!pack(universe, key, &packed, err))
        return false;
    unsigned flags = structural ? CELL_STRUCTURAL : 0;
    size_t found = universe_lookup(universe, packed);
    if (found == SDC_NO_CELL &&
        !universe_insert(universe, packed, count, limit, flags, &found, err))
        return false;
    if (!check_cell(universe, found, count, limit, structural, err))
        return false;
    if (universe->limits[found] > limit)
        universe->limits[found] = limit;
    universe->flags[found] |= (uint16_t)flags;
    *cell = found;
    return true;
}

void universe_break_ties(struct universe *universe, const struct hash_key *key)
{
    universe->tie_key = key;
}

size_t universe_cells(const struct universe *universe)
{
    return universe->count;
}

bool universe_remainder(const struct universe *universe, size_t cell,
                        struct sdc_cell_key *key,
                        struct sdc_leaves sets[DIM_COUNT])
{
    unsigned flags = universe->flags[cell];
    if (!(flags & CELL_HIDDEN) || flags & CELL_PRIMARY ||
        universe->counts[cell] == 0)
        return false;
    key->measure = universe->measures[universe_measure(universe->keys[cell])];
    for (int d = 0; d < DIM_COUNT; d++) {
        size_t number = universe_part(universe->keys[cell], (enum dim)d);
        const struct part *part = &universe->axes[d].parts[number];
        key->node[d] = number < universe->axes[d].named ? (int)number : -1;
        sets[d] = (struct sdc_leaves){part->leaves, part->leaf_count};
    }
    return true;
}

void universe_suppress(struct universe *universe, size_t cell)
{
    assert(cell < universe->count);
    universe->flags[cell] |= CELL_FORCED;
    /* Nobody is told of the reason: everybody goes on assuming at least 1,
     * wrongly where it is a zero, whose truth must stay possible. */
    if (universe->counts[cell] == 0)
        universe->flags[cell] |= CELL_MAYBE_ZERO;
}

bool universe_complement(struct universe *universe, size_t cell, int64_t whole,
                         struct err *err)
{
    assert(cell < universe->count);
    int64_t count = universe->counts[cell];
    if (universe->wholes == NULL)
        universe->wholes = arena_array(universe->arena, universe->capacity,
                                       sizeof *universe->wholes);
    if (whole < count)
        return err_fail(err, ERR_DISCLOSURE, "sdc.cell",
                        "%s: a count exceeds what it is a part of",
                        universe_name(universe->arena, universe, cell));
    int64_t *known = &universe->wholes[cell];
    if (*known == 0 || (whole > count && (*known <= count || whole < *known)))
        *known = whole;
    return true;
}

void universe_keep(struct universe *universe, size_t cell)
{
    assert(cell < universe->count);
    if (universe->flags[cell] & CELL_STRUCTURAL)
        return;
    universe->flags[cell] |= CELL_KEPT;
    universe_grant(universe, cell);
}

void universe_grant(struct universe *universe, size_t cell)
{
    universe->flags[cell] |=
        universe->counts[cell] > 0 ? CELL_NOT_ZERO : CELL_MAYBE_ZERO;
}

void universe_beyond(struct universe *universe, size_t cell, int64_t whole)
{
    if (universe->beyond == NULL)
        universe->beyond = arena_array(universe->arena, universe->capacity,
                                       sizeof *universe->beyond);
    struct beyond *beyond = &universe->beyond[cell];
    int64_t rest = whole - universe->counts[cell];
    assert(rest >= 0);
    if (!beyond->told || whole < beyond->most)
        beyond->most = whole;
    if (rest > 0 && (beyond->rest == 0 || rest < beyond->rest))
        beyond->rest = rest;
    beyond->told = true;
}

bool universe_leaves_few(const struct universe *universe, size_t cell)
{
    int64_t threshold = universe->thresholds[cell];
    if (universe->beyond == NULL || universe->counts[cell] == 0)
        return false;
    if (threshold < universe->policy->threshold)
        threshold = universe->policy->threshold;
    int64_t rest = universe->beyond[cell].rest;
    return rest >= 1 && rest < threshold;
}

/* --- what is public ------------------------------------------------------- */

bool universe_is_open(const struct universe *universe, size_t cell)
{
    unsigned flags = universe->flags[cell];
    return (flags & (CELL_STRUCTURAL | CELL_KNOWN)) == 0 &&
           (flags &
            (CELL_HIDDEN | CELL_PRIMARY | CELL_SECONDARY | CELL_KEPT)) != 0;
}

bool universe_is_withheld(const struct universe *universe, size_t cell)
{
    return universe_is_open(universe, cell) ||
           (universe->flags[cell] & (CELL_KEPT | CELL_STRUCTURAL)) == CELL_KEPT;
}

int64_t universe_lower(const struct universe *universe, size_t cell)
{
    unsigned flags = universe->flags[cell];
    if ((flags & (CELL_NOT_ZERO | CELL_STRUCTURAL)) == CELL_NOT_ZERO)
        return 1;
    return flags & (CELL_STRUCTURAL | CELL_HIDDEN | CELL_MAYBE_ZERO) ? 0 : 1;
}

int64_t universe_upper(const struct universe *universe, size_t cell)
{
    int64_t limit = universe->limits[cell];
    bool less = universe->beyond != NULL && universe->beyond[cell].told &&
                universe->beyond[cell].most < limit;
    return less ? universe->beyond[cell].most : limit;
}

/* --- parts ---------------------------------------------------------------- */

bool universe_open_axes(struct universe *universe, struct err *err)
{
    if (universe->axes[0].parts != NULL)
        return true;
    universe->published = universe->count;
    for (int d = 0; d < DIM_COUNT; d++) {
        const struct dimension *dimension = &universe->codes->dims[d];
        struct axis *axis = &universe->axes[d];
        if (dimension->count >> universe_bits[d] != 0)
            return err_fail(err, ERR_DISCLOSURE, "sdc.universe",
                            "too many codes of dimension '%s'",
                            dim_name((enum dim)d));
        axis->count = axis->capacity = axis->named = dimension->count;
        axis->parts =
            arena_array(universe->arena, axis->count, sizeof *axis->parts);
        for (size_t i = 0; i < dimension->count; i++) {
            const struct node *node = &dimension->nodes[i];
            axis->parts[i] = (struct part){
                .code = node->code,
                .level = d == DIM_TERRITORY ? node->level : "",
                .zone = node->zone,
                .leaves = node->leaves,
                .leaf_count = node->leaf_count,
            };
        }
    }
    return true;
}

static size_t find_part(const struct axis *axis, const uint16_t *leaves,
                        size_t count)
{
    for (size_t i = 0; i < axis->count; i++) {
        const struct part *part = &axis->parts[i];
        if (part->leaf_count == count &&
            memcmp(part->leaves, leaves, count * sizeof *leaves) == 0)
            return i;
    }
    return axis->count;
}

bool universe_leaf_part(struct universe *universe, enum dim dim,
                        const uint16_t *leaves, size_t count, size_t *part,
                        struct err *err)
{
    struct axis *axis = &universe->axes[dim];
    *part = find_part(axis, leaves, count);
    if (*part < axis->count)
        return true;
    if (axis->count >> universe_bits[dim] != 0 ||
        (axis->count + 1) >> universe_bits[dim] != 0)
        return err_fail(err, ERR_DISCLOSURE, "sdc.universe",
                        "dimension '%s' overlaps in too many ways",
                        dim_name(dim));
    uint16_t *copy = arena_array(universe->arena, count, sizeof *copy);
    memcpy(copy, leaves, count * sizeof *copy);
    axis->parts = arena_grow(universe->arena, axis->parts, axis->count,
                             &axis->capacity, sizeof *axis->parts);
    axis->parts[axis->count++] = (struct part){
        .code = "",
        .level = "",
        .leaves = copy,
        .leaf_count = count,
    };
    return true;
}

/* --- names ---------------------------------------------------------------- */

static const struct node *leaf_node(const struct universe *universe, int d,
                                    uint16_t leaf)
{
    const struct dimension *dimension = &universe->codes->dims[d];
    return &dimension->nodes[dimension->leaf_node[leaf]];
}

void universe_name_part(struct text *text, const struct universe *universe,
                        int d, size_t number)
{
    const struct dimension *dimension = &universe->codes->dims[d];
    if (number < dimension->count) {
        const struct node *node = &dimension->nodes[number];
        if (d == DIM_TERRITORY)
            text_format(text, "%s/", node->level);
        text_add(text, node->code);
        return;
    }
    const struct part *part = &universe->axes[d].parts[number];
    text_add(text, "{");
    for (size_t i = 0; i < part->leaf_count; i++) {
        text_add(text, i == 0 ? "" : " ");
        if (i == 3 && part->leaf_count > 5) {
            text_add(text, "... ");
            i = part->leaf_count - 1;
        }
        text_add(text, leaf_node(universe, d, part->leaves[i])->code);
    }
    text_add(text, "}");
}

char *universe_name(struct arena *arena, const struct universe *universe,
                    size_t cell)
{
    struct text text = text_new(arena);
    uint64_t key = universe->keys[cell];
    text_add(&text, universe->measures[universe_measure(key)]);
    for (int d = 0; d < DIM_COUNT; d++) {
        if (universe->codes->dims[d].count <= 1)
            continue;
        text_format(&text, ", %s ", dim_name((enum dim)d));
        universe_name_part(&text, universe, d, universe_part(key, (enum dim)d));
    }
    return text.at;
}
