/* SPDX-License-Identifier: EUPL-1.2 */
/* app/map_layout.h - the options --layout and --region of a map. */
#ifndef APP_MAP_LAYOUT_H
#define APP_MAP_LAYOUT_H

#include "app/command.h"
#include "map/map.h"

/* Puts the job's boundaries on the layout that was asked for, or cuts out the
 * région: then the facets keep the values of its areas, and of codes that are
 * nowhere. ERR_USAGE for both at once. */
bool map_layout(const struct invocation *call, struct map_job *job,
                struct map_facet *facets, size_t count,
                struct err *err) MUST_USE;

#endif
