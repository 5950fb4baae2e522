/* SPDX-License-Identifier: EUPL-1.2 */
/* Sparse systems against dense ones. */
#include "calc/sparse.h"
#include "check.h"
#include "dense.h"

enum {
    SIDE = 7,
    SIZE = SIDE * SIDE,
    CONSTRAINED = SIZE + 1,
};

/* A square lattice, with values that differ from place to place. */
struct lattice {
    struct sparse_entry entries[2 * SIZE + SIZE];
    double values[2 * SIZE + SIZE], diagonal[CONSTRAINED];
    size_t count;
};

static void join(struct lattice *lattice, size_t a, size_t b, double value)
{
    lattice->entries[lattice->count] = (struct sparse_entry){a, b};
    lattice->values[lattice->count++] = value;
}

static struct lattice lattice_new(void)
{
    struct lattice out = {0};
    for (size_t a = 0; a < SIZE; a++) {
        out.diagonal[a] = 4.5 + 0.1 * (double)(a % 5);
        if (a % SIDE + 1 < SIDE)
            join(&out, a, a + 1, -0.7 - 0.01 * (double)a);
        if (a + SIDE < SIZE)
            join(&out, a + SIDE, a, -0.9);
    }
    return out;
}

/* The whole matrix [size * size]. */
static double *dense_of(struct arena *arena, const struct lattice *lattice,
                        size_t size)
{
    double *matrix = arena_array(arena, size * size, sizeof *matrix);
    for (size_t e = 0; e < lattice->count; e++) {
        struct sparse_entry at = lattice->entries[e];
        matrix[at.row * size + at.column] += lattice->values[e];
        matrix[at.column * size + at.row] += lattice->values[e];
    }
    for (size_t i = 0; i < size; i++)
        matrix[i * size + i] = lattice->diagonal[i];
    return matrix;
}

static struct sparse *plan(struct arena *arena, const struct lattice *lattice)
{
    struct sparse_shape shape = {.size = SIZE,
                                 .entries = lattice->entries,
                                 .entry_count = lattice->count};
    return sparse_new(arena, &shape);
}

TEST(a_dense_factor_solves_and_inverts)
{
    /* [[4, 2, 0], [2, 5, 3], [0, 3, 10]]: determinant 124. */
    double a[9] = {4, 0, 0, 2, 5, 0, 0, 3, 10};
    double b[3] = {8, 21, 36}; /* of x = (1, 2, 3) */
    double inverse[9];
    CHECK(dense_factor(a, 3));
    dense_solve(a, 3, b);
    for (size_t i = 0; i < 3; i++)
        CHECK_NEAR(b[i], (double)i + 1.0, 1e-14);
    CHECK_NEAR(dense_log_det(a, 3), 4.820281565605037, 1e-14);
    dense_inverse(a, 3, inverse);
    CHECK_NEAR(inverse[0], 41.0 / 124.0, 1e-14);
    CHECK_NEAR(inverse[1], -20.0 / 124.0, 1e-14);
    CHECK_NEAR(inverse[5], -12.0 / 124.0, 1e-14);
    CHECK_NEAR(inverse[7], -12.0 / 124.0, 1e-14);
    double indefinite[4] = {1, 0, 2, 1};
    CHECK(!dense_factor(indefinite, 2));
}

TEST(a_sparse_system_agrees_with_a_dense_one)
{
    struct arena *arena = arena_new();
    struct lattice lattice = lattice_new();
    struct sparse *sparse = plan(arena, &lattice);
    double *factor = dense_of(arena, &lattice, SIZE);
    double *inverse = arena_array(arena, SIZE * SIZE, sizeof *inverse);
    double b[SIZE], want[SIZE], diagonal[SIZE];
    CHECK(dense_factor(factor, SIZE));
    dense_inverse(factor, SIZE, inverse);
    for (int twice = 0; twice < 2; twice++) { /* nothing is left behind */
        CHECK(sparse_factor(sparse, lattice.values, lattice.diagonal));
        CHECK_NEAR(sparse_log_det(sparse), dense_log_det(factor, SIZE), 1e-13);
        for (size_t i = 0; i < SIZE; i++)
            b[i] = want[i] = (double)(i * i % 11) - 4.0;
        sparse_solve(sparse, b);
        dense_solve(factor, SIZE, want);
        sparse_inverse_diagonal(sparse, diagonal);
        for (size_t i = 0; i < SIZE; i++) {
            CHECK_NEAR(b[i], want[i], 1e-11);
            CHECK_NEAR(diagonal[i], inverse[i * SIZE + i], 1e-12);
        }
    }
    arena_free(arena);
}

TEST(entries_of_one_place_add_up)
{
    struct arena *arena = arena_new();
    struct sparse_entry entries[] = {{0, 1}, {1, 0}};
    struct sparse_shape shape = {
        .size = 2, .entries = entries, .entry_count = 2};
    struct sparse *sparse = sparse_new(arena, &shape);
    double values[] = {0.5, 1.5}, diagonal[] = {3.0, 2.0};
    CHECK(sparse_factor(sparse, values, diagonal));
    CHECK_NEAR(sparse_log_det(sparse), log(2.0), 1e-15);
    arena_free(arena);
}

/* Given sum x = 0 a covariance C is C - C 1 1' C / (1' C 1). */
TEST(a_multiplier_conditions_the_covariance)
{
    struct arena *arena = arena_new();
    struct lattice lattice = lattice_new();
    double *factor = dense_of(arena, &lattice, SIZE);
    double *inverse = arena_array(arena, SIZE * SIZE, sizeof *inverse);
    double sums[SIZE] = {0}, total = 0.0, diagonal[CONSTRAINED];
    CHECK(dense_factor(factor, SIZE));
    dense_inverse(factor, SIZE, inverse);
    for (size_t i = 0; i < SIZE * SIZE; i++) {
        sums[i / SIZE] += inverse[i];
        total += inverse[i];
    }
    for (size_t i = 0; i < SIZE; i++)
        join(&lattice, i, SIZE, 1.0);
    /* the multiplier before an unknown, and after all of them */
    const size_t orders[2][2] = {{SIZE, 3}, {3, SIZE}};
    for (size_t k = 0; k < 2; k++) {
        struct sparse_shape shape = {.size = CONSTRAINED,
                                     .constraints = 1,
                                     .last = orders[k],
                                     .last_count = 2,
                                     .entries = lattice.entries,
                                     .entry_count = lattice.count};
        struct sparse *sparse = sparse_new(arena, &shape);
        CHECK(sparse_factor(sparse, lattice.values, lattice.diagonal));
        CHECK_NEAR(sparse_log_det(sparse),
                   dense_log_det(factor, SIZE) + log(total), 1e-13);
        sparse_inverse_diagonal(sparse, diagonal);
        for (size_t i = 0; i < SIZE; i++)
            CHECK_NEAR(diagonal[i],
                       inverse[i * SIZE + i] - sums[i] * sums[i] / total,
                       1e-12);
    }
    arena_free(arena);
}

TEST(an_indefinite_matrix_is_refused)
{
    struct arena *arena = arena_new();
    struct lattice lattice = lattice_new();
    struct sparse *sparse = plan(arena, &lattice);
    double was = lattice.diagonal[20];
    lattice.diagonal[20] = 0.1;
    CHECK(!sparse_factor(sparse, lattice.values, lattice.diagonal));
    lattice.diagonal[20] = NAN;
    CHECK(!sparse_factor(sparse, lattice.values, lattice.diagonal));
    lattice.diagonal[20] = was; /* a failure leaves the plan as it was */
    CHECK(sparse_factor(sparse, lattice.values, lattice.diagonal));
    arena_free(arena);
}

/* In the order of the rows a band of SIDE fills up: 7 per unknown. */
TEST(the_order_keeps_the_factor_sparse)
{
    struct arena *arena = arena_new();
    struct lattice lattice = lattice_new();
    CHECK(sparse_fill(plan(arena, &lattice)) < 4 * SIZE + SIZE / 2);
    struct sparse_entry chain[] = {{2, 0}, {0, 4}, {4, 1}, {1, 3}};
    struct sparse_shape shape = {.size = 5, .entries = chain, .entry_count = 4};
    CHECK_INT(sparse_fill(sparse_new(arena, &shape)), 4);
    arena_free(arena);
}

RUN(CASE(a_dense_factor_solves_and_inverts),
    CASE(a_sparse_system_agrees_with_a_dense_one),
    CASE(entries_of_one_place_add_up),
    CASE(a_multiplier_conditions_the_covariance),
    CASE(an_indefinite_matrix_is_refused),
    CASE(the_order_keeps_the_factor_sparse))
