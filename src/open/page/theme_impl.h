/* SPDX-License-Identifier: EUPL-1.2 */
/* page/theme_impl.h - what theme.c and theme_read.c share. */
#ifndef PAGE_THEME_IMPL_H
#define PAGE_THEME_IMPL_H

#include "page/theme.h"

#define THEME_CONTRAST 4.5

/* The first text that cannot be read on its ground; pair NULL: none. */
struct theme_doubt {
    const char *pair;    /* "muted on tint" */
    size_t text, ground; /* offsets of the colours; ground 0: white paper */
    double contrast;
};

struct theme_doubt theme_contrast_doubt(const struct theme *theme);

#endif
