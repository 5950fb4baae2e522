/* SPDX-License-Identifier: EUPL-1.2 */
/* map/map.h - maps of published values.
 *
 * A map takes one value, status and flags per code, classes and a boundary
 * level, and draws a scene: areas, insets, borders, legend with class counts
 * and one entry per missing status with its own pattern. Rates, ratios and
 * shares fill areas; counts are circles, never fills: a large area would look
 * like a large number. */
#ifndef MAP_MAP_H
#define MAP_MAP_H

#include "geo/geo.h"
#include "model/locale.h"
#include "model/project.h"
#include "scene/classes.h"
#include "scene/scene.h"

enum map_kind {
    MAP_CHOROPLETH,   /* classes of a rate, ratio or share */
    MAP_SIGNIFICANCE, /* under, over or not different from the reference, by
                         the intervals */
    MAP_BIVARIATE,    /* classes of the value, under white lines where
                         its interval is wide */
    MAP_CIRCLES,      /* circles whose areas are proportional to counts */
    MAP_TILES,        /* classes on a tile of one size per area */
    MAP_LOCATOR,      /* where the area in focus lies: no value is read */
};
enum { MAP_TILES_MOST = 150 }; /* areas of a level */

/* By the names of map_kind_names. */
bool map_kind_parse(const char *name, enum map_kind *out) MUST_USE;
/* "choropleth, significance, ... or locator": for messages. */
const char *map_kind_names(void);

struct map_value {
    const char *code;
    const char *label;
    enum availability availability;
    double value;
    bool has_interval;
    double lower, upper;
    int coarser; /* decimals fewer than the job's that it is known to */
    unsigned flags;
    bool marked; /* drawn with a mark (e.g. département with a registry) */
};

struct map_job {
    enum map_kind kind;
    const struct geo_level *geo;
    const struct geo_alias *aliases;
    size_t alias_count;
    const struct map_value *values;
    size_t value_count;
    enum lang lang;
    const char *title;      /* "" when the document prints it */
    const char *subject;    /* of the alternative text; "" or NULL: the title,
                               else the unit */
    const char *unit;       /* legend heading */
    const char *source;     /* printed below, "" none */
    const char *mark_label; /* legend of marked areas, "" none */
    int decimals;
    enum class_method method;
    size_t class_count;   /* 2-7, 0: 5 */
    const double *breaks; /* CLASSES_FIXED: inner breaks, class_count - 1 */
    double reference;     /* CLASSES_AROUND, MAP_SIGNIFICANCE */
    bool factors;         /* CLASSES_AROUND of ratios */
    bool percent;         /* CLASSES_PROBABILITY: values of 0 to 100, not 1 */
    const char *palette;  /* of scene/palette.h */
    bool histogram;       /* of the areas by value, above the legend's classes:
                             a choropleth or tiles, one map */
    const char *focus;    /* code drawn with a strong outline, "" none */
    bool context_rest;    /* polygons without an entry in `values` are pale
                             surroundings, not in the legend; else they are
                             NOT_AVAILABLE */
    double width_pt;      /* 0: 480 */
    double height_pt;     /* the most it may take; 0: what it needs. The scene
                             is as high as its content. */
    double panels_pt;     /* the most its panels may take of the height; 0:
                             what is left */
    bool legend_below;    /* even where it would fit beside the panels */
    double margin_pt;     /* within both, on each side, of a map that stands
                             alone */
    /* MAP_SIGNIFICANCE: an area differs when its interval does not meet this */
    bool reference_has_interval;
    double reference_lower, reference_upper;
};

/* One of several small maps. */
struct map_facet {
    const char *title;
    const struct map_value *values;
    size_t value_count;
};

enum { MAP_FACETS_MOST = 24 };

/* Small multiples: the facets side by side, `columns` in a row (0: as many as
 * keep each at least 150 points wide), with one legend and the same classes for
 * all, made of all their values. `common` gives the rest; its values are not
 * read. Errors as for map_draw, and for 1 or more than 24 facets. */
bool map_draw_facets(struct arena *open, const struct fonts *fonts,
                     const struct map_job *common,
                     const struct map_facet *facets, size_t count,
                     size_t columns, struct scene **out,
                     struct err *err) MUST_USE;

/* The limits between the classes that a map of these values, or the maps of
 * these facets (count > 1), would have: given as `breaks` with CLASSES_FIXED
 * they make the same classes of other values, of a series or of the next
 * edition. ERR_SCRIPT as for map_draw, for a kind without classes of values,
 * and where all values are one class. */
bool map_breaks(struct arena *open, const struct map_job *job,
                const struct map_facet *facets, size_t count,
                const double **breaks, size_t *break_count,
                struct err *err) MUST_USE;

/* Does a value suit the kind and the classes of a job? ERR_SCRIPT where it has
 * no interval around it and needs one, is no probability, or is negative and
 * must not be. What is not AVAILABLE always does. map_draw asks the same. */
bool map_check_value(const struct map_job *job, const struct map_value *value,
                     struct err *err) MUST_USE;

/* How a map would be arranged. */
struct map_room {
    double panels_pt;  /* height of its panels */
    bool legend_below; /* else beside them */
};

/* Two of one frame that stand side by side have the same scale when neither is
 * given more `panels_pt` than the other takes, and look alike when neither has
 * its legend elsewhere. Errors as for map_draw. */
bool map_measure(const struct fonts *fonts, const struct map_job *job,
                 struct map_room *out, struct err *err) MUST_USE;

/* Draws. Codes without polygon are listed in the legend notes, never dropped
 * silently; polygons without value are NOT_AVAILABLE, or surroundings. Zeros
 * are a class of their own when other values are not zero. All-missing data
 * gives a map with its legend. The alternative texts are made from the data.
 * The scene of a crowded panel names rings of `geo`, which lives as long.
 * A locator needs `focus` only: that area, or the alias of several, is filled,
 * the others of its parent are pale, and the texts say where it lies.
 * ERR_SCRIPT for an unknown palette, classes or breaks that make no sense, a
 * code given twice, a value without interval where the kind needs one, a
 * negative count, factors around a reference that is not above 0 or of negative
 * values, or a width too small to draw in. */
bool map_draw(struct arena *open, const struct fonts *fonts,
              const struct map_job *job, struct scene **out,
              struct err *err) MUST_USE;

#endif
