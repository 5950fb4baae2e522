/* SPDX-License-Identifier: EUPL-1.2 */
/* A map from top to bottom: title, panels, legend, notes, credits.
 *
 * The legend stands below the panels or to their right, whichever leaves them
 * larger in the space given. */
#include <math.h>
#include <string.h>

#include "map/map_impl.h"

static const double default_width_pt = 480;
static const double smallest_width_pt = 120;
/* Half of the widest line at the edge, so that none is cut. */
static const double edge_pt = 0.5;

struct arrangement {
    double width, height;
    double gap;
    struct map_lines title, notes, credits;
    struct map_box grid;
    bool beside;                        /* legend right of the panels */
    struct map_box blocks[BLOCK_COUNT]; /* where, relative to the legend */
    double legend_width, legend_height;
    double pt_per_unit;
};

static void set_lines(const struct map_view *view, struct arrangement *page)
{
    double small = view->text_pt - 0.5;
    page->title =
        (struct map_lines){FONT_BOLD, view->text_pt + 2, MAP_INK, NULL, 0};
    page->notes =
        (struct map_lines){FONT_REGULAR, small, MAP_QUIET_INK, NULL, 0};
    page->credits =
        (struct map_lines){FONT_ITALIC, small, MAP_QUIET_INK, NULL, 0};
    map_lines_add(view, &page->title, view->job->title, page->width);
    const char **notes;
    size_t count = map_notes(view, &notes);
    for (size_t i = 0; i < count; i++)
        map_lines_add(view, &page->notes, notes[i], page->width);
    map_lines_add(view, &page->credits, map_credits(view), page->width);
}

/* --- arrangement --------------------------------------------------------- */

/* Blocks under each other, in a column at most `width` wide. */
static void stack_blocks(const struct map_view *view, struct arrangement *page,
                         double width)
{
    double y = 0;
    page->legend_width = 0;
    for (size_t b = 0; b < BLOCK_COUNT; b++) {
        struct map_box size = map_legend_size(view, (enum map_block)b, width);
        page->blocks[b] = (struct map_box){0, y, size.width, size.height};
        page->legend_width = fmax(page->legend_width, size.width);
        if (size.height > 0)
            y += size.height + page->gap;
    }
    page->legend_height = y > 0 ? y - page->gap : 0;
}

/* Blocks side by side: each has half of the width, or what the other leaves it
 * of the whole. */
static void spread_blocks(const struct map_view *view, struct arrangement *page)
{
    _Static_assert(BLOCK_COUNT == 2, "a block beside another");
    double whole = page->width - 2 * page->gap - 2 * edge_pt;
    double lack[BLOCK_COUNT]; /* in a half; negative: room it leaves */
    for (size_t b = 0; b < BLOCK_COUNT; b++)
        lack[b] =
            map_legend_size(view, (enum map_block)b, whole).width - whole / 2;
    page->legend_width = page->width;
    page->legend_height = 0;
    double x = 0;
    for (size_t b = 0; b < BLOCK_COUNT; b++) {
        double width = whole / 2 + fmax(0, fmin(lack[b], -lack[1 - b])) -
                       fmax(0, fmin(lack[1 - b], -lack[b]));
        struct map_box size = map_legend_size(view, (enum map_block)b, width);
        page->blocks[b] = (struct map_box){x, 0, width, size.height};
        page->legend_height = fmax(page->legend_height, size.height);
        x += size.height > 0 ? width + 2 * page->gap : 0;
    }
}

static double text_height(const struct arrangement *page)
{
    double height = 0;
    const struct map_lines *blocks[] = {&page->title, &page->notes,
                                        &page->credits};
    for (size_t i = 0; i < COUNT_OF(blocks); i++) {
        if (blocks[i]->count > 0)
            height += map_lines_height(blocks[i]) + page->gap / 2;
    }
    return height;
}

static double scale_below(const struct arrangement *page, double height)
{
    double scale = (page->width - 2 * edge_pt) / page->grid.width;
    if (!(height > 0))
        return scale;
    double room = height - text_height(page) - page->legend_height - page->gap;
    return fmin(scale, room / page->grid.height);
}

static double scale_beside(const struct arrangement *page, double height)
{
    double room = height - text_height(page) - page->gap;
    double wide =
        page->width - page->legend_width - 2 * page->gap - 2 * edge_pt;
    if (!(height > 0))
        return wide / page->grid.width;
    if (page->legend_height > room)
        return 0;
    return fmin(wide / page->grid.width, room / page->grid.height);
}

/* Few tiles need not fill the page, nor panels more than they are given. */
static double largest_scale(const struct map_view *view,
                            const struct map_box *grid)
{
    static const double widest_tile_pt = 46;
    const struct geo_panel *panel = &view->geo->panels[0];
    double most = HUGE_VAL;
    if (view->job->panels_pt > 0)
        most = view->job->panels_pt / grid->height;
    if (view->job->kind != MAP_TILES)
        return most;
    return fmin(most, widest_tile_pt * panel->max_x / MAP_TILE_M /
                          panel->frame_width);
}

static void arrange(const struct map_view *view, struct arrangement *page)
{
    double height = view->job->height_pt;
    page->grid = map_grid_box(view->geo);
    double most = largest_scale(view, &page->grid);
    page->gap = view->text_pt;
    set_lines(view, page);
    stack_blocks(view, page, page->width * 0.42);
    double beside = fmin(most, scale_beside(page, height));
    spread_blocks(view, page);
    double below = fmin(most, scale_below(page, height));
    page->beside = !view->job->legend_below &&
                   (beside > below || (beside >= below && below >= most));
    page->pt_per_unit = page->beside ? beside : below;
    if (page->beside)
        stack_blocks(view, page, page->width * 0.42);

    double panels = page->grid.height * page->pt_per_unit;
    double middle = page->beside ? fmax(panels, page->legend_height) + page->gap
                                 : panels + page->gap + page->legend_height;
    page->height = text_height(page) + middle;
}

/* Where boxes are too small for the usual circles all circles are smaller, and
 * so is their legend, which leaves the panels no less. */
static void fit_circles(struct map_view *view, struct arrangement *page)
{
    static const double least_pt = 2;
    if (view->job->kind != MAP_CIRCLES)
        return;
    double most = map_panels_circle(view, page->pt_per_unit);
    if (most >= view->largest_pt)
        return;
    view->largest_pt = fmax(least_pt, most);
    arrange(view, page);
}

/* --- drawing ------------------------------------------------------------- */

static void draw_legend(struct map_view *view, const struct arrangement *page,
                        double x, double y)
{
    scene_group(view->scene, "legend", "", "");
    for (size_t b = 0; b < BLOCK_COUNT; b++) {
        const struct map_box *box = &page->blocks[b];
        map_legend_draw(view, (enum map_block)b, x + box->x, y + box->y,
                        box->width);
    }
    scene_group_end(view->scene);
}

static void draw(struct map_view *view, const struct arrangement *page)
{
    double y = 0;
    map_lines_draw(view, &page->title, edge_pt, y);
    if (page->title.count > 0)
        y += map_lines_height(&page->title) + page->gap / 2;
    double panels_width = page->grid.width * page->pt_per_unit;
    double panels_height = page->grid.height * page->pt_per_unit;
    double room = page->beside
                      ? page->width - page->legend_width - 2 * page->gap
                      : page->width;
    map_panels(view, (room - panels_width) / 2, y, page->pt_per_unit);
    if (page->beside) {
        double low = y + fmax(0, panels_height - page->legend_height);
        draw_legend(view, page, page->width - page->legend_width - edge_pt,
                    low);
        y += fmax(panels_height, page->legend_height) + page->gap;
    } else {
        draw_legend(view, page, edge_pt, y + panels_height + page->gap);
        y += panels_height + page->gap + page->legend_height;
    }
    if (page->notes.count > 0) {
        y += page->gap / 2;
        map_lines_draw(view, &page->notes, edge_pt, y);
        y += map_lines_height(&page->notes);
    }
    if (page->credits.count > 0)
        map_lines_draw(view, &page->credits, edge_pt, y + page->gap / 2);
}

bool map_kind_parse(const char *name, enum map_kind *out)
{
    static const char *const names[] = {
        [MAP_CHOROPLETH] = "choropleth", [MAP_SIGNIFICANCE] = "significance",
        [MAP_BIVARIATE] = "bivariate",   [MAP_CIRCLES] = "circles",
        [MAP_TILES] = "tiles",           [MAP_LOCATOR] = "locator",
    };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (text_same(names[i], name)) {
            *out = (enum map_kind)i;
            return true;
        }
    }
    return false;
}

const char *map_kind_names(void)
{
    return "choropleth, significance, bivariate, circles, tiles or locator";
}

/* A map before it is drawn. What is worked out goes with `scratch`. */
struct sketch {
    struct map_job typeset;
    struct map_view view;
    struct arrangement page;
};

static bool make_sketch(struct arena *scratch, const struct fonts *fonts,
                        const struct map_job *job, struct sketch *sketch,
                        struct err *err)
{
    struct map_job *typeset = &sketch->typeset;
    struct map_view *view = &sketch->view;
    struct arrangement *page = &sketch->page;
    *typeset = map_typeset(scratch, job);
    *view = (struct map_view){
        .arena = scratch,
        .fonts = fonts,
        .job = typeset,
        .geo = job->geo,
        .prefix = "",
    };
    if (job->kind == MAP_LOCATOR)
        typeset->value_count = 0;
    if (job->kind == MAP_TILES &&
        !map_tiles_make(scratch, job->geo, &view->geo, err))
        return false;
    double wide = job->width_pt > 0 ? job->width_pt : default_width_pt;
    *page = (struct arrangement){.width = wide - 2 * job->margin_pt};
    if (job->height_pt > 0)
        typeset->height_pt = fmax(1, job->height_pt - 2 * job->margin_pt);
    view->text_pt = map_text_size(page->width);
    view->largest_pt = fmin(22, page->width * 0.042);
    if (!map_view_make(view, err))
        return false;
    bool fits = page->width >= smallest_width_pt;
    if (fits) {
        arrange(view, page);
        fit_circles(view, page);
        fits = page->grid.width * page->pt_per_unit >= smallest_width_pt / 2;
    }
    if (fits)
        return true;
    if (job->height_pt > 0)
        return err_fail(err, ERR_SCRIPT, "map.size",
                        "map: %.0f x %.0f pt is too small", wide,
                        job->height_pt);
    return err_fail(err, ERR_SCRIPT, "map.size",
                    "map: a page %.0f pt wide is too small", wide);
}

bool map_draw(struct arena *open, const struct fonts *fonts,
              const struct map_job *job, struct scene **out, struct err *err)
{
    struct arena *scratch = arena_new();
    struct sketch sketch;
    bool ok = make_sketch(scratch, fonts, job, &sketch, err);
    if (ok) {
        struct map_view *view = &sketch.view;
        view->scene = scene_new(open, sketch.page.width, sketch.page.height,
                                map_alt(view), map_description(view));
        scene_margin(view->scene, job->margin_pt);
        draw(view, &sketch.page);
        *out = view->scene;
    }
    arena_free(scratch);
    return ok;
}

bool map_measure(const struct fonts *fonts, const struct map_job *job,
                 struct map_room *out, struct err *err)
{
    struct arena *scratch = arena_new();
    struct sketch sketch;
    bool ok = make_sketch(scratch, fonts, job, &sketch, err);
    if (ok)
        *out = (struct map_room){.panels_pt = sketch.page.grid.height *
                                              sketch.page.pt_per_unit,
                                 .legend_below = !sketch.page.beside};
    arena_free(scratch);
    return ok;
}
