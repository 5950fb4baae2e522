/* SPDX-License-Identifier: EUPL-1.2 */
/* file_fixture.h - fonts and a directory of its own for a test that writes
 * documents. To be included last: other fixtures have an `arena` of theirs. */
#ifndef UNIT_FILE_FIXTURE_H
#define UNIT_FILE_FIXTURE_H

#include "check.h"

#include "scene/font.h"

static struct arena *arena;
static struct fonts *fonts;
static struct err err;
static char *directory;

static void start(void)
{
    arena = arena_new();
    err = (struct err){0};
    directory = check_directory();
    CHECK(fonts_open(arena, NULL, &fonts, &err));
}

static void stop(void)
{
    fonts_close(fonts);
    check_remove(directory);
    arena_free(arena);
}

#endif
