/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "base/utf8.h"
#include "device/haru_impl.h"

static const char hex_digits[] = "0123456789ABCDEF";

void put_integer(struct text *out, int64_t value)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        digits[--at] = '-';
    text_add_bytes(out, digits + at, sizeof digits - at);
}

void put_number(struct text *out, double value)
{
    long hundredths = lround(value * 100);
    if (hundredths < 0) {
        text_add_char(out, '-');
        hundredths = -hundredths;
    }
    put_integer(out, hundredths / 100);
    long rest = hundredths % 100;
    if (rest > 0) {
        char fraction[3] = {'.', (char)('0' + rest / 10),
                            (char)('0' + rest % 10)};
        text_add_bytes(out, fraction, rest % 10 > 0 ? 3 : 2);
    }
    text_add_char(out, ' ');
}

void put_corners(struct text *out, const struct haru_corners *corners)
{
    put_number(out, corners->left);
    put_number(out, corners->bottom);
    put_number(out, corners->right);
    put_number(out, corners->top);
}

void put_hex16(struct text *out, unsigned value)
{
    char hex[4] = {hex_digits[value >> 12 & 15], hex_digits[value >> 8 & 15],
                   hex_digits[value >> 4 & 15], hex_digits[value & 15]};
    text_add_bytes(out, hex, sizeof hex);
}

void put_utf16(struct text *out, const char *text, size_t size)
{
    const char *end = text + size;
    while (text < end) {
        uint32_t point = utf8_next(&text);
        if (point > 0xFFFF) {
            point -= 0x10000;
            put_hex16(out, 0xD800U | point >> 10);
            put_hex16(out, 0xDC00U | (point & 0x3FF));
        } else {
            put_hex16(out, point);
        }
    }
}

void put_string(struct text *out, const char *text)
{
    size_t size = 0;
    while (text[size] != '\0')
        size++;
    text_add(out, "<FEFF");
    put_utf16(out, text, size);
    text_add_char(out, '>');
}

/* Three decimals hold all 256 levels of a channel apart. */
static void put_channel(struct text *out, uint32_t level)
{
    unsigned thousandths = (level * 1000 + 127) / 255;
    if (thousandths == 1000) {
        text_add(out, "1 ");
    } else if (thousandths == 0) {
        text_add(out, "0 ");
    } else {
        char digits[5] = {'.', (char)('0' + thousandths / 100),
                          (char)('0' + thousandths / 10 % 10),
                          (char)('0' + thousandths % 10), ' '};
        text_add_bytes(out, digits, sizeof digits);
    }
}

void put_rgb(struct text *out, uint32_t colour, const char *operator)
{
    put_channel(out, colour >> 16 & 255);
    put_channel(out, colour >> 8 & 255);
    put_channel(out, colour & 255);
    text_add(out, operator);
    text_add_char(out, '\n');
}
