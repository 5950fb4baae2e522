/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/fs.h"
#include "page/lexicon.h"
#include "script/proofread_impl.h"

bool proofread_abbreviations(struct proofreader *reader, const char *directory,
                             enum lang lang, struct err *err)
{
    struct lexicon lexicon = {0};
    const char *path = arena_format(
        reader->arena, "templates/prose/%s/abbreviations.csv", lang_code(lang));
    if (!lexicon_read_abbreviations(reader->arena,
                                    fs_join(reader->arena, directory, path),
                                    &lexicon, err))
        return false;
    size_t count = reader->abbreviation_count;
    struct lexeme *all = arena_array(
        reader->arena, count + lexicon.abbreviation_count, sizeof *all);
    if (count > 0)
        memcpy(all, reader->abbreviations, count * sizeof *all);
    for (size_t a = 0; a < lexicon.abbreviation_count; a++)
        all[count++] = (struct lexeme){
            .lang = (int)lang,
            .text = lexicon.abbreviations[a].text,
        };
    reader->abbreviations = all;
    reader->abbreviation_count = count;
    return true;
}
