/* SPDX-License-Identifier: EUPL-1.2 */
/* base/hash.h - SHA-256 of bytes and files, as 64 lower-case hex digits; and a
 * keyed hash (BLAKE2b) that nobody without the key can tell from chance. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/err.h"

#define HASH_HEX_SIZE 65 /* 64 digits and a NUL */

/* SHA-256 of bytes, and of a whole file: ERR_IO when it cannot be read. */
void hash_bytes(const void *bytes, size_t size, char hex[HASH_HEX_SIZE]);
bool hash_file(const char *path, char hex[HASH_HEX_SIZE],
               struct err *err) MUST_USE;

/* A running hash over several pieces. */
struct hash;
struct hash *hash_new(void); /* until hash_end */
void hash_add(struct hash *hash, const void *bytes, size_t size);
void hash_end(struct hash *hash, char hex[HASH_HEX_SIZE]); /* frees it */

/* A secret of HASH_KEY_LEAST..HASH_KEY_MOST bytes. */
enum {
    HASH_KEY_LEAST = 16,
    HASH_KEY_MOST = 64,
};
struct hash_key {
    const unsigned char *bytes;
    size_t size;
};
/* The first 8 bytes of the keyed BLAKE2b, little end first. Asserts that the
 * key has a permitted size. */
uint64_t hash_keyed_number(const struct hash_key *key, const void *bytes,
                           size_t size);

#endif
