/* SPDX-License-Identifier: EUPL-1.2 */
/* Cells that have no rate of their own, but whose count everybody has. */
#include <string.h>

#include "base/text.h"
#include "seal/seal_ages_impl.h"

/* Cells that were met: of the universe, by number. */
struct finding {
    struct seal_ages *ages;
    bool *met;
};

static const struct age_stock *stock_of(const struct seal_ages *ages,
                                        const char *measure)
{
    for (size_t s = 0; s < ages->stock_count; s++) {
        if (text_same(ages->stocks[s].measure, measure))
            return ages->stocks[s].years == NULL ? NULL : &ages->stocks[s];
    }
    return NULL;
}

/* Counts of single ages are no matter of rates: the universe has proved them.
 */
static bool is_whole(const struct codes *codes, const int node[DIM_COUNT])
{
    static const enum dim dims[] = {DIM_AGE, DIM_STRATUM};
    bool whole = true;
    for (size_t i = 0; i < COUNT_OF(dims); i++) {
        const struct dimension *dimension = &codes->dims[dims[i]];
        whole = whole && dimension->nodes[node[dims[i]]].leaf_count ==
                             dimension->leaf_count;
    }
    return whole;
}

void seal_ages_add_cell(struct seal_ages *ages, const struct age_cell *cell)
{
    ages->cells = arena_grow(ages->seal->closed, ages->cells, ages->cell_count,
                             &ages->cell_capacity, sizeof *ages->cells);
    ages->cells[ages->cell_count++] = *cell;
}

/* A cell of these nodes alone. */
static void add_cell(struct finding *finding, struct age_cell cell,
                     const int node[DIM_COUNT])
{
    struct seal_ages *ages = finding->ages;
    if (!is_whole(&ages->codes, node))
        return;
    cell.boxes = arena_alloc(ages->seal->closed, sizeof *cell.boxes);
    cell.box_count = 1;
    memcpy(cell.boxes[0], node, sizeof cell.boxes[0]);
    seal_ages_add_cell(ages, &cell);
}

/* --- rows of tables without rates ----------------------------------------- */

/* Rows that are judged with their own rates. */
static void meet_rated(struct finding *finding, size_t table)
{
    const struct seal *seal = finding->ages->seal;
    for (size_t r = 0; r < seal->tables[table]->rows; r++) {
        if (seal->rows[table].own[r] != SEAL_NO_CELL)
            finding->met[seal->rows[table].own[r]] = true;
    }
}

static void add_rows(struct finding *finding, size_t table)
{
    const struct seal *seal = finding->ages->seal;
    const struct derived_table *derived = seal->tables[table];
    struct age_cell cell = {.stock =
                                stock_of(finding->ages, derived->plan->measure),
                            .table = table};
    for (cell.row = 0; cell.stock && cell.row < derived->rows; cell.row++) {
        size_t place[DIM_COUNT], own = seal->rows[table].own[cell.row];
        int node[DIM_COUNT];
        if (own == SEAL_NO_CELL || finding->met[own] ||
            !clearance_shown(seal->clearance, own) ||
            cube_count(derived->counts, cell.row) == 0)
            continue;
        finding->met[own] = true;
        cube_place(derived->counts, cell.row, place);
        for (size_t d = 0; d < DIM_COUNT; d++)
            node[d] = derived->axes[d].nodes[place[d]];
        add_cell(finding, cell, node);
    }
}

/* --- remainders ----------------------------------------------------------- */

int seal_ages_name(struct seal_ages *ages, size_t dim,
                   const struct sdc_leaves *set)
{
    struct dimension *dimension = &ages->codes.dims[dim];
    size_t size = set->count * sizeof *set->at;
    for (size_t n = 0; n < dimension->count; n++) {
        const struct node *node = &dimension->nodes[n];
        if (node->leaf_count == set->count &&
            memcmp(node->leaves, set->at, size) == 0)
            return (int)n;
    }
    uint16_t *leaves =
        arena_array(ages->seal->closed, set->count, sizeof *leaves);
    memcpy(leaves, set->at, size);
    return code_add(ages->seal->closed, dimension,
                    &(struct node){.code = "",
                                   .level = "",
                                   .label = {"", ""},
                                   .article = "",
                                   .icd10 = "",
                                   .sex = "",
                                   .parent = -1,
                                   .leaves = leaves,
                                   .leaf_count = set->count});
}

/* Of territories without a code no rate tells; other territories are outside
 * the proof. */
static void add_remainder(struct finding *finding, size_t number)
{
    struct seal_ages *ages = finding->ages;
    struct sdc_cell_key key;
    struct sdc_leaves sets[DIM_COUNT];
    if (!universe_remainder(ages->seal->universe, number, &key, sets))
        return;
    struct age_cell cell = {.stock = stock_of(ages, key.measure),
                            .row = AGES_NO_ROW};
    bool named = key.node[DIM_TERRITORY] >= 0 && key.node[DIM_SEX] >= 0 &&
                 key.node[DIM_AGE] >= 0 && key.node[DIM_STRATUM] >= 0;
    if (cell.stock == NULL || !named)
        return;
    for (size_t d = 0; d < DIM_COUNT; d++) {
        if (key.node[d] < 0)
            key.node[d] = seal_ages_name(ages, d, &sets[d]);
    }
    add_cell(finding, cell, key.node);
}

void seal_ages_find_cells(struct seal_ages *ages)
{
    const struct seal *seal = ages->seal;
    size_t tables = seal->job->plan->table_count;
    size_t cells = universe_cells(seal->universe);
    struct arena *scratch = arena_new();
    struct finding finding = {
        .ages = ages, .met = arena_array(scratch, cells, sizeof *finding.met)};
    /* What is added is the proof's own. */
    for (size_t d = 0; d < DIM_COUNT; d++)
        ages->codes.dims[d].capacity = ages->codes.dims[d].count;
    for (size_t t = 0; t < tables; t++) {
        if (ages->tables[t].stock != NULL)
            meet_rated(&finding, t);
    }
    for (size_t t = 0; t < tables; t++) {
        if (ages->tables[t].stock == NULL && seal->tables[t]->counts != NULL)
            add_rows(&finding, t);
    }
    for (size_t c = 0; c < cells; c++)
        add_remainder(&finding, c);
    arena_wipe(scratch);
}
