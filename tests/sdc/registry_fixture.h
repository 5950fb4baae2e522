/* SPDX-License-Identifier: EUPL-1.2 */
/* registry_fixture.h - a small registry that shows a rate of every code: what
 * its rows leave of one another can be asked for without a protection. */
#ifndef REGISTRY_FIXTURE_H
#define REGISTRY_FIXTURE_H

#include "check.h"

#include <math.h>

#include "seal/seal_ages_impl.h"

enum { REGISTRY_AGES = 2 };

/* Leaves, and all of them together where there are several: last. */
static inline void registry_nodes(struct arena *arena,
                                  struct dimension *dimension, size_t leaves)
{
    uint16_t *leaf = arena_array(arena, leaves, sizeof *leaf);
    int *leaf_node = arena_array(arena, leaves, sizeof *leaf_node);
    struct node node = {.code = "C",
                        .level = "",
                        .article = "",
                        .icd10 = "",
                        .sex = "",
                        .parent = -1,
                        .leaf_count = 1};
    for (size_t l = 0; l < leaves; l++) {
        leaf[l] = (uint16_t)l;
        node.leaves = &leaf[l];
        leaf_node[l] = code_add(arena, dimension, &node);
    }
    node.leaves = leaf;
    node.leaf_count = leaves;
    if (leaves > 1)
        code_add(arena, dimension, &node);
    dimension->leaf_node = leaf_node;
    dimension->leaf_count = leaves;
}

struct registry {
    struct plan_table plan_table;
    struct plan plan;
    struct seal_job job;
    struct derived_table derived, *tables[1];
    struct cube counts;
    struct seal_rows rows;
    struct seal seal;
    struct age_table table;
    struct age_stock stock;
    struct seal_ages ages;
};

/* Rates of every node of each dimension, of sites from that one on; all ages
 * alone. */
static inline void registry_rows(struct registry *registry, size_t first_site)
{
    struct arena *arena = registry->seal.closed;
    size_t rows = 1;
    for (size_t d = DIM_COUNT; d-- > 0;) {
        const struct dimension *dimension = &registry->ages.codes.dims[d];
        size_t count = d == DIM_AGE    ? 1
                       : d == DIM_SITE ? dimension->count - first_site
                                       : dimension->count;
        int *nodes = arena_array(arena, count, sizeof *nodes);
        for (size_t n = 0; n < count; n++)
            nodes[n] = (int)(dimension->count - count + n);
        registry->derived.axes[d] = (struct cube_axis){nodes, count};
        registry->counts.axes[d] = registry->derived.axes[d];
        registry->counts.stride[d] = rows;
        rows *= count;
    }
    struct age_rate *rate = arena_alloc(arena, sizeof *rate);
    registry->counts.cells = registry->derived.rows = rows;
    registry->counts.counts = arena_array(arena, rows, sizeof(int64_t));
    registry->rows.own = arena_array(arena, rows, sizeof(size_t));
    registry->table.fates =
        arena_array(arena, rows, sizeof *registry->table.fates);
    for (size_t r = 0; r < rows; r++) {
        struct age_fate *fate = arena_alloc(arena, sizeof *fate);
        *fate = (struct age_fate){.rate = rate, .digits = AGES_INTERVAL};
        registry->rows.own[r] = SEAL_NO_CELL;
        registry->table.fates[r] = fate;
    }
}

/* Codes and cases; no rows. */
static inline struct registry *registry_start(size_t territories, size_t years,
                                              size_t sites, size_t sexes)
{
    struct arena *arena = arena_new();
    struct registry *registry = arena_alloc(arena, sizeof *registry);
    const size_t leaves[] = {[DIM_TERRITORY] = territories,
                             [DIM_PERIOD] = years,
                             [DIM_SITE] = sites,
                             [DIM_SEX] = sexes,
                             [DIM_AGE] = REGISTRY_AGES,
                             [DIM_STRATUM] = 1};
    size_t cells = 1;
    for (size_t d = 0; d < DIM_COUNT; d++) {
        registry->stock.leaves[d] = leaves[d];
        cells *= leaves[d];
        registry_nodes(arena, &registry->ages.codes.dims[d], leaves[d]);
    }
    registry->stock.cases = arena_array(arena, cells, sizeof(int32_t));
    for (size_t c = 0; c < cells; c++)
        registry->stock.cases[c] = 1 + (int32_t)(c % 7);
    registry->stock.years = arena_array(arena, cells, sizeof(int32_t));
    registry->plan_table.value_count = 1;
    registry->plan =
        (struct plan){.tables = &registry->plan_table, .table_count = 1};
    registry->job.plan = &registry->plan;
    registry->derived.plan = &registry->plan_table;
    registry->derived.counts = &registry->counts;
    registry->tables[0] = &registry->derived;
    registry->seal = (struct seal){.closed = arena,
                                   .job = &registry->job,
                                   .tables = registry->tables,
                                   .rows = &registry->rows};
    registry->table.stock = &registry->stock;
    registry->ages.seal = &registry->seal;
    registry->ages.tables = &registry->table;
    return registry;
}

static inline struct registry *registry_new(size_t territories, size_t years,
                                            size_t sites, size_t sexes)
{
    struct registry *registry =
        registry_start(territories, years, sites, sexes);
    registry_rows(registry, 0);
    return registry;
}

static inline size_t registry_digits(const struct registry *registry)
{
    size_t count = 0;
    for (size_t r = 0; r < registry->derived.rows; r++)
        count += registry->table.fates[r]->digits != AGES_NOTHING;
    return count;
}

/* Cells that are judged, at most so many of a territory. */
static inline size_t registry_cells(struct registry *registry, size_t most)
{
    seal_ages_find_differences(&registry->ages, &registry->stock, INFINITY,
                               most);
    return registry->ages.cell_count;
}

#endif
