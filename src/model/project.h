/* SPDX-License-Identifier: EUPL-1.2 */
/* model/project.h - the configuration of a project: panorama.lua, read.
 *
 * A policy carries who answers for it: every rule and waiver has a legal
 * basis or reason, an owner and a date, and they are printed in the method
 * pages. */
#ifndef MODEL_PROJECT_H
#define MODEL_PROJECT_H

#include "model/code.h"

/* Permission to publish a derived value whose support is not wholly shown. */
struct waiver {
    const char *kind; /* column family: "standardised_rate" */
    const char *reason[LANG_COUNT];
    const char *owner;
    const char *date; /* YYYY-MM-DD */
};

struct policy {
    int64_t threshold; /* counts 1..threshold-1 are primary; at least 3 */
    const char *legal_basis[LANG_COUNT];
    const char *owner;
    const char *date; /* YYYY-MM-DD */
    struct waiver *waivers;
    size_t waiver_count;
    int64_t unreliable_under; /* events: rate withheld under this (10) */
    int64_t caution_under;    /* events: flag `a` under this (20) */
};

/* Polygons drawn for a code that the boundary file does not have. */
struct geo_alias {
    const char *level;
    const char *code;
    const char **members;
    size_t member_count;
};

/* Who may read a release: each also reads what those before it may. */
enum audience {
    AUDIENCE_PUBLIC,
    AUDIENCE_AUTHORISED,
    AUDIENCE_INTERNAL,
    AUDIENCE_COUNT,
};

const char *audience_name(enum audience audience); /* "public", ... */
bool audience_parse(const char *name, enum audience *out) MUST_USE;

/* Years of a measure. */
struct years {
    int low, high;
};

/* A declaration that counts have not changed since earlier vintages: only then
 * are cells of other releases the same numbers as this one's. */
struct unrevised {
    const char *measure;
    struct years *periods; /* none: every period */
    size_t period_count;
    const char *since; /* vintages extracted from this date on, or "" */
};

struct project {
    const char *directory; /* all paths below are relative to it */
    const char *id;        /* release id: [a-z0-9-]+ */
    const char *title[LANG_COUNT];
    const char *publisher;
    const char *date; /* release date YYYY-MM-DD: the only date in outputs */
    const char *licence;
    const char *contact;
    bool draft;
    enum audience audience;
    const char *ledger; /* directory of what was published */
    struct unrevised *unrevised;
    size_t unrevised_count;
    const char *store; /* path or postgresql:// */
    enum lang langs[LANG_COUNT];
    size_t lang_count;
    const char **reports; /* definition files */
    size_t report_count;
    struct policy policy;
    const char *layout; /* map layout of geo/, e.g. "france"; "" none */
    struct geo_alias *aliases;
    size_t alias_count;
};

/* Checks values that need no store (id form, dates, threshold >= 3, owners
 * present). ERR_SCRIPT naming the field. */
bool project_check(const struct project *project, struct err *err) MUST_USE;
const struct waiver *policy_waiver(const struct policy *policy,
                                   const char *kind); /* or NULL */

#endif
