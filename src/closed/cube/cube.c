/* SPDX-License-Identifier: EUPL-1.2 */
#include "cube/cube.h"

#include "base/num.h"
#include "cube/mask.h"

/* For each leaf of one dimension, the offsets (place x stride) of the axis
 * places whose nodes contain it; the last list, for CUBE_ANY, has all. */
struct holders {
    size_t *start; /* [leaves + 2] */
    size_t *offsets;
    size_t leaves;
    size_t longest;
};

/* A filling under way. The six dimensions are expanded in two halves, each a
 * short list of offsets; their sums are the cells a fact is added to. */
struct filling {
    struct cube *cube;
    const struct mask *mask;
    struct holders holders[DIM_COUNT];
    size_t *halves[2], *spare;
    size_t counts[2];
};

static bool set_strides(struct cube *cube, struct err *err)
{
    size_t cells = 1;
    for (size_t d = DIM_COUNT; d-- > 0;) {
        cube->stride[d] = cells;
        if (__builtin_mul_overflow(cells, cube->axes[d].count, &cells) ||
            cells > SIZE_MAX / sizeof(int64_t))
            return err_fail(err, ERR_SCRIPT, "cube.size",
                            "the table has too many cells");
    }
    cube->cells = cells;
    return true;
}

static size_t longest_list(const size_t *start, size_t leaves)
{
    size_t longest = 0;
    for (size_t leaf = 0; leaf < leaves; leaf++) {
        size_t length = start[leaf + 1] - start[leaf];
        longest = length > longest ? length : longest;
    }
    return longest;
}

static struct holders find_holders(struct arena *closed,
                                   const struct cube *cube, enum dim dim,
                                   bool counted)
{
    const struct dimension *dimension = &cube->codes->dims[dim];
    const struct cube_axis *axis = &cube->axes[dim];
    size_t leaves = dimension->leaf_count;
    struct holders holders = {.leaves = leaves};
    size_t *start = arena_array(closed, leaves + 2, sizeof *start);
    for (size_t p = 0; p < axis->count; p++) {
        const struct node *node = &dimension->nodes[axis->nodes[p]];
        for (size_t i = 0; i < node->leaf_count; i++)
            start[node->leaves[i] + 1]++;
    }
    for (size_t leaf = 0; leaf < leaves; leaf++)
        start[leaf + 1] += start[leaf];
    start[leaves + 1] = start[leaves] + axis->count;

    size_t *next = arena_array(closed, leaves + 1, sizeof *next);
    for (size_t leaf = 0; leaf <= leaves; leaf++)
        next[leaf] = start[leaf];
    holders.offsets =
        arena_array(closed, start[leaves + 1], sizeof *holders.offsets);
    for (size_t p = 0; p < axis->count; p++) {
        const struct node *node = &dimension->nodes[axis->nodes[p]];
        size_t offset = p * cube->stride[dim];
        for (size_t i = 0; i < node->leaf_count; i++)
            holders.offsets[next[node->leaves[i]]++] = offset;
        holders.offsets[next[leaves]++] = offset;
    }
    holders.start = start;
    holders.longest = counted ? longest_list(start, leaves) : axis->count;
    return holders;
}

static size_t list_of(const struct holders *holders, uint16_t leaf)
{
    return leaf == CUBE_ANY ? holders->leaves : leaf;
}

/* Replaces each offset of the half by its sums with those of one more
 * dimension; site places that are not covered at this fact are left out. */
static void expand(struct filling *filling, int half, enum dim dim,
                   const struct fact *fact)
{
    const struct holders *holders = &filling->holders[dim];
    size_t list = list_of(holders, fact->leaf[dim]);
    size_t count = 0;
    for (size_t i = holders->start[list]; i < holders->start[list + 1]; i++) {
        size_t offset = holders->offsets[i];
        if (dim == DIM_SITE && filling->mask != NULL &&
            mask_bits(filling->mask, fact->leaf[DIM_TERRITORY],
                      fact->leaf[DIM_PERIOD],
                      offset / filling->cube->stride[DIM_SITE]) &
                MASK_NONE)
            continue;
        for (size_t j = 0; j < filling->counts[half]; j++)
            filling->spare[count++] = filling->halves[half][j] + offset;
    }
    size_t *swap = filling->halves[half];
    filling->halves[half] = filling->spare;
    filling->spare = swap;
    filling->counts[half] = count;
}

static bool belongs_nowhere(const struct filling *filling,
                            const struct fact *fact)
{
    for (size_t d = 0; d < DIM_COUNT; d++) {
        const struct holders *holders = &filling->holders[d];
        size_t list = list_of(holders, fact->leaf[d]);
        if (holders->start[list] == holders->start[list + 1])
            return true;
    }
    return false;
}

bool cube_overflow(const struct codes *codes, const int nodes[DIM_COUNT],
                   struct err *err)
{
    struct arena *scratch = arena_new();
    struct text name = text_new(scratch);
    for (size_t d = 0; d < DIM_COUNT; d++) {
        if (nodes[d] < 0)
            continue;
        const struct node *node = &codes->dims[d].nodes[nodes[d]];
        text_format(&name, "%s%s%s%s", name.size > 0 ? ", " : "",
                    d == DIM_TERRITORY ? node->level : "",
                    d == DIM_TERRITORY ? " " : "", node->code);
    }
    err_fail(err, ERR_INPUT, "cube.overflow",
             "cell (%s): a sum of counts is too large", name.at);
    arena_free(scratch);
    return false;
}

static bool overflows(const struct filling *filling, size_t cell,
                      struct err *err)
{
    const struct cube *cube = filling->cube;
    size_t place[DIM_COUNT];
    int nodes[DIM_COUNT];
    cube_place(cube, cell, place);
    for (size_t d = 0; d < DIM_COUNT; d++)
        nodes[d] = cube->axes[d].nodes[place[d]];
    return cube_overflow(cube->codes, nodes, err);
}

static bool add_fact(struct filling *filling, const struct fact *fact,
                     struct err *err)
{
    for (int half = 0; half < 2; half++) {
        filling->counts[half] = 1;
        filling->halves[half][0] = 0;
        for (int d = 0; d < DIM_COUNT / 2; d++)
            expand(filling, half, (enum dim)(half * (DIM_COUNT / 2) + d), fact);
    }
    int64_t *counts = filling->cube->counts;
    for (size_t i = 0; i < filling->counts[0]; i++) {
        int64_t *at = &counts[filling->halves[0][i]];
        for (size_t j = 0; j < filling->counts[1]; j++) {
            int64_t *cell = &at[filling->halves[1][j]];
            if (!num_add(*cell, fact->count, cell))
                return overflows(filling, (size_t)(cell - counts), err);
        }
    }
    return true;
}

bool cube_check(const struct codes *codes, const struct facts *facts,
                struct err *err)
{
    for (size_t f = 0; f < facts->count; f++) {
        const uint16_t *leaf = facts->rows[f].leaf;
        for (unsigned d = 0; d < DIM_COUNT; d++) {
            bool any = facts->rows[0].leaf[d] == CUBE_ANY;
            if (any != (leaf[d] == CUBE_ANY) ||
                (!any && leaf[d] >= codes->dims[d].leaf_count))
                return err_fail(err, ERR_INPUT, "cube.leaf",
                                "a fact has an unknown %s",
                                dim_name((enum dim)d));
        }
    }
    return true;
}

static bool fill(struct filling *filling, const struct facts *facts,
                 struct err *err)
{
    for (size_t f = 0; f < facts->count; f++) {
        const struct fact *fact = &facts->rows[f];
        if (fact->count == 0 || belongs_nowhere(filling, fact))
            continue;
        if (!add_fact(filling, fact, err))
            return false;
    }
    return true;
}

static size_t half_size(const struct filling *filling, int half)
{
    size_t size = 1;
    for (int d = 0; d < DIM_COUNT / 2; d++)
        size *= filling->holders[half * (DIM_COUNT / 2) + d].longest;
    return size;
}

bool cube_build(struct arena *closed, const struct codes *codes,
                const struct facts *facts, const struct coverage *coverage,
                const struct cube_axis axes[DIM_COUNT], struct cube **out,
                struct err *err)
{
    struct cube *cube = arena_alloc(closed, sizeof *cube);
    cube->codes = codes;
    for (size_t d = 0; d < DIM_COUNT; d++)
        cube->axes[d] = axes[d];
    if (!set_strides(cube, err) || !cube_check(codes, facts, err))
        return false;
    cube->counts = arena_array(closed, cube->cells, sizeof *cube->counts);
    struct arena *scratch = arena_new();
    struct filling filling = {
        .cube = cube,
        .mask = mask_new(scratch, codes, coverage, &axes[DIM_SITE]),
    };
    for (unsigned d = 0; d < DIM_COUNT; d++)
        filling.holders[d] = find_holders(scratch, cube, (enum dim)d,
                                          cube_counted_by(facts, (enum dim)d));
    size_t first = half_size(&filling, 0), second = half_size(&filling, 1);
    size_t longest = first > second ? first : second;
    filling.halves[0] = arena_array(scratch, longest, sizeof(size_t));
    filling.halves[1] = arena_array(scratch, longest, sizeof(size_t));
    filling.spare = arena_array(scratch, longest, sizeof(size_t));
    bool ok = fill(&filling, facts, err);
    arena_wipe(scratch);
    if (ok)
        *out = cube;
    return ok;
}

size_t cube_cell(const struct cube *cube, const size_t place[DIM_COUNT])
{
    size_t cell = 0;
    for (size_t d = 0; d < DIM_COUNT; d++) {
        assert(place[d] < cube->axes[d].count);
        cell += place[d] * cube->stride[d];
    }
    return cell;
}

void cube_place(const struct cube *cube, size_t cell, size_t place[DIM_COUNT])
{
    assert(cell < cube->cells);
    for (size_t d = 0; d < DIM_COUNT; d++) {
        place[d] = cell / cube->stride[d];
        cell %= cube->stride[d];
    }
}

int64_t cube_count(const struct cube *cube, size_t cell)
{
    assert(cell < cube->cells);
    return cube->counts[cell];
}

bool cube_counted_by(const struct facts *facts, enum dim dim)
{
    return facts->count == 0 || facts->rows[0].leaf[dim] != CUBE_ANY;
}
