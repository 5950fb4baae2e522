/* SPDX-License-Identifier: EUPL-1.2 */
/* Roundings by local search. Margins add up by construction, so what is
 * sought is a direction for every leaf that keeps every margin near the
 * truth: a problem of discrepancy. A greedy start is improved by threshold
 * accepting (Dueck and Scheuer 1990): one leaf is turned at a time, slightly
 * worse states being accepted less and less. All in integers, so the result
 * does not depend on the machine. */
#include "sdc/round_impl.h"

#include <stdlib.h>

/* Prices of one cell, in sixteenths of a base squared, found on registry-like
 * tables of 5,000 to 150,000 cells. */
enum {
    PRICE_UNIT = 16,
    PRICE_BEYOND_ONE = 4 * PRICE_UNIT,
    PRICE_BEYOND_TWO = 100 * PRICE_UNIT,
    PRICED_BASES = 64, /* beyond, only the square counts */
    HEAT = 30 * PRICE_UNIT,
    SWEEPS_LEAST = 40,
    SWEEPS_MOST = 3000,
    DESCENTS_MOST = 1000,
};
#define VISITS INT64_C(600000000) /* of a cell by a leaf, over all sweeps */

struct hunt {
    struct rounding *rounding;
    int64_t *prices; /* [known] by distance */
    int64_t known;
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

static inline int64_t price(const struct hunt *hunt, int64_t off)
{
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
        sum += price(hunt, now + step) - price(hunt, now);
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
        rounding->up[leaf] = difference < 0 ||
                             (difference == 0 && rounding_random(rounding) & 1);
        rounding_add(rounding, leaf, rounding->up[leaf] ? up : down);
    }
}

/* One pass over the leaves; true when some leaf turned. */
static bool sweep(struct hunt *hunt, int64_t heat)
{
    struct rounding *rounding = hunt->rounding;
    bool turned = false;
    for (size_t k = 0; k < rounding->movable; k++) {
        uint32_t leaf = rounding->order[k];
        int64_t step = rounding->up[leaf] ? -rounding->base : rounding->base;
        int64_t draw = (int64_t)(rounding_random(rounding) >> 40);
        if (gain_of(hunt, leaf, step) >= (heat * draw) >> 24)
            continue;
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
    place(&hunt);
    int64_t sweeps = sweeps_for(rounding);
    for (int64_t left = sweeps; left > 0; left--)
        (void)sweep(&hunt, HEAT * left * left / (sweeps * sweeps));
    bool turned = true;
    for (int pass = 0; pass < DESCENTS_MOST && turned; pass++)
        turned = sweep(&hunt, 0);
}
