/* SPDX-License-Identifier: EUPL-1.2 */
/* The places along x of a chart that a script describes, and how its series
 * look. */
#include <math.h>

#include "script/drawing.h"
#include "script/field.h"

/* Years stand alone; a pooled period beside them is not a point. */
static bool is_place(const struct drawing *drawing, const struct node *node)
{
    if (drawing->x == DIM_PERIOD)
        return node->low == node->high;
    if (drawing->level[0] != '\0')
        return text_same(node->level, drawing->level);
    return !words_total(drawing->x, node);
}

/* What stands at the top of the stack in the place of a node of x. */
static const char *found_words(lua_State *L, const struct member *node)
{
    struct arena *arena = sandbox_arena(L);
    if (node)
        return arena_format(arena, "'%s' of '%s'", node->node->code,
                            dim_name(node->dim));
    if (lua_type(L, -1) == LUA_TSTRING)
        return arena_format(arena, "the text '%s'", lua_tostring(L, -1));
    return luaL_typename(L, -1);
}

/* Those that the script lists, in its order. */
static void listed_places(lua_State *L, struct drawing *drawing)
{
    lua_getfield(L, 2, "places");
    field_table(L, -1, "places");
    size_t count = lua_rawlen(L, -1);
    drawing->places =
        arena_array(drawing->page->open, count, sizeof *drawing->places);
    for (size_t p = 0; p < count; p++) {
        lua_rawgeti(L, -1, (lua_Integer)p + 1);
        const struct member *place = test_node(L, -1);
        if (!place || place->dim != drawing->x)
            field_fail(L, "places",
                       "places[%zu]: expected a node of the dimension '%s', "
                       "found %s",
                       p + 1, dim_name(drawing->x), found_words(L, place));
        drawing->places[p] = *place;
        lua_pop(L, 1);
    }
    drawing->place_count = count;
    lua_pop(L, 1);
}

static void all_places(struct drawing *drawing)
{
    size_t count = pub_axis_count(drawing->table, drawing->x);
    drawing->places =
        arena_array(drawing->page->open, count, sizeof *drawing->places);
    for (size_t p = 0; p < count; p++) {
        const struct node *node = pub_axis_node(drawing->table, drawing->x, p);
        if (is_place(drawing, node))
            drawing->places[drawing->place_count++] =
                (struct member){drawing->x, node};
    }
}

/* The value that ranks a place: of the first series, of a stacked bar its
 * whole length; below every other where it is not known. */
static double rank_value(struct drawing *drawing, size_t p)
{
    bool stacked = text_same(drawing->type->name, "stacked");
    size_t count = stacked ? drawing->series_count : 1;
    double sum = 0;
    for (size_t s = 0; s < count; s++) {
        struct grid_cell cell = grid_read(drawing->page, &drawing->series[s],
                                          &drawing->places[p], 1);
        if (cell.availability != AVAILABLE)
            return -HUGE_VAL;
        sum += cell.value;
    }
    return sum;
}

/* Keeps the `top` places with the highest values; places without value are
 * last. Each value is read once: reading makes words, which stay. */
static void keep_top(struct drawing *drawing, size_t top)
{
    double *values =
        arena_array(drawing->page->open, drawing->place_count, sizeof *values);
    for (size_t p = 0; p < drawing->place_count; p++) {
        const struct member moved = drawing->places[p];
        const double value = rank_value(drawing, p);
        size_t at = p;
        for (; at > 0 && values[at - 1] < value; at--) {
            drawing->places[at] = drawing->places[at - 1];
            values[at] = values[at - 1];
        }
        drawing->places[at] = moved;
        values[at] = value;
    }
    if (drawing->place_count > top)
        drawing->place_count = top;
}

void drawing_read_places(lua_State *L, struct drawing *drawing)
{
    if (field_given(L, 2, "places"))
        listed_places(L, drawing);
    else
        all_places(drawing);
    lua_Integer top = field_integer(L, 2, "top", 0);
    if (field_given(L, 2, "top") && top < 1)
        field_fail(L, "top", "top: expected a whole number from 1 on");
    if (top > 0)
        keep_top(drawing, (size_t)top);
}

/* --- looks ---------------------------------------------------------------- */

static const unsigned char *looks_of_sexes(const struct drawing *drawing)
{
    static const char *const sexes[] = {"M", "F", "T"};
    unsigned char *looks =
        arena_array(drawing->page->open, drawing->series_count, sizeof *looks);
    unsigned taken = 0;
    for (size_t s = 0; s < drawing->series_count; s++) {
        const struct node *sex = pick_at(&drawing->series[s].pick, DIM_SEX);
        unsigned char look = 0;
        while (look < COUNT_OF(sexes) && !text_same(sex->code, sexes[look]))
            look++;
        if (look == COUNT_OF(sexes) || (taken >> look & 1))
            return NULL;
        taken |= 1u << look;
        looks[s] = look;
    }
    return looks;
}

/* Whether two series are of one column and differ by a later node of `dim`, and
 * by nothing else. */
static bool follows(const struct source_column *before,
                    const struct source_column *after, enum dim dim)
{
    if (before->pick.table != after->pick.table ||
        before->column != after->column || before->coverage != after->coverage)
        return false;
    for (size_t d = 0; d < DIM_COUNT; d++) {
        if (d != (size_t)dim && before->pick.place[d] != after->pick.place[d])
            return false;
    }
    return before->pick.place[dim] < after->pick.place[dim];
}

/* Looks of series of rising ages, years or strata; NULL: they are none. */
static const unsigned char *looks_in_order(const struct drawing *drawing,
                                           enum dim dim)
{
    unsigned char *looks =
        arena_array(drawing->page->open, drawing->series_count, sizeof *looks);
    const struct source_column *before = NULL;
    size_t count = 0, place = 0;
    for (size_t s = 0; s < drawing->series_count; s++) {
        const struct source_column *series = &drawing->series[s];
        if (series->apart)
            continue;
        if (before && !follows(before, series, dim))
            return NULL;
        before = series;
        count++;
    }
    if (count < 2 || count > CHART_SERIES_MOST)
        return NULL;
    for (size_t s = 0; s < drawing->series_count; s++)
        looks[s] = drawing->series[s].apart ? CHART_APART
                                            : chart_ordered(count, place++);
    return looks;
}

const unsigned char *drawing_looks(const struct drawing *drawing)
{
    static const enum dim ordered[] = {DIM_AGE, DIM_PERIOD, DIM_STRATUM};
    const unsigned char *looks = looks_of_sexes(drawing);
    for (size_t d = 0; !looks && d < COUNT_OF(ordered); d++)
        looks = looks_in_order(drawing, ordered[d]);
    return looks;
}
