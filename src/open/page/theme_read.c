/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/csv.h"
#include "base/fs.h"
#include "base/num.h"
#include "page/theme_impl.h"
#include "scene/font.h"

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
    SIZE(cover_logo_pt),
    SIZE(foot_logo_pt),
};

static const struct size_key colours[] = {
    SIZE(ink), SIZE(muted), SIZE(accent), SIZE(rule), SIZE(tint), SIZE(paper),
};

static const struct logo_key {
    const char *name;
    size_t offset;
    const char *alt[LANG_COUNT]; /* keys of its words, NULL: not read */
} logos[] = {
    {"cover_logo",
     offsetof(struct theme, cover_logo),
     {"logo_alt_fr", "logo_alt_en"}},
    {"partner_logo",
     offsetof(struct theme, partner_logo),
     {"partner_alt_fr", "partner_alt_en"}},
    {"foot_logo", offsetof(struct theme, foot_logo), {NULL, NULL}},
};
#undef SIZE

/* A theme file being read. */
struct reading {
    struct arena *arena;
    struct csv *csv;
    struct theme *theme;
    size_t colour_line[COUNT_OF(colours)]; /* where each was given, 0: not */
    size_t logo_line[COUNT_OF(logos)];
    size_t font_line; /* of the family or, later, its directory */
};

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

static bool refuse(struct reading *reading, struct err *err, const char *key,
                   const char *value, const char *expected)
{
    return err_fail(
        err, ERR_INPUT, "theme.value", "'%s' line %zu: %s '%s': expected %s",
        csv_path(reading->csv), csv_line(reading->csv), key, value, expected);
}

static uint32_t big_endian(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
           (uint32_t)at[2] << 8 | at[3];
}

/* What is wrong with a PNG file, NULL nothing; its shape. */
static const char *png_fault(const unsigned char *bytes, size_t size,
                             double *ratio)
{
    static const unsigned char start[] = {0x89, 'P',  'N', 'G', '\r', '\n',
                                          0x1A, '\n', 0,   0,   0,    13,
                                          'I',  'H',  'D', 'R'};
    enum { WIDTH = 16, HEIGHT = 20, HEADER = 33 };
    if (size < HEADER || memcmp(bytes, start, sizeof start) != 0)
        return "a PNG file";
    uint32_t width = big_endian(bytes + WIDTH);
    uint32_t height = big_endian(bytes + HEIGHT);
    if (width == 0 || height == 0)
        return "a PNG file";
    *ratio = (double)width / height;
    return NULL;
}

static struct theme_logo *logo_at(struct theme *theme,
                                  const struct logo_key *key)
{
    return (struct theme_logo *)(void *)((char *)theme + key->offset);
}

static bool take_logo(struct reading *reading, const struct logo_key *key,
                      const char *value, struct err *err)
{
    struct theme_logo *logo = logo_at(reading->theme, key);
    char *bytes = NULL;
    const char *path =
        fs_join(reading->arena,
                fs_directory(reading->arena, csv_path(reading->csv)), value);
    struct err unreadable = {0};
    if (!fs_read(reading->arena, path, &bytes, &logo->size, &unreadable))
        return refuse(reading, err, key->name, value,
                      "a file beside the theme, found none that can be read");
    logo->bytes = (const unsigned char *)bytes;
    const char *fault = png_fault(logo->bytes, logo->size, &logo->ratio);
    if (fault != NULL)
        return refuse(reading, err, key->name, value, fault);
    reading->logo_line[key - logos] = csv_line(reading->csv);
    return true;
}

static bool take_size(struct reading *reading, const struct size_key *key,
                      const char *value, struct err *err)
{
    double size;
    if (!num_parse_double(value, &size) || size < 0)
        return refuse(reading, err, key->name, value, "a size in points");
    memcpy((char *)reading->theme + key->offset, &size, sizeof size);
    return true;
}

static bool take_colour(struct reading *reading, size_t place,
                        const char *value, struct err *err)
{
    uint32_t colour;
    if (!parse_colour(value, &colour))
        return refuse(reading, err, colours[place].name, value,
                      "a colour #rrggbb");
    memcpy((char *)reading->theme + colours[place].offset, &colour,
           sizeof colour);
    reading->colour_line[place] = csv_line(reading->csv);
    return true;
}

/* The family or its directory; false for another key. */
static bool take_font(struct reading *reading, const char *key,
                      const char *value)
{
    struct arena *arena = reading->arena;
    bool family = text_same(key, "font_family");
    if (!family && !text_same(key, "font_directory"))
        return false;
    reading->font_line = csv_line(reading->csv);
    if (family)
        reading->theme->font_family = arena_text(arena, value);
    else
        reading->theme->font_directory =
            value[0] == '/'
                ? arena_text(arena, value)
                : fs_join(arena, fs_directory(arena, csv_path(reading->csv)),
                          value);
    return true;
}

static bool refuse_key(struct reading *reading, const char *key,
                       struct err *err)
{
    const char *names[COUNT_OF(sizes) + COUNT_OF(colours) +
                      COUNT_OF(logos) * (1 + LANG_COUNT) + 2];
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        names[count++] = sizes[i].name;
    for (size_t i = 0; i < COUNT_OF(colours); i++)
        names[count++] = colours[i].name;
    for (size_t i = 0; i < COUNT_OF(logos); i++) {
        names[count++] = logos[i].name;
        for (size_t l = 0; l < LANG_COUNT && logos[i].alt[l] != NULL; l++)
            names[count++] = logos[i].alt[l];
    }
    names[count++] = "font_family";
    names[count++] = "font_directory";
    const char *near = near_name(key, names, count);
    return err_fail(err, ERR_INPUT, "theme.key",
                    "'%s' line %zu: unknown key '%s'%s%s%s",
                    csv_path(reading->csv), csv_line(reading->csv), key,
                    near == NULL ? "" : "; the nearest is '",
                    near == NULL ? "" : near, near == NULL ? "" : "'");
}

/* A logo or its words; *found tells whether the key is one of theirs. */
static bool take_logo_key(struct reading *reading, const char *key,
                          const char *value, bool *found, struct err *err)
{
    *found = true;
    for (size_t i = 0; i < COUNT_OF(logos); i++) {
        if (text_same(logos[i].name, key))
            return take_logo(reading, &logos[i], value, err);
        for (size_t l = 0; l < LANG_COUNT && logos[i].alt[l] != NULL; l++) {
            if (!text_same(logos[i].alt[l], key))
                continue;
            logo_at(reading->theme, &logos[i])->alt[l] =
                arena_text(reading->arena, value);
            return true;
        }
    }
    *found = false;
    return true;
}

static bool take_value(struct reading *reading, const char *key,
                       const char *value, struct err *err)
{
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        if (text_same(sizes[i].name, key))
            return take_size(reading, &sizes[i], value, err);
    }
    for (size_t i = 0; i < COUNT_OF(colours); i++) {
        if (text_same(colours[i].name, key))
            return take_colour(reading, i, value, err);
    }
    if (take_font(reading, key, value))
        return true;
    bool found = false;
    bool ok = take_logo_key(reading, key, value, &found, err);
    if (found)
        return ok;
    return refuse_key(reading, key, err);
}

static bool read_rows(struct reading *reading, struct err *err)
{
    struct csv *csv = reading->csv;
    int key = csv_find(csv, "key");
    int value = csv_find(csv, "value");
    if (key < 0 || value < 0)
        return err_fail(err, ERR_INPUT, "theme.columns",
                        "'%s': expected columns key and value", csv_path(csv));
    bool more = true;
    while (csv_next(csv, &more, err) && more) {
        if (!take_value(reading, csv_field(csv, (size_t)key),
                        csv_field(csv, (size_t)value), err))
            return false;
    }
    return err->code == ERR_NONE;
}

/* The line that gave the later of two colours, 0 when the file gave neither. */
static size_t doubt_line(const struct reading *reading,
                         const struct theme_doubt *doubt)
{
    size_t line = 0;
    for (size_t i = 0; i < COUNT_OF(colours); i++) {
        size_t given = reading->colour_line[i];
        if ((colours[i].offset == doubt->text ||
             colours[i].offset == doubt->ground) &&
            given > line)
            line = given;
    }
    return line;
}

/* Each logo that is read has its words in every language. */
static bool check_words(const struct reading *reading, struct err *err)
{
    for (size_t i = 0; i < COUNT_OF(logos); i++) {
        const struct theme_logo *logo = logo_at(reading->theme, &logos[i]);
        for (size_t l = 0; l < LANG_COUNT && logos[i].alt[l] != NULL; l++) {
            bool said = logo->alt[l] != NULL && logo->alt[l][0] != '\0';
            if (reading->logo_line[i] > 0 && !said)
                return err_fail(err, ERR_INPUT, "theme.alt",
                                "'%s' line %zu: %s: expected %s too, its words "
                                "for those who do not see it",
                                csv_path(reading->csv), reading->logo_line[i],
                                logos[i].name, logos[i].alt[l]);
        }
    }
    return true;
}

/* The family can be opened, may be embedded and has the characters it needs. */
static bool check_font(const struct reading *reading, struct err *err)
{
    const struct theme *theme = reading->theme;
    if (reading->font_line == 0)
        return true;
    struct arena *scratch = arena_new();
    struct fonts *fonts = NULL;
    bool ok = theme->font_family != NULL && theme->font_directory != NULL;
    if (!ok)
        err_fail(err, ERR_INPUT, "theme.font",
                 "expected both font_family and font_directory");
    ok = ok && fonts_open_family(scratch, theme->font_family,
                                 theme->font_directory, &fonts, err);
    fonts_close(fonts);
    arena_free(scratch);
    return ok || err_wrap(err, "'%s' line %zu", csv_path(reading->csv),
                          reading->font_line);
}

static bool check_rows(const struct reading *reading, struct err *err)
{
    const char *path = csv_path(reading->csv);
    struct theme_doubt doubt = theme_contrast_doubt(reading->theme);
    if (doubt.pair != NULL)
        return err_fail(err, ERR_INPUT, "theme.contrast",
                        "'%s' line %zu: contrast of %s is %.2f:1, at least "
                        "4.5:1 expected",
                        path, doubt_line(reading, &doubt), doubt.pair,
                        doubt.contrast);
    return check_words(reading, err) && check_font(reading, err) &&
           (theme_check(reading->theme, err) || err_wrap(err, "'%s'", path));
}

bool theme_read(struct arena *arena, const char *path, struct theme *theme,
                struct err *err)
{
    struct theme changed = *theme;
    struct reading reading = {.arena = arena, .theme = &changed};
    bool ok = csv_open(arena, path, &reading.csv, err) &&
              read_rows(&reading, err) && check_rows(&reading, err);
    if (ok)
        *theme = changed;
    csv_close(reading.csv);
    return ok;
}

bool theme_find(struct arena *arena, const char *own, const char *templates,
                struct theme *out, struct err *err)
{
    *out = theme_default();
    if (own != NULL)
        return theme_read(arena, own, out, err);
    if (templates == NULL)
        return true;
    const char *path = fs_join(arena, templates, "theme.csv");
    return !fs_exists(path) || theme_read(arena, path, out, err);
}

bool theme_check_family(const struct theme *theme, const char *family,
                        struct err *err)
{
    return theme->font_family == NULL ||
           text_same(theme->font_family, family) ||
           err_fail(err, ERR_INPUT, "theme.family",
                    "font_family '%s': the release is set in '%s'; expected "
                    "the family in the house style of the project",
                    theme->font_family, family);
}
