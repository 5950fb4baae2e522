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
    /* Bottom-up: those that divide a part come before the one it is in. A
     * relation that two files give stands once; parts in file order. */
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
    /* Both are NULL until leaves or a public file are read. */
};

/* Node of a cell on an axis. */
static inline size_t sheet_node(const struct sheet *sheet, size_t cell,
                                size_t axis)
{
    assert(sheet->strides[axis] > 0 && sheet->axes[axis].nodes > 0);
    return cell / sheet->strides[axis] % sheet->axes[axis].nodes;
}

/* The cells of one line differ only by their node on `axis`; a relation holds
 * on each of the cells / nodes lines. Returns the cell of node 0. */
static inline size_t sheet_line(const struct sheet *sheet, size_t axis,
                                size_t line)
{
    size_t stride = sheet->strides[axis];
    return line / stride * stride * sheet->axes[axis].nodes + line % stride;
}

/* True for a node that no relation divides. */
static inline bool sheet_is_leaf(const struct sheet_axis *axis, size_t node)
{
    size_t at = axis->leaf_starts[node];
    return axis->leaf_starts[node + 1] == at + 1 &&
           axis->leaf_node[axis->leaves[at]] == node;
}

/* One hierarchy file for an axis; several may name the same axis. */
struct sheet_source {
    const char *axis;
    const char *path;
};

/* Reads the axes, in the order in which the sources name them: `code,parent`
 * files, one root each (empty parent), any depth and any order of lines. The
 * files of one axis may share codes; a code that is a leaf of one and divided
 * in another is divided, one divided in two holds the same leaves in both, and
 * the leaves that each file's root holds must be the same. ERR_INPUT
 * "sheet.axes" naming file and line: a code twice in one file, an unknown
 * parent, no root or two, a cycle, an axis over two files that do not cover
 * the same leaves. Like all readers here it reports up to FAULTS_LIMIT faults
 * together; a file that cannot be opened is ERR_IO. */
bool sheet_read_axes(struct arena *closed, const struct sheet_source *sources,
                     size_t count, struct sheet **out,
                     struct err *err) MUST_USE;

/* Reads LEAF.csv or LEAF.csv.gz into a sheet whose axes are read: one column
 * per axis in any order, and `n`. Sums every cell; everything is SHEET_SHOWN.
 * ERR_INPUT "sheet.leaves" naming file, line and column: unknown code, a code
 * that is no leaf, a duplicate, a count that is no integer >= 0, a missing or
 * unknown column, a sum that does not fit. */
bool sheet_read_leaves(struct arena *closed, struct sheet *sheet,
                       const char *path, struct err *err) MUST_USE;

/* Reads what was published: every cell once, `n` empty exactly where `status`
 * is not `shown` (shown, suppressed, primary, secondary). ERR_INPUT
 * "sheet.public" as above, for a missing cell, and where shown numbers
 * contradict a relation whose members are all shown. */
bool sheet_read_public(struct arena *closed, struct sheet *sheet,
                       const char *path, struct err *err) MUST_USE;

/* Writes OUT.csv: axes, n, status, every cell in order. With `why` the status
 * tells primary from secondary, for inside eyes, and only the owner may read
 * the file. Nothing is left at `path`
 * when it fails: a caller that must not lose what is there writes beside it
 * and renames. */
bool sheet_write(const struct sheet *sheet, const char *path, bool why,
                 struct err *err) MUST_USE;

/* The same with other numbers, values[cells], all of them shown; `status` is
 * the word that says how they were changed. */
bool sheet_write_changed(const struct sheet *sheet, const int64_t *values,
                         const char *status, const char *path,
                         struct err *err) MUST_USE;

/* "dep D01, site COLR, sex H": for messages; never a count. */
char *sheet_name(struct arena *arena, const struct sheet *sheet, size_t cell);

#endif
