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
