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

size_t column_head_span(const struct grid *grid, const size_t *columns,
                        size_t count)
{
    assert(count > 0);
    const struct grid_column *first = &grid->columns[columns[0]];
    size_t span = 1;
    if (!column_head_grouped(first))
        return span;
    while (span < count) {
        const struct grid_column *next = &grid->columns[columns[span]];
        if (!column_head_grouped(next) || !text_same(next->group, first->group))
            break;
        span++;
    }
    return span;
}
