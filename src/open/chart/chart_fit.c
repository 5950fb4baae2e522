/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "chart/chart_impl.h"

#define ELLIPSIS "\u2026"
#define STEP_PT 0.5

/* Whether a character ends or starts at this byte. */
static bool is_start(char byte)
{
    return ((unsigned char)byte & 0xc0) != 0x80;
}

static char *cut(const struct chart_view *view, enum font_style font,
                 double size_pt, const char *text, double width_pt)
{
    size_t size = strlen(text);
    char *out = arena_format(view->arena, "%s" ELLIPSIS, text);
    while (size > 0 && chart_width(view, font, size_pt, out) > width_pt) {
        do
            size--;
        while (size > 0 && !is_start(text[size]));
        while (size > 0 && text[size - 1] == ' ')
            size--;
        strcpy(out + size, ELLIPSIS);
    }
    return out;
}

const char *chart_cut(const struct chart_view *view, enum font_style font,
                      double size_pt, const char *text, double width_pt)
{
    if (chart_width(view, font, size_pt, text) <= width_pt)
        return text;
    return cut(view, font, size_pt, text, width_pt);
}

static void wrap(const struct chart_view *view, enum font_style font,
                 const char *text, double width_pt, struct chart_fit *fit)
{
    fit->count = fonts_wrap(view->arena, view->fonts, font, fit->size_pt, text,
                            width_pt, &fit->lines);
    fit->leading = fit->size_pt * CHART_FIT_LEADING;
}

static bool fits(const struct chart_view *view, enum font_style font,
                 double width_pt, double height_pt, const struct chart_fit *fit)
{
    for (size_t i = 0; i < fit->count; i++) {
        if (chart_width(view, font, fit->size_pt, fit->lines[i]) > width_pt)
            return false;
    }
    return fit->count < 2 || (double)fit->count * fit->leading <= height_pt;
}

struct chart_fit chart_fit(const struct chart_view *view, enum font_style font,
                           double size_pt, const char *text, double width_pt,
                           double height_pt)
{
    struct chart_fit fit = {.size_pt = size_pt};
    wrap(view, font, text, width_pt, &fit);
    while (fit.size_pt > CHART_LEAST_PT &&
           !fits(view, font, width_pt, height_pt, &fit)) {
        fit.size_pt = fmax(CHART_LEAST_PT, fit.size_pt - STEP_PT);
        wrap(view, font, text, width_pt, &fit);
    }
    double most = fmax(1, floor(height_pt / fit.leading));
    if ((double)fit.count > most) {
        fit.count = (size_t)most;
        char **last = &fit.lines[fit.count - 1];
        *last = cut(view, font, fit.size_pt, *last, width_pt);
    }
    for (size_t i = 0; i < fit.count; i++) {
        if (chart_width(view, font, fit.size_pt, fit.lines[i]) > width_pt)
            fit.lines[i] = cut(view, font, fit.size_pt, fit.lines[i], width_pt);
    }
    return fit;
}

void chart_draw_fit(struct chart_view *view, const struct chart_fit *fit,
                    double x, double middle,
                    const struct scene_text_style *style)
{
    struct scene_text_style own = *style;
    own.size_pt = fit->size_pt;
    double base = middle +
                  fonts_cap_height(view->fonts, style->font, fit->size_pt) / 2 -
                  fit->leading * (double)(fit->count - 1) / 2;
    for (size_t i = 0; i < fit->count; i++, base += fit->leading)
        scene_text(view->scene, x, base, fit->lines[i], &own);
}
