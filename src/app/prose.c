/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/prose.h"

#include <stdio.h>

#include "script/proofread.h"

static bool proofread(const struct invocation *call,
                      const struct project *project, const struct plan *plan,
                      struct proofreading *out, struct err *err)
{
    const char **paths =
        arena_array(call->run, plan->report_count, sizeof *paths);
    for (size_t r = 0; r < plan->report_count; r++)
        paths[r] = plan->reports[r].path;
    return proofread_project(call->run, project, paths, plan->report_count, out,
                             err);
}

static bool no_error(const struct proofreading *prose, struct err *err)
{
    for (size_t r = 0; r < prose->count; r++) {
        const struct remark *remark = &prose->remarks[r];
        if (remark->error)
            return err_fail(err, ERR_SCRIPT, "lint.prose",
                            "%s:%d: %s (%zu error%s)", remark->file,
                            remark->line, remark->message, prose->errors,
                            text_s(prose->errors));
    }
    return true;
}

bool prose_tell(const struct invocation *call, const struct project *project,
                const struct plan *plan, size_t *warnings, struct err *err)
{
    struct proofreading prose = {0};
    if (!proofread(call, project, plan, &prose, err))
        return false;
    for (size_t r = 0; r < prose.count; r++) {
        const struct remark *remark = &prose.remarks[r];
        printf("%s:%d: %s: %s [%s]\n", remark->file, remark->line,
               remark->error ? "error" : "warning", remark->message,
               remark->code);
    }
    *warnings = prose.count - prose.errors;
    return no_error(&prose, err);
}

bool prose_check(const struct invocation *call, const struct project *project,
                 const struct plan *plan, struct err *err)
{
    struct proofreading prose = {0};
    if (state_replaceable(project->state))
        return true;
    return (proofread(call, project, plan, &prose, err) &&
            no_error(&prose, err)) ||
           err_wrap(err, "a release of state '%s'", state_name(project->state));
}
