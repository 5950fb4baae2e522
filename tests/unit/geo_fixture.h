/* SPDX-License-Identifier: EUPL-1.2 */
/* What the tests of geography share: one import, from text to a level. */
#ifndef TESTS_GEO_FIXTURE_H
#define TESTS_GEO_FIXTURE_H

#include "base/fs.h"
#include "check.h"
#include "geo/geo_impl.h"

struct import_case {
    struct arena *arena;
    char *directory;
    struct geo_import job;
    struct text report;
    struct err err;
    struct geo_level level;
};

/* Writes a file beside the import's; returns its path. */
static const char *put(struct import_case *at, const char *name,
                       const char *bytes)
{
    const char *path = fs_join(at->arena, at->directory, name);
    CHECK(fs_write(path, bytes, strlen(bytes), &at->err));
    return path;
}

/* An import of `source` to square.geo, codes in the property "id". */
static struct import_case begin(const char *source)
{
    struct import_case at = {.arena = arena_new()};
    at.directory = check_directory();
    at.report = text_new(at.arena);
    at.job = (struct geo_import){
        .level = "square",
        .code_field = "id",
        .codes = "",
        .layout = "",
        .dissolve = "",
        .vintage = "V",
        .licence = "L",
        .output = fs_join(at.arena, at.directory, "square.geo"),
    };
    at.job.input = put(&at, "source.json", source);
    return at;
}

static bool import(struct import_case *at)
{
    return geo_import(&at->job, &at->report, &at->err) &&
           geo_load(at->arena, at->job.output, &at->level, &at->err);
}

static void end(struct import_case *at)
{
    check_remove(at->directory);
    arena_free(at->arena);
}

#endif
