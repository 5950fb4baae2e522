/* SPDX-License-Identifier: EUPL-1.2 */
/* doc:figure{chart=, table=, x=, series=, ...}: a chart of published cells,
 * with its data and caption. */
#include <lauxlib.h>

#include "chart/chart.h"
#include "script/field.h"
#include "script/grid.h"

/* Points on the page: the text column, and half of it between two figures. */
static const double half_width_pt = 242, half_height_pt = 190;
static const double full_width_pt = 499, full_height_pt = 250;

static const char *const figure_fields[] = {
    "chart",    "table",    "x",      "column",    "series", "filter",
    "level",    "top",      "id",     "title",     "unit",   "scope",
    "reading",  "note",     "source", "width",     "height", "log",
    "interval", "x_column", "rank",   "reference", NULL,
};

struct drawing {
    struct page *page;
    const struct pub_table *table;
    enum dim x;
    struct member *places; /* along x */
    size_t place_count;
    const struct chart_type *type;
    struct source_column *series; /* at most as the kind takes */
    const char **labels;
    size_t series_count;
    bool interval;
    bool has_along, has_rank;
    struct source_column along; /* numbers along x, of the same places */
    struct source_column rank;
    size_t read_series, read_place; /* the cell to read aloud */
    double read_value;
    bool readable;
};

/* --- along x
 * ------------------------------------------------------------------ */

/* Years stand alone; a pooled period beside them is not a point. */
static bool is_place(const struct drawing *drawing, const struct node *node,
                     const char *level)
{
    if (drawing->x == DIM_PERIOD)
        return node->low == node->high;
    if (level[0] != '\0')
        return text_same(node->level, level);
    return !words_total(drawing->x, node);
}

static void read_places(lua_State *L, struct drawing *drawing)
{
    const char *name = field_text(L, 2, "x", "period");
    const char *level = field_text(L, 2, "level", "");
    if (!dim_parse(name, &drawing->x))
        field_fail(L, "x", "x: '%s': expected a dimension, such as 'period'",
                   name);
    size_t count = pub_axis_count(drawing->table, drawing->x);
    drawing->places =
        arena_array(drawing->page->open, count, sizeof *drawing->places);
    for (size_t p = 0; p < count; p++) {
        const struct node *node = pub_axis_node(drawing->table, drawing->x, p);
        if (is_place(drawing, node, level))
            drawing->places[drawing->place_count++] =
                (struct member){drawing->x, node};
    }
}

/* --- series
 * --------------------------------------------------------------------- */

static struct source_column *add_series(lua_State *L, struct drawing *drawing)
{
    if (drawing->series_count == chart_type_most(drawing->type))
        field_fail(L, "series", "series: more than %d, for the chart '%s'",
                   (int)chart_type_most(drawing->type), drawing->type->name);
    return &drawing->series[drawing->series_count++];
}

/* One series for each node of a dimension, less the total. */
static void series_of_dim(lua_State *L, struct drawing *drawing,
                          const struct source_column *base)
{
    enum dim dim;
    const char *name = field_take_text(L, "series");
    if (!dim_parse(name, &dim))
        field_fail(L, "series",
                   "series: '%s': expected a dimension, such as "
                   "'sex'",
                   name);
    for (size_t p = 0; p < pub_axis_count(drawing->table, dim); p++) {
        const struct node *node = pub_axis_node(drawing->table, dim, p);
        if (words_total(dim, node))
            continue;
        struct source_column *series = add_series(L, drawing);
        *series = *base;
        (void)pick_node(&series->pick, dim, node);
        drawing->labels[drawing->series_count - 1] =
            words_node(drawing->page, dim, node);
    }
}

static void series_of_list(lua_State *L, struct drawing *drawing,
                           const struct source_column *base)
{
    int list = lua_gettop(L);
    for (size_t s = 0; s < lua_rawlen(L, list); s++) {
        lua_rawgeti(L, list, (lua_Integer)s + 1);
        int spec = lua_gettop(L);
        struct source_column *series = add_series(L, drawing);
        field_table(L, spec, "series");
        if (!field_given(L, spec, "column") && !field_given(L, spec, "table")) {
            lua_pushstring(L, pub_column(base->pick.table, base->column)->id);
            lua_setfield(L, spec, "column");
        }
        read_source(L, spec, &base->pick, series);
        drawing->labels[drawing->series_count - 1] = words_typeset(
            drawing->page, field_text(L, spec, "label", series->heading));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static void read_type(lua_State *L, struct drawing *drawing)
{
    const char *name = field_text(L, 2, "chart", "line");
    drawing->type = chart_type_find(name);
    if (!drawing->type)
        field_fail(L, "chart", "chart '%s': no such kind of chart", name);
    size_t most = chart_type_most(drawing->type);
    sandbox_charge(L, most * sizeof *drawing->series);
    drawing->series =
        arena_array(drawing->page->open, most, sizeof *drawing->series);
    drawing->labels =
        arena_array(drawing->page->open, most, sizeof *drawing->labels);
}

/* A further column of the same cells; false when the field is not given. */
static bool read_beside(lua_State *L, const char *field,
                        const struct pick *pick, struct source_column *out)
{
    if (!field_given(L, 2, field))
        return false;
    lua_createtable(L, 0, 1);
    lua_getfield(L, 2, field);
    lua_setfield(L, -2, "column");
    read_source(L, lua_gettop(L), pick, out);
    lua_pop(L, 1);
    return true;
}

static void read_series(lua_State *L, struct drawing *drawing)
{
    struct source_column base = {0};
    struct pick pick = read_filter(L, 2, drawing->table);
    lua_pushstring(
        L, field_text(L, 2, "column", pub_column(drawing->table, 0)->id));
    read_source(L, lua_gettop(L), &pick, &base);
    lua_pop(L, 1);
    drawing->interval = field_bool(L, 2, "interval", true);
    drawing->has_along = read_beside(L, "x_column", &pick, &drawing->along);
    drawing->has_rank = read_beside(L, "rank", &pick, &drawing->rank);
    int type = lua_getfield(L, 2, "series");
    if (type == LUA_TSTRING) {
        series_of_dim(L, drawing, &base);
    } else if (type == LUA_TTABLE) {
        series_of_list(L, drawing, &base);
    } else {
        *add_series(L, drawing) = base;
        drawing->labels[0] = base.heading;
        lua_pop(L, 1);
    }
    if (drawing->series_count == 0)
        field_fail(L, "series", "series: none");
}

/* --- values
 * --------------------------------------------------------------------- */

/* Read aloud: the last year of a series, else its highest value. */
static void note_readable(struct drawing *drawing, size_t s, size_t p,
                          double value)
{
    bool first = !drawing->readable;
    bool better = s == drawing->read_series &&
                  (drawing->x == DIM_PERIOD || value > drawing->read_value);
    if (!first && !better)
        return;
    drawing->readable = true;
    drawing->read_series = s;
    drawing->read_place = p;
    drawing->read_value = value;
}

/* A point of a plane has both its numbers or stands nowhere. */
static void set_along(struct drawing *drawing, const struct member *place,
                      struct chart_point *point)
{
    struct grid_cell cell = grid_read(drawing->page, &drawing->along, place, 1);
    if (cell.availability == AVAILABLE)
        point->x = cell.value;
    else if (point->availability == AVAILABLE)
        point->availability = cell.availability;
}

static struct chart_point read_point(struct drawing *drawing,
                                     const struct source_column *series,
                                     size_t p)
{
    struct page *page = drawing->page;
    const struct member *place = &drawing->places[p];
    struct grid_cell cell = grid_read(page, series, place, 1);
    struct chart_point point = {
        .label = words_node(page, place->dim, place->node),
        .x = drawing->x == DIM_PERIOD ? place->node->low : (double)p,
        .availability = cell.availability,
        .flags = cell.flags,
        .coarser = cell.coarser,
        .value = cell.value,
    };
    if (drawing->has_along)
        set_along(drawing, place, &point);
    if (point.availability == AVAILABLE && drawing->interval)
        point.has_interval =
            grid_bounds(page, series, place, 1, &point.lower, &point.upper);
    return point;
}

static struct chart_series read_one(struct drawing *drawing,
                                    const struct source_column *column,
                                    const char *label, enum chart_role role)
{
    struct chart_point *points =
        arena_array(drawing->page->open, drawing->place_count, sizeof *points);
    for (size_t p = 0; p < drawing->place_count; p++)
        points[p] = read_point(drawing, column, p);
    return (struct chart_series){label, points, drawing->place_count, role};
}

/* Series of values, then the ranks. */
static struct chart_series *read_points(struct drawing *drawing, size_t *count)
{
    struct chart_series *all = arena_array(
        drawing->page->open, drawing->series_count + 1, sizeof *all);
    *count = 0;
    for (size_t s = 0; s < drawing->series_count; s++) {
        all[s] = read_one(drawing, &drawing->series[s], drawing->labels[s],
                          ROLE_VALUES);
        for (size_t p = 0; p < drawing->place_count; p++) {
            if (all[s].points[p].availability == AVAILABLE)
                note_readable(drawing, s, p, all[s].points[p].value);
        }
        ++*count;
    }
    if (drawing->has_rank)
        all[(*count)++] =
            read_one(drawing, &drawing->rank, drawing->rank.heading, ROLE_RANK);
    return all;
}

/* Keeps the `top` places with the highest values of the first series; places
 * without value are last. */
static double rank_value(struct drawing *drawing, size_t p)
{
    struct grid_cell cell =
        grid_read(drawing->page, &drawing->series[0], &drawing->places[p], 1);
    return cell.availability == AVAILABLE ? cell.value : -1;
}

static void keep_top(struct drawing *drawing, size_t top)
{
    for (size_t p = 1; p < drawing->place_count; p++) {
        struct member moved = drawing->places[p];
        double value = rank_value(drawing, p);
        size_t at = p;
        while (at > 0 && rank_value(drawing, at - 1) < value) {
            drawing->places[at] = drawing->places[at - 1];
            at--;
        }
        drawing->places[at] = moved;
    }
    if (drawing->place_count > top)
        drawing->place_count = top;
}

/* --- the data
 * ------------------------------------------------------------------- */

static const char *x_heading(const struct drawing *drawing)
{
    const char *key =
        drawing->x == DIM_PERIOD
            ? "dim.year"
            : arena_format(drawing->page->open, "dim.%s", dim_name(drawing->x));
    return locale_text(drawing->page->lang, key);
}

/* Columns of the data: each series with its bounds. */
static size_t data_columns(struct drawing *drawing, struct source_column *out)
{
    size_t count = 0;
    for (size_t s = 0; s < drawing->series_count; s++) {
        out[count] = drawing->series[s];
        out[count++].heading = drawing->labels[s];
        if (drawing->interval)
            count = add_bounds(drawing->page, out, count);
    }
    if (drawing->has_along)
        out[count++] = drawing->along;
    if (drawing->has_rank) {
        out[count++] = drawing->rank;
        count = add_bounds(drawing->page, out, count);
    }
    return count;
}

/* Columns that data_columns may make. */
static size_t data_columns_most(const struct drawing *drawing)
{
    return drawing->series_count * 3 + 4;
}

static struct grid *make_data(lua_State *L, struct drawing *drawing,
                              const struct source_column *columns, size_t count)
{
    struct page *page = drawing->page;
    struct grid *grid = arena_alloc(page->open, sizeof *grid);
    struct grid_column *headings =
        arena_array(page->open, count + 1, sizeof *headings);
    headings[0] = grid_heading(page, dim_name(drawing->x), x_heading(drawing));
    for (size_t c = 0; c < count; c++)
        headings[c + 1] = grid_value_heading(page, &columns[c], c + 1);
    size_t width = count + 1;
    sandbox_charge(L, drawing->place_count * width * sizeof(struct grid_cell));
    struct grid_cell *cells =
        arena_array(page->open, drawing->place_count * width, sizeof *cells);
    for (size_t p = 0; p < drawing->place_count; p++) {
        const struct member *place = &drawing->places[p];
        cells[p * width] = grid_text(words_node(page, place->dim, place->node));
        for (size_t c = 0; c < count; c++)
            cells[p * width + c + 1] = grid_read(page, &columns[c], place, 1);
    }
    grid->columns = headings;
    grid->column_count = width;
    grid->cells = cells;
    grid->rows = drawing->place_count;
    grid->emphasis = arena_array(page->open, grid->rows, 1);
    return grid;
}

/* --- drawing
 * ---------------------------------------------------------------------- */

static void read_size(lua_State *L, struct chart_job *job)
{
    const char *width = field_text(L, 2, "width", "full");
    if (!text_same(width, "full") && !text_same(width, "half"))
        field_fail(L, "width", "width '%s': expected 'full' or 'half'", width);
    bool half = text_same(width, "half");
    job->width_pt = half ? half_width_pt : full_width_pt;
    job->height_pt =
        field_number(L, 2, "height", half ? half_height_pt : full_height_pt);
    if (!(job->height_pt >= 80 && job->height_pt <= 700))
        field_fail(L, "height", "height: expected 80 to 700 points");
}

/* reference = 54.2, or {value = , label = }. */
static struct chart_reference read_reference(lua_State *L,
                                             struct drawing *drawing)
{
    struct page *page = drawing->page;
    struct chart_reference out = {.given = field_given(L, 2, "reference"),
                                  .label = ""};
    if (!out.given)
        return out;
    if (lua_getfield(L, 2, "reference") == LUA_TTABLE) {
        out.value = field_number(L, lua_gettop(L), "value", 0);
        out.label =
            words_typeset(page, field_text(L, lua_gettop(L), "label", ""));
    } else {
        out.value = field_number(L, 2, "reference", 0);
    }
    lua_pop(L, 1);
    return out;
}

static const struct scene *draw(lua_State *L, struct drawing *drawing,
                                const struct caption *caption)
{
    struct page *page = drawing->page;
    struct err err = {0};
    struct scene *scene = NULL;
    struct chart_job job = {
        .kind = drawing->type->name,
        .lang = page->lang,
        .title = "",
        .x_label =
            drawing->has_along ? drawing->along.heading : x_heading(drawing),
        .y_label = caption->unit,
        .source = "",
        .reference = read_reference(L, drawing),
        .decimals = drawing->series[0].decimals,
        .log_scale = field_bool(L, 2, "log", false),
    };
    job.series = read_points(drawing, &job.series_count);
    read_size(L, &job);
    if (!drawing->readable)
        return NULL;
    if (!chart_draw(page->open, page->job->fonts, &job, &scene, &err))
        sandbox_raise(L, &err);
    return scene;
}

static struct block *finish(lua_State *L, struct drawing *drawing)
{
    struct page *page = drawing->page;
    struct source_column *columns =
        arena_array(page->open, data_columns_most(drawing), sizeof *columns);
    size_t count = data_columns(drawing, columns), series_count;
    struct grid *data = make_data(L, drawing, columns, count);
    data->id = read_id(L, 2, "figure");
    (void)read_points(drawing, &series_count); /* finds the cell to read */
    const struct caption_facts facts = {
        .columns = columns,
        .column_count = count,
        .row_dims = &drawing->x,
        .row_dim_count = 1,
        .grid = data,
        .read_column =
            drawing->readable ? &drawing->series[drawing->read_series] : NULL,
        .read_rows = &drawing->places[drawing->read_place],
    };
    struct caption caption = {0};
    read_caption(L, 2, &facts, &caption);
    struct figure *figure = arena_alloc(page->open, sizeof *figure);
    figure->id = data->id;
    figure->data = data;
    figure->scene = draw(L, drawing, &caption);
    figure->words =
        figure->scene
            ? ""
            : locale_fill(page->open, page->lang, "figure.none", "reason",
                          locale_text(page->lang, "chart.no_values"), NULL);
    struct block *block = push_block(L, BLOCK_FIGURE);
    block->figure = figure;
    block->caption = caption;
    return block;
}

int l_figure(lua_State *L)
{
    struct page *page = page_of(L);
    luaL_checkudata(L, 1, OBJECT_DOCUMENT);
    lua_settop(L, 2);
    field_table(L, 2, "figure");
    field_known(L, 2, "figure", figure_fields, false);
    sandbox_charge(L, sizeof(struct drawing));
    struct drawing *drawing = arena_alloc(page->open, sizeof *drawing);
    drawing->page = page;
    drawing->table = read_table(L, 2);
    read_type(L, drawing);
    read_places(L, drawing);
    read_series(L, drawing);
    lua_Integer top = field_integer(L, 2, "top", 0);
    if (top > 0)
        keep_top(drawing, (size_t)top);
    (void)finish(L, drawing);
    return 1;
}
