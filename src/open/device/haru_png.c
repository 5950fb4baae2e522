/* SPDX-License-Identifier: EUPL-1.2 */
#include "device/haru_impl.h"

static HPDF_Image find_picture(const struct haru *haru,
                               const unsigned char *bytes)
{
    for (size_t i = 0; i < haru->picture_count; i++) {
        if (haru->pictures[i].bytes == bytes)
            return haru->pictures[i].image;
    }
    return NULL;
}

static HPDF_Image load_picture(struct haru *haru, const unsigned char *bytes,
                               size_t size)
{
    HPDF_Image image =
        HPDF_LoadPngImageFromMem(haru->doc, bytes, (HPDF_UINT)size);
    if (image == NULL) {
        haru_fail(haru, ERR_INPUT, "pdf.picture",
                  "a picture of the theme is no PNG file that can be read");
        return NULL;
    }
    hash_add(haru->hash, bytes, size);
    haru->pictures =
        arena_grow(haru->arena, haru->pictures, haru->picture_count,
                   &haru->picture_capacity, sizeof *haru->pictures);
    haru->pictures[haru->picture_count++] =
        (struct haru_picture){.bytes = bytes, .image = image};
    return image;
}

static void set_box(struct haru *haru, int element, const struct haru_box *box,
                    double bottom)
{
    struct haru_figure *figure = haru->records[element].figure;
    assert(figure != NULL);
    figure->boxed = true;
    figure->left = box->x_pt;
    figure->right = box->x_pt + box->width_pt;
    figure->bottom = bottom;
    figure->top = bottom + box->height_pt;
}

void haru_png(struct haru *haru, int element, const unsigned char *bytes,
              size_t size, const struct haru_box *box)
{
    if (haru->failed)
        return;
    assert(haru->marked);
    HPDF_Image image = find_picture(haru, bytes);
    if (image == NULL)
        image = load_picture(haru, bytes, size);
    if (image == NULL)
        return;
    double bottom = haru_sheet(haru)->height_pt - box->y_pt - box->height_pt;
    if (element != TAG_ARTIFACT)
        set_box(haru, element, box, bottom);
    text_add(&haru->content, "q ");
    put_number(&haru->content, box->width_pt);
    text_add(&haru->content, "0 0 ");
    put_number(&haru->content, box->height_pt);
    put_number(&haru->content, box->x_pt);
    put_number(&haru->content, bottom);
    text_format(&haru->content, "cm /%s Do Q\n",
                haru_resource(haru, "XObject", "X", image));
}
