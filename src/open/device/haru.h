/* SPDX-License-Identifier: EUPL-1.2 */
/* device/haru.h - tagged, archival PDF files through libharu.
 *
 * One file is PDF/UA-1 and PDF/A-2a (or 1b, or 3a) at once: every mark belongs
 * to a structure element or is an artifact, fonts are embedded subsets with an
 * exact map back to the source text, and the same calls give the same bytes
 * (the only date is the one given, the identifier is a hash of the content).
 * libharu is not patched: fonts, tags, metadata and patterns are our own
 * objects in its document.
 *
 * Units are points, origin at the top left corner of the page, y downwards.
 * Colours are 0xRRGGBB. Marks go to the page added last, between haru_begin
 * (or haru_artifact) and haru_end. The first failure latches: later calls do
 * nothing, and haru_save reports it. */
#ifndef DEVICE_HARU_H
#define DEVICE_HARU_H

#include "base/err.h"
#include "model/archive.h"
#include "page/tag.h"
#include "scene/scene.h"

struct haru;

struct haru_info { /* all UTF-8, none NULL */
    const char *title;
    const char *author;
    const char *subject;
    const char *keywords;
    const char *lang;    /* "fr" */
    const char *date;    /* YYYY-MM-DD */
    const char *creator; /* program and version */
    enum archive archive;
};

struct haru_box {
    double x_pt, y_pt, width_pt, height_pt;
};

/* Opens a document that belongs to `arena`. ERR_INPUT when the font files or
 * the colour profile (Debian package icc-profiles-free) cannot be read. */
bool haru_open(struct arena *arena, const struct fonts *fonts,
               const struct haru_info *info, struct haru **out,
               struct err *err) MUST_USE;
/* Writes the file; reports the first failure of any call. Once only. */
bool haru_save(struct haru *haru, const char *path, struct err *err) MUST_USE;
/* Releases what libharu holds. NULL is fine. */
void haru_close(struct haru *haru);
/* Packs the objects of a finished file together and replaces it. libharu
 * writes each structure element as an object of its own with an entry in a
 * table of plain text: most of the bytes of a page of tables. They become a
 * third in compressed streams (PDF 1.5); what the file says and what it
 * conforms to stay the same, but PDF/A-1 does not allow it. The same file gives
 * the same bytes. ERR_IO, also when haru_save has not written the file. */
bool haru_pack(const char *path, struct err *err) MUST_USE;

/* Adds a page; pages are numbered from 0. */
size_t haru_page(struct haru *haru, double width_pt, double height_pt);
/* Printed page numbers: from page `first` on, `start`, `start` + 1, ..., as i,
 * ii, ... when roman. */
void haru_label(struct haru *haru, size_t first, int start, bool roman);

/* Adds a structure element, the last child so far of `parent`; one of words
 * (Span, Link, Reference) becomes that with its first mark, since it may be
 * made before words are drawn that stand before it. */
int haru_element(struct haru *haru, int parent, const struct tag *tag);
/* Opens marked content of an element, or of an artifact. */
void haru_begin(struct haru *haru, int element);
void haru_artifact(struct haru *haru);
/* The same for running heads and feet, which readers may skip. */
void haru_pagination(struct haru *haru);
void haru_end(struct haru *haru);

struct haru_text {
    double x_pt, y_pt; /* baseline */
    enum font_style style;
    double size_pt;
    uint32_t colour;
    double word_space_pt; /* added to every U+0020 */
};

/* Draws one piece of one line. A soft hyphen at its end prints as a hyphen and
 * reads as U+00AD. A character that the font lacks is a failure naming it. */
void haru_text(struct haru *haru, const struct haru_text *how, const char *text,
               size_t size);
/* Width of the same piece, without word space. 0 after a failure. */
double haru_width(struct haru *haru, enum font_style style, double size_pt,
                  const char *text, size_t size);
void haru_rectangle(struct haru *haru, const struct haru_box *box,
                    uint32_t colour);
/* Plays a scene as vectors; its box becomes the bounding box of `element`
 * when that is not TAG_ARTIFACT. Inside an open mark. */
void haru_scene(struct haru *haru, int element, const struct scene *scene,
                double x_pt, double y_pt, double scale);

/* Draws the PNG file `bytes`, which last as long as `haru`, into a box; the
 * same bytes are in the file once. The box becomes that of `element` when that
 * is not TAG_ARTIFACT. Inside an open mark. */
void haru_png(struct haru *haru, int element, const unsigned char *bytes,
              size_t size, const struct haru_box *box);

/* Makes a box of the current page a link that belongs to a Link element.
 * `contents` says where it leads. */
void haru_link_uri(struct haru *haru, int element, const struct haru_box *box,
                   const char *uri, const char *contents);
/* To a place of a page, which may be added later. */
void haru_link_page(struct haru *haru, int element, const struct haru_box *box,
                    size_t page, double y_pt, const char *contents);
struct haru_file_source {
    const char *name; /* "rapport-carte.csv": one file of a name */
    const char *media_type;
    const char *words; /* what it holds, for readers */
    const void *bytes;
    size_t size;
};

/* Attaches the data of a Figure element. Nothing happens in a document of an
 * archival standard without attachments (all but 3a). */
void haru_attach(struct haru *haru, int element,
                 const struct haru_file_source *source);
/* Bookmark under the last one of the level above (levels from 1). */
void haru_outline(struct haru *haru, int level, const char *title, size_t page,
                  double y_pt);

#endif
