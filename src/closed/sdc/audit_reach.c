/* SPDX-License-Identifier: EUPL-1.2 */
/* What witnesses prove, each checked against every relation and bound. */
#include "base/num.h"
#include "sdc/audit_impl.h"

struct audit_rows audit_index(struct arena *arena,
                              const struct audit_input *input)
{
    struct audit_rows rows = {
        .starts = arena_array(arena, input->cells + 1, sizeof *rows.starts),
    };
    size_t members = input->relations ? input->starts[input->relations] : 0;
    for (size_t i = 0; i < members; i++)
        rows.starts[input->members[i] + 1]++;
    for (size_t c = 0; c < input->cells; c++)
        rows.starts[c + 1] += rows.starts[c];
    size_t *fill = arena_array(arena, input->cells, sizeof *fill);
    rows.rows = arena_array(arena, members, sizeof *rows.rows);
    for (size_t r = 0; r < input->relations; r++) {
        for (size_t i = input->starts[r]; i < input->starts[r + 1]; i++) {
            uint32_t cell = input->members[i];
            rows.rows[rows.starts[cell] + fill[cell]++] = (uint32_t)r;
        }
    }
    return rows;
}

struct audit_reach *audit_reach_new(struct arena *arena,
                                    const struct audit_input *input)
{
    struct audit_reach *reach = arena_alloc(arena, sizeof *reach);
    size_t cells = input->cells;
    *reach = (struct audit_reach){
        .arena = arena,
        .input = input,
        .rows = audit_index(arena, input),
        .highest = arena_array(arena, cells, sizeof *reach->highest),
        .lowest = arena_array(arena, cells, sizeof *reach->lowest),
        .seen = arena_array(arena, cells, sizeof *reach->seen),
        .seen_count = arena_array(arena, cells, sizeof *reach->seen_count),
        .started = arena_array(arena, cells, sizeof *reach->started),
        .balance = arena_array(arena, input->relations, sizeof *reach->balance),
        .moved = arena_array(arena, cells, sizeof *reach->moved),
    };
    return reach;
}

static bool bounds_hold(const struct audit_reach *reach,
                        const struct witness *witness)
{
    const struct audit_input *input = reach->input;
    bool hold = true;
    size_t checked = 0;
    for (size_t i = 0; hold && i < witness->count; i++) {
        uint32_t cell = witness->cells[i];
        int64_t value;
        hold = cell < input->cells && !reach->moved[cell] &&
               input->guards[cell] != AUDIT_SHOWN &&
               num_add(input->counts[cell], witness->deltas[i], &value) &&
               value >= input->lower[cell] && value <= input->upper[cell];
        if (hold) {
            reach->moved[cell] = true;
            checked++;
        }
    }
    for (size_t i = 0; i < checked; i++)
        reach->moved[witness->cells[i]] = false;
    return hold;
}

/* Adds a delta to the balance of each of the cell's relations, with its
 * sign. */
static void weigh(const struct audit_reach *reach, uint32_t cell, int64_t delta)
{
    const struct audit_input *input = reach->input;
    for (size_t k = reach->rows.starts[cell]; k < reach->rows.starts[cell + 1];
         k++) {
        uint32_t row = reach->rows.rows[k];
        bool total = input->members[input->starts[row]] == cell;
        reach->balance[row] += total ? delta : -delta;
    }
}

static bool is_balanced(const struct audit_reach *reach, uint32_t cell)
{
    bool balanced = true;
    for (size_t k = reach->rows.starts[cell]; k < reach->rows.starts[cell + 1];
         k++)
        balanced = balanced && reach->balance[reach->rows.rows[k]] == 0;
    return balanced;
}

/* Every relation that the witness touches must come back to zero. */
static bool relations_hold(const struct audit_reach *reach,
                           const struct witness *witness)
{
    bool hold = true;
    for (size_t i = 0; i < witness->count; i++)
        weigh(reach, witness->cells[i], witness->deltas[i]);
    for (size_t i = 0; i < witness->count; i++)
        hold = hold && is_balanced(reach, witness->cells[i]);
    for (size_t i = 0; i < witness->count; i++)
        weigh(reach, witness->cells[i], -witness->deltas[i]);
    return hold;
}

/* --- persons alone -----------------------------------------------------------
 */

static bool is_alone(const struct audit_reach *reach, uint32_t cell)
{
    return reach->input->counts[cell] == 1;
}

static bool person_in(const struct audit_reach *reach,
                      const struct witness *witness, uint32_t person)
{
    for (size_t i = 0; i < witness->count; i++) {
        uint32_t cell = witness->cells[i];
        if (is_alone(reach, cell) && reach->input->persons[cell] == person)
            return true;
    }
    return false;
}

static void start_seen(struct audit_reach *reach, const struct witness *witness,
                       uint32_t cell)
{
    uint32_t own = reach->input->persons[cell];
    size_t count = 0;
    for (size_t i = 0; i < witness->count; i++)
        count += is_alone(reach, witness->cells[i]);
    reach->seen[cell] =
        arena_array(reach->arena, count, sizeof *reach->seen[cell]);
    for (size_t i = 0; i < witness->count; i++) {
        uint32_t other = witness->cells[i];
        if (is_alone(reach, other) && reach->input->persons[other] != own)
            reach->seen[cell][reach->seen_count[cell]++] =
                reach->input->persons[other];
    }
    reach->started[cell] = true;
}

/* A person who sits in this witness too learns nothing new to rule out; one
 * who does not sees the cell move while knowing his own count. */
static void narrow_seen(struct audit_reach *reach,
                        const struct witness *witness, uint32_t cell)
{
    size_t kept = 0;
    for (size_t i = 0; i < reach->seen_count[cell]; i++) {
        uint32_t person = reach->seen[cell][i];
        if (person_in(reach, witness, person))
            reach->seen[cell][kept++] = person;
    }
    reach->seen_count[cell] = kept;
}

bool audit_reach_add(struct audit_reach *reach, const struct witness *witness)
{
    if (!bounds_hold(reach, witness) || !relations_hold(reach, witness))
        return false;
    for (size_t i = 0; i < witness->count; i++) {
        uint32_t cell = witness->cells[i];
        int64_t delta = witness->deltas[i];
        if (delta > reach->highest[cell])
            reach->highest[cell] = delta;
        if (delta < reach->lowest[cell])
            reach->lowest[cell] = delta;
        enum audit_guard guard = reach->input->guards[cell];
        if (delta == 0 || (guard != AUDIT_PRIMARY && guard != AUDIT_FORCED))
            continue;
        if (reach->started[cell])
            narrow_seen(reach, witness, cell);
        else
            start_seen(reach, witness, cell);
    }
    return true;
}

bool audit_reach_wide(const struct audit_reach *reach, size_t cell)
{
    return reach->highest[cell] - reach->lowest[cell] >=
           audit_threshold(reach->input, cell) - 2;
}

bool audit_reach_private(const struct audit_reach *reach, size_t cell)
{
    enum audit_guard guard = reach->input->guards[cell];
    if (guard != AUDIT_PRIMARY && guard != AUDIT_FORCED)
        return true;
    return reach->started[cell] && reach->seen_count[cell] == 0;
}
