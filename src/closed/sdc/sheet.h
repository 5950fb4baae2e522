/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/sheet.h - one complete table outside any release. CONFIDENTIAL.
 *
 * A sheet has any number of axes; every combination of nodes, one per axis, is
 * a cell, zeros included. Cells are numbered row by row, the last axis
 * fastest. An axis may carry several hierarchies that do not nest: its nodes
 * are the codes of all of them, and each relation says that a node is the sum
 * of others. Whatever is additive follows from the relations of the axes, with
 * the other coordinates held fixed. */
#ifndef SDC_SHEET_H
#define SDC_SHEET_H

#include "base/arena.h"
#include "base/err.h"

enum {
    SHEET_AXES = 16, /* at most */
};
#define SHEET_CELLS UINT32_MAX /* cells are fewer than this */

/* total = sum of parts, by node number. */
struct sheet_relation {
    uint32_t total;
    const uint32_t *parts;
    size_t count;
};

struct sheet_axis {
    const char *name;
    const char **codes; /* [nodes] in the order of the hierarchy files */
    size_t nodes;
    const struct sheet_relation *relations;
    size_t relation_count;
    /* Leaves are nodes that no relation divides, in node order; a leaf holds
     * itself. leaves[leaf_starts[i] .. leaf_starts[i + 1]) are the leaf
     * numbers that node i holds, ascending. */
    const uint32_t *leaf_node; /* [leaf_count] */
    size_t leaf_count;
    const uint32_t *leaves;
    const size_t *leaf_starts; /* [nodes + 1] */
};

enum sheet_status {
    SHEET_SHOWN,
    SHEET_PRIMARY,
    SHEET_SECONDARY,
    SHEET_SUPPRESSED, /* read from a public file: why is not told */
};

struct sheet {
    struct sheet_axis *axes;
    size_t axis_count;
    size_t *strides; /* [axis_count] cell = sum of node * stride */
    size_t cells;
    int64_t *counts;       /* [cells]; 0 where a public file shows nothing */
    unsigned char *status; /* [cells] enum sheet_status */
};

/* Node of a cell on an axis. */
static inline size_t sheet_node(const struct sheet *sheet, size_t cell,
                                size_t axis)
{
    return cell / sheet->strides[axis] % sheet->axes[axis].nodes;
}

/* One hierarchy file for an axis; several may name the same axis. */
struct sheet_source {
    const char *axis;
    const char *path;
};

/* Reads the axes: `code,parent` files, one root each (empty parent), any
 * depth and any order of lines. The files of one axis may share codes; a code
 * that is a leaf of one and divided in another is divided, and the leaves
 * that each file's root holds must be the same. ERR_INPUT naming file and
 * line: a code twice in one file, an unknown parent, no root or two, a cycle,
 * an axis over two files that do not cover the same leaves. */
bool sheet_read_axes(struct arena *closed, const struct sheet_source *sources,
                     size_t count, struct sheet **out, struct err *err)
    MUST_USE;

/* Reads LEAF.csv or LEAF.csv.gz into a sheet whose axes are read: one column
 * per axis in any order, and `n`. Sums every cell; everything is SHEET_SHOWN.
 * ERR_INPUT naming file, line and column: unknown code, a code that is no
 * leaf, a duplicate, a count that is no integer >= 0, a missing or unknown
 * column, a sum that does not fit. */
bool sheet_read_leaves(struct arena *closed, struct sheet *sheet,
                       const char *path, struct err *err) MUST_USE;

/* Reads what was published: every cell once, `n` empty exactly where `status`
 * is not `shown` (shown, suppressed, primary, secondary). ERR_INPUT as above,
 * and where shown numbers contradict a relation whose members are all shown. */
bool sheet_read_public(struct arena *closed, struct sheet *sheet,
                       const char *path, struct err *err) MUST_USE;

/* Writes OUT.csv: axes, n, status, every cell in order. With `why` the status
 * tells primary from secondary, for inside eyes. Nothing is left at `path`
 * when it fails. */
bool sheet_write(const struct sheet *sheet, const char *path, bool why,
                 struct err *err) MUST_USE;

/* "dep D01, site COLR, sex H": for messages; never a count. */
char *sheet_name(struct arena *arena, const struct sheet *sheet, size_t cell);

#endif
