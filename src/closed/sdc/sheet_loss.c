/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/sheet_loss.h"

#include <inttypes.h>

#include "base/csv.h"
#include "base/fs.h"
#include "base/num.h"

struct loss {
    size_t cells, primary, secondary, zeros;
    int64_t value, suppressed, secondary_value;
};

/* Cells overlap, so a sum over them may be larger than any count; it then
 * stays at the largest. */
static void add_count(int64_t *sum, int64_t count)
{
    if (!num_add(*sum, count, sum))
        *sum = INT64_MAX;
}

static void add_cell(struct loss *loss, const struct sheet *sheet, size_t cell)
{
    int64_t count = sheet->counts[cell];
    enum sheet_status status = sheet->status[cell];
    loss->cells++;
    loss->primary += status == SHEET_PRIMARY;
    loss->secondary += status == SHEET_SECONDARY;
    add_count(&loss->value, count);
    if (status == SHEET_SHOWN)
        return;
    loss->zeros += count == 0;
    add_count(&loss->suppressed, count);
    if (status == SHEET_SECONDARY)
        add_count(&loss->secondary_value, count);
}

/* Relations come bottom-up, so read backwards they go down from the roots. */
static size_t *find_depths(struct arena *scratch, const struct sheet_axis *axis)
{
    size_t *depths = arena_array(scratch, axis->nodes, sizeof *depths);
    bool *below = arena_array(scratch, axis->nodes, sizeof *below);
    for (size_t r = axis->relation_count; r-- > 0;) {
        const struct sheet_relation *relation = &axis->relations[r];
        size_t depth = depths[relation->total] + 1;
        for (size_t p = 0; p < relation->count; p++) {
            uint32_t part = relation->parts[p];
            if (!below[part] || depth < depths[part])
                depths[part] = depth;
            below[part] = true;
        }
    }
    return depths;
}

static void write_loss(struct text *out, const char *axis, const char *depth,
                       const struct loss *loss)
{
    csv_add_field(out, axis, ',');
    text_format(out,
                ",%s,%zu,%zu,%zu,%zu,%" PRId64 ",%" PRId64 ",%" PRId64 "\n",
                depth, loss->cells, loss->primary, loss->secondary, loss->zeros,
                loss->value, loss->suppressed, loss->secondary_value);
}

static void write_axis(struct text *out, struct arena *scratch,
                       const struct sheet *sheet, size_t axis)
{
    const struct sheet_axis *along = &sheet->axes[axis];
    const size_t *depths = find_depths(scratch, along);
    size_t deepest = 0;
    for (size_t n = 0; n < along->nodes; n++)
        deepest = depths[n] > deepest ? depths[n] : deepest;
    struct loss *losses = arena_array(scratch, deepest + 1, sizeof *losses);
    for (size_t c = 0; c < sheet->cells; c++)
        add_cell(&losses[depths[sheet_node(sheet, c, axis)]], sheet, c);
    for (size_t d = 0; d <= deepest; d++)
        write_loss(out, along->name, arena_format(scratch, "%zu", d),
                   &losses[d]);
}

bool sheet_write_loss(const struct sheet *sheet, const char *path,
                      struct err *err)
{
    struct arena *scratch = arena_new();
    struct text out = text_new(scratch);
    struct loss all = {0};
    text_add(&out, "axis,depth,cells,primary,secondary,zeros_suppressed,value,"
                   "value_suppressed,secondary_value\n");
    for (size_t c = 0; c < sheet->cells; c++)
        add_cell(&all, sheet, c);
    write_loss(&out, "", "", &all);
    for (size_t a = 0; a < sheet->axis_count; a++)
        write_axis(&out, scratch, sheet, a);
    struct sink *sink = sink_open_private(scratch, path);
    sink_write(sink, out.at, out.size);
    bool ok = sink_commit_whole(sink, err);
    arena_wipe(scratch);
    return ok;
}
