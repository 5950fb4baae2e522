/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/prose.h"

#include <stdio.h>

#include "script/proofread.h"

bool prose_read(const struct invocation *call, const struct project *project,
                const struct plan *plan, struct proofreading *out,
                struct err *err)
{
    const char **paths =
        arena_array(call->run, plan->report_count, sizeof *paths);
    for (size_t r = 0; r < plan->report_count; r++)
        paths[r] = plan->reports[r].path;
    return proofread_project(call->run, project, paths, plan->report_count, out,
                             err);
}

bool prose_no_error(const struct proofreading *prose, struct err *err)
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

void prose_print(struct proofreading *prose)
{
    proofread_order(prose);
    for (size_t r = 0; r < prose->count; r++) {
        const struct remark *remark = &prose->remarks[r];
        const char *kind = remark->error ? "error" : "warning";
        if (remark->line > 0)
            printf("%s:%d: %s: %s [%s]\n", remark->file, remark->line, kind,
                   remark->message, remark->code);
        else
            printf("%s: %s: %s [%s]\n", remark->file, kind, remark->message,
                   remark->code);
    }
}

bool prose_check(const struct invocation *call, const struct project *project,
                 const struct plan *plan, struct err *err)
{
    struct proofreading prose = {0};
    if (state_replaceable(project->state))
        return true;
    return (prose_read(call, project, plan, &prose, err) &&
            prose_no_error(&prose, err)) ||
           err_wrap(err, "a release of state '%s'", state_name(project->state));
}
