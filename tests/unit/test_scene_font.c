/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scene/font.h"

static struct arena *arena;
static struct fonts *fonts;

static void open_fonts(void)
{
    struct err err = {0};
    arena = arena_new();
    CHECK(fonts_open(arena, NULL, &fonts, &err));
}

static void close_fonts(void)
{
    fonts_close(fonts);
    arena_free(arena);
}

static double width(const char *text)
{
    return fonts_width(fonts, FONT_REGULAR, 10, text, strlen(text));
}

TEST(a_missing_directory_is_named_with_its_package)
{
    struct arena *mine = arena_new();
    struct fonts *none = NULL;
    struct err err = {0};
    CHECK(!fonts_open(mine, "/nowhere", &none, &err));
    CHECK(none == NULL);
    CHECK_INT(err.code, ERR_INPUT);
    CHECK_TEXT(err.id, "font.file");
    CHECK_TEXT(err.text, "cannot read the font file '/nowhere/"
                         "Roboto-Regular.ttf': install the package "
                         "fonts-roboto-unhinted");
    arena_free(mine);
}

/* Advance widths of Roboto 2.138, from its hmtx table, 2048 units an em:
 * digit 1151, space 508, a 1114. */
TEST(widths_are_those_of_the_font_file)
{
    open_fonts();
    CHECK_NEAR(width("0"), 10 * 1151 / 2048.0, 1e-9);
    CHECK_NEAR(width("11"), 20 * 1151 / 2048.0, 1e-9);
    CHECK_NEAR(width(" "), 10 * 508 / 2048.0, 1e-9);
    CHECK_NEAR(fonts_width(fonts, FONT_REGULAR, 20, "aa", 2),
               40 * 1114 / 2048.0, 1e-9);
    CHECK_NEAR(width(""), 0, 1e-9);
    close_fonts();
}

TEST(a_width_asked_twice_is_the_same_and_kerning_counts)
{
    open_fonts();
    double first = width("AVANT");
    for (int i = 0; i < 5000; i++) {
        char other[16];
        snprintf(other, sizeof other, "%d", i);
        (void)width(other);
    }
    CHECK_NEAR(width("AVANT"), first, 1e-12);
    CHECK(width("AV") < width("A") + width("V") - 0.1);
    close_fonts();
}

TEST(letters_are_not_joined)
{
    open_fonts();
    struct arena *mine = arena_new();
    struct font_glyph *glyphs = NULL;
    struct err err = {0};
    size_t count = 0;
    CHECK(fonts_shape(mine, fonts, FONT_REGULAR, 10, "ffi", 3, &glyphs, &count,
                      &err));
    CHECK_INT((int)count, 3);
    arena_free(mine);
    close_fonts();
}
TEST(every_character_that_french_needs_is_there)
{
    struct err err = {0};
    open_fonts();
    static const char text[] =
        "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ«»’“”…–—−±×≥≤‰€%\u00a0\u202f\u2011";
    for (int style = 0; style < FONT_STYLE_COUNT; style++)
        CHECK(fonts_check(fonts, (enum font_style)style, text, &err));
    CHECK(!fonts_check(fonts, FONT_REGULAR, "癌", &err));
    CHECK(width("\u202f") > 0 && width("\u202f") <= width(" "));
    close_fonts();
}

TEST(a_text_is_checked_without_being_shaped)
{
    open_fonts();
    struct err err = {0};
    CHECK(fonts_check(fonts, FONT_REGULAR, "Hérault, e\u0301t\u00ade", &err));
    CHECK(!fonts_check(fonts, FONT_BOLD, "un\u00ad 癌 deux", &err));
    CHECK_INT(err.code, ERR_INPUT);
    CHECK_TEXT(err.text, "the font has no character U+764C '癌'");
    close_fonts();
}

TEST(a_character_without_glyph_is_named)
{
    open_fonts();
    struct font_glyph *glyphs = NULL;
    size_t count = 0;
    struct err err = {0};
    CHECK(!fonts_shape(arena, fonts, FONT_BOLD, 10, "ab癌", 5, &glyphs, &count,
                       &err));
    CHECK_INT(err.code, ERR_INPUT);
    CHECK_TEXT(err.text, "the font has no character U+764C '癌'");
    CHECK(glyphs == NULL);
    close_fonts();
}

TEST(shaped_glyphs_add_up_to_the_width_and_know_their_source)
{
    open_fonts();
    struct font_glyph *glyphs = NULL;
    size_t count = 0;
    struct err err = {0};
    static const char text[] = "Île-de-France";
    CHECK(fonts_shape(arena, fonts, FONT_REGULAR, 10, text, strlen(text),
                      &glyphs, &count, &err));
    CHECK_INT(count, 13);
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += glyphs[i].advance_pt;
    CHECK_NEAR(sum, width(text), 1e-9);
    CHECK_INT(glyphs[0].cluster, 0);
    CHECK_INT(glyphs[1].cluster, 2);
    close_fonts();
}

TEST(a_soft_hyphen_shows_only_at_the_end)
{
    open_fonts();
    CHECK_NEAR(width("can\u00adcer"), width("cancer"), 1e-9);
    CHECK_NEAR(width("can\u00ad"), width("can-"), 1e-9);
    close_fonts();
}

static void check_lines(const char *text, double width_pt, const char *want)
{
    char **lines = NULL;
    size_t count =
        fonts_wrap(arena, fonts, FONT_REGULAR, 10, text, width_pt, &lines);
    char *joined = text_join(arena, (const char *const *)lines, count, "|");
    CHECK_TEXT(joined, want);
}

TEST(text_wraps_at_spaces_hyphens_and_line_feeds_only)
{
    open_fonts();
    check_lines("", 50, "");
    check_lines("un", 50, "un");
    check_lines("un deux trois", 500, "un deux trois");
    check_lines("un deux trois", 42, "un deux|trois");
    check_lines("un\ndeux", 500, "un|deux");
    check_lines("un\u00a0deux trois", 20, "un\u00a0deux|trois");
    check_lines("Provence-Alpes", 50, "Provence-|Alpes");
    check_lines("incom\u00adpressible", 40, "incom\u00ad|pressible");
    check_lines("de -5 à 5", 20, "de|-5 à|5");
    check_lines("anticonstitutionnellement a", 20,
                "anticonstitutionnellement|a");
    close_fonts();
}

TEST(no_wrapped_line_is_wider_than_asked)
{
    open_fonts();
    static const char text[] =
        "Le registre national des cancers rassemble les données des registres "
        "locaux, des bases nationales et des structures de soins-médicaux.";
    for (double limit = 60; limit < 400; limit += 7) {
        char **lines = NULL;
        size_t count =
            fonts_wrap(arena, fonts, FONT_REGULAR, 10, text, limit, &lines);
        CHECK(count > 1);
        for (size_t i = 0; i < count; i++)
            CHECK(width(lines[i]) <= limit);
    }
    close_fonts();
}

TEST(metrics_are_in_proportion)
{
    open_fonts();
    double ascent = fonts_ascent(fonts, FONT_REGULAR, 10);
    double cap = fonts_cap_height(fonts, FONT_REGULAR, 10);
    CHECK(cap > 6 && cap < 8);
    CHECK(ascent > cap && ascent < 11);
    CHECK(fonts_descent(fonts, FONT_REGULAR, 10) > 1.5);
    CHECK_NEAR(fonts_cap_height(fonts, FONT_REGULAR, 20), 2 * cap, 1e-9);
    close_fonts();
}

struct counting {
    size_t moves, closes;
    double top, bottom;
};

static void count_point(void *context, double x, double y)
{
    struct counting *counting = context;
    (void)x;
    counting->top = fmin(counting->top, y);
    counting->bottom = fmax(counting->bottom, y);
}

static void count_move(void *context, double x, double y)
{
    ((struct counting *)context)->moves++;
    count_point(context, x, y);
}

static void count_curve(void *context, double x1, double y1, double x2,
                        double y2, double x, double y)
{
    (void)x1, (void)y1, (void)x2, (void)y2;
    count_point(context, x, y);
}

static void count_close(void *context)
{
    ((struct counting *)context)->closes++;
}

TEST(an_outline_stands_on_the_base_line)
{
    open_fonts();
    struct font_glyph *glyphs = NULL;
    size_t count = 0;
    struct err err = {0};
    CHECK(fonts_shape(arena, fonts, FONT_REGULAR, 10, "B", 1, &glyphs, &count,
                      &err));
    struct counting counting = {0};
    struct font_pen pen = {&counting, count_move, count_point, count_curve,
                           count_close};
    fonts_outline(fonts, FONT_REGULAR, glyphs[0].glyph, &pen);
    CHECK_INT(counting.moves, 3); /* body and two holes */
    CHECK_INT(counting.closes, 3);
    CHECK_NEAR(counting.top, -fonts_cap_height(fonts, FONT_REGULAR, 1), 0.01);
    CHECK_NEAR(counting.bottom, 0, 0.001);
    close_fonts();
}

#ifndef __SANITIZE_ADDRESS__ /* whose allocator takes no such limit */
/* HarfBuzz needs some 40 bytes a character and does not say so itself. */
TEST(a_text_that_memory_cannot_shape_ends_the_process)
{
    enum { SIZE = 4000000, SPARE = 1000000 };
    open_fonts();
    char *text = arena_alloc(arena, SIZE + 1);
    memset(text, 'a', SIZE);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit none = {SPARE, SPARE};
        close(STDERR_FILENO);
        if (setrlimit(RLIMIT_AS, &none) == 0)
            (void)fonts_width(fonts, FONT_REGULAR, 10, text, SIZE);
        _exit(0);
    }
    int status = 0;
    CHECK_INT(waitpid(child, &status, 0), child);
    CHECK(WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), ERR_MEMORY);
    close_fonts();
}
#define CASES_OF_MEMORY , CASE(a_text_that_memory_cannot_shape_ends_the_process)
#else
#define CASES_OF_MEMORY
#endif

RUN(CASE(a_missing_directory_is_named_with_its_package),
    CASE(widths_are_those_of_the_font_file),
    CASE(a_width_asked_twice_is_the_same_and_kerning_counts),
    CASE(letters_are_not_joined),
    CASE(every_character_that_french_needs_is_there),
    CASE(a_text_is_checked_without_being_shaped),
    CASE(a_character_without_glyph_is_named),
    CASE(shaped_glyphs_add_up_to_the_width_and_know_their_source),
    CASE(a_soft_hyphen_shows_only_at_the_end),
    CASE(text_wraps_at_spaces_hyphens_and_line_feeds_only),
    CASE(no_wrapped_line_is_wider_than_asked), CASE(metrics_are_in_proportion),
    CASE(an_outline_stands_on_the_base_line) CASES_OF_MEMORY)
