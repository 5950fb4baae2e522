/* cube/cube.h - exact counts over a product of selected nodes. CONFIDENTIAL.
 *
 * A cube is dense: for each dimension a list of nodes (sets of leaves), and
 * one int64 per combination, the last dimension fastest. It is filled by one
 * pass over the facts: each fact is added to every cell whose nodes contain
 * its leaves. Sums are checked; overflow is ERR_INPUT. */
#ifndef CUBE_CUBE_H
#define CUBE_CUBE_H

#include "model/code.h"
#include "store/store.h"

struct cube_axis {
    const int *nodes; /* indices into codes->dims[dim].nodes */
    size_t count;
};

struct cube {
    const struct codes *codes;
    struct cube_axis axes[DIM_COUNT];
    size_t stride[DIM_COUNT];
    size_t cells;
    int64_t *counts; /* [cells] */
};

/* Sums the facts. `coverage` may be NULL; else facts of uncovered leaves are
 * left out of the sums (person-years only count where cases are covered). */
bool cube_build(struct arena *closed, const struct codes *codes,
                const struct facts *facts, const struct coverage *coverage,
                const struct cube_axis axes[DIM_COUNT], struct cube **out,
                struct err *err) MUST_USE;
size_t cube_cell(const struct cube *cube, const size_t place[DIM_COUNT]);
void cube_place(const struct cube *cube, size_t cell,
                size_t place[DIM_COUNT]);
int64_t cube_count(const struct cube *cube, size_t cell);

#endif
