/* SPDX-License-Identifier: EUPL-1.2 */
/* store/codes_impl.h - code lists being read. */
#ifndef STORE_CODES_IMPL_H
#define STORE_CODES_IMPL_H

#include "store/store_impl.h"

struct reading {
    struct arena *closed;
    const struct source *source;
    struct catalogue catalogue;
    struct codes *out;
};

/* All rows of a table in the order they were entered; none when the store
 * does not have the table. */
bool codes_select(struct reading *reading, const char *table,
                  const char *columns, struct rows *rows,
                  struct err *err) MUST_USE;
bool codes_read_territories(struct reading *reading, struct err *err) MUST_USE;
bool codes_read_sites(struct reading *reading, struct err *err) MUST_USE;

#endif
