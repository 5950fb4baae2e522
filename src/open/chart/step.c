/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/step.c - curves of values that hold until the next one: survival over
 * the years since diagnosis. */
#include "chart/chart_impl.h"

static void draw(struct chart_view *view)
{
    struct chart_cells cells;
    chart_cells_by_x(view->arena, view->job, &cells);
    chart_draw_curves(view, &cells, true);
}

const struct chart_type chart_step = {
    .name = "step",
    .summary = "curves of values that hold until the next one",
    .words = "chart.kind.step",
    .logarithmic = true,
    .intervals = true,
    .check = chart_check_x,
    .draw = draw,
};
