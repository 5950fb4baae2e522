/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/grid.h"

#include <lauxlib.h>
#include <string.h>

#include "base/utf8.h"
#include "model/plan.h"
#include "script/field.h"

/* --- cells ---------------------------------------------------------------- */

static bool read_bound(struct page *page, const struct source_column *from,
                       int column, const struct member *rows, size_t row_count,
                       double *out)
{
    struct source_column bound = *from;
    if (column < 0)
        return false;
    bound.column = (size_t)column;
    struct grid_cell cell = grid_read(page, &bound, rows, row_count);
    *out = cell.value;
    return cell.availability == AVAILABLE;
}

bool grid_bounds(struct page *page, const struct source_column *from,
                 const struct member *rows, size_t row_count, double *lower,
                 double *upper)
{
    if (from->coverage)
        return false;
    const struct pub_column *column =
        pub_column(from->pick.table, from->column);
    return read_bound(page, from, column->lower, rows, row_count, lower) &&
           read_bound(page, from, column->upper, rows, row_count, upper);
}

struct grid_cell grid_text(const char *text)
{
    return (struct grid_cell){
        .text = text, .availability = AVAILABLE, .cell_id = ""};
}

static struct grid_cell missing(struct page *page, enum availability status)
{
    return (struct grid_cell){
        .text = availability_sign(page->lang, status),
        .number = true,
        .availability = status,
        .cell_id = "",
    };
}

static struct grid_cell coverage_cell(struct page *page,
                                      const struct source_column *from,
                                      const struct pub_table *table, size_t row)
{
    double value = words_covered(pub_coverage(table, row), from->decimals);
    return (struct grid_cell){
        .text = num_format(page->open, page->lang, value, from->decimals),
        .number = true,
        .availability = AVAILABLE,
        .value = value,
        .cell_id = "",
    };
}

struct grid_cell grid_read(struct page *page, const struct source_column *from,
                           const struct member *rows, size_t row_count)
{
    struct pick pick = from->pick;
    for (size_t r = 0; r < row_count; r++) {
        if (!pick_node(&pick, rows[r].dim, rows[r].node))
            return missing(page, NOT_AVAILABLE);
    }
    size_t row = pub_row(pick.table, pick.place);
    if (from->coverage)
        return coverage_cell(page, from, pick.table, row);
    struct grid_cell cell = {
        .number = true,
        .cell_id = pub_cell_id(page->open, pick.table, row, from->column),
    };
    cell.availability = pub_read(pick.table, row, from->column, &cell.value);
    if (cell.availability == AVAILABLE)
        cell.flags = pub_flags(pick.table, row, from->column);
    cell.coarser = from->decimals - pub_decimals(pick.table, row, from->column);
    if (cell.availability == AVAILABLE)
        cell.number = !words_are_text(pub_column(pick.table, from->column));
    const struct cell read = {pick.table, row, from->column};
    cell.text = words_cell(page, read);
    if (cell.availability == AVAILABLE && !cell.number)
        cell.text = utf8_capital(page->open, cell.text);
    cell.alone = words_limit_withheld(read);
    cell.limit = words_is_limit(read);
    cell.narrow = words_limit_narrow(page, read);
    return cell;
}

/* --- columns -------------------------------------------------------------- */

struct grid_column grid_heading(struct page *page, const char *id,
                                const char *heading)
{
    (void)page;
    return (struct grid_column){
        .id = id,
        .heading = heading,
        .unit = "",
        .align = ALIGN_LEFT,
        .header = true,
    };
}

struct grid_column grid_value_heading(struct page *page,
                                      const struct source_column *from,
                                      size_t number)
{
    const char *id = from->coverage
                         ? COLUMN_COVERAGE
                         : pub_column(from->pick.table, from->column)->id;
    return (struct grid_column){
        .id = arena_format(page->open, "%s_%zu", id, number),
        .heading = from->heading,
        .unit = from->unit,
        .group = from->group,
        .align = !from->coverage && words_are_class(pub_column(from->pick.table,
                                                               from->column))
                     ? ALIGN_LEFT
                     : ALIGN_RIGHT,
        .decimals = from->decimals,
    };
}

#define SOURCE_FIELDS                                                          \
    "table", "column", "heading", "unit", "interval", "territory", "site",     \
        "sex", "age", "period", "stratum", "group"

static const char *const source_fields[] = {SOURCE_FIELDS, NULL};
static const char *const part_fields[] = {SOURCE_FIELDS, "label", NULL};
static const char *const series_fields[] = {SOURCE_FIELDS, "label", "apart",
                                            NULL};

/* "Nouveaux cas – Hommes": what this column fixes beside the filter, but for
 * what the name of its group says, "Hommes". */
static const char *pinned_heading(lua_State *L, int fields,
                                  const struct source_column *column)
{
    struct page *page = page_of(L);
    const char *heading = column->heading;
    for (size_t d = 0; d < DIM_COUNT; d++) {
        enum dim dim = (enum dim)d;
        if (!field_given(L, fields, pick_names[d]))
            continue;
        const char *part = words_node(page, dim, pick_at(&column->pick, dim));
        if (!text_same(part, column->group))
            heading = locale_fill(page->open, page->lang, "report.column",
                                  "column", heading, "part", part, NULL);
    }
    return heading;
}

static void use_coverage(struct page *page, struct source_column *out)
{
    out->coverage = true;
    out->heading = locale_text(page->lang, "methods.coverage");
    out->unit = locale_text(page->lang, "unit.percent");
    out->decimals = 0;
}

static void use_column(lua_State *L, struct source_column *out,
                       const char *name)
{
    struct page *page = page_of(L);
    const struct pub_table *table = out->pick.table;
    if (text_same(name, COLUMN_COVERAGE)) {
        use_coverage(page, out);
        return;
    }
    out->column = pick_column(L, table, name);
    const struct pub_column *column = pub_column(table, out->column);
    bool by_age = pub_axis_count(table, DIM_AGE) > 1;
    out->heading = words_column(page, table, out->column, by_age);
    out->unit = words_unit_short(page, column->unit);
    out->decimals = column->decimals;
}

static void read_known(lua_State *L, int fields, const char *const *known,
                       const struct pick *base, struct source_column *out)
{
    struct page *page = page_of(L);
    *out = (struct source_column){.pick = *base};
    if (lua_type(L, fields) == LUA_TSTRING) {
        lua_pushvalue(L, fields);
        use_column(L, out, field_take_text(L, "column"));
        return;
    }
    field_table(L, fields, "column");
    field_known(L, fields, "column", known, false);
    if (field_given(L, fields, "table")) {
        out->pick = pick_usual(L, read_table(L, fields));
        for (size_t d = 0; d < DIM_COUNT; d++) {
            enum dim dim = (enum dim)d;
            (void)pick_node(&out->pick, dim, pick_at(base, dim));
        }
    }
    pick_fields(L, fields, &out->pick);
    use_column(
        L, out,
        field_text(L, fields, "column", pub_column(out->pick.table, 0)->id));
    out->group = words_typeset(page, field_text(L, fields, "group", ""));
    out->heading = pinned_heading(L, fields, out);
    out->heading =
        words_typeset(page, field_text(L, fields, "heading", out->heading));
    out->unit = words_typeset(page, field_text(L, fields, "unit", out->unit));
}

void read_source(lua_State *L, int fields, const struct pick *base,
                 struct source_column *out)
{
    read_known(L, fields, source_fields, base, out);
}

/* It stays on the stack. */
static void read_labelled(lua_State *L, const char *field,
                          const char *const *known,
                          const struct source_column *base,
                          struct source_column *out)
{
    int spec = lua_gettop(L);
    field_table(L, spec, field);
    if (!field_given(L, spec, "column") && !field_given(L, spec, "table")) {
        lua_pushstring(L, pub_column(base->pick.table, base->column)->id);
        lua_setfield(L, spec, "column");
    }
    read_known(L, spec, known, &base->pick, out);
    out->heading =
        words_typeset(page_of(L), field_text(L, spec, "label", out->heading));
}

void read_part(lua_State *L, const char *field,
               const struct source_column *base, struct source_column *out)
{
    read_labelled(L, field, part_fields, base, out);
    lua_pop(L, 1);
}

void read_one_series(lua_State *L, const struct source_column *base,
                     struct source_column *out)
{
    read_labelled(L, "series", series_fields, base, out);
    out->apart = field_bool(L, lua_gettop(L), "apart", false);
    lua_pop(L, 1);
}

const struct pub_table *read_table(lua_State *L, int fields)
{
    lua_getfield(L, fields, "table");
    const struct pub_table *table = test_table(L, -1);
    if (!table)
        field_fail(L, "table",
                   "table: expected a published table, such as "
                   "doc:table(\"sites\"), found %s",
                   luaL_typename(L, -1));
    lua_pop(L, 1);
    return table;
}

struct pick read_filter(lua_State *L, int fields, const struct pub_table *table)
{
    struct pick pick = pick_usual(L, table);
    if (lua_getfield(L, fields, "filter") != LUA_TNIL) {
        int filter = lua_gettop(L);
        field_table(L, filter, "filter");
        field_known(L, filter, "filter", pick_names, false);
        pick_fields(L, filter, &pick);
    }
    lua_pop(L, 1);
    return pick;
}

size_t add_bounds(struct page *page, struct source_column *columns,
                  size_t count)
{
    const struct source_column *value = &columns[count - 1];
    if (value->coverage)
        return count;
    const struct pub_table *table = value->pick.table;
    const struct pub_column *at = pub_column(table, value->column);
    const int bounds[] = {at->lower, at->upper};
    for (size_t b = 0; b < COUNT_OF(bounds); b++) {
        if (bounds[b] < 0)
            continue;
        columns[count] = *value;
        columns[count].column = (size_t)bounds[b];
        columns[count].heading =
            words_column(page, table, (size_t)bounds[b], false);
        columns[count].unit = ""; /* that of the value on its left */
        count++;
    }
    return count;
}

void take_id(lua_State *L, struct id_list *ids, const char *id)
{
    if (!plan_is_id(id))
        field_fail(L, "id",
                   "id '%s': expected letters a-z, digits, _ and -, 100 at "
                   "most",
                   id);
    for (size_t i = 0; i < ids->count; i++) {
        if (text_same(ids->id[i], id))
            field_fail(L, "id", "id '%s': used twice in this document", id);
    }
    ids->id = arena_grow(page_of(L)->open, ids->id, ids->count, &ids->capacity,
                         sizeof *ids->id);
    ids->id[ids->count++] = id;
}

const char *read_id(lua_State *L, int fields, const char *prefix)
{
    struct page *page = page_of(L);
    const char *usual =
        arena_format(page->open, "%s-%zu", prefix, page->ids.count + 1);
    const char *id = field_text(L, fields, "id", usual);
    take_id(L, &page->ids, id);
    return id;
}

bool grid_in_percent(const struct source_column *column)
{
    return column->coverage ||
           text_same(pub_column(column->pick.table, column->column)->unit,
                     "percent");
}
