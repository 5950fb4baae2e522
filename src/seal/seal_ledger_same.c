/* SPDX-License-Identifier: EUPL-1.2 */
/* Which numbers of an earlier vintage are the same as the store's: what the
 * project declares, and what their own digits show. */
#include "seal/seal_ledger_impl.h"

bool seal_same_vintage(const struct seal *seal,
                       const struct ledger_entry *entry)
{
    return text_same(entry->extracted,
                     code_registry(&seal->codes, "extraction_date")) &&
           text_same(entry->snapshot, code_registry(&seal->codes, "snapshot"));
}

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

bool ledger_is_unrevised(const struct joining *joining,
                         const struct joined_table *at, size_t set)
{
    return ledger_declared_leaves(joining, at->unrevised, set,
                                  joining->years) ==
           joining->entry->dims[DIM_PERIOD].sets[set].count;
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

static size_t measure_of(const struct joining *joining,
                         const struct joined_table *at)
{
    return (size_t)(at->own - joining->seal->codes.measures);
}

static bool *standing(const struct joining *joining,
                      const struct joined_table *at, size_t set)
{
    size_t sets = joining->entry->dims[DIM_PERIOD].set_count;
    return &joining->stands[measure_of(joining, at) * sets + set];
}

void ledger_note_standing(struct joining *joining,
                          const struct joined_table *at, size_t set)
{
    *standing(joining, at, set) = true;
}

void ledger_note_echo(struct joining *joining, const struct joined_table *at,
                      size_t set)
{
    size_t sets = joining->entry->dims[DIM_PERIOD].set_count;
    joining->echoed[measure_of(joining, at) * sets + set] = true;
}

bool ledger_stands(const struct joining *joining, const struct joined_table *at,
                   size_t set)
{
    size_t sets = joining->entry->dims[DIM_PERIOD].set_count;
    return *standing(joining, at, set) ||
           (ledger_is_whole(joining, at) &&
            joining->echoed[measure_of(joining, at) * sets + set]);
}

/* "territory departement/05, period 2019-2023": what is not all of it. */
static const char *row_name(const struct joining *joining,
                            const struct ledger_table *table, size_t row)
{
    size_t sets[DIM_COUNT];
    struct text name = text_new(joining->seal->closed);
    ledger_row_sets(table, row, sets);
    for (size_t d = 0; d < DIM_COUNT; d++) {
        const struct ledger_dimension *from = &joining->entry->dims[d];
        const struct ledger_set *set = &from->sets[sets[d]];
        if (set->count == 0 || set->count == from->leaf_count)
            continue;
        text_format(&name, "%s%s %s", name.size == 0 ? "" : ", ",
                    dim_name((enum dim)d), from->leaves[set->leaves[0]]);
        if (set->count > 1)
            text_format(&name, "-%s",
                        from->leaves[set->leaves[set->count - 1]]);
    }
    return name.size == 0 ? "of all codes" : name.at;
}

void ledger_note_moved(struct joining *joining, const struct joined_table *at,
                       size_t row, const char *why)
{
    const char **moved = &joining->moved[measure_of(joining, at)];
    if (*moved == NULL)
        *moved =
            arena_format(joining->seal->closed, "table '%s', %s: %s",
                         at->table->id, row_name(joining, at->table, row), why);
}

const char *ledger_moved(const struct joining *joining,
                         const struct joined_table *at)
{
    return joining->moved[measure_of(joining, at)];
}

/* The row of the total along a dimension, or the table's row count. */
static size_t total_row(const struct joining *joining,
                        const struct ledger_table *table, size_t row,
                        enum dim dim)
{
    const struct ledger_dimension *from = &joining->entry->dims[dim];
    size_t stride = 1, total = 0, count = table->axis_count[dim];
    assert(count > 0); /* a row is somewhere on every axis */
    for (size_t d = DIM_COUNT - 1; d > dim; d--)
        stride *= table->axis_count[d];
    while (total < count &&
           from->sets[table->axis[dim][total]].count != from->leaf_count)
        total++;
    size_t own = row / stride % count;
    return total == count ? table->rows : row + total * stride - own * stride;
}

static bool prints_count(const struct ledger_table *table, size_t row)
{
    const struct ledger_cell *cells = &table->cells[row * table->column_count];
    bool printed = false;
    for (size_t c = 0; c < table->column_count; c++)
        printed = printed || (table->columns[c].kind == PUB_COUNT &&
                              cells[c].availability == AVAILABLE);
    return printed;
}

bool ledger_prints_bases(const struct joining *joining,
                         const struct ledger_table *table, size_t row)
{
    const struct ledger_cell *cells = &table->cells[row * table->column_count];
    bool all = true;
    for (size_t c = 0; c < table->column_count && all; c++) {
        bool shown = table->columns[c].kind == PUB_SHARE &&
                     (cells[c].availability == AVAILABLE ||
                      cells[c].availability == UNRELIABLE);
        size_t total =
            shown ? total_row(joining, table, row, table->columns[c].of) : 0;
        all = !shown || (total < table->rows && prints_count(table, total));
    }
    return all;
}

bool ledger_is_whole(const struct joining *joining,
                     const struct joined_table *at)
{
    return ledger_moved(joining, at) == NULL;
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
