/* SPDX-License-Identifier: EUPL-1.2 */
/* script/map_method.h - how doc:map{} makes classes, and how large it is. */
#ifndef SCRIPT_MAP_METHOD_H
#define SCRIPT_MAP_METHOD_H

#include "map/map.h"
#include "script/page.h"

/* Method, number or limits of classes, reference, palette and size, from the
 * fields of the map, the call's second argument, for the job's kind. Raises
 * what does not go together. */
void map_method_read(lua_State *L, struct page *page, struct map_job *job);

#endif
