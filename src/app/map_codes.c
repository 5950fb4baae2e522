/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/map_codes.h"

#include <string.h>

#include "base/fs.h"
#include "base/map.h"

#define GEO_ENDING ".geo"

enum { NAMED_MOST = 3 }; /* codes that a message names */

/* The values of all facets, and those whose code is no area of a level. */
struct tally {
    size_t values, unknown;
    const char *first[NAMED_MOST];
    int lines[NAMED_MOST]; /* where they stand */
};

/* `lines` of facets and codes; NULL: nobody asks where they stand. */
static struct tally tally_of(const struct geo_level *geo,
                             const struct map_facet *facets, size_t count,
                             const struct map *lines)
{
    struct tally tally = {0};
    struct arena *scratch = arena_new();
    struct map *codes = map_new(scratch);
    for (size_t a = 0; a < geo->area_count; a++)
        map_put(codes, geo->areas[a].code, strlen(geo->areas[a].code), (int)a);
    for (size_t f = 0; f < count; f++) {
        for (size_t v = 0; v < facets[f].value_count; v++) {
            const char *code = facets[f].values[v].code;
            tally.values++;
            if (map_get(codes, code, strlen(code)) >= 0)
                continue;
            if (tally.unknown < NAMED_MOST && lines)
                tally.lines[tally.unknown] =
                    map_get_pair(lines, facets[f].title, code);
            if (tally.unknown < NAMED_MOST)
                tally.first[tally.unknown] = code;
            tally.unknown++;
        }
    }
    arena_free(scratch);
    return tally;
}

/* "'2A' (line 3), '2B' (line 9) and others" */
static const char *named(struct arena *arena, const struct tally *tally)
{
    struct text out = text_new(arena);
    for (size_t c = 0; c < tally->unknown && c < NAMED_MOST; c++)
        text_format(&out, "%s'%s' (line %d)", c == 0 ? "" : ", ",
                    tally->first[c], tally->lines[c]);
    text_add(&out, tally->unknown > NAMED_MOST ? " and others" : "");
    return out.at;
}

/* The levels that a directory has boundaries of. */
static size_t levels_of(struct arena *arena, const char *directory,
                        const char ***out)
{
    return fs_names(arena, directory, GEO_ENDING, out);
}

bool map_no_level(const struct invocation *call, const char *level,
                  struct err *err)
{
    const char **levels = NULL;
    const char *directory = geo_directory(call->run, call->project, level);
    err_fail(err, ERR_INPUT, "geo.level",
             "no boundaries for level '%s': expected %s/%s.geo", level,
             directory, level);
    /* Where there are none, those of the program are drawn. */
    const char *own = geo_directory(call->run, call->project, "region");
    size_t count = levels_of(call->run, own, &levels);
    return err_near(err, level, levels, count);
}

/* The level beside this one that has most of the codes, "" for none. */
static const char *better_level(const struct invocation *call,
                                const struct geo_level *geo,
                                const struct map_facet *facets, size_t count)
{
    const char *best = "";
    const char **levels = NULL;
    size_t least = tally_of(geo, facets, count, NULL).unknown;
    const char *directory = geo_directory(call->run, call->project, geo->level);
    size_t level_count = levels_of(call->run, directory, &levels);
    for (size_t l = 0; l < level_count; l++) {
        const struct geo_level *other = NULL;
        struct err damaged = {0};
        if (!geo_read(call->run, directory, levels[l], &other, &damaged) ||
            other == NULL)
            continue;
        size_t unknown = tally_of(other, facets, count, NULL).unknown;
        if (unknown < least) {
            least = unknown;
            best = levels[l];
        }
    }
    return best;
}

/* '1' where the area is '01': what a spreadsheet makes of codes. */
static bool lost_zero(struct arena *arena, const struct geo_level *geo,
                      const char *code)
{
    const char *whole = arena_format(arena, "0%s", code);
    for (size_t a = 0; a < geo->area_count; a++) {
        if (text_same(geo->areas[a].code, whole))
            return true;
    }
    return false;
}

static bool fail_all(const struct invocation *call, const char *path,
                     const struct geo_level *geo,
                     const struct map_facet *facets, size_t count,
                     const struct tally *tally, struct err *err)
{
    const char *hint = "";
    if (lost_zero(call->run, geo, tally->first[0])) {
        hint = arena_format(call->run,
                            "; code '%s' has lost its zero, expected '0%s'",
                            tally->first[0], tally->first[0]);
    } else {
        const char *level = better_level(call, geo, facets, count);
        if (level[0] != '\0')
            hint =
                arena_format(call->run, "; level '%s' has such codes", level);
    }
    return err_fail(err, ERR_INPUT, "values.code",
                    "%s: no code is an area of level '%s': %s%s", path,
                    geo->level, named(call->run, tally), hint);
}

static size_t codes_of(struct arena *arena, const struct geo_level *geo,
                       const char ***out)
{
    const char **codes = arena_array(arena, geo->area_count, sizeof *codes);
    for (size_t a = 0; a < geo->area_count; a++)
        codes[a] = geo->areas[a].code;
    *out = codes;
    return geo->area_count;
}

bool map_focus_check(struct arena *run, const struct geo_level *geo,
                     const char *focus, struct err *err)
{
    const char **codes = NULL;
    size_t count = codes_of(run, geo, &codes);
    for (size_t c = 0; c < count; c++) {
        if (text_same(codes[c], focus))
            return true;
    }
    err_fail(err, ERR_USAGE, "map.focus",
             "--focus '%s': level '%s' has no such area", focus, geo->level);
    return err_near(err, focus, codes, count);
}

/* "; nearest to 'XX' is '2A'", of a code that may be a misspelling of one. */
static const char *hint(struct arena *arena, const struct geo_level *geo,
                        const char *code)
{
    const char **codes = NULL;
    size_t count = codes_of(arena, geo, &codes);
    const char *near = near_name(code, codes, count);
    return near ? arena_format(arena, "; nearest to '%s' is '%s'", code, near)
                : "";
}

bool map_codes_check(const struct invocation *call, const char *path,
                     const struct geo_level *geo,
                     const struct map_facet *facets, size_t count,
                     const struct map *lines, struct err *err)
{
    const struct tally tally = tally_of(geo, facets, count, lines);
    if (tally.unknown == 0)
        return true;
    if (tally.unknown == tally.values)
        return fail_all(call, path, geo, facets, count, &tally, err);
    progress_note(call->progress,
                  "warning: %s: %zu of %zu code%s %s no area of level '%s': "
                  "%s%s",
                  path, tally.unknown, tally.values, text_s(tally.values),
                  tally.unknown == 1 ? "is" : "are", geo->level,
                  named(call->run, &tally),
                  hint(call->run, geo, tally.first[0]));
    return true;
}
