/* SPDX-License-Identifier: EUPL-1.2 */
/* Making one cell safe: circuit after circuit in the table changed so far, as
 * augmenting paths widen a flow, until the cell has gone far enough up and
 * down. The changes up make one witness, those down another. */
#include "sdc/pattern.h"

#include <time.h>

/* What passing through a blocked cell and back costs, see detour.c. */
#define DETOUR_BLOCKED INT32_C(200)

/* Smaller sheets, and universes, go straight on to the last resort: it is slow,
 * but finds cheaper circuits. */
enum {
    ROOMY_CELLS = 500000,
};

static bool is_passed_over(const struct field *field, enum circuit_reach reach)
{
    return reach == CIRCUIT_ROOMY &&
           (field->sheet == NULL || field->cells <= ROOMY_CELLS);
}

struct widening {
    struct pattern *pattern;
    uint32_t cell;
    int64_t bound;              /* what may be spent */
    int64_t before;             /* what the pattern cost */
    int64_t up, down;           /* how far witnesses reach, sums included */
    int64_t went_up, went_down; /* how far the sums reach */
};

/* Showing idle cells on the way can leave more than at first; a blocked cell is
 * never worth it. */
static int64_t left(const struct widening *widening)
{
    int64_t rest =
        widening->bound - (widening->pattern->cost - widening->before);
    return rest < FIELD_BLOCKED ? rest : FIELD_BLOCKED;
}

static struct sum *sum_of(struct widening *widening, int direction)
{
    return direction > 0 ? &widening->pattern->up : &widening->pattern->down;
}

/* The best next circuit, copied out of the search. */
struct next {
    uint32_t cells[1 << 13];
    int32_t factors[1 << 13];
    struct circuit circuit;
    int direction;
    int64_t step;
};

static struct next *next_of(struct pattern *pattern)
{
    if (pattern->next == NULL)
        pattern->next = arena_alloc(pattern->desk, sizeof *pattern->next);
    return pattern->next;
}

static void keep(struct next *next, const struct circuit *circuit,
                 const struct circuit_ask *ask)
{
    for (size_t i = 0; i < circuit->count; i++) {
        next->cells[i] = circuit->cells[i];
        next->factors[i] = circuit->factors[i];
    }
    next->circuit = *circuit;
    next->circuit.cells = next->cells;
    next->circuit.factors = next->factors;
    next->direction = ask->direction;
    next->step = ask->step;
}

/* Second thoughts, which do not reach far, have no detours for long steps: they
 * win less there than the next attempt does. */
static bool may_wander(const struct pattern *pattern, int64_t step)
{
    return pattern->wander && (step == 1 || pattern->reach > CIRCUIT_WIDE);
}

/* Looks for one circuit cheaper than the best so far. */
static void consider(struct widening *widening, int direction, int64_t step,
                     enum circuit_reach reach, struct next *best)
{
    struct pattern *pattern = widening->pattern;
    struct sum *sum = sum_of(widening, direction);
    struct circuit_ask ask = {
        .target = widening->cell,
        .direction = direction,
        .step = step,
        .bound = best->circuit.cost,
        .reach = reach,
        .prices = pattern->prices,
        .rooms = sum->rooms,
        .tolls = pattern->tolls,
        .toll_rooms = TOLL_ROOMS + (direction > 0 ? 0 : TOLL_SUM),
    };
    struct circuit found;
    assert(step >= 1); /* what is missing is at least as far as it went */
    pattern->work++;
    if (circuit_find(pattern->circuits, &ask, &found))
        keep(best, &found, &ask);
    ask.bound = best->circuit.cost;
    if (may_wander(pattern, step) && ask.bound > 0 &&
        detour_find(pattern, &ask, sum, &found))
        keep(best, &found, &ask);
}

/* The cheapest circuit of the whole way that is missing, or else of one step,
 * in either direction. */
static bool choose(struct widening *widening, int64_t width, struct next *best)
{
    int64_t up = width - widening->down - widening->went_up;
    int64_t down = width - widening->up - widening->went_down;
    best->circuit.cost = left(widening);
    best->direction = 0;
    for (unsigned reach = CIRCUIT_NARROW; reach <= widening->pattern->reach;
         reach++) {
        enum circuit_reach which = (enum circuit_reach)reach;
        if (is_passed_over(widening->pattern->field, which))
            continue;
        consider(widening, 1, up, which, best);
        if (best->circuit.cost > 0)
            consider(widening, -1, down, which, best);
        if (best->circuit.cost > 0 && up != 1)
            consider(widening, 1, 1, which, best);
        if (best->circuit.cost > 0 && down != 1)
            consider(widening, -1, 1, which, best);
        if (best->direction != 0)
            return true;
    }
    return false;
}

static void open_all(struct pattern *pattern, const struct circuit *circuit)
{
    for (size_t i = 0; i < circuit->count; i++)
        pattern_open(pattern, circuit->cells[i]);
}

/* The largest multiple of the circuit that the rooms allow, up to `most`. */
static int64_t stretch(const struct sum *sum, const struct next *next,
                       int64_t most)
{
    int64_t least = most;
    for (size_t i = 0; i < next->circuit.count; i++) {
        const struct room *room = &sum->rooms[next->circuit.cells[i]];
        int64_t change = next->direction * (int64_t)next->circuit.factors[i];
        int64_t limit =
            change > 0 ? room->above / change : room->below / -change;
        least = limit < least ? limit : least;
    }
    return least;
}

static void advance(struct widening *widening, int64_t width,
                    const struct next *next)
{
    struct sum *sum = sum_of(widening, next->direction);
    int64_t *went =
        next->direction > 0 ? &widening->went_up : &widening->went_down;
    int64_t *reached = next->direction > 0 ? &widening->up : &widening->down;
    int64_t other = next->direction > 0 ? widening->down : widening->up;
    int64_t step = stretch(sum, next, width - other - *went);
    open_all(widening->pattern, &next->circuit);
    sum_add(widening->pattern, sum, &next->circuit, next->direction * step);
    *went += step;
    *reached = *went > *reached ? *went : *reached;
}

static void show_unused(struct pattern *pattern, const uint32_t *cells,
                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        pattern_show_idle(pattern, cells[i]);
}

/* Makes witnesses of the sums, or takes them back. */
static void finish(struct pattern *pattern, struct sum *sum, bool ok)
{
    size_t count = sum->count;
    if (ok)
        pattern_record(pattern, sum);
    else
        sum_clear(pattern, sum);
    /* The list outlives the call: nothing else was summed up meanwhile. */
    show_unused(pattern, sum->cells, count);
}

/* --- what open cells allow by themselves ---------------------------------- */

struct taking {
    struct pattern *pattern;
    struct sum *sum;
};

static void take_change(void *context, uint32_t cell, int64_t change)
{
    const struct taking *taking = context;
    sum_change(taking->pattern, taking->sum, cell, change);
}

/* Goes as far as is asked, or as open cells are found to allow. */
static int64_t go_free(struct pattern *pattern, uint32_t cell, struct sum *sum,
                       int direction, int64_t most)
{
    struct kernel_ask ask = {
        .target = cell,
        .direction = direction,
        .most = most,
        .prices = pattern->prices,
        .rooms = sum->rooms,
    };
    if (pattern->kernel == NULL || most < 1)
        return 0;
    int64_t went = kernel_raise(pattern->kernel, &ask);
    kernel_take(pattern->kernel, take_change, &(struct taking){pattern, sum});
    pattern->work += kernel_work(pattern->kernel);
    return went;
}

static int64_t farther(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void widen_free(struct widening *widening, int64_t width)
{
    struct pattern *pattern = widening->pattern;
    uint32_t cell = widening->cell;
    if (widening->up + widening->down < width)
        widening->went_up =
            go_free(pattern, cell, &pattern->up, 1, width - widening->down);
    widening->up = farther(widening->up, widening->went_up);
    if (widening->up + widening->down < width)
        widening->went_down =
            go_free(pattern, cell, &pattern->down, -1, width - widening->up);
    widening->down = farther(widening->down, widening->went_down);
}

/* One step, either way. */
static bool step_free(struct pattern *pattern, uint32_t cell)
{
    struct sum *sum = &pattern->up;
    if (go_free(pattern, cell, sum, 1, 1) < 1) {
        sum = &pattern->down;
        if (go_free(pattern, cell, sum, -1, 1) < 1)
            return false;
    }
    pattern_record(pattern, sum);
    return true;
}

static bool widen(struct pattern *pattern, uint32_t cell, int64_t bound,
                  struct next *next)
{
    struct widening widening = {
        .pattern = pattern,
        .cell = cell,
        .bound = bound,
        .before = pattern->cost,
    };
    int64_t low, width = field_width(pattern->field, cell);
    pattern_range(pattern, cell, &low, &widening.up);
    widening.down = -low;
    widen_free(&widening, width);
    bool ok = true;
    while (ok && widening.up + widening.down < width) {
        ok = choose(&widening, width, next);
        if (ok)
            advance(&widening, width, next);
    }
    finish(pattern, &pattern->up, ok);
    finish(pattern, &pattern->down, ok);
    return ok;
}

/* --- those who see through ------------------------------------------------ */

/* A cell that must not change while others do. */
struct blocked {
    struct room up, down;
    int32_t price, detour;
};

static void block_cell(struct pattern *pattern, uint32_t cell,
                       struct blocked *kept)
{
    static const struct room none = {0, 0};
    *kept = (struct blocked){
        .up = pattern->up.rooms[cell],
        .down = pattern->down.rooms[cell],
        .price = pattern->prices[cell],
        .detour = pattern->detours[cell],
    };
    sum_set_room(pattern, &pattern->up, cell, &none);
    sum_set_room(pattern, &pattern->down, cell, &none);
    pattern->detours[cell] = DETOUR_BLOCKED;
    pattern_reprice(pattern, cell, FIELD_BLOCKED);
}

static void unblock_cell(struct pattern *pattern, uint32_t cell,
                         const struct blocked *kept)
{
    sum_set_room(pattern, &pattern->up, cell, &kept->up);
    sum_set_room(pattern, &pattern->down, cell, &kept->down);
    pattern->detours[cell] = kept->detour;
    pattern_reprice(pattern, cell, kept->price);
}

static void block(struct pattern *pattern, const uint32_t *persons,
                  size_t count, struct blocked *kept)
{
    for (size_t i = 0; i < count; i++) {
        for (uint32_t m = pattern->mate_starts[persons[i]];
             m < pattern->mate_starts[persons[i] + 1]; m++)
            block_cell(pattern, pattern->mates[m], kept++);
    }
}

static void unblock(struct pattern *pattern, const uint32_t *persons,
                    size_t count, const struct blocked *kept)
{
    for (size_t i = 0; i < count; i++) {
        for (uint32_t m = pattern->mate_starts[persons[i]];
             m < pattern->mate_starts[persons[i] + 1]; m++)
            unblock_cell(pattern, pattern->mates[m], kept++);
    }
}

static size_t mates_of(const struct pattern *pattern, const uint32_t *persons,
                       size_t count)
{
    size_t mates = 0;
    for (size_t i = 0; i < count; i++)
        mates += pattern->mate_starts[persons[i] + 1] -
                 pattern->mate_starts[persons[i]];
    return mates;
}

/* One step, either way, that leaves these persons' cells alone. */
static bool step_aside(struct pattern *pattern, uint32_t cell, int64_t bound,
                       const uint32_t *persons, size_t count, struct next *next)
{
    struct widening widening = {
        .pattern = pattern,
        .cell = cell,
        .bound = bound,
        .before = pattern->cost,
    };
    struct arena *scratch = arena_new();
    size_t mates = mates_of(pattern, persons, count);
    struct blocked *kept = arena_array(scratch, mates, sizeof *kept);
    block(pattern, persons, count, kept);
    bool free_step = step_free(pattern, cell);
    bool ok = free_step || choose(&widening, 1, next);
    unblock(pattern, persons, count, kept);
    arena_free(scratch);
    if (!ok || free_step)
        return ok;
    struct sum *sum = sum_of(&widening, next->direction);
    open_all(pattern, &next->circuit);
    sum_add(pattern, sum, &next->circuit, next->direction);
    pattern_record(pattern, sum);
    return true;
}

/* A witness that nobody sees through, or else one more for each who does. */
static bool hide_from_all(struct pattern *pattern, uint32_t cell, int64_t bound,
                          struct next *next)
{
    struct arena *scratch = arena_new();
    int64_t before = pattern->cost;
    uint32_t *persons;
    size_t count = pattern_seers(pattern, cell, scratch, &persons);
    bool ok =
        count == 0 || step_aside(pattern, cell, bound, persons, count, next);
    while (!ok && count > 0) {
        int64_t rest = bound - (pattern->cost - before);
        if (!step_aside(pattern, cell, rest, persons, 1, next))
            break;
        count = pattern_seers(pattern, cell, scratch, &persons);
        ok = count == 0;
    }
    arena_free(scratch);
    return ok;
}

/* --- another way for a witness -------------------------------------------- */

static int64_t delta_at(const struct pattern *pattern, const struct span *span,
                        uint32_t cell)
{
    uint32_t e = span->first;
    while (pattern_cell(pattern, e) != cell) {
        e++;
        assert(e < span->first + span->count);
    }
    return pattern_delta(pattern, e);
}

/* Puts a witness into a sum. */
static void lift(struct pattern *pattern, struct sum *sum,
                 const struct span *span)
{
    for (uint32_t e = span->first; e < span->first + span->count; e++)
        sum_change(pattern, sum, pattern_cell(pattern, e),
                   pattern_delta(pattern, e));
}

/* Looks for the circuit that takes the change of a cell back. */
static bool find_return(struct widening *widening, int64_t delta,
                        struct next *next)
{
    int direction = delta > 0 ? -1 : 1;
    int64_t step = delta > 0 ? delta : -delta;
    struct pattern *pattern = widening->pattern;
    int32_t price = pattern->prices[widening->cell];
    bool wander = pattern->wander;
    next->circuit.cost = left(widening);
    next->direction = 0;
    pattern->wander = false; /* detours win less here than the time they take */
    pattern_reprice(pattern, widening->cell, 0);
    consider(widening, direction, step, CIRCUIT_NARROW, next);
    if (next->direction == 0)
        consider(widening, direction, step, CIRCUIT_WIDE, next);
    pattern_reprice(pattern, widening->cell, price);
    pattern->wander = wander;
    return next->direction != 0;
}

bool pattern_reroute(struct pattern *pattern, const struct reroute *reroute)
{
    struct arena *scratch = arena_new();
    struct blocked *kept =
        arena_array(scratch, reroute->fixed_count, sizeof *kept);
    struct next *next = next_of(pattern);
    struct widening widening = {
        .pattern = pattern,
        .cell = reroute->cell,
        .bound = reroute->bound,
        .before = pattern->cost,
    };
    const struct span *span = &pattern->spans[reroute->witness];
    int64_t delta = delta_at(pattern, span, reroute->cell);
    struct sum *sum = sum_of(&widening, delta > 0 ? -1 : 1);
    lift(pattern, sum, span);
    for (size_t i = 0; i < reroute->fixed_count; i++)
        block_cell(pattern, reroute->fixed[i], &kept[i]);
    bool ok = find_return(&widening, delta, next);
    for (size_t i = reroute->fixed_count; i-- > 0;)
        unblock_cell(pattern, reroute->fixed[i], &kept[i]);
    if (ok)
        sum_add(pattern, sum, &next->circuit, -delta);
    finish(pattern, sum, ok);
    arena_free(scratch);
    return ok;
}

static bool is_late(struct pattern *pattern)
{
    struct timespec now;
    if (pattern->deadline <= 0 || pattern->late)
        return pattern->late;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    pattern->late =
        (double)now.tv_sec + (double)now.tv_nsec * 1e-9 > pattern->deadline;
    return pattern->late;
}

bool pattern_protect(struct pattern *pattern, uint32_t cell, int64_t bound)
{
    if (is_late(pattern))
        return false;
    size_t first_new = pattern->span_count;
    int64_t before = pattern->cost;
    struct next *next = next_of(pattern);
    bool ok =
        widen(pattern, cell, bound, next) &&
        (!field_secret(pattern->field, cell) ||
         hide_from_all(pattern, cell, bound - (pattern->cost - before), next));
    if (!ok)
        pattern_forget(pattern, first_new);
    return ok;
}
