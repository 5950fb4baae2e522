/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/layout_impl.h"

#include <math.h>
#include <string.h>

#include "page/structure.h"

#define CAPTION_PARTS 5

/* --- the block under a figure or table ------------------------------------ */

/* A line after its label; where it refers to something, with the links. */
static struct runs labelled(struct setter *setter, const char *label,
                            const char *text, const struct runs *linked)
{
    const struct run plain = {.text = text, .href = ""};
    struct runs line = {.run = &plain, .count = 1};
    if (linked != NULL && linked->count > 0)
        line = *linked;
    struct run *run = arena_array(setter->arena, line.count + 1, sizeof *run);
    run[0] = (struct run){.text = label, .style = RUN_BOLD, .href = ""};
    memcpy(run + 1, line.run, line.count * sizeof *run);
    return (struct runs){.run = run, .count = line.count + 1};
}

static size_t break_caption(struct setter *setter,
                            const struct caption *caption, double width_pt,
                            bool drawn, struct paragraph **parts)
{
    const struct {
        const char *key, *text;
    } lines[CAPTION_PARTS] = {
        {"caption.unit", caption->unit},
        {"caption.scope", caption->scope},
        {"caption.reading", caption->reading},
        {"caption.note", caption->note},
        {"caption.source", caption->source},
    };
    struct text_style style = set_style_small(setter);
    const char *colon = setter->lang == LANG_FR ? "\u00a0: " : ": ";
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        if (lines[i].text == NULL || lines[i].text[0] == '\0')
            continue;
        const char *label =
            arena_format(setter->arena, "%s%s",
                         locale_text(setter->lang, lines[i].key), colon);
        const struct runs line =
            labelled(setter, label, lines[i].text,
                     caption->linked != NULL ? &caption->linked[i] : NULL);
        int element =
            drawn ? set_element(setter, TAG_ROOT, TAG_P) : TAG_ARTIFACT;
        parts[count++] = set_break(setter, &line, &style, width_pt, element);
    }
    return count;
}

/* A caption inside one slab; returns its height. NULL slab: measures. */
static double caption_in(struct setter *setter, struct slab *slab,
                         const struct caption *caption, double x_pt,
                         double y_pt, double width_pt)
{
    struct paragraph *parts[CAPTION_PARTS];
    size_t count =
        break_caption(setter, caption, width_pt, slab != NULL, parts);
    double height = 0;
    for (size_t i = 0; i < count; i++) {
        if (slab != NULL)
            set_lines(setter, slab, parts[i], 0, set_line_count(parts[i]), x_pt,
                      y_pt + height);
        height += set_height(parts[i]);
    }
    return height;
}

void set_caption(struct setter *setter, const struct caption *caption)
{
    struct paragraph *parts[CAPTION_PARTS];
    size_t count =
        break_caption(setter, caption, setter->width_pt, true, parts);
    for (size_t i = 0; i < count; i++) {
        struct slab *slab = set_slab(setter, i == 0 ? 3 : 0);
        slab->out.height_pt = set_height(parts[i]);
        slab->keep = i + 1 < count;
        set_lines(setter, slab, parts[i], 0, set_line_count(parts[i]),
                  setter->left_pt, 0);
    }
}

/* --- figures -------------------------------------------------------------- */

static const double title_space_pt = 4;
static const double caption_space_pt = 4;

struct figure_box {
    const struct block *block;
    double x_pt, width_pt;
    double title_pt, scene_pt, caption_pt; /* heights */
    double scale;
};

static struct paragraph *break_words(struct setter *setter,
                                     const struct figure_box *box, int element)
{
    struct text_style style = set_style_body(setter);
    style.justified = false;
    style.colour = setter->theme->muted;
    return set_break_text(setter, box->block->figure->words, &style,
                          box->width_pt - 20, element);
}

/* Heights of the three parts; the scene is made smaller when the whole would
 * not fit the room, never larger. */
static void measure_box(struct setter *setter, struct figure_box *box,
                        double room_pt)
{
    struct text_style style = set_style_title(setter);
    struct paragraph *title =
        set_break_text(setter, set_title(setter, box->block), &style,
                       box->width_pt, TAG_ARTIFACT);
    box->title_pt = fmax(set_height(title), setter->title_pt);
    if (box->title_pt > 0)
        box->title_pt += title_space_pt;
    box->caption_pt =
        caption_in(setter, NULL, &box->block->caption, 0, 0, box->width_pt);
    const struct scene *scene = box->block->figure->scene;
    if (scene == NULL) {
        box->scene_pt = set_height(break_words(setter, box, TAG_ARTIFACT)) + 16;
        return;
    }
    double room = room_pt - box->title_pt - box->caption_pt - caption_space_pt;
    double fit = fmin(box->width_pt / scene_width(scene),
                      fmax(room, 40) / scene_height(scene));
    box->scale = fmin(1, fit);
    box->scene_pt = scene_height(scene) * box->scale;
}

static void draw_scene(struct setter *setter, struct slab *slab,
                       const struct figure_box *box, double y_pt)
{
    const struct scene *scene = box->block->figure->scene;
    if (scene == NULL) {
        set_fill(setter, slab, box->x_pt, y_pt, box->width_pt, box->scene_pt,
                 setter->theme->tint);
        int words = set_element(setter, TAG_ROOT, TAG_P);
        struct paragraph *paragraph = break_words(setter, box, words);
        set_lines(setter, slab, paragraph, 0, set_line_count(paragraph),
                  box->x_pt + 10, y_pt + 8);
        return;
    }
    int element = set_element(setter, TAG_ROOT, TAG_FIGURE);
    const char *more = scene_description(scene);
    setter->elements[element].tag.alt =
        more[0] == '\0'
            ? scene_alt(scene)
            : arena_format(setter->arena, "%s %s", scene_alt(scene), more);
    struct layout_mark *mark = set_mark(setter, slab, LAYOUT_SCENE, element);
    mark->scene = scene;
    mark->figure = box->block->figure;
    mark->scale = box->scale;
    mark->x_pt = box->x_pt;
    mark->y_pt = y_pt;
    mark->width_pt = scene_width(scene) * box->scale;
    mark->height_pt = box->scene_pt;
}

/* By how much a chart may be drawn lower. */
static double fall_of(const struct figure_box *box)
{
    const struct scene *scene = box->block->figure->scene;
    return scene == NULL ? 0 : box->scene_pt - scene_least(scene) * box->scale;
}

/* Parts side by side start at the same heights. */
static void draw_boxes(struct setter *setter, struct slab *slab,
                       struct figure_box *boxes, size_t count)
{
    struct text_style style = set_style_title(setter);
    double title = 0;
    double scene = 0;
    double caption = 0;
    double fall = HUGE_VAL;
    bool flexible = true;
    bool drawn_again = true;
    for (size_t i = 0; i < count; i++) {
        const struct figure *figure = boxes[i].block->figure;
        flexible = flexible && figure->scene != NULL;
        drawn_again = drawn_again && figure->redraw != NULL;
        title = fmax(title, boxes[i].title_pt);
        scene = fmax(scene, boxes[i].scene_pt);
        caption = fmax(caption, boxes[i].caption_pt);
        fall = fmin(fall, fall_of(&boxes[i]));
    }
    for (size_t i = 0; i < count; i++) {
        struct figure_box *box = &boxes[i];
        if (box->title_pt > 0) {
            int element =
                set_element(setter, TAG_ROOT, set_title_role(setter, TAG_P));
            struct paragraph *paragraph =
                set_break_text(setter, set_title(setter, box->block), &style,
                               box->width_pt, element);
            set_lines(setter, slab, paragraph, 0, set_line_count(paragraph),
                      box->x_pt, 0);
        }
        draw_scene(setter, slab, box, title);
        slab->out.marks[slab->out.mark_count - 1].anchor =
            set_place(setter, structure_anchor(setter->arena, box->block));
        (void)caption_in(setter, slab, &box->block->caption, box->x_pt,
                         title + scene + caption_space_pt, box->width_pt);
    }
    slab->flex_pt = flexible ? scene : 0;
    slab->rise_pt = flexible && drawn_again ? scene : 0;
    slab->fall_pt = slab->rise_pt > 0 ? fall : 0;
    slab->flex_end_pt = title + scene;
    slab->out.height_pt = title + scene + caption_space_pt + caption;
}

void set_figure(struct setter *setter, const struct block *block)
{
    struct figure_box box = {
        .block = block,
        .x_pt = setter->left_pt,
        .width_pt = setter->width_pt,
    };
    measure_box(setter, &box, setter->height_pt);
    struct slab *slab = set_slab(setter, setter->theme->block_gap_pt);
    draw_boxes(setter, slab, &box, 1);
}

void set_figures(struct setter *setter, const struct block *block)
{
    struct figure_box boxes[2] = {0};
    size_t count = block->child_count;
    if (count == 0)
        return;
    assert(count <= COUNT_OF(boxes));
    double gutter = setter->theme->gutter_pt;
    double width =
        (setter->width_pt - gutter * (double)(count - 1)) / (double)count;
    for (size_t i = 0; i < count; i++) {
        assert(block->children[i].kind == BLOCK_FIGURE);
        boxes[i].block = &block->children[i];
        boxes[i].width_pt = width;
        boxes[i].x_pt = setter->left_pt + (double)i * (width + gutter);
        measure_box(setter, &boxes[i], setter->height_pt);
    }
    struct slab *slab = set_slab(setter, setter->theme->block_gap_pt);
    draw_boxes(setter, slab, boxes, count);
}
