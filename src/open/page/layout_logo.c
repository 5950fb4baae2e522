/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/layout_impl.h"

static double draw_logo(struct setter *setter, struct slab *slab, int element,
                        const struct theme_logo *logo,
                        const struct layout_mark *place)
{
    struct layout_mark *mark = set_mark(setter, slab, LAYOUT_LOGO, element);
    mark->logo = logo;
    mark->x_pt = place->x_pt;
    mark->y_pt = place->y_pt;
    mark->height_pt = place->height_pt;
    mark->width_pt = place->height_pt * logo->ratio;
    return mark->width_pt;
}

/* Bottom right, on white: a logo may be of any colour. */
double set_cover_logo(struct setter *setter, struct slab *slab)
{
    const struct theme *theme = setter->theme;
    const struct theme_logo *logo = &theme->cover_logo;
    if (logo->bytes == NULL)
        return 0;
    int element = set_element(setter, TAG_ROOT, TAG_FIGURE);
    setter->elements[element].tag.alt = theme->logo_alt[setter->lang];
    double width = theme->cover_logo_pt * logo->ratio;
    struct layout_mark place = {
        .x_pt = setter->left_pt + setter->width_pt - width,
        .y_pt = setter->sheet->height_pt - theme->margin_bottom_pt -
                theme->cover_logo_pt,
        .height_pt = theme->cover_logo_pt,
    };
    return draw_logo(setter, slab, element, logo, &place);
}

double set_foot_logo(struct setter *setter, struct slab *foot, double middle_pt)
{
    const struct theme *theme = setter->theme;
    if (theme->foot_logo.bytes == NULL)
        return 0;
    struct layout_mark place = {
        .x_pt = setter->left_pt,
        .y_pt = middle_pt - theme->foot_logo_pt / 2,
        .height_pt = theme->foot_logo_pt,
    };
    return draw_logo(setter, foot, TAG_ARTIFACT, &theme->foot_logo, &place);
}
