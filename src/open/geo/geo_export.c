/* SPDX-License-Identifier: EUPL-1.2 */
/* GeoJSON and TopoJSON of a level, with published values.
 *
 * RFC 7946: outer rings run counterclockwise, holes clockwise, the other way
 * round than on the page; TopoJSON's follow them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/map.h"
#include "base/num.h"
#include "geo/geo_impl.h"

struct exporter {
    struct arena *arena;
    const struct geo_export *job;
    struct geo_level geo;
    struct geo_globe globe;
    struct map *rows; /* code -> value */
    size_t *numbers;  /* [arc] 1 + its number in TopoJSON, 0: none yet */
    struct text out;
    struct err *err;
};

static size_t arc_of(int32_t walk)
{
    return (size_t)(walk < 0 ? ~walk : walk);
}

/* --- values -------------------------------------------------------------- */

static bool list_values(struct exporter *exporter)
{
    exporter->rows = map_new(exporter->arena);
    for (size_t v = 0; v < exporter->job->value_count; v++) {
        const struct geo_value *value = &exporter->job->values[v];
        if (!map_put(exporter->rows, value->code, strlen(value->code), (int)v))
            return err_fail(exporter->err, ERR_INPUT, "values.twice",
                            "code '%s' has two values", value->code);
        if (value->availability != AVAILABLE && value->has_interval)
            return err_fail(exporter->err, ERR_INPUT, "values.interval",
                            "code '%s': a value that is not published has an "
                            "interval",
                            value->code);
    }
    return true;
}

static void add_number(struct text *out, const char *name, double value)
{
    text_format(out, ",\"%s\":", name);
    num_print_shortest(out, value);
}

/* Only what is published has numbers. */
static void add_value(struct exporter *exporter, const struct geo_value *value)
{
    struct text *out = &exporter->out;
    enum availability status = value ? value->availability : NOT_AVAILABLE;
    if (status == AVAILABLE)
        add_number(out, "value", value->value);
    else
        text_add(out, ",\"value\":null");
    if (status == AVAILABLE && value->has_interval) {
        add_number(out, "lower", value->lower);
        add_number(out, "upper", value->upper);
    }
    text_format(out, ",\"status\":\"%c\",\"flags\":\"%s\"",
                availability_letter(status),
                value ? flag_letters(exporter->arena, value->flags) : "");
}

static void add_properties(struct exporter *exporter,
                           const struct geo_area *area)
{
    struct text *out = &exporter->out;
    text_add(out, "\"properties\":{\"code\":");
    text_add_json(out, area->code);
    text_add(out, ",\"nom\":");
    text_add_json(out, area->label);
    if (exporter->job->with_values) {
        int row = map_get(exporter->rows, area->code, strlen(area->code));
        add_value(exporter, row < 0 ? NULL : &exporter->job->values[row]);
    }
    text_add(out, "}");
}

static void report_codes(const struct exporter *exporter, struct text *report)
{
    struct map *drawn = map_new(exporter->arena);
    for (size_t a = 0; a < exporter->globe.area_count; a++) {
        const char *code = exporter->globe.areas[a].area->code;
        map_put(drawn, code, strlen(code), 0);
    }
    for (size_t v = 0; v < exporter->job->value_count; v++) {
        const char *code = exporter->job->values[v].code;
        if (map_get(drawn, code, strlen(code)) < 0)
            text_format(report, "code without area: %s\n", code);
    }
}

/* --- geometry ------------------------------------------------------------ */

static void add_degrees(struct text *out, int32_t place)
{
    num_print_shortest(out, place / 1e6);
}

/* Walks the ring backwards: the first point again at the end. */
static void add_ring(struct exporter *exporter, const struct geo_ring *ring)
{
    struct text *out = &exporter->out;
    const char *between = "[";
    for (size_t i = ring->count; i-- > 0;) {
        size_t arc = arc_of(ring->arcs[i]);
        size_t count = exporter->geo.arcs[arc].count;
        for (size_t k = i + 1 < ring->count; k < count; k++) {
            size_t at = ring->arcs[i] < 0 ? k : count - 1 - k;
            const int32_t *place = exporter->globe.places[arc] + 2 * at;
            text_format(out, "%s[", between);
            add_degrees(out, place[0]);
            text_add(out, ",");
            add_degrees(out, place[1]);
            text_add(out, "]");
            between = ",";
        }
    }
    text_add(out, "]");
}

static void add_arcs(struct exporter *exporter, const struct geo_ring *ring)
{
    const char *between = "[";
    for (size_t i = ring->count; i-- > 0;) {
        int32_t walk = ~ring->arcs[i];
        long number = (long)exporter->numbers[arc_of(walk)] - 1;
        text_format(&exporter->out, "%s%ld", between,
                    walk < 0 ? -1 - number : number);
        between = ",";
    }
    text_add(&exporter->out, "]");
}

static void add_polygon(struct exporter *exporter,
                        const struct geo_polygon *polygon)
{
    for (size_t r = 0; r < polygon->count; r++) {
        text_add(&exporter->out, r ? "," : "[");
        if (exporter->job->topojson)
            add_arcs(exporter, polygon->rings[r]);
        else
            add_ring(exporter, polygon->rings[r]);
    }
    text_add(&exporter->out, "]");
}

/* "type" and the coordinates or arcs of an area. */
static void add_geometry(struct exporter *exporter,
                         const struct geo_outlined *area)
{
    struct text *out = &exporter->out;
    bool one = area->count == 1;
    text_format(
        out, "\"type\":\"%s\",\"%s\":%s", one ? "Polygon" : "MultiPolygon",
        exporter->job->topojson ? "arcs" : "coordinates", one ? "" : "[");
    for (size_t p = 0; p < area->count; p++) {
        text_add(out, p ? "," : "");
        add_polygon(exporter, &area->polygons[p]);
    }
    text_add(out, one ? "" : "]");
}

/* --- files --------------------------------------------------------------- */

static void add_member(struct text *out, const char *name, const char *value)
{
    text_format(out, ",\"%s\":", name);
    text_add_json(out, value);
}

/* What the level is, as members of the file's object. */
static void add_level(struct exporter *exporter)
{
    add_member(&exporter->out, "level", exporter->geo.level);
    add_member(&exporter->out, "vintage", exporter->geo.vintage);
    add_member(&exporter->out, "licence", exporter->geo.licence);
}

static void write_geojson(struct exporter *exporter)
{
    struct text *out = &exporter->out;
    text_add(out, "{\"type\":\"FeatureCollection\"");
    add_level(exporter);
    text_add(out, ",\"features\":[");
    for (size_t a = 0; a < exporter->globe.area_count; a++) {
        const struct geo_outlined *area = &exporter->globe.areas[a];
        text_format(out, "%s\n{\"type\":\"Feature\",", a ? "," : "");
        add_properties(exporter, area->area);
        text_add(out, ",\"geometry\":{");
        add_geometry(exporter, area);
        text_add(out, "}}");
    }
    text_add(out, "\n]}\n");
}

/* Arcs in the order of the level, as differences in millionths of a degree. */
static void add_topology(struct exporter *exporter)
{
    struct text *out = &exporter->out;
    size_t count = 0;
    text_add(out, ",\"transform\":{\"scale\":[0.000001,0.000001],"
                  "\"translate\":[0,0]},\"arcs\":[");
    for (size_t a = 0; a < exporter->geo.arc_count; a++) {
        const int32_t *places = exporter->globe.places[a];
        if (!places)
            continue;
        text_add(out, count ? ",\n" : "\n");
        exporter->numbers[a] = ++count;
        for (size_t k = 0; k < exporter->geo.arcs[a].count; k++) {
            const int32_t *at = places + 2 * k;
            text_format(out, "%s[%d,%d]", k ? "," : "[",
                        k ? at[0] - at[-2] : at[0], k ? at[1] - at[-1] : at[1]);
        }
        text_add(out, "]");
    }
    text_add(out, "\n]");
}

static void write_topojson(struct exporter *exporter)
{
    struct text *out = &exporter->out;
    exporter->numbers = arena_array(
        exporter->arena, exporter->geo.arc_count + 1, sizeof(size_t));
    text_add(out, "{\"type\":\"Topology\"");
    add_level(exporter);
    add_topology(exporter);
    text_add(out, ",\"objects\":{");
    text_add_json(out, exporter->geo.level);
    text_add(out, ":{\"type\":\"GeometryCollection\",\"geometries\":[");
    for (size_t a = 0; a < exporter->globe.area_count; a++) {
        const struct geo_outlined *area = &exporter->globe.areas[a];
        text_add(out, a ? ",\n{" : "\n{");
        add_geometry(exporter, area);
        text_add(out, ",");
        add_properties(exporter, area->area);
        text_add(out, "}");
    }
    text_add(out, "\n]}}}\n");
}

static bool export_level(struct exporter *exporter, struct text *report)
{
    if (!list_values(exporter) ||
        !geo_load(exporter->arena, exporter->job->input, &exporter->geo,
                  exporter->err) ||
        !geo_globe_make(exporter->arena, &exporter->geo, &exporter->globe,
                        exporter->err))
        return false;
    if (exporter->job->topojson)
        write_topojson(exporter);
    else
        write_geojson(exporter);
    report_codes(exporter, report);
    return fs_write(exporter->job->output, exporter->out.at, exporter->out.size,
                    exporter->err);
}

bool geo_export(const struct geo_export *job, struct text *report,
                struct err *err)
{
    struct arena *arena = arena_new();
    struct exporter exporter = {
        .arena = arena, .job = job, .out = text_new(arena), .err = err};
    bool ok = export_level(&exporter, report);
    arena_free(arena);
    return ok;
}
