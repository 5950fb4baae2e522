/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/format.h"

const struct format *const formats[] = {
    &format_pdf, &format_xlsx,       &format_html, &format_svg,
    &format_png, &format_figure_pdf, &format_csv,  NULL,
};

const struct format *format_find(const char *name)
{
    for (size_t f = 0; formats[f] != NULL; f++) {
        if (text_same(formats[f]->name, name))
            return formats[f];
    }
    return NULL;
}

bool format_published(const struct format *format,
                      const struct document *document)
{
    for (size_t f = 0; f < document->format_count; f++) {
        if (text_same(document->formats[f], format->name))
            return true;
    }
    return false;
}

size_t format_numbers(const struct grid *grid)
{
    size_t numbers = 0;
    for (size_t i = 0; i < grid->rows * grid->column_count; i++)
        numbers += grid->cells[i].number &&
                   !grid->columns[i % grid->column_count].header;
    return numbers;
}

void format_compared(const struct format_job *job, size_t numbers)
{
    if (job->compared != NULL)
        *job->compared += numbers;
}
