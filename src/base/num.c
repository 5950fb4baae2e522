/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/num.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DIGITS_MAX = DBL_DECIMAL_DIG, /* 17: always enough to read back */
    DECIMALS_MAX = 12,
};

/* A positive decimal number 0.DIGITS x 10^exponent, without trailing zeros;
 * zero has no digits. */
struct decimal {
    char digits[DIGITS_MAX + 2];
    int count;
    int exponent;
};

/* --- reading ------------------------------------------------------------- */

static const char *skip_digits(const char *at)
{
    while (*at >= '0' && *at <= '9')
        at++;
    return at;
}

bool num_parse_int64(const char *text, int64_t *out)
{
    const char *digits = text + (*text == '-');
    const char *end = skip_digits(digits);
    if (end == digits || *end)
        return false;

    int64_t value = 0;
    for (const char *at = digits; at < end; at++) {
        int64_t digit = *at - '0';
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, digit, &value))
            return false;
    }
    /* Built as a negative number, because INT64_MIN has no positive twin. */
    if (*text != '-' && __builtin_sub_overflow(0, value, &value))
        return false;
    *out = value;
    return true;
}

/* The end of "12", "12.5", "12e-3" or NULL when it is none of these. */
static const char *skip_number(const char *text)
{
    const char *digits = text + (*text == '-');
    const char *end = skip_digits(digits);
    if (end == digits)
        return NULL;
    if (*end == '.') {
        digits = end + 1;
        end = skip_digits(digits);
        if (end == digits)
            return NULL;
    }
    if (*end == 'e' || *end == 'E') {
        digits = end + 1;
        digits += *digits == '-' || *digits == '+';
        end = skip_digits(digits);
        if (end == digits)
            return NULL;
    }
    return end;
}

bool num_parse_double(const char *text, double *out)
{
    const char *end = skip_number(text);
    if (!end || *end)
        return false;
    double value = strtod(text, NULL);
    if (!isfinite(value))
        return false;
    *out = value + 0.0; /* -0 becomes 0 */
    return true;
}

bool num_add(int64_t a, int64_t b, int64_t *out)
{
    int64_t sum;
    if (__builtin_add_overflow(a, b, &sum))
        return false;
    *out = sum;
    return true;
}

bool num_mul(int64_t a, int64_t b, int64_t *out)
{
    int64_t product;
    if (__builtin_mul_overflow(a, b, &product))
        return false;
    *out = product;
    return true;
}

/* --- decimals ------------------------------------------------------------ */

/* Splits "1.2345e+06" as printed by %e. */
static struct decimal decimal_take(const char *printed)
{
    struct decimal decimal = {0};
    const char *at = printed;
    for (; *at && *at != 'e'; at++) {
        if (*at != '.')
            decimal.digits[decimal.count++] = *at;
    }
    decimal.exponent = (int)strtol(at + 1, NULL, 10) + 1;
    while (decimal.count > 0 && decimal.digits[decimal.count - 1] == '0')
        decimal.count--;
    decimal.digits[decimal.count] = '\0';
    return decimal;
}

/* The fewest digits that read back as `value` > 0. Up to 15 digits survive
 * the way through a normal double, so 15 finds every short form at once;
 * subnormal numbers hold fewer and are tried from one digit up. */
static struct decimal decimal_shortest(double value)
{
    char printed[40];
    int precision = value < DBL_MIN ? 1 : DBL_DIG;
    for (; precision <= DIGITS_MAX; precision++) {
        snprintf(printed, sizeof printed, "%.*e", precision - 1, value);
        if (!(strtod(printed, NULL) < value || strtod(printed, NULL) > value))
            break;
    }
    return decimal_take(printed);
}

static double decimal_value(const struct decimal *decimal)
{
    char printed[40];
    if (decimal->count == 0)
        return 0;
    snprintf(printed, sizeof printed, "0.%se%d", decimal->digits,
             decimal->exponent);
    return strtod(printed, NULL);
}

/* Rounds half up at `decimals` places. */
static void decimal_round(struct decimal *decimal, int decimals)
{
    int kept = decimal->exponent + decimals;
    if (kept >= decimal->count)
        return;
    bool up = kept >= 0 && decimal->digits[kept] >= '5';
    decimal->count = kept > 0 ? kept : 0;
    while (up && decimal->count > 0 &&
           decimal->digits[decimal->count - 1] == '9')
        decimal->count--;
    if (up && decimal->count > 0) {
        decimal->digits[decimal->count - 1]++;
    } else if (up) { /* every kept digit was a 9, or none was kept */
        decimal->digits[decimal->count++] = '1';
        decimal->exponent++;
    }
    while (decimal->count > 0 && decimal->digits[decimal->count - 1] == '0')
        decimal->count--;
    decimal->digits[decimal->count] = '\0';
}

/* `value` > 0 rounded, as the shortest form of the rounded double: the same
 * digits whether a number is rounded first or only when printed. */
static struct decimal decimal_rounded(double value, int decimals)
{
    struct decimal decimal = decimal_shortest(value);
    decimal_round(&decimal, decimals);
    if (decimal.count > DBL_DIG)
        decimal = decimal_shortest(decimal_value(&decimal));
    return decimal;
}

static char decimal_digit(const struct decimal *decimal, int place)
{
    return place >= 0 && place < decimal->count ? decimal->digits[place] : '0';
}

/* Writes with `decimals` places; digits beyond them must be zero. */
static void decimal_print(struct text *out, const struct decimal *decimal,
                          int decimals)
{
    int exponent = decimal->count > 0 ? decimal->exponent : 0;
    for (int place = exponent > 0 ? 0 : exponent - 1; place < exponent; place++)
        text_add_char(out, decimal_digit(decimal, place));
    if (decimals > 0)
        text_add_char(out, '.');
    for (int place = exponent; place < exponent + decimals; place++)
        text_add_char(out, decimal_digit(decimal, place));
}

/* --- rounding and printing ----------------------------------------------- */

static double power_of_ten(int exponent)
{
    static const double powers[DECIMALS_MAX + 1] = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
    };
    return powers[exponent];
}

/* Rounds without going through decimal digits when the answer is certain:
 * *units is |value| in units of the last place. Fails when the result has
 * more than 15 digits or is too near a half for binary arithmetic. */
static bool round_certain(double magnitude, int decimals, int64_t *units)
{
    double scaled = magnitude * power_of_ten(decimals);
    if (scaled >= 1e15)
        return false;
    double whole = floor(scaled);
    double from_half = fabs(scaled - whole - 0.5);
    if (from_half <= scaled * 4 * DBL_EPSILON)
        return false;
    *units = (int64_t)(scaled - whole > 0.5 ? whole + 1 : whole);
    return true;
}

double num_round(double value, int decimals)
{
    assert(isfinite(value) && decimals >= 0 && decimals <= DECIMALS_MAX);
    double magnitude = fabs(value);
    if (!(magnitude > 0))
        return 0;

    int64_t units;
    double rounded;
    if (round_certain(magnitude, decimals, &units)) {
        /* Both are exact, so the quotient is the nearest double. */
        rounded = (double)units / power_of_ten(decimals);
    } else {
        struct decimal decimal = decimal_rounded(magnitude, decimals);
        rounded = decimal_value(&decimal);
    }
    return value < 0 ? 0 - rounded : rounded;
}

/* Digit by digit from the end: maps and tables print numbers by the hundred
 * thousand. */
static void print_units(struct text *out, int64_t units, int decimals)
{
    char digits[32];
    char *at = digits + sizeof digits;
    int written = 0;
    assert(units >= 0 && decimals <= DECIMALS_MAX);
    do {
        if (decimals > 0 && written == decimals)
            *--at = '.';
        *--at = (char)('0' + units % 10);
        units /= 10;
        written++;
    } while (units > 0 || written <= decimals);
    text_add_bytes(out, at, (size_t)(digits + sizeof digits - at));
}

void num_print(struct text *out, double value, int decimals)
{
    assert(isfinite(value) && decimals >= 0 && decimals <= DECIMALS_MAX);
    double magnitude = fabs(value);
    int64_t units = 0;
    if (!(magnitude > 0) || round_certain(magnitude, decimals, &units)) {
        if (value < 0 && units > 0)
            text_add_char(out, '-');
        print_units(out, units, decimals);
        return;
    }
    struct decimal decimal = decimal_rounded(magnitude, decimals);
    if (value < 0 && decimal.count > 0)
        text_add_char(out, '-');
    decimal_print(out, &decimal, decimals);
}

void num_print_roman(struct text *out, size_t number)
{
    static const struct {
        size_t value;
        const char *letters;
    } parts[] = {
        {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"},
        {9, "ix"},  {5, "v"},   {4, "iv"}, {1, "i"},
    };
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        for (; number >= parts[i].value; number -= parts[i].value)
            text_add(out, parts[i].letters);
    }
}

void num_print_shortest(struct text *out, double value)
{
    assert(isfinite(value));
    if (!(fabs(value) > 0)) {
        text_add_char(out, '0');
        return;
    }
    if (value < 0)
        text_add_char(out, '-');

    struct decimal decimal = decimal_shortest(fabs(value));
    int places = decimal.count - decimal.exponent;
    if (decimal.exponent > -6 && decimal.exponent <= 21) {
        decimal_print(out, &decimal, places > 0 ? places : 0);
        return;
    }
    text_add_char(out, decimal.digits[0]);
    if (decimal.count > 1)
        text_format(out, ".%s", decimal.digits + 1);
    text_format(out, "e%d", decimal.exponent - 1);
}
