/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/project_impl.h"

#include <string.h>

#include "model/locale.h"

bool project_fail(struct err *err, const char *field, const char *expected)
{
    return err_fail(err, ERR_SCRIPT, "project.field", "%s: expected %s", field,
                    expected);
}

static bool check_text(const char *text, const char *field, struct err *err)
{
    return text[0] != '\0' || project_fail(err, field, "a text, found none");
}

bool project_tells(const char *const texts[LANG_COUNT])
{
    for (size_t l = 0; l < LANG_COUNT; l++) {
        if (texts[l][0] != '\0')
            return true;
    }
    return false;
}

bool project_check_texts(const struct project *project,
                         const char *const texts[LANG_COUNT], const char *field,
                         struct err *err)
{
    if (!project_tells(texts))
        return check_text("", field, err);
    for (size_t l = 0; l < project->lang_count; l++) {
        enum lang lang = project->langs[l];
        if (texts[lang][0] == '\0')
            return err_fail(err, ERR_SCRIPT, "project.field",
                            "%s: no text in language '%s'", field,
                            lang_code(lang));
    }
    return true;
}

bool project_check_optional(const struct project *project,
                            const char *const texts[LANG_COUNT],
                            const char *field, struct err *err)
{
    return !project_tells(texts) ||
           project_check_texts(project, texts, field, err);
}

bool project_check_date(const char *date, const char *field, struct err *err)
{
    return date_exists(date) || project_fail(err, field, "a date YYYY-MM-DD");
}

bool project_is_id(const char *id)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    return id[0] != '\0' && id[strspn(id, letters)] == '\0';
}

static bool check_langs(const struct project *project, struct err *err)
{
    if (project->lang_count == 0)
        return project_fail(err, "languages", "'fr', 'en' or both");
    for (size_t l = 1; l < project->lang_count; l++) {
        if (project->langs[l] == project->langs[0])
            return project_fail(err, "languages", "each language once");
    }
    return true;
}

bool project_holds(const char *path)
{
    if (path[0] == '/')
        return false;
    for (const char *at = path; *at != '\0';) {
        size_t size = strcspn(at, "/");
        if (size == 2 && strncmp(at, "..", size) == 0)
            return false;
        at += size + strspn(at + size, "/");
    }
    return true;
}

static bool check_reports(const struct project *project, struct err *err)
{
    if (project->report_count == 0)
        return project_fail(err, "reports", "at least one definition file");
    for (size_t r = 0; r < project->report_count; r++) {
        if (project->reports[r][0] == '\0' ||
            !project_holds(project->reports[r]))
            return err_fail(err, ERR_SCRIPT, "project.field",
                            "reports: '%s': expected a path inside the "
                            "project",
                            project->reports[r]);
    }
    return true;
}

static bool check_theme(const struct project *project, struct err *err)
{
    return project_holds(project->theme) ||
           err_fail(err, ERR_SCRIPT, "project.field",
                    "theme: '%s': expected a path inside the project",
                    project->theme);
}

static bool check_waiver(const struct project *project,
                         const struct waiver *waiver, struct err *err)
{
    bool ok = check_text(waiver->kind, "kind", err) &&
              project_check_texts(project, waiver->reason, "reason", err) &&
              project_check_texts(project, waiver->owner, "owner", err) &&
              project_check_date(waiver->date, "date", err);
    if (ok && waiver->least < 0)
        ok = project_fail(err, "least", "0 or more");
    return ok || err_wrap(err, "policy: waiver '%s'", waiver->kind);
}

static bool check_limits(const struct policy *policy, struct err *err)
{
    if (policy->threshold < THRESHOLD_LEAST)
        return project_fail(err, "threshold", "3 or more");
    if (policy->unreliable_under < 0)
        return project_fail(err, "unreliable_under", "0 or more");
    if (policy->caution_under < policy->unreliable_under)
        return project_fail(err, "caution_under",
                            "no less than unreliable_under");
    if (policy->alive_under < 1)
        return project_fail(err, "alive_under", "1 or more");
    return true;
}

static bool check_policy(const struct project *project, struct err *err)
{
    const struct policy *policy = &project->policy;
    if (!check_limits(policy, err) ||
        !project_check_texts(project, policy->legal_basis, "legal_basis",
                             err) ||
        !project_check_texts(project, policy->owner, "owner", err) ||
        !project_check_date(policy->date, "date", err))
        return err_wrap(err, "policy");
    for (size_t w = 0; w < policy->waiver_count; w++) {
        if (!check_waiver(project, &policy->waivers[w], err))
            return false;
    }
    return true;
}

static bool check_aliases(const struct project *project, struct err *err)
{
    for (size_t a = 0; a < project->alias_count; a++) {
        const struct geo_alias *alias = &project->aliases[a];
        if (alias->level[0] == '\0' || alias->code[0] == '\0' ||
            alias->member_count == 0)
            return err_fail(err, ERR_SCRIPT, "project.field",
                            "aliases: '%s': expected level, code and members",
                            alias->code);
    }
    return true;
}

static bool check_declared(const char *field, const struct unrevised *list,
                           size_t count, struct err *err)
{
    for (size_t u = 0; u < count; u++) {
        const struct unrevised *given = &list[u];
        if (given->since[0] != '\0' &&
            !project_check_date(given->since, "since", err))
            return err_wrap(err, "%s: '%s'", field, given->measure);
        for (size_t p = 0; p < given->period_count; p++) {
            if (given->periods[p].low > given->periods[p].high)
                return err_fail(err, ERR_SCRIPT, "project.field",
                                "%s: '%s': a period ends before it begins",
                                field, given->measure);
        }
    }
    return true;
}

bool project_check_published(const struct project *project, struct err *err)
{
    return (project_is_id(project->id) ||
            project_fail(err, "id", "letters a-z, digits and '-'")) &&
           (project->series[0] == '\0' || project_is_id(project->series) ||
            project_fail(err, "series", "letters a-z, digits and '-'")) &&
           (project->previous[0] == '\0' || project_is_id(project->previous) ||
            project_fail(err, "previous", "letters a-z, digits and '-'")) &&
           (!text_same(project->previous, project->id) ||
            project_fail(err, "previous", "the id of another release")) &&
           check_langs(project, err) &&
           project_check_texts(project, project->title, "title", err) &&
           project_check_texts(project, project->publisher, "publisher", err) &&
           project_check_optional(project, project->licence, "licence", err) &&
           project_check_optional(project, project->contact, "contact", err) &&
           project_check_optional(project, project->changes, "changes", err) &&
           project_check_date(project->date, "date", err) &&
           project_check_state(project, err) &&
           check_declared("unrevised", project->unrevised,
                          project->unrevised_count, err) &&
           check_policy(project, err) && check_aliases(project, err);
}

bool project_check(const struct project *project, struct err *err)
{
    return project_check_published(project, err) &&
           check_text(project->store, "store", err) &&
           check_text(project->ledger, "ledger", err) &&
           check_declared("revised", project->revised, project->revised_count,
                          err) &&
           check_reports(project, err) && check_theme(project, err) &&
           project_check_rules(project, err);
}

const struct waiver *policy_waiver(const struct policy *policy,
                                   const char *kind)
{
    for (size_t w = 0; w < policy->waiver_count; w++) {
        if (text_same(policy->waivers[w].kind, kind))
            return &policy->waivers[w];
    }
    return NULL;
}
