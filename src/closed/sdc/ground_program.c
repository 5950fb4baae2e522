/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "sdc/atoms.h"
#include "sdc/ground_impl.h"

struct grounding {
    struct ground_program *program;
    struct arena *scratch;
    struct universe *universe;
    struct atoms axes[DIM_COUNT];
    size_t tuples;
    uint32_t *number; /* [tuples] of the atom + 1, or 0: known to be empty */
    size_t entries;
};

/* --- which atoms there are ------------------------------------------------ */

static bool is_empty(const struct ground_program *program, size_t cell)
{
    return !field_open(program->field, cell) &&
           program->field->counts[cell] == 0;
}

static bool is_of(const struct ground_program *program, size_t cell)
{
    return universe_measure(program->universe->keys[cell]) == program->measure;
}

static bool is_countable(const struct ground_program *program)
{
    bool countable = true;
    for (size_t c = 0; c < program->universe->count; c++)
        countable = countable && (!is_of(program, c) ||
                                  program->field->counts[c] <= ATOMS_COUNT);
    return countable;
}

/* Numbers the atoms that no shown zero holds. */
static void number_atoms(struct grounding *grounding)
{
    struct ground_program *program = grounding->program;
    size_t tuple;
    for (size_t c = 0; c < program->universe->count; c++) {
        if (!is_of(program, c) || !is_empty(program, c))
            continue;
        struct arena *scratch = arena_new();
        struct atoms_walk walk =
            atoms_walk(scratch, grounding->universe, grounding->axes, c);
        while (atoms_walk_next(&walk, &tuple))
            grounding->number[tuple] = 1;
        arena_wipe(scratch);
    }
    for (tuple = 0; tuple < grounding->tuples; tuple++)
        grounding->number[tuple] =
            grounding->number[tuple] == 0 ? (uint32_t)++program->atoms : 0;
}

/* Asks for the counts of the atoms; *all says that they are cells already. */
static bool count_atoms(struct grounding *grounding, sdc_count *count,
                        void *context, bool *all, struct err *err)
{
    struct ground_program *program = grounding->program;
    const struct universe *universe = grounding->universe;
    program->have =
        arena_array(program->arena, program->atoms, sizeof *program->have);
    *all = true;
    for (size_t t = 0; t < grounding->tuples; t++) {
        if (grounding->number[t] == 0)
            continue;
        int64_t *have = &program->have[grounding->number[t] - 1];
        uint64_t key = atoms_key(grounding->axes, program->measure, t);
        size_t cell = universe_lookup(universe, key);
        bool structural;
        if (cell != SDC_NO_CELL)
            *have = universe->counts[cell];
        else if (!universe_ask(universe, count, context, key, -1, have,
                               &structural, err))
            return false;
        *all = *all && cell != SDC_NO_CELL;
    }
    return true;
}

/* --- lines ---------------------------------------------------------------- */

/* What cells leave of a cell, its atoms leave no more of. */
static bool must_be_wide(const struct ground_program *program, size_t cell)
{
    return field_open(program->field, cell) &&
           field_width(program->field, cell) > 0 &&
           program->verdicts[cell] != AUDIT_PROPAGATED;
}

static bool is_line(const struct ground_program *program, size_t cell)
{
    bool told = (program->universe->flags[cell] & CELL_HIDDEN) == 0;
    return is_of(program, cell) && (told || must_be_wide(program, cell)) &&
           !is_empty(program, cell);
}

static void list_lines(struct ground_program *program)
{
    size_t cells = program->universe->count;
    program->lines = arena_array(program->arena, cells, sizeof *program->lines);
    for (size_t c = 0; c < cells; c++) {
        if (!is_line(program, c))
            continue;
        program->lines[program->line_count++] = (struct ground_line){
            .cell = (uint32_t)c,
            .told = (program->universe->flags[c] & CELL_HIDDEN) == 0,
            .counted = must_be_wide(program, c),
            .apart = !field_secret(program->field, c) ||
                     program->verdicts[c] == AUDIT_SINGLE,
        };
    }
}

/* Counts the atoms of a line, or enters it for each of them. */
static void enter(struct grounding *grounding, size_t line, size_t *starts,
                  bool fill)
{
    struct ground_program *program = grounding->program;
    struct arena *scratch = arena_new();
    struct atoms_walk walk =
        atoms_walk(scratch, grounding->universe, grounding->axes,
                   program->lines[line].cell);
    size_t tuple;
    while (grounding->entries <= ATOMS_ENTRIES &&
           atoms_walk_next(&walk, &tuple)) {
        size_t atom = grounding->number[tuple];
        if (atom == 0)
            continue;
        if (fill) {
            program->at[starts[atom]++] = (uint32_t)line;
        } else {
            starts[atom + 1]++;
            grounding->entries++;
        }
    }
    arena_wipe(scratch);
}

/* Which lines each atom is in; false when there are too many entries. */
static bool join_atoms(struct grounding *grounding)
{
    struct ground_program *program = grounding->program;
    size_t *starts =
        arena_array(program->arena, program->atoms + 2, sizeof *starts);
    for (size_t l = 0; l < program->line_count; l++)
        enter(grounding, l, starts, false);
    if (grounding->entries > ATOMS_ENTRIES)
        return false;
    for (size_t a = 1; a <= program->atoms + 1; a++)
        starts[a] += starts[a - 1];
    program->at =
        arena_array(program->arena, grounding->entries, sizeof *program->at);
    for (size_t l = 0; l < program->line_count; l++)
        enter(grounding, l, starts, true);
    program->starts = starts;
    return true;
}

/* --- the program ---------------------------------------------------------- */

double ground_room(const struct ground_program *program, size_t line, int way)
{
    const struct ground_line *of = &program->lines[line];
    const struct field *field = program->field;
    if (!field_open(field, of->cell))
        return 0;
    if (!of->told)
        return HUGE_VAL;
    int64_t count = field->counts[of->cell];
    if (way < 0)
        return (double)(count - field->lower[of->cell]);
    return field->upper[of->cell] == FIELD_UNLIMITED
               ? HUGE_VAL
               : (double)(field->upper[of->cell] - count);
}

struct matrix {
    int *starts, *row;
    double *value;
    double *low, *high;
    int columns, filled;
};

static void end_column(struct matrix *matrix, double high)
{
    matrix->high[matrix->columns++] = high;
    matrix->starts[matrix->columns] = matrix->filled;
}

static void add_entry(struct matrix *matrix, size_t row, double value)
{
    matrix->row[matrix->filled] = (int)row;
    matrix->value[matrix->filled++] = value;
}

static void load(struct grounding *grounding)
{
    struct ground_program *program = grounding->program;
    struct arena *arena = program->arena;
    size_t lines = program->line_count;
    size_t columns = 2 * (program->atoms + lines);
    size_t entries = 2 * (grounding->entries + lines);
    struct matrix matrix = {
        .starts = arena_array(arena, columns + 1, sizeof *matrix.starts),
        .row = arena_array(arena, entries, sizeof *matrix.row),
        .value = arena_array(arena, entries, sizeof *matrix.value),
        .low = arena_array(arena, columns, sizeof *matrix.low),
        .high = arena_array(arena, columns, sizeof *matrix.high),
    };
    for (size_t a = 0; a < program->atoms; a++) {
        for (int way = 1; way >= -1; way -= 2) {
            for (size_t i = program->starts[a]; i < program->starts[a + 1]; i++)
                add_entry(&matrix, program->at[i], way);
            end_column(&matrix, way > 0 ? HUGE_VAL : (double)program->have[a]);
        }
    }
    for (size_t l = 0; l < lines; l++) {
        for (int way = 1; way >= -1; way -= 2) {
            add_entry(&matrix, l, -way);
            end_column(&matrix, ground_room(program, l, way));
        }
    }
    double *zeros = arena_array(arena, lines, sizeof *zeros);
    program->columns = matrix.columns;
    const struct lp_shape shape = {matrix.columns, (int)lines,   matrix.starts,
                                   matrix.row,     matrix.value, matrix.low,
                                   matrix.high,    zeros,        zeros};
    program->lp = lp_new(arena, &shape);
}

static bool make(struct grounding *grounding, sdc_count *count, void *context,
                 bool *made, struct err *err)
{
    struct ground_program *program = grounding->program;
    bool cells = true, ok = true;
    if (!is_countable(program))
        return true;
    grounding->tuples =
        atoms_cross(grounding->scratch, grounding->universe, program->measure,
                    ATOMS_TUPLES, grounding->axes);
    if (grounding->tuples == 0)
        return true;
    grounding->number = arena_array(grounding->scratch, grounding->tuples,
                                    sizeof *grounding->number);
    number_atoms(grounding);
    if (program->atoms == 0 || program->atoms > ATOMS_PROGRAM)
        return true;
    for (int d = 0; ok && d < DIM_COUNT; d++)
        ok = atoms_name(grounding->scratch, grounding->universe, (enum dim)d,
                        &grounding->axes[d], err);
    if (!ok || !count_atoms(grounding, count, context, &cells, err) || cells)
        return ok && cells;
    list_lines(program);
    *made = join_atoms(grounding);
    if (*made)
        load(grounding);
    return true;
}

bool ground_program(struct arena *arena, struct universe *universe,
                    const struct field *field,
                    const enum audit_verdict *verdicts, size_t measure,
                    sdc_count *count, void *context,
                    struct ground_program **out, struct err *err)
{
    struct ground_program *program = arena_alloc(arena, sizeof *program);
    struct grounding grounding = {
        .program = program,
        .scratch = arena_new(),
        .universe = universe,
    };
    bool made = false;
    *program = (struct ground_program){
        .arena = arena,
        .universe = universe,
        .field = field,
        .verdicts = verdicts,
        .measure = measure,
    };
    bool ok = make(&grounding, count, context, &made, err);
    arena_wipe(grounding.scratch);
    *out = made ? program : NULL;
    return ok;
}
