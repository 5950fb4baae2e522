/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include "base/fs.h"
#include "page/theme.h"
#include "unit/logo_fixture.h"

static struct arena *arena;

static bool read_theme(const char *content, struct theme *theme,
                       struct err *err, char *path_out, size_t size)
{
    char *directory = check_directory();
    snprintf(path_out, size, "%s/theme.csv", directory);
    CHECK(fs_write(path_out, content, strlen(content), err));
    const char *logo = fs_join(arena, directory, "logo.png");
    CHECK(fs_write(logo, (const char *)logo_png, sizeof logo_png, err));
    logo = fs_join(arena, directory, "clear.png");
    CHECK(fs_write(logo, (const char *)clear_png, sizeof clear_png, err));
    bool ok = theme_read(arena, path_out, theme, err);
    check_remove(directory);
    return ok;
}

/* The sentence that a file of these lines is refused with, after its path. */
static void theme_fails(const char *lines, const char *want)
{
    struct theme theme = theme_default();
    struct theme before = theme;
    struct err err = {0};
    char path[200];
    arena = arena_new();
    CHECK(!read_theme(arena_format(arena, "key,value\n%s", lines), &theme, &err,
                      path, sizeof path));
    CHECK_INT(err.code, ERR_INPUT);
    CHECK_TEXT(err.text, arena_format(arena, "'%s' %s", path, want));
    CHECK(memcmp(&theme, &before, sizeof theme) == 0);
    arena_free(arena);
}

TEST(the_built_in_theme_can_be_read_by_everyone)
{
    struct theme theme = theme_default();
    struct err err = {0};
    CHECK(theme_check(&theme, &err));
}

/* WCAG 2.1: black on white is 21:1; #767676 on white is the well-known grey
 * that just passes 4.5:1. */
TEST(contrast_is_the_ratio_of_the_standard)
{
    CHECK_NEAR(theme_contrast(0x000000, 0xFFFFFF), 21, 1e-9);
    CHECK_NEAR(theme_contrast(0xFFFFFF, 0x767676), 4.54, 0.002);
    CHECK_NEAR(theme_contrast(0x1B3F6B, 0x1B3F6B), 1, 1e-9);
}

TEST(a_file_replaces_single_values)
{
    struct theme theme = theme_default();
    struct err err = {0};
    char path[200];
    arena = arena_new();
    CHECK(read_theme("key,value\nbody_pt,10.5\nheading2_pt,14\n"
                     "accent,#7A0026\n",
                     &theme, &err, path, sizeof path));
    CHECK_NEAR(theme.body_pt, 10.5, 1e-12);
    CHECK_NEAR(theme.heading_pt[1], 14, 1e-12);
    CHECK_INT(theme.accent, 0x7A0026);
    CHECK_NEAR(theme.small_pt, theme_default().small_pt, 1e-12);
    arena_free(arena);
}

TEST(a_mistake_is_named_with_its_line)
{
    theme_fails("body_pt,10\nbody_pts,11\n",
                "line 3: unknown key 'body_pts'; the nearest is 'body_pt'");
    theme_fails("xxxxxxxxxxxx,11\n", "line 2: unknown key 'xxxxxxxxxxxx'");
    theme_fails("body_pt,large\n",
                "line 2: body_pt 'large': expected a size in points");
    theme_fails("body_pt,-1\n",
                "line 2: body_pt '-1': expected a size in points");
    theme_fails("ink,black\n",
                "line 2: ink 'black': expected a colour #rrggbb");
}

TEST(text_that_cannot_be_read_on_its_ground_is_refused)
{
    theme_fails("body_pt,10\nmuted,#9aa0a6\n",
                "line 3: contrast of muted on white is 2.64:1, at least 4.5:1 "
                "expected");
    theme_fails("accent,#1B3F6B\ntint,#707070\nbody_pt,10\n",
                "line 3: contrast of ink on tint is 3.51:1, at least 4.5:1 "
                "expected");
    theme_fails("paper,#555B63\n",
                "line 2: contrast of paper on accent is 1.55:1, at least 4.5:1 "
                "expected");
}

TEST(logos_are_files_beside_the_theme_with_words)
{
    struct theme theme = theme_default();
    struct err err = {0};
    char path[200];
    arena = arena_new();
    CHECK(read_theme("key,value\ncover_logo,logo.png\nfoot_logo,clear.png\n"
                     "cover_logo_pt,50\nlogo_alt_fr,Logo du registre\n"
                     "logo_alt_en,Logo of the registry\n"
                     "partner_logo,logo.png\npartner_alt_fr,Agence\n"
                     "partner_alt_en,Agency\n",
                     &theme, &err, path, sizeof path));
    CHECK_INT(theme.cover_logo.size, sizeof logo_png);
    CHECK_NEAR(theme.cover_logo.ratio, 3, 1e-12);
    CHECK_NEAR(theme.cover_logo_pt, 50, 1e-12);
    CHECK_NEAR(theme.foot_logo.ratio, 2, 1e-12); /* it may be transparent */
    CHECK_TEXT(theme.cover_logo.alt[LANG_EN], "Logo of the registry");
    CHECK_TEXT(theme.partner_logo.alt[LANG_FR], "Agence");
    CHECK(theme.partner_logo.bytes != NULL);
    arena_free(arena);
    theme_fails("cover_logo,none.png\n",
                "line 2: cover_logo 'none.png': expected a file beside the "
                "theme, found none that can be read");
    theme_fails("foot_logo,theme.csv\n",
                "line 2: foot_logo 'theme.csv': expected a PNG file");
    theme_fails("partner_logo,logo.png\nlogo_alt_fr,Logo\n",
                "line 2: partner_logo: expected partner_alt_fr too, its words "
                "for those who do not see it");
    theme_fails("logo_alt_fr,Logo\ncover_logo,logo.png\n",
                "line 3: cover_logo: expected logo_alt_en too, its words for "
                "those who do not see it");
}

TEST(margins_must_leave_a_page)
{
    struct theme theme = theme_default();
    struct err err = {0};
    theme.margin_left_pt = 400;
    CHECK(!theme_check(&theme, &err));
    CHECK_TEXT(err.id, "theme.margins");
}

TEST(the_file_of_the_templates_is_the_built_in_theme)
{
    struct theme theme = {0};
    struct theme built_in = theme_default();
    struct err err = {0};
    arena = arena_new();
    CHECK(theme_read(arena, "templates/theme.csv", &theme, &err));
    CHECK(memcmp(&theme, &built_in, sizeof theme) == 0);
    arena_free(arena);
}

TEST(the_small_theme_has_pages_a5)
{
    struct theme theme = theme_default();
    struct err err = {0};
    arena = arena_new();
    CHECK(theme_read(arena, "templates/theme-a5.csv", &theme, &err));
    CHECK_NEAR(theme.page_width_pt, 419.53, 1e-9);
    CHECK_NEAR(theme.page_height_pt, 595.28, 1e-9);
    arena_free(arena);
}

RUN(CASE(the_built_in_theme_can_be_read_by_everyone),
    CASE(contrast_is_the_ratio_of_the_standard),
    CASE(a_file_replaces_single_values), CASE(a_mistake_is_named_with_its_line),
    CASE(text_that_cannot_be_read_on_its_ground_is_refused),
    CASE(logos_are_files_beside_the_theme_with_words),
    CASE(margins_must_leave_a_page),
    CASE(the_file_of_the_templates_is_the_built_in_theme),
    CASE(the_small_theme_has_pages_a5))
