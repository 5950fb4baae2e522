/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/column_head.h"

#include <string.h>

bool column_head_grouped(const struct grid_column *column)
{
    return column->group != NULL && column->group[0] != '\0';
}

const char *column_head_words(const struct grid_column *column)
{
    static const char joint[] = ", ";
    if (!column_head_grouped(column))
        return column->heading;
    size_t size = strlen(column->group);
    bool begins = strncmp(column->heading, column->group, size) == 0 &&
                  strncmp(column->heading + size, joint, strlen(joint)) == 0;
    return begins ? column->heading + size + strlen(joint) : column->heading;
}

static bool belong(const struct grid_column *a, const struct grid_column *b)
{
    return column_head_grouped(a) && column_head_grouped(b) &&
           text_same(a->group, b->group);
}

size_t column_head_span(const struct grid *grid, const size_t *columns,
                        size_t count)
{
    assert(count > 0);
    const struct grid_column *first = &grid->columns[columns[0]];
    size_t span = 1;
    while (span < count && belong(first, &grid->columns[columns[span]]))
        span++;
    return span;
}

size_t column_head_past(const struct grid *grid, size_t first)
{
    size_t past = first + 1;
    while (past < grid->column_count &&
           belong(&grid->columns[first], &grid->columns[past]))
        past++;
    return past;
}
