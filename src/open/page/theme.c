/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/theme_impl.h"

#include <math.h>
#include <string.h>

struct theme theme_default(void)
{
    return (struct theme){
        .page_width_pt = 595.28,
        .page_height_pt = 841.89,
        .margin_left_pt = 48,
        .margin_right_pt = 48,
        .margin_top_pt = 50,
        .margin_bottom_pt = 46,
        .body_pt = 9.5,
        .body_leading_pt = 12.6,
        .paragraph_gap_pt = 4.5,
        .block_gap_pt = 9,
        .heading_pt = {17, 13, 11, 9.8},
        .heading_gap_pt = {16, 13, 10, 8},
        .small_pt = 7.4,
        .small_leading_pt = 9.2,
        .figure_title_pt = 9.2,
        .table_pt = 8,
        .table_leading_pt = 9.8,
        .table_padding_pt = 4,
        .table_least_pt = 6.6,
        .key_value_pt = 17,
        .gutter_pt = 14,
        .column_gap_pt = 20,
        .baseline_grid = 1,
        .zebra = 0,
        .cover_title_pt = 30,
        .banner_title_pt = 19,
        .justified = 1,
        .cover_logo_pt = 44,
        .foot_logo_pt = 14,
        .ink = 0x1A1A1A,
        .muted = 0x555B63,
        .accent = 0x1B3F6B,
        .rule = 0xC9D0D9,
        .tint = 0xEEF3F8,
        .paper = 0xFFFFFF,
    };
}

/* --- checking ------------------------------------------------------------- */

static double luminance(uint32_t colour)
{
    static const double weight[3] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double level = (double)(colour >> (16 - 8 * i) & 255) / 255;
        sum +=
            weight[i] * (level <= 0.04045 ? level / 12.92
                                          : pow((level + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double theme_contrast(uint32_t a, uint32_t b)
{
    double first = luminance(a);
    double second = luminance(b);
    double high = first > second ? first : second;
    double low = first > second ? second : first;
    return (high + 0.05) / (low + 0.05);
}

/* What is printed on what; an offset of 0 stands for white paper. */
static const struct {
    const char *name;
    size_t text, ground;
} pairs[] = {
    {"ink on white", offsetof(struct theme, ink), 0},
    {"ink on tint", offsetof(struct theme, ink), offsetof(struct theme, tint)},
    {"muted on white", offsetof(struct theme, muted), 0},
    {"muted on tint", offsetof(struct theme, muted),
     offsetof(struct theme, tint)},
    {"accent on white", offsetof(struct theme, accent), 0},
    {"accent on tint", offsetof(struct theme, accent),
     offsetof(struct theme, tint)},
    {"paper on accent", offsetof(struct theme, paper),
     offsetof(struct theme, accent)},
};

static uint32_t colour_at(const struct theme *theme, size_t offset)
{
    uint32_t colour = 0xFFFFFF;
    if (offset > 0)
        memcpy(&colour, (const char *)theme + offset, sizeof colour);
    return colour;
}

struct theme_doubt theme_contrast_doubt(const struct theme *theme)
{
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        double contrast = theme_contrast(colour_at(theme, pairs[i].text),
                                         colour_at(theme, pairs[i].ground));
        if (contrast < THEME_CONTRAST)
            return (struct theme_doubt){pairs[i].name, pairs[i].text,
                                        pairs[i].ground, contrast};
    }
    return (struct theme_doubt){0};
}

bool theme_check(const struct theme *theme, struct err *err)
{
    struct theme_doubt doubt = theme_contrast_doubt(theme);
    if (doubt.pair != NULL)
        return err_fail(err, ERR_INPUT, "theme.contrast",
                        "theme: contrast of %s is %.2f:1, at least 4.5:1 "
                        "expected",
                        doubt.pair, doubt.contrast);
    double width =
        theme->page_width_pt - theme->margin_left_pt - theme->margin_right_pt;
    double height =
        theme->page_height_pt - theme->margin_top_pt - theme->margin_bottom_pt;
    if (width < 200 || height < 200)
        return err_fail(err, ERR_INPUT, "theme.margins",
                        "theme: margins leave less than 200 points");
    double least = fmin(fmin(theme->body_pt, theme->small_pt),
                        fmin(theme->table_least_pt, theme->table_pt));
    if (least < 5)
        return err_fail(err, ERR_INPUT, "theme.size",
                        "theme: text smaller than 5 points");
    return true;
}
