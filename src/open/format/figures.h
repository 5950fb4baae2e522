/* SPDX-License-Identifier: EUPL-1.2 */
/* format/figures.h - which picture files a document has, for svg.c and png.c.
 *
 * One file a figure that has a picture, in reading order, figures in columns
 * included: DIRECTORY/NAME-FIGURE.ext. */
#ifndef FORMAT_FIGURES_H
#define FORMAT_FIGURES_H

#include "format/format.h"

struct figure_file {
    const struct figure *figure; /* with a scene */
    const struct caption *caption;
    const struct scene *scene; /* what the file shows: the figure with title,
                                  scope, unit and source; NULL in a list */
    const char *path;
};

/* "NAME-FIGURE.svg": the file of a figure, beside those of its document. */
const char *figures_name(struct arena *arena, const struct document *document,
                         const struct figure *figure, const char *extension);

typedef bool figures_work(struct arena *scratch, const struct format_job *job,
                          const struct figure_file *file, struct err *err);
/* Makes the directory and does `work` for each file, whose scene is made, each
 * with a scratch arena of its own; stops at the first failure. ERR_SCRIPT when
 * two figures of the document would have one name. */
bool figures_each(const struct format_job *job, const char *extension,
                  figures_work *work, struct err *err) MUST_USE;

#endif
