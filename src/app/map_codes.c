/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/map_codes.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/map.h"

#define GEO_ENDING ".geo"

enum { NAMED_MOST = 3 }; /* codes that a message names */

/* Codes that are no area of the level. */
struct tally {
    size_t values, unknown;
    const char *first[NAMED_MOST];
    int lines[NAMED_MOST]; /* where they stand */
};

/* Lines of a facet's rows, by the place of their code: 0 for none. */
struct facet_lines {
    int *at;
};

struct map_codes {
    struct arena *arena;
    const struct geo_level *geo;
    const char **codes; /* in order, each once */
    size_t count;
    size_t next; /* behind the last one that was found */
    struct facet_lines *facets;
    size_t facet_count, facet_capacity;
    struct map *others; /* lines of facets and codes that the level has not */
    struct tally tally;
};

/* --- the codes of a level ------------------------------------------------- */

static int compare_codes(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

static int compare_code(const void *code, const void *in)
{
    const char *const *at = in;
    return strcmp(code, *at);
}

/* In order, each once, however many panels show it. */
static size_t codes_of(struct arena *arena, const struct geo_level *geo,
                       const char ***out)
{
    const char **codes = arena_array(arena, geo->area_count, sizeof *codes);
    size_t kept = 0;
    for (size_t a = 0; a < geo->area_count; a++)
        codes[a] = geo->areas[a].code;
    qsort(codes, geo->area_count, sizeof *codes, compare_codes);
    for (size_t c = 0; c < geo->area_count; c++) {
        if (kept == 0 || !text_same(codes[kept - 1], codes[c]))
            codes[kept++] = codes[c];
    }
    *out = codes;
    return kept;
}

struct map_codes *map_codes_new(struct arena *arena,
                                const struct geo_level *geo)
{
    struct map_codes *codes = arena_alloc(arena, sizeof *codes);
    *codes = (struct map_codes){.arena = arena, .geo = geo};
    codes->count = codes_of(arena, geo, &codes->codes);
    codes->others = map_new(arena);
    return codes;
}

/* Rows mostly come in the order of their codes: the next one is tried first. */
static const char **find_code(struct map_codes *codes, const char *code)
{
    const char **at = codes->codes + codes->next;
    if (codes->next == codes->count || !text_same(*at, code))
        at = bsearch(code, codes->codes, codes->count, sizeof *codes->codes,
                     compare_code);
    if (at)
        codes->next = (size_t)(at - codes->codes) + 1;
    return at;
}

static int *lines_of(struct map_codes *codes, size_t facet)
{
    while (codes->facet_count <= facet) {
        codes->facets =
            arena_grow(codes->arena, codes->facets, codes->facet_count,
                       &codes->facet_capacity, sizeof *codes->facets);
        codes->facets[codes->facet_count++].at =
            arena_array(codes->arena, codes->count, sizeof(int));
    }
    return codes->facets[facet].at;
}

int map_codes_take(struct map_codes *codes, size_t facet, const char *code,
                   int line)
{
    struct tally *tally = &codes->tally;
    const char **at = find_code(codes, code);
    tally->values++;
    if (at) {
        int *first = lines_of(codes, facet) + (at - codes->codes);
        int before = *first;
        if (before == 0)
            *first = line;
        return before;
    }
    const char *title = arena_format(codes->arena, "%zu", facet);
    if (!map_put_pair(codes->others, title, code, line))
        return map_get_pair(codes->others, title, code);
    if (tally->unknown < NAMED_MOST) {
        tally->first[tally->unknown] = arena_text(codes->arena, code);
        tally->lines[tally->unknown] = line;
    }
    tally->unknown++;
    return 0;
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

/* --- levels --------------------------------------------------------------- */

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

/* How many of the values have no area of a level. */
static size_t unknown_of(const struct geo_level *geo,
                         const struct map_facet *facets, size_t count)
{
    size_t unknown = 0;
    struct arena *scratch = arena_new();
    struct map_codes *codes = map_codes_new(scratch, geo);
    for (size_t f = 0; f < count; f++) {
        for (size_t v = 0; v < facets[f].value_count; v++)
            unknown += !find_code(codes, facets[f].values[v].code);
    }
    arena_free(scratch);
    return unknown;
}

/* The level beside this one that has most of the codes, "" for none: of this
 * one all are unknown. */
static const char *better_level(const struct invocation *call,
                                const struct map_codes *codes,
                                const struct map_facet *facets, size_t count)
{
    const char *best = "";
    const char **levels = NULL;
    size_t least = codes->tally.unknown;
    const char *directory =
        geo_directory(call->run, call->project, codes->geo->level);
    size_t level_count = levels_of(call->run, directory, &levels);
    for (size_t l = 0; l < level_count; l++) {
        const struct geo_level *other = NULL;
        struct err damaged = {0};
        if (!geo_read(call->run, directory, levels[l], &other, &damaged) ||
            other == NULL)
            continue;
        size_t unknown = unknown_of(other, facets, count);
        if (unknown < least) {
            least = unknown;
            best = levels[l];
        }
    }
    return best;
}

/* --- what is told ----------------------------------------------------------
 */

/* '1' where the area is '01': what a spreadsheet makes of codes. */
static bool lost_zero(struct map_codes *codes, const char *code)
{
    return find_code(codes, arena_format(codes->arena, "0%s", code)) != NULL;
}

static bool fail_all(const struct invocation *call, const char *path,
                     struct map_codes *codes, const struct map_facet *facets,
                     size_t count, struct err *err)
{
    const char *hint = "";
    const char *first = codes->tally.first[0];
    if (lost_zero(codes, first)) {
        hint = arena_format(call->run,
                            "; code '%s' has lost its zero, expected '0%s'",
                            first, first);
    } else {
        const char *level = better_level(call, codes, facets, count);
        if (level[0] != '\0')
            hint =
                arena_format(call->run, "; level '%s' has such codes", level);
    }
    return err_fail(err, ERR_INPUT, "values.code",
                    "%s: no code is an area of level '%s': %s%s", path,
                    codes->geo->level, named(call->run, &codes->tally), hint);
}

bool map_focus_check(struct arena *run, const struct geo_level *geo,
                     const char *focus, struct err *err)
{
    const char **codes = NULL;
    size_t count = codes_of(run, geo, &codes);
    if (bsearch(focus, codes, count, sizeof *codes, compare_code))
        return true;
    err_fail(err, ERR_USAGE, "map.focus",
             "--focus '%s': level '%s' has no such area", focus, geo->level);
    return err_near(err, focus, codes, count);
}

/* "; nearest to 'XX' is '2A'", of a code that may be a misspelling of one. */
static const char *near_words(struct arena *arena,
                              const struct map_codes *codes, const char *code)
{
    const char *near = near_name(code, codes->codes, codes->count);
    return near ? arena_format(arena, "; nearest to '%s' is '%s'", code, near)
                : "";
}

bool map_codes_check(const struct invocation *call, const char *path,
                     struct map_codes *codes, const struct map_facet *facets,
                     size_t count, struct err *err)
{
    const struct tally *tally = &codes->tally;
    if (tally->unknown == 0)
        return true;
    if (tally->unknown == tally->values)
        return fail_all(call, path, codes, facets, count, err);
    progress_note(call->progress,
                  "warning: %s: %zu of %zu code%s %s no area of level '%s': "
                  "%s%s",
                  path, tally->unknown, tally->values, text_s(tally->values),
                  tally->unknown == 1 ? "is" : "are", codes->geo->level,
                  named(call->run, tally),
                  near_words(call->run, codes, tally->first[0]));
    return true;
}
