/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/field.h"

#include <math.h>
#include <string.h>

enum {
    PRICE_CELL = 100,
    PRICE_VALUE = 8,    /* times the square of the number of binary digits */
    PRICE_EVENTS = 170, /* where each event counts, a cell as many as this */
};

/* --- of a universe ------------------------------------------------------- */

static void allocate(struct arena *arena, struct field *field)
{
    size_t cells = field->cells;
    field->states = arena_array(arena, cells, sizeof *field->states);
    field->prices = arena_array(arena, cells, sizeof *field->prices);
    field->lower = arena_array(arena, cells, sizeof *field->lower);
    field->upper = arena_array(arena, cells, sizeof *field->upper);
    field->guards = arena_array(arena, cells, sizeof *field->guards);
}

struct field *field_of_universe(struct arena *arena,
                                const struct universe *universe)
{
    struct field *field = arena_alloc(arena, sizeof *field);
    const struct atlas *atlas = atlas_build(arena, universe);
    field->cells = universe->count;
    field->counts = universe->counts;
    field->relations = universe->relations;
    field->grid = grid_build(arena, universe);
    field->axis_count = DIM_COUNT;
    for (size_t d = 0; d < DIM_COUNT; d++) {
        field->axes[d].atlas = atlas->axes[d];
        field->axes[d].terms = field->grid.terms[d];
    }
    allocate(arena, field);
    return field;
}

/* --- of a sheet ---------------------------------------------------------- */

/* Leaves are atoms: each is a node of its own. */
static void sheet_atoms(struct arena *arena, const struct sheet_axis *axis,
                        struct atlas_axis *out)
{
    out->parts = axis->nodes;
    out->atoms = axis->leaf_count;
    out->atoms_of = arena_array(arena, out->parts, sizeof *out->atoms_of);
    for (size_t n = 0; n < axis->nodes; n++) {
        out->atoms_of[n] = (struct atlas_list){
            .at = axis->leaves + axis->leaf_starts[n],
            .count = axis->leaf_starts[n + 1] - axis->leaf_starts[n],
        };
    }
    atlas_invert(arena, out);
}

static const uint64_t *sheet_terms(struct arena *arena, size_t nodes,
                                   size_t stride)
{
    uint64_t *terms = arena_array(arena, nodes, sizeof *terms);
    for (size_t n = 0; n < nodes; n++)
        terms[n] = (uint64_t)n * stride;
    return terms;
}

/* Lines of one relation: every combination of nodes of the other axes. */
static size_t sheet_lines(const struct sheet *sheet, size_t axis)
{
    return sheet->cells / sheet->axes[axis].nodes;
}

static void count_relations(const struct sheet *sheet, size_t *rows,
                            size_t *members)
{
    *rows = *members = 0;
    for (size_t a = 0; a < sheet->axis_count; a++) {
        const struct sheet_axis *axis = &sheet->axes[a];
        for (size_t r = 0; r < axis->relation_count; r++) {
            *rows += sheet_lines(sheet, a);
            *members += sheet_lines(sheet, a) * (axis->relations[r].count + 1);
        }
    }
}

/* The cell of node 0 on an axis, for each of its lines. */
static size_t line_start(const struct sheet *sheet, size_t axis, size_t line)
{
    size_t stride = sheet->strides[axis];
    return line / stride * stride * sheet->axes[axis].nodes + line % stride;
}

static void add_lines(const struct sheet *sheet, size_t a,
                      const struct sheet_relation *relation,
                      struct relations *out, uint32_t *members, size_t *starts)
{
    size_t stride = sheet->strides[a];
    size_t at = out->count == 0 ? 0 : starts[out->count];
    for (size_t line = 0; line < sheet_lines(sheet, a); line++) {
        size_t first = line_start(sheet, a, line);
        members[at++] = (uint32_t)(first + relation->total * stride);
        for (size_t p = 0; p < relation->count; p++)
            members[at++] = (uint32_t)(first + relation->parts[p] * stride);
        starts[++out->count] = at;
    }
}

static struct relations sheet_relations(struct arena *arena,
                                        const struct sheet *sheet)
{
    size_t rows, members;
    count_relations(sheet, &rows, &members);
    struct relations out = {
        .members = arena_array(arena, members, sizeof *out.members),
        .starts = arena_array(arena, rows + 1, sizeof *out.starts),
    };
    for (size_t a = 0; a < sheet->axis_count; a++) {
        for (size_t r = 0; r < sheet->axes[a].relation_count; r++)
            add_lines(sheet, a, &sheet->axes[a].relations[r], &out, out.members,
                      out.starts);
    }
    return out;
}

/* Names one person in every cell that holds her leaf cell and counts one. */
static void name_person(const struct field *field, size_t leaf)
{
    const struct sheet *sheet = field->sheet;
    const struct atlas_list *parts[FIELD_AXES];
    size_t choices = 1;
    for (size_t a = 0; a < sheet->axis_count; a++) {
        const struct atlas_axis *atlas = &field->axes[a].atlas;
        size_t node = sheet_node(sheet, leaf, a);
        parts[a] = &atlas->parts_of[atlas->atoms_of[node].at[0]];
        choices *= parts[a]->count;
    }
    for (size_t choice = 0; choice < choices; choice++) {
        size_t cell = 0, rest = choice;
        for (size_t a = 0; a < sheet->axis_count; a++) {
            cell += parts[a]->at[rest % parts[a]->count] * sheet->strides[a];
            rest /= parts[a]->count;
        }
        if (field->counts[cell] == 1)
            field->persons[cell] = (uint32_t)leaf;
    }
}

static void sheet_persons(struct arena *arena, struct field *field)
{
    const struct sheet *sheet = field->sheet;
    field->persons = arena_array(arena, field->cells, sizeof *field->persons);
    for (size_t c = 0; c < field->cells; c++)
        field->persons[c] = PERSON_NOBODY;
    for (size_t c = 0; c < field->cells; c++) {
        bool leaf = field->counts[c] == 1;
        for (size_t a = 0; leaf && a < sheet->axis_count; a++) {
            size_t node = sheet_node(sheet, c, a);
            leaf = sheet_is_leaf(&sheet->axes[a], node);
        }
        if (leaf)
            name_person(field, c);
    }
}

struct field *field_of_sheet(struct arena *arena, const struct sheet *sheet)
{
    struct field *field = arena_alloc(arena, sizeof *field);
    field->sheet = sheet;
    field->cells = sheet->cells;
    field->counts = sheet->counts;
    field->axis_count = sheet->axis_count;
    for (size_t a = 0; a < sheet->axis_count; a++) {
        const struct sheet_axis *axis = &sheet->axes[a];
        sheet_atoms(arena, axis, &field->axes[a].atlas);
        field->axes[a].terms =
            sheet_terms(arena, axis->nodes, sheet->strides[a]);
    }
    field->relations = sheet_relations(arena, sheet);
    allocate(arena, field);
    sheet_persons(arena, field);
    return field;
}

/* --- cells --------------------------------------------------------------- */

uint64_t field_origin(const struct field *field, size_t cell)
{
    if (field->sheet != NULL)
        return 0;
    return universe_measure(field->grid.universe->keys[cell]) *
           field->grid.measure_term;
}

size_t field_part(const struct field *field, size_t cell, size_t axis)
{
    if (field->sheet != NULL)
        return sheet_node(field->sheet, cell, axis);
    return universe_part(field->grid.universe->keys[cell], (enum dim)axis);
}

static int64_t bits(int64_t count)
{
    int64_t found = 0;
    while (count > 0) {
        count >>= 1;
        found++;
    }
    return found;
}

int64_t field_tie(const struct hash_key *key, uint64_t mark)
{
    static const char purpose[] = "tie";
    unsigned char bytes[sizeof purpose + sizeof mark];
    if (key == NULL)
        return 0;
    memcpy(bytes, purpose, sizeof purpose);
    for (size_t b = 0; b < sizeof mark; b++)
        bytes[sizeof purpose + b] = (unsigned char)(mark >> 8 * b);
    return (int64_t)(hash_keyed_number(key, bytes, sizeof bytes) % FIELD_TIES);
}

static int32_t weigh(int64_t price, int64_t weight)
{
    double weighed = (double)price * (double)weight / 1e3;
    return (int32_t)fmin(fmax(weighed, 1.0), (double)FIELD_BLOCKED / 100);
}

int32_t field_price(int64_t count, int64_t weight, int64_t tie)
{
    int64_t size = bits(count);
    return weigh(PRICE_CELL + PRICE_VALUE * size * size + tie, weight);
}

int32_t field_price_events(int64_t count, int64_t weight, int64_t tie)
{
    int64_t most = FIELD_BLOCKED;
    return weigh(PRICE_EVENTS + (count < most ? count : most) + tie, weight);
}
