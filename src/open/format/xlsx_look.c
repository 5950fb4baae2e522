/* SPDX-License-Identifier: EUPL-1.2 */
/* format/xlsx_look.c - how the cells of a workbook look. */
#include <string.h>

#include "base/text.h"
#include "format/xlsx_impl.h"
#include "format/xlsx_texts.h"

#define FONT "Arial"
#define FONT_PT 11
#define TITLE_PT 15
#define LINK_COLOUR 0x00468C
#define MUTED_COLOUR 0x55556B
/* Room between a number and the edge, as wide as an indent, which makes
 * LibreOffice shift a number on the right of a text. */
#define EDGE "_ _a"

static lxw_format *look_new(struct xlsx_file *file, bool bold, bool wrap)
{
    lxw_format *look = file->calls.workbook_add_format(file->workbook);
    file->calls.format_set_font_name(look, FONT);
    file->calls.format_set_font_size(look, FONT_PT);
    file->calls.format_set_align(look, LXW_ALIGN_VERTICAL_CENTER);
    if (bold)
        file->calls.format_set_bold(look);
    if (wrap)
        file->calls.format_set_text_wrap(look);
    return look;
}

/* Headings stand on the rule below them; the button of a filter would cover
 * their last letters there. */
static lxw_format *head_new(struct xlsx_file *file, bool filtered)
{
    lxw_format *look = look_new(file, true, true);
    file->calls.format_set_align(look, filtered ? LXW_ALIGN_VERTICAL_TOP
                                                : LXW_ALIGN_VERTICAL_BOTTOM);
    file->calls.format_set_bottom(look, LXW_BORDER_THIN);
    return look;
}

/* Over numbers, as far from the edge as they are. */
static lxw_format *number_head_new(struct xlsx_file *file, bool filtered)
{
    lxw_format *look = head_new(file, filtered);
    file->calls.format_set_align(look, LXW_ALIGN_RIGHT);
    file->calls.format_set_indent(look, 1);
    return look;
}

static struct xlsx_heads heads_new(struct xlsx_file *file, bool filtered)
{
    const struct xlsx_heads heads = {
        .text = head_new(file, filtered),
        .number = number_head_new(file, filtered),
        .first = number_head_new(file, filtered),
    };
    file->calls.format_set_left(heads.first, LXW_BORDER_THIN);
    return heads;
}

/* The name of a group goes on over the columns beside it. */
static lxw_format *group_new(struct xlsx_file *file)
{
    lxw_format *look = look_new(file, true, false);
    file->calls.format_set_align(look, LXW_ALIGN_VERTICAL_BOTTOM);
    file->calls.format_set_bottom(look, LXW_BORDER_THIN);
    return look;
}

void xlsx_looks(struct xlsx_file *file)
{
    file->title = look_new(file, true, false);
    file->calls.format_set_font_size(file->title, TITLE_PT);
    file->plain = look_new(file, false, false);
    file->strong = look_new(file, true, false);
    file->wrap = look_new(file, false, true);
    file->heads = heads_new(file, false);
    file->filtered = heads_new(file, true);
    file->group = group_new(file);
    file->group_first = group_new(file);
    file->calls.format_set_indent(file->group_first, 1);
    file->calls.format_set_left(file->group_first, LXW_BORDER_THIN);
    file->calls.format_set_left(file->group_first, LXW_BORDER_THIN);
    file->link = look_new(file, false, false);
    file->calls.format_set_underline(file->link, LXW_UNDERLINE_SINGLE);
    file->calls.format_set_font_color(file->link, LINK_COLOUR);
    file->total = look_new(file, true, true);
}

/* --- numbers -------------------------------------------------------------- */

/* A value keeps its number, what is after it is only shown. Room for the signs
 * of other rows keeps the figures one below the other. */
static const char *pattern(struct xlsx_file *file, struct xlsx_number number)
{
    size_t letters = strlen(flag_letters(file->scratch, number.flags));
    struct text code = text_new(file->scratch);
    text_add(&code, xlsx_pattern(file->scratch, number.decimals, number.flags));
    if (letters == 0 && number.room > 0)
        text_add(&code, "_ ");
    for (size_t l = letters; l < number.room; l++)
        text_add(&code, "_a");
    text_add(&code, EDGE);
    return code.at;
}

static bool same(struct xlsx_number a, struct xlsx_number b)
{
    return a.decimals == b.decimals && a.flags == b.flags && a.room == b.room &&
           a.bold == b.bold;
}

lxw_format *xlsx_number_look(struct xlsx_file *file, struct xlsx_number number)
{
    for (size_t l = 0; l < file->look_count; l++) {
        if (same(file->looks[l].number, number))
            return file->looks[l].format;
    }
    lxw_format *look = look_new(file, number.bold, false);
    file->calls.format_set_num_format(look, pattern(file, number));
    file->calls.format_set_align(look, LXW_ALIGN_RIGHT);
    if (number.decimals < 0)
        file->calls.format_set_font_color(look, MUTED_COLOUR);
    file->looks = arena_grow(file->scratch, file->looks, file->look_count,
                             &file->look_capacity, sizeof *file->looks);
    file->looks[file->look_count++] = (struct xlsx_look){number, look};
    return look;
}
