/* SPDX-License-Identifier: EUPL-1.2 */
/* What an attacker of a release starts from, and how its cells are named. */
#include "sdc/released.h"

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
        bool open = universe_is_open(universe, c);
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
    return (struct audit_input){
        .cells = cells,
        .counts = universe->counts,
        .lower = lower,
        .upper = upper,
        .guards = guards,
        .members = universe->relations.members,
        .starts = universe->relations.starts,
        .relations = universe->relations.count,
        .bands = released->bands,
        .band_count = released->band_count,
        .threshold = released->policy.threshold,
        .thresholds = universe->thresholds,
    };
}

static bool is_own(const struct released *released, uint32_t table)
{
    return table > 0 && released->tables[table - 1].release == 0;
}

uint32_t released_printed(const struct released *released, size_t cell)
{
    if (cell >= released->universe->published)
        return 0;
    const struct released_cell *at = &released->cells[cell];
    return is_own(released, at->shown)  ? at->shown
           : is_own(released, at->told) ? at->told
                                        : 0;
}

bool released_split(const struct released *released, size_t cell)
{
    return released_printed(released, cell) > 0 &&
           released->cells[cell].held > 0;
}

bool released_before(const struct released *released, size_t cell)
{
    return cell < released->universe->published &&
           is_own(released, released->cells[cell].held) &&
           released->cells[cell].shown > 0 &&
           !is_own(released, released->cells[cell].shown);
}

bool released_small(const struct released *released, size_t cell)
{
    const struct universe *universe = released->universe;
    int64_t count = universe->counts[cell];
    return cell < universe->published &&
           is_own(released, released->cells[cell].shown) && count > 0 &&
           count < universe->thresholds[cell];
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
    return arena_format(arena, "%s: %s", released->tables[table - 1].name,
                        name);
}
