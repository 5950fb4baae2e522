/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "chart/chart_impl.h"

#define GAP_PT 2
#define MOVED_PT 3 /* from here on a leader is drawn */

static double height_of(const struct chart_label *label)
{
    return (double)label->fit.count * label->fit.leading;
}

/* Every label in room for so many lines of CHART_LABEL_PT; returns the height
 * of all of them. */
static double wrap_all(const struct chart_view *view,
                       struct chart_label *labels, size_t count, double size_pt,
                       double width_pt, double room)
{
    double height = 0;
    for (size_t i = 0; i < count; i++) {
        labels[i].fit =
            chart_fit(view, FONT_BOLD, size_pt, labels[i].text, width_pt, room);
        labels[i].fit.leading = chart_leading(labels[i].fit.size_pt);
        height += height_of(&labels[i]) + GAP_PT;
    }
    return height;
}

double chart_labels_width(const struct chart_view *view,
                          struct chart_label *labels, size_t count,
                          double width_pt)
{
    double widest = 0, size_pt = CHART_LABEL_PT, room = INFINITY;
    double free_pt = view->bottom - view->top;
    while (wrap_all(view, labels, count, size_pt, width_pt, room) > free_pt &&
           room > 0) {
        if (size_pt > CHART_LEAST_PT)
            size_pt -= 0.5;
        else
            room = isinf(room) ? 2 * chart_leading(size_pt) : 0;
    }
    for (size_t i = 0; i < count; i++) {
        const struct chart_fit *fit = &labels[i].fit;
        for (size_t line = 0; line < fit->count; line++)
            widest = fmax(widest, chart_width(view, FONT_BOLD, fit->size_pt,
                                              fit->lines[line]));
    }
    return widest;
}

static void sort_by_height(struct chart_label *labels, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct chart_label label = labels[i];
        size_t to = i;
        for (; to > 0 && labels[to - 1].y > label.y; to--)
            labels[to] = labels[to - 1];
        labels[to] = label;
    }
}

/* Labels pushed apart form blocks; a block sits where its members want to be
 * on average, inside the plot. */
struct block {
    size_t first, count;
    double top, height;
    double wish; /* sum of the tops that its members want for the block */
};

static void settle(const struct chart_view *view, struct block *block)
{
    double low = view->top, high = view->bottom - block->height;
    block->top = block->wish / (double)block->count;
    block->top = fmax(low, fmin(block->top, high));
}

static void place(const struct chart_view *view, struct chart_label *labels,
                  size_t count)
{
    struct block *blocks = arena_array(view->arena, count, sizeof *blocks);
    size_t block_count = 0;
    for (size_t i = 0; i < count; i++) {
        double height = height_of(&labels[i]) + GAP_PT;
        struct block block = {i, 1, 0, height, labels[i].y - height / 2};
        settle(view, &block);
        while (block_count > 0 &&
               blocks[block_count - 1].top + blocks[block_count - 1].height >
                   block.top) {
            struct block *above = &blocks[--block_count];
            block.wish =
                above->wish + block.wish - above->height * (double)block.count;
            block.first = above->first;
            block.count += above->count;
            block.height += above->height;
            settle(view, &block);
        }
        blocks[block_count++] = block;
    }
    for (size_t b = 0; b < block_count; b++) {
        double top = blocks[b].top;
        for (size_t i = 0; i < blocks[b].count; i++) {
            struct chart_label *label = &labels[blocks[b].first + i];
            label->place = top;
            top += height_of(label) + GAP_PT;
        }
    }
}

/* Draws the column of texts that ends or starts at x. */
static void draw_column(struct chart_view *view, struct chart_label *labels,
                        size_t count, double x, bool leftwards)
{
    sort_by_height(labels, count);
    place(view, labels, count);
    double away = leftwards ? -1 : 1;
    for (size_t i = 0; i < count; i++) {
        const struct chart_label *label = &labels[i];
        double middle = label->place + (height_of(label) + GAP_PT) / 2;
        bool moved = fabs(middle - label->y) > MOVED_PT ||
                     away * (x - label->from_x) > 24;
        if (moved) {
            struct scene_paint leader = chart_stroke(label->colour, 0.5);
            scene_segment(view->scene, label->from_x + away * 3.5, label->y,
                          x - away * 2, middle, &leader);
        }
        struct scene_text_style style =
            chart_text(FONT_BOLD, CHART_LABEL_PT,
                       leftwards ? ANCHOR_END : ANCHOR_START, label->colour);
        style.size_pt = label->fit.size_pt;
        double base = label->place + GAP_PT / 2.0 + style.size_pt * 0.98;
        for (size_t line = 0; line < label->fit.count; line++) {
            scene_text(view->scene, x, base, label->fit.lines[line], &style);
            base += label->fit.leading;
        }
    }
}

void chart_draw_labels(struct chart_view *view, struct chart_label *labels,
                       size_t count, double x)
{
    draw_column(view, labels, count, x, false);
}

void chart_draw_labels_left(struct chart_view *view, struct chart_label *labels,
                            size_t count, double x)
{
    draw_column(view, labels, count, x, true);
}
