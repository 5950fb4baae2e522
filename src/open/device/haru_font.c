#include <math.h>
#include <string.h>

#include <hb-ot.h>
#include <hb-subset.h>

#include "base/fs.h"
#include "device/haru_impl.h"

/* A code of the text is a pair (glyph, source text), not a glyph: a no-break
 * space and a space share their glyph but are read back apart. */
#define CODE_LIMIT 65000
#define CODE_BUCKETS 4096
#define WORD_BUCKETS 8192

struct code {
    uint32_t glyph;
    const char *text;
    size_t size;
    int next; /* in its bucket, or -1 */
    int advance; /* 1/1000 em */
};

struct word {
    struct word *next;
    const char *text;
    size_t size;
    uint16_t *codes;
    int16_t *kerns; /* 1/1000 em, added after the code */
    size_t count;
    int advance; /* 1/1000 em */
};

struct haru_font {
    enum font_style style;
    hb_face_t *face;
    hb_font_t *hb;
    unsigned units_per_em;
    HPDF_Dict type0; /* NULL until used */
    struct code *codes;
    size_t code_count, code_capacity;
    int code_bucket[CODE_BUCKETS];
    struct word *word_bucket[WORD_BUCKETS];
    int soft_hyphen; /* code, or 0 */
};

static const char soft_hyphen[] = "\xC2\xAD";

static uint32_t hash_text(const char *text, size_t size, uint32_t seed)
{
    uint32_t hash = 2166136261U ^ seed;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619U;
    return hash;
}

/* --- codes and words ------------------------------------------------------ */

static int thousandths(const struct haru_font *font, int units)
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
        haru_fail(haru, ERR_INPUT, "pdf.codes", "too many different characters");
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
        .advance =
            thousandths(font, hb_font_get_glyph_h_advance(font->hb, glyph)),
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

void haru_text(struct haru *haru, const struct haru_text *how,
               const char *text, size_t size)
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

/* --- opening and embedding ------------------------------------------------ */

static bool open_font(struct haru *haru, enum font_style style,
                      struct err *err)
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

/* Six letters that name the subset: a hash of its glyphs. */
static const char *subset_name(struct haru *haru, const struct haru_font *font)
{
    struct hash *hash = hash_new();
    for (size_t i = 0; i < font->code_count; i++)
        hash_add(hash, &font->codes[i].glyph, sizeof font->codes[i].glyph);
    char hex[HASH_HEX_SIZE];
    hash_end(hash, hex);
    char tag[7] = "";
    for (int i = 0; i < 6; i++) {
        int digit = hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10;
        tag[i] = (char)('A' + digit);
    }
    const char *file = fs_name(fonts_path(haru->fonts, font->style));
    const char *dot = strrchr(file, '.');
    size_t size = dot == NULL ? strlen(file) : (size_t)(dot - file);
    return arena_format(haru->arena, "%s+%.*s", tag, (int)size, file);
}

static hb_subset_plan_t *plan_subset(const struct haru_font *font)
{
    static const hb_tag_t dropped[] = {
        HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'),
        HB_TAG('G', 'D', 'E', 'F'), HB_TAG('k', 'e', 'r', 'n'),
        HB_TAG('n', 'a', 'm', 'e'), HB_TAG('p', 'o', 's', 't'),
        HB_TAG('O', 'S', '/', '2'), HB_TAG('D', 'S', 'I', 'G'),
        HB_TAG('g', 'a', 's', 'p'), HB_TAG('h', 'd', 'm', 'x'),
        HB_TAG('V', 'D', 'M', 'X'), HB_TAG('L', 'T', 'S', 'H'),
        HB_TAG('F', 'F', 'T', 'M'), HB_TAG('P', 'C', 'L', 'T'),
        HB_TAG('S', 'T', 'A', 'T'), HB_TAG('m', 'e', 't', 'a'),
    };
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (input == NULL)
        err_out_of_memory();
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (size_t i = 0; i < font->code_count; i++)
        hb_set_add(glyphs, font->codes[i].glyph);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING |
                                         HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    hb_set_t *drop =
        hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < COUNT_OF(dropped); i++)
        hb_set_add(drop, dropped[i]);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(font->face, input);
    hb_subset_input_destroy(input);
    return plan;
}

/* The font file, and the glyph of each code in it. */
static HPDF_Dict embed_file(struct haru *haru, const struct haru_font *font,
                            HPDF_Dict glyph_map)
{
    hb_subset_plan_t *plan = plan_subset(font);
    hb_face_t *face =
        plan == NULL ? NULL : hb_subset_plan_execute_or_fail(plan);
    if (face == NULL) {
        hb_subset_plan_destroy(plan);
        haru_fail(haru, ERR_INPUT, "font.subset", "cannot subset font '%s'",
                  fonts_path(haru->fonts, font->style));
        return NULL;
    }
    hb_blob_t *blob = hb_face_reference_blob(face);
    unsigned size = 0;
    const char *bytes = hb_blob_get_data(blob, &size);
    HPDF_Dict file = haru_new_stream(haru);
    HPDF_Dict_AddNumber(file, "Length1", (HPDF_INT32)size);
    HPDF_Stream_Write(file->stream, (const HPDF_BYTE *)bytes, size);
    hb_blob_destroy(blob);
    hb_face_destroy(face);

    const hb_map_t *map =
        hb_subset_plan_old_to_new_glyph_mapping(plan);
    for (size_t i = 0; i < font->code_count; i++) {
        hb_codepoint_t glyph = hb_map_get(map, font->codes[i].glyph);
        HPDF_BYTE pair[2] = {(HPDF_BYTE)(glyph >> 8), (HPDF_BYTE)glyph};
        HPDF_Stream_Write(glyph_map->stream, pair, 2);
    }
    hb_subset_plan_destroy(plan);
    return file;
}

static HPDF_Array font_box(struct haru *haru, const struct haru_font *font)
{
    HPDF_Array box = HPDF_Array_New(haru->doc->mmgr);
    hb_blob_t *head =
        hb_face_reference_table(font->face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned size = 0;
    const unsigned char *bytes =
        (const unsigned char *)hb_blob_get_data(head, &size);
    for (unsigned i = 36; i < 44; i += 2) {
        int16_t units = 0;
        if (i + 1 < size)
            units = (int16_t)(bytes[i] << 8 | bytes[i + 1]);
        HPDF_Array_AddNumber(box, thousandths(font, units));
    }
    hb_blob_destroy(head);
    return box;
}

static HPDF_Dict code_set(struct haru *haru, const struct haru_font *font)
{
    size_t size = (font->code_count + 7) / 8;
    HPDF_BYTE *bits = arena_alloc(haru->arena, size);
    for (size_t i = 0; i < font->code_count; i++)
        bits[i / 8] = (HPDF_BYTE)(bits[i / 8] | 0x80 >> (i % 8));
    HPDF_Dict set = haru_new_stream(haru);
    HPDF_Stream_Write(set->stream, bits, (HPDF_UINT)size);
    return set;
}

static HPDF_Dict descriptor(struct haru *haru, const struct haru_font *font,
                            const char *name, HPDF_Dict file)
{
    bool bold =
        font->style == FONT_BOLD || font->style == FONT_BOLD_ITALIC;
    bool italic =
        font->style == FONT_ITALIC || font->style == FONT_BOLD_ITALIC;
    const struct fonts *fonts = haru->fonts;
    HPDF_Dict dict = haru_new_dict(haru);
    HPDF_Dict_AddName(dict, "Type", "FontDescriptor");
    HPDF_Dict_AddName(dict, "FontName", name);
    HPDF_Dict_AddNumber(dict, "Flags", italic ? 4 | 64 : 4);
    HPDF_Dict_Add(dict, "FontBBox", font_box(haru, font));
    HPDF_Dict_AddNumber(dict, "ItalicAngle", italic ? -12 : 0);
    HPDF_Dict_AddNumber(dict, "Ascent",
                        (HPDF_INT32)lround(
                            fonts_ascent(fonts, font->style, 1000)));
    HPDF_Dict_AddNumber(dict, "Descent",
                        -(HPDF_INT32)lround(
                            fonts_descent(fonts, font->style, 1000)));
    HPDF_Dict_AddNumber(dict, "CapHeight",
                        (HPDF_INT32)lround(
                            fonts_cap_height(fonts, font->style, 1000)));
    HPDF_Dict_AddNumber(dict, "StemV", bold ? 140 : 80);
    HPDF_Dict_Add(dict, "FontFile2", file);
    HPDF_Dict_Add(dict, "CIDSet", code_set(haru, font));
    return dict;
}

static HPDF_Dict descendant(struct haru *haru, const struct haru_font *font,
                            const char *name)
{
    HPDF_MMgr memory = haru->doc->mmgr;
    HPDF_Dict glyph_map = haru_new_stream(haru);
    HPDF_Dict file = embed_file(haru, font, glyph_map);
    if (file == NULL)
        return NULL;

    HPDF_Dict system = HPDF_Dict_New(memory);
    HPDF_Dict_Add(system, "Registry", HPDF_String_New(memory, "Adobe", NULL));
    HPDF_Dict_Add(system, "Ordering",
                  HPDF_String_New(memory, "Identity", NULL));
    HPDF_Dict_AddNumber(system, "Supplement", 0);

    HPDF_Array advances = HPDF_Array_New(memory);
    for (size_t i = 0; i < font->code_count; i++)
        HPDF_Array_AddNumber(advances, font->codes[i].advance);
    HPDF_Array widths = HPDF_Array_New(memory);
    HPDF_Array_AddNumber(widths, 0);
    HPDF_Array_Add(widths, advances);

    HPDF_Dict dict = haru_new_dict(haru);
    HPDF_Dict_AddName(dict, "Type", "Font");
    HPDF_Dict_AddName(dict, "Subtype", "CIDFontType2");
    HPDF_Dict_AddName(dict, "BaseFont", name);
    HPDF_Dict_Add(dict, "CIDSystemInfo", system);
    HPDF_Dict_Add(dict, "FontDescriptor",
                  descriptor(haru, font, name, file));
    HPDF_Dict_Add(dict, "W", widths);
    HPDF_Dict_AddNumber(dict, "DW", 0);
    HPDF_Dict_Add(dict, "CIDToGIDMap", glyph_map);
    return dict;
}

static HPDF_Dict to_unicode(struct haru *haru, const struct haru_font *font)
{
    struct text map = text_new(haru->arena);
    text_add(&map, "/CIDInit /ProcSet findresource begin\n"
                   "12 dict begin\nbegincmap\n"
                   "/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)"
                   "/Supplement 0>> def\n"
                   "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                   "1 begincodespacerange\n<0000> <FFFF>\n"
                   "endcodespacerange\n");
    for (size_t i = 1; i < font->code_count; i += 100) {
        size_t end = i + 100 < font->code_count ? i + 100 : font->code_count;
        text_format(&map, "%zu beginbfchar\n", end - i);
        for (size_t j = i; j < end; j++) {
            text_add_char(&map, '<');
            put_hex16(&map, (unsigned)j);
            text_add(&map, "> <");
            put_utf16(&map, font->codes[j].text, font->codes[j].size);
            text_add(&map, ">\n");
        }
        text_add(&map, "endbfchar\n");
    }
    text_add(&map, "endcmap\nCMapName currentdict /CMap defineresource pop\n"
                   "end\nend\n");
    HPDF_Dict stream = haru_new_stream(haru);
    haru_stream_text(stream, &map);
    return stream;
}

static void finish_font(struct haru *haru, const struct haru_font *font)
{
    const char *name = subset_name(haru, font);
    HPDF_Dict below = descendant(haru, font, name);
    if (below == NULL)
        return;
    HPDF_Array descendants = HPDF_Array_New(haru->doc->mmgr);
    HPDF_Array_Add(descendants, below);
    HPDF_Dict_AddName(font->type0, "Type", "Font");
    HPDF_Dict_AddName(font->type0, "Subtype", "Type0");
    HPDF_Dict_AddName(font->type0, "BaseFont", name);
    HPDF_Dict_AddName(font->type0, "Encoding", "Identity-H");
    HPDF_Dict_Add(font->type0, "DescendantFonts", descendants);
    HPDF_Dict_Add(font->type0, "ToUnicode", to_unicode(haru, font));
}

void haru_fonts_finish(struct haru *haru)
{
    for (size_t style = 0; style < FONT_STYLE_COUNT; style++) {
        if (haru->font[style]->type0 != NULL && !haru->failed)
            finish_font(haru, haru->font[style]);
    }
}
