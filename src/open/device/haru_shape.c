/* SPDX-License-Identifier: EUPL-1.2 */
/* Outlines that many figures share. The areas of a map are most of its bytes
 * and the same in every map of one layout: the second time a long path is
 * painted it is written as a form (ISO 32000-1, 8.10), which takes the colours
 * in use where it is drawn, and later maps name it. A document with one map is
 * written as it was. */
#include <math.h>
#include <string.h>

#include "device/haru_impl.h"

enum { SHAPE_LEAST = 400 }; /* bytes of a path that is worth an object */

static struct haru_shape **find_bucket(struct haru *haru, const char *text,
                                       size_t size)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619U;
    return &haru->shapes[hash % HARU_SHAPES];
}

static struct haru_shape *find_shape(struct haru_shape *first, const char *text,
                                     size_t size)
{
    for (struct haru_shape *shape = first; shape != NULL; shape = shape->next) {
        if (shape->size == size && memcmp(shape->text, text, size) == 0)
            return shape;
    }
    return NULL;
}

/* The box of a path on the grid, with room for half the width of a line and
 * for its corners. */
static HPDF_Array form_box(struct haru *haru, const struct scene_item *item)
{
    double room = fmax(item->paint->width_pt, 1) * 4;
    double low[2] = {item->points[0], item->points[1]};
    double high[2] = {item->points[0], item->points[1]};
    for (size_t i = 0; i < 2 * (size_t)item->point_count; i++) {
        low[i % 2] = fmin(low[i % 2], item->points[i]);
        high[i % 2] = fmax(high[i % 2], item->points[i]);
    }
    HPDF_Array box = HPDF_Array_New(haru->doc->mmgr);
    for (size_t i = 0; i < 2; i++)
        HPDF_Array_AddNumber(
            box, (HPDF_INT32)lround(floor((low[i] - room) * HARU_GRID)));
    for (size_t i = 0; i < 2; i++)
        HPDF_Array_AddNumber(
            box, (HPDF_INT32)lround(ceil((high[i] + room) * HARU_GRID)));
    return box;
}

static HPDF_Dict make_form(struct haru *haru, const struct haru_shape *shape,
                           const struct scene_item *item)
{
    struct text text = text_new(haru->arena);
    text_add_bytes(&text, shape->text, shape->size);
    hash_add(haru->hash, text.at, text.size);
    HPDF_Dict form = haru_new_stream(haru);
    HPDF_Dict_AddName(form, "Type", "XObject");
    HPDF_Dict_AddName(form, "Subtype", "Form");
    HPDF_Dict_Add(form, "BBox", form_box(haru, item));
    HPDF_Dict_Add(form, "Resources", HPDF_Dict_New(haru->doc->mmgr));
    haru_stream_packed(form, &text);
    return form;
}

static void remember(struct haru *haru, struct haru_shape **bucket,
                     const char *text, size_t size)
{
    struct haru_shape *shape = arena_alloc(haru->arena, sizeof *shape);
    *shape = (struct haru_shape){
        .next = *bucket,
        .text = arena_slice(haru->arena, text, size),
        .size = size,
    };
    *bucket = shape;
}

void haru_share(struct haru *haru, size_t start, const struct scene_item *item)
{
    struct text *out = &haru->content;
    const char *text = out->at + start;
    size_t size = out->size - start;
    if (size < SHAPE_LEAST)
        return;
    struct haru_shape **bucket = find_bucket(haru, text, size);
    struct haru_shape *shape = find_shape(*bucket, text, size);
    if (shape == NULL) {
        remember(haru, bucket, text, size);
        return;
    }
    if (shape->form == NULL)
        shape->form = make_form(haru, shape, item);
    out->size = start;
    out->at[start] = '\0';
    text_add_char(out, '/');
    text_add(out, haru_resource(haru, "XObject", "X", shape->form));
    text_add(out, " Do\n");
}
