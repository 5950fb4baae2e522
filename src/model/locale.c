/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/locale.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/num.h"
#include "model/locale_impl.h"

/* --- availability and flags ----------------------------------------------- */

static const char availability_letters[AVAILABILITY_COUNT] = {
    [AVAILABLE] = 'v',      [CONFIDENTIAL] = 'c',  [UNRELIABLE] = 'u',
    [NOT_APPLICABLE] = 'z', [NOT_AVAILABLE] = 'x', [NOT_COVERED] = 'h',
};

static const char *const availability_keys[AVAILABILITY_COUNT] = {
    [AVAILABLE] = "availability.v",     [CONFIDENTIAL] = "availability.c",
    [UNRELIABLE] = "availability.u",    [NOT_APPLICABLE] = "availability.z",
    [NOT_AVAILABLE] = "availability.x", [NOT_COVERED] = "availability.h",
};

static const char *const sign_keys[AVAILABILITY_COUNT] = {
    [AVAILABLE] = "",           [CONFIDENTIAL] = "sign.c",
    [UNRELIABLE] = "sign.u",    [NOT_APPLICABLE] = "sign.z",
    [NOT_AVAILABLE] = "sign.x", [NOT_COVERED] = "sign.h",
};

static const char flags_in_order[] = "pejrba"; /* letter n is bit n */

char availability_letter(enum availability availability)
{
    assert((unsigned)availability < AVAILABILITY_COUNT);
    return availability_letters[availability];
}

bool availability_parse(char letter, enum availability *out)
{
    for (unsigned a = 0; a < AVAILABILITY_COUNT; a++) {
        if (availability_letters[a] == letter) {
            *out = (enum availability)a;
            return true;
        }
    }
    return false;
}

const char *availability_words(enum lang lang, enum availability availability)
{
    assert((unsigned)availability < AVAILABILITY_COUNT);
    return locale_text(lang, availability_keys[availability]);
}

const char *availability_sign(enum lang lang, enum availability availability)
{
    assert((unsigned)availability < AVAILABILITY_COUNT);
    const char *key = sign_keys[availability];
    return key[0] == '\0' ? "" : locale_text(lang, key);
}

char *flag_letters(struct arena *arena, unsigned flags)
{
    struct text letters = text_new(arena);
    for (unsigned flag = 0; flags_in_order[flag]; flag++) {
        if (flags & 1u << flag)
            text_add_char(&letters, flags_in_order[flag]);
    }
    return letters.at;
}

char *flag_words(struct arena *arena, enum lang lang, unsigned flags)
{
    struct text words = text_new(arena);
    for (const char *at = flag_letters(arena, flags); *at != '\0'; at++) {
        if (words.size > 0)
            text_add(&words, locale_text(lang, "list.separator"));
        text_add(&words,
                 locale_text(lang, arena_format(arena, "flag.%c", *at)));
    }
    return words.at;
}

bool flag_parse(const char *letters, unsigned *out)
{
    unsigned flags = 0;
    for (; *letters; letters++) {
        const char *at = strchr(flags_in_order, *letters);
        if (!at)
            return false;
        flags |= 1u << (unsigned)(at - flags_in_order);
    }
    *out = flags;
    return true;
}

/* --- numbers -------------------------------------------------------------- */

static const char *const thousands[LANG_COUNT] = {
    [LANG_FR] = "\u202f",
    [LANG_EN] = ",",
};

static const char *const decimal_point[LANG_COUNT] = {
    [LANG_FR] = ",",
    [LANG_EN] = ".",
};

/* From the machine form "-12345.6" to the form people read. */
static char *dress_number(struct arena *arena, enum lang lang,
                          const char *plain)
{
    struct text out = text_new(arena);
    if (*plain == '-') {
        text_add(&out, "\u2212");
        plain++;
    }
    size_t left = strcspn(plain, ".");
    for (; left > 0; left--, plain++) {
        text_add_char(&out, *plain);
        if (left > 1 && left % 3 == 1)
            text_add(&out, thousands[lang]);
    }
    if (*plain == '.') {
        text_add(&out, decimal_point[lang]);
        text_add(&out, plain + 1);
    }
    return out.at;
}

char *num_format(struct arena *arena, enum lang lang, double value,
                 int decimals)
{
    struct text plain = text_new(arena);
    num_print(&plain, value, decimals);
    return dress_number(arena, lang, plain.at);
}

char *num_format_count(struct arena *arena, enum lang lang, int64_t count)
{
    return dress_number(arena, lang,
                        arena_format(arena, "%lld", (long long)count));
}

char *num_format_interval(struct arena *arena, enum lang lang, double value,
                          double lower, double upper, int decimals)
{
    return locale_fill(arena, lang, "interval.value", "value",
                       num_format(arena, lang, value, decimals), "lower",
                       num_format(arena, lang, lower, decimals), "upper",
                       num_format(arena, lang, upper, decimals), NULL);
}

char *num_format_about(struct arena *arena, enum lang lang, double value)
{
    static const double million = 1e6, digits = 1000;
    double step = 1;
    while (fabs(value) / step >= digits)
        step *= 10;
    const double rounded = step * num_round(value / step, 0);
    if (fabs(rounded) < million)
        return num_format(arena, lang, rounded, 0);
    const double millions = num_round(value / million, 1);
    return locale_fill(arena, lang,
                       fabs(millions) < 2 ? "about.million.one"
                                          : "about.million.many",
                       "number", num_format(arena, lang, millions, 1), NULL);
}

char *num_format_percent(struct arena *arena, enum lang lang, double value,
                         int decimals)
{
    return locale_fill(arena, lang, "percent.value", "value",
                       num_format(arena, lang, value, decimals), NULL);
}

/* --- dates, periods, ages ------------------------------------------------- */

static const char *const months[LANG_COUNT][12] = {
    [LANG_FR] = {"janvier", "février", "mars", "avril", "mai", "juin",
                 "juillet", "août", "septembre", "octobre", "novembre",
                 "décembre"},
    [LANG_EN] = {"January", "February", "March", "April", "May", "June", "July",
                 "August", "September", "October", "November", "December"},
};

static bool parse_digits(const char *text, size_t count, int *out)
{
    int number = 0;
    for (size_t digit = 0; digit < count; digit++) {
        if (text[digit] < '0' || text[digit] > '9')
            return false;
        number = number * 10 + (text[digit] - '0');
    }
    *out = number;
    return true;
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool date_parse(const char *date, int *year, int *month, int *day)
{
    int y, m, d;
    if (strlen(date) != strlen("YYYY-MM-DD") || date[4] != '-' ||
        date[7] != '-' || !parse_digits(date, 4, &y) ||
        !parse_digits(date + 5, 2, &m) || !parse_digits(date + 8, 2, &d))
        return false;
    if (m < 1 || m > 12 || d < 1 || d > days_of(y, m))
        return false;
    *year = y;
    *month = m;
    *day = d;
    return true;
}

bool date_exists(const char *date)
{
    int year, month, day;
    return date_parse(date, &year, &month, &day);
}

char *date_format(struct arena *arena, enum lang lang, const char *date)
{
    int year, month, day;
    if (!date_parse(date, &year, &month, &day))
        return arena_text(arena, date);
    const char *first = lang == LANG_FR && day == 1 ? "er" : "";
    return arena_format(arena, "%d%s\u00a0%s %d", day, first,
                        months[lang][month - 1], year);
}

char *period_format(struct arena *arena, enum lang lang,
                    const struct node *period, bool words)
{
    if (period->low == 0)
        return arena_text(arena, period->label[lang]);
    const char *low = arena_format(arena, "%d", period->low);
    const char *high = arena_format(arena, "%d", period->high);
    bool single = period->low == period->high;
    const char *key = single ? "period.year" : "period.range";
    if (words)
        key = single ? "period.year.words" : "period.range.words";
    return locale_fill(arena, lang, key, "low", low, "high", high, NULL);
}

char *age_format(struct arena *arena, enum lang lang, const struct node *age)
{
    bool total =
        age->low == 0 && (age->high < 0 || text_same(age->code, CODE_TOTAL));
    if (total)
        return arena_text(arena, locale_text(lang, "age.T"));
    const char *low = arena_format(arena, "%d", age->low);
    const char *high = arena_format(arena, "%d", age->high);
    const char *key = "age.range";
    if (age->high < 0)
        key = "age.over";
    else if (age->high == 0)
        key = "age.infant";
    else if (age->low == age->high)
        key = age->low == 1 ? "age.one" : "age.single";
    return locale_fill(arena, lang, key, "low", low, "high", high, NULL);
}

/* --- sentences ------------------------------------------------------------ */

const struct sentence *locale_sentence(size_t number)
{
    static const struct sentence_list *const lists[] = {
        &locale_text_values, &locale_text_figures, &locale_text_pages};
    for (size_t l = 0; l < COUNT_OF(lists); l++) {
        if (number < lists[l]->count)
            return &lists[l]->at[number];
        number -= lists[l]->count;
    }
    return NULL;
}

const char *locale_text(enum lang lang, const char *key)
{
    assert((unsigned)lang < LANG_COUNT);
    const struct sentence *at;
    for (size_t s = 0; (at = locale_sentence(s)) != NULL; s++) {
        if (text_same(at->key, key))
            return at->text[lang];
    }
    assert(!"a key of locale_text*.c");
    return "";
}

enum {
    FILL_LIMIT = 12, /* names in one sentence */
};

struct fill {
    const char *name;
    const char *value;
};

/* Adds the value of "{name}" at `at`; returns what follows the brace. */
static const char *add_value(struct text *out, const char *at,
                             const struct fill *fills, size_t count)
{
    const char *end = strchr(at, '}');
    assert(end);
    size_t size = (size_t)(end - at) - 1;
    for (size_t f = 0; f < count; f++) {
        if (strlen(fills[f].name) == size &&
            memcmp(fills[f].name, at + 1, size) == 0) {
            text_add(out, fills[f].value);
            return end + 1;
        }
    }
    assert(!"every name of the sentence has a value");
    return end + 1;
}

static char *fill_text(struct arena *arena, const char *text,
                       const struct fill *fills, size_t count)
{
    struct text out = text_new(arena);
    while (*text) {
        size_t plain = strcspn(text, "{");
        text_add_bytes(&out, text, plain);
        text += plain;
        if (*text == '{')
            text = add_value(&out, text, fills, count);
    }
    return out.at;
}

static char *fill_listed(struct arena *arena, const char *sentence,
                         va_list args)
{
    struct fill fills[FILL_LIMIT];
    size_t count = 0;
    const char *name;
    while ((name = va_arg(args, const char *)) != NULL) {
        assert(count < FILL_LIMIT);
        fills[count].name = name;
        fills[count].value = va_arg(args, const char *);
        assert(fills[count].value);
        count++;
    }
    return fill_text(arena, sentence, fills, count);
}

char *locale_fill(struct arena *arena, enum lang lang, const char *key, ...)
{
    va_list args;
    va_start(args, key);
    char *filled = fill_listed(arena, locale_text(lang, key), args);
    va_end(args);
    return filled;
}

char *locale_fill_sentence(struct arena *arena, const char *sentence, ...)
{
    va_list args;
    va_start(args, sentence);
    char *filled = fill_listed(arena, sentence, args);
    va_end(args);
    return filled;
}

char *locale_count(struct arena *arena, enum lang lang, const char *key,
                   int64_t count)
{
    bool one = count == 1 || (count == 0 && lang == LANG_FR);
    const char *full = arena_format(arena, "%s.%s", key, one ? "one" : "many");
    return locale_fill(arena, lang, full, "count",
                       num_format_count(arena, lang, count), NULL);
}
