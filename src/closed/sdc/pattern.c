/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/pattern.h"

#include <stdlib.h>

/* --- setting up ---------------------------------------------------------- */

static int64_t room_above(const struct field *field, size_t cell)
{
    return field->upper[cell] == FIELD_UNLIMITED
               ? FIELD_UNLIMITED
               : field->upper[cell] - field->counts[cell];
}

static struct sum sum_new(struct arena *arena, const struct field *field)
{
    struct sum sum = {
        .rooms = arena_array(arena, field->cells, sizeof *sum.rooms),
        .deltas = arena_array(arena, field->cells, sizeof *sum.deltas),
    };
    for (size_t c = 0; c < field->cells; c++)
        sum.rooms[c] = (struct room){
            .below = field->counts[c] - field->lower[c],
            .above = room_above(field, c),
        };
    return sum;
}

static void list_mates(struct pattern *pattern)
{
    const struct field *field = pattern->field;
    size_t count = 0;
    uint32_t *starts =
        arena_array(pattern->arena, field->cells + 2, sizeof *starts);
    for (size_t c = 0; c < field->cells; c++) {
        if (field->persons[c] != PERSON_NOBODY) {
            starts[field->persons[c] + 2]++;
            count++;
        }
    }
    for (size_t p = 0; p < field->cells; p++)
        starts[p + 2] += starts[p + 1];
    pattern->mates = arena_array(pattern->arena, count, sizeof *pattern->mates);
    for (size_t c = 0; c < field->cells; c++) {
        if (field->persons[c] != PERSON_NOBODY)
            pattern->mates[starts[field->persons[c] + 1]++] = (uint32_t)c;
    }
    pattern->mate_starts = starts;
}

static int32_t detour_price(int32_t price)
{
    enum {
        DETOUR_MOST = 200,
    };
    return price / 2 < DETOUR_MOST ? price / 2 : DETOUR_MOST;
}

static void set_price(struct pattern *pattern, uint32_t cell, int32_t price)
{
    pattern->prices[cell] = price;
    pattern->detours[cell] = detour_price(price);
}

struct pattern *pattern_new(struct arena *arena, struct field *field)
{
    struct pattern *pattern = arena_alloc(arena, sizeof *pattern);
    size_t cells = field->cells;
    *pattern = (struct pattern){
        .arena = arena,
        .field = field,
        .circuits = circuits_new(arena, field),
        .rates = arena_array(arena, cells, sizeof *pattern->rates),
        .prices = arena_array(arena, cells, sizeof *pattern->prices),
        .detours = arena_array(arena, cells, sizeof *pattern->detours),
        .up = sum_new(arena, field),
        .down = sum_new(arena, field),
        .first = arena_array(arena, cells, sizeof *pattern->first),
        .alive = arena_array(arena, cells, sizeof *pattern->alive),
    };
    for (size_t c = 0; c < cells; c++) {
        pattern->rates[c] = field->prices[c];
        set_price(pattern, (uint32_t)c,
                  field_open(field, c) ? 0 : field->prices[c]);
        pattern->first[c] = PATTERN_END;
    }
    list_mates(pattern);
    return pattern;
}

/* --- what witnesses say -------------------------------------------------- */

void pattern_range(const struct pattern *pattern, size_t cell, int64_t *low,
                   int64_t *high)
{
    *low = *high = 0;
    for (uint32_t e = pattern->first[cell]; e != PATTERN_END;
         e = pattern_next(pattern, e)) {
        if (pattern->spans[pattern_witness(pattern, e)].dropped)
            continue;
        int64_t delta = pattern_delta(pattern, e);
        *high = delta > *high ? delta : *high;
        *low = delta < *low ? delta : *low;
    }
}

bool pattern_is_narrow(const struct pattern *pattern, size_t cell)
{
    int64_t width = field_width(pattern->field, cell);
    if (width == 0 || !field_open(pattern->field, cell))
        return false;
    int64_t low, high;
    pattern_range(pattern, cell, &low, &high);
    return high - low < width;
}

static bool sits_in(const struct pattern *pattern, uint32_t witness,
                    uint32_t person)
{
    const struct span *span = &pattern->spans[witness];
    for (uint32_t e = span->first; e < span->first + span->count; e++) {
        if (pattern->field->persons[pattern_cell(pattern, e)] == person)
            return true;
    }
    return false;
}

static bool sits_in_all(const struct pattern *pattern, size_t cell,
                        uint32_t person)
{
    for (uint32_t e = pattern->first[cell]; e != PATTERN_END;
         e = pattern_next(pattern, e)) {
        uint32_t witness = pattern_witness(pattern, e);
        if (!pattern->spans[witness].dropped &&
            !sits_in(pattern, witness, person))
            return false;
    }
    return true;
}

/* The shortest witness of a cell has the fewest persons. */
static const struct span *shortest(const struct pattern *pattern, size_t cell)
{
    const struct span *best = NULL;
    for (uint32_t e = pattern->first[cell]; e != PATTERN_END;
         e = pattern_next(pattern, e)) {
        const struct span *span = &pattern->spans[pattern_witness(pattern, e)];
        if (!span->dropped && (best == NULL || span->count < best->count))
            best = span;
    }
    return best;
}

/* The next person of a witness, from entry *e on, who sees through. */
static uint32_t next_seer(const struct pattern *pattern, size_t cell,
                          const struct span *span, uint32_t *e)
{
    const uint32_t *persons = pattern->field->persons;
    while (*e < span->first + span->count) {
        uint32_t person = persons[pattern_cell(pattern, (*e)++)];
        if (person != PERSON_NOBODY && person != persons[cell] &&
            sits_in_all(pattern, cell, person))
            return person;
    }
    return PERSON_NOBODY;
}

static bool is_listed(const uint32_t *persons, size_t count, uint32_t person)
{
    for (size_t i = 0; i < count; i++) {
        if (persons[i] == person)
            return true;
    }
    return false;
}

size_t pattern_seers(const struct pattern *pattern, size_t cell,
                     struct arena *arena, uint32_t **persons)
{
    *persons = NULL;
    const struct span *span = shortest(pattern, cell);
    if (span == NULL || !field_secret(pattern->field, cell))
        return 0;
    *persons = arena_array(arena, span->count, sizeof **persons);
    size_t count = 0;
    uint32_t person, e = span->first;
    while ((person = next_seer(pattern, cell, span, &e)) != PERSON_NOBODY) {
        if (!is_listed(*persons, count, person))
            (*persons)[count++] = person;
    }
    return count;
}

bool pattern_is_safe(const struct pattern *pattern, size_t cell)
{
    if (!field_open(pattern->field, cell))
        return true;
    if (pattern_is_narrow(pattern, cell))
        return false;
    if (!field_secret(pattern->field, cell))
        return true;
    const struct span *span = shortest(pattern, cell);
    uint32_t e = span == NULL ? 0 : span->first;
    return span != NULL && next_seer(pattern, cell, span, &e) == PERSON_NOBODY;
}

/* --- cells --------------------------------------------------------------- */

void pattern_rate(struct pattern *pattern, uint32_t cell, int32_t rate)
{
    pattern->rates[cell] = rate;
    if (!field_open(pattern->field, cell))
        set_price(pattern, cell, rate);
}

void pattern_open(struct pattern *pattern, uint32_t cell)
{
    if (field_open(pattern->field, cell))
        return;
    assert(pattern->prices[cell] < FIELD_BLOCKED);
    pattern->field->states[cell] = FIELD_SECONDARY;
    pattern->cost += pattern->field->prices[cell];
    set_price(pattern, cell, 0);
}

bool pattern_suppress(struct pattern *pattern, uint32_t cell)
{
    if (field_open(pattern->field, cell) ||
        pattern->prices[cell] >= FIELD_BLOCKED)
        return false;
    pattern_open(pattern, cell);
    pattern->alive[cell]++; /* no witness needs it, and yet it stays */
    return true;
}

void pattern_show_idle(struct pattern *pattern, uint32_t cell)
{
    if (pattern->field->states[cell] != FIELD_SECONDARY ||
        pattern->alive[cell] > 0)
        return;
    pattern->field->states[cell] = FIELD_SHOWN;
    pattern->cost -= pattern->field->prices[cell];
    set_price(pattern, cell, pattern->rates[cell]);
}

/* --- sums of circuits ---------------------------------------------------- */

static void sum_touch(struct arena *arena, struct sum *sum, uint32_t cell)
{
    sum->cells = arena_grow(arena, sum->cells, sum->count, &sum->capacity,
                            sizeof *sum->cells);
    sum->cells[sum->count++] = cell;
}

/* A cell that comes back to 0 and moves again is listed twice; the second
 * reading finds its delta taken. */
void sum_change(struct pattern *pattern, struct sum *sum, uint32_t cell,
                int64_t delta)
{
    if (sum->deltas[cell] == 0)
        sum_touch(pattern->arena, sum, cell);
    sum->deltas[cell] += delta;
    if (sum->rooms != NULL)
        room_shift(&sum->rooms[cell], delta);
}

void sum_add(struct pattern *pattern, struct sum *sum,
             const struct circuit *circuit, int64_t steps)
{
    for (size_t i = 0; i < circuit->count; i++)
        sum_change(pattern, sum, circuit->cells[i],
                   circuit->factors[i] * steps);
}

void sum_clear(struct sum *sum)
{
    for (size_t i = 0; i < sum->count; i++) {
        uint32_t cell = sum->cells[i];
        room_shift(&sum->rooms[cell], -sum->deltas[cell]);
        sum->deltas[cell] = 0;
    }
    sum->count = 0;
}

/* --- witnesses ----------------------------------------------------------- */

static void reserve(struct pattern *pattern, size_t entry)
{
    if (entry / PATTERN_BLOCK < pattern->block_count)
        return;
    pattern->blocks =
        arena_grow(pattern->arena, pattern->blocks, pattern->block_count,
                   &pattern->block_capacity, sizeof *pattern->blocks);
    pattern->blocks[pattern->block_count++] =
        arena_alloc(pattern->arena, sizeof **pattern->blocks);
}

static void add_entry(struct pattern *pattern, uint32_t cell, int64_t delta)
{
    size_t entry = pattern->entry_count++;
    reserve(pattern, entry);
    struct entries *block = pattern->blocks[entry / PATTERN_BLOCK];
    size_t at = entry % PATTERN_BLOCK;
    block->deltas[at] = delta;
    block->cells[at] = cell;
    block->witnesses[at] = (uint32_t)pattern->span_count;
    block->next[at] = pattern->first[cell];
    pattern->first[cell] = (uint32_t)entry;
    pattern->alive[cell]++;
}

static bool straddles(size_t entry, size_t count)
{
    return entry % PATTERN_BLOCK + count > PATTERN_BLOCK;
}

/* A cell can be listed twice, the second time with a delta taken: then the
 * sum counts too much, and a little room is lost. */
void pattern_record(struct pattern *pattern, struct sum *sum)
{
    if (straddles(pattern->entry_count, sum->count) &&
        sum->count <= PATTERN_BLOCK)
        pattern->entry_count +=
            PATTERN_BLOCK - pattern->entry_count % PATTERN_BLOCK;
    struct span span = {.first = (uint32_t)pattern->entry_count};
    for (size_t i = 0; i < sum->count; i++) {
        uint32_t cell = sum->cells[i];
        int64_t delta = sum->deltas[cell];
        if (delta == 0)
            continue;
        pattern_open(pattern, cell);
        add_entry(pattern, cell, delta);
        room_shift(&sum->rooms[cell], -delta);
        sum->deltas[cell] = 0;
    }
    sum->count = 0;
    span.count = (uint32_t)(pattern->entry_count - span.first);
    if (span.count == 0)
        return;
    pattern->spans =
        arena_grow(pattern->arena, pattern->spans, pattern->span_count,
                   &pattern->span_capacity, sizeof *pattern->spans);
    pattern->spans[pattern->span_count++] = span;
}

void pattern_drop(struct pattern *pattern, uint32_t witness)
{
    struct span *span = &pattern->spans[witness];
    assert(!span->dropped);
    span->dropped = true;
    for (uint32_t e = span->first; e < span->first + span->count; e++)
        pattern->alive[pattern_cell(pattern, e)]--;
}

void pattern_restore(struct pattern *pattern, uint32_t witness)
{
    struct span *span = &pattern->spans[witness];
    span->dropped = false;
    for (uint32_t e = span->first; e < span->first + span->count; e++) {
        uint32_t cell = pattern_cell(pattern, e);
        pattern->alive[cell]++;
        pattern_open(pattern, cell);
    }
}

/* Entries are the first of their cells' lists in reverse order of making. */
void pattern_forget(struct pattern *pattern, size_t from)
{
    if (from == pattern->span_count)
        return;
    for (size_t w = pattern->span_count; w-- > from;) {
        const struct span *span = &pattern->spans[w];
        for (size_t e = span->first + span->count; e-- > span->first;) {
            uint32_t cell = pattern_cell(pattern, e);
            pattern->first[cell] = pattern_next(pattern, e);
            pattern->alive[cell] -= !span->dropped;
        }
    }
    for (size_t w = from; w < pattern->span_count; w++) {
        const struct span *span = &pattern->spans[w];
        for (size_t e = span->first; e < span->first + span->count; e++)
            pattern_show_idle(pattern, pattern_cell(pattern, e));
    }
    pattern->entry_count = pattern->spans[from].first;
    pattern->span_count = from;
}

static struct witness copy_span(const struct pattern *pattern,
                                struct arena *arena, const struct span *span)
{
    uint32_t *cells = arena_array(arena, span->count, sizeof *cells);
    int64_t *deltas = arena_array(arena, span->count, sizeof *deltas);
    for (uint32_t e = 0; e < span->count; e++) {
        cells[e] = pattern_cell(pattern, span->first + e);
        deltas[e] = pattern_delta(pattern, span->first + e);
    }
    return (struct witness){cells, deltas, span->count};
}

void pattern_witnesses(const struct pattern *pattern, struct arena *arena,
                       struct witnesses *out)
{
    for (size_t w = 0; w < pattern->span_count; w++) {
        const struct span *span = &pattern->spans[w];
        const struct entries *block =
            pattern->blocks[span->first / PATTERN_BLOCK];
        size_t at = span->first % PATTERN_BLOCK;
        if (span->dropped)
            continue;
        struct witness witness = {block->cells + at, block->deltas + at,
                                  span->count};
        if (straddles(span->first, span->count))
            witness = copy_span(pattern, arena, span);
        witness_add(arena, out, &witness);
    }
}

void witness_add(struct arena *arena, struct witnesses *witnesses,
                 const struct witness *witness)
{
    witnesses->list = arena_grow(arena, witnesses->list, witnesses->count,
                                 &witnesses->capacity, sizeof *witnesses->list);
    witnesses->list[witnesses->count++] = *witness;
}
