/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/utf8.h"

#include <string.h>

#include "base/text.h"

/* --- encoding ------------------------------------------------------------ */

/* Length of the well-formed sequence at `at`, 0 when it is not one. The
 * ranges of the second byte are those of table 3-7 of the Unicode Standard:
 * they keep out overlong forms, surrogates and points above U+10FFFF. */
static size_t sequence_size(const unsigned char *at, size_t left)
{
    unsigned char lead = at[0];
    unsigned char low = 0x80, high = 0xBF;
    size_t size;

    if (lead < 0x80)
        return lead != 0;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (lead == 0xE0)
        low = 0xA0;
    else if (lead == 0xED)
        high = 0x9F;
    else if (lead == 0xF0)
        low = 0x90;
    else if (lead == 0xF4)
        high = 0x8F;
    if (left < size || at[1] < low || at[1] > high)
        return 0;
    for (size_t byte = 2; byte < size; byte++) {
        if ((at[byte] & 0xC0) != 0x80)
            return 0;
    }
    return size;
}

bool utf8_valid(const char *at, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)at;
    size_t done = 0;
    while (done < size) {
        size_t step = sequence_size(bytes + done, size - done);
        if (step == 0)
            return false;
        done += step;
    }
    return true;
}

uint32_t utf8_next(const char **at)
{
    const unsigned char *bytes = (const unsigned char *)*at;
    uint32_t point = bytes[0];
    size_t more = point < 0x80 ? 0 : point < 0xE0 ? 1 : point < 0xF0 ? 2 : 3;
    if (more > 0)
        point &= 0x3Fu >> more;
    for (size_t byte = 1; byte <= more; byte++)
        point = point << 6 | (bytes[byte] & 0x3Fu);
    *at += 1 + more;
    return point;
}

static bool is_hidden(uint32_t point)
{
    bool control = point < ' ' || (point >= 0x7F && point < 0xA0);
    bool blank = point == '\t' || point == '\n' || point == '\r';
    bool order = (point >= 0x202A && point <= 0x202E) ||
                 (point >= 0x2066 && point <= 0x2069);
    return (control && !blank) || order || (point & 0xFFFE) == 0xFFFE;
}

uint32_t utf8_hidden(const char *text)
{
    while (*text != '\0') {
        uint32_t point = utf8_next(&text);
        if (is_hidden(point))
            return point;
    }
    return 0;
}

size_t utf8_write(uint32_t point, char out[5])
{
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    assert(point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF));
    size_t size = 1;
    if (point >= 0x80)
        size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    out[size] = '\0';
    for (size_t byte = size - 1; byte > 0; byte--) {
        out[byte] = (char)(0x80 | (point & 0x3F));
        point >>= 6;
    }
    out[0] = (char)(lead[size] | point);
    return size;
}

size_t utf8_count(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

/* Capital letters of Latin-1, but the times sign, and the ligature of French.
 */
static uint32_t small_of(uint32_t point)
{
    if (point >= 'A' && point <= 'Z')
        return point + 'a' - 'A';
    if (point >= 0xC0 && point <= 0xDE && point != 0xD7)
        return point + 0x20;
    return point == 0x0152 ? 0x0153 : point;
}

char *utf8_uncapital(struct arena *arena, const char *text)
{
    const char *rest = text;
    uint32_t first = *rest == '\0' ? 0 : utf8_next(&rest);
    const char *past = rest;
    uint32_t second = *past == '\0' ? 0 : utf8_next(&past);
    if (first == small_of(first) || second != small_of(second))
        return arena_text(arena, text);
    char small[5];
    utf8_write(small_of(first), small);
    return arena_format(arena, "%s%s", small, rest);
}

/* The other way round; ÿ and the division sign stay. */
static uint32_t capital_of(uint32_t point)
{
    if (point == 0x0153)
        return 0x0152;
    bool has = (point >= 'a' && point <= 'z') ||
               (point >= 0xE0 && point <= 0xFE && point != 0xF7);
    return has ? point - ('a' - 'A') : point;
}

char *utf8_capital(struct arena *arena, const char *text)
{
    const char *rest = text;
    char capital[5] = "";
    if (*rest != '\0')
        utf8_write(capital_of(utf8_next(&rest)), capital);
    return arena_format(arena, "%s%s", capital, rest);
}

/* --- folding ------------------------------------------------------------- */

/* Latin-1, Latin Extended-A, the Romanian comma letters, and the typography
 * of French text, as runs of code points that fold to the same letters.
 * Combining marks fold to nothing. */
static const struct fold {
    uint16_t first;
    uint16_t last;
    char letters[3];
} folds[] = {
    {0x00A0, 0x00A0, " "},  {0x00C0, 0x00C5, "a"},  {0x00C6, 0x00C6, "ae"},
    {0x00C7, 0x00C7, "c"},  {0x00C8, 0x00CB, "e"},  {0x00CC, 0x00CF, "i"},
    {0x00D0, 0x00D0, "d"},  {0x00D1, 0x00D1, "n"},  {0x00D2, 0x00D6, "o"},
    {0x00D8, 0x00D8, "o"},  {0x00D9, 0x00DC, "u"},  {0x00DD, 0x00DD, "y"},
    {0x00DE, 0x00DE, "th"}, {0x00DF, 0x00DF, "ss"}, {0x00E0, 0x00E5, "a"},
    {0x00E6, 0x00E6, "ae"}, {0x00E7, 0x00E7, "c"},  {0x00E8, 0x00EB, "e"},
    {0x00EC, 0x00EF, "i"},  {0x00F0, 0x00F0, "d"},  {0x00F1, 0x00F1, "n"},
    {0x00F2, 0x00F6, "o"},  {0x00F8, 0x00F8, "o"},  {0x00F9, 0x00FC, "u"},
    {0x00FD, 0x00FD, "y"},  {0x00FE, 0x00FE, "th"}, {0x00FF, 0x00FF, "y"},
    {0x0100, 0x0105, "a"},  {0x0106, 0x010D, "c"},  {0x010E, 0x0111, "d"},
    {0x0112, 0x011B, "e"},  {0x011C, 0x0123, "g"},  {0x0124, 0x0127, "h"},
    {0x0128, 0x0131, "i"},  {0x0132, 0x0133, "ij"}, {0x0134, 0x0135, "j"},
    {0x0136, 0x0138, "k"},  {0x0139, 0x0142, "l"},  {0x0143, 0x014B, "n"},
    {0x014C, 0x0151, "o"},  {0x0152, 0x0153, "oe"}, {0x0154, 0x0159, "r"},
    {0x015A, 0x0161, "s"},  {0x0162, 0x0167, "t"},  {0x0168, 0x0173, "u"},
    {0x0174, 0x0175, "w"},  {0x0176, 0x0178, "y"},  {0x0179, 0x017E, "z"},
    {0x017F, 0x017F, "s"},  {0x0218, 0x0219, "s"},  {0x021A, 0x021B, "t"},
    {0x0300, 0x036F, ""},   {0x2009, 0x2009, " "},  {0x2010, 0x2011, "-"},
    {0x2018, 0x2019, "'"},  {0x202F, 0x202F, " "},
};

/* The letters a code point folds to, in `letters`; the point itself when it
 * has no other form. */
static void fold_point(uint32_t point, char letters[5])
{
    if (point >= 'A' && point <= 'Z') {
        utf8_write(point + 'a' - 'A', letters);
        return;
    }
    for (size_t fold = 0; point >= 0x80 && fold < COUNT_OF(folds); fold++) {
        if (point >= folds[fold].first && point <= folds[fold].last) {
            memcpy(letters, folds[fold].letters, sizeof folds[fold].letters);
            return;
        }
    }
    utf8_write(point, letters);
}

char *utf8_fold(struct arena *arena, const char *text)
{
    struct text folded = text_new(arena);
    while (*text) {
        char letters[5];
        fold_point(utf8_next(&text), letters);
        text_add(&folded, letters);
    }
    return folded.at;
}

static bool is_slug_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

char *utf8_slug(struct arena *arena, const char *text)
{
    struct text slug = text_new(arena);
    bool gap = false;
    for (const char *at = utf8_fold(arena, text); *at; at++) {
        if (!is_slug_letter(*at)) {
            gap = true;
            continue;
        }
        if (gap && slug.size > 0)
            text_add_char(&slug, '-');
        text_add_char(&slug, *at);
        gap = false;
    }
    return slug.at;
}

/* --- order --------------------------------------------------------------- */

/* Even-odd pairs of Latin Extended-A run capital first, except in these two
 * stretches, which are shifted by one. */
static bool is_capital(uint32_t point)
{
    if (point < 0x80)
        return point >= 'A' && point <= 'Z';
    if (point < 0x100)
        return point >= 0xC0 && point <= 0xDE && point != 0xD7;
    if (point > 0x21B || (point > 0x17E && point < 0x218) || point == 0x138)
        return false;
    if (point == 0x178)
        return true;
    bool shifted = (point >= 0x139 && point <= 0x148) ||
                   (point >= 0x179 && point <= 0x17E);
    return (point % 2 == 0) != shifted;
}

static uint32_t lower_point(uint32_t point)
{
    if (!is_capital(point))
        return point;
    if (point == 0x178)
        return 0xFF;
    return point < 0x100 ? point + 0x20 : point + 1;
}

/* Reads a text letter by letter, each with its accent and case. */
struct reader {
    const char *at;
    char letters[5];  /* folded letters of one code point */
    const char *next; /* the first of them not yet read */
    uint32_t accent;  /* 0: plain letter */
    bool capital;
};

/* The next letter as a rank for comparison, 0 at the end. Everything that is
 * neither letter nor digit separates words, and comes before them. */
static uint32_t read_letter(struct reader *reader)
{
    while (*reader->next == '\0') {
        if (*reader->at == '\0')
            return 0;
        uint32_t point = utf8_next(&reader->at);
        fold_point(point, reader->letters);
        reader->next = reader->letters;
        reader->capital = is_capital(point);
        reader->accent = point < 0x80 ? 0 : lower_point(point);
    }
    uint32_t letter = utf8_next(&reader->next);
    bool word = letter >= 0x80 || is_slug_letter((char)letter);
    return word ? letter : 1;
}

int utf8_collate(const char *a, const char *b)
{
    struct reader left = {.at = a, .next = ""};
    struct reader right = {.at = b, .next = ""};
    int by_accent = 0;
    int by_case = 0;
    uint32_t x, y;

    do {
        x = read_letter(&left);
        y = read_letter(&right);
        if (x != y)
            return x < y ? -1 : 1;
        /* Accents count from the end of the word in French (cote, côte,
         * coté, côté), so the last difference decides; case from its start. */
        if (left.accent != right.accent)
            by_accent = left.accent < right.accent ? -1 : 1;
        if (by_case == 0 && left.capital != right.capital)
            by_case = right.capital ? -1 : 1;
    } while (x != 0);

    if (by_accent != 0)
        return by_accent;
    return by_case != 0 ? by_case : strcmp(a, b);
}
