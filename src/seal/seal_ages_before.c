/* SPDX-License-Identifier: EUPL-1.2 */
/* Standardised rates that earlier releases printed of the same territories.
 *
 * Readers keep them. One that the ages of today would print again, to the last
 * digit, by the weights and person-years of then, is an equation over these
 * ages, whatever the vintage says: its row is part of every proof as if a table
 * of this release had it, by whatever standard it was, and nothing takes a
 * digit from it any more. One that they would not print is of other numbers.
 *
 * Rows that no table has any more (a year, where tables have sums of years) are
 * judged like those of this release: rates around them lose their digits. */
#include <stdlib.h>

#include "base/map.h"
#include "base/num.h"
#include "seal/seal_ages_before.h"
#include "seal/seal_ages_sets.h"

#define ID "asr_" /* of the column, before the code of the standard */

/* What the ledger tells, while it is read. */
struct before {
    struct seal_ages *ages;
    struct arena *scratch;
    struct map *nodes[DIM_COUNT]; /* by leaves */
    struct map *spoken;           /* territories with rates, by node */
    struct map *judged;           /* places that are, by themselves */
    struct map *met;              /* past rows by place */
    struct map *doubted;          /* the unknown by place */
    struct place *unknown; /* a rate of theirs that cannot be made again */
    size_t unknown_count, unknown_capacity;
    const struct ledger_entry *entry;
    int *leaf_of[DIM_COUNT];
    struct age_told *told;
    struct age_basis *basis; /* of the entry */
    bool again;              /* the entry is an edition for the same readers */
};

/* A table of an entry, by codes of today: -1 where there are none. */
struct past_table {
    const struct ledger_table *from;
    int stock;
    int *nodes[DIM_COUNT];
    int *most;  /* [columns] decimals, -1 where nothing is printed */
    bool again; /* of the same numbers, for the same readers */
};

/* --- nodes by their leaves ------------------------------------------------ */

static void name_nodes(struct before *before)
{
    for (size_t d = 0; d < DIM_COUNT; d++)
        before->nodes[d] = seal_ages_nodes_by_leaves(before->ages, (enum dim)d,
                                                     before->scratch);
}

/* The first with these leaves. Of territories without a code no rate tells:
 * -1. */
static int find_node(struct before *before, size_t dim,
                     const struct sdc_leaves *set)
{
    const char *key = (const char *)set->at;
    size_t size = set->count * sizeof *set->at;
    int node = map_get(before->nodes[dim], key, size);
    if (node < 0 && dim != DIM_TERRITORY) {
        node = seal_ages_name(before->ages, dim, set);
        (void)map_put(before->nodes[dim], key, size, node);
    }
    return node;
}

static struct place place_of(struct before *before,
                             const struct age_stock *stock,
                             const int node[DIM_COUNT])
{
    struct place place = {.stock = (int)(stock - before->ages->stocks)};
    for (size_t d = 0; d < DIM_COUNT; d++) {
        const struct node *own = &before->ages->codes.dims[d].nodes[node[d]];
        place.node[d] = find_node(
            before, d, &(struct sdc_leaves){own->leaves, own->leaf_count});
    }
    return place;
}

static int find_place(const struct map *map, const struct place *place)
{
    return map_get(map, (const char *)place, sizeof *place);
}

static bool put_place(struct map *map, const struct place *place, int value)
{
    return map_put(map, (const char *)place, sizeof *place, value);
}

/* --- rows of this release ------------------------------------------------- */

static void row_nodes(const struct seal_ages *ages, size_t table, size_t row,
                      int node[DIM_COUNT])
{
    const struct derived_table *derived = ages->seal->tables[table];
    size_t at[DIM_COUNT];
    cube_place(derived->counts, row, at);
    for (size_t d = 0; d < DIM_COUNT; d++)
        node[d] = derived->axes[d].nodes[at[d]];
}

static struct place row_place(struct before *before, size_t table, size_t row)
{
    int node[DIM_COUNT];
    row_nodes(before->ages, table, row, node);
    return place_of(before, before->ages->tables[table].stock, node);
}

static bool has_fate(const struct seal_ages *ages, size_t table, size_t row)
{
    size_t values = ages->seal->tables[table]->plan->value_count;
    bool any = false;
    for (size_t v = 0; v < values && !any; v++)
        any = ages->tables[table].fates[row * values + v] != NULL;
    return any;
}

static void add_own(struct before *before, size_t table, size_t row,
                    const struct place *place)
{
    const struct seal_ages *ages = before->ages;
    size_t values = ages->seal->tables[table]->plan->value_count;
    struct age_fate **fates = ages->tables[table].fates + row * values;
    for (size_t v = 0; v < values; v++) {
        if (fates[v] != NULL)
            seal_ages_told_own(before->told, place, fates[v]);
    }
}

/* Those with rates, or whose counts are shown: see seal_ages.c. */
static void add_rows(struct before *before, size_t table)
{
    const struct seal *seal = before->ages->seal;
    for (size_t r = 0; r < seal->tables[table]->rows; r++) {
        size_t own = seal->rows[table].own[r];
        struct place place = row_place(before, table, r);
        const int *territory = &place.node[DIM_TERRITORY];
        (void)map_put(before->spoken, (const char *)territory,
                      sizeof *territory, 0);
        if (own != SEAL_NO_CELL && (has_fate(before->ages, table, r) ||
                                    clearance_shown(seal->clearance, own)))
            (void)put_place(before->judged, &place, 0);
        add_own(before, table, r, &place);
    }
}

static void add_judged(struct before *before)
{
    const struct seal_ages *ages = before->ages;
    for (size_t t = 0; t < ages->seal->job->plan->table_count; t++) {
        if (ages->tables[t].stock != NULL &&
            ages->tables[t].stock->years != NULL)
            add_rows(before, t);
    }
    for (size_t c = 0; c < ages->cell_count; c++) {
        struct place place =
            place_of(before, ages->cells[c].stock, ages->cells[c].boxes[0]);
        (void)put_place(before->judged, &place, 0);
    }
}

/* --- rows of an entry ----------------------------------------------------- */

static int stock_of(const struct seal_ages *ages, const char *measure)
{
    int found = -1;
    for (size_t s = 0; s < ages->stock_count && found < 0; s++) {
        if (text_same(ages->stocks[s].measure, measure) &&
            ages->stocks[s].cases != NULL)
            found = (int)s;
    }
    return found;
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

/* -1 when the store has lost some of it. */
static int set_node(struct before *before, enum dim dim, size_t set)
{
    const struct dimension *dimension = &before->ages->codes.dims[dim];
    const struct ledger_dimension *from = &before->entry->dims[dim];
    const struct ledger_set *given = &from->sets[set];
    bool whole = is_whole(from, dim, given);
    size_t count = whole ? dimension->leaf_count : given->count;
    uint16_t *leaves = arena_array(before->scratch, count, sizeof *leaves);
    for (size_t l = 0; l < count; l++) {
        int leaf = whole ? (int)l : before->leaf_of[dim][given->leaves[l]];
        if (leaf < 0)
            return -1;
        leaves[l] = (uint16_t)leaf;
    }
    qsort(leaves, count, sizeof *leaves, by_number);
    return find_node(before, dim, &(struct sdc_leaves){leaves, count});
}

static int most_decimals(const struct ledger_table *from, size_t column)
{
    int most = -1;
    for (size_t r = 0; r < from->rows; r++) {
        const struct ledger_cell *cell =
            &from->cells[r * from->column_count + column];
        if (cell->availability == AVAILABLE && cell->decimals > most)
            most = cell->decimals;
    }
    return most;
}

static struct past_table open_table(struct before *before,
                                    const struct ledger_table *from, int stock)
{
    const struct seal_ages *ages = before->ages;
    struct past_table table = {
        .from = from,
        .stock = stock,
        .again = before->again && seal_is_evident(ages->seal, before->entry,
                                                  ages->stocks[stock].measure)};
    table.most =
        arena_array(before->scratch, from->column_count, sizeof *table.most);
    for (size_t c = 0; c < from->column_count; c++)
        table.most[c] = most_decimals(from, c);
    for (size_t d = 0; d < DIM_COUNT; d++) {
        size_t count = from->axis_count[d];
        table.nodes[d] =
            arena_array(before->scratch, count, sizeof *table.nodes[d]);
        for (size_t p = 0; p < count; p++)
            table.nodes[d][p] = set_node(before, (enum dim)d, from->axis[d][p]);
    }
    return table;
}

/* False when the store has lost a part of it. */
static bool past_place(const struct past_table *table, size_t row,
                       struct place *place)
{
    bool left = true;
    *place = (struct place){.stock = table->stock};
    for (size_t d = DIM_COUNT; d-- > 0;) {
        size_t count = table->from->axis_count[d];
        place->node[d] = table->nodes[d][row % count];
        row /= count;
        left = left && place->node[d] >= 0;
    }
    return left;
}

/* Whether this release has rates of the territory. */
static bool is_spoken(const struct before *before, const struct place *place)
{
    const int *territory = &place->node[DIM_TERRITORY];
    return before->ages->stocks[place->stock].years != NULL &&
           map_get(before->spoken, (const char *)territory,
                   sizeof *territory) >= 0;
}

/* --- rates ---------------------------------------------------------------- */

/* An older entry may have told the same. */
static bool is_told(const struct age_fate *fate, const struct age_rate *rate,
                    enum age_digits digits)
{
    bool told = false;
    for (; fate != NULL && !told; fate = fate->next)
        told = fate->digits >= digits && seal_ages_same_rate(fate->rate, rate);
    return told;
}

/* Ways to take back what it gains: in another period, another site, or both. */
static void add_tries(const struct before *before,
                      const struct past_table *table,
                      const struct age_past *past, struct age_cell *cell)
{
    static const enum dim dims[] = {DIM_PERIOD, DIM_SITE};
    int partner[COUNT_OF(dims)];
    for (size_t i = 0; i < COUNT_OF(dims); i++)
        partner[i] = seal_ages_past_partner(before->ages, past, dims[i],
                                            table->nodes[dims[i]],
                                            table->from->axis_count[dims[i]]);
    cell->tries = arena_array(before->ages->seal->closed, 1U << COUNT_OF(dims),
                              sizeof *cell->tries);
    for (unsigned way = 1; way < 1U << COUNT_OF(dims); way++) {
        struct age_try try;
        bool found = true;
        memcpy(try.node, past->node, sizeof try.node);
        for (size_t d = 0; d < DIM_COUNT; d++)
            try.partner[d] = -1;
        for (size_t i = 0; i < COUNT_OF(dims); i++) {
            bool used = (way >> i & 1) != 0;
            try.partner[dims[i]] = used ? partner[i] : -1;
            found = found && (!used || partner[i] >= 0);
        }
        if (found)
            cell->tries[cell->try_count++] = try;
    }
}

/* A row that is not judged yet, as a cell. */
static void judge(struct before *before, const struct past_table *table,
                  const struct age_past *past)
{
    struct age_cell cell = {
        .stock = past->stock, .row = AGES_NO_ROW, .box_count = 1};
    cell.boxes = arena_alloc(before->ages->seal->closed, sizeof *cell.boxes);
    memcpy(cell.boxes[0], past->node, sizeof cell.boxes[0]);
    add_tries(before, table, past, &cell);
    seal_ages_add_cell(before->ages, &cell);
}

static struct age_past *find_past(struct before *before,
                                  const struct past_table *table,
                                  const struct place *place)
{
    struct seal_ages *ages = before->ages;
    int met = find_place(before->met, place);
    if (met >= 0)
        return &ages->past[met];
    (void)put_place(before->met, place, (int)ages->past_count);
    ages->past = arena_grow(ages->seal->closed, ages->past, ages->past_count,
                            &ages->past_capacity, sizeof *ages->past);
    struct age_past *past = &ages->past[ages->past_count++];
    *past = (struct age_past){.stock = &ages->stocks[place->stock]};
    memcpy(past->node, place->node, sizeof past->node);
    if (find_place(before->judged, place) < 0)
        judge(before, table, past);
    return past;
}

static void keep(struct before *before, struct age_past *past,
                 const struct printed *printed, const struct age_rate *rate)
{
    struct seal_ages *ages = before->ages;
    enum age_digits digits = seal_ages_same_digits(rate, printed);
    if (is_told(past->fates, rate, digits))
        return;
    struct age_fate *fate = arena_alloc(ages->seal->closed, sizeof *fate);
    *fate = (struct age_fate){
        .cell = SEAL_NO_CELL,
        .standard = printed->standard,
        .rate = rate,
        .events = (double)seal_ages_cases(ages, past->stock, past->node),
        .asked = digits,
        .digits = digits,
        .before = true,
        .next = past->fates};
    past->fates = fate;
}

static void doubt(struct before *before, const struct place *place)
{
    if (!put_place(before->doubted, place, 0))
        return;
    before->unknown =
        arena_grow(before->scratch, before->unknown, before->unknown_count,
                   &before->unknown_capacity, sizeof *before->unknown);
    before->unknown[before->unknown_count++] = *place;
}

/* One of this release, or one that is made again; what cannot be is a doubt. */
static void take_rate(struct before *before, const struct past_table *table,
                      const struct place *place, const struct printed *printed)
{
    const struct age_rate *rate =
        seal_ages_told_rate(before->told, place, printed);
    if (rate == NULL)
        rate = seal_ages_basis_rate(before->basis, place, printed);
    if (rate == NULL)
        doubt(before, place);
    else if (seal_ages_same_digits(rate, printed) != AGES_NOTHING)
        keep(before, find_past(before, table, place), printed, rate);
}

/* What cells of this release are attacked beside: one whose ages are cells. */
static void keep_beside(struct before *before, const struct place *place,
                        const struct printed *printed)
{
    struct seal_ages *ages = before->ages;
    struct sdc_leaves sets[DIM_COUNT];
    for (size_t d = 0; d < DIM_COUNT; d++) {
        const struct node *node = &ages->codes.dims[d].nodes[place->node[d]];
        sets[d] = (struct sdc_leaves){node->leaves, node->leaf_count};
    }
    size_t cell = clearance_find_ages(ages->seal->clearance,
                                      ages->stocks[place->stock].measure, sets);
    const struct age_rate *rate =
        cell == SEAL_NO_CELL
            ? NULL
            : seal_ages_basis_rate(before->basis, place, printed);
    if (rate != NULL)
        seal_ages_add_beside(ages, cell, rate,
                             seal_ages_same_digits(rate, printed));
}

static void take_row(struct before *before, const struct past_table *table,
                     size_t r)
{
    const struct ledger_table *from = table->from;
    const struct ledger_cell *row = &from->cells[r * from->column_count];
    struct place place;
    for (size_t c = 0; c < from->column_count; c++) {
        const struct ledger_column *column = &from->columns[c];
        bool shown = row[c].availability == AVAILABLE;
        if (column->kind != PUB_STANDARDISED_RATE ||
            column->part != PUB_VALUE || !text_starts(column->id, ID) ||
            (!shown && row[c].availability != CONFIDENTIAL))
            continue;
        if (!past_place(table, r, &place))
            return;
        struct printed printed = {
            .standard = column->id + strlen(ID),
            .value = &row[c],
            .lower = seal_ages_limit_of(from, row, column->id, PUB_LOWER),
            .upper = seal_ages_limit_of(from, row, column->id, PUB_UPPER),
            .most = table->most[c],
            .by_sex = column->by_sex};
        seal_ages_basis_find(before->basis, &place, &printed);
        if (shown)
            keep_beside(before, &place, &printed);
        if (!is_spoken(before, &place))
            continue;
        if (table->again)
            seal_ages_told_take(before->told, &place, &printed);
        if (shown)
            take_rate(before, table, &place, &printed);
    }
}

static void take_entry(struct before *before, const struct ledger_entry *entry)
{
    const struct seal_ages *ages = before->ages;
    before->entry = entry;
    before->again =
        entry->audience == ages->seal->job->project->policy.audience;
    for (int d = 0; d < DIM_COUNT; d++)
        before->leaf_of[d] = seal_map_leaves(
            before->scratch, &ages->seal->codes.dims[d], &entry->dims[d]);
    before->basis = seal_ages_basis_open(before->ages, before->scratch, entry,
                                         before->leaf_of);
    for (size_t t = 0; t < entry->table_count; t++) {
        int stock = stock_of(ages, entry->tables[t].measure);
        if (stock < 0)
            continue;
        struct past_table table = open_table(before, &entry->tables[t], stock);
        for (size_t r = 0; r < table.from->rows; r++)
            take_row(before, &table, r);
    }
}

/* --- what is shown beside it ---------------------------------------------- */

bool seal_ages_touch(const struct seal_ages *ages, const int a[DIM_COUNT],
                     const int b[DIM_COUNT])
{
    const struct node *territories = ages->codes.dims[DIM_TERRITORY].nodes;
    bool common = same_leaves(&territories[a[DIM_TERRITORY]],
                              &territories[b[DIM_TERRITORY]]);
    for (size_t d = DIM_COUNT; d-- > 0 && common;) {
        const struct node *nodes = ages->codes.dims[d].nodes;
        common = !node_disjoint(&nodes[a[d]], &nodes[b[d]]);
    }
    return common;
}

/* False when nothing was left. */
static bool drop(const struct seal_ages *ages, size_t table, size_t row)
{
    size_t values = ages->seal->tables[table]->plan->value_count;
    struct age_fate **fates = ages->tables[table].fates + row * values;
    bool lost = false;
    for (size_t v = 0; v < values; v++) {
        if (fate_digits(fates[v]) == AGES_NOTHING || fates[v]->before)
            continue;
        fates[v]->digits = AGES_NOTHING;
        lost = true;
    }
    return lost;
}

bool seal_ages_withhold(struct seal_ages *ages, const struct age_stock *stock,
                        const int node[DIM_COUNT])
{
    bool lost = false;
    for (size_t t = 0; t < ages->seal->job->plan->table_count; t++) {
        size_t rows =
            ages->tables[t].stock == stock ? ages->seal->tables[t]->rows : 0;
        for (size_t r = 0; r < rows; r++) {
            int own[DIM_COUNT];
            row_nodes(ages, t, r, own);
            if (seal_ages_touch(ages, node, own))
                lost = drop(ages, t, r) || lost;
        }
    }
    return lost;
}

/* --- what cannot be made again -------------------------------------------- */

static bool is_doubted(const struct before *before, const struct place *place)
{
    bool found = find_place(before->doubted, place) >= 0;
    for (size_t u = 0; u < before->unknown_count && !found; u++)
        found =
            before->unknown[u].stock == place->stock &&
            seal_ages_touch(before->ages, before->unknown[u].node, place->node);
    return found;
}

/* Nothing proves a rate beside one by weights and person-years that are not
 * known, or no longer of the store's ages: of the same row, or of one that has
 * cases of it. */
static void withhold(struct before *before)
{
    struct seal_ages *ages = before->ages;
    size_t tables =
        before->unknown_count == 0 ? 0 : ages->seal->job->plan->table_count;
    for (size_t t = 0; t < tables; t++) {
        size_t rows =
            ages->tables[t].stock == NULL ? 0 : ages->seal->tables[t]->rows;
        for (size_t r = 0; r < rows; r++) {
            if (!has_fate(ages, t, r))
                continue;
            struct place place = row_place(before, t, r);
            if (is_doubted(before, &place))
                (void)drop(ages, t, r);
        }
    }
}

/* In the order they were met, under every code of the territory. */
static void chain_past(const struct before *before)
{
    struct seal_ages *ages = before->ages;
    const struct dimension *dimension = &ages->codes.dims[DIM_TERRITORY];
    for (size_t p = ages->past_count; p-- > 0;) {
        struct age_past *past = &ages->past[p];
        past->next = ages->past_of[past->node[DIM_TERRITORY]];
        ages->past_of[past->node[DIM_TERRITORY]] = past;
    }
    for (size_t n = 0; n < dimension->count && ages->past_count > 0; n++) {
        const struct node *node = &dimension->nodes[n];
        ages->past_of[n] = ages->past_of[map_get(
            before->nodes[DIM_TERRITORY], (const char *)node->leaves,
            node->leaf_count * sizeof *node->leaves)];
    }
}

void seal_ages_find_before(struct seal_ages *ages)
{
    const struct seal *seal = ages->seal;
    ages->past_of =
        arena_array(seal->closed, ages->codes.dims[DIM_TERRITORY].count,
                    sizeof *ages->past_of);
    struct before before = {.ages = ages, .scratch = arena_new()};
    before.spoken = map_new(before.scratch);
    before.judged = map_new(before.scratch);
    before.met = map_new(before.scratch);
    before.doubted = map_new(before.scratch);
    before.told = seal_ages_told_new(ages, before.scratch);
    if (seal->past > 0) {
        name_nodes(&before);
        add_judged(&before);
    }
    for (size_t e = 0; e < seal->past; e++)
        take_entry(&before, &seal->ledger->entries[e]);
    seal_ages_told_apply(before.told);
    chain_past(&before);
    withhold(&before);
    if (seal->past > 0)
        seal_ages_find_open(ages);
    arena_wipe(before.scratch);
}
