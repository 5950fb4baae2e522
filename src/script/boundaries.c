/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/boundaries.h"

#include "map/map.h"
#include "script/field.h"

/* The project's layout goes to levels that have one of their own; those of a
 * single panel stay as they are. */
static bool lays_out(lua_State *L, const char *layout,
                     const struct geo_level *geo)
{
    if (*layout == '\0' || text_same(layout, geo->layout))
        return false;
    return field_given(L, 2, "layout") || *geo->layout != '\0';
}

static const struct geo_level *find(const struct page *page, const char *level,
                                    const char *layout, bool *found)
{
    for (size_t g = 0; g < page->geo_count; g++) {
        *found = text_same(page->geo[g].level, level) &&
                 text_same(page->geo[g].layout, layout);
        if (*found)
            return page->geo[g].geo;
    }
    return NULL;
}

const struct geo_level *boundaries_read(lua_State *L, struct page *page,
                                        const char *level, const char *layout)
{
    bool found = false;
    const struct geo_level *geo = find(page, level, layout, &found);
    if (found)
        return geo;
    struct err err = {0};
    const char *project = sandbox_directory(L);
    const char *directory = geo_directory(page->open, project, level);
    if (!geo_read(page->open, directory, level, &geo, &err) ||
        (geo && lays_out(L, layout, geo) &&
         !geo_layout_apply(page->open, geo,
                           geo_layout_path(page->open, project, layout), &geo,
                           &err)))
        sandbox_raise(L, &err);
    page->geo = arena_grow(page->open, page->geo, page->geo_count,
                           &page->geo_capacity, sizeof *page->geo);
    page->geo[page->geo_count++] = (struct page_geo){level, layout, geo};
    return geo;
}
