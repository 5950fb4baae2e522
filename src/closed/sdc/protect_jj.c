/* SPDX-License-Identifier: EUPL-1.2 */
/* The plainest pattern: as soon as one cell is primary, all that may be
 * suppressed is. Bounds and cells that must be shown can be anything in an
 * instance, so that only the audit knows whether this is enough. */
#include "sdc/protect_jj.h"

#include "base/num.h"
#include "sdc/audit.h"
#include "sdc/person.h"

static bool is_suppressed(const struct jj *jj, size_t cell)
{
    return jj->status[cell] == JJ_PRIMARY || jj->status[cell] == JJ_SECONDARY;
}

static void tally(const struct jj *jj, struct sheet_report *report)
{
    *report = (struct sheet_report){.cells = jj->cells};
    for (size_t c = 0; c < jj->cells; c++) {
        bool secondary = jj->status[c] == JJ_SECONDARY;
        report->primary += jj->status[c] == JJ_PRIMARY;
        report->secondary += secondary;
        report->zeros += is_suppressed(jj, c) && jj->counts[c] == 0;
        if (secondary && !num_add(report->secondary_value, jj->counts[c],
                                  &report->secondary_value))
            report->secondary_value = INT64_MAX;
    }
}

static enum audit_guard guard_of(const struct jj *jj, size_t cell)
{
    if (!is_suppressed(jj, cell))
        return AUDIT_SHOWN;
    return jj->status[cell] == JJ_PRIMARY ? AUDIT_FORCED : AUDIT_GUARDED;
}

/* --- who is alone -------------------------------------------------------- */

static uint32_t person_of(uint32_t *persons, uint32_t cell)
{
    while (persons[cell] != cell)
        cell = persons[cell] = persons[persons[cell]];
    return cell;
}

/* Whoever is alone in a total is the one who is alone in a part. Without axes
 * nothing else tells that two cells hold the same person: then they count as
 * two, which asks for more. */
static uint32_t *find_persons(struct arena *scratch, const struct jj *jj)
{
    const struct relations *relations = &jj->relations;
    uint32_t *persons = arena_array(scratch, jj->cells, sizeof *persons);
    for (size_t c = 0; c < jj->cells; c++)
        persons[c] = (uint32_t)c;
    for (size_t r = 0; r < relations->count; r++) {
        uint32_t total = relations->members[relations->starts[r]];
        for (size_t m = relations->starts[r] + 1; m < relations->starts[r + 1];
             m++) {
            uint32_t part = relations->members[m];
            if (jj->counts[total] == 1 && jj->counts[part] == 1)
                persons[person_of(persons, part)] = person_of(persons, total);
        }
    }
    for (size_t c = 0; c < jj->cells; c++)
        persons[c] = person_of(persons, (uint32_t)c);
    for (size_t c = 0; c < jj->cells; c++)
        persons[c] = jj->counts[c] == 1 ? persons[c] : PERSON_NOBODY;
    return persons;
}

static struct audit_input audit_view(struct arena *scratch, const struct jj *jj)
{
    enum audit_guard *guards = arena_array(scratch, jj->cells, sizeof *guards);
    int64_t width = 1;
    for (size_t c = 0; c < jj->cells; c++) {
        guards[c] = guard_of(jj, c);
        if (jj->status[c] == JJ_PRIMARY && jj_width(jj, c) > width)
            width = jj_width(jj, c);
    }
    return (struct audit_input){
        .cells = jj->cells,
        .counts = jj->counts,
        .lower = jj->lower,
        .upper = jj->upper,
        .guards = guards,
        .persons = find_persons(scratch, jj),
        .members = jj->relations.members,
        .starts = jj->relations.starts,
        .relations = jj->relations.count,
        .threshold = width > INT64_MAX - 2 ? INT64_MAX : width + 2,
    };
}

static bool audit(const struct jj *jj, struct err *err)
{
    struct arena *scratch = arena_new();
    struct audit_input input = audit_view(scratch, jj);
    enum audit_verdict *verdicts =
        arena_array(scratch, jj->cells, sizeof *verdicts);
    bool ok =
        audit_run(&input, verdicts, err) && audit_solve(&input, verdicts, err);
    for (size_t c = 0; ok && c < jj->cells; c++) {
        if (!audit_settled(verdicts[c]))
            ok = err_fail(err, ERR_DISCLOSURE, "jj.exposed",
                          "cell %zu: no proof was found that it is not exposed",
                          c);
    }
    arena_wipe(scratch);
    return ok;
}

bool jj_protect(struct arena *closed, struct jj *jj,
                struct sheet_report *report, struct err *err)
{
    (void)closed;
    tally(jj, report);
    if (report->primary == 0)
        return true;
    for (size_t c = 0; c < jj->cells; c++) {
        if (jj->status[c] == JJ_SAFE)
            jj->status[c] = JJ_SECONDARY;
    }
    if (!audit(jj, err))
        return false;
    tally(jj, report);
    return true;
}
