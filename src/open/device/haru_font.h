/* SPDX-License-Identifier: EUPL-1.2 */
/* device/haru_font.h - one style's codes: drawn by haru_font.c, embedded by
 * haru_embed.c. */
#ifndef DEVICE_HARU_FONT_H
#define DEVICE_HARU_FONT_H

#include <hb.h>

#include "device/haru_impl.h"

/* A code of the text is a pair (glyph, source text), not a glyph: a no-break
 * space and a space share their glyph but are read back apart. */
#define CODE_LIMIT 32000 /* libharu holds no longer array of widths */
#define CODE_BUCKETS 4096
#define WORD_BUCKETS 8192

struct code {
    uint32_t glyph;
    const char *text;
    size_t size;
    int next;    /* in its bucket, or -1 */
    int advance; /* 1/1000 em */
};

struct word {
    struct word *next;
    const char *text;
    size_t size;
    uint16_t *codes;
    int16_t *kerns; /* 1/1000 em, added after the code */
    size_t count;
    int advance; /* 1/1000 em */
};

struct haru_font {
    enum font_style style;
    hb_face_t *face;
    hb_font_t *hb;
    unsigned units_per_em;
    HPDF_Dict type0; /* NULL until used */
    struct code *codes;
    size_t code_count, code_capacity;
    int code_bucket[CODE_BUCKETS];
    struct word *word_bucket[WORD_BUCKETS];
    int soft_hyphen; /* code, or 0 */
};

/* Units of the font as thousandths of an em, rounded. */
int haru_font_thousandths(const struct haru_font *font, int units);

#endif
