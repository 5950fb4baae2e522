/* SPDX-License-Identifier: EUPL-1.2 */
/* Universe -> pattern -> audit -> clearance. */
#include "sdc/field_audit.h"
#include "sdc/rule.h"

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

/* --- the field -------------------------------------------------------------
 */

static unsigned char state_of(const struct universe *universe, size_t cell)
{
    unsigned flags = universe->flags[cell];
    if (!universe_is_open(universe, cell))
        return FIELD_SHOWN;
    return flags & CELL_HIDDEN ? FIELD_HIDDEN : FIELD_PRIMARY;
}

static struct field *make_field(struct arena *arena,
                                const struct universe *universe,
                                uint32_t *persons)
{
    struct field *field = field_of_universe(arena, universe);
    int64_t threshold = universe->policy->threshold;
    field->persons = persons;
    for (size_t c = 0; c < universe->count; c++) {
        unsigned flags = universe->flags[c];
        int64_t count = universe->counts[c];
        bool primary = (flags & CELL_PRIMARY) != 0;
        field->states[c] = state_of(universe, c);
        field->prices[c] = count == 0 || (flags & CELL_STRUCTURAL)
                               ? FIELD_BLOCKED
                               : field_price(count, SHEET_PRICE_DEFAULT);
        field->lower[c] = universe_lower(universe, c);
        field->upper[c] = universe->limits[c];
        field->secret[c] = primary;
        field->forced[c] = (flags & CELL_FORCED) != 0;
        field->width[c] =
            primary || count / 2 < threshold - 1 ? threshold - 2 : 0;
    }
    return field;
}

/* What was chosen, back into the universe. */
static void take_pattern(struct universe *universe, const struct field *field)
{
    for (size_t c = 0; c < universe->count; c++) {
        if (field->states[c] == FIELD_SECONDARY)
            universe->flags[c] |= CELL_SECONDARY;
    }
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

static bool audit_all(struct arena *arena, struct pattern *pattern,
                      struct universe *universe, struct sdc_report *report,
                      struct err *err)
{
    enum audit_verdict *verdicts =
        arena_array(arena, universe->count, sizeof *verdicts);
    if (!field_settle(pattern, universe->policy->threshold, verdicts, err))
        return false;
    take_pattern(universe, pattern->field);
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
    struct pattern *pattern =
        pattern_new(closed, make_field(closed, universe, persons));
    pattern_choose(pattern, PATTERN_CIRCUITS);
    if (!audit_all(closed, pattern, universe, &clearance->report, err))
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
