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
    struct pattern *pattern;
    const struct field *field;
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
    const struct field *field = island->field;
    const struct relations *relations = &field->relations;
    size_t members =
        relations->count > 0 ? relations->starts[relations->count] : 0;
    island->starts =
        arena_array(island->scratch, field->cells + 2, sizeof *island->starts);
    island->rows = arena_array(island->scratch, members, sizeof *island->rows);
    for (size_t i = 0; i < members; i++)
        island->starts[relations->members[i] + 2]++;
    for (size_t c = 2; c < field->cells + 2; c++)
        island->starts[c] += island->starts[c - 1];
    for (size_t r = 0; r < relations->count; r++) {
        for (size_t i = relations->starts[r]; i < relations->starts[r + 1]; i++)
            island->rows[island->starts[relations->members[i] + 1]++] =
                (uint32_t)r;
    }
}

static void visit(struct island *island, uint32_t cell)
{
    if (!field_open(island->field, cell) || island->visited[cell])
        return;
    island->visited[cell] = true;
    island->cells[island->cell_count++] = cell;
}

static void visit_rows(struct island *island, uint32_t cell)
{
    const struct relations *relations = &island->field->relations;
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

static struct island explore(struct arena *scratch, struct pattern *pattern,
                             uint32_t first)
{
    const struct field *field = pattern->field;
    struct island island = {
        .pattern = pattern,
        .field = field,
        .scratch = scratch,
        .cells = arena_array(scratch, field->cells, sizeof *island.cells),
        .row_number = arena_array(scratch, field->relations.count,
                                  sizeof *island.row_number),
        .visited = arena_array(scratch, field->cells, sizeof *island.visited),
    };
    for (size_t r = 0; r < field->relations.count; r++)
        island.row_number[r] = -1;
    index_rows(&island);
    visit(&island, first); /* column 0 */
    for (size_t i = 0; i < island.cell_count; i++)
        visit_rows(&island, island.cells[i]);
    return island;
}

/* --- one program ---------------------------------------------------------- */

static bool is_fixed(const struct field *field, uint32_t cell, uint32_t person,
                     uint32_t own)
{
    uint32_t here = field->persons[cell];
    if (here == PERSON_NOBODY || here == own)
        return false;
    return person == ANYBODY || here == person;
}

static void set_entries(const struct island *island, int *starts, int *row,
                        double *value)
{
    const struct relations *relations = &island->field->relations;
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

static struct lp *make_program(const struct island *island, uint32_t person)
{
    const struct field *field = island->field;
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
    uint32_t own = field->persons[island->cells[0]];
    set_entries(island, starts, row, value);
    for (size_t c = 0; c < columns; c++) {
        uint32_t cell = island->cells[c];
        if (is_fixed(field, cell, person, own))
            continue;
        low[c] = (double)(field->lower[cell] - field->counts[cell]);
        high[c] = field->upper[cell] == FIELD_UNLIMITED
                      ? HUGE_VAL
                      : (double)(field->upper[cell] - field->counts[cell]);
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

/* --- what it found -------------------------------------------------------- */

/* The solution in whole numbers; false when it is not integral, leaves the
 * bounds or does not move the first cell. */
static bool round_off(const struct island *island, const double *solution,
                      int64_t *deltas)
{
    const struct field *field = island->field;
    for (size_t c = 0; c < island->cell_count; c++) {
        uint32_t cell = island->cells[c];
        double whole = nearbyint(solution[c]);
        if (fabs(solution[c] - whole) > INTEGER_TOLERANCE || fabs(whole) > 1e12)
            return false;
        deltas[c] = (int64_t)whole;
        int64_t count = field->counts[cell] + deltas[c];
        if (count < field->lower[cell] || count > field->upper[cell])
            return false;
    }
    return deltas[0] != 0;
}

static bool balances(const struct island *island, const int64_t *deltas)
{
    const struct relations *relations = &island->field->relations;
    int64_t *balance =
        arena_array(island->scratch, island->row_count, sizeof *balance);
    for (size_t c = 0; c < island->cell_count; c++) {
        uint32_t cell = island->cells[c];
        for (size_t k = island->starts[cell]; k < island->starts[cell + 1];
             k++) {
            uint32_t row = island->rows[k];
            bool total = relations->members[relations->starts[row]] == cell;
            balance[island->row_number[row]] += total ? deltas[c] : -deltas[c];
        }
    }
    bool even = true;
    for (size_t r = 0; even && r < island->row_count; r++)
        even = balance[r] == 0;
    return even;
}

/* Records the solution as a witness, if it is one. */
static bool keep(const struct island *island, const double *solution)
{
    struct pattern *pattern = island->pattern;
    int64_t *deltas =
        arena_array(island->scratch, island->cell_count, sizeof *deltas);
    if (!round_off(island, solution, deltas) || !balances(island, deltas))
        return false;
    for (size_t c = 0; c < island->cell_count; c++) {
        if (deltas[c] != 0)
            sum_change(pattern, &pattern->up, island->cells[c], deltas[c]);
    }
    pattern_record(pattern, &pattern->up);
    return true;
}

/* A table that moves the cell, by one and otherwise by the width asked,
 * without this person. */
static bool move_without(const struct island *island, uint32_t person)
{
    size_t cell = island->cells[0];
    const double steps[] = {1.0, (double)(island->field->thresholds[cell] - 2)};
    struct lp *lp = make_program(island, person);
    bool found = false;
    for (int i = 0; i < 4 && !found; i++) {
        const double *solution = NULL;
        double step = steps[i / 2];
        found = lp_extreme(lp, 0, i % 2 == 0, -step, step, &solution) &&
                keep(island, solution);
    }
    lp_free(lp);
    return found;
}

/* --- one person after the other ------------------------------------------- */

/* People alone in other cells, without repeats: who may see through. */
struct people {
    uint32_t *list;
    size_t count;
};

/* Those who sit in all witnesses of the cell; when it has none, everybody. */
static struct people find_people(const struct island *island)
{
    struct people people = {0};
    const uint32_t *persons = island->field->persons;
    uint32_t cell = island->cells[0];
    people.count =
        pattern_seers(island->pattern, cell, island->scratch, &people.list);
    if (island->pattern->alive[cell] > 0)
        return people;
    people.list =
        arena_array(island->scratch, island->cell_count, sizeof *people.list);
    for (size_t c = 0; c < island->cell_count; c++) {
        uint32_t person = persons[island->cells[c]];
        bool known = person == PERSON_NOBODY || person == persons[cell];
        for (size_t i = 0; i < people.count && !known; i++)
            known = people.list[i] == person;
        if (!known)
            people.list[people.count++] = person;
    }
    return people;
}

static bool sits_in_newest(const struct pattern *pattern, uint32_t person)
{
    const struct span *span = &pattern->spans[pattern->span_count - 1];
    for (uint32_t e = span->first; e < span->first + span->count; e++) {
        if (pattern->field->persons[pattern->entries[e].cell] == person)
            return true;
    }
    return false;
}

/* Keeps, from place `from` on, those who sit in the newest witness too. */
static void narrow(const struct pattern *pattern, struct people *people,
                   size_t from)
{
    size_t kept = from;
    for (size_t i = from; i < people->count; i++) {
        if (sits_in_newest(pattern, people->list[i]))
            people->list[kept++] = people->list[i];
    }
    people->count = kept;
}

static bool move_without_each(const struct island *island)
{
    struct people people = find_people(island);
    bool found = false;
    for (size_t i = 0; i < people.count && i < PERSON_LIMIT; i++) {
        if (!move_without(island, people.list[i]))
            continue;
        found = true;
        narrow(island->pattern, &people, i + 1);
    }
    return found;
}

bool alone_search(struct pattern *pattern, uint32_t cell)
{
    struct arena *scratch = arena_new();
    struct island island = explore(scratch, pattern, cell);
    bool found = island.cell_count > 0 && island.cell_count <= COLUMN_LIMIT &&
                 (move_without(&island, ANYBODY) || move_without_each(&island));
    arena_wipe(scratch);
    return found;
}
