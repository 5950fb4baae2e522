/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/map_method.h"

#include "model/verb.h"
#include "scene/palette.h"
#include "script/field.h"

enum {
    BREAKS_MOST = 6,
};

static const double half_width_pt = 242, full_width_pt = 499;
static const double full_height_pt = 520, half_height_pt = 330;

/* Areas are told to differ from a cell by its interval as well. */
static void read_reference_interval(lua_State *L, const struct cell *cell,
                                    struct map_job *job)
{
    struct verb_basis basis;
    if (!read_verb_basis(cell, &basis))
        field_fail(L, "reference",
                   "reference: expected a cell published with its interval");
    job->reference = basis.value;
    job->reference_has_interval = true;
    job->reference_lower = basis.lower;
    job->reference_upper = basis.upper;
}

/* A number or a cell. */
static void read_reference(lua_State *L, struct map_job *job)
{
    lua_getfield(L, 2, "reference");
    const struct cell *cell = test_cell(L, -1);
    if (cell == NULL)
        job->reference = field_number(L, 2, "reference", 0);
    else if (job->kind == MAP_SIGNIFICANCE)
        read_reference_interval(L, cell, job);
    else if (pub_read(cell->table, cell->row, cell->column, &job->reference) !=
             AVAILABLE)
        field_fail(L, "reference",
                   "reference: expected a cell whose value is published");
    lua_pop(L, 1);
}

static void read_method(lua_State *L, struct page *page, struct map_job *job)
{
    const char *method = field_text(L, 2, "method", "quantile");
    lua_Integer classes = field_integer(L, 2, "classes", 0);
    if (classes != 0 && (classes < 2 || classes > 7))
        field_fail(L, "classes", "classes: expected 2 to 7");
    job->class_count = (size_t)classes;
    if (!class_method_parse(method, &job->method) ||
        job->method == CLASSES_FIXED)
        field_fail(L, "method", "method '%s': expected %s", method,
                   class_method_names());
    bool needs = job->method == CLASSES_AROUND || job->kind == MAP_SIGNIFICANCE;
    if (needs != field_given(L, 2, "reference"))
        field_fail(L, "reference",
                   "reference: goes with the method 'around' and the kind "
                   "'significance', and they with a reference");
    read_reference(L, job);
    bool diverges = needs || job->method == CLASSES_PROBABILITY;
    job->palette = arena_text(
        page->open, field_text(L, 2, "palette", palette_usual(diverges)));
    job->factors = field_bool(L, 2, "factors", false);
    if (lua_getfield(L, 2, "breaks") != LUA_TNIL) {
        field_table(L, -1, "breaks");
        size_t count = lua_rawlen(L, -1);
        if (count < 1 || count > BREAKS_MOST)
            field_fail(L, "breaks", "breaks: expected 1 to %d numbers",
                       BREAKS_MOST);
        double *breaks = arena_array(page->open, count, sizeof *breaks);
        for (size_t b = 0; b < count; b++) {
            if (lua_rawgeti(L, -1, (lua_Integer)b + 1) != LUA_TNUMBER)
                field_fail(L, "breaks", "breaks: expected 1 to %d numbers",
                           BREAKS_MOST);
            breaks[b] = field_take_number(L, "breaks");
        }
        job->method = CLASSES_FIXED;
        job->breaks = breaks;
        job->class_count = count + 1;
    }
    lua_pop(L, 1);
}

static void read_size(lua_State *L, struct map_job *job)
{
    const char *width = field_text(L, 2, "width", "full");
    bool half = text_same(width, "half");
    if (!half && !text_same(width, "full"))
        field_fail(L, "width", "width '%s': expected 'full' or 'half'", width);
    job->width_pt = half ? half_width_pt : full_width_pt;
    job->height_pt =
        field_number(L, 2, "height", half ? half_height_pt : full_height_pt);
    if (!(job->height_pt >= 80 && job->height_pt <= 700))
        field_fail(L, "height", "height: expected 80 to 700 points");
}

void map_method_read(lua_State *L, struct page *page, struct map_job *job)
{
    read_method(L, page, job);
    read_size(L, job);
}
