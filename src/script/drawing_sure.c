/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether a chart shows how sure its values are. */
#include "script/drawing.h"
#include "script/field.h"
#include "script/waive.h"

/* Counts and their shares are what was registered; rates, proportions and
 * estimates stand for more than that. */
static bool is_uncertain(const struct pub_column *column)
{
    switch (column->kind) {
    case PUB_CRUDE_RATE:
    case PUB_STANDARDISED_RATE:
    case PUB_PROPORTION:
    case PUB_ESTIMATE:
        return !words_are_text(column);
    case PUB_COUNT:
    case PUB_PERSON_YEARS:
    case PUB_SHARE:
    case PUB_STATISTIC:
        break;
    }
    return false;
}

/* What is wrong with the chart of a column, "" nothing. */
static const char *fault(const struct drawing *drawing,
                         const struct source_column *from)
{
    struct arena *open = drawing->page->open;
    const struct pub_column *column =
        pub_column(from->pick.table, from->column);
    if (from->coverage || drawing->limit_count > 0)
        return "";
    if (column->lower < 0)
        return is_uncertain(column)
                   ? arena_format(open,
                                  "table '%s' has no interval of '%s': plan it "
                                  "with interval = true",
                                  pub_id(from->pick.table), column->id)
                   : "";
    if (!drawing->interval)
        return "interval = false hides the interval that is published";
    if (!drawing->type->intervals)
        return arena_format(open, "the kind '%s' draws no interval of '%s'",
                            drawing->type->name, column->id);
    return "";
}

void drawing_check_uncertainty(lua_State *L, const struct drawing *drawing,
                               const char *figure, struct caption *caption)
{
    for (size_t s = 0; s < drawing->series_count; s++) {
        const char *wrong = fault(drawing, &drawing->series[s]);
        if (wrong[0] == '\0')
            continue;
        if (waive_reason(L, "uncertainty", figure, caption)[0] == '\0')
            field_fail(L, "waive",
                       "uncertainty: %s; or say why not: waive = {uncertainty "
                       "= \"...\"}",
                       wrong);
        return;
    }
}
