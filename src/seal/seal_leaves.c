/* SPDX-License-Identifier: EUPL-1.2 */
/* The leaves of a ledger entry, which knows them by code, in the store. */
#include <stdlib.h>
#include <string.h>

#include "seal/seal_impl.h"

struct name {
    const char *text;
    uint16_t leaf;
};

/* Leaf names of the store, sorted. */
struct names {
    struct name *list;
    size_t count;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct name *)a)->text,
                  ((const struct name *)b)->text);
}

static struct names leaf_names(struct arena *scratch,
                               const struct dimension *dimension)
{
    struct names names = {
        arena_array(scratch, dimension->leaf_count, sizeof *names.list),
        dimension->leaf_count,
    };
    for (size_t l = 0; l < names.count; l++) {
        const struct node *node = &dimension->nodes[dimension->leaf_node[l]];
        names.list[l] = (struct name){
            dimension->dim == DIM_TERRITORY
                ? arena_format(scratch, "%s/%s", node->level, node->code)
                : node->code,
            (uint16_t)l};
    }
    if (names.count > 0)
        qsort(names.list, names.count, sizeof *names.list, by_text);
    return names;
}

int *seal_map_leaves(struct arena *scratch, const struct dimension *dimension,
                     const struct ledger_dimension *from)
{
    struct names names = leaf_names(scratch, dimension);
    int *leaf_of = arena_array(scratch, from->leaf_count, sizeof *leaf_of);
    for (size_t l = 0; l < from->leaf_count; l++) {
        struct name wanted = {.text = from->leaves[l]};
        const struct name *found =
            bsearch(&wanted, names.list, names.count, sizeof wanted, by_text);
        leaf_of[l] = found == NULL ? -1 : found->leaf;
    }
    return leaf_of;
}
