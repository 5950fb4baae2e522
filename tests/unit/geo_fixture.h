/* SPDX-License-Identifier: EUPL-1.2 */
/* What the tests of geography share: one import, from text to a level. */
#ifndef TESTS_GEO_FIXTURE_H
#define TESTS_GEO_FIXTURE_H

#include "base/fs.h"
#include "check.h"
#include "geo/geo_impl.h"

/* Three squares of a degree in a row, a and b of parent P, c of Q, and d in a
 * hole of c; the square e is one of d's islands, far to the north. */
static const char squares[] =
    "{\"type\":\"FeatureCollection\",\"features\":["
    "{\"type\":\"Feature\",\"properties\":{\"id\":\"a\",\"nom\":\"Aa\"},"
    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
    "[[[0,45],[1,45],[1,45.5],[1,46],[0,46],[0,45]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"id\":\"b\",\"nom\":\"Bb\"},"
    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
    "[[[2,46],[1,46],[1,45.5],[1,45],[2,45],[2,46]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"id\":\"c\",\"nom\":\"Cc\"},"
    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
    "[[[2,45],[3,45],[3,46],[2,46],[2,45]],"
    "[[2.4,45.4],[2.6,45.4],[2.6,45.6],[2.4,45.6],[2.4,45.4]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"id\":\"d\",\"nom\":\"Dd\"},"
    "\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":"
    "[[[[2.4,45.4],[2.4,45.6],[2.6,45.6],[2.6,45.4],[2.4,45.4]]],"
    "[[[1,46.5],[1.2,46.5],[1.2,46.7],[1,46.7],[1,46.5]]]]}}]}";

struct import_case {
    struct arena *arena;
    char *directory;
    struct geo_import job;
    struct text report;
    struct err err;
    struct geo_level level;
};

/* Writes a file beside the import's; returns its path. */
static inline const char *put(struct import_case *at, const char *name,
                              const char *bytes)
{
    const char *path = fs_join(at->arena, at->directory, name);
    CHECK(fs_write(path, bytes, strlen(bytes), &at->err));
    return path;
}

/* An import of `source` to square.geo, codes in the property "id". */
static inline struct import_case begin(const char *source)
{
    struct import_case at = {.arena = arena_new()};
    at.directory = check_directory();
    at.report = text_new(at.arena);
    at.job = (struct geo_import){
        .level = "square",
        .code_field = "id",
        .codes = "",
        .parent_field = "",
        .parents = "",
        .layout = "",
        .dissolve = "",
        .vintage = "V",
        .licence = "L",
        .output = fs_join(at.arena, at.directory, "square.geo"),
    };
    at.job.input = put(&at, "source.json", source);
    return at;
}

static inline bool import(struct import_case *at)
{
    return geo_import(&at->job, &at->report, &at->err) &&
           geo_load(at->arena, at->job.output, &at->level, &at->err);
}

static inline void end(struct import_case *at)
{
    check_remove(at->directory);
    arena_free(at->arena);
}

/* The file that an import wrote. */
static inline struct text written(struct import_case *at)
{
    struct text bytes = text_new(at->arena);
    char *file = NULL;
    size_t size = 0;
    CHECK(import(at));
    CHECK(fs_read(at->arena, at->job.output, &file, &size, &at->err));
    text_add_bytes(&bytes, file, size);
    return bytes;
}

/* Two imports write the same bytes; ends both. */
static inline void same_bytes(struct import_case *one, struct import_case *two)
{
    struct text first = written(one);
    struct text second = written(two);
    CHECK_INT(first.size, second.size);
    CHECK(memcmp(first.at, second.at, first.size) == 0);
    end(two);
    end(one);
}

#endif
