/* SPDX-License-Identifier: EUPL-1.2 */
/* store/postgres_impl.h - addresses `postgresql://...`, and the contract. */
#ifndef STORE_POSTGRES_IMPL_H
#define STORE_POSTGRES_IMPL_H

#include "store/store_impl.h"

bool postgres_accepts(const char *address);
/* The address without its password, and without the value of any parameter that
 * may be a secret. */
const char *postgres_shown(struct arena *arena, const char *address);
/* A statement of store_schema, with PostgreSQL's words for its types. */
const char *postgres_schema(struct arena *arena, const char *statement);

#endif
