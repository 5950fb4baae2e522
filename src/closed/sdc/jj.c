/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/jj.h"

#include <inttypes.h>

#include "base/fs.h"
#include "base/num.h"
#include "sdc/sheet_primary.h"

int64_t jj_width(const struct jj *jj, size_t cell)
{
    int64_t both;
    if (!num_add(jj->below[cell], jj->above[cell], &both))
        both = INT64_MAX;
    int64_t width = both > jj->slide[cell] ? both : jj->slide[cell];
    return width < 1 ? 1 : width;
}

/* --- from a sheet -------------------------------------------------------- */

/* Beyond the total of the table by more than any width asked. */
static int64_t far_above(const struct sheet *sheet,
                         const struct sheet_policy *policy)
{
    int64_t largest = 0, out;
    for (size_t c = 0; c < sheet->cells; c++)
        largest = sheet->counts[c] > largest ? sheet->counts[c] : largest;
    if (!num_mul(2, largest, &out) || !num_add(out, policy->threshold, &out))
        out = JJ_UNLIMITED;
    return out;
}

static enum jj_status status_of(const struct sheet *sheet,
                                const struct sheet_policy *policy, size_t cell)
{
    if (sheet_is_primary(sheet, policy, cell))
        return JJ_PRIMARY;
    if ((sheet->counts[cell] == 0 && !policy->zeros) ||
        sheet_price(sheet, policy, cell) == SHEET_PRICE_SHOW)
        return JJ_SHOW;
    return sheet->status[cell] == SHEET_SHOWN ? JJ_SAFE : JJ_SECONDARY;
}

/* Dearer where more is lost; what must not be suppressed has its status. */
static double cost_of(const struct sheet *sheet,
                      const struct sheet_policy *policy, size_t cell)
{
    int64_t price = sheet_price(sheet, policy, cell);
    int64_t count = sheet->counts[cell] > 0 ? sheet->counts[cell] : 1;
    if (price < 0)
        price = SHEET_PRICE_DEFAULT;
    return (double)count * (double)price / (double)SHEET_PRICE_DEFAULT;
}

static void copy_cells(struct arena *closed, const struct sheet *sheet,
                       const struct sheet_policy *policy, struct jj *jj)
{
    int64_t upper = far_above(sheet, policy);
    bool at_least_one = !policy->basic && !policy->zeros;
    jj->cells = sheet->cells;
    jj->counts = sheet->counts;
    jj->costs = arena_array(closed, jj->cells, sizeof *jj->costs);
    jj->status = arena_array(closed, jj->cells, sizeof *jj->status);
    jj->lower = arena_array(closed, jj->cells, sizeof *jj->lower);
    jj->upper = arena_array(closed, jj->cells, sizeof *jj->upper);
    jj->below = arena_array(closed, jj->cells, sizeof *jj->below);
    jj->above = arena_array(closed, jj->cells, sizeof *jj->above);
    jj->slide = arena_array(closed, jj->cells, sizeof *jj->slide);
    for (size_t c = 0; c < jj->cells; c++) {
        jj->status[c] = (unsigned char)status_of(sheet, policy, c);
        jj->costs[c] = cost_of(sheet, policy, c);
        jj->lower[c] = at_least_one && sheet->counts[c] > 0;
        jj->upper[c] = upper;
        if (jj->status[c] == JJ_PRIMARY)
            jj->slide[c] = policy->threshold - 2;
    }
}

static bool count_members(const struct sheet *sheet, size_t *relations,
                          size_t *members)
{
    *relations = *members = 0;
    for (size_t a = 0; a < sheet->axis_count; a++) {
        const struct sheet_axis *axis = &sheet->axes[a];
        size_t lines = sheet->cells / axis->nodes;
        for (size_t r = 0; r < axis->relation_count; r++) {
            *relations += lines;
            *members += lines * (axis->relations[r].count + 1);
        }
        /* Lines and parts are fewer than 2^32 each: no sum wraps before. */
        if (*members >= SIZE_MAX / 2 / sizeof(uint32_t))
            return false;
    }
    return true;
}

static void copy_relations(const struct sheet *sheet, struct jj *jj)
{
    struct relations *to = &jj->relations;
    size_t row = 0, at = 0;
    for (size_t a = 0; a < sheet->axis_count; a++) {
        const struct sheet_axis *axis = &sheet->axes[a];
        size_t lines = sheet->cells / axis->nodes, stride = sheet->strides[a];
        for (size_t i = 0; i < axis->relation_count * lines; i++) {
            const struct sheet_relation *from = &axis->relations[i / lines];
            size_t base = sheet_line(sheet, a, i % lines);
            to->members[at++] = (uint32_t)(base + from->total * stride);
            for (size_t p = 0; p < from->count; p++)
                to->members[at++] = (uint32_t)(base + from->parts[p] * stride);
            to->starts[++row] = at;
        }
    }
}

bool jj_from_sheet(struct arena *closed, const struct sheet *sheet,
                   const struct sheet_policy *policy, struct jj **out,
                   struct err *err)
{
    struct jj *jj = arena_alloc(closed, sizeof *jj);
    size_t members;
    if (!count_members(sheet, &jj->relations.count, &members))
        return err_fail(err, ERR_INPUT, "jj.size",
                        "the relations of the table are too many");
    jj->relations.members =
        arena_array(closed, members, sizeof *jj->relations.members);
    jj->relations.starts = arena_array(closed, jj->relations.count + 1,
                                       sizeof *jj->relations.starts);
    copy_cells(closed, sheet, policy, jj);
    copy_relations(sheet, jj);
    *out = jj;
    return true;
}

/* --- writing ------------------------------------------------------------- */

static char letter_of(enum jj_status status)
{
    switch (status) {
    case JJ_SAFE:
        return 's';
    case JJ_PRIMARY:
        return 'u';
    case JJ_SECONDARY:
        return 'm';
    case JJ_SHOW:
        break;
    }
    return 'z';
}

static void write_cell(struct sink *sink, struct text *line,
                       const struct jj *jj, size_t cell)
{
    text_clear(line);
    text_format(line, "%zu %" PRId64 " ", cell, jj->counts[cell]);
    num_print_shortest(line, jj->costs[cell]);
    text_format(line,
                " %c %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64
                "\n",
                letter_of(jj->status[cell]), jj->lower[cell], jj->upper[cell],
                jj->below[cell], jj->above[cell], jj->slide[cell]);
    sink_write(sink, line->at, line->size);
}

/* Adds " INDEX": an instance has tens of millions of members, too many for
 * printf. */
static void add_index(struct text *line, uint32_t index)
{
    char digits[12];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + index % 10);
        index /= 10;
    } while (index > 0);
    digits[--at] = ' ';
    text_add_bytes(line, digits + at, sizeof digits - at);
}

static void write_relation(struct sink *sink, struct text *line,
                           const struct relations *relations, size_t row)
{
    size_t from = relations->starts[row], to = relations->starts[row + 1];
    text_clear(line);
    text_format(line, "0 %zu :", to - from);
    for (size_t m = from; m < to; m++) {
        add_index(line, relations->members[m]);
        text_add_bytes(line, m == from ? " (-1)" : " (1)", m == from ? 5 : 4);
    }
    text_add_char(line, '\n');
    sink_write(sink, line->at, line->size);
}

bool jj_write(const struct jj *jj, const char *path, struct err *err)
{
    struct arena *scratch = arena_new();
    struct sink *sink = sink_open_private(scratch, path);
    struct text line = text_new(scratch);
    sink_format(sink, "0\n%zu\n", jj->cells);
    for (size_t cell = 0; cell < jj->cells; cell++)
        write_cell(sink, &line, jj, cell);
    sink_format(sink, "%zu\n", jj->relations.count);
    for (size_t row = 0; row < jj->relations.count; row++)
        write_relation(sink, &line, &jj->relations, row);
    bool ok = sink_commit_whole(sink, err);
    arena_wipe(scratch);
    return ok;
}

bool jj_write_csv(const struct jj *jj, const char *path, bool why,
                  struct err *err)
{
    struct arena *scratch = arena_new();
    struct sink *sink = (why ? sink_open_private : sink_open)(scratch, path);
    sink_text(sink, "index,value,status\n");
    for (size_t cell = 0; cell < jj->cells; cell++) {
        bool primary = jj->status[cell] == JJ_PRIMARY;
        if (!primary && jj->status[cell] != JJ_SECONDARY)
            sink_format(sink, "%zu,%" PRId64 ",shown\n", cell,
                        jj->counts[cell]);
        else
            sink_format(sink, "%zu,,%s\n", cell,
                        !why      ? "suppressed"
                        : primary ? "primary"
                                  : "secondary");
    }
    bool ok = sink_commit_whole(sink, err);
    arena_wipe(scratch);
    return ok;
}
