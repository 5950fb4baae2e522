/* SPDX-License-Identifier: EUPL-1.2 */
/* Degrees to metres, by PROJ; the only file that knows it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <proj.h>

#include "geo/geo_impl.h"

struct geo_projection {
    PJ_CONTEXT *context;
    PJ *forward;
    int epsg;
};

static bool fail(const struct geo_projection *projection, const char *what,
                 struct err *err)
{
    int reason = proj_context_errno(projection->context);
    return err_fail(
        err, ERR_INPUT, "geo.projection", "EPSG:%d: %s%s%s", projection->epsg,
        what, reason ? ": " : "",
        reason ? proj_context_errno_string(projection->context, reason) : "");
}

enum { LONGITUDES = 361 };

int geo_epsg_centred(struct geo_point centre)
{
    int longitude = (int)lround(centre.x) + 180;
    int latitude = (int)lround(centre.y) + 90;
    return GEO_EPSG_CENTRED + latitude * LONGITUDES + longitude;
}

static PJ *make_forward(PJ_CONTEXT *context, int epsg)
{
    char target[120];
    int centre = epsg - GEO_EPSG_CENTRED;
    if (centre < 0)
        snprintf(target, sizeof target, "EPSG:%d", epsg);
    else
        snprintf(target, sizeof target,
                 "+proj=laea +lon_0=%d +lat_0=%d +datum=WGS84 +units=m "
                 "+type=crs",
                 centre % LONGITUDES - 180, centre / LONGITUDES - 90);
    PJ *plain = proj_create_crs_to_crs(context, "EPSG:4326", target, NULL);
    if (!plain)
        return NULL;
    PJ *forward = proj_normalize_for_visualization(context, plain);
    proj_destroy(plain);
    return forward;
}

bool geo_projection_open(int epsg, struct geo_projection **out, struct err *err)
{
    struct geo_projection *projection = malloc(sizeof *projection);
    if (!projection)
        err_out_of_memory();
    projection->epsg = epsg;
    projection->context = proj_context_create();
    if (!projection->context)
        err_out_of_memory();
    /* No grids from the network: a boundary file must not depend on it. */
    proj_context_set_enable_network(projection->context, 0);
    proj_log_level(projection->context, PJ_LOG_NONE);
    projection->forward = make_forward(projection->context, epsg);
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
    PJ_COORD to = proj_trans(projection->forward, way,
                             proj_coord(point->x, point->y, 0, 0));
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
    proj_destroy(projection->forward);
    proj_context_destroy(projection->context);
    free(projection);
}
