/* SPDX-License-Identifier: EUPL-1.2 */
/* Universe -> pattern -> audit -> clearance. */
#include "sdc/audit.h"
#include "sdc/pattern.h"
#include "sdc/rule.h"

enum {
    REPAIR_LIMIT = 25, /* rounds of audit and repair */
    IMPROVE_PASSES = 1,
};

struct clearance {
    const struct universe *universe;
    struct sdc_report report;
};

/* --- primaries -------------------------------------------------------------
 */

static void mark_primaries(struct universe *universe)
{
    for (size_t c = 0; c < universe->count; c++) {
        unsigned char *flags = &universe->flags[c];
        if (*flags & CELL_STRUCTURAL)
            continue;
        if ((*flags & CELL_FORCED) ||
            rule_primary(universe->policy, universe->counts[c]))
            *flags |= CELL_PRIMARY;
    }
}

/* --- what the audit is given
 * --------------------------------------------------- */

static enum audit_guard guard_of(const struct universe *universe, size_t cell)
{
    if (!universe_is_open(universe, cell))
        return AUDIT_SHOWN;
    if (universe->flags[cell] & CELL_FORCED)
        return AUDIT_FORCED;
    return universe->flags[cell] & CELL_PRIMARY ? AUDIT_PRIMARY : AUDIT_GUARDED;
}

/* Copies: the audit reads nothing that the optimiser could have bent. */
static struct audit_input audit_view(struct arena *arena,
                                     const struct pattern *pattern,
                                     const struct witnesses *witnesses)
{
    const struct universe *universe = pattern->universe;
    size_t count = universe->count;
    enum audit_guard *guards = arena_array(arena, count, sizeof *guards);
    int64_t *lower = arena_array(arena, count, sizeof *lower);
    for (size_t c = 0; c < count; c++) {
        guards[c] = guard_of(universe, c);
        lower[c] = universe_lower(universe, c);
    }
    return (struct audit_input){
        .cells = count,
        .counts = universe->counts,
        .lower = lower,
        .upper = universe->limits,
        .guards = guards,
        .persons = pattern->persons,
        .members = universe->relations.members,
        .starts = universe->relations.starts,
        .relations = universe->relations.count,
        .threshold = universe->policy->threshold,
        .witnesses = witnesses->list,
        .witness_count = witnesses->count,
    };
}

/* --- audit and repair
 * ------------------------------------------------------------- */

/* Looks for moves for what the audit did not settle. True when something was
 * found, so that another audit is worth it. */
static bool repair(struct pattern *pattern, const enum audit_verdict *verdicts)
{
    bool found = false;
    for (size_t c = 0; c < pattern->universe->count; c++) {
        if (!audit_settled(verdicts[c]) && !pattern_is_safe(pattern, c) &&
            pattern_protect(pattern, c))
            found = true;
    }
    return found;
}

static bool fail_exposed(const struct universe *universe, size_t cell,
                         enum audit_verdict verdict, struct err *err)
{
    const char *why =
        verdict == AUDIT_EXPOSED
            ? "its interval would be too narrow whatever is suppressed"
        : verdict == AUDIT_SINGLE
            ? "whoever is alone in another cell could recover it"
            : "no proof was found that it is not exposed";
    return err_fail(err, ERR_DISCLOSURE, "sdc.exposed", "%s: %s",
                    universe_name(universe->arena, universe, cell), why);
}

static void tally(const struct universe *universe,
                  const enum audit_verdict *verdicts, struct sdc_report *report)
{
    report->cells = universe->published;
    for (size_t c = 0; c < universe->count; c++) {
        unsigned flags = universe->flags[c];
        bool open = universe_is_open(universe, c);
        if (c < universe->published && open) {
            report->primary += (flags & CELL_PRIMARY) != 0;
            report->secondary += (flags & CELL_PRIMARY) == 0;
        }
        report->hidden += (flags & CELL_HIDDEN) != 0;
        report->witnessed += verdicts[c] == AUDIT_WITNESSED;
        report->propagated += verdicts[c] == AUDIT_PROPAGATED;
        report->solved += verdicts[c] == AUDIT_SOLVED;
    }
}

/* One audit; *again asks for another after a repair. */
static bool audit_once(struct arena *scratch, struct pattern *pattern,
                       bool may_repair, enum audit_verdict *verdicts,
                       bool *again, struct err *err)
{
    struct witnesses witnesses = {0};
    pattern_witnesses(pattern, scratch, &witnesses);
    struct audit_input input = audit_view(scratch, pattern, &witnesses);
    *again = false;
    if (!audit_run(&input, verdicts, err))
        return false;
    if (may_repair && repair(pattern, verdicts)) {
        *again = true;
        return true;
    }
    return audit_solve(&input, verdicts, err);
}

static bool audit_all(struct arena *arena, struct pattern *pattern,
                      struct sdc_report *report, struct err *err)
{
    const struct universe *universe = pattern->universe;
    enum audit_verdict *verdicts =
        arena_array(arena, universe->count, sizeof *verdicts);
    bool again = true;
    for (int round = 0; again; round++) {
        struct arena *scratch = arena_new();
        bool ok = audit_once(scratch, pattern, round < REPAIR_LIMIT, verdicts,
                             &again, err);
        arena_wipe(scratch);
        if (!ok)
            return false;
    }
    for (size_t c = 0; c < universe->count; c++) {
        if (!audit_settled(verdicts[c]))
            return fail_exposed(universe, c, verdicts[c], err);
    }
    tally(universe, verdicts, report);
    return true;
}

/* --- the whole
 * ------------------------------------------------------------------------ */

bool sdc_protect(struct arena *closed, struct universe *universe,
                 sdc_count *count, void *context, const struct clearance **out,
                 struct err *err)
{
    if (universe->policy->threshold < 3)
        return err_fail(err, ERR_DISCLOSURE, "sdc.threshold",
                        "the policy's threshold is under 3");
    if (!universe_open_axes(universe, err) ||
        !universe_close(universe, count, context, err))
        return err_wrap(err, "disclosure control");
    uint32_t *persons;
    if (!person_find(closed, universe, count, context, &persons, err))
        return err_wrap(err, "disclosure control");
    mark_primaries(universe);

    struct clearance *clearance = arena_alloc(closed, sizeof *clearance);
    clearance->universe = universe;
    struct pattern *pattern = pattern_new(closed, universe, persons);
    pattern_protect_all(pattern);
    pattern_improve(pattern, IMPROVE_PASSES);
    if (!audit_all(closed, pattern, &clearance->report, err))
        return err_wrap(err, "disclosure control");
    *out = clearance;
    return true;
}

bool clearance_shown(const struct clearance *clearance, size_t cell)
{
    assert(cell < clearance->universe->published);
    return !universe_is_open(clearance->universe, cell);
}

const struct sdc_report *clearance_report(const struct clearance *clearance)
{
    return &clearance->report;
}

void clearance_review(const struct clearance *clearance, struct text *out)
{
    const struct universe *universe = clearance->universe;
    for (size_t c = 0; c < universe->published; c++) {
        if (!universe_is_open(universe, c))
            continue;
        unsigned flags = universe->flags[c];
        const char *why = flags & CELL_FORCED    ? "required"
                          : flags & CELL_PRIMARY ? "primary"
                                                 : "secondary";
        char *name = universe_name(out->arena, universe, c);
        text_format(out, "%s\t%s\n", why, name);
    }
}
