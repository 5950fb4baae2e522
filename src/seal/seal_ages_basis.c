/* SPDX-License-Identifier: EUPL-1.2 */
/* What rates were computed with beside counts: of this release, for those that
 * come later, and of earlier ones.
 *
 * Person-years are revised, standards get other weights, and a rate by age and
 * sex may print what the one by age does. Whoever kept the numbers of then has
 * an equation over the same cases all the same: it is made again with those. */
#include "seal/seal_ages_before.h"

/* Person-years of then for the rates of one measure. */
struct then {
    bool known;
    struct age_stock stock; /* the cases of today, by them */
    bool *same;             /* [territory][period] they are those of today */
};

struct age_basis {
    struct seal_ages *ages;
    struct arena *scratch;
    const struct pub_basis *from;
    int *const *leaf_of;
    struct then *of; /* [stocks] */
};

/* --- of this release ------------------------------------------------------ */

static void copy_years(const struct age_stock *stock, struct arena *arena,
                       struct pub_years *out)
{
    size_t territories = stock->leaves[DIM_TERRITORY];
    size_t periods = stock->leaves[DIM_PERIOD];
    size_t width = stock->leaves[DIM_SEX] * stock->leaves[DIM_AGE];
    struct pub_years_row *rows =
        arena_array(arena, territories * periods, sizeof *rows);
    *out = (struct pub_years){
        .measure = stock->person_years, .rows = rows, .width = width};
    for (size_t i = 0; i < territories * periods; i++) {
        const int32_t *years = stock->years + i * width;
        bool any = false;
        for (size_t w = 0; w < width; w++)
            any = any || years[w] != 0;
        if (any)
            rows[out->count++] =
                (struct pub_years_row){.territory = (uint16_t)(i / periods),
                                       .period = (uint16_t)(i % periods),
                                       .at = years};
    }
}

static const struct pub_years *find_years(const struct pub_basis *basis,
                                          const char *measure)
{
    const struct pub_years *found = NULL;
    for (size_t y = 0; y < basis->years_count && found == NULL; y++) {
        if (text_same(basis->years[y].measure, measure))
            found = &basis->years[y];
    }
    return found;
}

void seal_ages_basis(const struct seal_ages *ages, struct arena *arena,
                     struct pub_basis *out)
{
    const struct plan *plan = ages->seal->job->plan;
    struct pub_rates *rates =
        arena_array(arena, ages->stock_count, sizeof *rates);
    struct pub_years *years =
        arena_array(arena, ages->stock_count, sizeof *years);
    *out = (struct pub_basis){.rates = rates, .years = years};
    for (size_t s = 0; s < ages->stock_count; s++) {
        const struct age_stock *stock = &ages->stocks[s];
        if (stock->years == NULL)
            continue;
        rates[out->rates_count++] =
            (struct pub_rates){stock->measure, stock->person_years};
        if (find_years(out, stock->person_years) == NULL)
            copy_years(stock, arena, &years[out->years_count++]);
    }
    if (out->rates_count > 0) {
        out->standards = plan->standards;
        out->standard_count = plan->standard_count;
    }
}

/* --- of an entry ---------------------------------------------------------- */

/* Both have the same codes. */
static bool fits(const struct ledger_dimension *from, const int *leaf_of,
                 size_t leaf_count)
{
    bool same = from->leaf_count == leaf_count;
    for (size_t l = 0; l < from->leaf_count; l++)
        same = same && leaf_of[l] >= 0;
    return same;
}

/* One territory and year of the entry, in leaves of the store. */
static void put_row(const struct age_basis *basis,
                    const struct pub_years_row *row, struct then *then,
                    int32_t *years)
{
    const size_t *leaves = then->stock.leaves;
    int territory = basis->leaf_of[DIM_TERRITORY][row->territory];
    int period = basis->leaf_of[DIM_PERIOD][row->period];
    if (territory < 0 || period < 0)
        return;
    size_t place = (size_t)territory * leaves[DIM_PERIOD] + (size_t)period;
    int32_t *at = years + place * leaves[DIM_SEX] * leaves[DIM_AGE];
    for (size_t i = 0; i < leaves[DIM_SEX] * leaves[DIM_AGE]; i++) {
        int sex = basis->leaf_of[DIM_SEX][i / leaves[DIM_AGE]];
        int age = basis->leaf_of[DIM_AGE][i % leaves[DIM_AGE]];
        at[(size_t)sex * leaves[DIM_AGE] + (size_t)age] = row->at[i];
    }
}

static void open_then(const struct age_basis *basis,
                      const struct age_stock *stock,
                      const struct pub_years *from, struct then *then)
{
    const size_t *leaves = stock->leaves;
    size_t places = leaves[DIM_TERRITORY] * leaves[DIM_PERIOD];
    size_t width = leaves[DIM_SEX] * leaves[DIM_AGE];
    int32_t *years = arena_array(basis->scratch, places * width, sizeof *years);
    *then = (struct then){.known = true, .stock = *stock};
    for (size_t r = 0; r < from->count; r++)
        put_row(basis, &from->rows[r], then, years);
    then->stock.years = years;
    then->same = arena_array(basis->scratch, places, sizeof *then->same);
    for (size_t p = 0; p < places; p++)
        then->same[p] = stock->years != NULL &&
                        memcmp(years + p * width, stock->years + p * width,
                               width * sizeof *years) == 0;
}

/* NULL where the entry does not say, as those of old do not. */
static const struct pub_years *years_of(const struct pub_basis *from,
                                        const char *measure)
{
    const struct pub_years *found = NULL;
    for (size_t r = 0; r < from->rates_count && found == NULL; r++) {
        if (text_same(from->rates[r].measure, measure))
            found = find_years(from, from->rates[r].person_years);
    }
    return found;
}

struct age_basis *seal_ages_basis_open(struct seal_ages *ages,
                                       struct arena *scratch,
                                       const struct ledger_entry *entry,
                                       int *const leaf_of[DIM_COUNT])
{
    struct age_basis *basis = arena_alloc(scratch, sizeof *basis);
    *basis = (struct age_basis){
        .ages = ages,
        .scratch = scratch,
        .from = &entry->basis,
        .leaf_of = leaf_of,
        .of = arena_array(scratch, ages->stock_count, sizeof *basis->of),
    };
    for (size_t s = 0; s < ages->stock_count; s++) {
        const struct age_stock *stock = &ages->stocks[s];
        const struct pub_years *from = years_of(basis->from, stock->measure);
        bool known = from != NULL && stock->cases != NULL;
        for (size_t d = DIM_SEX; d <= DIM_AGE; d++)
            known =
                known && fits(&entry->dims[d], leaf_of[d], stock->leaves[d]);
        if (known)
            open_then(basis, stock, from, &basis->of[s]);
    }
    return basis;
}

/* --- a rate of an entry --------------------------------------------------- */

static const struct standard *standard_of(const struct pub_basis *from,
                                          const char *code)
{
    const struct standard *found = NULL;
    for (size_t s = 0; s < from->standard_count && found == NULL; s++) {
        if (text_same(from->standards[s].code, code))
            found = &from->standards[s];
    }
    return found;
}

static bool same_numbers(const double *a, const double *b, size_t count)
{
    return memcmp(a, b, count * sizeof *a) == 0;
}

static bool same_standard(const struct standard *a, const struct standard *b)
{
    return a != NULL && b != NULL && same_numbers(&a->total, &b->total, 1) &&
           a->count == b->count &&
           memcmp(a->bands, b->bands, a->count * sizeof *a->bands) == 0;
}

static bool same_years(const struct age_basis *basis, const struct then *then,
                       const struct place *place)
{
    const struct dimension *dims = basis->ages->codes.dims;
    const struct node *territory =
        &dims[DIM_TERRITORY].nodes[place->node[DIM_TERRITORY]];
    const struct node *period =
        &dims[DIM_PERIOD].nodes[place->node[DIM_PERIOD]];
    bool same = then->known;
    for (size_t t = 0; t < territory->leaf_count && same; t++) {
        const bool *at =
            then->same + territory->leaves[t] * then->stock.leaves[DIM_PERIOD];
        for (size_t p = 0; p < period->leaf_count && same; p++)
            same = at[period->leaves[p]];
    }
    return same;
}

void seal_ages_basis_find(const struct age_basis *basis,
                          const struct place *place, struct printed *printed)
{
    const struct seal_ages *ages = basis->ages;
    const struct plan *plan = ages->seal->job->plan;
    printed->sexes = seal_ages_sexes(ages, &ages->stocks[place->stock],
                                     place->node, printed->by_sex);
    printed->same = same_standard(standard_of(basis->from, printed->standard),
                                  plan_standard(plan, printed->standard)) &&
                    same_years(basis, &basis->of[place->stock], place);
}

const struct age_rate *seal_ages_basis_rate(const struct age_basis *basis,
                                            const struct place *place,
                                            const struct printed *printed)
{
    const struct then *then = &basis->of[place->stock];
    const struct standard *standard =
        standard_of(basis->from, printed->standard);
    return then->known && standard != NULL
               ? seal_ages_rate(basis->ages, &then->stock, place->node,
                                printed->by_sex, standard,
                                printed->value->decimals)
               : NULL;
}

bool seal_ages_same_rate(const struct age_rate *a, const struct age_rate *b)
{
    return a->sexes == b->sexes && a->decimals == b->decimals &&
           a->classes == b->classes && a->groups == b->groups &&
           same_numbers(&a->total, &b->total, 1) &&
           same_numbers(a->years, b->years, a->groups) &&
           same_numbers(a->weights, b->weights, a->groups) &&
           memcmp(a->group, b->group, a->classes * sizeof *a->group) == 0;
}
