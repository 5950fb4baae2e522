/* SPDX-License-Identifier: EUPL-1.2 */
/* script/waive.h - rules of figures, and why one does without.
 *
 * A figure or table names its source, and a chart shows how sure its values
 * are. What does not is an error of the report, unless the figure gives a
 * reason: waive = {uncertainty = "..."}. Readers find the reason under the
 * figure and in the manifest. */
#ifndef SCRIPT_WAIVE_H
#define SCRIPT_WAIVE_H

#include "script/grid.h"

/* The reason that a figure gives for doing without, "" none. It becomes part of
 * the caption's note and of the document. */
const char *waive_reason(lua_State *L, const char *kind, const char *figure,
                         struct caption *caption);
/* Raises unless the "figure" or "table" has a source, or a reason why not. */
void waive_check_source(lua_State *L, const char *what,
                        const struct caption_facts *facts,
                        struct caption *caption);

#endif
