/* SPDX-License-Identifier: EUPL-1.2 */
/* sheet_fixture.h - small files in a directory of their own, which is the
 * working directory while a test runs, so that messages name them shortly. */
#ifndef SHEET_FIXTURE_H
#define SHEET_FIXTURE_H

#include "check.h"

#include "base/fs.h"
#include "sdc/sheet.h"

struct desk {
    struct arena *arena;
    char *directory;
    struct sheet_source sources[8];
    size_t source_count;
    struct sheet *sheet;
    struct err err;
};

static inline struct desk desk_new(void)
{
    struct desk desk = {.arena = arena_new(), .directory = check_directory()};
    CHECK_INT(chdir(desk.directory), 0);
    return desk;
}

static inline void desk_end(struct desk *desk)
{
    CHECK_INT(chdir("/"), 0);
    check_remove(desk->directory);
    arena_wipe(desk->arena);
}

static inline void desk_put(const char *name, const char *text)
{
    struct err err = {0};
    CHECK(fs_write(name, text, strlen(text), &err));
}

static inline const char *desk_get(struct desk *desk, const char *name)
{
    char *bytes = NULL;
    size_t size = 0;
    struct err err = {0};
    CHECK(fs_read(desk->arena, name, &bytes, &size, &err));
    return bytes;
}

/* Another hierarchy file; `rows` without the header. */
static inline void desk_hierarchy(struct desk *desk, const char *axis,
                                  const char *file, const char *rows)
{
    desk_put(file, arena_format(desk->arena, "code,parent\n%s", rows));
    desk->sources[desk->source_count++] = (struct sheet_source){axis, file};
}

static inline bool desk_axes(struct desk *desk)
{
    desk->err = (struct err){0};
    return sheet_read_axes(desk->arena, desk->sources, desk->source_count,
                           &desk->sheet, &desk->err);
}

static inline bool desk_leaves(struct desk *desk, const char *text)
{
    desk->err = (struct err){0};
    desk_put("leaf.csv", text);
    return sheet_read_leaves(desk->arena, desk->sheet, "leaf.csv", &desk->err);
}

static inline bool desk_public(struct desk *desk, const char *text)
{
    desk->err = (struct err){0};
    desk_put("out.csv", text);
    return sheet_read_public(desk->arena, desk->sheet, "out.csv", &desk->err);
}

/* Regions over départements, and both sexes: 5 x 3 cells. */
static inline void desk_small(struct desk *desk)
{
    desk_hierarchy(desk, "dep", "dep.csv", "F,\nR1,F\nD1,R1\nD2,R1\nD3,F\n");
    desk_hierarchy(desk, "sex", "sex.csv", "T,\nM,T\nW,T\n");
    CHECK(desk_axes(desk));
    CHECK(desk_leaves(desk, "sex,dep,n\nM,D1,1\nW,D1,2\nM,D2,4\nW,D2,8\n"
                            "W,D3,32\n"));
}

/* Towns in counties and, across them, in groups: territories that do not
 * nest, by age. The counts are invented. */
static inline void desk_crossing(struct desk *desk)
{
    desk_hierarchy(desk, "place", "county.csv",
                   "All,\nC1,All\nC2,All\na,C1\nb,C1\nc,C2\nd,C2\ne,C2\n");
    desk_hierarchy(desk, "place", "group.csv",
                   "All,\nG1,All\nG2,All\na,G1\nc,G1\nb,G2\nd,G2\ne,G2\n");
    desk_hierarchy(desk, "age", "age.csv", "T,\nold,T\nyoung,T\n");
    CHECK(desk_axes(desk));
    CHECK(desk_leaves(desk, "place,age,n\na,old,12\na,young,3\nb,old,1\n"
                            "b,young,20\nc,old,7\nc,young,0\nd,old,41\n"
                            "d,young,5\ne,old,30\ne,young,2\n"));
}

#endif
