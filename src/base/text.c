/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"

struct text text_new(struct arena *arena)
{
    enum { FIRST = 64 };
    return (struct text){
        .arena = arena,
        .at = arena_alloc(arena, FIRST),
        .capacity = FIRST,
    };
}

void text_reserve(struct text *text, size_t size)
{
    size_t last;
    if (__builtin_add_overflow(text->size, size, &last))
        err_out_of_memory();
    text->at = arena_grow(text->arena, text->at, last, &text->capacity, 1);
}

void text_add(struct text *text, const char *piece)
{
    text_add_bytes(text, piece, strlen(piece));
}

void text_add_bytes(struct text *text, const char *at, size_t size)
{
    if (size == 0)
        return;
    text_reserve(text, size);
    memcpy(text->at + text->size, at, size);
    text->size += size;
    text->at[text->size] = '\0';
}

void text_add_char(struct text *text, char c)
{
    text_reserve(text, 1);
    text->at[text->size++] = c;
    text->at[text->size] = '\0';
}

void text_format(struct text *text, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t room = text->capacity - text->size;
    int size = vsnprintf(text->at + text->size, room, format, args);
    assert(size >= 0);
    if ((size_t)size >= room) {
        text_reserve(text, (size_t)size);
        vsnprintf(text->at + text->size, (size_t)size + 1, format, again);
    }
    text->size += (size_t)size;
    va_end(again);
    va_end(args);
}

void text_clear(struct text *text)
{
    text->size = 0;
    text->at[0] = '\0';
}

/* What replaces a character in XML; NULL when it stands for itself. */
static const char *xml_escape(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\r':
        return "&#13;"; /* a bare one would be read back as a newline */
    case '\t':
    case '\n':
        return NULL;
    default:
        /* XML 1.0 has no way at all to write the other control characters. */
        return (unsigned char)c < 0x20 ? "\xEF\xBF\xBD" : NULL;
    }
}

/* Letters, digits, most signs and all bytes of other characters. */
static bool is_plain_xml(char c)
{
    return c > '>' || (signed char)c < 0 || (c >= '\'' && c < '<') || c == ' ';
}

void text_add_xml(struct text *text, const char *piece)
{
    const char *plain = piece;
    for (; *piece; piece++) {
        const char *escape = is_plain_xml(*piece) ? NULL : xml_escape(*piece);
        if (!escape)
            continue;
        text_add_bytes(text, plain, (size_t)(piece - plain));
        text_add(text, escape);
        plain = piece + 1;
    }
    text_add_bytes(text, plain, (size_t)(piece - plain));
}

static bool json_needs_escape(const char *at)
{
    if (*at == '<')
        return at[1] == '/' || at[1] == '!';
    return *at == '"' || *at == '\\' || (unsigned char)*at < 0x20;
}

static void add_json_escape(struct text *text, char c)
{
    static const char named[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    const char *name = strchr(named, c);
    if (name) {
        text_add_char(text, '\\');
        text_add_char(text, letters[name - named]);
    } else {
        text_format(text, "\\u%04x", (unsigned)(unsigned char)c);
    }
}

void text_add_json(struct text *text, const char *piece)
{
    text_add_char(text, '"');
    const char *plain = piece;
    for (; *piece; piece++) {
        if (!json_needs_escape(piece))
            continue;
        text_add_bytes(text, plain, (size_t)(piece - plain));
        add_json_escape(text, *piece);
        plain = piece + 1;
    }
    text_add_bytes(text, plain, (size_t)(piece - plain));
    text_add_char(text, '"');
}

void text_add_json_member(struct text *text, const char *key, const char *value)
{
    text_add_json(text, key);
    text_add(text, ": ");
    text_add_json(text, value);
}

bool text_same(const char *a, const char *b)
{
    return a == b || strcmp(a, b) == 0;
}

bool text_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_ends(const char *text, const char *suffix)
{
    size_t length = strlen(text);
    size_t ending = strlen(suffix);
    return length >= ending && strcmp(text + length - ending, suffix) == 0;
}

bool text_has_control(const char *text, const char *allowed)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < ' ' && strchr(allowed, *text) == NULL)
            return true;
    }
    return false;
}

static size_t least(size_t a, size_t b, size_t c)
{
    size_t two = a < b ? a : b;
    return two < c ? two : c;
}

/* One row of the table at a time. */
size_t text_distance(const char *a, const char *b)
{
    size_t row[TEXT_DISTANCE_MOST + 1];
    size_t width = strnlen(b, TEXT_DISTANCE_MOST);
    for (size_t column = 0; column <= width; column++)
        row[column] = column;
    for (size_t line = 0; line < TEXT_DISTANCE_MOST && a[line]; line++) {
        size_t corner = row[0];
        row[0] = line + 1;
        for (size_t column = 1; column <= width; column++) {
            size_t above = row[column];
            size_t change = corner + (a[line] != b[column - 1]);
            row[column] = least(change, above + 1, row[column - 1] + 1);
            corner = above;
        }
    }
    return row[width];
}

char *text_join(struct arena *arena, const char *const *pieces, size_t count,
                const char *separator)
{
    struct text joined = text_new(arena);
    for (size_t piece = 0; piece < count; piece++) {
        if (piece > 0)
            text_add(&joined, separator);
        text_add(&joined, pieces[piece]);
    }
    return joined.at;
}

size_t text_split(struct arena *arena, const char *text, char separator,
                  char ***pieces)
{
    assert(separator != '\0');
    char **found = NULL;
    size_t count = 0;
    size_t capacity = 0;

    for (const char *at = text; *text && at; count++) {
        const char *end = strchr(at, separator);
        size_t size = end ? (size_t)(end - at) : strlen(at);
        found = arena_grow(arena, found, count, &capacity, sizeof *found);
        found[count] = arena_slice(arena, at, size);
        at = end ? end + 1 : NULL;
    }
    *pieces = found;
    return count;
}

void text_from_file(char *text)
{
    static const char mark[] = "\uFEFF";
    const char *from = text_starts(text, mark) ? text + sizeof mark - 1 : text;
    char *to = text;
    for (; *from != '\0'; from++) {
        if (from[0] != '\r' || from[1] != '\n')
            *to++ = *from;
    }
    *to = '\0';
}
