/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include <hb-subset.h>

#include "base/fs.h"
#include "device/haru_font.h"

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
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
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

    const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
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
        HPDF_Array_AddNumber(box, haru_font_thousandths(font, units));
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
    bool bold = font->style == FONT_BOLD || font->style == FONT_BOLD_ITALIC;
    bool italic = font->style == FONT_ITALIC || font->style == FONT_BOLD_ITALIC;
    const struct fonts *fonts = haru->fonts;
    HPDF_Dict dict = haru_new_dict(haru);
    HPDF_Dict_AddName(dict, "Type", "FontDescriptor");
    HPDF_Dict_AddName(dict, "FontName", name);
    HPDF_Dict_AddNumber(dict, "Flags", italic ? 4 | 64 : 4);
    HPDF_Dict_Add(dict, "FontBBox", font_box(haru, font));
    HPDF_Dict_AddNumber(dict, "ItalicAngle", italic ? -12 : 0);
    HPDF_Dict_AddNumber(
        dict, "Ascent",
        (HPDF_INT32)lround(fonts_ascent(fonts, font->style, 1000)));
    HPDF_Dict_AddNumber(
        dict, "Descent",
        -(HPDF_INT32)lround(fonts_descent(fonts, font->style, 1000)));
    HPDF_Dict_AddNumber(
        dict, "CapHeight",
        (HPDF_INT32)lround(fonts_cap_height(fonts, font->style, 1000)));
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
    HPDF_Dict_Add(dict, "FontDescriptor", descriptor(haru, font, name, file));
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
