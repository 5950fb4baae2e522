/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/archive.h"

#include "base/text.h"

static const char *const names[ARCHIVE_COUNT] = {
    [ARCHIVE_2A] = "2a",
    [ARCHIVE_1B] = "1b",
    [ARCHIVE_3A] = "3a",
};

const char *archive_name(enum archive archive)
{
    assert(archive < ARCHIVE_COUNT);
    return names[archive];
}

bool archive_parse(const char *name, enum archive *out)
{
    for (enum archive archive = 0; archive < ARCHIVE_COUNT; archive++) {
        if (text_same(names[archive], name)) {
            *out = archive;
            return true;
        }
    }
    return false;
}
