/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/theme.h"

#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/num.h"

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
        .ink = 0x1A1A1A,
        .muted = 0x555B63,
        .accent = 0x1B3F6B,
        .rule = 0xC9D0D9,
        .tint = 0xEEF3F8,
        .paper = 0xFFFFFF,
    };
}

/* --- reading -------------------------------------------------------------- */

struct size_key {
    const char *name;
    size_t offset;
};

#define SIZE(field)                                                            \
    {                                                                          \
#field, offsetof(struct theme, field)                                  \
    }
static const struct size_key sizes[] = {
    SIZE(page_width_pt),
    SIZE(page_height_pt),
    SIZE(margin_left_pt),
    SIZE(margin_right_pt),
    SIZE(margin_top_pt),
    SIZE(margin_bottom_pt),
    SIZE(body_pt),
    SIZE(body_leading_pt),
    SIZE(paragraph_gap_pt),
    SIZE(block_gap_pt),
    {"heading1_pt", offsetof(struct theme, heading_pt[0])},
    {"heading2_pt", offsetof(struct theme, heading_pt[1])},
    {"heading3_pt", offsetof(struct theme, heading_pt[2])},
    {"heading4_pt", offsetof(struct theme, heading_pt[3])},
    {"heading1_gap_pt", offsetof(struct theme, heading_gap_pt[0])},
    {"heading2_gap_pt", offsetof(struct theme, heading_gap_pt[1])},
    {"heading3_gap_pt", offsetof(struct theme, heading_gap_pt[2])},
    {"heading4_gap_pt", offsetof(struct theme, heading_gap_pt[3])},
    SIZE(small_pt),
    SIZE(small_leading_pt),
    SIZE(figure_title_pt),
    SIZE(table_pt),
    SIZE(table_leading_pt),
    SIZE(table_padding_pt),
    SIZE(table_least_pt),
    SIZE(key_value_pt),
    SIZE(gutter_pt),
    SIZE(column_gap_pt),
    SIZE(baseline_grid),
    SIZE(zebra),
    SIZE(cover_title_pt),
    SIZE(banner_title_pt),
    SIZE(justified),
};

static const struct size_key colours[] = {
    SIZE(ink), SIZE(muted), SIZE(accent), SIZE(rule), SIZE(tint), SIZE(paper),
};
#undef SIZE

static bool parse_colour(const char *text, uint32_t *out)
{
    if (text[0] != '#' || strlen(text) != 7)
        return false;
    uint32_t colour = 0;
    for (const char *at = text + 1; *at != '\0'; at++) {
        static const char digits[] = "0123456789abcdef";
        char lower = *at >= 'A' && *at <= 'F' ? (char)(*at - 'A' + 'a') : *at;
        const char *digit = strchr(digits, lower);
        if (digit == NULL)
            return false;
        colour = colour * 16 + (uint32_t)(digit - digits);
    }
    *out = colour;
    return true;
}

static bool take_value(struct theme *theme, const char *key, const char *value)
{
    char *base = (char *)theme;
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        if (text_same(sizes[i].name, key)) {
            double size;
            bool ok = num_parse_double(value, &size) && size >= 0;
            if (ok)
                memcpy(base + sizes[i].offset, &size, sizeof size);
            return ok;
        }
    }
    for (size_t i = 0; i < COUNT_OF(colours); i++) {
        if (text_same(colours[i].name, key)) {
            uint32_t colour;
            bool ok = parse_colour(value, &colour);
            if (ok)
                memcpy(base + colours[i].offset, &colour, sizeof colour);
            return ok;
        }
    }
    return false;
}

static bool read_rows(struct csv *csv, struct theme *theme, struct err *err)
{
    int key = csv_find(csv, "key");
    int value = csv_find(csv, "value");
    if (key < 0 || value < 0)
        return err_fail(err, ERR_INPUT, "theme.columns",
                        "'%s': expected columns key and value", csv_path(csv));
    bool more = true;
    while (csv_next(csv, &more, err) && more) {
        const char *name = csv_field(csv, (size_t)key);
        const char *text = csv_field(csv, (size_t)value);
        if (!take_value(theme, name, text))
            return err_fail(err, ERR_INPUT, "theme.value",
                            "'%s' line %zu: key '%s' is unknown or its value "
                            "'%s' is not a size or a #rrggbb colour",
                            csv_path(csv), csv_line(csv), name, text);
    }
    return err->code == ERR_NONE;
}

bool theme_read(const char *path, struct theme *theme, struct err *err)
{
    struct arena *scratch = arena_new();
    struct csv *csv = NULL;
    struct theme changed = *theme;
    bool ok =
        csv_open(scratch, path, &csv, err) && read_rows(csv, &changed, err);
    if (ok && !theme_check(&changed, err))
        ok = err_wrap(err, "'%s'", path);
    if (ok)
        *theme = changed;
    csv_close(csv);
    arena_free(scratch);
    return ok;
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

bool theme_check(const struct theme *theme, struct err *err)
{
    const struct {
        const char *name;
        uint32_t text, ground;
    } pairs[] = {
        {"ink on white", theme->ink, 0xFFFFFF},
        {"ink on tint", theme->ink, theme->tint},
        {"muted on white", theme->muted, 0xFFFFFF},
        {"muted on tint", theme->muted, theme->tint},
        {"accent on white", theme->accent, 0xFFFFFF},
        {"accent on tint", theme->accent, theme->tint},
        {"paper on accent", theme->paper, theme->accent},
    };
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        double contrast = theme_contrast(pairs[i].text, pairs[i].ground);
        if (contrast < 4.5)
            return err_fail(err, ERR_INPUT, "theme.contrast",
                            "theme: contrast of %s is %.2f, at least 4.5 "
                            "expected",
                            pairs[i].name, contrast);
    }
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
