/* SPDX-License-Identifier: EUPL-1.2 */
/* store/postgres_impl.h - addresses `postgresql://...`, and the contract. */
#ifndef STORE_POSTGRES_IMPL_H
#define STORE_POSTGRES_IMPL_H

#include "store/store_impl.h"

bool postgres_accepts(const char *address);
/* The address without its password, as far as it is sure what is none: in one
 * that is malformed three stars stand for all that follows. */
const char *postgres_shown(struct arena *arena, const char *address);
/* False where a parameter holds what a password with an unwritten '%' leaves
 * there, or what belongs to the next part: libpq would quote it. */
bool postgres_part_is_clean(const char *keyword, const char *value);
/* ERR_INPUT "store.address", which quotes nothing of an address that cannot be
 * read: what was expected. */
typedef bool postgres_is_known(const char *name, size_t size);
bool postgres_fail_address(const char *address, postgres_is_known *is_known,
                           struct err *err);
/* A statement of store_schema, with PostgreSQL's words for its types. */
const char *postgres_schema(struct arena *arena, const char *statement);

/* A whole number of `size` bytes, the highest first, and a cell of a column,
 * in the binary format of COPY. */
void postgres_put(struct text *out, uint64_t value, int size);
void postgres_put_cell(struct text *out, const struct cell *cell,
                       enum column_kind kind);

#endif
