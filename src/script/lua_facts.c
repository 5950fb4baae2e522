/* SPDX-License-Identifier: EUPL-1.2 */
/* facts{columns=, rows=, ...}: a table of texts, nodes and single cells. */
#include <lauxlib.h>

#include "base/num.h"
#include "base/utf8.h"
#include "script/field.h"
#include "script/grid.h"
#include "script/waive.h"

static const char *const facts_fields[] = {
    "id",   "title", "columns", "rows",   "emphasis", "scope",
    "unit", "note",  "reading", "source", "waive",    NULL,
};
static const char *const column_fields[] = {"heading", "unit", "align", NULL};

static void read_heading(lua_State *L, struct grid_column *column)
{
    struct page *page = page_of(L);
    int spec = lua_gettop(L);
    column->unit = "";
    if (lua_istable(L, spec)) {
        field_known(L, spec, "columns", column_fields, false);
        column->heading =
            words_typeset(page, field_text(L, spec, "heading", NULL));
        column->unit = words_typeset(page, field_text(L, spec, "unit", ""));
        const char *align = field_text(L, spec, "align", "left");
        if (!text_same(align, "left") && !text_same(align, "right"))
            field_fail(L, "align", "align '%s': expected 'left' or 'right'",
                       align);
        column->align = text_same(align, "right") ? ALIGN_RIGHT : ALIGN_LEFT;
    } else {
        column->heading = words_typeset(page, words_value(L, spec, "columns"));
    }
    lua_pop(L, 1);
}

static void read_headings(lua_State *L, struct grid *grid)
{
    struct page *page = page_of(L);
    lua_getfield(L, 1, "columns");
    field_table(L, -1, "columns");
    grid->column_count = lua_rawlen(L, -1);
    struct grid_column *columns =
        arena_array(page->open, grid->column_count, sizeof *columns);
    for (size_t c = 0; c < grid->column_count; c++) {
        lua_rawgeti(L, -1, (lua_Integer)c + 1);
        read_heading(L, &columns[c]);
        columns[c].id = arena_format(page->open, "column_%zu", c + 1);
        columns[c].header = c == 0;
    }
    if (grid->column_count == 0)
        field_fail(L, "columns", "columns: none");
    grid->columns = columns;
    lua_pop(L, 1);
}

/* The value at the top of the stack, popped. */
static struct grid_cell read_value(lua_State *L, struct grid_column *column)
{
    struct page *page = page_of(L);
    const struct cell *cell = test_cell(L, -1);
    struct grid_cell out;
    if (cell) {
        const struct pub_column *at = pub_column(cell->table, cell->column);
        out = (struct grid_cell){
            .number = true,
            .text = words_cell(page, *cell),
            .flags = pub_flags(cell->table, cell->row, cell->column),
            .coarser = at->decimals -
                       pub_decimals(cell->table, cell->row, cell->column),
            .cell_id =
                pub_cell_id(page->open, cell->table, cell->row, cell->column),
        };
        out.availability =
            pub_read(cell->table, cell->row, cell->column, &out.value);
        if (words_are_class(at)) { /* words stand on the left */
            out.number = out.availability != AVAILABLE;
            out.text =
                out.number ? out.text : utf8_capital(page->open, out.text);
        } else {
            column->align = ALIGN_RIGHT;
        }
        if (at->decimals > column->decimals)
            column->decimals = at->decimals;
    } else if (lua_type(L, -1) == LUA_TNUMBER) {
        /* Whole numbers as they are, others with one decimal. */
        int decimals = lua_isinteger(L, -1) ? 0 : 1;
        lua_pushvalue(L, -1);
        double value = num_round(field_take_number(L, "rows"), decimals);
        out = (struct grid_cell){
            .number = true,
            .text = num_format(page->open, page->lang, value, decimals),
            .availability = AVAILABLE,
            .value = value,
            .cell_id = "",
        };
        column->align = ALIGN_RIGHT;
        if (decimals > column->decimals)
            column->decimals = decimals;
    } else {
        const char *text =
            words_typeset(page, words_value(L, lua_gettop(L), "rows"));
        out =
            grid_text(test_node(L, -1) ? utf8_capital(page->open, text) : text);
    }
    lua_pop(L, 1);
    return out;
}

static void read_rows(lua_State *L, struct grid *grid)
{
    struct page *page = page_of(L);
    lua_getfield(L, 1, "rows");
    field_table(L, -1, "rows");
    size_t width = grid->column_count;
    grid->rows = lua_rawlen(L, -1);
    if (grid->rows == 0)
        field_fail(L, "rows", "rows: none");
    sandbox_charge(L, grid->rows * width * sizeof(struct grid_cell));
    struct grid_cell *cells =
        arena_array(page->open, grid->rows * width, sizeof *cells);
    struct grid_column *columns =
        arena_array(page->open, width, sizeof *columns);
    for (size_t c = 0; c < width; c++)
        columns[c] = grid->columns[c];
    for (size_t r = 0; r < grid->rows; r++) {
        lua_rawgeti(L, -1, (lua_Integer)r + 1);
        field_table(L, -1, "rows");
        if (lua_rawlen(L, -1) != width)
            field_fail(L, "rows", "rows: row %d has %d values, expected %d",
                       (int)r + 1, (int)lua_rawlen(L, -1), (int)width);
        for (size_t c = 0; c < width; c++) {
            lua_rawgeti(L, -1, (lua_Integer)c + 1);
            cells[r * width + c] = read_value(L, &columns[c]);
        }
        lua_pop(L, 1);
    }
    grid->cells = cells;
    grid->columns = columns;
    lua_pop(L, 1);
}

/* Numbers of the rows to stand out. */
static void read_emphasis(lua_State *L, struct grid *grid)
{
    unsigned char *emphasis = arena_array(page_of(L)->open, grid->rows, 1);
    if (lua_getfield(L, 1, "emphasis") != LUA_TNIL) {
        field_table(L, -1, "emphasis");
        for (size_t e = 0; e < lua_rawlen(L, -1); e++) {
            lua_rawgeti(L, -1, (lua_Integer)e + 1);
            lua_Integer row = lua_tointeger(L, -1);
            if (row < 1 || (lua_Unsigned)row > grid->rows)
                field_fail(L, "emphasis", "emphasis: expected row numbers");
            emphasis[row - 1] = 1;
            lua_pop(L, 1);
        }
    }
    grid->emphasis = emphasis;
    lua_pop(L, 1);
}

/* Nothing of the store tells where texts come from: the script does. */
static void check_source(lua_State *L, const struct grid *grid,
                         struct caption *caption)
{
    const struct caption_facts facts = {
        .columns = NULL,
        .column_count = 0,
        .unit_count = 0,
        .row_dims = NULL,
        .row_dim_count = 0,
        .grid = grid,
        .read_column = NULL,
        .read_rows = NULL,
    };
    lua_settop(L, 1);
    lua_pushvalue(L, 1); /* where methods have their fields */
    waive_check_source(L, "table", &facts, caption);
}

int l_facts(lua_State *L)
{
    lua_settop(L, 1);
    field_table(L, 1, "facts");
    field_known(L, 1, "facts", facts_fields, false);
    struct grid *grid = arena_alloc(page_of(L)->open, sizeof *grid);
    read_headings(L, grid);
    read_rows(L, grid);
    read_emphasis(L, grid);
    grid->id = read_id(L, 1, "table");
    struct caption caption = {
        .title = caption_text(L, 1, "title", NULL),
        .unit = caption_text(L, 1, "unit", ""),
        .scope = caption_text(L, 1, "scope", ""),
        .reading = caption_text(L, 1, "reading", ""),
        .note = caption_text(L, 1, "note", ""),
        .source = caption_text(L, 1, "source", ""),
        .where = caption_where(L),
    };
    check_source(L, grid, &caption);
    struct block *block = push_block(L, BLOCK_TABLE);
    block->grid = grid;
    block->caption = caption;
    return 1;
}
