/* SPDX-License-Identifier: EUPL-1.2 */
/* What of a plan a store can fill. */
#include "base/text.h"
#include "model/plan.h"

static bool knows(struct arena *arena, struct codes *codes, enum dim dim,
                  const char **word)
{
    const struct selection one = {.words = word, .count = 1};
    struct err err = {0};
    int *nodes = NULL;
    size_t count = 0;
    return plan_select(arena, codes, dim, &one, &nodes, &count, &err);
}

/* Keeps the words that the store knows; false where the table cannot be. */
static bool narrow(struct arena *arena, struct codes *codes, enum dim dim,
                   struct selection *selection)
{
    const char **kept = arena_array(arena, selection->count + 1, sizeof *kept);
    size_t count = 0;
    for (size_t w = 0; w < selection->count; w++) {
        if (knows(arena, codes, dim, &selection->words[w]))
            kept[count++] = selection->words[w];
        else if (dim == DIM_PERIOD)
            return false; /* what changes between periods needs all of them */
    }
    bool filled = count > 0 || selection->count == 0;
    *selection = (struct selection){.words = kept, .count = count};
    return filled;
}

static bool fits(struct arena *arena, struct codes *codes,
                 struct plan_table *table)
{
    if (!table->optional)
        return true;
    bool there = code_measure(codes, table->measure) != NULL &&
                 (table->person_years[0] == '\0' ||
                  code_measure(codes, table->person_years) != NULL);
    for (size_t d = 0; there && d < DIM_COUNT; d++)
        there = narrow(arena, codes, (enum dim)d, &table->select[d]);
    return there;
}

static const struct plan_table *find(const struct plan *plan, const char *id)
{
    for (size_t t = 0; t < plan->table_count; t++) {
        if (text_same(plan->tables[t].id, id))
            return &plan->tables[t];
    }
    return NULL;
}

static bool is_reference(const struct node *node, enum dim dim,
                         const char *word)
{
    bool root = dim == DIM_TERRITORY && node->parent < 0 && !node->zone;
    return text_same(node->code, word) || (root && text_same(word, "root"));
}

/* The code that the statistic compares with; NULL where the store has not got
 * it. Periods are made as a plan asks for them. */
static const char *reference_code(const struct codes *codes,
                                  const struct plan_statistic *statistic)
{
    enum dim dim = statistic_reference_dim(statistic);
    const struct dimension *dimension = &codes->dims[dim];
    if (statistic->reference[0] == '\0' || dim == DIM_PERIOD)
        return statistic->reference;
    for (size_t n = 0; n < dimension->count; n++) {
        if (is_reference(&dimension->nodes[n], dim, statistic->reference))
            return dimension->nodes[n].code;
    }
    return NULL;
}

/* Adds the statistic when its tables, and what it compares with, are there. */
static void add_statistic(struct plan *out, const struct codes *codes,
                          const struct plan_statistic *statistic)
{
    const struct plan_table *from = find(out, statistic->from);
    bool beside = (statistic->against[0] == '\0' ||
                   find(out, statistic->against) != NULL) &&
                  (!statistic_is_apart(statistic) ||
                   find(out, statistic->people) != NULL);
    const char *code = reference_code(codes, statistic);
    if (from == NULL || !beside || (from->optional && code == NULL))
        return;
    struct plan_statistic *added = &out->statistics[out->statistic_count++];
    *added = *statistic;
    if (code != NULL)
        added->reference = code;
}

struct plan *plan_within(struct arena *arena, struct codes *codes,
                         const struct plan *plan)
{
    struct plan *out = arena_alloc(arena, sizeof *out);
    *out = *plan;
    out->tables = arena_array(arena, plan->table_count, sizeof *out->tables);
    out->statistics =
        arena_array(arena, plan->statistic_count, sizeof *out->statistics);
    out->table_count = out->statistic_count = 0;
    for (size_t t = 0; t < plan->table_count; t++) {
        struct plan_table table = plan->tables[t];
        if (fits(arena, codes, &table))
            out->tables[out->table_count++] = table;
    }
    for (size_t s = 0; s < plan->statistic_count; s++)
        add_statistic(out, codes, &plan->statistics[s]);
    return out;
}
