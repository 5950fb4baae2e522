/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include "base/fs.h"
#include "page/theme.h"

static bool read_theme(const char *content, struct theme *theme,
                       struct err *err, char *path_out, size_t size)
{
    char *directory = check_directory();
    snprintf(path_out, size, "%s/theme.csv", directory);
    CHECK(fs_write(path_out, content, strlen(content), err));
    bool ok = theme_read(path_out, theme, err);
    check_remove(directory);
    return ok;
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
    CHECK(read_theme("key,value\nbody_pt,10.5\nheading2_pt,14\n"
                     "accent,#7A0026\n",
                     &theme, &err, path, sizeof path));
    CHECK_NEAR(theme.body_pt, 10.5, 1e-12);
    CHECK_NEAR(theme.heading_pt[1], 14, 1e-12);
    CHECK_INT(theme.accent, 0x7A0026);
    CHECK_NEAR(theme.small_pt, theme_default().small_pt, 1e-12);
}

TEST(an_unknown_key_is_named_with_its_line)
{
    struct theme theme = theme_default();
    struct err err = {0};
    char path[200];
    CHECK(!read_theme("key,value\nbody_pt,10\ncolor,#000000\n", &theme, &err,
                      path, sizeof path));
    CHECK_INT(err.code, ERR_INPUT);
    char want[400];
    snprintf(want, sizeof want,
             "'%s' line 3: key 'color' is unknown or its value '#000000' is "
             "not a size or a #rrggbb colour",
             path);
    CHECK_TEXT(err.text, want);
    CHECK_NEAR(theme.body_pt, theme_default().body_pt, 1e-12);
}

TEST(text_that_cannot_be_read_on_its_ground_is_refused)
{
    struct theme theme = theme_default();
    struct err err = {0};
    char path[200];
    CHECK(!read_theme("key,value\nmuted,#9aa0a6\n", &theme, &err, path,
                      sizeof path));
    CHECK_TEXT(err.id, "theme.contrast");
    CHECK(strstr(err.text, "contrast of muted on white is 2.6") != NULL);
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
    CHECK(theme_read("templates/theme.csv", &theme, &err));
    CHECK(memcmp(&theme, &built_in, sizeof theme) == 0);
}

RUN(CASE(the_built_in_theme_can_be_read_by_everyone),
    CASE(contrast_is_the_ratio_of_the_standard),
    CASE(a_file_replaces_single_values),
    CASE(an_unknown_key_is_named_with_its_line),
    CASE(text_that_cannot_be_read_on_its_ground_is_refused),
    CASE(margins_must_leave_a_page),
    CASE(the_file_of_the_templates_is_the_built_in_theme))
