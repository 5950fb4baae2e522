/* SPDX-License-Identifier: EUPL-1.2 */
/* What an attacker of a release starts from, and how its cells are named. */
#include "sdc/released_impl.h"

static void choose_rows(struct arena *arena, const struct released *released,
                        bool changed, struct audit_input *input)
{
    const struct relations *from = &released->universe->relations;
    size_t *starts = arena_array(arena, from->count + 1, sizeof *starts);
    uint32_t *members =
        arena_array(arena, from->count == 0 ? 0 : from->starts[from->count],
                    sizeof *members);
    size_t rows = 0, size = 0;
    for (size_t r = 0; r < from->count; r++) {
        size_t first = from->starts[r];
        if (released_is_changed(released, from->members[first]) != changed)
            continue;
        for (size_t i = first; i < from->starts[r + 1]; i++)
            members[size++] = from->members[i];
        starts[++rows] = size;
    }
    input->members = members;
    input->starts = starts;
    input->relations = rows;
}

struct released_view released_view_new(struct arena *arena,
                                       const struct released *released,
                                       bool changed)
{
    const struct universe *universe = released->universe;
    size_t cells = universe->count;
    struct released_view view = {
        .guards = arena_array(arena, cells, sizeof *view.guards),
        .lower = arena_array(arena, cells, sizeof *view.lower),
        .upper = arena_array(arena, cells, sizeof *view.upper),
    };
    view.input = (struct audit_input){
        .cells = cells,
        .counts = universe->counts,
        .lower = view.lower,
        .upper = view.upper,
        .guards = view.guards,
        .threshold = released->policy.threshold,
        .thresholds = universe->thresholds,
    };
    choose_rows(arena, released, changed, &view.input);
    return view;
}

struct audit_input released_attack(struct arena *arena,
                                   const struct released *released,
                                   enum audit_attacker attacker)
{
    const struct universe *universe = released->universe;
    struct released_view view = released_view_new(arena, released, false);
    for (size_t c = 0; c < universe->count; c++) {
        bool open =
            universe_is_open(universe, c) && !released_is_changed(released, c);
        view.guards[c] = open ? AUDIT_GUARDED : AUDIT_SHOWN;
        view.lower[c] =
            attacker == AUDIT_STRICT ? universe_lower(universe, c) : 0;
        view.upper[c] = universe_upper(universe, c);
        if (!open || c >= universe->published)
            continue;
        if (released->cells[c].least > view.lower[c])
            view.lower[c] = released->cells[c].least;
        if (released->cells[c].most < view.upper[c])
            view.upper[c] = released->cells[c].most;
    }
    view.input.bands = released->bands;
    view.input.band_count = released->band_count;
    return view.input;
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
    const struct released_rounding *how = released_rounding(released, cell);
    if (how->base > 0)
        return how->base < universe->thresholds[cell] - 1;
    if (how->noise != NULL)
        return ptable_reach(how->noise) < universe->thresholds[cell] - 2;
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
