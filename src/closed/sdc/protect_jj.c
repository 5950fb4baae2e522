/* SPDX-License-Identifier: EUPL-1.2 */
/* A pattern is chosen by linear programs (jj_pattern.h); what the audit does
 * not accept of it is made safer, and where that ends the plainest pattern is
 * tried: all that may be suppressed is. Bounds and cells that must be shown can
 * be anything in an instance, so that only the audit knows what is enough. */
#include "sdc/protect_jj.h"

#include "base/num.h"
#include "sdc/audit.h"
#include "sdc/jj_pattern.h"
#include "sdc/person.h"

enum {
    ROUNDS = 12,          /* audit and repair */
    CELLS_CHOOSE = 12000, /* more are not chosen but all suppressed */
};

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

/* *cell is the first without proof, or SDC_NO_CELL. */
static bool audit(const struct audit_input *input, struct arena *scratch,
                  enum audit_verdict **verdicts, size_t *cell, struct err *err)
{
    *verdicts = arena_array(scratch, input->cells, sizeof **verdicts);
    if (!audit_run(input, *verdicts, err) ||
        !audit_solve(input, *verdicts, NULL, err))
        return false;
    *cell = SDC_NO_CELL;
    for (size_t c = input->cells; c-- > 0;) {
        if (!audit_settled((*verdicts)[c]))
            *cell = c;
    }
    return true;
}

/* --- a pattern that is chosen --------------------------------------------- */

static void set_guards(const struct jj *jj, struct audit_input *input,
                       struct arena *scratch)
{
    enum audit_guard *guards = arena_array(scratch, jj->cells, sizeof *guards);
    for (size_t c = 0; c < jj->cells; c++)
        guards[c] = guard_of(jj, c);
    input->guards = guards;
}

/* Makes safer what has no proof. False when nothing can be. */
static bool repair(struct jj_pattern *pattern,
                   const enum audit_verdict *verdicts)
{
    bool any = false;
    for (size_t c = 0; c < pattern->jj->cells; c++) {
        if (audit_settled(verdicts[c]))
            continue;
        pattern->needy[c] = true;
        any = jj_is_safe(pattern, c) || jj_protect_cell(pattern, (uint32_t)c) ||
              any;
    }
    return any;
}

/* Audits and repairs until there is proof for all. */
static bool settle(struct jj_pattern *pattern, struct audit_input input)
{
    bool settled = false, goes_on = true;
    for (int round = 0; goes_on && !settled && round < ROUNDS; round++) {
        struct arena *scratch = arena_new();
        struct witnesses moves;
        struct err doubt = {0};
        enum audit_verdict *verdicts;
        size_t cell;
        set_guards(pattern->jj, &input, scratch);
        jj_moves(pattern, scratch, &moves);
        input.witnesses = moves.list;
        input.witness_count = moves.count;
        goes_on = audit(&input, scratch, &verdicts, &cell, &doubt);
        settled = goes_on && cell == SDC_NO_CELL;
        goes_on = goes_on && (settled || repair(pattern, verdicts));
        arena_wipe(scratch);
    }
    return settled;
}

static bool choose(struct jj *jj, const struct audit_input *input,
                   size_t *moves)
{
    if (jj->cells > CELLS_CHOOSE || input->threshold == INT64_MAX)
        return false;
    struct arena *arena = arena_new();
    struct jj_pattern *pattern =
        jj_pattern_new(arena, jj, input->persons, input->threshold - 2);
    jj_choose(pattern);
    bool ok = settle(pattern, *input);
    if (ok) {
        jj_improve(pattern);
        ok = settle(pattern, *input);
    }
    *moves = pattern->moves.count;
    arena_wipe(arena);
    return ok;
}

/* --- all that may be ------------------------------------------------------ */

static bool suppress_all(struct jj *jj, struct arena *scratch, struct err *err)
{
    for (size_t c = 0; c < jj->cells; c++) {
        if (jj->status[c] == JJ_SAFE)
            jj->status[c] = JJ_SECONDARY;
    }
    struct audit_input input = audit_view(scratch, jj);
    enum audit_verdict *verdicts;
    size_t cell;
    if (!audit(&input, scratch, &verdicts, &cell, err))
        return false;
    return cell == SDC_NO_CELL ||
           err_fail(err, ERR_DISCLOSURE, "jj.exposed",
                    "cell %zu: no proof was found that it is not exposed",
                    cell);
}

bool jj_protect(struct arena *closed, struct jj *jj,
                struct sheet_report *report, struct err *err)
{
    (void)closed;
    tally(jj, report);
    if (report->primary == 0)
        return true;
    struct arena *scratch = arena_new();
    struct audit_input input = audit_view(scratch, jj);
    size_t moves = 0;
    bool ok = choose(jj, &input, &moves) || suppress_all(jj, scratch, err);
    arena_wipe(scratch);
    if (!ok)
        return false;
    tally(jj, report);
    report->witnesses = moves;
    return true;
}
