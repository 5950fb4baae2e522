/* SPDX-License-Identifier: EUPL-1.2 */
/* Roundings by local search. Margins add up by construction, so what is
 * sought is a direction for every leaf that keeps every margin near the
 * truth: a problem of discrepancy. A greedy start is improved by threshold
 * accepting (Dueck and Scheuer 1990): one leaf is turned at a time, slightly
 * worse states being accepted less and less. All in integers, so the result
 * does not depend on the machine. */
#include "sdc/round_impl.h"

#include <stdlib.h>

#include "base/splitmix.h"

/* Prices of one cell, in sixteenths of a base squared, found on registry-like
 * tables of 5,000 to 150,000 cells. */
enum {
    PRICE_UNIT = 16,
    PRICE_BEYOND_ONE = 4 * PRICE_UNIT,
    PRICE_BEYOND_TWO = 100 * PRICE_UNIT,
    /* Away from an aim by a base; where leaves can turn in pairs within a cell
     * without touching its aim, many times that: then only pairs do turn. */
    PRICE_ASTRAY = 100 * PRICE_UNIT,
    PRICE_ASTRAY_TILED = 2000 * PRICE_UNIT,
    PRICED_BASES = 64, /* beyond, only the square counts */
    HEAT = 30 * PRICE_UNIT,
    HEAT_ASTRAY = 40, /* times as much where there are aims to be met */
    SWEEPS_LEAST = 40,
    SWEEPS_MOST = 3000,
    DESCENTS_MOST = 1000,
    HUNTS_MORE = 12, /* while an aim is missed */
};
#define VISITS INT64_C(600000000) /* of a cell by a leaf, over all sweeps */

struct hunt {
    struct rounding *rounding;
    int64_t *prices; /* [known] by distance */
    int64_t known;
    /* By leaf, the smallest cell with an aim that holds it, or SIZE_MAX; and
     * by cell the leaves that can move and have it for that: within[c] to
     * within[c + 1] in `mates`. NULL when nothing has an aim. */
    size_t *finest;
    int64_t *astray; /* [cells] price of a base away from the aim */
    size_t *within;
    uint32_t *mates;
};

static int64_t price_of(int64_t distance, int64_t base)
{
    int64_t price = PRICE_UNIT * distance * distance / (base * base);
    int64_t beyond = distance / base;
    if (beyond >= 1)
        price += PRICE_BEYOND_ONE;
    if (beyond >= 2)
        price += PRICE_BEYOND_TWO * (beyond - 1) * (beyond - 1);
    return price;
}

static int64_t price_astray(const struct hunt *hunt, size_t cell,
                            int64_t distance)
{
    int64_t base = hunt->rounding->base;
    assert(hunt->astray != NULL); /* where there are aims */
    return hunt->astray[cell] * distance * distance / (base * base);
}

static inline int64_t price(const struct hunt *hunt, size_t cell, int64_t off)
{
    if (rounding_aims(hunt->rounding, cell)) {
        assert(hunt->rounding->aims != NULL); /* it has one */
        return price_astray(hunt, cell, off - hunt->rounding->aims[cell]);
    }
    int64_t distance = llabs(off);
    return distance < hunt->known ? hunt->prices[distance]
                                  : price_of(distance, hunt->rounding->base);
}

static int64_t gain_of(const struct hunt *hunt, size_t leaf, int64_t step)
{
    const struct plain_cover *cover = &hunt->rounding->cover;
    const int64_t *off = hunt->rounding->off;
    int64_t sum = 0;
    for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++) {
        int64_t now = off[cover->cells[i]];
        sum += price(hunt, cover->cells[i], now + step) -
               price(hunt, cover->cells[i], now);
    }
    return sum;
}

/* Places the leaves one by one where they do least harm to what is placed. */
static void place(struct hunt *hunt)
{
    struct rounding *rounding = hunt->rounding;
    for (size_t k = 0; k < rounding->movable; k++) {
        uint32_t leaf = rounding->order[k];
        int64_t down = rounding_step(rounding, leaf, false);
        int64_t up = rounding_step(rounding, leaf, true);
        int64_t difference =
            gain_of(hunt, leaf, up) - gain_of(hunt, leaf, down);
        rounding->up[leaf] =
            difference < 0 ||
            (difference == 0 && splitmix_next(&rounding->random) & 1);
        rounding_add(rounding, leaf, rounding->up[leaf] ? up : down);
    }
}

/* Turns the leaf and another the other way, in the smallest cell with an aim
 * that holds both: what one leaf alone cannot leave. */
static bool swap(struct hunt *hunt, uint32_t leaf, int64_t most)
{
    struct rounding *rounding = hunt->rounding;
    size_t cell = hunt->finest[leaf];
    if (cell == SIZE_MAX)
        return false;
    size_t count = hunt->within[cell + 1] - hunt->within[cell];
    uint32_t other =
        hunt->mates[hunt->within[cell] +
                    (splitmix_next(&rounding->random) >> 32) % count];
    if (rounding->up[other] == rounding->up[leaf])
        return false;
    int64_t step = rounding->up[leaf] ? -rounding->base : rounding->base;
    int64_t gain = gain_of(hunt, leaf, step);
    rounding_add(rounding, leaf, step);
    gain += gain_of(hunt, other, -step);
    if (gain >= most) {
        rounding_add(rounding, leaf, -step);
        return false;
    }
    rounding_add(rounding, other, -step);
    rounding->up[leaf] = !rounding->up[leaf];
    rounding->up[other] = !rounding->up[other];
    return true;
}

/* One pass over the leaves; true when some leaf turned. */
static bool sweep(struct hunt *hunt, int64_t heat)
{
    struct rounding *rounding = hunt->rounding;
    bool turned = false;
    for (size_t k = 0; k < rounding->movable; k++) {
        uint32_t leaf = rounding->order[k];
        int64_t step = rounding->up[leaf] ? -rounding->base : rounding->base;
        int64_t draw = (int64_t)(splitmix_next(&rounding->random) >> 40);
        int64_t most = (heat * draw) >> 24;
        if (gain_of(hunt, leaf, step) >= most) {
            turned = (hunt->finest != NULL && swap(hunt, leaf, most)) || turned;
            continue;
        }
        rounding->up[leaf] = !rounding->up[leaf];
        rounding_add(rounding, leaf, step);
        turned = true;
    }
    return turned;
}

static int64_t sweeps_for(const struct rounding *rounding)
{
    const struct plain_cover *cover = &rounding->cover;
    int64_t visits = (int64_t)cover->starts[cover->leaf_count] + 1;
    int64_t sweeps = VISITS / visits;
    return sweeps < SWEEPS_LEAST  ? SWEEPS_LEAST
           : sweeps > SWEEPS_MOST ? SWEEPS_MOST
                                  : sweeps;
}

/* How many leaves of each cell can move, and the smallest cell with an aim that
 * holds each of them, or SIZE_MAX. */
static void find_finest(struct hunt *hunt, size_t *sizes)
{
    const struct rounding *rounding = hunt->rounding;
    const struct plain_cover *cover = &rounding->cover;
    for (size_t k = 0; k < rounding->movable; k++) {
        uint32_t leaf = rounding->order[k];
        for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++)
            sizes[cover->cells[i]]++;
    }
    for (size_t k = 0; k < rounding->movable; k++) {
        uint32_t leaf = rounding->order[k];
        size_t *finest = &hunt->finest[leaf];
        *finest = SIZE_MAX;
        for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++) {
            uint32_t cell = cover->cells[i];
            if (rounding_aims(rounding, cell) &&
                (*finest == SIZE_MAX || sizes[cell] < sizes[*finest]))
                *finest = cell;
        }
    }
}

/* Cells with a leaf that has another smallest cell. */
static bool *find_mixed(const struct hunt *hunt)
{
    const struct rounding *rounding = hunt->rounding;
    const struct plain_cover *cover = &rounding->cover;
    bool *mixed =
        arena_array(rounding->arena, rounding->table->cells, sizeof *mixed);
    for (size_t k = 0; k < rounding->movable; k++) {
        uint32_t leaf = rounding->order[k];
        for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++)
            mixed[cover->cells[i]] |= hunt->finest[leaf] != cover->cells[i];
    }
    return mixed;
}

/* An aim that follows from those of smaller cells, which share nothing and are
 * all of it, is not sought: leaves would have to turn in pairs. Only a guess
 * is asked for here; what was printed is compared in the end. */
static void price_aims(struct hunt *hunt)
{
    struct rounding *rounding = hunt->rounding;
    const struct plain_cover *cover = &rounding->cover;
    size_t cells = rounding->table->cells;
    size_t *sizes = arena_array(rounding->arena, cells, sizeof *sizes);
    size_t *held = arena_array(rounding->arena, cells, sizeof *held);
    bool *begun = arena_array(rounding->arena, cells, sizeof *begun);
    bool *implied = arena_array(rounding->arena, cells, sizeof *implied);
    find_finest(hunt, sizes);
    const bool *mixed = find_mixed(hunt);
    for (size_t c = 0; c < cells; c++)
        implied[c] = true;
    for (size_t k = 0; k < rounding->movable; k++) {
        uint32_t leaf = rounding->order[k];
        size_t part = hunt->finest[leaf];
        bool begins = part != SIZE_MAX && !begun[part];
        for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++) {
            uint32_t cell = cover->cells[i];
            if (part == cell || part == SIZE_MAX || mixed[part])
                implied[cell] = false;
            held[cell] += begins ? sizes[part] : 0;
        }
        if (begins)
            begun[part] = true;
    }
    hunt->astray = arena_array(rounding->arena, cells, sizeof *hunt->astray);
    for (size_t c = 0; c < cells; c++)
        hunt->astray[c] = implied[c] && held[c] == sizes[c] ? 0
                          : begun[c] && !mixed[c]           ? PRICE_ASTRAY_TILED
                                                            : PRICE_ASTRAY;
}

static void find_mates(struct hunt *hunt)
{
    struct rounding *rounding = hunt->rounding;
    size_t cells = rounding->table->cells;
    size_t *fill = arena_array(rounding->arena, cells + 2, sizeof *fill);
    hunt->within = fill++;
    hunt->mates =
        arena_array(rounding->arena, rounding->movable, sizeof *hunt->mates);
    for (size_t k = 0; k < rounding->movable; k++) {
        size_t cell = hunt->finest[rounding->order[k]];
        if (cell != SIZE_MAX)
            fill[cell + 1]++;
    }
    for (size_t c = 0; c < cells; c++)
        fill[c + 1] += fill[c];
    for (size_t k = 0; k < rounding->movable; k++) {
        uint32_t leaf = rounding->order[k];
        size_t cell = hunt->finest[leaf];
        if (cell != SIZE_MAX)
            hunt->mates[fill[cell]++] = leaf;
    }
}

static void anneal(struct hunt *hunt, int64_t heat)
{
    int64_t sweeps = sweeps_for(hunt->rounding);
    for (int64_t left = sweeps; left > 0; left--)
        (void)sweep(hunt, heat * left * left / (sweeps * sweeps));
    bool turned = true;
    for (int pass = 0; pass < DESCENTS_MOST && turned; pass++)
        turned = sweep(hunt, 0);
}

void rounding_search(struct rounding *rounding)
{
    struct hunt hunt = {
        .rounding = rounding,
        .known = PRICED_BASES * rounding->base,
    };
    hunt.prices =
        arena_array(rounding->arena, (size_t)hunt.known, sizeof *hunt.prices);
    for (int64_t d = 0; d < hunt.known; d++)
        hunt.prices[d] = price_of(d, rounding->base);
    if (rounding->aims != NULL) {
        hunt.finest = arena_array(rounding->arena, rounding->cover.leaf_count,
                                  sizeof *hunt.finest);
        price_aims(&hunt);
        find_mates(&hunt);
    }
    place(&hunt);
    anneal(&hunt, rounding->aims != NULL ? HEAT_ASTRAY * HEAT : HEAT);
    for (int again = 0; again < HUNTS_MORE; again++) {
        if (rounding_astray(rounding) == rounding->table->cells)
            return;
        anneal(&hunt, HEAT_ASTRAY * HEAT);
    }
}
