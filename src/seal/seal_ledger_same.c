/* SPDX-License-Identifier: EUPL-1.2 */
/* Which numbers of an earlier vintage are the same as the store's: what the
 * project declares, and what their own digits show. */
#include "seal/seal_ledger_impl.h"

static bool covers(const struct unrevised *given, const struct node *year)
{
    for (size_t p = 0; p < given->period_count; p++) {
        if (given->periods[p].low <= year->low &&
            year->high <= given->periods[p].high)
            return true;
    }
    return given->period_count == 0;
}

static bool is_declared(const struct joining *joining,
                        const struct joined_table *at, size_t leaf,
                        const struct unrevised *list, size_t count)
{
    const struct dimension *periods = &joining->seal->codes.dims[DIM_PERIOD];
    const struct node *year = &periods->nodes[periods->leaf_node[leaf]];
    for (size_t u = 0; u < count; u++) {
        const struct unrevised *given = &list[u];
        if ((text_same(given->measure, at->own->code) ||
             text_same(given->measure, at->table->measure)) &&
            strcmp(joining->entry->extracted, given->since) >= 0 &&
            covers(given, year))
            return true;
    }
    return false;
}

void ledger_find_declared(const struct joining *joining,
                          struct joined_table *at)
{
    const struct project *project = joining->seal->job->project;
    size_t count = joining->seal->codes.dims[DIM_PERIOD].leaf_count;
    at->unrevised = arena_array(joining->scratch, count, sizeof(bool));
    at->revised = arena_array(joining->scratch, count, sizeof(bool));
    for (size_t l = 0; l < count; l++) {
        at->unrevised[l] = joining->same_vintage ||
                           is_declared(joining, at, l, project->unrevised,
                                       project->unrevised_count);
        at->revised[l] =
            !at->unrevised[l] && is_declared(joining, at, l, project->revised,
                                             project->revised_count);
    }
}

bool ledger_year_declared(const struct joining *joining, const bool *declared,
                          uint16_t year)
{
    int leaf = joining->leaf_of[DIM_PERIOD][year];
    return leaf >= 0 && declared[leaf];
}

size_t ledger_declared_leaves(const struct joining *joining,
                              const bool *declared, size_t set,
                              uint16_t *leaves)
{
    const struct ledger_set *from = &joining->entry->dims[DIM_PERIOD].sets[set];
    size_t count = 0;
    for (size_t i = 0; i < from->count; i++) {
        uint16_t year = from->leaves[i];
        if (ledger_year_declared(joining, declared, year))
            leaves[count++] = (uint16_t)joining->leaf_of[DIM_PERIOD][year];
    }
    return count;
}

bool ledger_is_undeclared(const struct joining *joining,
                          const struct joined_table *at, size_t set)
{
    return ledger_declared_leaves(joining, at->unrevised, set,
                                  joining->years) == 0;
}

bool ledger_is_revised(const struct joining *joining,
                       const struct joined_table *at, size_t set)
{
    return ledger_declared_leaves(joining, at->revised, set, joining->years) ==
           joining->entry->dims[DIM_PERIOD].sets[set].count;
}

static bool *standing(const struct joining *joining,
                      const struct joined_table *at, size_t set)
{
    size_t measure = (size_t)(at->own - joining->seal->codes.measures);
    size_t sets = joining->entry->dims[DIM_PERIOD].set_count;
    return &joining->stands[measure * sets + set];
}

void ledger_note_standing(struct joining *joining,
                          const struct joined_table *at, size_t set)
{
    *standing(joining, at, set) = true;
}

bool ledger_stands(const struct joining *joining, const struct joined_table *at,
                   size_t set)
{
    return *standing(joining, at, set);
}

/* Both are ascending. */
static bool is_within(const struct ledger_set *part,
                      const struct ledger_set *whole)
{
    size_t found = 0;
    for (size_t w = 0; w < whole->count && found < part->count; w++)
        found += whole->leaves[w] == part->leaves[found];
    return found == part->count;
}

bool ledger_stands_within(const struct joining *joining,
                          const struct joined_table *at, size_t set)
{
    const struct ledger_dimension *from = &joining->entry->dims[DIM_PERIOD];
    bool stands = false;
    for (size_t s = 0; s < from->set_count && !stands; s++)
        stands = ledger_stands(joining, at, s) &&
                 is_within(&from->sets[s], &from->sets[set]);
    return stands;
}
