/* SPDX-License-Identifier: EUPL-1.2 */
/* One place under several codes: a région of one département.
 *
 * A rate of it is one public number. Proofs take in both rows, and each may
 * lose digits beside the other; what one of them prints in the end is known of
 * both. */
#include "base/map.h"
#include "seal/seal_ages_impl.h"

struct map *seal_ages_nodes_by_leaves(const struct seal_ages *ages,
                                      enum dim dim, struct arena *arena)
{
    const struct dimension *dimension = &ages->codes.dims[dim];
    struct map *nodes = map_new(arena);
    for (size_t n = 0; n < dimension->count; n++) {
        const struct node *node = &dimension->nodes[n];
        (void)map_put(nodes, (const char *)node->leaves,
                      node->leaf_count * sizeof *node->leaves, (int)n);
    }
    return nodes;
}

/* What makes rates one number. Without padding: it is looked up as bytes. */
struct number {
    const struct age_stock *stock;
    const char *standard;
    size_t sexes, decimals;
    size_t node[DIM_COUNT]; /* the first with these leaves */
};

struct naming {
    struct seal_ages *ages;
    struct map *nodes[DIM_COUNT];
    struct map *met;         /* numbers */
    size_t *number;          /* [fates] */
    enum age_digits *digits; /* [numbers] the most that is printed of each */
};

static struct number number_of(const struct naming *naming, size_t table,
                               size_t row, const struct age_fate *fate)
{
    const struct seal_ages *ages = naming->ages;
    const struct derived_table *derived = ages->seal->tables[table];
    size_t place[DIM_COUNT];
    struct number number = {
        .stock = ages->tables[table].stock,
        .standard = fate->standard,
        .sexes = fate->rate->sexes,
        .decimals = (size_t)fate->rate->decimals,
    };
    cube_place(derived->counts, row, place);
    for (size_t d = 0; d < DIM_COUNT; d++) {
        int own = derived->axes[d].nodes[place[d]];
        const struct node *node = &ages->codes.dims[d].nodes[own];
        number.node[d] =
            (size_t)map_get(naming->nodes[d], (const char *)node->leaves,
                            node->leaf_count * sizeof *node->leaves);
    }
    return number;
}

/* A fate stands in several tables: it is the same number in each. */
static void take_fate(struct naming *naming, size_t table, size_t row,
                      const struct age_fate *fate)
{
    struct number key = number_of(naming, table, row, fate);
    (void)map_put(naming->met, (const char *)&key, sizeof key,
                  (int)fate->number);
    size_t number =
        (size_t)map_get(naming->met, (const char *)&key, sizeof key);
    naming->number[fate->number] = number;
    if (fate->digits > naming->digits[number])
        naming->digits[number] = fate->digits;
}

static void take_table(struct naming *naming, size_t table)
{
    const struct seal_ages *ages = naming->ages;
    const struct derived_table *derived = ages->seal->tables[table];
    size_t values = derived->plan->value_count;
    size_t cells =
        ages->tables[table].stock == NULL ? 0 : derived->rows * values;
    for (size_t i = 0; i < cells; i++) {
        const struct age_fate *fate = ages->tables[table].fates[i];
        if (fate != NULL)
            take_fate(naming, table, i / values, fate);
    }
}

void seal_ages_say_alike(struct seal_ages *ages)
{
    struct arena *scratch = arena_new();
    size_t count = ages->fate_count;
    struct naming naming = {
        .ages = ages,
        .met = map_new(scratch),
        .number = arena_array(scratch, count, sizeof *naming.number),
        .digits = arena_array(scratch, count, sizeof *naming.digits),
    };
    for (size_t d = 0; d < DIM_COUNT; d++)
        naming.nodes[d] = seal_ages_nodes_by_leaves(ages, (enum dim)d, scratch);
    for (size_t t = 0; t < ages->seal->job->plan->table_count; t++)
        take_table(&naming, t);
    for (size_t f = 0; f < count; f++) {
        struct age_fate *fate = ages->fates[f];
        enum age_digits most = naming.digits[naming.number[f]];
        fate->digits = most < fate->asked ? most : fate->asked;
    }
    arena_wipe(scratch);
}
