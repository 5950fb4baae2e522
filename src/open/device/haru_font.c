/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include <hb.h>

#include "device/haru_font.h"

static const char soft_hyphen[] = "\xC2\xAD";

static uint32_t hash_text(const char *text, size_t size, uint32_t seed)
{
    uint32_t hash = 2166136261U ^ seed;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619U;
    return hash;
}

/* --- codes and words ------------------------------------------------------ */

int haru_font_thousandths(const struct haru_font *font, int units)
{
    return (int)lround(units * 1000.0 / font->units_per_em);
}

static int find_code(struct haru *haru, struct haru_font *font, uint32_t glyph,
                     const char *text, size_t size)
{
    int *bucket =
        &font->code_bucket[hash_text(text, size, glyph) % CODE_BUCKETS];
    for (int i = *bucket; i >= 0; i = font->codes[i].next) {
        const struct code *code = &font->codes[i];
        if (code->glyph == glyph && code->size == size &&
            memcmp(code->text, text, size) == 0)
            return i;
    }
    if (font->code_count >= CODE_LIMIT) {
        haru_fail(haru, ERR_INPUT, "pdf.codes",
                  "too many different characters");
        return 0;
    }
    font->codes = arena_grow(haru->arena, font->codes, font->code_count,
                             &font->code_capacity, sizeof *font->codes);
    int fresh = (int)font->code_count++;
    font->codes[fresh] = (struct code){
        .glyph = glyph,
        .text = arena_slice(haru->arena, text, size),
        .size = size,
        .next = *bucket,
        .advance = haru_font_thousandths(
            font, hb_font_get_glyph_h_advance(font->hb, glyph)),
    };
    *bucket = fresh;
    return fresh;
}

/* Source text of glyph i. When one cluster makes several glyphs the first
 * carries the text and the others a zero width space. */
static void source_of(const struct font_glyph *glyphs, size_t count, size_t i,
                      const struct word *word, const char **at, size_t *size)
{
    static const char zero_width[] = "\xE2\x80\x8B";
    if (i > 0 && glyphs[i - 1].cluster == glyphs[i].cluster) {
        *at = zero_width;
        *size = sizeof zero_width - 1;
        return;
    }
    size_t end = word->size;
    for (size_t j = i + 1; j < count && end == word->size; j++) {
        if (glyphs[j].cluster != glyphs[i].cluster)
            end = glyphs[j].cluster;
    }
    *at = word->text + glyphs[i].cluster;
    *size = end - glyphs[i].cluster;
}

static void fill_word(struct haru *haru, struct haru_font *font,
                      struct word *word)
{
    struct font_glyph *glyphs = NULL;
    size_t count = 0;
    struct err err = {0};
    if (!fonts_shape(haru->arena, haru->fonts, font->style, 1000, word->text,
                     word->size, &glyphs, &count, &err)) {
        haru_fail(haru, err.code, err.id, "%s", err.text);
        return;
    }
    word->codes = arena_array(haru->arena, count, sizeof *word->codes);
    word->kerns = arena_array(haru->arena, count, sizeof *word->kerns);
    for (size_t i = 0; i < count; i++) {
        const char *at = NULL;
        size_t size = 0;
        source_of(glyphs, count, i, word, &at, &size);
        int code = find_code(haru, font, glyphs[i].glyph, at, size);
        int advance = (int)lround(glyphs[i].advance_pt);
        word->codes[i] = (uint16_t)code;
        word->kerns[i] = (int16_t)(advance - font->codes[code].advance);
        word->advance += advance;
    }
    word->count = count;
}

static const struct word *find_word(struct haru *haru, struct haru_font *font,
                                    const char *text, size_t size)
{
    struct word **bucket =
        &font->word_bucket[hash_text(text, size, 0) % WORD_BUCKETS];
    for (struct word *word = *bucket; word != NULL; word = word->next) {
        if (word->size == size && memcmp(word->text, text, size) == 0)
            return word;
    }
    struct word *word = arena_alloc(haru->arena, sizeof *word);
    word->text = arena_slice(haru->arena, text, size);
    word->size = size;
    word->next = *bucket;
    *bucket = word;
    fill_word(haru, font, word);
    return word;
}

/* The font of a style, its objects made at first use. */
static struct haru_font *use_font(struct haru *haru, enum font_style style)
{
    struct haru_font *font = haru->font[style];
    if (font->type0 == NULL)
        font->type0 = haru_new_dict(haru);
    return font;
}

/* --- drawing -------------------------------------------------------------- */

/* Cuts text into words and spaces: the pieces that are shaped and cached. */
static size_t piece_size(const char *text, size_t size)
{
    if (text[0] == ' ')
        return 1;
    const char *space = memchr(text, ' ', size);
    return space == NULL ? size : (size_t)(space - text);
}

static bool ends_soft(const char *text, size_t size)
{
    return size >= 2 && memcmp(text + size - 2, soft_hyphen, 2) == 0;
}

static int soft_hyphen_code(struct haru *haru, struct haru_font *font)
{
    if (font->soft_hyphen == 0) {
        const struct word *hyphen = find_word(haru, font, "-", 1);
        if (haru->failed)
            return 0;
        uint32_t glyph = font->codes[hyphen->codes[0]].glyph;
        font->soft_hyphen = find_code(haru, font, glyph, soft_hyphen, 2);
    }
    return font->soft_hyphen;
}

double haru_width(struct haru *haru, enum font_style style, double size_pt,
                  const char *text, size_t size)
{
    struct haru_font *font = use_font(haru, style);
    int advance = 0;
    if (ends_soft(text, size)) {
        size -= 2;
        advance += font->codes[soft_hyphen_code(haru, font)].advance;
    }
    while (size > 0 && !haru->failed) {
        size_t piece = piece_size(text, size);
        advance += find_word(haru, font, text, piece)->advance;
        text += piece;
        size -= piece;
    }
    return haru->failed ? 0 : advance * size_pt / 1000;
}

static void put_word(struct text *out, const struct word *word, int extra)
{
    for (size_t i = 0; i < word->count; i++) {
        put_hex16(out, word->codes[i]);
        int kern = word->kerns[i] + extra;
        if (kern != 0) {
            text_add_char(out, '>');
            put_integer(out, -kern);
            text_add_char(out, '<');
        }
    }
}

void haru_set_fill(struct haru *haru, uint32_t colour)
{
    if (haru->fill == (int64_t)colour)
        return;
    haru->fill = colour;
    put_rgb(&haru->content, colour, "rg");
}

static void put_font(struct haru *haru, struct haru_font *font, double size_pt)
{
    if (haru->font_style == (int)font->style &&
        fabs(haru->font_size_pt - size_pt) < 0.001)
        return;
    struct haru_sheet *sheet = haru_sheet(haru);
    if (sheet->font_name[font->style] == NULL)
        sheet->font_name[font->style] =
            HPDF_Page_GetLocalFontName(sheet->page, font->type0);
    haru->font_style = (int)font->style;
    haru->font_size_pt = size_pt;
    text_add_char(&haru->content, '/');
    text_add(&haru->content, sheet->font_name[font->style]);
    text_add_char(&haru->content, ' ');
    put_number(&haru->content, size_pt);
    text_add(&haru->content, "Tf ");
}

/* Two decimals are too coarse for a rotation. */
static void put_fine(struct text *out, double value)
{
    text_format(out, "%.5f ", value);
}

static void put_position(struct text *out, const struct haru_place *place)
{
    if (fabs(place->angle_degrees) < 0.001) {
        put_number(out, place->x);
        put_number(out, place->y);
        text_add(out, "Td[<");
        return;
    }
    /* Clockwise on the page is negative where y goes up. */
    double radians = -place->angle_degrees * 3.14159265358979323846 / 180;
    put_fine(out, cos(radians));
    put_fine(out, sin(radians));
    put_fine(out, -sin(radians));
    put_fine(out, cos(radians));
    put_number(out, place->x);
    put_number(out, place->y);
    text_add(out, "Tm[<");
}

void haru_draw_text(struct haru *haru, const struct haru_place *place,
                    const char *text, size_t size)
{
    if (haru->failed || size == 0)
        return;
    assert(haru->marked);
    struct text *out = &haru->content;
    struct haru_font *font = use_font(haru, place->style);
    int extra = (int)lround(place->word_space_pt * 1000 / place->size_pt);
    bool soft = ends_soft(text, size);
    if (soft)
        size -= 2;

    haru_set_fill(haru, place->colour);
    text_add(out, "BT ");
    put_font(haru, font, place->size_pt);
    put_position(out, place);
    while (size > 0 && !haru->failed) {
        size_t piece = piece_size(text, size);
        put_word(out, find_word(haru, font, text, piece),
                 text[0] == ' ' ? extra : 0);
        text += piece;
        size -= piece;
    }
    if (soft)
        put_hex16(out, (unsigned)soft_hyphen_code(haru, font));
    text_add(out, ">]TJ ET\n");
}

void haru_text(struct haru *haru, const struct haru_text *how, const char *text,
               size_t size)
{
    if (haru->failed)
        return;
    struct haru_place place = {
        .x = how->x_pt,
        .y = haru_sheet(haru)->height_pt - how->y_pt,
        .style = how->style,
        .size_pt = how->size_pt,
        .word_space_pt = how->word_space_pt,
        .colour = how->colour,
    };
    haru_draw_text(haru, &place, text, size);
}

/* --- opening -------------------------------------------------------------- */

static bool open_font(struct haru *haru, enum font_style style, struct err *err)
{
    const char *path = fonts_path(haru->fonts, style);
    struct haru_font *font = arena_alloc(haru->arena, sizeof *font);
    haru->font[style] = font;
    font->style = style;
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
    if (blob == NULL)
        return err_fail(err, ERR_INPUT, "font.file", "cannot read font '%s'",
                        path);
    font->face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    font->hb = hb_font_create(font->face);
    font->units_per_em = hb_face_get_upem(font->face);
    for (size_t i = 0; i < CODE_BUCKETS; i++)
        font->code_bucket[i] = -1;
    (void)find_code(haru, font, 0, "", 0); /* code 0: .notdef, never drawn */
    return true;
}

bool haru_fonts_start(struct haru *haru, struct err *err)
{
    for (enum font_style style = 0; style < FONT_STYLE_COUNT; style++) {
        if (!open_font(haru, style, err))
            return false;
    }
    return true;
}

void haru_fonts_close(struct haru *haru)
{
    for (size_t style = 0; style < FONT_STYLE_COUNT; style++) {
        struct haru_font *font = haru->font[style];
        if (font == NULL)
            continue;
        hb_font_destroy(font->hb);
        hb_face_destroy(font->face);
        haru->font[style] = NULL;
    }
}
