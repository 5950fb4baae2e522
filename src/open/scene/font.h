/* SPDX-License-Identifier: EUPL-1.2 */
/* scene/font.h - the text family of every output, and its measures.
 *
 * Four styles of one family, from a Debian package (Roboto, Apache-2.0) unless
 * a theme names another, found by file name, without fontconfig. Text is shaped
 * by HarfBuzz with the same data for every device, without ligatures: programs
 * that read an SVG do not agree on them. A character that the font lacks is
 * ERR_INPUT naming the character: nothing prints as an empty box.
 *
 * A soft hyphen (U+00AD) has no width and no ink, except as the last character
 * of a text, where it is measured and drawn as a hyphen: a line broken at one
 * keeps it, so that the source text can be read back. */
#ifndef SCENE_FONT_H
#define SCENE_FONT_H

#include "base/err.h"
#include "base/text.h"

enum font_style {
    FONT_REGULAR,
    FONT_BOLD,
    FONT_ITALIC,
    FONT_BOLD_ITALIC,
    FONT_STYLE_COUNT,
};

struct fonts;

#define FONT_FAMILY "Roboto" /* the built-in one */

/* Opens the four files of `directory`, or of the built-in one when NULL.
 * ERR_INPUT names the missing file and its Debian package. */
bool fonts_open(struct arena *arena, const char *directory, struct fonts **out,
                struct err *err) MUST_USE;
/* The same for another family: FAMILY-Regular.ttf or FAMILY.ttf, FAMILY-Bold,
 * FAMILY-Italic or FAMILY-Oblique, FAMILY-BoldItalic or FAMILY-BoldOblique, all
 * TrueType. ERR_INPUT when one is missing, when its licence bits (OS/2 fsType)
 * do not let everyone embed a part of it, or when it lacks a character that
 * French and English text needs, which is named. `family` NULL: Roboto. */
bool fonts_open_family(struct arena *arena, const char *family,
                       const char *directory, struct fonts **out,
                       struct err *err) MUST_USE;
void fonts_close(struct fonts *fonts);               /* NULL is fine */
const char *fonts_family(const struct fonts *fonts); /* "Roboto" */
const char *fonts_path(const struct fonts *fonts, enum font_style style);

/* Advance width in points; kerning included. Text is valid UTF-8. */
double fonts_width(const struct fonts *fonts, enum font_style style,
                   double size_pt, const char *text, size_t size);
double fonts_ascent(const struct fonts *fonts, enum font_style style,
                    double size_pt);
double fonts_descent(const struct fonts *fonts, enum font_style style,
                     double size_pt); /* positive, downwards */
double fonts_cap_height(const struct fonts *fonts, enum font_style style,
                        double size_pt);

/* One shaped glyph; cluster is the byte where its source text starts. */
struct font_glyph {
    uint32_t glyph;
    size_t cluster;
    double advance_pt, dx_pt, dy_pt;
};
/* Shapes text; glyph 0 never appears (ERR_INPUT names the character). */
bool fonts_shape(struct arena *arena, const struct fonts *fonts,
                 enum font_style style, double size_pt, const char *text,
                 size_t size, struct font_glyph **glyphs, size_t *count,
                 struct err *err) MUST_USE;
/* True when every character has a glyph; ERR_INPUT names one that has none. */
bool fonts_check(const struct fonts *fonts, enum font_style style,
                 const char *text, struct err *err) MUST_USE;
/* Breaks text into lines no wider than width_pt at spaces, after hyphens and
 * dashes, at soft hyphens and at line feeds; never at no-break characters. A
 * word wider than the line has a line of its own. Returns lines as arena
 * copies, at least one. */
size_t fonts_wrap(struct arena *arena, const struct fonts *fonts,
                  enum font_style style, double size_pt, const char *text,
                  double width_pt, char ***lines);

/* Receives the outline of one glyph, in em (1 is the text size), y downwards.
 * Every contour ends with close. */
struct font_pen {
    void *context;
    void (*move)(void *context, double x, double y);
    void (*line)(void *context, double x, double y);
    void (*curve)(void *context, double x1, double y1, double x2, double y2,
                  double x, double y);
    void (*close)(void *context);
};
void fonts_outline(const struct fonts *fonts, enum font_style style,
                   uint32_t glyph, const struct font_pen *pen);

#endif
