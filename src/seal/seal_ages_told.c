/* SPDX-License-Identifier: EUPL-1.2 */
/* Rates of this release that an earlier edition of the same store has decided.
 *
 * Decided anew, beside rates that are printed for ever, they would come out
 * otherwise: a row finds its proof in another order, and whoever has both
 * editions has the sum of what each of them prints. */
#include "base/map.h"
#include "seal/seal_ages_before.h"

struct age_told {
    struct seal_ages *ages;
    struct map *first;       /* fates by place: number of the first */
    bool *met;               /* [fates] */
    bool *said;              /* [fates] an entry says something of it */
    enum age_digits *digits; /* [fates] the most that one says */
};

static bool prints(const struct age_rate *rate, enum age_print part,
                   const struct ledger_cell *cell)
{
    return !(rate->printed[part] < cell->value) &&
           !(rate->printed[part] > cell->value);
}

enum age_digits seal_ages_same_digits(const struct age_rate *rate,
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

/* The code of another standard may begin like the one of this. */
const struct ledger_cell *seal_ages_limit_of(const struct ledger_table *table,
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

struct age_told *seal_ages_told_new(struct seal_ages *ages,
                                    struct arena *scratch)
{
    struct age_told *told = arena_alloc(scratch, sizeof *told);
    size_t count = ages->fate_count;
    *told = (struct age_told){
        .ages = ages,
        .first = map_new(scratch),
        .met = arena_array(scratch, count, sizeof *told->met),
        .said = arena_array(scratch, count, sizeof *told->said),
        .digits = arena_array(scratch, count, sizeof *told->digits),
    };
    return told;
}

static struct age_fate *first_at(const struct age_told *told,
                                 const struct place *place)
{
    int number = map_get(told->first, (const char *)place, sizeof *place);
    return number < 0 ? NULL : told->ages->fates[number];
}

void seal_ages_told_own(struct age_told *told, const struct place *place,
                        struct age_fate *fate)
{
    struct age_fate *first = first_at(told, place);
    if (told->met[fate->number])
        return;
    told->met[fate->number] = true;
    if (first == NULL) {
        (void)map_put(told->first, (const char *)place, sizeof *place,
                      (int)fate->number);
        return;
    }
    fate->next = first->next;
    first->next = fate;
}

const struct age_rate *seal_ages_told_rate(const struct age_told *told,
                                           const struct place *place,
                                           const struct printed *printed)
{
    const struct age_rate *found = NULL;
    const struct age_fate *fate = first_at(told, place);
    for (; fate != NULL; fate = fate->next) {
        const struct age_rate *rate = fate->rate;
        if (text_same(fate->standard, printed->standard) &&
            rate->sexes == printed->sexes && printed->same &&
            rate->decimals == printed->value->decimals &&
            seal_ages_same_digits(rate, printed) != AGES_NOTHING)
            found = rate;
    }
    return found;
}

/* With so many decimals, or with those that are left where one is lost. */
static bool is_asked(const struct age_rate *rate, int decimals)
{
    return decimals == rate->decimals || decimals == age_rate_coarse(rate);
}

/* False where it is of another rate of the row: by other weights or
 * person-years, with other decimals, by age and sex, or without the limits that
 * this one asks for. */
static bool says(const struct printed *printed, const struct age_fate *fate,
                 enum age_digits *digits)
{
    const struct age_rate *rate = fate->rate;
    *digits = AGES_NOTHING;
    if (!printed->same || printed->sexes != rate->sexes)
        return false;
    if (printed->value->availability == CONFIDENTIAL)
        return printed->most < 0 || is_asked(rate, printed->most);
    if (printed->value->decimals != rate->decimals) {
        *digits = AGES_COARSE;
        return is_asked(rate, printed->value->decimals) &&
               prints(rate, PRINT_COARSE, printed->value);
    }
    *digits = seal_ages_same_digits(rate, printed);
    return *digits == AGES_INTERVAL ||
           (*digits == AGES_VALUE &&
            (printed->lower != NULL || fate->asked == AGES_VALUE));
}

void seal_ages_told_take(struct age_told *told, const struct place *place,
                         const struct printed *printed)
{
    struct age_fate *fate = first_at(told, place);
    for (; fate != NULL; fate = fate->next) {
        enum age_digits digits;
        size_t number = fate->number;
        if (!text_same(fate->standard, printed->standard) ||
            !says(printed, fate, &digits))
            continue;
        if (digits > told->digits[number])
            told->digits[number] = digits;
        told->said[number] = true;
    }
}

void seal_ages_told_apply(struct age_told *told)
{
    for (size_t f = 0; f < told->ages->fate_count; f++) {
        struct age_fate *fate = told->ages->fates[f];
        if (!told->said[f])
            continue;
        if (told->digits[f] < fate->digits)
            fate->digits = told->digits[f];
        fate->before = fate->digits != AGES_NOTHING;
    }
}

/* --- where nothing is left to decide -------------------------------------- */

static bool has_open(const struct seal_ages *ages, size_t table, size_t row)
{
    size_t values = ages->seal->tables[table]->plan->value_count;
    struct age_fate *const *fates = ages->tables[table].fates + row * values;
    bool any = false;
    for (size_t v = 0; v < values && !any; v++)
        any = fate_digits(fates[v]) != AGES_NOTHING && !fates[v]->before;
    return any;
}

static void note_open(const struct seal_ages *ages, size_t table,
                      struct map *open)
{
    const struct derived_table *derived = ages->seal->tables[table];
    size_t rows = ages->tables[table].stock == NULL ? 0 : derived->rows;
    for (size_t r = 0; r < rows; r++) {
        size_t at[DIM_COUNT];
        if (!has_open(ages, table, r))
            continue;
        cube_place(derived->counts, r, at);
        const struct node *node =
            &ages->codes.dims[DIM_TERRITORY]
                 .nodes[derived->axes[DIM_TERRITORY].nodes[at[DIM_TERRITORY]]];
        (void)map_put(open, (const char *)node->leaves,
                      node->leaf_count * sizeof *node->leaves, 0);
    }
}

void seal_ages_find_open(struct seal_ages *ages)
{
    const struct dimension *dimension = &ages->codes.dims[DIM_TERRITORY];
    struct arena *scratch = arena_new();
    struct map *open = map_new(scratch);
    for (size_t t = 0; t < ages->seal->job->plan->table_count; t++)
        note_open(ages, t, open);
    ages->open_count = dimension->count;
    ages->open =
        arena_array(ages->seal->closed, dimension->count, sizeof *ages->open);
    for (size_t n = 0; n < dimension->count; n++) {
        const struct node *node = &dimension->nodes[n];
        ages->open[n] = map_get(open, (const char *)node->leaves,
                                node->leaf_count * sizeof *node->leaves) >= 0;
    }
    arena_wipe(scratch);
}

bool seal_ages_is_open(const struct seal_ages *ages, int territory)
{
    return (size_t)territory >= ages->open_count || ages->open[territory];
}
