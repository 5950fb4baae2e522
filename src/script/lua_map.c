/* SPDX-License-Identifier: EUPL-1.2 */
/* doc:map{table=, column=, level=, filter=, facet=, ...}: a map of published
 * cells, or several with one legend; words where the level has no boundary
 * file. */
#include <lauxlib.h>

#include "map/map.h"
#include "script/area_code.h"
#include "script/boundaries.h"
#include "script/chapter.h"
#include "script/field.h"
#include "script/grid.h"
#include "script/map_method.h"
#include "script/waive.h"

static const char *const map_fields[] = {
    "table",        "column",  "level",  "filter",    "classes",    "method",
    "breaks",       "palette", "focus",  "mark",      "mark_label", "context",
    "width",        "height",  "id",     "title",     "unit",       "scope",
    "reading",      "note",    "source", "reference", "factors",    "kind",
    "facet",        "columns", "waive",  "histogram", "layout",     "region",
    "legend_below", NULL,
};

struct mapping {
    struct page *page;
    const char *level;
    const char *layout; /* of the map or of the project; "": the file's own */
    const char *region; /* the one région that is drawn, "": all */
    struct boundaries_cut cut; /* of it */
    enum map_kind kind;
    struct source_column value;
    struct source_column facets[MAP_FACETS_MOST]; /* the value, when alone */
    size_t facet_count;
    struct member *places;
    size_t place_count;
    size_t read_place;
    bool readable;
};

static void read_places(lua_State *L, struct mapping *mapping)
{
    const struct pub_table *table = mapping->value.pick.table;
    size_t count = pub_axis_count(table, DIM_TERRITORY);
    mapping->places =
        arena_array(mapping->page->open, count, sizeof *mapping->places);
    for (size_t p = 0; p < count; p++) {
        const struct node *node = pub_axis_node(table, DIM_TERRITORY, p);
        if (text_same(node->level, mapping->level))
            mapping->places[mapping->place_count++] =
                (struct member){DIM_TERRITORY, node};
    }
    if (mapping->place_count == 0)
        field_fail(L, "level", "level '%s': table '%s' has no such territory",
                   mapping->level, pub_id(table));
}

/* The code of a node, or a text; "" where it is not given. */
static const char *read_code(lua_State *L, const char *field)
{
    const char *code = "";
    if (lua_getfield(L, 2, field) != LUA_TNIL) {
        const struct member *member = test_node(L, -1);
        code =
            member ? member->node->code : words_value(L, lua_gettop(L), field);
    }
    lua_pop(L, 1);
    return code;
}

/* Of the places those of the région, where one is asked for. */
static void read_region(lua_State *L, struct mapping *mapping)
{
    const struct project *project = mapping->page->job->project;
    size_t kept = 0;
    mapping->region = arena_text(mapping->page->open, read_code(L, "region"));
    if (mapping->region[0] == '\0')
        return;
    if (field_given(L, 2, "layout"))
        field_fail(L, "region",
                   "region: a région has a panel of its own, expected no "
                   "layout");
    boundaries_cut(L, mapping->page, mapping->level, mapping->region,
                   &mapping->cut);
    for (size_t p = 0; p < mapping->place_count; p++) {
        if (boundaries_takes(&mapping->cut, project,
                             mapping->places[p].node->code))
            mapping->places[kept++] = mapping->places[p];
    }
    mapping->place_count = kept;
    if (kept == 0)
        field_fail(L, "region",
                   "region '%s': table '%s' has no territory of the level '%s' "
                   "in it",
                   mapping->region, pub_id(mapping->value.pick.table),
                   mapping->level);
}

/* The first level of several territories that are no zones, where the script
 * names none. */
static const char *usual_level(const struct pub_table *table)
{
    size_t count = pub_axis_count(table, DIM_TERRITORY);
    for (size_t p = 0; p + 1 < count; p++) {
        const struct node *node = pub_axis_node(table, DIM_TERRITORY, p);
        const struct node *next = pub_axis_node(table, DIM_TERRITORY, p + 1);
        if (!node->zone && text_same(node->level, next->level))
            return node->level;
    }
    return NULL; /* it has to be said */
}

static bool needs_interval(enum map_kind kind)
{
    return kind == MAP_SIGNIFICANCE || kind == MAP_BIVARIATE;
}

/* A large area of one colour looks like a large number: counts are circles,
 * and what is no count fills areas. */
static void read_kind(lua_State *L, struct mapping *mapping,
                      const struct pub_column *column)
{
    const char *kind = field_text(L, 2, "kind", "choropleth");
    if (!map_kind_parse(kind, &mapping->kind))
        field_fail(L, "kind", "kind '%s': expected %s", kind, map_kind_names());
    bool count = !mapping->value.coverage && column->kind == PUB_COUNT;
    if (count && mapping->kind != MAP_CIRCLES)
        field_fail(L, "column",
                   "column '%s': a map shows rates and shares, "
                   "never counts; kind = 'circles' does",
                   column->id);
    bool limits = !mapping->value.coverage && column->lower >= 0;
    if (needs_interval(mapping->kind) && !limits)
        field_fail(L, "column",
                   "column '%s': the kind '%s' needs a column with an interval",
                   column->id, kind);
    if (!count && mapping->kind == MAP_CIRCLES)
        field_fail(L, "column", "column '%s': circles show counts only",
                   column->id);
}

/* --- facets --------------------------------------------------------------- */

static struct source_column *add_facet(lua_State *L, struct mapping *mapping)
{
    if (mapping->facet_count == MAP_FACETS_MOST)
        field_fail(L, "facet", "facet: more than %d maps", MAP_FACETS_MOST);
    struct source_column *facet = &mapping->facets[mapping->facet_count++];
    *facet = mapping->value;
    return facet;
}

/* A map for each node of a dimension, less the total. */
static void facets_of_dim(lua_State *L, struct mapping *mapping)
{
    const struct pub_table *table = mapping->value.pick.table;
    const char *name = field_take_text(L, "facet");
    enum dim dim;
    if (!dim_parse(name, &dim) || dim == DIM_TERRITORY)
        field_fail(L, "facet",
                   "facet: '%s': expected a dimension but the territory, such "
                   "as 'sex'",
                   name);
    for (size_t p = 0; p < pub_axis_count(table, dim); p++) {
        const struct node *node = pub_axis_node(table, dim, p);
        if (words_total(dim, node))
            continue;
        struct source_column *facet = add_facet(L, mapping);
        (void)pick_node(&facet->pick, dim, node);
        facet->heading = words_node(mapping->page, dim, node);
    }
}

static void facets_of_list(lua_State *L, struct mapping *mapping)
{
    int list = lua_gettop(L);
    for (size_t f = 0; f < lua_rawlen(L, list); f++) {
        lua_rawgeti(L, list, (lua_Integer)f + 1);
        read_part(L, "facet", &mapping->value, add_facet(L, mapping));
    }
    lua_pop(L, 1);
}

static void read_facets(lua_State *L, struct mapping *mapping)
{
    int type = lua_getfield(L, 2, "facet");
    if (type == LUA_TSTRING) {
        facets_of_dim(L, mapping);
    } else if (type == LUA_TTABLE) {
        facets_of_list(L, mapping);
    } else {
        lua_pop(L, 1);
        (void)add_facet(L, mapping);
    }
    if (mapping->facet_count == 0)
        field_fail(L, "facet", "facet: no map");
}

/* The first column that the kind can show; the first where it can show none,
 * which read_kind then refuses. */
static const char *usual_column(lua_State *L, const struct pub_table *table)
{
    bool counts = text_same(field_text(L, 2, "kind", ""), "circles");
    for (size_t c = 0; c < pub_columns(table); c++) {
        const struct pub_column *column = pub_column(table, c);
        if ((column->kind == PUB_COUNT) == counts)
            return column->id;
    }
    return pub_column(table, 0)->id;
}

static void read_mapped(lua_State *L, struct mapping *mapping)
{
    const struct pub_table *table = read_table(L, 2);
    struct pick pick = read_filter(L, 2, table);
    lua_pushstring(L, field_text(L, 2, "column", usual_column(L, table)));
    read_source(L, lua_gettop(L), &pick, &mapping->value);
    lua_pop(L, 1);
    read_kind(L, mapping, pub_column(table, mapping->value.column));
    mapping->level = field_text(L, 2, "level", usual_level(table));
    mapping->layout =
        boundaries_layout(L, 2, mapping->page->job->project->layout);
    read_places(L, mapping);
    read_region(L, mapping);
    read_facets(L, mapping);
}

/* --- the data ------------------------------------------------------------- */

static struct grid *make_data(lua_State *L, const struct mapping *mapping,
                              const struct source_column *columns, size_t count)
{
    struct page *page = mapping->page;
    size_t width = count + 2;
    struct grid *grid = arena_alloc(page->open, sizeof *grid);
    struct grid_column *headings =
        arena_array(page->open, width, sizeof *headings);
    headings[0] =
        grid_heading(page, "code", locale_text(page->lang, "dim.code"));
    headings[0].header = false;
    headings[1] = grid_heading(page, "territory",
                               locale_text(page->lang, "dim.territory"));
    for (size_t c = 0; c < count; c++)
        headings[c + 2] = grid_value_heading(page, &columns[c], c + 1);
    sandbox_charge(L, mapping->place_count * width * sizeof(struct grid_cell));
    struct grid_cell *cells =
        arena_array(page->open, mapping->place_count * width, sizeof *cells);
    for (size_t p = 0; p < mapping->place_count; p++) {
        const struct member *place = &mapping->places[p];
        struct grid_cell *row = &cells[p * width];
        row[0] = grid_text(place->node->code);
        row[1] = grid_text(words_node(page, DIM_TERRITORY, place->node));
        for (size_t c = 0; c < count; c++)
            row[c + 2] = grid_read(page, &columns[c], place, 1);
    }
    grid->columns = headings;
    grid->column_count = width;
    grid->cells = cells;
    grid->rows = mapping->place_count;
    grid->emphasis = arena_array(page->open, grid->rows, 1);
    return grid;
}

/* --- the map -------------------------------------------------------------- */

static bool marked(const char *const *codes, size_t count, const char *code)
{
    for (size_t c = 0; c < count; c++) {
        if (text_same(codes[c], code))
            return true;
    }
    return false;
}

/* Why a published value has no limits: its area cannot be told to differ. */
static enum availability limits_status(struct page *page,
                                       const struct source_column *from,
                                       const struct member *place)
{
    const struct pub_column *column =
        pub_column(from->pick.table, from->column);
    const int limits[] = {column->lower, column->upper};
    for (size_t l = 0; l < COUNT_OF(limits); l++) {
        struct source_column limit = *from;
        if (limits[l] < 0)
            continue;
        limit.column = (size_t)limits[l];
        enum availability status =
            grid_read(page, &limit, place, 1).availability;
        if (status != AVAILABLE)
            return status;
    }
    return NOT_AVAILABLE;
}

/* A mark stands where a value does; the focus may lie elsewhere, where no value
 * is, as long as it is drawn. */
static void check_codes(lua_State *L, const struct mapping *mapping,
                        const struct geo_level *geo)
{
    const struct project *project = mapping->page->job->project;
    struct area_codes known = {.table = mapping->value.pick.table,
                               .level = mapping->level};
    const char **marks = NULL;
    size_t count = field_list(L, 2, "mark", &marks);
    for (size_t m = 0; m < count; m++)
        area_code_check(L, &known, "mark", marks[m]);
    const char *focus = read_code(L, "focus");
    known.geo = geo;
    known.aliases = project->aliases;
    known.alias_count = project->alias_count;
    if (focus[0] != '\0')
        area_code_check(L, &known, "focus", focus);
    if (focus[0] != '\0' && geo && mapping->cut.geo &&
        !boundaries_draws(&mapping->cut, project, focus))
        field_fail(L, "focus", "focus '%s': not drawn with the région '%s'",
                   focus, mapping->region);
}

static struct map_value *read_values(lua_State *L, struct mapping *mapping,
                                     const struct source_column *from,
                                     size_t *count)
{
    struct page *page = mapping->page;
    const char **marks = NULL;
    size_t mark_count = field_list(L, 2, "mark", &marks);
    const struct geo_level *cut = mapping->cut.geo;
    size_t room = mapping->place_count + (cut != NULL ? cut->area_count : 0);
    struct map_value *values = arena_array(page->open, room, sizeof *values);
    for (size_t p = 0; p < mapping->place_count; p++) {
        const struct member *place = &mapping->places[p];
        struct grid_cell cell = grid_read(page, from, place, 1);
        values[p] = (struct map_value){
            .code = place->node->code,
            .label = words_node(page, DIM_TERRITORY, place->node),
            .availability = cell.availability,
            .value = cell.value,
            .coarser = cell.coarser,
            .flags = cell.flags,
            .marked = marked(marks, mark_count, place->node->code),
        };
        if (cell.availability == AVAILABLE)
            values[p].has_interval = grid_bounds(
                page, from, place, 1, &values[p].lower, &values[p].upper);
        if (cell.availability == AVAILABLE && !values[p].has_interval &&
            needs_interval(mapping->kind))
            values[p].availability = limits_status(page, from, place);
    }
    *count = mapping->place_count;
    if (cut != NULL)
        *count = boundaries_fill(&mapping->cut, page->job->project, values,
                                 mapping->place_count);
    return values;
}

static const struct scene *draw_facets(lua_State *L, struct mapping *mapping,
                                       const struct map_job *common)
{
    struct page *page = mapping->page;
    struct err err = {0};
    struct scene *scene = NULL;
    struct map_facet facets[MAP_FACETS_MOST];
    lua_Integer columns = field_integer(L, 2, "columns", 0);
    if (columns < 0 || columns > MAP_FACETS_MOST)
        field_fail(L, "columns", "columns: expected 1 to %d", MAP_FACETS_MOST);
    for (size_t f = 0; f < mapping->facet_count; f++) {
        facets[f].title = mapping->facets[f].heading;
        facets[f].values = read_values(L, mapping, &mapping->facets[f],
                                       &facets[f].value_count);
    }
    if (!map_draw_facets(page->open, page->job->fonts, common, facets,
                         mapping->facet_count, (size_t)columns, &scene, &err))
        sandbox_raise(L, &err);
    return scene;
}

static void draw(lua_State *L, struct mapping *mapping,
                 const struct geo_level *geo, const char *subject,
                 const struct caption *caption, struct figure *figure)
{
    struct page *page = mapping->page;
    const struct project *project = page->job->project;
    struct err err = {0};
    struct scene *scene = NULL;
    struct map_job *job = arena_alloc(page->open, sizeof *job);
    *job = (struct map_job){
        .kind = mapping->kind,
        .geo = geo,
        .aliases = project->aliases,
        .alias_count = project->alias_count,
        .lang = page->lang,
        .title = "",
        .subject = subject,
        .unit = caption->unit,
        .source = "",
        .mark_label = words_typeset(page, field_text(L, 2, "mark_label", "")),
        .decimals = mapping->value.decimals,
        .focus = arena_text(page->open, read_code(L, "focus")),
        .context_rest =
            mapping->region[0] != '\0' || field_bool(L, 2, "context", false),
        .histogram = field_bool(L, 2, "histogram", false),
        .legend_below = field_bool(L, 2, "legend_below", false),
        .percent = grid_in_percent(&mapping->value),
    };
    job->values =
        read_values(L, mapping, &mapping->facets[0], &job->value_count);
    map_method_read(L, page, job);
    if (mapping->facet_count > 1) {
        figure->scene = draw_facets(L, mapping, job);
        return;
    }
    if (!map_draw(page->open, page->job->fonts, job, &scene, &err))
        sandbox_raise(L, &err);
    figure->scene = scene;
    figure->map = job;
}

/* Columns of the data: each facet with its bounds. */
static size_t data_columns(const struct mapping *mapping,
                           struct source_column *out)
{
    size_t count = 0;
    for (size_t f = 0; f < mapping->facet_count; f++) {
        out[count++] = mapping->facets[f];
        count = add_bounds(mapping->page, out, count);
    }
    return count;
}

/* Read aloud: the place in focus, else the first one with a value. */
static void find_readable(struct mapping *mapping, const char *focus)
{
    for (size_t p = 0; p < mapping->place_count; p++) {
        const struct member *place = &mapping->places[p];
        bool focused = text_same(place->node->code, focus);
        struct grid_cell cell =
            grid_read(mapping->page, &mapping->facets[0], place, 1);
        if (cell.availability != AVAILABLE || (mapping->readable && !focused))
            continue;
        mapping->readable = true;
        mapping->read_place = p;
    }
}

/* "Finistère : situation" */
static const char *locator_title(lua_State *L, const struct mapping *mapping,
                                 const char *usual)
{
    struct page *page = mapping->page;
    const char *focus = read_code(L, "focus");
    for (size_t p = 0; p < mapping->place_count; p++) {
        const struct node *node = mapping->places[p].node;
        if (text_same(node->code, focus))
            return locale_fill(page->open, page->lang, "map.locator.title",
                               "place", words_node(page, DIM_TERRITORY, node),
                               NULL);
    }
    return usual;
}

/* What a script does not say, of maps whose table does not know it: a locator
 * shows no value, and limits of probability have their unit with them. */
static void read_map_caption(lua_State *L, const struct mapping *mapping,
                             const struct caption_facts *facts,
                             struct caption *out)
{
    read_caption(L, 2, facts, out);
    bool located = mapping->kind == MAP_LOCATOR;
    bool chances = text_same(field_text(L, 2, "method", ""), "probability");
    if (located && !field_given(L, 2, "title"))
        out->title = locator_title(L, mapping, out->title);
    if (located && !field_given(L, 2, "scope"))
        out->scope = "";
    if (located && !field_given(L, 2, "reading"))
        out->reading = "";
    if ((located || chances) && !field_given(L, 2, "unit"))
        out->unit = "";
}

static void finish(lua_State *L, struct mapping *mapping)
{
    static const enum dim row_dims[] = {DIM_TERRITORY};
    struct page *page = mapping->page;
    struct source_column columns[3 * MAP_FACETS_MOST];
    size_t count = data_columns(mapping, columns);
    struct grid *data = make_data(L, mapping, columns, count);
    data->id = read_id(L, 2, "map");
    find_readable(mapping, read_code(L, "focus"));
    const struct caption_facts facts = {
        .columns = columns,
        .column_count = count,
        .row_dims = row_dims,
        .row_dim_count = 1,
        .rows = mapping->places,
        .row_count = mapping->place_count,
        .grid = data,
        .read_column = mapping->readable ? &mapping->facets[0] : NULL,
        .read_rows = &mapping->places[mapping->read_place],
    };
    struct caption caption = {0};
    read_map_caption(L, mapping, &facts, &caption);
    waive_check_source(L, "figure", &facts, &caption);
    const struct geo_level *geo = mapping->cut.geo;
    if (!geo && chapter_draws(page))
        geo = boundaries_read(L, page, mapping->level, mapping->layout);
    check_codes(L, mapping, geo);
    struct figure *figure = arena_alloc(page->open, sizeof *figure);
    figure->id = data->id;
    figure->data = data;
    figure->words = "";
    if (!chapter_draws(page))
        figure->words = chapter_undrawn;
    else if (geo)
        draw(L, mapping, geo, caption_subject(page, &facts, &caption), &caption,
             figure);
    else
        figure->words =
            locale_fill(page->open, page->lang, "figure.none", "reason",
                        locale_text(page->lang, "map.no_boundaries"), NULL);
    if (mapping->kind != MAP_LOCATOR)
        caption_name_standards(page, &facts, &caption);
    struct block *block = push_block(L, BLOCK_FIGURE);
    block->figure = figure;
    block->caption = caption;
}

int l_map(lua_State *L)
{
    struct page *page = page_of(L);
    luaL_checkudata(L, 1, OBJECT_DOCUMENT);
    lua_settop(L, 2);
    field_table(L, 2, "map");
    field_known(L, 2, "map", map_fields, false);
    struct mapping *mapping = arena_alloc(page->open, sizeof *mapping);
    mapping->page = page;
    read_mapped(L, mapping);
    finish(L, mapping);
    return 1;
}
