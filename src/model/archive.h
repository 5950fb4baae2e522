/* SPDX-License-Identifier: EUPL-1.2 */
/* model/archive.h - the archival standard that the PDF files of a release keep,
 * beside PDF/UA-1. */
#ifndef MODEL_ARCHIVE_H
#define MODEL_ARCHIVE_H

#include "base/base.h"

enum archive {
    ARCHIVE_2A, /* PDF/A-2a: when nothing else is asked for */
    ARCHIVE_1B, /* PDF/A-1b: PDF 1.4, without transparency */
    ARCHIVE_3A, /* PDF/A-3a: the data of each figure attached */
    ARCHIVE_COUNT,
};

const char *archive_name(enum archive archive); /* "2a", "1b", "3a" */
bool archive_parse(const char *name, enum archive *out) MUST_USE;

#endif
