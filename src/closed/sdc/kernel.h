/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/kernel.h - the changes that open cells leave to an attacker.
 * CONFIDENTIAL.
 *
 * Relations among open cells are linear equations; their integer solutions are
 * the changes of the table that nobody can tell from outside, were it not for
 * the bounds. They are found by elimination, the relations with fewest open
 * cells first, and a cell is moved as the simplex method does, in whole
 * numbers. Products of pairs and cycles (circuit.h) find only some of these
 * changes; but they know what it costs to open cells. */
#ifndef SDC_KERNEL_H
#define SDC_KERNEL_H

#include "sdc/circuit.h"

struct kernel;

/* From the cells of a field that are open now. One that is opened later does
 * not move, one that is shown again has a price and stays. Where the equations
 * become too long nothing is found at all. */
struct kernel *kernel_new(const struct field *field);
void kernel_free(struct kernel *kernel); /* NULL is fine */

struct kernel_ask {
    uint32_t target;
    int direction;         /* 1 up, -1 down */
    int64_t most;          /* how far is far enough, more than 0 */
    const int32_t *prices; /* cells that are not free stay */
    const struct room *rooms;
};

/* Moves a cell as far as it is found to, within the room of each; returns how
 * far, up to a little more than asked. kernel_take must be called afterwards.
 */
int64_t kernel_raise(struct kernel *kernel, const struct kernel_ask *ask);

/* Work since the last call, in searches for a circuit. */
uint64_t kernel_work(struct kernel *kernel);

typedef void kernel_take_cell(void *context, uint32_t cell, int64_t change);
/* What changed, each cell once. */
void kernel_take(struct kernel *kernel, kernel_take_cell *take, void *context);

#endif
