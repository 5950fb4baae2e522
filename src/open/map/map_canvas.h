/* SPDX-License-Identifier: EUPL-1.2 */
/* map/map_canvas.h - one panel while it is drawn. */
#ifndef MAP_MAP_CANVAS_H
#define MAP_MAP_CANVAS_H

#include "map/map_impl.h"

/* An arc on the page. */
struct map_page_arc {
    const double *xy;
    size_t count;
};

/* Items by their keys, those of one key in the order they came in. */
struct map_order {
    uint32_t *items;
    size_t *starts; /* [key] where its first item is; one more at the end */
};
/* Keys are [item], below `bins`; without `items` these are 0 to count - 1. */
struct map_order map_order_make(struct arena *arena, const unsigned *keys,
                                const uint32_t *items, size_t count,
                                size_t bins);

#define MAP_NO_AREA UINT32_MAX

/* MAP_CIRCLES: on the page. */
struct map_circle {
    size_t value;
    double x, y, radius;
};

struct map_canvas {
    struct arena *scratch; /* of what goes when the panels are drawn */
    struct map_view *view;
    const struct geo_panel *panel;
    size_t index;
    const unsigned *looks;    /* [area of the level] alike when equal */
    const uint32_t *areas;    /* of the panel, as they are drawn */
    const uint32_t *own_arcs; /* of the panel */
    size_t area_count, own_arc_count;
    struct map_box frame, box, drawing; /* on the page */
    double pt_per_m;
    double small_pt;            /* labels and scale bars */
    double label_pt;            /* labels, where all are smaller than that */
    bool barred;                /* has a scale bar */
    double line_scale;          /* of borders, smaller on small maps */
    bool crowded;               /* too many areas for borders between them */
    struct map_circle *circles; /* MAP_CIRCLES: of the panel, the largest first;
                                   room for all areas */
    size_t circle_count;
    /* [arc of the level], those of this panel filled */
    uint32_t (*sides)[2];      /* areas on both sides, or MAP_NO_AREA */
    unsigned char *corners;    /* that thinning leaves */
    struct map_page_arc *arcs; /* not of a crowded panel, which has */
    const int32_t *places;     /* lines as a mosaic has them */
    const uint32_t *starts;    /* [arc of the level, and one more] */
    double *line;              /* room for the one that is asked for */
};

/* Areas of the panel by value, each chained to the next one: an alias. */
struct map_chains {
    size_t *first; /* [value] or MAP_NO_VALUE */
    size_t *next;  /* [area] or MAP_NO_VALUE */
};
/* Whether an area is the first one of its alias, or in none. */
static inline bool map_leads(const struct map_canvas *canvas,
                             const struct map_chains *chains, size_t area)
{
    size_t value = canvas->view->value_of[area];
    return value == MAP_NO_VALUE || chains->first[value] == area;
}

static inline size_t map_arc_of(int32_t walk)
{
    return (size_t)(walk < 0 ? ~walk : walk);
}

/* Divides the frame into label, box and drawing, and sets the scale. */
void map_divide_frame(struct map_canvas *canvas);
/* Takes the arcs of the panel to the page, and notes their sides. */
void map_arcs(struct map_canvas *canvas);
/* A look as a number below MAP_LOOKS, in the order that a crowd is drawn in. */
enum {
    MAP_LOOKS = AVAILABILITY_COUNT + 3 + MAP_CLASSES_MOST * MAP_CERTAINTIES
};
int map_look_number(struct map_look look);
/* A crowded panel: its areas in the order that they are drawn in, and they
 * themselves, as a mosaic. */
void map_crowd_order(struct map_canvas *canvas);
void map_crowd_draw(const struct map_canvas *canvas,
                    const struct map_chains *chains);
/* An arc on the page; of a crowded panel, until another one is asked for. */
struct map_page_arc map_arc(const struct map_canvas *canvas, size_t arc);
/* The arcs in an order in which each goes on, walked either way, where the one
 * before it ended, as far as one is left that does. */
uint32_t *map_chain(struct arena *arena, const struct geo_level *geo,
                    const uint32_t *arcs, size_t count);
/* Thins a line of `count` points, pairs, in place: of its corners those go
 * whose triangle is smaller than `area`, the smallest first, until `least` are
 * left. Returns how many points stay. */
size_t map_thin(double *xy, size_t count, double area, size_t least);
/* Box, label and scale bar. */
void map_inset(const struct map_canvas *canvas);
/* MAP_LOCATOR: a ring around the area in focus where it is hard to see. */
void map_ring(const struct map_canvas *canvas);
void map_marks(const struct map_canvas *canvas);
/* The box on the page that all panels share. */
struct map_box map_page_box(const struct map_canvas *canvas);
/* Height of what a divided frame keeps for its scale bar. */
double map_bar_strip(const struct map_canvas *canvas);
/* Finds the circles of the panel. Those of a box stay in it, clear of its scale
 * bar. */
void map_circles_place(struct map_canvas *canvas);
/* The largest radius with which the boxes of the panel's circles hold them. */
double map_circles_most(const struct map_canvas *canvas);
void map_circles(const struct map_canvas *canvas);
/* MAP_TILES: the code of each area on its tile. */
void map_codes(const struct map_canvas *canvas);
/* The deepest point of a coarse grid over an area, and how far it lies from
 * the border (negative: outside). */
double map_inner_point(const struct map_canvas *canvas, size_t area, double *x,
                       double *y);

#endif
