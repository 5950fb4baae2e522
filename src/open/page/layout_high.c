/* SPDX-License-Identifier: EUPL-1.2 */
/* What is higher than its page would be lost below the foot of it. */
#include "page/layout_impl.h"

/* The first words of a slab. */
static const char *words_of(const struct setter *setter,
                            const struct layout_slab *slab)
{
    enum { WORDS_MOST = 60 };
    for (size_t i = 0; i < slab->mark_count; i++) {
        const struct layout_mark *mark = &slab->marks[i];
        size_t size = mark->size < WORDS_MOST ? mark->size : WORDS_MOST;
        while (size < mark->size &&
               ((unsigned char)mark->text[size] & 0xC0) == 0x80)
            size--;
        if (mark->kind == LAYOUT_TEXT && size > 0)
            return arena_slice(setter->arena, mark->text, size);
    }
    return "";
}

bool set_page_holds(const struct setter *setter, const struct layout_page *page,
                    struct err *err)
{
    double bottom = page->height_pt - setter->theme->margin_bottom_pt;
    for (size_t i = 0; i < page->slab_count; i++) {
        const struct layout_placed *placed = &page->slabs[i];
        if (placed->y_pt + placed->slab->height_pt > bottom + 1)
            return err_fail(err, ERR_SCRIPT, "page.high",
                            "document '%s': what begins with '%s' is higher "
                            "than a page",
                            setter->document->name,
                            words_of(setter, placed->slab));
    }
    return true;
}
