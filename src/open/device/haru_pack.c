/* SPDX-License-Identifier: EUPL-1.2 */
/* The objects of a finished file in object streams (ISO 32000-1, 7.5.7), the
 * table of where they stand in a cross-reference stream (7.5.8). libqpdf does
 * the same to any file and holds each object apart while it does: 2 KiB for
 * each of the 220 of a page of tables. The files of libharu are regular (one
 * object after the other, in the order of their numbers), so that the objects
 * need not be understood: they are copied as they are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "device/haru_impl.h"

/* Objects of one stream: many pack better, but a reader who wants one of them
 * unpacks all. */
#define PACK_GROUP 250
#define ENTRY_SIZE 20 /* of a cross-reference table */
#define ROW_SIZE 7    /* of a cross-reference stream: kind, place, index */

#define FREE_FOREVER 65535

enum place_kind { PLACE_FREE, PLACE_BYTES, PLACE_STREAM };

struct place { /* of an object, as written */
    enum place_kind kind;
    size_t at;      /* first byte, or number of its object stream */
    unsigned index; /* in its object stream */
};

struct piece { /* of the file */
    const char *at;
    size_t size;
};

struct pack {
    const char *bytes; /* of the file, `size` of them */
    size_t size;
    size_t table;         /* first byte of the cross-reference table */
    size_t count;         /* objects, the free one included */
    const char *entry;    /* of object 0 */
    struct piece trailer; /* its entries but /Size, which stands last */

    struct text out;
    struct place *places;   /* of the objects, then of what packs them */
    size_t groups;          /* object streams written */
    struct text head, body; /* of the one that is open */
    unsigned open;          /* objects in it */
};

/* --- reading -------------------------------------------------------------- */

/* The number that is written at `*at`, which moves behind it. */
static bool take_number(const char **at, size_t *out)
{
    enum { DIGITS = 15 };
    size_t value = 0;
    const char *start = *at;
    while (**at >= '0' && **at <= '9' && *at - start < DIGITS)
        value = value * 10 + (size_t)(*(*at)++ - '0');
    *out = value;
    return *at > start;
}

static bool take_word(const char **at, const char *word)
{
    if (!text_starts(*at, word))
        return false;
    *at += strlen(word);
    return true;
}

/* The bytes end with a NUL, so that words and numbers stop there. */
static bool find_table(struct pack *pack)
{
    enum { TAIL = 40 };
    size_t tail = pack->size < TAIL ? pack->size : TAIL;
    const char *end = pack->bytes + pack->size;
    const char *at = memmem(end - tail, tail, "startxref\n", 10);
    if (at == NULL || !take_word(&at, "startxref\n") ||
        !take_number(&at, &pack->table) || pack->table >= pack->size)
        return false;
    at = pack->bytes + pack->table;
    if (!take_word(&at, "xref\n0 ") || !take_number(&at, &pack->count) ||
        !take_word(&at, "\n") ||
        pack->count > (size_t)(end - at) / ENTRY_SIZE || pack->count == 0)
        return false;
    pack->entry = at;
    return true;
}

static bool find_trailer(struct pack *pack)
{
    const char *at = pack->entry + pack->count * ENTRY_SIZE;
    if (!take_word(&at, "trailer\n<<\n"))
        return false;
    const char *size = strstr(at, "\n/Size ");
    if (size == NULL)
        return false;
    pack->trailer = (struct piece){at, (size_t)(size - at)};
    return true;
}

/* First byte of an object; behind the last of them the table begins. */
static bool place_of(const struct pack *pack, size_t object, size_t *out)
{
    if (object == pack->count) {
        *out = pack->table;
        return true;
    }
    const char *at = pack->entry + object * ENTRY_SIZE;
    return take_number(&at, out) && take_word(&at, " 00000 n");
}

/* --- writing -------------------------------------------------------------- */

static void put_stream(struct pack *pack, size_t object, const char *entries,
                       const struct text *content)
{
    size_t size = 0;
    unsigned char *packed = haru_deflate(content, &size);
    pack->places[object] = (struct place){PLACE_BYTES, pack->out.size, 0};
    text_format(&pack->out,
                "%zu 0 obj\n<<%s/Length %zu/Filter/FlateDecode>>\nstream\n",
                object, entries, size);
    text_add_bytes(&pack->out, (const char *)packed, size);
    text_add(&pack->out, "\nendstream\nendobj\n");
    free(packed);
}

/* Object streams are numbered behind all other objects. */
static void close_group(struct pack *pack)
{
    if (pack->open == 0)
        return;
    char entries[80];
    snprintf(entries, sizeof entries, "/Type/ObjStm/N %u/First %zu", pack->open,
             pack->head.size);
    text_add_bytes(&pack->head, pack->body.at, pack->body.size);
    put_stream(pack, pack->count + pack->groups++, entries, &pack->head);
    text_clear(&pack->head);
    text_clear(&pack->body);
    pack->open = 0;
}

static void put_object(struct pack *pack, size_t object, struct piece text)
{
    pack->places[object] =
        (struct place){PLACE_STREAM, pack->count + pack->groups, pack->open++};
    text_format(&pack->head, "%zu %zu ", object, pack->body.size);
    text_add_bytes(&pack->body, text.at, text.size);
    text_add_char(&pack->body, '\n');
    if (pack->open == PACK_GROUP)
        close_group(pack);
}

static bool ends(struct piece text, const char *word)
{
    size_t size = strlen(word);
    return text.size >= size &&
           memcmp(text.at + text.size - size, word, size) == 0;
}

/* What has a stream stays an object of its own. */
static bool copy_object(struct pack *pack, size_t object)
{
    size_t first = 0, past = 0, number = 0;
    if (!place_of(pack, object, &first) || !place_of(pack, object + 1, &past) ||
        first >= past || past > pack->size)
        return false;
    const char *at = pack->bytes + first;
    struct piece whole = {at, past - first};
    if (!take_number(&at, &number) || number != object ||
        !take_word(&at, " 0 obj\n") || !ends(whole, "\nendobj\n"))
        return false;
    struct piece text = {at, whole.size - (size_t)(at - whole.at) -
                                 strlen("\nendobj\n")};
    if (!ends(text, "endstream")) {
        put_object(pack, object, text);
        return true;
    }
    pack->places[object] = (struct place){PLACE_BYTES, pack->out.size, 0};
    text_add_bytes(&pack->out, whole.at, whole.size);
    return true;
}

/* Most significant byte first. */
static void put_row(unsigned char row[ROW_SIZE], const struct place *place)
{
    row[0] = (unsigned char)place->kind;
    for (int byte = 0; byte < 4; byte++)
        row[1 + byte] = (unsigned char)(place->at >> (24 - 8 * byte) & 255);
    row[5] = (unsigned char)(place->index >> 8);
    row[6] = (unsigned char)(place->index & 255);
}

/* Each row is told as its difference from the row above (the predictor "up" of
 * PNG): neighbours in an object stream differ by one. */
static void put_places(struct pack *pack)
{
    enum { UP = 2 };
    size_t own = pack->count + pack->groups;
    pack->places[own] = (struct place){PLACE_BYTES, pack->out.size, 0};
    unsigned char above[ROW_SIZE] = {0};
    text_clear(&pack->body);
    for (size_t i = 0; i <= own; i++) {
        unsigned char row[ROW_SIZE];
        put_row(row, &pack->places[i]);
        text_add_char(&pack->body, UP);
        for (int byte = 0; byte < ROW_SIZE; byte++)
            text_add_char(&pack->body, (char)(row[byte] - above[byte]));
        memcpy(above, row, sizeof above);
    }
    text_format(&pack->head,
                "/Type/XRef/Size %zu/W[1 4 2]"
                "/DecodeParms<</Predictor 12/Columns %d>>%.*s",
                own + 1, ROW_SIZE, (int)pack->trailer.size, pack->trailer.at);
    put_stream(pack, own, pack->head.at, &pack->body);
    text_format(&pack->out, "startxref\n%zu\n%%%%EOF\n", pack->places[own].at);
}

static bool pack_file(struct pack *pack)
{
    if (!find_table(pack) || !find_trailer(pack))
        return false;
    struct arena *arena = pack->out.arena;
    pack->places =
        arena_array(arena, pack->count + pack->count / PACK_GROUP + 3,
                    sizeof *pack->places);
    pack->places[0] = (struct place){PLACE_FREE, 0, FREE_FOREVER};
    size_t first = 0;
    if (pack->count < 2 || !place_of(pack, 1, &first) || first >= pack->size)
        return false;
    text_add_bytes(&pack->out, pack->bytes, first);
    for (size_t object = 1; object < pack->count; object++) {
        if (!copy_object(pack, object))
            return false;
    }
    close_group(pack);
    put_places(pack);
    return true;
}

bool haru_pack(const char *path, struct err *err)
{
    struct arena *arena = arena_new();
    char *bytes = NULL;
    struct pack pack = {
        .out = text_new(arena),
        .head = text_new(arena),
        .body = text_new(arena),
    };
    bool ok = fs_read(arena, path, &bytes, &pack.size, err);
    pack.bytes = bytes;
    if (ok && !pack_file(&pack))
        ok = err_fail(err, ERR_IO, "pdf.pack",
                      "'%s' is no PDF file as this program writes them", path);
    if (ok)
        ok = fs_write(path, pack.out.at, pack.out.size, err);
    arena_free(arena);
    return ok;
}
