/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/counts.h"

#include "base/num.h"
#include "calc/sex.h"
#include "cube/mask.h"

enum {
    SLAB_MEMORY = 64 * 1024 * 1024, /* bytes of remembered slabs */
    SLAB_LIMIT = 1 << 16,
};

/* A slab holds the counts of one (territory node, site node) by the leaves of
 * the other dimensions. Slabs are made on demand and remembered, the newest
 * in its slot: neighbouring questions ask for the same ones. */
static const enum dim slab_dims[] = {DIM_SEX, DIM_AGE, DIM_PERIOD, DIM_STRATUM};
enum {
    SLAB_DIMS = COUNT_OF(slab_dims),
};

struct slab {
    int territory, site; /* nodes; territory -1: free */
    int64_t *counts;
};

/* Coverage as a site node sees it, made on demand. */
struct site_mask {
    bool made;
    const struct mask *mask;
};

struct calc_counts {
    struct arena *closed;
    const struct codes *codes;
    const struct facts *facts;
    const struct coverage *coverage;
    /* Facts ordered by (territory, site) leaf; bucket b is
     * order[start[b]..start[b + 1]). */
    uint32_t *order;
    size_t *start;
    size_t territories, sites; /* buckets a side; 1 when not counted by it */
    size_t sizes[SLAB_DIMS];
    size_t slab_size;
    struct slab *slots;
    size_t slot_count;
    struct site_mask *masks; /* by site node */
};

static size_t side(const struct calc_counts *counts, enum dim dim)
{
    return cube_counted_by(counts->facts, dim)
               ? counts->codes->dims[dim].leaf_count
               : 1;
}

static size_t leaf_at(uint16_t leaf)
{
    return leaf == CUBE_ANY ? 0 : leaf;
}

static size_t bucket_of(const struct calc_counts *counts,
                        const struct fact *fact)
{
    return leaf_at(fact->leaf[DIM_TERRITORY]) * counts->sites +
           leaf_at(fact->leaf[DIM_SITE]);
}

/* Counting sort: the facts keep their order inside a bucket. */
static void sort_facts(struct calc_counts *counts)
{
    size_t buckets = counts->territories * counts->sites;
    size_t *start = arena_array(counts->closed, buckets + 2, sizeof *start);
    const struct facts *facts = counts->facts;
    for (size_t f = 0; f < facts->count; f++)
        start[bucket_of(counts, &facts->rows[f]) + 2]++;
    for (size_t b = 2; b < buckets + 2; b++)
        start[b] += start[b - 1];
    counts->order =
        arena_array(counts->closed, facts->count, sizeof *counts->order);
    for (size_t f = 0; f < facts->count; f++)
        counts->order[start[bucket_of(counts, &facts->rows[f]) + 1]++] =
            (uint32_t)f;
    counts->start = start;
}

static void make_slots(struct calc_counts *counts)
{
    counts->slab_size = 1;
    for (size_t d = 0; d < SLAB_DIMS; d++) {
        counts->sizes[d] = side(counts, slab_dims[d]);
        counts->slab_size *= counts->sizes[d];
    }
    size_t fit = SLAB_MEMORY / (counts->slab_size * sizeof(int64_t) + 1);
    counts->slot_count = fit > SLAB_LIMIT ? SLAB_LIMIT : fit + 1;
    counts->slots =
        arena_array(counts->closed, counts->slot_count, sizeof *counts->slots);
    for (size_t s = 0; s < counts->slot_count; s++)
        counts->slots[s].territory = -1;
}

bool calc_counts_new(struct arena *closed, const struct codes *codes,
                     const struct calc_source *source, struct calc_counts **out,
                     struct err *err)
{
    if (!cube_check(codes, source->facts, err))
        return false;
    if (source->facts->count > UINT32_MAX)
        return err_fail(err, ERR_INPUT, "counts.size", "too many facts");
    struct calc_counts *counts = arena_alloc(closed, sizeof *counts);
    counts->closed = closed;
    counts->codes = codes;
    counts->facts = source->facts;
    counts->coverage = source->coverage;
    counts->territories = side(counts, DIM_TERRITORY);
    counts->sites = side(counts, DIM_SITE);
    sort_facts(counts);
    make_slots(counts);
    counts->masks =
        arena_array(closed, codes->dims[DIM_SITE].count, sizeof *counts->masks);
    *out = counts;
    return true;
}

/* --- slabs ---------------------------------------------------------------- */

static size_t slab_cell(const struct calc_counts *counts,
                        const struct fact *fact)
{
    size_t cell = 0;
    for (size_t d = 0; d < SLAB_DIMS; d++)
        cell = cell * counts->sizes[d] + leaf_at(fact->leaf[slab_dims[d]]);
    return cell;
}

/* The sum of a fact's cell of the slab is too large. */
static bool slab_overflows(const struct calc_counts *counts,
                           const struct slab *slab, const struct fact *fact,
                           struct err *err)
{
    int nodes[DIM_COUNT];
    for (size_t d = 0; d < DIM_COUNT; d++)
        nodes[d] = fact->leaf[d] == CUBE_ANY
                       ? -1
                       : counts->codes->dims[d].leaf_node[fact->leaf[d]];
    nodes[DIM_TERRITORY] = slab->territory;
    nodes[DIM_SITE] = slab->site;
    return cube_overflow(counts->codes, nodes, err);
}

static bool add_bucket(const struct calc_counts *counts, struct slab *slab,
                       size_t bucket, const struct mask *mask, struct err *err)
{
    for (size_t i = counts->start[bucket]; i < counts->start[bucket + 1]; i++) {
        const struct fact *fact = &counts->facts->rows[counts->order[i]];
        if (mask_bits(mask, fact->leaf[DIM_TERRITORY], fact->leaf[DIM_PERIOD],
                      0) &
            MASK_NONE)
            continue;
        int64_t *cell = &slab->counts[slab_cell(counts, fact)];
        if (!num_add(*cell, fact->count, cell))
            return slab_overflows(counts, slab, fact, err);
    }
    return true;
}

/* The leaves of a node as buckets see them: one where the measure is not
 * counted by the dimension. */
static size_t bucket_leaves(const struct calc_counts *counts, enum dim dim,
                            const struct node *node)
{
    return cube_counted_by(counts->facts, dim) ? node->leaf_count : 1;
}

static size_t bucket_leaf(const struct calc_counts *counts, enum dim dim,
                          const struct node *node, size_t i)
{
    return cube_counted_by(counts->facts, dim) ? node->leaves[i] : 0;
}

static bool fill_slab(const struct calc_counts *counts, struct slab *slab,
                      const struct mask *mask, struct err *err)
{
    const struct node *territory =
        &counts->codes->dims[DIM_TERRITORY].nodes[slab->territory];
    const struct node *site = &counts->codes->dims[DIM_SITE].nodes[slab->site];
    size_t sites = bucket_leaves(counts, DIM_SITE, site);
    size_t territories = bucket_leaves(counts, DIM_TERRITORY, territory);
    for (size_t t = 0; t < territories; t++) {
        size_t row = bucket_leaf(counts, DIM_TERRITORY, territory, t);
        for (size_t s = 0; s < sites; s++) {
            size_t column = bucket_leaf(counts, DIM_SITE, site, s);
            if (!add_bucket(counts, slab, row * counts->sites + column, mask,
                            err))
                return false;
        }
    }
    return true;
}

static struct slab *slot_of(struct calc_counts *counts, int territory, int site)
{
    size_t key =
        (size_t)territory * counts->codes->dims[DIM_SITE].count + (size_t)site;
    return &counts->slots[key % counts->slot_count];
}

static bool find_slab(struct calc_counts *counts, int territory, int site,
                      const struct mask *mask, const struct slab **out,
                      struct err *err)
{
    struct slab *slab = slot_of(counts, territory, site);
    *out = slab;
    if (slab->territory == territory && slab->site == site)
        return true;
    if (slab->counts == NULL)
        slab->counts = arena_array(counts->closed, counts->slab_size,
                                   sizeof *slab->counts);
    for (size_t i = 0; i < counts->slab_size; i++)
        slab->counts[i] = 0;
    slab->territory = territory;
    slab->site = site;
    if (fill_slab(counts, slab, mask, err))
        return true;
    slab->territory = -1;
    return false;
}

/* --- answers -------------------------------------------------------------- */

static const struct mask *mask_of(struct calc_counts *counts, int site)
{
    struct site_mask *at = &counts->masks[site];
    if (!at->made) {
        const struct cube_axis axis = {&site, 1};
        at->mask =
            mask_new(counts->closed, counts->codes, counts->coverage, &axis);
        at->made = true;
    }
    return at->mask;
}

static bool covered_somewhere(const struct mask *mask,
                              const struct node *territory,
                              const struct node *period)
{
    if (mask == NULL)
        return true;
    for (size_t t = 0; t < territory->leaf_count; t++) {
        for (size_t p = 0; p < period->leaf_count; p++) {
            if (!(mask_bits(mask, territory->leaves[t], period->leaves[p], 0) &
                  MASK_NONE))
                return true;
        }
    }
    return false;
}

/* Adds the slab's cells whose leaves belong to the nodes, from dimension `d`
 * of the slab on. */
static bool add_slab(const struct calc_counts *counts, const int64_t *slab,
                     const int node[DIM_COUNT], size_t d, size_t cell,
                     int64_t *sum)
{
    if (d == SLAB_DIMS)
        return num_add(*sum, slab[cell], sum);
    enum dim dim = slab_dims[d];
    const struct node *at = &counts->codes->dims[dim].nodes[node[dim]];
    size_t leaves = bucket_leaves(counts, dim, at);
    for (size_t i = 0; i < leaves; i++) {
        size_t leaf = bucket_leaf(counts, dim, at, i);
        if (!add_slab(counts, slab, node, d + 1, cell * counts->sizes[d] + leaf,
                      sum))
            return false;
    }
    return true;
}

bool calc_count(struct calc_counts *counts, const int node[DIM_COUNT],
                int64_t *out, bool *structural, struct err *err)
{
    const struct codes *codes = counts->codes;
    const struct node *territory =
        &codes->dims[DIM_TERRITORY].nodes[node[DIM_TERRITORY]];
    const struct node *period =
        &codes->dims[DIM_PERIOD].nodes[node[DIM_PERIOD]];
    const struct mask *mask = mask_of(counts, node[DIM_SITE]);
    bool empty = sex_excludes(codes, node[DIM_SITE], node[DIM_SEX]) ||
                 !covered_somewhere(mask, territory, period);

    const struct slab *slab;
    int64_t sum = 0;
    if (!find_slab(counts, node[DIM_TERRITORY], node[DIM_SITE], mask, &slab,
                   err))
        return false;
    if (!add_slab(counts, slab->counts, node, 0, 0, &sum))
        return cube_overflow(codes, node, err);
    *out = sum;
    *structural = empty;
    return true;
}
