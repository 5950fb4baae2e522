/* SPDX-License-Identifier: EUPL-1.2 */
/* What a map shows at a glance, for its alternative text: towards where the
 * published values rise. Insets lie nowhere and are left out. */
#include <math.h>

#include "map/map_impl.h"

enum { AREAS_LEAST = 10, DIRECTIONS = 8 };
/* Correlation with the place below which no direction is named. */
static const double clear_correlation = 0.3;

/* Sums of a regression on the place: x, y and the value. */
struct sums {
    double count, x, y, z, xx, yy, zz, xz, yz;
};

static const struct geo_arc *first_arc(const struct geo_level *geo,
                                       const struct geo_area *area)
{
    int32_t walk = area->rings[0].arcs[0];
    return &geo->arcs[walk < 0 ? ~walk : walk];
}

/* Arcs lie all over memory: they are fetched some areas before. */
static void fetch_ahead(const struct geo_level *geo, size_t a)
{
    enum { STEP = 8 };
    if (a + 2 * STEP >= geo->area_count)
        return;
    const struct geo_area *far = &geo->areas[a + 2 * STEP];
    const struct geo_area *next = &geo->areas[a + STEP];
    if (far->ring_count > 0)
        __builtin_prefetch(first_arc(geo, far));
    if (next->ring_count > 0)
        __builtin_prefetch(first_arc(geo, next)->xy);
}

/* Of the outer ring's first arc, two points: near enough for a direction. */
static void place_of(const struct geo_level *geo, const struct geo_area *area,
                     double at[2])
{
    const struct geo_arc *arc = first_arc(geo, area);
    size_t middle = arc->count / 2;
    for (size_t c = 0; c < 2; c++)
        at[c] = (arc->xy[c] + arc->xy[2 * middle + c]) / 2.0;
}

static void add_area(struct sums *sums, const double at[2], double value)
{
    sums->count += 1;
    sums->x += at[0];
    sums->y += at[1];
    sums->z += value;
    sums->xx += at[0] * at[0];
    sums->yy += at[1] * at[1];
    sums->zz += value * value;
    sums->xz += at[0] * value;
    sums->yz += at[1] * value;
}

static double correlation(const struct sums *sums, double along, double square,
                          double product)
{
    double spread = (square - along * along / sums->count) *
                    (sums->zz - sums->z * sums->z / sums->count);
    return spread > 0 ? (product - along * sums->z / sums->count) / sqrt(spread)
                      : 0;
}

static struct sums add_up(const struct map_view *view)
{
    const struct geo_level *geo = view->geo;
    struct sums sums = {0};
    for (size_t a = 0; a < geo->area_count; a++) {
        size_t v = view->value_of[a];
        fetch_ahead(geo, a);
        if (v == MAP_NO_VALUE || geo->panels[geo->areas[a].panel].boxed ||
            view->job->values[v].availability != AVAILABLE ||
            geo->areas[a].ring_count == 0 || !view->first[a])
            continue;
        double at[2];
        place_of(geo, &geo->areas[a], at);
        add_area(&sums, at, view->job->values[v].value);
    }
    return sums;
}

const char *map_pattern(const struct map_view *view)
{
    enum lang lang = view->job->lang;
    enum map_kind kind = view->job->kind;
    if (kind != MAP_CHOROPLETH && kind != MAP_BIVARIATE && kind != MAP_TILES)
        return "";
    struct sums sums = add_up(view);
    const struct map_value *values = view->job->values;
    if (sums.count < AREAS_LEAST ||
        !(values[view->lowest].value < values[view->highest].value))
        return "";
    double east = correlation(&sums, sums.x, sums.xx, sums.xz);
    double north = correlation(&sums, sums.y, sums.yy, sums.yz);
    if (hypot(east, north) < clear_correlation)
        return locale_text(lang, "map.alt.scattered");
    double eighths = atan2(north, east) / (2 * acos(-1)) * DIRECTIONS;
    int direction = ((int)lround(eighths) + DIRECTIONS) % DIRECTIONS;
    return locale_fill(
        view->arena, lang, "map.alt.gradient", "where",
        locale_text(lang,
                    arena_format(view->arena, "map.direction.%d", direction)),
        NULL);
}
