/* SPDX-License-Identifier: EUPL-1.2 */
/* Circuits with a detour. In tables with many zeros the cheapest change often
 * is no product of pairs and one cycle, but the sum of two or three that agree
 * on cells which none of them may keep: where one would raise a zero, the next
 * lowers it again. So a first circuit is looked for at reduced prices, and
 * what it changes among shown cells is taken back by the next, dearest cell
 * first. */
#include "sdc/pattern.h"

enum {
    DETOUR_CIRCUITS = 6,
    DETOUR_CELLS = 4096,
    DETOUR_EXTRA = 600, /* reduced prices may sum up to this much more */
    DETOUR_BACK = 2,    /* blocked cells that a circuit takes back, at most */
};

struct detour {
    struct pattern *pattern;
    const struct circuit_ask *ask;
    struct sum *sum;              /* what the detour goes on from */
    uint32_t cells[DETOUR_CELLS]; /* of the best so far */
    int32_t factors[DETOUR_CELLS];
    size_t count;
    int64_t cost;
};

/* What the detour costs as it is, and its dearest cell that one more circuit
 * of the same step can take back. FIELD_BLOCKED or more where a cell has no
 * room for what is left. */
static int64_t weigh(const struct detour *detour, uint32_t *dearest)
{
    const struct sum *around = &detour->pattern->around;
    const int32_t *prices = detour->pattern->prices;
    int64_t cost = 0;
    int32_t worst = 0;
    for (size_t i = 0; i < around->count; i++) {
        uint32_t cell = around->cells[i];
        int64_t delta = around->deltas[cell];
        const struct room *room = &detour->sum->rooms[cell];
        if (delta == 0)
            continue;
        cost += prices[cell];
        if (room->below < 0 || room->above < 0)
            cost += FIELD_BLOCKED;
        bool single = delta == detour->ask->step || -delta == detour->ask->step;
        if (single && prices[cell] > worst) {
            worst = prices[cell];
            *dearest = cell;
        }
    }
    return cost;
}

/* Keeps the detour as the best. A cell can be listed twice; its delta is
 * taken out of the way at the first reading and put back at the end. */
static void keep(struct detour *detour, int64_t cost)
{
    struct sum *around = &detour->pattern->around;
    int64_t unit = detour->ask->direction * detour->ask->step;
    if (around->count > DETOUR_CELLS)
        return;
    detour->count = 0;
    detour->cost = cost;
    for (size_t i = 0; i < around->count; i++) {
        uint32_t cell = around->cells[i];
        int64_t delta = around->deltas[cell];
        if (delta == 0)
            continue;
        detour->cells[detour->count] = cell;
        detour->factors[detour->count++] = (int32_t)(delta / unit);
        around->deltas[cell] = 0;
    }
    for (size_t i = 0; i < detour->count; i++)
        around->deltas[detour->cells[i]] = detour->factors[i] * unit;
}

/* Goes along a circuit, or all the way back. */
static void go(struct detour *detour, const struct circuit *circuit,
               int64_t steps)
{
    struct pattern *pattern = detour->pattern;
    for (size_t i = 0; i < circuit->count; i++) {
        int64_t delta = circuit->factors[i] * steps;
        sum_change(pattern, &pattern->around, circuit->cells[i], delta);
        sum_shift_room(pattern, detour->sum, circuit->cells[i], delta);
    }
}

static void go_back(struct detour *detour)
{
    struct sum *around = &detour->pattern->around;
    for (size_t i = 0; i < around->count; i++) {
        uint32_t cell = around->cells[i];
        sum_shift_room(detour->pattern, detour->sum, cell,
                       -around->deltas[cell]);
        around->deltas[cell] = 0;
    }
    around->count = 0;
}

static void set_byway(struct pattern *pattern, uint32_t cell, int32_t price)
{
    pattern->detours[cell] = price;
    pattern_note(pattern, cell);
}

/* True when more blocked cells have changed than the circuits that are left are
 * likely to take back. */
static bool is_lost(const struct pattern *pattern, int64_t cost, int left)
{
    return pattern->brisk && cost / FIELD_BLOCKED > (int64_t)DETOUR_BACK * left;
}

static void wander(struct detour *detour)
{
    struct pattern *pattern = detour->pattern;
    const struct circuit_ask *ask = detour->ask;
    struct circuit_ask next = *ask;
    next.bound = ask->bound + DETOUR_EXTRA;
    next.prices = pattern->detours;
    next.rooms = detour->sum->rooms;
    next.passed = pattern->prices;
    next.tolls = pattern->byways;
    for (int i = 0; i < DETOUR_CIRCUITS; i++) {
        struct circuit found;
        uint32_t dearest = PERSON_NOBODY;
        pattern->work++;
        if (!circuit_find(pattern->circuits, &next, &found))
            return;
        go(detour, &found, next.direction * next.step);
        if (pattern->around.deltas[ask->target] != ask->direction * ask->step)
            return;
        int64_t cost = weigh(detour, &dearest);
        if (cost < detour->cost)
            keep(detour, cost);
        if (cost == 0 || dearest == PERSON_NOBODY ||
            is_lost(pattern, cost, DETOUR_CIRCUITS - 1 - i))
            return;
        /* The way back leaves the target alone. */
        set_byway(pattern, ask->target, FIELD_BLOCKED / 2);
        next.target = dearest;
        next.direction = pattern->around.deltas[dearest] > 0 ? -1 : 1;
    }
}

bool detour_find(struct pattern *pattern, const struct circuit_ask *ask,
                 struct sum *sum, struct circuit *out)
{
    if (pattern->detour == NULL) {
        pattern->detour = arena_alloc(pattern->desk, sizeof *pattern->detour);
        pattern->around.deltas =
            arena_array(pattern->desk, pattern->field->cells,
                        sizeof *pattern->around.deltas);
    }
    struct detour *detour = pattern->detour;
    detour->pattern = pattern;
    detour->ask = ask;
    detour->sum = sum;
    detour->count = 0;
    detour->cost = ask->bound;
    wander(detour);
    go_back(detour);
    set_byway(pattern, ask->target, 0);
    *out = (struct circuit){
        .cells = detour->cells,
        .factors = detour->factors,
        .count = detour->count,
        .cost = detour->cost,
    };
    return detour->count > 0;
}
