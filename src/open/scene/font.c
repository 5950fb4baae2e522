/* SPDX-License-Identifier: EUPL-1.2 */
#include "scene/font.h"

#include <string.h>

#include <hb-ot.h>
#include <hb.h>

#include "base/fs.h"
#include "base/utf8.h"

#define DIRECTORY "/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF"
#define PACKAGE "fonts-roboto-unhinted"

#define SOFT_HYPHEN "\xC2\xAD"

/* Widths of short texts are kept: words and numbers come back all the time.
 * One place a hash, the newcomer takes it; memory is fixed. */
enum {
    CACHE_PLACES = 4096,
    CACHE_TEXT = 27,
};

struct cached {
    int32_t advance;    /* font units */
    unsigned char size; /* 0: empty */
    char text[CACHE_TEXT];
};

struct face {
    const char *path;
    hb_font_t *font;
    unsigned units_per_em;
    struct cached *cache; /* [CACHE_PLACES] */
};

struct fonts {
    const char *family;
    struct face face[FONT_STYLE_COUNT];
    hb_buffer_t *buffer; /* reused by every measure */
};

/* How the files of a style may end, the usual way first. */
static const char *const endings[FONT_STYLE_COUNT][2] = {
    [FONT_REGULAR] = {"-Regular.ttf", ".ttf"},
    [FONT_BOLD] = {"-Bold.ttf", "-Bold.ttf"},
    [FONT_ITALIC] = {"-Italic.ttf", "-Oblique.ttf"},
    [FONT_BOLD_ITALIC] = {"-BoldItalic.ttf", "-BoldOblique.ttf"},
};

static const char *find_file(struct arena *arena, const struct fonts *fonts,
                             const char *directory, enum font_style style)
{
    const char *path[2];
    for (int e = 0; e < 2; e++)
        path[e] = fs_join(
            arena, directory,
            arena_format(arena, "%s%s", fonts->family, endings[style][e]));
    return !fs_exists(path[0]) && fs_exists(path[1]) ? path[1] : path[0];
}

static const char *package_of(const struct fonts *fonts)
{
    return text_same(fonts->family, FONT_FAMILY)
               ? "the package " PACKAGE
               : "the family in font_directory";
}

static bool open_face(struct arena *arena, const struct fonts *fonts,
                      struct face *face, struct err *err)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(face->path);
    if (!blob)
        return err_fail(err, ERR_INPUT, "font.file",
                        "cannot read the font file '%s': install %s",
                        face->path, package_of(fonts));
    hb_face_t *hb_face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    bool usable = hb_face_get_glyph_count(hb_face) > 0;
    face->font = hb_font_create(hb_face);
    face->units_per_em = hb_face_get_upem(hb_face);
    face->cache = arena_array(arena, CACHE_PLACES, sizeof *face->cache);
    hb_face_destroy(hb_face);
    if (!usable)
        return err_fail(err, ERR_INPUT, "font.file",
                        "'%s' is not a font file: install %s", face->path,
                        package_of(fonts));
    return true;
}

static bool open_faces(struct arena *arena, const char *directory,
                       struct fonts *fonts, struct err *err)
{
    for (int style = 0; style < FONT_STYLE_COUNT; style++) {
        struct face *face = &fonts->face[style];
        face->path = find_file(arena, fonts, directory, (enum font_style)style);
        if (!open_face(arena, fonts, face, err))
            return false;
    }
    return true;
}

bool fonts_open(struct arena *arena, const char *directory, struct fonts **out,
                struct err *err)
{
    return fonts_open_family(arena, NULL, directory, out, err);
}

/* --- other families ------------------------------------------------------- */

/* What the texts of the program and of editors are made of. */
static const char needed[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    " .,;:!?'\"()[]/%&+-=<>*@#°·•"
    "ÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸàâäæçéèêëîïôöœùûüÿ"
    "«»‘’“”–—…×−±≤≥€\u00a0\u202f";

/* A table of a font file from its `at`-th byte on: two bytes, or -1. */
static int table_word(hb_face_t *face, hb_tag_t tag, unsigned at)
{
    unsigned size = 0;
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    const unsigned char *bytes =
        (const unsigned char *)hb_blob_get_data(blob, &size);
    int word = size >= at + 2 ? bytes[at] << 8 | bytes[at + 1] : -1;
    hb_blob_destroy(blob);
    return word;
}

/* OpenType, OS/2: who may embed a font, and whether a part of it. */
static bool check_licence(const struct face *face, struct err *err)
{
    enum { FS_TYPE_AT = 8, RESTRICTED = 0x030E };
    hb_face_t *hb_face = hb_font_get_face(face->font);
    int licence = table_word(hb_face, HB_TAG('O', 'S', '/', '2'), FS_TYPE_AT);
    if (licence < 0 || (licence & RESTRICTED) != 0)
        return err_fail(err, ERR_INPUT, "font.licence",
                        "'%s' does not let everyone embed a part of it "
                        "(OS/2 fsType %d)",
                        face->path, licence);
    if (table_word(hb_face, HB_TAG('g', 'l', 'y', 'f'), 0) < 0)
        return err_fail(err, ERR_INPUT, "font.kind", "'%s' is no TrueType font",
                        face->path);
    return true;
}

static bool check_family(const struct fonts *fonts, struct err *err)
{
    for (int style = 0; style < FONT_STYLE_COUNT; style++) {
        const struct face *face = &fonts->face[style];
        if (!check_licence(face, err))
            return false;
        if (!fonts_check(fonts, (enum font_style)style, needed, err))
            return err_wrap(err, "'%s'", face->path);
    }
    return true;
}

bool fonts_open_family(struct arena *arena, const char *family,
                       const char *directory, struct fonts **out,
                       struct err *err)
{
    struct fonts *fonts = arena_alloc(arena, sizeof *fonts);
    fonts->family = arena_text(arena, family == NULL ? FONT_FAMILY : family);
    fonts->buffer = hb_buffer_create();
    if (!open_faces(arena, directory == NULL ? DIRECTORY : directory, fonts,
                    err) ||
        (family != NULL && !check_family(fonts, err))) {
        fonts_close(fonts);
        return false;
    }
    *out = fonts;
    return true;
}

void fonts_close(struct fonts *fonts)
{
    if (!fonts)
        return;
    for (int style = 0; style < FONT_STYLE_COUNT; style++) {
        hb_font_destroy(fonts->face[style].font); /* NULL is fine */
        fonts->face[style].font = NULL;
    }
    hb_buffer_destroy(fonts->buffer);
    fonts->buffer = NULL;
}

const char *fonts_family(const struct fonts *fonts)
{
    return fonts->family;
}

const char *fonts_path(const struct fonts *fonts, enum font_style style)
{
    return fonts->face[style].path;
}

/* --- shaping -------------------------------------------------------------- */

static bool ends_soft(const char *text, size_t size)
{
    return size >= 2 && memcmp(text + size - 2, SOFT_HYPHEN, 2) == 0;
}

/* Fills the shared buffer with the glyphs of a text. HarfBuzz without memory
 * would give fewer of them, or none. */
static void shape(const struct fonts *fonts, const struct face *face,
                  const char *text, size_t size)
{
    /* each letter alone: programs that set an SVG do not agree on "fi" */
    static const hb_feature_t letters[] = {
        {HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START,
         HB_FEATURE_GLOBAL_END},
        {HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START,
         HB_FEATURE_GLOBAL_END},
    };
    bool soft = ends_soft(text, size);
    size_t plain = soft ? size - 2 : size;
    hb_buffer_t *buffer = fonts->buffer;
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf8(buffer, text, (int)plain, 0, (int)plain);
    if (soft)
        hb_buffer_add(buffer, '-', (unsigned)plain);
    hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_LATIN);
    hb_buffer_set_language(buffer, hb_language_from_string("fr", 2));
    if (!hb_shape_full(face->font, buffer, letters, COUNT_OF(letters), NULL) ||
        !hb_buffer_allocation_successful(buffer))
        err_out_of_memory();
}

static int32_t shaped_advance(const struct fonts *fonts,
                              const struct face *face, const char *text,
                              size_t size)
{
    unsigned count;
    shape(fonts, face, text, size);
    const hb_glyph_position_t *position =
        hb_buffer_get_glyph_positions(fonts->buffer, &count);
    int32_t advance = 0;
    for (unsigned i = 0; i < count; i++)
        advance += position[i].x_advance;
    return advance;
}

static uint32_t hash_text(const char *text, size_t size)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619U;
    return hash;
}

static int32_t advance_of(const struct fonts *fonts, const struct face *face,
                          const char *text, size_t size)
{
    if (size == 0)
        return 0;
    if (size > CACHE_TEXT)
        return shaped_advance(fonts, face, text, size);
    struct cached *place = &face->cache[hash_text(text, size) % CACHE_PLACES];
    if (place->size != size || memcmp(place->text, text, size) != 0) {
        place->advance = shaped_advance(fonts, face, text, size);
        place->size = (unsigned char)size;
        memcpy(place->text, text, size);
    }
    return place->advance;
}

double fonts_width(const struct fonts *fonts, enum font_style style,
                   double size_pt, const char *text, size_t size)
{
    const struct face *face = &fonts->face[style];
    return advance_of(fonts, face, text, size) * size_pt / face->units_per_em;
}

/* The character whose glyph is missing, for a message. */
static bool fail_character(const char *text, size_t cluster, struct err *err)
{
    const char *end = text + cluster;
    uint32_t point = utf8_next(&end);
    return err_fail(err, ERR_INPUT, "font.character",
                    "the font has no character U+%04X '%.*s'", (unsigned)point,
                    (int)(end - (text + cluster)), text + cluster);
}

bool fonts_shape(struct arena *arena, const struct fonts *fonts,
                 enum font_style style, double size_pt, const char *text,
                 size_t size, struct font_glyph **glyphs, size_t *count,
                 struct err *err)
{
    const struct face *face = &fonts->face[style];
    unsigned found;
    shape(fonts, face, text, size);
    const hb_glyph_info_t *source =
        hb_buffer_get_glyph_infos(fonts->buffer, &found);
    const hb_glyph_position_t *position =
        hb_buffer_get_glyph_positions(fonts->buffer, &found);
    double scale = size_pt / face->units_per_em;

    struct font_glyph *shaped = arena_array(arena, found, sizeof *shaped);
    for (unsigned i = 0; i < found; i++) {
        if (source[i].codepoint == 0)
            return fail_character(text, source[i].cluster, err);
        shaped[i] = (struct font_glyph){
            .glyph = source[i].codepoint,
            .cluster = source[i].cluster,
            .advance_pt = position[i].x_advance * scale,
            .dx_pt = position[i].x_offset * scale,
            .dy_pt = -position[i].y_offset * scale,
        };
    }
    *glyphs = shaped;
    *count = found;
    return true;
}

/* Shapes the text and finds the character without glyph: *cluster is its byte.
 */
static bool find_missing(const struct fonts *fonts, const struct face *face,
                         const char *text, size_t *cluster)
{
    unsigned count;
    shape(fonts, face, text, strlen(text));
    const hb_glyph_info_t *source =
        hb_buffer_get_glyph_infos(fonts->buffer, &count);
    for (unsigned i = 0; i < count; i++) {
        *cluster = source[i].cluster;
        if (source[i].codepoint == 0)
            return true;
    }
    return false;
}

/* A character without glyph of its own may still be composed or invisible. */
bool fonts_check(const struct fonts *fonts, enum font_style style,
                 const char *text, struct err *err)
{
    const struct face *face = &fonts->face[style];
    hb_codepoint_t glyph;
    size_t cluster;
    for (const char *at = text; *at;) {
        if (!hb_font_get_nominal_glyph(face->font, utf8_next(&at), &glyph))
            return !find_missing(fonts, face, text, &cluster) ||
                   fail_character(text, cluster, err);
    }
    return true;
}

/* --- metrics -------------------------------------------------------------- */

double fonts_ascent(const struct fonts *fonts, enum font_style style,
                    double size_pt)
{
    const struct face *face = &fonts->face[style];
    hb_font_extents_t extents;
    hb_font_get_h_extents(face->font, &extents);
    return extents.ascender * size_pt / face->units_per_em;
}

double fonts_descent(const struct fonts *fonts, enum font_style style,
                     double size_pt)
{
    const struct face *face = &fonts->face[style];
    hb_font_extents_t extents;
    hb_font_get_h_extents(face->font, &extents);
    return -extents.descender * size_pt / face->units_per_em;
}

double fonts_cap_height(const struct fonts *fonts, enum font_style style,
                        double size_pt)
{
    const struct face *face = &fonts->face[style];
    hb_position_t height = 0;
    hb_ot_metrics_get_position_with_fallback(
        face->font, HB_OT_METRICS_TAG_CAP_HEIGHT, &height);
    return height * size_pt / face->units_per_em;
}

/* --- outlines ------------------------------------------------------------- */

struct drawing {
    const struct font_pen *pen;
    double em; /* font units */
};

static void draw_move(hb_draw_funcs_t *funcs, void *to, hb_draw_state_t *state,
                      float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    const struct drawing *drawing = to;
    drawing->pen->move(drawing->pen->context, (double)x / drawing->em,
                       -(double)y / drawing->em);
}

static void draw_line(hb_draw_funcs_t *funcs, void *to, hb_draw_state_t *state,
                      float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    const struct drawing *drawing = to;
    drawing->pen->line(drawing->pen->context, (double)x / drawing->em,
                       -(double)y / drawing->em);
}

/* TrueType curves are quadratic; a pen takes cubic ones. */
static void draw_curve(hb_draw_funcs_t *funcs, void *to, hb_draw_state_t *state,
                       float x1, float y1, float x, float y, void *user)
{
    (void)funcs, (void)user;
    const struct drawing *drawing = to;
    double em = drawing->em;
    double from_x = (double)state->current_x, from_y = (double)state->current_y;
    double bend_x = 2 * (double)x1, bend_y = 2 * (double)y1;
    double to_x = (double)x, to_y = (double)y;
    drawing->pen->curve(drawing->pen->context, (from_x + bend_x) / 3 / em,
                        -(from_y + bend_y) / 3 / em, (to_x + bend_x) / 3 / em,
                        -(to_y + bend_y) / 3 / em, to_x / em, -to_y / em);
}

static void draw_close(hb_draw_funcs_t *funcs, void *to, hb_draw_state_t *state,
                       void *user)
{
    (void)funcs, (void)state, (void)user;
    const struct drawing *drawing = to;
    drawing->pen->close(drawing->pen->context);
}

void fonts_outline(const struct fonts *fonts, enum font_style style,
                   uint32_t glyph, const struct font_pen *pen)
{
    const struct face *face = &fonts->face[style];
    struct drawing drawing = {pen, face->units_per_em};
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, draw_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, draw_line, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(funcs, draw_curve, NULL, NULL);
    hb_draw_funcs_set_close_path_func(funcs, draw_close, NULL, NULL);
    hb_font_get_glyph_shape(face->font, glyph, funcs, &drawing);
    hb_draw_funcs_destroy(funcs);
}
