/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "page/layout_text.h"

#define SPREAD_MOST 1.0 /* that a space gets, of the size of type */

static double baseline(struct setter *setter, const struct text_style *style)
{
    double ascent = fonts_ascent(setter->fonts, style->font, style->size_pt);
    double descent = fonts_descent(setter->fonts, style->font, style->size_pt);
    return (style->leading_pt - ascent - descent) / 2 + ascent;
}

static bool same_look(const struct piece *a, const struct piece *b)
{
    return a->font == b->font && fabs(a->size_pt - b->size_pt) < 0.001 &&
           fabs(a->rise_pt - b->rise_pt) < 0.001 && a->element == b->element &&
           a->link == b->link && a->anchor == b->anchor &&
           a->page_of == b->page_of && a->note == b->note;
}

/* The line being drawn: marks are joined while the look stays the same. */
struct pen {
    struct slab *slab;
    const struct text_style *style;
    const struct piece *look; /* of the open mark, or NULL */
    struct text text;
    double x_pt, start_pt, y_pt, extra_pt;
};

static void end_mark(struct setter *setter, struct pen *pen)
{
    if (pen->look == NULL)
        return;
    const struct piece *look = pen->look;
    struct layout_mark *mark =
        set_mark(setter, pen->slab, LAYOUT_TEXT, look->element);
    mark->text = arena_slice(setter->arena, pen->text.at, pen->text.size);
    mark->size = pen->text.size;
    mark->x_pt = pen->start_pt;
    mark->y_pt = pen->y_pt - look->rise_pt;
    mark->style = look->font;
    mark->size_pt = look->size_pt;
    mark->word_space_pt = pen->extra_pt;
    mark->colour =
        look->link_colour ? setter->theme->accent : pen->style->colour;
    mark->link = look->link;
    mark->anchor = look->anchor;
    mark->page_of = look->page_of;
    if (look->note != NULL)
        set_call_on(setter, pen->slab, look->note);
    mark->width_pt = pen->x_pt - pen->start_pt;
    mark->height_pt = pen->style->leading_pt;
    text_clear(&pen->text);
    pen->look = NULL;
}

static void draw_piece(struct setter *setter, struct pen *pen,
                       const struct piece *piece)
{
    if (pen->look == NULL || !same_look(pen->look, piece)) {
        end_mark(setter, pen);
        pen->look = piece;
        pen->start_pt = pen->x_pt;
    }
    text_add_bytes(&pen->text, piece->text, piece->size);
    pen->x_pt += piece->width_pt;
}

/* A space behind a link belongs to what goes on after it. */
static void draw_space(struct setter *setter, struct pen *pen,
                       const struct piece *next, double width_pt)
{
    if (pen->look != NULL && pen->look->link >= 0 && next->link < 0) {
        end_mark(setter, pen);
        pen->look = next;
        pen->start_pt = pen->x_pt;
    }
    text_add_char(&pen->text, ' ');
    pen->x_pt += width_pt;
}

/* A line's end reads as a space, unless a word goes on. */
static void end_line(struct setter *setter, struct pen *pen,
                     const struct paragraph *paragraph, size_t next)
{
    struct piece after; /* which looks like the first piece of the next line */
    if (pen->look != NULL && next < paragraph->atom_count &&
        paragraph->atoms[next].space_pt > 0) {
        after = paragraph->pieces[paragraph->atoms[next].first];
        after.anchor = after.page_of = -1; /* these are on the next line */
        after.note = NULL;
        draw_space(setter, pen, &after, 0);
    }
    end_mark(setter, pen);
}

static void draw_line(struct setter *setter, struct pen *pen,
                      const struct paragraph *paragraph,
                      const struct line *line)
{
    for (size_t i = 0; i < line->count; i++) {
        const struct atom *atom = &paragraph->atoms[line->first + i];
        if (i > 0 && atom->space_pt > 0)
            draw_space(setter, pen, &paragraph->pieces[atom->first],
                       atom->space_pt + pen->extra_pt);
        for (size_t j = 0; j < atom->count; j++)
            draw_piece(setter, pen, &paragraph->pieces[atom->first + j]);
        if (atom->hyphen)
            text_add(&pen->text, "\xC2\xAD");
    }
    end_line(setter, pen, paragraph, line->first + line->count);
}

void set_lines(struct setter *setter, struct slab *slab,
               const struct paragraph *paragraph, size_t first, size_t count,
               double x_pt, double y_pt)
{
    const struct text_style *style = &paragraph->style;
    for (size_t i = first; i < first + count; i++) {
        const struct line *line = &paragraph->lines[i];
        double room = paragraph->width_pt - line->width_pt;
        double shift = style->align == ALIGN_RIGHT    ? room
                       : style->align == ALIGN_CENTRE ? room / 2
                                                      : 0;
        /* A last line is as long as it is, but not longer than the others; so
         * is one before a word that nothing can break. */
        bool spread =
            style->justified && line->spaces > 0 && (!line->last || room < 0) &&
            room <= SPREAD_MOST * (double)line->spaces * style->size_pt;
        struct pen pen = {
            .slab = slab,
            .style = style,
            .text = text_new(setter->scratch),
            .x_pt = x_pt + shift,
            .y_pt = y_pt + (double)(i - first) * style->leading_pt +
                    baseline(setter, style),
            .extra_pt = spread ? room / (double)line->spaces : 0,
        };
        draw_line(setter, &pen, paragraph, line);
    }
}

double set_line(struct setter *setter, struct slab *slab, int element,
                const struct text_style *style, const char *text, double x_pt,
                double y_pt)
{
    struct layout_mark *mark = set_mark(setter, slab, LAYOUT_TEXT, element);
    size_t size = strlen(text);
    mark->text = text;
    mark->size = size;
    mark->style = style->font;
    mark->size_pt = style->size_pt;
    mark->colour = style->colour;
    mark->width_pt = set_width(setter, style->font, style->size_pt, text, size);
    mark->height_pt = style->leading_pt;
    mark->x_pt = x_pt;
    mark->y_pt = y_pt + baseline(setter, style);
    return mark->width_pt;
}

/* The first two lines stay together, and so do the last two. */
/* Whether a line ends with the beginning of a cut word. */
static bool ends_cut(const struct paragraph *paragraph, size_t at)
{
    const struct line *line = &paragraph->lines[at];
    return paragraph->atoms[line->first + line->count - 1].hyphen;
}

void set_flow(struct setter *setter, const struct paragraph *paragraph,
              double x_pt, double gap_pt)
{
    size_t count = paragraph->line_count;
    for (size_t i = 0; i < count; i++) {
        struct slab *slab = set_slab(setter, i == 0 ? gap_pt : 0);
        slab->out.height_pt = paragraph->style.leading_pt;
        slab->out.line = true;
        slab->keep = i + 1 < count &&
                     (i == 0 || i + 2 == count || ends_cut(paragraph, i));
        set_lines(setter, slab, paragraph, i, 1, x_pt, 0);
    }
}

void set_hang(struct setter *setter, size_t first, double indent_pt)
{
    for (size_t i = first + 1; i < setter->slab_count; i++) {
        struct layout_slab *line = &setter->slabs[i]->out;
        for (size_t j = 0; j < line->mark_count; j++)
            line->marks[j].x_pt += indent_pt;
    }
}

char *set_plain(struct setter *setter, const struct runs *runs)
{
    struct text plain = text_new(setter->arena);
    for (size_t i = 0; i < runs->count; i++)
        text_add(&plain, runs->run[i].text);
    return plain.at;
}
