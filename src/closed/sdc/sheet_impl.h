/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/sheet_impl.h - shared by the files of the sheet only. CONFIDENTIAL. */
#ifndef SDC_SHEET_IMPL_H
#define SDC_SHEET_IMPL_H

#include "base/csv.h"
#include "base/faults.h"
#include "base/map.h"
#include "sdc/sheet.h"

#define SHEET_NO_NODE UINT32_MAX

/* One hierarchy file as it was read: a tree by number of row. */
struct sheet_tree {
    const char *path;
    struct map *rows; /* of a code */
    const char **codes;
    const char **parent_codes;
    uint32_t *parents; /* SHEET_NO_NODE for the root */
    size_t *lines;
    size_t count, capacity;
    uint32_t root;
};

/* A relation and the file that gave it first. */
struct sheet_division {
    struct sheet_relation relation;
    const char *path;
    size_t line;      /* of the total */
    size_t next;      /* another of the same total, or SIZE_MAX */
    size_t unsettled; /* parts whose own relations are not all settled */
};

/* An axis while its trees are put together. */
struct sheet_merge {
    struct arena *arena;   /* of the result */
    struct arena *scratch; /* of the rest */
    struct faults *faults;
    const char *name;
    const struct sheet_tree *trees;
    size_t tree_count;
    struct map *nodes; /* of a code */
    const char **codes;
    size_t count, capacity;
    struct sheet_division *divisions;
    size_t division_count, division_capacity;
    size_t *first;   /* [count] first division of a node, or SIZE_MAX */
    uint32_t *order; /* nodes, parts before totals */
    size_t *settled; /* divisions, bottom-up */
    size_t settled_count;
};

/* Reads one file; what is wrong in it is noted. False only for ERR_IO. */
bool sheet_read_tree(struct arena *scratch, struct faults *faults,
                     const char *path, struct sheet_tree *tree,
                     struct err *err) MUST_USE;

/* Nodes and relations of trees that are good each by itself. */
void sheet_merge_trees(struct sheet_merge *merge);
/* Puts relations bottom-up and finds the leaves of every node; what the trees
 * do not agree upon is noted. */
void sheet_settle(struct sheet_merge *merge, struct sheet_axis *axis);

/* The rows of a file with one column per axis and some others. */
struct sheet_rows {
    struct arena *scratch;
    struct faults faults;
    const struct sheet *sheet;
    const char *path;
    struct csv *csv;
    struct map *codes[SHEET_AXES]; /* a reader may add words */
    size_t column[SHEET_AXES];
    size_t other[2];          /* columns of the other names */
    size_t nodes[SHEET_AXES]; /* of the row just read */
};

/* Opens the file; `others` are the names of the other columns, at most two.
 * Columns that are missing or unknown are noted: then there are no rows. */
bool sheet_rows_open(struct sheet_rows *rows, struct arena *scratch,
                     const struct sheet *sheet, const char *path,
                     const char *const *others, size_t other_count,
                     struct err *err) MUST_USE;
/* The next row whose codes are all known; others are noted. *more is false at
 * the end, or when enough is wrong. */
bool sheet_rows_next(struct sheet_rows *rows, bool *more,
                     struct err *err) MUST_USE;
/* Notes "FILE:LINE: " and what is wrong with the row; returns false. */
bool sheet_rows_fault(struct sheet_rows *rows, const char *format, ...)
    PRINTF_LIKE(2, 3);
/* The same of a cell that an earlier row has, whose line it names. */
bool sheet_rows_repeated(struct sheet_rows *rows);
const char *sheet_rows_other(const struct sheet_rows *rows, size_t other);
/* The cell of the row just read. */
size_t sheet_rows_cell(const struct sheet_rows *rows);

/* Room for counts and statuses: nothing counted, everything shown. */
void sheet_open_cells(struct arena *closed, struct sheet *sheet);

#endif
