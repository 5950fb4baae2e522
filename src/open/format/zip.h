/* SPDX-License-Identifier: EUPL-1.2 */
/* format/zip.h - reading a ZIP archive: what a finished workbook is made of.
 */
#ifndef FORMAT_ZIP_H
#define FORMAT_ZIP_H

#include "base/err.h"
#include "base/text.h"

struct zip_entry {
    const char *name;
    const char *bytes; /* inflated, NUL-terminated */
    size_t size;
};

/* Reads every entry (stored or deflated, sizes and CRC checked).
 * ERR_DISAGREE names the file and what is wrong. */
bool zip_read(struct arena *arena, const char *path, struct zip_entry **entries,
              size_t *count, struct err *err) MUST_USE;
const struct zip_entry *zip_find(const struct zip_entry *entries, size_t count,
                                 const char *name); /* or NULL */

#endif
