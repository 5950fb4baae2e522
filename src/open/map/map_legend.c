/* SPDX-License-Identifier: EUPL-1.2 */
/* The legend: a block of classes and a block of statuses and signs. Every row
 * has a swatch, words, and how many territories it holds. */
#include <math.h>
#include <string.h>

#include "map/map_impl.h"

/* Measures in multiples of the text size. */
static const double row_height = 1.55;
static const double swatch_width = 2.2;
static const double swatch_height = 1.15;
static const double swatch_gap = 0.7;
static const double line_height = 1.25;

enum {
    ROWS_MOST = MAP_CLASSES_MOST + 1 + AVAILABILITY_COUNT + 2,
    INK = 0x1A1A1A,
    SWATCH_BORDER = 0x6B6B6B,
};

enum row_kind {
    ROW_FILL,
    ROW_DASHED,
    ROW_MARK,
    ROW_CIRCLE,
};

struct row {
    enum row_kind kind;
    struct map_look look;
    const char *words;
    double value; /* ROW_CIRCLE */
};

struct block {
    const char *heading;
    struct row rows[ROWS_MOST];
    size_t count;
};

static void add_row(const struct map_view *view, struct block *block,
                    enum row_kind kind, struct map_look look, const char *words,
                    size_t size)
{
    char *count = num_format_count(view->arena, view->job->lang, (int64_t)size);
    if (!view->uncounted)
        words = arena_format(view->arena, "%s\u00a0(%s)", words, count);
    block->rows[block->count++] = (struct row){kind, look, words, 0};
}

/* Round sizes, the largest first. */
static void list_circles(const struct map_view *view, struct block *block)
{
    double steps[3];
    size_t count = map_circle_steps(view, steps);
    block->heading = view->job->unit;
    for (size_t i = 0; i < count; i++)
        block->rows[block->count++] =
            (struct row){ROW_CIRCLE, (struct map_look){0},
                         num_format(view->arena, view->job->lang, steps[i],
                                    view->job->decimals),
                         steps[i]};
    if (view->zero_size > 0)
        add_row(view, block, ROW_FILL, (struct map_look){.kind = LOOK_CIRCLE},
                locale_text(view->job->lang, "map.circle.zero"),
                view->zero_size);
}

static void list_located(const struct map_view *view, struct block *block)
{
    block->rows[block->count++] = (struct row){
        ROW_FILL, {LOOK_FOCUS, 0, AVAILABLE, 0}, map_focus_words(view), 0};
    const char *siblings = map_sibling_words(view);
    if (*siblings)
        block->rows[block->count++] = (struct row){
            ROW_FILL, {LOOK_SIBLING, 0, AVAILABLE, 0}, siblings, 0};
}

static void list_classes(const struct map_view *view, struct block *block)
{
    const char *unit = view->job->unit;
    block->heading = unit;
    if (view->certainty_count > 1)
        block->heading =
            arena_format(view->arena, "%s%s%s.", unit, *unit ? ". " : "",
                         locale_text(view->job->lang, "map.certainty"));
    if (view->zero_size > 0)
        add_row(view, block, ROW_FILL,
                (struct map_look){LOOK_ZERO, 0, AVAILABLE, 0},
                locale_text(view->job->lang, "map.class.zero"),
                view->zero_size);
    for (size_t i = 0; i < view->class_count; i++)
        add_row(view, block, ROW_FILL, map_class_look(i),
                map_class_words(view, i), view->class_sizes[i]);
}

static void list_signs(const struct map_view *view, struct block *block)
{
    enum lang lang = view->job->lang;
    for (size_t i = 0; i < AVAILABILITY_COUNT; i++) {
        enum availability status = (enum availability)i;
        if (view->missing_sizes[i] > 0)
            add_row(view, block, ROW_FILL,
                    (struct map_look){LOOK_MISSING, 0, status, 0},
                    availability_words(lang, status), view->missing_sizes[i]);
    }
    /* What is drawn over a value is no missing value: then both are said. */
    bool drawn = (view->dashed_count > 0 && !view->all_dashed) ||
                 (view->marked_count > 0 && *view->job->mark_label);
    if (block->count > 0)
        block->heading =
            locale_text(lang, drawn ? "map.legend.both" : "map.legend.missing");
    else if (drawn)
        block->heading = locale_text(lang, "map.legend.signs");
    if (view->dashed_count > 0 && !view->all_dashed)
        add_row(view, block, ROW_DASHED, (struct map_look){0},
                locale_text(lang, "map.legend.dashed"), view->dashed_count);
    if (view->marked_count > 0 && *view->job->mark_label)
        add_row(view, block, ROW_MARK, (struct map_look){0},
                view->job->mark_label, view->marked_count);
}

static struct block make_block(const struct map_view *view,
                               enum map_block which)
{
    struct block block = {.heading = ""};
    switch (which) {
    case BLOCK_CLASSES:
        if (view->job->kind == MAP_CIRCLES)
            list_circles(view, &block);
        else if (view->job->kind == MAP_LOCATOR)
            list_located(view, &block);
        else
            list_classes(view, &block);
        break;
    case BLOCK_SIGNS:
        list_signs(view, &block);
        break;
    case BLOCK_COUNT:
        break;
    }
    return block;
}

static bool all_fit(const struct map_view *view, enum font_style style,
                    char *const *lines, size_t count, double width)
{
    bool fit = true;
    for (size_t i = 0; i < count; i++)
        fit = fit && fonts_width(view->fonts, style, view->text_pt, lines[i],
                                 strlen(lines[i])) <= width;
    return fit;
}

/* A count leaves the last of its words only where both are too wide. */
static size_t wrap(const struct map_view *view, enum font_style style,
                   const char *words, double width, char ***lines)
{
    static const char tie[] = "\u00a0(";
    const char *count = strstr(words, tie);
    if (*words == '\0')
        return 0;
    size_t size = fonts_wrap(view->arena, view->fonts, style, view->text_pt,
                             words, width, lines);
    if (count == NULL || all_fit(view, style, *lines, size, width))
        return size;
    words = arena_format(view->arena, "%.*s (%s", (int)(count - words), words,
                         count + strlen(tie));
    return fonts_wrap(view->arena, view->fonts, style, view->text_pt, words,
                      width, lines);
}

/* One swatch, or one per degree of certainty, or the largest circle. */
static double swatch_room(const struct map_view *view,
                          const struct block *block)
{
    double room = swatch_width * view->text_pt;
    if (view->certainty_count > 1 && block->count > 0 &&
        block->rows[block->count - 1].look.kind == LOOK_CLASS)
        room *= (double)view->certainty_count;
    if (block->count > 0 && block->rows[0].kind == ROW_CIRCLE)
        room = fmax(room, 2 * map_radius(view, block->rows[0].value));
    return room + swatch_gap * view->text_pt;
}

/* As wide as its rows; a heading may make it wider, up to a limit, and wraps
 * there. */
static double block_width(const struct map_view *view,
                          const struct block *block, double width)
{
    static const double heading_limit = 27;
    double heading = fonts_width(view->fonts, FONT_BOLD, view->text_pt,
                                 block->heading, strlen(block->heading)) +
                     0.1;
    double limit = heading_limit * view->text_pt;
    double widest = heading < limit ? heading : limit;
    for (size_t i = 0; i < block->count; i++) {
        const char *words = block->rows[i].words;
        double row = swatch_room(view, block) +
                     fonts_width(view->fonts, FONT_REGULAR, view->text_pt,
                                 words, strlen(words)) +
                     0.1;
        widest = row > widest ? row : widest;
    }
    return widest < width ? widest : width;
}

static double row_size(const struct map_view *view, const struct row *row,
                       size_t lines)
{
    double more = lines > 1 ? (double)(lines - 1) * line_height : 0;
    double size = (row_height + more) * view->text_pt;
    return row->kind == ROW_CIRCLE
               ? fmax(size, 2 * map_radius(view, row->value) + 2)
               : size;
}

struct map_box map_legend_size(const struct map_view *view,
                               enum map_block which, double width)
{
    struct block block = make_block(view, which);
    struct map_box size = {0};
    if (block.count == 0)
        return size;
    char **lines = NULL;
    size.width = block_width(view, &block, width);
    size_t heading = wrap(view, FONT_BOLD, block.heading, size.width, &lines);
    size.height = (double)heading * line_height * view->text_pt;
    if (heading > 0)
        size.height += 0.35 * view->text_pt;
    if (which == BLOCK_CLASSES) {
        struct map_box histogram = map_histogram_size(view, width);
        size.width = fmax(size.width, histogram.width);
        size.height += histogram.height;
    }
    for (size_t i = 0; i < block.count; i++) {
        size_t count = wrap(view, FONT_REGULAR, block.rows[i].words,
                            size.width - swatch_room(view, &block), &lines);
        size.height += row_size(view, &block.rows[i], count);
    }
    return size;
}

void map_swatch_draw(struct map_view *view, struct map_look look, double x,
                     double y, double width, double height)
{
    static const struct scene_paint border = {.stroked = true,
                                              .stroke = SWATCH_BORDER,
                                              .width_pt = 0.5,
                                              .opacity = 1,
                                              .css = ""};
    struct scene_paint fill = map_look_paint(view, look);
    scene_rectangle(view->scene, x, y, width, height, &fill);
    scene_rectangle(view->scene, x, y, width, height, &border);
}

static void draw_swatch(struct map_view *view, const struct row *row, double x,
                        double y)
{
    double width = swatch_width * view->text_pt;
    double height = swatch_height * view->text_pt;
    static const struct scene_paint dashes = {.stroked = true,
                                              .stroke = INK,
                                              .width_pt = 0.8,
                                              .dash_pt = 1.6,
                                              .opacity = 1,
                                              .css = ""};
    static const struct scene_paint dot = {
        .filled = true, .fill = INK, .opacity = 1, .css = "mark"};
    struct scene_paint fill;
    struct map_look look = row->look;
    switch (row->kind) {
    case ROW_FILL:
        do {
            map_swatch_draw(view, look, x, y, width, height);
            x += width;
        } while (look.kind == LOOK_CLASS &&
                 ++look.certainty < view->certainty_count);
        break;
    case ROW_CIRCLE:
        fill = (struct scene_paint){.filled = true,
                                    .fill = view->colours[4],
                                    .opacity = 0.75,
                                    .css = "circle"};
        scene_circle(view->scene, x + map_radius(view, row->value),
                     y + map_radius(view, row->value),
                     map_radius(view, row->value), &fill);
        break;
    case ROW_DASHED:
        scene_rectangle(view->scene, x, y, width, height, &dashes);
        break;
    case ROW_MARK:
        scene_circle(view->scene, x + width / 2, y + height / 2,
                     0.24 * view->text_pt, &dot);
        break;
    }
}

static double draw_lines(struct map_view *view, enum font_style style,
                         char *const *lines, size_t count, double x, double y)
{
    struct scene_text_style text = {.font = style,
                                    .size_pt = view->text_pt,
                                    .anchor = ANCHOR_START,
                                    .colour = INK,
                                    .css = ""};
    for (size_t i = 0; i < count; i++) {
        scene_text(view->scene, x, y + 0.93 * view->text_pt, lines[i], &text);
        y += line_height * view->text_pt;
    }
    return y;
}

static double draw_row(struct map_view *view, const struct block *block,
                       const struct row *row, double x, double y, double width)
{
    char **lines = NULL;
    double room = swatch_room(view, block);
    size_t count = wrap(view, FONT_REGULAR, row->words, width - room, &lines);
    double drop =
        row->kind == ROW_CIRCLE
            ? fmax(0, map_radius(view, row->value) - 0.62 * view->text_pt)
            : 0;
    draw_swatch(view, row, x, y);
    draw_lines(view, FONT_REGULAR, lines, count, x + room, y + drop);
    return y + row_size(view, row, count);
}

void map_legend_draw(struct map_view *view, enum map_block which, double x,
                     double y, double width)
{
    struct block block = make_block(view, which);
    if (block.count == 0)
        return;
    char **lines = NULL;
    double own = block_width(view, &block, width);
    size_t heading = wrap(view, FONT_BOLD, block.heading, own, &lines);
    y = draw_lines(view, FONT_BOLD, lines, heading, x, y);
    if (heading > 0)
        y += 0.35 * view->text_pt;
    if (which == BLOCK_CLASSES) {
        struct map_box histogram = map_histogram_size(view, width);
        map_histogram_draw(view, x, y, histogram.width);
        y += histogram.height;
    }
    for (size_t i = 0; i < block.count; i++)
        y = draw_row(view, &block, &block.rows[i], x, y, own);
}
