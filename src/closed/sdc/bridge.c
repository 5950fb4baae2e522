/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/bridge.h"

#include <stdlib.h>

#include "calc/sex.h"
#include "sdc/atlas.h"

/* Parts of an axis that hold another and more, that another holds, or that
 * cross it. */
struct nested {
    uint32_t *parts; /* of part p: parts[starts[p] .. starts[p + 1]) */
    size_t *starts;
};

struct bridging {
    struct universe *universe;
    sdc_count *count;
    void *context;
    struct arena *scratch;
    const struct atlas *atlas;
    struct nested above[DIM_COUNT], below[DIM_COUNT], across[DIM_COUNT];
    enum dim order[DIM_COUNT];       /* the dimension with most atoms first */
    uint64_t *beginnings[DIM_COUNT]; /* sorted: of keys, see begin_of */
    size_t beginning_count[DIM_COUNT];
};

/* --- parts that hold others ----------------------------------------------- */

static bool holds(const struct atlas_axis *axis, size_t whole, size_t part)
{
    const struct atlas_list *outer = &axis->atoms_of[whole];
    const struct atlas_list *inner = &axis->atoms_of[part];
    if (inner->count == 0 || outer->count <= inner->count)
        return false;
    size_t i = 0;
    for (size_t k = 0; k < outer->count && i < inner->count; k++)
        i += outer->at[k] == inner->at[i];
    return i == inner->count;
}

static bool is_below(const struct atlas_axis *axis, size_t part, size_t whole)
{
    return holds(axis, whole, part);
}

/* Some atoms in common, and neither holds the other. */
static bool crosses(const struct atlas_axis *axis, size_t other, size_t part)
{
    const struct atlas_list *a = &axis->atoms_of[other];
    const struct atlas_list *b = &axis->atoms_of[part];
    size_t i = 0, k = 0, common = 0;
    while (i < a->count && k < b->count) {
        common += a->at[i] == b->at[k];
        if (a->at[i] < b->at[k])
            i++;
        else
            k++;
    }
    return common > 0 && common < a->count && common < b->count;
}

typedef bool relation(const struct atlas_axis *axis, size_t other, size_t part);

static struct nested find_nested(struct arena *arena,
                                 const struct atlas_axis *axis, relation *is)
{
    size_t capacity = 0, count = 0;
    struct nested nested = {
        .starts = arena_array(arena, axis->parts + 1, sizeof *nested.starts),
    };
    for (size_t p = 0; p < axis->parts; p++) {
        for (size_t other = 0; other < axis->parts; other++) {
            if (!is(axis, other, p))
                continue;
            nested.parts = arena_grow(arena, nested.parts, count, &capacity,
                                      sizeof *nested.parts);
            nested.parts[count++] = (uint32_t)other;
        }
        nested.starts[p + 1] = count;
    }
    return nested;
}

/* Bridges that leave out the dimension with most parts are fewest. */
static void put_in_order(struct bridging *bridging, const struct atlas *atlas)
{
    for (size_t d = 0; d < DIM_COUNT; d++) {
        size_t at = d;
        while (at > 0 && atlas->axes[bridging->order[at - 1]].atoms <
                             atlas->axes[d].atoms) {
            bridging->order[at] = bridging->order[at - 1];
            at--;
        }
        bridging->order[at] = (enum dim)d;
    }
}

/* --- which beginnings of keys exist --------------------------------------- */

/* The key with what comes after the first dimensions in order left out. */
static uint64_t begin_of(const struct bridging *bridging, uint64_t key,
                         size_t dims)
{
    for (size_t i = dims; i < DIM_COUNT; i++)
        key = universe_with(key, bridging->order[i], 0);
    return key;
}

static int by_number(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void list_beginnings(struct bridging *bridging, size_t dims)
{
    const struct universe *universe = bridging->universe;
    uint64_t *list =
        arena_array(bridging->scratch, universe->count, sizeof *list);
    size_t count = 0;
    for (size_t c = 0; c < universe->count; c++)
        list[c] = begin_of(bridging, universe->keys[c], dims);
    qsort(list, universe->count, sizeof *list, by_number);
    for (size_t c = 0; c < universe->count; c++) {
        if (c == 0 || list[c] != list[c - 1])
            list[count++] = list[c];
    }
    bridging->beginnings[dims] = list;
    bridging->beginning_count[dims] = count;
}

static bool may_begin(const struct bridging *bridging, uint64_t key,
                      size_t dims)
{
    if (dims == 0)
        return true;
    if (dims == DIM_COUNT)
        return universe_lookup(bridging->universe, key) != SDC_NO_CELL;
    uint64_t begin = begin_of(bridging, key, dims);
    return bsearch(&begin, bridging->beginnings[dims],
                   bridging->beginning_count[dims], sizeof begin,
                   by_number) != NULL;
}

/* --- one cell and what holds it ------------------------------------------- */

/* True when cells lead from `key` to `total`, one dimension at a time. */
static bool is_joined(const struct bridging *bridging, uint64_t key,
                      uint64_t total)
{
    for (size_t i = 0; i < DIM_COUNT; i++) {
        enum dim dim = bridging->order[i];
        uint64_t next = universe_with(key, dim, universe_part(total, dim));
        if (next == key)
            continue;
        if (next == total ||
            (universe_lookup(bridging->universe, next) != SDC_NO_CELL &&
             is_joined(bridging, next, total)))
            return true;
    }
    return false;
}

/* Adds the cells from `key` to `total`, in order; both are in `whole`. */
static bool join(struct bridging *bridging, uint64_t key, uint64_t total,
                 size_t whole, struct err *err)
{
    struct universe *universe = bridging->universe;
    for (size_t i = 0; i < DIM_COUNT; i++) {
        enum dim dim = bridging->order[i];
        key = universe_with(key, dim, universe_part(total, dim));
        if (universe_lookup(universe, key) == SDC_NO_CELL &&
            !universe_add_hidden(universe, bridging->count, bridging->context,
                                 key, whole, -1, err))
            return false;
    }
    return true;
}

/* True when a cell beside `total` in the dimension is of what it holds, and
 * neither within the part nor around it. */
static bool is_shared(const struct bridging *bridging, uint64_t total,
                      enum dim dim, size_t part)
{
    const struct atlas_axis *axis = &bridging->atlas->axes[dim];
    const struct nested *below = &bridging->below[dim];
    size_t whole = universe_part(total, dim);
    for (size_t i = below->starts[whole]; i < below->starts[whole + 1]; i++) {
        size_t other = below->parts[i];
        if (other != part && !holds(axis, other, part) &&
            !holds(axis, part, other) &&
            universe_lookup(bridging->universe,
                            universe_with(total, dim, other)) != SDC_NO_CELL)
            return true;
    }
    return false;
}

/* All sites of four years less two of them is a number; another site in one
 * year is within it, and so within that site in all four. */
static bool share(struct bridging *bridging, uint64_t cell, uint64_t total,
                  struct err *err)
{
    size_t whole = universe_lookup(bridging->universe, total);
    for (int d = 0; d < DIM_COUNT; d++) {
        size_t part = universe_part(cell, (enum dim)d);
        uint64_t key = universe_with(total, (enum dim)d, part);
        if (key != total &&
            universe_lookup(bridging->universe, key) == SDC_NO_CELL &&
            is_shared(bridging, total, (enum dim)d, part) &&
            !join(bridging, cell, key, whole, err))
            return false;
    }
    return true;
}

/* Leads from a cell to one that holds it along more than one dimension. */
static bool lead(struct bridging *bridging, uint64_t cell, uint64_t total,
                 struct err *err)
{
    return share(bridging, cell, total, err) &&
           (is_joined(bridging, cell, total) ||
            join(bridging, cell, total,
                 universe_lookup(bridging->universe, total), err));
}

/* Tries, for every dimension from place `dims` on, the part itself and those
 * that hold it. `changed` counts those that are not the cell's own. */
static bool visit(struct bridging *bridging, uint64_t cell, uint64_t key,
                  size_t dims, int changed, struct err *err)
{
    if (!may_begin(bridging, key, dims))
        return true;
    if (dims == DIM_COUNT)
        return changed < 2 || lead(bridging, cell, key, err);
    enum dim dim = bridging->order[dims];
    const struct nested *above = &bridging->above[dim];
    size_t part = universe_part(cell, dim);
    bool ok = visit(bridging, cell, key, dims + 1, changed, err);
    for (size_t i = above->starts[part]; ok && i < above->starts[part + 1]; i++)
        ok = visit(bridging, cell, universe_with(key, dim, above->parts[i]),
                   dims + 1, changed + 1, err);
    return ok;
}

/* --- what two cells are parts of ------------------------------------------ */

/* True when a cell differs from `key` in one other dimension, where its part is
 * one of these. */
static bool has_beside(const struct bridging *bridging,
                       const struct nested parts[DIM_COUNT], uint64_t key,
                       enum dim other)
{
    for (int d = 0; d < DIM_COUNT; d++) {
        const struct nested *list = &parts[d];
        size_t part = universe_part(key, (enum dim)d);
        for (size_t i = list->starts[part];
             d != (int)other && i < list->starts[part + 1]; i++) {
            if (universe_lookup(bridging->universe,
                                universe_with(key, (enum dim)d,
                                              list->parts[i])) != SDC_NO_CELL)
                return true;
        }
    }
    return false;
}

/* True when cells within `key` along the dimension cover it: it is their sum.
 */
static bool is_covered(const struct bridging *bridging, uint64_t key,
                       enum dim dim)
{
    const struct atlas_axis *axis = &bridging->atlas->axes[dim];
    const struct nested *below = &bridging->below[dim];
    size_t part = universe_part(key, dim), found = 0;
    struct arena *scratch = arena_new();
    bool *seen = arena_array(scratch, axis->atoms, sizeof *seen);
    for (size_t i = below->starts[part]; i < below->starts[part + 1]; i++) {
        uint32_t inner = below->parts[i];
        const struct atlas_list *atoms = &axis->atoms_of[inner];
        if (universe_lookup(bridging->universe,
                            universe_with(key, dim, inner)) == SDC_NO_CELL)
            continue;
        for (size_t a = 0; a < atoms->count; a++) {
            found += !seen[atoms->at[a]];
            seen[atoms->at[a]] = true;
        }
    }
    arena_free(scratch);
    return found == axis->atoms_of[part].count;
}

/* Two zones by age, and all France under 50: what both zones tell of 15 and
 * more is a number of all France, and those under 50 cross it. */
static bool is_sum(const struct bridging *bridging, uint64_t key, enum dim dim)
{
    return has_beside(bridging, bridging->across, key, dim) &&
           is_covered(bridging, key, dim);
}

/* A département over five years, and all France in one of them: both are parts
 * of all France over five years. */
static bool crown(struct bridging *bridging, uint64_t cell, struct err *err)
{
    for (int d = 0; d < DIM_COUNT; d++) {
        const struct nested *above = &bridging->above[d];
        size_t part = universe_part(cell, (enum dim)d);
        for (size_t i = above->starts[part]; i < above->starts[part + 1]; i++) {
            uint64_t key = universe_with(cell, (enum dim)d, above->parts[i]);
            if (universe_lookup(bridging->universe, key) == SDC_NO_CELL &&
                (has_beside(bridging, bridging->below, key, (enum dim)d) ||
                 is_sum(bridging, key, (enum dim)d)) &&
                !universe_add_hidden(bridging->universe, bridging->count,
                                     bridging->context, key, SDC_NO_CELL, -1,
                                     err))
                return false;
        }
    }
    return true;
}

/* --- sites of one sex ----------------------------------------------------- */

/* The one sex of a cell of more, whose site has no other; or -1. */
static int only_sex(const struct universe *universe, uint64_t key)
{
    size_t sex = universe_part(key, DIM_SEX);
    size_t site = universe_part(key, DIM_SITE);
    if (site >= universe->axes[DIM_SITE].named ||
        universe->axes[DIM_SEX].parts[sex].leaf_count < 2)
        return -1;
    return sex_of_site(universe->codes, (int)site);
}

static bool tells_sexes(const struct universe *universe)
{
    for (size_t c = 0; c < universe->count; c++) {
        size_t sex = universe_part(universe->keys[c], DIM_SEX);
        if (universe->axes[DIM_SEX].parts[sex].leaf_count == 1)
            return true;
    }
    return false;
}

bool universe_name_sexes(struct universe *universe, sdc_count *count,
                         void *context, struct err *err)
{
    size_t cells = tells_sexes(universe) ? universe->count : 0;
    for (size_t c = 0; c < cells; c++) {
        int sex = only_sex(universe, universe->keys[c]);
        if (sex < 0)
            continue;
        uint64_t key = universe_with(universe->keys[c], DIM_SEX, (size_t)sex);
        if (universe_lookup(universe, key) == SDC_NO_CELL &&
            !universe_add_hidden(universe, count, context, key, c, -1, err))
            return false;
    }
    return true;
}

bool universe_bridge(struct universe *universe, const bool *told,
                     sdc_count *count, void *context, struct err *err)
{
    struct arena *scratch = arena_new();
    struct bridging bridging = {
        .universe = universe,
        .count = count,
        .context = context,
        .scratch = scratch,
    };
    const struct atlas *atlas = bridging.atlas = atlas_build(scratch, universe);
    size_t cells = universe->count;
    bool ok = true;
    put_in_order(&bridging, atlas);
    for (size_t d = 0; d < DIM_COUNT; d++) {
        bridging.above[d] = find_nested(scratch, &atlas->axes[d], holds);
        bridging.below[d] = find_nested(scratch, &atlas->axes[d], is_below);
        bridging.across[d] = find_nested(scratch, &atlas->axes[d], crosses);
    }
    for (size_t d = 1; d < DIM_COUNT; d++)
        list_beginnings(&bridging, d);
    for (size_t c = 0; ok && c < cells; c++)
        ok = !told[c] || crown(&bridging, universe->keys[c], err);
    for (size_t c = 0; ok && c < cells; c++)
        ok = !told[c] ||
             visit(&bridging, universe->keys[c], universe->keys[c], 0, 0, err);
    arena_wipe(scratch);
    return ok;
}
