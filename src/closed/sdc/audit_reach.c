/* SPDX-License-Identifier: EUPL-1.2 */
/* What witnesses prove, each checked against every relation and bound. */
#include <stdlib.h>

#include "base/num.h"
#include "sdc/audit_impl.h"

struct audit_row audit_row_at(const struct audit_input *input, size_t row)
{
    if (row < input->relations)
        return (struct audit_row){
            .cells = &input->members[input->starts[row]],
            .count = input->starts[row + 1] - input->starts[row],
        };
    const struct audit_band *band = &input->bands[row - input->relations];
    return (struct audit_row){band->cells, band->weights, band->count};
}

struct audit_rows audit_index(struct arena *arena,
                              const struct audit_input *input)
{
    size_t row_count = input->relations + input->band_count;
    /* Starts are one ahead until the rows are filled in. */
    struct audit_rows rows = {
        .starts = arena_array(arena, input->cells + 2, sizeof *rows.starts),
    };
    for (size_t r = 0; r < row_count; r++) {
        struct audit_row row = audit_row_at(input, r);
        for (size_t i = 0; i < row.count; i++)
            rows.starts[row.cells[i] + 2]++;
    }
    for (size_t c = 0; c < input->cells; c++) {
        assert(rows.starts[c + 2] <= UINT32_MAX - rows.starts[c + 1]);
        rows.starts[c + 2] += rows.starts[c + 1];
    }
    rows.rows =
        arena_array(arena, rows.starts[input->cells + 1], sizeof *rows.rows);
    for (size_t r = 0; r < row_count; r++) {
        struct audit_row row = audit_row_at(input, r);
        for (size_t i = 0; i < row.count; i++)
            rows.rows[rows.starts[row.cells[i] + 1]++] = (uint32_t)r;
    }
    return rows;
}

static void list_secrets(struct arena *arena, struct audit_reach *reach)
{
    const struct audit_input *input = reach->input;
    uint32_t count = 0;
    reach->secrets = arena_array(arena, input->cells, sizeof *reach->secrets);
    for (size_t c = 0; c < input->cells; c++) {
        if (audit_secret(input, c))
            reach->secrets[c] = count++;
    }
    reach->seen = arena_array(arena, count, sizeof *reach->seen);
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
        .balance = arena_array(arena, input->relations, sizeof *reach->balance),
        .shift = arena_array(arena, cells, sizeof *reach->shift),
    };
    list_secrets(arena, reach);
    return reach;
}

/* One cell of a witness by itself. */
static bool may_move(const struct audit_reach *reach, uint32_t cell,
                     int64_t delta)
{
    const struct audit_input *input = reach->input;
    int64_t value;
    return cell < input->cells && input->guards[cell] != AUDIT_SHOWN &&
           delta != 0 && reach->shift[cell] == 0 &&
           num_add(input->counts[cell], delta, &value) &&
           value >= input->lower[cell] && value <= input->upper[cell];
}

/* Shifts the cells of a witness up to the first one that cannot be; returns
 * how many are shifted. */
static size_t shift_cells(struct audit_reach *reach,
                          const struct witness *witness)
{
    size_t i = 0;
    while (i < witness->count &&
           may_move(reach, witness->cells[i], witness->deltas[i])) {
        reach->shift[witness->cells[i]] = witness->deltas[i];
        i++;
    }
    return i;
}

/* Adds a delta to the balance of each of the cell's relations, with its
 * sign. */
static void weigh(const struct audit_reach *reach, uint32_t cell, int64_t delta)
{
    const struct audit_input *input = reach->input;
    for (size_t k = reach->rows.starts[cell]; k < reach->rows.starts[cell + 1];
         k++) {
        uint32_t row = reach->rows.rows[k];
        if (row >= input->relations)
            continue;
        bool total = input->members[input->starts[row]] == cell;
        reach->balance[row] += total ? delta : -delta;
    }
}

static bool row_holds(const struct audit_reach *reach, uint32_t row)
{
    const struct audit_input *input = reach->input;
    if (row < input->relations)
        return reach->balance[row] == 0;
    const struct audit_band *band = &input->bands[row - input->relations];
    struct audit_sum sum = audit_band_sum(band, input->counts, reach->shift);
    return audit_band_holds(band, &sum);
}

/* Every relation that the witness touches must come back to zero, and every
 * band must hold beyond doubt. */
static bool rows_hold(const struct audit_reach *reach,
                      const struct witness *witness)
{
    const struct audit_rows *rows = &reach->rows;
    bool hold = true;
    for (size_t i = 0; i < witness->count; i++)
        weigh(reach, witness->cells[i], witness->deltas[i]);
    for (size_t i = 0; hold && i < witness->count; i++) {
        uint32_t cell = witness->cells[i];
        for (size_t k = rows->starts[cell]; hold && k < rows->starts[cell + 1];
             k++)
            hold = row_holds(reach, rows->rows[k]);
    }
    for (size_t i = 0; i < witness->count; i++)
        weigh(reach, witness->cells[i], -witness->deltas[i]);
    return hold;
}

static bool is_witness(struct audit_reach *reach, const struct witness *witness)
{
    size_t shifted = shift_cells(reach, witness);
    bool hold = shifted == witness->count && rows_hold(reach, witness);
    for (size_t i = 0; i < shifted; i++)
        reach->shift[witness->cells[i]] = 0;
    return hold;
}

/* --- persons alone -------------------------------------------------------- */

static bool is_alone(const struct audit_reach *reach, uint32_t cell)
{
    return reach->input->counts[cell] == 1;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Long witnesses hold hundreds of persons, each looked for once a cell. */
static void list_alone(struct audit_reach *reach, const struct witness *witness)
{
    reach->alone_count = 0;
    for (size_t i = 0; i < witness->count; i++) {
        if (!is_alone(reach, witness->cells[i]) ||
            reach->input->persons == NULL)
            continue;
        reach->alone =
            arena_grow(reach->arena, reach->alone, reach->alone_count,
                       &reach->alone_capacity, sizeof *reach->alone);
        reach->alone[reach->alone_count++] =
            reach->input->persons[witness->cells[i]];
    }
    if (reach->alone_count > 0)
        qsort(reach->alone, reach->alone_count, sizeof *reach->alone,
              by_number);
}

static bool person_in(const struct audit_reach *reach, uint32_t person)
{
    return reach->alone_count > 0 &&
           bsearch(&person, reach->alone, reach->alone_count,
                   sizeof *reach->alone, by_number) != NULL;
}

/* A person alone in a cell, unless it is the one of another cell. */
static bool is_other(const struct audit_reach *reach, uint32_t cell,
                     uint32_t own)
{
    return is_alone(reach, cell) && reach->input->persons[cell] != own;
}

static void start_seen(struct audit_reach *reach, const struct witness *witness,
                       uint32_t cell)
{
    struct audit_seen *seen = audit_seen(reach, cell);
    uint32_t own = reach->input->persons[cell];
    size_t count = 0;
    for (size_t i = 0; i < witness->count; i++)
        count += is_other(reach, witness->cells[i], own);
    if (count > 0)
        seen->persons = arena_array(reach->arena, count, sizeof *seen->persons);
    for (size_t i = 0; i < witness->count; i++) {
        uint32_t other = witness->cells[i];
        if (is_other(reach, other, own))
            seen->persons[seen->count++] = reach->input->persons[other];
    }
    seen->started = true;
}

/* A person who sits in this witness too learns nothing new to rule out; one
 * who does not sees the cell move while knowing his own count. */
static bool narrow_seen(struct audit_reach *reach, uint32_t cell)
{
    struct audit_seen *seen = audit_seen(reach, cell);
    uint32_t before = seen->count, kept = 0;
    for (uint32_t i = 0; i < before; i++) {
        uint32_t person = seen->persons[i];
        if (person_in(reach, person))
            seen->persons[kept++] = person;
    }
    seen->count = kept;
    return kept < before;
}

/* What one cell of a witness adds to what is known; false for nothing. */
static bool take_cell(struct audit_reach *reach, const struct witness *witness,
                      size_t at)
{
    uint32_t cell = witness->cells[at];
    int64_t delta = witness->deltas[at];
    bool better = delta > reach->highest[cell] || delta < reach->lowest[cell];
    if (delta > reach->highest[cell])
        reach->highest[cell] = delta;
    if (delta < reach->lowest[cell])
        reach->lowest[cell] = delta;
    if (!audit_secret(reach->input, cell))
        return better;
    if (audit_seen(reach, cell)->started)
        return narrow_seen(reach, cell) || better;
    start_seen(reach, witness, cell);
    return true;
}

static void keep(struct audit_found *found, const struct witness *witness)
{
    size_t count = witness->count;
    uint32_t *cells = arena_array(found->arena, count, sizeof *cells);
    int64_t *deltas = arena_array(found->arena, count, sizeof *deltas);
    for (size_t i = 0; i < count; i++) {
        cells[i] = witness->cells[i];
        deltas[i] = witness->deltas[i];
    }
    struct witness copy = {cells, deltas, count};
    witness_add(found->arena, &found->witnesses, &copy);
}

bool audit_reach_add(struct audit_reach *reach, const struct witness *witness)
{
    if (!is_witness(reach, witness))
        return false;
    bool better = false;
    list_alone(reach, witness);
    for (size_t i = 0; i < witness->count; i++)
        better = take_cell(reach, witness, i) || better;
    if (better && reach->found != NULL)
        keep(reach->found, witness);
    return true;
}

bool audit_reach_start(struct audit_reach *reach, struct err *err)
{
    const struct audit_input *input = reach->input;
    for (size_t w = 0; w < input->witness_count; w++) {
        if (!audit_reach_add(reach, &input->witnesses[w]))
            return err_fail(err, ERR_DISCLOSURE, "sdc.witness",
                            "witness %zu is no possible table", w + 1);
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
    if (!audit_secret(reach->input, cell))
        return true;
    const struct audit_seen *seen = audit_seen(reach, cell);
    return seen->started && seen->count == 0;
}

void audit_sift(struct arena *arena, const struct audit_input *input,
                const struct witnesses *all, struct witnesses *kept)
{
    struct arena *scratch = arena_new();
    struct audit_reach *reach = audit_reach_new(scratch, input);
    kept->list = arena_array(arena, all->count + 1, sizeof *kept->list);
    kept->count = 0;
    for (size_t w = 0; w < all->count; w++) {
        if (audit_reach_add(reach, &all->list[w]))
            kept->list[kept->count++] = all->list[w];
    }
    arena_wipe(scratch);
}
