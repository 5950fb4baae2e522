/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/circuit_impl.h"

enum {
    PLANE_PARTS = 4, /* an axis with fewer parts has no longer cycles */
};

/* --- setting up ---------------------------------------------------------- */

static size_t used_parts(const struct field_axis *axis)
{
    size_t used = 0;
    for (size_t p = 0; p < axis->atlas.parts; p++)
        used += axis->atlas.atoms_of[p].count > 0;
    return used;
}

/* Planes of two axes with enough parts; with fewer such axes only products of
 * differences are left. */
static void choose_planes(struct circuits *circuits)
{
    const struct field *field = circuits->field;
    for (size_t a = 0; a < field->axis_count; a++) {
        for (size_t b = a + 1; b < field->axis_count; b++) {
            if (used_parts(&field->axes[a]) < PLANE_PARTS ||
                used_parts(&field->axes[b]) < PLANE_PARTS)
                continue;
            circuits->planes[circuits->plane_count][0] = a;
            circuits->planes[circuits->plane_count++][1] = b;
        }
    }
    if (circuits->plane_count == 0) {
        circuits->planes[0][0] = circuits->planes[0][1] = FIELD_AXES;
        circuits->plane_count = 1;
    }
}

struct circuits *circuits_new(struct arena *arena, const struct field *field)
{
    struct circuits *circuits = arena_alloc(arena, sizeof *circuits);
    circuits->arena = arena;
    circuits->field = field;
    circuits->rows = rows_new(arena, field);
    circuits->planes_most =
        field_is_huge(field) ? CIRCUIT_HUGE_PLANES : CIRCUIT_PLANES;
    circuits->plane = plane_new(arena);
    circuits->cells =
        arena_array(arena, CIRCUIT_CELLS, sizeof *circuits->cells);
    circuits->sum_cells =
        arena_array(arena, CIRCUIT_CELLS, sizeof *circuits->sum_cells);
    circuits->factors =
        arena_array(arena, CIRCUIT_CELLS, sizeof *circuits->factors);
    circuits->sums = arena_array(arena, field->cells, sizeof *circuits->sums);
    circuits->work =
        arena_array(arena, 3 * CIRCUIT_ANYS, sizeof *circuits->work);
    choose_planes(circuits);
    return circuits;
}

/* --- room ---------------------------------------------------------------- */

static bool has_room(const struct circuits *circuits, uint32_t cell,
                     int32_t factor)
{
    const struct room *room = &circuits->ask->rooms[cell];
    if (circuit_passes(circuits, cell))
        return true;
    int64_t change = circuits->ask->direction * (int64_t)factor;
    int64_t limit = change > 0 ? room->above : room->below;
    return limit / circuits->ask->step >= (change > 0 ? change : -change);
}

/* --- rows to look at ----------------------------------------------------- */

/* Prices of a row's cells on the line of the target. *absent tells that the
 * universe has none of them. */
static int64_t line_cost(const struct circuits *circuits, uint64_t line,
                         const struct row *row, bool *absent)
{
    int64_t cost = 0;
    *absent = true;
    for (size_t i = 0; i < row->count && cost < FIELD_BLOCKED; i++) {
        size_t cell = field_cell(circuits->field, line + row->terms[i]);
        if (cell == SDC_NO_CELL)
            continue;
        cost += circuits->ask->prices[cell];
        *absent = false;
    }
    return cost;
}

/* The cheapest rows of a kind, in order of cost. A flat axis has thousands, of
 * which few come in at all. */
struct cheapest {
    struct candidate *list; /* part of the axis' own */
    size_t count, limit;
};

static bool is_dear(const struct cheapest *cheapest, int64_t cost)
{
    return cheapest->count == cheapest->limit &&
           cost >= cheapest->list[cheapest->count - 1].cost;
}

/* Takes a row that is not too dear. Rows come in order of number: of two that
 * cost the same the first stays. */
static void keep(struct cheapest *cheapest, const struct candidate *next)
{
    struct candidate *list = cheapest->list;
    cheapest->count += cheapest->count < cheapest->limit;
    size_t at = cheapest->count - 1;
    for (; at > 0 && next->cost < list[at - 1].cost; at--)
        list[at] = list[at - 1];
    list[at] = *next;
}

/* The sign that the target has in a row of its own: that of a root is -1, of
 * all others +1. */
static int target_sign(const struct circuits *circuits, uint64_t line,
                       const struct row *own)
{
    size_t i = 0;
    while (field_cell(circuits->field, line + own->terms[i]) !=
           circuits->ask->target) {
        i++;
        assert(i < own->count);
    }
    return own->signs[i];
}

/* True when a row has the room that the partner of the target needs: on the
 * target's line its cells go the other way, and those of a root's partner its
 * way. */
static bool line_fits(const struct circuits *circuits, uint64_t line,
                      const struct row *row, int sign)
{
    bool fits = true;
    for (size_t i = 0; fits && i < row->count; i++) {
        size_t cell = field_cell(circuits->field, line + row->terms[i]);
        fits = cell == SDC_NO_CELL ||
               has_room(circuits, (uint32_t)cell, -sign * row->signs[i]);
    }
    return fits;
}

static void take(struct candidates *out, const struct cheapest *from)
{
    for (size_t i = 0; i < from->count; i++)
        out->list[out->count++] = from->list[i];
}

/* The cost of the dearest of the CIRCUIT_PAIRS cheapest rows that do not change
 * the target. */
static int64_t dearest_pair(const struct candidates *axis)
{
    int64_t least[CIRCUIT_PAIRS];
    size_t count = 0;
    for (size_t i = axis->own_count; i < axis->count; i++) {
        int64_t cost = axis->list[i].cost;
        if (count == CIRCUIT_PAIRS && cost >= least[CIRCUIT_PAIRS - 1])
            continue;
        count += count < CIRCUIT_PAIRS;
        size_t at = count - 1;
        for (; at > 0 && least[at - 1] > cost; at--)
            least[at] = least[at - 1];
        least[at] = cost;
    }
    return count < CIRCUIT_PAIRS ? INT64_MAX : least[CIRCUIT_PAIRS - 1];
}

/* Sorts the rows of an axis into own, narrow and wide. A row that is too dear
 * on the target's line cannot be the partner of the target, but a narrow one
 * may still lie elsewhere on a cycle. Rows of which the target's line has no
 * cell are mostly alike: a few of them stand for all. */
static bool choose_axis(struct circuits *circuits, size_t axis, uint64_t line,
                        struct candidate *work)
{
    const struct circuit_ask *ask = circuits->ask;
    size_t part = field_part(circuits->field, ask->target, axis);
    const struct family_of *of = rows_of(circuits->rows, axis, part);
    const struct family *family = of->family;
    struct candidates *out = &circuits->axes[axis];
    size_t rows = ask->reach == CIRCUIT_NARROW ? family->narrow : family->count;
    size_t next = 0, absents = 0;
    bool any = ask->reach == CIRCUIT_ANY;
    struct cheapest kinds[] = {
        {work, 0, any ? CIRCUIT_ANYS : CIRCUIT_OWNS},
        {work + CIRCUIT_ANYS, 0, any ? CIRCUIT_ANYS : CIRCUIT_NARROWS},
        {work + 2 * CIRCUIT_ANYS, 0, any ? CIRCUIT_ANYS : CIRCUIT_WIDES},
    };
    int sign = of->own_count == 0
                   ? 1
                   : target_sign(circuits, line, &family->rows[of->own[0]]);
    for (size_t r = 0; r < rows; r++) {
        bool own = next < of->own_count && of->own[next] == r;
        next += own;
        const struct row *row = &family->rows[r];
        bool absent;
        struct candidate found = {row, (uint32_t)r,
                                  line_cost(circuits, line, row, &absent)};
        if (absent && ask->reach != CIRCUIT_ANY && absents++ >= CIRCUIT_ABSENTS)
            continue;
        size_t kind = own ? 0 : r < family->narrow ? 1 : 2;
        if ((kind != 1 && found.cost >= ask->bound) ||
            is_dear(&kinds[kind], found.cost) ||
            (ask->reach == CIRCUIT_ROOMY && !own && found.cost < ask->bound &&
             !line_fits(circuits, line, row, sign)))
            continue;
        keep(&kinds[kind], &found);
    }
    out->count = 0;
    take(out, &kinds[0]);
    out->own_count = out->count;
    take(out, &kinds[1]);
    take(out, &kinds[2]);
    out->dearest = any ? INT64_MAX : dearest_pair(out);
    return out->own_count > 0 && out->count > out->own_count;
}

/* Back into order of number, with the positions of the own rows: equal choices
 * then fall on the same partners, which is what makes cells shared. */
static void order(struct candidates *axis)
{
    size_t owns = axis->own_count;
    bool own[CIRCUIT_ROWS];
    for (size_t i = 0; i < axis->count; i++) {
        struct candidate candidate = axis->list[i];
        bool mine = i < owns;
        size_t at = i;
        for (; at > 0 && axis->list[at - 1].number > candidate.number; at--) {
            axis->list[at] = axis->list[at - 1];
            own[at] = own[at - 1];
        }
        axis->list[at] = candidate;
        own[at] = mine;
    }
    axis->own_count = 0;
    for (size_t i = 0; i < axis->count; i++) {
        if (own[i])
            axis->own[axis->own_count++] = i;
    }
}

static void find_least(struct candidates *axis)
{
    axis->least[0] = axis->least[1] = INT64_MAX;
    for (size_t i = 0; i < axis->count; i++) {
        int64_t cost = axis->list[i].cost;
        if (cost < axis->least[0]) {
            axis->least[1] = axis->least[0];
            axis->least[0] = cost;
            axis->cheapest = i;
        } else if (cost < axis->least[1]) {
            axis->least[1] = cost;
        }
    }
}

static void lay_out(struct arena *arena, struct candidates *axis)
{
    uint32_t count = 0;
    for (size_t i = 0; i < axis->count; i++) {
        const struct row *row = axis->list[i].row;
        axis->starts[i] = count;
        for (size_t k = 0; k < row->count; k++) {
            axis->pieces =
                arena_grow(arena, axis->pieces, count, &axis->piece_capacity,
                           sizeof *axis->pieces);
            axis->pieces[count++] = (struct piece){
                .term = row->terms[k],
                .sign = row->signs[k],
                .turn = row->signs[k] > 0 ? 0 : TOLL_ROOM,
            };
        }
    }
    axis->starts[axis->count] = count;
}

/* Chooses the rows to look at on each axis. False when an axis has none. */
static bool choose(struct circuits *circuits)
{
    const struct field *field = circuits->field;
    uint32_t target = circuits->ask->target;
    uint64_t place = field_origin(field, target);
    for (size_t a = 0; a < field->axis_count; a++) {
        circuits->target_terms[a] =
            field->axes[a].terms[field_part(field, target, a)];
        place += circuits->target_terms[a];
    }
    for (size_t a = 0; a < field->axis_count; a++) {
        if (!choose_axis(circuits, a, place - circuits->target_terms[a],
                         circuits->work))
            return false;
        order(&circuits->axes[a]);
        find_least(&circuits->axes[a]);
        lay_out(circuits->arena, &circuits->axes[a]);
    }
    return true;
}

/* --- products ------------------------------------------------------------ */

static void add_shifted(struct product *out, const struct product *base,
                        uint64_t term, int sign)
{
    for (size_t k = 0; k < base->count; k++) {
        out->places[out->count] = base->places[k] + term;
        out->signs[out->count++] = (signed char)(sign * base->signs[k]);
    }
}

bool product_add(struct product *out, const struct product *base,
                 const struct row *a, const struct row *b, int sign)
{
    if (out->count + base->count * a->count * b->count > CIRCUIT_CELLS)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++)
            add_shifted(out, base, a->terms[i] + b->terms[j],
                        sign * a->signs[i] * b->signs[j]);
    }
    return true;
}

/* Adds up the factors of equal cells; lists each cell once. */
static size_t add_up(struct circuits *circuits, const struct product *product)
{
    size_t count = 0;
    for (size_t i = 0; i < product->count; i++) {
        size_t cell = field_cell(circuits->field, product->places[i]);
        if (cell == SDC_NO_CELL)
            continue;
        if (circuits->sums[cell] == 0)
            circuits->sum_cells[count++] = (uint32_t)cell;
        circuits->sums[cell] += product->signs[i];
    }
    return count;
}

/* A product may hold the target with either sign: both are circuits. Cells can
 * be listed twice when their sum went through 0: a cell whose sum was taken
 * reads 0 the second time. */
void circuit_offer(struct circuits *circuits, const struct product *product)
{
    size_t listed = add_up(circuits, product);
    int64_t cost = 0;
    int32_t sign = circuits->sums[circuits->ask->target];
    bool ok = sign == 1 || sign == -1;
    for (size_t i = 0; i < listed; i++) {
        uint32_t cell = circuits->sum_cells[i];
        if (circuits->sums[cell] == 0)
            continue;
        cost += circuits->ask->prices[cell];
        ok = ok && has_room(circuits, cell, sign * circuits->sums[cell]);
    }
    ok = ok && cost < circuits->cost;
    if (ok) {
        circuits->count = 0;
        circuits->cost = cost;
    }
    for (size_t i = 0; i < listed; i++) {
        uint32_t cell = circuits->sum_cells[i];
        if (ok && circuits->sums[cell] != 0) {
            circuits->cells[circuits->count] = cell;
            circuits->factors[circuits->count++] = sign * circuits->sums[cell];
        }
        circuits->sums[cell] = 0;
    }
}

/* --- pairs of rows on all axes but two ------------------------------------ */

static const struct row unit_row = {
    .terms = (const uint64_t[]){0},
    .parts = (const uint32_t[]){0},
    .signs = (const signed char[]){1},
    .count = 1,
};

/* Prices of the cells of a product, from one of its places on, where the
 * remaining axes stay at the target. */
static int64_t product_cost(const struct circuits *circuits,
                            const struct product *product, size_t from,
                            uint64_t rest)
{
    int64_t cost = 0;
    for (size_t i = from; i < product->count && cost < circuits->cost; i++)
        cost += circuit_price(circuits, product->places[i] + rest);
    return cost;
}

static bool is_tired(const struct circuits *circuits)
{
    return circuits->planes_left == 0 || circuits->looks_left < 0;
}

static void pair_axis(struct circuits *circuits, const size_t plane[2],
                      size_t axis, size_t depth, uint64_t rest);

/* All partners of one row of the target. */
static void pair_row(struct circuits *circuits, const size_t plane[2],
                     size_t axis, size_t depth, uint64_t rest,
                     const struct candidate *own)
{
    const struct candidates *rows = &circuits->axes[axis];
    const struct product *base = &circuits->products[depth];
    struct product *next = &circuits->products[depth + 1];
    next->count = 0;
    if (!product_add(next, base, own->row, &unit_row, 1))
        return;
    size_t half = next->count;
    int64_t cost = product_cost(circuits, next, 0, rest);
    for (size_t r = 0; r < rows->count; r++) {
        const struct candidate *other = &rows->list[r];
        if (other == own || other->cost >= circuits->cost ||
            other->cost > rows->dearest || cost >= circuits->cost)
            continue;
        next->count = half;
        if (!product_add(next, base, other->row, &unit_row, -1))
            continue;
        next->cost = cost + product_cost(circuits, next, half, rest);
        if (next->cost >= circuits->cost)
            continue;
        pair_axis(circuits, plane, axis + 1, depth + 1, rest);
        if (circuits->cost == 0 || is_tired(circuits))
            return;
    }
}

static void pair_axis(struct circuits *circuits, const size_t plane[2],
                      size_t axis, size_t depth, uint64_t rest)
{
    while (axis == plane[0] || axis == plane[1])
        axis++;
    if (axis >= circuits->field->axis_count) {
        const struct product *base = &circuits->products[depth];
        if (circuits->planes_left > 0)
            circuits->planes_left--;
        if (plane[0] < FIELD_AXES)
            plane_search(circuits, base, plane[0], plane[1]);
        else
            circuit_offer(circuits, base);
        return;
    }
    const struct candidates *rows = &circuits->axes[axis];
    for (size_t o = 0;
         o < rows->own_count && circuits->cost > 0 && !is_tired(circuits); o++)
        pair_row(circuits, plane, axis, depth,
                 rest - circuits->target_terms[axis],
                 &rows->list[rows->own[o]]);
}

/* --- the search ---------------------------------------------------------- */

bool circuit_find(struct circuits *circuits, const struct circuit_ask *ask,
                  struct circuit *out)
{
    const struct field *field = circuits->field;
    circuits->ask = ask;
    circuits->count = 0;
    circuits->cost = ask->bound;
    if (ask->bound <= 0 || !has_room(circuits, ask->target, 1) ||
        !choose(circuits))
        return false;
    uint64_t rest = 0;
    for (size_t a = 0; a < field->axis_count; a++)
        rest += circuits->target_terms[a];
    struct product *start = &circuits->products[0];
    start->places[0] = field_origin(field, ask->target);
    start->signs[0] = 1;
    start->count = 1;
    start->cost = ask->prices[ask->target];
    /* Each kind of plane has its share, whatever the others took. */
    size_t share = circuits->planes_most;
    if (ask->reach == CIRCUIT_ANY)
        share = CIRCUIT_ANY_PLANES;
    else if (ask->passed != NULL && share > CIRCUIT_PASSED_PLANES)
        share = CIRCUIT_PASSED_PLANES;
    circuits->looks_left = field->wide ? CIRCUIT_LOOKS : INT64_MAX;
    for (size_t p = 0; p < circuits->plane_count; p++) {
        circuits->planes_left = 1 + share / circuits->plane_count;
        pair_axis(circuits, circuits->planes[p], 0, 0, rest);
        if (circuits->cost == 0 && circuits->count > 0)
            break;
    }
    *out = (struct circuit){circuits->cells, circuits->factors, circuits->count,
                            circuits->cost};
    return circuits->count > 0;
}
