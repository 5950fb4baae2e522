/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/kernel_impl.h"

#include <stdlib.h>
#include <string.h>

/* --- terms ---------------------------------------------------------------- */

struct term *kernel_term(const struct equation *row, uint32_t cell)
{
    size_t low = 0, high = row->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (row->terms[middle].cell < cell)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < row->count && row->terms[low].cell == cell;
    return found ? &row->terms[low] : NULL;
}

static uint32_t add_entry(struct kernel *kernel, uint32_t cell, uint32_t row,
                          int32_t factor)
{
    struct column *column = &kernel->columns[cell];
    size_t capacity = column->capacity;
    column->entries = arena_grow(kernel->arena, column->entries, column->count,
                                 &capacity, sizeof *column->entries);
    column->capacity = (uint32_t)capacity;
    column->entries[column->count] =
        (struct entry){.row = row, .factor = factor};
    return column->count++;
}

/* The last entry takes the place. */
static void remove_entry(struct kernel *kernel, uint32_t cell, uint32_t at)
{
    struct column *column = &kernel->columns[cell];
    struct entry last = column->entries[--column->count];
    if (at == column->count)
        return;
    column->entries[at] = last;
    kernel_term(&kernel->rows[last.row], cell)->at = at;
}

/* --- elimination ---------------------------------------------------------- */

static void put(struct kernel *kernel, size_t *count, struct term term)
{
    kernel->sum = arena_grow(kernel->arena, kernel->sum, *count,
                             &kernel->sum_capacity, sizeof *kernel->sum);
    kernel->sum[(*count)++] = term;
}

static void store(struct kernel *kernel, struct equation *row, size_t count)
{
    if (count > row->capacity) {
        row->capacity = (uint32_t)(2 * count);
        row->terms =
            arena_array(kernel->arena, row->capacity, sizeof *row->terms);
    }
    if (count > 0)
        memcpy(row->terms, kernel->sum, count * sizeof *row->terms);
    kernel->terms += count;
    kernel->terms -= row->count;
    row->count = (uint32_t)count;
    if (kernel->terms > KERNEL_TERMS)
        kernel->broken = true;
}

/* A term of a row that is added to, or that is new in it. */
static void change_term(struct kernel *kernel, uint32_t number,
                        struct term term, int32_t more, size_t *count)
{
    bool fresh = term.factor == 0;
    term.factor += more;
    if (term.factor > KERNEL_FACTOR || term.factor < -KERNEL_FACTOR)
        kernel->broken = true;
    if (fresh)
        term.at = add_entry(kernel, term.cell, number, term.factor);
    else if (term.factor == 0)
        remove_entry(kernel, term.cell, term.at);
    else
        kernel->columns[term.cell].entries[term.at].factor = term.factor;
    if (term.factor != 0)
        put(kernel, count, term);
}

/* row += times * pivot row. */
static void add_times(struct kernel *kernel, uint32_t number,
                      const struct equation *pivot, int32_t times)
{
    struct equation *row = &kernel->rows[number];
    size_t i = 0, j = 0, count = 0;
    while (i < row->count || j < pivot->count) {
        bool first =
            j == pivot->count ||
            (i < row->count && row->terms[i].cell < pivot->terms[j].cell);
        bool second =
            i == row->count ||
            (j < pivot->count && pivot->terms[j].cell < row->terms[i].cell);
        struct term fresh = {.cell = second ? pivot->terms[j].cell : 0};
        if (first)
            put(kernel, &count, row->terms[i]);
        else
            change_term(kernel, number, second ? fresh : row->terms[i],
                        times * pivot->terms[j].factor, &count);
        i += !second;
        j += !first;
    }
    kernel->looked += count;
    store(kernel, row, count);
}

/* Makes a cell of factor 1 or -1 the pivot of a row, and takes it out of all
 * others. */
static void make_pivot(struct kernel *kernel, uint32_t number, uint32_t cell)
{
    struct equation *pivot = &kernel->rows[number];
    struct column *column = &kernel->columns[cell];
    pivot->pivot = cell;
    pivot->unit = kernel_term(pivot, cell)->factor;
    assert(pivot->unit == 1 || pivot->unit == -1);
    kernel->row_of[cell] = number;
    while (column->count > 1 && !kernel->broken) {
        struct entry entry = column->entries[column->count - 1];
        if (entry.row == number)
            entry = column->entries[column->count - 2];
        add_times(kernel, entry.row, pivot, -entry.factor * pivot->unit);
    }
}

/* --- set up --------------------------------------------------------------- */

static int by_cell(const void *a, const void *b)
{
    const struct term *x = a, *y = b;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

static void add_row(struct kernel *kernel, size_t relation)
{
    const struct field *field = kernel->field;
    const struct relations *relations = &field->relations;
    size_t first = relations->starts[relation],
           last = relations->starts[relation + 1], count = 0;
    for (size_t m = first; m < last; m++) {
        uint32_t cell = relations->members[m];
        if (field_open(field, cell))
            put(kernel, &count,
                (struct term){.cell = cell, .factor = m == first ? -1 : 1});
    }
    if (count == 0)
        return;
    qsort(kernel->sum, count, sizeof *kernel->sum, by_cell);
    uint32_t number = (uint32_t)kernel->row_count++;
    struct equation *row = &kernel->rows[number];
    *row = (struct equation){.pivot = KERNEL_NONE};
    store(kernel, row, count);
    for (size_t i = 0; i < count; i++)
        row->terms[i].at =
            add_entry(kernel, row->terms[i].cell, number, row->terms[i].factor);
}

/* The cell of factor one in fewest rows. */
static uint32_t choose_pivot(const struct kernel *kernel,
                             const struct equation *row)
{
    uint32_t best = KERNEL_NONE;
    for (size_t i = 0; i < row->count; i++) {
        const struct term *term = &row->terms[i];
        if ((term->factor == 1 || term->factor == -1) &&
            (best == KERNEL_NONE ||
             kernel->columns[term->cell].count <= kernel->columns[best].count))
            best = term->cell;
    }
    return best;
}

/* Rows without a pivot, by length, the shortest first. */
struct waiting {
    uint32_t *at[KERNEL_LENGTHS];
    size_t count[KERNEL_LENGTHS], capacity[KERNEL_LENGTHS];
};

static size_t length_of(const struct equation *row)
{
    return row->count < KERNEL_LENGTHS ? row->count : KERNEL_LENGTHS - 1;
}

static void wait_for(struct kernel *kernel, struct arena *scratch,
                     struct waiting *waiting, uint32_t row)
{
    const struct equation *equation = &kernel->rows[row];
    size_t l = length_of(equation);
    if (equation->pivot != KERNEL_NONE || l == 0)
        return;
    waiting->at[l] = arena_grow(scratch, waiting->at[l], waiting->count[l],
                                &waiting->capacity[l], sizeof *waiting->at[l]);
    waiting->at[l][waiting->count[l]++] = row;
}

static bool next_row(const struct kernel *kernel, struct waiting *waiting,
                     uint32_t *row)
{
    for (size_t l = 1; l < KERNEL_LENGTHS; l++) {
        while (waiting->count[l] > 0) {
            *row = waiting->at[l][--waiting->count[l]];
            const struct equation *equation = &kernel->rows[*row];
            if (equation->pivot == KERNEL_NONE && length_of(equation) == l)
                return true;
        }
    }
    return false;
}

static void eliminate(struct kernel *kernel)
{
    struct arena *scratch = arena_new();
    struct waiting *waiting = arena_alloc(scratch, sizeof *waiting);
    uint32_t row;
    for (size_t r = kernel->row_count; r-- > 0;)
        wait_for(kernel, scratch, waiting, (uint32_t)r);
    while (!kernel->broken && next_row(kernel, waiting, &row)) {
        uint32_t cell = choose_pivot(kernel, &kernel->rows[row]);
        if (cell == KERNEL_NONE)
            continue;
        struct column column = kernel->columns[cell];
        uint32_t *rows = arena_array(scratch, column.count, sizeof *rows);
        for (size_t i = 0; i < column.count; i++)
            rows[i] = column.entries[i].row;
        make_pivot(kernel, row, cell);
        for (size_t i = 0; i < column.count; i++)
            wait_for(kernel, scratch, waiting, rows[i]);
    }
    arena_free(scratch);
}

/* What no pivot answers for cannot be moved by whole units: it stays. */
static void freeze(struct kernel *kernel)
{
    const struct field *field = kernel->field;
    for (size_t c = 0; c < field->cells; c++)
        kernel->frozen[c] = !field_open(field, c);
    for (size_t r = 0; r < kernel->row_count; r++) {
        const struct equation *row = &kernel->rows[r];
        for (size_t i = 0; row->pivot == KERNEL_NONE && i < row->count; i++)
            kernel->frozen[row->terms[i].cell] = true;
    }
}

/* A cell that is not frozen is only in equations that have a pivot: it is what
 * follows that is asked for from now on, again and again. */
static void list_followers(struct kernel *kernel)
{
    for (size_t c = 0; c < kernel->field->cells; c++) {
        struct column *column = &kernel->columns[c];
        for (uint32_t i = 0; i < column->count; i++) {
            struct entry *entry = &column->entries[i];
            const struct equation *row = &kernel->rows[entry->row];
            *entry = (struct entry){
                .pivot = row->pivot,
                .factor = entry->factor * -row->unit,
            };
        }
    }
}

struct kernel *kernel_new(const struct field *field)
{
    struct arena *arena = arena_new();
    struct kernel *kernel = arena_alloc(arena, sizeof *kernel);
    *kernel = (struct kernel){
        .arena = arena,
        .field = field,
        .rows =
            arena_array(arena, field->relations.count, sizeof *kernel->rows),
        .columns = arena_array(arena, field->cells, sizeof *kernel->columns),
        .row_of = arena_array(arena, field->cells, sizeof *kernel->row_of),
        .frozen = arena_array(arena, field->cells, sizeof *kernel->frozen),
        .change = arena_array(arena, field->cells, sizeof *kernel->change),
        .listed = arena_array(arena, field->cells, sizeof *kernel->listed),
        .cells = arena_array(arena, field->cells, sizeof *kernel->cells),
        .along = arena_array(arena, field->cells, sizeof *kernel->along),
        .along_cells =
            arena_array(arena, field->cells, sizeof *kernel->along_cells),
        .basis = arena_alloc(arena, sizeof *kernel->basis),
    };
    for (size_t c = 0; c < field->cells; c++)
        kernel->row_of[c] = KERNEL_NONE;
    for (size_t r = 0; r < field->relations.count; r++)
        add_row(kernel, r);
    eliminate(kernel);
    freeze(kernel);
    list_followers(kernel);
    kernel->looked = 0;
    return kernel;
}

void kernel_free(struct kernel *kernel)
{
    if (kernel != NULL)
        arena_wipe(kernel->arena);
}
