/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/cross.h"

#include <stdlib.h>

#include "sdc/atoms.h"

enum {
    CROSS_CELLS = 4000, /* of a measure, on the way to its atoms */
    CROSS_REPEATS = 16, /* times as many, before repeats are left out */
};

struct cross_measure {
    bool small;
    struct atoms axes[DIM_COUNT];
    enum dim order[DIM_COUNT]; /* few atoms first: fewest cells on the way */
};

struct crossing {
    struct universe *universe;
    struct cross_measure *measures;
    size_t seen; /* cells that were led */
};

static void put_in_order(struct cross_measure *measure)
{
    for (size_t d = 0; d < DIM_COUNT; d++) {
        size_t at = d;
        for (; at > 0 && measure->axes[measure->order[at - 1]].count >
                             measure->axes[d].count;
             at--)
            measure->order[at] = measure->order[at - 1];
        measure->order[at] = (enum dim)d;
    }
}

/* --- how many cells there would be ---------------------------------------- */

static int by_number(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

struct keys {
    uint64_t *list;
    size_t count, capacity;
};

static void push(struct arena *arena, struct keys *keys, uint64_t key)
{
    keys->list = arena_grow(arena, keys->list, keys->count, &keys->capacity,
                            sizeof *keys->list);
    keys->list[keys->count++] = key;
}

static void leave_out_repeats(struct keys *keys)
{
    size_t count = 0;
    if (keys->list == NULL)
        return;
    qsort(keys->list, keys->count, sizeof *keys->list, by_number);
    for (size_t k = 0; k < keys->count; k++) {
        if (k == 0 || keys->list[k] != keys->list[k - 1])
            keys->list[count++] = keys->list[k];
    }
    keys->count = count;
}

/* The keys with every part of the dimension replaced by its atoms, numbered
 * as atoms: parts are made for them only where they are needed. Some of them,
 * with repeats, where these alone are too many. */
static struct keys cut(const struct crossing *crossing, struct arena *scratch,
                       const struct atoms *axis, enum dim dim,
                       const struct keys *keys)
{
    const size_t most = (size_t)CROSS_CELLS * CROSS_REPEATS;
    const struct part *parts = crossing->universe->axes[dim].parts;
    struct keys out = {NULL, 0, 0};
    for (size_t k = 0; k < keys->count && out.count <= most; k++) {
        const struct part *part = &parts[universe_part(keys->list[k], dim)];
        size_t leaf = 0, atom;
        while (atoms_next(axis, part, &leaf, &atom))
            push(scratch, &out, universe_with(keys->list[k], dim, atom));
    }
    if (out.count <= most)
        leave_out_repeats(&out);
    return out;
}

static bool is_small(const struct crossing *crossing, size_t measure)
{
    const struct universe *universe = crossing->universe;
    const struct cross_measure *of = &crossing->measures[measure];
    struct arena *scratch = arena_new();
    struct keys keys = {NULL, 0, 0};
    int64_t most = 0;
    for (size_t c = 0; c < universe->count; c++) {
        if (universe_measure(universe->keys[c]) != measure)
            continue;
        push(scratch, &keys, universe->keys[c]);
        most = universe->counts[c] > most ? universe->counts[c] : most;
    }
    size_t cells = most > ATOMS_COUNT ? SIZE_MAX : keys.count;
    for (size_t i = 0; i < DIM_COUNT && cells <= CROSS_CELLS; i++) {
        keys = cut(crossing, scratch, &of->axes[of->order[i]], of->order[i],
                   &keys);
        cells += keys.count;
    }
    arena_free(scratch);
    return cells <= CROSS_CELLS;
}

bool cross_new(struct arena *arena, struct universe *universe,
               struct crossing **out, struct err *err)
{
    struct crossing *crossing = arena_alloc(arena, sizeof *crossing);
    bool any = false;
    *crossing = (struct crossing){
        .universe = universe,
        .measures = arena_array(arena, universe->measure_count,
                                sizeof *crossing->measures),
    };
    for (size_t m = 0; m < universe->measure_count; m++) {
        struct cross_measure *measure = &crossing->measures[m];
        for (int d = 0; d < DIM_COUNT; d++)
            measure->axes[d] = atoms_of(arena, universe, m, (enum dim)d);
        put_in_order(measure);
        measure->small = is_small(crossing, m);
        any = any || measure->small;
        for (int d = 0; measure->small && d < DIM_COUNT; d++) {
            if (!atoms_name(arena, universe, (enum dim)d, &measure->axes[d],
                            err))
                return false;
        }
    }
    *out = any ? crossing : NULL;
    return true;
}

/* --- the way down --------------------------------------------------------- */

/* Cuts a cell along the first dimension where it is more than an atom. */
static bool lead(const struct crossing *crossing, size_t cell, sdc_count *count,
                 void *context, struct err *err)
{
    struct universe *universe = crossing->universe;
    uint64_t key = universe->keys[cell];
    const struct cross_measure *of = &crossing->measures[universe_measure(key)];
    bool whole = of->small;
    for (size_t i = 0; whole && i < DIM_COUNT; i++) {
        enum dim dim = of->order[i];
        const struct atoms *axis = &of->axes[dim];
        size_t leaf = 0, atom;
        const struct part part =
            universe->axes[dim].parts[universe_part(key, dim)];
        while (atoms_next(axis, &part, &leaf, &atom)) {
            uint64_t next = universe_with(key, dim, axis->parts[atom]);
            whole = whole && next == key;
            if (universe_lookup(universe, next) == SDC_NO_CELL &&
                !universe_add_hidden(universe, count, context, next, cell, -1,
                                     err))
                return false;
        }
    }
    return true;
}

bool cross_lead(struct crossing *crossing, sdc_count *count, void *context,
                struct err *err)
{
    for (; crossing->seen < crossing->universe->count; crossing->seen++) {
        if (!lead(crossing, crossing->seen, count, context, err))
            return false;
    }
    return true;
}
