/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/sparse.h"

#include <math.h>
#include <string.h>

#include "calc/sparse_impl.h"

/* A place of L in its row: which column, and where in L's columns. */
struct place {
    uint32_t column;
    size_t at;
};

/* An entry of the matrix in the row of its later unknown. */
struct source {
    uint32_t column;
    size_t entry;
};

/* Everything is numbered in the order of elimination. */
struct sparse {
    size_t size, constraints;
    uint32_t *order;     /* [size] step -> unknown */
    size_t *source_from; /* [size + 1] into sources, by row */
    struct source *sources;
    size_t *column_from; /* [size + 1] into rows and lower */
    uint32_t *rows;      /* of L's columns below the diagonal, ascending */
    size_t *row_from;    /* [size + 1] into places */
    struct place *places;
    double *lower;                      /* L */
    double *pivot;                      /* D */
    double *work;                       /* [size] zeros between calls */
    double *inverse, *inverse_diagonal; /* at the places of L and D */
};

/* --- plan ----------------------------------------------------------------- */

/* Turns counts [size] (after which one more place is free) into starts. */
static void accumulate(size_t *starts, size_t size)
{
    size_t sum = 0;
    for (size_t k = 0; k <= size; k++) {
        size_t count = k < size ? starts[k] : 0;
        starts[k] = sum;
        sum += count;
    }
}

/* The matrix by rows: each entry in the row of its later unknown. */
static void plan_sources(struct arena *arena, struct sparse *sparse,
                         const struct sparse_shape *shape)
{
    size_t size = shape->size, count = shape->entry_count;
    uint32_t *step = arena_array(arena, size + 1, sizeof *step);
    size_t *fill = arena_array(arena, size + 1, sizeof *fill);
    sparse->source_from = arena_array(arena, size + 1, sizeof(size_t));
    sparse->sources = arena_array(arena, count + 1, sizeof(struct source));
    for (size_t k = 0; k < size; k++)
        step[sparse->order[k]] = (uint32_t)k;
    for (size_t e = 0; e < count; e++) {
        uint32_t a = step[shape->entries[e].row];
        uint32_t b = step[shape->entries[e].column];
        sparse->source_from[a > b ? a : b]++;
    }
    accumulate(sparse->source_from, size);
    memcpy(fill, sparse->source_from, size * sizeof *fill);
    for (size_t e = 0; e < count; e++) {
        uint32_t a = step[shape->entries[e].row];
        uint32_t b = step[shape->entries[e].column];
        sparse->sources[fill[a > b ? a : b]++] =
            (struct source){a > b ? b : a, e};
    }
}

/* The elimination tree: the next unknown that the elimination of one reaches
 * (Liu 1990). */
struct tree {
    uint32_t *parent; /* [size], size: none */
    uint32_t *seen;   /* [size] the row that met it last */
};

/* Calls for each column of row k of L: up the tree from the row's entries. */
static void walk_row(const struct sparse *sparse, struct tree *tree, size_t k,
                     size_t *fill, uint32_t *rows)
{
    tree->seen[k] = (uint32_t)k;
    for (size_t s = sparse->source_from[k]; s < sparse->source_from[k + 1];
         s++) {
        uint32_t j = sparse->sources[s].column;
        while (tree->seen[j] != k) {
            tree->seen[j] = (uint32_t)k;
            if (tree->parent[j] == sparse->size)
                tree->parent[j] = (uint32_t)k;
            if (rows != NULL)
                rows[fill[j]] = (uint32_t)k;
            fill[j]++;
            j = tree->parent[j];
        }
    }
}

static void walk(const struct sparse *sparse, struct tree *tree, size_t *fill,
                 uint32_t *rows)
{
    memset(tree->seen, 0xff, sparse->size * sizeof *tree->seen);
    for (size_t k = 0; k < sparse->size; k++)
        tree->parent[k] = (uint32_t)sparse->size;
    for (size_t k = 0; k < sparse->size; k++)
        walk_row(sparse, tree, k, fill, rows);
}

static void plan_columns(struct arena *arena, struct sparse *sparse)
{
    size_t size = sparse->size;
    struct tree tree = {arena_array(arena, size + 1, sizeof(uint32_t)),
                        arena_array(arena, size + 1, sizeof(uint32_t))};
    size_t *fill = arena_array(arena, size + 1, sizeof *fill);
    sparse->column_from = arena_array(arena, size + 1, sizeof(size_t));
    walk(sparse, &tree, sparse->column_from, NULL);
    accumulate(sparse->column_from, size);
    memcpy(fill, sparse->column_from, size * sizeof *fill);
    size_t total = sparse->column_from[size];
    sparse->rows = arena_array(arena, total + 1, sizeof(uint32_t));
    walk(sparse, &tree, fill, sparse->rows);
}

/* L by rows, from L by columns. */
static void plan_rows(struct arena *arena, struct sparse *sparse)
{
    size_t size = sparse->size, total = sparse->column_from[size];
    size_t *fill = arena_array(arena, size + 1, sizeof *fill);
    sparse->row_from = arena_array(arena, size + 1, sizeof(size_t));
    sparse->places = arena_array(arena, total + 1, sizeof(struct place));
    for (size_t at = 0; at < total; at++)
        sparse->row_from[sparse->rows[at]]++;
    accumulate(sparse->row_from, size);
    memcpy(fill, sparse->row_from, size * sizeof *fill);
    for (size_t j = 0; j < size; j++) {
        for (size_t at = sparse->column_from[j];
             at < sparse->column_from[j + 1]; at++)
            sparse->places[fill[sparse->rows[at]]++] =
                (struct place){(uint32_t)j, at};
    }
}

struct sparse *sparse_new(struct arena *arena, const struct sparse_shape *shape)
{
    size_t size = shape->size;
    assert(shape->constraints <= shape->last_count);
    struct sparse *sparse = arena_alloc(arena, sizeof *sparse);
    sparse->size = size;
    sparse->constraints = shape->constraints;
    sparse->order = sparse_order(arena, shape);
    plan_sources(arena, sparse, shape);
    plan_columns(arena, sparse);
    plan_rows(arena, sparse);
    size_t total = sparse->column_from[size];
    sparse->lower = arena_array(arena, total + 1, sizeof(double));
    sparse->inverse = arena_array(arena, total + 1, sizeof(double));
    sparse->pivot = arena_array(arena, size + 1, sizeof(double));
    sparse->inverse_diagonal = arena_array(arena, size + 1, sizeof(double));
    sparse->work = arena_array(arena, size + 1, sizeof(double));
    return sparse;
}

size_t sparse_fill(const struct sparse *sparse)
{
    return sparse->column_from[sparse->size];
}

/* --- factor --------------------------------------------------------------- */

/* Row k of L from the rows above it: L(above) y = A(above, k), y = D l. */
static double factor_row(struct sparse *sparse, size_t k, double pivot)
{
    double *y = sparse->work, *lower = sparse->lower;
    for (size_t r = sparse->row_from[k]; r < sparse->row_from[k + 1]; r++) {
        struct place place = sparse->places[r];
        size_t j = place.column;
        double value = y[j];
        y[j] = 0.0;
        for (size_t at = sparse->column_from[j]; at < place.at; at++)
            y[sparse->rows[at]] -= lower[at] * value;
        lower[place.at] = value / sparse->pivot[j];
        pivot -= lower[place.at] * value;
    }
    return pivot;
}

bool sparse_factor(struct sparse *sparse, const double *values,
                   const double *diagonal)
{
    size_t size = sparse->size;
    for (size_t k = 0; k < size; k++) {
        for (size_t s = sparse->source_from[k]; s < sparse->source_from[k + 1];
             s++)
            sparse->work[sparse->sources[s].column] +=
                values[sparse->sources[s].entry];
        double pivot = factor_row(sparse, k, diagonal[sparse->order[k]]);
        bool multiplier = sparse->order[k] >= size - sparse->constraints;
        if (!isfinite(pivot) || (multiplier ? pivot >= 0.0 : pivot <= 0.0))
            return false;
        sparse->pivot[k] = pivot;
    }
    return true;
}

double sparse_log_det(const struct sparse *sparse)
{
    double sum = 0.0;
    for (size_t k = 0; k < sparse->size; k++)
        sum += log(fabs(sparse->pivot[k]));
    return sum;
}

void sparse_solve(struct sparse *sparse, double *b)
{
    size_t size = sparse->size;
    double *y = sparse->work;
    for (size_t k = 0; k < size; k++)
        y[k] = b[sparse->order[k]];
    for (size_t j = 0; j < size; j++) {
        for (size_t at = sparse->column_from[j];
             at < sparse->column_from[j + 1]; at++)
            y[sparse->rows[at]] -= sparse->lower[at] * y[j];
    }
    for (size_t j = size; j-- > 0;) {
        double sum = y[j] / sparse->pivot[j];
        for (size_t at = sparse->column_from[j];
             at < sparse->column_from[j + 1]; at++)
            sum -= sparse->lower[at] * y[sparse->rows[at]];
        y[j] = sum;
    }
    for (size_t k = 0; k < size; k++)
        b[sparse->order[k]] = y[k];
    memset(y, 0, size * sizeof *y);
}

/* --- inverse -------------------------------------------------------------- */

/* Z = A^-1 at the places of column j, from the columns after it:
 * Z(i, j) = - sum over k of Z(i, k) L(k, j). All those Z(i, k) are at places
 * of L, for the unknowns of a column are all neighbours of each other. The
 * work holds the sums by row; it serves both halves of the symmetric Z. */
static void inverse_column(struct sparse *sparse, size_t j)
{
    size_t from = sparse->column_from[j], to = sparse->column_from[j + 1];
    const uint32_t *rows = sparse->rows;
    double *sum = sparse->work, *inverse = sparse->inverse;
    for (size_t at = from; at < to; at++) {
        size_t k = rows[at];
        double lkj = sparse->lower[at], own = 0.0;
        size_t next = at + 1;
        for (size_t z = sparse->column_from[k];
             next < to && z < sparse->column_from[k + 1]; z++) {
            if (rows[z] != rows[next])
                continue;
            sum[rows[z]] += inverse[z] * lkj;
            own += inverse[z] * sparse->lower[next];
            next++;
        }
        sum[k] += own + sparse->inverse_diagonal[k] * lkj;
    }
    double diagonal = 1.0 / sparse->pivot[j];
    for (size_t at = from; at < to; at++) {
        inverse[at] = -sum[rows[at]];
        sum[rows[at]] = 0.0;
        diagonal -= inverse[at] * sparse->lower[at];
    }
    sparse->inverse_diagonal[j] = diagonal;
}

void sparse_inverse_diagonal(struct sparse *sparse, double *diagonal)
{
    for (size_t j = sparse->size; j-- > 0;)
        inverse_column(sparse, j);
    for (size_t k = 0; k < sparse->size; k++)
        diagonal[sparse->order[k]] = sparse->inverse_diagonal[k];
}
