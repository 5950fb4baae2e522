/* SPDX-License-Identifier: EUPL-1.2 */
#include "seal/seal_ages_sets.h"

#include <assert.h>
#include <string.h>

#include "base/splitmix.h"
#include "calc/sex.h"

enum {
    BOXES_MAX = 96, /* three without three others are at most 81 */
};

const enum dim set_dims[SET_DIMS] = {DIM_SITE, DIM_PERIOD, DIM_SEX};

struct sdc_leaves leaves_pick(struct arena *arena,
                              const struct sdc_leaves *from,
                              const struct sdc_leaves *by, bool common)
{
    uint16_t *at = arena_array(arena, from->count + 1, sizeof *at);
    size_t count = 0, seen = 0;
    for (size_t l = 0; l < from->count; l++) {
        while (seen < by->count && by->at[seen] < from->at[l])
            seen++;
        bool found = seen < by->count && by->at[seen] == from->at[l];
        if (found == common)
            at[count++] = from->at[l];
    }
    return (struct sdc_leaves){at, count};
}

size_t leaves_common(const struct sdc_leaves *a, const struct sdc_leaves *b)
{
    size_t i = 0, j = 0, common = 0;
    while (i < a->count && j < b->count) {
        common += a->at[i] == b->at[j];
        size_t next = i + (a->at[i] <= b->at[j]);
        j += b->at[j] <= a->at[i];
        i = next;
    }
    return common;
}

static bool has_leaf(const struct node *node, size_t leaf)
{
    size_t from = 0, to = node->leaf_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (node->leaves[middle] == leaf)
            return true;
        if (node->leaves[middle] < leaf)
            from = middle + 1;
        else
            to = middle;
    }
    return false;
}

bool node_within(const struct node *outer, const struct node *inner)
{
    bool all = inner->leaf_count <= outer->leaf_count;
    for (size_t l = 0; all && l < inner->leaf_count; l++)
        all = has_leaf(outer, inner->leaves[l]);
    return all;
}

bool node_disjoint(const struct node *a, const struct node *b)
{
    bool apart = true;
    for (size_t l = 0; apart && l < b->leaf_count; l++)
        apart = !has_leaf(a, b->leaves[l]);
    return apart;
}

const uint64_t *set_sexes(const struct codes *codes, struct arena *arena)
{
    const struct dimension *sites = &codes->dims[DIM_SITE];
    const struct dimension *sexes = &codes->dims[DIM_SEX];
    uint64_t *possible =
        arena_array(arena, sites->leaf_count, sizeof *possible);
    for (size_t s = 0; s < sites->leaf_count; s++) {
        for (size_t x = 0; x < sexes->leaf_count; x++) {
            bool none =
                sex_excludes(codes, sites->leaf_node[s], sexes->leaf_node[x]);
            possible[s] |= (uint64_t)!none << x;
        }
    }
    return possible;
}

static size_t count_bits(uint64_t bits)
{
    size_t count = 0;
    for (; bits != 0; bits &= bits - 1)
        count++;
    return count;
}

/* Leaves of sexes as bits: no store has 64. */
static uint64_t bits_of(const struct sdc_leaves *leaves)
{
    uint64_t bits = 0;
    for (size_t l = 0; l < leaves->count; l++)
        bits |= UINT64_C(1) << leaves->at[l];
    return bits;
}

/* Possible places that both boxes have. */
static size_t overlap(const struct box *a, const struct box *b,
                      const uint64_t *possible)
{
    const struct sdc_leaves *one = &a->of[0], *other = &b->of[0];
    uint64_t sexes = bits_of(&a->of[2]) & bits_of(&b->of[2]);
    size_t periods = sexes == 0 ? 0 : leaves_common(&a->of[1], &b->of[1]);
    size_t i = 0, j = 0, common = 0;
    while (periods > 0 && i < one->count && j < other->count) {
        if (one->at[i] == other->at[j])
            common += count_bits(sexes & possible[one->at[i]]);
        size_t next = i + (one->at[i] <= other->at[j]);
        j += other->at[j] <= one->at[i];
        i = next;
    }
    return periods * common;
}

static uint64_t sum_sexes(uint64_t place, uint64_t sexes)
{
    uint64_t sum = 0;
    for (uint64_t x = 0; sexes != 0; x++, sexes >>= 1)
        sum += (sexes & 1) != 0 ? splitmix_scatter((place | x) + 1) : 0;
    return sum;
}

static uint64_t sum_box(const struct box *box, const uint64_t *possible)
{
    uint64_t sum = 0, sexes = bits_of(&box->of[2]);
    for (size_t s = 0; s < box->of[0].count; s++) {
        for (size_t p = 0; p < box->of[1].count; p++)
            sum += sum_sexes((uint64_t)box->of[0].at[s] << 32 |
                                 (uint64_t)box->of[1].at[p] << 16,
                             sexes & possible[box->of[0].at[s]]);
    }
    return sum;
}

struct set set_of(const struct box *box, const uint64_t *sexes)
{
    return (struct set){.sexes = sexes,
                        .boxes = box,
                        .count = 1,
                        .extent = overlap(box, box, sexes),
                        .sum = sum_box(box, sexes)};
}

size_t set_shared(const struct set *a, const struct set *b)
{
    size_t all = 0;
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++)
            all += overlap(&a->boxes[i], &b->boxes[j], a->sexes);
    }
    return all;
}

bool set_is_left(const struct set *set, const struct set *whole,
                 const struct set *part)
{
    return set->extent == whole->extent - part->extent &&
           set_shared(set, whole) == set->extent && set_shared(set, part) == 0;
}

/* Adds to `out` what the second box leaves of the first. */
static size_t cut(struct arena *arena, struct box box, const struct box *by,
                  const uint64_t *sexes, struct box *out)
{
    size_t count = 0;
    if (overlap(&box, by, sexes) == 0) {
        out[0] = box;
        return 1;
    }
    for (size_t d = 0; d < SET_DIMS; d++) {
        struct box left = box;
        left.of[d] = leaves_pick(arena, &box.of[d], &by->of[d], false);
        if (overlap(&left, &left, sexes) > 0)
            out[count++] = left;
        box.of[d] = leaves_pick(arena, &box.of[d], &by->of[d], true);
    }
    return count;
}

struct set set_subtract(struct arena *arena, const struct set *whole,
                        const struct set *part)
{
    struct box work[2][BOXES_MAX];
    size_t count = whole->count, at = 0;
    memcpy(work[at], whole->boxes, count * sizeof *whole->boxes);
    for (size_t p = 0; p < part->count; p++) {
        size_t made = 0;
        for (size_t b = 0; b < count; b++) {
            assert(made + SET_DIMS <= BOXES_MAX);
            made += cut(arena, work[at][b], &part->boxes[p], whole->sexes,
                        &work[1 - at][made]);
        }
        at = 1 - at;
        count = made;
    }
    struct box *boxes = arena_array(arena, count, sizeof *boxes);
    memcpy(boxes, work[at], count * sizeof *boxes);
    return (struct set){.sexes = whole->sexes,
                        .boxes = boxes,
                        .count = count,
                        .extent = whole->extent - part->extent,
                        .sum = whole->sum - part->sum};
}
