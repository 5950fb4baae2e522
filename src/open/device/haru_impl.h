/* SPDX-License-Identifier: EUPL-1.2 */
/* device/haru_impl.h - what the parts of the PDF writer share.
 *
 * haru.c holds the document and its pages, haru_put.c the writing of numbers
 * and strings, haru_font.c and
 * haru_embed.c fonts and text, haru_tag.c the structure tree,
 * haru_link.c links and bookmarks, haru_scene.c figures, haru_file.c attached
 * files, haru_meta.c metadata, haru_pack.c the pass over a finished file.
 *
 * libharu's dictionaries cost hundreds of bytes an entry, so anything that is
 * numerous (elements, links) is one dictionary whose body is written by its
 * `write_fn` from our own records. Its own PDF/A, font and destination calls
 * are wrong in ways a validator sees and are not used. */
#ifndef DEVICE_HARU_IMPL_H
#define DEVICE_HARU_IMPL_H

#include <hpdf.h>

#include "base/hash.h"
#include "device/haru.h"

#define HARU_OPACITIES 16
#define HARU_GRID 10 /* units of outlines to the point of a scene */

enum haru_kid_kind {
    KID_ELEMENT, /* value: element */
    KID_MARK,    /* value: number of the marked content on its page */
    KID_LINK,    /* value: link */
};

struct haru_kid {
    int next; /* or -1 */
    int value;
    int page;
    enum haru_kid_kind kind;
};

/* Of a box. Page space, y upwards. */
struct haru_corners {
    double left, bottom, right, top;
};

struct haru_figure {
    const char *alt;
    unsigned file; /* object of the attached data, or 0 */
    bool boxed;
    struct haru_corners corners;
};

struct haru_record { /* one structure element */
    struct haru *haru;
    struct haru_figure *figure; /* or NULL */
    const char *expansion;      /* of an abbreviation, or NULL */
    int parent;                 /* or -1 */
    int first_kid, last_kid;
    int page; /* of the first mark, or -1 */
    unsigned object;
    const char *lang;       /* NULL: its parent's */
    uint16_t rows, columns; /* spanned by a cell */
    uint8_t role, scope, numbering;
    bool loose; /* inline, and not yet among the kids of its parent */
};

struct haru_sheet { /* one page */
    HPDF_Page page;
    double height_pt;
    int *owners; /* element of each mark */
    size_t mark_count, mark_capacity;
    HPDF_Array links; /* NULL until the first */
    const char *font_name[FONT_STYLE_COUNT];
};

struct haru_anchor { /* one link annotation */
    struct haru *haru;
    HPDF_Dict object;
    int element;
    struct haru_corners corners;
    const char *uri; /* NULL: a page */
    size_t page;
    double y_pt;
    const char *contents;
    int parent_key; /* in the parent tree */
};

struct haru_bookmark {
    int level;
    const char *title;
    size_t page;
    double y_pt;
};

struct haru_label {
    size_t first;
    int start;
    bool roman;
};

struct haru_file { /* one attached file */
    const char *name;
    HPDF_Dict object;
};

struct haru_shape { /* a long path painted in some way, seen once or more */
    struct haru_shape *next;
    const char *text; /* how it is written */
    size_t size;
    HPDF_Dict form; /* from the second time on */
};
#define HARU_SHAPES 1024 /* buckets */

struct haru_opacity {
    int percent;
    HPDF_Dict object;
};

struct haru_picture { /* one PNG file */
    const unsigned char *bytes;
    HPDF_Image image;
};

struct haru_font; /* haru_font.c */

struct haru {
    struct arena *arena;
    HPDF_Doc doc;
    struct haru_info info;
    const struct fonts *fonts;
    bool failed;
    struct err err;
    struct hash *hash;

    struct haru_font *font[FONT_STYLE_COUNT];
    struct haru_record *records;
    size_t record_count, record_capacity;
    struct haru_kid *kids;
    size_t kid_count, kid_capacity;
    struct haru_sheet *sheets;
    size_t sheet_count, sheet_capacity;
    struct haru_anchor *anchors;
    size_t anchor_count, anchor_capacity;
    struct haru_bookmark *bookmarks;
    size_t bookmark_count, bookmark_capacity;
    struct haru_label *labels;
    size_t label_count, label_capacity;
    struct haru_file *files;
    size_t file_count, file_capacity;

    struct haru_picture *pictures;
    size_t picture_count, picture_capacity;

    HPDF_Dict structure; /* StructTreeRoot */
    HPDF_Dict pattern[PATTERN_COUNT];
    struct haru_opacity opacity[HARU_OPACITIES];
    size_t opacity_count;
    struct haru_shape *shapes[HARU_SHAPES];

    struct text content; /* of the page being drawn */
    bool marked;         /* between begin and end */
    /* graphics state of the page being drawn; -1 or NULL: not set yet */
    int64_t fill, stroke;
    int font_style;
    double font_size_pt;
    double line_width_pt;
};

/* --- haru.c --- */
void haru_fail(struct haru *haru, enum err_code code, const char *id,
               const char *format, ...) PRINTF_LIKE(4, 5);
struct haru_sheet *haru_sheet(struct haru *haru); /* the current page */
/* Of a box of that page. */
struct haru_corners haru_corners(struct haru *haru, const struct haru_box *box);
HPDF_Dict haru_new_dict(struct haru *haru);
HPDF_Dict haru_new_stream(struct haru *haru);
unsigned haru_object(const void *object);
/* Name of an object in the page's resources, added when new. */
const char *haru_resource(struct haru *haru, const char *category,
                          const char *prefix, HPDF_Dict object);
void haru_stream_text(HPDF_Dict stream, const struct text *text);
/* What is neither on a page nor in `info` but makes the file another one. */
void haru_identify(struct haru *haru, const char *text);

/* The text as zlib packs it; the caller frees it. */
unsigned char *haru_deflate(const struct text *content, size_t *size);
/* A stream of a text, packed. */
void haru_stream_packed(HPDF_Dict stream, const struct text *text);

/* --- haru_shape.c --- */
/* What was written to the page from `start` on paints a path of a scene in the
 * colours in use. When it is long and was painted before it becomes a form that
 * all pages draw from. */
void haru_share(struct haru *haru, size_t start, const struct scene_item *item);

/* --- haru_put.c --- */
/* Two decimals without trailing zeros, then a space. Never an exponent. */
void put_number(struct text *out, double value);
void put_integer(struct text *out, int64_t value);
void put_corners(struct text *out, const struct haru_corners *corners);
void put_hex16(struct text *out, unsigned value);
/* A UTF-8 text as hexadecimal UTF-16BE, without delimiters. */
void put_utf16(struct text *out, const char *text, size_t size);
/* The same as a PDF text string with byte order mark: <FEFF...>. */
void put_string(struct text *out, const char *text);
void put_rgb(struct text *out, uint32_t colour, const char *operator);

/* --- haru_font.c --- */
struct haru_place { /* page space, y upwards */
    double x, y, angle_degrees;
    enum font_style style;
    double size_pt, word_space_pt;
    uint32_t colour;
};
void haru_draw_text(struct haru *haru, const struct haru_place *place,
                    const char *text, size_t size);
void haru_set_fill(struct haru *haru, uint32_t colour);
bool haru_fonts_start(struct haru *haru, struct err *err) MUST_USE;
void haru_fonts_finish(struct haru *haru);
void haru_fonts_close(struct haru *haru);

/* --- the other parts, called by haru_save in this order --- */
void haru_links_finish(struct haru *haru);
void haru_tags_finish(struct haru *haru);
void haru_outlines_finish(struct haru *haru);
void haru_files_finish(struct haru *haru);
void haru_meta_finish(struct haru *haru);
/* A text string object; the release's date as PDF writes dates. */
HPDF_Binary haru_text_object(struct haru *haru, const char *text);
HPDF_String haru_date_object(struct haru *haru);
void haru_add_kid(struct haru *haru, int element, const struct haru_kid *kid);
/* The box, on the current page, is that of a figure, not of TAG_ARTIFACT. */
void haru_place_figure(struct haru *haru, int element,
                       const struct haru_box *box);

#endif
