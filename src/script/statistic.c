/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/statistic.h"

#include <string.h>

#include "base/text.h"
#include "script/field.h"

static const char *const names[] = {
    "id",    "title",     "note",   "from",     "against",   "kind",   "along",
    "value", "reference", "choice", "decimals", "open_data", "people", NULL,
};

static int usual_decimals(enum statistic_kind kind)
{
    switch (kind) {
    case STATISTIC_CONCENTRATION_INDEX:
        return 3;
    case STATISTIC_RATE_RATIO:
    case STATISTIC_RELATIVE_INDEX:
    case STATISTIC_STANDARDISED_RATIO:
    case STATISTIC_SMOOTHED_RATIO:
    case STATISTIC_SPATIAL_RATIO:
    case STATISTIC_CUMULATIVE_RISK:
    case STATISTIC_FUNNEL:
    case STATISTIC_MORTALITY_INCIDENCE:
        return 2;
    case STATISTIC_RATE_DIFFERENCE:
    case STATISTIC_ANNUAL_CHANGE:
    case STATISTIC_AVERAGE_CHANGE:
    case STATISTIC_SLOPE_INDEX:
    case STATISTIC_JOINPOINT:
    case STATISTIC_PROPORTION_DIFFERENCE:
    case STATISTIC_DECOMPOSITION:
        return 1;
    case STATISTIC_RANK:
    case STATISTIC_COUNT:
        break;
    }
    return 0;
}

static enum statistic_kind read_kind(lua_State *L, int fields)
{
    const char *name = field_text(L, fields, "kind", NULL);
    enum statistic_kind kind;
    if (statistic_parse(name, &kind))
        return kind;
    const char *known[STATISTIC_COUNT];
    for (size_t k = 0; k < COUNT_OF(known); k++)
        known[k] = statistic_name((enum statistic_kind)k);
    const char *near = near_name(name, known, COUNT_OF(known));
    if (near != NULL)
        field_fail(L, "kind", "kind: no statistic '%s'; the nearest is '%s'",
                   name, near);
    field_fail(L, "kind", "kind: no statistic '%s'; known are: %s", name,
               text_join(sandbox_arena(L), known, COUNT_OF(known), ", "));
}

static enum joinpoint_choice read_choice(lua_State *L, int fields,
                                         enum statistic_kind kind)
{
    if (!field_given(L, fields, "choice"))
        return JOINPOINT_WBIC;
    const char *name = field_text(L, fields, "choice", NULL);
    if (!statistic_has_joins(kind))
        field_fail(L, "choice", "choice: '%s' has no joins to choose",
                   statistic_name(kind));
    for (int c = 0; c < JOINPOINT_CHOICES; c++) {
        if (text_same(joinpoint_choices[c], name))
            return (enum joinpoint_choice)c;
    }
    field_fail(L, "choice", "choice: '%s': expected %s", name,
               text_join(sandbox_arena(L), joinpoint_choices, JOINPOINT_CHOICES,
                         ", "));
}

/* "sites" of a report is "report.sites"; nothing stays nothing. */
static const char *table_id(struct arena *run, const char *report,
                            const char *name)
{
    bool whole = name[0] == '\0' || strchr(name, '.') != NULL;
    return whole ? name : arena_format(run, "%s.%s", report, name);
}

void statistic_read(lua_State *L, int fields, struct arena *run,
                    const char *report, struct plan_statistic *out)
{
    field_table(L, fields, "statistic");
    field_known(L, fields, "statistic", names, false);
    out->report = report;
    out->id =
        arena_format(run, "%s.%s", report, field_text(L, fields, "id", NULL));
    field_texts(L, fields, "title", out->title);
    field_texts(L, fields, "note", out->note);
    out->from = table_id(run, report, field_text(L, fields, "from", NULL));
    out->against = table_id(run, report, field_text(L, fields, "against", ""));
    out->people = table_id(run, report, field_text(L, fields, "people", ""));
    out->kind = read_kind(L, fields);
    /* Of each point alone: any axis will do. */
    bool alone = out->kind == STATISTIC_CUMULATIVE_RISK ||
                 out->kind == STATISTIC_MORTALITY_INCIDENCE;
    const char *along = field_text(L, fields, "along", alone ? "period" : NULL);
    if (!dim_parse(along, &out->along))
        field_fail(L, "along",
                   "along: '%s': expected a dimension, such as 'period'",
                   along);
    out->value = field_text(L, fields, "value", NULL);
    out->reference = field_text(L, fields, "reference", "");
    out->choice = read_choice(L, fields, out->kind);
    out->decimals =
        (int)field_integer(L, fields, "decimals", usual_decimals(out->kind));
    out->open_data = field_bool(L, fields, "open_data", false);
}
