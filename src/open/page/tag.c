/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/tag.h"

static const char *const names[TAG_ROLE_COUNT] = {
    [TAG_DOCUMENT] = "Document",
    [TAG_SECT] = "Sect",
    [TAG_H1] = "H1",
    [TAG_H2] = "H2",
    [TAG_H3] = "H3",
    [TAG_H4] = "H4",
    [TAG_P] = "P",
    [TAG_CAPTION] = "Caption",
    [TAG_TABLE] = "Table",
    [TAG_THEAD] = "THead",
    [TAG_TBODY] = "TBody",
    [TAG_TR] = "TR",
    [TAG_TH] = "TH",
    [TAG_TD] = "TD",
    [TAG_L] = "L",
    [TAG_LI] = "LI",
    [TAG_LBL] = "Lbl",
    [TAG_LBODY] = "LBody",
    [TAG_FIGURE] = "Figure",
    [TAG_TOC] = "TOC",
    [TAG_TOCI] = "TOCI",
    [TAG_LINK] = "Link",
    [TAG_NOTE] = "Note",
    [TAG_REFERENCE] = "Reference",
    [TAG_BIBENTRY] = "BibEntry",
    [TAG_INDEX] = "Index",
    [TAG_SPAN] = "Span",
};

const char *tag_name(enum tag_role role)
{
    assert(role < TAG_ROLE_COUNT);
    return names[role];
}
