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
    struct released_view view = released_view_new(arena, released, true);
    for (size_t c = 0; c < universe->count; c++) {
        int64_t reach = released_base(released, c) - 1;
        int64_t count = universe->counts[c];
        bool open = reach >= 0 && !(universe->flags[c] & CELL_STRUCTURAL);
        bool printed = c < universe->published;
        view.guards[c] = open ? AUDIT_GUARDED : AUDIT_SHOWN;
        view.lower[c] = printed && count > reach ? count - reach : 0;
        view.upper[c] = universe_upper(universe, c);
        if (printed && count + reach < view.upper[c])
            view.upper[c] = count + reach;
    }
    return view.input;
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
