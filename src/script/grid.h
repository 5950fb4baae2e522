/* SPDX-License-Identifier: EUPL-1.2 */
/* script/grid.h - grids and captions made from published cells.
 *
 * What a table prints and what a figure draws go through here: typed cells
 * with their text, and the block of title, unit, scope, reading, note and
 * source below. */
#ifndef SCRIPT_GRID_H
#define SCRIPT_GRID_H

#include "script/page.h"

/* A pseudo column of every table: share that the sources cover, in percent. */
#define COLUMN_COVERAGE "coverage"

/* One column of values: where its cells come from. */
struct source_column {
    struct pick pick; /* dimensions that are no rows are settled here */
    bool coverage;
    size_t column;
    const char *heading, *unit, *group;
    int decimals;
    bool apart; /* of series: not in the order of the others */
};

/* A cell of a source column for given row nodes; NOT_AVAILABLE when the table
 * has not got a node. */
struct grid_cell grid_read(struct page *page, const struct source_column *from,
                           const struct member *rows, size_t row_count);
/* The limits of the interval of a published value; false when it has none. */
bool grid_bounds(struct page *page, const struct source_column *from,
                 const struct member *rows, size_t row_count, double *lower,
                 double *upper);
struct grid_cell grid_text(const char *text);
struct grid_column grid_heading(struct page *page, const char *id,
                                const char *heading);
struct grid_column grid_value_heading(struct page *page,
                                      const struct source_column *from,
                                      size_t number);

/* Reads "column", "table", "heading", "unit" and the dimension fields of the
 * Lua table at `fields` over `base`. */
void read_source(lua_State *L, int fields, const struct pick *base,
                 struct source_column *out);
/* The table at the top of the stack, popped: one of a list of maps.
 * It is of the column of `base` unless it names another; its "label" is the
 * heading. */
void read_part(lua_State *L, const char *field,
               const struct source_column *base, struct source_column *out);
/* The same of a series, which may also stand "apart". */
void read_one_series(lua_State *L, const struct source_column *base,
                     struct source_column *out);
/* The pick of a block: usual places, then its field "filter". */
struct pick read_filter(lua_State *L, int fields,
                        const struct pub_table *table);
/* Field "table" of a block. */
const struct pub_table *read_table(lua_State *L, int fields);
/* Lower and upper columns of a value column, added after it. */
size_t add_bounds(struct page *page, struct source_column *columns,
                  size_t count);
/* Field "id", unique in the document; "PREFIX-N" when not given. */
const char *read_id(lua_State *L, int fields, const char *prefix);
/* Adds an id to those of a document; raises for what names no file, and for one
 * that is there. */
void take_id(lua_State *L, struct id_list *ids, const char *id);

/* What a caption is made of when the script says nothing. */
struct caption_facts {
    const struct source_column *columns;
    size_t column_count;
    size_t unit_count;        /* first columns, whose unit it is; 0: all */
    size_t scope_count;       /* first columns, whose scope it is; 0: all */
    const enum dim *row_dims; /* dimensions that vary over the rows */
    size_t row_dim_count;
    const struct member *rows; /* of a figure along one dimension, else NULL */
    size_t row_count;
    const struct grid *grid;
    /* a cell to read aloud: its column and its nodes */
    const struct source_column *read_column;
    const struct member *read_rows;
};

/* A text of a caption, typeset; NULL for `usual`: it must be given. */
const char *caption_text(lua_State *L, int fields, const char *field,
                         const char *usual);
/* "FILE:LINE" of the call that makes the block. */
const char *caption_where(lua_State *L);
void read_caption(lua_State *L, int fields, const struct caption_facts *facts,
                  struct caption *out);

/* True when the rows or the columns of the scope differ along a dimension. */
bool caption_varies(const struct caption_facts *facts, enum dim dim);
/* What the alternative text of a figure is about, for whoever hears it without
 * the lines around it: its title and, in brackets, the place that holds all of
 * it, the years from the first to the last, the site, the sex, the age and the
 * scope that the title does not say. */
const char *caption_subject(struct page *page,
                            const struct caption_facts *facts,
                            const struct caption *caption);

/* Names the standard populations of the rates shown: after their unit, or in
 * the note where the columns have units of their own. Axes and legends are
 * drawn from the caption before: there the unit alone has room. */
void caption_name_standards(struct page *page,
                            const struct caption_facts *facts,
                            struct caption *caption);

/* The flags that all values of the grid have, which the note tells. */
unsigned caption_shared_flags(const struct grid *grid);

/* Says why intervals are withheld beside values that are shown. For tables and
 * charts, which print intervals; maps do not. */
void caption_explain_limits(struct page *page, const struct grid *grid,
                            struct caption *caption);

/* Says why two limits are printed alike. For tables, where they stand beside
 * each other. */
void caption_explain_narrow(struct page *page, const struct grid *grid,
                            struct caption *caption);

/* Says why a value has fewer decimals than its column. For tables and for
 * charts that print their values. */
void caption_explain_digits(struct page *page, const struct grid *grid,
                            struct caption *caption);

/* Says why a printed value has fewer decimals than those beside it. */
void caption_explain_coarser(struct page *page, struct caption *caption);

/* Whether values of the column are parts of 100. */
bool grid_in_percent(const struct source_column *column);

#endif
