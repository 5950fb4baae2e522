/* SPDX-License-Identifier: EUPL-1.2 */
/* base/hash.h - SHA-256 of bytes and files, as 64 lower-case hex digits. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/err.h"

#define HASH_HEX_SIZE 65

void hash_bytes(const void *bytes, size_t size, char hex[HASH_HEX_SIZE]);
bool hash_file(const char *path, char hex[HASH_HEX_SIZE],
               struct err *err) MUST_USE;

/* A running hash over several pieces. */
struct hash;
struct hash *hash_new(void);
void hash_add(struct hash *hash, const void *bytes, size_t size);
void hash_end(struct hash *hash, char hex[HASH_HEX_SIZE]); /* frees it */

#endif
