/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_impl.h"

/* Children of each branch as linked lists by index: first, next. */
struct planting {
    struct arena *arena;
    struct dimension *dimension;
    const struct branch *branches;
    size_t count;
    int *first, *next;
    int *node_of;     /* branch -> node */
    uint16_t *leaves; /* all leaf numbers, 0.. */
    int *leaf_node;
    size_t leaf_count;
};

static const char *place_of_branch(struct arena *arena,
                                   const struct branch *branch)
{
    return branch->node.level[0]
               ? arena_format(arena, "%s %s", branch->node.level,
                              branch->node.code)
               : branch->node.code;
}

static bool find_root(struct planting *planting, const char *what, int *root,
                      struct err *err)
{
    int found = -1;
    for (size_t b = 0; b < planting->count; b++) {
        const struct branch *branch = &planting->branches[b];
        if (branch->parent >= 0)
            continue;
        if (found >= 0)
            return err_fail(
                err, ERR_INPUT, "store.roots",
                "table '%s': two codes without a parent: '%s' and '%s'", what,
                place_of_branch(planting->arena, &planting->branches[found]),
                place_of_branch(planting->arena, branch));
        found = (int)b;
    }
    if (found < 0)
        return err_fail(err, ERR_INPUT, "store.roots",
                        "table '%s': no code without a parent", what);
    *root = found;
    return true;
}

static void link_children(struct planting *planting)
{
    for (size_t b = 0; b < planting->count; b++) {
        planting->first[b] = -1;
        planting->node_of[b] = -1;
    }
    /* Backwards, so that each list ends in the order of the table. */
    for (size_t b = planting->count; b-- > 0;) {
        int parent = planting->branches[b].parent;
        if (parent < 0)
            continue;
        planting->next[b] = planting->first[parent];
        planting->first[parent] = (int)b;
    }
}

/* Adds one branch; a branch without children is the next leaf. */
static void plant_one(struct planting *planting, int b)
{
    const struct branch *branch = &planting->branches[b];
    struct node node = branch->node;
    node.parent = branch->parent < 0 ? -1 : planting->node_of[branch->parent];
    node.leaves = &planting->leaves[planting->leaf_count];
    int at = code_add(planting->arena, planting->dimension, &node);
    planting->node_of[b] = at;
    if (planting->first[b] < 0) {
        planting->leaves[planting->leaf_count] = (uint16_t)planting->leaf_count;
        planting->leaf_node[planting->leaf_count++] = at;
    }
}

/* Depth first with an explicit stack: a hostile store may be deep. */
static void plant_all(struct planting *planting, int root)
{
    int *stack = arena_array(planting->arena, planting->count, sizeof *stack);
    size_t depth = 0;
    int b = root;
    for (;;) {
        plant_one(planting, b);
        if (planting->first[b] >= 0) {
            stack[depth++] = b;
            b = planting->first[b];
            continue;
        }
        for (;;) {
            /* Every branch left here owns the leaves numbered since. */
            struct node *node =
                &planting->dimension->nodes[planting->node_of[b]];
            node->leaf_count =
                (size_t)(&planting->leaves[planting->leaf_count] -
                         node->leaves);
            if (depth == 0)
                return;
            if (planting->next[b] >= 0)
                break;
            b = stack[--depth];
        }
        b = planting->next[b];
    }
}

static bool check_planted(const struct planting *planting, const char *what,
                          struct err *err)
{
    for (size_t b = 0; b < planting->count; b++) {
        if (planting->node_of[b] < 0)
            return err_fail(
                err, ERR_INPUT, "store.cycle",
                "table '%s': '%s' is a part of itself, through its parents",
                what, place_of_branch(planting->arena, &planting->branches[b]));
    }
    return true;
}

bool tree_plant(struct arena *arena, struct dimension *dimension,
                const struct branch *branches, size_t count, const char *what,
                struct err *err)
{
    struct planting planting = {
        .arena = arena,
        .dimension = dimension,
        .branches = branches,
        .count = count,
        .first = arena_array(arena, count, sizeof(int)),
        .next = arena_array(arena, count, sizeof(int)),
        .node_of = arena_array(arena, count, sizeof(int)),
        .leaves = arena_array(arena, count, sizeof(uint16_t)),
        .leaf_node = arena_array(arena, count, sizeof(int)),
    };
    for (size_t b = 0; b < count; b++)
        planting.next[b] = -1;
    int root = -1;
    if (count >= UINT16_MAX)
        return err_fail(err, ERR_INPUT, "store.codes",
                        "table '%s': more codes than the program can number",
                        what);
    if (!find_root(&planting, what, &root, err))
        return false;
    link_children(&planting);
    plant_all(&planting, root);
    dimension->leaf_count = planting.leaf_count;
    dimension->leaf_node = planting.leaf_node;
    return check_planted(&planting, what, err);
}

void tree_number(struct arena *arena, struct dimension *dimension)
{
    size_t totals = 0;
    while (totals < dimension->count &&
           text_same(dimension->nodes[totals].level, "total"))
        totals++;
    /* A total alone is its own leaf. */
    size_t first = totals == dimension->count ? 0 : totals;
    size_t count = dimension->count - first;
    uint16_t *leaves = arena_array(arena, count, sizeof *leaves);
    int *leaf_node = arena_array(arena, count, sizeof *leaf_node);
    for (size_t leaf = 0; leaf < count; leaf++) {
        struct node *node = &dimension->nodes[first + leaf];
        leaves[leaf] = (uint16_t)leaf;
        leaf_node[leaf] = (int)(first + leaf);
        node->leaves = &leaves[leaf];
        node->leaf_count = 1;
    }
    for (size_t t = 0; t < totals; t++) {
        dimension->nodes[t].leaves = leaves;
        dimension->nodes[t].leaf_count = count;
    }
    dimension->leaf_count = count;
    dimension->leaf_node = leaf_node;
}
