/* SPDX-License-Identifier: EUPL-1.2 */
/* doc:compare(), doc:trend(), doc:verb{}: words that estimates must allow, and
 * the rule that allowed them. */
#include <lauxlib.h>

#include "model/verb.h"
#include "script/field.h"
#include "script/page.h"

/* --- the object ----------------------------------------------------------- */

static int push_verb(lua_State *L, const char *text, const char *rule)
{
    struct guarded *verb = lua_newuserdatauv(L, sizeof *verb, 0);
    *verb = (struct guarded){.text = text, .rule = rule};
    luaL_setmetatable(L, OBJECT_VERB);
    return 1;
}

const struct guarded *test_verb(lua_State *L, int index)
{
    return luaL_testudata(L, index, OBJECT_VERB);
}

/* verb.text, verb.rule */
static int l_index(lua_State *L)
{
    const struct guarded *verb = luaL_checkudata(L, 1, OBJECT_VERB);
    const char *name = luaL_checkstring(L, 2);
    if (text_same(name, "text"))
        lua_pushstring(L, verb->text);
    else if (text_same(name, "rule"))
        lua_pushstring(L, verb->rule);
    else
        return luaL_error(L, "a verb has no '%s'; it has text and rule", name);
    return 1;
}

static int l_text(lua_State *L)
{
    const struct guarded *verb = luaL_checkudata(L, 1, OBJECT_VERB);
    lua_pushstring(L, verb->text);
    return 1;
}

/* Joined to other words a verb is plain text. */
static int l_join(lua_State *L)
{
    for (int part = 1; part <= 2; part++) {
        const struct guarded *verb = test_verb(L, part);
        if (verb)
            lua_pushstring(L, verb->text);
        else
            lua_pushstring(L, luaL_checkstring(L, part));
    }
    lua_concat(L, 2);
    return 1;
}

void register_verbs(lua_State *L)
{
    static const luaL_Reg none[] = {{NULL, NULL}};
    object_register(L, OBJECT_VERB, none, l_index);
    luaL_getmetatable(L, OBJECT_VERB);
    lua_pushcfunction(L, l_text);
    lua_setfield(L, -2, "__tostring");
    lua_pushcfunction(L, l_join);
    lua_setfield(L, -2, "__concat");
    lua_pop(L, 1);
}

/* --- reading -------------------------------------------------------------- */

bool read_verb_basis(const struct cell *cell, struct verb_basis *basis)
{
    const struct pub_column *column = pub_column(cell->table, cell->column);
    if (pub_read(cell->table, cell->row, cell->column, &basis->value) !=
        AVAILABLE)
        return false;
    basis->lower = basis->upper = basis->value;
    if (column->lower < 0 || column->upper < 0)
        return true;
    return pub_read(cell->table, cell->row, (size_t)column->lower,
                    &basis->lower) == AVAILABLE &&
           pub_read(cell->table, cell->row, (size_t)column->upper,
                    &basis->upper) == AVAILABLE;
}

static int push_missing(lua_State *L, const char *key)
{
    struct page *page = page_of(L);
    push_verb(L, locale_text(page->lang, key),
              locale_text(page->lang, "verb.missing.rule"));
    lua_pushnil(L);
    return 2;
}

/* "354,9 [IC95 % : 352,1 ; 357,8]" */
static const char *shown(struct page *page, const struct cell *cell)
{
    const char *parts[] = {words_cell(page, *cell),
                           words_interval(page, *cell)};
    return text_join(page->open, parts, parts[1][0] == '\0' ? 1 : 2, " ");
}

static const char *rule_on(struct page *page, const char *rule,
                           const char *values)
{
    return arena_format(page->open, "%s (%s)", rule, values);
}

/* --- two values ----------------------------------------------------------- */

static const char *const verdicts[] = {"below", "similar", "above"};

/* Apart only when the intervals do not overlap, which is stricter than a 5 %
 * test. */
static int push_comparison(lua_State *L, const struct cell *a,
                           const struct cell *b, const char *const keys[3],
                           const char *reference, const char *missing)
{
    struct page *page = page_of(L);
    struct verb_basis of_a, of_b;
    if (!read_verb_basis(a, &of_a) || !read_verb_basis(b, &of_b))
        return push_missing(L, missing);
    int sign = (of_a.lower > of_b.upper) - (of_a.upper < of_b.lower);
    const char *values[] = {shown(page, a), shown(page, b)};
    const char *rule =
        rule_on(page,
                locale_text(page->lang,
                            sign == 0 ? "trend.flat.rule" : "trend.apart.rule"),
                text_join(page->open, values, COUNT_OF(values),
                          locale_text(page->lang, "map.separator")));
    push_verb(L,
              locale_fill(page->open, page->lang, keys[sign + 1], "reference",
                          reference, NULL),
              rule);
    lua_pushstring(L, verdicts[sign + 1]);
    return 2;
}

/* The fifth argument: how the words agree with what is compared; without a
 * verb, as the words of a table. */
int l_compare(lua_State *L)
{
    static const struct agreement {
        const char *name;
        const char *missing;
    } agreements[] = {
        {"masculine", "verb.missing.one"},
        {"feminine", "verb.missing.one"},
        {"masculine_plural", "verb.missing.many"},
        {"feminine_plural", "verb.missing.many"},
        {"label", "availability.x"},
    };
    struct arena *open = page_of(L)->open;
    const char *names[COUNT_OF(agreements) + 1] = {NULL};
    for (size_t a = 0; a < COUNT_OF(agreements); a++)
        names[a] = agreements[a].name;
    lua_settop(L, 5);
    const struct agreement *agreement =
        &agreements[luaL_checkoption(L, 5, names[0], names)];
    const char *keys[COUNT_OF(verdicts)];
    for (size_t v = 0; v < COUNT_OF(verdicts); v++)
        keys[v] =
            arena_format(open, "compare.%s.%s", agreement->name, verdicts[v]);
    const char *reference = words_value(L, 4, "reference");
    return push_comparison(L, check_cell(L, 2), check_cell(L, 3), keys,
                           reference, agreement->missing);
}

int l_trend(lua_State *L)
{
    static const char *const keys[] = {"trend.down", "trend.flat", "trend.up"};
    return push_comparison(L, check_cell(L, 3), check_cell(L, 2), keys, "",
                           "availability.x");
}

/* --- an estimate ---------------------------------------------------------- */

static const char *const verb_fields[] = {"kind",     "cell",      "plural",
                                          "at_least", "reference", NULL};

static const struct verb *read_kind(lua_State *L)
{
    const char *kind = field_text(L, 2, "kind", NULL);
    const char *names[VERDICT_COUNT];
    size_t count = 0;
    const struct verb *verb = verb_find(kind);
    for (const struct verb *known = verbs; known->name != NULL; known++)
        names[count++] = known->name;
    if (verb == NULL)
        field_fail(L, "kind", "verb: kind '%s': expected one of %s", kind,
                   text_join(page_of(L)->open, names, count, ", "));
    return verb;
}

/* The least distance that matters; a ratio's is a factor above 1. */
static double read_threshold(lua_State *L, const struct verb *verb)
{
    double threshold = field_number(L, 2, "at_least", verb->threshold);
    if (threshold <= (verb->ratio ? 1 : 0))
        field_fail(L, "at_least", "verb: at_least: expected a number above %d",
                   verb->ratio ? 1 : 0);
    return threshold;
}

static const struct cell *read_guard(lua_State *L)
{
    lua_getfield(L, 2, "cell");
    const struct cell *cell = test_cell(L, -1);
    if (cell == NULL)
        field_fail(L, "cell", "verb: cell: expected a cell, found %s",
                   luaL_typename(L, -1));
    const struct pub_column *column = pub_column(cell->table, cell->column);
    if (column->lower < 0 || column->upper < 0)
        field_fail(L, "cell",
                   "verb: the column '%s' has no interval: nothing is "
                   "established without one",
                   column->id);
    return cell; /* kept alive by the table */
}

static const char *read_reference(lua_State *L, const struct verb *verb)
{
    bool given = lua_getfield(L, 2, "reference") != LUA_TNIL;
    if (!given && !text_same(verb->name, "change"))
        field_fail(L, "reference",
                   "verb: a %s needs a reference, as in reference = \"celui "
                   "de la France\"",
                   verb->name);
    return given ? words_value(L, lua_gettop(L), "reference") : "";
}

/* doc:verb{kind=, cell=, plural=, at_least=, reference=} */
int l_verb(lua_State *L)
{
    struct page *page = page_of(L);
    struct verb_basis basis;
    lua_settop(L, 2);
    field_table(L, 2, "verb");
    field_known(L, 2, "verb", verb_fields, false);
    const struct verb *verb = read_kind(L);
    const struct cell *cell = read_guard(L);
    double threshold = read_threshold(L, verb);
    const char *reference = read_reference(L, verb);
    bool plural = field_bool(L, 2, "plural", false);
    if (!read_verb_basis(cell, &basis))
        return push_missing(L,
                            plural ? "verb.missing.many" : "verb.missing.one");
    enum verdict verdict = verb_decide(verb, threshold, &basis);
    const char *words = locale_fill_sentence(
        page->open, verb_words(page->lang, verb, verdict, plural), "reference",
        reference, NULL);
    push_verb(
        L, words,
        rule_on(page,
                verb_rule(page->open, page->lang, verb, threshold, verdict),
                shown(page, cell)));
    lua_pushstring(L, verdict_name(verdict));
    return 2;
}
