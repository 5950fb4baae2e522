/* SPDX-License-Identifier: EUPL-1.2 */
/* geo/geo_impl.h - the steps between a GeoJSON file and a boundary file.
 *
 * source (features with rings of longitude and latitude) -> topology (shared
 * vertices, arcs cut at junctions) -> areas (rings of arcs, one per code) ->
 * panels (projected, simplified, ranked) -> bytes. */
#ifndef GEO_GEO_IMPL_H
#define GEO_GEO_IMPL_H

#include "geo/geo.h"

struct geo_point {
    double x, y; /* degrees before projection, metres after */
};

/* Points of a closed ring, the first one not repeated at the end. */
struct geo_outline {
    struct geo_point *points;
    size_t count;
    size_t polygon; /* of the feature */
    bool hole;      /* not the first ring of its polygon */
};

struct geo_feature {
    size_t number;      /* in the file, from 1 */
    const char *source; /* value of the code field */
    const char *code, *label, *parent, *parent_label;
    struct geo_outline *outlines;
    size_t outline_count;
    size_t outline_capacity;
    struct geo_ring *rings; /* the outlines as arcs, after geo_topology_build */
};

struct geo_source {
    struct geo_feature *features;
    size_t count;
    size_t capacity;
};

/* Reads features of a GeoJSON or TopoJSON file. ERR_INPUT names the feature by
 * number and code: geometries other than polygons, empty ones, rings that do
 * not close or have fewer than four positions, positions that are not degrees.
 */
bool geo_source_read(struct arena *arena, const struct geo_import *job,
                     struct geo_source *out, struct err *err) MUST_USE;
/* Gives each feature its code, label and parent from the list of the job;
 * features that it does not name are removed and reported, as are its codes
 * without feature. */
bool geo_codes_apply(struct arena *arena, const struct geo_import *job,
                     struct geo_source *source, struct text *report,
                     struct err *err) MUST_USE;
/* Names the parents that features have, from the job's list of them. Features
 * without parent are reported; ERR_INPUT when none has one, or one is not in
 * the list. */
bool geo_parents_apply(struct arena *arena, const struct geo_import *job,
                       struct geo_source *source, struct text *report,
                       struct err *err) MUST_USE;

/* Where a panel takes its areas from. */
struct geo_frame {
    struct geo_panel panel; /* id, labels, epsg, frame, scale bar, boxed */
    char **levels;          /* only for these; none: for all */
    size_t level_count;
    double west, south, east, north; /* degrees: centres of areas within */
    char **codes;                    /* prefixes of codes, instead of the box */
    size_t code_count;
    double detail; /* multiplies the tolerance */
};
struct geo_layout {
    const char *name;
    struct geo_frame *frames;
    size_t count;
    size_t capacity;
};
bool geo_layout_read(struct arena *arena, const char *path,
                     struct geo_layout *out, struct err *err) MUST_USE;
/* One frame over the whole grid that takes everything. */
void geo_layout_single(struct arena *arena, struct geo_layout *out);

/* The place of a panel, or panel_count. */
size_t geo_panel_find(const struct geo_level *geo, const char *id);
/* [panel] SIZE_MAX: none is kept. */
size_t *geo_parts_none(struct arena *arena, const struct geo_level *geo);
/* Gives a level the areas of another one that are kept (NULL: all), in the
 * panels that have a place, and the arcs they use. */
void geo_parts_copy(struct arena *arena, const struct geo_level *from,
                    const size_t *places, const bool *kept,
                    struct geo_level *level);

/* An arc as vertex numbers; a closed arc repeats its first vertex. */
struct geo_chain {
    const uint32_t *vertices;
    size_t count;
};
struct geo_topology {
    struct geo_point *vertices; /* degrees, each place once */
    size_t vertex_count;
    struct geo_chain *chains;
    size_t chain_count;
};
/* Vertices are the same place when they agree to 1e-6 degree. Fills the
 * features' rings. */
void geo_topology_build(struct arena *arena, struct geo_source *source,
                        struct geo_topology *out);

/* What no map can be drawn from. ERR_INPUT names the features by number and
 * code, and the place: a code with anything but letters, digits, '-', '_' and
 * '.'; a feature without surface; a hole outside its polygon or in another
 * hole; a border that crosses itself or another one; features on the same side
 * of a border; slivers, gaps or overlaps of a few metres between borders that
 * should be one. Rings of fewer than three places are only reported. */
bool geo_check_codes(const struct geo_source *source, struct err *err) MUST_USE;
bool geo_check(struct arena *arena, const struct geo_source *source,
               const struct geo_topology *topology, struct text *report,
               struct err *err) MUST_USE;

/* Features along each other that meet nowhere, nearer than a metre at two
 * places or more: ERR_INPUT names them. owners[chain] is the only feature
 * beside it, NULL where there are two. */
bool geo_check_strips(struct arena *arena, const struct geo_topology *topology,
                      const struct geo_feature *const *owners,
                      struct err *err) MUST_USE;

/* Two edges that cross, as chains, and where they do. */
struct geo_crossing {
    size_t chain[2];
    struct geo_point at;
};
/* Whether any two edges of the chains cross each other in their insides;
 * meeting in an end or lying along each other is no crossing. Exact: places
 * are whole numbers. */
bool geo_crossing_find(const struct geo_topology *topology,
                       struct geo_crossing *out);

/* An area before it is put into panels. */
struct geo_shape {
    const char *code, *label, *parent;
    struct geo_ring *rings;
    size_t ring_count;
};
/* One shape per code, in byte order of codes: arcs that a shape uses twice are
 * inside it and vanish. */
size_t geo_dissolve(struct arena *arena, const struct geo_source *source,
                    const struct geo_topology *topology,
                    struct geo_shape **out);

/* Surface beside a line: `sign` is 1 when it grows with the integral of
 * x dy - y dx along the line, -1 when it shrinks. */
struct geo_side {
    size_t surface; /* its number; SIZE_MAX: none */
    double sign;
};
struct geo_surface {
    double area2;   /* twice its area, square metres */
    double change2; /* what simplifying has added to it */
};
/* Polyline of a panel, in metres. */
struct geo_line {
    struct geo_point *points;
    size_t count;
    size_t keep; /* at least so many points stay */
    struct geo_side sides[2];
};
/* Weighted Visvalingam: removes points while the triangle they make with
 * their neighbours, weighted down when flat, is under tolerance^2; never a
 * line's ends, never across another point, so that no borders cross, and never
 * what would change a surface beside the line by more than GEO_CHANGE_MOST of
 * it, all removals together. */
#define GEO_CHANGE_MOST 0.008
void geo_simplify(struct arena *arena, struct geo_line *lines, size_t count,
                  struct geo_surface *surfaces, double tolerance_m);

struct geo_projection;
/* From GEO_EPSG_CENTRED on: Lambert azimuthal equal-area. */
bool geo_projection_open(int epsg, struct geo_projection **out,
                         struct err *err) MUST_USE;
/* The number of the equal-area projection at a centre, whole degrees. */
int geo_epsg_centred(struct geo_point centre);
bool geo_project(struct geo_projection *projection, struct geo_point *point,
                 struct err *err) MUST_USE;
/* Metres back to degrees. */
bool geo_unproject(struct geo_projection *projection, struct geo_point *point,
                   struct err *err) MUST_USE;
void geo_projection_close(struct geo_projection *projection); /* or NULL */

/* Panels of a level while it grows. */
struct geo_builder {
    struct arena *arena;
    const struct geo_topology *topology;
    double tolerance_m;
    struct geo_panel *panels;
    size_t panel_count, panel_capacity;
    struct geo_arc *arcs;
    size_t arc_count, arc_capacity;
    struct geo_area *areas;
    size_t area_count, area_capacity;
};
/* Adds the panel of a frame: `features` are its features by their own codes,
 * `shapes` the areas dissolved from them. */
bool geo_panel_build(struct geo_builder *builder, const struct geo_frame *frame,
                     const struct geo_source *features,
                     const struct geo_shape *shapes, size_t shape_count,
                     struct err *err) MUST_USE;

/* Twice the signed area of a polygon given by arcs, in square decimetres. */
double geo_ring_area2(const struct geo_level *geo, const struct geo_ring *ring);
/* Even-odd: is a point (decimetres from the panel's corner) inside a ring? */
bool geo_ring_holds(const struct geo_level *geo, const struct geo_ring *ring,
                    double x, double y);
/* Is a ring in an odd number of the others? */
bool geo_ring_is_hole(const struct geo_level *geo, const struct geo_ring *rings,
                      size_t count, size_t ring);
/* Point of an arc as walked: `at` counts from the start of the walk. */
static inline const int32_t *geo_arc_point(const struct geo_level *geo,
                                           int32_t walk, size_t at)
{
    const struct geo_arc *arc = &geo->arcs[walk < 0 ? ~walk : walk];
    return arc->xy + 2 * (walk < 0 ? arc->count - 1 - at : at);
}

/* A level on the globe: the rings of its areas as polygons, and the places of
 * its arcs in millionths of a degree. */
struct geo_polygon {
    const struct geo_ring **rings; /* the first holds the others */
    size_t count;
};
struct geo_outlined {
    const struct geo_area *area;
    struct geo_polygon *polygons;
    size_t count;
};
struct geo_globe {
    const struct geo_level *geo;
    struct geo_outlined *areas; /* each code once */
    size_t area_count;
    int32_t **places; /* [arc] pairs; NULL: no area uses it */
};
bool geo_globe_make(struct arena *arena, const struct geo_level *geo,
                    struct geo_globe *out, struct err *err) MUST_USE;

/* A boundary file is a head (magic, version, checksum) and a body. */
#define GEO_HEAD_SIZE 16
void geo_encode(const struct geo_level *geo, struct text *out);
void geo_head_make(const void *body, size_t size, char head[GEO_HEAD_SIZE]);
/* Checks the head of a whole file. */
bool geo_head_check(const void *bytes, size_t size, struct err *err) MUST_USE;
/* Takes any bytes: what is not a body is ERR_INPUT with the offset in the
 * file. What it accepts is safe to draw. */
bool geo_decode(struct arena *open, const void *body, size_t size,
                struct geo_level *out, struct err *err) MUST_USE;
/* Reads and checks a whole file, named in messages. */
bool geo_load(struct arena *open, const char *path, struct geo_level *out,
              struct err *err) MUST_USE;

#endif
