/* SPDX-License-Identifier: EUPL-1.2 */
/* From a GeoJSON or TopoJSON file to a boundary file. */
#include <math.h>
#include <string.h>

#include "base/fs.h"
#include "geo/geo_impl.h"

struct importer {
    struct arena *arena;
    const struct geo_import *job;
    const char *level; /* of the result */
    struct geo_source source;
    struct geo_topology topology;
    struct geo_layout layout;
    bool *placed; /* [feature] */
    struct geo_builder builder;
    struct text *report;
    struct err *err;
};

static struct geo_point centre_of(const struct geo_feature *feature)
{
    double west = HUGE_VAL;
    double south = HUGE_VAL;
    double east = -HUGE_VAL;
    double north = -HUGE_VAL;
    for (size_t i = 0; i < feature->outline_count; i++) {
        const struct geo_outline *outline = &feature->outlines[i];
        for (size_t k = 0; k < outline->count; k++) {
            west = fmin(west, outline->points[k].x);
            east = fmax(east, outline->points[k].x);
            south = fmin(south, outline->points[k].y);
            north = fmax(north, outline->points[k].y);
        }
    }
    return (struct geo_point){(west + east) / 2, (south + north) / 2};
}

static bool frame_takes(const struct geo_frame *frame,
                        const struct geo_feature *feature)
{
    for (size_t i = 0; i < frame->code_count; i++) {
        if (text_starts(feature->code, frame->codes[i]))
            return true;
    }
    if (frame->code_count > 0)
        return false;
    struct geo_point centre = centre_of(feature);
    return centre.x >= frame->west && centre.x <= frame->east &&
           centre.y >= frame->south && centre.y <= frame->north;
}

/* Features whose rings all lost their surface have nothing to draw. */
static bool has_surface(const struct geo_feature *feature)
{
    for (size_t i = 0; i < feature->outline_count; i++) {
        if (feature->rings[i].count > 0)
            return true;
    }
    return false;
}

static struct geo_source frame_features(struct importer *importer,
                                        const struct geo_frame *frame)
{
    const struct geo_source *all = &importer->source;
    struct geo_source taken = {0};
    taken.features =
        arena_array(importer->arena, all->count, sizeof *taken.features);
    for (size_t f = 0; f < all->count; f++) {
        const struct geo_feature *feature = &all->features[f];
        if (!has_surface(feature) || !frame_takes(frame, feature))
            continue;
        taken.features[taken.count++] = *feature;
        importer->placed[f] = true;
    }
    return taken;
}

static struct geo_source dissolved(struct arena *arena,
                                   const struct geo_source *features)
{
    struct geo_source up = {0};
    up.features = arena_array(arena, features->count, sizeof *up.features);
    for (size_t f = 0; f < features->count; f++) {
        struct geo_feature feature = features->features[f];
        if (*feature.parent == '\0')
            continue;
        feature.code = feature.parent;
        feature.label = feature.parent_label;
        feature.parent = "";
        up.features[up.count++] = feature;
    }
    return up;
}

static bool has_level(const struct geo_frame *frame, const char *level)
{
    for (size_t i = 0; i < frame->level_count; i++) {
        if (text_same(frame->levels[i], level))
            return true;
    }
    return frame->level_count == 0;
}

static bool build_frame(struct importer *importer,
                        const struct geo_frame *frame)
{
    if (!has_level(frame, importer->level))
        return true;
    struct geo_source own = frame_features(importer, frame);
    if (own.count == 0)
        return true;
    struct geo_source up =
        *importer->job->dissolve ? dissolved(importer->arena, &own) : own;
    struct geo_shape *shapes = NULL;
    size_t count =
        geo_dissolve(importer->arena, &up, &importer->topology, &shapes);
    return geo_panel_build(&importer->builder, frame, &own, shapes, count,
                           importer->err);
}

static bool build_frames(struct importer *importer)
{
    importer->placed = arena_array(importer->arena, importer->source.count,
                                   sizeof *importer->placed);
    importer->builder = (struct geo_builder){
        .arena = importer->arena,
        .topology = &importer->topology,
        .tolerance_m = importer->job->tolerance_m,
    };
    for (size_t i = 0; i < importer->layout.count; i++) {
        if (!build_frame(importer, &importer->layout.frames[i]))
            return false;
    }
    for (size_t f = 0; f < importer->source.count; f++) {
        if (!importer->placed[f])
            text_format(importer->report, "feature in no panel: %s\n",
                        importer->source.features[f].code);
    }
    if (importer->builder.area_count == 0)
        return err_fail(importer->err, ERR_INPUT, "geo.layout",
                        "no feature lies in a panel of the layout");
    return true;
}

static bool check_job(const struct geo_import *job, struct err *err)
{
    if (*job->level == '\0' || *job->code_field == '\0')
        return err_fail(err, ERR_USAGE, "geo.job",
                        "an import needs a level and a code field");
    if (*job->dissolve && *job->codes == '\0' && *job->parent_field == '\0')
        return err_fail(err, ERR_USAGE, "geo.job",
                        "dissolving to '%s' needs a list of codes with their "
                        "parents, or the field that holds them",
                        job->dissolve);
    if (!(job->tolerance_m >= 0 && job->tolerance_m <= 1e6))
        return err_fail(err, ERR_USAGE, "geo.job",
                        "the tolerance must be 0 to 1000000 metres");
    return true;
}

static bool read_inputs(struct importer *importer)
{
    const struct geo_import *job = importer->job;
    if (!geo_source_read(importer->arena, job, &importer->source,
                         importer->err))
        return false;
    if (*job->codes && !geo_codes_apply(importer->arena, job, &importer->source,
                                        importer->report, importer->err))
        return false;
    if (!geo_check_codes(&importer->source, importer->err))
        return err_wrap(importer->err, "%s", job->input);
    if (*job->dissolve &&
        !geo_parents_apply(importer->arena, job, &importer->source,
                           importer->report, importer->err))
        return false;
    if (*job->layout)
        return geo_layout_read(importer->arena, job->layout, &importer->layout,
                               importer->err);
    geo_layout_single(importer->arena, &importer->layout);
    return true;
}

static bool find_borders(struct importer *importer)
{
    geo_topology_build(importer->arena, &importer->source, &importer->topology);
    return geo_check(importer->arena, &importer->source, &importer->topology,
                     importer->report, importer->err) ||
           err_wrap(importer->err, "%s", importer->job->input);
}

static bool write_level(struct importer *importer)
{
    const struct geo_builder *builder = &importer->builder;
    struct geo_level level = {
        .level = importer->level,
        .layout = importer->layout.name,
        .vintage = importer->job->vintage,
        .licence = importer->job->licence,
        .panels = builder->panels,
        .panel_count = builder->panel_count,
        .arcs = builder->arcs,
        .arc_count = builder->arc_count,
        .areas = builder->areas,
        .area_count = builder->area_count,
    };
    struct text bytes = text_new(importer->arena);
    geo_encode(&level, &bytes);
    return fs_write(importer->job->output, bytes.at, bytes.size, importer->err);
}

bool geo_import(const struct geo_import *job, struct text *report,
                struct err *err)
{
    struct arena *arena = arena_new();
    struct importer importer = {
        .arena = arena,
        .job = job,
        .level = *job->dissolve ? job->dissolve : job->level,
        .report = report,
        .err = err,
    };
    bool ok = check_job(job, err) && read_inputs(&importer) &&
              find_borders(&importer) && build_frames(&importer) &&
              write_level(&importer) && geo_info(job->output, report, err);
    arena_free(arena);
    return ok;
}
