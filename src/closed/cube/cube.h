/* SPDX-License-Identifier: EUPL-1.2 */
/* cube/cube.h - exact counts over a product of selected nodes. CONFIDENTIAL.
 *
 * A cube is dense: for each dimension a list of nodes (sets of leaves), and
 * one int64 per combination, the last dimension fastest. It is filled by one
 * pass over the facts: each fact is added to every cell whose nodes contain
 * its leaves. Sums are checked; overflow is ERR_INPUT and names the cell.
 *
 * A measure that is not counted by a dimension (population has no site) has
 * CUBE_ANY there in all its facts, which then belong to every node of that
 * axis: the population of "lung" is the population.
 *
 * Coverage is decided for the node, not for the fact. What the sources tell
 * of a territory in a period counts for a site node only where every site of
 * that node is covered there: "all cancers" leaves out a département with a
 * registry of digestive cancers alone, cases and person-years alike, so that
 * a rate always divides the one by the other over the same ground. Where
 * coverage differs between sites, the counts of a site group may therefore be
 * less than the sum of its sites; along the other dimensions sums hold. */
#ifndef CUBE_CUBE_H
#define CUBE_CUBE_H

#include "model/code.h"
#include "store/store.h"

/* Leaf of a fact on a dimension that its measure is not counted by. */
#define CUBE_ANY UINT16_MAX

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

/* Sums the facts. `coverage` may be NULL: everything is covered. */
bool cube_build(struct arena *closed, const struct codes *codes,
                const struct facts *facts, const struct coverage *coverage,
                const struct cube_axis axes[DIM_COUNT], struct cube **out,
                struct err *err) MUST_USE;
/* The cell of places on the axes, the places of a cell, and its count. Assert
 * that it exists. */
size_t cube_cell(const struct cube *cube, const size_t place[DIM_COUNT]);
void cube_place(const struct cube *cube, size_t cell, size_t place[DIM_COUNT]);
int64_t cube_count(const struct cube *cube, size_t cell);

/* Fails with ERR_INPUT for the cell of these nodes, -1 where the measure is not
 * counted by the dimension: its sum is too large. False. */
bool cube_overflow(const struct codes *codes, const int nodes[DIM_COUNT],
                   struct err *err);
/* Checks that every leaf exists, and that a dimension is CUBE_ANY in all facts
 * or in none. ERR_INPUT. cube_build calls it. */
bool cube_check(const struct codes *codes, const struct facts *facts,
                struct err *err) MUST_USE;
/* True when the facts are counted by the dimension (or there are none). */
bool cube_counted_by(const struct facts *facts, enum dim dim);

#endif
