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
    const struct rule_book *book;
    struct sdc_report report;
};

/* --- what the audit is given
 * --------------------------------------------------- */

static enum audit_guard guard_of(const struct universe *universe, size_t cell)
{
    if (!universe_is_open(universe, cell))
        return AUDIT_SHOWN;
    if (universe->flags[cell] & CELL_FORCED)
        return AUDIT_FORCED;
    if (universe->flags[cell] & CELL_PRIMARY)
        return AUDIT_PRIMARY;
    return universe->flags[cell] & CELL_COMPLEMENT ? AUDIT_WHOLE
                                                   : AUDIT_GUARDED;
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
        .thresholds = universe->thresholds,
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

static bool all_settled(const struct universe *universe,
                        const enum audit_verdict *verdicts)
{
    bool settled = true;
    for (size_t c = 0; settled && c < universe->count; c++)
        settled = is_settled(verdicts[c]);
    return settled;
}

/* Looks for moves for what the audit did not settle. True when something was
 * found, so that another audit is worth it. */
static bool repair(struct pattern *pattern, const enum audit_verdict *verdicts)
{
    bool found = false;
    for (size_t c = 0; c < pattern->universe->count; c++) {
        if (!is_settled(verdicts[c]) && !pattern_is_safe(pattern, c) &&
            pattern_protect(pattern, c))
            found = true;
    }
    return found;
}

static bool has_must_show(const struct universe *universe)
{
    for (size_t c = 0; c < universe->published; c++) {
        if (universe->flags[c] & CELL_MUST_SHOW)
            return true;
    }
    return false;
}

/* Suppresses the members of a relation with a cell that is near; those come
 * nearer for the next time. */
static bool suppress_relation(struct pattern *pattern, size_t relation,
                              const bool *near, bool *nearer)
{
    const struct relations *relations = &pattern->universe->relations;
    size_t first = relations->starts[relation];
    size_t end = relations->starts[relation + 1];
    bool here = false, found = false;
    for (size_t i = first; !here && i < end; i++)
        here = near[relations->members[i]];
    for (size_t i = first; here && i < end; i++) {
        uint32_t member = relations->members[i];
        nearer[member] = true;
        found = pattern_suppress(pattern, member) || found;
    }
    return found;
}

/* The last resort beside cells that must be shown, where single moves are not
 * enough: suppresses what relations have in common with a cell that is still
 * exposed, then what is next to that, a ring each time it is called. The
 * linear programs find what no move does. False when there is nothing left. */
static bool suppress_around(struct pattern *pattern, bool *near,
                            const enum audit_verdict *verdicts,
                            struct arena *scratch)
{
    const struct universe *universe = pattern->universe;
    bool open = has_must_show(universe), found = false, wider = true;
    for (size_t c = 0; c < universe->count; c++)
        near[c] = near[c] || !is_settled(verdicts[c]);
    while (open && !found && wider) {
        bool *nearer = arena_array(scratch, universe->count, sizeof *nearer);
        for (size_t r = 0; r < universe->relations.count; r++)
            found = suppress_relation(pattern, r, near, nearer) || found;
        wider = false;
        for (size_t c = 0; c < universe->count; c++) {
            wider = wider || (nearer[c] && !near[c]);
            near[c] = near[c] || nearer[c];
        }
    }
    return found;
}

/* --- refusals ------------------------------------------------------------- */

/* A must-show cell in a relation with the cell, or SDC_NO_CELL. */
static size_t shown_beside(const struct universe *universe, size_t cell)
{
    const struct relations *relations = &universe->relations;
    for (size_t r = 0; r < relations->count; r++) {
        bool here = false;
        size_t shown = SDC_NO_CELL;
        for (size_t i = relations->starts[r]; i < relations->starts[r + 1];
             i++) {
            size_t member = relations->members[i];
            here = here || member == cell;
            if (shown == SDC_NO_CELL &&
                (universe->flags[member] & CELL_MUST_SHOW) &&
                !universe_is_open(universe, member))
                shown = member;
        }
        if (here && shown != SDC_NO_CELL)
            return shown;
    }
    return SDC_NO_CELL;
}

/* True when the public limit alone makes the interval too narrow. */
static bool is_hopeless(const struct universe *universe, size_t cell)
{
    return universe->limits[cell] - universe_lower(universe, cell) <
           universe->thresholds[cell] - 2;
}

static bool fail_exposed(const struct clearance *clearance, size_t cell,
                         enum audit_verdict verdict, struct err *err)
{
    const struct universe *universe = clearance->universe;
    const char *why =
        verdict == AUDIT_EXPOSED
            ? "its interval would be too narrow whatever is suppressed"
        : verdict == AUDIT_SINGLE
            ? "whoever is alone in another cell could recover it"
            : "no proof was found that it is not exposed";
    char *name = universe_name(universe->arena, universe, cell);
    size_t shown = is_hopeless(universe, cell) ? SDC_NO_CELL
                                               : shown_beside(universe, cell);
    if (shown == SDC_NO_CELL)
        return err_fail(err, ERR_DISCLOSURE, "sdc.exposed", "%s: %s", name,
                        why);
    size_t rule = rule_book_shows(clearance->book, universe, shown);
    return err_fail(err, ERR_DISCLOSURE, "sdc.exposed",
                    "%s: %s, while %s wants this cell shown: %s", name, why,
                    rule_book_name(clearance->book, rule),
                    universe_name(universe->arena, universe, shown));
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
                       bool may_repair, bool *near,
                       enum audit_verdict *verdicts, bool *again,
                       struct err *err)
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
    if (!audit_solve(&input, verdicts, err))
        return false;
    if (may_repair && !all_settled(pattern->universe, verdicts))
        *again = suppress_around(pattern, near, verdicts, scratch);
    return true;
}

static bool audit_all(struct arena *arena, struct pattern *pattern,
                      struct clearance *clearance, struct err *err)
{
    const struct universe *universe = pattern->universe;
    enum audit_verdict *verdicts =
        arena_array(arena, universe->count, sizeof *verdicts);
    bool *near = arena_array(arena, universe->count, sizeof *near);
    bool again = true;
    for (int round = 0; again; round++) {
        struct arena *scratch = arena_new();
        bool ok = audit_once(scratch, pattern, round < REPAIR_LIMIT, near,
                             verdicts, &again, err);
        arena_wipe(scratch);
        if (!ok)
            return false;
    }
    for (size_t c = 0; c < universe->count; c++) {
        if (!is_settled(verdicts[c]))
            return fail_exposed(clearance, c, verdicts[c], err);
    }
    tally(universe, verdicts, &clearance->report);
    return true;
}

/* --- the whole
 * ------------------------------------------------------------------------ */

static bool check_thresholds(const struct universe *universe, struct err *err)
{
    for (size_t c = 0; c < universe->count; c++) {
        if (universe->thresholds[c] < 3)
            return err_fail(err, ERR_DISCLOSURE, "sdc.threshold",
                            "the policy has a threshold under 3");
    }
    return true;
}

/* Rules before the closure, because a zero that they suppress tells nothing
 * of its parts; then for the hidden cells that the closure added. */
static bool close_universe(struct universe *universe, struct rule_book *book,
                           sdc_count *count, void *context, struct err *err)
{
    return universe_open_axes(universe, err) &&
           rule_book_apply(book, universe, 0, err) &&
           universe_close(universe, count, context, err) &&
           rule_book_apply(book, universe, universe->published, err) &&
           check_thresholds(universe, err);
}

bool sdc_protect(struct arena *closed, struct universe *universe,
                 sdc_count *count, void *context, const struct clearance **out,
                 struct err *err)
{
    struct rule_book *book;
    uint32_t *persons;
    if (!rule_book_new(closed, universe->codes, universe->policy, &book, err))
        return false;
    if (!close_universe(universe, book, count, context, err) ||
        !person_find(closed, universe, count, context, &persons, err))
        return err_wrap(err, "disclosure control");

    struct clearance *clearance = arena_alloc(closed, sizeof *clearance);
    clearance->universe = universe;
    clearance->book = book;
    struct pattern *pattern = pattern_new(closed, universe, persons);
    pattern_protect_all(pattern);
    pattern_improve(pattern, IMPROVE_PASSES);
    if (!audit_all(closed, pattern, clearance, err))
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

/* --- the inside review ---------------------------------------------------- */

/* Names of the rules that ask for the suppression of a cell; counts the cell
 * for each. */
static char *reasons(const struct clearance *clearance, size_t cell,
                     size_t *cells, struct arena *arena)
{
    struct text names = text_new(arena);
    size_t rules = rule_book_count(clearance->book);
    for (size_t r = 0; r < rules; r++) {
        if (!rule_book_asks(clearance->book, clearance->universe, r, cell))
            continue;
        text_format(&names, "%s%s", names.size == 0 ? "" : ", ",
                    rule_book_name(clearance->book, r));
        cells[r]++;
    }
    return names.at;
}

static const char *why(const struct universe *universe, size_t cell,
                       const char *names)
{
    if ((universe->flags[cell] & CELL_PRIMARY) == 0)
        return "secondary";
    return names[0] == '\0' ? "required" : "primary";
}

void clearance_review(const struct clearance *clearance, struct text *out)
{
    const struct universe *universe = clearance->universe;
    size_t rules = rule_book_count(clearance->book);
    size_t *cells = arena_array(out->arena, rules, sizeof *cells);
    struct text lines = text_new(out->arena);
    for (size_t c = 0; c < universe->published; c++) {
        if (!universe_is_open(universe, c))
            continue;
        char *names = reasons(clearance, c, cells, out->arena);
        text_format(&lines, "%s\t%s\t%s\n", why(universe, c, names), names,
                    universe_name(out->arena, universe, c));
    }
    for (size_t r = 0; r < rules; r++)
        text_format(out, "rule\t%s\t%zu\n", rule_book_name(clearance->book, r),
                    cells[r]);
    text_add(out, lines.at);
}
