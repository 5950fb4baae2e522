/* SPDX-License-Identifier: EUPL-1.2 */
/* One hierarchy file: rows of code and parent that make one tree. */
#include <string.h>

#include "sdc/sheet_impl.h"

static void add_row(struct arena *scratch, struct sheet_tree *tree,
                    const char *code, const char *parent, size_t line)
{
    size_t at = tree->count;
    if (at == tree->capacity) {
        size_t capacity[3] = {at, at, at};
        tree->codes = arena_grow(scratch, tree->codes, at, &capacity[0],
                                 sizeof *tree->codes);
        tree->parent_codes =
            arena_grow(scratch, tree->parent_codes, at, &capacity[1],
                       sizeof *tree->parent_codes);
        tree->lines = arena_grow(scratch, tree->lines, at, &capacity[2],
                                 sizeof *tree->lines);
        tree->capacity = capacity[0];
    }
    tree->codes[at] = arena_text(scratch, code);
    tree->parent_codes[at] = arena_text(scratch, parent);
    tree->lines[at] = line;
    tree->count++;
}

static void read_row(struct arena *scratch, struct faults *faults,
                     const struct csv *csv, struct sheet_tree *tree)
{
    const char *code = csv_field(csv, (size_t)csv_find(csv, "code"));
    const char *parent = csv_field(csv, (size_t)csv_find(csv, "parent"));
    size_t line = csv_line(csv);
    if (code[0] == '\0')
        faults_add(faults, "%s:%zu: column 'code': expected a code", tree->path,
                   line);
    else if (text_same(code, "*"))
        faults_add(faults,
                   "%s:%zu: column 'code': '*' stands for all codes and "
                   "cannot be one",
                   tree->path, line);
    else if (!map_put(tree->rows, code, strlen(code), (int)tree->count))
        faults_add(faults, "%s:%zu: code '%s' appears twice", tree->path, line,
                   code);
    else
        add_row(scratch, tree, code, parent, line);
}

static bool check_columns(struct faults *faults, const struct csv *csv)
{
    size_t before = faults->count;
    if (csv_find(csv, "code") < 0 || csv_find(csv, "parent") < 0)
        faults_add(faults, "%s:1: expected the columns code and parent",
                   csv_path(csv));
    for (size_t c = 0; c < csv_columns(csv); c++) {
        const char *name = csv_column_name(csv, c);
        if (!text_same(name, "code") && !text_same(name, "parent"))
            faults_add(faults, "%s:1: unexpected column '%s'", csv_path(csv),
                       name);
    }
    return faults->count == before;
}

static bool read_rows(struct arena *scratch, struct faults *faults,
                      struct csv *csv, struct sheet_tree *tree, struct err *err)
{
    bool more = true;
    if (!check_columns(faults, csv))
        return true;
    while (!faults_full(faults)) {
        if (!csv_next(csv, &more, err))
            return faults_take(faults, err);
        if (!more)
            break;
        read_row(scratch, faults, csv, tree);
    }
    return true;
}

/* --- shape --------------------------------------------------------------- */

static void find_parents(struct arena *scratch, struct faults *faults,
                         struct sheet_tree *tree)
{
    tree->parents = arena_array(scratch, tree->count, sizeof *tree->parents);
    for (size_t row = 0; row < tree->count; row++) {
        const char *parent = tree->parent_codes[row];
        int at = map_get(tree->rows, parent, strlen(parent));
        tree->parents[row] = at < 0 ? SHEET_NO_NODE : (uint32_t)at;
        if (at < 0 && parent[0] != '\0')
            faults_add(faults, "%s:%zu: code '%s': no parent '%s'", tree->path,
                       tree->lines[row], tree->codes[row], parent);
    }
}

static void find_root(struct faults *faults, struct sheet_tree *tree)
{
    tree->root = SHEET_NO_NODE;
    for (size_t row = 0; row < tree->count; row++) {
        if (tree->parent_codes[row][0] != '\0')
            continue;
        if (tree->root == SHEET_NO_NODE)
            tree->root = (uint32_t)row;
        else
            faults_add(faults, "%s:%zu: code '%s' is a second root beside '%s'",
                       tree->path, tree->lines[row], tree->codes[row],
                       tree->codes[tree->root]);
    }
    if (tree->root == SHEET_NO_NODE)
        faults_add(faults, "%s: no root: no code has an empty parent",
                   tree->path);
}

/* Walks up from every row; a walk that meets itself is a cycle. */
static void find_cycles(struct arena *scratch, struct faults *faults,
                        const struct sheet_tree *tree)
{
    size_t *walk = arena_array(scratch, tree->count, sizeof *walk);
    for (size_t row = 0; row < tree->count; row++) {
        uint32_t at = (uint32_t)row;
        while (at != SHEET_NO_NODE && walk[at] == 0) {
            walk[at] = row + 1;
            at = tree->parents[at];
        }
        if (at != SHEET_NO_NODE && walk[at] == row + 1)
            faults_add(faults, "%s:%zu: code '%s' is below itself", tree->path,
                       tree->lines[at], tree->codes[at]);
    }
}

bool sheet_read_tree(struct arena *scratch, struct faults *faults,
                     const char *path, struct sheet_tree *tree, struct err *err)
{
    size_t before = faults->count;
    struct csv *csv = NULL;
    *tree = (struct sheet_tree){.path = path, .rows = map_new(scratch)};
    if (!csv_open(scratch, path, &csv, err))
        return faults_take(faults, err);
    bool ok = read_rows(scratch, faults, csv, tree, err);
    csv_close(csv);
    if (!ok || faults->count > before)
        return ok;
    find_parents(scratch, faults, tree);
    find_root(faults, tree);
    find_cycles(scratch, faults, tree);
    return true;
}
