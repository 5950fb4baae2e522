/* SPDX-License-Identifier: EUPL-1.2 */
/* map/map_segments.h - the border of an area, piece by piece. */
#ifndef MAP_MAP_SEGMENTS_H
#define MAP_MAP_SEGMENTS_H

#include "geo/geo.h"

/* From a to b: metres from the corner of the panel, y upwards. */
typedef void map_take_segment(void *into, const double a[2], const double b[2]);
/* All rings of an area, in the direction in which they run. */
void map_each_segment(const struct geo_level *geo, const struct geo_area *area,
                      map_take_segment *take, void *into);

#endif
