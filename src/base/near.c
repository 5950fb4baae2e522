/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"

/* More names than this are a list of their own, not part of a sentence. */
enum { FEW = 20 };

const char *near_name(const char *wanted, const char *const *names,
                      size_t count)
{
    const char *best = NULL;
    size_t limit = strnlen(wanted, TEXT_DISTANCE_MOST) / 2 + 1;
    for (size_t n = 0; n < count; n++) {
        size_t apart = text_distance(wanted, names[n]);
        if (apart >= limit)
            continue;
        best = names[n];
        limit = apart;
    }
    return best;
}

/* A hint that has no room is left out whole. */
static void add(struct err *err, const char *before, const char *name,
                const char *after)
{
    char more[sizeof err->text];
    size_t length = strlen(err->text);
    int size = snprintf(more, sizeof more, "%s%s%s", before, name, after);
    if (size >= 0 && (size_t)size < sizeof err->text - length)
        memcpy(err->text + length, more, (size_t)size + 1);
}

bool err_near(struct err *err, const char *wanted, const char *const *names,
              size_t count)
{
    assert(err->code != ERR_NONE);
    const char *near = near_name(wanted, names, count);
    if (near != NULL && text_same(near, wanted))
        return false; /* it is known, only not for this */
    if (near != NULL) {
        add(err, "; the nearest is '", near, "'");
        return false;
    }
    for (size_t n = 0; n < count && count <= FEW; n++)
        add(err, n == 0 ? "; known are: " : ", ", names[n], "");
    return false;
}
