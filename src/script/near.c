/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "script/sandbox.h"

enum {
    NAME_SIZE = 64,
};

static size_t least(size_t a, size_t b, size_t c)
{
    size_t two = a < b ? a : b;
    return two < c ? two : c;
}

/* Levenshtein distance of the beginnings, one row at a time. */
static size_t distance(const char *a, const char *b)
{
    size_t row[NAME_SIZE + 1];
    size_t width = strnlen(b, NAME_SIZE);
    for (size_t column = 0; column <= width; column++)
        row[column] = column;
    for (size_t line = 0; line < NAME_SIZE && a[line]; line++) {
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

const char *near_name(const char *wanted, const char *const *names,
                      size_t count)
{
    const char *best = NULL;
    size_t limit = strnlen(wanted, NAME_SIZE) / 2 + 1;
    for (size_t n = 0; n < count; n++) {
        size_t apart = distance(wanted, names[n]);
        if (apart >= limit)
            continue;
        best = names[n];
        limit = apart;
    }
    return best;
}
