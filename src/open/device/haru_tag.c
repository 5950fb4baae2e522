/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "device/haru_impl.h"

/* --- recording ------------------------------------------------------------ */

/* Of words of a line, which are read where they are drawn. */
static bool is_inline(enum tag_role role)
{
    return role == TAG_SPAN || role == TAG_LINK || role == TAG_REFERENCE;
}

static void attach(struct haru *haru, int element)
{
    haru->records[element].loose = false;
    haru_add_kid(haru, haru->records[element].parent,
                 &(struct haru_kid){.kind = KID_ELEMENT, .value = element});
}

void haru_add_kid(struct haru *haru, int element, const struct haru_kid *kid)
{
    if (haru->records[element].loose)
        attach(haru, element);
    haru->kids = arena_grow(haru->arena, haru->kids, haru->kid_count,
                            &haru->kid_capacity, sizeof *haru->kids);
    int place = (int)haru->kid_count++;
    haru->kids[place] = *kid;
    haru->kids[place].next = -1;
    struct haru_record *record = &haru->records[element];
    if (record->last_kid >= 0)
        haru->kids[record->last_kid].next = place;
    else
        record->first_kid = place;
    record->last_kid = place;
    if (record->page < 0 && kid->kind != KID_ELEMENT)
        record->page = kid->page;
}

int haru_element(struct haru *haru, int parent, const struct tag *tag)
{
    haru->records = arena_grow(haru->arena, haru->records, haru->record_count,
                               &haru->record_capacity, sizeof *haru->records);
    int element = (int)haru->record_count++;
    struct haru_record *record = &haru->records[element];
    *record = (struct haru_record){
        .haru = haru,
        .parent = parent,
        .first_kid = -1,
        .last_kid = -1,
        .page = -1,
        .role = (uint8_t)tag->role,
        .scope = (uint8_t)tag->scope,
        .numbering = (uint8_t)tag->numbering,
        .rows = tag->rows,
        .columns = tag->columns,
    };
    if (tag->lang != NULL && tag->lang[0] != '\0')
        record->lang = arena_text(haru->arena, tag->lang);
    if (tag->role == TAG_FIGURE) {
        record->figure = arena_alloc(haru->arena, sizeof *record->figure);
        record->figure->alt = arena_text(haru->arena, tag->alt);
        haru_identify(haru, tag->alt);
    }
    if (tag->expansion != NULL)
        record->expansion = arena_text(haru->arena, tag->expansion);
    if (parent >= 0 && is_inline(tag->role))
        haru->records[element].loose = true;
    else if (parent >= 0)
        attach(haru, element);
    return element;
}

void haru_place_figure(struct haru *haru, int element,
                       const struct haru_box *box)
{
    if (element == TAG_ARTIFACT)
        return;
    struct haru_figure *figure = haru->records[element].figure;
    assert(figure != NULL);
    figure->boxed = true;
    figure->corners = haru_corners(haru, box);
}

void haru_begin(struct haru *haru, int element)
{
    if (haru->failed)
        return;
    assert(!haru->marked && element >= 0);
    haru->marked = true;
    struct haru_sheet *sheet = haru_sheet(haru);
    sheet->owners = arena_grow(haru->arena, sheet->owners, sheet->mark_count,
                               &sheet->mark_capacity, sizeof *sheet->owners);
    int mark = (int)sheet->mark_count++;
    sheet->owners[mark] = element;
    haru_add_kid(haru, element,
                 &(struct haru_kid){.kind = KID_MARK,
                                    .value = mark,
                                    .page = (int)haru->sheet_count - 1});
    text_add_char(&haru->content, '/');
    text_add(&haru->content, tag_name(haru->records[element].role));
    text_add(&haru->content, "<</MCID ");
    put_integer(&haru->content, mark);
    text_add(&haru->content, ">>BDC\n");
}

void haru_artifact(struct haru *haru)
{
    if (haru->failed)
        return;
    assert(!haru->marked);
    haru->marked = true;
    text_add(&haru->content, "/Artifact<</Type/Layout>>BDC\n");
}

void haru_pagination(struct haru *haru)
{
    if (haru->failed)
        return;
    assert(!haru->marked);
    haru->marked = true;
    text_add(&haru->content, "/Artifact<</Type/Pagination>>BDC\n");
}

void haru_end(struct haru *haru)
{
    if (haru->failed)
        return;
    assert(haru->marked);
    haru->marked = false;
    text_add(&haru->content, "EMC\n");
}

/* --- writing -------------------------------------------------------------- */

static void put_reference(struct text *out, unsigned object)
{
    put_integer(out, object);
    text_add(out, " 0 R");
}

static unsigned page_object(const struct haru *haru, int page)
{
    return haru_object(haru->sheets[page].page);
}

static void put_kid(struct text *out, const struct haru_record *record,
                    const struct haru_kid *kid)
{
    const struct haru *haru = record->haru;
    switch (kid->kind) {
    case KID_ELEMENT:
        put_reference(out, haru->records[kid->value].object);
        break;
    case KID_MARK:
        if (kid->page == record->page) {
            put_integer(out, kid->value);
            break;
        }
        text_add(out, "<</Type/MCR/Pg ");
        put_reference(out, page_object(haru, kid->page));
        text_add(out, "/MCID ");
        put_integer(out, kid->value);
        text_add(out, ">>");
        break;
    case KID_LINK:
        text_add(out, "<</Type/OBJR/Pg ");
        put_reference(out, page_object(haru, kid->page));
        text_add(out, "/Obj ");
        put_reference(out, haru_object(haru->anchors[kid->value].object));
        text_add(out, ">>");
        break;
    }
    text_add_char(out, ' ');
}

static void put_kids(struct text *out, const struct haru_record *record)
{
    const struct haru *haru = record->haru;
    text_add(out, "/K[");
    for (int kid = record->first_kid; kid >= 0; kid = haru->kids[kid].next)
        put_kid(out, record, &haru->kids[kid]);
    text_add(out, "]\n");
}

static void put_figure(struct text *out, const struct haru_figure *figure)
{
    if (figure->boxed) {
        text_add(out, "/A<</O/Layout/Placement/Block/BBox[");
        put_corners(out, &figure->corners);
        text_add(out, "]>>");
    }
    text_add(out, "/Alt");
    put_string(out, figure->alt);
    if (figure->file != 0) {
        text_add(out, "/AF[");
        put_reference(out, figure->file);
        text_add(out, "]");
    }
}

static void put_cell(struct text *out, const struct haru_record *record)
{
    static const char *const scope[] = {
        [SCOPE_NONE] = "",
        [SCOPE_COLUMN] = "/Scope/Column",
        [SCOPE_ROW] = "/Scope/Row",
    };
    if (record->scope == SCOPE_NONE && record->rows <= 1 &&
        record->columns <= 1)
        return;
    text_add(out, "/A<</O/Table");
    text_add(out, scope[record->scope]);
    if (record->rows > 1) {
        text_add(out, "/RowSpan ");
        put_integer(out, record->rows);
    }
    if (record->columns > 1) {
        text_add(out, "/ColSpan ");
        put_integer(out, record->columns);
    }
    text_add(out, ">>");
}

static void put_attributes(struct text *out, const struct haru_record *record)
{
    static const char *const numbering[] = {
        [NUMBERING_NONE] = "/A<</O/List/ListNumbering/None>>",
        [NUMBERING_DISC] = "/A<</O/List/ListNumbering/Disc>>",
        [NUMBERING_DECIMAL] = "/A<</O/List/ListNumbering/Decimal>>",
    };
    put_cell(out, record);
    if (record->lang != NULL) {
        text_add(out, "/Lang(");
        text_add(out, record->lang);
        text_add(out, ")");
    }
    if (record->role == TAG_L)
        text_add(out, numbering[record->numbering]);
    if (record->role == TAG_NOTE) {
        text_add(out, "/ID(note");
        put_integer(out, record - record->haru->records);
        text_add(out, ")");
    }
    if (record->figure != NULL)
        put_figure(out, record->figure);
    if (record->expansion != NULL) {
        text_add(out, "/E");
        put_string(out, record->expansion);
    }
}

static HPDF_STATUS write_element(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct haru_record *record = dict->attr;
    struct haru *haru = record->haru;
    struct text *out = &haru->content; /* free once the pages are written */
    text_clear(out);
    text_add(out, "/S/");
    text_add(out, tag_name(record->role));
    text_add(out, "/P ");
    put_reference(out, record->parent < 0
                           ? haru_object(haru->structure)
                           : haru->records[record->parent].object);
    if (record->page >= 0) {
        text_add(out, "/Pg ");
        put_reference(out, page_object(haru, record->page));
    }
    put_attributes(out, record);
    put_kids(out, record);
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)out->at,
                             (HPDF_UINT)out->size);
}

/* The parent tree: pages first, then links. A key after the other in leaves of
 * a size that the oldest readers hold (8191 entries of an array). */
#define LEAF_KEYS 1000

struct leaf {
    struct haru *haru;
    size_t first, past; /* keys */
};

static void put_page_parents(struct text *out, const struct haru *haru,
                             const struct haru_sheet *sheet)
{
    text_add_char(out, '[');
    for (size_t mark = 0; mark < sheet->mark_count; mark++) {
        put_reference(out, haru->records[sheet->owners[mark]].object);
        text_add_char(out, ' ');
    }
    text_add(out, "]\n");
}

static HPDF_STATUS write_leaf(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct leaf *leaf = dict->attr;
    struct haru *haru = leaf->haru;
    struct text *out = &haru->content;
    text_clear(out);
    text_add(out, "/Limits[");
    put_integer(out, (int64_t)leaf->first);
    text_add_char(out, ' ');
    put_integer(out, (int64_t)leaf->past - 1);
    text_add(out, "]/Nums[");
    for (size_t key = leaf->first; key < leaf->past; key++) {
        put_integer(out, (int64_t)key);
        if (key < haru->sheet_count) {
            put_page_parents(out, haru, &haru->sheets[key]);
            continue;
        }
        const struct haru_anchor *link =
            &haru->anchors[key - haru->sheet_count];
        text_add_char(out, ' ');
        put_reference(out, haru->records[link->element].object);
        text_add_char(out, '\n');
    }
    text_add(out, "]\n");
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)out->at,
                             (HPDF_UINT)out->size);
}

static HPDF_Dict parent_tree(struct haru *haru)
{
    size_t keys = haru->sheet_count + haru->anchor_count;
    HPDF_Array leaves = HPDF_Array_New(haru->doc->mmgr);
    for (size_t first = 0; first < keys; first += LEAF_KEYS) {
        struct leaf *leaf = arena_alloc(haru->arena, sizeof *leaf);
        leaf->haru = haru;
        leaf->first = first;
        leaf->past = first + LEAF_KEYS < keys ? first + LEAF_KEYS : keys;
        HPDF_Dict dict = haru_new_dict(haru);
        dict->attr = leaf;
        dict->write_fn = write_leaf;
        HPDF_Array_Add(leaves, dict);
    }
    HPDF_Dict tree = haru_new_dict(haru);
    HPDF_Dict_Add(tree, "Kids", leaves);
    return tree;
}

void haru_tags_finish(struct haru *haru)
{
    HPDF_Dict root = NULL;
    for (size_t i = 0; i < haru->record_count; i++) {
        if (haru->records[i].loose)
            attach(haru, (int)i);
    }
    for (size_t i = 0; i < haru->record_count; i++) {
        HPDF_Dict dict = haru_new_dict(haru);
        dict->attr = &haru->records[i];
        dict->write_fn = write_element;
        haru->records[i].object = haru_object(dict);
        if (i == TAG_ROOT)
            root = dict;
    }
    HPDF_Dict_Add(haru->structure, "K", root);
    HPDF_Dict_Add(haru->structure, "ParentTree", parent_tree(haru));
    HPDF_Dict_AddNumber(haru->structure, "ParentTreeNextKey",
                        (HPDF_INT32)(haru->sheet_count + haru->anchor_count));
}
