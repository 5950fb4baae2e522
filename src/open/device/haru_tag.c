/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "device/haru_impl.h"

/* --- recording ------------------------------------------------------------ */

void haru_add_kid(struct haru *haru, int element, const struct haru_kid *kid)
{
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
    };
    if (tag->role == TAG_FIGURE) {
        record->figure = arena_alloc(haru->arena, sizeof *record->figure);
        record->figure->alt = arena_text(haru->arena, tag->alt);
    }
    if (parent >= 0)
        haru_add_kid(haru, parent,
                     &(struct haru_kid){.kind = KID_ELEMENT, .value = element});
    return element;
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
        put_number(out, figure->left);
        put_number(out, figure->bottom);
        put_number(out, figure->right);
        put_number(out, figure->top);
        text_add(out, "]>>");
    }
    text_add(out, "/Alt");
    put_string(out, figure->alt);
}

static void put_attributes(struct text *out, const struct haru_record *record)
{
    static const char *const scope[] = {
        [SCOPE_COLUMN] = "/A<</O/Table/Scope/Column>>",
        [SCOPE_ROW] = "/A<</O/Table/Scope/Row>>",
    };
    static const char *const numbering[] = {
        [NUMBERING_NONE] = "/A<</O/List/ListNumbering/None>>",
        [NUMBERING_DISC] = "/A<</O/List/ListNumbering/Disc>>",
    };
    if (record->scope != SCOPE_NONE)
        text_add(out, scope[record->scope]);
    if (record->role == TAG_L)
        text_add(out, numbering[record->numbering]);
    if (record->role == TAG_NOTE) {
        text_add(out, "/ID(note");
        put_integer(out, record - record->haru->records);
        text_add(out, ")");
    }
    if (record->figure != NULL)
        put_figure(out, record->figure);
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

static HPDF_STATUS write_parents(HPDF_Dict dict, HPDF_Stream stream)
{
    struct haru *haru = dict->attr;
    struct text *out = &haru->content;
    text_clear(out);
    text_add(out, "/Nums[");
    for (size_t page = 0; page < haru->sheet_count; page++) {
        const struct haru_sheet *sheet = &haru->sheets[page];
        put_integer(out, (int64_t)page);
        text_add_char(out, '[');
        for (size_t mark = 0; mark < sheet->mark_count; mark++) {
            put_reference(out, haru->records[sheet->owners[mark]].object);
            text_add_char(out, ' ');
        }
        text_add(out, "]\n");
    }
    for (size_t link = 0; link < haru->anchor_count; link++) {
        const struct haru_anchor *anchor = &haru->anchors[link];
        put_integer(out, anchor->parent_key);
        text_add_char(out, ' ');
        put_reference(out, haru->records[anchor->element].object);
        text_add_char(out, '\n');
    }
    text_add(out, "]\n");
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)out->at,
                             (HPDF_UINT)out->size);
}

void haru_tags_finish(struct haru *haru)
{
    HPDF_Dict root = NULL;
    for (size_t i = 0; i < haru->record_count; i++) {
        HPDF_Dict dict = haru_new_dict(haru);
        dict->attr = &haru->records[i];
        dict->write_fn = write_element;
        haru->records[i].object = haru_object(dict);
        if (i == TAG_ROOT)
            root = dict;
    }
    HPDF_Dict parents = haru_new_dict(haru);
    parents->attr = haru;
    parents->write_fn = write_parents;
    HPDF_Dict_Add(haru->structure, "K", root);
    HPDF_Dict_Add(haru->structure, "ParentTree", parents);
    HPDF_Dict_AddNumber(haru->structure, "ParentTreeNextKey",
                        (HPDF_INT32)(haru->sheet_count + haru->anchor_count));
}
