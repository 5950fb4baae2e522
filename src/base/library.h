/* SPDX-License-Identifier: EUPL-1.2 */
/* base/library.h - a library that is loaded when it is first called.
 *
 * Few commands need PROJ, qpdf, the solver or libpq, only a PNG needs cairo and
 * only a workbook libxlsxwriter, and these bring sixty-five libraries with
 * them: a map would spend most of its time on looking up their names. The one
 * place that knows such a library lists what it calls of it, and calls it by
 * way of a table:
 *
 *     #define PROJ_CALLS(CALL) CALL(proj_context_create) CALL(proj_trans)
 *     struct proj { PROJ_CALLS(LIBRARY_CALL) };
 *     static const char *const proj_names[] = {PROJ_CALLS(LIBRARY_NAME)};
 *
 *     struct proj proj;
 *     library_load(PROJ_LIBRARY, proj_names, COUNT_OF(proj_names), &proj);
 *     proj.proj_trans(...);
 *
 * The Makefile gives the names of the files, as the linker found them. */
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H

#include "base/base.h"

#define LIBRARY_CALL(name) __typeof__(name) *name;
#define LIBRARY_NAME(name) #name,

/* Fills a table that holds `count` calls and nothing else. The library stays
 * loaded; another table of it takes some microseconds. Where the file or a name
 * is not there the process ends with ERR_IO and a sentence, as it would not
 * have begun had they been asked for at its start. */
void library_load(const char *file, const char *const *names, size_t count,
                  void *table);

#endif
