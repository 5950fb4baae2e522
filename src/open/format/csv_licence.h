/* SPDX-License-Identifier: EUPL-1.2 */
/* format/csv_licence.h - the licence of open data, as portals know it. */
#ifndef FORMAT_CSV_LICENCE_H
#define FORMAT_CSV_LICENCE_H

#include "model/project.h"

/* The identifier that portals know a licence by, found in the project's words
 * for it, and the address of its text; a slug of the words, and "", when it is
 * none of those known. */
struct csv_licence {
    const char *name, *path;
};
struct csv_licence csv_licence(struct arena *arena,
                               const struct project *project, enum lang lang);

#endif
