/* SPDX-License-Identifier: EUPL-1.2 */
/* A spine chart: each series is a row, one territory's value among those of its
 * level and beside that of the whole. The spread is of what is published. */
#include <lauxlib.h>
#include <math.h>
#include <stdlib.h>

#include "script/chapter.h"
#include "script/drawing.h"
#include "script/field.h"
#include "script/waive.h"

enum part {
    PART_OWN,
    PART_WHOLE,
    PART_LEAST,
    PART_LOWER_QUARTER,
    PART_UPPER_QUARTER,
    PART_GREATEST,
    PART_TOTAL
};

static const enum chart_role roles[PART_TOTAL] = {
    ROLE_VALUES,        ROLE_REFERENCE,     ROLE_LEAST,
    ROLE_LOWER_QUARTER, ROLE_UPPER_QUARTER, ROLE_GREATEST,
};

struct spine {
    lua_State *L;
    struct drawing *drawing;
    struct member own, whole;
    const char *level; /* of the others */
    int decimals;      /* the most of any row */
    bool coarser;      /* a value has fewer than its row for secrecy's sake */
    struct chart_series series[PART_TOTAL];
    struct chart_point *points[PART_TOTAL];
    struct grid_column *columns;
    struct grid_cell *cells; /* a row each: name, own, limits, then the parts */
};

enum { COLUMNS = 3 + PART_TOTAL };

/* --- who is compared ------------------------------------------------------ */

static struct member find_whole(const struct drawing *drawing)
{
    for (size_t p = 0; p < pub_axis_count(drawing->table, DIM_TERRITORY); p++) {
        const struct node *node =
            pub_axis_node(drawing->table, DIM_TERRITORY, p);
        if (node->parent < 0 && !node->zone)
            return (struct member){DIM_TERRITORY, node};
    }
    return (struct member){DIM_TERRITORY,
                           pub_axis_node(drawing->table, DIM_TERRITORY, 0)};
}

/* reference = "region/53", or a node; the whole when it is not given. */
static struct member find_reference(struct spine *spine)
{
    lua_State *lua = spine->L;
    struct pick pick = spine->drawing->filter;
    struct member found = find_whole(spine->drawing);
    if (lua_getfield(lua, 2, "reference") != LUA_TNIL) {
        lua_createtable(lua, 0, 1);
        lua_insert(lua, -2);
        lua_setfield(lua, -2, "territory");
        pick_fields(lua, lua_gettop(lua), &pick);
        found.node = pick_at(&pick, DIM_TERRITORY);
    }
    lua_pop(lua, 1);
    return found;
}

static void find_places(struct spine *spine)
{
    struct drawing *drawing = spine->drawing;
    spine->own = (struct member){DIM_TERRITORY,
                                 pick_at(&drawing->filter, DIM_TERRITORY)};
    spine->whole = find_reference(spine);
    spine->level = spine->own.node->level;
    if (spine->own.node == spine->whole.node)
        field_fail(spine->L, "filter",
                   "filter: the kind 'spine' shows one territory among "
                   "others: say which, such as filter = {territory = "
                   "\"region/53\"}");
}

/* --- the spread ----------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

/* Between the values around it, as most programs do (Hyndman and Fan 1996,
 * type 7). */
static double quantile(const double *values, size_t count, double share)
{
    double place = share * (double)(count - 1);
    size_t below = (size_t)floor(place);
    size_t above = below + 1 < count ? below + 1 : below;
    return values[below] +
           (place - (double)below) * (values[above] - values[below]);
}

/* Values of the others that are shown, in order. */
static size_t gather(const struct spine *spine,
                     const struct source_column *from, double *out)
{
    const struct pub_table *table = from->pick.table;
    size_t count = 0;
    for (size_t p = 0; p < pub_axis_count(table, DIM_TERRITORY); p++) {
        const struct member place = {DIM_TERRITORY,
                                     pub_axis_node(table, DIM_TERRITORY, p)};
        if (!text_same(place.node->level, spine->level) ||
            text_same(place.node->code, spine->own.node->code))
            continue;
        struct grid_cell cell =
            grid_read(spine->drawing->page, from, &place, 1);
        if (cell.availability == AVAILABLE)
            out[count++] = cell.value;
    }
    qsort(out, count, sizeof *out, by_value);
    return count;
}

/* --- rows ----------------------------------------------------------------- */

static void set_part(struct spine *spine, enum part part, size_t row,
                     struct grid_cell cell)
{
    const struct drawing *drawing = spine->drawing;
    spine->coarser =
        spine->coarser || (cell.availability == AVAILABLE && cell.coarser > 0);
    cell.coarser += spine->decimals - drawing->series[row].decimals;
    spine->points[part][row] = (struct chart_point){
        .label = drawing->labels[row],
        .x = (double)row,
        .availability = cell.availability,
        .flags = cell.flags,
        .coarser = cell.coarser,
        .value = cell.value,
    };
    size_t column = part == PART_OWN ? 1 : 2 + (size_t)part + 1;
    spine->cells[row * COLUMNS + column] = cell;
}

static void set_spread(struct spine *spine, size_t row)
{
    static const double shares[] = {0, 0.25, 0.75, 1};
    struct page *page = spine->drawing->page;
    const struct source_column *from = &spine->drawing->series[row];
    size_t most = pub_axis_count(from->pick.table, DIM_TERRITORY);
    double *values = arena_array(page->open, most, sizeof *values);
    size_t count = gather(spine, from, values);
    for (size_t i = 0; i < COUNT_OF(shares); i++) {
        struct grid_cell cell = {
            .number = true,
            .availability = NOT_AVAILABLE,
            .text = availability_sign(page->lang, NOT_AVAILABLE),
            .cell_id = "",
        };
        if (count > 0) {
            double scale = pow(10, from->decimals);
            double value = quantile(values, count, shares[i]);
            cell.availability = AVAILABLE;
            cell.value = round(value * scale) / scale;
            cell.text =
                num_format(page->open, page->lang, cell.value, from->decimals);
        }
        set_part(spine, (enum part)(PART_LEAST + i), row, cell);
    }
}

static void set_limits(struct spine *spine, size_t row)
{
    struct drawing *drawing = spine->drawing;
    struct page *page = drawing->page;
    struct source_column columns[3] = {drawing->series[row]};
    size_t count = add_bounds(page, columns, 1);
    struct chart_point *point = &spine->points[PART_OWN][row];
    struct grid_cell *cells = &spine->cells[row * COLUMNS + 2];
    cells[0] = cells[1] = (struct grid_cell){
        .number = true,
        .availability = NOT_APPLICABLE,
        .text = availability_sign(page->lang, NOT_APPLICABLE),
        .cell_id = "",
    };
    for (size_t c = 1; c < count; c++) {
        cells[c - 1] = grid_read(page, &columns[c], &spine->own, 1);
        cells[c - 1].coarser += spine->decimals - drawing->series[row].decimals;
    }
    if (point->availability == AVAILABLE && drawing->interval)
        point->has_interval =
            grid_bounds(page, &drawing->series[row], &spine->own, 1,
                        &point->lower, &point->upper);
}

static void set_row(struct spine *spine, size_t row)
{
    struct drawing *drawing = spine->drawing;
    struct page *page = drawing->page;
    const struct source_column *from = &drawing->series[row];
    spine->cells[row * COLUMNS] = grid_text(drawing->labels[row]);
    set_part(spine, PART_OWN, row, grid_read(page, from, &spine->own, 1));
    set_part(spine, PART_WHOLE, row, grid_read(page, from, &spine->whole, 1));
    set_spread(spine, row);
    set_limits(spine, row);
    if (!drawing->readable &&
        spine->points[PART_OWN][row].availability == AVAILABLE) {
        drawing->readable = true;
        drawing->read_series = row;
    }
}

/* --- the whole ------------------------------------------------------------ */

static void make_parts(struct spine *spine)
{
    struct drawing *drawing = spine->drawing;
    struct page *page = drawing->page;
    enum lang lang = page->lang;
    const char *labels[PART_TOTAL] = {
        words_node(page, DIM_TERRITORY, spine->own.node),
        words_node(page, DIM_TERRITORY, spine->whole.node),
        locale_text(lang, "chart.spine.least"),
        locale_text(lang, "chart.spine.lower"),
        locale_text(lang, "chart.spine.upper"),
        locale_text(lang, "chart.spine.greatest"),
    };
    for (size_t part = 0; part < PART_TOTAL; part++) {
        spine->points[part] = arena_array(page->open, drawing->series_count,
                                          sizeof *spine->points[part]);
        spine->series[part] =
            (struct chart_series){labels[part], spine->points[part],
                                  drawing->series_count, roles[part]};
    }
    spine->columns = arena_array(page->open, COLUMNS, sizeof *spine->columns);
    spine->columns[0] =
        grid_heading(page, "indicator", locale_text(lang, "chart.spine.row"));
    const char *headings[COLUMNS] = {
        "",
        labels[PART_OWN],
        locale_text(lang, "interval.lower.short"),
        locale_text(lang, "interval.upper.short"),
        labels[PART_WHOLE],
        labels[PART_LEAST],
        labels[PART_LOWER_QUARTER],
        labels[PART_UPPER_QUARTER],
        labels[PART_GREATEST],
    };
    for (size_t c = 1; c < COLUMNS; c++)
        spine->columns[c] = (struct grid_column){
            .id = arena_format(page->open, "value_%zu", c),
            .heading = headings[c],
            .unit = "",
            .align = ALIGN_RIGHT,
            .decimals = spine->decimals,
        };
}

static struct grid *make_data(struct spine *spine)
{
    struct drawing *drawing = spine->drawing;
    struct arena *open = drawing->page->open;
    struct grid *grid = arena_alloc(open, sizeof *grid);
    *grid = (struct grid){
        .id = read_id(spine->L, 2, "figure"),
        .columns = spine->columns,
        .column_count = COLUMNS,
        .cells = spine->cells,
        .rows = drawing->series_count,
        .emphasis = arena_array(open, drawing->series_count, 1),
    };
    return grid;
}

static const struct chart_job *make_job(struct spine *spine,
                                        const struct caption_facts *facts,
                                        const struct caption *caption)
{
    struct drawing *drawing = spine->drawing;
    struct page *page = drawing->page;
    struct chart_job *job = arena_alloc(page->open, sizeof *job);
    *job = (struct chart_job){
        .kind = drawing->type->name,
        .lang = page->lang,
        .title = "",
        .subject = caption_subject(page, facts, caption),
        .x_label = "",
        .y_label = "",
        .source = "",
        .series = spine->series,
        .series_count = PART_TOTAL,
        .decimals = spine->decimals,
    };
    drawing_read_size(spine->L, job);
    return drawing->readable ? job : NULL;
}

void drawing_spine(lua_State *L, struct drawing *drawing)
{
    struct spine spine = {.L = L, .drawing = drawing};
    size_t count = drawing->series_count;
    find_places(&spine);
    for (size_t s = 0; s < count; s++) {
        if (drawing->series[s].decimals > spine.decimals)
            spine.decimals = drawing->series[s].decimals;
    }
    sandbox_charge(L, count * COLUMNS * sizeof *spine.cells);
    spine.cells =
        arena_array(drawing->page->open, count * COLUMNS, sizeof *spine.cells);
    make_parts(&spine);
    for (size_t row = 0; row < count; row++)
        set_row(&spine, row);
    struct grid *data = make_data(&spine);
    const struct caption_facts facts = {
        .columns = drawing->series,
        .column_count = count,
        .row_dims = NULL,
        .grid = data,
        .read_column =
            drawing->readable ? &drawing->series[drawing->read_series] : NULL,
    };
    struct caption caption = {0};
    read_caption(L, 2, &facts, &caption);
    waive_check_source(L, "figure", &facts, &caption);
    drawing_check_uncertainty(L, drawing, data->id, &caption);
    const struct chart_job *job = make_job(&spine, &facts, &caption);
    caption_explain_limits(drawing->page, data, &caption);
    if (spine.coarser)
        caption_explain_coarser(drawing->page, &caption);
    caption_name_standards(drawing->page, &facts, &caption);
    drawing_push(L, data, job, &caption);
}
