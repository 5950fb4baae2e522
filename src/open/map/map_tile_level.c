/* SPDX-License-Identifier: EUPL-1.2 */
#include "map/map_tile_level.h"

#include <math.h>

#include "map/map_impl.h"

enum { TILE_DM = 10 * MAP_TILE_M, CORNERS = 6 };
static const double tile_gap = 0.035; /* between the tiles, half of it each */
static const double label_room = 0.5; /* above the insets' tiles, in cells */

struct tile_making {
    struct arena *arena;
    const struct map_tile_places *places;
};

/* Where tiles of one panel lie, in cells, y downwards. */
struct sheet {
    const char *id;
    const char *label[LANG_COUNT];
    const size_t *areas;
    const struct map_cell *cells;
    size_t count;
    double left, top, width, height; /* of the tiles */
    double x, y;                     /* on the page */
    double head;                     /* room for the label */
};

static void measure_sheet(struct sheet *sheet)
{
    double right = -HUGE_VAL, bottom = -HUGE_VAL;
    sheet->left = sheet->top = HUGE_VAL;
    for (size_t i = 0; i < sheet->count; i++) {
        double x = map_cell_x(sheet->cells[i]), y = map_cell_y(sheet->cells[i]);
        sheet->left = fmin(sheet->left, x - 0.5);
        right = fmax(right, x + 0.5);
        sheet->top = fmin(sheet->top, y - CELL_RADIUS);
        bottom = fmax(bottom, y + CELL_RADIUS);
    }
    sheet->width = sheet->count > 0 ? right - sheet->left : 0;
    sheet->height = sheet->count > 0 ? bottom - sheet->top : 0;
}

/* No tile in the box, nor close to it. */
static bool is_free(const struct sheet *main, struct map_box box)
{
    static const double clear = 0.35;
    for (size_t i = 0; i < main->count; i++) {
        double x = map_cell_x(main->cells[i]) - main->left;
        double y = map_cell_y(main->cells[i]) - main->top;
        bool beside =
            x + 0.5 + clear <= box.x || x - 0.5 - clear >= box.x + box.width;
        bool apart = y + CELL_RADIUS + clear <= box.y ||
                     y - CELL_RADIUS - clear >= box.y + box.height;
        if (!beside && !apart)
            return false;
    }
    return true;
}

/* The tiles, and their label, which may be wider. */
static bool fits(const struct sheet *main, const struct sheet *insets, double x,
                 double y)
{
    static const double label_width = 2.2; /* cells, on half a page */
    double wide = fmax(insets->width, label_width);
    return is_free(main, (struct map_box){x, y, wide, insets->head}) &&
           is_free(main, (struct map_box){x, y + insets->head, insets->width,
                                          insets->height});
}

/* The highest free place at the left, then at the right. */
static bool find_room(const struct sheet *main, struct sheet *insets)
{
    static const double step = 0.25;
    double room = main->height - insets->head - insets->height;
    double sides[] = {0, main->width - insets->width};
    for (size_t s = 0; s < COUNT_OF(sides); s++) {
        for (double y = 0; y <= room && sides[s] >= 0; y += step) {
            if (!fits(main, insets, sides[s], y))
                continue;
            insets->x = sides[s];
            insets->y = y;
            return true;
        }
    }
    return false;
}

/* A closed hexagon, clockwise on the page, a point upwards. */
static struct geo_arc make_hexagon(struct arena *arena,
                                   const struct sheet *sheet,
                                   struct map_cell cell, size_t panel)
{
    int32_t *xy = arena_array(arena, 2 * (CORNERS + 1), sizeof *xy);
    double radius = CELL_RADIUS * (1 - tile_gap);
    double x = map_cell_x(cell) - sheet->left;
    double y = sheet->height - (map_cell_y(cell) - sheet->top);
    for (int k = 0; k <= CORNERS; k++) {
        double turn = k % CORNERS * acos(-1) / 3;
        xy[2 * k] = (int32_t)lround((x + radius * sin(turn)) * TILE_DM);
        xy[2 * k + 1] = (int32_t)lround((y + radius * cos(turn)) * TILE_DM);
    }
    return (struct geo_arc){xy, CORNERS + 1, (uint16_t)panel, 0};
}

struct level_parts {
    struct geo_panel *panels;
    struct geo_arc *arcs;
    struct geo_ring *rings;
    struct geo_area *areas;
    size_t panel_count, count;
};

static void add_tile(const struct tile_making *at, const struct sheet *sheet,
                     size_t i, struct level_parts *parts)
{
    const struct geo_area *area = &at->places->geo->areas[sheet->areas[i]];
    size_t k = parts->count++;
    int32_t *arc = arena_alloc(at->arena, sizeof *arc);
    *arc = (int32_t)k;
    parts->arcs[k] =
        make_hexagon(at->arena, sheet, sheet->cells[i], parts->panel_count);
    parts->rings[k] = (struct geo_ring){arc, 1};
    parts->areas[k] = (struct geo_area){
        area->code, area->label, parts->panel_count, &parts->rings[k], 1};
}

static void add_sheet(const struct tile_making *at, const struct sheet *sheet,
                      double grid, struct level_parts *parts)
{
    if (sheet->count == 0)
        return;
    for (size_t i = 0; i < sheet->count; i++)
        add_tile(at, sheet, i, parts);
    struct geo_panel *panel = &parts->panels[parts->panel_count++];
    *panel = (struct geo_panel){
        .id = sheet->id,
        .max_x = sheet->width * MAP_TILE_M,
        .max_y = sheet->height * MAP_TILE_M,
        .frame_x = sheet->x * grid,
        .frame_y = sheet->y * grid,
        .frame_width = sheet->width * grid,
        .frame_height = (sheet->head + sheet->height) * grid,
    };
    for (int lang = 0; lang < LANG_COUNT; lang++)
        panel->label[lang] = sheet->label[lang];
}

static struct sheet sheet_of_insets(const struct tile_making *at,
                                    size_t columns)
{
    struct map_cell *cells =
        arena_array(at->arena, at->places->inset_count, sizeof *cells);
    for (size_t i = 0; i < at->places->inset_count; i++)
        cells[i] = (struct map_cell){(int)(i % columns), (int)(i / columns)};
    struct sheet sheet = {.id = "insets",
                          .areas = at->places->insets,
                          .cells = cells,
                          .count = at->places->inset_count,
                          .head = label_room};
    for (int lang = 0; lang < LANG_COUNT; lang++)
        sheet.label[lang] = locale_text((enum lang)lang, "map.tiles.insets");
    measure_sheet(&sheet);
    return sheet;
}

/* One row where there is room beside the country, else a narrower block of
 * them, else one row below. */
static struct sheet place_insets(const struct tile_making *at,
                                 const struct sheet *main)
{
    static const double below = 0.3;
    size_t most = (size_t)fmax(1, floor(main->width - 0.5));
    size_t first =
        at->places->inset_count < most ? at->places->inset_count : most;
    struct sheet insets = {.count = 0};
    for (size_t columns = first; columns > 0; columns--) {
        insets = sheet_of_insets(at, columns);
        if (find_room(main, &insets))
            return insets;
    }
    if (first > 0)
        insets = sheet_of_insets(at, first);
    insets.y = main->height + below;
    return insets;
}

const struct geo_level *map_tile_level(struct arena *arena,
                                       const struct map_tile_places *places)
{
    const struct tile_making making = {arena, places}, *at = &making;
    size_t count = at->places->count + at->places->inset_count;
    struct level_parts parts = {
        .panels = arena_array(at->arena, 2, sizeof *parts.panels),
        .arcs = arena_array(at->arena, count, sizeof *parts.arcs),
        .rings = arena_array(at->arena, count, sizeof *parts.rings),
        .areas = arena_array(at->arena, count, sizeof *parts.areas),
    };
    struct sheet main = {.id =
                             at->places->geo->panels[at->places->main_panel].id,
                         .label = {"", ""},
                         .areas = at->places->areas,
                         .cells = at->places->cells,
                         .count = at->places->count};
    measure_sheet(&main);
    struct sheet insets = place_insets(at, &main);
    double grid = GEO_GRID / fmax(main.width, insets.width);
    add_sheet(at, &main, grid, &parts);
    add_sheet(at, &insets, grid, &parts);
    struct geo_level *level = arena_alloc(at->arena, sizeof *level);
    *level = *at->places->geo;
    level->vintage = "";
    level->panels = parts.panels;
    level->panel_count = parts.panel_count;
    level->arcs = parts.arcs;
    level->arc_count = parts.count;
    level->areas = parts.areas;
    level->area_count = parts.count;
    return level;
}
