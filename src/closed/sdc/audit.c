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

bool audit_narrow(const struct audit_input *input, size_t cell, int64_t low,
                  int64_t high)
{
    return high != AUDIT_UNLIMITED &&
           high - low < audit_threshold(input, cell) - 2;
}

bool audit_touches(const struct audit_input *input, size_t cell, int64_t count)
{
    return input->guards[cell] == AUDIT_FORCED ||
           input->guards[cell] == AUDIT_WHOLE ||
           (count >= 1 && count < audit_threshold(input, cell));
}

/* Bounds are what no table exceeds, not what some table attains: a narrow
 * interval is only proof of exposure when a count of 1..T-1 is certain. */
enum audit_verdict audit_judge(const struct audit_input *input,
                               const struct audit_bounds *bounds, size_t cell)
{
    int64_t low = bounds->low[cell], high = bounds->high[cell];
    if (audit_misses(input, cell, low, high))
        return AUDIT_PROPAGATED;
    bool sure =
        audit_touches(input, cell, input->counts[cell]) ||
        (audit_touches(input, cell, low) && audit_touches(input, cell, high));
    return sure && audit_narrow(input, cell, low, high) ? AUDIT_EXPOSED
                                                        : AUDIT_OPEN;
}

/* What the witnesses say of a cell: AUDIT_OPEN when they do not suffice. */
static enum audit_verdict judge_witnesses(const struct audit_input *input,
                                          const struct audit_reach *reach,
                                          size_t cell)
{
    if (input->guards[cell] == AUDIT_SHOWN)
        return AUDIT_PUBLIC;
    if (!audit_reach_wide(reach, cell))
        return AUDIT_OPEN;
    return audit_reach_private(reach, cell) ? AUDIT_WITNESSED : AUDIT_SINGLE;
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

/* A true table that certainly breaks a band was never what the band says. */
static bool check_bands(const struct audit_input *input, struct err *err)
{
    for (size_t b = 0; b < input->band_count; b++) {
        struct audit_sum sum =
            audit_band_sum(&input->bands[b], input->counts, NULL);
        if (audit_band_fails(&input->bands[b], &sum))
            return err_fail(err, ERR_DISCLOSURE, "sdc.audit",
                            "a derived value does not hold");
    }
    return true;
}

static bool check_truth(const struct audit_input *input,
                        const struct audit_bounds *bounds)
{
    for (size_t c = 0; c < input->cells; c++) {
        if (bounds->low[c] > input->counts[c] ||
            bounds->high[c] < input->counts[c])
            return false;
    }
    return true;
}

static bool ask_witnesses(const struct audit_input *input,
                          enum audit_verdict *verdicts, struct err *err)
{
    struct arena *scratch = arena_new();
    struct audit_reach *reach = audit_reach_new(scratch, input);
    bool ok = audit_reach_start(reach, err);
    for (size_t c = 0; ok && c < input->cells; c++)
        verdicts[c] = judge_witnesses(input, reach, c);
    arena_wipe(scratch);
    return ok;
}

static bool ask_bounds(const struct audit_input *input,
                       enum audit_verdict *verdicts, struct err *err)
{
    struct arena *scratch = arena_new();
    struct audit_bounds bounds;
    bool ok =
        audit_propagate(scratch, input, &bounds) && check_truth(input, &bounds);
    if (!ok)
        err_fail(err, ERR_DISCLOSURE, "sdc.audit",
                 "the attack contradicts the true table");
    for (size_t c = 0; ok && c < input->cells; c++) {
        if (verdicts[c] == AUDIT_OPEN)
            verdicts[c] = audit_judge(input, &bounds, c);
    }
    arena_wipe(scratch);
    return ok;
}

/* One after the other: each needs much memory for a time. */
bool audit_run(const struct audit_input *input, enum audit_verdict *verdicts,
               struct err *err)
{
    return check_relations(input, err) && check_bands(input, err) &&
           ask_witnesses(input, verdicts, err) &&
           ask_bounds(input, verdicts, err);
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
        break;
    }
    return false;
}
