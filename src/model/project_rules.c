/* SPDX-License-Identifier: EUPL-1.2 */
/* What a policy says of its rules, checked as far as it goes without a store.
 */
#include "model/plan_impl.h"
#include "model/project_impl.h"

static const char *const audience_names[AUDIENCE_COUNT] = {
    [AUDIENCE_PUBLIC] = "public",
    [AUDIENCE_AUTHORISED] = "authorised",
    [AUDIENCE_INTERNAL] = "internal",
};

static const char *const kind_names[RULE_KIND_COUNT] = {
    [RULE_THRESHOLD] = "threshold",
    [RULE_POPULATION_FLOOR] = "population_floor",
    [RULE_NON_EVENTS] = "non_events",
    [RULE_ZEROS] = "zeros",
    [RULE_STRUCTURAL_ZEROS] = "structural_zeros",
    [RULE_STRICTER] = "stricter",
    [RULE_MUST_SHOW] = "must_show",
    [RULE_MUST_SUPPRESS] = "must_suppress",
};

static const char *const fields[DIM_COUNT] = {
    [DIM_TERRITORY] = "territories",
    [DIM_SITE] = "sites",
    [DIM_SEX] = "sexes",
    [DIM_AGE] = "ages",
    [DIM_PERIOD] = "periods",
    [DIM_STRATUM] = "strata",
};

const char *audience_name(enum audience audience)
{
    assert((unsigned)audience < AUDIENCE_COUNT);
    return audience_names[audience];
}

bool audience_parse(const char *name, enum audience *out)
{
    for (unsigned a = 0; a < AUDIENCE_COUNT; a++) {
        if (text_same(name, audience_names[a])) {
            *out = (enum audience)a;
            return true;
        }
    }
    return false;
}

const char *rule_kind_name(enum rule_kind kind)
{
    assert((unsigned)kind < RULE_KIND_COUNT);
    return kind_names[kind];
}

bool rule_kind_parse(const char *name, enum rule_kind *out)
{
    for (unsigned k = 0; k < RULE_KIND_COUNT; k++) {
        if (text_same(name, kind_names[k])) {
            *out = (enum rule_kind)k;
            return true;
        }
    }
    return false;
}

bool rule_kind_lists(enum rule_kind kind)
{
    return kind == RULE_MUST_SHOW || kind == RULE_MUST_SUPPRESS;
}

const char *rule_field(enum dim dim)
{
    assert((unsigned)dim < DIM_COUNT);
    return fields[dim];
}

enum audience policy_readers(const struct policy *policy)
{
    return policy->readers > policy->audience ? policy->readers
                                              : policy->audience;
}

bool rule_in_force(const struct policy *policy, const struct policy_rule *rule)
{
    enum audience audience = rule->kind == RULE_MUST_SHOW
                                 ? policy->audience
                                 : policy_readers(policy);
    return rule->audience == AUDIENCE_ANY || rule->audience == audience;
}

bool rule_selects_all(const struct policy_rule *rule)
{
    size_t words = 0;
    for (size_t c = 0; c < rule->cell_count; c++) {
        const struct rule_cells *cells = &rule->cells[c];
        words += cells->measures.count + cells->sources.count;
        for (unsigned d = 0; d < DIM_COUNT; d++)
            words += cells->select[d].count;
    }
    return words == 0;
}

/* --- checks -------------------------------------------------------------- */

static bool check_words(const struct rule_cells *cells, struct err *err)
{
    struct arena *scratch = arena_new();
    bool ok = true;
    for (unsigned d = 0; ok && d < DIM_COUNT; d++) {
        ok = plan_words_check(scratch, (enum dim)d, &cells->select[d], err) ||
             err_wrap(err, "%s", fields[d]);
    }
    arena_free(scratch);
    return ok;
}

/* A list of cells is a small plan: measure and period must be said. */
static bool check_listed(const struct policy_rule *rule, struct err *err)
{
    if (rule->cell_count == 0)
        return project_fail(err, "cells", "at least one cell");
    for (size_t c = 0; c < rule->cell_count; c++) {
        const struct rule_cells *cells = &rule->cells[c];
        bool ok = true;
        if (cells->measures.count == 0)
            ok = project_fail(err, "measures", "the measure of the cell");
        else if (cells->select[DIM_PERIOD].count == 0)
            ok = project_fail(err, "periods", "the period of the cell");
        if (!ok || !check_words(cells, err))
            return err_wrap(err, "cell %zu", c + 1);
    }
    return true;
}

static bool check_values(const struct policy_rule *rule, struct err *err)
{
    bool counts = rule->kind == RULE_THRESHOLD || rule->kind == RULE_STRICTER;
    bool peopled =
        rule->kind == RULE_POPULATION_FLOOR || rule->kind == RULE_ZEROS;
    if (counts && rule->threshold < THRESHOLD_LEAST)
        return project_fail(err, "threshold", "3 or more");
    if (peopled && rule->population < 1)
        return project_fail(err, "population", "1 or more");
    if (rule_kind_lists(rule->kind))
        return check_listed(rule, err);
    assert(rule->cell_count == 1);
    if (rule->kind == RULE_STRICTER && rule_selects_all(rule))
        return err_fail(err, ERR_SCRIPT, "project.field",
                        "selects no cells: expected ages, sites or another "
                        "selection");
    return check_words(rule->cells, err);
}

/* Readers must be told what a rule is about; of single cells they must not. */
static bool check_label(const struct project *project,
                        const struct policy_rule *rule, struct err *err)
{
    if (!rule_kind_lists(rule->kind) && !rule_selects_all(rule))
        return project_check_texts(project, rule->label, "label", err);
    return project_check_optional(project, rule->label, "label", err);
}

bool project_check_rules(const struct project *project, struct err *err)
{
    const struct policy *policy = &project->policy;
    for (size_t r = 0; r < policy->rule_count; r++) {
        const struct policy_rule *rule = &policy->rules[r];
        bool ok = check_values(rule, err) && check_label(project, rule, err) &&
                  project_check_texts(project, rule->legal_basis, "legal_basis",
                                      err) &&
                  project_check_texts(project, rule->owner, "owner", err) &&
                  project_check_date(rule->date, "date", err);
        if (!ok)
            return err_wrap(err, "policy: rule %zu (%s)", r + 1,
                            rule_kind_name(rule->kind));
    }
    return true;
}
