/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/lines.h"

struct lines lines_index(struct arena *arena, const struct field *field)
{
    const struct relations *relations = &field->relations;
    size_t members =
        relations->count == 0 ? 0 : relations->starts[relations->count];
    struct lines lines = {
        .field = field,
        .starts = arena_array(arena, field->cells + 2, sizeof *lines.starts),
        .rows = arena_array(arena, members, sizeof *lines.rows),
    };
    for (size_t m = 0; m < members; m++)
        lines.starts[relations->members[m] + 2]++;
    for (size_t c = 0; c < field->cells; c++)
        lines.starts[c + 2] += lines.starts[c + 1];
    for (size_t r = 0; r < relations->count; r++) {
        for (size_t m = relations->starts[r]; m < relations->starts[r + 1]; m++)
            lines.rows[lines.starts[relations->members[m] + 1]++] = (uint32_t)r;
    }
    return lines;
}

struct line_tally lines_tally(const struct lines *lines, size_t row)
{
    const struct field *field = lines->field;
    const struct relations *relations = &field->relations;
    struct line_tally tally = {0};
    for (size_t m = relations->starts[row]; m < relations->starts[row + 1];
         m++) {
        uint32_t cell = relations->members[m];
        if (!field_open(field, cell))
            continue;
        int64_t width = field_width(field, cell);
        bool primary = field->states[cell] == FIELD_PRIMARY;
        tally.open++;
        tally.primaries += primary;
        tally.slack += field->counts[cell] - field->lower[cell];
        tally.width = width > tally.width ? width : tally.width;
        tally.need = primary && width > tally.need ? width : tally.need;
        tally.alone += field->persons[cell] != PERSON_NOBODY;
        tally.secret += field_secret(field, cell);
        tally.total = tally.total || m == relations->starts[row];
    }
    return tally;
}

/* Of two that must be hidden, one whose only person knows it gives the other
 * away, unless it is the same person: in the total and in a part. */
static bool tells(const struct line_tally *tally)
{
    bool same = tally->alone == 2 && tally->total;
    return tally->open == 2 && tally->secret == 2 && tally->alone > 0 && !same;
}

bool lines_deficient(const struct line_tally *tally, int64_t width)
{
    return tally->open == 1 || tells(tally) ||
           (tally->open > 1 && !tally->total && tally->slack < width);
}
