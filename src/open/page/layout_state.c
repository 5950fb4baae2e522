/* SPDX-License-Identifier: EUPL-1.2 */
/* What drafts and review copies have on their pages. */
#include <math.h>
#include <string.h>

#include "page/layout_impl.h"

#define WATERMARK_COLOUR 0xEBEBF0
#define WATERMARK_SHARE 0.62 /* of the diagonal that the word takes */
#define NUMBERED_LINES 5     /* every so many lines have their number */

/* --- watermark ------------------------------------------------------------ */

/* Outlines of glyphs laid on a slope. The word is a drawing, no text: who
 * copies or searches the page does not meet its letters between the lines. */
struct stencil {
    struct scene *scene;
    double centre_x, centre_y;
    double cosine, sine;
    double size_pt;
    double pen_pt, baseline_pt; /* of the glyph, from the centre */
};

static void slope(const struct stencil *stencil, double *x, double *y)
{
    double along = stencil->pen_pt + *x * stencil->size_pt;
    double down = stencil->baseline_pt + *y * stencil->size_pt;
    *x = stencil->centre_x + along * stencil->cosine + down * stencil->sine;
    *y = stencil->centre_y - along * stencil->sine + down * stencil->cosine;
}

static void pen_move(void *context, double x, double y)
{
    struct stencil *stencil = context;
    slope(stencil, &x, &y);
    scene_move(stencil->scene, x, y);
}

static void pen_line(void *context, double x, double y)
{
    struct stencil *stencil = context;
    slope(stencil, &x, &y);
    scene_line(stencil->scene, x, y);
}

static void pen_curve(void *context, double x1, double y1, double x2, double y2,
                      double x, double y)
{
    struct stencil *stencil = context;
    slope(stencil, &x1, &y1);
    slope(stencil, &x2, &y2);
    slope(stencil, &x, &y);
    scene_curve(stencil->scene, x1, y1, x2, y2, x, y);
}

static void pen_close(void *context)
{
    struct stencil *stencil = context;
    scene_close(stencil->scene);
}

static void draw_word(struct setter *setter, struct stencil *stencil,
                      const char *word)
{
    const struct font_pen pen = {stencil, pen_move, pen_line, pen_curve,
                                 pen_close};
    struct font_glyph *glyphs = NULL;
    size_t count = 0;
    struct err err = {0};
    if (!fonts_shape(setter->scratch, setter->fonts, FONT_BOLD,
                     stencil->size_pt, word, strlen(word), &glyphs, &count,
                     &err))
        return; /* a typeface without capitals: the foot tells the state */
    for (size_t i = 0; i < count; i++) {
        fonts_outline(setter->fonts, FONT_BOLD, glyphs[i].glyph, &pen);
        stencil->pen_pt += glyphs[i].advance_pt;
    }
    scene_paint(stencil->scene, &(struct scene_paint){
                                    .filled = true,
                                    .fill = WATERMARK_COLOUR,
                                    .css = "",
                                });
}

void set_watermark(struct setter *setter, struct slab *head)
{
    if (setter->document->edition->project->state != STATE_DRAFT)
        return;
    double width = setter->sheet->width_pt;
    double height = setter->sheet->height_pt;
    double diagonal = hypot(width, height);
    const char *word = locale_text(setter->lang, "document.watermark");
    double unit = set_width(setter, FONT_BOLD, 1, word, strlen(word));
    struct stencil stencil = {
        .scene = scene_new(setter->arena, width, height, word, ""),
        .centre_x = width / 2,
        .centre_y = height / 2,
        .cosine = width / diagonal,
        .sine = height / diagonal,
        .size_pt = WATERMARK_SHARE * diagonal / unit,
        .pen_pt = -WATERMARK_SHARE * diagonal / 2,
    };
    stencil.baseline_pt =
        fonts_cap_height(setter->fonts, FONT_BOLD, stencil.size_pt) / 2;
    draw_word(setter, &stencil, word);
    struct layout_mark *mark =
        set_mark(setter, head, LAYOUT_SCENE, TAG_ARTIFACT);
    mark->scene = stencil.scene;
    mark->scale = 1;
    mark->width_pt = width;
    mark->height_pt = height;
}

/* --- numbers of lines ----------------------------------------------------- */

static double baseline_of(const struct layout_slab *slab)
{
    for (size_t i = 0; i < slab->mark_count; i++) {
        if (slab->marks[i].kind == LAYOUT_TEXT)
            return slab->marks[i].y_pt;
    }
    return slab->height_pt;
}

/* Lines of running text are counted on each page, so that a reader can say
 * "page 12, line 35". */
void set_line_numbers(struct setter *setter, struct slab *head,
                      const struct layout_page *page)
{
    if (!state_replaceable(setter->document->edition->project->state))
        return;
    const double away = 5;
    struct text_style style = set_style_small(setter);
    style.size_pt *= 0.85;
    size_t count = 0;
    for (size_t i = 0; i < page->slab_count; i++) {
        const struct layout_placed *placed = &page->slabs[i];
        if (!placed->slab->line || placed->repeated ||
            ++count % NUMBERED_LINES != 0)
            continue;
        const char *number = arena_format(setter->arena, "%zu", count);
        double width = set_width(setter, style.font, style.size_pt, number,
                                 strlen(number));
        (void)set_line(setter, head, TAG_ARTIFACT, &style, number,
                       setter->left_pt + placed->x_pt - away - width, 0);
        head->out.marks[head->out.mark_count - 1].y_pt =
            placed->y_pt + baseline_of(placed->slab);
    }
}
