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
    pattern->detours[cell] = detour_price(price);
    pattern_reprice(pattern, cell, price);
}

void pattern_wake(struct pattern *pattern)
{
    const struct field *field = pattern->field;
    size_t cells = field->cells;
    assert(pattern->desk == NULL);
    struct arena *desk = pattern->desk = arena_new();
    pattern->circuits = circuits_new(desk, field);
    pattern->rates = arena_array(desk, cells, sizeof *pattern->rates);
    pattern->prices = arena_array(desk, cells, sizeof *pattern->prices);
    pattern->detours = arena_array(desk, cells, sizeof *pattern->detours);
    pattern->tolls = arena_array(desk, cells, sizeof *pattern->tolls);
    pattern->byways = arena_array(desk, cells, sizeof *pattern->byways);
    pattern->up = sum_new(desk, field);
    pattern->down = sum_new(desk, field);
    for (size_t c = 0; c < cells; c++) {
        pattern->rates[c] = field->prices[c];
        set_price(pattern, (uint32_t)c,
                  field_open(field, c) ? 0 : field->prices[c]);
    }
}

void pattern_rest(struct pattern *pattern)
{
    if (pattern->desk == NULL)
        return;
    arena_wipe(pattern->desk);
    pattern->desk = NULL;
    pattern->circuits = NULL;
    pattern->rates = pattern->prices = pattern->detours = NULL;
    pattern->tolls = pattern->byways = NULL;
    pattern->up = pattern->down = pattern->around = (struct sum){0};
    pattern->detour = NULL;
    pattern->next = NULL;
}

struct pattern *pattern_new(struct arena *arena, struct field *field)
{
    struct pattern *pattern = arena_alloc(arena, sizeof *pattern);
    size_t cells = field->cells;
    *pattern = (struct pattern){
        .arena = arena,
        .field = field,
        .first = arena_array(arena, cells, sizeof *pattern->first),
        .alive = arena_array(arena, cells, sizeof *pattern->alive),
        .kernel_life = SIZE_MAX,
    };
    for (size_t c = 0; c < cells; c++)
        pattern->first[c] = PATTERN_END;
    pattern->people = arena_alloc(arena, sizeof *pattern->people);
    if (cells <= PROOF_CELLS)
        pattern->proofs = arena_array(arena, cells, sizeof *pattern->proofs);
    list_mates(pattern);
    pattern_wake(pattern);
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

/* --- proofs -------------------------------------------------------------- */

bool pattern_is_proven(const struct pattern *pattern, size_t cell)
{
    if (pattern->proofs == NULL)
        return false;
    const struct proof *proof = &pattern->proofs[cell];
    bool ok = proof->count > 0;
    for (size_t i = 0; ok && i < proof->count; i++)
        ok = !pattern->spans[proof->witnesses[i]].dropped;
    return ok;
}

static void add_proof(struct proof *proof, uint32_t witness)
{
    for (size_t i = 0; i < proof->count && i < PROOF_MOST; i++) {
        if (proof->witnesses[i] == witness)
            return;
    }
    if (proof->count < PROOF_MOST)
        proof->witnesses[proof->count] = witness;
    proof->count += proof->count <= PROOF_MOST;
}

/* The witnesses that reach farthest, until they are far enough apart. */
static bool is_wide(const struct pattern *pattern, size_t cell,
                    struct proof *proof)
{
    int64_t width = field_width(pattern->field, cell);
    int64_t low = 0, high = 0;
    uint32_t lowest = PATTERN_END, highest = PATTERN_END;
    for (uint32_t e = pattern->first[cell];
         e != PATTERN_END && high - low < width; e = pattern_next(pattern, e)) {
        uint32_t witness = pattern_witness(pattern, e);
        int64_t delta = pattern_delta(pattern, e);
        if (pattern->spans[witness].dropped)
            continue;
        highest = delta > high ? witness : highest;
        high = delta > high ? delta : high;
        lowest = delta < low ? witness : lowest;
        low = delta < low ? delta : low;
    }
    if (lowest != PATTERN_END)
        add_proof(proof, lowest);
    if (highest != PATTERN_END)
        add_proof(proof, highest);
    return high - low >= width;
}

/* The shortest of the last so many witnesses of a cell: it has few persons. */
static uint32_t shortest(const struct pattern *pattern, size_t cell,
                         size_t among)
{
    uint32_t best = PATTERN_END;
    for (uint32_t e = pattern->first[cell]; e != PATTERN_END && among > 0;
         e = pattern_next(pattern, e)) {
        uint32_t witness = pattern_witness(pattern, e);
        const struct span *span = &pattern->spans[witness];
        if (span->dropped)
            continue;
        if (best == PATTERN_END || span->count < pattern->spans[best].count)
            best = witness;
        among--;
    }
    return best;
}

/* Those of a list, ascending, who are in a witness as well come first. Returns
 * how many. */
static size_t keep_people(const struct pattern *pattern,
                          const struct span *span, uint32_t *list, size_t count)
{
    const uint32_t *people = pattern->people->list + span->people;
    size_t from = 0, kept = 0;
    for (size_t i = 0; i < count; i++) {
        size_t low = from, high = span->people_count;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (people[middle] < list[i])
                low = middle + 1;
            else
                high = middle;
        }
        from = low;
        if (low < span->people_count && people[low] == list[i])
            list[kept++] = list[i];
    }
    return kept;
}

/* Lists the people of a witness, but not `own`. */
static size_t list_people(const struct pattern *pattern,
                          const struct span *span, uint32_t own)
{
    struct people *people = pattern->people;
    const uint32_t *all = people->list + span->people;
    size_t count = 0;
    for (size_t i = 0; i < span->people_count; i++) {
        if (all[i] != own)
            people->seers[count++] = all[i];
    }
    return count;
}

/* Lists those alone elsewhere who sit in every witness of a cell, ascending;
 * returns how many. `first` is one of these witnesses. */
static size_t list_seers(const struct pattern *pattern, size_t cell,
                         uint32_t first, struct proof *proof)
{
    uint32_t *seers = pattern->people->seers;
    size_t count = list_people(pattern, &pattern->spans[first],
                               pattern->field->persons[cell]);
    add_proof(proof, first);
    for (uint32_t e = pattern->first[cell]; e != PATTERN_END && count > 0;
         e = pattern_next(pattern, e)) {
        uint32_t other = pattern_witness(pattern, e);
        size_t before = count;
        if (pattern->spans[other].dropped || other == first)
            continue;
        count = keep_people(pattern, &pattern->spans[other], seers, count);
        if (count < before)
            add_proof(proof, other);
    }
    return count;
}

static int by_name(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static bool is_listed(const uint32_t *list, size_t count, uint32_t person)
{
    size_t i = 0;
    while (i < count && list[i] != person)
        i++;
    return i < count;
}

/* In the order of one of the witnesses. */
size_t pattern_seers(const struct pattern *pattern, size_t cell,
                     struct arena *arena, uint32_t **persons)
{
    struct proof proof = {.count = 0};
    *persons = NULL;
    if (!field_secret(pattern->field, cell))
        return 0;
    uint32_t first = shortest(pattern, cell, SIZE_MAX);
    if (first == PATTERN_END)
        return 0;
    size_t seers = list_seers(pattern, cell, first, &proof), count = 0;
    if (seers == 0)
        return 0;
    const uint32_t *list = pattern->people->seers;
    *persons = arena_array(arena, seers, sizeof **persons);
    for (uint32_t e = pattern->spans[first].first; count < seers; e++) {
        uint32_t person = pattern->field->persons[pattern_cell(pattern, e)];
        if (person != PERSON_NOBODY &&
            bsearch(&person, list, seers, sizeof person, by_name) != NULL &&
            !is_listed(*persons, count, person))
            (*persons)[count++] = person;
    }
    return count;
}

static bool find_proof(const struct pattern *pattern, size_t cell,
                       struct proof *proof)
{
    if (!is_wide(pattern, cell, proof))
        return false;
    if (!field_secret(pattern->field, cell))
        return true;
    uint32_t first = shortest(pattern, cell, PROOF_AMONG);
    return first != PATTERN_END && list_seers(pattern, cell, first, proof) == 0;
}

bool pattern_is_safe(const struct pattern *pattern, size_t cell)
{
    struct proof proof = {.count = 0};
    if (!field_open(pattern->field, cell) || pattern_is_proven(pattern, cell))
        return true;
    if (!find_proof(pattern, cell, &proof))
        return false;
    if (pattern->proofs != NULL && proof.count <= PROOF_MOST)
        pattern->proofs[cell] = proof;
    return true;
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
    pattern->opened++;
    set_price(pattern, cell, 0);
}

bool pattern_keep(struct pattern *pattern, uint32_t cell)
{
    if (field_open(pattern->field, cell) ||
        pattern->prices[cell] >= FIELD_BLOCKED)
        return false;
    pattern_open(pattern, cell);
    pattern->alive[cell]++; /* as if a witness needed it */
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
        sum_touch(pattern->desk, sum, cell);
    sum->deltas[cell] += delta;
    if (sum->rooms != NULL)
        sum_shift_room(pattern, sum, cell, delta);
}

void sum_add(struct pattern *pattern, struct sum *sum,
             const struct circuit *circuit, int64_t steps)
{
    for (size_t i = 0; i < circuit->count; i++)
        sum_change(pattern, sum, circuit->cells[i],
                   circuit->factors[i] * steps);
}

void sum_clear(struct pattern *pattern, struct sum *sum)
{
    for (size_t i = 0; i < sum->count; i++) {
        uint32_t cell = sum->cells[i];
        sum_shift_room(pattern, sum, cell, -sum->deltas[cell]);
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
    assert(entry < PATTERN_END);
    reserve(pattern, entry);
    struct entries *block = pattern->blocks[entry / PATTERN_BLOCK];
    size_t at = entry % PATTERN_BLOCK;
    block->deltas[at] = delta;
    block->cells[at] = cell;
    block->links[at] =
        (struct link){(uint32_t)pattern->span_count, pattern->first[cell]};
    pattern->first[cell] = (uint32_t)entry;
    pattern->alive[cell]++;
}

/* Where a witness of so many cells can begin. */
static void start_entries(struct pattern *pattern, size_t count)
{
    if (pattern_straddles(pattern->entry_count, count) &&
        count <= PATTERN_BLOCK)
        pattern->entry_count +=
            PATTERN_BLOCK - pattern->entry_count % PATTERN_BLOCK;
}

/* Notes who is alone in a cell of a new witness. */
static void note_people(struct pattern *pattern, struct span *span)
{
    struct people *people = pattern->people;
    span->people = people->count;
    for (uint32_t e = span->first; e < span->first + span->count; e++) {
        uint32_t person = pattern->field->persons[pattern_cell(pattern, e)];
        if (person == PERSON_NOBODY)
            continue;
        people->list = arena_grow(pattern->arena, people->list, people->count,
                                  &people->capacity, sizeof *people->list);
        people->list[people->count++] = person;
    }
    size_t count = people->count - span->people, kept = 0;
    if (count == 0)
        return;
    uint32_t *own = people->list + span->people;
    qsort(own, count, sizeof *own, by_name);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || own[i] != own[i - 1])
            own[kept++] = own[i];
    }
    span->people_count = (uint32_t)kept;
    people->count = span->people + kept;
    if (kept > people->seer_capacity) {
        people->seer_capacity = 2 * kept;
        people->seers = arena_array(pattern->arena, people->seer_capacity,
                                    sizeof *people->seers);
    }
}

/* A cell can be listed twice, the second time with a delta taken: then the
 * sum counts too much, and a little room is lost. */
void pattern_record(struct pattern *pattern, struct sum *sum)
{
    start_entries(pattern, sum->count);
    struct span span = {.first = (uint32_t)pattern->entry_count};
    for (size_t i = 0; i < sum->count; i++) {
        uint32_t cell = sum->cells[i];
        int64_t delta = sum->deltas[cell];
        if (delta == 0)
            continue;
        pattern_open(pattern, cell);
        add_entry(pattern, cell, delta);
        sum_shift_room(pattern, sum, cell, -delta);
        sum->deltas[cell] = 0;
    }
    sum->count = 0;
    span.count = (uint32_t)(pattern->entry_count - span.first);
    if (span.count == 0)
        return;
    note_people(pattern, &span);
    pattern->spans =
        arena_grow(pattern->arena, pattern->spans, pattern->span_count,
                   &pattern->span_capacity, sizeof *pattern->spans);
    pattern->spans[pattern->span_count++] = span;
}

void pattern_record_all(struct pattern *pattern, const struct witnesses *found)
{
    for (size_t w = 0; w < found->count; w++) {
        const struct witness *witness = &found->list[w];
        for (size_t i = 0; i < witness->count; i++)
            sum_change(pattern, &pattern->up, witness->cells[i],
                       witness->deltas[i]);
        pattern_record(pattern, &pattern->up);
    }
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

/* Puts a witness where the entries end now, which is where it was or before.
 */
static void move_down(struct pattern *pattern, struct span *span)
{
    struct people *people = pattern->people;
    size_t from = span->first;
    start_entries(pattern, span->count);
    span->first = (uint32_t)pattern->entry_count;
    for (size_t e = from; e < from + span->count; e++) {
        uint32_t cell = pattern_cell(pattern, e);
        pattern->alive[cell]--; /* add_entry counts it again */
        add_entry(pattern, cell, pattern_delta(pattern, e));
    }
    for (size_t i = 0; i < span->people_count; i++)
        people->list[people->count + i] = people->list[span->people + i];
    span->people = people->count;
    people->count += span->people_count;
}

static void rename_proof(struct proof *proof, const uint32_t *names)
{
    for (size_t i = 0; i < proof->count; i++) {
        proof->witnesses[i] = names[proof->witnesses[i]];
        if (proof->witnesses[i] == PATTERN_END)
            proof->count = 0;
    }
}

void pattern_sweep(struct pattern *pattern)
{
    struct arena *scratch = arena_new();
    size_t spans = pattern->span_count, cells = pattern->field->cells;
    uint32_t *names = arena_array(scratch, spans, sizeof *names);
    pattern->span_count = pattern->entry_count = pattern->people->count = 0;
    for (size_t c = 0; c < cells; c++)
        pattern->first[c] = PATTERN_END;
    for (size_t w = 0; w < spans; w++) {
        struct span span = pattern->spans[w];
        names[w] = PATTERN_END;
        if (span.dropped)
            continue;
        names[w] = (uint32_t)pattern->span_count;
        move_down(pattern, &span);
        pattern->spans[pattern->span_count++] = span;
    }
    for (size_t c = 0; pattern->proofs != NULL && c < cells; c++)
        rename_proof(&pattern->proofs[c], names);
    arena_free(scratch);
}
