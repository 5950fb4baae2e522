/* SPDX-License-Identifier: EUPL-1.2 */
/* Universe -> pattern -> audit -> clearance. */
#include "sdc/alone.h"
#include "sdc/audit.h"
#include "sdc/lost.h"
#include "sdc/pattern.h"
#include "sdc/rule.h"
#include "sdc/widen.h"

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
        if (!(*flags & CELL_FORCED) &&
            !rule_primary(universe->policy, universe->counts[c]))
            continue;
        /* What another release shows can be withheld but not protected. */
        *flags |= *flags & CELL_KNOWN ? CELL_KEPT : CELL_PRIMARY;
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

static bool is_settled(enum audit_verdict verdict)
{
    switch (verdict) {
    case AUDIT_PUBLIC:
    case AUDIT_WITNESSED:
    case AUDIT_PROPAGATED:
    case AUDIT_SOLVED:
        return true;
    case AUDIT_EXPOSED:
    case AUDIT_SINGLE:
    case AUDIT_OPEN:
        return false;
    }
    return false;
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

/* A pattern under audit. */
struct trial {
    struct arena *arena;
    struct pattern *pattern;
    enum audit_verdict *verdicts; /* [cells] */
    struct witnesses found;       /* by linear programs, besides the moves */
    bool *tried;                  /* [cells] programs were of no use */
    bool *moveless;               /* [cells] no move was found */
    struct widening widening;
    bool waived; /* what earlier releases gave away is accepted */
};

static struct trial start_trial(struct arena *arena, struct pattern *pattern)
{
    const struct universe *universe = pattern->universe;
    return (struct trial){
        .arena = arena,
        .pattern = pattern,
        .verdicts =
            arena_array(arena, universe->count, sizeof(enum audit_verdict)),
        .tried = arena_array(arena, universe->count, sizeof(bool)),
        .moveless = arena_array(arena, universe->count, sizeof(bool)),
        .widening = widen_start(arena, pattern),
        .waived = policy_waiver(universe->policy, LOST_WAIVER) != NULL,
    };
}

/* Looks for moves for what the audit did not settle. True when something was
 * found, so that another audit is worth it. A long search that found nothing
 * is not repeated until more cells are suppressed. */
static bool repair(struct trial *trial)
{
    bool found = false;
    for (size_t c = 0; c < trial->pattern->universe->count; c++) {
        if (is_settled(trial->verdicts[c]) || trial->moveless[c] ||
            pattern_is_safe(trial->pattern, c))
            continue;
        if (pattern_protect(trial->pattern, c))
            found = true;
        else
            trial->moveless[c] = true;
    }
    return found;
}

/* One audit; *again asks for another after a repair. */
static bool audit_once(struct arena *scratch, struct trial *trial,
                       bool may_repair, bool *again, struct err *err)
{
    struct witnesses witnesses = {0};
    pattern_witnesses(trial->pattern, scratch, &witnesses);
    for (size_t w = 0; w < trial->found.count; w++)
        witness_add(scratch, &witnesses, &trial->found.list[w]);
    struct audit_input input = audit_view(scratch, trial->pattern, &witnesses);
    *again = false;
    if (!audit_run(&input, trial->verdicts, err))
        return false;
    if (may_repair && repair(trial)) {
        *again = true;
        return true;
    }
    return audit_solve(&input, trial->verdicts, err);
}

static bool audit_and_repair(struct trial *trial, struct err *err)
{
    bool again = true;
    for (int round = 0; again; round++) {
        struct arena *scratch = arena_new();
        bool ok = audit_once(scratch, trial, round < REPAIR_LIMIT, &again, err);
        arena_wipe(scratch);
        if (!ok)
            return false;
    }
    return true;
}

/* Looks for witnesses without those who see through the others. True when
 * some were found, so that another audit is worth it. */
static bool search_alone(struct trial *trial)
{
    bool found = false;
    for (size_t c = 0; c < trial->pattern->universe->count; c++) {
        if (trial->verdicts[c] != AUDIT_SINGLE || trial->tried[c] ||
            lost_already(trial->pattern, c))
            continue;
        trial->tried[c] = true;
        if (alone_search(trial->pattern, c, trial->arena, &trial->found))
            found = true;
    }
    return found;
}

/* The first cell that is not settled, or SDC_NO_CELL. */
static size_t unsettled(struct trial *trial)
{
    size_t first = SDC_NO_CELL;
    for (size_t c = trial->pattern->universe->count; c-- > 0;) {
        if (is_settled(trial->verdicts[c]) ||
            (trial->waived && trial->verdicts[c] == AUDIT_SINGLE &&
             lost_already(trial->pattern, c)))
            continue;
        widen_from(&trial->widening, c);
        trial->tried[c] = false;
        trial->moveless[c] = false;
        first = c;
    }
    return first;
}

static bool fail_unsettled(const struct trial *trial, size_t cell,
                           struct err *err)
{
    const struct universe *universe = trial->pattern->universe;
    if (trial->verdicts[cell] != AUDIT_SINGLE ||
        !lost_already(trial->pattern, cell))
        return fail_exposed(universe, cell, trial->verdicts[cell], err);
    return err_fail(err, ERR_DISCLOSURE, "sdc.lost",
                    "%s: whoever is alone in another cell recovers it from "
                    "earlier releases, whatever this one withholds; only a "
                    "waiver '" LOST_WAIVER "' of the policy accepts that",
                    universe_name(universe->arena, universe, cell));
}

static bool audit_all(struct arena *arena, struct pattern *pattern,
                      struct sdc_report *report, struct err *err)
{
    struct trial trial = start_trial(arena, pattern);
    size_t open = SDC_NO_CELL;
    bool again;
    do {
        if (!audit_and_repair(&trial, err))
            return false;
        again = search_alone(&trial);
        if (again)
            continue;
        open = unsettled(&trial);
        again = open != SDC_NO_CELL && widen_next(&trial.widening);
    } while (again);
    if (open != SDC_NO_CELL)
        return fail_unsettled(&trial, open, err);
    tally(pattern->universe, trial.verdicts, report);
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
    return !universe_is_withheld(clearance->universe, cell);
}

const struct sdc_report *clearance_report(const struct clearance *clearance)
{
    return &clearance->report;
}

void clearance_review(const struct clearance *clearance, struct text *out)
{
    const struct universe *universe = clearance->universe;
    for (size_t c = 0; c < universe->published; c++) {
        if (!universe_is_withheld(universe, c))
            continue;
        unsigned flags = universe->flags[c];
        const char *why = flags & CELL_FORCED    ? "required"
                          : flags & CELL_PRIMARY ? "primary"
                          : flags & CELL_KEPT    ? "kept"
                                                 : "secondary";
        char *name = universe_name(out->arena, universe, c);
        text_format(out, "%s\t%s\n", why, name);
    }
}
