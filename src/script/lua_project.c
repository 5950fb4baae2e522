/* SPDX-License-Identifier: EUPL-1.2 */
#include <lauxlib.h>

#include "base/fs.h"
#include "base/num.h"
#include "script/boundaries.h"
#include "script/field.h"
#include "script/rules.h"
#include "script/script.h"

static const char *const project_fields[] = {
    "id",       "title",   "publisher", "date",      "licence",  "contact",
    "draft",    "store",   "languages", "reports",   "policy",   "geo",
    "audience", "ledger",  "unrevised", "revised",   "key_file", "pdf",
    "state",    "embargo", "theme",     "frequency", "series",   "previous",
    "changes",  NULL,
};
static const char *const policy_fields[] = {
    "threshold", "legal_basis", "owner", "date",
    "waivers",   "reliability", "rules", NULL,
};
static const char *const waiver_fields[] = {
    "kind", "reason", "owner", "date", "least", NULL,
};
static const char *const reliability_fields[] = {
    "unreliable_under",
    "caution_under",
    "alive_under",
    NULL,
};
static const char *const unrevised_fields[] = {
    "measure",
    "periods",
    "since",
    NULL,
};
static const char *const revised_fields[] = {"measure", "periods", NULL};
static const char *const geo_fields[] = {"layout", "alias", NULL};
static const char *const pdf_fields[] = {"conformance", "compact", NULL};
static const char *const alias_fields[] = {"level", "code", "members", NULL};

enum {
    UNRELIABLE_UNDER = 10, /* events: relative standard error of 32 % */
    CAUTION_UNDER = 20,    /* 22 % */
    ALIVE_UNDER = 25,      /* people at the start of an interval */
};

struct reading {
    struct arena *run;
    struct project *project;
};

/* Pushes a field that must be a table, or nil when it may be absent. Returns
 * its length as a list. */
static size_t push_list(lua_State *L, int table, const char *field)
{
    static const char *const none[] = {NULL};
    if (lua_getfield(L, table, field) == LUA_TNIL)
        return 0;
    field_table(L, -1, field);
    field_known(L, -1, field, none, true);
    return lua_rawlen(L, -1);
}

static void read_waiver(lua_State *L, struct waiver *waiver)
{
    field_table(L, -1, "waiver");
    field_known(L, -1, "waiver", waiver_fields, false);
    waiver->kind = field_text(L, -1, "kind", NULL);
    field_texts(L, -1, "reason", waiver->reason);
    field_texts(L, -1, "owner", waiver->owner);
    waiver->date = field_text(L, -1, "date", NULL);
    waiver->least = field_integer(L, -1, "least", 0);
}

static void read_waivers(lua_State *L, struct arena *run, struct policy *policy)
{
    size_t count = push_list(L, -1, "waivers");
    policy->waivers = arena_array(run, count, sizeof *policy->waivers);
    for (size_t w = 0; w < count; w++) {
        lua_rawgeti(L, -1, (lua_Integer)w + 1);
        read_waiver(L, &policy->waivers[w]);
        lua_pop(L, 1);
    }
    policy->waiver_count = count;
    lua_pop(L, 1);
}

static void read_reliability(lua_State *L, struct policy *policy)
{
    policy->unreliable_under = UNRELIABLE_UNDER;
    policy->caution_under = CAUTION_UNDER;
    policy->alive_under = ALIVE_UNDER;
    if (lua_getfield(L, -1, "reliability") != LUA_TNIL) {
        field_table(L, -1, "reliability");
        field_known(L, -1, "reliability", reliability_fields, false);
        policy->unreliable_under =
            field_integer(L, -1, "unreliable_under", UNRELIABLE_UNDER);
        policy->caution_under =
            field_integer(L, -1, "caution_under", CAUTION_UNDER);
        policy->alive_under = field_integer(L, -1, "alive_under", ALIVE_UNDER);
    }
    lua_pop(L, 1);
}

static void read_policy(lua_State *L, struct arena *run, struct policy *policy)
{
    lua_getfield(L, -1, "policy");
    field_table(L, -1, "policy");
    field_known(L, -1, "policy", policy_fields, false);
    if (!field_given(L, -1, "threshold"))
        field_fail(L, "policy", "policy: no threshold");
    policy->threshold = field_integer(L, -1, "threshold", 0);
    field_texts(L, -1, "legal_basis", policy->legal_basis);
    field_texts(L, -1, "owner", policy->owner);
    policy->date = field_text(L, -1, "date", NULL);
    read_waivers(L, run, policy);
    read_reliability(L, policy);
    rules_read(L, run, policy);
    lua_pop(L, 1);
}

static void read_audience(lua_State *L, struct policy *policy)
{
    const char *name =
        field_text(L, -1, "audience", audience_name(AUDIENCE_PUBLIC));
    if (!audience_parse(name, &policy->audience))
        field_fail(L, "audience",
                   "audience '%s': expected 'public', 'authorised' or "
                   "'internal'",
                   name);
}

static void read_aliases(lua_State *L, struct arena *run,
                         struct project *project)
{
    size_t count = push_list(L, -1, "alias");
    project->aliases = arena_array(run, count, sizeof *project->aliases);
    for (size_t a = 0; a < count; a++) {
        struct geo_alias *alias = &project->aliases[a];
        lua_rawgeti(L, -1, (lua_Integer)a + 1);
        field_table(L, -1, "alias");
        field_known(L, -1, "alias", alias_fields, false);
        alias->level = field_text(L, -1, "level", NULL);
        alias->code = field_text(L, -1, "code", NULL);
        alias->member_count = field_list(L, -1, "members", &alias->members);
        lua_pop(L, 1);
    }
    project->alias_count = count;
    lua_pop(L, 1);
}

static void read_geo(lua_State *L, struct arena *run, struct project *project)
{
    project->layout = "";
    if (lua_getfield(L, -1, "geo") != LUA_TNIL) {
        field_table(L, -1, "geo");
        field_known(L, -1, "geo", geo_fields, false);
        project->layout = boundaries_layout(L, -1, "");
        read_aliases(L, run, project);
    }
    lua_pop(L, 1);
}

/* "2019" or "2015-2019". */
static struct years read_years(lua_State *L, struct arena *run,
                               const char *field, const char *word)
{
    char **ends = NULL;
    size_t count = text_split(run, word, '-', &ends);
    int64_t low = 0, high = 0;
    if (count < 1 || count > 2 || !num_parse_int64(ends[0], &low) ||
        !num_parse_int64(ends[count - 1], &high) || low < 0 || low > 9999 ||
        high < 0 || high > 9999)
        field_fail(L, "periods", "%s: period '%s': expected YYYY or YYYY-YYYY",
                   field, word);
    return (struct years){(int)low, (int)high};
}

/* What is declared unrevised, or revised. */
static struct unrevised *read_declared(lua_State *L, struct arena *run,
                                       const char *field,
                                       const char *const *fields, size_t *count)
{
    *count = push_list(L, -1, field);
    struct unrevised *list = arena_array(run, *count, sizeof *list);
    for (size_t u = 0; u < *count; u++) {
        struct unrevised *given = &list[u];
        const char **words = NULL;
        lua_rawgeti(L, -1, (lua_Integer)u + 1);
        field_table(L, -1, field);
        field_known(L, -1, field, fields, false);
        given->measure = field_text(L, -1, "measure", NULL);
        given->since = field_text(L, -1, "since", "");
        given->period_count = field_list(L, -1, "periods", &words);
        given->periods =
            arena_array(run, given->period_count, sizeof *given->periods);
        for (size_t p = 0; p < given->period_count; p++)
            given->periods[p] = read_years(L, run, field, words[p]);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return list;
}

static void read_languages(lua_State *L, struct project *project)
{
    const char **names = NULL;
    size_t count = field_list(L, -1, "languages", &names);
    if (count > LANG_COUNT)
        field_fail(L, "languages", "languages: expected each language once");
    for (size_t n = 0; n < count; n++) {
        if (!lang_parse(names[n], &project->langs[n]))
            field_fail(L, "languages", "languages: '%s': expected 'fr' or 'en'",
                       names[n]);
    }
    project->lang_count = count;
}

static void read_pdf(lua_State *L, struct project *project)
{
    if (lua_getfield(L, -1, "pdf") != LUA_TNIL) {
        field_table(L, -1, "pdf");
        field_known(L, -1, "pdf", pdf_fields, false);
        const char *name =
            field_text(L, -1, "conformance", archive_name(ARCHIVE_2A));
        if (!archive_parse(name, &project->archive))
            field_fail(L, "conformance",
                       "conformance '%s': expected '2a', '1b' or '3a'", name);
        project->compact = field_bool(L, -1, "compact", false);
        if (project->compact && project->archive == ARCHIVE_1B)
            field_fail(L, "compact",
                       "compact: PDF/A-1b does not know object streams");
    }
    lua_pop(L, 1);
}

/* state = "draft", or what it was before there were others: draft = true. */
static void read_state(lua_State *L, struct project *project)
{
    bool draft = field_bool(L, -1, "draft", false);
    const char *name = field_text(
        L, -1, "state", state_name(draft ? STATE_DRAFT : STATE_PUBLIC));
    if (!state_parse(name, &project->state))
        field_fail(L, "state",
                   "state '%s': expected 'draft', 'review', 'embargo' or "
                   "'public'",
                   name);
    if (draft && project->state != STATE_DRAFT)
        field_fail(L, "state", "state '%s': draft = true says otherwise", name);
    project->embargo = field_text(L, -1, "embargo", "");
}

static void read_frequency(lua_State *L, struct project *project)
{
    const char *name = field_text(L, -1, "frequency", "");
    if (!frequency_parse(name, &project->frequency))
        field_fail(L, "frequency",
                   "frequency '%s': expected 'monthly', 'quarterly', "
                   "'semiannual', 'annual', 'biennial', 'irregular' or 'never'",
                   name);
}

static int read_project(lua_State *L)
{
    struct reading *reading = lua_touserdata(L, 1);
    struct project *project = reading->project;
    sandbox_load(L, "panorama.lua");
    lua_call(L, 0, 1);
    field_table(L, -1, "the configuration");
    field_known(L, -1, "the configuration", project_fields, false);
    project->id = field_text(L, -1, "id", NULL);
    project->series = field_text(L, -1, "series", "");
    project->previous = field_text(L, -1, "previous", "");
    field_texts(L, -1, "changes", project->changes);
    field_texts(L, -1, "title", project->title);
    field_texts(L, -1, "publisher", project->publisher);
    project->date = field_text(L, -1, "date", NULL);
    field_texts(L, -1, "licence", project->licence);
    field_texts(L, -1, "contact", project->contact);
    read_frequency(L, project);
    read_state(L, project);
    project->theme = field_text(L, -1, "theme", "");
    project->store = field_text(L, -1, "store", NULL);
    project->ledger = field_text(L, -1, "ledger", "ledger");
    project->key_file = field_text(L, -1, "key_file", "");
    project->unrevised =
        read_declared(L, reading->run, "unrevised", unrevised_fields,
                      &project->unrevised_count);
    project->revised = read_declared(L, reading->run, "revised", revised_fields,
                                     &project->revised_count);
    read_languages(L, project);
    project->report_count = field_list(L, -1, "reports", &project->reports);
    read_audience(L, &project->policy);
    read_policy(L, reading->run, &project->policy);
    read_geo(L, reading->run, project);
    read_pdf(L, project);

    struct err err = {0};
    if (!project_check(project, &err))
        field_fail(L, "", "%s", err.text);
    return 0;
}

bool script_project(struct arena *run, const char *directory,
                    struct project **out, struct err *err)
{
    if (!fs_exists(fs_join(run, directory, "panorama.lua")))
        return err_fail(err, ERR_SCRIPT, "project.missing",
                        "no panorama.lua in '%s': name the project's directory "
                        "with --project",
                        directory);
    struct project *project = arena_alloc(run, sizeof *project);
    project->directory = arena_text(run, directory);
    struct reading reading = {.run = run, .project = project};
    struct sandbox *sandbox =
        sandbox_open(run, &sandbox_plan_limits, project->directory);
    bool ok = sandbox_run(sandbox, read_project, &reading, err);
    sandbox_close(sandbox);
    if (ok)
        *out = project;
    return ok;
}
