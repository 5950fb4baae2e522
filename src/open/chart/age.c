/* SPDX-License-Identifier: EUPL-1.2 */
#include "chart/chart_impl.h"

static void draw_age(struct chart_view *view)
{
    struct chart_cells cells;
    chart_cells_by_label(view->arena, view->job, &cells);
    for (size_t column = 0; column < cells.columns; column++)
        cells.labels[column] =
            chart_short_age(view->arena, cells.labels[column]);
    chart_draw_curves(view, &cells, false);
}

const struct chart_type chart_age = {
    .name = "age",
    .summary = "curves over age classes",
    .words = "chart.kind.age",
    .logarithmic = true,
    .intervals = true,
    .check = chart_check_labels,
    .draw = draw_age,
};
