/* SPDX-License-Identifier: EUPL-1.2 */
/* The typeface that a theme names: four files that everyone may embed, with the
 * characters of French and English text. */
#include "check.h"

#include <string.h>

#include "base/fs.h"
#include "page/theme.h"

#include "unit/file_fixture.h"

static const char *const style[] = {"Regular", "Bold", "Italic", "BoldItalic"};

/* The entry of a table in the directory of a font file. */
static char *entry_of(char *bytes, const char *tag)
{
    enum { FIRST = 12, ENTRY = 16, TABLES = 40 };
    for (int t = 0; t < TABLES; t++) {
        if (memcmp(bytes + FIRST + ENTRY * t, tag, 4) == 0)
            return bytes + FIRST + ENTRY * t;
    }
    CHECK(false);
    return NULL;
}

static uint32_t place_of(const char *entry)
{
    const unsigned char *at = (const unsigned char *)entry + 8;
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
           (uint32_t)at[2] << 8 | at[3];
}

static void usual(char *bytes)
{
    (void)bytes;
}

static void licensed(char *bytes)
{
    bytes[place_of(entry_of(bytes, "OS/2")) + 9] = 2; /* fsType */
}

static void unmapped(char *bytes)
{
    entry_of(bytes, "cmap")[3] = 'q';
}

static void without_outlines(char *bytes)
{
    entry_of(bytes, "glyf")[3] = 'q';
}

/* A family of this name beside the theme: the built-in one, its bold face
 * changed. */
static void add_family(const char *name, void (*change)(char *bytes))
{
    for (int s = 0; s < FONT_STYLE_COUNT; s++) {
        char *bytes = NULL;
        size_t size = 0;
        CHECK(fs_read(arena, fonts_path(fonts, (enum font_style)s), &bytes,
                      &size, &err));
        if (s == FONT_BOLD)
            change(bytes);
        const char *file = arena_format(arena, "%s-%s.ttf", name, style[s]);
        CHECK(fs_write(fs_join(arena, directory, file), bytes, size, &err));
    }
}

static bool reads(const char *lines, struct theme *theme)
{
    const char *path = fs_join(arena, directory, "theme.csv");
    const char *text = arena_format(arena, "key,value\n%s", lines);
    CHECK(fs_write(path, text, strlen(text), &err));
    *theme = theme_default();
    return theme_read(arena, path, theme, &err);
}

static void fails(const char *lines, const char *want)
{
    struct theme theme;
    CHECK(!reads(lines, &theme));
    CHECK_INT(err.code, ERR_INPUT);
    if (strstr(err.text, want) == NULL)
        print_error("no '%s' in: %s\n", want, err.text);
    CHECK(strstr(err.text, want) != NULL);
    err = (struct err){0};
}

TEST(a_theme_names_a_family_beside_it)
{
    start();
    struct theme theme;
    struct fonts *own = NULL;
    add_family("Essai", usual);
    CHECK(reads("font_family,Essai\nfont_directory,.\n", &theme));
    CHECK_TEXT(theme.font_family, "Essai");
    CHECK(fonts_open_family(arena, theme.font_family, theme.font_directory,
                            &own, &err));
    CHECK_TEXT(fonts_family(own), "Essai");
    CHECK(text_ends(fonts_path(own, FONT_ITALIC), "/Essai-Italic.ttf"));
    fonts_close(own);
    CHECK(theme_check_family(&theme, "Essai", &err));
    CHECK(!theme_check_family(&theme, FONT_FAMILY, &err));
    CHECK_TEXT(err.text,
               "font_family 'Essai': the release is set in 'Roboto'; expected "
               "the family in the house style of the project");
    stop();
}

TEST(files_may_be_named_as_other_families_name_them)
{
    start();
    struct theme theme;
    add_family("Essai", usual);
    CHECK(fs_rename(fs_join(arena, directory, "Essai-Regular.ttf"),
                    fs_join(arena, directory, "Essai.ttf"), &err));
    CHECK(fs_rename(fs_join(arena, directory, "Essai-Italic.ttf"),
                    fs_join(arena, directory, "Essai-Oblique.ttf"), &err));
    CHECK(reads("font_family,Essai\nfont_directory,.\n", &theme));
    stop();
}

TEST(a_family_that_cannot_be_used_is_refused_with_its_line)
{
    start();
    add_family("Secret", licensed);
    add_family("Vide", unmapped);
    add_family("Autre", without_outlines);
    fails("zebra,1\nfont_family,Essai\n",
          "theme.csv' line 3: expected both font_family and font_directory");
    fails("font_directory,.\nfont_family,Essai\n",
          "Essai-Regular.ttf': install the family in font_directory");
    fails("font_family,Secret\nfont_directory,.\n",
          "Secret-Bold.ttf' does not let everyone embed a part of it (OS/2 "
          "fsType 2)");
    fails("font_directory,.\nfont_family,Vide\n",
          "Vide-Bold.ttf': the font has no character U+0041 'A'");
    fails("font_directory,.\nfont_family,Autre\n", "theme.csv' line 3: ");
    fails("font_directory,.\nfont_family,Autre\n",
          "Autre-Bold.ttf' is no TrueType font");
    stop();
}

RUN(CASE(a_theme_names_a_family_beside_it),
    CASE(files_may_be_named_as_other_families_name_them),
    CASE(a_family_that_cannot_be_used_is_refused_with_its_line))
