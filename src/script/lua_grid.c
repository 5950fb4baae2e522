/* SPDX-License-Identifier: EUPL-1.2 */
/* doc:grid{table=, rows=, columns=, filter=, ...}: a table of published
 * cells. */
#include <lauxlib.h>

#include "base/utf8.h"
#include "script/drawing.h"
#include "script/field.h"
#include "script/waive.h"

enum {
    ROW_DIMS_MOST = 3,
    COLUMNS_MOST = 40,
};

struct making {
    struct page *page;
    const struct pub_table *table;
    const char *heading; /* of the rows, "" the name of their dimension */
    enum dim row_dims[ROW_DIMS_MOST];
    size_t row_dim_count;
    struct member *rows; /* [row_count * row_dim_count] */
    size_t row_count;
    struct source_column columns[COLUMNS_MOST];
    size_t column_count;
    const struct member *read_rows; /* of a cell to read aloud */
    const struct source_column *read_column;
};

static const char *const grid_fields[] = {
    "table",  "rows",  "columns", "filter", "level",   "interval",
    "id",     "title", "unit",    "scope",  "reading", "note",
    "source", "waive", "heading", NULL,
};

/* --- rows ----------------------------------------------------------------- */

static enum dim take_dim(lua_State *L)
{
    enum dim dim;
    const char *name = field_take_text(L, "rows");
    if (!dim_parse(name, &dim))
        field_fail(L, "rows",
                   "rows: '%s': expected a dimension, such as "
                   "'site'",
                   name);
    return dim;
}

/* A list of nodes, all of one dimension. */
static void rows_of_nodes(lua_State *L, int list, struct making *making)
{
    size_t count = lua_rawlen(L, list);
    making->rows = arena_array(making->page->open, count, sizeof *making->rows);
    for (size_t r = 0; r < count; r++) {
        lua_rawgeti(L, list, (lua_Integer)r + 1);
        const struct member *member = test_node(L, -1);
        if (!member || (r > 0 && member->dim != making->row_dims[0]))
            field_fail(L, "rows", "rows: expected nodes of one dimension");
        making->row_dims[0] = member->dim;
        making->rows[r] = *member;
        lua_pop(L, 1);
    }
    making->row_dim_count = 1;
    making->row_count = count;
}

/* Nodes of an axis; `level` keeps those of one level. */
static size_t axis_nodes(struct making *making, enum dim dim, const char *level,
                         struct member **out)
{
    size_t count = pub_axis_count(making->table, dim), kept = 0;
    *out = arena_array(making->page->open, count, sizeof **out);
    for (size_t p = 0; p < count; p++) {
        const struct node *node = pub_axis_node(making->table, dim, p);
        if (level[0] == '\0' || text_same(node->level, level) ||
            (dim != DIM_TERRITORY && dim != DIM_SITE))
            (*out)[kept++] = (struct member){dim, node};
    }
    return kept;
}

/* The product of the dimensions, the last one fastest. */
static void rows_of_dims(struct making *making, const char *level)
{
    size_t width = making->row_dim_count;
    struct member *nodes[ROW_DIMS_MOST];
    size_t counts[ROW_DIMS_MOST];
    making->row_count = 1;
    for (size_t d = 0; d < width; d++) {
        counts[d] = axis_nodes(making, making->row_dims[d], level, &nodes[d]);
        making->row_count *= counts[d];
    }
    if (making->row_count == 0)
        return;
    making->rows = arena_array(making->page->open, making->row_count * width,
                               sizeof *making->rows);
    for (size_t r = 0; r < making->row_count; r++) {
        size_t rest = r;
        for (size_t d = width; d-- > 0;) {
            assert(counts[d] > 0); /* or there would be no row */
            making->rows[r * width + d] = nodes[d][rest % counts[d]];
            rest /= counts[d];
        }
    }
}

static void read_rows(lua_State *L, struct making *making)
{
    const char *level = field_text(L, 2, "level", "");
    int type = lua_getfield(L, 2, "rows");
    int rows = lua_gettop(L);
    if (type == LUA_TSTRING) {
        making->row_dims[0] = take_dim(L);
        making->row_dim_count = 1;
        rows_of_dims(making, level);
        return;
    }
    field_table(L, rows, "rows");
    size_t count = lua_rawlen(L, rows);
    int first = lua_rawgeti(L, rows, 1);
    lua_pop(L, 1);
    if (first == LUA_TSTRING && count <= ROW_DIMS_MOST) {
        for (size_t d = 0; d < count; d++) {
            lua_rawgeti(L, rows, (lua_Integer)d + 1);
            making->row_dims[d] = take_dim(L);
        }
        making->row_dim_count = count;
        rows_of_dims(making, level);
    } else {
        rows_of_nodes(L, rows, making);
    }
    lua_pop(L, 1);
}

/* --- columns -------------------------------------------------------------- */

static void add_column(lua_State *L, struct making *making,
                       const struct pick *base, bool interval)
{
    int spec = lua_gettop(L);
    if (making->column_count + 3 > COLUMNS_MOST)
        field_fail(L, "columns", "columns: more than %d", COLUMNS_MOST);
    read_source(L, spec, base, &making->columns[making->column_count++]);
    if (lua_istable(L, spec))
        interval = field_bool(L, spec, "interval", interval);
    if (interval)
        making->column_count =
            add_bounds(making->page, making->columns, making->column_count);
    lua_pop(L, 1);
}

static void read_columns(lua_State *L, struct making *making)
{
    struct pick base = read_filter(L, 2, making->table);
    bool interval = field_bool(L, 2, "interval", false);
    int type = lua_getfield(L, 2, "columns");
    if (type == LUA_TSTRING) {
        add_column(L, making, &base, interval);
        return;
    }
    if (type == LUA_TTABLE) {
        int list = lua_gettop(L);
        size_t count = lua_rawlen(L, list);
        for (size_t c = 0; c < count; c++) {
            lua_rawgeti(L, list, (lua_Integer)c + 1);
            add_column(L, making, &base, interval);
        }
    }
    lua_pop(L, 1);
    for (size_t c = 0; type == LUA_TNIL && c < pub_columns(making->table);
         c++) {
        if (pub_column(making->table, c)->part != PUB_VALUE)
            continue;
        lua_pushstring(L, pub_column(making->table, c)->id);
        add_column(L, making, &base, interval);
    }
    if (making->column_count == 0)
        field_fail(L, "columns", "columns: none");
}

/* --- the grid ------------------------------------------------------------- */

static bool with_codes(const struct making *making)
{
    return making->row_dims[0] == DIM_TERRITORY;
}

static const char *dim_heading(const struct making *making, size_t d)
{
    enum dim dim = making->row_dims[d];
    if (d == 0 && making->heading[0] != '\0')
        return making->heading;
    if (dim == DIM_STRATUM && drawing_are_times(making->table))
        return locale_text(making->page->lang, "chart.times");
    bool years = dim == DIM_PERIOD;
    for (size_t r = 0; years && r < making->row_count; r++) {
        const struct node *node =
            making->rows[r * making->row_dim_count + d].node;
        years = node->low == node->high;
    }
    const char *key =
        years ? "dim.year"
              : arena_format(making->page->open, "dim.%s", dim_name(dim));
    return locale_text(making->page->lang, key);
}

static struct grid_column *make_headings(struct making *making, size_t *count)
{
    struct page *page = making->page;
    size_t most = 1 + making->row_dim_count + making->column_count;
    struct grid_column *columns =
        arena_array(page->open, most, sizeof *columns);
    *count = 0;
    if (with_codes(making)) {
        columns[*count] =
            grid_heading(page, "code", locale_text(page->lang, "dim.code"));
        columns[(*count)++].header = false;
    }
    for (size_t d = 0; d < making->row_dim_count; d++)
        columns[(*count)++] = grid_heading(page, dim_name(making->row_dims[d]),
                                           dim_heading(making, d));
    for (size_t c = 0; c < making->column_count; c++)
        columns[(*count)++] =
            grid_value_heading(page, &making->columns[c], c + 1);
    return columns;
}

/* Writes the cells of one row; false when the row applies to nothing, like
 * the prostate of women. */
static bool make_row(struct making *making, const struct member *nodes,
                     struct grid_cell *cells)
{
    struct page *page = making->page;
    bool applies = false;
    if (with_codes(making))
        *cells++ = grid_text(nodes[0].node->code);
    for (size_t d = 0; d < making->row_dim_count; d++)
        *cells++ = grid_text(utf8_capital(
            page->open, words_node(page, nodes[d].dim, nodes[d].node)));
    for (size_t c = 0; c < making->column_count; c++) {
        const struct source_column *column = &making->columns[c];
        *cells = grid_read(page, column, nodes, making->row_dim_count);
        applies = applies || cells->availability != NOT_APPLICABLE;
        if (!making->read_column && cells->availability == AVAILABLE) {
            making->read_column = column;
            making->read_rows = nodes;
        }
        cells++;
    }
    return applies;
}

static unsigned char emphasis_of(const struct member *member)
{
    const struct node *node = member->node;
    if (member->dim == DIM_TERRITORY)
        return node->parent < 0 && !node->zone;
    return words_total(member->dim, node) || text_same(node->level, "group");
}

/* A sign that every value has stands in the note alone, and one of a value is
 * not said again by its limits. */
static void tell_signs_once(const struct grid *grid, struct grid_cell *cells)
{
    const unsigned shared = caption_shared_flags(grid);
    for (size_t row = 0; row < grid->rows; row++) {
        unsigned told = 0; /* by the value before */
        for (size_t c = 0; c < grid->column_count; c++) {
            struct grid_cell *cell = &cells[row * grid->column_count + c];
            const unsigned own = cell->flags & ~shared;
            if (!cell->limit)
                told = own;
            cell->flags = cell->limit ? own & ~told : own;
        }
    }
}

static struct grid_cell *make_grid(lua_State *L, struct making *making,
                                   struct grid *grid)
{
    struct page *page = making->page;
    grid->columns = make_headings(making, &grid->column_count);
    size_t size = making->row_count * grid->column_count;
    sandbox_charge(L, size * (sizeof(struct grid_cell) + 64));
    struct grid_cell *cells = arena_array(page->open, size, sizeof *cells);
    unsigned char *emphasis = arena_array(page->open, making->row_count, 1);
    for (size_t r = 0; r < making->row_count; r++) {
        const struct member *nodes = &making->rows[r * making->row_dim_count];
        if (!make_row(making, nodes, &cells[grid->rows * grid->column_count]))
            continue;
        emphasis[grid->rows++] = emphasis_of(&nodes[0]);
    }
    if (grid->rows == 0)
        field_fail(L, "rows", "rows: none that applies");
    grid->cells = cells;
    grid->emphasis = emphasis;
    return cells;
}

int l_grid(lua_State *L)
{
    struct page *page = page_of(L);
    luaL_checkudata(L, 1, OBJECT_DOCUMENT);
    lua_settop(L, 2);
    field_table(L, 2, "grid");
    field_known(L, 2, "grid", grid_fields, false);
    struct making *making = arena_alloc(page->open, sizeof *making);
    making->page = page;
    making->table = read_table(L, 2);
    making->heading = words_typeset(page, field_text(L, 2, "heading", ""));
    read_rows(L, making);
    read_columns(L, making);
    struct grid *grid = arena_alloc(page->open, sizeof *grid);
    *grid = (struct grid){0};
    struct grid_cell *cells = make_grid(L, making, grid);
    grid->id = read_id(L, 2, "table");
    const struct caption_facts facts = {
        .columns = making->columns,
        .column_count = making->column_count,
        .row_dims = making->row_dims,
        .row_dim_count = making->row_dim_count,
        .grid = grid,
        .read_column = making->read_column,
        .read_rows = making->read_rows,
    };
    struct caption caption = {0};
    read_caption(L, 2, &facts, &caption);
    waive_check_source(L, "table", &facts, &caption);
    caption_explain_limits(page, grid, &caption);
    caption_explain_narrow(page, grid, &caption);
    caption_explain_digits(page, grid, &caption);
    caption_name_standards(page, &facts, &caption);
    tell_signs_once(grid, cells);
    struct block *block = push_block(L, BLOCK_TABLE);
    block->grid = grid;
    block->caption = caption;
    return 1;
}
