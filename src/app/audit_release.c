/* SPDX-License-Identifier: EUPL-1.2 */
/* `panorama audit RELEASE`: the attack on a whole release. */
#include <math.h>
#include <stdio.h>

#include "app/audit.h"
#include "script/script.h"
#include "sdc/released.h"

#define LEAST_SECONDS 1e-3 /* when the time is over: 0 asks for the default */

/* What needs no arithmetic: what one table prints and another withholds, and
 * small counts that are printed. Returns how many cells. */
static size_t print_plain(const struct audit_request *request,
                          const struct released *released)
{
    struct arena *scratch = arena_new();
    struct audit_names splits = {"printed elsewhere", request->all, 0};
    struct audit_names small = {"printed, and under the threshold",
                                request->all, 0};
    for (size_t c = 0; c < released->universe->published; c++) {
        uint32_t table = released_printed(released, c);
        if (released_split(released, c))
            audit_name(&splits,
                       arena_format(scratch, "%s, and printed by %s",
                                    released_name(scratch, released, c),
                                    released->tables[table - 1].name));
        else if (released_small(released, c))
            audit_name(&small, released_name(scratch, released, c));
    }
    audit_names_end(&splits);
    audit_names_end(&small);
    arena_wipe(scratch);
    return splits.count + small.count;
}

static void print_exposed(const struct audit_request *request,
                          const struct released *released,
                          const enum audit_verdict *verdicts)
{
    struct arena *scratch = arena_new();
    struct audit_names names = {"exposed", request->all, 0};
    for (size_t c = 0; c < released->universe->count; c++) {
        if (verdicts[c] == AUDIT_EXPOSED)
            audit_name(&names, released_name(scratch, released, c));
    }
    audit_names_end(&names);
    arena_wipe(scratch);
}

/* Without a cell in common, releases of other years may still have sums in
 * common; those that nothing links were attacked one by one. */
static void print_joined(const struct released *released, size_t both,
                         size_t before)
{
    printf("releases     %zu\n"
           "told twice   %zu\n"
           "lost before  %zu\n",
           released->releases, both, before);
    if (both == 0)
        printf("warning: no cell of the release is told by one before it: "
               "sums alone link them, or nothing (vintage and unrevised of "
               "manifest.json)\n");
}

/* Suppressed cells are counted as printed; what the attack is about is more:
 * cells that only derived values tell of, and hidden ones. */
static void print_summary(const struct released *released,
                          const struct released_again *again,
                          const struct audit_summary *summary)
{
    const struct universe *universe = released->universe;
    size_t suppressed = 0, before = 0, rounded = 0, perturbed = 0, both = 0;
    for (size_t c = 0; c < universe->published; c++) {
        suppressed += released->cells[c].held > 0;
        before += released_before(released, c);
        both += released->cells[c].both;
        rounded += released_rounding(released, c)->base > 0;
        perturbed += released_rounding(released, c)->variance > 0;
    }
    if (released->releases > 1)
        print_joined(released, both, before);
    printf("tables       %zu\n"
           "not in CSV   %zu\n"
           "cells        %zu\n"
           "suppressed   %zu\n"
           "attacked     %zu\n"
           "  again from atoms     %zu\n"
           "  of too many atoms    %zu\n",
           released->table_count, released->unread, universe->published,
           suppressed, summary->suppressed, again->asked, again->without);
    if (rounded > 0)
        printf("rounded      %zu\n", rounded);
    if (perturbed > 0)
        printf("perturbed    %zu\n", perturbed);
    printf("shares and standardised rates\n"
           "  used                 %zu\n"
           "  of many cases        %zu\n"
           "  without population   %zu\n"
           "  of unknown standard  %zu\n"
           "  unclear of what      %zu\n"
           "limits of standardised rates\n"
           "  used                 %zu\n"
           "  of another formula   %zu\n"
           "crude rates\n"
           "  unlike person-years  %zu\n"
           "values not used        %zu\n",
           released->used, released->unused.many, released->unused.population,
           released->unused.standard, released->unused.unclear,
           released->limits, released->unused.limits, released->unused.years,
           released->unused.values);
    audit_print_settled(summary);
}

/* What is open again was settled before: by programs, as far as can be told. */
static void count_again(struct audit_summary *summary,
                        const struct released_again *again)
{
    size_t *by[] = {&summary->linear, &summary->integral, &summary->propagated};
    size_t left = again->open;
    for (size_t i = 0; i < COUNT_OF(by); i++) {
        size_t taken = left < *by[i] ? left : *by[i];
        *by[i] -= taken;
        left -= taken;
    }
    summary->exposed += again->exposed;
    summary->open += again->open;
}

static bool attack(const struct invocation *call, struct arena *closed,
                   const struct audit_request *request,
                   const struct released *released,
                   enum audit_verdict *verdicts, struct released_again *again,
                   struct audit_summary *summary, struct err *err)
{
    struct audit_input input =
        released_attack(closed, released, request->attacker);
    struct audit_effort effort = {0};
    double start = audit_clock();
    input.seconds = request->seconds;
    if (!audit_public(&input, verdicts, &effort, err))
        return err_wrap(err, "%s: %s attacker", call->words[0],
                        request->attacker == AUDIT_STRICT ? "strict" : "basic");
    *summary = audit_sum_up(&input, verdicts, &effort);
    input.seconds =
        fmax(LEAST_SECONDS, start + request->seconds - audit_clock());
    if (!released_attack_atoms(closed, released, &input, verdicts, again, err))
        return false;
    count_again(summary, again);
    size_t exposed = 0;
    if (!released_attack_rounded(closed, released, verdicts, &exposed, err))
        return false;
    summary->exposed += exposed;
    return true;
}

bool audit_release(const struct invocation *call, struct arena *closed,
                   const struct audit_request *request, struct err *err)
{
    struct released *released;
    struct audit_summary summary = {0};
    struct released_again again = {0};
    progress_stage(call->progress, "read", 0);
    struct released_input given = {
        .directory = call->words[0],
        .earlier = (const char *const *)request->earlier,
        .earlier_count = request->earlier_count,
    };
    struct standard *standards;
    if (!script_standards(closed, call->project, &standards,
                          &given.standard_count, err))
        return false;
    given.standards = standards;
    if (!released_read(closed, &given, &released, err))
        return false;
    progress_stage(call->progress, "attack", 0);
    enum audit_verdict *verdicts =
        arena_array(closed, released->universe->count, sizeof *verdicts);
    if (!attack(call, closed, request, released, verdicts, &again, &summary,
                err))
        return false;
    progress_end(call->progress);
    size_t plain = print_plain(request, released);
    print_exposed(request, released, verdicts);
    print_summary(released, &again, &summary);
    if (plain > 0)
        return err_fail(err, ERR_DISCLOSURE, "audit.printed",
                        "counts are printed that are withheld elsewhere or "
                        "under the threshold");
    return audit_conclude(&summary, err);
}
