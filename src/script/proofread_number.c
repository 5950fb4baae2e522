/* SPDX-License-Identifier: EUPL-1.2 */
/* Numbers in figures. What is no value: years, dates, codes, references to
 * laws, and the constants of the lexicon. */
#include <stdlib.h>
#include <string.h>

#include "script/proofread_impl.h"

enum {
    YEAR_FIRST = 1800,
    YEAR_LAST = 2199,
    YEAR_DIGITS = 4,
    DAY_LAST = 31,
};

static const char *const months[] = {
    "janvier", "février",  "mars",      "avril",   "mai",      "juin",
    "juillet", "août",     "septembre", "octobre", "novembre", "décembre",
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
};

/* A four-digit number before one of these is a count, not a year. */
static const char *const counted[] = {
    "cas",      "décès",       "cancers",  "personnes", "hommes", "femmes",
    "enfants",  "habitants",   "nouveaux", "tumeurs",   "ans",    "cases",
    "deaths",   "people",      "persons",  "men",       "women",  "new",
    "children", "inhabitants", "tumours",  "years",
};

static bool word_among(const char *flat, size_t at, const char *const *words,
                       size_t count)
{
    for (size_t w = 0; w < count; w++) {
        if (proofread_word_at(flat, at, words[w]))
            return true;
    }
    return false;
}

static size_t digits_at(const char *flat, size_t at)
{
    size_t count = 0;
    while (proofread_digit(flat[at + count]))
        count++;
    return count;
}

/* The end of a number as written: "12 345,6". */
static size_t number_end(const char *flat, size_t at)
{
    size_t end = at + digits_at(flat, at);
    while ((flat[end] == ' ' || flat[end] == ',') &&
           digits_at(flat, end + 1) == 3)
        end += 4;
    if ((flat[end] == ',' || flat[end] == '.') &&
        proofread_digit(flat[end + 1]))
        end += 1 + digits_at(flat, end + 1);
    return end;
}

/* 1997, alone or in 2010-2023 */
static bool is_year(const char *flat, size_t at, size_t end)
{
    if (end - at != YEAR_DIGITS)
        return false;
    long year = strtol(flat + at, NULL, 10);
    size_t next = end + (flat[end] == ' ');
    return year >= YEAR_FIRST && year <= YEAR_LAST && flat[end] != '%' &&
           flat[next] != '%' &&
           !word_among(flat, next, counted, COUNT_OF(counted));
}

/* "1er janvier", "30 June", "5 et 6 mai" not; "June 30"; 2026-02-04. */
static bool is_date(const char *flat, size_t at, size_t end)
{
    long day = strtol(flat + at, NULL, 10);
    if (end - at <= 2 && at > 0 && flat[at - 1] == '-')
        return true; /* of a date or a code: its first part was looked at */
    if (end - at > 2 || day < 1 || day > DAY_LAST)
        return false;
    if (proofread_word_at(flat, at + 1, "er"))
        end = at + 3;
    if (strncmp(flat + end, "er ", 3) == 0)
        end += 2;
    return flat[end] == ' ' &&
           word_among(flat, end + 1, months, COUNT_OF(months));
}

/* A token that begins with a letter: C34, CIM-10, IC95, Covid-19. */
static bool is_code(const char *flat, size_t at)
{
    size_t start = at;
    while (start > 0 && (proofread_letter(flat[start - 1]) ||
                         proofread_digit(flat[start - 1]) ||
                         (((unsigned char)flat[start - 1] & 0xC0) == 0x80 &&
                          start > 1 && (unsigned char)flat[start - 2] >= 0xC3 &&
                          (unsigned char)flat[start - 2] < 0xE0) ||
                         flat[start - 1] == '-' || flat[start - 1] == '.'))
        start--;
    return flat[start] >= 'A' && flat[start] <= 'Z';
}

/* "n° 2025-596", "article L. 1461-2", "No. 5". */
static bool is_reference(const char *flat, size_t at)
{
    static const char *const words[] = {
        "n°",  "n° ",  "nº ",  "No. ",    "no. ",    "L. ",     "R. ",
        "D. ", "law ", "loi ", "decree ", "décret ", "article "};
    size_t start = at;
    while (start > 0 &&
           (proofread_digit(flat[start - 1]) || flat[start - 1] == '-'))
        start--;
    for (size_t w = 0; w < COUNT_OF(words); w++) {
        size_t size = strlen(words[w]);
        if (start >= size && strncmp(flat + start - size, words[w], size) == 0)
            return true;
    }
    return false;
}

/* Inside a phrase that the lexicon has. */
static bool is_constant(const struct proofreader *reader,
                        const struct passage *passage, size_t at)
{
    for (size_t c = 0; c < reader->constant_count; c++) {
        const struct lexeme *it = &reader->constants[c];
        size_t size = strlen(it->text);
        if (it->lang != LANG_UNKNOWN && passage->lang != LANG_UNKNOWN &&
            it->lang != passage->lang)
            continue;
        for (size_t back = 0; back < size && back <= at; back++) {
            if (strncmp(passage->flat + at - back, it->text, size) == 0 &&
                !proofread_digit(passage->flat[at - back + size]))
                return true;
        }
    }
    return false;
}

void proofread_numbers(struct proofreader *reader,
                       const struct passage *passage)
{
    const char *flat = passage->flat;
    for (size_t at = 0; flat[at]; at++) {
        if (!proofread_digit(flat[at]))
            continue;
        size_t end = number_end(flat, at);
        bool allowed = is_year(flat, at, end) || is_date(flat, at, end) ||
                       is_code(flat, at) || is_reference(flat, at) ||
                       is_constant(reader, passage, at);
        if (!allowed)
            proofread_error(
                reader, passage, at, "number",
                "the number %.*s is written in the text: expected {name} with "
                "a value, or a constant of templates/prose/lexicon.csv",
                (int)(end - at), flat + at);
        at = end - 1;
    }
}
