/* SPDX-License-Identifier: EUPL-1.2 */
/* Two maps side by side are read together: their panels are equally high,
 * though the legend of one of them may need more room. Two of one frame then
 * have one scale. Of two frames each keeps its own: a région would be too small
 * to read at the country's. */
#include "map/map.h"
#include "script/page.h"

static double panels_height(lua_State *L, const struct map_job *job)
{
    struct err err = {0};
    double height = 0;
    if (!map_panels_height(page_of(L)->job->fonts, job, &height, &err))
        sandbox_raise(L, &err);
    return height;
}

static void draw_lower(lua_State *L, struct block *block, double panels_pt)
{
    struct page *page = page_of(L);
    struct err err = {0};
    struct scene *scene = NULL;
    struct map_job *job = arena_alloc(page->open, sizeof *job);
    struct figure *figure = arena_alloc(page->open, sizeof *figure);
    *job = *block->figure->map;
    job->panels_pt = panels_pt;
    *figure = *block->figure;
    if (!map_draw(page->open, page->job->fonts, job, &scene, &err))
        sandbox_raise(L, &err);
    figure->scene = scene;
    figure->map = job;
    block->figure = figure;
}

void twin_maps(lua_State *L, struct block blocks[2])
{
    static const double same_pt = 0.01;
    double heights[2];
    for (size_t b = 0; b < 2; b++) {
        if (blocks[b].kind != BLOCK_FIGURE || blocks[b].figure->map == NULL)
            return;
        heights[b] = panels_height(L, blocks[b].figure->map);
    }
    if (heights[0] > heights[1] + same_pt)
        draw_lower(L, &blocks[0], heights[1]);
    if (heights[1] > heights[0] + same_pt)
        draw_lower(L, &blocks[1], heights[0]);
}
