/* SPDX-License-Identifier: EUPL-1.2 */
/* scene/scene.h - a display list: what a figure or page looks like, for every
 * device.
 *
 * Recorded once, played to SVG, cairo (PNG) and libharu (PDF). Units are
 * points (1/72 inch), origin top left, y downwards. Colours are 0xRRGGBB.
 * Groups carry meaning: a CSS class, an SVG title, or a PDF structure tag.
 * A scene is immutable once given to a device. */
#ifndef SCENE_SCENE_H
#define SCENE_SCENE_H

#include "base/text.h"
#include "scene/font.h"

enum scene_pattern { /* drawn over the fill colour, in ink */
                     PATTERN_NONE,
                     PATTERN_DENSE,   /* dense diagonal hatch: confidential */
                     PATTERN_LIGHT,   /* light diagonal hatch, other direction:
                                         unreliable */
                     PATTERN_DOTS,    /* dots: not covered */
                     PATTERN_CROSS,   /* grid: not available */
                     PATTERN_STRIPES, /* thin and wide lines across, and */
                     PATTERN_STRIPES_WIDE,
                     PATTERN_BARS, /* the same upright: uncertain values */
                     PATTERN_BARS_WIDE,
                     PATTERN_COUNT,
};

enum scene_anchor {
    ANCHOR_START,
    ANCHOR_MIDDLE,
    ANCHOR_END,
};

struct scene_paint {
    bool filled;
    bool stroked;
    bool fixed; /* the fill is that of a class or status, which stays on dark
                   paper; all other colours change with the paper */
    uint32_t fill;
    enum scene_pattern pattern;
    uint32_t ink; /* pattern colour */
    uint32_t stroke;
    double width_pt;
    double dash_pt;  /* 0: solid; dash and gap length */
    double opacity;  /* of the fill, above 0 to 1; 0 is taken as 1 */
    const char *css; /* class list for SVG, "" none; devices may map classes
                        to the same colours */
};

/* Whether they look alike; classes may differ. */
bool scene_same_paint(const struct scene_paint *a, const struct scene_paint *b);

enum scene_kind {
    SCENE_PATH,
    SCENE_TEXT,
    SCENE_GROUP_BEGIN,
    SCENE_GROUP_END,
    SCENE_MOSAIC,
};

enum scene_verb {
    VERB_MOVE,  /* x y */
    VERB_LINE,  /* x y */
    VERB_CURVE, /* x1 y1 x2 y2 x y */
    VERB_CLOSE,
};

/* Thousands of areas that tile the plane, in little memory: a line between two
 * of them is there once. Lines are places on a grid of SCENE_MOSAIC_GRID to the
 * point, at least two each; a closed one ends where it begins. Areas of one
 * paint follow each other, best by squares of SCENE_MOSAIC_SQUARE places. Fills
 * are opaque and even-odd; the line of a paint, of its fill's colour, only
 * closes the seams: a device may close them otherwise. */
#define SCENE_MOSAIC_GRID 5
#define SCENE_MOSAIC_SQUARE 60
struct scene_ring {
    const int32_t *lines; /* numbers, or ~number when walked backwards */
    size_t count;
};
struct scene_area {
    const char *title; /* SVG <title>, "" none */
    const struct scene_paint *paint;
    const struct scene_ring *rings;
    size_t ring_count;
};
struct scene_mosaic {
    const char *css;        /* class of each area, "" none */
    const int32_t *places;  /* pairs */
    const uint32_t *starts; /* [line] its first place; one more at the end */
    size_t line_count;
    const struct scene_area *areas;
    size_t area_count;
    double x_pt, y_pt; /* where the place 0, 0 lies */
};

/* Each kind keeps only what it has. The members of another kind are not to be
 * read. */
struct scene_item {
    enum scene_kind kind;
    uint32_t verb_count;  /* path; else 0 */
    uint32_t point_count; /* path: pairs; else 0 */
    const char *css;      /* text, group: class */
    union {
        struct { /* path */
            const unsigned char *verbs;
            const double *points; /* pairs */
            const struct scene_paint *paint;
        };
        struct { /* text */
            const char *text;
            double x_pt, y_pt;    /* baseline origin */
            double angle_degrees; /* clockwise, about the origin */
            double size_pt;
            enum font_style font;
            enum scene_anchor anchor;
            uint32_t colour;
        };
        struct {               /* group begin */
            const char *id;    /* "" none; a valid XML name */
            const char *title; /* SVG <title>, "" none */
        };
        const struct scene_mosaic *mosaic;
    };
};

struct scene;

/* `alt` is one sentence, `description` the long text alternative. */
struct scene *scene_new(struct arena *open, double width_pt, double height_pt,
                        const char *alt, const char *description);
/* As scene_new was told, in points, with the margins. */
double scene_width(const struct scene *scene);
double scene_height(const struct scene *scene);
/* The height below which it is not to be drawn again, as what it shows would be
 * too flat; 0 until told. */
void scene_set_least(struct scene *scene, double height_pt);
double scene_least(const struct scene *scene);
const char *scene_alt(const struct scene *scene);
const char *scene_description(const struct scene *scene);
/* What was recorded, in order, numbered from 0. */
size_t scene_count(const struct scene *scene);
const struct scene_item *scene_item(const struct scene *scene, size_t item);

/* Before anything is drawn: the scene becomes so much larger on each side, and
 * its origin moves inwards. */
void scene_margin(struct scene *scene, double margin_pt);

/* Paths: begin, add points, then paint. Whole ones: a rectangle from its top
 * left corner, a circle about its centre, a segment. */
void scene_move(struct scene *scene, double x, double y);
void scene_line(struct scene *scene, double x, double y);
void scene_curve(struct scene *scene, double x1, double y1, double x2,
                 double y2, double x, double y);
/* Lines on to `count` points, given as pairs, from the last one when backwards;
 * at the begin of a path or after a close, the first is moved to. */
void scene_lines(struct scene *scene, const double *points, size_t count,
                 bool backwards);
void scene_close(struct scene *scene);
void scene_paint(struct scene *scene, const struct scene_paint *paint);
void scene_rectangle(struct scene *scene, double x, double y, double width,
                     double height, const struct scene_paint *paint);
void scene_circle(struct scene *scene, double x, double y, double radius,
                  const struct scene_paint *paint);
void scene_segment(struct scene *scene, double x1, double y1, double x2,
                   double y2, const struct scene_paint *paint);

struct scene_text_style {
    enum font_style font;
    double size_pt;
    enum scene_anchor anchor;
    uint32_t colour;
    double angle_degrees;
    const char *css;
};
/* The text is copied; x, y is where its baseline is anchored. "" is nothing. */
void scene_text(struct scene *scene, double x, double y, const char *text,
                const struct scene_text_style *style);
/* What is recorded until its end belongs together; groups nest. */
void scene_group(struct scene *scene, const char *css, const char *id,
                 const char *title);
void scene_group_end(struct scene *scene);
/* The scene keeps what the mosaic names, and copies only the mosaic itself: all
 * of it lives as long as the scene, in its arena, and its paints are
 * scene_paint_kept(). */
struct arena *scene_arena(const struct scene *scene);
void scene_mosaic(struct scene *scene, const struct scene_mosaic *mosaic);
const struct scene_paint *scene_paint_kept(struct scene *scene,
                                           const struct scene_paint *paint);
/* An area of a mosaic as a path, in room that the next one takes again. */
struct scene_room {
    struct arena *arena;
    unsigned char *verbs;
    double *points;
    size_t verb_capacity, point_capacity;
};
struct scene_item scene_area_path(struct scene_room *room,
                                  const struct scene_mosaic *mosaic,
                                  size_t area);

/* Plays `inner` with its top left corner at x, y. */
void scene_place(struct scene *scene, const struct scene *inner, double x,
                 double y);
/* The scene as reviewable text, coordinates with two decimals: golden tests. */
void scene_dump(const struct scene *scene, struct text *out);

#endif
