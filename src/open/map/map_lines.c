/* SPDX-License-Identifier: EUPL-1.2 */
/* Blocks of text around a map. */
#include <string.h>

#include "map/map_impl.h"

static const double line_height = 1.25;

double map_lines_height(const struct map_lines *lines)
{
    return (double)lines->count * lines->size_pt * line_height;
}

void map_lines_add(const struct map_view *view, struct map_lines *lines,
                   const char *words, double width)
{
    char **more;
    if (*words == '\0')
        return;
    size_t count = fonts_wrap(view->arena, view->fonts, lines->style,
                              lines->size_pt, words, width, &more);
    char **all = arena_array(view->arena, lines->count + count, sizeof *all);
    if (lines->count > 0)
        memcpy(all, lines->at, lines->count * sizeof *all);
    memcpy(all + lines->count, more, count * sizeof *all);
    lines->at = all;
    lines->count += count;
}

void map_lines_draw(struct map_view *view, const struct map_lines *lines,
                    double x, double y)
{
    struct scene_text_style style = {.font = lines->style,
                                     .size_pt = lines->size_pt,
                                     .anchor = ANCHOR_START,
                                     .colour = lines->colour,
                                     .css = ""};
    for (size_t i = 0; i < lines->count; i++) {
        y += lines->size_pt * line_height;
        scene_text(view->scene, x, y - 0.3 * lines->size_pt, lines->at[i],
                   &style);
    }
}

double map_text_size(double width_pt)
{
    if (width_pt >= 420)
        return 8;
    return width_pt >= 300 ? 7.5 : 7;
}

struct map_job map_typeset(struct arena *arena, const struct map_job *job)
{
    struct map_job typeset = *job;
    typeset.title = locale_typography(arena, job->lang, job->title);
    typeset.subject =
        locale_typography(arena, job->lang, job->subject ? job->subject : "");
    const char *unit = job->unit;
    if (job->method == CLASSES_PROBABILITY && *unit == '\0')
        unit = locale_text(job->lang, "map.probability.unit");
    typeset.unit = locale_typography(arena, job->lang, unit);
    typeset.source = locale_typography(arena, job->lang, job->source);
    typeset.mark_label = locale_typography(arena, job->lang, job->mark_label);
    return typeset;
}
