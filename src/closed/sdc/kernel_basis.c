/* SPDX-License-Identifier: EUPL-1.2 */
/* The matrix is that of the factors of cells `in` in the equations of cells
 * `out`: what cells in must do follows from what those out shall. A swap adds a
 * row and a column to it, or changes a row. The number in the corner is 1 or
 * -1, so that the inverse stays in whole numbers. */
#include "sdc/kernel_impl.h"

/* How far a cell goes for each step of a free one, all others where they are.
 */
static int64_t factor(const struct kernel *kernel, uint32_t cell, uint32_t free)
{
    if (kernel->row_of[cell] == KERNEL_NONE)
        return cell == free;
    const struct equation *row = &kernel->rows[kernel->row_of[cell]];
    const struct term *term = kernel_term(row, free);
    return term == NULL ? 0 : (int64_t)term->factor * -row->unit;
}

void basis_share(const struct kernel *kernel, uint32_t cell)
{
    struct basis *basis = kernel->basis;
    for (size_t i = 0; i < basis->count; i++)
        basis->shares[i] = 0;
    for (size_t k = 0; k < basis->count; k++) {
        int64_t own = factor(kernel, cell, basis->in[k]);
        for (size_t i = 0; own != 0 && i < basis->count; i++)
            basis->shares[i] += own * basis->inverse[k][i];
    }
}

/* What cells in do for each step of a free cell, so that those out stay. */
static void follow(const struct kernel *kernel, uint32_t free, int64_t *follows)
{
    const struct basis *basis = kernel->basis;
    for (size_t k = 0; k < basis->count; k++)
        follows[k] = 0;
    for (size_t i = 0; i < basis->count; i++) {
        int64_t own = factor(kernel, basis->out[i], free);
        for (size_t k = 0; own != 0 && k < basis->count; k++)
            follows[k] -= own * basis->inverse[k][i];
    }
}

size_t basis_legs(const struct kernel *kernel, uint32_t cell, uint32_t place,
                  struct leg *legs)
{
    const struct basis *basis = kernel->basis;
    int64_t steps[KERNEL_PIVOTS];
    size_t count = 0;
    if (place == KERNEL_NONE) {
        follow(kernel, cell, steps);
        legs[count++] = (struct leg){cell, 1};
    }
    for (size_t k = 0; k < basis->count; k++) {
        int64_t own =
            place == KERNEL_NONE ? steps[k] : basis->inverse[k][place];
        if (own != 0)
            legs[count++] = (struct leg){basis->in[k], own};
    }
    return count;
}

/* One that was out moves the cell: it takes its place. */
static void change_row(struct basis *basis, uint32_t cell, size_t place)
{
    int64_t unit = basis->shares[place];
    for (size_t k = 0; k < basis->count; k++) {
        int64_t own = basis->inverse[k][place] * unit;
        for (size_t i = 0; i < basis->count; i++)
            basis->inverse[k][i] -= basis->shares[i] * own;
        basis->inverse[k][place] = own;
    }
    basis->out[place] = cell;
}

/* A free cell moves it: one row and one column more. */
static void add_both(const struct kernel *kernel, uint32_t cell, uint32_t free,
                     int unit)
{
    struct basis *basis = kernel->basis;
    int64_t follows[KERNEL_PIVOTS] = {0};
    size_t count = basis->count++;
    follow(kernel, free, follows);
    for (size_t k = 0; k < count; k++) {
        for (size_t i = 0; i < count; i++)
            basis->inverse[k][i] -= follows[k] * basis->shares[i] * unit;
        basis->inverse[k][count] = follows[k] * unit;
        basis->inverse[count][k] = -basis->shares[k] * unit;
    }
    basis->inverse[count][count] = unit;
    basis->out[count] = cell;
    basis->in[count] = free;
}

bool basis_swap(const struct kernel *kernel, uint32_t cell, uint32_t mover,
                uint32_t place, int unit)
{
    struct basis *basis = kernel->basis;
    bool small = true;
    if (place == KERNEL_NONE)
        add_both(kernel, cell, mover, unit);
    else
        change_row(basis, cell, place);
    for (size_t k = 0; k < basis->count; k++) {
        for (size_t i = 0; i < basis->count; i++)
            small = small && basis->inverse[k][i] <= KERNEL_FACTOR &&
                    basis->inverse[k][i] >= -KERNEL_FACTOR;
    }
    return small;
}
