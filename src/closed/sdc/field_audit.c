/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/field_audit.h"

enum {
    REPAIR_LIMIT = 25, /* rounds of audit and repair */
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

/* Looks for witnesses for what the audit did not settle. True when something
 * was found, so that another audit is worth it. */
static bool repair(struct pattern *pattern, const enum audit_verdict *verdicts)
{
    bool found = false;
    pattern->reach = CIRCUIT_ANY;
    pattern->wander = true;
    for (size_t c = 0; c < pattern->field->cells; c++) {
        if (!audit_settled(verdicts[c]) && !pattern_is_safe(pattern, c) &&
            pattern_protect(pattern, (uint32_t)c, FIELD_BLOCKED))
            found = true;
    }
    return found;
}

static bool all_settled(const struct field *field,
                        const enum audit_verdict *verdicts)
{
    bool settled = true;
    for (size_t c = 0; settled && c < field->cells; c++)
        settled = audit_settled(verdicts[c]);
    return settled;
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

struct settling {
    struct pattern *pattern;
    field_resort *resort;
    void *context;
    enum audit_verdict *verdicts;
    struct audit_found *found;
};

/* One audit; *again asks for another, after a repair. */
static bool audit_once(const struct settling *settling, struct arena *scratch,
                       bool may_repair, bool *again, struct err *err)
{
    struct pattern *pattern = settling->pattern;
    struct witnesses witnesses = {0};
    pattern_witnesses(pattern, scratch, &witnesses);
    struct audit_input input = field_audit(scratch, pattern->field, &witnesses);
    *again = false;
    if (!audit_run(&input, settling->verdicts, err))
        return false;
    if (may_repair && (repair(pattern, settling->verdicts) ||
                       !is_audited(pattern->field, &input))) {
        *again = true;
        return true;
    }
    settling->found->witnesses = (struct witnesses){0};
    if (!audit_solve(&input, settling->verdicts, settling->found, err))
        return false;
    if (may_repair && settling->resort != NULL &&
        !all_settled(pattern->field, settling->verdicts))
        *again =
            settling->resort(settling->context, pattern, settling->verdicts);
    return true;
}

bool field_settle(struct pattern *pattern, field_resort *resort, void *context,
                  enum audit_verdict *verdicts, struct audit_found *found,
                  struct err *err)
{
    struct settling settling = {pattern, resort, context, verdicts, found};
    bool again = true, ok = true;
    for (int round = 0; ok && again; round++) {
        struct arena *scratch = arena_new();
        ok = audit_once(&settling, scratch, round < REPAIR_LIMIT, &again, err);
        arena_wipe(scratch);
    }
    return ok;
}

/* --- the proof -------------------------------------------------------------
 */

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
                 const struct audit_found *found,
                 const enum audit_verdict *verdicts, struct audit_input *out,
                 size_t *open, struct err *err)
{
    struct witnesses all = {0};
    pattern_witnesses(pattern, arena, &all);
    for (size_t w = 0; w < found->witnesses.count; w++)
        witness_add(arena, &all, &found->witnesses.list[w]);
    *out = field_audit(arena, pattern->field, &all);
    *open = SDC_NO_CELL;
    waive(arena, out, verdicts);
    return !needs_look(verdicts, out->cells) || find_open(out, open, err);
}
