/* SPDX-License-Identifier: EUPL-1.2 */
/* device/png.c - our own PNG writer and checker.
 *
 * Chunks: IHDR, pHYs (the printed size), iTXt (the alternative text), PLTE,
 * IDAT, IEND. No time stamp. */
#include <libdeflate.h>
#include <math.h>
#include <string.h>

#include "base/fs.h"
#include "device/device.h"
#include "device/png_impl.h"

enum {
    LEVEL = 5, /* a tenth faster than 6, and charts are no larger */
    TYPE_RGB = 2,
    TYPE_PALETTE = 3,
};

static const unsigned char signature[] = {0x89, 'P',  'N',  'G',
                                          '\r', '\n', 0x1a, '\n'};

static void put_u32(unsigned char *at, uint32_t value)
{
    at[0] = (unsigned char)(value >> 24);
    at[1] = (unsigned char)(value >> 16);
    at[2] = (unsigned char)(value >> 8);
    at[3] = (unsigned char)value;
}

static uint32_t get_u32(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
           (uint32_t)at[2] << 8 | at[3];
}

static void add_chunk(struct text *file, const char *type, const void *bytes,
                      size_t size)
{
    unsigned char number[4];
    put_u32(number, (uint32_t)size);
    text_add_bytes(file, (const char *)number, 4);
    size_t start = file->size;
    text_add_bytes(file, type, 4);
    text_add_bytes(file, bytes, size);
    put_u32(number, libdeflate_crc32(0, file->at + start, size + 4));
    text_add_bytes(file, (const char *)number, 4);
}

static void add_header(struct text *file, const struct pixels *pixels,
                       const struct scene *scene, unsigned char type)
{
    unsigned char header[13] = {0};
    put_u32(header, (uint32_t)pixels->width);
    put_u32(header + 4, (uint32_t)pixels->height);
    header[8] = 8; /* bits a channel */
    header[9] = type;
    text_add_bytes(file, (const char *)signature, sizeof signature);
    add_chunk(file, "IHDR", header, sizeof header);

    unsigned char size[9];
    double per_metre = pixels->width / (scene_width(scene) / 72 * 0.0254);
    put_u32(size, (uint32_t)lround(per_metre));
    put_u32(size + 4, (uint32_t)lround(per_metre));
    size[8] = 1; /* metres */
    add_chunk(file, "pHYs", size, sizeof size);

    struct text words = text_new(file->arena);
    text_add_bytes(&words, "Description\0\0\0\0", 16); /* plain, no language */
    text_add(&words, scene_alt(scene));
    add_chunk(file, "iTXt", words.at, words.size);
}

static void add_plain_data(struct text *file, const unsigned char *rows,
                           size_t size)
{
    size_t packed = 0;
    const unsigned char *bytes = png_pack(file->arena, rows, size, &packed);
    add_chunk(file, "IDAT", bytes, packed);
    add_chunk(file, "IEND", NULL, 0);
}

static void add_data(struct text *file, const unsigned char *rows, size_t size)
{
    struct libdeflate_compressor *packer = libdeflate_alloc_compressor(LEVEL);
    if (!packer)
        err_out_of_memory();
    size_t room = libdeflate_zlib_compress_bound(packer, size);
    unsigned char *packed = arena_room(file->arena, room);
    size_t used = libdeflate_zlib_compress(packer, rows, size, packed, room);
    libdeflate_free_compressor(packer);
    assert(used > 0);
    add_chunk(file, "IDAT", packed, used);
    add_chunk(file, "IEND", NULL, 0);
}

static void add_palette_image(struct text *file, const struct pixels *pixels,
                              const struct palette *palette)
{
    unsigned char colours[3 * PNG_COLOURS];
    for (size_t i = 0; i < palette->count; i++) {
        colours[3 * i] = (unsigned char)(palette->colour[i] >> 16);
        colours[3 * i + 1] = (unsigned char)(palette->colour[i] >> 8);
        colours[3 * i + 2] = (unsigned char)palette->colour[i];
    }
    add_chunk(file, "PLTE", colours, 3 * palette->count);
    size_t width = (size_t)pixels->width, height = (size_t)pixels->height;
    size_t size = height * (width + 1);
    if (palette->runs < size / PNG_PLAIN_RUN)
        add_plain_data(file, palette->rows, size);
    else
        add_data(file, palette->rows, size);
}

struct rgb {           /* rows as they are in the file */
    unsigned char *at; /* where the next one goes */
    uint32_t *above;   /* [width] pixels over it */
};

static bool take_rgb(void *into, const struct pixels *rows)
{
    struct rgb *rgb = into;
    size_t width = (size_t)rows->width;
    for (size_t i = 0; i < width * (size_t)rows->height; i++) {
        uint32_t colour = rows->at[i], above = rgb->above[i % width];
        if (i % width == 0)
            *rgb->at++ = FILTER_UP;
        *rgb->at++ = (unsigned char)((colour >> 16) - (above >> 16));
        *rgb->at++ = (unsigned char)((colour >> 8) - (above >> 8));
        *rgb->at++ = (unsigned char)(colour - above);
        rgb->above[i % width] = colour;
    }
    return true;
}

static bool has_mosaic(const struct scene *scene)
{
    for (size_t i = 0; i < scene_count(scene); i++) {
        if (scene_item(scene, i)->kind == SCENE_MOSAIC)
            return true;
    }
    return false;
}

/* Takes the rows of a picture, part by part from the top, while it is true. */
typedef bool take_rows(void *into, const struct pixels *rows);

/* Draws a picture that never is whole. */
static bool draw_parts(const struct scene *scene, const struct fonts *fonts,
                       const struct pixels *whole, take_rows *take, void *into,
                       struct err *err)
{
    struct arena *drawn = arena_new();
    struct png_canvas *canvas =
        png_canvas_new(drawn, scene, fonts, whole->width);
    int band = has_mosaic(scene) ? PNG_MOSAIC_BAND : PNG_BAND;
    struct pixels rows = {.width = whole->width, .height = band};
    bool ok = true, more = true;
    for (; ok && more && rows.first < whole->height; rows.first += band) {
        if (rows.height > whole->height - rows.first)
            rows.height = whole->height - rows.first;
        ok = png_draw(canvas, &rows, err);
        more = ok && take(into, &rows);
    }
    png_canvas_close(canvas);
    arena_free(drawn);
    return ok;
}

struct counting {
    struct png_parts *parts;
    bool fits;
};

static bool count_rows(void *into, const struct pixels *rows)
{
    struct counting *counting = into;
    counting->fits = png_parts_add(counting->parts, rows);
    return counting->fits;
}

/* The palette and its rows, unless there are too many colours. */
static bool draw_palette(struct arena *arena, const struct scene *scene,
                         const struct fonts *fonts, const struct pixels *whole,
                         struct palette *palette, bool *few, struct err *err)
{
    struct arena *scratch = arena_new();
    struct counting counting = {
        png_parts_new(scratch, whole->width, whole->height), true};
    bool ok = draw_parts(scene, fonts, whole, count_rows, &counting, err);
    *few = ok && counting.fits &&
           png_parts_palette(arena, counting.parts, palette);
    arena_free(scratch);
    return ok;
}

static bool add_rgb_image(struct text *file, const struct scene *scene,
                          const struct fonts *fonts, const struct pixels *whole,
                          struct err *err)
{
    size_t width = (size_t)whole->width, height = (size_t)whole->height;
    size_t size = height * (3 * width + 1);
    struct rgb rgb = {
        .at = arena_room(file->arena, size),
        .above = arena_array(file->arena, width, sizeof *rgb.above),
    };
    const unsigned char *rows = rgb.at;
    if (!draw_parts(scene, fonts, whole, take_rgb, &rgb, err))
        return false;
    add_data(file, rows, size);
    return true;
}

/* Draws the picture into a file. */
static bool draw_file(struct text *file, const struct scene *scene,
                      const struct fonts *fonts, int width, struct err *err)
{
    const struct pixels whole = {.width = width,
                                 .height = png_height(scene, width)};
    struct palette palette;
    bool few = false;
    if (whole.height > PNG_HIGHEST)
        return err_fail(err, ERR_INPUT, "png.size",
                        "%d pixels high, more than %d: it needs fewer rows, or "
                        "SVG",
                        whole.height, PNG_HIGHEST);
    if (!draw_palette(file->arena, scene, fonts, &whole, &palette, &few, err))
        return false;
    add_header(file, &whole, scene, few ? TYPE_PALETTE : TYPE_RGB);
    if (!few)
        return add_rgb_image(file, scene, fonts, &whole, err);
    add_palette_image(file, &whole, &palette);
    return true;
}

bool device_png(const struct scene *scene, const struct fonts *fonts,
                int pixels_wide, const char *path, struct err *err)
{
    assert(pixels_wide > 0);
    struct arena *scratch = arena_new();
    struct text file = text_new(scratch);
    bool ok = draw_file(&file, scene, fonts, pixels_wide, err) &&
              fs_write(path, file.at, file.size, err);
    arena_free(scratch);
    return ok || err_wrap(err, "picture '%s'", path);
}

/* --- reading back --------------------------------------------------------- */

struct reader {
    const char *path;
    const unsigned char *bytes;
    size_t size, at;
    struct err *err;
    uint32_t width, height;
    unsigned char type;
    size_t colours;
    struct text data; /* of all IDAT */
    bool ended;
};

static bool wrong(struct reader *reader, const char *what)
{
    return err_fail(reader->err, ERR_DISAGREE, "png.broken", "'%s': %s",
                    reader->path, what);
}

static bool read_header(struct reader *reader, const unsigned char *body,
                        size_t size)
{
    if (size != 13 || body[8] != 8)
        return wrong(reader, "unexpected IHDR");
    reader->width = get_u32(body);
    reader->height = get_u32(body + 4);
    reader->type = body[9];
    if (reader->type != TYPE_RGB && reader->type != TYPE_PALETTE)
        return wrong(reader, "unexpected colour type");
    return true;
}

static bool read_chunk(struct reader *reader)
{
    const unsigned char *at = reader->bytes + reader->at;
    size_t left = reader->size - reader->at;
    if (left < 12 || get_u32(at) > left - 12)
        return wrong(reader, "ends inside a chunk");
    size_t size = get_u32(at);
    if (libdeflate_crc32(0, at + 4, size + 4) != get_u32(at + 8 + size))
        return wrong(reader, "checksum of a chunk");
    reader->at += size + 12;
    if (memcmp(at + 4, "IHDR", 4) == 0)
        return read_header(reader, at + 8, size);
    if (memcmp(at + 4, "PLTE", 4) == 0)
        reader->colours = size / 3;
    if (memcmp(at + 4, "IDAT", 4) == 0)
        text_add_bytes(&reader->data, (const char *)at + 8, size);
    if (memcmp(at + 4, "IEND", 4) == 0)
        reader->ended = true;
    return true;
}

/* Unpacks the image data and looks at every palette index. */
static bool check_data(struct reader *reader)
{
    if (reader->width == 0 || reader->height == 0 || reader->width > 65535 ||
        reader->height > 65535)
        return wrong(reader, "unexpected size");
    size_t line =
        (size_t)reader->width * (reader->type == TYPE_RGB ? 3 : 1) + 1;
    size_t size = line * reader->height;
    unsigned char *rows = arena_alloc(reader->data.arena, size);
    struct libdeflate_decompressor *unpacker = libdeflate_alloc_decompressor();
    if (!unpacker)
        err_out_of_memory();
    enum libdeflate_result result = libdeflate_zlib_decompress(
        unpacker, reader->data.at, reader->data.size, rows, size, NULL);
    libdeflate_free_decompressor(unpacker);
    if (result != LIBDEFLATE_SUCCESS)
        return wrong(reader, "image data cannot be unpacked");
    for (size_t i = 0; reader->type == TYPE_PALETTE && i < size; i++) {
        if (i % line != 0 && rows[i] >= reader->colours)
            return wrong(reader, "a pixel outside the palette");
    }
    return true;
}

static bool read_all(struct reader *reader)
{
    if (reader->size < sizeof signature ||
        memcmp(reader->bytes, signature, sizeof signature) != 0)
        return wrong(reader, "is not a PNG file");
    reader->at = sizeof signature;
    while (!reader->ended) {
        if (!read_chunk(reader))
            return false;
    }
    if (reader->at != reader->size)
        return wrong(reader, "bytes after the end");
    return check_data(reader);
}

bool device_png_check(const char *path, int *width, int *height,
                      struct err *err)
{
    struct arena *scratch = arena_new();
    char *bytes;
    struct reader reader = {
        .path = path, .err = err, .data = text_new(scratch)};
    bool ok = fs_read(scratch, path, &bytes, &reader.size, err);
    if (ok) {
        reader.bytes = (const unsigned char *)bytes;
        ok = read_all(&reader);
    }
    if (ok) {
        *width = (int)reader.width;
        *height = (int)reader.height;
    }
    arena_free(scratch);
    return ok;
}
