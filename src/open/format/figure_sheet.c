/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/figure_sheet.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

enum { MARGIN_PT = 4 };

/* Lines above or below the drawing. */
struct lines {
    struct scene_text_style style;
    double x;
    char **at;
    size_t count;
};

/* What the drawing lacks on each side: charts have a margin, maps reach to the
 * edges, as the page around them has one. */
static double lacking(const struct scene *scene)
{
    double left = MARGIN_PT;
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind == SCENE_TEXT && item->anchor == ANCHOR_START &&
            item->x_pt >= 0)
            left = fmin(left, item->x_pt);
    }
    return MARGIN_PT - left;
}

static const double leading = 1.25;

/* For a sheet so wide. */
static struct lines wrap(struct arena *arena, const struct fonts *fonts,
                         const char *words, double width, enum font_style font,
                         double size_pt, uint32_t colour)
{
    struct lines lines = {.style = {.font = font,
                                    .size_pt = size_pt,
                                    .anchor = ANCHOR_START,
                                    .colour = colour,
                                    .css = ""},
                          .x = MARGIN_PT};
    if (words && words[0])
        lines.count = fonts_wrap(arena, fonts, font, size_pt, words,
                                 width - 2 * lines.x, &lines.at);
    return lines;
}

static double height_of(const struct lines *lines)
{
    return (double)lines->count * lines->style.size_pt * leading;
}

/* Returns the height below the last line. */
static double draw(struct scene *scene, const char *css,
                   const struct lines *lines, double y)
{
    if (lines->count == 0)
        return y;
    scene_group(scene, css, "", "");
    for (size_t i = 0; i < lines->count; i++) {
        scene_text(scene, lines->x, y + lines->style.size_pt, lines->at[i],
                   &lines->style);
        y += lines->style.size_pt * leading;
    }
    scene_group_end(scene);
    return y;
}

/* A line that begins with the words, whatever else it says: "rapport" of
 * "Rapport standardisé", and "%" of no "95 %". */
static bool says(const struct scene *scene, const char *words)
{
    size_t size = strlen(words);
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind == SCENE_TEXT &&
            strncasecmp(item->text, words, size) == 0 &&
            !isalnum((unsigned char)item->text[size]))
            return true;
    }
    return false;
}

static const char *source_line(struct arena *arena,
                               const struct caption *caption, enum lang lang)
{
    if (!caption->source || !caption->source[0])
        return "";
    return locale_fill(arena, lang, "source.line", "source", caption->source,
                       NULL);
}

const struct scene *figure_sheet(struct arena *open, const struct fonts *fonts,
                                 const struct scene *scene,
                                 const struct caption *caption, enum lang lang)
{
    const uint32_t ink = 0x222222, soft = 0x555555;
    double margin = lacking(scene), width = scene_width(scene) + 2 * margin;
    const char *unit = caption->unit ? caption->unit : "";
    struct lines title =
        wrap(open, fonts, caption->title, width, FONT_BOLD, 10.5, ink);
    struct lines scope =
        wrap(open, fonts, caption->scope, width, FONT_REGULAR, 8.5, soft);
    struct lines below = wrap(open, fonts, says(scene, unit) ? "" : unit, width,
                              FONT_REGULAR, 8.5, soft);
    struct lines source = wrap(open, fonts, source_line(open, caption, lang),
                               width, FONT_ITALIC, 7.5, soft);
    double head = height_of(&title) + height_of(&scope) + height_of(&below);
    double foot = height_of(&source);
    if (head <= 0 && foot <= 0)
        return scene;
    head += head > 0 ? 2 * MARGIN_PT : 0;
    foot += foot > 0 ? MARGIN_PT : 0;

    double height = scene_height(scene);
    struct scene *sheet = scene_new(open, width, head + height + foot,
                                    scene_alt(scene), scene_description(scene));
    double y = draw(sheet, "title", &title, MARGIN_PT);
    y = draw(sheet, "scope", &scope, y);
    draw(sheet, "unit", &below, y);
    scene_place(sheet, scene, margin, head);
    draw(sheet, "source", &source, head + height);
    return sheet;
}
