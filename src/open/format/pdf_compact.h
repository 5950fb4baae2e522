/* SPDX-License-Identifier: EUPL-1.2 */
/* format/pdf_compact.h - a finished PDF with its objects packed together.
 *
 * libharu writes each structure element as an object of its own with an entry
 * in a table of plain text: most of the bytes of a page of tables. libqpdf
 * writes the same objects anew, in compressed streams (PDF 1.5). What the file
 * says and what it conforms to stay the same; PDF/A-1 does not allow it. */
#ifndef FORMAT_PDF_COMPACT_H
#define FORMAT_PDF_COMPACT_H

#include "base/err.h"

/* Replaces the file. The same file gives the same bytes. ERR_IO. */
bool pdf_compact(const char *path, struct err *err) MUST_USE;

#endif
