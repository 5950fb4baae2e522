/* SPDX-License-Identifier: EUPL-1.2 */
/* Axes from their hierarchy files. */
#include "sdc/sheet_impl.h"

/* --- names --------------------------------------------------------------- */

/* The columns beside the axes in the files of a sheet. */
static bool is_taken(const char *name)
{
    static const char *const taken[] = {"n", "status", "cost"};
    for (size_t t = 0; t < COUNT_OF(taken); t++) {
        if (text_same(name, taken[t]))
            return true;
    }
    return false;
}

/* Number of the source that first names the axis of a source. */
static size_t first_of(const struct sheet_source *sources, size_t source)
{
    size_t first = 0;
    while (!text_same(sources[first].axis, sources[source].axis))
        first++;
    return first;
}

static bool count_axes(const struct sheet_source *sources, size_t count,
                       size_t *axes, struct err *err)
{
    *axes = 0;
    for (size_t s = 0; s < count; s++) {
        if (sources[s].axis[0] == '\0' || is_taken(sources[s].axis))
            return err_fail(err, ERR_INPUT, "sheet.axes",
                            "axis '%s': expected a name other than n, status "
                            "and cost",
                            sources[s].axis);
        *axes += first_of(sources, s) == s;
    }
    if (*axes == 0 || *axes > SHEET_AXES)
        return err_fail(err, ERR_INPUT, "sheet.axes",
                        "expected hierarchies for 1 to %d axes", SHEET_AXES);
    return true;
}

/* --- reading ------------------------------------------------------------- */

static bool read_axis(struct sheet_merge *merge,
                      const struct sheet_source *sources, size_t count,
                      size_t first, struct sheet_axis *axis, struct err *err)
{
    size_t before = merge->faults->count;
    struct sheet_tree *trees =
        arena_array(merge->scratch, count, sizeof *trees);
    merge->name = sources[first].axis;
    for (size_t s = first; s < count; s++) {
        if (first_of(sources, s) == first &&
            !sheet_read_tree(merge->scratch, merge->faults, sources[s].path,
                             &trees[merge->tree_count++], err))
            return false;
    }
    merge->trees = trees;
    if (merge->faults->count > before)
        return true;
    sheet_merge_trees(merge);
    sheet_settle(merge, axis);
    return true;
}

static bool read_axes(struct arena *closed, struct arena *scratch,
                      const struct sheet_source *sources, size_t count,
                      struct sheet *sheet, struct err *err)
{
    struct faults faults = faults_new(scratch);
    size_t axis = 0;
    for (size_t s = 0; s < count; s++) {
        struct sheet_merge merge = {
            .arena = closed, .scratch = scratch, .faults = &faults};
        if (first_of(sources, s) == s &&
            !read_axis(&merge, sources, count, s, &sheet->axes[axis++], err))
            return false;
    }
    return faults_check(&faults, "sheet.axes", "the axes cannot be read", err);
}

static bool number_cells(struct arena *closed, struct sheet *sheet,
                         struct err *err)
{
    size_t cells = 1;
    sheet->strides =
        arena_array(closed, sheet->axis_count, sizeof *sheet->strides);
    for (size_t axis = sheet->axis_count; axis-- > 0;) {
        sheet->strides[axis] = cells;
        if (__builtin_mul_overflow(cells, sheet->axes[axis].nodes, &cells) ||
            cells >= SHEET_CELLS)
            return err_fail(err, ERR_INPUT, "sheet.axes",
                            "the table is too large: expected fewer than %zu "
                            "combinations of codes",
                            (size_t)SHEET_CELLS);
    }
    sheet->cells = cells;
    return true;
}

bool sheet_read_axes(struct arena *closed, const struct sheet_source *sources,
                     size_t count, struct sheet **out, struct err *err)
{
    struct sheet *sheet = arena_alloc(closed, sizeof *sheet);
    if (!count_axes(sources, count, &sheet->axis_count, err))
        return false;
    sheet->axes = arena_array(closed, sheet->axis_count, sizeof *sheet->axes);
    struct arena *scratch = arena_new();
    bool ok = read_axes(closed, scratch, sources, count, sheet, err) &&
              number_cells(closed, sheet, err);
    arena_wipe(scratch);
    if (ok)
        *out = sheet;
    return ok;
}
