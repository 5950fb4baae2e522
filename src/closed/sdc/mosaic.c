/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/mosaic.h"

#include <string.h>

#include "calc/sex.h"
#include "sdc/atlas.h"
#include "sdc/classes.h"
#include "sdc/rule.h"

enum {
    MEMBERS_LIMIT = 60000000, /* tiles of all cells together */
};

struct laying {
    struct arena *scratch;
    struct universe *universe;
    const struct mosaic_job *job;
    const struct atlas *atlas;
    uint32_t *tiles[DIM_COUNT]; /* [atoms] their part */
    size_t cells;               /* of the universe, before the tiles */
    uint32_t *members;          /* relations: a cell, its tiles */
    size_t *starts;
    size_t rows, size, capacity;
    int64_t threshold; /* the largest of a cell */
};

static bool fail_cell(const struct laying *laying, size_t cell, const char *id,
                      const char *what, struct err *err)
{
    return err_fail(err, ERR_DISCLOSURE, id, "%s: %s",
                    universe_name(laying->scratch, laying->universe, cell),
                    what);
}

/* --- tiles ---------------------------------------------------------------- */

/* The leaves of each atom as a part of the axis. */
static bool find_parts(struct laying *laying, enum dim dim, struct err *err)
{
    struct universe *universe = laying->universe;
    const struct atlas_axis *axis = &laying->atlas->axes[dim];
    size_t leaf_count = universe->codes->dims[dim].leaf_count, used = 0;
    uint32_t *parts = arena_array(laying->scratch, axis->parts, sizeof *parts);
    uint32_t *class = arena_array(laying->scratch, leaf_count, sizeof *class);
    uint16_t *leaves = arena_array(laying->scratch, leaf_count, sizeof *leaves);
    for (size_t p = 0; p < axis->parts; p++) {
        if (axis->atoms_of[p].count > 0)
            parts[used++] = (uint32_t)p;
    }
    size_t atoms =
        classes_of_leaves(&universe->axes[dim], leaf_count, parts, used, class);
    assert(atoms == axis->atoms);
    laying->tiles[dim] =
        arena_array(laying->scratch, atoms, sizeof *laying->tiles[dim]);
    for (size_t a = 0; a < atoms; a++) {
        size_t count = 0, part = 0;
        for (size_t l = 0; l < leaf_count; l++) {
            if (class[l] == a + 1)
                leaves[count++] = (uint16_t)l;
        }
        if (!universe_leaf_part(universe, dim, leaves, count, &part, err))
            return false;
        laying->tiles[dim][a] = (uint32_t)part;
    }
    return true;
}

static const struct atlas_list *atoms_at(const struct laying *laying,
                                         uint64_t key, int d)
{
    size_t part = universe_part(key, (enum dim)d);
    return &laying->atlas->axes[d].atoms_of[part];
}

/* How many tiles all cells have together; SIZE_MAX when too many. */
static size_t count_members(const struct laying *laying)
{
    size_t sum = 0;
    for (size_t c = 0; c < laying->cells; c++) {
        size_t tiles = 1;
        for (int d = 0; d < DIM_COUNT && tiles <= MEMBERS_LIMIT; d++)
            tiles *= atoms_at(laying, laying->universe->keys[c], d)->count;
        sum += tiles + 1;
        if (sum > MEMBERS_LIMIT)
            return SIZE_MAX;
    }
    return sum;
}

/* Key of tile number `tile` of a cell. */
static uint64_t tile_key(const struct laying *laying, uint64_t key, size_t tile)
{
    uint64_t out = key;
    for (int d = 0; d < DIM_COUNT; d++) {
        const struct atlas_list *atoms = atoms_at(laying, key, d);
        uint32_t atom = atoms->at[tile % atoms->count];
        tile /= atoms->count;
        out = universe_with(out, (enum dim)d, laying->tiles[d][atom]);
    }
    return out;
}

static bool lay_cell(struct laying *laying, size_t cell, struct err *err)
{
    struct universe *universe = laying->universe;
    uint64_t key = universe->keys[cell];
    size_t tiles = 1;
    for (int d = 0; d < DIM_COUNT; d++)
        tiles *= atoms_at(laying, key, d)->count;
    if (tiles == 1 && tile_key(laying, key, 0) == key)
        return true; /* it is one */
    laying->members[laying->size++] = (uint32_t)cell;
    for (size_t t = 0; t < tiles; t++) {
        uint64_t at = tile_key(laying, key, t);
        if (universe_lookup(universe, at) == SDC_NO_CELL &&
            !universe_add_hidden(universe, laying->job->count,
                                 laying->job->context, at, SDC_NO_CELL, -1,
                                 err))
            return false;
        laying->members[laying->size++] =
            (uint32_t)universe_lookup(universe, at);
    }
    laying->starts[++laying->rows] = laying->size;
    return true;
}

static bool lay(struct laying *laying, struct err *err)
{
    laying->atlas = atlas_build(laying->scratch, laying->universe);
    laying->cells = laying->universe->count;
    size_t size = count_members(laying);
    if (size == SIZE_MAX)
        return err_fail(err, ERR_DISCLOSURE, "mosaic.size",
                        "measure '%s': its tables have too many tiles in "
                        "common to be protected together",
                        laying->universe->measures[0]);
    laying->members =
        arena_array(laying->scratch, size, sizeof *laying->members);
    laying->starts =
        arena_array(laying->scratch, laying->cells + 1, sizeof *laying->starts);
    for (int d = 0; d < DIM_COUNT; d++) {
        if (!find_parts(laying, (enum dim)d, err))
            return false;
    }
    for (size_t c = 0; c < laying->cells; c++) {
        if (!lay_cell(laying, c, err))
            return false;
    }
    return true;
}

/* --- what is known -------------------------------------------------------- */

/* The only sex that has these sites, or -1. */
static int sex_of(const struct universe *universe, size_t sites)
{
    const struct dimension *dimension = &universe->codes->dims[DIM_SITE];
    const struct part *part = &universe->axes[DIM_SITE].parts[sites];
    int sex = -1;
    for (size_t i = 0; i < part->leaf_count; i++) {
        int own =
            sex_of_site(universe->codes, dimension->leaf_node[part->leaves[i]]);
        if (own < 0 || (i > 0 && own != sex))
            return -1;
        sex = own;
    }
    return sex;
}

/* What a bound is asked for: all of what its measure is not counted by, and
 * that sex alone where the sites are those of one. */
static void bound_parts(const struct universe *universe, const char *code,
                        size_t cell, size_t parts[DIM_COUNT])
{
    const struct measure *measure = code_measure(universe->codes, code);
    uint64_t key = universe->keys[cell];
    int sex = sex_of(universe, universe_part(key, DIM_SITE));
    for (int d = 0; d < DIM_COUNT; d++) {
        int total = code_total(&universe->codes->dims[d]);
        parts[d] = universe_part(key, (enum dim)d);
        if (!(measure->dims & 1U << (unsigned)d) && total >= 0)
            parts[d] = (size_t)total;
        else if (d == DIM_SEX && sex >= 0 && (int)parts[d] == total)
            parts[d] = (size_t)sex;
    }
}

/* The least of the cell's public bounds that say anything. Where nobody lives
 * nobody is counted, and everybody knows it; where somebody is, the store does
 * not tell who lives there. */
static bool bound_cell(struct laying *laying, size_t cell, struct err *err)
{
    struct universe *universe = laying->universe;
    for (size_t b = 0; b < laying->job->bound_count; b++) {
        size_t parts[DIM_COUNT];
        uint64_t key = 0;
        int64_t bound = 0;
        bool empty = false;
        bound_parts(universe, laying->job->bounds[b], cell, parts);
        if (!universe_key(universe, laying->job->bounds[b], parts, &key, err) ||
            !universe_ask(universe, laying->job->count, laying->job->context,
                          key, -1, &bound, &empty, err))
            return false;
        if (bound > 0 && bound < universe->limits[cell])
            universe->limits[cell] = bound;
        if (bound == 0 && universe->counts[cell] == 0)
            universe->flags[cell] |= CELL_STRUCTURAL;
    }
    return true;
}

static bool judge_cell(struct laying *laying, const struct rule_book *book,
                       size_t cell, struct err *err)
{
    struct universe *universe = laying->universe;
    if (universe->thresholds[cell] > laying->threshold)
        laying->threshold = universe->thresholds[cell];
    if (laying->job->base > 0 &&
        laying->job->base < universe->thresholds[cell] - 1)
        return fail_cell(
            laying, cell, "mosaic.threshold",
            arena_format(laying->scratch,
                         "rounding to base %lld cannot protect "
                         "its threshold of %lld: the base must "
                         "be at least %lld",
                         (long long)laying->job->base,
                         (long long)universe->thresholds[cell],
                         (long long)universe->thresholds[cell] - 1),
            err);
    if (cell >= universe->published || !(universe->flags[cell] & CELL_FORCED))
        return true;
    size_t rule = rule_book_forces(book, universe, cell);
    return fail_cell(
        laying, cell, "mosaic.rule",
        arena_format(laying->scratch,
                     "%s wants it suppressed, and it would be "
                     "%s",
                     rule_book_name(book, rule),
                     laying->job->base > 0 ? "rounded" : "perturbed"),
        err);
}

static bool judge(struct laying *laying, struct err *err)
{
    struct universe *universe = laying->universe;
    struct rule_book *book;
    for (size_t c = 0; c < universe->count; c++) {
        if (!bound_cell(laying, c, err))
            return false;
    }
    if (!rule_book_new(laying->scratch, universe->codes, universe->policy,
                       &book, err) ||
        !rule_book_apply(book, universe, 0, err))
        return false;
    for (size_t c = 0; c < universe->count; c++) {
        if (!judge_cell(laying, book, c, err))
            return false;
    }
    return true;
}

/* What was printed of other numbers is printed again where no rule of rounding
 * forbids it; not beside what must be printed again, where it could be in the
 * way. */
static void prefer(const struct laying *laying, int64_t *printed)
{
    const struct universe *universe = laying->universe;
    bool *sum = arena_array(laying->scratch, universe->count, sizeof *sum);
    for (size_t r = 0; r < laying->rows; r++)
        sum[laying->members[laying->starts[r]]] = true;
    for (size_t c = 0; c < universe->count; c++) {
        int64_t once = universe->printed_once[c];
        int64_t rest = universe->counts[c] % laying->job->base;
        int64_t down = universe->counts[c] - rest;
        if (!sum[c] && once != PAST_NOT_PRINTED &&
            (once == down || (rest > 0 && once == down + laying->job->base)))
            printed[c] = once;
    }
}

static const struct plain_known *gather_known(const struct laying *laying)
{
    const struct universe *universe = laying->universe;
    size_t count = universe->count;
    struct plain_known *known = arena_alloc(laying->scratch, sizeof *known);
    bool *empty = arena_array(laying->scratch, count, sizeof *empty);
    bool *hidden = arena_array(laying->scratch, count, sizeof *hidden);
    int64_t *printed = arena_array(laying->scratch, count, sizeof *printed);
    for (size_t c = 0; c < count; c++) {
        hidden[c] = c >= universe->published;
        empty[c] = universe->flags[c] & CELL_STRUCTURAL;
        printed[c] =
            universe->printed == NULL ? PLAIN_FREE : universe->printed[c];
    }
    if (laying->job->base > 0 && universe->printed == NULL &&
        universe->printed_once != NULL)
        prefer(laying, printed);
    *known = (struct plain_known){universe->limits, printed, empty, hidden};
    return known;
}

/* --- rounding ------------------------------------------------------------- */

static uint64_t mark_part(const struct laying *laying, enum dim dim,
                          size_t part)
{
    const struct universe *universe = laying->universe;
    const struct dimension *dimension = &universe->codes->dims[dim];
    const struct part *leaves = &universe->axes[dim].parts[part];
    struct arena *scratch = arena_new();
    struct text text = text_new(scratch);
    text_add(&text, dim_name(dim));
    for (size_t i = 0; i < leaves->leaf_count; i++) {
        uint16_t leaf = leaves->leaves[i];
        text_add_char(&text, '\n');
        text_add(&text, dimension->nodes[dimension->leaf_node[leaf]].code);
    }
    uint64_t mark = hash_keyed_number(&laying->job->key, text.at, text.size);
    arena_free(scratch);
    return mark;
}

/* By the codes of the leaves: the order of codes in a store says nothing. */
static const uint64_t *mark_cells(const struct laying *laying)
{
    const struct universe *universe = laying->universe;
    uint64_t *marks =
        arena_array(laying->scratch, universe->count, sizeof *marks);
    for (int d = 0; d < DIM_COUNT; d++) {
        size_t parts = universe->axes[d].count;
        uint64_t *mark = arena_array(laying->scratch, parts, sizeof *mark);
        for (size_t c = 0; c < universe->count; c++) {
            size_t part = universe_part(universe->keys[c], (enum dim)d);
            if (mark[part] == 0)
                mark[part] = mark_part(laying, (enum dim)d, part);
            marks[c] += mark[part];
        }
    }
    return marks;
}

static char *name_cell(struct arena *arena, const void *context, size_t cell)
{
    return universe_name(arena, context, cell);
}

static struct plain_table gather_table(const struct laying *laying)
{
    const struct universe *universe = laying->universe;
    return (struct plain_table){
        .cells = universe->count,
        .counts = universe->counts,
        .marks = mark_cells(laying),
        .relations = {laying->members, laying->starts, laying->rows},
        .known = gather_known(laying),
        .name = name_cell,
        .context = universe,
    };
}

static bool round_tiles(const struct laying *laying, struct arena *closed,
                        struct mosaic *out, struct err *err)
{
    const struct universe *universe = laying->universe;
    struct plain_table table = gather_table(laying);
    struct round_policy policy = {laying->job->base, laying->threshold,
                                  laying->job->key};
    int64_t *values = arena_array(closed, universe->count, sizeof *values);
    out->values = values;
    if (!round_table(closed, &table, &policy, values, &out->report, err))
        return false;
    /* Whether a network prints again what was printed depends on counts. */
    if (universe->printed != NULL || universe->printed_once != NULL)
        out->report.reach = ROUND_REACH;
    return true;
}

/* --- cell keys ------------------------------------------------------------ */

/* Who is in each tile. */
static bool ask_persons(const struct laying *laying, uint64_t *persons,
                        struct err *err)
{
    const struct universe *universe = laying->universe;
    bool *sum = arena_array(laying->scratch, universe->count, sizeof *sum);
    for (size_t r = 0; r < laying->rows; r++)
        sum[laying->members[laying->starts[r]]] = true;
    for (size_t c = 0; c < universe->count; c++) {
        int64_t number = 0;
        bool empty = false;
        if (sum[c] || universe->counts[c] == 0)
            continue;
        if (!universe_ask(universe, laying->job->persons, laying->job->context,
                          universe->keys[c], -1, &number, &empty, err))
            return false;
        persons[c] = (uint64_t)number;
    }
    return true;
}

static bool perturb_cells(const struct laying *laying, struct arena *closed,
                          struct mosaic *out, struct err *err)
{
    size_t count = laying->universe->count;
    struct plain_table table = gather_table(laying);
    struct cellkey_policy policy = {laying->job->noise, laying->threshold,
                                    laying->job->key};
    struct ptable ptable;
    int64_t *values = arena_array(closed, count, sizeof *values);
    uint64_t *persons = arena_array(laying->scratch, count, sizeof *persons);
    table.persons = persons;
    out->values = values;
    if (!ask_persons(laying, persons, err) ||
        !ptable_make(laying->scratch, &policy.noise, &ptable, err) ||
        !cellkey_table(laying->scratch, &table, &policy, values, &out->noise,
                       err))
        return false;
    out->most = ptable_reach(&ptable);
    return true;
}

typedef bool protect_tiles(const struct laying *laying, struct arena *closed,
                           struct mosaic *out, struct err *err);

static bool protect(struct arena *closed, struct universe *universe,
                    const struct mosaic_job *job, protect_tiles *tiles,
                    struct mosaic *out, struct err *err)
{
    struct laying laying = {
        .scratch = arena_new(),
        .universe = universe,
        .job = job,
        .threshold = universe->policy->threshold,
    };
    bool ok = universe_open_axes(universe, err) && lay(&laying, err) &&
              judge(&laying, err) && tiles(&laying, closed, out, err);
    arena_wipe(laying.scratch);
    return ok;
}

bool mosaic_round(struct arena *closed, struct universe *universe,
                  const struct mosaic_job *job, struct mosaic *out,
                  struct err *err)
{
    assert(job->base > 0);
    return protect(closed, universe, job, round_tiles, out, err);
}

bool mosaic_perturb(struct arena *closed, struct universe *universe,
                    const struct mosaic_job *job, struct mosaic *out,
                    struct err *err)
{
    assert(job->base == 0);
    return protect(closed, universe, job, perturb_cells, out, err);
}
