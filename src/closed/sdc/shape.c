/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/shape.h"

#include <stdlib.h>
#include <string.h>

#include "sdc/classes.h"

struct shape_list {
    struct shape **shapes;
    size_t count, capacity;
    const struct shape *last; /* neighbouring lines mostly look alike */
};

struct shape_book {
    struct universe *universe;
    struct shape_list lists[DIM_COUNT];
};

struct shape_book *shape_book_new(struct universe *universe)
{
    struct shape_book *book = arena_alloc(universe->arena, sizeof *book);
    book->universe = universe;
    return book;
}

/* A set of atoms. */
struct atoms {
    uint64_t *words;
};

/* One part while a shape is worked out. */
struct member {
    uint32_t part;
    bool zone;
    struct atoms atoms;
    size_t size; /* atoms */
};

struct work {
    struct arena *scratch;
    struct universe *universe;
    enum dim dim;
    struct member *members; /* sorted by preference as summands */
    size_t count;
    size_t words;
    size_t atom_count;
    uint32_t *atom_of; /* [leaf] 0 outside, else atom number + 1 */
};

static bool has(const struct atoms *atoms, size_t atom)
{
    return (atoms->words[atom / 64] >> (atom % 64)) & 1;
}

static bool within(const struct work *work, const struct atoms *a,
                   const struct atoms *b)
{
    for (size_t w = 0; w < work->words; w++) {
        if (a->words[w] & ~b->words[w])
            return false;
    }
    return true;
}

static bool disjoint(const struct work *work, const struct atoms *a,
                     const struct atoms *b)
{
    for (size_t w = 0; w < work->words; w++) {
        if (a->words[w] & b->words[w])
            return false;
    }
    return true;
}

static void find_atoms(struct work *work, const uint32_t *parts, size_t count)
{
    size_t leaf_count = work->universe->codes->dims[work->dim].leaf_count;
    work->atom_of =
        arena_array(work->scratch, leaf_count, sizeof *work->atom_of);
    work->atom_count =
        classes_of_leaves(&work->universe->axes[work->dim], leaf_count, parts,
                          count, work->atom_of);
    work->words = (work->atom_count + 63) / 64;
}

static void add_member(struct work *work, uint32_t part)
{
    const struct part *leaves = &work->universe->axes[work->dim].parts[part];
    struct member *member = &work->members[work->count++];
    member->part = part;
    member->zone = leaves->zone;
    member->atoms.words =
        arena_array(work->scratch, work->words, sizeof *member->atoms.words);
    for (size_t i = 0; i < leaves->leaf_count; i++) {
        size_t atom = work->atom_of[leaves->leaves[i]] - 1;
        if (!has(&member->atoms, atom))
            member->size++;
        member->atoms.words[atom / 64] |= UINT64_C(1) << (atom % 64);
    }
}

/* True when no two parts share an atom: nothing adds up. */
static bool all_disjoint(const struct work *work)
{
    size_t sizes = 0;
    for (size_t m = 0; m < work->count; m++)
        sizes += work->members[m].size;
    return sizes == work->atom_count;
}

static bool add_missing_atom(struct work *work, size_t atom, struct err *err)
{
    size_t leaf_count = work->universe->codes->dims[work->dim].leaf_count;
    uint16_t *leaves = arena_array(work->scratch, leaf_count, sizeof *leaves);
    size_t count = 0;
    for (size_t leaf = 0; leaf < leaf_count; leaf++) {
        if (work->atom_of[leaf] == atom + 1)
            leaves[count++] = (uint16_t)leaf;
    }
    size_t part;
    if (!universe_leaf_part(work->universe, work->dim, leaves, count, &part,
                            err))
        return false;
    add_member(work, (uint32_t)part);
    return true;
}

static bool add_missing_atoms(struct work *work, struct err *err)
{
    bool *named = arena_array(work->scratch, work->atom_count, sizeof *named);
    for (size_t m = 0; m < work->count; m++) {
        for (size_t a = 0; work->members[m].size == 1 && a < work->atom_count;
             a++)
            named[a] = named[a] || has(&work->members[m].atoms, a);
    }
    for (size_t a = 0; a < work->atom_count; a++) {
        if (!named[a] && !add_missing_atom(work, a, err))
            return false;
    }
    return true;
}

/* Nested codes before zones, large before small, then by number. */
static int by_preference(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    if (x->zone != y->zone)
        return x->zone ? 1 : -1;
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    return (x->part > y->part) - (x->part < y->part);
}

/* Covers member `m` by disjoint smaller ones, or by an equal one that comes
 * later (so that two equal parts are not each other's sum). Atoms are members,
 * hence the cover is always complete unless `m` is an atom itself. */
static bool cover(struct work *work, size_t m, struct equation *out)
{
    const struct member *total = &work->members[m];
    uint32_t *parts =
        arena_array(work->universe->arena, total->size, sizeof *parts);
    struct atoms taken = {
        arena_array(work->scratch, work->words, sizeof *taken.words)};
    size_t covered = 0;
    *out = (struct equation){.total = total->part, .parts = parts};
    for (size_t c = 0; c < work->count && covered < total->size; c++) {
        const struct member *part = &work->members[c];
        if (c == m || (part->size == total->size && c < m) ||
            !within(work, &part->atoms, &total->atoms) ||
            !disjoint(work, &part->atoms, &taken))
            continue;
        parts[out->count++] = part->part;
        covered += part->size;
        for (size_t w = 0; w < work->words; w++)
            taken.words[w] |= part->atoms.words[w];
    }
    assert(covered == 0 || covered == total->size);
    return covered > 0;
}

static bool build(struct work *work, struct shape *shape, struct err *err)
{
    find_atoms(work, shape->parts, shape->count);
    work->members = arena_array(work->scratch, shape->count + work->atom_count,
                                sizeof *work->members);
    for (size_t p = 0; p < shape->count; p++)
        add_member(work, shape->parts[p]);
    if (all_disjoint(work))
        return true;
    if (!add_missing_atoms(work, err))
        return false;
    qsort(work->members, work->count, sizeof *work->members, by_preference);
    struct equation *equations =
        arena_array(work->universe->arena, work->count, sizeof *equations);
    for (size_t m = 0; m < work->count; m++) {
        if (cover(work, m, &equations[shape->equation_count]))
            shape->equation_count++;
    }
    shape->equations = equations;
    return true;
}

static bool same(const struct shape *shape, const uint32_t *parts, size_t count)
{
    return shape->count == count &&
           memcmp(shape->parts, parts, count * sizeof *parts) == 0;
}

static const struct shape *known(struct shape_list *list, const uint32_t *parts,
                                 size_t count)
{
    if (list->last != NULL && same(list->last, parts, count))
        return list->last;
    for (size_t s = 0; s < list->count; s++) {
        if (same(list->shapes[s], parts, count))
            return list->shapes[s];
    }
    return NULL;
}

bool shape_find(struct shape_book *book, enum dim dim, const uint32_t *parts,
                size_t count, const struct shape **out, struct err *err)
{
    struct shape_list *list = &book->lists[dim];
    struct arena *arena = book->universe->arena;
    *out = known(list, parts, count);
    if (*out == NULL) {
        struct shape *shape = arena_alloc(arena, sizeof *shape);
        uint32_t *copy = arena_array(arena, count, sizeof *copy);
        memcpy(copy, parts, count * sizeof *copy);
        shape->parts = copy;
        shape->count = count;
        struct work work = {
            .scratch = arena_new(),
            .universe = book->universe,
            .dim = dim,
        };
        bool ok = build(&work, shape, err);
        arena_free(work.scratch);
        if (!ok)
            return false;
        list->shapes = arena_grow(arena, list->shapes, list->count,
                                  &list->capacity, sizeof(struct shape *));
        list->shapes[list->count++] = shape;
        *out = shape;
    }
    list->last = *out;
    return true;
}
