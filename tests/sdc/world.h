/* SPDX-License-Identifier: EUPL-1.2 */
/* world.h - small invented vocabularies and tables for tests of disclosure
 * control. A world owns codes, a policy and one exact leaf table; counts of
 * any cell are sums of it. */
#ifndef WORLD_H
#define WORLD_H

#include "check.h"

#include "sdc/universe.h"

struct world {
    struct arena *arena;
    struct codes codes;
    struct policy policy;
    int64_t *table; /* leaves of all dimensions, the last one fastest */
    bool *structural;
    size_t stride[DIM_COUNT];
    size_t leaves;
    struct universe *universe;
    const struct clearance *clearance;
    struct err err;
    /* What the rules of the policy come to, for the oracle: 0 none. */
    int64_t stricter;       /* threshold of what lies within these sites */
    unsigned stricter_site; /* bits of leaves */
    int64_t zeros_under;    /* limits of groups too small for a zero */
    int64_t floor_under;    /* ... for any count */
    size_t suppressed;      /* a cell that must be, plus 1 */
    bool non_events;        /* what is left up to the limit counts too */
};

static inline struct world world_new(int64_t threshold)
{
    struct world world = {.arena = arena_new()};
    world.policy.threshold = threshold;
    for (int d = 0; d < DIM_COUNT; d++)
        world.codes.dims[d].dim = (enum dim)d;
    return world;
}

static inline void world_free(struct world *world)
{
    arena_wipe(world->arena);
}

/* A node made of leaves first..last. */
static inline int world_node(struct world *world, enum dim dim,
                             const char *code, int first, int last, bool zone)
{
    uint16_t *leaves =
        arena_array(world->arena, (size_t)(last - first + 1), sizeof *leaves);
    for (int i = first; i <= last; i++)
        leaves[i - first] = (uint16_t)i;
    struct node node = {
        .code = code,
        .level = zone ? "zone" : "level",
        .label = {code, code},
        .article = "",
        .icd10 = "",
        .sex = "",
        .parent = -1,
        .zone = zone,
        .leaves = leaves,
        .leaf_count = (size_t)(last - first + 1),
    };
    return code_add(world->arena, &world->codes.dims[dim], &node);
}

/* Leaf nodes L0, L1, ... of a dimension; call before any other node. */
static inline void world_leaves(struct world *world, enum dim dim, int count)
{
    struct dimension *dimension = &world->codes.dims[dim];
    int *leaf_node =
        arena_array(world->arena, (size_t)count, sizeof *leaf_node);
    for (int i = 0; i < count; i++)
        leaf_node[i] = world_node(
            world, dim, arena_format(world->arena, "L%d", i), i, i, false);
    dimension->leaf_count = (size_t)count;
    dimension->leaf_node = leaf_node;
}

/* Gives unused dimensions one total, and makes the empty table. */
static inline void world_table(struct world *world)
{
    world->leaves = 1;
    for (int d = DIM_COUNT - 1; d >= 0; d--) {
        if (world->codes.dims[d].count == 0)
            world_leaves(world, (enum dim)d, 1);
        world->stride[d] = world->leaves;
        world->leaves *= world->codes.dims[d].leaf_count;
    }
    world->table =
        arena_array(world->arena, world->leaves, sizeof *world->table);
    world->structural =
        arena_array(world->arena, world->leaves, sizeof *world->structural);
}

/* The universe keeps the address of the world's codes: from the first cell on
 * the world must not move. */
static inline struct universe *world_universe(struct world *world)
{
    if (world->universe == NULL)
        world->universe =
            universe_new(world->arena, &world->codes, &world->policy);
    return world->universe;
}

/* sdc_count over a world: sums the leaf combinations of the cell. */
static inline bool world_count(void *context, const struct sdc_cell_key *key,
                               int64_t *count, bool *structural,
                               struct err *err)
{
    const struct world *world = context;
    size_t combinations = 1;
    (void)err;
    for (int d = 0; d < DIM_COUNT; d++)
        combinations *= world->codes.dims[d].nodes[key->node[d]].leaf_count;
    *count = 0;
    *structural = true;
    for (size_t i = 0; i < combinations; i++) {
        size_t rest = i, at = 0;
        for (int d = 0; d < DIM_COUNT; d++) {
            const struct node *node = &world->codes.dims[d].nodes[key->node[d]];
            at += node->leaves[rest % node->leaf_count] * world->stride[d];
            rest /= node->leaf_count;
        }
        *count += world->table[at];
        *structural = *structural && world->structural[at];
    }
    return true;
}

/* sdc_count of a source that fails. */
static inline bool world_no_count(void *context, const struct sdc_cell_key *key,
                                  int64_t *count, bool *structural,
                                  struct err *err)
{
    (void)context;
    (void)key;
    (void)count;
    (void)structural;
    return err_fail(err, ERR_INPUT, "test.source", "no such count");
}

static inline size_t world_add_limited(struct world *world,
                                       const struct sdc_cell_key *key,
                                       int64_t slack)
{
    int64_t count;
    bool structural;
    size_t cell = SDC_NO_CELL;
    (void)world_count(world, key, &count, &structural, &world->err);
    int64_t limit = slack < 0 ? INT64_MAX : count + slack;
    if (!universe_add(world_universe(world), key, count, limit, structural,
                      &cell, &world->err))
        fail_msg("%s", world->err.text);
    return cell;
}

/* Adds every combination of the first `count[d]` nodes listed per dimension;
 * NULL stands for node 0. */
static inline void world_add_block(struct world *world,
                                   const int *const nodes[DIM_COUNT],
                                   const size_t counts[DIM_COUNT],
                                   int64_t slack)
{
    size_t total = 1;
    for (int d = 0; d < DIM_COUNT; d++)
        total *= nodes[d] ? counts[d] : 1;
    for (size_t i = 0; i < total; i++) {
        struct sdc_cell_key key = {.measure = "cases"};
        size_t rest = i;
        for (int d = DIM_COUNT - 1; d >= 0; d--) {
            if (!nodes[d])
                continue;
            key.node[d] = nodes[d][rest % counts[d]];
            rest /= counts[d];
        }
        (void)world_add_limited(world, &key, slack);
    }
}

/* Every combination of all nodes of all dimensions. */
static inline void world_add_all(struct world *world, int64_t slack)
{
    const int *nodes[DIM_COUNT];
    size_t counts[DIM_COUNT];
    for (int d = 0; d < DIM_COUNT; d++) {
        counts[d] = world->codes.dims[d].count;
        int *list = arena_array(world->arena, counts[d], sizeof *list);
        for (size_t i = 0; i < counts[d]; i++)
            list[i] = (int)i;
        nodes[d] = list;
    }
    world_add_block(world, nodes, counts, slack);
}

/* Adds a rule about all cells to the policy; `number` is its threshold or
 * population. */
static inline struct rule_cells *world_rule(struct world *world,
                                            enum rule_kind kind, int64_t number)
{
    struct policy *policy = &world->policy;
    struct policy_rule *rules =
        arena_array(world->arena, policy->rule_count + 1, sizeof *rules);
    for (size_t r = 0; r < policy->rule_count; r++)
        rules[r] = policy->rules[r];
    rules[policy->rule_count] = (struct policy_rule){
        .kind = kind,
        .audience = AUDIENCE_ANY,
        .threshold = number,
        .population = number,
        .cells = arena_array(world->arena, 1, sizeof *rules->cells),
        .cell_count = 1,
    };
    policy->rules = rules;
    return rules[policy->rule_count++].cells;
}

/* Totals of the other dimensions by the names that a store gives them. */
static inline void world_name_totals(struct world *world)
{
    static struct measure cases = {
        .code = "cases", .kind = MEASURE_COUNT, .source = "essai"};
    struct dimension *dims = world->codes.dims;
    dims[DIM_SEX].nodes[0].code = CODE_TOTAL;
    dims[DIM_AGE].nodes[0].code = CODE_TOTAL;
    dims[DIM_STRATUM].nodes[0].code = CODE_TOTAL;
    dims[DIM_PERIOD].nodes[0].low = dims[DIM_PERIOD].nodes[0].high = 2019;
    world->codes.measures = &cases;
    world->codes.measure_count = 1;
}

/* One word of a selection. */
static inline struct selection world_word(struct world *world, const char *word)
{
    const char **words = arena_array(world->arena, 1, sizeof *words);
    words[0] = word;
    return (struct selection){words, 1};
}

static inline bool world_protect(struct world *world)
{
    return sdc_protect(world->arena, world_universe(world), world_count, world,
                       &world->clearance, &world->err);
}

/* A reproducible sequence (xorshift64*). */
static inline uint64_t world_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static inline int world_below(uint64_t *state, int limit)
{
    return (int)(world_random(state) >> 33) % limit;
}

#endif
