/* SPDX-License-Identifier: EUPL-1.2 */
/* GeoJSON (RFC 7946) and TopoJSON into features with plain outlines.
 *
 * TopoJSON's arcs are expanded: their shared points are equal to the last
 * bit, and the topology is found again from the outlines, by one path for
 * both formats. */
#include <math.h>
#include <string.h>

#include "base/fs.h"
#include "base/json.h"
#include "geo/geo_impl.h"

/* The arcs of a TopoJSON file, decoded; none for GeoJSON. */
struct reader {
    struct arena *arena;
    const struct geo_import *job;
    struct geo_source *source;
    struct geo_outline *arcs;
    size_t arc_count;
    size_t seen; /* features begun */
    struct err *err;
};

static bool fail(struct reader *reader, const char *what)
{
    return err_fail(reader->err, ERR_INPUT, "geo.source", "%s", what);
}

static bool read_pair(struct reader *reader, const struct json *pair,
                      struct geo_point *out)
{
    const struct json *x = pair->kind == JSON_ARRAY ? pair->child : NULL;
    const struct json *y = x ? x->next : NULL;
    if (!y || x->kind != JSON_NUMBER || y->kind != JSON_NUMBER)
        return fail(reader, "a position is not a pair of numbers");
    out->x = x->number;
    out->y = y->number;
    return true;
}

static bool check_degrees(struct reader *reader, struct geo_point point)
{
    if (fabs(point.x) <= 180 && fabs(point.y) <= 90)
        return true;
    return err_fail(reader->err, ERR_INPUT, "geo.degrees",
                    "position %.9g, %.9g is not longitude and latitude in "
                    "degrees: convert the file to WGS 84 (EPSG:4326)",
                    point.x, point.y);
}

/* The ring is closed: its last position is left out. */
static bool add_outline(struct reader *reader, struct geo_feature *feature,
                        struct geo_outline outline)
{
    if (outline.count < 4)
        return err_fail(reader->err, ERR_INPUT, "geo.ring",
                        "a ring has fewer than four positions");
    const struct geo_point *first = outline.points;
    const struct geo_point *last = first + outline.count - 1;
    if (first->x != last->x || first->y != last->y)
        return err_fail(reader->err, ERR_INPUT, "geo.unclosed",
                        "a ring is not closed: it begins at %.9g, %.9g and "
                        "ends at %.9g, %.9g",
                        first->x, first->y, last->x, last->y);
    outline.count--;
    feature->outlines =
        arena_grow(reader->arena, feature->outlines, feature->outline_count,
                   &feature->outline_capacity, sizeof *feature->outlines);
    feature->outlines[feature->outline_count++] = outline;
    return true;
}

static bool read_ring(struct reader *reader, const struct json *ring,
                      struct geo_outline *out)
{
    if (ring->kind != JSON_ARRAY)
        return fail(reader, "a ring is not an array of positions");
    out->points = arena_array(reader->arena, ring->count, sizeof *out->points);
    for (const struct json *at = ring->child; at; at = at->next) {
        struct geo_point point = {0};
        if (!read_pair(reader, at, &point) || !check_degrees(reader, point))
            return false;
        out->points[out->count++] = point;
    }
    return true;
}

/* NULL, with the error, for a number that is no arc. */
static const struct geo_outline *find_arc(struct reader *reader,
                                          const struct json *at)
{
    double number = at->kind == JSON_NUMBER ? at->number : 0.5;
    double index = number < 0 ? -1 - number : number;
    if (index == floor(index) && index < (double)reader->arc_count)
        return &reader->arcs[(size_t)index];
    fail(reader, "a ring names an arc that does not exist");
    return NULL;
}

static bool add_arc(struct reader *reader, const struct geo_outline *arc,
                    bool backwards, struct geo_outline *out, size_t *capacity)
{
    struct geo_point first = arc->points[backwards ? arc->count - 1 : 0];
    struct geo_point last = out->count ? out->points[out->count - 1] : first;
    if (first.x != last.x || first.y != last.y)
        return err_fail(reader->err, ERR_INPUT, "geo.unclosed",
                        "the arcs of a ring do not meet at %.9g, %.9g", first.x,
                        first.y);
    for (size_t i = out->count > 0; i < arc->count; i++) {
        out->points = arena_grow(reader->arena, out->points, out->count,
                                 capacity, sizeof *out->points);
        out->points[out->count++] =
            arc->points[backwards ? arc->count - 1 - i : i];
    }
    return true;
}

/* A TopoJSON ring: arc numbers, ~number when walked backwards; the last point
 * of an arc is the first of the next. */
static bool read_arc_ring(struct reader *reader, const struct json *ring,
                          struct geo_outline *out)
{
    size_t capacity = 0;
    if (ring->kind != JSON_ARRAY)
        return fail(reader, "a ring is not an array of arcs");
    for (const struct json *at = ring->child; at; at = at->next) {
        const struct geo_outline *arc = find_arc(reader, at);
        if (!arc || !add_arc(reader, arc, at->number < 0, out, &capacity))
            return false;
    }
    return true;
}

static bool read_polygon(struct reader *reader, struct geo_feature *feature,
                         const struct json *polygon)
{
    size_t number = 0;
    if (feature->outline_count > 0)
        number = feature->outlines[feature->outline_count - 1].polygon + 1;
    if (polygon->kind != JSON_ARRAY)
        return fail(reader, "a polygon is not an array of rings");
    for (const struct json *ring = polygon->child; ring; ring = ring->next) {
        struct geo_outline outline = {.polygon = number,
                                      .hole = ring != polygon->child};
        bool ok = reader->arcs ? read_arc_ring(reader, ring, &outline)
                               : read_ring(reader, ring, &outline);
        if (!ok || !add_outline(reader, feature, outline))
            return false;
    }
    return true;
}

static bool read_geometry(struct reader *reader, struct geo_feature *feature,
                          const struct json *geometry);

static bool read_collection(struct reader *reader, struct geo_feature *feature,
                            const struct json *collection)
{
    const struct json *parts = json_get(collection, "geometries");
    if (!parts || parts->kind != JSON_ARRAY)
        return fail(reader, "a GeometryCollection has no array 'geometries'");
    for (const struct json *at = parts->child; at; at = at->next) {
        if (!read_geometry(reader, feature, at))
            return false;
    }
    return true;
}

static bool read_geometry(struct reader *reader, struct geo_feature *feature,
                          const struct json *geometry)
{
    const char *type = json_get_text(geometry, "type");
    bool one = text_same(type, "Polygon");
    if (text_same(type, "GeometryCollection"))
        return read_collection(reader, feature, geometry);
    if (!one && !text_same(type, "MultiPolygon"))
        return err_fail(reader->err, ERR_INPUT, "geo.geometry",
                        "geometry '%s', expected Polygon or MultiPolygon",
                        type);
    const struct json *rings =
        json_get(geometry, reader->arcs ? "arcs" : "coordinates");
    if (!rings || rings->kind != JSON_ARRAY)
        return err_fail(reader->err, ERR_INPUT, "geo.geometry",
                        "a geometry has no array '%s'",
                        reader->arcs ? "arcs" : "coordinates");
    if (one)
        return read_polygon(reader, feature, rings);
    for (const struct json *at = rings->child; at; at = at->next) {
        if (!read_polygon(reader, feature, at))
            return false;
    }
    return true;
}

/* Codes that a tool wrote as numbers are taken when they are whole. */
static const char *property_text(struct reader *reader,
                                 const struct json *properties,
                                 const char *name)
{
    const struct json *value = properties ? json_get(properties, name) : NULL;
    if (value && value->kind == JSON_NUMBER &&
        value->number == floor(value->number) && fabs(value->number) < 1e15)
        return arena_format(reader->arena, "%.0f", value->number);
    return value && value->kind == JSON_TEXT
               ? arena_text(reader->arena, value->text)
               : "";
}

/* The code is a property, or the feature's own member 'id'. */
static bool name_feature(struct reader *reader, const struct json *holder,
                         struct geo_feature *feature)
{
    const struct json *properties = json_get(holder, "properties");
    feature->source =
        property_text(reader, properties, reader->job->code_field);
    if (*feature->source == '\0' && text_same(reader->job->code_field, "id"))
        feature->source = property_text(reader, holder, "id");
    if (*feature->source == '\0')
        return err_fail(reader->err, ERR_INPUT, "geo.code",
                        "no property '%s' holding the code",
                        reader->job->code_field);
    feature->code = feature->source;
    feature->label = property_text(reader, properties, "nom");
    if (*feature->label == '\0')
        feature->label = property_text(reader, properties, "name");
    if (*feature->label == '\0')
        feature->label = feature->code;
    feature->parent = feature->parent_label = "";
    if (*reader->job->parent_field != '\0')
        feature->parent =
            property_text(reader, properties, reader->job->parent_field);
    return true;
}

static bool read_feature(struct reader *reader, const struct json *holder,
                         const struct json *geometry)
{
    struct geo_source *source = reader->source;
    struct geo_feature feature = {.number = ++reader->seen};
    if (holder->kind != JSON_OBJECT)
        return err_fail(reader->err, ERR_INPUT, "geo.source",
                        "feature %zu: not an object", feature.number);
    if (!name_feature(reader, holder, &feature))
        return err_wrap(reader->err, "feature %zu", feature.number);
    bool ok = geometry && geometry->kind == JSON_OBJECT;
    if (!ok)
        err_fail(reader->err, ERR_INPUT, "geo.empty", "no geometry");
    ok = ok && read_geometry(reader, &feature, geometry);
    if (ok && feature.outline_count == 0)
        ok = err_fail(reader->err, ERR_INPUT, "geo.empty",
                      "its geometry is empty");
    if (!ok)
        return err_wrap(reader->err, "feature %zu '%s'", feature.number,
                        feature.source);
    source->features =
        arena_grow(reader->arena, source->features, source->count,
                   &source->capacity, sizeof *source->features);
    source->features[source->count++] = feature;
    return true;
}

static bool read_geojson(struct reader *reader, const struct json *root)
{
    const struct json *features = json_get(root, "features");
    if (!features || features->kind != JSON_ARRAY)
        return fail(reader, "no array 'features'");
    for (const struct json *at = features->child; at; at = at->next) {
        if (!read_feature(reader, at, json_get(at, "geometry")))
            return false;
    }
    return true;
}

/* --- TopoJSON ------------------------------------------------------------ */

struct quantisation {
    bool deltas;
    struct geo_point scale, translate;
};

static bool read_quantisation(struct reader *reader, const struct json *root,
                              struct quantisation *out)
{
    *out = (struct quantisation){.scale = {1, 1}};
    const struct json *transform = json_get(root, "transform");
    if (!transform)
        return true;
    const struct json *scale =
        transform->kind == JSON_OBJECT ? json_get(transform, "scale") : NULL;
    const struct json *translate =
        scale ? json_get(transform, "translate") : NULL;
    if (!translate)
        return fail(reader, "'transform' has no 'scale' and 'translate'");
    out->deltas = true;
    return read_pair(reader, scale, &out->scale) &&
           read_pair(reader, translate, &out->translate);
}

static bool read_arc(struct reader *reader, const struct json *arc,
                     const struct quantisation *quantisation,
                     struct geo_outline *out)
{
    if (arc->kind != JSON_ARRAY || arc->count < 2)
        return fail(reader, "an arc has fewer than two positions");
    out->points = arena_array(reader->arena, arc->count, sizeof *out->points);
    struct geo_point sum = {0};
    for (const struct json *at = arc->child; at; at = at->next) {
        struct geo_point point = {0};
        if (!read_pair(reader, at, &point))
            return false;
        if (quantisation->deltas) {
            sum.x += point.x;
            sum.y += point.y;
            point.x = sum.x * quantisation->scale.x + quantisation->translate.x;
            point.y = sum.y * quantisation->scale.y + quantisation->translate.y;
        }
        if (!check_degrees(reader, point))
            return false;
        out->points[out->count++] = point;
    }
    return true;
}

static bool read_arcs(struct reader *reader, const struct json *root)
{
    const struct json *arcs = json_get(root, "arcs");
    struct quantisation quantisation;
    if (!arcs || arcs->kind != JSON_ARRAY || arcs->count == 0)
        return fail(reader, "no array 'arcs'");
    if (!read_quantisation(reader, root, &quantisation))
        return false;
    reader->arcs =
        arena_array(reader->arena, arcs->count, sizeof *reader->arcs);
    for (const struct json *at = arcs->child; at; at = at->next) {
        struct geo_outline *arc = &reader->arcs[reader->arc_count];
        if (!read_arc(reader, at, &quantisation, arc))
            return err_wrap(reader->err, "arc %zu", reader->arc_count);
        reader->arc_count++;
    }
    return true;
}

/* The object that is imported: the only one. */
static const struct json *find_object(struct reader *reader,
                                      const struct json *root)
{
    const struct json *objects = json_get(root, "objects");
    const struct json *object = objects ? objects->child : NULL;
    if (object && object->kind == JSON_OBJECT && !object->next)
        return object;
    struct text names = text_new(reader->arena);
    for (; object; object = object->next)
        text_format(&names, " '%s'", object->key);
    err_fail(reader->err, ERR_INPUT, "geo.source",
             "expected one entry in 'objects', found%s",
             names.size > 0 ? names.at : " none");
    return NULL;
}

static bool read_topojson(struct reader *reader, const struct json *root)
{
    const struct json *object = find_object(reader, root);
    if (!object || !read_arcs(reader, root))
        return false;
    if (!text_same(json_get_text(object, "type"), "GeometryCollection"))
        return read_feature(reader, object, object);
    const struct json *geometries = json_get(object, "geometries");
    if (!geometries || geometries->kind != JSON_ARRAY)
        return fail(reader, "no array 'geometries'");
    for (const struct json *at = geometries->child; at; at = at->next) {
        if (!read_feature(reader, at, at))
            return false;
    }
    return true;
}

static bool read_root(struct reader *reader, const struct json *root)
{
    const char *type =
        root->kind == JSON_OBJECT ? json_get_text(root, "type") : "";
    if (text_same(type, "FeatureCollection"))
        return read_geojson(reader, root);
    if (text_same(type, "Topology"))
        return read_topojson(reader, root);
    return fail(reader, "neither a GeoJSON FeatureCollection nor a TopoJSON "
                        "Topology");
}

static bool read_file(struct reader *reader, struct arena *scratch)
{
    const char *path = reader->job->input;
    char *bytes = NULL;
    size_t size = 0;
    const struct json *root = NULL;
    if (!fs_read(scratch, path, &bytes, &size, reader->err))
        return false;
    /* programs for Windows write a byte order mark */
    size_t mark = text_starts(bytes, "\xEF\xBB\xBF") ? 3 : 0;
    if (!json_parse(scratch, path, bytes + mark, size - mark, &root,
                    reader->err))
        return false;
    return read_root(reader, root) || err_wrap(reader->err, "%s", path);
}

/* The tree of the file is ten times its outlines: it goes first. */
bool geo_source_read(struct arena *arena, const struct geo_import *job,
                     struct geo_source *out, struct err *err)
{
    struct geo_source source = {0};
    struct reader reader = {
        .arena = arena, .job = job, .source = &source, .err = err};
    struct arena *scratch = arena_new();
    bool ok = read_file(&reader, scratch);
    arena_free(scratch);
    if (!ok)
        return false;
    if (source.count == 0)
        return err_fail(err, ERR_INPUT, "geo.source", "%s: no feature",
                        job->input);
    *out = source;
    return true;
}
