/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"

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
