/* SPDX-License-Identifier: EUPL-1.2 */
/* Degrees to metres, by PROJ; the only file that knows it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <proj.h>

#include "base/library.h"
#include "geo/geo_impl.h"

/* clang-format off */
#define PROJ_CALLS(CALL) \
    CALL(proj_context_create) CALL(proj_context_destroy) \
    CALL(proj_context_errno) CALL(proj_context_errno_string) \
    CALL(proj_context_set_enable_network) CALL(proj_coord) \
    CALL(proj_create_crs_to_crs) CALL(proj_destroy) CALL(proj_log_level) \
    CALL(proj_normalize_for_visualization) CALL(proj_trans)
/* clang-format on */
struct proj {
    PROJ_CALLS(LIBRARY_CALL)
};
static const char *const proj_names[] = {PROJ_CALLS(LIBRARY_NAME)};

struct geo_projection {
    struct proj calls;
    PJ_CONTEXT *context;
    PJ *forward;
    int epsg;
};

static bool fail(const struct geo_projection *projection, const char *what,
                 struct err *err)
{
    int reason = projection->calls.proj_context_errno(projection->context);
    return err_fail(err, ERR_INPUT, "geo.projection", "EPSG:%d: %s%s%s",
                    projection->epsg, what, reason ? ": " : "",
                    reason ? projection->calls.proj_context_errno_string(
                                 projection->context, reason)
                           : "");
}

enum { LONGITUDES = 361 };

int geo_epsg_centred(struct geo_point centre)
{
    int longitude = (int)lround(centre.x) + 180;
    int latitude = (int)lround(centre.y) + 90;
    return GEO_EPSG_CENTRED + latitude * LONGITUDES + longitude;
}

static PJ *make_forward(const struct geo_projection *projection)
{
    char target[120];
    PJ_CONTEXT *context = projection->context;
    int epsg = projection->epsg, centre = epsg - GEO_EPSG_CENTRED;
    if (centre < 0)
        snprintf(target, sizeof target, "EPSG:%d", epsg);
    else
        snprintf(target, sizeof target,
                 "+proj=laea +lon_0=%d +lat_0=%d +datum=WGS84 +units=m "
                 "+type=crs",
                 centre % LONGITUDES - 180, centre / LONGITUDES - 90);
    PJ *plain = projection->calls.proj_create_crs_to_crs(context, "EPSG:4326",
                                                         target, NULL);
    if (!plain)
        return NULL;
    PJ *forward =
        projection->calls.proj_normalize_for_visualization(context, plain);
    projection->calls.proj_destroy(plain);
    return forward;
}

bool geo_projection_open(int epsg, struct geo_projection **out, struct err *err)
{
    struct geo_projection *projection = malloc(sizeof *projection);
    if (!projection)
        err_out_of_memory();
    library_load(PROJ_LIBRARY, proj_names, COUNT_OF(proj_names),
                 &projection->calls);
    projection->epsg = epsg;
    projection->context = projection->calls.proj_context_create();
    if (!projection->context)
        err_out_of_memory();
    /* No grids from the network: a boundary file must not depend on it. */
    projection->calls.proj_context_set_enable_network(projection->context, 0);
    projection->calls.proj_log_level(projection->context, PJ_LOG_NONE);
    projection->forward = make_forward(projection);
    if (!projection->forward) {
        fail(projection, "cannot be made (is the package proj-data there?)",
             err);
        geo_projection_close(projection);
        return false;
    }
    *out = projection;
    return true;
}

static bool transform(struct geo_projection *projection, PJ_DIRECTION way,
                      struct geo_point *point, struct err *err)
{
    PJ_COORD to = projection->calls.proj_trans(
        projection->forward, way,
        projection->calls.proj_coord(point->x, point->y, 0, 0));
    if (!isfinite(to.xy.x) || !isfinite(to.xy.y))
        return fail(projection, "a position lies outside the projection", err);
    point->x = to.xy.x;
    point->y = to.xy.y;
    return true;
}

bool geo_project(struct geo_projection *projection, struct geo_point *point,
                 struct err *err)
{
    return transform(projection, PJ_FWD, point, err);
}

bool geo_unproject(struct geo_projection *projection, struct geo_point *point,
                   struct err *err)
{
    return transform(projection, PJ_INV, point, err);
}

void geo_projection_close(struct geo_projection *projection)
{
    if (!projection)
        return;
    projection->calls.proj_destroy(projection->forward);
    projection->calls.proj_context_destroy(projection->context);
    free(projection);
}
