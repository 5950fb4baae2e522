/* SPDX-License-Identifier: EUPL-1.2 */
/* What rows with rates leave of another that contains them: its total and its
 * rate are the differences of theirs, whether or not it has a name. */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "seal/seal_ages_impl.h"

enum {
    ROUNDS = 2,     /* of subtraction: of rows, then of what is left as well */
    BOXES_MAX = 96, /* three without three others are at most 81 */
};

/* Leaves of these dimensions, of one territory and all ages; along the first
 * two a change can be taken back. */
static const enum dim box_dims[] = {DIM_SITE, DIM_PERIOD, DIM_SEX};
struct box {
    struct sdc_leaves of[COUNT_OF(box_dims)];
};

/* Boxes without a common leaf: a row is one. */
struct body {
    const struct box *boxes;
    size_t count;
    int64_t cases;
    uint64_t
        sum; /* of a number for each leaf combination: tells bodies apart */
    size_t extent; /* leaf combinations */
    size_t part;   /* body that left it; of a row none */
};

/* A row of the release, or a cell that is judged anyway. */
struct told {
    const struct node *territory;
    int node[DIM_COUNT];
    unsigned char *digits; /* [values] of a row with rates, or NULL */
    size_t values;
    int64_t cases; /* of the row's own ages */
    size_t number; /* in the order they were added */
};

struct subtraction {
    struct seal_ages *ages;
    const struct age_stock *stock;
    struct arena *scratch;
    int territory;
    struct told *told;
    size_t told_count, told_capacity;
    struct body *bodies; /* with rates, and what they leave of each other */
    size_t count, capacity;
    size_t rows;     /* bodies that are rows */
    struct map *met; /* sums of what is judged */
    double excused;  /* a row of so many cases is not looked at */
    size_t most;     /* differences of a territory */
};

/* --- sets of leaves ------------------------------------------------------- */

/* Leaves of one set that the other has, or has not. */
static struct sdc_leaves pick(struct arena *arena,
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

static size_t count_common(const struct sdc_leaves *a,
                           const struct sdc_leaves *b)
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

/* How many leaf combinations two boxes share. */
static size_t overlap(const struct box *a, const struct box *b)
{
    size_t common = 1;
    for (size_t d = 0; d < COUNT_OF(box_dims) && common > 0; d++)
        common *= count_common(&a->of[d], &b->of[d]);
    return common;
}

static size_t shared(const struct body *a, const struct body *b)
{
    size_t all = 0;
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++)
            all += overlap(&a->boxes[i], &b->boxes[j]);
    }
    return all;
}

/* Adds to `out` what the second box leaves of the first. */
static size_t cut(struct arena *arena, struct box box, const struct box *by,
                  struct box *out)
{
    size_t count = 0;
    if (overlap(&box, by) == 0) {
        out[0] = box;
        return 1;
    }
    for (size_t d = 0; d < COUNT_OF(box_dims); d++) {
        struct box left = box;
        left.of[d] = pick(arena, &box.of[d], &by->of[d], false);
        if (left.of[d].count > 0)
            out[count++] = left;
        box.of[d] = pick(arena, &box.of[d], &by->of[d], true);
    }
    return count;
}

/* The boxes of the whole without those of a part. */
static struct body subtract(struct arena *arena, const struct body *whole,
                            const struct body *part)
{
    struct box work[2][BOXES_MAX];
    size_t count = whole->count, at = 0;
    memcpy(work[at], whole->boxes, count * sizeof *whole->boxes);
    for (size_t p = 0; p < part->count; p++) {
        size_t made = 0;
        for (size_t b = 0; b < count; b++) {
            assert(made + COUNT_OF(box_dims) <= BOXES_MAX);
            made +=
                cut(arena, work[at][b], &part->boxes[p], &work[1 - at][made]);
        }
        at = 1 - at;
        count = made;
    }
    struct box *boxes = arena_array(arena, count, sizeof *boxes);
    memcpy(boxes, work[at], count * sizeof *boxes);
    return (struct body){.boxes = boxes,
                         .count = count,
                         .cases = whole->cases - part->cases,
                         .sum = whole->sum - part->sum,
                         .extent = whole->extent - part->extent};
}

/* --- bodies ----------------------------------------------------------------
 */

/* The finaliser of splitmix64. */
static uint64_t scatter(uint64_t key)
{
    key ^= key >> 30;
    key *= UINT64_C(0xbf58476d1ce4e5b9);
    key ^= key >> 27;
    key *= UINT64_C(0x94d049bb133111eb);
    return key ^ (key >> 31);
}

static uint64_t sum_box(const struct box *box)
{
    uint64_t sum = 0;
    for (size_t s = 0; s < box->of[0].count; s++) {
        for (size_t p = 0; p < box->of[1].count; p++) {
            for (size_t x = 0; x < box->of[2].count; x++)
                sum += scatter(((uint64_t)box->of[0].at[s] << 32 |
                                (uint64_t)box->of[1].at[p] << 16 |
                                box->of[2].at[x]) +
                               1);
        }
    }
    return sum;
}

static void add_body(struct subtraction *subtraction, struct body body)
{
    subtraction->bodies = arena_grow(subtraction->scratch, subtraction->bodies,
                                     subtraction->count, &subtraction->capacity,
                                     sizeof *subtraction->bodies);
    subtraction->bodies[subtraction->count++] = body;
}

static int whole_node(const struct seal_ages *ages, size_t dim)
{
    const struct dimension *dimension = &ages->codes.dims[dim];
    int node = 0;
    while (dimension->nodes[node].leaf_count < dimension->leaf_count)
        node++;
    return node;
}

static void name_box(const struct subtraction *subtraction,
                     const struct box *box, int node[DIM_COUNT])
{
    struct seal_ages *ages = subtraction->ages;
    node[DIM_TERRITORY] = subtraction->territory;
    node[DIM_AGE] = whole_node(ages, DIM_AGE);
    node[DIM_STRATUM] = whole_node(ages, DIM_STRATUM);
    for (size_t d = 0; d < COUNT_OF(box_dims); d++)
        node[box_dims[d]] = seal_ages_name(ages, box_dims[d], &box->of[d]);
}

/* What is beside a box of the part along one dimension, and all of what is
 * left, gives to it and takes from it: the whole does not see that. */
static void add_try(struct subtraction *subtraction, struct age_cell *cell,
                    const struct box *left, const struct box *part,
                    size_t along)
{
    struct arena *scratch = subtraction->scratch;
    struct box facing = *left;
    bool beside = count_common(&left->of[along], &part->of[along]) == 0;
    for (size_t d = 0; d < COUNT_OF(box_dims); d++) {
        if (d != along)
            facing.of[d] = pick(scratch, &left->of[d], &part->of[d], true);
        beside = beside && facing.of[d].count > 0;
    }
    if (!beside)
        return;
    struct age_try *made = &cell->tries[cell->try_count++];
    name_box(subtraction, &facing, made->node);
    for (size_t d = 0; d < DIM_COUNT; d++)
        made->partner[d] = -1;
    made->partner[box_dims[along]] =
        seal_ages_name(subtraction->ages, box_dims[along], &part->of[along]);
}

static void add_difference(struct subtraction *subtraction,
                           const struct body *left, const struct body *part)
{
    struct seal_ages *ages = subtraction->ages;
    struct arena *closed = ages->seal->closed, *scratch = arena_new();
    size_t most = 2 * left->count * part->count;
    struct age_cell cell = {.stock = subtraction->stock, .row = AGES_NO_ROW};
    cell.boxes = arena_array(closed, left->count, sizeof *cell.boxes);
    cell.box_count = left->count;
    cell.tries = arena_array(scratch, most, sizeof *cell.tries);
    for (size_t b = 0; b < left->count; b++) {
        name_box(subtraction, &left->boxes[b], cell.boxes[b]);
        for (size_t i = 0; i < 2 * part->count; i++)
            add_try(subtraction, &cell, &left->boxes[b], &part->boxes[i / 2],
                    i % 2);
    }
    /* Few of those that can be are: only these are kept. */
    struct age_try *kept =
        arena_array(closed, cell.try_count, sizeof *cell.tries);
    if (cell.try_count > 0)
        memcpy(kept, cell.tries, cell.try_count * sizeof *kept);
    cell.tries = kept;
    arena_wipe(scratch);
    seal_ages_add_cell(ages, &cell);
}

/* What the part leaves of the whole is to be judged too, unless it is already.
 * Two sets have the same sum once in some 10^10 territories. */
static void take(struct subtraction *subtraction, size_t whole, size_t part)
{
    const struct body *from = &subtraction->bodies[whole];
    const struct body *by = &subtraction->bodies[part];
    uint64_t sum = from->sum - by->sum;
    if (by->cases >= from->cases || by->extent >= from->extent ||
        shared(from, by) < by->extent ||
        map_get(subtraction->met, (const char *)&sum, sizeof sum) >= 0)
        return;
    map_put(subtraction->met, (const char *)&sum, sizeof sum, 1);
    struct body left = subtract(subtraction->scratch, from, by);
    left.part = part;
    add_body(subtraction, left);
}

/* --- rows ------------------------------------------------------------------
 */

static struct box box_of(const struct subtraction *subtraction,
                         const int node[DIM_COUNT])
{
    struct box box;
    for (size_t d = 0; d < COUNT_OF(box_dims); d++) {
        const struct node *own = &subtraction->ages->codes.dims[box_dims[d]]
                                      .nodes[node[box_dims[d]]];
        box.of[d] = (struct sdc_leaves){own->leaves, own->leaf_count};
    }
    return box;
}

static struct told *add_told(struct subtraction *subtraction,
                             const int node[DIM_COUNT])
{
    subtraction->told = arena_grow(
        subtraction->scratch, subtraction->told, subtraction->told_count,
        &subtraction->told_capacity, sizeof *subtraction->told);
    struct told *told = &subtraction->told[subtraction->told_count++];
    *told =
        (struct told){.territory = &subtraction->ages->codes.dims[DIM_TERRITORY]
                                        .nodes[node[DIM_TERRITORY]],
                      .number = subtraction->told_count};
    memcpy(told->node, node, sizeof told->node);
    return told;
}

/* Rows of some ages are told of all: what is left of a row is judged by its
 * ages one by one. */
static void add_rows(struct subtraction *subtraction, size_t table)
{
    const struct seal_ages *ages = subtraction->ages;
    const struct derived_table *derived = ages->seal->tables[table];
    const struct age_table *rated = &ages->tables[table];
    size_t values = derived->plan->value_count;
    for (size_t r = 0; r < derived->rows; r++) {
        size_t place[DIM_COUNT], own = ages->seal->rows[table].own[r];
        int node[DIM_COUNT];
        bool any = false;
        for (size_t v = 0; v < values; v++)
            any = any || rated->rates[r * values + v] != NULL;
        cube_place(derived->counts, r, place);
        for (size_t d = 0; d < DIM_COUNT; d++)
            node[d] = derived->axes[d].nodes[place[d]];
        bool counted = own != SEAL_NO_CELL &&
                       clearance_shown(ages->seal->clearance, own) &&
                       node[DIM_AGE] == whole_node(ages, DIM_AGE);
        if (!any && !counted)
            continue;
        struct told *told = add_told(subtraction, node);
        told->cases = cube_count(derived->counts, r);
        told->values = values;
        told->digits = any ? rated->digits + r * values : NULL;
    }
}

static int compare_leaves(const struct node *a, const struct node *b)
{
    if (a->leaf_count != b->leaf_count)
        return a->leaf_count < b->leaf_count ? -1 : 1;
    return memcmp(a->leaves, b->leaves, a->leaf_count * sizeof *a->leaves);
}

/* By territory, those with rates first. */
static int compare_told(const void *a, const void *b)
{
    const struct told *one = a, *other = b;
    int order = compare_leaves(one->territory, other->territory);
    if (order == 0)
        order = (other->digits != NULL) - (one->digits != NULL);
    return order != 0 ? order : one->number < other->number ? -1 : 1;
}

static int64_t count_cases(const struct subtraction *subtraction,
                           const int node[DIM_COUNT])
{
    const int64_t *counts = NULL, *years = NULL;
    int64_t cases = 0;
    struct arena *scratch = arena_new();
    seal_ages_sum(subtraction->ages, subtraction->stock, node, scratch, &counts,
                  &years);
    for (size_t a = 0; a < subtraction->stock->leaves[DIM_AGE]; a++)
        cases += counts[a];
    arena_wipe(scratch);
    return cases;
}

/* A row is met; one with rates and few cases leaves something of others. */
static void meet(struct subtraction *subtraction, const struct told *told)
{
    struct box *box = arena_alloc(subtraction->scratch, sizeof *box);
    *box = box_of(subtraction, told->node);
    struct body body = {.boxes = box,
                        .count = 1,
                        .sum = sum_box(box),
                        .extent = overlap(box, box)};
    bool is_new =
        map_put(subtraction->met, (const char *)&body.sum, sizeof body.sum, 1);
    if (told->digits == NULL || !is_new)
        return;
    body.cases = count_cases(subtraction, told->node);
    if ((double)body.cases < subtraction->excused)
        add_body(subtraction, body);
}

/* One of each pair is new. */
static void take_all(struct subtraction *subtraction, size_t from, size_t to)
{
    for (size_t i = 0; i < to; i++) {
        for (size_t j = i < from ? from : 0; j < to; j++) {
            if (subtraction->count - subtraction->rows < subtraction->most)
                take(subtraction, i, j);
        }
    }
}

/* There is more than can be judged: a doubt, and no rate of few cases is shown
 * of the territory. Then nothing is left of two of them that could be. */
static void withhold(const struct subtraction *subtraction,
                     const struct told *told, size_t count)
{
    for (size_t t = 0; t < count && told[t].digits != NULL; t++) {
        bool few = (double)told[t].cases < subtraction->excused;
        for (size_t v = 0; few && v < told[t].values; v++)
            told[t].digits[v] = AGES_NOTHING;
    }
}

static void add_differences(struct subtraction *subtraction)
{
    for (size_t b = subtraction->rows; b < subtraction->count; b++) {
        const struct body *left = &subtraction->bodies[b];
        add_difference(subtraction, left, &subtraction->bodies[left->part]);
    }
}

/* All rows about one territory. */
static void subtract_all(struct subtraction *subtraction,
                         const struct told *told, size_t count)
{
    struct arena *scratch = arena_new();
    subtraction->scratch = scratch;
    subtraction->territory = told->node[DIM_TERRITORY];
    subtraction->bodies = NULL;
    subtraction->count = subtraction->capacity = 0;
    subtraction->met = map_new(scratch);
    for (size_t t = 0; t < count; t++)
        meet(subtraction, &told[t]);
    subtraction->rows = subtraction->count;
    for (size_t round = 0, from = 0; round < ROUNDS; round++) {
        size_t to = subtraction->count;
        take_all(subtraction, from, to);
        from = to;
    }
    if (subtraction->count - subtraction->rows >= subtraction->most)
        withhold(subtraction, told, count);
    else
        add_differences(subtraction);
    arena_wipe(scratch);
}

void seal_ages_find_differences(struct seal_ages *ages,
                                const struct age_stock *stock, double excused,
                                size_t most)
{
    struct arena *scratch = arena_new();
    struct subtraction subtraction = {.ages = ages,
                                      .stock = stock,
                                      .scratch = scratch,
                                      .excused = excused,
                                      .most = most};
    size_t cells = ages->cell_count;
    for (size_t t = 0; t < ages->seal->job->plan->table_count; t++) {
        if (ages->tables[t].stock == stock)
            add_rows(&subtraction, t);
    }
    for (size_t c = 0; c < cells; c++) {
        if (ages->cells[c].stock == stock)
            add_told(&subtraction, ages->cells[c].boxes[0]);
    }
    if (subtraction.told_count > 0)
        qsort(subtraction.told, subtraction.told_count,
              sizeof *subtraction.told, compare_told);
    for (size_t from = 0, to = 0; from < subtraction.told_count; from = to) {
        const struct told *first = &subtraction.told[from];
        while (to < subtraction.told_count &&
               compare_leaves(subtraction.told[to].territory,
                              first->territory) == 0)
            to++;
        subtract_all(&subtraction, first, to - from);
    }
    arena_wipe(scratch);
}
