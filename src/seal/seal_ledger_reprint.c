/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows of an entry that have rates or proportions and not their count.
 *
 * A count that was not printed cannot be compared. Its values can: where all of
 * them are printed again by the counts of today, each table that agrees with
 * this release agrees with that one as well, and what both tell together is
 * proved as if the count stood. */
#include <stdlib.h>

#include "base/num.h"
#include "calc/kernel.h"
#include "seal/seal_ages_before.h"
#include "seal/seal_ledger_impl.h"

#define PER 100000.0
#define CONFIDENCE 0.95
#define ID "asr_" /* of the column, before the code of the standard */

/* A row while it is printed again. */
struct reprint {
    struct joining *joining;
    const struct joined_table *at;
    const struct past_cell *past;
    const struct ledger_cell *cells; /* of the row */
    size_t row;
    int64_t count;
};

/* --- of one count --------------------------------------------------------- */

static bool prints(const struct ledger_column *column,
                   const struct ledger_cell *cell,
                   const struct kernel_interval *interval, double unit)
{
    double value = column->part == PUB_LOWER   ? interval->lower
                   : column->part == PUB_UPPER ? interval->upper
                                               : interval->value;
    double rounded = num_round(value * unit, cell->decimals);
    return !(rounded < cell->value) && !(rounded > cell->value);
}

/* By the person-years of then, where the row has them. */
static bool same_crude(const struct reprint *reprint, size_t column)
{
    const struct ledger_table *table = reprint->at->table;
    const struct ledger_cell *years = NULL;
    struct kernel_interval interval;
    for (size_t c = 0; c < table->column_count; c++) {
        if (table->columns[c].kind == PUB_PERSON_YEARS &&
            reprint->cells[c].availability == AVAILABLE)
            years = &reprint->cells[c];
    }
    return years != NULL &&
           kernel_crude_rate((double)reprint->count, years->value, PER,
                             CONFIDENCE, &interval) &&
           prints(&table->columns[column], &reprint->cells[column], &interval,
                  1.0);
}

/* Those aimed at, or none where the measure is not a proportion. */
static bool count_trials(const struct reprint *reprint, int64_t *trials,
                         struct err *err)
{
    struct joining *joining = reprint->joining;
    const struct codes *codes = &joining->seal->codes;
    const struct measure *measure =
        code_measure(codes, reprint->at->table->measure);
    const struct measure *aimed =
        measure == NULL ? NULL : code_measure(codes, measure->denominator);
    *trials = 0;
    if (aimed == NULL || aimed->kind != MEASURE_COUNT)
        return true;
    struct past_cell past = *reprint->past;
    past.measure = aimed->code;
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        if ((aimed->dims & 1U << d) == 0)
            past.sets[d] = (size_t)joining->all[d];
    }
    return universe_past_count(joining->universe, &past, seal_count,
                               joining->seal, trials, err);
}

static bool same_proportion(const struct reprint *reprint, size_t column,
                            bool *same, struct err *err)
{
    struct kernel_interval interval;
    int64_t trials = 0;
    if (!count_trials(reprint, &trials, err))
        return false;
    *same = trials >= reprint->count &&
            kernel_wilson((double)reprint->count, (double)trials, CONFIDENCE,
                          &interval) &&
            prints(&reprint->at->table->columns[column],
                   &reprint->cells[column], &interval, 100.0);
    return true;
}

/* --- of the ages ---------------------------------------------------------- */

/* The ages of cases that entries have rates of, read once. */
static bool read_ages(struct seal *seal, struct err *err)
{
    if (seal->reread != NULL)
        return true;
    struct seal_ages *ages = arena_alloc(seal->closed, sizeof *ages);
    ages->seal = seal;
    ages->codes = seal->codes;
    for (size_t d = 0; d < DIM_COUNT; d++) /* what is added is its own */
        ages->codes.dims[d].capacity = ages->codes.dims[d].count;
    seal_ages_no_stocks(ages);
    seal->reread = ages;
    return seal_ages_past_stocks(ages, err);
}

static bool open_basis(struct joining *joining, struct err *err)
{
    if (joining->basis != NULL)
        return true;
    if (!read_ages(joining->seal, err))
        return false;
    joining->basis =
        seal_ages_basis_open(joining->seal->reread, joining->scratch,
                             joining->entry, joining->leaf_of);
    return true;
}

static int by_number(const void *a, const void *b)
{
    return *(const uint16_t *)a - *(const uint16_t *)b;
}

/* All leaves of a set of the entry are left: see ledger_reprints. */
static int set_node(const struct joining *joining, enum dim dim, size_t set)
{
    const struct ledger_dimension *from = &joining->entry->dims[dim];
    const struct ledger_set *given = &from->sets[set];
    size_t count = joining->seal->codes.dims[dim].leaf_count;
    bool whole = joining->sets[dim][set] == joining->all[dim];
    struct arena *scratch = arena_new();
    uint16_t *leaves = arena_array(scratch, count, sizeof *leaves);
    if (!whole)
        count = given->count;
    for (size_t l = 0; l < count; l++)
        leaves[l] = (uint16_t)(whole ? (int)l
                                     : joining->leaf_of[dim][given->leaves[l]]);
    qsort(leaves, count, sizeof *leaves, by_number);
    int node = seal_ages_name(joining->seal->reread, dim,
                              &(struct sdc_leaves){leaves, count});
    arena_free(scratch);
    return node;
}

/* False where there is no stock of these ages. */
static bool find_place(const struct reprint *reprint, struct place *place)
{
    const struct seal_ages *ages = reprint->joining->seal->reread;
    size_t sets[DIM_COUNT];
    *place = (struct place){.stock = -1};
    for (size_t s = 0; s < ages->stock_count; s++) {
        if (text_same(ages->stocks[s].measure, reprint->at->own->code) &&
            ages->stocks[s].cases != NULL)
            place->stock = (int)s;
    }
    ledger_row_sets(reprint->at->table, reprint->row, sets);
    for (int d = 0; d < DIM_COUNT && place->stock >= 0; d++)
        place->node[d] = set_node(reprint->joining, (enum dim)d, sets[d]);
    return place->stock >= 0;
}

static bool same_standardised(const struct reprint *reprint, size_t column,
                              bool *same, struct err *err)
{
    struct joining *joining = reprint->joining;
    const struct ledger_table *table = reprint->at->table;
    const struct ledger_column *own = &table->columns[column];
    struct place place;
    *same = own->part != PUB_VALUE; /* a limit is looked at with its rate */
    if (*same || !text_starts(own->id, ID))
        return true;
    if (!open_basis(joining, err))
        return false;
    if (!find_place(reprint, &place))
        return true;
    const struct printed printed = {
        .standard = own->id + strlen(ID),
        .value = &reprint->cells[column],
        .lower = seal_ages_limit_of(table, reprint->cells, own->id, PUB_LOWER),
        .upper = seal_ages_limit_of(table, reprint->cells, own->id, PUB_UPPER),
        .by_sex = own->by_sex};
    bool limits = printed.lower != NULL && printed.upper != NULL &&
                  printed.lower->availability == AVAILABLE &&
                  printed.upper->availability == AVAILABLE;
    const struct age_rate *rate =
        seal_ages_basis_rate(joining->basis, &place, &printed);
    *same = rate != NULL && seal_ages_same_digits(rate, &printed) >=
                                (limits ? AGES_INTERVAL : AGES_VALUE);
    return true;
}

/* --- the row -------------------------------------------------------------- */

/* `known` where the column tells something that is not the count. */
static bool take_column(const struct reprint *reprint, size_t column,
                        bool *known, bool *same, struct err *err)
{
    enum availability status = reprint->cells[column].availability;
    *known = status == AVAILABLE || status == UNRELIABLE;
    *same = false;
    switch (reprint->at->table->columns[column].kind) {
    case PUB_CRUDE_RATE:
        *same = status == AVAILABLE && same_crude(reprint, column);
        return true;
    case PUB_PROPORTION:
        return status != AVAILABLE ||
               same_proportion(reprint, column, same, err);
    case PUB_STANDARDISED_RATE:
        return status != AVAILABLE ||
               same_standardised(reprint, column, same, err);
    case PUB_COUNT:
    case PUB_SHARE: /* of a total that need not be known either */
        return true;
    case PUB_PERSON_YEARS:
    case PUB_ESTIMATE:
    case PUB_STATISTIC:
        break;
    }
    *known = false;
    return true;
}

bool ledger_reprints(struct joining *joining, const struct joined_table *at,
                     size_t row, const struct past_cell *past, int64_t count,
                     bool *same, struct err *err)
{
    const struct ledger_table *table = at->table;
    const struct reprint reprint = {
        .joining = joining,
        .at = at,
        .past = past,
        .cells = &table->cells[row * table->column_count],
        .row = row,
        .count = count,
    };
    bool any = false;
    *same = true;
    for (size_t c = 0; c < table->column_count && *same; c++) {
        bool known = false, again = false;
        if (!take_column(&reprint, c, &known, &again, err))
            return false;
        any = any || known;
        *same = !known || again;
    }
    *same = *same && any;
    return true;
}
