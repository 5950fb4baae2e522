/* SPDX-License-Identifier: EUPL-1.2 */
/* Universe -> pattern -> audit -> clearance. */
#include "sdc/certificate.h"
#include "sdc/clearance.h"
#include "sdc/ground.h"
#include "sdc/lost.h"
#include "sdc/ring.h"

enum {
    GROUND_ROUNDS = 200, /* of attack and mending */
    /* Cells of a universe with those of other releases, from which on programs
     * come before circuits. */
    PAST_MANY = 20000,
};

static bool has_past(const struct universe *universe)
{
    for (size_t c = 0; c < universe->count; c++) {
        if (universe->flags[c] & CELL_KNOWN)
            return true;
    }
    return false;
}

/* --- the field ------------------------------------------------------------ */

static unsigned char state_of(const struct universe *universe, size_t cell)
{
    if (!universe_is_open(universe, cell))
        return FIELD_SHOWN;
    return universe->flags[cell] & CELL_HIDDEN ? FIELD_HIDDEN : FIELD_PRIMARY;
}

static enum audit_guard guard_of(const struct universe *universe, size_t cell)
{
    unsigned flags = universe->flags[cell];
    if (flags & CELL_FORCED)
        return AUDIT_FORCED;
    if (flags & CELL_PRIMARY)
        return AUDIT_PRIMARY;
    return flags & CELL_COMPLEMENT ? AUDIT_WHOLE : AUDIT_GUARDED;
}

static int32_t price_of(const struct universe *universe, size_t cell)
{
    bool stays = universe->counts[cell] == 0 ||
                 (universe->flags[cell] &
                  (CELL_STRUCTURAL | CELL_MUST_SHOW | CELL_KNOWN));
    return stays ? FIELD_BLOCKED
                 : field_price(
                       universe->counts[cell], SHEET_PRICE_DEFAULT,
                       field_tie(universe->tie_key, universe->keys[cell]));
}

/* Circuits that pass by nothing but public cells are looked for in vain. */
static bool is_vast(const struct universe *universe)
{
    return universe->count > PAST_MANY && has_past(universe);
}

static struct field *make_field(struct arena *arena,
                                const struct universe *universe,
                                uint32_t *persons)
{
    struct field *field = field_of_universe(arena, universe);
    field->persons = persons;
    field->thresholds = universe->thresholds;
    field->wide = universe->rated || is_vast(universe);
    for (size_t c = 0; c < universe->count; c++) {
        field->states[c] = state_of(universe, c);
        field->prices[c] = price_of(universe, c);
        field->lower[c] = universe_lower(universe, c);
        field->upper[c] = universe_upper(universe, c);
        field->guards[c] = (unsigned char)guard_of(universe, c);
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

/* --- cells that must be shown --------------------------------------------- */

struct rings {
    const struct universe *universe;
    bool *near; /* [cells] */
};

/* True when the public limit alone makes the interval too narrow. */
static bool is_hopeless(const struct universe *universe, size_t cell)
{
    return universe_upper(universe, cell) - universe_lower(universe, cell) <
           universe->thresholds[cell] - 2;
}

/* True when what others have shown is enough to expose the cell. */
static bool is_lost(void *context, const struct pattern *pattern, size_t cell,
                    enum audit_verdict verdict)
{
    const struct rings *rings = context;
    return is_hopeless(rings->universe, cell) ||
           (verdict == AUDIT_SINGLE &&
            lost_already(rings->universe, pattern, cell));
}

/* What is not settled and can still be, and a ring around it. */
static bool suppress_around(void *context, struct pattern *pattern,
                            const enum audit_verdict *verdicts)
{
    struct rings *rings = context;
    for (size_t c = 0; c < rings->universe->count; c++)
        rings->near[c] =
            rings->near[c] || (!audit_settled(verdicts[c]) &&
                               !is_lost(rings, pattern, c, verdicts[c]));
    return ring_open(pattern, rings->near);
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

/* The rule that wants a cell suppressed though it is no small count, as the end
 * of a sentence: a zero that the zero of its region gives away. */
static const char *forced_by(const struct clearance *clearance, size_t cell)
{
    const struct universe *universe = clearance->universe;
    size_t count = rule_book_count(clearance->book);
    for (size_t r = 0; r < count && universe->flags[cell] & CELL_FORCED; r++) {
        if (rule_book_asks(clearance->book, universe, r, cell))
            return arena_format(universe->arena,
                                ", while %s wants it "
                                "suppressed",
                                rule_book_name(clearance->book, r));
    }
    return "";
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
        return err_fail(err, ERR_DISCLOSURE, "sdc.exposed", "%s: %s%s", name,
                        why, forced_by(clearance, cell));
    size_t rule = rule_book_shows(clearance->book, universe, shown);
    return err_fail(err, ERR_DISCLOSURE, "sdc.exposed",
                    "%s: %s, while %s wants this cell shown: %s", name, why,
                    rule_book_name(clearance->book, rule),
                    universe_name(universe->arena, universe, shown));
}

/* Says how many more there are: who signs a waiver for one signs it for all. */
static bool fail_lost(const struct clearance *clearance, size_t cell,
                      struct err *err)
{
    const struct universe *universe = clearance->universe;
    size_t others = 0;
    for (size_t c = 0; c < universe->count; c++)
        others += c != cell && clearance->verdicts[c] == AUDIT_SINGLE &&
                  lost_already(universe, clearance->pattern, c);
    const char *more =
        others == 0 ? ""
                    : arena_format(universe->arena, " (%zu other cell%s too)",
                                   others, others == 1 ? "" : "s");
    return err_fail(err, ERR_DISCLOSURE, "sdc.lost",
                    "%s: whoever is alone in another cell recovers it from "
                    "earlier releases, whatever this one withholds%s; only a "
                    "waiver '" LOST_WAIVER "' of the policy accepts that",
                    universe_name(universe->arena, universe, cell), more);
}

/* Her own cell is this one and another: nothing that is published tells her. */
static bool fail_alone(const struct clearance *clearance, size_t cell,
                       struct err *err)
{
    const struct universe *universe = clearance->universe;
    return err_fail(err, ERR_DISCLOSURE, "sdc.alone",
                    "%s: whoever is alone in another cell knows it by that, "
                    "whatever is suppressed%s",
                    universe_name(universe->arena, universe, cell),
                    forced_by(clearance, cell));
}

/* True when the verdict lets the release go out. */
static bool accept(const struct clearance *clearance,
                   const struct pattern *pattern, size_t cell,
                   enum audit_verdict verdict, struct err *err)
{
    const struct universe *universe = clearance->universe;
    if (audit_settled(verdict))
        return true;
    if (verdict != AUDIT_SINGLE || !lost_already(universe, pattern, cell))
        return fail_exposed(clearance, cell, verdict, err);
    if (!has_past(universe))
        return fail_alone(clearance, cell, err);
    return policy_waiver(universe->policy, LOST_WAIVER) != NULL ||
           fail_lost(clearance, cell, err);
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

static bool fail_late(struct err *err)
{
    return err_fail(err, ERR_DISCLOSURE, "sdc.limit",
                    "the time for the audit ended before the release was "
                    "protected");
}

static bool audit_all(struct arena *arena, struct pattern *pattern,
                      struct universe *universe, struct clearance *clearance,
                      struct err *err)
{
    enum audit_verdict *verdicts =
        arena_array(arena, universe->count, sizeof *verdicts);
    struct rings rings = {
        .universe = universe,
        .near = arena_array(arena, universe->count, sizeof *rings.near),
    };
    clearance->verdicts = verdicts;
    struct field_resort resort = {suppress_around, is_lost, &rings};
    if (!field_settle(pattern, &resort, verdicts, err))
        return false;
    take_pattern(universe, pattern->field);
    for (size_t c = 0; c < universe->count; c++) {
        if (!accept(clearance, pattern, c, verdicts[c], err))
            return false;
    }
    if (pattern->late)
        return fail_late(err);
    tally(universe, verdicts, &clearance->report);
    return true;
}

/* --- the whole ------------------------------------------------------------ */

static bool check_thresholds(const struct universe *universe, struct err *err)
{
    for (size_t c = 0; c < universe->count; c++) {
        if (universe->thresholds[c] < LEAST_THRESHOLD)
            return err_fail(err, ERR_DISCLOSURE, "sdc.threshold",
                            "the policy has a threshold under 3");
    }
    return true;
}

/* What one release is protected with. */
struct protecting {
    struct arena *closed;
    struct universe *universe;
    struct rule_book *book;
    sdc_count *count;
    void *context;
    struct clearance *clearance;
};

/* Rules before the closure, because a zero that they suppress tells nothing
 * of its parts; then for the hidden cells that the closure added. Cells of
 * other releases are held to the rules of this one. */
static bool close_universe(const struct protecting *of, struct err *err)
{
    struct universe *universe = of->universe;
    size_t joined = universe->count;
    return universe_open_axes(universe, err) &&
           rule_book_apply(of->book, universe, 0, err) &&
           universe_close(universe, of->count, of->context, err) &&
           rule_book_apply(of->book, universe, joined, err) &&
           check_thresholds(universe, err);
}

/* A pattern of the universe as it is now, where nothing is opened yet. */
static bool new_pattern(const struct protecting *of, struct pattern **pattern,
                        struct err *err)
{
    uint32_t *persons;
    const struct pattern *before = of->clearance->pattern;
    if (!person_find(of->closed, of->universe, of->count, of->context, &persons,
                     err))
        return false;
    *pattern =
        pattern_new(of->closed, make_field(of->closed, of->universe, persons));
    of->clearance->pattern = *pattern;
    return !is_vast(of->universe) || field_solve_open(*pattern, before, err);
}

static bool protect_universe(const struct protecting *of, struct err *err)
{
    struct pattern *pattern;
    if (!close_universe(of, err) || !new_pattern(of, &pattern, err))
        return false;
    pattern_choose(pattern, PATTERN_CIRCUITS);
    return audit_all(of->closed, pattern, of->universe, of->clearance, err);
}

/* What lines and bridges leave of a small crossing: nearly always the pattern
 * is safe there as it is, and what is not is mended. To choose it there from
 * the first would suppress far more: circuits find few ways among atoms, most
 * of them zeros, that programs find. */
static bool protect_crossing(const struct protecting *of, struct err *err)
{
    struct universe *universe = of->universe;
    struct pattern *pattern;
    size_t joined = universe->count;
    if (!universe_cross(universe, of->count, of->context, err) ||
        !rule_book_apply(of->book, universe, joined, err) ||
        !check_thresholds(universe, err))
        return false;
    if (universe->count == joined)
        return true;
    if (!new_pattern(of, &pattern, err))
        return false;
    pattern->reach = CIRCUIT_ROOMY;
    for (size_t c = 0; c < universe->count; c++) {
        if (universe_is_open(universe, c) && !pattern_is_safe(pattern, c))
            (void)pattern_protect(pattern, (uint32_t)c, 1);
    }
    of->clearance->report = (struct sdc_report){0};
    return audit_all(of->closed, pattern, universe, of->clearance, err);
}

/* What neither lines nor bridges nor a small crossing show: the pattern is
 * attacked from all atoms of a measure at once, and mended. */
static bool protect_ground(const struct protecting *of, struct err *err)
{
    struct clearance *clearance = of->clearance;
    struct ground *ground =
        ground_new(of->closed, of->universe, of->count, of->context);
    struct ground_end end = {.opened = 1};
    for (int round = 0; round < GROUND_ROUNDS && end.opened > 0; round++) {
        if (!ground_attack(ground, clearance->pattern, clearance->verdicts,
                           &end, err))
            return false;
        if (end.late)
            return fail_late(err);
        if (end.cell != SDC_NO_CELL)
            return fail_exposed(clearance, end.cell, end.verdict, err);
        if (end.opened > 0)
            clearance->report = (struct sdc_report){0};
        if (end.opened > 0 && !audit_all(of->closed, clearance->pattern,
                                         of->universe, clearance, err))
            return false;
    }
    clearance->report.grounded = end.proved;
    return end.opened == 0 || fail_late(err);
}

bool sdc_protect(struct arena *closed, struct universe *universe,
                 sdc_count *count, void *context, const struct clearance **out,
                 struct err *err)
{
    struct rule_book *book;
    if (!rule_book_new(closed, universe->codes, universe->policy, &book, err))
        return false;
    struct clearance *clearance = arena_alloc(closed, sizeof *clearance);
    clearance->universe = universe;
    clearance->book = book;
    const struct protecting of = {closed, universe, book,
                                  count,  context,  clearance};
    if (!protect_universe(&of, err) || !protect_crossing(&of, err) ||
        !protect_ground(&of, err))
        return err_wrap(err, "disclosure control");
    clearance->composed = composed_new(closed, universe);
    *out = clearance;
    return true;
}

bool clearance_certificate(const struct clearance *clearance, const char *about,
                           struct sink *sink, struct err *err)
{
    struct arena *scratch = arena_new();
    struct audit_input proof;
    size_t open;
    bool ok = field_proof(scratch, clearance->pattern, clearance->verdicts,
                          &proof, &open, err);
    if (ok && open != SDC_NO_CELL)
        ok = err_fail(err, ERR_DISCLOSURE, "sdc.certificate",
                      "%s: no witness proves that it is not exposed",
                      universe_name(scratch, clearance->universe, open));
    if (ok)
        certificate_add(sink, about, &proof, CERTIFICATE_WHOLE);
    arena_wipe(scratch);
    return ok;
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
        return universe->flags[cell] & CELL_KEPT ? "kept" : "secondary";
    return names[0] == '\0' ? "required" : "primary";
}

void clearance_review(const struct clearance *clearance, struct text *out)
{
    const struct universe *universe = clearance->universe;
    size_t rules = rule_book_count(clearance->book);
    size_t *cells = arena_array(out->arena, rules, sizeof *cells);
    struct text lines = text_new(out->arena);
    for (size_t c = 0; c < universe->published; c++) {
        if (!universe_is_withheld(universe, c))
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
