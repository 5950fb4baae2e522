/* SPDX-License-Identifier: EUPL-1.2 */
/* Rounded and perturbed counts of a release: what an outsider makes of them.
 *
 * That the interval of each is as wide as its base follows from the numbers
 * being sums of rounded tiles (docs/method/rounding.md), which nobody outside
 * can see; what can be seen are multiples, sums, public bounds and thresholds.
 * The attack grants more than is true, that every number is less than one base
 * from the count, totals included. Of perturbed counts the outsider has the
 * perturbation table, which a variance tells, and the same sums of what is
 * behind them; that they are hidden is proved by tiles as well. */
#include "sdc/audit_impl.h"
#include "sdc/released_impl.h"

const struct released_rounding *
released_rounding(const struct released *released, size_t cell)
{
    uint64_t key = released->universe->keys[cell];
    return &released->roundings[universe_measure(key)];
}

bool released_is_changed(const struct released *released, size_t cell)
{
    const struct released_rounding *how = released_rounding(released, cell);
    return how->base > 0 || how->variance > 0;
}

static bool make_noise(const struct released_reader *reader,
                       struct released_rounding *rounding, struct err *err)
{
    struct ptable_policy policy = ptable_standard(rounding->variance);
    struct ptable *noise = arena_alloc(reader->closed, sizeof *noise);
    if (rounding->variance == 0)
        return true;
    rounding->noise = noise;
    return ptable_make(reader->closed, &policy, noise, err);
}

bool released_note_base(const struct released_reader *reader, size_t cell,
                        uint32_t table, struct err *err)
{
    struct released *released = reader->released;
    const struct universe *universe = released->universe;
    size_t measure = universe_measure(universe->keys[cell]);
    struct released_rounding *known = &released->roundings[measure];
    const struct released_table *own = &released->tables[table - 1];
    if (known->table == 0) {
        *known =
            (struct released_rounding){own->base, own->variance, NULL, table};
        return make_noise(reader, known, err);
    }
    bool rounded = known->base > 0 || own->base > 0;
    return (known->base == own->base && known->variance == own->variance) ||
           err_fail(err, ERR_DISCLOSURE, "release.rounding",
                    "tables '%s' and '%s': counts of measure '%s' are %s in "
                    "one way in the one and not so in the other",
                    released->tables[known->table - 1].id, own->id,
                    universe->measures[measure],
                    rounded ? "rounded" : "perturbed");
}

static bool is_cut(const struct released *released, size_t cell, int64_t base)
{
    const struct universe *universe = released->universe;
    return cell < universe->published &&
           !(universe->flags[cell] & CELL_STRUCTURAL) &&
           universe_upper(universe, cell) - universe->counts[cell] < base - 1;
}

/* What a printed number leaves open. */
static void leave_open(const struct released_rounding *how, int64_t printed,
                       int64_t *lower, int64_t *upper)
{
    if (how->noise != NULL) {
        ptable_origin(how->noise, printed, lower, upper);
        return;
    }
    int64_t reach = how->base - 1;
    *lower = printed > reach ? printed - reach : 0;
    *upper = printed + reach;
}

static struct audit_input view_changed(struct arena *arena,
                                       const struct released *released)
{
    const struct universe *universe = released->universe;
    struct released_view view = released_view_new(arena, released, true);
    for (size_t c = 0; c < universe->count; c++) {
        bool open = released_is_changed(released, c) &&
                    !(universe->flags[c] & CELL_STRUCTURAL);
        int64_t upper = INT64_MAX;
        view.guards[c] = open ? AUDIT_GUARDED : AUDIT_SHOWN;
        if (open && c < universe->published)
            leave_open(released_rounding(released, c), universe->counts[c],
                       &view.lower[c], &upper);
        view.upper[c] = universe_upper(universe, c);
        if (upper < view.upper[c])
            view.upper[c] = upper;
    }
    return view.input;
}

bool released_attack_rounded(struct arena *arena,
                             const struct released *released,
                             enum audit_verdict *verdicts, size_t *exposed,
                             struct err *err)
{
    struct audit_input input = view_changed(arena, released);
    struct audit_bounds bounds;
    *exposed = 0;
    if (!audit_propagate(arena, &input, &bounds))
        return err_fail(err, ERR_INPUT, "audit.contradiction",
                        "no counts agree with those that are rounded or "
                        "perturbed");
    for (size_t c = 0; c < input.cells; c++) {
        int64_t base = released_rounding(released, c)->base;
        bool printed = c < released->universe->published;
        if (!released_is_changed(released, c) || !printed ||
            input.guards[c] == AUDIT_SHOWN)
            continue;
        bool narrow = bounds.low[c] < input.thresholds[c] &&
                      bounds.high[c] >= 1 &&
                      bounds.high[c] - bounds.low[c] < input.thresholds[c] - 2;
        if (!narrow && (base == 0 || !is_cut(released, c, base)))
            continue;
        verdicts[c] = AUDIT_EXPOSED;
        ++*exposed;
    }
    return true;
}
