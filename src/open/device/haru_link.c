/* SPDX-License-Identifier: EUPL-1.2 */
#include "device/haru_impl.h"

static void add_link(struct haru *haru, struct haru_anchor *link,
                     const struct haru_box *box)
{
    link->haru = haru;
    link->corners = haru_corners(haru, box);
    link->object = haru_new_dict(haru);
    HPDF_Dict_AddName(link->object, "Type", "Annot");
    struct haru_sheet *sheet = haru_sheet(haru);
    if (sheet->links == NULL) {
        sheet->links = HPDF_Array_New(haru->doc->mmgr);
        HPDF_Dict_Add(sheet->page, "Annots", sheet->links);
    }
    HPDF_Array_Add(sheet->links, link->object);

    haru->anchors = arena_grow(haru->arena, haru->anchors, haru->anchor_count,
                               &haru->anchor_capacity, sizeof *haru->anchors);
    haru->anchors[haru->anchor_count] = *link;
    haru_identify(haru, link->contents);
    haru_identify(haru, link->uri == NULL ? "" : link->uri);
    haru_add_kid(haru, link->element,
                 &(struct haru_kid){.kind = KID_LINK,
                                    .value = (int)haru->anchor_count,
                                    .page = (int)haru->sheet_count - 1});
    haru->anchor_count++;
}

void haru_link_uri(struct haru *haru, int element, const struct haru_box *box,
                   const char *uri, const char *contents)
{
    if (haru->failed)
        return;
    struct haru_anchor link = {
        .element = element,
        .uri = arena_text(haru->arena, uri),
        .contents = arena_text(haru->arena, contents),
    };
    add_link(haru, &link, box);
}

void haru_link_page(struct haru *haru, int element, const struct haru_box *box,
                    size_t page, double y_pt, const char *contents)
{
    if (haru->failed)
        return;
    struct haru_anchor link = {
        .element = element,
        .page = page,
        .y_pt = y_pt,
        .contents = arena_text(haru->arena, contents),
    };
    add_link(haru, &link, box);
}

/* A direct array: libharu's own destinations are indirect, which a PDF/A
 * checker refuses, and refuse "keep the reader's zoom". */
static void put_destination(struct text *out, const struct haru *haru,
                            size_t page, double y_pt)
{
    const struct haru_sheet *sheet = &haru->sheets[page];
    text_add_char(out, '[');
    put_integer(out, haru_object(sheet->page));
    text_add(out, " 0 R/XYZ null ");
    put_number(out, sheet->height_pt - y_pt);
    text_add(out, "null]");
}

/* URI strings are ASCII: other bytes are percent-encoded. */
static void put_uri(struct text *out, const char *uri)
{
    text_add_char(out, '(');
    for (; *uri != '\0'; uri++) {
        unsigned byte = (unsigned char)*uri;
        if (byte <= ' ' || byte >= 0x7F) {
            text_format(out, "%%%02X", byte);
            continue;
        }
        if (*uri == '(' || *uri == ')' || *uri == '\\')
            text_add_char(out, '\\');
        text_add_char(out, *uri);
    }
    text_add_char(out, ')');
}

static HPDF_STATUS write_link(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct haru_anchor *link = dict->attr;
    struct text *out = &link->haru->content;
    text_clear(out);
    text_add(out, "/Subtype/Link/F 4/Border[0 0 0]/Rect[");
    put_corners(out, &link->corners);
    text_add(out, "]/StructParent ");
    put_integer(out, link->parent_key);
    text_add(out, "/Contents");
    put_string(out, link->contents);
    if (link->uri != NULL) {
        text_add(out, "/A<</S/URI/URI");
        put_uri(out, link->uri);
        text_add(out, ">>\n");
    } else {
        text_add(out, "/Dest");
        put_destination(out, link->haru, link->page, link->y_pt);
        text_add(out, "\n");
    }
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)out->at,
                             (HPDF_UINT)out->size);
}

void haru_links_finish(struct haru *haru)
{
    for (size_t i = 0; i < haru->anchor_count; i++) {
        struct haru_anchor *link = &haru->anchors[i];
        assert(link->uri != NULL || link->page < haru->sheet_count);
        link->parent_key = (int)(haru->sheet_count + i);
        link->object->attr = link;
        link->object->write_fn = write_link;
    }
}

/* --- bookmarks and page labels -------------------------------------------- */

void haru_outline(struct haru *haru, int level, const char *title, size_t page,
                  double y_pt)
{
    haru_identify(haru, title);
    haru->bookmarks =
        arena_grow(haru->arena, haru->bookmarks, haru->bookmark_count,
                   &haru->bookmark_capacity, sizeof *haru->bookmarks);
    haru->bookmarks[haru->bookmark_count++] = (struct haru_bookmark){
        .level = level,
        .title = arena_text(haru->arena, title),
        .page = page,
        .y_pt = y_pt,
    };
}

static HPDF_STATUS write_bookmark(HPDF_Dict dict, HPDF_Stream stream)
{
    struct haru *haru = ((struct haru_anchor *)dict->attr)->haru;
    const struct haru_anchor *place = dict->attr;
    struct text *out = &haru->content;
    text_clear(out);
    text_add(out, "/Title");
    put_string(out, place->contents);
    text_add(out, "/Dest");
    put_destination(out, haru, place->page, place->y_pt);
    text_add(out, "\n");
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)out->at,
                             (HPDF_UINT)out->size);
}

/* Bookmarks are libharu's for their links to each other; title and place are
 * written by us. */
static HPDF_Outline add_bookmark(struct haru *haru, HPDF_Outline parent,
                                 const struct haru_bookmark *bookmark)
{
    HPDF_Outline outline = HPDF_CreateOutline(haru->doc, parent, "-", NULL);
    struct haru_anchor *place = arena_alloc(haru->arena, sizeof *place);
    place->haru = haru;
    place->contents = bookmark->title;
    place->page = bookmark->page;
    place->y_pt = bookmark->y_pt;
    HPDF_Dict_RemoveElement(outline, "Title");
    outline->attr = place;
    outline->write_fn = write_bookmark;
    return outline;
}

static void finish_labels(struct haru *haru)
{
    if (haru->label_count == 0)
        return;
    HPDF_MMgr memory = haru->doc->mmgr;
    HPDF_Array numbers = HPDF_Array_New(memory);
    for (size_t i = 0; i < haru->label_count; i++) {
        HPDF_Dict label = HPDF_Dict_New(memory);
        HPDF_Dict_AddName(label, "S", haru->labels[i].roman ? "r" : "D");
        HPDF_Dict_AddNumber(label, "St", haru->labels[i].start);
        HPDF_Array_AddNumber(numbers, (HPDF_INT32)haru->labels[i].first);
        HPDF_Array_Add(numbers, label);
    }
    HPDF_Dict labels = HPDF_Dict_New(memory);
    HPDF_Dict_Add(labels, "Nums", numbers);
    HPDF_Dict_Add(haru->doc->catalog, "PageLabels", labels);
}

void haru_outlines_finish(struct haru *haru)
{
    HPDF_Outline last[8] = {NULL};
    for (size_t i = 0; i < haru->bookmark_count; i++) {
        const struct haru_bookmark *bookmark = &haru->bookmarks[i];
        int level = bookmark->level;
        assert(level >= 1 && level < (int)COUNT_OF(last));
        HPDF_Outline parent = NULL;
        for (int above = level - 1; above >= 1 && parent == NULL; above--)
            parent = last[above];
        last[level] = add_bookmark(haru, parent, bookmark);
        for (int below = level + 1; below < (int)COUNT_OF(last); below++)
            last[below] = NULL;
    }
    if (haru->bookmark_count > 0)
        HPDF_SetPageMode(haru->doc, HPDF_PAGE_MODE_USE_OUTLINE);
    finish_labels(haru);
}
