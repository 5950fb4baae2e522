/* SPDX-License-Identifier: EUPL-1.2 */
#include "device/svg_impl.h"

#include "scene/palette.h"

/* --- collecting ----------------------------------------------------------- */

size_t svg_paint_rule(struct svg_styles *styles,
                      const struct scene_paint *paint)
{
    for (size_t i = 0; i < styles->paint_count; i++) {
        if (scene_same_paint(&styles->paints[i], paint))
            return i;
    }
    styles->paints =
        arena_grow(styles->arena, styles->paints, styles->paint_count,
                   &styles->paint_capacity, sizeof *styles->paints);
    styles->paints[styles->paint_count] = *paint;
    return styles->paint_count++;
}

size_t svg_text_rule(struct svg_styles *styles, const struct scene_item *item)
{
    for (size_t i = 0; i < styles->text_count; i++) {
        const struct scene_text_style *text = &styles->texts[i];
        if (text->font == item->font && text->size_pt == item->size_pt &&
            text->anchor == item->anchor && text->colour == item->colour)
            return i;
    }
    styles->texts = arena_grow(styles->arena, styles->texts, styles->text_count,
                               &styles->text_capacity, sizeof *styles->texts);
    styles->texts[styles->text_count] = (struct scene_text_style){
        .font = item->font,
        .size_pt = item->size_pt,
        .anchor = item->anchor,
        .colour = item->colour,
    };
    return styles->text_count++;
}

static size_t find_tile(struct svg_styles *styles,
                        const struct scene_paint *paint)
{
    for (size_t i = 0; i < styles->tile_count; i++) {
        const struct svg_tile *tile = &styles->tiles[i];
        if (tile->pattern == paint->pattern && tile->ink == paint->ink &&
            tile->filled == paint->filled && tile->fixed == paint->fixed &&
            (!tile->filled || tile->fill == paint->fill))
            return i;
    }
    styles->tiles = arena_grow(styles->arena, styles->tiles, styles->tile_count,
                               &styles->tile_capacity, sizeof *styles->tiles);
    styles->tiles[styles->tile_count] = (struct svg_tile){
        .pattern = paint->pattern,
        .ink = paint->ink,
        .filled = paint->filled,
        .fill = paint->fill,
        .fixed = paint->fixed,
    };
    return styles->tile_count++;
}

static void collect_paint(struct svg_styles *styles,
                          const struct scene_paint *paint)
{
    svg_paint_rule(styles, paint);
    if (paint->pattern != PATTERN_NONE)
        find_tile(styles, paint);
}

void svg_styles_collect(struct svg_styles *styles, const struct scene *scene)
{
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind == SCENE_TEXT)
            svg_text_rule(styles, item);
        if (item->kind == SCENE_PATH)
            collect_paint(styles, item->paint);
        size_t areas =
            item->kind == SCENE_MOSAIC ? item->mosaic->area_count : 0;
        for (size_t a = 0; a < areas; a++) {
            const struct scene_area *area = &item->mosaic->areas[a];
            if (a == 0 || area->paint != area[-1].paint)
                collect_paint(styles, area->paint);
        }
    }
}

/* Chosen to stand on a fill that stays. */
static bool is_pure(uint32_t colour)
{
    return colour == 0x000000 || colour == 0xFFFFFF;
}

/* --- writing -------------------------------------------------------------- */

/* A colour that changes with the paper is a variable; before it the plain one,
 * for programs that know no variables. */
static void add_colour(struct svg_styles *styles, struct text *out,
                       const char *property, uint32_t colour, bool fixed)
{
    text_format(out, "%s:#%06x", property, (unsigned)colour);
    if (!fixed)
        text_format(out, ";%s:var(--%s_%06x)", property, styles->prefix,
                    (unsigned)colour);
}

/* A length of the grid; widths and dashes may lie between its lines. */
static void add_length(struct text *out, double length_pt)
{
    text_format(out, "%.4g", length_pt * SVG_GRID);
}

static void add_fill(struct svg_styles *styles, struct text *out,
                     const struct scene_paint *paint)
{
    if (paint->pattern != PATTERN_NONE)
        text_format(out, "fill:url(#%s_h%zu)", styles->prefix,
                    find_tile(styles, paint));
    else if (paint->filled)
        add_colour(styles, out, "fill", paint->fill, paint->fixed);
    else
        text_add(out, "fill:none");
    if (paint->filled && paint->opacity < 1)
        text_format(out, ";fill-opacity:%.3g", paint->opacity);
}

/* A line of the colour of a fill that stays, stays with it. */
static bool is_seam(const struct scene_paint *paint)
{
    return paint->filled && paint->fixed && paint->stroke == paint->fill;
}

static void add_paint(struct svg_styles *styles, struct text *out, size_t rule)
{
    const struct scene_paint *paint = &styles->paints[rule];
    text_format(out, ".%s_p%zu{", styles->prefix, rule);
    add_fill(styles, out, paint);
    if (paint->stroked) {
        text_add_char(out, ';');
        add_colour(styles, out, "stroke", paint->stroke, is_seam(paint));
        text_add(out, ";stroke-width:");
        add_length(out, paint->width_pt);
    }
    if (paint->stroked && paint->dash_pt > 0) {
        text_add(out, ";stroke-dasharray:");
        add_length(out, paint->dash_pt);
    }
    text_add(out, "}\n");
}

static void add_text_style(struct svg_styles *styles, struct text *out,
                           size_t rule)
{
    static const char *const anchors[] = {
        [ANCHOR_START] = "",
        [ANCHOR_MIDDLE] = ";text-anchor:middle",
        [ANCHOR_END] = ";text-anchor:end",
    };
    static const char *const fonts[FONT_STYLE_COUNT] = {
        [FONT_REGULAR] = "",
        [FONT_BOLD] = ";font-weight:bold",
        [FONT_ITALIC] = ";font-style:italic",
        [FONT_BOLD_ITALIC] = ";font-weight:bold;font-style:italic",
    };
    const struct scene_text_style *text = &styles->texts[rule];
    text_format(out, ".%s_t%zu{", styles->prefix, rule);
    add_colour(styles, out, "fill", text->colour, is_pure(text->colour));
    text_add(out, ";font-size:");
    add_length(out, text->size_pt);
    text_add(out, "px");
    text_add(out, fonts[text->font]);
    text_add(out, anchors[text->anchor]);
    text_add(out, "}\n");
}

/* The same tiles as in PDF and PNG: 6 pt wide. */
static void add_tile(struct svg_styles *styles, struct text *out, size_t index)
{
    static const char *const strokes[PATTERN_COUNT] = {
        [PATTERN_NONE] = "",
        [PATTERN_DENSE] = "stroke-width=\"8\" d=\"M-10 70 70-10M-10 40 40-10"
                          "M20 70 70 20\"",
        [PATTERN_LIGHT] = "stroke-width=\"6\" d=\"M-10-10 70 70M-10 50 10 70"
                          "M50-10 70 10\"",
        [PATTERN_DOTS] = "stroke-width=\"13\" stroke-linecap=\"round\" "
                         "d=\"M15 45h.1M45 15h.1\"",
        [PATTERN_CROSS] = "stroke-width=\"5\" d=\"M30 0v60M0 30h60\"",
        [PATTERN_STRIPES] = "stroke-width=\"9\" d=\"M0 15h60M0 45h60\"",
        [PATTERN_STRIPES_WIDE] = "stroke-width=\"19\" d=\"M0 15h60M0 45h60\"",
        [PATTERN_BARS] = "stroke-width=\"9\" d=\"M15 0v60M45 0v60\"",
        [PATTERN_BARS_WIDE] = "stroke-width=\"19\" d=\"M15 0v60M45 0v60\"",
    };
    const struct svg_tile *tile = &styles->tiles[index];
    text_format(out,
                "<pattern id=\"%s_h%zu\" width=\"60\" height=\"60\" "
                "patternUnits=\"userSpaceOnUse\">",
                styles->prefix, index);
    if (tile->filled) {
        text_add(out, "<rect width=\"60\" height=\"60\" style=\"");
        add_colour(styles, out, "fill", tile->fill, tile->fixed);
        text_add(out, "\"/>");
    }
    text_add(out, "<path fill=\"none\" style=\"");
    add_colour(styles, out, "stroke", tile->ink, tile->fixed);
    text_format(out, "\" %s/></pattern>\n", strokes[tile->pattern]);
}

/* --- light and dark ------------------------------------------------------- */

/* The colours of all rules that change with the paper, each once. */
struct inks {
    struct arena *arena;
    uint32_t *colours;
    size_t count, capacity;
};

static void note_ink(struct inks *inks, uint32_t colour, bool fixed)
{
    for (size_t i = 0; i < inks->count; i++)
        fixed = fixed || inks->colours[i] == colour;
    if (fixed)
        return;
    inks->colours = arena_grow(inks->arena, inks->colours, inks->count,
                               &inks->capacity, sizeof *inks->colours);
    inks->colours[inks->count++] = colour;
}

static void collect_inks(const struct svg_styles *styles, struct inks *inks)
{
    for (size_t i = 0; i < styles->paint_count; i++) {
        const struct scene_paint *paint = &styles->paints[i];
        note_ink(inks, paint->fill, paint->fixed || !paint->filled);
        note_ink(inks, paint->stroke, is_seam(paint) || !paint->stroked);
        note_ink(inks, paint->ink,
                 paint->fixed || paint->pattern == PATTERN_NONE);
    }
    for (size_t i = 0; i < styles->text_count; i++)
        note_ink(inks, styles->texts[i].colour,
                 is_pure(styles->texts[i].colour));
}

static void add_variables(const struct svg_styles *styles,
                          const struct inks *inks, bool dark, struct text *out)
{
    text_add(out, ":root{");
    for (size_t i = 0; i < inks->count; i++) {
        uint32_t colour = inks->colours[i];
        text_format(out, "%s--%s_%06x:#%06x", i > 0 ? ";" : "", styles->prefix,
                    (unsigned)colour,
                    (unsigned)(dark ? palette_dark(colour) : colour));
    }
    text_add_char(out, '}');
}

static void write_variables(const struct svg_styles *styles, struct text *out)
{
    struct inks inks = {.arena = styles->arena};
    note_ink(&inks, SVG_PAPER, false);
    collect_inks(styles, &inks);
    add_variables(styles, &inks, false, out);
    text_add(out, "\n@media (prefers-color-scheme:dark){");
    add_variables(styles, &inks, true, out);
    text_add(out, "}\n");
}

void svg_styles_write(struct svg_styles *styles, struct text *out)
{
    text_add(out, "<style>\n");
    write_variables(styles, out);
    for (size_t rule = 0; rule < styles->paint_count; rule++)
        add_paint(styles, out, rule);
    for (size_t rule = 0; rule < styles->text_count; rule++)
        add_text_style(styles, out, rule);
    text_add(out, "</style>\n");
    if (styles->tile_count == 0)
        return;
    text_add(out, "<defs>\n");
    for (size_t index = 0; index < styles->tile_count; index++)
        add_tile(styles, out, index);
    text_add(out, "</defs>\n");
}
