/* SPDX-License-Identifier: EUPL-1.2 */
/* script/area_code.h - the codes that a map is told in `mark` and `focus`. One
 * that it does not have would leave out a mark, or an outline, unseen. */
#ifndef SCRIPT_AREA_CODE_H
#define SCRIPT_AREA_CODE_H

#include "geo/geo.h"
#include "script/page.h"

/* Where codes are looked up: the places of `level` of a table, and, for what
 * needs no value, the areas of `geo` (NULL: none) and aliases of the level. */
struct area_codes {
    const struct pub_table *table;
    const char *level;
    const struct geo_level *geo;
    const struct geo_alias *aliases;
    size_t alias_count;
};

/* Raises for a code that is none of them: "mark '2C': table 'sites' has no such
 * territory of the level 'departement'; the nearest is '2A'". */
void area_code_check(lua_State *L, const struct area_codes *known,
                     const char *field, const char *code);

#endif
