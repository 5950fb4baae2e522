/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/layout_impl.h"

static void draw_logo(struct setter *setter, struct slab *slab, int element,
                      const struct theme_logo *logo, double x_pt, double y_pt,
                      double height_pt)
{
    struct layout_mark *mark = set_mark(setter, slab, LAYOUT_LOGO, element);
    mark->logo = logo;
    mark->x_pt = x_pt;
    mark->y_pt = y_pt;
    mark->height_pt = height_pt;
    mark->width_pt = height_pt * logo->ratio;
}

/* Bottom right, on white: a logo may be of any colour. */
double set_cover_logos(struct setter *setter, struct slab *slab)
{
    const double between = 18;
    const struct theme *theme = setter->theme;
    const struct theme_logo *logos[] = {&theme->partner_logo,
                                        &theme->cover_logo};
    double taken = 0;
    double y = setter->sheet->height_pt - theme->margin_bottom_pt -
               theme->cover_logo_pt;
    double right = setter->left_pt + setter->width_pt;
    for (size_t i = COUNT_OF(logos); i-- > 0;) {
        if (logos[i]->bytes == NULL)
            continue;
        taken +=
            (taken > 0 ? between : 0) + theme->cover_logo_pt * logos[i]->ratio;
        int element = set_element(setter, TAG_ROOT, TAG_FIGURE);
        setter->elements[element].tag.alt = logos[i]->alt[setter->lang];
        draw_logo(setter, slab, element, logos[i], right - taken, y,
                  theme->cover_logo_pt);
    }
    return taken;
}

double set_foot_logo(struct setter *setter, struct slab *foot, double middle_pt)
{
    const struct theme *theme = setter->theme;
    if (theme->foot_logo.bytes == NULL)
        return 0;
    draw_logo(setter, foot, TAG_ARTIFACT, &theme->foot_logo, setter->left_pt,
              middle_pt - theme->foot_logo_pt / 2, theme->foot_logo_pt);
    return theme->foot_logo_pt * theme->foot_logo.ratio;
}
