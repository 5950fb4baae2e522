/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a row takes back what it gains: other rows of its table. */
#include "seal/seal_ages_sets.h"

/* The best of some nodes of one dimension, for a row that has another. */
struct choice {
    const struct node *nodes;
    int own, found;
    int64_t most;
    bool kin; /* of the same group */
};

static struct choice choose(const struct seal_ages *ages, enum dim dim, int own)
{
    return (struct choice){
        .nodes = ages->codes.dims[dim].nodes, .own = own, .found = -1};
}

static void consider(struct choice *choice, int node, int64_t count)
{
    const struct node *nodes = choice->nodes;
    bool sibling = nodes[node].parent == nodes[choice->own].parent;
    bool better =
        sibling == choice->kin ? count > choice->most : sibling && count > 0;
    if (!better || !node_disjoint(&nodes[choice->own], &nodes[node]))
        return;
    choice->most = count;
    choice->kin = sibling;
    choice->found = node;
}

int seal_ages_partner(const struct seal_ages *ages, size_t table, size_t row,
                      enum dim dim)
{
    const struct derived_table *derived = ages->seal->tables[table];
    const struct cube_axis *axis = &derived->axes[dim];
    size_t place[DIM_COUNT];
    cube_place(derived->counts, row, place);
    struct choice choice = choose(ages, dim, axis->nodes[place[dim]]);
    for (size_t p = 0; p < axis->count; p++) {
        place[dim] = p;
        consider(
            &choice, axis->nodes[p],
            cube_count(derived->counts, cube_cell(derived->counts, place)));
    }
    return choice.found;
}

int seal_ages_past_partner(const struct seal_ages *ages,
                           const struct age_past *past, enum dim dim,
                           const int *nodes, size_t count)
{
    struct choice choice = choose(ages, dim, past->node[dim]);
    int node[DIM_COUNT];
    memcpy(node, past->node, sizeof node);
    for (size_t i = 0; i < count; i++) {
        node[dim] = nodes[i];
        if (nodes[i] >= 0)
            consider(&choice, nodes[i],
                     seal_ages_cases(ages, past->stock, node));
    }
    return choice.found;
}
