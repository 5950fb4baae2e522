/* SPDX-License-Identifier: EUPL-1.2 */
/* base/text.h - text that is being written.
 *
 * A growing, NUL-terminated UTF-8 buffer owned by an arena. `at` is never
 * NULL. Text that is only read is a plain `const char *`. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/arena.h"

struct text {
    struct arena *arena;
    char *at;
    size_t size; /* bytes, without the final NUL */
    size_t capacity;
};

enum {
    TEXT_DISTANCE_MOST = 64,
};

/* Empty, to grow in the arena and to live as long. */
struct text text_new(struct arena *arena);
/* Makes room at once for `size` more bytes: a guess saves copies, also when it
 * is too high. */
void text_reserve(struct text *text, size_t size);
/* Each adds behind what is there; bytes may be any but NUL. */
void text_add(struct text *text, const char *piece);
void text_add_bytes(struct text *text, const char *at, size_t size);
void text_add_char(struct text *text, char c);
void text_format(struct text *text, const char *format, ...) PRINTF_LIKE(2, 3);
/* Empty again; what it had grown to is kept for what comes. */
void text_clear(struct text *text);

/* Escapes for element content and double-quoted attributes of XML and HTML.
 * Control characters that XML cannot hold become U+FFFD. */
void text_add_xml(struct text *text, const char *piece);
/* A JSON string literal, quotes included, plain UTF-8. "</" and "<!" are
 * written with \u003c, so the literal can stand inside an HTML script. */
void text_add_json(struct text *text, const char *piece);
/* "key": "value" */
void text_add_json_member(struct text *text, const char *key,
                          const char *value);

/* Byte for byte; every text starts and ends with "". */
bool text_same(const char *a, const char *b);
bool text_starts(const char *text, const char *prefix);
bool text_ends(const char *text, const char *suffix);
/* What an English noun has when there are so many of it: "%zu report%s". */
static inline const char *text_s(size_t count)
{
    return count == 1 ? "" : "s";
}
/* True when it holds a control character (below U+0020) that is none of
 * `allowed`. */
bool text_has_control(const char *text, const char *allowed);
/* Takes from the text of a file, in place, what editors of other systems add:
 * the byte order mark at its head and the CR before each LF. */
void text_from_file(char *text);
/* How many bytes must be changed, added or left out to make one text of the
 * other (Levenshtein); of each only the first TEXT_DISTANCE_MOST bytes count.
 */
size_t text_distance(const char *a, const char *b);
/* The candidate nearest to `wanted` when it may be a misspelling of it, else
 * NULL. */
const char *near_name(const char *wanted, const char *const *names,
                      size_t count);
/* Joins with a separator. */
char *text_join(struct arena *arena, const char *const *pieces, size_t count,
                const char *separator);
/* Splits at each separator character; pieces are arena copies, in order.
 * Empty text gives zero pieces. */
size_t text_split(struct arena *arena, const char *text, char separator,
                  char ***pieces);

#endif
