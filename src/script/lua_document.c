/* SPDX-License-Identifier: EUPL-1.2 */
/* The document that page() gets: its facts, tables. */
#include <lauxlib.h>

#include "base/num.h"
#include "model/place.h"
#include "model/plan.h"
#include "script/field.h"
#include "script/page.h"
#include "script/site_words.h"

/* --- facts of the release ------------------------------------------------- */

static void set_text(lua_State *L, const char *name, const char *text)
{
    lua_pushstring(L, words_typeset(page_of(L), text));
    lua_setfield(L, -2, name);
}

static void set_number(lua_State *L, const char *name, int64_t number)
{
    struct page *page = page_of(L);
    lua_pushstring(L, num_format_count(page->open, page->lang, number));
    lua_setfield(L, -2, name);
}

static void push_waiver(lua_State *L, const struct waiver *waiver)
{
    struct page *page = page_of(L);
    lua_newtable(L);
    set_text(L, "kind", waiver->kind);
    set_text(L, "reason", waiver->reason[page->lang]);
    set_text(L, "owner", waiver->owner[page->lang]);
    set_text(L, "date", date_format(page->open, page->lang, waiver->date));
}

/* What the rule is about, in words. */
static const char *rule_scope(const struct page *page,
                              const struct policy_rule *rule)
{
    if (rule->label[page->lang][0] != '\0')
        return rule->label[page->lang];
    if (rule_kind_lists(rule->kind))
        return locale_text(page->lang, "rule.list");
    return locale_text(page->lang, rule->kind == RULE_STRUCTURAL_ZEROS
                                       ? "rule.structural_zeros.everywhere"
                                       : "rule.everywhere");
}

/* The rule as readers are told it: never which cells it suppressed. */
static void push_rule(lua_State *L, const struct policy_rule *rule)
{
    struct page *page = page_of(L);
    const char *kind = rule_kind_name(rule->kind);
    int64_t number = rule->threshold + rule->population; /* one is 0 */
    lua_newtable(L);
    set_text(L, "kind", kind);
    set_text(L, "scope", rule_scope(page, rule));
    set_text(L, "rule",
             locale_fill(page->open, page->lang,
                         arena_format(page->open, "rule.%s", kind), "number",
                         num_format_count(page->open, page->lang, number),
                         NULL));
    set_text(L, "legal_basis", rule->legal_basis[page->lang]);
    set_text(L, "owner", rule->owner[page->lang]);
    set_text(L, "date", date_format(page->open, page->lang, rule->date));
}

static void push_rules(lua_State *L, const struct policy *policy)
{
    lua_Integer count = 0;
    lua_createtable(L, (int)policy->rule_count, 0);
    for (size_t r = 0; r < policy->rule_count; r++) {
        if (!rule_in_force(policy, &policy->rules[r]))
            continue;
        push_rule(L, &policy->rules[r]);
        lua_rawseti(L, -2, ++count);
    }
    lua_setfield(L, -2, "rules");
}

static void push_policy(lua_State *L, const struct policy *policy)
{
    struct page *page = page_of(L);
    lua_newtable(L);
    set_number(L, "threshold", policy->threshold);
    set_number(L, "limit", policy->threshold - 1);
    set_number(L, "unreliable_under", policy->unreliable_under);
    set_number(L, "caution_from", policy->unreliable_under);
    set_number(L, "caution_to", policy->caution_under - 1);
    set_number(L, "alive_under", policy->alive_under);
    set_text(L, "legal_basis", policy->legal_basis[page->lang]);
    set_text(L, "owner", policy->owner[page->lang]);
    set_text(L, "date", date_format(page->open, page->lang, policy->date));
    lua_createtable(L, (int)policy->waiver_count, 0);
    for (size_t w = 0; w < policy->waiver_count; w++) {
        push_waiver(L, &policy->waivers[w]);
        lua_rawseti(L, -2, (lua_Integer)w + 1);
    }
    lua_setfield(L, -2, "waivers");
    push_rules(L, policy);
    set_text(L, "audience", audience_name(policy->audience));
}

/* doc:release() -> facts of the release, as texts */
static int l_release(lua_State *L)
{
    struct page *page = page_of(L);
    const struct edition *edition = page->job->edition;
    const struct project *project = edition->project;
    lua_newtable(L);
    set_text(L, "id", project->id);
    set_text(L, "title", project->title[page->lang]);
    set_text(L, "publisher", project->publisher[page->lang]);
    set_text(L, "date", date_format(page->open, page->lang, project->date));
    set_text(L, "licence", project->licence[page->lang]);
    set_text(L, "contact", project->contact[page->lang]);
    set_text(L, "snapshot", edition->snapshot);
    set_text(L, "version", edition->version);
    set_text(L, "state", state_name(project->state));
    lua_pushboolean(L, state_replaceable(project->state));
    lua_setfield(L, -2, "draft");
    push_policy(L, &project->policy);
    lua_setfield(L, -2, "policy");
    return 1;
}

/* doc:registry(key) -> the store's word for it, "" none */
static int l_registry(lua_State *L)
{
    lua_pushstring(L, code_registry(page_of(L)->job->edition->codes,
                                    luaL_checkstring(L, 2)));
    return 1;
}

/* doc:level_name(level) -> "région" */
static int l_level_name(lua_State *L)
{
    struct page *page = page_of(L);
    lua_pushstring(L, place_level(page->job->edition->codes, page->lang,
                                  luaL_checkstring(L, 2)));
    return 1;
}

static void push_measure(lua_State *L, const struct measure *measure)
{
    struct page *page = page_of(L);
    lua_newtable(L);
    set_text(L, "code", measure->code);
    set_text(L, "label", measure->label[page->lang]);
    set_text(L, "unit", words_unit(page, measure->unit));
    const struct codes *codes = page->job->edition->codes;
    set_text(L, "source", code_measure_source(codes, measure, page->lang));
    set_text(L, "method", code_measure_method(codes, measure, page->lang));
}

/* doc:measures() -> list of {code, label, unit, source, method} of the measures
 * that some table of the release shows */
static int l_measures(lua_State *L)
{
    const struct edition *edition = page_of(L)->job->edition;
    lua_newtable(L);
    lua_Integer place = 0;
    for (size_t m = 0; m < edition->codes->measure_count; m++) {
        const struct measure *measure = &edition->codes->measures[m];
        bool shown = false;
        for (size_t t = 0; t < edition->table_count; t++)
            shown = shown || pub_measure(edition->tables[t]) == measure;
        if (!shown)
            continue;
        push_measure(L, measure);
        lua_rawseti(L, -2, ++place);
    }
    return 1;
}

/* --- tables
 * ---------------------------------------------------------------------------
 */

static const struct pub_table *find_table(struct page *page, const char *id)
{
    const struct edition *edition = page->job->edition;
    const char *own =
        arena_format(page->open, "%s.%s", page->job->report->id, id);
    const struct pub_table *table = edition_table(edition, own);
    return table ? table : edition_table(edition, id);
}

/* doc:table(id) -> table of this report, or "report.id" of another one */
static int l_table(lua_State *L)
{
    struct page *page = page_of(L);
    const struct edition *edition = page->job->edition;
    const char *id = luaL_checkstring(L, 2);
    sandbox_charge(L, 128);
    const struct pub_table *table = find_table(page, id);
    if (table) {
        push_table(L, table);
        return 1;
    }
    const char **names =
        arena_array(page->open, edition->table_count, sizeof *names);
    for (size_t t = 0; t < edition->table_count; t++)
        names[t] = pub_id(edition->tables[t]);
    const char *own =
        arena_format(page->open, "%s.%s", page->job->report->id, id);
    const char *near = near_name(own, names, edition->table_count);
    return luaL_error(L, "table '%s': no plan declares it%s%s", id,
                      near ? "; the nearest is " : "", near ? near : "");
}

/* doc:has(id) -> whether the release has the table: an optional one is left out
 * where the store has not what it asks for */
static int l_has(lua_State *L)
{
    lua_pushboolean(L, find_table(page_of(L), luaL_checkstring(L, 2)) != NULL);
    return 1;
}

/* doc:dataset(table): exports it as open data */
static int l_dataset(lua_State *L)
{
    struct page *page = page_of(L);
    const struct pub_table *table = check_table(L, 2);
    if (!pub_open_data(table))
        return luaL_error(L,
                          "dataset '%s': its plan does not say open_data = "
                          "true",
                          pub_id(table));
    for (size_t d = 0; d < page->dataset_count; d++) {
        if (page->datasets[d] == table)
            return luaL_error(L, "dataset '%s': exported twice", pub_id(table));
    }
    page->datasets = arena_grow(page->open, page->datasets, page->dataset_count,
                                &page->dataset_capacity, sizeof(void *));
    page->datasets[page->dataset_count++] = table;
    return 0;
}

/* doc:disclosure() -> list of {id, title, share}: the share of the cells of
 * each table that is confidential; with {base, note} where counts are rounded
 */
static int l_disclosure(lua_State *L)
{
    struct page *page = page_of(L);
    const struct edition *edition = page->job->edition;
    lua_createtable(L, (int)edition->table_count, 0);
    for (size_t t = 0; t < edition->table_count; t++) {
        const struct pub_table *table = edition->tables[t];
        size_t cells = 0, confidential = 0;
        pub_suppressed(table, &cells, &confidential);
        double share =
            cells > 0 ? 100.0 * (double)confidential / (double)cells : 0;
        lua_newtable(L);
        set_text(L, "id", pub_id(table));
        set_text(L, "title", pub_title(table, page->lang));
        lua_pushinteger(L, (lua_Integer)cells);
        lua_setfield(L, -2, "cells");
        set_text(L, "share",
                 num_format_percent(page->open, page->lang, share, 1));
        lua_pushnumber(L, num_round(share, 1));
        lua_setfield(L, -2, "percent");
        const char *changed = pub_changed_note(page->open, table, page->lang);
        if (pub_rounding(table).base > 0)
            set_number(L, "base", pub_rounding(table).base);
        if (pub_noise(table).variance > 0)
            set_number(L, "variance", pub_noise(table).variance);
        if (changed[0] != '\0')
            set_text(L, "note", changed);
        lua_rawseti(L, -2, (lua_Integer)t + 1);
    }
    return 1;
}

/* What a column is made by: the name of its statistic, or "count". */
static const char *kind_of(const struct pub_table *table, size_t column)
{
    static const char *const names[] = {
        [PUB_COUNT] = "count",
        [PUB_PERSON_YEARS] = "person_years",
        [PUB_CRUDE_RATE] = "crude_rate",
        [PUB_STANDARDISED_RATE] = "standardised_rate",
        [PUB_SHARE] = "share",
        [PUB_PROPORTION] = "proportion",
        [PUB_ESTIMATE] = "estimate",
    };
    const struct pub_column *at = pub_column(table, column);
    if (at->part != PUB_VALUE)
        return NULL;
    if (at->kind != PUB_STATISTIC)
        return (size_t)at->kind < COUNT_OF(names) ? names[at->kind] : NULL;
    enum statistic_kind kind;
    return statistic_parse(at->id, &kind) ? at->id : NULL;
}

static void mark(lua_State *L, int table, const char *name)
{
    if (name == NULL || name[0] == '\0')
        return;
    lua_pushboolean(L, 1);
    lua_setfield(L, table, name);
}

/* doc:kinds() -> {count = true, annual_change = true, ...}, the values and
 * statistics that the release is made of; and {world = true, ...}, the
 * standards that weigh them */
static int l_kinds(lua_State *L)
{
    const struct edition *edition = page_of(L)->job->edition;
    lua_newtable(L);
    lua_newtable(L);
    int standards = lua_gettop(L);
    for (size_t t = 0; t < edition->table_count; t++) {
        const struct pub_table *table = edition->tables[t];
        for (size_t c = 0; c < pub_columns(table); c++) {
            mark(L, standards - 1, kind_of(table, c));
            mark(L, standards, pub_column(table, c)->standard);
        }
    }
    return 2;
}

/* --- the object
 * ---------------------------------------------------------------------------
 */

static const luaL_Reg methods[] = {
    {"table", l_table},
    {"has", l_has},
    {"kinds", l_kinds},
    {"grid", l_grid},
    {"chart", l_chart},
    {"map", l_map},
    {"dataset", l_dataset},
    {"release", l_release},
    {"registry", l_registry},
    {"measures", l_measures},
    {"level_name", l_level_name},
    {"disclosure", l_disclosure},
    {"name_sites", l_name_sites},
    {"compare", l_compare},
    {"trend", l_trend},
    {"verb", l_verb},
    {NULL, NULL},
};

static const char *const fields[] = {"lang", "place", "title"};

static bool push_field(lua_State *L, const char *name)
{
    struct page *page = page_of(L);
    if (text_same(name, "lang"))
        lua_pushstring(L, lang_code(page->lang));
    else if (text_same(name, "title"))
        lua_pushstring(L, page->document->title);
    else if (!text_same(name, "place"))
        return false;
    else if (page->job->territory)
        push_node(L, DIM_TERRITORY, page->job->territory);
    else
        lua_pushnil(L);
    return true;
}

/* doc.lang, doc.place, doc.title and the methods */
static int l_index(lua_State *L)
{
    luaL_checkudata(L, 1, OBJECT_DOCUMENT);
    const char *name = luaL_checkstring(L, 2);
    if (push_field(L, name))
        return 1;
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    const char *names[COUNT_OF(fields) + COUNT_OF(methods)];
    size_t count = 0;
    for (size_t f = 0; f < COUNT_OF(fields); f++)
        names[count++] = fields[f];
    for (size_t m = 0; methods[m].name; m++)
        names[count++] = methods[m].name;
    const char *near = near_name(name, names, count);
    return luaL_error(L, "a document has no '%s'%s%s", name,
                      near ? "; the nearest is " : "", near ? near : "");
}

void register_document(lua_State *L)
{
    object_register(L, OBJECT_DOCUMENT, methods, l_index);
}
