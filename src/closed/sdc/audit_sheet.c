/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/audit_sheet.h"

#include "base/text.h"

bool audit_attacker_parse(const char *name, enum audit_attacker *out)
{
    bool strict = text_same(name, "strict");
    if (!strict && !text_same(name, "basic"))
        return false;
    *out = strict ? AUDIT_STRICT : AUDIT_BASIC;
    return true;
}

/* The relations of a sheet, first counted, then written. */
struct rows {
    const struct sheet *sheet;
    uint32_t *members; /* NULL while counting */
    size_t *starts;
    size_t member_count, count;
};

static bool is_suppressed(const struct sheet *sheet, size_t cell)
{
    return sheet->status[cell] != SHEET_SHOWN;
}

static void add_row(struct rows *rows, size_t axis,
                    const struct sheet_relation *relation, size_t first)
{
    const struct sheet *sheet = rows->sheet;
    size_t stride = sheet->strides[axis];
    bool touched = is_suppressed(sheet, first + relation->total * stride);
    for (size_t i = 0; i < relation->count; i++)
        touched = touched ||
                  is_suppressed(sheet, first + relation->parts[i] * stride);
    if (!touched)
        return;
    if (rows->members != NULL) {
        uint32_t *to = &rows->members[rows->member_count];
        to[0] = (uint32_t)(first + relation->total * stride);
        for (size_t i = 0; i < relation->count; i++)
            to[i + 1] = (uint32_t)(first + relation->parts[i] * stride);
        rows->starts[rows->count + 1] =
            rows->member_count + relation->count + 1;
    }
    rows->member_count += relation->count + 1;
    rows->count++;
}

static void add_rows(struct rows *rows)
{
    const struct sheet *sheet = rows->sheet;
    rows->member_count = 0;
    rows->count = 0;
    for (size_t a = 0; a < sheet->axis_count; a++) {
        const struct sheet_axis *axis = &sheet->axes[a];
        size_t lines = sheet->cells / axis->nodes;
        for (size_t r = 0; r < axis->relation_count; r++) {
            for (size_t l = 0; l < lines; l++)
                add_row(rows, a, &axis->relations[r], sheet_line(sheet, a, l));
        }
    }
}

struct audit_input audit_sheet_view(struct arena *arena,
                                    const struct sheet *sheet,
                                    enum audit_attacker attacker,
                                    int64_t threshold)
{
    struct rows rows = {.sheet = sheet};
    add_rows(&rows);
    rows.members = arena_array(arena, rows.member_count, sizeof(uint32_t));
    rows.starts = arena_array(arena, rows.count + 1, sizeof(size_t));
    add_rows(&rows);
    enum audit_guard *guards = arena_array(arena, sheet->cells, sizeof *guards);
    int64_t *lower = arena_array(arena, sheet->cells, sizeof *lower);
    int64_t *upper = arena_array(arena, sheet->cells, sizeof *upper);
    for (size_t c = 0; c < sheet->cells; c++) {
        guards[c] = is_suppressed(sheet, c) ? AUDIT_GUARDED : AUDIT_SHOWN;
        lower[c] = attacker == AUDIT_STRICT ? 1 : 0;
        upper[c] = AUDIT_UNLIMITED;
    }
    return (struct audit_input){
        .cells = sheet->cells,
        .counts = sheet->counts,
        .lower = lower,
        .upper = upper,
        .guards = guards,
        .members = rows.members,
        .starts = rows.starts,
        .relations = rows.count,
        .threshold = threshold,
    };
}

struct audit_summary audit_sum_up(const struct audit_input *input,
                                  const enum audit_verdict *verdicts,
                                  const struct audit_effort *effort)
{
    struct audit_summary summary = {
        .cells = input->cells,
        .linear = effort->linear,
        .integral = effort->integral,
    };
    for (size_t c = 0; c < input->cells; c++) {
        summary.suppressed += verdicts[c] != AUDIT_PUBLIC;
        summary.exposed += verdicts[c] == AUDIT_EXPOSED;
        summary.open +=
            verdicts[c] == AUDIT_OPEN || verdicts[c] == AUDIT_SINGLE;
    }
    summary.propagated =
        summary.suppressed - summary.open - summary.linear - summary.integral;
    return summary;
}
