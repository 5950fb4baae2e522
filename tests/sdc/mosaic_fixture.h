/* SPDX-License-Identifier: EUPL-1.2 */
/* mosaic_fixture.h - tables of a small world, rounded. */
#ifndef MOSAIC_FIXTURE_H
#define MOSAIC_FIXTURE_H

#include "world.h"

#include "sdc/mosaic.h"

enum {
    MOST = 40, /* cells of a test */
    TRIALS = 3000,
};

static const struct hash_key key = {
    (const unsigned char *)"0123456789abcdef0123456789abcdef", 32};

/* One release: its universe and what it prints. */
struct print {
    struct universe *universe;
    struct mosaic mosaic;
    int64_t base;
};

static inline bool try_print(struct world *world, struct print *print,
                             int64_t base)
{
    struct mosaic_job job = {
        .base = base,
        .key = key,
        .count = world_count,
        .context = world,
    };
    print->base = base;
    return mosaic_round(world->arena, print->universe, &job, &print->mosaic,
                        &world->err);
}

static inline void round_all(struct world *world, struct print *print,
                             int64_t base)
{
    if (!try_print(world, print, base))
        fail_msg("%s", world->err.text);
}

/* A cell of these nodes, among sites and sexes. */
static inline size_t show(struct world *world, struct universe *universe,
                          int site, int sex)
{
    struct sdc_cell_key at = {.measure = "cases"};
    int64_t count;
    bool structural;
    size_t cell;
    at.node[DIM_SITE] = site;
    at.node[DIM_SEX] = sex;
    (void)world_count(world, &at, &count, &structural, &world->err);
    if (!universe_add(universe, &at, count, INT64_MAX, structural, &cell,
                      &world->err))
        fail_msg("%s", world->err.text);
    return cell;
}

/* What an earlier release printed of a cell, and of its population. */
static inline bool join_limited(struct world *world, struct universe *universe,
                                const struct print *from, size_t cell,
                                const char *release, bool same, int64_t limit)
{
    struct past_cell past = {
        .release = release,
        .measure = "cases",
        .status = PAST_SHOWN,
        .count = from->mosaic.values[cell],
        .limit = limit,
    };
    for (int d = 0; d < DIM_COUNT; d++) {
        size_t part = universe_part(from->universe->keys[cell], (enum dim)d);
        const struct part *leaves = &from->universe->axes[d].parts[part];
        if (!universe_past_set(universe, (enum dim)d, leaves->leaves,
                               leaves->leaf_count, &past.sets[d], &world->err))
            return false;
    }
    return same ? universe_add_printed(universe, &past, world_count, world,
                                       &world->err)
                : universe_prefer_printed(universe, &past, &world->err);
}

static inline bool join(struct world *world, struct universe *universe,
                        const struct print *from, size_t cell,
                        const char *release, bool same)
{
    return join_limited(world, universe, from, cell, release, same, INT64_MAX);
}

#endif
