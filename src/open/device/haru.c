/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

#include "base/fs.h"
#include "device/haru_impl.h"

/* --- libharu's memory and errors ------------------------------------------ */

static void *HPDF_STDCALL take_memory(HPDF_UINT size)
{
    void *memory = malloc(size);
    if (memory == NULL)
        err_out_of_memory();
    return memory;
}

static void HPDF_STDCALL give_memory(void *memory)
{
    free(memory);
}

/* The status stays in the document; haru_check looks at it once a page. */
static void HPDF_STDCALL note_error(HPDF_STATUS status, HPDF_STATUS detail,
                                    void *user)
{
    (void)status;
    (void)detail;
    (void)user;
}

void haru_fail(struct haru *haru, enum err_code code, const char *id,
               const char *format, ...)
{
    if (haru->failed)
        return;
    char sentence[400];
    va_list values;
    va_start(values, format);
    vsnprintf(sentence, sizeof sentence, format, values);
    va_end(values);
    haru->failed = true;
    (void)err_fail(&haru->err, code, id, "%s", sentence);
}

static void check(struct haru *haru)
{
    HPDF_STATUS status = HPDF_GetError(haru->doc);
    if (status != HPDF_OK)
        haru_fail(haru, ERR_IO, "pdf.library", "libharu error 0x%04lx, %lu",
                  (unsigned long)status,
                  (unsigned long)HPDF_GetErrorDetail(haru->doc));
}

/* --- objects -------------------------------------------------------------- */

HPDF_Dict haru_new_dict(struct haru *haru)
{
    HPDF_Dict dict = HPDF_Dict_New(haru->doc->mmgr);
    HPDF_Xref_Add(haru->doc->xref, dict);
    return dict;
}

HPDF_Dict haru_new_stream(struct haru *haru)
{
    HPDF_Dict dict = HPDF_DictStream_New(haru->doc->mmgr, haru->doc->xref);
    dict->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
    return dict;
}

unsigned haru_object(const void *object)
{
    return ((const HPDF_Obj_Header *)object)->obj_id & 0x00FFFFFFU;
}

void haru_stream_text(HPDF_Dict stream, const struct text *text)
{
    HPDF_Stream_Write(stream->stream, (const HPDF_BYTE *)text->at,
                      (HPDF_UINT)text->size);
}

const char *haru_resource(struct haru *haru, const char *category,
                          const char *prefix, HPDF_Dict object)
{
    HPDF_Dict resources = HPDF_Page_GetInheritableItem(
        haru_sheet(haru)->page, "Resources", HPDF_OCLASS_DICT);
    HPDF_Dict group = HPDF_Dict_GetItem(resources, category, HPDF_OCLASS_DICT);
    if (group == NULL) {
        group = HPDF_Dict_New(haru->doc->mmgr);
        HPDF_Dict_Add(resources, category, group);
    }
    const char *name = HPDF_Dict_GetKeyByObj(group, object);
    if (name != NULL)
        return name;
    char fresh[24];
    snprintf(fresh, sizeof fresh, "%s%u", prefix, group->list->count + 1);
    HPDF_Dict_Add(group, fresh, object);
    return HPDF_Dict_GetKeyByObj(group, object);
}

void haru_identify(struct haru *haru, const char *text)
{
    hash_add(haru->hash, text, strlen(text) + 1);
}

/* --- pages ---------------------------------------------------------------- */

struct haru_sheet *haru_sheet(struct haru *haru)
{
    assert(haru->sheet_count > 0);
    return &haru->sheets[haru->sheet_count - 1];
}

struct haru_corners haru_corners(struct haru *haru, const struct haru_box *box)
{
    double top = haru_sheet(haru)->height_pt - box->y_pt;
    return (struct haru_corners){
        .left = box->x_pt,
        .bottom = top - box->height_pt,
        .right = box->x_pt + box->width_pt,
        .top = top,
    };
}

static void forget_state(struct haru *haru)
{
    haru->fill = -1;
    haru->stroke = -1;
    haru->font_style = -1;
    haru->font_size_pt = -1;
    haru->line_width_pt = -1;
}

static HPDF_STATUS write_filter(HPDF_Dict dict, HPDF_Stream file)
{
    (void)dict;
    return HPDF_Stream_WriteStr(file, "/Filter /FlateDecode\012");
}

/* libdeflate takes a third of the time of libharu's zlib. */
unsigned char *haru_deflate(const struct text *content, size_t *size)
{
    enum { LEVEL = 8 };
    struct libdeflate_compressor *packer = libdeflate_alloc_compressor(LEVEL);
    if (packer == NULL)
        err_out_of_memory();
    size_t room = libdeflate_zlib_compress_bound(packer, content->size);
    unsigned char *packed = take_memory((HPDF_UINT)room);
    *size = libdeflate_zlib_compress(packer, content->at, content->size, packed,
                                     room);
    assert(*size > 0);
    libdeflate_free_compressor(packer);
    return packed;
}

void haru_stream_packed(HPDF_Dict stream, const struct text *content)
{
    size_t size = 0;
    unsigned char *packed = haru_deflate(content, &size);
    HPDF_Stream_Write(stream->stream, packed, (HPDF_UINT)size);
    stream->filter = HPDF_STREAM_FILTER_NONE;
    stream->write_fn = write_filter;
    free(packed);
}

static void end_page(struct haru *haru)
{
    if (haru->sheet_count == 0 || haru->failed)
        return;
    assert(!haru->marked);
    HPDF_PageAttr attributes = haru_sheet(haru)->page->attr;
    haru_stream_packed(attributes->contents, &haru->content);
    hash_add(haru->hash, haru->content.at, haru->content.size);
    text_clear(&haru->content);
    check(haru);
}

size_t haru_page(struct haru *haru, double width_pt, double height_pt)
{
    end_page(haru);
    haru->sheets = arena_grow(haru->arena, haru->sheets, haru->sheet_count,
                              &haru->sheet_capacity, sizeof *haru->sheets);
    struct haru_sheet *sheet = &haru->sheets[haru->sheet_count];
    *sheet = (struct haru_sheet){
        .page = HPDF_AddPage(haru->doc),
        .height_pt = height_pt,
    };
    HPDF_Page_SetWidth(sheet->page, (HPDF_REAL)width_pt);
    HPDF_Page_SetHeight(sheet->page, (HPDF_REAL)height_pt);
    HPDF_Dict_AddNumber(sheet->page, "StructParents",
                        (HPDF_INT32)haru->sheet_count);
    HPDF_Dict_AddName(sheet->page, "Tabs", "S");
    forget_state(haru);
    return haru->sheet_count++;
}

void haru_label(struct haru *haru, size_t first, int start, bool roman)
{
    haru->labels = arena_grow(haru->arena, haru->labels, haru->label_count,
                              &haru->label_capacity, sizeof *haru->labels);
    haru->labels[haru->label_count++] =
        (struct haru_label){.first = first, .start = start, .roman = roman};
}

void haru_rectangle(struct haru *haru, const struct haru_box *box,
                    uint32_t colour)
{
    if (haru->failed)
        return;
    assert(haru->marked);
    haru_set_fill(haru, colour);
    put_number(&haru->content, box->x_pt);
    put_number(&haru->content, haru_corners(haru, box).bottom);
    put_number(&haru->content, box->width_pt);
    put_number(&haru->content, box->height_pt);
    text_add(&haru->content, "re f\n");
}

/* --- the document --------------------------------------------------------- */

static void start_catalog(struct haru *haru)
{
    HPDF_MMgr memory = haru->doc->mmgr;
    HPDF_Dict catalog = haru->doc->catalog;

    HPDF_Dict mark = HPDF_Dict_New(memory);
    HPDF_Dict_Add(mark, "Marked", HPDF_Boolean_New(memory, HPDF_TRUE));
    HPDF_Dict_Add(catalog, "MarkInfo", mark);

    HPDF_Dict viewer = HPDF_Dict_New(memory);
    HPDF_Dict_Add(viewer, "DisplayDocTitle",
                  HPDF_Boolean_New(memory, HPDF_TRUE));
    HPDF_Dict_Add(catalog, "ViewerPreferences", viewer);
    HPDF_Dict_Add(catalog, "Lang",
                  HPDF_String_New(memory, haru->info.lang, NULL));

    haru->structure = haru_new_dict(haru);
    HPDF_Dict_AddName(haru->structure, "Type", "StructTreeRoot");
    HPDF_Dict_Add(catalog, "StructTreeRoot", haru->structure);
    (void)haru_element(haru, -1, &(struct tag){.role = TAG_DOCUMENT});
}

bool haru_open(struct arena *arena, const struct fonts *fonts,
               const struct haru_info *info, struct haru **out, struct err *err)
{
    struct haru *haru = arena_alloc(arena, sizeof *haru);
    haru->arena = arena;
    haru->fonts = fonts;
    haru->info = *info;
    haru->content = text_new(arena);
    haru->hash = hash_new();
    haru->doc = HPDF_NewEx(note_error, take_memory, give_memory, 0, NULL);
    if (haru->doc == NULL) {
        haru_close(haru);
        return err_fail(err, ERR_IO, "pdf.library", "libharu did not start");
    }
    HPDF_SetCompressionMode(haru->doc, HPDF_COMP_ALL);
    start_catalog(haru);
    forget_state(haru);
    if (!haru_fonts_start(haru, err)) {
        haru_close(haru);
        return false;
    }
    *out = haru;
    return true;
}

/* libharu writes to memory so that the sink sees every write error. */
static bool save_bytes(struct haru *haru, const char *path, struct err *err)
{
    struct arena *scratch = arena_new();
    struct sink *sink = sink_open(scratch, path);
    HPDF_BYTE *piece = arena_alloc(scratch, 1U << 16);
    HPDF_ResetStream(haru->doc);
    for (;;) {
        HPDF_UINT32 size = 1U << 16;
        HPDF_STATUS status = HPDF_ReadFromStream(haru->doc, piece, &size);
        sink_write(sink, piece, size);
        if (status != HPDF_OK || size == 0)
            break;
    }
    bool ok = sink_commit(sink, err);
    arena_free(scratch);
    return ok;
}

bool haru_save(struct haru *haru, const char *path, struct err *err)
{
    end_page(haru);
    if (!haru->failed) {
        haru_links_finish(haru);
        haru_tags_finish(haru);
        haru_outlines_finish(haru);
        haru_fonts_finish(haru);
        haru_files_finish(haru);
        haru_meta_finish(haru);
        /* Some calls of libharu set an older version on the way. */
        haru->doc->pdf_version =
            haru->info.archive == ARCHIVE_1B ? HPDF_VER_14 : HPDF_VER_17;
        HPDF_SaveToStream(haru->doc);
        check(haru);
    }
    if (haru->failed)
        return err_fail(err, haru->err.code, haru->err.id, "%s",
                        haru->err.text);
    return save_bytes(haru, path, err);
}

void haru_close(struct haru *haru)
{
    if (haru == NULL)
        return;
    haru_fonts_close(haru);
    if (haru->doc != NULL)
        HPDF_Free(haru->doc);
    haru->doc = NULL;
    if (haru->hash != NULL) {
        char unused[HASH_HEX_SIZE];
        hash_end(haru->hash, unused);
    }
    haru->hash = NULL;
}
