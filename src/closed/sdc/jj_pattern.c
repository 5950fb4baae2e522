/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/jj_pattern.h"

#include <math.h>

#include "sdc/person.h"

static void index_rows(struct jj_pattern *pattern)
{
    const struct relations *relations = &pattern->jj->relations;
    size_t cells = pattern->jj->cells;
    size_t members =
        relations->count == 0 ? 0 : relations->starts[relations->count];
    size_t *starts = arena_array(pattern->arena, cells + 2, sizeof *starts);
    uint32_t *rows = arena_array(pattern->arena, members, sizeof *rows);
    for (size_t m = 0; m < members; m++)
        starts[relations->members[m] + 2]++;
    for (size_t c = 0; c < cells; c++)
        starts[c + 2] += starts[c + 1];
    for (size_t r = 0; r < relations->count; r++) {
        for (size_t m = relations->starts[r]; m < relations->starts[r + 1]; m++)
            rows[starts[relations->members[m] + 1]++] = (uint32_t)r;
    }
    pattern->row_starts = starts;
    pattern->rows = rows;
}

/* The logarithm: between as few cells and as few cases as possible. */
static double price_of(double cost)
{
    return 1.0 + log2(1.0 + cost);
}

struct jj_pattern *jj_pattern_new(struct arena *arena, struct jj *jj,
                                  const uint32_t *persons, int64_t width)
{
    struct jj_pattern *pattern = arena_alloc(arena, sizeof *pattern);
    *pattern = (struct jj_pattern){
        .arena = arena,
        .jj = jj,
        .persons = persons,
        .width = width,
        .prices = arena_array(arena, jj->cells, sizeof *pattern->prices),
        .given = arena_array(arena, jj->cells, sizeof *pattern->given),
        .needy = arena_array(arena, jj->cells, sizeof *pattern->needy),
        .barred = arena_array(arena, jj->cells, sizeof *pattern->barred),
        .first = arena_array(arena, jj->cells, sizeof *pattern->first),
    };
    for (size_t c = 0; c < jj->cells; c++) {
        pattern->prices[c] = price_of(jj->costs[c]);
        pattern->given[c] = jj->status[c] == JJ_SECONDARY;
        pattern->needy[c] = jj->status[c] == JJ_PRIMARY;
        pattern->first[c] = JJ_END;
    }
    index_rows(pattern);
    pattern->ball = jj_ball_new(pattern);
    return pattern;
}

static void open_cell(struct jj_pattern *pattern, uint32_t cell)
{
    pattern->jj->status[cell] = JJ_SECONDARY;
    pattern->opened =
        arena_grow(pattern->arena, pattern->opened, pattern->opened_count,
                   &pattern->opened_capacity, sizeof *pattern->opened);
    pattern->opened[pattern->opened_count++] = cell;
}

void jj_record(struct jj_pattern *pattern, const struct witness *move)
{
    uint32_t number = (uint32_t)pattern->moves.count;
    pattern->dropped =
        arena_grow(pattern->arena, pattern->dropped, number,
                   &pattern->dropped_capacity, sizeof *pattern->dropped);
    pattern->dropped[number] = false;
    uint32_t *cells = arena_array(pattern->arena, move->count, sizeof *cells);
    int64_t *deltas = arena_array(pattern->arena, move->count, sizeof *deltas);
    for (size_t i = 0; i < move->count; i++) {
        uint32_t cell = cells[i] = move->cells[i];
        deltas[i] = move->deltas[i];
        if (!jj_is_open(pattern, cell))
            open_cell(pattern, cell);
        pattern->entries =
            arena_grow(pattern->arena, pattern->entries, pattern->entry_count,
                       &pattern->entry_capacity, sizeof *pattern->entries);
        pattern->entries[pattern->entry_count] =
            (struct jj_entry){move->deltas[i], number, pattern->first[cell]};
        pattern->first[cell] = (uint32_t)pattern->entry_count++;
    }
    witness_add(pattern->arena, &pattern->moves,
                &(struct witness){cells, deltas, move->count});
}

/* The next entry of a cell whose move is not dropped. */
static uint32_t alive(const struct jj_pattern *pattern, uint32_t entry)
{
    while (entry != JJ_END && pattern->dropped[pattern->entries[entry].move])
        entry = pattern->entries[entry].next;
    return entry;
}

void jj_range(const struct jj_pattern *pattern, size_t cell, int64_t *low,
              int64_t *high)
{
    *low = *high = 0;
    for (uint32_t e = alive(pattern, pattern->first[cell]); e != JJ_END;
         e = alive(pattern, pattern->entries[e].next)) {
        int64_t delta = pattern->entries[e].delta;
        *low = delta < *low ? delta : *low;
        *high = delta > *high ? delta : *high;
    }
}

static bool sits_in(const struct jj_pattern *pattern, uint32_t move,
                    uint32_t person)
{
    const struct witness *list = &pattern->moves.list[move];
    for (size_t i = 0; i < list->count; i++) {
        if (pattern->persons[list->cells[i]] == person)
            return true;
    }
    return false;
}

static bool sits_in_all(const struct jj_pattern *pattern, uint32_t entry,
                        uint32_t person)
{
    for (; entry != JJ_END;
         entry = alive(pattern, pattern->entries[entry].next)) {
        if (!sits_in(pattern, pattern->entries[entry].move, person))
            return false;
    }
    return true;
}

uint32_t jj_seer(const struct jj_pattern *pattern, size_t cell)
{
    uint32_t entry = alive(pattern, pattern->first[cell]);
    if (entry == JJ_END || pattern->jj->status[cell] != JJ_PRIMARY)
        return PERSON_NOBODY;
    const struct witness *move =
        &pattern->moves.list[pattern->entries[entry].move];
    for (size_t i = 0; i < move->count; i++) {
        uint32_t person = pattern->persons[move->cells[i]];
        if (person != PERSON_NOBODY && person != pattern->persons[cell] &&
            sits_in_all(pattern, entry, person))
            return person;
    }
    return PERSON_NOBODY;
}

bool jj_is_safe(const struct jj_pattern *pattern, size_t cell)
{
    int64_t low, high;
    jj_range(pattern, cell, &low, &high);
    return high - low >= pattern->width &&
           jj_seer(pattern, cell) == PERSON_NOBODY;
}

void jj_show_idle(struct jj_pattern *pattern)
{
    for (size_t c = 0; c < pattern->jj->cells; c++) {
        if (pattern->jj->status[c] == JJ_SECONDARY && !pattern->given[c] &&
            alive(pattern, pattern->first[c]) == JJ_END)
            pattern->jj->status[c] = JJ_SAFE;
    }
}

void jj_moves(const struct jj_pattern *pattern, struct arena *arena,
              struct witnesses *out)
{
    *out = (struct witnesses){0};
    for (size_t m = 0; m < pattern->moves.count; m++) {
        if (!pattern->dropped[m])
            witness_add(arena, out, &pattern->moves.list[m]);
    }
}
