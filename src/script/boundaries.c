/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/boundaries.h"

#include <string.h>

#include "script/field.h"

#define REGION "region"

const char *boundaries_layout(lua_State *L, int index, const char *usual)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    const char *layout = field_text(L, index, "layout", usual);
    if (layout[strspn(layout, letters)] != '\0')
        field_fail(L, "layout",
                   "layout: expected the name of a layout of geo/, such as "
                   "'france', of letters, digits, '-' and '_'");
    return layout;
}

/* The project's layout goes to levels that have one of their own; those of a
 * single panel stay as they are. */
static bool lays_out(lua_State *L, const char *layout,
                     const struct geo_level *geo)
{
    if (*layout == '\0' || text_same(layout, geo->layout))
        return false;
    return field_given(L, 2, "layout") || *geo->layout != '\0';
}

static const struct page_geo *find(const struct page *page, const char *level,
                                   const char *layout)
{
    for (size_t g = 0; g < page->geo_count; g++) {
        if (text_same(page->geo[g].level, level) &&
            text_same(page->geo[g].layout, layout))
            return &page->geo[g];
    }
    return NULL;
}

static void keep(struct page *page, struct page_geo geo)
{
    page->geo = arena_grow(page->open, page->geo, page->geo_count,
                           &page->geo_capacity, sizeof *page->geo);
    page->geo[page->geo_count++] = geo;
}

/* NULL: the level has no file. */
static const struct geo_level *read_file(lua_State *L, struct page *page,
                                         const char *level)
{
    struct err err = {0};
    const struct geo_level *geo = NULL;
    const char *directory =
        geo_directory(page->open, sandbox_directory(L), level);
    if (!geo_read(page->open, directory, level, &geo, &err))
        sandbox_raise(L, &err);
    return geo;
}

static const struct geo_level *lay_out(lua_State *L, struct page *page,
                                       const struct geo_level *geo,
                                       const char *layout)
{
    struct err err = {0};
    const char *project = sandbox_directory(L);
    const char *path = geo_layout_path(page->open, project, layout);
    if (!geo_layout_apply(page->open, geo, path, &geo, &err)) {
        (void)geo_layout_near(page->open, project, layout, &err);
        (void)err_wrap(&err, "layout '%s'", layout);
        sandbox_raise(L, &err);
    }
    return geo;
}

const struct geo_level *boundaries_read(lua_State *L, struct page *page,
                                        const char *level, const char *layout)
{
    const struct page_geo *found = find(page, level, layout);
    if (found)
        return found->geo;
    const struct geo_level *geo = read_file(L, page, level);
    if (geo && lays_out(L, layout, geo))
        geo = lay_out(L, page, geo, layout);
    keep(page, (struct page_geo){level, layout, geo, NULL});
    return geo;
}

/* --- one région ----------------------------------------------------------- */

void boundaries_cut(lua_State *L, struct page *page, const char *level,
                    const char *region, struct boundaries_cut *out)
{
    struct err err = {0};
    const char *layout = arena_format(page->open, REGION "/%s", region);
    const struct geo_level *regions = boundaries_read(L, page, REGION, "");
    const struct geo_level *whole = boundaries_read(L, page, level, "");
    if (!regions || !whole)
        field_fail(L, "region",
                   "region: no boundaries of the level '%s', expected a file "
                   "geo/%s.geo",
                   whole ? REGION : level, whole ? REGION : level);
    const struct page_geo *found = find(page, level, layout);
    if (!found) {
        struct page_geo cut = {level, layout, NULL, NULL};
        if (!geo_region_cut(page->open, whole, regions, region, &cut.geo,
                            &cut.inside, &err))
            sandbox_raise(L, &err);
        keep(page, cut);
        found = find(page, level, layout);
    }
    *out = (struct boundaries_cut){found->geo, whole, found->inside};
}

/* An area of the level with this code, or its count. */
static size_t area_of(const struct geo_level *geo, const char *code)
{
    size_t area = 0;
    while (area < geo->area_count && !text_same(geo->areas[area].code, code))
        area++;
    return area;
}

static const struct geo_alias *alias_of(const struct boundaries_cut *cut,
                                        const struct project *project,
                                        const char *code)
{
    for (size_t a = 0; a < project->alias_count; a++) {
        const struct geo_alias *alias = &project->aliases[a];
        if (text_same(alias->level, cut->geo->level) &&
            text_same(alias->code, code) && alias->member_count > 0)
            return alias;
    }
    return NULL;
}

bool boundaries_takes(const struct boundaries_cut *cut,
                      const struct project *project, const char *code)
{
    const struct geo_alias *alias = alias_of(cut, project, code);
    const char *drawn = alias ? alias->members[0] : code;
    size_t area = area_of(cut->geo, drawn);
    return area < cut->geo->area_count
               ? cut->inside[area]
               : area_of(cut->whole, drawn) == cut->whole->area_count;
}

bool boundaries_draws(const struct boundaries_cut *cut,
                      const struct project *project, const char *code)
{
    const struct geo_alias *alias = alias_of(cut, project, code);
    const char *drawn = alias ? alias->members[0] : code;
    return area_of(cut->geo, drawn) < cut->geo->area_count ||
           area_of(cut->whole, drawn) == cut->whole->area_count;
}

static bool names(const struct boundaries_cut *cut,
                  const struct project *project, const char *given,
                  const char *code)
{
    const struct geo_alias *alias = alias_of(cut, project, given);
    bool same = text_same(given, code);
    for (size_t m = 0; alias && !same && m < alias->member_count; m++)
        same = text_same(alias->members[m], code);
    return same;
}

size_t boundaries_fill(const struct boundaries_cut *cut,
                       const struct project *project, struct map_value *values,
                       size_t count)
{
    size_t all = count;
    for (size_t a = 0; a < cut->geo->area_count; a++) {
        const struct geo_area *area = &cut->geo->areas[a];
        bool given = !cut->inside[a];
        for (size_t v = 0; v < all && !given; v++)
            given = names(cut, project, values[v].code, area->code);
        if (!given)
            values[all++] = (struct map_value){.code = area->code,
                                               .label = area->label,
                                               .availability = NOT_AVAILABLE};
    }
    return all;
}
