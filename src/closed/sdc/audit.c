/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/audit_impl.h"

/* An interval that holds the count and is narrower than T-2 stays over T-1
 * where the count is at least 2T-3, whatever the interval is. */
static bool is_far(const struct audit_input *input, size_t cell)
{
    int64_t threshold = audit_threshold(input, cell);
    return input->counts[cell] - (threshold - 1) >= threshold - 2;
}

bool audit_misses(const struct audit_input *input, size_t cell, int64_t low,
                  int64_t high)
{
    return input->guards[cell] != AUDIT_FORCED &&
           input->guards[cell] != AUDIT_WHOLE &&
           (low >= audit_threshold(input, cell) || high <= 0 ||
            is_far(input, cell));
}

static enum audit_verdict judge(const struct audit_input *input,
                                const struct audit_reach *reach,
                                const struct audit_bounds *bounds, size_t cell)
{
    int64_t low = bounds->low[cell], high = bounds->high[cell];
    bool narrow = high != AUDIT_UNLIMITED &&
                  high - low < audit_threshold(input, cell) - 2;
    if (input->guards[cell] == AUDIT_SHOWN)
        return AUDIT_PUBLIC;
    if (audit_reach_wide(reach, cell))
        return audit_reach_private(reach, cell) ? AUDIT_WITNESSED
                                                : AUDIT_SINGLE;
    if (audit_misses(input, cell, low, high))
        return AUDIT_PROPAGATED;
    return narrow ? AUDIT_EXPOSED : AUDIT_OPEN;
}

/* The relations must hold for the true counts: otherwise nothing above means
 * anything. */
static bool check_relations(const struct audit_input *input, struct err *err)
{
    for (size_t r = 0; r < input->relations; r++) {
        int64_t rest = input->counts[input->members[input->starts[r]]];
        for (size_t i = input->starts[r] + 1; i < input->starts[r + 1]; i++)
            rest -= input->counts[input->members[i]];
        if (rest != 0)
            return err_fail(err, ERR_DISCLOSURE, "sdc.audit",
                            "a relation does not hold");
    }
    return true;
}

static bool add_witnesses(const struct audit_input *input,
                          struct audit_reach *reach, struct err *err)
{
    for (size_t w = 0; w < input->witness_count; w++) {
        if (!audit_reach_add(reach, &input->witnesses[w]))
            return err_fail(err, ERR_DISCLOSURE, "sdc.witness",
                            "witness %zu is no possible table", w + 1);
    }
    return true;
}

bool audit_run(const struct audit_input *input, enum audit_verdict *verdicts,
               struct err *err)
{
    struct arena *scratch = arena_new();
    struct audit_reach *reach = audit_reach_new(scratch, input);
    struct audit_bounds bounds;
    bool ok = check_relations(input, err) && add_witnesses(input, reach, err) &&
              audit_propagate(scratch, input, &bounds, err);
    for (size_t c = 0; ok && c < input->cells; c++)
        verdicts[c] = judge(input, reach, &bounds, c);
    arena_wipe(scratch);
    return ok;
}

bool audit_settled(enum audit_verdict verdict)
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
