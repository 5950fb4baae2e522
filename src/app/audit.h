/* SPDX-License-Identifier: EUPL-1.2 */
/* app/audit.h - what the targets of `panorama audit` have in common. */
#ifndef APP_AUDIT_H
#define APP_AUDIT_H

#include "app/command.h"
#include "sdc/audit_sheet.h"

struct audit_request {
    struct sheet_source *sources;
    size_t source_count;
    int64_t threshold;
    enum audit_attacker attacker;
    double seconds;
    const char *certificate; /* file, or NULL */
    const char **earlier;    /* releases published before */
    size_t earlier_count;
    bool all;
};

/* Cells told by name: the first 20, or all. Names, never a number: what an
 * interval would tell is not repeated. */
struct audit_names {
    const char *lead; /* "exposed" */
    bool all;
    size_t count;
};
void audit_name(struct audit_names *names, const char *cell);
void audit_names_end(const struct audit_names *names);

/* How the suppressed cells were settled. */
void audit_print_settled(const struct audit_summary *summary);
/* ERR_DISCLOSURE when a cell is exposed or not settled. */
bool audit_conclude(const struct audit_summary *summary, struct err *err);

/* Attacks the release in the directory call->words[0], with those before it. */
bool audit_release(const struct invocation *call, struct arena *closed,
                   const struct audit_request *request, struct err *err);

#endif
