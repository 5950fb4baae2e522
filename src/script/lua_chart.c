/* SPDX-License-Identifier: EUPL-1.2 */
/* doc:chart{table=, column=, kind=, x=, series=, ...}: a chart of published
 * cells, with its data and caption. */
#include <lauxlib.h>
#include <math.h>

#include "base/num.h"
#include "script/chapter.h"
#include "script/drawing.h"
#include "script/field.h"
#include "script/waive.h"

/* Points on the page: the text column, and half of it between two figures. */
static const double half_width_pt = 242, half_height_pt = 190;
static const double full_width_pt = 499, full_height_pt = 250;
static const double page_height_pt = 600; /* with caption and heading */

static const char *const chart_fields[] = {
    "kind",     "table",    "x",      "column", "series",     "filter",
    "level",    "top",      "id",     "title",  "unit",       "scope",
    "reading",  "note",     "source", "width",  "height",     "log",
    "interval", "x_column", "rank",   "trend",  "regression", "reference",
    "waive",    "places",   NULL,
};

/* --- series --------------------------------------------------------------- */

static struct source_column *add_series(lua_State *L, struct drawing *drawing)
{
    if (drawing->series_count == drawing->most)
        field_fail(L, "series", "series: more than %d, for the kind '%s'",
                   (int)drawing->most, drawing->type->name);
    return &drawing->series[drawing->series_count++];
}

/* One series for each node of a dimension, less the total; of sites and
 * territories those of one level. */
static void series_of_dim(lua_State *L, struct drawing *drawing, enum dim dim)
{
    const char *level = drawing_level(L, drawing, dim);
    for (size_t p = 0; p < pub_axis_count(drawing->table, dim); p++) {
        const struct node *node = pub_axis_node(drawing->table, dim, p);
        if (words_total(dim, node) ||
            (level[0] != '\0' && !text_same(node->level, level)))
            continue;
        struct source_column *series = add_series(L, drawing);
        *series = drawing->base;
        (void)pick_node(&series->pick, dim, node);
        drawing->labels[drawing->series_count - 1] =
            words_node(drawing->page, dim, node);
    }
}

static void series_of_name(lua_State *L, struct drawing *drawing)
{
    enum dim dim;
    const char *name = field_take_text(L, "series");
    if (!dim_parse(name, &dim))
        field_fail(L, "series",
                   "series: '%s': expected a dimension, such as 'sex'", name);
    series_of_dim(L, drawing, dim);
}

/* The last one is told from those before it. */
static void check_label(lua_State *L, const struct drawing *drawing)
{
    const char *label = drawing->labels[drawing->series_count - 1];
    for (size_t s = 0; s + 1 < drawing->series_count; s++) {
        if (text_same(drawing->labels[s], label))
            field_fail(L, "series",
                       "series: two of them are '%s': expected a label of its "
                       "own for each",
                       label);
    }
}

static void series_of_list(lua_State *L, struct drawing *drawing)
{
    int list = lua_gettop(L);
    for (size_t s = 0; s < lua_rawlen(L, list); s++) {
        lua_rawgeti(L, list, (lua_Integer)s + 1);
        struct source_column *series = add_series(L, drawing);
        read_one_series(L, &drawing->base, series);
        drawing->labels[drawing->series_count - 1] = series->heading;
        check_label(L, drawing);
    }
    lua_pop(L, 1);
}

static void make_room(lua_State *L, struct drawing *drawing)
{
    bool spine = text_same(drawing->type->name, "spine");
    drawing->most =
        spine ? DRAWING_SPINES_MOST : chart_type_most(drawing->type);
    sandbox_charge(L, drawing->most * sizeof *drawing->series);
    drawing->series = arena_array(drawing->page->open, drawing->most,
                                  sizeof *drawing->series);
    drawing->labels = arena_array(drawing->page->open, drawing->most,
                                  sizeof *drawing->labels);
}

static void read_base(lua_State *L, struct drawing *drawing)
{
    drawing->table = read_table(L, 2);
    drawing->filter = read_filter(L, 2, drawing->table);
    lua_pushstring(
        L, field_text(L, 2, "column", pub_column(drawing->table, 0)->id));
    read_source(L, lua_gettop(L), &drawing->filter, &drawing->base);
    lua_pop(L, 1);
}

static void read_series(lua_State *L, struct drawing *drawing)
{
    make_room(L, drawing);
    drawing->interval = field_bool(L, 2, "interval", true);
    drawing->has_along =
        drawing_read_beside(L, "x_column", &drawing->filter, &drawing->along);
    drawing->has_rank =
        drawing_read_beside(L, "rank", &drawing->filter, &drawing->rank);
    int type = lua_getfield(L, 2, "series");
    if (type == LUA_TSTRING) {
        series_of_name(L, drawing);
    } else if (type == LUA_TTABLE) {
        series_of_list(L, drawing);
    } else {
        lua_pop(L, 1);
        if (drawing->by_sex) {
            series_of_dim(L, drawing, DIM_SEX);
            return;
        }
        *add_series(L, drawing) = drawing->base;
        drawing->labels[0] = drawing->base.heading;
    }
    if (drawing->series_count == 0)
        field_fail(L, "series", "series: none");
}

/* --- values --------------------------------------------------------------- */

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

/* Years and times since diagnosis are to scale, other places in order. */
static double x_of(const struct drawing *drawing, const struct node *node,
                   size_t order)
{
    double time;
    if (drawing->x == DIM_PERIOD)
        return node->low;
    if (drawing->x == DIM_STRATUM && drawing_are_times(drawing->table) &&
        num_parse_double(node->code, &time))
        return time;
    return (double)order;
}

/* The generation that all series are of, or "". */
static const char *generation_of(const struct drawing *drawing)
{
    const char *common = "";
    for (size_t s = 0; s < drawing->series_count; s++) {
        const char *generation =
            words_generation(pick_at(&drawing->series[s].pick, DIM_AGE));
        if (s > 0 && !text_same(generation, common))
            return "";
        common = generation;
    }
    return common;
}

/* The name of a place on the axis: the sexes of children are boys and girls,
 * those of the young are young men and women. */
static const char *place_words(const struct drawing *drawing,
                               const struct member *place)
{
    const char *generation =
        place->dim == DIM_SEX ? generation_of(drawing) : "";
    if (generation[0] == '\0' || words_total(DIM_SEX, place->node))
        return words_node(drawing->page, place->dim, place->node);
    return locale_text(drawing->page->lang,
                       arena_format(drawing->page->open, "sex.%s.%s",
                                    generation, place->node->code));
}

static struct chart_point read_point(struct drawing *drawing,
                                     const struct source_column *series,
                                     size_t p)
{
    struct page *page = drawing->page;
    const struct member *place = &drawing->places[p];
    struct grid_cell cell = grid_read(page, series, place, 1);
    struct chart_point point = {
        .label = place_words(drawing, place),
        .x = x_of(drawing, place->node, p),
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

/* Series of values, then what is beside them. */
static struct chart_series *read_points(lua_State *L, struct drawing *drawing,
                                        size_t *count)
{
    size_t most = drawing->series_count + 1 + drawing_fits_most(drawing);
    struct chart_series *all =
        arena_array(drawing->page->open, most, sizeof *all);
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
    drawing_fits(L, drawing, all, count);
    return all;
}

/* --- the data ------------------------------------------------------------- */

static const char *x_heading(const struct drawing *drawing)
{
    if (drawing->x == DIM_STRATUM && drawing_are_times(drawing->table))
        return locale_text(drawing->page->lang, "chart.times");
    const char *key =
        drawing->x == DIM_PERIOD
            ? "dim.year"
            : arena_format(drawing->page->open, "dim.%s", dim_name(drawing->x));
    return locale_text(drawing->page->lang, key);
}

/* Under the axis: years need no word that says what they are. */
static const char *axis_words(const struct drawing *drawing)
{
    return drawing->x == DIM_PERIOD ? "" : x_heading(drawing);
}

/* Columns of the data: each series with its bounds, `values` of them, then
 * what is beside. */
static size_t data_columns(struct drawing *drawing, struct source_column *out,
                           size_t *values)
{
    size_t count = 0;
    for (size_t s = 0; s < drawing->series_count; s++) {
        out[count] = drawing->series[s];
        out[count++].heading = drawing->labels[s];
        if (drawing->interval)
            count = add_bounds(drawing->page, out, count);
    }
    *values = count;
    if (drawing->has_along)
        out[count++] = drawing->along;
    if (drawing->has_rank) {
        out[count++] = drawing->rank;
        count = add_bounds(drawing->page, out, count);
    }
    for (size_t i = 0; i < drawing->limit_count; i++)
        out[count++] = drawing->limits[i];
    return count;
}

/* Columns that data_columns may make. */
static size_t data_columns_most(const struct drawing *drawing)
{
    return drawing->series_count * 3 + 4 + drawing->limit_count;
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
        cells[p * width] = grid_text(place_words(drawing, place));
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

/* --- drawing -------------------------------------------------------------- */

void drawing_read_size(lua_State *L, struct chart_job *job)
{
    const char *width = field_text(L, 2, "width", "full");
    if (!text_same(width, "full") && !text_same(width, "half"))
        field_fail(L, "width", "width '%s': expected 'full' or 'half'", width);
    bool half = text_same(width, "half");
    job->width_pt = half ? half_width_pt : full_width_pt;
    const struct chart_type *type = chart_type_find(job->kind);
    struct page *page = page_of(L);
    job->height_pt = half ? half_height_pt : full_height_pt;
    bool given = field_given(L, 2, "height");
    if (given)
        job->height_pt = field_number(L, 2, "height", 0);
    else if (type->height_pt) /* as high as its rows want, on a page */
        job->height_pt = fmin(chart_height(page->open, page->job->fonts, job),
                              page_height_pt);
    if (!(job->height_pt >= 80 && job->height_pt <= 700))
        field_fail(L, "height", "height: expected 80 to 700 points");
}

/* reference = 54.2, or {value = , label = }; false for none. */
static void read_reference(lua_State *L, struct drawing *drawing)
{
    struct chart_reference *out = &drawing->reference;
    int type = lua_getfield(L, 2, "reference");
    out->label = "";
    if (type == LUA_TTABLE) {
        out->given = true;
        out->value = field_number(L, lua_gettop(L), "value", 0);
        out->label = words_typeset(drawing->page,
                                   field_text(L, lua_gettop(L), "label", ""));
    } else if (type == LUA_TNIL) {
        drawing_usual_reference(drawing);
    } else if (type != LUA_TBOOLEAN || lua_toboolean(L, -1)) {
        out->given = true;
        out->value = field_number(L, 2, "reference", 0);
    }
    lua_pop(L, 1);
}

/* Of a column beside the values: ", 2022-2023", where its cells are others. */
static const char *scope_beside(const struct drawing *drawing,
                                const struct source_column *beside)
{
    static const enum dim order[] = {DIM_PERIOD, DIM_SITE, DIM_SEX, DIM_AGE};
    struct text scope = text_new(drawing->page->open);
    for (size_t o = 0; o < COUNT_OF(order); o++) {
        const struct node *node = pick_at(&beside->pick, order[o]);
        const struct node *base = pick_at(&drawing->base.pick, order[o]);
        bool same = text_same(node->code, base->code) &&
                    text_same(node->level, base->level);
        if (!same && !words_total(order[o], node))
            text_format(&scope, ", %s",
                        words_node(drawing->page, order[o], node));
    }
    return scope.at;
}

/* "Participation, %": what runs along an axis of numbers. */
static const char *axis_label(struct page *page, const char *heading,
                              const char *unit)
{
    return unit[0] == '\0' ? heading
                           : arena_format(page->open, "%s, %s", heading, unit);
}

static const struct chart_job *make_job(lua_State *L, struct drawing *drawing,
                                        const struct chart_series *series,
                                        size_t series_count,
                                        const struct caption_facts *facts,
                                        const struct caption *caption)
{
    struct page *page = drawing->page;
    struct chart_job *job = arena_alloc(page->open, sizeof *job);
    *job = (struct chart_job){
        .kind = drawing->type->name,
        .lang = page->lang,
        .title = "",
        .subject = caption_subject(page, facts, caption),
        .x_label = axis_words(drawing),
        .y_label = caption->unit,
        .source = "",
        .series = series,
        .series_count = series_count,
        .looks = drawing_looks(drawing),
        .reference = drawing->reference,
        .decimals = drawing->series[0].decimals,
        .log_scale = field_bool(L, 2, "log", false),
        .percent = grid_in_percent(&drawing->series[0]),
    };
    if (text_same(drawing->type->name, "histogram"))
        job->x_label = locale_text(page->lang, drawing->x == DIM_TERRITORY
                                                   ? "chart.number.territory"
                                                   : "chart.number");
    if (drawing->has_along) {
        job->x_label = arena_format(
            page->open, "%s%s",
            axis_label(page, drawing->along.heading, drawing->along.unit),
            scope_beside(drawing, &drawing->along));
        job->y_label =
            axis_label(page, drawing->base.heading, drawing->base.unit);
    }
    drawing_read_size(L, job);
    return drawing->readable ? job : NULL;
}

static const struct scene *redraw(struct arena *arena,
                                  const struct fonts *fonts, const void *job,
                                  double height_pt)
{
    struct chart_job again = *(const struct chart_job *)job;
    struct err err = {0};
    struct scene *scene = NULL;
    again.height_pt = height_pt;
    return chart_draw(arena, fonts, &again, &scene, &err) ? scene : NULL;
}

static void draw(lua_State *L, const struct chart_job *job,
                 struct figure *figure)
{
    struct page *page = page_of(L);
    struct err err = {0};
    struct scene *scene = NULL;
    if (!chart_draw(page->open, page->job->fonts, job, &scene, &err))
        sandbox_raise(L, &err);
    figure->scene = scene;
    figure->redraw = redraw;
    figure->job = job;
}

void drawing_push(lua_State *L, const struct grid *data,
                  const struct chart_job *job, const struct caption *caption)
{
    struct page *page = page_of(L);
    struct figure *figure = arena_alloc(page->open, sizeof *figure);
    figure->id = data->id;
    figure->data = data;
    figure->words = "";
    if (!chapter_draws(page))
        figure->words = chapter_undrawn;
    else if (job != NULL)
        draw(L, job, figure);
    else
        figure->words =
            locale_fill(page->open, page->lang, "figure.none", "reason",
                        locale_text(page->lang, "chart.no_values"), NULL);
    struct block *block = push_block(L, BLOCK_FIGURE);
    block->figure = figure;
    block->caption = *caption;
}

static void finish(lua_State *L, struct drawing *drawing)
{
    struct page *page = drawing->page;
    struct source_column *columns =
        arena_array(page->open, data_columns_most(drawing), sizeof *columns);
    size_t values, series_count;
    size_t count = data_columns(drawing, columns, &values);
    struct grid *data = make_data(L, drawing, columns, count);
    data->id = read_id(L, 2, "figure");
    const struct chart_series *series = read_points(L, drawing, &series_count);
    const struct caption_facts facts = {
        .columns = columns,
        .column_count = count,
        .unit_count = drawing->has_along ? count : values,
        .scope_count = drawing->has_along ? values : count,
        .row_dims = &drawing->x,
        .row_dim_count = 1,
        .rows = drawing->places,
        .row_count = drawing->place_count,
        .grid = data,
        .read_column =
            drawing->readable ? &drawing->series[drawing->read_series] : NULL,
        .read_rows = &drawing->places[drawing->read_place],
    };
    struct caption caption = {0};
    read_caption(L, 2, &facts, &caption);
    waive_check_source(L, "figure", &facts, &caption);
    drawing_check_uncertainty(L, drawing, data->id, &caption);
    const struct chart_job *job =
        make_job(L, drawing, series, series_count, &facts, &caption);
    caption_explain_limits(page, data, &caption);
    if (drawing->type->numbers)
        caption_explain_digits(page, data, &caption);
    caption_name_standards(page, &facts, &caption);
    drawing_push(L, data, job, &caption);
}

int l_chart(lua_State *L)
{
    struct page *page = page_of(L);
    luaL_checkudata(L, 1, OBJECT_DOCUMENT);
    lua_settop(L, 2);
    field_table(L, 2, "chart");
    field_known(L, 2, "chart", chart_fields, false);
    sandbox_charge(L, sizeof(struct drawing));
    struct drawing *drawing = arena_alloc(page->open, sizeof *drawing);
    drawing->page = page;
    read_base(L, drawing);
    drawing_usual(L, drawing);
    read_series(L, drawing);
    if (text_same(drawing->type->name, "spine")) {
        drawing_spine(L, drawing);
        return 1;
    }
    drawing_read_fits(L, drawing);
    drawing_read_places(L, drawing);
    read_reference(L, drawing);
    finish(L, drawing);
    return 1;
}
