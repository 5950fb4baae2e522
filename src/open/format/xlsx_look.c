/* SPDX-License-Identifier: EUPL-1.2 */
/* format/xlsx_look.c - how the cells of a workbook look. */
#include <string.h>

#include "base/utf8.h"
#include "format/xlsx_impl.h"

#define FONT "Arial"
#define FONT_PT 11
#define TITLE_PT 15
#define LINE_PT 14.5
#define LINK_COLOUR 0x00468C
#define MUTED_COLOUR 0x55556B

static lxw_format *look_new(struct xlsx_file *file, bool bold, bool wrap)
{
    lxw_format *look = workbook_add_format(file->workbook);
    format_set_font_name(look, FONT);
    format_set_font_size(look, FONT_PT);
    format_set_align(look, LXW_ALIGN_VERTICAL_CENTER);
    if (bold)
        format_set_bold(look);
    if (wrap)
        format_set_text_wrap(look);
    return look;
}

/* Headings stand on the rule below them. */
static lxw_format *head_new(struct xlsx_file *file)
{
    lxw_format *look = look_new(file, true, true);
    format_set_align(look, LXW_ALIGN_VERTICAL_BOTTOM);
    format_set_bottom(look, LXW_BORDER_THIN);
    return look;
}

void xlsx_looks(struct xlsx_file *file)
{
    file->title = look_new(file, true, false);
    format_set_font_size(file->title, TITLE_PT);
    file->plain = look_new(file, false, false);
    file->strong = look_new(file, true, false);
    file->wrap = look_new(file, false, true);
    file->head = head_new(file);
    file->head_number = head_new(file);
    format_set_align(file->head_number, LXW_ALIGN_RIGHT);
    file->link = look_new(file, false, false);
    format_set_underline(file->link, LXW_UNDERLINE_SINGLE);
    format_set_font_color(file->link, LINK_COLOUR);
    file->total = look_new(file, true, true);
}

/* --- numbers -------------------------------------------------------------- */

/* "#,##0.0" and the signs: a value keeps its number, what is after it is only
 * shown. Room for the signs of other rows keeps the figures one below the
 * other. */
static const char *pattern(struct xlsx_file *file, struct xlsx_number number)
{
    const char *letters = flag_letters(file->scratch, number.flags);
    struct text code = text_new(file->scratch);
    text_add(&code, number.decimals < 0 ? "@" : "#,##0");
    for (int d = 0; d < number.decimals; d++)
        text_add(&code, d == 0 ? ".0" : "0");
    if (letters[0] != '\0')
        text_format(&code, "\"\u00a0%s\"", letters);
    else if (number.room > 0)
        text_add(&code, "_ ");
    for (size_t l = strlen(letters); l < number.room; l++)
        text_add(&code, "_a");
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
    format_set_num_format(look, pattern(file, number));
    format_set_align(look, LXW_ALIGN_RIGHT);
    if (number.decimals < 0)
        format_set_font_color(look, MUTED_COLOUR);
    file->looks = arena_grow(file->scratch, file->looks, file->look_count,
                             &file->look_capacity, sizeof *file->looks);
    file->looks[file->look_count++] = (struct xlsx_look){number, look};
    return look;
}

/* --- sizes ---------------------------------------------------------------- */

/* A unit is a digit of the library's own font, which is narrower. */
double xlsx_width(size_t letters)
{
    return 1.15 * (double)letters + 1.5;
}

size_t xlsx_lines(const char *text, size_t letters)
{
    size_t lines = 1, line = 0, word = 0;
    for (const char *at = text;;) {
        const uint32_t point = *at == '\0' ? 0 : utf8_next(&at);
        if (point != 0 && point != ' ') {
            word++;
            continue;
        }
        if (line > 0 && line + 1 + word > letters) {
            lines++;
            line = 0;
        }
        line += word + (line > 0);
        word = 0;
        if (point == 0)
            return lines;
    }
}

double xlsx_height_pt(size_t lines)
{
    return LINE_PT * (double)lines + 2.5;
}
