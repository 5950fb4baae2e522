/* SPDX-License-Identifier: EUPL-1.2 */
/* geo/geo.h - boundaries: one compact file per level, ready to draw.
 *
 * A boundary file holds one level of one country as panels (mainland, each
 * overseas territory, a zoom), each already projected to metres, with shared
 * arcs and areas as rings of arcs, keyed by code. Made by `panorama geo
 * import`; read here. Nothing is projected at render time. The bytes of the
 * file are described in geo/FORMAT.md. */
#ifndef GEO_GEO_H
#define GEO_GEO_H

#include "base/err.h"
#include "base/text.h"
#include "model/code.h"
#include "model/locale.h"

/* Side of the layout grid on which panels have their frames, y downwards. */
#define GEO_GRID 10000
/* Panels of a level at most. */
#define GEO_PANELS_MOST UINT16_MAX
#define GEO_EPSG_CENTRED 900000

struct geo_panel {
    const char *id;                /* "metropole", "971", "petite-couronne" */
    const char *label[LANG_COUNT]; /* shown above insets, "" main panel */
    int epsg; /* from GEO_EPSG_CENTRED on: 361 x (latitude + 90) + longitude
                 + 180 above it, an equal-area projection centred there */
    double min_x, min_y, max_x, max_y; /* metres, y upwards */
    double frame_x, frame_y, frame_width, frame_height;
    double scale_bar_km; /* 0: none */
    bool boxed;
};

struct geo_arc {
    const int32_t *xy; /* decimetres relative to the panel's min corner */
    uint32_t count;    /* points, at least 2 */
    uint16_t panel;
    unsigned char rank; /* 0 coast or outer border, 1 parent level, 2 level */
};

struct geo_ring {
    const int32_t *arcs; /* arc index, or ~index when walked backwards */
    size_t count;
};

/* Outer rings run clockwise on the page and holes the other way, so that the
 * even-odd and the non-zero rule fill the same. */
struct geo_area {
    const char *code;
    const char *label;
    size_t panel;
    const struct geo_ring *rings;
    size_t ring_count;
};

struct geo_level {
    const char *level;   /* "departement" */
    const char *layout;  /* "france" */
    const char *vintage; /* printed on maps: "Natural Earth, ..." */
    const char *licence;
    const struct geo_panel *panels;
    size_t panel_count;
    const struct geo_arc *arcs;
    size_t arc_count;
    const struct geo_area *areas; /* an area may appear in two panels */
    size_t area_count;
};

/* The directory that holds LEVEL.geo: PROJECT/geo, else the program's own. */
const char *geo_directory(struct arena *arena, const char *project,
                          const char *level);

/* Reads DIRECTORY/LEVEL.geo. *out is NULL, without error, when there is no
 * such file: a missing boundary gives words instead of a map. ERR_INPUT names
 * the file and offset for a damaged one. */
bool geo_read(struct arena *open, const char *directory, const char *level,
              const struct geo_level **out, struct err *err) MUST_USE;

/* The file of a layout: NAME.layout.csv in PROJECT/geo or beside the program's
 * own; what has a '/' or ends in .csv is a path already, "" stays. */
const char *geo_layout_path(struct arena *arena, const char *project,
                            const char *name);
/* Adds to a failure about a layout's file the name that may have been meant, or
 * those that there are, in PROJECT/geo and beside the program, where no file
 * has this one; not to those of paths and of "". Always false. */
bool geo_layout_near(struct arena *arena, const char *project, const char *name,
                     struct err *err);
/* The level with the panels of a layout that it has, in the layout's frames;
 * what stands in other panels is left out. ERR_INPUT when it has none of
 * them. */
bool geo_layout_apply(struct arena *arena, const struct geo_level *geo,
                      const char *path, const struct geo_level **out,
                      struct err *err) MUST_USE;
/* One région on a panel of its own: its areas, for which inside[area of *out]
 * is true, and behind them those that touch them, cut at a window around the
 * région, with borders of their own. An area is in the région when its middle
 * is, or when it touches it and its middle is in no région, as on a coast that
 * is drawn coarser: `regions` and the level should come from one source.
 * ERR_INPUT for a code that is no région, or one in which no area lies. */
bool geo_region_cut(struct arena *arena, const struct geo_level *geo,
                    const struct geo_level *regions, const char *code,
                    const struct geo_level **out, const bool **inside,
                    struct err *err) MUST_USE;

/* Surface of an area as drawn, in square kilometres. */
double geo_area_km2(const struct geo_level *geo, size_t area);

/* Which areas of a level touch: those that share an arc, in any panel. Areas
 * that meet in a point only do not, nor do those across water. */
struct geo_neighbours {
    const char *const *codes;   /* [count], each once, in byte order */
    const size_t *const *lists; /* [count], each [sizes[i]]: places in codes */
    const size_t *sizes;
    size_t count;
};
void geo_neighbours_find(struct arena *arena, const struct geo_level *geo,
                         struct geo_neighbours *out);
/* Where a code stands in them; the code must be one of the level's. */
size_t geo_neighbours_place(const struct geo_neighbours *all, const char *code);

struct geo_import {
    const char *input; /* GeoJSON or TopoJSON file, longitude and latitude */
    const char *level; /* level of the features */
    const char *code_field; /* property holding the code */
    const char *codes; /* CSV of features, or "": then codes are used as they
                          are, and labels come from the property "nom" or
                          "name". Columns: `source` (what the code field
                          holds; else `code`), `code` (else the column named
                          as the code field), and, if it has them, `label`
                          or `nom`, the parent field or `parent`, and
                          `parent_label` */
    const char *parent_field; /* property, or column of `codes`, with the
                                 parent's code; "": `parent` of `codes` */
    const char *parents;  /* CSV naming parents, its first column the code and
                             its second the label; "": `parent_label`, or the
                             codes themselves */
    const char *layout;   /* path of a NAME.layout.csv; "": one panel */
    const char *dissolve; /* "" or the parent level to dissolve to */
    double tolerance_m;   /* simplification, 0 none; finer in insets */
    const char *vintage, *licence;
    const char *output;
};
/* Finds shared arcs, projects, simplifies, writes; features of one code become
 * one area. Simplification is of the features' own level, so that a dissolved
 * level overlays it; features without parent are in no area of it. `report`
 * gets areas, unmatched features and codes without feature (never dropped
 * silently). */
bool geo_import(const struct geo_import *job, struct text *report,
                struct err *err) MUST_USE;
/* A published value of an area, as `panorama map` reads it. */
struct geo_value {
    const char *code;
    enum availability availability;
    double value; /* only when AVAILABLE */
    bool has_interval;
    double lower, upper;
    unsigned flags;
};

struct geo_export {
    const char *input; /* boundary file */
    bool topojson;     /* else GeoJSON */
    const struct geo_value *values;
    size_t value_count;
    bool with_values; /* areas have value, status and flags, those without a
                         row status x */
    const char *output;
};
/* Writes a level in longitude and latitude, each code once, at its true place:
 * not where an inset stands. GeoJSON as RFC 7946 says, TopoJSON with shared
 * arcs on a grid of a millionth of a degree; both are imported again to the
 * same points. A value that is not published has a status and no number.
 * `report` gets codes without area. ERR_INPUT for a code given twice, or a
 * value that is not published and has a number or an interval. */
bool geo_export(const struct geo_export *job, struct text *report,
                struct err *err) MUST_USE;

/* Describes a boundary file: panels, arcs, points, and each area with its
 * surface and neighbours. */
bool geo_info(const char *path, struct text *report, struct err *err) MUST_USE;

#endif
