/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "calc/kernel_spatial_impl.h"

static void read_edges(struct arena *arena,
                       const struct kernel_spatial_map *map,
                       struct spatial_graph *graph)
{
    size_t ends = 0;
    for (size_t a = 0; a < map->neighbours.areas; a++)
        ends += map->neighbours.sizes[a];
    graph->edges = arena_array(arena, ends / 2 + 1, sizeof *graph->edges);
    graph->degree =
        arena_array(arena, map->neighbours.areas + 1, sizeof(double));
    for (size_t a = 0; a < map->neighbours.areas; a++) {
        graph->degree[a] = (double)map->neighbours.sizes[a];
        for (size_t k = 0; k < map->neighbours.sizes[a]; k++) {
            size_t b = map->neighbours.lists[a][k];
            if (a < b)
                graph->edges[graph->edge_count++] = (struct spatial_edge){a, b};
        }
    }
}

/* Gives the part to all that can be reached from `first`; how many. */
static size_t flood(const struct neighbours *neighbours, size_t first,
                    size_t part, size_t *parts, size_t *queue)
{
    size_t none = neighbours->areas, head = 0, tail = 0;
    queue[tail++] = first;
    parts[first] = part;
    for (; head < tail; head++) {
        size_t a = queue[head];
        for (size_t k = 0; k < neighbours->sizes[a]; k++) {
            size_t b = neighbours->lists[a][k];
            if (parts[b] != none)
                continue;
            parts[b] = part;
            queue[tail++] = b;
        }
    }
    return tail;
}

/* Connected parts, numbered by their first areas. */
static void find_parts(struct arena *arena, const struct neighbours *neighbours,
                       struct spatial_graph *graph)
{
    size_t areas = neighbours->areas;
    size_t *queue = arena_array(arena, areas, sizeof *queue);
    graph->part = arena_array(arena, areas, sizeof(size_t));
    graph->part_sizes = arena_array(arena, areas, sizeof(size_t));
    graph->part_first = arena_array(arena, areas, sizeof(size_t));
    for (size_t a = 0; a < areas; a++)
        graph->part[a] = areas;
    for (size_t first = 0; first < areas; first++) {
        if (graph->part[first] != areas)
            continue;
        size_t part = graph->part_count++;
        graph->part_first[part] = first;
        graph->part_sizes[part] =
            flood(neighbours, first, part, graph->part, queue);
    }
}

/* R without the first area of each part: positive definite, and its
 * determinant times the size of the part is the product of R's eigenvalues
 * but 0 (Kirchhoff's theorem). */
struct grounded {
    bool *ground; /* [areas] */
    double log_det;
    double *reach;  /* [areas] its inverse times ones, 0 at the ground */
    double *spread; /* [areas] diagonal of its inverse, 0 at the ground */
};

static struct grounded ground(struct arena *arena,
                              const struct spatial_graph *graph)
{
    size_t areas = graph->areas;
    struct grounded out = {
        .ground = arena_array(arena, areas, sizeof(bool)),
        .reach = arena_array(arena, areas, sizeof(double)),
        .spread = arena_array(arena, areas, sizeof(double)),
    };
    double *values = arena_array(arena, graph->edge_count + 1, sizeof *values);
    double *diagonal = arena_array(arena, areas, sizeof *diagonal);
    for (size_t a = 0; a < areas; a++) {
        out.ground[a] = graph->part_first[graph->part[a]] == a;
        out.reach[a] = out.ground[a] ? 0.0 : 1.0;
        diagonal[a] = out.ground[a] ? 1.0 : graph->degree[a];
    }
    for (size_t e = 0; e < graph->edge_count; e++) {
        struct spatial_edge edge = graph->edges[e];
        values[e] = out.ground[edge.a] || out.ground[edge.b] ? 0.0 : -1.0;
    }
    bool done = sparse_factor(graph->structure, values, diagonal);
    assert(done); /* a connected graph, grounded: well above 0 */
    sparse_inverse_diagonal(graph->structure, out.spread);
    sparse_solve(graph->structure, out.reach);
    out.log_det = sparse_log_det(graph->structure);
    for (size_t a = 0; a < areas; a++)
        out.spread[a] = out.ground[a] ? 0.0 : out.spread[a];
    return out;
}

/* Variances under R's generalised inverse, from those relative to the ground:
 * Var(u_i - mean u). */
static void scale_parts(struct arena *arena, struct spatial_graph *graph)
{
    struct grounded grounded = ground(arena, graph);
    double *sums = arena_array(arena, graph->part_count + 1, sizeof *sums);
    graph->scale = arena_array(arena, graph->part_count + 1, sizeof(double));
    for (size_t a = 0; a < graph->areas; a++)
        sums[graph->part[a]] += grounded.reach[a];
    for (size_t a = 0; a < graph->areas; a++) {
        size_t part = graph->part[a];
        double size = (double)graph->part_sizes[part];
        double variance = grounded.spread[a] - 2.0 * grounded.reach[a] / size +
                          sums[part] / (size * size);
        if (size > 1.0)
            graph->scale[part] += log(variance) / size;
    }
    graph->log_det = grounded.log_det;
    for (size_t p = 0; p < graph->part_count; p++) {
        double size = (double)graph->part_sizes[p];
        graph->log_det += 2.0 * log(size) + (size - 1.0) * graph->scale[p];
        graph->scale[p] = exp(graph->scale[p]);
    }
}

static struct sparse *structure(struct arena *arena,
                                const struct spatial_graph *graph)
{
    struct sparse_entry *entries =
        arena_array(arena, graph->edge_count + 1, sizeof *entries);
    for (size_t e = 0; e < graph->edge_count; e++)
        entries[e] =
            (struct sparse_entry){graph->edges[e].a, graph->edges[e].b};
    struct sparse_shape shape = {.size = graph->areas,
                                 .entries = entries,
                                 .entry_count = graph->edge_count};
    return sparse_new(arena, &shape);
}

struct spatial_graph spatial_graph_new(struct arena *arena,
                                       const struct kernel_spatial_map *map)
{
    struct spatial_graph graph = {.areas = map->neighbours.areas};
    read_edges(arena, map, &graph);
    find_parts(arena, &map->neighbours, &graph);
    graph.structure = structure(arena, &graph);
    scale_parts(arena, &graph);
    return graph;
}
