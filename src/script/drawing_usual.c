/* SPDX-License-Identifier: EUPL-1.2 */
/* What a chart is when the script does not say: its kind, what runs along it,
 * one level of places, one series a sex. */
#include <lauxlib.h>
#include <string.h>

#include "base/num.h"
#include "script/drawing.h"
#include "script/field.h"

/* --- what varies ---------------------------------------------------------- */

/* Years stand alone; a pooled period beside them is not a point. */
static bool is_point(enum dim dim, const struct node *node)
{
    return dim == DIM_PERIOD ? node->low == node->high
                             : !words_total(dim, node);
}

static size_t count_points(const struct pub_table *table, enum dim dim,
                           const char *level)
{
    size_t count = 0;
    for (size_t p = 0; p < pub_axis_count(table, dim); p++) {
        const struct node *node = pub_axis_node(table, dim, p);
        count += is_point(dim, node) &&
                 (level[0] == '\0' || text_same(node->level, level));
    }
    return count;
}

/* True when the filter says where on the axis. */
static bool pinned(lua_State *L, enum dim dim)
{
    bool given = false;
    if (lua_getfield(L, 2, "filter") == LUA_TTABLE)
        given = field_given(L, lua_gettop(L), dim_name(dim));
    lua_pop(L, 1);
    return given;
}

static bool varies(lua_State *L, const struct drawing *drawing, enum dim dim)
{
    if (dim == DIM_TERRITORY && page_of(L)->job->territory != NULL &&
        drawing->level[0] == '\0')
        return false; /* a document about one of them */
    return !pinned(L, dim) &&
           count_points(drawing->table, dim, drawing->level) > 1;
}

/* --- kinds ---------------------------------------------------------------- */

/* What runs along the kinds, the first that varies; a kind that is not chosen
 * yet has years before ages before what has no order. */
static const struct {
    const char *kinds; /* "" the kind is not chosen yet */
    enum dim order[DIM_COUNT];
} customs[] = {
    {"", {DIM_PERIOD, DIM_AGE, DIM_STRATUM, DIM_SITE, DIM_TERRITORY, DIM_SEX}},
    {" age pyramid ",
     {DIM_AGE, DIM_PERIOD, DIM_STRATUM, DIM_SITE, DIM_TERRITORY, DIM_SEX}},
    {" step ",
     {DIM_STRATUM, DIM_PERIOD, DIM_AGE, DIM_SITE, DIM_TERRITORY, DIM_SEX}},
    {" histogram scatter funnel caterpillar forest ",
     {DIM_TERRITORY, DIM_SITE, DIM_AGE, DIM_STRATUM, DIM_PERIOD, DIM_SEX}},
    {" bar stacked parts dot dumbbell ",
     {DIM_SITE, DIM_TERRITORY, DIM_AGE, DIM_STRATUM, DIM_SEX, DIM_PERIOD}},
};

static const enum dim *custom_of(const struct drawing *drawing)
{
    const char *name = drawing->type ? drawing->type->name : "";
    for (size_t c = 1; name[0] != '\0' && c < COUNT_OF(customs); c++) {
        struct arena *open = drawing->page->open;
        if (strstr(customs[c].kinds, arena_format(open, " %s ", name)))
            return customs[c].order;
    }
    return customs[0].order;
}

static void choose_x(lua_State *L, struct drawing *drawing)
{
    const char *name = field_text(L, 2, "x", "");
    if (name[0] != '\0') {
        if (!dim_parse(name, &drawing->x))
            field_fail(L, "x",
                       "x: '%s': expected a dimension, such as 'period'", name);
        return;
    }
    const enum dim *order = custom_of(drawing);
    drawing->x = DIM_PERIOD;
    for (size_t o = 0; o < DIM_COUNT; o++) {
        if (varies(L, drawing, order[o])) {
            drawing->x = order[o];
            return;
        }
    }
}

/* Times since diagnosis are numbers; stages are not. */
bool drawing_are_times(const struct pub_table *table)
{
    double number;
    for (size_t p = 0; p < pub_axis_count(table, DIM_STRATUM); p++) {
        const struct node *node = pub_axis_node(table, DIM_STRATUM, p);
        if (!words_total(DIM_STRATUM, node) &&
            !num_parse_double(node->code, &number))
            return false;
    }
    return true;
}

static const char *kind_along(const struct drawing *drawing,
                              const struct pub_column *column)
{
    switch (drawing->x) {
    case DIM_PERIOD:
        return "line";
    case DIM_AGE:
        return drawing->by_sex && column->kind == PUB_COUNT ? "pyramid" : "age";
    case DIM_STRATUM:
        return drawing_are_times(drawing->table) ? "step" : "bar";
    case DIM_TERRITORY:
        return column->lower >= 0 ? "caterpillar" : "bar";
    case DIM_SITE:
    case DIM_SEX:
    case DIM_COUNT:
        break;
    }
    return "bar";
}

static const char *choose_kind(lua_State *L, const struct drawing *drawing)
{
    const struct pub_column *column =
        pub_column(drawing->table, drawing->base.column);
    if (field_given(L, 2, "trend"))
        return "joinpoint";
    if (drawing->base.coverage)
        return "bar";
    if (text_same(column->id, "funnel"))
        return "funnel";
    return kind_along(drawing, column);
}

/* --- sexes and levels ----------------------------------------------------- */

/* Sexes differ in nearly everything: they are drawn apart where the kind is
 * ours to choose, or has two sides. */
static bool want_sexes(lua_State *L, const struct drawing *drawing)
{
    bool sides = drawing->type && (text_same(drawing->type->name, "pyramid") ||
                                   text_same(drawing->type->name, "dumbbell"));
    const struct node *site = pick_at(&drawing->filter, DIM_SITE);
    bool chosen = !drawing->type && drawing->x != DIM_TERRITORY &&
                  !field_given(L, 2, "trend");
    return (chosen || sides) && !field_given(L, 2, "series") &&
           drawing->x != DIM_SEX && !pinned(L, DIM_SEX) &&
           site->sex[0] == '\0' &&
           count_points(drawing->table, DIM_SEX, "") == 2;
}

/* One level: the first of territories that has several, the one of sites that
 * has the most; "" of what has no levels. */
static const char *usual_level(const struct drawing *drawing, enum dim dim)
{
    const char *level = "";
    size_t most = 1;
    if (dim != DIM_TERRITORY && dim != DIM_SITE)
        return level;
    for (size_t p = 0; p < pub_axis_count(drawing->table, dim); p++) {
        const struct node *node = pub_axis_node(drawing->table, dim, p);
        if (!is_point(dim, node))
            continue;
        size_t count = count_points(drawing->table, dim, node->level);
        if (count <= most)
            continue;
        level = node->level;
        most = count;
        if (dim == DIM_TERRITORY)
            break;
    }
    return level;
}

const char *drawing_level(lua_State *L, const struct drawing *drawing,
                          enum dim dim)
{
    const char *level = field_text(L, 2, "level", "");
    return level[0] != '\0' && count_points(drawing->table, dim, level) > 0
               ? level
               : usual_level(drawing, dim);
}

void drawing_usual(lua_State *L, struct drawing *drawing)
{
    const char *name = field_text(L, 2, "kind", "");
    drawing->level = field_text(L, 2, "level", "");
    if (name[0] != '\0') {
        drawing->type = chart_type_find(name);
        struct err err = {0};
        if (!drawing->type && !chart_no_kind(name, &err))
            field_fail(L, "kind", "kind: %s", err.text);
    }
    choose_x(L, drawing);
    drawing->by_sex = want_sexes(L, drawing);
    if (!drawing->type)
        drawing->type = chart_type_find(choose_kind(L, drawing));
    if (chart_type_most(drawing->type) < 2)
        drawing->by_sex = false;
    if (text_same(drawing->type->name, "spine"))
        drawing->x = DIM_TERRITORY;
    if (drawing->level[0] == '\0')
        drawing->level = usual_level(drawing, drawing->x);
}

/* --- reference ------------------------------------------------------------ */

void drawing_usual_reference(struct drawing *drawing)
{
    static const char *const kinds = " forest caterpillar histogram ";
    struct page *page = drawing->page;
    const char *kind = arena_format(page->open, " %s ", drawing->type->name);
    if (text_same(drawing->type->name, "funnel")) {
        drawing->reference = (struct chart_reference){true, 1, ""};
        return;
    }
    if (drawing->x != DIM_TERRITORY || drawing->base.coverage ||
        pub_column(drawing->table, drawing->base.column)->lower < 0 ||
        !strstr(kinds, kind))
        return;
    for (size_t p = 0; p < pub_axis_count(drawing->table, DIM_TERRITORY); p++) {
        const struct node *node =
            pub_axis_node(drawing->table, DIM_TERRITORY, p);
        const struct member whole = {DIM_TERRITORY, node};
        if (node->parent >= 0 || node->zone)
            continue;
        struct grid_cell cell = grid_read(page, &drawing->series[0], &whole, 1);
        if (cell.availability != AVAILABLE)
            return;
        drawing->reference = (struct chart_reference){
            true, cell.value,
            locale_fill(page->open, page->lang, "chart.reference", "place",
                        words_node(page, DIM_TERRITORY, node), "value",
                        cell.text, NULL)};
        return;
    }
}
