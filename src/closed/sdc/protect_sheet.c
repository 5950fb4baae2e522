/* SPDX-License-Identifier: EUPL-1.2 */
/* Sheet -> field -> pattern -> audit -> statuses. */
#include "sdc/protect_sheet.h"

#include "sdc/certificate.h"
#include "sdc/field_audit.h"
#include "sdc/ring.h"
#include "sdc/sheet_plain.h"
#include "sdc/sheet_primary.h"
#include "sdc/thin.h"

/* --- what may be hidden, and how far it must move ------------------------- */

static int32_t price_of(const struct sheet *sheet,
                        const struct sheet_policy *policy, size_t cell,
                        uint64_t mark)
{
    int64_t weight = sheet_price(sheet, policy, cell);
    if (weight == SHEET_PRICE_SHOW ||
        (sheet->counts[cell] == 0 && !policy->zeros))
        return FIELD_BLOCKED;
    if (weight == SHEET_PRICE_SUPPRESS)
        weight = SHEET_PRICE_DEFAULT;
    int64_t tie = field_tie(policy->key, mark);
    return policy->basic ? field_price_events(sheet->counts[cell], weight, tie)
                         : field_price(sheet->counts[cell], weight, tie);
}

static enum audit_guard guard_of(const struct sheet *sheet,
                                 const struct sheet_policy *policy, size_t cell)
{
    if (sheet->status[cell] != SHEET_PRIMARY)
        return AUDIT_GUARDED;
    int64_t count = sheet->counts[cell];
    return count >= 1 && count < policy->threshold ? AUDIT_PRIMARY
                                                   : AUDIT_FORCED;
}

static void fill(struct arena *arena, struct field *field,
                 const struct sheet *sheet, const struct sheet_policy *policy)
{
    bool strict = !policy->basic && !policy->zeros;
    int64_t *thresholds = arena_array(arena, field->cells, sizeof *thresholds);
    struct arena *scratch = arena_new();
    const uint64_t *marks =
        policy->key == NULL ? NULL : sheet_marks(scratch, sheet, policy->key);
    field->thresholds = thresholds;
    for (size_t c = 0; c < field->cells; c++) {
        bool primary = sheet->status[c] == SHEET_PRIMARY;
        int64_t count = field->counts[c];
        field->states[c] = primary ? FIELD_PRIMARY : FIELD_SHOWN;
        field->prices[c] =
            price_of(sheet, policy, c, marks == NULL ? 0 : marks[c]);
        field->lower[c] = strict && count > 0 ? 1 : 0;
        field->upper[c] = FIELD_UNLIMITED;
        field->guards[c] = (unsigned char)guard_of(sheet, policy, c);
        thresholds[c] = policy->threshold;
    }
    arena_wipe(scratch);
}

/* --- result --------------------------------------------------------------- */

static bool open_ring(void *context, struct pattern *pattern,
                      const enum audit_verdict *verdicts)
{
    bool *near = context;
    for (size_t c = 0; c < pattern->field->cells; c++)
        near[c] = near[c] || !audit_settled(verdicts[c]);
    return ring_open(pattern, near);
}

static bool fail_cell(const struct sheet *sheet, size_t cell, const char *what,
                      struct err *err)
{
    struct arena *scratch = arena_new();
    err_fail(err, ERR_DISCLOSURE, "sheet.exposed", "%s: %s",
             sheet_name(scratch, sheet, cell), what);
    arena_free(scratch);
    return false;
}

static bool must_be_shown(const struct sheet *sheet,
                          const struct sheet_policy *policy, size_t cell)
{
    return sheet->status[cell] == SHEET_SHOWN &&
           sheet_price(sheet, policy, cell) == SHEET_PRICE_SHOW;
}

/* A cell of a relation with this one, at `node` of the axis, that the costs
 * want shown, or SDC_NO_CELL. */
static size_t shown_in(const struct sheet *sheet,
                       const struct sheet_policy *policy, size_t cell,
                       size_t axis, const struct sheet_relation *relation)
{
    size_t stride = sheet->strides[axis];
    size_t node = cell / stride % sheet->axes[axis].nodes;
    size_t first = cell - node * stride;
    size_t total = first + relation->total * stride;
    bool here = relation->total == node;
    size_t shown = must_be_shown(sheet, policy, total) ? total : SDC_NO_CELL;
    for (size_t i = 0; i < relation->count; i++) {
        size_t part = first + relation->parts[i] * stride;
        here = here || relation->parts[i] == node;
        if (shown == SDC_NO_CELL && must_be_shown(sheet, policy, part))
            shown = part;
    }
    return here ? shown : SDC_NO_CELL;
}

static size_t shown_beside(const struct sheet *sheet,
                           const struct sheet_policy *policy, size_t cell)
{
    for (size_t a = 0; a < sheet->axis_count; a++) {
        const struct sheet_axis *axis = &sheet->axes[a];
        for (size_t r = 0; r < axis->relation_count; r++) {
            size_t shown =
                shown_in(sheet, policy, cell, a, &axis->relations[r]);
            if (shown != SDC_NO_CELL)
                return shown;
        }
    }
    return SDC_NO_CELL;
}

static bool fail_unproved(const struct sheet *sheet,
                          const struct sheet_policy *policy, size_t cell,
                          struct err *err)
{
    static const char why[] = "no proof was found that it is not exposed";
    struct arena *scratch = arena_new();
    size_t shown = shown_beside(sheet, policy, cell);
    const char *what =
        shown == SDC_NO_CELL
            ? why
            : arena_format(scratch,
                           "%s, while the costs want this cell shown: %s", why,
                           sheet_name(scratch, sheet, shown));
    (void)fail_cell(sheet, cell, what, err);
    arena_free(scratch);
    return false;
}

static bool check_verdicts(const struct sheet *sheet,
                           const struct sheet_policy *policy,
                           const enum audit_verdict *verdicts, struct err *err)
{
    for (size_t c = 0; c < sheet->cells; c++) {
        if (!audit_settled(verdicts[c]))
            return fail_unproved(sheet, policy, c, err);
    }
    return true;
}

static void tell(struct sheet *sheet, const struct pattern *pattern,
                 struct sheet_report *report)
{
    *report = (struct sheet_report){.cells = sheet->cells};
    for (size_t c = 0; c < sheet->cells; c++) {
        bool secondary = pattern->field->states[c] == FIELD_SECONDARY;
        if (secondary)
            sheet->status[c] = SHEET_SECONDARY;
        report->primary += sheet->status[c] == SHEET_PRIMARY;
        report->secondary += secondary;
        report->zeros +=
            sheet->status[c] != SHEET_SHOWN && sheet->counts[c] == 0;
        /* Cells overlap: their sum may be larger than the table's total. */
        if (secondary &&
            __builtin_add_overflow(report->secondary_value, sheet->counts[c],
                                   &report->secondary_value))
            report->secondary_value = INT64_MAX;
    }
    for (size_t w = 0; w < pattern->span_count; w++)
        report->witnesses += !pattern->spans[w].dropped;
}

static bool certify(const struct sheet *sheet, const struct pattern *pattern,
                    const enum audit_verdict *verdicts, const char *path,
                    struct err *err)
{
    if (path[0] == '\0')
        return true;
    struct arena *scratch = arena_new();
    struct audit_input proof;
    size_t open;
    bool ok = field_proof(scratch, pattern, verdicts, &proof, &open, err);
    if (ok && open != SDC_NO_CELL)
        ok = fail_cell(sheet, open, "no witness proves that it is not exposed",
                       err);
    ok = ok && certificate_write(&proof, CERTIFICATE_SHEET, path, err);
    arena_wipe(scratch);
    return ok;
}

static bool fail_late(struct err *err)
{
    return err_fail(err, ERR_DISCLOSURE, "sheet.limit",
                    "the time limit came before the table was protected");
}

static bool protect(struct arena *closed, struct sheet *sheet,
                    const struct sheet_policy *policy,
                    struct sheet_report *report, struct err *err)
{
    struct field *field = field_of_sheet(closed, sheet);
    fill(closed, field, sheet, policy);
    struct pattern *pattern = pattern_new(closed, field);
    if (policy->seconds > 0)
        pattern->deadline = audit_clock() + policy->seconds;
    bool lines = policy->basic || policy->zeros;
    pattern_choose(pattern, lines ? PATTERN_LINES : PATTERN_CIRCUITS);
    enum audit_verdict *verdicts =
        arena_array(closed, field->cells, sizeof *verdicts);
    if (pattern->late) {
        pattern_rest(pattern);
        return fail_late(err);
    }
    bool *near = arena_array(closed, field->cells, sizeof *near);
    struct field_resort resort = {.open = open_ring, .context = near};
    if (!field_settle(pattern, &resort, verdicts, err))
        return false;
    if (pattern->late)
        return fail_late(err);
    if (!check_verdicts(sheet, policy, verdicts, err) ||
        !thin_show(pattern, verdicts, err))
        return false;
    if (pattern->late)
        return fail_late(err);
    bool ok = check_verdicts(sheet, policy, verdicts, err);
    if (ok)
        tell(sheet, pattern, report);
    return ok && certify(sheet, pattern, verdicts, policy->certificate, err);
}

bool sheet_protect(struct arena *closed, struct sheet *sheet,
                   const struct sheet_policy *policy,
                   struct sheet_report *report, struct err *err)
{
    double start = audit_clock();
    if (policy->threshold < 3)
        return err_fail(err, ERR_DISCLOSURE, "sheet.threshold",
                        "the threshold is under 3");
    if (!sheet_mark_primaries(sheet, policy, err) ||
        !protect(closed, sheet, policy, report, err))
        return false;
    report->seconds = audit_clock() - start;
    return true;
}
