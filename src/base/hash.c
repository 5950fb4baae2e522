/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sodium/crypto_generichash.h>
#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>

enum { BUFFER_SIZE = 64 * 1024 };

struct hash {
    crypto_hash_sha256_state state;
};

static void write_hex(const unsigned char digest[crypto_hash_sha256_BYTES],
                      char hex[HASH_HEX_SIZE])
{
    sodium_bin2hex(hex, HASH_HEX_SIZE, digest, crypto_hash_sha256_BYTES);
}

void hash_bytes(const void *bytes, size_t size, char hex[HASH_HEX_SIZE])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, bytes, size);
    write_hex(digest, hex);
}

struct hash *hash_new(void)
{
    struct hash *hash = malloc(sizeof *hash);
    if (!hash)
        err_out_of_memory();
    crypto_hash_sha256_init(&hash->state);
    return hash;
}

void hash_add(struct hash *hash, const void *bytes, size_t size)
{
    crypto_hash_sha256_update(&hash->state, bytes, size);
}

void hash_end(struct hash *hash, char hex[HASH_HEX_SIZE])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(&hash->state, digest);
    write_hex(digest, hex);
    free(hash);
}

bool hash_file(const char *path, char hex[HASH_HEX_SIZE], struct err *err)
{
    unsigned char buffer[BUFFER_SIZE];
    ssize_t got;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return err_fail(err, ERR_IO, "hash.open", "cannot open '%s': %s", path,
                        strerror(errno));

    struct hash *hash = hash_new();
    do {
        got = read(file, buffer, sizeof buffer);
        if (got > 0)
            hash_add(hash, buffer, (size_t)got);
    } while (got > 0 || (got < 0 && errno == EINTR));
    if (got < 0)
        err_fail(err, ERR_IO, "hash.read", "cannot read '%s': %s", path,
                 strerror(errno));
    close(file);

    char digest[HASH_HEX_SIZE];
    hash_end(hash, digest);
    if (got < 0)
        return false;
    memcpy(hex, digest, sizeof digest);
    return true;
}

enum {
    KEYED_SIZE = 64, /* bytes of a keyed digest */
};

static void digest_keyed(const struct hash_key *key, const void *bytes,
                         size_t size, unsigned char out[KEYED_SIZE])
{
    assert(key->size >= HASH_KEY_LEAST && key->size <= HASH_KEY_MOST);
    int failed =
        crypto_generichash(out, KEYED_SIZE, bytes, size, key->bytes, key->size);
    assert(failed == 0);
    (void)failed;
}

uint64_t hash_keyed_number(const struct hash_key *key, const void *bytes,
                           size_t size)
{
    unsigned char digest[KEYED_SIZE];
    digest_keyed(key, bytes, size, digest);
    uint64_t number = 0;
    for (int i = 7; i >= 0; i--)
        number = number << 8 | digest[i];
    return number;
}
