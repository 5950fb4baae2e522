/* SPDX-License-Identifier: EUPL-1.2 */
/* SHA-256 against the examples of FIPS 180-4 (NIST CSRC). */
#include "base/crc.h"
#include "base/fs.h"
#include "base/hash.h"
#include "check.h"

static const char of_nothing[] =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
static const char of_abc[] =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
static const char of_a_million_a[] =
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(published_examples_agree)
{
    char hex[HASH_HEX_SIZE];
    hash_bytes("", 0, hex);
    CHECK_TEXT(hex, of_nothing);
    hash_bytes("abc", 3, hex);
    CHECK_TEXT(hex, of_abc);
}

TEST(pieces_hash_like_the_whole)
{
    char hex[HASH_HEX_SIZE];
    struct hash *hash = hash_new();
    hash_add(hash, "a", 1);
    hash_add(hash, "", 0);
    hash_add(hash, "bc", 2);
    hash_end(hash, hex);
    CHECK_TEXT(hex, of_abc);
}

TEST(files_of_any_size_are_hashed)
{
    struct arena *arena = arena_new();
    char *directory = check_directory();
    const char *path = fs_join(arena, directory, "file");
    char *bytes = arena_alloc(arena, 1000000);
    char hex[HASH_HEX_SIZE];
    struct err err = {0};
    memset(bytes, 'a', 1000000);
    CHECK(fs_write(path, bytes, 1000000, &err));
    CHECK(hash_file(path, hex, &err));
    CHECK_TEXT(hex, of_a_million_a);
    CHECK(fs_write(path, "", 0, &err));
    CHECK(hash_file(path, hex, &err));
    CHECK_TEXT(hex, of_nothing);
    check_remove(directory);
    arena_free(arena);
}

TEST(a_file_that_cannot_be_read_is_an_error)
{
    char hex[HASH_HEX_SIZE] = "untouched";
    struct err err = {0};
    CHECK(!hash_file("/nowhere/file", hex, &err));
    CHECK_INT(err.code, ERR_IO);
    CHECK_TEXT(err.text,
               "cannot open '/nowhere/file': No such file or directory");
    struct err other = {0};
    CHECK(!hash_file("/tmp", hex, &other));
    CHECK_TEXT(other.id, "hash.read");
    CHECK_TEXT(hex, "untouched");
}

/* Its check value, in the catalogues of CRCs. */
TEST(the_check_value_of_crc_32_agrees)
{
    CHECK_INT(crc_of("123456789", 9), 0xcbf43926);
    CHECK_INT(crc_of("", 0), 0);
}

RUN(CASE(the_check_value_of_crc_32_agrees), CASE(published_examples_agree),
    CASE(pieces_hash_like_the_whole), CASE(files_of_any_size_are_hashed),
    CASE(a_file_that_cannot_be_read_is_an_error))
