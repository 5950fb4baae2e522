/* SPDX-License-Identifier: EUPL-1.2 */
/* Two maps side by side are read together: their panels are equally high,
 * though the legend of one of them may need more room, and both have it below
 * them when one has. Two of one frame then
 * have one scale. Of two frames each keeps its own: a région would be too small
 * to read at the country's. */
#include "map/map.h"
#include "script/page.h"

static struct map_room measure(lua_State *L, const struct map_job *job)
{
    struct err err = {0};
    struct map_room room = {0};
    if (!map_measure(page_of(L)->job->fonts, job, &room, &err))
        sandbox_raise(L, &err);
    return room;
}

static void draw_again(lua_State *L, struct block *block,
                       const struct map_job *as)
{
    struct page *page = page_of(L);
    struct err err = {0};
    struct scene *scene = NULL;
    struct map_job *job = arena_alloc(page->open, sizeof *job);
    struct figure *figure = arena_alloc(page->open, sizeof *figure);
    *job = *as;
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
    struct map_job jobs[2];
    struct map_room rooms[2];
    for (size_t b = 0; b < 2; b++) {
        if (blocks[b].kind != BLOCK_FIGURE || blocks[b].figure->map == NULL)
            return;
        jobs[b] = *blocks[b].figure->map;
        rooms[b] = measure(L, &jobs[b]);
    }
    bool below = rooms[0].legend_below || rooms[1].legend_below;
    bool moved[2] = {below && !rooms[0].legend_below,
                     below && !rooms[1].legend_below};
    for (size_t b = 0; b < 2; b++) {
        jobs[b].legend_below = below;
        if (moved[b])
            rooms[b] = measure(L, &jobs[b]);
    }
    for (size_t b = 0; b < 2; b++) {
        double most = rooms[1 - b].panels_pt;
        bool lower = rooms[b].panels_pt > most + same_pt;
        if (lower)
            jobs[b].panels_pt = most;
        if (lower || moved[b])
            draw_again(L, &blocks[b], &jobs[b]);
    }
}
