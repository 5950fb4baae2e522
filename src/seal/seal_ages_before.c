/* SPDX-License-Identifier: EUPL-1.2 */
/* Standardised rates that earlier releases printed of the same rows.
 *
 * Readers keep them. One that the ages of today would print again, to the last
 * digit, is an equation over these ages, whatever the vintage says: it is part
 * of every proof about its row, by whatever standard it was, and nothing takes
 * a digit from it any more. One that they would not print is of other numbers.
 *
 * Rates of rows that no table of this release has are not heeded. */
#include <stdlib.h>

#include "base/map.h"
#include "base/num.h"
#include "seal/seal_ages_impl.h"

#define ID "asr_" /* of the column, before the code of the standard */

/* A row of this release, by what it sums. */
struct place {
    const struct age_stock *stock;
    size_t table, row;
};

/* One entry of the ledger while it is read. */
struct before {
    struct seal_ages *ages;
    struct arena *scratch;
    struct map *known; /* places by their leaves */
    struct place *places;
    size_t place_count, place_capacity;
    bool *unknown; /* [cells] of a rate that cannot be made again */
    const struct ledger_entry *entry;
    int *leaf_of[DIM_COUNT];
};

/* What was printed of one rate. */
struct printed {
    const char *standard;
    const struct ledger_cell *value, *lower, *upper; /* limits may be NULL */
};

/* --- rows by their leaves ------------------------------------------------- */

static void add_leaves(struct text *key, const uint16_t *leaves, size_t count)
{
    for (size_t l = 0; l < count; l++)
        text_format(key, "%u ", (unsigned)leaves[l]);
    text_add(key, "/");
}

static const struct age_stock *stock_of(const struct seal_ages *ages,
                                        const char *measure)
{
    const struct age_stock *found = NULL;
    for (size_t s = 0; s < ages->stock_count && found == NULL; s++) {
        if (text_same(ages->stocks[s].measure, measure) &&
            ages->stocks[s].years != NULL)
            found = &ages->stocks[s];
    }
    return found;
}

static void add_row(struct before *before, const struct place *place)
{
    const struct derived_table *table =
        before->ages->seal->tables[place->table];
    struct text key = text_new(before->scratch);
    size_t at[DIM_COUNT];
    cube_place(table->counts, place->row, at);
    text_add(&key, table->plan->measure);
    for (int d = 0; d < DIM_COUNT; d++) {
        const struct node *node = &before->ages->seal->codes.dims[d]
                                       .nodes[table->axes[d].nodes[at[d]]];
        add_leaves(&key, node->leaves, node->leaf_count);
    }
    if (!map_put(before->known, key.at, key.size, (int)before->place_count))
        return; /* a twin: rows of the same place are looked at together */
    before->places =
        arena_grow(before->scratch, before->places, before->place_count,
                   &before->place_capacity, sizeof *before->places);
    before->places[before->place_count++] = *place;
}

static void add_rows(struct before *before)
{
    const struct seal *seal = before->ages->seal;
    for (size_t t = 0; t < seal->job->plan->table_count; t++) {
        const struct derived_table *table = seal->tables[t];
        const struct age_stock *stock =
            stock_of(before->ages, table->plan->measure);
        for (size_t r = 0;
             stock != NULL && table->counts != NULL && r < table->rows; r++) {
            if (seal->rows[t].own[r] != SEAL_NO_CELL)
                add_row(before, &(struct place){stock, t, r});
        }
    }
}

static int by_number(const void *a, const void *b)
{
    return *(const uint16_t *)a - *(const uint16_t *)b;
}

/* Both sexes and all ages are that whatever they are divided into. */
static bool is_whole(const struct ledger_dimension *from, enum dim dim,
                     const struct ledger_set *set)
{
    return (dim == DIM_SEX || dim == DIM_AGE || dim == DIM_STRATUM) &&
           set->count == from->leaf_count;
}

/* False when the store has lost some of it. */
static bool add_set(const struct before *before, enum dim dim, size_t set,
                    struct text *key)
{
    const struct dimension *dimension = &before->ages->seal->codes.dims[dim];
    const struct ledger_dimension *from = &before->entry->dims[dim];
    const struct ledger_set *given = &from->sets[set];
    bool whole = is_whole(from, dim, given);
    size_t count = whole ? dimension->leaf_count : given->count;
    uint16_t *leaves = arena_array(before->scratch, count, sizeof *leaves);
    for (size_t l = 0; l < count; l++) {
        int leaf = whole ? (int)l : before->leaf_of[dim][given->leaves[l]];
        if (leaf < 0)
            return false;
        leaves[l] = (uint16_t)leaf;
    }
    qsort(leaves, count, sizeof *leaves, by_number);
    add_leaves(key, leaves, count);
    return true;
}

/* The row of this release with the leaves of one of the entry, or NULL. */
static const struct place *find_row(const struct before *before,
                                    const struct ledger_table *table,
                                    size_t row)
{
    struct text key = text_new(before->scratch);
    size_t sets[DIM_COUNT];
    bool left = true;
    for (int d = DIM_COUNT - 1; d >= 0; d--) {
        sets[d] = table->axis[d][row % table->axis_count[d]];
        row /= table->axis_count[d];
    }
    text_add(&key, table->measure);
    for (int d = 0; d < DIM_COUNT && left; d++)
        left = add_set(before, (enum dim)d, sets[d], &key);
    int at = left ? map_get(before->known, key.at, key.size) : -1;
    return at < 0 ? NULL : &before->places[at];
}

/* --- rates ---------------------------------------------------------------- */

static bool prints(const struct age_rate *rate, enum age_print part,
                   const struct ledger_cell *cell)
{
    return !(rate->printed[part] < cell->value) &&
           !(rate->printed[part] > cell->value);
}

/* What of the rate is what was printed, or AGES_NOTHING. */
static enum age_digits same_digits(const struct age_rate *rate,
                                   const struct printed *printed)
{
    if (!prints(rate, PRINT_VALUE, printed->value))
        return AGES_NOTHING;
    bool limits = printed->lower != NULL && printed->upper != NULL &&
                  printed->lower->availability == AVAILABLE &&
                  printed->upper->availability == AVAILABLE &&
                  prints(rate, PRINT_LOWER, printed->lower) &&
                  prints(rate, PRINT_UPPER, printed->upper);
    return limits ? AGES_INTERVAL : AGES_VALUE;
}

/* An older entry may have told the same. */
static bool is_told(const struct age_fate *fate, const struct age_rate *rate,
                    const char *standard, enum age_digits digits)
{
    bool told = false;
    for (; fate != NULL && !told; fate = fate->next)
        told = text_same(fate->standard, standard) &&
               fate->rate->sexes == rate->sexes &&
               fate->rate->decimals == rate->decimals && fate->digits >= digits;
    return told;
}

static void keep(struct before *before, const struct place *place,
                 const struct printed *printed, const struct age_rate *rate)
{
    struct seal_ages *ages = before->ages;
    enum age_digits digits = same_digits(rate, printed);
    size_t own = ages->seal->rows[place->table].own[place->row];
    if (is_told(ages->before[own], rate, printed->standard, digits))
        return;
    struct age_fate *fate = arena_alloc(ages->seal->closed, sizeof *fate);
    *fate = (struct age_fate){
        .cell = own,
        .standard = printed->standard,
        .rate = rate,
        .events = seal_ages_events(ages, place->table, place->row),
        .asked = digits,
        .digits = digits,
        .before = true,
        .next = ages->before[own]};
    ages->before[own] = fate;
}

/* By age, else by age and sex: no entry says which. */
static void take_rate(struct before *before, const struct place *place,
                      const struct printed *printed)
{
    struct seal_ages *ages = before->ages;
    const struct standard *standard =
        plan_standard(ages->seal->job->plan, printed->standard);
    bool known = standard != NULL;
    for (int by_sex = 0; known && by_sex < 2; by_sex++) {
        const struct age_rate *rate = seal_ages_rate(
            ages, place->stock,
            &(struct age_place){place->table, place->row, by_sex != 0},
            standard, printed->value->decimals);
        known = rate != NULL;
        if (!known || same_digits(rate, printed) == AGES_NOTHING)
            continue;
        keep(before, place, printed, rate);
        return;
    }
    if (!known)
        before->unknown[ages->seal->rows[place->table].own[place->row]] = true;
}

/* The limit of the same rate, or NULL: its column has an end more. The code of
 * another standard may begin like the one of this. */
static const struct ledger_cell *limit_of(const struct ledger_table *table,
                                          const struct ledger_cell *row,
                                          const char *id, enum pub_part part)
{
    const struct ledger_cell *found = NULL;
    for (size_t c = 0; c < table->column_count; c++) {
        const struct ledger_column *column = &table->columns[c];
        if (column->kind == PUB_STANDARDISED_RATE && column->part == part &&
            text_starts(column->id, id) &&
            strrchr(column->id, '_') == column->id + strlen(id))
            found = &row[c];
    }
    return found;
}

static void take_row(struct before *before, const struct ledger_table *table,
                     size_t r)
{
    const struct ledger_cell *row = &table->cells[r * table->column_count];
    const struct place *place = NULL;
    for (size_t c = 0; c < table->column_count; c++) {
        const struct ledger_column *column = &table->columns[c];
        if (column->kind != PUB_STANDARDISED_RATE ||
            column->part != PUB_VALUE || row[c].availability != AVAILABLE ||
            !text_starts(column->id, ID))
            continue;
        if (place == NULL)
            place = find_row(before, table, r);
        if (place == NULL)
            return;
        take_rate(before, place,
                  &(struct printed){
                      .standard = column->id + strlen(ID),
                      .value = &row[c],
                      .lower = limit_of(table, row, column->id, PUB_LOWER),
                      .upper = limit_of(table, row, column->id, PUB_UPPER)});
    }
}

static void take_entry(struct before *before, const struct ledger_entry *entry)
{
    const struct seal_ages *ages = before->ages;
    before->entry = entry;
    for (int d = 0; d < DIM_COUNT; d++)
        before->leaf_of[d] = seal_map_leaves(
            before->scratch, &ages->seal->codes.dims[d], &entry->dims[d]);
    for (size_t t = 0; t < entry->table_count; t++) {
        const struct ledger_table *table = &entry->tables[t];
        for (size_t r = 0;
             stock_of(ages, table->measure) != NULL && r < table->rows; r++)
            take_row(before, table, r);
    }
}

/* Nothing proves a rate beside one by a standard that is not known, or no
 * longer of the store's ages. */
static void withhold(struct before *before)
{
    struct seal_ages *ages = before->ages;
    for (size_t f = 0; f < ages->fate_count; f++) {
        if (before->unknown[ages->fates[f]->cell])
            ages->fates[f]->digits = AGES_NOTHING;
    }
}

void seal_ages_find_before(struct seal_ages *ages)
{
    const struct seal *seal = ages->seal;
    size_t cells = universe_cells(seal->universe);
    ages->before = arena_array(seal->closed, cells, sizeof *ages->before);
    struct before before = {.ages = ages, .scratch = arena_new()};
    before.unknown = arena_array(before.scratch, cells, sizeof(bool));
    before.known = map_new(before.scratch);
    if (seal->past > 0)
        add_rows(&before);
    for (size_t e = 0; e < seal->past && before.place_count > 0; e++)
        take_entry(&before, &seal->ledger->entries[e]);
    withhold(&before);
    arena_wipe(before.scratch);
}
