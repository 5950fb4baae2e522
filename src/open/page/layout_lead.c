/* SPDX-License-Identifier: EUPL-1.2 */
/* A heading and the figure or table that it leads to. */
#include "page/layout_filler.h"

#define FEW 0.125 /* of a page: a heading and text less high than that */

bool set_is_stop(const struct setter *setter, const struct slab *slab)
{
    bool heading =
        slab->heading >= 0 && setter->headings[slab->heading].level > 0;
    return slab->new_page || slab->bare || heading;
}

void filler_follow_table(struct setter *setter, size_t first, size_t past)
{
    if (!setter->slabs[past - 1]->keep || past >= setter->slab_count ||
        setter->slabs[past]->floating == 0)
        return;
    const struct sheet *sheet = setter->slabs[past]->sheet;
    while (past < setter->slab_count && setter->slabs[past]->floating > 0)
        past++;
    if (past < setter->slab_count && !set_is_stop(setter, setter->slabs[past]))
        return;
    for (; setter->slabs[first]->floating == 0; first++)
        setter->slabs[first]->sheet = sheet;
}

/* Height of the text from slab `at` on, up to a figure, a table or a stop. */
static double text_height(const struct setter *setter, size_t *at)
{
    double height = 0;
    while (*at < setter->slab_count && setter->slabs[*at]->floating == 0 &&
           !set_is_stop(setter, setter->slabs[*at])) {
        height += setter->slabs[*at]->out.height_pt;
        (*at)++;
    }
    return height;
}

/* The figure or table that the text of a heading leads to, its first slab; the
 * count of slabs where there is none, or too much text around it. */
static size_t led_to(const struct setter *setter, size_t first)
{
    const size_t none = setter->slab_count;
    size_t at = set_chain_end(setter, first);
    if (setter->slabs[at - 1]->floating > 0)
        return none; /* kept already */
    double text = 0;
    for (size_t i = first; i < at; i++)
        text += setter->slabs[i]->out.height_pt;
    text += text_height(setter, &at);
    if (at == none || setter->slabs[at]->floating == 0 ||
        setter->slabs[at]->sheet != setter->slabs[first]->sheet)
        return none;
    size_t past = at;
    while (past < none && setter->slabs[past]->floating > 0)
        past++;
    text += text_height(setter, &past); /* it would fill this page */
    return text <= FEW * setter->height_pt ? at : none;
}

double filler_led_overleaf(const struct filler *filler, size_t first)
{
    struct setter *setter = filler->setter;
    const struct slab *slab = setter->slabs[first];
    if (filler->empty || slab->narrow || slab->bare ||
        !set_is_stop(setter, slab))
        return 0;
    size_t figure = led_to(setter, first);
    if (figure == setter->slab_count)
        return 0;
    size_t past = set_chain_end(setter, figure);
    const struct slab *shown = setter->slabs[past - 1];
    double missing = filler_missing(filler, first, past);
    double overleaf = missing - (filler->y_pt - setter->theme->margin_top_pt);
    bool helps = set_can_shrink(shown, overleaf);
    return helps && !set_can_shrink(shown, missing) ? missing : 0;
}
