/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/field_audit.h"

#include <math.h>

#include "sdc/ring.h"

enum {
    REPAIR_LIMIT = 25, /* rounds of audit and repair */
    REPAIR_CELLS = 32, /* of a universe in one round */
};

struct audit_input field_audit(struct arena *arena, const struct field *field,
                               const struct witnesses *witnesses)
{
    enum audit_guard *guards = arena_array(arena, field->cells, sizeof *guards);
    for (size_t c = 0; c < field->cells; c++)
        guards[c] = field_open(field, c) ? (enum audit_guard)field->guards[c]
                                         : AUDIT_SHOWN;
    return (struct audit_input){
        .cells = field->cells,
        .counts = field->counts,
        .lower = field->lower,
        .upper = field->upper,
        .guards = guards,
        .persons = field->persons,
        .members = field->relations.members,
        .starts = field->relations.starts,
        .relations = field->relations.count,
        .thresholds = field->thresholds,
        .witnesses = witnesses->list,
        .witness_count = witnesses->count,
    };
}

/* The hidden atoms of a universe are reached by programs far sooner than by
 * circuits; a sheet has none, and its pieces may be large. */
static bool solves_first(const struct field *field)
{
    return field->sheet == NULL;
}

struct settling {
    struct pattern *pattern;
    const struct field_resort *resort;
    enum audit_verdict *verdicts;
    size_t *repaired; /* where the next repair goes on */
};

static double seconds_left(const struct settling *settling)
{
    double deadline = settling->pattern->deadline;
    return deadline > 0 ? deadline - audit_clock() : HUGE_VAL;
}

/* Past the deadline nothing is changed any more, and nothing is let through:
 * what is chosen must not hang on a clock. */
static bool is_late(const struct settling *settling)
{
    struct pattern *pattern = settling->pattern;
    pattern->late = pattern->late || seconds_left(settling) <= 0;
    return pattern->late;
}

/* Settled, or beyond help. */
static bool is_done(const struct settling *settling, size_t cell)
{
    const struct field_resort *resort = settling->resort;
    enum audit_verdict verdict = settling->verdicts[cell];
    return audit_settled(verdict) ||
           (resort->is_lost != NULL &&
            resort->is_lost(resort->context, settling->pattern, cell, verdict));
}

static bool all_done(const struct settling *settling)
{
    bool done = true;
    for (size_t c = 0; done && c < settling->pattern->field->cells; c++)
        done = is_done(settling, c);
    return done;
}

static bool all_settled(const struct settling *settling)
{
    bool settled = true;
    for (size_t c = 0; settled && c < settling->pattern->field->cells; c++)
        settled = audit_settled(settling->verdicts[c]);
    return settled;
}

/* Looks for witnesses for what the audit did not settle; of a universe, a few
 * cells at a time, since each takes long. True when something was found, so
 * that another audit is worth it. */
static bool repair(const struct settling *settling)
{
    struct pattern *pattern = settling->pattern;
    size_t tried = 0;
    bool found = false;
    pattern->reach = CIRCUIT_ANY;
    pattern->wander = true;
    size_t cells = pattern->field->cells, start = *settling->repaired;
    size_t most = solves_first(pattern->field) ? REPAIR_CELLS : SIZE_MAX;
    for (size_t i = 0; i < cells && tried < most; i++) {
        size_t c = (start + i) % cells;
        if (is_done(settling, c) || pattern_is_safe(pattern, c))
            continue;
        tried++;
        *settling->repaired = c + 1;
        found = pattern_protect(pattern, (uint32_t)c, FIELD_BLOCKED) || found;
    }
    return found;
}

/* True when the pattern is still the one that was audited. */
static bool is_audited(const struct field *field,
                       const struct audit_input *input)
{
    bool same = true;
    for (size_t c = 0; same && c < field->cells; c++)
        same = field_open(field, c) == (input->guards[c] != AUDIT_SHOWN);
    return same;
}

/* Settles by exact programs what it can. The tables they find become witnesses
 * of the pattern: for its certificate, and so that no later round looks for
 * them again. */
static bool solve(const struct settling *settling, struct arena *scratch,
                  struct audit_input *input, struct err *err)
{
    struct pattern *pattern = settling->pattern;
    struct audit_found found = {.arena = scratch};
    if (all_settled(settling) || is_late(settling))
        return true;
    input->seconds = seconds_left(settling);
    if (!audit_solve(input, settling->verdicts, &found, err))
        return false;
    pattern_record_all(pattern, &found.witnesses);
    return true;
}

/* Opens more where something is left to settle; where nothing is, shows what
 * was opened so and no witness came to use. True when the pattern changed. */
static bool resort_more(const struct settling *settling)
{
    const struct field_resort *resort = settling->resort;
    struct pattern *pattern = settling->pattern;
    if (all_done(settling))
        return ring_close(pattern);
    return resort->open != NULL &&
           resort->open(resort->context, pattern, settling->verdicts);
}

/* One audit; *again asks for another, after a repair. */
static bool audit_once(const struct settling *settling, struct arena *scratch,
                       bool may_repair, bool *again, struct err *err)
{
    struct pattern *pattern = settling->pattern;
    struct witnesses witnesses = {0};
    pattern_witnesses(pattern, scratch, &witnesses);
    struct audit_input input = field_audit(scratch, pattern->field, &witnesses);
    *again = false;
    pattern_rest(pattern);
    bool ok = audit_run(&input, settling->verdicts, err);
    pattern_wake(pattern);
    if (!ok)
        return false;
    bool first = solves_first(pattern->field);
    if (first && !solve(settling, scratch, &input, err))
        return false;
    if (may_repair && !is_late(settling) &&
        (repair(settling) || !is_audited(pattern->field, &input))) {
        *again = true;
        return true;
    }
    if (!first && !solve(settling, scratch, &input, err))
        return false;
    if (may_repair && !is_late(settling))
        *again = resort_more(settling);
    return true;
}

bool field_settle(struct pattern *pattern, const struct field_resort *resort,
                  enum audit_verdict *verdicts, struct err *err)
{
    size_t repaired = 0;
    struct settling settling = {
        .pattern = pattern,
        .repaired = &repaired,
        .resort = resort,
        .verdicts = verdicts,
    };
    bool again = true, ok = true;
    if (solves_first(pattern->field))
        pattern->deadline = audit_clock() + AUDIT_SECONDS;
    for (int round = 0; ok && again; round++) {
        struct arena *scratch = arena_new();
        ok = audit_once(&settling, scratch, round < REPAIR_LIMIT, &again, err);
        arena_wipe(scratch);
    }
    (void)is_late(&settling);
    pattern_rest(pattern);
    return ok;
}

/* --- before anything is opened -------------------------------------------- */

static bool record_tables(struct pattern *pattern, struct arena *scratch,
                          struct audit_input *input,
                          enum audit_verdict *verdicts, struct err *err)
{
    struct audit_found found = {.arena = scratch};
    input->plain = 1.0;
    if (!audit_solve(input, verdicts, &found, err))
        return false;
    pattern_record_all(pattern, &found.witnesses);
    return true;
}

/* Records the tables of a pattern of fewer cells that are tables of these. */
static void carry_tables(struct pattern *pattern, struct arena *scratch,
                         const struct pattern *before)
{
    struct witnesses all = {0}, kept = {0};
    const struct witnesses none = {0};
    const struct audit_input input =
        field_audit(scratch, pattern->field, &none);
    pattern_witnesses(before, scratch, &all);
    audit_sift(scratch, &input, &all, &kept);
    pattern_record_all(pattern, &kept);
}

/* How far open cells move, by linear programs alone. */
static bool widen_open(struct pattern *pattern, struct arena *scratch,
                       enum audit_verdict *verdicts, struct err *err)
{
    const struct field *field = pattern->field;
    struct witnesses witnesses = {0};
    pattern_witnesses(pattern, scratch, &witnesses);
    struct audit_input input = field_audit(scratch, field, &witnesses);
    enum audit_guard *guards =
        arena_array(scratch, field->cells, sizeof *guards);
    for (size_t c = 0; c < field->cells; c++)
        guards[c] = field_open(field, c) ? AUDIT_BOUNDED : AUDIT_SHOWN;
    input.guards = guards;
    return audit_run(&input, verdicts, err) &&
           record_tables(pattern, scratch, &input, verdicts, err);
}

/* Of those that are wide now, whom somebody alone elsewhere sees through. */
static bool hide_open(struct pattern *pattern, struct arena *scratch,
                      enum audit_verdict *verdicts, struct err *err)
{
    struct witnesses witnesses = {0};
    pattern_witnesses(pattern, scratch, &witnesses);
    struct audit_input input = field_audit(scratch, pattern->field, &witnesses);
    if (!audit_run(&input, verdicts, err))
        return false;
    for (size_t c = 0; c < input.cells; c++) {
        if (verdicts[c] != AUDIT_SINGLE)
            verdicts[c] = AUDIT_PUBLIC;
    }
    return record_tables(pattern, scratch, &input, verdicts, err);
}

bool field_solve_open(struct pattern *pattern, const struct pattern *before,
                      struct err *err)
{
    struct arena *scratch = arena_new();
    enum audit_verdict *verdicts =
        arena_array(scratch, pattern->field->cells, sizeof *verdicts);
    double deadline = audit_clock() + AUDIT_SECONDS;
    if (before != NULL)
        carry_tables(pattern, scratch, before);
    bool ok = widen_open(pattern, scratch, verdicts, err) &&
              hide_open(pattern, scratch, verdicts, err);
    pattern->late = pattern->late || audit_clock() >= deadline;
    pattern->given = pattern->span_count;
    arena_wipe(scratch);
    return ok;
}

/* --- the proof ------------------------------------------------------------ */

/* Who is alone in another cell recovers such a cell, and may. */
static void waive(struct arena *arena, struct audit_input *proof,
                  const enum audit_verdict *verdicts)
{
    enum audit_guard *guards = arena_array(arena, proof->cells, sizeof *guards);
    for (size_t c = 0; c < proof->cells; c++) {
        guards[c] = proof->guards[c];
        if (verdicts[c] == AUDIT_SINGLE)
            guards[c] = guards[c] == AUDIT_FORCED ? AUDIT_WHOLE : AUDIT_GUARDED;
    }
    proof->guards = guards;
}

/* Only what programs settled can be without a witness. */
static bool needs_look(const enum audit_verdict *verdicts, size_t cells)
{
    bool solved = false;
    for (size_t c = 0; !solved && c < cells; c++)
        solved = verdicts[c] == AUDIT_SOLVED;
    return solved;
}

static bool find_open(const struct audit_input *proof, size_t *open,
                      struct err *err)
{
    struct arena *scratch = arena_new();
    enum audit_verdict *verdicts =
        arena_array(scratch, proof->cells, sizeof *verdicts);
    bool ok = audit_run(proof, verdicts, err);
    for (size_t c = proof->cells; ok && c-- > 0;) {
        if (!audit_settled(verdicts[c]))
            *open = c;
    }
    arena_wipe(scratch);
    return ok;
}

bool field_proof(struct arena *arena, const struct pattern *pattern,
                 const enum audit_verdict *verdicts, struct audit_input *out,
                 size_t *open, struct err *err)
{
    struct witnesses all = {0};
    pattern_witnesses(pattern, arena, &all);
    *out = field_audit(arena, pattern->field, &all);
    *open = SDC_NO_CELL;
    waive(arena, out, verdicts);
    return !needs_look(verdicts, out->cells) || find_open(out, open, err);
}
