/* SPDX-License-Identifier: EUPL-1.2 */
/* scene/palette.h - colours of ordered classes, and the look of missing values,
 * the same on maps and charts.
 *
 * Sources: ColorBrewer 2.0 (Cynthia A. Brewer, colorbrewer2.org, Apache 2.0)
 * without its lightest colours, which cannot be told from paper, BrBG also
 * without its darkest, on which dots are lost; cividis
 * (Nunez, Anderton and Renslow 2018, PLoS ONE 13:e0199239); vik (Crameri 2018,
 * Scientific colour maps, doi 10.5281/zenodo.1243862). Adjacent classes differ
 * for protan, deutan and tritan vision and in grey: test_palette.c. */
#ifndef SCENE_PALETTE_H
#define SCENE_PALETTE_H

#include "model/locale.h"
#include "scene/scene.h"

enum {
    PALETTE_MOST = 7, /* classes */
};

/* Colours of `classes` (1..PALETTE_MOST) ordered classes, from low to high.
 * Sequential, light to dark: blues, greens, purples, oranges, cividis.
 * Diverging, the middle pale: vik (blue to brown), puor (purple to orange),
 * brbg (brown to teal), bgbr (teal to brown). False when the name is unknown.
 */
bool palette_colours(const char *name, size_t classes,
                     uint32_t colours[PALETTE_MOST]) MUST_USE;
bool palette_diverges(const char *name);
/* The scheme of figures that name none; a diverging one has the hues of no sex
 * (chart_colour), which a reader may have met on the page before. */
const char *palette_usual(bool diverging);
/* `part` of `of` on the way from one colour to another, each channel. */
uint32_t palette_blend(uint32_t from, uint32_t to, uint32_t part, uint32_t of);
/* The `place`th, from 0, of so many colours at even steps from the first of
 * `count` points to the last; a single one is the middle point. */
uint32_t palette_along(const uint32_t *points, size_t count, size_t place,
                       size_t of);
/* "blues, greens, ...": for messages. */
const char *palette_names(void);
/* A missing value is never white and never told by colour alone: each status
 * has its own pattern over grey, and the CSS class "s-" and its letter. */
struct scene_paint palette_missing(enum availability availability);
/* Pure black or white, whichever stands out more from the colour. No other text
 * has these colours: devices leave them alone. */
uint32_t palette_ink_on(uint32_t colour);
/* On dark paper, what contrasts with it as the colour does with white: white
 * gives the paper itself. */
uint32_t palette_dark(uint32_t colour);

#endif
