/* SPDX-License-Identifier: EUPL-1.2 */
/* What an attacker of a release starts from, and how its cells are named. */
#include "sdc/released_impl.h"

struct audit_input released_attack(struct arena *arena,
                                   const struct released *released,
                                   enum audit_attacker attacker)
{
    const struct universe *universe = released->universe;
    size_t cells = universe->count;
    enum audit_guard *guards = arena_array(arena, cells, sizeof *guards);
    int64_t *lower = arena_array(arena, cells, sizeof *lower);
    int64_t *upper = arena_array(arena, cells, sizeof *upper);
    for (size_t c = 0; c < cells; c++) {
        bool open =
            universe_is_open(universe, c) && released_base(released, c) == 0;
        guards[c] = open ? AUDIT_GUARDED : AUDIT_SHOWN;
        lower[c] = attacker == AUDIT_STRICT ? universe_lower(universe, c) : 0;
        upper[c] = universe_upper(universe, c);
        if (!open || c >= universe->published)
            continue;
        if (released->cells[c].least > lower[c])
            lower[c] = released->cells[c].least;
        if (released->cells[c].most < upper[c])
            upper[c] = released->cells[c].most;
    }
    struct audit_input input = {
        .cells = cells,
        .counts = universe->counts,
        .lower = lower,
        .upper = upper,
        .guards = guards,
        .threshold = released->policy.threshold,
        .thresholds = universe->thresholds,
    };
    released_leave_rounded(arena, released, &input);
    return input;
}

bool released_small(const struct released *released, size_t cell)
{
    const struct universe *universe = released->universe;
    int64_t count = universe->counts[cell];
    int64_t base = released_base(released, cell);
    if (base > 0)
        return base < universe->thresholds[cell] - 1;
    return cell < universe->published && released->cells[cell].shown > 0 &&
           count > 0 && count < universe->thresholds[cell];
}

char *released_name(struct arena *arena, const struct released *released,
                    size_t cell)
{
    const struct universe *universe = released->universe;
    const char *name = universe_name(arena, universe, cell);
    if (cell >= universe->published)
        return arena_format(arena, "no table: %s", name);
    const struct released_cell *told = &released->cells[cell];
    uint32_t table = told->held > 0    ? told->held
                     : told->shown > 0 ? told->shown
                                       : told->seen;
    return arena_format(arena, "%s: %s", released->tables[table - 1].id, name);
}
