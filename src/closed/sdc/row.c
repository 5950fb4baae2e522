/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/row.h"

#include <string.h>

/* A family while it is looked for: Q, ascending. */
struct known {
    const uint32_t *above;
    size_t count;
    struct family *family;
};

struct builder {
    struct arena *arena;
    const struct field_axis *axis;
    struct known *known;
    size_t known_count, known_capacity;
    uint32_t *own; /* [atoms + 1] work space */
};

/* True when every atom of `inner` is in `outer`. Lists ascend. */
static bool contains(const struct atlas_list *outer,
                     const struct atlas_list *inner)
{
    size_t i = 0;
    for (size_t j = 0; j < inner->count; j++) {
        while (i < outer->count && outer->at[i] < inner->at[j])
            i++;
        if (i == outer->count || outer->at[i] != inner->at[j])
            return false;
    }
    return true;
}

/* Parts that strictly contain a part, ascending; itself where none does. */
static uint32_t *parts_above(const struct builder *builder, uint32_t part,
                             size_t *count)
{
    const struct atlas_axis *atlas = &builder->axis->atlas;
    const struct atlas_list *own = &atlas->atoms_of[part];
    const struct atlas_list *near = &atlas->parts_of[own->at[0]];
    uint32_t *above = arena_array(builder->arena, near->count, sizeof *above);
    *count = 0;
    for (size_t i = 0; i < near->count; i++) {
        const struct atlas_list *other = &atlas->atoms_of[near->at[i]];
        if (other->count > own->count && contains(other, own))
            above[(*count)++] = near->at[i];
    }
    if (*count == 0)
        above[(*count)++] = part;
    return above;
}

static struct row make_row(const struct builder *builder,
                           const struct atlas_list *plus,
                           const struct atlas_list *minus)
{
    struct arena *arena = builder->arena;
    size_t limit = plus->count + minus->count;
    uint64_t *terms = arena_array(arena, limit, sizeof *terms);
    uint32_t *parts = arena_array(arena, limit, sizeof *parts);
    signed char *signs = arena_array(arena, limit, sizeof *signs);
    size_t count = 0, i = 0, j = 0;
    while (i < plus->count || j < minus->count) {
        bool first = j == minus->count ||
                     (i < plus->count && plus->at[i] < minus->at[j]);
        bool second = i == plus->count ||
                      (j < minus->count && minus->at[j] < plus->at[i]);
        if (first || second) {
            parts[count] = first ? plus->at[i] : minus->at[j];
            terms[count] = builder->axis->terms[parts[count]];
            signs[count++] = first ? 1 : -1;
        }
        i += first || !second;
        j += second || !first;
    }
    return (struct row){terms, parts, signs, count};
}

static bool is_narrow(const struct row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        if (row->signs[i] < 0)
            return false;
    }
    return true;
}

static struct family *make_family(const struct builder *builder,
                                  const struct atlas_list *above)
{
    static const struct atlas_list nothing = {NULL, 0};
    const struct atlas_axis *atlas = &builder->axis->atlas;
    struct family *family = arena_alloc(builder->arena, sizeof *family);
    struct row *rows =
        arena_array(builder->arena, atlas->atoms + 1, sizeof *rows);
    family->rows = rows;
    /* Taking away a total that nothing contains is as short as any row. */
    if (above->count == 1)
        rows[family->count++] = make_row(builder, &nothing, above);
    for (int narrow = 1; narrow >= 0; narrow--) {
        for (size_t a = 0; a < atlas->atoms; a++) {
            struct row row = make_row(builder, &atlas->parts_of[a], above);
            if (is_narrow(&row) == (narrow == 1))
                rows[family->count++] = row;
        }
        if (narrow == 1)
            family->narrow = family->count;
    }
    if (above->count != 1)
        rows[family->count++] = make_row(builder, &nothing, above);
    return family;
}

static struct family *find_family(struct builder *builder, uint32_t part)
{
    size_t count;
    uint32_t *above = parts_above(builder, part, &count);
    for (size_t k = 0; k < builder->known_count; k++) {
        const struct known *known = &builder->known[k];
        if (known->count == count &&
            memcmp(known->above, above, count * sizeof *above) == 0)
            return known->family;
    }
    struct atlas_list list = {above, count};
    builder->known =
        arena_grow(builder->arena, builder->known, builder->known_count,
                   &builder->known_capacity, sizeof *builder->known);
    struct known *known = &builder->known[builder->known_count++];
    *known = (struct known){above, count, make_family(builder, &list)};
    return known->family;
}

static bool changes(const struct row *row, uint32_t part)
{
    for (size_t i = 0; i < row->count; i++) {
        if (row->parts[i] == part)
            return true;
    }
    return false;
}

static struct family_of family_of(struct builder *builder, uint32_t part)
{
    const struct family *family = find_family(builder, part);
    size_t count = 0;
    for (size_t r = 0; r < family->count; r++) {
        if (changes(&family->rows[r], part))
            builder->own[count++] = (uint32_t)r;
    }
    uint32_t *own = arena_array(builder->arena, count, sizeof *own);
    memcpy(own, builder->own, count * sizeof *own);
    return (struct family_of){family, own, count};
}

struct rows *rows_build(struct arena *arena, const struct field *field)
{
    struct rows *rows = arena_alloc(arena, sizeof *rows);
    for (size_t a = 0; a < field->axis_count; a++) {
        const struct field_axis *axis = &field->axes[a];
        struct builder builder = {
            .arena = arena,
            .axis = axis,
            .own =
                arena_array(arena, axis->atlas.atoms + 1, sizeof *builder.own),
        };
        rows->of[a] = arena_array(arena, axis->atlas.parts, sizeof **rows->of);
        for (size_t p = 0; p < axis->atlas.parts; p++) {
            if (axis->atlas.atoms_of[p].count > 0)
                rows->of[a][p] = family_of(&builder, (uint32_t)p);
        }
    }
    return rows;
}
