/* SPDX-License-Identifier: EUPL-1.2 */
/* Other frames for the panels of a level: what was projected once can be put
 * on any page. */
#include <string.h>

#include "base/fs.h"
#include "geo/geo_impl.h"

#define LAYOUT_ENDING ".layout.csv"

size_t geo_panel_find(const struct geo_level *geo, const char *id)
{
    size_t p = 0;
    while (p < geo->panel_count && !text_same(geo->panels[p].id, id))
        p++;
    return p;
}

const char *geo_layout_path(struct arena *arena, const char *project,
                            const char *name)
{
    bool path = strchr(name, '/') || text_ends(name, ".csv") || *name == '\0';
    return path ? name
                : fs_find(arena, project,
                          arena_format(arena, "geo/%s.layout.csv", name));
}

/* Those of the project, then those that came with the program. */
static size_t layout_names(struct arena *arena, const char *project,
                           const char ***out)
{
    const char **own = NULL, **usual = NULL;
    const char *here = fs_join(arena, project, "geo");
    const char *there =
        fs_directory(arena, geo_layout_path(arena, project, "france"));
    size_t own_count = fs_names(arena, here, LAYOUT_ENDING, &own);
    size_t usual_count = text_same(here, there)
                             ? 0
                             : fs_names(arena, there, LAYOUT_ENDING, &usual);
    *out = arena_array(arena, own_count + usual_count, sizeof **out);
    for (size_t n = 0; n < own_count + usual_count; n++)
        (*out)[n] = n < own_count ? own[n] : usual[n - own_count];
    return own_count + usual_count;
}

bool geo_layout_near(struct arena *arena, const char *project, const char *name,
                     struct err *err)
{
    const char **names = NULL;
    const char *path = geo_layout_path(arena, project, name);
    bool told = !text_same(path, name) && !fs_exists(path) &&
                strstr(err->text, path) != NULL;
    if (!told)
        return false;
    size_t count = layout_names(arena, project, &names);
    return err_near(err, name, names, count);
}

/* A level while it is put together from parts of another one. */
struct parts {
    struct arena *arena;
    const struct geo_level *from;
    const size_t *places; /* [panel of from] */
    size_t *numbers;      /* [arc of from] 1 + its number, 0: none yet */
    struct geo_arc *arcs;
    struct geo_area *areas;
};

static struct geo_ring copy_ring(struct parts *parts, struct geo_level *level,
                                 const struct geo_ring *ring, size_t panel)
{
    int32_t *arcs = arena_array(parts->arena, ring->count, sizeof *arcs);
    for (size_t i = 0; i < ring->count; i++) {
        int32_t walk = ring->arcs[i];
        size_t from = (size_t)(walk < 0 ? ~walk : walk);
        if (parts->numbers[from] == 0) {
            parts->arcs[level->arc_count] = parts->from->arcs[from];
            parts->arcs[level->arc_count].panel = (uint16_t)panel;
            parts->numbers[from] = ++level->arc_count;
        }
        int32_t arc = (int32_t)parts->numbers[from] - 1;
        arcs[i] = walk < 0 ? ~arc : arc;
    }
    return (struct geo_ring){arcs, ring->count};
}

static void copy_area(struct parts *parts, struct geo_level *level,
                      struct geo_area area)
{
    struct geo_ring *rings =
        arena_array(parts->arena, area.ring_count, sizeof *rings);
    area.panel = parts->places[area.panel];
    for (size_t r = 0; r < area.ring_count; r++)
        rings[r] = copy_ring(parts, level, &area.rings[r], area.panel);
    area.rings = rings;
    parts->areas[level->area_count++] = area;
}

void geo_parts_copy(struct arena *arena, const struct geo_level *from,
                    const size_t *places, const bool *kept,
                    struct geo_level *level)
{
    struct parts parts = {.arena = arena, .from = from, .places = places};
    parts.numbers = arena_array(arena, from->arc_count + 1, sizeof(size_t));
    parts.arcs = arena_array(arena, from->arc_count + 1, sizeof *parts.arcs);
    parts.areas = arena_array(arena, from->area_count + 1, sizeof *parts.areas);
    level->arc_count = 0;
    level->area_count = 0;
    for (size_t a = 0; a < from->area_count; a++) {
        const struct geo_area *area = &from->areas[a];
        if (places[area->panel] != SIZE_MAX && (!kept || kept[a]))
            copy_area(&parts, level, *area);
    }
    level->arcs = parts.arcs;
    level->areas = parts.areas;
}

/* The frame of a layout around what the panel holds. */
static struct geo_panel reframe(const struct geo_panel *panel,
                                struct geo_panel frame)
{
    frame.epsg = panel->epsg;
    frame.min_x = panel->min_x;
    frame.min_y = panel->min_y;
    frame.max_x = panel->max_x;
    frame.max_y = panel->max_y;
    return frame;
}

size_t *geo_parts_none(struct arena *arena, const struct geo_level *geo)
{
    size_t *places = arena_array(arena, geo->panel_count + 1, sizeof *places);
    for (size_t p = 0; p < geo->panel_count; p++)
        places[p] = SIZE_MAX;
    return places;
}

bool geo_layout_apply(struct arena *arena, const struct geo_level *geo,
                      const char *path, const struct geo_level **out,
                      struct err *err)
{
    struct geo_layout layout;
    if (!geo_layout_read(arena, path, &layout, err))
        return false;
    struct geo_level *level = arena_alloc(arena, sizeof *level);
    struct geo_panel *panels = arena_array(arena, layout.count, sizeof *panels);
    size_t *places = geo_parts_none(arena, geo);
    *level = *geo;
    level->layout = layout.name;
    level->panels = panels;
    level->panel_count = 0;
    for (size_t f = 0; f < layout.count; f++) {
        const struct geo_panel *frame = &layout.frames[f].panel;
        size_t p = geo_panel_find(geo, frame->id);
        if (p == geo->panel_count || places[p] != SIZE_MAX)
            continue;
        places[p] = level->panel_count;
        panels[level->panel_count++] = reframe(&geo->panels[p], *frame);
    }
    if (level->panel_count == 0)
        return err_fail(err, ERR_INPUT, "geo.layout",
                        "%s: the boundaries of the level '%s' have none of its "
                        "panels",
                        path, geo->level);
    geo_parts_copy(arena, geo, places, NULL, level);
    *out = level;
    return true;
}
