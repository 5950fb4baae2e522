/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows that rates are of, in a universe that has no cells of their ages.
 *
 * A rate of a region, and counts by age of its départements; one of a year, and
 * counts of the period: the rate is a sum over ages that follow from cells of
 * the universe, or that these follow from. As hidden cells the ages of the row
 * are on lines with them, which the closure completes. */
#include <stdlib.h>

#include "sdc/lies.h"

enum {
    ROWS_CELLS = 4000,     /* that are added: from each others follow */
    ROWS_UNIVERSE = 20000, /* cells; to a larger one none is */
};

/* Cells by age of one row, whatever their ages. */
struct ages {
    uint64_t row;  /* key, with the ages cleared */
    bool today;    /* a table of this release shows one */
    bool before;   /* another release told of one */
    int64_t least; /* of their counts */
};

/* What brings a row near to cells by age: more is less urgent. */
enum nearness {
    NEAR_SUM,   /* it has cells within it, or that cross it, or of its own */
    NEAR_BOUND, /* it is within cells that are smaller than it at an age */
    NEAR_WIDE,  /* within larger ones */
    NEAR_NONE,
};

struct candidate {
    struct past_row *row;
    uint64_t key; /* with the ages cleared */
    enum nearness nearness;
    size_t apart; /* dimensions in which its parts are others than theirs */
    int64_t total;
};

struct nearing {
    struct universe *universe;
    struct arena *scratch;
    sdc_count *source;
    void *context;
    struct ages *ages;
    size_t ages_count;
    struct lies lies;
    size_t whole; /* part of all ages */
};

/* --- cells by age --------------------------------------------------------- */

static int by_row(const void *a, const void *b)
{
    const struct ages *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

static void list_ages(struct nearing *nearing)
{
    const struct universe *universe = nearing->universe;
    const struct axis *axis = &universe->axes[DIM_AGE];
    size_t all = universe->codes->dims[DIM_AGE].leaf_count, count = 0, kept = 0;
    struct ages *list =
        arena_array(nearing->scratch, universe->count, sizeof *list);
    for (size_t c = 0; c < universe->count; c++) {
        uint64_t key = universe->keys[c];
        if (axis->parts[universe_part(key, DIM_AGE)].leaf_count < all)
            list[count++] = (struct ages){.row = universe_with(key, DIM_AGE, 0),
                                          .today = c < universe->published,
                                          .before = c >= universe->published,
                                          .least = universe->counts[c]};
    }
    qsort(list, count, sizeof *list, by_row);
    for (size_t i = 0; i < count; i++) {
        struct ages *last = kept == 0 ? NULL : &list[kept - 1];
        if (last == NULL || last->row != list[i].row) {
            list[kept++] = list[i];
            continue;
        }
        last->today = last->today || list[i].today;
        last->before = last->before || list[i].before;
        last->least = last->least < list[i].least ? last->least : list[i].least;
    }
    nearing->ages = list;
    nearing->ages_count = kept;
}

/* --- rows ----------------------------------------------------------------- */

/* Writes *apart where they are near. */
static enum nearness near_to(struct nearing *nearing,
                             const struct candidate *row,
                             const struct ages *ages, size_t *apart)
{
    bool holds = true;
    size_t others = 0;
    if (universe_measure(row->key) != universe_measure(ages->row))
        return NEAR_NONE;
    for (int d = 0; d < DIM_COUNT; d++) {
        enum dim dim = (enum dim)d;
        if (dim == DIM_AGE)
            continue;
        enum lie lie =
            lies_of(&nearing->lies, dim, universe_part(ages->row, dim),
                    universe_part(row->key, dim));
        if (lie == LIE_APART)
            return NEAR_NONE;
        others += lie != LIE_SAME;
        holds = holds && (lie == LIE_SAME || lie == LIE_OUTER);
    }
    *apart = others;
    if (others == 0 || !holds)
        return NEAR_SUM;
    return ages->least < row->total ? NEAR_BOUND : NEAR_WIDE;
}

/* A rate of this release and its cells by age are another matter: the rates of
 * a release are proved row by row. */
static void find_nearest(struct nearing *nearing, struct candidate *row)
{
    row->nearness = NEAR_NONE;
    row->apart = DIM_COUNT;
    for (size_t i = 0; i < nearing->ages_count; i++) {
        const struct ages *ages = &nearing->ages[i];
        size_t apart = DIM_COUNT;
        if (!(row->row->own ? ages->before : ages->today))
            continue;
        enum nearness next = near_to(nearing, row, ages, &apart);
        if (apart < row->apart ||
            (apart == row->apart && next < row->nearness)) {
            row->apart = apart;
            row->nearness = next;
        }
    }
}

/* How many of its ages are no cells. */
static size_t missing_ages(const struct universe *universe, uint64_t row)
{
    const struct dimension *ages = &universe->codes->dims[DIM_AGE];
    size_t missing = 0;
    for (size_t l = 0; l < ages->leaf_count; l++)
        missing += universe_lookup(universe,
                                   universe_with(row, DIM_AGE,
                                                 (size_t)ages->leaf_node[l])) ==
                   SDC_NO_CELL;
    return missing;
}

static bool find_total(const struct nearing *nearing, uint64_t row,
                       int64_t *total, struct err *err)
{
    const struct universe *universe = nearing->universe;
    uint64_t key = universe_with(row, DIM_AGE, nearing->whole);
    size_t cell = universe_lookup(universe, key);
    bool structural = false;
    if (cell == SDC_NO_CELL)
        return universe_ask(universe, nearing->source, nearing->context, key,
                            -1, total, &structural, err);
    *total = universe->counts[cell];
    return true;
}

static bool add_ages(const struct nearing *nearing, uint64_t row,
                     struct err *err)
{
    struct universe *universe = nearing->universe;
    const struct dimension *ages = &universe->codes->dims[DIM_AGE];
    for (size_t l = 0; l < ages->leaf_count; l++) {
        uint64_t key = universe_with(row, DIM_AGE, (size_t)ages->leaf_node[l]);
        if (universe_lookup(universe, key) == SDC_NO_CELL &&
            !universe_add_hidden(universe, nearing->source, nearing->context,
                                 key, SDC_NO_CELL, -1, err))
            return false;
    }
    return true;
}

static int by_nearness(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->apart != y->apart)
        return x->apart < y->apart ? -1 : 1;
    if (x->nearness != y->nearness)
        return x->nearness < y->nearness ? -1 : 1;
    if (x->total != y->total)
        return x->total < y->total ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

/* --- the whole ------------------------------------------------------------ */

static bool open_nearing(struct nearing *nearing, struct err *err)
{
    struct universe *universe = nearing->universe;
    size_t count = universe->codes->dims[DIM_AGE].leaf_count;
    uint16_t *leaves = arena_array(nearing->scratch, count, sizeof *leaves);
    for (size_t l = 0; l < count; l++)
        leaves[l] = (uint16_t)l;
    if (!universe_past_set(universe, DIM_AGE, leaves, count, &nearing->whole,
                           err))
        return false;
    nearing->lies = lies_new(nearing->scratch, universe);
    list_ages(nearing);
    return true;
}

/* Those that need cells, in the order in which they get them. */
static bool choose(struct nearing *nearing, struct past_row *rows, size_t count,
                   struct candidate *list, size_t *chosen, struct err *err)
{
    struct universe *universe = nearing->universe;
    *chosen = 0;
    for (size_t r = 0; r < count; r++) {
        struct candidate *at = &list[*chosen];
        *at = (struct candidate){.row = &rows[r]};
        if (!universe_key(universe, rows[r].measure, rows[r].sets, &at->key,
                          err))
            return false;
        at->key = universe_with(at->key, DIM_AGE, 0);
        if (missing_ages(universe, at->key) == 0)
            continue;
        if (!find_total(nearing, at->key, &at->total, err))
            return false;
        find_nearest(nearing, at);
        *chosen += at->nearness != NEAR_NONE;
    }
    qsort(list, *chosen, sizeof *list, by_nearness);
    return true;
}

char *universe_row_name(struct arena *arena, const struct universe *universe,
                        const struct past_row *row)
{
    struct text text = text_new(arena);
    text_add(&text, row->measure);
    for (int d = 0; d < DIM_COUNT; d++) {
        if (d == DIM_AGE || universe->codes->dims[d].count <= 1)
            continue;
        text_format(&text, ", %s ", dim_name((enum dim)d));
        universe_name_part(&text, universe, d, row->sets[d]);
    }
    return text.at;
}

bool universe_add_rows(struct universe *universe, struct past_row *rows,
                       size_t count, sdc_count *source, void *context,
                       struct err *err)
{
    struct arena *scratch = arena_new();
    struct nearing nearing = {.universe = universe,
                              .scratch = scratch,
                              .source = source,
                              .context = context};
    struct candidate *list = arena_array(scratch, count + 1, sizeof *list);
    size_t chosen = 0, added = 0, before = universe->count;
    bool ok = open_nearing(&nearing, err) &&
              choose(&nearing, rows, count, list, &chosen, err);
    for (size_t i = 0; i < chosen && ok; i++) {
        size_t missing = missing_ages(universe, list[i].key);
        list[i].row->left =
            before > ROWS_UNIVERSE || added + missing > ROWS_CELLS;
        if (list[i].row->left)
            continue;
        added += missing;
        universe->rated = true;
        ok = add_ages(&nearing, list[i].key, err);
    }
    arena_wipe(scratch);
    return ok;
}
