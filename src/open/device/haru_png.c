/* SPDX-License-Identifier: EUPL-1.2 */
#include <png.h>
#include <stdlib.h>
#include <string.h>

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

static HPDF_Image refuse(struct haru *haru)
{
    haru_fail(haru, ERR_INPUT, "pdf.picture",
              "a picture of the theme is no PNG file that can be read");
    return NULL;
}

/* --- pictures that let the page through ----------------------------------- */

static HPDF_Dict new_layer(struct haru *haru, const png_image *png,
                           const char *colours, const struct text *samples)
{
    HPDF_Dict layer = haru_new_stream(haru);
    HPDF_Dict_AddName(layer, "Type", "XObject");
    HPDF_Dict_AddName(layer, "Subtype", "Image");
    HPDF_Dict_AddNumber(layer, "Width", (HPDF_INT32)png->width);
    HPDF_Dict_AddNumber(layer, "Height", (HPDF_INT32)png->height);
    HPDF_Dict_AddNumber(layer, "BitsPerComponent", 8);
    HPDF_Dict_AddName(layer, "ColorSpace", colours);
    haru_stream_packed(layer, samples);
    return layer;
}

/* PDF/A-1 knows no mask: there the picture has the colours that it has on white
 * paper. */
static HPDF_Image put_layers(struct haru *haru, const png_image *png,
                             const unsigned char *pixels)
{
    bool masked = haru->info.archive != ARCHIVE_1B;
    struct arena *scratch = arena_new();
    struct text colour = text_new(scratch);
    struct text mask = text_new(scratch);
    size_t count = (size_t)png->width * png->height;
    for (size_t i = 0; i < count; i++) {
        const unsigned char *pixel = pixels + 4 * i;
        unsigned alpha = pixel[3];
        for (int c = 0; c < 3; c++) {
            unsigned white = 255U * (255U - alpha);
            unsigned flat = (pixel[c] * alpha + white + 127) / 255;
            text_add_char(&colour, (char)(masked ? pixel[c] : flat));
        }
        text_add_char(&mask, (char)alpha);
    }
    HPDF_Dict image = new_layer(haru, png, "DeviceRGB", &colour);
    if (masked)
        HPDF_Dict_Add(image, "SMask",
                      new_layer(haru, png, "DeviceGray", &mask));
    arena_free(scratch);
    return image;
}

static HPDF_Image load_clear(struct haru *haru, png_image *png)
{
    png->format = PNG_FORMAT_RGBA;
    unsigned char *pixels = malloc(PNG_IMAGE_SIZE(*png));
    if (pixels == NULL)
        err_out_of_memory();
    HPDF_Image image = NULL;
    if (png_image_finish_read(png, NULL, pixels, 0, NULL) != 0)
        image = put_layers(haru, png, pixels);
    free(pixels);
    return image;
}

/* --- pictures ------------------------------------------------------------- */

static HPDF_Image read_picture(struct haru *haru, const unsigned char *bytes,
                               size_t size)
{
    png_image png;
    memset(&png, 0, sizeof png);
    png.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&png, bytes, size) == 0)
        return NULL;
    HPDF_Image image =
        (png.format & PNG_FORMAT_FLAG_ALPHA) != 0
            ? load_clear(haru, &png)
            : HPDF_LoadPngImageFromMem(haru->doc, bytes, (HPDF_UINT)size);
    png_image_free(&png);
    return image;
}

static HPDF_Image load_picture(struct haru *haru, const unsigned char *bytes,
                               size_t size)
{
    HPDF_Image image = read_picture(haru, bytes, size);
    if (image == NULL)
        return refuse(haru);
    hash_add(haru->hash, bytes, size);
    haru->pictures =
        arena_grow(haru->arena, haru->pictures, haru->picture_count,
                   &haru->picture_capacity, sizeof *haru->pictures);
    haru->pictures[haru->picture_count++] =
        (struct haru_picture){.bytes = bytes, .image = image};
    return image;
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
    haru_place_figure(haru, element, box);
    text_add(&haru->content, "q ");
    put_number(&haru->content, box->width_pt);
    text_add(&haru->content, "0 0 ");
    put_number(&haru->content, box->height_pt);
    put_number(&haru->content, box->x_pt);
    put_number(&haru->content, haru_corners(haru, box).bottom);
    text_format(&haru->content, "cm /%s Do Q\n",
                haru_resource(haru, "XObject", "X", image));
}
