/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/ring.h"

/* Opens a cell until ring_close. */
static bool keep_open(struct pattern *pattern, uint32_t cell)
{
    if (!pattern_keep(pattern, cell))
        return false;
    pattern->kept =
        arena_grow(pattern->arena, pattern->kept, pattern->kept_count,
                   &pattern->kept_capacity, sizeof *pattern->kept);
    pattern->kept[pattern->kept_count++] = cell;
    return true;
}

/* Suppresses the members of a relation with a cell that is near; those come
 * nearer for the next time. */
static bool open_relation(struct pattern *pattern, size_t relation,
                          const bool *near, bool *nearer)
{
    const struct relations *relations = &pattern->field->relations;
    size_t first = relations->starts[relation];
    size_t end = relations->starts[relation + 1];
    bool here = false, found = false;
    for (size_t i = first; !here && i < end; i++)
        here = near[relations->members[i]];
    for (size_t i = first; here && i < end; i++) {
        uint32_t member = relations->members[i];
        nearer[member] = true;
        found = keep_open(pattern, member) || found;
    }
    return found;
}

bool ring_open(struct pattern *pattern, bool *near)
{
    size_t cells = pattern->field->cells;
    bool found = false, wider = true;
    struct arena *scratch = arena_new();
    while (!found && wider) {
        bool *nearer = arena_array(scratch, cells, sizeof *nearer);
        for (size_t r = 0; r < pattern->field->relations.count; r++)
            found = open_relation(pattern, r, near, nearer) || found;
        wider = false;
        for (size_t c = 0; c < cells; c++) {
            wider = wider || (nearer[c] && !near[c]);
            near[c] = near[c] || nearer[c];
        }
    }
    arena_free(scratch);
    return found;
}

bool ring_close(struct pattern *pattern)
{
    bool shown = false;
    while (pattern->kept_count > 0) {
        uint32_t cell = pattern->kept[--pattern->kept_count];
        pattern->alive[cell]--;
        pattern_show_idle(pattern, cell);
        shown = shown || !field_open(pattern->field, cell);
    }
    return shown;
}
