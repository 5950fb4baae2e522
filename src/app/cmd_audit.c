/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "app/audit.h"
#include "base/fs.h"
#include "base/num.h"
#include "sdc/certificate.h"

enum {
    NAMED_CELLS = 20, /* without --all */
};

static bool fail_usage(const char *problem, struct err *err)
{
    return err_fail(err, ERR_USAGE, "usage.audit", "audit %s; try --help",
                    problem);
}

/* "DIM=FILE", as often as given. */
static bool take_hierarchies(const struct invocation *call,
                             struct audit_request *request, struct err *err)
{
    request->sources =
        arena_array(call->run, call->option_count, sizeof *request->sources);
    for (size_t i = 0; i < call->option_count; i++) {
        if (!text_same(call->options[i].name, "hierarchy"))
            continue;
        const char *value = call->options[i].value;
        const char *equals = strchr(value, '=');
        if (equals == NULL || equals == value || equals[1] == '\0')
            return err_fail(err, ERR_USAGE, "usage.audit",
                            "--hierarchy '%s': expected DIM=FILE", value);
        request->sources[request->source_count++] = (struct sheet_source){
            arena_slice(call->run, value, (size_t)(equals - value)),
            equals + 1};
    }
    return request->source_count > 0 ||
           fail_usage("needs --hierarchy DIM=FILE for every dimension", err);
}

static bool take_threshold(const struct invocation *call,
                           struct audit_request *request, struct err *err)
{
    const char *threshold = option(call, "threshold");
    if (threshold == NULL)
        return fail_usage("needs --threshold T", err);
    if (!num_parse_int64(threshold, &request->threshold) ||
        request->threshold < 3 || request->threshold > INT64_MAX / 4)
        return err_fail(err, ERR_USAGE, "usage.audit",
                        "--threshold '%s': expected a number, 3 or more",
                        threshold);
    return true;
}

static bool take_attacker(const struct invocation *call,
                          struct audit_request *request, struct err *err)
{
    const char *attacker = option(call, "attacker");
    const char *limit = option(call, "time-limit");
    request->seconds = AUDIT_SECONDS;
    request->attacker = AUDIT_STRICT;
    if (attacker != NULL && !audit_attacker_parse(attacker, &request->attacker))
        return err_fail(err, ERR_USAGE, "usage.audit",
                        "--attacker '%s': expected strict or basic", attacker);
    if (limit != NULL && (!num_parse_double(limit, &request->seconds) ||
                          !(request->seconds > 0)))
        return err_fail(err, ERR_USAGE, "usage.audit",
                        "--time-limit '%s': expected a number of seconds",
                        limit);
    return true;
}

/* A release carries its code lists and thresholds. */
static bool refuse_own(const struct invocation *call, struct err *err)
{
    static const char *const options[] = {"hierarchy", "threshold",
                                          "certificate"};
    for (size_t o = 0; o < COUNT_OF(options); o++) {
        if (option(call, options[o]) != NULL)
            return err_fail(err, ERR_USAGE, "usage.audit",
                            "audit of a release takes no --%s; try --help",
                            options[o]);
    }
    return true;
}

/* "--with EARLIER", as often as given. */
static bool take_earlier(const struct invocation *call,
                         struct audit_request *request, struct err *err)
{
    request->earlier =
        arena_array(call->run, call->option_count, sizeof *request->earlier);
    for (size_t i = 0; i < call->option_count; i++) {
        const char *value = call->options[i].value;
        if (!text_same(call->options[i].name, "with"))
            continue;
        if (!fs_is_directory(value))
            return err_fail(err, ERR_USAGE, "usage.audit",
                            "--with '%s': expected the directory of a release",
                            value);
        request->earlier[request->earlier_count++] = value;
    }
    return true;
}

static bool take_request(const struct invocation *call,
                         struct audit_request *request, struct err *err)
{
    request->certificate = option(call, "certificate");
    request->all = option(call, "all") != NULL;
    if (call->word_count == 0 && request->certificate != NULL)
        return true;
    if (call->word_count == 0)
        return fail_usage("needs RELEASE or OUT.csv", err);
    if (fs_is_directory(call->words[0]))
        return refuse_own(call, err) && take_earlier(call, request, err) &&
               take_attacker(call, request, err);
    if (option(call, "with") != NULL)
        return fail_usage("--with needs a RELEASE", err);
    return take_hierarchies(call, request, err) &&
           take_threshold(call, request, err) &&
           take_attacker(call, request, err);
}

void audit_name(struct audit_names *names, const char *cell)
{
    if (names->all || names->count < NAMED_CELLS)
        printf("%s: %s\n", names->lead, cell);
    names->count++;
}

void audit_names_end(const struct audit_names *names)
{
    if (!names->all && names->count > NAMED_CELLS)
        printf("and %zu more: --all names them\n", names->count - NAMED_CELLS);
}

static void print_exposed(const struct audit_request *request,
                          const struct sheet *sheet,
                          const enum audit_verdict *verdicts)
{
    struct arena *scratch = arena_new();
    struct audit_names names = {"exposed", request->all, 0};
    for (size_t c = 0; c < sheet->cells; c++) {
        if (verdicts[c] == AUDIT_EXPOSED)
            audit_name(&names, sheet_name(scratch, sheet, c));
    }
    audit_names_end(&names);
    arena_wipe(scratch);
}

/* What needs no attack: small counts that are printed. Returns how many. */
static size_t print_small(const struct audit_request *request,
                          const struct sheet *sheet)
{
    struct arena *scratch = arena_new();
    struct audit_names names = {"printed, and under the threshold",
                                request->all, 0};
    for (size_t c = 0; c < sheet->cells; c++) {
        int64_t count = sheet->counts[c];
        if (sheet->status[c] == SHEET_SHOWN && count >= 1 &&
            count < request->threshold)
            audit_name(&names, sheet_name(scratch, sheet, c));
    }
    audit_names_end(&names);
    arena_wipe(scratch);
    return names.count;
}

void audit_print_settled(const struct audit_summary *summary)
{
    printf("settled      %zu\n"
           "  by propagation       %zu\n"
           "  by linear programs   %zu\n"
           "  by integer programs  %zu\n"
           "exposed      %zu\n"
           "not settled  %zu\n",
           summary->suppressed - summary->open, summary->propagated,
           summary->linear, summary->integral, summary->exposed, summary->open);
}

bool audit_conclude(const struct audit_summary *summary, struct err *err)
{
    if (summary->exposed > 0)
        return err_fail(err, ERR_DISCLOSURE, "audit.exposed",
                        "suppressed cells are exposed");
    if (summary->open > 0)
        return err_fail(err, ERR_DISCLOSURE, "audit.open",
                        "not every suppressed cell was settled within the "
                        "limits");
    return true;
}

static bool read_public(const struct invocation *call, struct arena *closed,
                        const struct audit_request *request,
                        struct sheet **sheet, struct err *err)
{
    return sheet_read_axes(closed, request->sources, request->source_count,
                           sheet, err) &&
           sheet_read_public(closed, *sheet, call->words[0], err);
}

static bool attack(const struct invocation *call, struct arena *closed,
                   const struct audit_request *request, struct err *err)
{
    struct sheet *sheet;
    progress_stage(call->progress, "read", 0);
    if (!read_public(call, closed, request, &sheet, err))
        return false;
    progress_stage(call->progress, "attack", 0);
    struct audit_input input =
        audit_sheet_view(closed, sheet, request->attacker, request->threshold);
    input.seconds = request->seconds;
    enum audit_verdict *verdicts =
        arena_array(closed, input.cells, sizeof *verdicts);
    struct audit_effort effort = {0};
    if (!audit_public(&input, verdicts, &effort, err))
        return err_wrap(err, "%s: %s attacker", call->words[0],
                        request->attacker == AUDIT_STRICT ? "strict" : "basic");
    progress_end(call->progress);
    struct audit_summary summary = audit_sum_up(&input, verdicts, &effort);
    size_t small = print_small(request, sheet);
    print_exposed(request, sheet, verdicts);
    printf("cells        %zu\nsuppressed   %zu\n", summary.cells,
           summary.suppressed);
    audit_print_settled(&summary);
    if (!audit_conclude(&summary, err))
        return false;
    return small == 0 || err_fail(err, ERR_DISCLOSURE, "audit.printed",
                                  "counts are printed that are under the "
                                  "threshold");
}

/* --- certificates --------------------------------------------------------- */

static const char *open_name(struct arena *scratch, const struct sheet *sheet,
                             size_t cell)
{
    return sheet != NULL ? sheet_name(scratch, sheet, cell)
                         : arena_format(scratch, "cell %zu", cell);
}

/* What the witnesses prove; linear programs are not asked. */
static bool judge_certificate(const struct audit_request *request,
                              const struct audit_input *input,
                              const struct sheet *sheet, struct err *err)
{
    struct arena *scratch = arena_new();
    enum audit_verdict *verdicts =
        arena_array(scratch, input->cells, sizeof *verdicts);
    struct audit_names open = {.lead = "not proved", .all = request->all};
    size_t proved = 0;
    bool ok = audit_run(input, verdicts, err);
    for (size_t c = 0; ok && c < input->cells; c++) {
        proved += verdicts[c] != AUDIT_PUBLIC && audit_settled(verdicts[c]);
        if (!audit_settled(verdicts[c]))
            audit_name(&open, open_name(scratch, sheet, c));
    }
    if (ok) {
        audit_names_end(&open);
        printf("cells       %zu\nwitnesses   %zu\nproved      %zu\n"
               "not proved  %zu\n",
               input->cells, input->witness_count, proved, open.count);
        ok = open.count == 0 ||
             err_fail(err, ERR_DISCLOSURE, "audit.certificate",
                      "the certificate does not prove that every "
                      "suppressed cell is safe");
    }
    arena_wipe(scratch);
    return ok;
}

/* Of a table: laid over what was published. */
static bool check_sheet(const struct invocation *call, struct arena *closed,
                        const struct audit_request *request, struct err *err)
{
    struct audit_input *certificate;
    struct sheet *sheet;
    if (!certificate_read(closed, request->certificate, &certificate, err) ||
        !read_public(call, closed, request, &sheet, err))
        return false;
    struct audit_input public =
        audit_sheet_view(closed, sheet, request->attacker, request->threshold);
    progress_stage(call->progress, "check", 0);
    return certificate_lay(closed, certificate, &public, err) &&
           judge_certificate(request, certificate, sheet, err);
}

/* Of a release: one for each audience, all of them judged. */
static bool check_whole(const struct invocation *call, struct arena *closed,
                        const struct audit_request *request, struct err *err)
{
    struct certificate *list;
    size_t count;
    if (!certificate_read_all(closed, request->certificate, &list, &count, err))
        return false;
    bool ok = true;
    progress_stage(call->progress, "check", count);
    for (size_t i = 0; i < count; i++) {
        struct err problem = {0};
        if (list[i].input->relations == 0 && list[i].about[0] == '\0')
            return fail_usage("needs OUT.csv beside the certificate of a table",
                              err);
        if (list[i].about[0] != '\0')
            printf("%s\n", list[i].about);
        if (!judge_certificate(request, list[i].input, NULL, &problem) && ok) {
            *err = problem;
            ok = false;
        }
        progress_step(call->progress, i + 1);
    }
    return ok;
}

static bool check_certificate(const struct invocation *call,
                              struct arena *closed,
                              const struct audit_request *request,
                              struct err *err)
{
    progress_stage(call->progress, "read", 0);
    bool ok = (call->word_count > 0 ? check_sheet : check_whole)(call, closed,
                                                                 request, err);
    progress_end(call->progress);
    return ok;
}

static bool run_audit(const struct invocation *call, struct err *err)
{
    struct audit_request request = {0};
    if (!take_request(call, &request, err))
        return false;
    struct arena *closed = arena_new();
    bool ok;
    if (request.certificate != NULL)
        ok = check_certificate(call, closed, &request, err);
    else if (fs_is_directory(call->words[0]))
        ok = audit_release(call, closed, &request, err);
    else
        ok = attack(call, closed, &request, err);
    arena_wipe(closed);
    return ok;
}

const struct command command_audit = {
    .name = "audit",
    .summary = "attack a finished release or public table",
    .usage = "audit RELEASE [--with EARLIER ...] | OUT.csv --hierarchy "
             "DIM=FILE ... --threshold T "
             "[--attacker strict|basic] [--time-limit S] [--all] | "
             "--certificate FILE [OUT.csv ...]",
    .details =
        "Reads what was published, and nothing else: shown numbers, suppressed "
        "marks and\nhierarchies. A suppressed cell is exposed when the "
        "integers that it can be include\none of 1..T-1 and span less than "
        "T-2. The strict attacker knows that zeros are\nalways shown, so that "
        "a suppressed cell is at least 1; the basic one does not.\nExposed "
        "cells are named, without numbers: the first 20, or all with --all. "
        "Status 0\nwhen none is exposed and every one is settled, 4 when one "
        "is exposed or the time\nlimit (CPU seconds, default 600) came first, "
        "2 when no table agrees with the file.\nA count of 1..T-1 that is "
        "printed is named as well: status 4.\n\n"
        "A RELEASE is attacked whole, from its directory alone (`panorama "
        "verify`\ntells whether it is unchanged): all CSV files of open data "
        "joined, with the code lists, sums and measures beside "
        "them and the thresholds of\nmanifest.json. What no table shows and "
        "sums give back is attacked too. What a table\nwithholds is attacked "
        "again from the atoms of its measure, crossings that no table\ncuts, "
        "where they are 4,000 or fewer; cells that were attacked without them "
        "are\ncounted. Counts that are not printed are "
        "bounded by the digits of their crude rates, with the\nperson-years "
        "beside them, else those that all other tables agree on, of their "
        "proportions,\nand of the limits of both. Estimates, and what is "
        "withheld or marked for few\nevents, are not used, and "
        "counted.\nShares are inequalities over two counts, standardised rates "
        "and their limits\nover the ages of a row, where the release prints "
        "the person-years of each age,\nthe standard is one of "
        "lua-scripts/lib/standards.lua of the project and the row\nhas at "
        "most twenty thresholds of cases, unless all its ages are cells; how "
        "many\nare used is told, and why others are not. A cell that one "
        "file prints and another\nwithholds, or that is "
        "printed under its "
        "threshold, is named as well: status 4.\nStatus 2 when files are "
        "missing or damaged, print two counts of one\ncell or a wrong sum, or "
        "when a schema\nrounds to another base than manifest.json. Not "
        "read: tables that are no open data (PDF, pages,\nworkbooks). The "
        "cells of a must_suppress list are told to\nnobody: a zero among them "
        "can look like a contradiction to the strict attacker.\n\n"
        "Each --with EARLIER joins a release that was published before: codes "
        "by the\nelementary codes that they sum, counts where both are of one "
        "vintage or the later\nrelease declares them unrevised; others stay "
        "apart. How many cells\nboth tell is told, with a warning where it is "
        "none; each needs a vintage and a date\nof extraction. What this "
        "release prints and\nan earlier one withholds is "
        "named; what it withholds though an earlier one\nprinted it is lost "
        "already, and counted. Thresholds are those of this release.",
    .example = "panorama audit output/rnc-2026",
    .options = "with=+ hierarchy=+ threshold= attacker= time-limit= all "
               "certificate=",
    .max_words = 1,
    .run = run_audit,
};
