/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/utf8.h"
#include "model/locale.h"

/* U+202F goes before ; ! ? and between thousands, U+00A0 everywhere else
 * where a line must not break (Lexique des règles typographiques en usage à
 * l'Imprimerie nationale; the narrow space by Insee's practice). */
enum {
    NO_BREAK = 0x00A0,
    NARROW = 0x202F,
    OPEN_QUOTE = 0x00AB,
    CLOSE_QUOTE = 0x00BB,
    APOSTROPHE = 0x2019,
    PER_MILLE = 0x2030,
    DEGREE = 0x00B0,
};

/* A text as code points, `shut` where nothing may be changed (addresses).
 * Two zeros stand before and after, so neighbours can always be read. */
struct points {
    uint32_t *at;
    bool *shut;
    size_t count;
};

enum {
    MARGIN = 4,
};

static bool is_space(uint32_t point)
{
    return point == ' ' || point == NO_BREAK || point == NARROW;
}

static bool is_digit(uint32_t point)
{
    return point >= '0' && point <= '9';
}

static bool is_letter(uint32_t point)
{
    return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z') ||
           (point >= 0xC0 && point < 0x2000);
}

/* A placeholder "{count}" stands for a number. */
static bool ends_number(uint32_t point)
{
    return is_digit(point) || point == '}';
}

static bool ends_word(uint32_t point)
{
    return is_letter(point) || ends_number(point) || point == ')' ||
           point == ']' || point == CLOSE_QUOTE || point == '%' ||
           point == PER_MILLE;
}

static bool ends_text(uint32_t point)
{
    return point == 0 || point == '\n' || is_space(point);
}

static struct points points_new(struct arena *arena, const char *text)
{
    size_t size = utf8_count(text) + MARGIN + MARGIN;
    struct points points = {
        .at = (uint32_t *)arena_array(arena, size, sizeof(uint32_t)) + MARGIN,
        .shut = (bool *)arena_array(arena, size, sizeof(bool)) + MARGIN,
    };
    while (*text)
        points.at[points.count++] = utf8_next(&text);
    return points;
}

/* Shuts every word that holds "://" or "@", its last punctuation excepted. */
static void shut_addresses(struct points *points)
{
    const uint32_t *at = points->at;
    for (size_t start = 0; start < points->count;) {
        size_t end = start;
        bool address = false;
        for (; !ends_text(at[end]); end++)
            address |=
                at[end] == '@' ||
                (at[end] == ':' && at[end + 1] == '/' && at[end + 2] == '/');
        size_t next = end + 1;
        while (end > start && !is_letter(at[end - 1]) &&
               !is_digit(at[end - 1]) && at[end - 1] != '/')
            end--;
        for (size_t p = start; address && p < end; p++)
            points->shut[p] = true;
        start = next;
    }
}

/* --- quotes --------------------------------------------------------------- */

/* A quote opens at the start, after a space or an opening bracket. */
static bool opens(const struct points *points, size_t place)
{
    const uint32_t *at = points->at + place;
    uint32_t left = at[-1]; /* of the margin, at the start */
    return ends_text(left) || left == '(' || left == '[';
}

static void curl_quotes(struct points *points, enum lang lang)
{
    static const uint32_t doubles[LANG_COUNT][2] = {
        [LANG_FR] = {OPEN_QUOTE, CLOSE_QUOTE},
        [LANG_EN] = {0x201C, 0x201D},
    };
    for (size_t p = 0; p < points->count; p++) {
        bool open = opens(points, p);
        if (points->shut[p])
            continue;
        if (points->at[p] == '"')
            points->at[p] = doubles[lang][open ? 0 : 1];
        else if (points->at[p] == '\'')
            points->at[p] = open && lang == LANG_EN ? 0x2018 : APOSTROPHE;
    }
}

/* --- spaces --------------------------------------------------------------- */

/* The word that starts at `place` is one of the units a number clings to. */
static bool is_unit(const struct points *points, size_t place)
{
    static const char *const units[] = {"an",    "ans", "mois",    "jour",
                                        "jours", "cas", "km",      "mm",
                                        "pt",    "pts", "millions"};
    for (size_t u = 0; u < COUNT_OF(units); u++) {
        size_t size = strlen(units[u]);
        size_t same = 0;
        while (same < size &&
               points->at[place + same] == (unsigned char)units[u][same])
            same++;
        if (same == size && !is_letter(points->at[place + size]) &&
            !is_digit(points->at[place + size]))
            return true;
    }
    return false;
}

/* "433 136": one to three digits before the space, exactly three after. */
static bool splits_thousands(const struct points *points, size_t space)
{
    const uint32_t *at = points->at + space;
    size_t before = 0, after = 0;
    while (before <= space && before < 4 && is_digit(at[-1 - (long)before]))
        before++;
    while (after < 4 && is_digit(at[1 + after]))
        after++;
    return before >= 1 && before <= 3 && after == 3;
}

static bool is_comparison(uint32_t point)
{
    return point == '<' || point == '>' || point == '=' || point == 0x2264 ||
           point == 0x2265;
}

/* "n° 5", "M. X". */
static bool after_abbreviation(const uint32_t *at)
{
    bool number = at[-1] == DEGREE && (at[-2] == 'n' || at[-2] == 'N');
    bool sir =
        at[-1] == '.' && at[-2] == 'M' && ends_text(at[-3]) && is_letter(at[1]);
    return number || sir;
}

/* The space that should stand at `space`, where the author typed one. */
static uint32_t space_at(const struct points *points, size_t space)
{
    const uint32_t *at = points->at + space;
    uint32_t left = at[-1], right = at[1];
    if (right == ';' || right == '!' || right == '?')
        return NARROW;
    if (right == ':' || right == CLOSE_QUOTE || left == OPEN_QUOTE ||
        right == '%' || right == PER_MILLE || after_abbreviation(at))
        return NO_BREAK;
    if (splits_thousands(points, space))
        return NARROW;
    if (ends_number(left) && (is_unit(points, space + 1) || right == 0x20AC))
        return NO_BREAK;
    bool before = is_comparison(right) && is_space(at[2]) && is_digit(at[3]);
    bool after = is_comparison(left) && is_space(at[-2]) && is_digit(right);
    return before || after ? NO_BREAK : at[0];
}

/* The space missing between `place` - 1 and `place`, 0 for none. */
static uint32_t space_before(const struct points *points, size_t place)
{
    const uint32_t *at = points->at + place;
    uint32_t left = at[-1], right = at[0], next = at[1];
    bool last = ends_text(next) || next == CLOSE_QUOTE || next == ')' ||
                next == '!' || next == '?';
    if ((right == ';' || right == '!' || right == '?') && ends_word(left))
        return last ? NARROW : 0;
    if (right == ':' && ends_word(left))
        return ends_text(next) ? NO_BREAK : 0;
    if ((right == '%' || right == PER_MILLE) && ends_number(left))
        return NO_BREAK;
    bool quote = (right == CLOSE_QUOTE && left != 0 && !is_space(left)) ||
                 (left == OPEN_QUOTE && right != 0 && !is_space(right));
    return quote ? NO_BREAK : 0;
}

static void add_point(struct text *out, uint32_t point)
{
    char bytes[5];
    utf8_write(point, bytes);
    text_add(out, bytes);
}

static void add_french(struct text *out, const struct points *points)
{
    for (size_t p = 0; p < points->count; p++) {
        uint32_t point = points->at[p];
        if (points->shut[p]) {
            add_point(out, point);
            continue;
        }
        uint32_t missing = space_before(points, p);
        if (missing)
            add_point(out, missing);
        add_point(out, is_space(point) ? space_at(points, p) : point);
    }
}

char *locale_typography(struct arena *arena, enum lang lang, const char *text)
{
    struct points points = points_new(arena, text);
    struct text out = text_new(arena);
    shut_addresses(&points);
    curl_quotes(&points, lang);
    if (lang == LANG_FR) {
        add_french(&out, &points);
        return out.at;
    }
    for (size_t p = 0; p < points.count; p++)
        add_point(&out, points.at[p]);
    return out.at;
}
