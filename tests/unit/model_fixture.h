/* SPDX-License-Identifier: EUPL-1.2 */
/* model_fixture.h - a small vocabulary for the tests of src/model: a country
 * of two régions and three départements, a zone across them, two cancer sites
 * in a group, two sexes, four age classes, four years and a stored period. */
#ifndef MODEL_FIXTURE_H
#define MODEL_FIXTURE_H

#include "check.h"

#include "model/plan.h"

static inline int fixture_node(struct arena *arena, struct dimension *dimension,
                               const char *level, const char *code, int parent,
                               const uint16_t *leaves, size_t count)
{
    struct node node = {.code = code,
                        .level = level,
                        .label = {code, code},
                        .article = "",
                        .icd10 = "",
                        .sex = "",
                        .parent = parent,
                        .leaves = leaves,
                        .leaf_count = count};
    return code_add(arena, dimension, &node);
}

/* Adds a leaf and records it in leaf_node. */
static inline int fixture_leaf(struct arena *arena, struct dimension *dimension,
                               const char *level, const char *code, int parent)
{
    uint16_t *leaf = arena_array(arena, 1, sizeof *leaf);
    leaf[0] = (uint16_t)dimension->leaf_count;
    int node = fixture_node(arena, dimension, level, code, parent, leaf, 1);
    int *places = arena_array(arena, dimension->leaf_count + 1, sizeof *places);
    for (size_t l = 0; l < dimension->leaf_count; l++)
        places[l] = dimension->leaf_node[l];
    places[dimension->leaf_count++] = node;
    dimension->leaf_node = places;
    return node;
}

static inline void fixture_territories(struct arena *arena,
                                       struct dimension *dimension)
{
    static const uint16_t all[] = {0, 1, 2}, breton[] = {0, 1}, zone[] = {1, 2};
    static const uint16_t corse[] = {2};
    fixture_node(arena, dimension, "pays", "FR", -1, all, 3);
    fixture_node(arena, dimension, "region", "53", 0, breton, 2);
    fixture_node(arena, dimension, "region", "94", 0, corse, 1);
    fixture_leaf(arena, dimension, "departement", "29", 1);
    fixture_leaf(arena, dimension, "departement", "53", 1);
    fixture_leaf(arena, dimension, "departement", "2A", 2);
    int quintile =
        fixture_node(arena, dimension, "quintile", "Q1", -1, zone, 2);
    dimension->nodes[quintile].zone = true;
}

static inline void fixture_sites(struct arena *arena,
                                 struct dimension *dimension)
{
    static const uint16_t all[] = {0, 1, 2}, digestive[] = {0, 1};
    fixture_node(arena, dimension, "all", "ALL", -1, all, 3);
    fixture_node(arena, dimension, "group", "DIG", 0, digestive, 2);
    fixture_leaf(arena, dimension, "site", "COL", 1);
    fixture_leaf(arena, dimension, "site", "EST", 1);
    fixture_leaf(arena, dimension, "site", "POU", 0);
}

static inline void fixture_ages(struct arena *arena,
                                struct dimension *dimension)
{
    static const uint16_t all[] = {0, 1, 2, 3};
    static const struct {
        const char *code;
        int low, high;
    } classes[] = {{"00-14", 0, 14},
                   {"15-49", 15, 49},
                   {"50-74", 50, 74},
                   {"75+", 75, -1}};
    int total = fixture_node(arena, dimension, "total", "T", -1, all, 4);
    dimension->nodes[total].high = -1;
    for (size_t c = 0; c < COUNT_OF(classes); c++) {
        int leaf =
            fixture_leaf(arena, dimension, "leaf", classes[c].code, total);
        dimension->nodes[leaf].low = classes[c].low;
        dimension->nodes[leaf].high = classes[c].high;
    }
}

static inline void fixture_periods(struct arena *arena,
                                   struct dimension *dimension)
{
    static const struct {
        const char *code;
        int low, high;
    } periods[] = {{"2019", 2019, 2019},
                   {"2020", 2020, 2020},
                   {"2021", 2021, 2021},
                   {"2022", 2022, 2022},
                   {"2011-2015", 2011, 2015}};
    for (size_t p = 0; p < COUNT_OF(periods); p++) {
        int leaf = fixture_leaf(arena, dimension, "leaf", periods[p].code, -1);
        dimension->nodes[leaf].low = periods[p].low;
        dimension->nodes[leaf].high = periods[p].high;
    }
}

static inline struct codes fixture_codes(struct arena *arena)
{
    static const uint16_t both[] = {0, 1}, one[] = {0};
    struct codes codes = {0};
    for (unsigned dim = 0; dim < DIM_COUNT; dim++)
        codes.dims[dim].dim = (enum dim)dim;
    fixture_territories(arena, &codes.dims[DIM_TERRITORY]);
    fixture_sites(arena, &codes.dims[DIM_SITE]);
    fixture_node(arena, &codes.dims[DIM_SEX], "total", "T", -1, both, 2);
    fixture_leaf(arena, &codes.dims[DIM_SEX], "leaf", "M", 0);
    fixture_leaf(arena, &codes.dims[DIM_SEX], "leaf", "F", 0);
    fixture_ages(arena, &codes.dims[DIM_AGE]);
    fixture_periods(arena, &codes.dims[DIM_PERIOD]);
    fixture_node(arena, &codes.dims[DIM_STRATUM], "total", "T", -1, one, 1);
    fixture_leaf(arena, &codes.dims[DIM_STRATUM], "leaf", "5", 0);
    return codes;
}

#endif
