/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/csv_licence.h"

#include <string.h>

#include "base/utf8.h"

/* A project names its licence in words, with the identifier in them. */
struct csv_licence csv_licence(struct arena *arena,
                               const struct project *project, enum lang lang)
{
    static const struct csv_licence known[] = {
        {"etalab-2.0",
         "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"},
        {"ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/"},
        {"CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"},
    };
    const char *words = project->licence[lang];
    for (size_t l = 0; l < COUNT_OF(known); l++) {
        if (strstr(words, known[l].name) != NULL)
            return known[l];
    }
    return (struct csv_licence){utf8_slug(arena, words), ""};
}
