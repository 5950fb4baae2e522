/* SPDX-License-Identifier: EUPL-1.2 */
#include "chart/chart_impl.h"

double chart_lines_height(const struct chart_view *view, double width_pt,
                          const char *text, enum font_style font,
                          double size_pt)
{
    if (text[0] == '\0')
        return 0;
    char **lines;
    size_t count = fonts_wrap(view->arena, view->fonts, font, size_pt, text,
                              width_pt, &lines);
    return (double)count * chart_leading(size_pt);
}

double chart_draw_lines(struct chart_view *view, double x, double y,
                        double width_pt, const char *text,
                        const struct scene_text_style *style)
{
    if (text[0] == '\0')
        return y;
    char **lines;
    size_t count = fonts_wrap(view->arena, view->fonts, style->font,
                              style->size_pt, text, width_pt, &lines);
    for (size_t i = 0; i < count; i++) {
        scene_text(view->scene, x, y + style->size_pt, lines[i], style);
        y += chart_leading(style->size_pt);
    }
    return y;
}

/* --- axes ----------------------------------------------------------------- */

void chart_draw_y_label(struct chart_view *view, double gap_pt)
{
    struct scene_text_style style =
        chart_text(FONT_REGULAR, CHART_TICK_PT, ANCHOR_START, CHART_SOFT_INK);
    view->top =
        chart_draw_lines(view, view->left, view->top, view->right - view->left,
                         view->job->y_label, &style) +
        gap_pt;
}

void chart_draw_x_label(struct chart_view *view, double middle)
{
    if (view->job->x_label[0] == '\0')
        return;
    struct scene_text_style style =
        chart_text(FONT_REGULAR, CHART_TICK_PT, ANCHOR_MIDDLE, CHART_SOFT_INK);
    view->bottom -= chart_leading(CHART_TICK_PT);
    scene_text(view->scene, middle, view->bottom + CHART_TICK_PT,
               view->job->x_label, &style);
}

/* --- legend --- ------------------------------------------------------- */

#define SWATCH_PT 14
#define SWATCH_GAP_PT 4
#define ENTRY_GAP_PT 16

/* Draws the entries from view->top on; returns their height. */
static double draw_entries(struct chart_view *view, bool marks)
{
    const struct chart_job *job = view->job;
    struct scene_text_style style =
        chart_text(FONT_REGULAR, CHART_LABEL_PT, ANCHOR_START, CHART_INK);
    double x = 0, y = 0, line = chart_leading(CHART_LABEL_PT) + 3;
    double room = view->right - view->left;
    for (size_t s = 0; s < chart_values(job); s++) {
        const char *label = job->series[s].label;
        double width = SWATCH_PT + SWATCH_GAP_PT +
                       chart_width(view, FONT_REGULAR, CHART_LABEL_PT, label);
        if (x > 0 && x + width > room) {
            x = 0;
            y += line;
        }
        if (marks) {
            chart_marker(view, chart_look(job, s),
                         view->left + x + SWATCH_PT / 2.0, view->top + y + 5,
                         false);
        } else {
            struct scene_paint paint = chart_bar_paint(chart_look(job, s));
            scene_rectangle(view->scene, view->left + x, view->top + y + 1,
                            SWATCH_PT, 8, &paint);
        }
        scene_text(view->scene, view->left + x + SWATCH_PT + SWATCH_GAP_PT,
                   view->top + y + CHART_LABEL_PT, label, &style);
        x += width + ENTRY_GAP_PT;
    }
    return y + line;
}

void chart_draw_legend(struct chart_view *view, bool marks)
{
    if (chart_values(view->job) < 2)
        return;
    scene_group(view->scene, "legend", "", "");
    view->top += draw_entries(view, marks);
    scene_group_end(view->scene);
}

/* --- foot ----------------------------------------------------------------- */

void chart_draw_foot(struct chart_view *view, unsigned signs)
{
    const struct chart_job *job = view->job;
    const char *notes = chart_notes(view, signs);
    const char *source = "";
    if (job->source[0] != '\0')
        source = locale_fill(view->arena, job->lang, "source.line", "source",
                             job->source, NULL);
    double width = view->right - view->left;
    double height =
        chart_lines_height(view, width, notes, FONT_REGULAR, CHART_NOTE_PT) +
        chart_lines_height(view, width, source, FONT_ITALIC, CHART_NOTE_PT);
    if (height <= 0)
        return;

    struct scene_text_style style =
        chart_text(FONT_REGULAR, CHART_NOTE_PT, ANCHOR_START, CHART_SOFT_INK);
    scene_group(view->scene, "notes", "", "");
    view->bottom -= height;
    double y =
        chart_draw_lines(view, view->left, view->bottom, width, notes, &style);
    style.font = FONT_ITALIC;
    chart_draw_lines(view, view->left, y, width, source, &style);
    scene_group_end(view->scene);
    view->bottom -= 4;
}

void chart_draw_empty(struct chart_view *view)
{
    struct scene_text_style style =
        chart_text(FONT_ITALIC, CHART_LABEL_PT, ANCHOR_MIDDLE, CHART_SOFT_INK);
    struct scene_paint frame = chart_stroke(CHART_GRID, 0.5);
    scene_rectangle(view->scene, view->left, view->top,
                    view->right - view->left, view->bottom - view->top, &frame);
    char *words = arena_text(view->arena,
                             locale_text(view->job->lang, "chart.no_values"));
    scene_text(view->scene, (view->left + view->right) / 2,
               (view->top + view->bottom) / 2, words, &style);
}

void chart_draw_plate(struct chart_view *view, double left, double base,
                      double width, double size_pt)
{
    static const struct scene_paint plate = {
        .filled = true, .fill = 0xffffff, .css = "plate"};
    scene_rectangle(view->scene, left, base - size_pt * 0.92, width,
                    size_pt * 1.14, &plate);
}
