/* SPDX-License-Identifier: EUPL-1.2 */
/* file_fixture.h - fonts and a directory of its own for a test that writes
 * documents. To be included last: other fixtures have an `arena` of theirs. */
#ifndef UNIT_FILE_FIXTURE_H
#define UNIT_FILE_FIXTURE_H

#include "check.h"

#include "format/format.h"
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

static inline struct format_job file_job(const struct document *document)
{
    return (struct format_job){
        .document = document,
        .fonts = fonts,
        .root = directory,
        .templates = "templates",
    };
}

static inline const char *file_path(const struct document *document,
                                    const char *file)
{
    return arena_format(arena, "%s/%s/%s", directory, document->directory,
                        file);
}

#endif
