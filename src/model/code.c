/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/code.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "model/locale.h"

static const char *const dim_names[DIM_COUNT] = {
    [DIM_TERRITORY] = "territory",
    [DIM_SITE] = "site",
    [DIM_SEX] = "sex",
    [DIM_AGE] = "age",
    [DIM_PERIOD] = "period",
    [DIM_STRATUM] = "stratum",
};

static const char *const lang_codes[LANG_COUNT] = {
    [LANG_FR] = "fr",
    [LANG_EN] = "en",
};

static const char *const kind_names[] = {
    [MEASURE_COUNT] = "count",
    [MEASURE_PERSON_YEARS] = "person_years",
    [MEASURE_PROPORTION] = "proportion",
    [MEASURE_ESTIMATE] = "estimate",
    [MEASURE_DURATION] = "duration",
};

const char *measure_kind_name(enum measure_kind kind)
{
    assert((unsigned)kind < COUNT_OF(kind_names));
    return kind_names[kind];
}

bool measure_kind_parse(const char *name, enum measure_kind *out)
{
    for (unsigned kind = 0; kind < COUNT_OF(kind_names); kind++) {
        if (text_same(name, kind_names[kind])) {
            *out = (enum measure_kind)kind;
            return true;
        }
    }
    return false;
}

const char *dim_name(enum dim dim)
{
    assert((unsigned)dim < DIM_COUNT);
    return dim_names[dim];
}

bool dim_parse(const char *name, enum dim *out)
{
    for (unsigned dim = 0; dim < DIM_COUNT; dim++) {
        if (text_same(name, dim_names[dim])) {
            *out = (enum dim)dim;
            return true;
        }
    }
    return false;
}

const char *lang_code(enum lang lang)
{
    assert((unsigned)lang < LANG_COUNT);
    return lang_codes[lang];
}

bool lang_parse(const char *code, enum lang *out)
{
    for (unsigned lang = 0; lang < LANG_COUNT; lang++) {
        if (text_same(code, lang_codes[lang])) {
            *out = (enum lang)lang;
            return true;
        }
    }
    return false;
}

int code_find(const struct dimension *dimension, const char *level,
              const char *code)
{
    assert(level || dimension->dim != DIM_TERRITORY);
    for (size_t node = 0; node < dimension->count; node++) {
        const struct node *at = &dimension->nodes[node];
        if (text_same(at->code, code) &&
            (!level || text_same(at->level, level)))
            return (int)node;
    }
    return -1;
}

int code_total(const struct dimension *dimension)
{
    for (size_t n = 0; n < dimension->count; n++) {
        if (dimension->nodes[n].leaf_count == dimension->leaf_count &&
            !dimension->nodes[n].zone)
            return (int)n;
    }
    return -1;
}

const struct measure *code_measure(const struct codes *codes, const char *code)
{
    for (size_t m = 0; m < codes->measure_count; m++) {
        if (text_same(codes->measures[m].code, code))
            return &codes->measures[m];
    }
    return NULL;
}

bool code_no_measure(const struct codes *codes, const char *code,
                     const char *id, struct err *err)
{
    struct arena *scratch = arena_new();
    const char **names =
        arena_array(scratch, codes->measure_count, sizeof *names);
    for (size_t m = 0; m < codes->measure_count; m++)
        names[m] = codes->measures[m].code;
    err_fail(err, ERR_SCRIPT, id, "the store has no measure '%s'", code);
    err_near(err, code, names, codes->measure_count);
    arena_free(scratch);
    return false;
}

const char *code_registry(const struct codes *codes, const char *key)
{
    for (size_t p = 0; p < codes->registry_count; p++) {
        if (text_same(codes->registry[p].key, key))
            return codes->registry[p].value;
    }
    return "";
}

/* The key is compared in parts: nothing is allocated to look it up. */
static bool is_english(const char *key, const char *field, const char *code)
{
    size_t head = strlen(field), middle = strlen(code);
    return strncmp(key, field, head) == 0 &&
           strncmp(key + head, code, middle) == 0 &&
           text_same(key + head + middle, ".en");
}

static const char *measure_text(const struct codes *codes,
                                const struct measure *measure,
                                const char *field, const char *french,
                                enum lang lang)
{
    for (size_t p = 0; lang == LANG_EN && p < codes->registry_count; p++) {
        if (is_english(codes->registry[p].key, field, measure->code))
            return codes->registry[p].value;
    }
    return french;
}

const char *code_measure_source(const struct codes *codes,
                                const struct measure *measure, enum lang lang)
{
    return measure_text(codes, measure, "source.", measure->source, lang);
}

const char *code_measure_method(const struct codes *codes,
                                const struct measure *measure, enum lang lang)
{
    return measure_text(codes, measure, "method.", measure->method, lang);
}

int code_add(struct arena *arena, struct dimension *dimension,
             const struct node *node)
{
    assert(dimension->count < INT_MAX);
    dimension->nodes =
        arena_grow(arena, dimension->nodes, dimension->count,
                   &dimension->capacity, sizeof *dimension->nodes);
    dimension->nodes[dimension->count] = *node;
    return (int)dimension->count++;
}

bool code_within(const struct node *a, const struct node *b)
{
    size_t seen = 0;
    for (size_t leaf = 0; leaf < a->leaf_count; leaf++) {
        while (seen < b->leaf_count && b->leaves[seen] < a->leaves[leaf])
            seen++;
        if (seen == b->leaf_count || b->leaves[seen] != a->leaves[leaf])
            return false;
    }
    return true;
}

/* --- bands ---------------------------------------------------------------- */

/* One leaf that a band may be made of. */
struct piece {
    int low, high; /* high INT_MAX when open ended */
    uint16_t leaf;
};

struct pieces {
    struct piece *at;
    size_t count;
};

static int closed_high(int high)
{
    return high < 0 ? INT_MAX : high;
}

static int by_low(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;
    return (x->low > y->low) - (x->low < y->low);
}

static int by_leaf(const void *a, const void *b)
{
    const uint16_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The leaves that meet low..high, lowest first. Pooled periods are made of
 * single years: a stored period overlaps its own years. */
static struct pieces pieces_of(struct arena *arena,
                               const struct dimension *dimension, int low,
                               int high)
{
    struct pieces pieces = {
        .at = arena_array(arena, dimension->leaf_count, sizeof *pieces.at)};
    for (size_t leaf = 0; leaf < dimension->leaf_count; leaf++) {
        const struct node *node = &dimension->nodes[dimension->leaf_node[leaf]];
        int top = closed_high(node->high);
        if (dimension->dim == DIM_PERIOD && node->low != node->high)
            continue;
        if (top < low || node->low > closed_high(high))
            continue;
        pieces.at[pieces.count++] =
            (struct piece){node->low, top, (uint16_t)leaf};
    }
    qsort(pieces.at, pieces.count, sizeof *pieces.at, by_low);
    return pieces;
}

/* "...; its years go from 2004 to 2023" */
static bool fail_year(struct err *err, const struct dimension *dimension,
                      const char *band, int year)
{
    int first = INT_MAX, last = INT_MIN;
    for (size_t leaf = 0; leaf < dimension->leaf_count; leaf++) {
        const struct node *node = &dimension->nodes[dimension->leaf_node[leaf]];
        if (node->low != node->high)
            continue; /* a stored period */
        first = node->low < first ? node->low : first;
        last = node->high > last ? node->high : last;
    }
    if (first > last)
        return err_fail(err, ERR_SCRIPT, "code.band",
                        "period '%s': the store has no year %d", band, year);
    return err_fail(err, ERR_SCRIPT, "code.band",
                    "period '%s': the store has no year %d; its years go "
                    "from %d to %d",
                    band, year, first, last);
}

static bool fail_age(struct err *err, const struct dimension *dimension,
                     const char *band, int age)
{
    struct arena *scratch = arena_new();
    struct text ages = text_new(scratch);
    for (size_t leaf = 0; leaf < dimension->leaf_count; leaf++)
        text_format(&ages, leaf == 0 ? "%d" : ", %d",
                    dimension->nodes[dimension->leaf_node[leaf]].low);
    err_fail(err, ERR_SCRIPT, "code.band",
             "age band '%s': no stored age class has a limit at %d years; "
             "they begin at: %s",
             band, age, ages.at);
    arena_free(scratch);
    return false;
}

static bool fail_limit(struct err *err, const struct dimension *dimension,
                       const char *band, int limit)
{
    return dimension->dim == DIM_PERIOD ? fail_year(err, dimension, band, limit)
                                        : fail_age(err, dimension, band, limit);
}

/* True when the pieces lie end to end from low to high, no more, no less. */
static bool check_tiling(const struct dimension *dimension, const char *band,
                         const struct pieces *pieces, int low, int high,
                         struct err *err)
{
    int next = low;
    for (size_t p = 0; p < pieces->count; p++) {
        if (pieces->at[p].low != next)
            return fail_limit(err, dimension, band, next);
        if (pieces->at[p].high > closed_high(high))
            return fail_limit(err, dimension, band, high + 1);
        if (pieces->at[p].high == INT_MAX)
            return true;
        next = pieces->at[p].high + 1;
    }
    if (high >= 0 && next == high + 1)
        return true;
    if (high >= 0)
        return fail_limit(err, dimension, band, next);
    return err_fail(err, ERR_SCRIPT, "code.band",
                    "age band '%s': the store has no open-ended age class",
                    band);
}

static int find_same_leaves(const struct dimension *dimension,
                            const uint16_t *leaves, size_t count)
{
    for (size_t node = 0; node < dimension->count; node++) {
        const struct node *at = &dimension->nodes[node];
        if (at->leaf_count == count &&
            memcmp(at->leaves, leaves, count * sizeof *leaves) == 0)
            return (int)node;
    }
    return -1;
}

static char *band_code(struct arena *arena, enum dim dim, int low, int high)
{
    if (dim == DIM_PERIOD)
        return low == high ? arena_format(arena, "%d", low)
                           : arena_format(arena, "%d-%d", low, high);
    return high < 0 ? arena_format(arena, "%02d+", low)
                    : arena_format(arena, "%02d-%02d", low, high);
}

static int add_band(struct arena *arena, struct dimension *dimension,
                    const char *code, int low, int high, const uint16_t *leaves,
                    size_t count)
{
    struct node band = {
        .code = code,
        .level = "band",
        .article = "",
        .icd10 = "",
        .sex = "",
        .parent = code_find(dimension, "total", CODE_TOTAL),
        .low = low,
        .high = high,
        .leaves = leaves,
        .leaf_count = count,
    };
    for (unsigned lang = 0; lang < LANG_COUNT; lang++) {
        band.label[lang] =
            dimension->dim == DIM_AGE
                ? age_format(arena, (enum lang)lang, &band)
                : period_format(arena, (enum lang)lang, &band, false);
    }
    return code_add(arena, dimension, &band);
}

int code_band(struct arena *arena, struct dimension *dimension, int low,
              int high, struct err *err)
{
    assert(dimension->dim == DIM_AGE || dimension->dim == DIM_PERIOD);
    const char *code = band_code(arena, dimension->dim, low, high);
    if (low < 0 || (high < 0 && dimension->dim == DIM_PERIOD) ||
        low > closed_high(high)) {
        err_fail(err, ERR_SCRIPT, "code.band",
                 "%s '%s': it ends before it begins", dim_name(dimension->dim),
                 code);
        return -1;
    }
    struct pieces pieces = pieces_of(arena, dimension, low, high);
    if (!check_tiling(dimension, code, &pieces, low, high, err))
        return -1;

    uint16_t *leaves = arena_array(arena, pieces.count, sizeof *leaves);
    for (size_t p = 0; p < pieces.count; p++)
        leaves[p] = pieces.at[p].leaf;
    qsort(leaves, pieces.count, sizeof *leaves, by_leaf);
    int found = find_same_leaves(dimension, leaves, pieces.count);
    return found >= 0 ? found
                      : add_band(arena, dimension, code, low, high, leaves,
                                 pieces.count);
}
