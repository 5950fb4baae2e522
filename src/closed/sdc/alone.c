/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/alone.h"

#include <math.h>

#include "sdc/lp.h"

#define INTEGER_TOLERANCE 1e-6

enum {
    COLUMN_LIMIT = 100000, /* a larger program is a doubt, not a task */
    PERSON_LIMIT = 40,
    ANYBODY = UINT32_MAX - 1, /* everybody who is alone elsewhere */
};

/* The open cells that relations connect with one, and those relations. */
struct island {
    const struct universe *universe;
    struct arena *scratch;
    size_t *starts; /* rows of each cell: rows[starts[c]..starts[c + 1]) */
    uint32_t *rows;
    uint32_t *cells;
    size_t cell_count;
    int *row_number; /* [relations] or -1 */
    size_t row_count;
    bool *visited; /* [cells] */
};

static void index_rows(struct island *island)
{
    const struct universe *universe = island->universe;
    const struct relations *relations = &universe->relations;
    size_t members =
        relations->count > 0 ? relations->starts[relations->count] : 0;
    island->starts = arena_array(island->scratch, universe->count + 2,
                                 sizeof *island->starts);
    island->rows = arena_array(island->scratch, members, sizeof *island->rows);
    for (size_t i = 0; i < members; i++)
        island->starts[relations->members[i] + 2]++;
    for (size_t c = 2; c < universe->count + 2; c++)
        island->starts[c] += island->starts[c - 1];
    for (size_t r = 0; r < relations->count; r++) {
        for (size_t i = relations->starts[r]; i < relations->starts[r + 1]; i++)
            island->rows[island->starts[relations->members[i] + 1]++] =
                (uint32_t)r;
    }
}

static void visit(struct island *island, uint32_t cell)
{
    if (!universe_is_open(island->universe, cell) || island->visited[cell])
        return;
    island->visited[cell] = true;
    island->cells[island->cell_count++] = cell;
}

static void visit_rows(struct island *island, uint32_t cell)
{
    const struct relations *relations = &island->universe->relations;
    for (size_t k = island->starts[cell]; k < island->starts[cell + 1]; k++) {
        uint32_t row = island->rows[k];
        if (island->row_number[row] >= 0)
            continue;
        island->row_number[row] = (int)island->row_count++;
        for (size_t i = relations->starts[row]; i < relations->starts[row + 1];
             i++)
            visit(island, relations->members[i]);
    }
}

static struct island explore(struct arena *scratch,
                             const struct universe *universe, uint32_t first)
{
    size_t count = universe->count;
    struct island island = {
        .universe = universe,
        .scratch = scratch,
        .cells = arena_array(scratch, count, sizeof *island.cells),
        .row_number = arena_array(scratch, universe->relations.count,
                                  sizeof *island.row_number),
        .visited = arena_array(scratch, count, sizeof *island.visited),
    };
    for (size_t r = 0; r < universe->relations.count; r++)
        island.row_number[r] = -1;
    index_rows(&island);
    visit(&island, first); /* column 0 */
    for (size_t i = 0; i < island.cell_count; i++)
        visit_rows(&island, island.cells[i]);
    return island;
}

/* --- one program ---------------------------------------------------------- */

static bool is_fixed(const struct pattern *pattern, uint32_t cell,
                     uint32_t person, uint32_t own)
{
    uint32_t here = pattern->spots[cell].person;
    if (here == PERSON_NOBODY || here == own)
        return false;
    return person == ANYBODY || here == person;
}

static void set_entries(const struct island *island, int *starts, int *row,
                        double *value)
{
    const struct relations *relations = &island->universe->relations;
    int filled = 0;
    for (size_t c = 0; c < island->cell_count; c++) {
        uint32_t cell = island->cells[c];
        for (size_t k = island->starts[cell]; k < island->starts[cell + 1];
             k++) {
            uint32_t number = island->rows[k];
            bool total = relations->members[relations->starts[number]] == cell;
            row[filled] = island->row_number[number];
            value[filled++] = total ? 1.0 : -1.0;
        }
        starts[c + 1] = filled;
    }
}

static struct lp *make_program(const struct pattern *pattern,
                               const struct island *island, uint32_t person)
{
    struct arena *scratch = island->scratch;
    size_t columns = island->cell_count, entries = 0;
    for (size_t c = 0; c < columns; c++)
        entries += island->starts[island->cells[c] + 1] -
                   island->starts[island->cells[c]];
    int *starts = arena_array(scratch, columns + 1, sizeof *starts);
    int *row = arena_array(scratch, entries, sizeof *row);
    double *value = arena_array(scratch, entries, sizeof *value);
    double *low = arena_array(scratch, columns, sizeof *low);
    double *high = arena_array(scratch, columns, sizeof *high);
    uint32_t own = pattern->spots[island->cells[0]].person;
    set_entries(island, starts, row, value);
    for (size_t c = 0; c < columns; c++) {
        const struct spot *spot = &pattern->spots[island->cells[c]];
        if (is_fixed(pattern, island->cells[c], person, own))
            continue;
        low[c] = -(double)spot->below;
        high[c] = (double)spot->above > 1e15 ? HUGE_VAL : (double)spot->above;
    }
    struct lp_shape shape = {
        .columns = (int)columns,
        .rows = (int)island->row_count,
        .starts = starts,
        .row = row,
        .value = value,
        .low = low,
        .high = high,
    };
    return lp_new(scratch, &shape);
}

/* The solution as a witness that moves the cell, if it is integral. */
static bool keep(const struct island *island, const double *solution,
                 struct arena *arena, struct witnesses *out)
{
    size_t columns = island->cell_count;
    uint32_t *cells = arena_array(arena, columns, sizeof *cells);
    int64_t *deltas = arena_array(arena, columns, sizeof *deltas);
    struct witness witness = {cells, deltas, 0};
    for (size_t c = 0; c < columns; c++) {
        double whole = nearbyint(solution[c]);
        if (fabs(solution[c] - whole) > INTEGER_TOLERANCE || fabs(whole) > 1e12)
            return false;
        if (fabs(whole) < 0.5) {
            if (c == 0)
                return false;
            continue;
        }
        cells[witness.count] = island->cells[c];
        deltas[witness.count++] = (int64_t)whole;
    }
    witness_add(arena, out, &witness);
    return true;
}

/* A table that moves the cell, by one and otherwise by the width asked,
 * without this person. */
static bool move_without(const struct pattern *pattern,
                         const struct island *island, uint32_t person,
                         struct arena *arena, struct witnesses *out)
{
    const double steps[] = {1.0, (double)pattern->width};
    struct lp *lp = make_program(pattern, island, person);
    bool found = false;
    for (int i = 0; i < 4 && !found; i++) {
        const double *solution = NULL;
        double step = steps[i / 2];
        found = lp_extreme(lp, 0, i % 2 == 0, -step, step, &solution) &&
                keep(island, solution, arena, out);
    }
    lp_free(lp);
    return found;
}

/* People alone in other cells, without repeats: who may see through. */
struct people {
    uint32_t *list;
    size_t count;
};

/* Those who sit in all moves of the cell; when it has none, everybody. */
static struct people find_people(const struct pattern *pattern,
                                 const struct island *island)
{
    struct people people = {0};
    uint32_t cell = island->cells[0];
    people.count =
        pattern_seen_through(pattern, cell, island->scratch, &people.list);
    if (pattern->alive[cell] > 0)
        return people;
    people.list =
        arena_array(island->scratch, island->cell_count, sizeof *people.list);
    for (size_t c = 0; c < island->cell_count; c++) {
        uint32_t person = pattern->spots[island->cells[c]].person;
        bool known =
            person == PERSON_NOBODY || person == pattern->spots[cell].person;
        for (size_t i = 0; i < people.count && !known; i++)
            known = people.list[i] == person;
        if (!known)
            people.list[people.count++] = person;
    }
    return people;
}

static bool sits_in(const struct pattern *pattern,
                    const struct witness *witness, uint32_t person)
{
    for (size_t i = 0; i < witness->count; i++) {
        if (pattern->spots[witness->cells[i]].person == person)
            return true;
    }
    return false;
}

/* Keeps, from place `from` on, those who sit in the newest witness too. */
static void narrow(const struct pattern *pattern, struct people *people,
                   size_t from, const struct witnesses *witnesses)
{
    size_t kept = from;
    const struct witness *newest = &witnesses->list[witnesses->count - 1];
    for (size_t i = from; i < people->count; i++) {
        if (sits_in(pattern, newest, people->list[i]))
            people->list[kept++] = people->list[i];
    }
    people->count = kept;
}

static bool move_without_each(const struct pattern *pattern,
                              const struct island *island, struct arena *arena,
                              struct witnesses *out)
{
    struct people people = find_people(pattern, island);
    bool found = false;
    for (size_t i = 0; i < people.count && i < PERSON_LIMIT; i++) {
        if (!move_without(pattern, island, people.list[i], arena, out))
            continue;
        found = true;
        narrow(pattern, &people, i + 1, out);
    }
    return found;
}

bool alone_search(const struct pattern *pattern, size_t cell,
                  struct arena *arena, struct witnesses *out)
{
    struct arena *scratch = arena_new();
    struct island island = explore(scratch, pattern->universe, (uint32_t)cell);
    bool found = island.cell_count > 0 && island.cell_count <= COLUMN_LIMIT &&
                 (move_without(pattern, &island, ANYBODY, arena, out) ||
                  move_without_each(pattern, &island, arena, out));
    arena_wipe(scratch);
    return found;
}
