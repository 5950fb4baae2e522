/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "calc/kernel_joinpoint_impl.h"

/* A knot: the first year, the places for joins in order, the last year. */
struct node {
    double at;
    size_t below; /* observations before it; all of them for the last node */
    size_t upto;  /* those and the one that lies on it; 0 for the first node */
    bool observed;
};

/* Sum of squares between two nodes as a quadratic in the heights f and g:
 * ff f^2 + 2 fg f g + gg g^2 - 2 (f_y f + g_y g) + yy. */
struct part {
    double ff, fg, gg, f_y, g_y, yy;
};

/* Design of one line through the observations i .. j - 1. */
struct stretch {
    double mean, over_weight, over_sxx; /* 1 / sum w, 1 / sum w (x - mean)^2 */
};

/* Running sums over the observations before i. */
struct sums {
    double y, xy, yy; /* weighted */
};

struct joinpoint_grid {
    const double *x, *weights;
    size_t count, nodes, ends, between;
    struct node *node;       /* [nodes] */
    struct part *part;       /* [nodes * nodes] from row to column */
    struct stretch *stretch; /* [(count + 1)^2] from row to column - 1 */
    struct sums *sums;       /* [count + 1] */
    double *rest;            /* [count] y without its line */
    double *bound;           /* [(JOINPOINT_MAX + 1) * (count + 1)] */
    double line;             /* sum of squares about one line */
    bool fine;               /* some places lie between observed years */
};

/* --- the places ----------------------------------------------------------- */

static void add_node(struct joinpoint_grid *grid, double at, size_t below,
                     bool observed)
{
    grid->node[grid->nodes++] =
        (struct node){at, below, below + observed, observed};
}

static void place_nodes(struct joinpoint_grid *grid, size_t points)
{
    const double *x = grid->x;
    add_node(grid, x[0], 0, false);
    for (size_t i = 0; i < grid->count; i++) {
        bool room = i >= grid->ends && grid->count - i - 1 >= grid->ends;
        if (room)
            add_node(grid, x[i], i, true);
        room = i + 1 >= grid->ends && grid->count - i - 1 >= grid->ends;
        for (size_t p = 1; room && p <= points; p++) {
            double share = (double)p / (double)(points + 1);
            add_node(grid, x[i] + share * (x[i + 1] - x[i]), i + 1, false);
        }
    }
    add_node(grid, x[grid->count - 1], grid->count, false);
}

static struct part design(const struct joinpoint_grid *grid,
                          const struct node *from, const struct node *to)
{
    struct part part = {0};
    double length = to->at - from->at;
    for (size_t i = from->upto; i < to->below; i++) {
        double weight = trend_weight(grid->weights, i);
        double g = (grid->x[i] - from->at) / length, f = 1.0 - g;
        part.ff += weight * f * f;
        part.fg += weight * f * g;
        part.gg += weight * g * g;
    }
    /* The observation on a knot counts for the part that ends there. */
    if (to->upto > to->below)
        part.gg += trend_weight(grid->weights, to->below);
    return part;
}

static struct stretch line_design(const struct joinpoint_grid *grid, size_t i,
                                  size_t j)
{
    double total = 0.0, sum = 0.0, sxx = 0.0;
    for (size_t k = i; k < j; k++) {
        total += trend_weight(grid->weights, k);
        sum += trend_weight(grid->weights, k) * grid->x[k];
    }
    double mean = sum / total;
    for (size_t k = i; k < j; k++)
        sxx += trend_weight(grid->weights, k) * (grid->x[k] - mean) *
               (grid->x[k] - mean);
    return (struct stretch){mean, 1.0 / total, sxx > 0.0 ? 1.0 / sxx : 0.0};
}

struct joinpoint_grid *
joinpoint_grid_new(struct arena *scratch, const double *years,
                   const double *weights, size_t count,
                   const struct joinpoint_options *options)
{
    if (count > JOINPOINT_PLACES || options->grid > JOINPOINT_PLACES ||
        (count - 1) * (options->grid + 1) > JOINPOINT_PLACES)
        return NULL;
    struct joinpoint_grid *grid = arena_alloc(scratch, sizeof *grid);
    size_t most = count * (options->grid + 1) + 2, width = count + 1;
    double *x = arena_array(scratch, count, sizeof *x);
    for (size_t i = 0; i < count; i++)
        x[i] = years[i] - years[0];
    *grid = (struct joinpoint_grid){
        .x = x,
        .weights = weights,
        .count = count,
        .ends = options->ends,
        .between = options->between,
        .fine = options->grid > 0,
        .node = arena_array(scratch, most, sizeof(struct node)),
        .stretch = arena_array(scratch, width * width, sizeof(struct stretch)),
        .sums = arena_array(scratch, width, sizeof(struct sums)),
        .rest = arena_array(scratch, width, sizeof(double)),
        .bound =
            arena_array(scratch, width * (JOINPOINT_MAX + 1), sizeof(double)),
    };
    place_nodes(grid, options->grid);
    grid->part =
        arena_array(scratch, grid->nodes * grid->nodes, sizeof(struct part));
    for (size_t a = 0; a < grid->nodes; a++) {
        for (size_t b = a + 1; b < grid->nodes; b++)
            grid->part[a * grid->nodes + b] =
                design(grid, &grid->node[a], &grid->node[b]);
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j <= count; j++)
            grid->stretch[i * width + j] = line_design(grid, i, j);
    }
    return grid;
}

/* --- what is fitted ------------------------------------------------------- */

static double stretch_squares(const struct joinpoint_grid *grid, size_t i,
                              size_t j)
{
    const struct stretch *line = &grid->stretch[i * (grid->count + 1) + j];
    const struct sums *a = &grid->sums[i], *b = &grid->sums[j];
    double y = b->y - a->y, xy = b->xy - a->xy - line->mean * y;
    double squares =
        b->yy - a->yy - y * y * line->over_weight - xy * xy * line->over_sxx;
    return squares > 0.0 ? squares : 0.0;
}

/* bound[joins][i]: what the observations from i on cost at least, when
 * separate lines may run through them. */
static void bound_rest(struct joinpoint_grid *grid)
{
    size_t count = grid->count, width = count + 1;
    for (size_t i = 0; i <= count; i++)
        grid->bound[i] = count - i >= grid->ends
                             ? stretch_squares(grid, i, count)
                             : (double)INFINITY;
    for (size_t joins = 1; joins <= JOINPOINT_MAX; joins++) {
        const double *behind = grid->bound + (joins - 1) * width;
        for (size_t i = 0; i <= count; i++) {
            double best = (double)INFINITY;
            for (size_t j = i + grid->between; j + grid->ends <= count; j++)
                best = fmin(best, stretch_squares(grid, i, j) + behind[j]);
            grid->bound[joins * width + i] = best;
        }
    }
}

static void load_parts(struct joinpoint_grid *grid)
{
    for (size_t a = 0; a < grid->nodes; a++) {
        const struct node *from = &grid->node[a];
        const struct sums *low = &grid->sums[from->upto];
        for (size_t b = a + 1; b < grid->nodes; b++) {
            const struct node *to = &grid->node[b];
            const struct sums *high = &grid->sums[to->upto];
            struct part *part = &grid->part[a * grid->nodes + b];
            double y = high->y - low->y;
            part->g_y =
                (high->xy - low->xy - from->at * y) / (to->at - from->at);
            part->f_y = y - part->g_y;
            part->yy = high->yy - low->yy;
        }
    }
}

void joinpoint_grid_load(struct joinpoint_grid *grid, const double *y)
{
    /* One line is part of every model: without it sums keep more digits. */
    struct trend_line line = {0};
    if (!trend_line_fit(grid->x, y, grid->weights, grid->count, &line))
        line.slope = 0.0; /* cannot be: there are several years */
    for (size_t i = 0; i < grid->count; i++) {
        double rest =
            y[i] - line.mean_y - line.slope * (grid->x[i] - line.mean_x);
        double weighted = trend_weight(grid->weights, i) * rest;
        grid->rest[i] = rest;
        grid->sums[i + 1] = (struct sums){
            grid->sums[i].y + weighted,
            grid->sums[i].xy + weighted * grid->x[i],
            grid->sums[i].yy + weighted * rest,
        };
    }
    grid->line = line.sse;
    load_parts(grid);
    bound_rest(grid);
}

double joinpoint_grid_line(const struct joinpoint_grid *grid)
{
    return grid->line;
}

/* --- the search ----------------------------------------------------------- */

/* The best broken line up to a node, by its height h there: a h^2 - 2 b h + c.
 */
struct reach {
    double a, b, c;
};

struct search {
    const struct joinpoint_grid *grid;
    size_t joins;
    double limit, slack;
    bool coarse; /* observed years only */
    bool any;    /* the first within the limit will do */
    bool found;
    size_t at[JOINPOINT_MAX], best[JOINPOINT_MAX];
};

static double least(const struct reach *reach)
{
    return reach->a > 0.0 ? reach->c - reach->b * reach->b / reach->a
                          : reach->c;
}

static struct reach pass(const struct reach *reach, const struct part *part)
{
    double pivot = reach->a + part->ff, fixed = reach->b + part->f_y;
    double share = part->fg / pivot;
    return (struct reach){
        part->gg - share * part->fg,
        part->g_y - share * fixed,
        reach->c + part->yy - fixed * fixed / pivot,
    };
}

static void arrive(struct search *search, size_t node,
                   const struct reach *reach)
{
    const struct joinpoint_grid *grid = search->grid;
    const struct part *part = &grid->part[node * grid->nodes + grid->nodes - 1];
    struct reach whole = pass(reach, part);
    double squares = fmax(least(&whole), 0.0);
    if (!(squares <= search->limit) ||
        (search->found && squares >= search->limit))
        return;
    search->limit = squares;
    search->found = true;
    memcpy(search->best, search->at, sizeof search->best);
}

static void walk(struct search *search, size_t node, const struct reach *reach,
                 size_t left)
{
    const struct joinpoint_grid *grid = search->grid;
    size_t from = grid->node[node].upto;
    size_t need = node == 0 ? grid->ends : grid->between;
    if (left == 0) {
        arrive(search, node, reach);
        return;
    }
    const double *behind = grid->bound + (left - 1) * (grid->count + 1);
    for (size_t next = node + 1; next + 1 < grid->nodes; next++) {
        const struct node *to = &grid->node[next];
        if (to->below < from + need || (search->coarse && !to->observed))
            continue;
        struct reach there =
            pass(reach, &grid->part[node * grid->nodes + next]);
        if (least(&there) + behind[to->upto] > search->limit + search->slack)
            continue;
        search->at[search->joins - left] = next;
        walk(search, next, &there, left - 1);
        if (search->any && search->found)
            return;
    }
}

static void run(struct search *search)
{
    struct reach start = {0.0, 0.0, 0.0};
    search->found = false;
    walk(search, 0, &start, search->joins);
}

/* A broken line is never worse than one line. */
static struct search begin(const struct joinpoint_grid *grid, size_t joins,
                           double limit)
{
    return (struct search){
        .grid = grid,
        .joins = joins,
        .limit = fmin(limit, grid->line * (1.0 + 1e-9)),
        .slack = 1e-12 * grid->line,
    };
}

double joinpoint_grid_search(struct joinpoint_grid *grid, size_t joins,
                             double limit, double *places)
{
    struct search search = begin(grid, joins, limit);
    if (grid->fine) { /* observed years first: that lowers the limit */
        search.coarse = true;
        run(&search);
        search.coarse = false;
    }
    run(&search);
    if (!search.found)
        return (double)INFINITY;
    for (size_t j = 0; places != NULL && j < joins; j++)
        places[j] = grid->node[search.best[j]].at;
    return search.limit;
}

bool joinpoint_grid_reaches(struct joinpoint_grid *grid, size_t joins,
                            double limit)
{
    struct search search = begin(grid, joins, limit);
    search.any = true;
    run(&search);
    return search.found;
}
