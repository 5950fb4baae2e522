/* SPDX-License-Identifier: EUPL-1.2 */
/* format/figure_sheet.h - a figure as it stands alone, in a file of its own.
 *
 * A page prints title, scope, unit and source around the figure; a file that
 * someone downloads carries them inside. */
#ifndef FORMAT_FIGURE_SHEET_H
#define FORMAT_FIGURE_SHEET_H

#include "page/document.h"

/* The scene with the caption's title, scope and unit above and its source
 * below, with a margin on each side where the scene has none; a unit that the
 * drawing says is not said twice. Alternative texts are those of the scene.
 * Texts that are "" or NULL take no room; without any the sheet is the scene
 * itself. */
const struct scene *figure_sheet(struct arena *open, const struct fonts *fonts,
                                 const struct scene *scene,
                                 const struct caption *caption, enum lang lang);

#endif
