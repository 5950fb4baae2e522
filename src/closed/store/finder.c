/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/finder.h"

#include <string.h>

static const enum fact_column column_of[DIM_COUNT] = {
    [DIM_TERRITORY] = FACT_TERRITORY,
    [DIM_SITE] = FACT_SITE,
    [DIM_SEX] = FACT_SEX,
    [DIM_AGE] = FACT_AGE,
    [DIM_PERIOD] = FACT_PERIOD,
    [DIM_STRATUM] = FACT_STRATUM,
};

static const struct map *map_of(struct arena *closed,
                                const struct dimension *dimension)
{
    struct map *map = map_new(closed);
    for (size_t n = 0; n < dimension->count; n++) {
        const struct node *node = &dimension->nodes[n];
        if (dimension->dim == DIM_TERRITORY)
            map_put_pair(map, node->level, node->code, (int)n);
        else
            map_put(map, node->code, strlen(node->code), (int)n);
    }
    return map;
}

void finder_open(struct arena *closed, const struct codes *codes, unsigned dims,
                 struct finder finders[DIM_COUNT])
{
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        finders[d] = (struct finder){
            .codes = map_of(closed, &codes->dims[d]),
            .counted = (dims & 1u << d) != 0,
            .last_node = FINDER_UNKNOWN,
        };
    }
}

static bool same_as_last(const struct finder *finder, int part,
                         const struct slice *code)
{
    return finder->last_size[part] == code->size &&
           memcmp(finder->last + part * FINDER_CODE_SIZE, code->at,
                  code->size) == 0;
}

static void remember(struct finder *finder, int part, const struct slice *code)
{
    memcpy(finder->last + part * FINDER_CODE_SIZE, code->at, code->size);
    finder->last_size[part] = code->size;
}

static int find_code(struct finder *finder, const struct slice *code)
{
    if (finder->last_node >= 0 && same_as_last(finder, 1, code))
        return finder->last_node;
    int node = map_get(finder->codes, code->at, code->size);
    if (node < 0)
        return FINDER_UNKNOWN;
    remember(finder, 1, code);
    finder->last_node = node;
    return node;
}

static int find_territory(struct finder *finder, const struct slice *level,
                          const struct slice *code)
{
    if (finder->last_node >= 0 && same_as_last(finder, 1, code) &&
        same_as_last(finder, 0, level))
        return finder->last_node;
    char key[2 * FINDER_CODE_SIZE];
    memcpy(key, level->at, level->size);
    key[level->size] = '\x1f';
    memcpy(key + level->size + 1, code->at, code->size);
    int node = map_get(finder->codes, key, level->size + 1 + code->size);
    if (node < 0)
        return FINDER_UNKNOWN;
    remember(finder, 0, level);
    remember(finder, 1, code);
    finder->last_node = node;
    return node;
}

static int find_in(struct finder *finder, enum dim dim,
                   const struct slice codes[FACT_COLUMNS])
{
    const struct slice *code = &codes[column_of[dim]];
    const struct slice *level = &codes[FACT_LEVEL];
    if (!finder->counted)
        return code->size == 0 ? FINDER_NONE : FINDER_UNKNOWN;
    if (code->size >= FINDER_CODE_SIZE || level->size >= FINDER_CODE_SIZE - 1)
        return FINDER_UNKNOWN;
    return dim == DIM_TERRITORY ? find_territory(finder, level, code)
                                : find_code(finder, code);
}

bool finder_row(struct finder finders[DIM_COUNT],
                const struct slice codes[FACT_COLUMNS], int nodes[DIM_COUNT],
                enum dim *bad)
{
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        nodes[d] = find_in(&finders[d], (enum dim)d, codes);
        if (nodes[d] == FINDER_UNKNOWN) {
            *bad = (enum dim)d;
            return false;
        }
    }
    return true;
}

static void add_slice(struct text *text, const struct slice *slice)
{
    enum { LONGEST = 40 };
    size_t size = slice->size < LONGEST ? slice->size : LONGEST;
    text_add_bytes(text, slice->at, size);
}

const char *finder_name(struct arena *closed,
                        const struct slice codes[FACT_COLUMNS])
{
    struct text text = text_new(closed);
    for (unsigned c = 0; c < FACT_COLUMNS; c++) {
        if (codes[c].size == 0)
            continue;
        if (text.size > 0)
            text_add(&text, c == FACT_TERRITORY ? " " : ", ");
        add_slice(&text, &codes[c]);
    }
    return text.at;
}

bool finder_fail(struct arena *closed, const struct measure *measure,
                 const struct slice codes[FACT_COLUMNS], enum dim dim,
                 struct err *err)
{
    const char *row = finder_name(closed, codes);
    if ((measure->dims & 1u << dim) == 0)
        return err_fail(err, ERR_INPUT, "store.fact",
                        "table '%s': row (%s): measure '%s' is not counted "
                        "by %s",
                        measure->table_name, row, measure->code, dim_name(dim));
    struct text code = text_new(closed);
    add_slice(&code, &codes[column_of[dim]]);
    return err_fail(err, ERR_INPUT, "store.fact",
                    "table '%s': row (%s): no %s '%s'", measure->table_name,
                    row, dim_name(dim), code.at);
}
