/* SPDX-License-Identifier: EUPL-1.2 */
/* What a rule selects along one dimension. */
#include "sdc/rule_impl.h"

/* Nodes of one word. A pooled period or a band that no table has is made on a
 * copy: the codes stay as they are. */
static bool find_nodes(struct rule_book *book, enum dim dim, const char **word,
                       const struct node **at, int **nodes, size_t *count,
                       struct err *err)
{
    struct codes codes = *book->codes;
    struct selection selection = {word, word == NULL ? 0 : 1};
    codes.dims[dim].capacity = codes.dims[dim].count;
    bool ok =
        plan_select(book->arena, &codes, dim, &selection, nodes, count, err);
    if (!ok)
        err_wrap(err, "%s", rule_field(dim));
    *at = codes.dims[dim].nodes;
    return ok;
}

/* A node of a word that names one or several. One that the codes do not have
 * is no cell of the release itself, but cells may lie within it. */
static void take_node(struct rule_scope *scope, const struct node *node,
                      size_t number, bool alone)
{
    bool has = number < scope->nodes;
    if (has && (scope->exact || !alone))
        scope->own[number] = true;
    for (size_t l = 0; l < node->leaf_count; l++) {
        if (!has || alone)
            rule_set_bit(scope->leaves, node->leaves[l]);
    }
}

bool rule_scope_open(struct rule_book *book, struct rule_selector *selector,
                     enum dim dim, struct err *err)
{
    const struct dimension *dimension = &book->codes->dims[dim];
    const struct selection *selection = &selector->cells->select[dim];
    struct rule_scope *scope = &selector->scopes[dim];
    scope->exact = rule_kind_lists(book->entries[selector->entry].rule->kind);
    scope->all = selection->count == 0 && !scope->exact;
    scope->leaves = arena_array(book->arena, rule_words(dimension->leaf_count),
                                sizeof *scope->leaves);
    scope->own = arena_array(book->arena, dimension->count, sizeof *scope->own);
    scope->nodes = dimension->count;
    size_t words = selection->count == 0 && scope->exact ? 1 : selection->count;
    for (size_t w = 0; w < words; w++) {
        const struct node *at = NULL;
        int *nodes = NULL;
        size_t count = 0;
        const char **word = selection->count == 0 ? NULL : &selection->words[w];
        if (!find_nodes(book, dim, word, &at, &nodes, &count, err))
            return false;
        for (size_t n = 0; n < count; n++)
            take_node(scope, &at[nodes[n]], (size_t)nodes[n], count == 1);
    }
    return true;
}

static bool part_within(const struct part *part, const struct node *node)
{
    struct node inner = {.leaves = part->leaves,
                         .leaf_count = part->leaf_count};
    return code_within(&inner, node);
}

bool rule_scope_holds(const struct rule_scope *scope,
                      const struct dimension *dimension,
                      const struct part *part, size_t number)
{
    if (scope->all || (number < scope->nodes && scope->own[number]))
        return true;
    if (scope->exact)
        return false;
    bool together = true;
    for (size_t l = 0; together && l < part->leaf_count; l++)
        together = rule_has_bit(scope->leaves, part->leaves[l]);
    if (together)
        return true;
    for (size_t n = 0; n < scope->nodes; n++) {
        if (scope->own[n] && part_within(part, &dimension->nodes[n]))
            return true;
    }
    return false;
}
