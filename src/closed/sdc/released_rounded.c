/* SPDX-License-Identifier: EUPL-1.2 */
/* Rounded counts of a release: what an outsider makes of them.
 *
 * That the interval of each is as wide as its base follows from the numbers
 * being sums of rounded tiles (docs/method/rounding.md), which nobody outside
 * can see; what can be seen are multiples, sums, public bounds and thresholds.
 * The attack grants more than is true, that every number is less than one base
 * from the count, totals included. */
#include "sdc/audit_impl.h"
#include "sdc/released_impl.h"

int released_base(const struct released *released, size_t cell)
{
    uint64_t key = released->universe->keys[cell];
    return released->roundings[universe_measure(key)].base;
}

bool released_note_base(const struct released_reader *reader, size_t cell,
                        uint32_t table, struct err *err)
{
    struct released *released = reader->released;
    const struct universe *universe = released->universe;
    size_t measure = universe_measure(universe->keys[cell]);
    struct released_rounding *known = &released->roundings[measure];
    int base = released->tables[table - 1].base;
    if (known->table == 0)
        *known = (struct released_rounding){base, table};
    return known->base == base ||
           err_fail(err, ERR_DISCLOSURE, "release.rounding",
                    "tables '%s' and '%s': counts of measure '%s' are rounded "
                    "in one way in the one and not so in the other",
                    released->tables[known->table - 1].id,
                    released->tables[table - 1].id,
                    universe->measures[measure]);
}

/* The relations of the rounded measures, or those of all others. */
static void choose_rows(struct arena *arena, const struct released *released,
                        bool rounded, struct audit_input *input)
{
    const struct relations *from = &released->universe->relations;
    size_t *starts = arena_array(arena, from->count + 1, sizeof *starts);
    uint32_t *members =
        arena_array(arena, from->count == 0 ? 0 : from->starts[from->count],
                    sizeof *members);
    size_t rows = 0, size = 0;
    for (size_t r = 0; r < from->count; r++) {
        size_t first = from->starts[r];
        if ((released_base(released, from->members[first]) > 0) != rounded)
            continue;
        for (size_t i = first; i < from->starts[r + 1]; i++)
            members[size++] = from->members[i];
        starts[++rows] = size;
    }
    input->members = members;
    input->starts = starts;
    input->relations = rows;
}

void released_leave_rounded(struct arena *arena,
                            const struct released *released,
                            struct audit_input *input)
{
    choose_rows(arena, released, false, input);
}

static bool is_cut(const struct released *released, size_t cell, int64_t base)
{
    const struct universe *universe = released->universe;
    return cell < universe->published &&
           !(universe->flags[cell] & CELL_STRUCTURAL) &&
           universe_upper(universe, cell) - universe->counts[cell] < base - 1;
}

static struct audit_input view_rounded(struct arena *arena,
                                       const struct released *released)
{
    const struct universe *universe = released->universe;
    size_t cells = universe->count;
    enum audit_guard *guards = arena_array(arena, cells, sizeof *guards);
    int64_t *lower = arena_array(arena, cells, sizeof *lower);
    int64_t *upper = arena_array(arena, cells, sizeof *upper);
    struct audit_input input = {
        .cells = cells,
        .counts = universe->counts,
        .lower = lower,
        .upper = upper,
        .guards = guards,
        .threshold = released->policy.threshold,
        .thresholds = universe->thresholds,
    };
    for (size_t c = 0; c < cells; c++) {
        int64_t reach = released_base(released, c) - 1;
        int64_t count = universe->counts[c];
        bool open = reach >= 0 && !(universe->flags[c] & CELL_STRUCTURAL);
        bool printed = c < universe->published;
        guards[c] = open ? AUDIT_GUARDED : AUDIT_SHOWN;
        lower[c] = printed && count > reach ? count - reach : 0;
        upper[c] = universe_upper(universe, c);
        if (printed && count + reach < upper[c])
            upper[c] = count + reach;
    }
    choose_rows(arena, released, true, &input);
    return input;
}

bool released_attack_rounded(struct arena *arena,
                             const struct released *released,
                             enum audit_verdict *verdicts, size_t *exposed,
                             struct err *err)
{
    struct audit_input input = view_rounded(arena, released);
    struct audit_bounds bounds;
    *exposed = 0;
    if (!audit_propagate(arena, &input, &bounds))
        return err_fail(err, ERR_INPUT, "audit.contradiction",
                        "no counts agree with those that are rounded");
    for (size_t c = 0; c < input.cells; c++) {
        int64_t base = released_base(released, c);
        bool printed = c < released->universe->published;
        if (base == 0 || !printed || input.guards[c] == AUDIT_SHOWN)
            continue;
        bool narrow = bounds.low[c] < input.thresholds[c] &&
                      bounds.high[c] >= 1 &&
                      bounds.high[c] - bounds.low[c] < input.thresholds[c] - 2;
        if (!narrow && !is_cut(released, c, base))
            continue;
        verdicts[c] = AUDIT_EXPOSED;
        ++*exposed;
    }
    return true;
}
