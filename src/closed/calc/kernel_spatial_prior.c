/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/kernel_spatial_impl.h"

static void multiply(const struct spatial_graph *graph, size_t columns,
                     const double *x, double *rx)
{
    for (size_t a = 0; a < graph->areas; a++) {
        for (size_t j = 0; j < columns; j++)
            rx[a * columns + j] = graph->degree[a] * x[a * columns + j];
    }
    for (size_t e = 0; e < graph->edge_count; e++) {
        size_t a = graph->edges[e].a * columns, b = graph->edges[e].b * columns;
        for (size_t j = 0; j < columns; j++) {
            rx[a + j] -= x[b + j];
            rx[b + j] -= x[a + j];
        }
    }
}

static double covariate(const struct kernel_spatial_map *map, size_t column,
                        size_t area)
{
    return column == 0 ? 1.0 : map->covariates[column - 1][area];
}

static struct spatial_design design_new(struct arena *arena,
                                        const struct kernel_spatial_map *map,
                                        const struct spatial_graph *graph)
{
    size_t columns = 1 + map->covariate_count, areas = map->neighbours.areas;
    struct spatial_design out = {
        .columns = columns,
        .unit = arena_array(arena, columns, sizeof(double)),
        .x = arena_array(arena, areas * columns + 1, sizeof(double)),
        .rx = arena_array(arena, areas * columns + 1, sizeof(double)),
        .xx = arena_array(arena, columns * columns, sizeof(double)),
        .xrx = arena_array(arena, columns * columns, sizeof(double)),
    };
    for (size_t j = 0; j < columns; j++) {
        for (size_t a = 0; a < areas; a++)
            out.unit[j] = fmax(out.unit[j], fabs(covariate(map, j, a)));
        out.unit[j] = out.unit[j] > 0.0 ? out.unit[j] : 1.0;
        for (size_t a = 0; a < areas; a++)
            out.x[a * columns + j] = covariate(map, j, a) / out.unit[j];
    }
    multiply(graph, columns, out.x, out.rx);
    for (size_t j = 0; j < columns; j++) {
        for (size_t i = 0; i < areas * columns; i++) {
            size_t cell = j * columns + i % columns;
            double left = out.x[i - i % columns + j];
            out.xx[cell] += left * out.x[i];
            out.xrx[cell] += left * out.rx[i];
        }
    }
    return out;
}

/* How many entries a model lists: those of its edges, of its areas with the
 * fixed effects and the effect beside eta, and of its constraints. */
static size_t entry_count(const struct spatial_prior *prior)
{
    size_t columns = prior->design.columns, areas = prior->graph.areas;
    size_t count = prior->graph.edge_count + areas * columns +
                   columns * (columns - 1) / 2 +
                   prior->model->effects * areas * (1 + columns);
    for (size_t a = 0; a < areas && prior->model->constrained; a++)
        count += prior->graph.degree[a] > 0.0;
    return count;
}

/* What is eliminated last. A part's effects are held fast by its constraint
 * where the counts say little: one of them comes after the multiplier. */
static void list_last(struct arena *arena, const struct spatial_prior *prior,
                      struct sparse_shape *shape)
{
    const struct spatial_graph *graph = &prior->graph;
    size_t columns = prior->design.columns, held = 0;
    size_t *last =
        arena_array(arena, columns + 2 * graph->part_count, sizeof *last);
    for (size_t p = 0; p < graph->part_count && prior->model->constrained; p++)
        shape->constraints += graph->part_sizes[p] > 1;
    for (size_t p = 0; p < graph->part_count && prior->model->constrained;
         p++) {
        if (graph->part_sizes[p] == 1)
            continue;
        last[held] = prior->fixed_from + columns + held;
        last[shape->constraints + held] = graph->areas + graph->part_first[p];
        held++;
    }
    for (size_t j = 0; j < columns; j++)
        last[2 * held + j] = prior->fixed_from + j;
    shape->last = last;
    shape->last_count = 2 * held + columns;
}

struct spatial_prior spatial_prior_new(struct arena *arena,
                                       const struct kernel_spatial_map *map,
                                       const struct spatial_model *model)
{
    struct spatial_prior prior = {.model = model};
    prior.graph = spatial_graph_new(arena, map);
    prior.design = design_new(arena, map, &prior.graph);
    prior.fixed_from = map->neighbours.areas * (1 + model->effects);
    struct sparse_shape shape = {.entry_count = entry_count(&prior)};
    list_last(arena, &prior, &shape);
    shape.size = prior.fixed_from + prior.design.columns + shape.constraints;
    prior.unknowns = shape.size;
    struct sparse_entry *entries =
        arena_array(arena, shape.entry_count + 1, sizeof *entries);
    model->entries(&prior, entries);
    shape.entries = entries;
    prior.sparse = sparse_new(arena, &shape);
    prior.values = arena_array(arena, shape.entry_count + 1, sizeof(double));
    prior.diagonal = arena_array(arena, shape.size + 1, sizeof(double));
    return prior;
}
