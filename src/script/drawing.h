/* SPDX-License-Identifier: EUPL-1.2 */
/* script/drawing.h - a chart while it is made of what doc:chart{} asks for.
 *
 * What a script does not say is chosen from the dimensions of the table
 * (drawing_usual.c); lines and limits beside the values are computed from what
 * is published, so they tell nothing more (drawing_beside.c); a spine chart
 * has a row for each series (drawing_spine.c). */
#ifndef SCRIPT_DRAWING_H
#define SCRIPT_DRAWING_H

#include "chart/chart.h"
#include "script/grid.h"

enum {
    DRAWING_LIMITS_MOST = 4,  /* of a funnel: two pairs */
    DRAWING_SPINES_MOST = 24, /* rows of a spine chart */
};

struct drawing {
    struct page *page;
    const struct pub_table *table;
    struct pick filter;
    struct source_column base; /* the column, where the filter says */
    enum dim x;
    const char *level;     /* of the places, "" any */
    struct member *places; /* along x */
    size_t place_count;
    const struct chart_type *type;
    size_t most;                  /* series */
    struct source_column *series; /* [most] */
    const char **labels;
    size_t series_count;
    bool by_sex; /* a series for each sex, though the script does not say */
    bool interval;
    bool has_along, has_rank, regression;
    struct source_column along; /* numbers along x, of the same places */
    struct source_column rank;
    struct source_column limits[DRAWING_LIMITS_MOST];
    size_t limit_count;
    const struct pub_table *trend; /* segments of a joinpoint; NULL: none */
    struct chart_reference reference;
    size_t read_series, read_place; /* the cell to read aloud */
    double read_value;
    bool readable;
};

/* Chooses kind, x, level and sexes where the script does not say. Needs table,
 * filter and base. */
void drawing_usual(lua_State *L, struct drawing *drawing);
/* The level of a dimension's series: the one that the script gives where there
 * are such nodes, else the usual one; "" any. */
const char *drawing_level(lua_State *L, const struct drawing *drawing,
                          enum dim dim);
/* True when the strata of a table are times since diagnosis. */
bool drawing_are_times(const struct pub_table *table);
/* Reads the places along x: those that the script lists, else all; of these the
 * `top` ones. Needs x, level and series. */
void drawing_read_places(lua_State *L, struct drawing *drawing);
/* Men, women and all have a look each, in every figure where the sex tells
 * series apart; rising ages, years or strata, where nothing else does, are from
 * light to dark. NULL: they are neither. [series_count], for
 * chart_job.looks. */
const unsigned char *drawing_looks(const struct drawing *drawing);
/* The value of the whole, for a chart of territories whose script says nothing
 * of a reference; nothing where it is not shown. */
void drawing_usual_reference(struct drawing *drawing);

/* A column of the same cells, in a field that may not be given. */
bool drawing_read_beside(lua_State *L, const char *field,
                         const struct pick *pick, struct source_column *out);
/* Reads what is drawn beside the values: trend, regression, limits. */
void drawing_read_fits(lua_State *L, struct drawing *drawing);
/* How many series drawing_fits may add. */
size_t drawing_fits_most(const struct drawing *drawing);
/* Adds fitted lines and limits after the series of values. */
void drawing_fits(lua_State *L, struct drawing *drawing,
                  struct chart_series *all, size_t *count);

/* A spine chart, whole: its series become rows. */
void drawing_spine(lua_State *L, struct drawing *drawing);

/* Raises unless the chart shows how sure its values are, or a reason is given
 * why it need not. Says so in the caption. */
void drawing_check_uncertainty(lua_State *L, const struct drawing *drawing,
                               const char *figure, struct caption *caption);
/* The chart drawn, with its data, as a block, pushed; the job is kept, since a
 * page may want it higher. NULL job: there is no value. */
void drawing_push(lua_State *L, const struct grid *data,
                  const struct chart_job *job, const struct caption *caption);
/* Width and height that the script asks for. */
void drawing_read_size(lua_State *L, struct chart_job *job);

#endif
