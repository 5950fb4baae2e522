/* SPDX-License-Identifier: EUPL-1.2 */
/* Cells of other releases in the universe of this one. */
#include <stdlib.h>
#include <string.h>

#include "sdc/universe.h"

/* --- nodes of the same leaves --------------------------------------------- */

/* A region with one département is two codes and one number. */
struct twin {
    const struct part *part;
    uint32_t number;
};

static int compare_leaves(const struct part *a, const struct part *b)
{
    if (a->leaf_count != b->leaf_count)
        return a->leaf_count < b->leaf_count ? -1 : 1;
    return memcmp(a->leaves, b->leaves, a->leaf_count * sizeof *a->leaves);
}

static int by_leaves(const void *a, const void *b)
{
    const struct twin *x = a, *y = b;
    int order = compare_leaves(x->part, y->part);
    return order != 0 ? order
                      : (x->number > y->number) - (x->number < y->number);
}

static void find_twins(struct arena *arena, struct axis *axis)
{
    struct arena *scratch = arena_new();
    struct twin *list = arena_array(scratch, axis->named, sizeof *list);
    for (size_t p = 0; p < axis->named; p++)
        list[p] = (struct twin){&axis->parts[p], (uint32_t)p};
    qsort(list, axis->named, sizeof *list, by_leaves);
    axis->twins = arena_array(arena, axis->named, sizeof *axis->twins);
    for (size_t from = 0, to; from < axis->named; from = to) {
        for (to = from + 1; to < axis->named &&
                            compare_leaves(list[from].part, list[to].part) == 0;
             to++)
            axis->twins[list[to - 1].number] = list[to].number;
        axis->twins[list[to - 1].number] = list[from].number;
    }
    arena_free(scratch);
}

bool universe_past_set(struct universe *universe, enum dim dim,
                       const uint16_t *leaves, size_t count, size_t *set,
                       struct err *err)
{
    assert(count > 0);
    if (!universe_open_axes(universe, err))
        return false;
    if (universe->axes[dim].twins == NULL)
        find_twins(universe->arena, &universe->axes[dim]);
    return universe_leaf_part(universe, dim, leaves, count, set, err);
}

/* Steps through all codes of one set of leaves; false when it is back. */
static bool next_twin(const struct universe *universe,
                      const size_t first[DIM_COUNT], size_t sets[DIM_COUNT])
{
    for (int d = 0; d < DIM_COUNT; d++) {
        const struct axis *axis = &universe->axes[d];
        if (sets[d] >= axis->named)
            continue;
        sets[d] = axis->twins[sets[d]];
        if (sets[d] != first[d])
            return true;
    }
    return false;
}

/* --- cells ---------------------------------------------------------------- */

static bool fail_past(const struct universe *universe, size_t cell,
                      const struct past_cell *past, const char *what,
                      struct err *err)
{
    return err_fail(err, ERR_DISCLOSURE, "sdc.past", "%s: release '%s' %s",
                    universe_name(universe->arena, universe, cell),
                    past->release, what);
}

static bool join(struct universe *universe, size_t cell,
                 const struct past_cell *past, struct err *err)
{
    int64_t count = universe->counts[cell];
    if (past->status == PAST_SHOWN && past->count != PAST_NOT_PRINTED &&
        past->count != count)
        return fail_past(universe, cell, past,
                         "shows another number, though the cell is of the "
                         "same vintage or declared unrevised",
                         err);
    if (count > past->limit)
        return fail_past(universe, cell, past,
                         "gives an upper bound that the count exceeds", err);
    if (past->limit < universe->limits[cell])
        universe->limits[cell] = past->limit;
    if (universe->flags[cell] & CELL_STRUCTURAL)
        return true;
    universe->flags[cell] &= (uint16_t)~CELL_HIDDEN;
    if (past->status == PAST_SHOWN) {
        unsigned flags = universe->flags[cell];
        bool exact = (flags & CELL_KNOWN) && !(flags & CELL_ABOUT);
        flags |= CELL_KNOWN | CELL_ABOUT;
        if (exact || !past->about)
            flags &= ~(unsigned)CELL_ABOUT;
        universe->flags[cell] = (uint16_t)flags;
        return true;
    }
    /* The rules that suppressed it may have shown zeros, whatever today's do.
     */
    universe->flags[cell] |= CELL_KEPT;
    universe_grant(universe, cell);
    return true;
}

static bool insert(struct universe *universe, uint64_t key, unsigned flags,
                   sdc_count *source, void *context, size_t *cell,
                   struct err *err)
{
    int64_t count = 0;
    bool structural = false;
    if (!universe_ask(universe, source, context, key, -1, &count, &structural,
                      err))
        return false;
    structural = structural && count == 0;
    return universe_insert(universe, key, count, SDC_UNLIMITED,
                           structural ? flags | CELL_STRUCTURAL : flags, cell,
                           err);
}

static bool join_part(struct universe *universe, size_t cell,
                      const struct past_cell *past, struct err *err)
{
    int64_t count = universe->counts[cell];
    bool printed =
        past->status == PAST_SHOWN && past->count != PAST_NOT_PRINTED;
    if (printed && past->count < count)
        return fail_past(universe, cell, past,
                         "shows less of a whole than this part of it, though "
                         "the part is declared unrevised",
                         err);
    if (printed)
        universe_beyond(universe, cell, past->count);
    else if (count > 0)
        universe_suppress(universe, cell);
    return true;
}

typedef bool visit_cell(struct universe *universe, size_t cell,
                        const struct past_cell *past, struct err *err);

/* Visits the cells of the universe with these very leaves. */
static bool visit_twins(struct universe *universe, const struct past_cell *past,
                        visit_cell *visit, bool *found, struct err *err)
{
    size_t sets[DIM_COUNT];
    memcpy(sets, past->sets, sizeof sets);
    *found = false;
    do {
        uint64_t key = 0;
        if (!universe_key(universe, past->measure, sets, &key, err))
            return false;
        size_t cell = universe_lookup(universe, key);
        if (cell == SDC_NO_CELL)
            continue;
        *found = true;
        if (!visit(universe, cell, past, err))
            return false;
    } while (next_twin(universe, past->sets, sets));
    return true;
}

/* The same, with the cell added when there is none. */
static bool visit_or_add(struct universe *universe,
                         const struct past_cell *past, visit_cell *visit,
                         unsigned flags, sdc_count *source, void *context,
                         struct err *err)
{
    bool found = false;
    uint64_t key = 0;
    size_t cell = SDC_NO_CELL;
    if (!visit_twins(universe, past, visit, &found, err))
        return false;
    return found ||
           (universe_key(universe, past->measure, past->sets, &key, err) &&
            insert(universe, key, flags, source, context, &cell, err) &&
            visit(universe, cell, past, err));
}

bool universe_add_past(struct universe *universe, const struct past_cell *past,
                       sdc_count *source, void *context, struct err *err)
{
    return visit_or_add(universe, past, join, 0, source, context, err);
}

bool universe_add_partly_past(struct universe *universe,
                              const struct past_cell *past, sdc_count *source,
                              void *context, struct err *err)
{
    return visit_or_add(universe, past, join_part, CELL_HIDDEN, source, context,
                        err);
}

bool universe_past_count(struct universe *universe,
                         const struct past_cell *past, sdc_count *source,
                         void *context, int64_t *count, struct err *err)
{
    uint64_t key = 0;
    bool structural = false;
    if (!universe_key(universe, past->measure, past->sets, &key, err))
        return false;
    size_t cell = universe_lookup(universe, key);
    if (cell == SDC_NO_CELL)
        return universe_ask(universe, source, context, key, -1, count,
                            &structural, err);
    *count = universe->counts[cell];
    return true;
}

bool universe_past_stands(struct universe *universe,
                          const struct past_cell *past, sdc_count *source,
                          void *context, bool *stands, struct err *err)
{
    int64_t count = 0;
    if (!universe_past_count(universe, past, source, context, &count, err))
        return false;
    *stands = past->count == count;
    return true;
}

static bool suppress(struct universe *universe, size_t cell,
                     const struct past_cell *past, struct err *err)
{
    (void)past;
    (void)err;
    if (cell < universe->published && universe->counts[cell] > 0)
        universe_suppress(universe, cell);
    return true;
}

bool universe_suppress_past(struct universe *universe,
                            const struct past_cell *past, struct err *err)
{
    bool found = false;
    return visit_twins(universe, past, suppress, &found, err);
}

/* --- rounded cells -------------------------------------------------------- */

static void note_printed(struct universe *universe, int64_t **list, size_t cell,
                         int64_t count)
{
    if (*list == NULL) {
        *list = arena_array(universe->arena, universe->capacity, sizeof **list);
        for (size_t c = 0; c < universe->count; c++)
            (*list)[c] = PAST_NOT_PRINTED;
    }
    (*list)[cell] = count;
}

/* A population that was published stays so. */
static void note_limit(struct universe *universe, size_t cell,
                       const struct past_cell *past)
{
    if (past->limit > 0 && past->limit < universe->limits[cell])
        universe->limits[cell] = past->limit;
}

static bool print_again(struct universe *universe, size_t cell,
                        const struct past_cell *past, struct err *err)
{
    if (universe->printed != NULL &&
        universe->printed[cell] != PAST_NOT_PRINTED &&
        universe->printed[cell] != past->count)
        return fail_past(universe, cell, past,
                         "prints another rounding of it than one before", err);
    note_limit(universe, cell, past);
    note_printed(universe, &universe->printed, cell, past->count);
    return true;
}

static bool prefer(struct universe *universe, size_t cell,
                   const struct past_cell *past, struct err *err)
{
    (void)err;
    note_limit(universe, cell, past);
    note_printed(universe, &universe->printed_once, cell, past->count);
    return true;
}

bool universe_add_printed(struct universe *universe,
                          const struct past_cell *past, sdc_count *source,
                          void *context, struct err *err)
{
    return visit_or_add(universe, past, print_again, CELL_HIDDEN, source,
                        context, err);
}

bool universe_prefer_printed(struct universe *universe,
                             const struct past_cell *past, struct err *err)
{
    bool found = false;
    return visit_twins(universe, past, prefer, &found, err);
}
