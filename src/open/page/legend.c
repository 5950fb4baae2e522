/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/legend.h"

#include "base/text.h"
#include "model/locale.h"

static void add_sign(struct text *legend, const char *sign, const char *words,
                     enum lang lang)
{
    if (legend->size > 0)
        text_add(legend, lang == LANG_FR ? "\u202f; " : "; ");
    text_add(legend, sign);
    text_add(legend, lang == LANG_FR ? "\u00a0: " : ": ");
    text_add(legend, words);
}

char *legend_of_signs(struct arena *open, const struct grid *grid,
                      enum lang lang, unsigned flags)
{
    bool seen[AVAILABILITY_COUNT] = {false};
    unsigned shown = 0;
    for (size_t i = 0; i < grid->rows * grid->column_count; i++) {
        if (!grid->cells[i].number)
            continue;
        seen[grid->cells[i].availability] = true;
        shown |= grid->cells[i].flags;
    }
    struct text legend = text_new(open);
    for (enum availability a = AVAILABLE + 1; a < AVAILABILITY_COUNT; a++) {
        if (seen[a])
            add_sign(&legend, availability_sign(lang, a),
                     availability_words(lang, a), lang);
    }
    for (const char *letter = flag_letters(open, shown & flags);
         *letter != '\0'; letter++) {
        const char *key = arena_format(open, "flag.%c", *letter);
        add_sign(&legend, arena_format(open, "%c", *letter),
                 locale_text(lang, key), lang);
    }
    return legend.at;
}
