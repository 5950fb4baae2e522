/* SPDX-License-Identifier: EUPL-1.2 */
/* script/boundaries.h - boundary files of the levels that a document maps. */
#ifndef SCRIPT_BOUNDARIES_H
#define SCRIPT_BOUNDARIES_H

#include "script/chapter.h"

/* Boundaries of `level` as `layout` places them, "" for the file's own; the
 * call's second argument is the map, whose own layout must exist for the level
 * where the project's need not. Read once a document, and the document's; NULL:
 * the level has no file. Raises what is wrong with a file. */
const struct geo_level *boundaries_read(lua_State *L, struct page *page,
                                        const char *level, const char *layout);

#endif
