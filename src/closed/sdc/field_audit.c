/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/field_audit.h"

enum {
    REPAIR_LIMIT = 25, /* rounds of audit and repair */
};

static enum audit_guard guard_of(const struct field *field, size_t cell)
{
    if (!field_open(field, cell))
        return AUDIT_SHOWN;
    if (!field->secret[cell])
        return AUDIT_GUARDED;
    return field->forced[cell] ? AUDIT_FORCED : AUDIT_PRIMARY;
}

struct audit_input field_audit(struct arena *arena, const struct field *field,
                               int64_t threshold,
                               const struct witnesses *witnesses)
{
    enum audit_guard *guards = arena_array(arena, field->cells, sizeof *guards);
    for (size_t c = 0; c < field->cells; c++)
        guards[c] = guard_of(field, c);
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
        .threshold = threshold,
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

static bool audit_once(struct arena *scratch, struct pattern *pattern,
                       int64_t threshold, bool may_repair,
                       enum audit_verdict *verdicts, bool *again,
                       struct err *err)
{
    struct witnesses witnesses = {0};
    pattern_witnesses(pattern, scratch, &witnesses);
    struct audit_input input =
        field_audit(scratch, pattern->field, threshold, &witnesses);
    *again = false;
    if (!audit_run(&input, verdicts, err))
        return false;
    if (may_repair && repair(pattern, verdicts)) {
        *again = true;
        return true;
    }
    return audit_solve(&input, verdicts, err);
}

bool field_settle(struct pattern *pattern, int64_t threshold,
                  enum audit_verdict *verdicts, struct err *err)
{
    bool again = true, ok = true;
    for (int round = 0; ok && again; round++) {
        struct arena *scratch = arena_new();
        ok = audit_once(scratch, pattern, threshold, round < REPAIR_LIMIT,
                        verdicts, &again, err);
        arena_wipe(scratch);
    }
    return ok;
}
