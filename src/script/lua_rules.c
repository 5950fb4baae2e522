/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/rules.h"

#include "script/field.h"
#include "script/sandbox.h"

enum {
    FIELD_LIMIT = 20,
};

/* What every rule has, then what its kind adds. */
static const char *const common_fields[] = {
    "kind", "label", "audience", "legal_basis", "owner", "date", NULL,
};
static const char *const cell_fields[] = {
    "measures", "sources", "territories", "sites", "sexes",
    "ages",     "periods", "strata",      NULL,
};
static const char *const threshold_fields[] = {"threshold", NULL};
static const char *const population_fields[] = {"population", NULL};
static const char *const list_fields[] = {"cells", NULL};
static const char *const no_fields[] = {NULL};

static const char *const *own_fields(enum rule_kind kind)
{
    switch (kind) {
    case RULE_THRESHOLD:
    case RULE_STRICTER:
        return threshold_fields;
    case RULE_POPULATION_FLOOR:
    case RULE_ZEROS:
        return population_fields;
    case RULE_MUST_SHOW:
    case RULE_MUST_SUPPRESS:
        return list_fields;
    case RULE_NON_EVENTS:
    case RULE_STRUCTURAL_ZEROS:
    case RULE_KIND_COUNT:
        break;
    }
    return no_fields;
}

static void add_fields(const char *names[FIELD_LIMIT], const char *const *more)
{
    size_t count = 0;
    while (names[count])
        count++;
    for (size_t m = 0; more[m]; m++) {
        assert(count + 1 < FIELD_LIMIT);
        names[count++] = more[m];
    }
}

static struct selection read_selection(lua_State *L, const char *field)
{
    struct selection selection;
    selection.count = field_list(L, -1, field, &selection.words);
    return selection;
}

static void read_cells(lua_State *L, struct rule_cells *cells)
{
    cells->measures = read_selection(L, "measures");
    cells->sources = read_selection(L, "sources");
    for (unsigned d = 0; d < DIM_COUNT; d++)
        cells->select[d] = read_selection(L, rule_field((enum dim)d));
}

/* The cells of a must_ rule, one table each. */
static void read_list(lua_State *L, struct arena *run, struct policy_rule *rule)
{
    static const char *const none[] = {NULL};
    if (lua_getfield(L, -1, "cells") != LUA_TNIL) {
        field_table(L, -1, "cells");
        field_known(L, -1, "cells", none, true);
        rule->cell_count = lua_rawlen(L, -1);
        sandbox_charge(L, rule->cell_count * sizeof *rule->cells);
        rule->cells = arena_array(run, rule->cell_count, sizeof *rule->cells);
    }
    for (size_t c = 0; c < rule->cell_count; c++) {
        lua_rawgeti(L, -1, (lua_Integer)c + 1);
        field_table(L, -1, "cells");
        field_known(L, -1, "cells", cell_fields, false);
        read_cells(L, &rule->cells[c]);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static void read_kind(lua_State *L, size_t number, struct policy_rule *rule)
{
    const char *kind = field_text(L, -1, "kind", NULL);
    if (!rule_kind_parse(kind, &rule->kind)) {
        const char *names[RULE_KIND_COUNT];
        for (unsigned k = 0; k < RULE_KIND_COUNT; k++)
            names[k] = rule_kind_name((enum rule_kind)k);
        field_fail(L, "rules", "rule %d: kind '%s': expected one of %s",
                   (int)number, kind,
                   text_join(sandbox_arena(L), names, RULE_KIND_COUNT, ", "));
    }
    const char *audience = field_text(L, -1, "audience", "");
    rule->audience = AUDIENCE_ANY;
    if (audience[0] != '\0' && !audience_parse(audience, &rule->audience))
        field_fail(L, "rules",
                   "rule %d: audience '%s': expected 'public', 'authorised' "
                   "or 'internal'",
                   (int)number, audience);
}

/* The rule at the top of the stack; `number` counts from 1. */
static void read_rule(lua_State *L, struct arena *run, size_t number,
                      struct policy_rule *rule)
{
    field_table(L, -1, "rules");
    read_kind(L, number, rule);
    bool lists = rule_kind_lists(rule->kind);
    const char *names[FIELD_LIMIT] = {NULL};
    add_fields(names, common_fields);
    add_fields(names, own_fields(rule->kind));
    add_fields(names, lists ? no_fields : cell_fields);
    const char *what = arena_format(sandbox_arena(L), "rule %zu (%s)", number,
                                    rule_kind_name(rule->kind));
    field_known(L, -1, what, names, false);
    field_texts(L, -1, "label", rule->label);
    rule->threshold = field_integer(L, -1, "threshold", 0);
    rule->population = field_integer(L, -1, "population", 0);
    if (lists) {
        read_list(L, run, rule);
    } else {
        rule->cells = arena_array(run, 1, sizeof *rule->cells);
        rule->cell_count = 1;
        read_cells(L, rule->cells);
    }
    field_texts(L, -1, "legal_basis", rule->legal_basis);
    field_texts(L, -1, "owner", rule->owner);
    rule->date = field_text(L, -1, "date", "");
}

void rules_read(lua_State *L, struct arena *run, struct policy *policy)
{
    static const char *const none[] = {NULL};
    if (lua_getfield(L, -1, "rules") != LUA_TNIL) {
        field_table(L, -1, "rules");
        field_known(L, -1, "rules", none, true);
        policy->rule_count = lua_rawlen(L, -1);
        sandbox_charge(L, policy->rule_count * sizeof *policy->rules);
        policy->rules =
            arena_array(run, policy->rule_count, sizeof *policy->rules);
    }
    for (size_t r = 0; r < policy->rule_count; r++) {
        lua_rawgeti(L, -1, (lua_Integer)r + 1);
        read_rule(L, run, r + 1, &policy->rules[r]);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}
