/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/zip.h"

#include <string.h>

#define ZLIB_CONST /* next_in is const, as ours is */
#include <zlib.h>

#include "base/fs.h"

#define END_SIZE 22
#define CENTRAL_SIZE 46
#define LOCAL_SIZE 30
#define ENTRY_LIMIT (512u << 20) /* bytes inflated */

struct archive {
    const unsigned char *at;
    size_t size;
    const char *name;
};

static uint32_t number(const unsigned char *at, size_t size)
{
    uint32_t value = 0;
    for (size_t i = size; i-- > 0;)
        value = value << 8 | at[i];
    return value;
}

static bool damaged(const struct archive *zip, const char *what,
                    struct err *err)
{
    return err_fail(err, ERR_DISAGREE, "verify.zip", "%s: %s", zip->name, what);
}

/* Inflates one entry whose local header is at `local`. */
static bool inflate_entry(struct arena *arena, const struct archive *zip,
                          const unsigned char *central, struct zip_entry *entry,
                          struct err *err)
{
    size_t packed = number(central + 20, 4), size = number(central + 24, 4);
    size_t local = number(central + 42, 4);
    if (local + LOCAL_SIZE > zip->size || size > ENTRY_LIMIT)
        return damaged(zip, "an entry lies outside the file", err);
    size_t start = local + LOCAL_SIZE + number(zip->at + local + 26, 2) +
                   number(zip->at + local + 28, 2);
    if (start > zip->size || packed > zip->size - start)
        return damaged(zip, "an entry lies outside the file", err);
    Bytef *out = arena_alloc(arena, size + 1);
    if (number(central + 10, 2) == 0) {
        if (packed != size)
            return damaged(zip, "a stored entry changes size", err);
        memcpy(out, zip->at + start, size);
    } else {
        z_stream stream = {.next_in = zip->at + start,
                           .avail_in = (uInt)packed,
                           .next_out = out,
                           .avail_out = (uInt)size};
        if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
            err_out_of_memory();
        int end = inflate(&stream, Z_FINISH);
        inflateEnd(&stream);
        if (end != Z_STREAM_END || stream.total_out != size)
            return damaged(zip, "an entry cannot be inflated", err);
    }
    if (crc32(0, out, (uInt)size) != number(central + 16, 4))
        return damaged(zip, "an entry has a wrong checksum", err);
    entry->bytes = (const char *)out;
    entry->size = size;
    return true;
}

static bool read_central(struct arena *arena, const struct archive *zip,
                         size_t at, struct zip_entry *entries, size_t count,
                         struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        if (at + CENTRAL_SIZE > zip->size ||
            number(zip->at + at, 4) != 0x02014b50)
            return damaged(zip, "the central directory is damaged", err);
        const unsigned char *central = zip->at + at;
        size_t name_size = number(central + 28, 2);
        if (at + CENTRAL_SIZE + name_size > zip->size)
            return damaged(zip, "the central directory is damaged", err);
        entries[i].name =
            arena_slice(arena, (const char *)central + CENTRAL_SIZE, name_size);
        if (!inflate_entry(arena, zip, central, &entries[i], err))
            return false;
        at += CENTRAL_SIZE + name_size + number(central + 30, 2) +
              number(central + 32, 2);
    }
    return true;
}

bool zip_read(struct arena *arena, const char *path, struct zip_entry **entries,
              size_t *count, struct err *err)
{
    char *bytes = NULL;
    size_t size = 0;
    if (!fs_read(arena, path, &bytes, &size, err))
        return false;
    struct archive zip = {(const unsigned char *)bytes, size, fs_name(path)};
    if (size < END_SIZE || number(zip.at + size - END_SIZE, 4) != 0x06054b50)
        return damaged(&zip, "not a ZIP archive, or one with a comment", err);
    const unsigned char *end = zip.at + size - END_SIZE;
    *count = number(end + 10, 2);
    *entries = arena_array(arena, *count, sizeof **entries);
    return read_central(arena, &zip, number(end + 16, 4), *entries, *count,
                        err);
}

const struct zip_entry *zip_find(const struct zip_entry *entries, size_t count,
                                 const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (text_same(entries[i].name, name))
            return &entries[i];
    }
    return NULL;
}
