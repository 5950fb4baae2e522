/* SPDX-License-Identifier: EUPL-1.2 */
/* The search for a cell's move: coordinate descent over atoms, from starts
 * that change little (partners of the same région and the same group). */
#include <string.h>

#include "sdc/pattern.h"

enum {
    BASE_LIMIT = 1 << 16, /* cells of one tensor product */
    SWEEP_LIMIT = 6,
    CONE_LIMIT = 400, /* starts of the last resort */
};

#define ATOM_NONE UINT32_MAX
/* A move with somebody alone in it needs a second one. */
#define PRICE_COMPANY INT64_C(40)
/* Being too narrow by one unit: worse than any set of cells, better than
 * touching a shown zero. */
#define PRICE_SHORT INT64_C(100000000)
#define PRICE_OVERFLOW (INT64_MAX / 2)

/* The vector of one dimension: an atom, or an atom minus another. */
struct choice {
    uint32_t plus, minus;
};

struct vector {
    uint64_t *terms; /* of the grid */
    signed char *signs;
    size_t count;
};

struct search {
    struct pattern *pattern;
    uint32_t target;
    uint32_t person; /* alone in the target, or PERSON_NOBODY */
    uint64_t key;
    int64_t width;         /* of the target's guarantee */
    int64_t enough;        /* width that does when no new cell is needed */
    const uint32_t *avoid; /* persons whose cells must not move */
    size_t avoid_count;
    struct choice choice[DIM_COUNT];
    struct vector vectors[DIM_COUNT];
    uint64_t *base_places; /* product of all vectors but one */
    signed char *base_signs;
    size_t base_count;
    bool overflow;    /* the product is too large to look at */
    uint64_t touched; /* differences between the target's key and others' */
    int64_t cost;     /* of the present choice */
    int64_t up, down;
};

/* --- vectors
 * -------------------------------------------------------------------- */

static void push_step(struct vector *vector, uint64_t term, signed char sign)
{
    vector->terms[vector->count] = term;
    vector->signs[vector->count++] = sign;
}

/* Parts that hold exactly one of the two atoms, in ascending order. */
static void build_vector(struct search *search, enum dim dim,
                         struct choice choice)
{
    static const struct atlas_list none = {NULL, 0};
    const struct atlas_axis *axis = &search->pattern->atlas->axes[dim];
    const struct atlas_list *plus = &axis->parts_of[choice.plus];
    const struct atlas_list *minus =
        choice.minus == ATOM_NONE ? &none : &axis->parts_of[choice.minus];
    const uint64_t *terms = search->pattern->grid.terms[dim];
    struct vector *vector = &search->vectors[dim];
    vector->count = 0;
    size_t i = 0, j = 0;
    while (i < plus->count || j < minus->count) {
        if (j == minus->count ||
            (i < plus->count && plus->at[i] < minus->at[j])) {
            push_step(vector, terms[plus->at[i++]], 1);
        } else if (i == plus->count || minus->at[j] < plus->at[i]) {
            push_step(vector, terms[minus->at[j++]], -1);
        } else {
            i++;
            j++;
        }
    }
}

/* Multiplies the base by one more vector; the last factor first, because the
 * first overwrites the base itself. */
static void multiply(struct search *search, const struct vector *vector)
{
    size_t old = search->base_count;
    for (size_t v = vector->count; v-- > 0;) {
        for (size_t b = 0; b < old; b++) {
            size_t at = v * old + b;
            search->base_places[at] = search->base_places[b] + vector->terms[v];
            search->base_signs[at] =
                (signed char)(search->base_signs[b] * vector->signs[v]);
        }
    }
    search->base_count = old * vector->count;
}

/* The product of all vectors but `free`; `free` < 0 leaves none out. */
static void build_base(struct search *search, int free)
{
    search->base_places[0] =
        universe_measure(search->key) * search->pattern->grid.measure_term;
    search->base_signs[0] = 1;
    search->base_count = 1;
    search->overflow = false;
    for (int d = 0; d < DIM_COUNT && !search->overflow; d++) {
        const struct vector *vector = &search->vectors[d];
        if (d == free)
            continue;
        search->overflow = search->base_count * vector->count > BASE_LIMIT;
        if (!search->overflow)
            multiply(search, vector);
    }
}

/* --- cost of a choice
 * -------------------------------------------------------------- */

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static bool is_avoided(const struct search *search, uint32_t person)
{
    for (size_t i = 0; i < search->avoid_count; i++) {
        if (search->avoid[i] == person)
            return true;
    }
    return false;
}

static int64_t company(const struct search *search, uint32_t person)
{
    if (person == PERSON_NOBODY || person == search->person)
        return 0;
    return is_avoided(search, person) ? PRICE_BLOCKED : PRICE_COMPANY;
}

/* Lets the room that a cell has limit the steps of the move. */
static void limit_steps(struct search *search, const struct spot *spot,
                        int sign)
{
    search->up = least(search->up, sign > 0 ? spot->above : spot->below);
    search->down = least(search->down, sign > 0 ? spot->below : spot->above);
}

/* A move that is too short costs from one to nine PRICE_SHORT, whatever the
 * threshold: always more than opening cells, always less than a blocked one. */
static int64_t short_price(int64_t missing, int64_t need)
{
    double share = (double)missing / (double)need;
    return PRICE_SHORT + (int64_t)(share * 8.0 * (double)PRICE_SHORT);
}

/* The cost of the base times one more vector; stops once over `bound`. */
static int64_t evaluate(struct search *search, const struct vector *vector,
                        int64_t bound)
{
    const struct pattern *pattern = search->pattern;
    int64_t cost = 0;
    int64_t need = search->enough;
    search->up = search->down = pattern->width;
    if (search->overflow)
        return PRICE_OVERFLOW;
    for (size_t v = 0; v < vector->count; v++) {
        for (size_t b = 0; b < search->base_count; b++) {
            size_t cell = grid_cell(&pattern->grid,
                                    search->base_places[b] + vector->terms[v]);
            if (cell == SDC_NO_CELL)
                continue;
            const struct spot *spot = &pattern->spots[cell];
            if (spot->price != 0)
                need = larger(need, larger(spot->width, search->width));
            cost += spot->price + company(search, spot->person);
            if (cost > bound)
                return cost;
            limit_steps(search, spot, search->base_signs[b] * vector->signs[v]);
        }
    }
    int64_t width = search->up + search->down;
    return width < need ? cost + short_price(need - width, need) : cost;
}

/* --- descent
 * ---------------------------------------------------------------------- */

static void set_choice(struct search *search, enum dim dim,
                       struct choice choice)
{
    search->choice[dim] = choice;
    build_vector(search, dim, choice);
}

/* Which dimensions the present choice reaches beyond the target's own part. */
static void note_touched(struct search *search)
{
    const struct pattern *pattern = search->pattern;
    search->touched = 0;
    for (size_t b = 0; !search->overflow && b < search->base_count; b++) {
        size_t cell = grid_cell(&pattern->grid, search->base_places[b]);
        if (cell != SDC_NO_CELL)
            search->touched |= pattern->universe->keys[cell] ^ search->key;
    }
}

/* Prices the present choice as a whole. */
static void settle(struct search *search)
{
    uint64_t zero = 0;
    signed char one = 1;
    struct vector unit = {&zero, &one, 1};
    build_base(search, -1);
    search->cost = evaluate(search, &unit, PRICE_OVERFLOW);
    note_touched(search);
}

static void try_choice(struct search *search, enum dim dim,
                       struct choice choice, struct choice *best)
{
    build_vector(search, dim, choice);
    int64_t cost = evaluate(search, &search->vectors[dim], search->cost - 1);
    if (cost < search->cost) {
        search->cost = cost;
        *best = choice;
    }
}

/* The best partner for the present atom, then the best atom of the target's
 * part for that partner. True when something got better. */
static bool improve(struct search *search, enum dim dim)
{
    const struct atlas_axis *axis = &search->pattern->atlas->axes[dim];
    size_t part = universe_part(search->key, dim);
    const struct atlas_list *own = &axis->atoms_of[part];
    int64_t before = search->cost;
    struct choice best = search->choice[dim];
    if (search->cost == 0)
        return false;
    build_base(search, (int)dim);
    for (uint32_t atom = 0; atom < axis->atoms; atom++) {
        if (own->count < axis->atoms && !atlas_holds(axis, part, atom))
            try_choice(search, dim, (struct choice){best.plus, atom}, &best);
    }
    try_choice(search, dim, (struct choice){best.plus, ATOM_NONE}, &best);
    for (size_t a = 0; own->count > 1 && a < own->count; a++)
        try_choice(search, dim, (struct choice){own->at[a], best.minus}, &best);
    set_choice(search, dim, best);
    return search->cost < before;
}

/* A dimension matters when the target could have a partner in it, or when the
 * move reaches other parts of it. */
static bool matters(const struct search *search, enum dim dim)
{
    const struct atlas_axis *axis = &search->pattern->atlas->axes[dim];
    size_t part = universe_part(search->key, dim);
    uint64_t places = ((UINT64_C(1) << universe_bits[dim]) - 1)
                      << universe_shift[dim];
    return axis->atoms > 1 && (axis->atoms_of[part].count < axis->atoms ||
                               (search->touched & places) != 0);
}

static void descend(struct search *search)
{
    bool better = true;
    settle(search);
    for (int sweep = 0; better && sweep < SWEEP_LIMIT; sweep++) {
        better = false;
        for (int d = 0; d < DIM_COUNT; d++) {
            if (!matters(search, (enum dim)d))
                continue;
            better = improve(search, (enum dim)d) || better;
            settle(search);
        }
    }
}

/* --- starts
 * -------------------------------------------------------------------------- */

/* How many parts hold both atoms. */
static size_t kinship(const struct atlas_axis *axis, uint32_t a, uint32_t b)
{
    const struct atlas_list *x = &axis->parts_of[a], *y = &axis->parts_of[b];
    size_t i = 0, j = 0, shared = 0;
    while (i < x->count && j < y->count) {
        if (x->at[i] == y->at[j]) {
            shared++;
            i++;
            j++;
        } else if (x->at[i] < y->at[j]) {
            i++;
        } else {
            j++;
        }
    }
    return shared;
}

/* The atom outside the target's part that shares most parts with `plus`. */
static uint32_t nearest(const struct search *search, enum dim dim,
                        uint32_t plus, size_t *shared)
{
    const struct atlas_axis *axis = &search->pattern->atlas->axes[dim];
    size_t part = universe_part(search->key, dim);
    uint32_t found = ATOM_NONE;
    *shared = 0;
    for (uint32_t atom = 0; atom < axis->atoms; atom++) {
        if (atlas_holds(axis, part, atom))
            continue;
        size_t kin = kinship(axis, plus, atom);
        if (found == ATOM_NONE || kin > *shared) {
            found = atom;
            *shared = kin;
        }
    }
    return found;
}

static void start_near(struct search *search, bool alone)
{
    for (int d = 0; d < DIM_COUNT; d++) {
        enum dim dim = (enum dim)d;
        const struct atlas_axis *axis = &search->pattern->atlas->axes[d];
        size_t part = universe_part(search->key, dim);
        struct choice choice = {axis->atoms_of[part].at[0], ATOM_NONE};
        size_t shared;
        if (!alone)
            choice.minus = nearest(search, dim, choice.plus, &shared);
        set_choice(search, dim, choice);
    }
}

/* The best of several descents. */
struct best {
    struct choice choice[DIM_COUNT];
    int64_t cost;
};

static void keep(const struct search *search, struct best *best)
{
    if (search->cost < best->cost) {
        best->cost = search->cost;
        memcpy(best->choice, search->choice, sizeof best->choice);
    }
}

static void restore(struct search *search, const struct best *best)
{
    for (int d = 0; d < DIM_COUNT; d++)
        set_choice(search, (enum dim)d, best->choice[d]);
    settle(search);
}

/* The dimension with most atoms in which the target has a partner. */
static int widest(const struct search *search, int except)
{
    int found = -1;
    size_t most = 1;
    for (int d = 0; d < DIM_COUNT; d++) {
        const struct atlas_axis *axis = &search->pattern->atlas->axes[d];
        size_t part = universe_part(search->key, (enum dim)d);
        if (d != except && axis->atoms > most &&
            axis->atoms_of[part].count < axis->atoms) {
            found = d;
            most = axis->atoms;
        }
    }
    return found;
}

/* Every near partner in the widest dimension, each with its best partner in
 * the next one. */
static void descend_pairs(struct search *search, struct best *best)
{
    int first = widest(search, -1);
    int second = first < 0 ? -1 : widest(search, first);
    if (second < 0)
        return;
    const struct atlas_axis *axis = &search->pattern->atlas->axes[first];
    size_t part = universe_part(search->key, (enum dim)first);
    uint32_t plus = search->choice[first].plus;
    size_t shared;
    (void)nearest(search, (enum dim)first, plus, &shared);
    for (uint32_t atom = 0; atom < axis->atoms && best->cost > 0; atom++) {
        if (atlas_holds(axis, part, atom) || kinship(axis, plus, atom) < shared)
            continue;
        set_choice(search, (enum dim)first, (struct choice){plus, atom});
        settle(search);
        improve(search, (enum dim)second);
        keep(search, best);
    }
}

/* The last resort: one atom in every dimension, so that all totals above move
 * upwards together. Some atom holds a person of the target, and no total of a
 * person is a shown zero. */
static void descend_cones(struct search *search, struct best *best)
{
    int wide = -1;
    size_t most = 1;
    start_near(search, true);
    for (int d = 0; d < DIM_COUNT; d++) {
        const struct atlas_axis *axis = &search->pattern->atlas->axes[d];
        size_t own =
            axis->atoms_of[universe_part(search->key, (enum dim)d)].count;
        if (own > most) {
            wide = d;
            most = own;
        }
    }
    for (size_t a = 0; a < most && a < CONE_LIMIT; a++) {
        if (best->cost < PRICE_SHORT)
            return;
        start_near(search, true);
        if (wide >= 0) {
            const struct atlas_axis *axis = &search->pattern->atlas->axes[wide];
            size_t part = universe_part(search->key, (enum dim)wide);
            set_choice(search, (enum dim)wide,
                       (struct choice){axis->atoms_of[part].at[a], ATOM_NONE});
        }
        descend(search);
        keep(search, best);
    }
}

static bool find_move(struct search *search)
{
    struct best best = {.cost = INT64_MAX};
    start_near(search, false);
    descend(search);
    keep(search, &best);
    if (best.cost > 0) {
        start_near(search, false);
        descend_pairs(search, &best);
        restore(search, &best);
        descend(search);
        keep(search, &best);
    }
    if (best.cost >= PRICE_SHORT)
        descend_cones(search, &best);
    restore(search, &best);
    return search->cost < PRICE_SHORT;
}

/* --- the move
 * -------------------------------------------------------------------------- */

/* Cells of the settled choice; `restore` left the whole product in the base. */
static struct move take_move(const struct search *search)
{
    struct pattern *pattern = search->pattern;
    uint32_t *cells =
        arena_array(pattern->arena, search->base_count, sizeof *cells);
    signed char *signs =
        arena_array(pattern->arena, search->base_count, sizeof *signs);
    size_t count = 0;
    for (size_t b = 0; b < search->base_count; b++) {
        size_t cell = grid_cell(&pattern->grid, search->base_places[b]);
        if (cell == SDC_NO_CELL)
            continue;
        cells[count] = (uint32_t)cell;
        signs[count++] = search->base_signs[b];
    }
    return (struct move){
        .cells = cells,
        .signs = signs,
        .count = count,
        .up = search->up,
        .down = search->down,
    };
}

static struct search *search_new(struct pattern *pattern)
{
    struct arena *arena = pattern->arena;
    struct search *search = arena_alloc(arena, sizeof *search);
    search->pattern = pattern;
    for (int d = 0; d < DIM_COUNT; d++) {
        struct vector *vector = &search->vectors[d];
        size_t parts = pattern->atlas->axes[d].parts;
        vector->terms = arena_array(arena, parts, sizeof *vector->terms);
        vector->signs = arena_array(arena, parts, sizeof *vector->signs);
    }
    search->base_places =
        arena_array(arena, BASE_LIMIT, sizeof *search->base_places);
    search->base_signs =
        arena_array(arena, BASE_LIMIT, sizeof *search->base_signs);
    return search;
}

static bool search_and_accept(struct search *search)
{
    if (!find_move(search))
        return false;
    struct move move = take_move(search);
    pattern_accept(search->pattern, &move);
    return true;
}

/* Moves that those who see through the present ones cannot see through: one
 * that avoids them all, or one for each. */
static bool escape(struct search *search)
{
    struct arena *scratch = arena_new();
    uint32_t *persons;
    size_t count = pattern_seen_through(search->pattern, search->target,
                                        scratch, &persons);
    search->enough = 1;
    search->avoid = persons;
    search->avoid_count = count;
    bool ok = count == 0 || search_and_accept(search);
    for (size_t left = ok ? 0 : count; left > 0;) {
        search->avoid_count = 1;
        ok = search_and_accept(search);
        left = ok ? pattern_seen_through(search->pattern, search->target,
                                         scratch, &persons)
                  : 0;
        search->avoid = persons;
    }
    search->avoid_count = 0;
    arena_free(scratch);
    return ok;
}

bool pattern_protect(struct pattern *pattern, size_t cell)
{
    if (pattern->search == NULL)
        pattern->search = search_new(pattern);
    struct search *search = pattern->search;
    search->target = (uint32_t)cell;
    search->key = pattern->universe->keys[cell];
    search->person = pattern->spots[cell].person;
    search->width = search->enough = pattern->spots[cell].width;
    search->avoid_count = 0;
    bool ok = pattern->wide[cell] > 0 || search_and_accept(search);
    if (ok && (pattern->universe->flags[cell] & CELL_PRIMARY))
        ok = escape(search);
    return ok;
}
