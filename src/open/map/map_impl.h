/* SPDX-License-Identifier: EUPL-1.2 */
/* map/map_impl.h - a map while it is drawn.
 *
 * map_view_make joins values to polygons and counts; map_words makes every
 * sentence; map_panels and map_legend draw. Nothing here reads a number that
 * is not in the job. */
#ifndef MAP_MAP_IMPL_H
#define MAP_MAP_IMPL_H

#include "map/map.h"
#include "scene/palette.h"

enum {
    MAP_CLASSES_MOST = PALETTE_MOST,
    MAP_CLASSES_DEFAULT = 5,
    MAP_CLASSES_AROUND = 6,
    MAP_CLASSES_PROBABILITY = 5,
    MAP_CLASSES_BIVARIATE = 3,
    MAP_CERTAINTIES = 3,
};

/* How an area is filled. */
enum map_look_kind {
    LOOK_CLASS,
    LOOK_ZERO,
    LOOK_MISSING,
    LOOK_CONTEXT,
    LOOK_CIRCLE,  /* the land under a circle */
    LOOK_FOCUS,   /* MAP_LOCATOR: what is looked for */
    LOOK_SIBLING, /* MAP_LOCATOR: of the same parent */
};
struct map_look { /* small: every area of a crowd has one */
    enum map_look_kind kind : 8;
    unsigned char class_index;          /* LOOK_CLASS */
    enum availability availability : 8; /* LOOK_MISSING */
    unsigned char certainty;            /* MAP_BIVARIATE: 0 is the narrowest */
};

static inline struct map_look map_class_look(size_t class_index)
{
    return (struct map_look){LOOK_CLASS, (unsigned char)class_index, AVAILABLE,
                             0};
}

#define MAP_NO_VALUE SIZE_MAX

/* Above so many areas, light borders would be all that one sees. */
enum { MAP_AREAS_WITH_BORDERS = 1500 };

/* The values of a class that are drawn: low > high where none is. */
struct map_range {
    double low, high;
};

struct map_view {
    struct arena *arena;
    const struct fonts *fonts;
    const struct map_job *job;
    const struct geo_level *geo;

    size_t *value_of;   /* [area] index in job->values, or MAP_NO_VALUE */
    bool *first;        /* [area] the first one of its code */
    const char **alone; /* in a crowd: [area] its name, NULL when another area
                           has it, too; else NULL */
    bool *drawn;        /* [value] has a polygon */
    size_t *outline_of; /* [value] its first area, where it has one */
    struct map_look *look_of_value; /* [value] */
    enum map_look_kind *located;    /* [area] MAP_LOCATOR, else NULL */

    double *breaks;
    double *shown_breaks;     /* as the legend prints them */
    int digits;               /* of these and of values, at least the job's */
    size_t class_count;       /* 0 when no value is shown */
    double *certainty_breaks; /* MAP_BIVARIATE: of relative half widths */
    size_t certainty_count;
    uint32_t colours[MAP_CLASSES_MOST];
    size_t class_sizes[MAP_CLASSES_MOST]; /* territories */
    struct map_range ranges[MAP_CLASSES_MOST];
    size_t zero_size; /* of circles: those that have none */
    size_t missing_sizes[AVAILABILITY_COUNT];
    size_t marked_count;
    size_t shown_count;        /* territories drawn with a value */
    size_t lowest, highest;    /* values, when shown_count > 0 */
    const char *area_sentence; /* filled for each area */
    const char *pair_sentence; /* for those that are alone */
    bool all_dashed;           /* then a note says so instead of outlines */
    size_t dashed_count;

    struct scene *scene;
    const char *prefix; /* of the ids of areas: "" or a facet's */
    bool uncounted;     /* the legend stands for several maps */
    double text_pt;     /* size of legend text */
    double largest_pt;  /* MAP_CIRCLES: radius of the highest value */
};

/* Flags drawn as a dashed outline. */
#define MAP_DASHED (FLAG_PROVISIONAL | FLAG_ESTIMATED | FLAG_PROJECTED)

bool map_view_make(struct map_view *view, struct err *err) MUST_USE;
/* Classes that a job asks for, and whether they make sense. */
size_t map_wanted_classes(const struct map_job *job);
bool map_check_classes(const struct map_job *job, struct err *err) MUST_USE;
/* Whether factors are asked for where no classes go by them. */
bool map_check_factors(const struct map_job *job, struct err *err) MUST_USE;
struct map_look map_area_look(const struct map_view *view, size_t area);

struct scene_paint map_look_paint(const struct map_view *view,
                                  struct map_look look);

/* The level as tiles: map_tiles.c. ERR_SCRIPT above MAP_TILES_MOST. */
enum { MAP_TILE_M = 1000 }; /* from tile to tile, in metres of that level */
bool map_tiles_make(struct arena *arena, const struct geo_level *geo,
                    const struct geo_level **out, struct err *err) MUST_USE;

/* Finds the area in focus and its siblings. ERR_SCRIPT when there is none. */
bool map_locate(struct map_view *view, struct err *err) MUST_USE;
/* Fixes shown_breaks and digits for these values: of one map, or of several
 * with one legend. */
void map_round_breaks(struct map_view *view, const double *values,
                      size_t count);
/* Is the area, or the alias that it belongs to, in focus? */
bool map_in_focus(const struct map_view *view, size_t area);
/* Whether a value is provisional, estimated or projected, and not all are. */
bool map_dashed(const struct map_view *view, size_t v);
/* "Rhône (69)" */
const char *map_focus_words(const struct map_view *view);
const char *map_sibling_words(const struct map_view *view);
const char *map_locator_alt(const struct map_view *view);
const char *map_locator_description(const struct map_view *view);

/* --- words --------------------------------------------------------------- */
void map_find_ranges(struct map_view *view);
const char *map_class_words(const struct map_view *view, size_t class_index);
/* What an area is called. */
struct map_name {
    const char *label, *code;
};
struct map_name map_name_of(const struct map_view *view, size_t area);
/* [area] its name; NULL when areas of other codes have it, too. */
const char **map_alone(const struct map_view *view);
const char *map_area_words(const struct map_view *view, size_t area);
/* " : 32,8", after the name of an area that is alone */
const char *map_value_tail(const struct map_view *view, size_t v);
/* "Ain, Nord et 3 autres" of the values that `chosen` takes; "" when none. */
typedef bool map_choose(const struct map_view *view, size_t value);
/* The same of `count` names, of which the first `most` are there. */
const char *map_list(const struct map_view *view, const char *const *names,
                     size_t count, size_t most);
/* "Ain (01)" */
const char *map_place(const struct map_view *view, const char *label,
                      const char *code);
/* Sentences under the legend; the first explains its numbers, or is "". */
size_t map_notes(const struct map_view *view, const char ***notes);
const char *map_credits(const struct map_view *view);
/* What the map is of: its title, else its unit; "" when neither is given. */
const char *map_subject(const struct map_job *job);
const char *map_alt(const struct map_view *view);
/* Towards where values rise: map_pattern.c. "" for few areas. */
const char *map_pattern(const struct map_view *view);
/* What the alternative text says the map is of. */
const char *map_subject(const struct map_job *job);
/* What follows the alternative text where there is room: it repeats none of
 * it. */
const char *map_description(const struct map_view *view);

/* --- text blocks ---------------------------------------------------------- */

/* Lines of one size and style. */
struct map_lines {
    enum font_style style;
    double size_pt;
    uint32_t colour;
    char **at;
    size_t count;
};
enum { MAP_INK = 0x1A1A1A, MAP_QUIET_INK = 0x444444 };
/* Wraps words at `width` and adds their lines. */
void map_lines_add(const struct map_view *view, struct map_lines *lines,
                   const char *words, double width);
double map_lines_height(const struct map_lines *lines);
void map_lines_draw(struct map_view *view, const struct map_lines *lines,
                    double x, double y);
/* Size of legend text on a page of this width. */
double map_text_size(double width_pt);
/* The words of the caller, with no-break spaces where a line must not end. */
struct map_job map_typeset(struct arena *arena, const struct map_job *job);

/* --- drawing ------------------------------------------------------------- */

struct map_box {
    double x, y, width, height;
};
/* The part of the layout grid that the panels use. */
struct map_box map_grid_box(const struct geo_level *geo);
/* Radius of the circle of a value: its area is proportional. */
double map_radius(const struct map_view *view, double value);
/* Two or three round values for the legend of circles, falling. */
size_t map_circle_steps(const struct map_view *view, double steps[3]);
/* Draws all panels, the grid's box at its corner and pt_per_unit. */
void map_panels(struct map_view *view, double x, double y, double pt_per_unit);

/* MAP_CIRCLES: the largest radius, at most the view's, with which every box at
 * this scale holds its circles. */
double map_panels_circle(struct map_view *view, double pt_per_unit);

/* Two blocks of rows: classes, then missing statuses and signs. */
enum map_block {
    BLOCK_CLASSES,
    BLOCK_SIGNS,
    BLOCK_COUNT,
};
/* The areas by value, in the colours of their classes, limits marked. */
struct map_box map_histogram_size(const struct map_view *view, double width);
void map_histogram_draw(struct map_view *view, double x, double y,
                        double width);

/* The fill of a look in a thin frame. */
void map_swatch_draw(struct map_view *view, struct map_look look, double x,
                     double y, double width, double height);
/* Territories per class and status under one of several small maps: lines of
 * swatches with their numbers. */
double map_counts_height(const struct map_view *view, double width);
void map_counts_draw(struct map_view *view, double x, double y, double width);

/* Size of a block whose heading wraps at `width`; zero when it is empty. */
struct map_box map_legend_size(const struct map_view *view,
                               enum map_block block, double width);
void map_legend_draw(struct map_view *view, enum map_block block, double x,
                     double y, double width);

#endif
