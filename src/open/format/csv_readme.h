/* SPDX-License-Identifier: EUPL-1.2 */
/* format/csv_readme.h - what a person reads first in a folder of open data.
 *
 * README.md, in French, then in English: what the files are and how to read
 * them, what each status and flag says, licence, how to cite, whom to ask, and
 * how a release follows the one before. Made of the same words as the
 * descriptions for portals. */
#ifndef FORMAT_CSV_README_H
#define FORMAT_CSV_README_H

#include "format/format.h"

#define CSV_README "README.md"
#define CSV_LICENCE "LICENCE.md"
#define CSV_CHANGES "CHANGELOG.md"

/* What all of it is, in a sentence or two: "Open data of the release ...". */
const char *csv_about(struct arena *arena, const struct document *document,
                      enum lang lang);
/* README.md, LICENCE.md (where the project names a licence) and CHANGELOG.md.
 * ERR_IO. */
bool csv_readme(const struct format_job *job, struct err *err) MUST_USE;

#endif
