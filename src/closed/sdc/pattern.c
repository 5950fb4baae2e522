/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/pattern.h"

#include <stdlib.h>

/* --- prices ------------------------------------------------------------------
 */

static int64_t bits(int64_t count)
{
    int64_t found = 0;
    while (count > 0) {
        count >>= 1;
        found++;
    }
    return found;
}

/* A cell costs what its readers lose: one cell, and more where it is large,
 * since totals and whole régions are read most. */
int64_t pattern_price(const struct universe *universe, size_t cell)
{
    if (universe_is_open(universe, cell))
        return 0;
    int64_t count = universe->counts[cell];
    if (count == 0 || (universe->flags[cell] & CELL_KNOWN) != 0)
        return PRICE_BLOCKED;
    int64_t size = bits(count);
    return 100 + size * size * 4;
}

struct pattern *pattern_new(struct arena *arena, struct universe *universe,
                            const uint32_t *persons)
{
    struct pattern *pattern = arena_alloc(arena, sizeof *pattern);
    size_t count = universe->count;
    *pattern = (struct pattern){
        .arena = arena,
        .universe = universe,
        .atlas = atlas_build(arena, universe),
        .width = universe->policy->threshold - 2,
        .grid = grid_build(arena, universe),
        .spots = arena_array(arena, count, sizeof *pattern->spots),
        .persons = persons,
        .first = arena_array(arena, count, sizeof *pattern->first),
        .wide = arena_array(arena, count, sizeof *pattern->wide),
        .alive = arena_array(arena, count, sizeof *pattern->alive),
    };
    for (size_t c = 0; c < count; c++) {
        pattern->spots[c] = (struct spot){
            .price = pattern_price(universe, c),
            .below = universe->counts[c] - universe_lower(universe, c),
            .above = universe->limits[c] - universe->counts[c],
            .person = persons[c],
        };
        pattern->first[c] = PATTERN_END;
    }
    return pattern;
}

/* --- who sees through
 * ---------------------------------------------------------- */

static bool sits_in(const struct pattern *pattern, const struct move *move,
                    uint32_t person)
{
    for (size_t i = 0; i < move->count; i++) {
        if (pattern->spots[move->cells[i]].person == person)
            return true;
    }
    return false;
}

static bool sits_in_all(const struct pattern *pattern, size_t cell,
                        uint32_t person)
{
    for (uint32_t u = pattern->first[cell]; u != PATTERN_END;
         u = pattern->uses[u].next) {
        const struct move *move = &pattern->moves[pattern->uses[u].move];
        if (!move->dropped && !sits_in(pattern, move, person))
            return false;
    }
    return true;
}

static const struct move *any_move(const struct pattern *pattern, size_t cell)
{
    for (uint32_t u = pattern->first[cell]; u != PATTERN_END;
         u = pattern->uses[u].next) {
        const struct move *move = &pattern->moves[pattern->uses[u].move];
        if (!move->dropped)
            return move;
    }
    return NULL;
}

/* The next person of a move, from place *i on, who sits in all the others of
 * the cell too. */
static uint32_t next_seer(const struct pattern *pattern, size_t cell,
                          const struct move *move, size_t *i)
{
    for (; *i < move->count; (*i)++) {
        uint32_t person = pattern->spots[move->cells[*i]].person;
        if (person == PERSON_NOBODY || person == pattern->spots[cell].person ||
            !sits_in_all(pattern, cell, person))
            continue;
        (*i)++;
        return person;
    }
    return PERSON_NOBODY;
}

size_t pattern_seen_through(const struct pattern *pattern, size_t cell,
                            struct arena *arena, uint32_t **persons)
{
    const struct move *move = any_move(pattern, cell);
    size_t count = 0;
    *persons = NULL;
    if (move == NULL)
        return 0;
    *persons = arena_array(arena, move->count, sizeof **persons);
    for (size_t i = 0; i < move->count;) {
        uint32_t person = next_seer(pattern, cell, move, &i);
        if (person != PERSON_NOBODY)
            (*persons)[count++] = person;
    }
    return count;
}

bool pattern_is_safe(const struct pattern *pattern, size_t cell)
{
    if (pattern->wide[cell] == 0)
        return false;
    if ((pattern->universe->flags[cell] & CELL_PRIMARY) == 0)
        return true;
    size_t i = 0;
    return next_seer(pattern, cell, any_move(pattern, cell), &i) ==
           PERSON_NOBODY;
}

/* --- moves
 * ---------------------------------------------------------------------- */

static void add_use(struct pattern *pattern, uint32_t cell)
{
    pattern->uses =
        arena_grow(pattern->arena, pattern->uses, pattern->use_count,
                   &pattern->use_capacity, sizeof *pattern->uses);
    pattern->uses[pattern->use_count] = (struct use){
        .move = (uint32_t)pattern->move_count,
        .next = pattern->first[cell],
    };
    pattern->first[cell] = (uint32_t)pattern->use_count++;
}

void pattern_open(struct pattern *pattern, size_t cell)
{
    if (universe_is_open(pattern->universe, cell))
        return;
    assert(pattern->spots[cell].price < PRICE_BLOCKED);
    pattern->universe->flags[cell] |= CELL_SECONDARY;
    pattern->cost += pattern->spots[cell].price;
    pattern->spots[cell].price = 0;
}

void pattern_accept(struct pattern *pattern, const struct move *move)
{
    for (size_t i = 0; i < move->count; i++) {
        uint32_t cell = move->cells[i];
        pattern_open(pattern, cell);
        pattern->wide[cell] += move->wide;
        pattern->alive[cell]++;
        add_use(pattern, cell);
    }
    pattern->moves =
        arena_grow(pattern->arena, pattern->moves, pattern->move_count,
                   &pattern->move_capacity, sizeof *pattern->moves);
    pattern->moves[pattern->move_count++] = *move;
}

void pattern_drop(struct pattern *pattern, size_t number)
{
    struct move *move = &pattern->moves[number];
    assert(!move->dropped);
    move->dropped = true;
    for (size_t i = 0; i < move->count; i++) {
        pattern->wide[move->cells[i]] -= move->wide;
        pattern->alive[move->cells[i]]--;
    }
}

void pattern_restore(struct pattern *pattern, size_t number)
{
    struct move *move = &pattern->moves[number];
    assert(move->dropped);
    move->dropped = false;
    for (size_t i = 0; i < move->count; i++) {
        uint32_t cell = move->cells[i];
        pattern->wide[cell] += move->wide;
        pattern->alive[cell]++;
        pattern_open(pattern, cell);
    }
}

bool pattern_is_optional(const struct pattern *pattern, size_t cell)
{
    unsigned flags = pattern->universe->flags[cell];
    return (flags & CELL_SECONDARY) != 0 &&
           (flags & (CELL_PRIMARY | CELL_HIDDEN | CELL_KEPT)) == 0;
}

void pattern_show(struct pattern *pattern, size_t cell)
{
    assert(pattern_is_optional(pattern, cell) && pattern->alive[cell] == 0);
    pattern->universe->flags[cell] &= (unsigned char)~CELL_SECONDARY;
    pattern->spots[cell].price = pattern_price(pattern->universe, cell);
    pattern->cost -= pattern->spots[cell].price;
}

/* --- all primaries
 * ------------------------------------------------------------- */

struct target {
    uint32_t cell;
    int64_t count;
    size_t leaves; /* leaves of all dimensions: fine cells first */
};

static size_t leaves_of(const struct universe *universe, size_t cell)
{
    size_t leaves = 0;
    for (int d = 0; d < DIM_COUNT; d++) {
        size_t part = universe_part(universe->keys[cell], (enum dim)d);
        leaves += universe->axes[d].parts[part].leaf_count;
    }
    return leaves;
}

static int by_need(const void *a, const void *b)
{
    const struct target *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    if (x->leaves != y->leaves)
        return x->leaves < y->leaves ? -1 : 1;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

void pattern_protect_all(struct pattern *pattern)
{
    const struct universe *universe = pattern->universe;
    struct arena *scratch = arena_new();
    struct target *targets =
        arena_array(scratch, universe->count, sizeof *targets);
    size_t count = 0;
    for (size_t c = 0; c < universe->count; c++) {
        if (universe->flags[c] & CELL_PRIMARY)
            targets[count++] = (struct target){(uint32_t)c, universe->counts[c],
                                               leaves_of(universe, c)};
    }
    qsort(targets, count, sizeof *targets, by_need);
    for (size_t t = 0; t < count; t++) {
        if (!pattern_is_safe(pattern, targets[t].cell))
            pattern_protect(pattern, targets[t].cell);
    }
    arena_wipe(scratch);
}

/* --- witnesses
 * ------------------------------------------------------------------ */

static void add_step(struct arena *arena, struct witnesses *out,
                     const struct move *move, int64_t step)
{
    if (step == 0)
        return;
    int64_t *deltas = arena_array(arena, move->count, sizeof *deltas);
    for (size_t i = 0; i < move->count; i++)
        deltas[i] = move->signs[i] * step;
    struct witness witness = {move->cells, deltas, move->count};
    witness_add(arena, out, &witness);
}

void witness_add(struct arena *arena, struct witnesses *witnesses,
                 const struct witness *witness)
{
    witnesses->list = arena_grow(arena, witnesses->list, witnesses->count,
                                 &witnesses->capacity, sizeof *witnesses->list);
    witnesses->list[witnesses->count++] = *witness;
}

void pattern_witnesses(const struct pattern *pattern, struct arena *arena,
                       struct witnesses *out)
{
    for (size_t m = 0; m < pattern->move_count; m++) {
        const struct move *move = &pattern->moves[m];
        if (move->dropped)
            continue;
        add_step(arena, out, move, move->up);
        add_step(arena, out, move, -move->down);
    }
}
