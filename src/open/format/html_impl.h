/* SPDX-License-Identifier: EUPL-1.2 */
/* format/html_impl.h - the two halves of the HTML format. */
#ifndef FORMAT_HTML_IMPL_H
#define FORMAT_HTML_IMPL_H

#include "format/format.h"

const char *html_path(struct arena *scratch, const struct format_job *job);

/* Reads the finished page back: the cells of its tables are those of the
 * document's grids, in their order, and it has an end. */
bool html_verify(const struct format_job *job, struct err *err);

#endif
