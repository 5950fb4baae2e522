/* SPDX-License-Identifier: EUPL-1.2 */
/* Age counts of the measures that rates are of, read once. */
#include "base/text.h"
#include "seal/seal_ages_impl.h"

enum {
    STOCK_LIMIT = 40000000, /* age counts of one measure kept at once */
};

static bool too_large(int64_t value)
{
    return value < 0 || value > INT32_MAX;
}

/* False when a count does not fit or is not by leaf: nothing is judged. */
static bool fill_cases(struct age_stock *stock, const struct facts *facts)
{
    for (size_t i = 0; i < facts->count; i++) {
        const struct fact *fact = &facts->rows[i];
        for (size_t d = 0; d < DIM_STRATUM; d++) {
            if (fact->leaf[d] == CUBE_ANY)
                return false;
        }
        if (too_large(fact->count))
            return false;
        stock_cases(stock, fact->leaf[DIM_TERRITORY], fact->leaf[DIM_PERIOD],
                    fact->leaf[DIM_SITE],
                    fact->leaf[DIM_SEX])[fact->leaf[DIM_AGE]] =
            (int32_t)fact->count;
    }
    return true;
}

static bool fill_years(struct age_stock *stock, int32_t *years,
                       const struct facts *facts)
{
    const size_t *leaves = stock->leaves;
    for (size_t i = 0; i < facts->count; i++) {
        const struct fact *fact = &facts->rows[i];
        const uint16_t *leaf = fact->leaf;
        if (leaf[DIM_TERRITORY] == CUBE_ANY || leaf[DIM_PERIOD] == CUBE_ANY ||
            leaf[DIM_SEX] == CUBE_ANY || leaf[DIM_AGE] == CUBE_ANY ||
            leaf[DIM_SITE] != CUBE_ANY || too_large(fact->count))
            return false;
        size_t at = leaf[DIM_TERRITORY] * leaves[DIM_PERIOD] + leaf[DIM_PERIOD];
        years[(at * leaves[DIM_SEX] + leaf[DIM_SEX]) * leaves[DIM_AGE] +
              leaf[DIM_AGE]] = (int32_t)fact->count;
    }
    return true;
}

/* Without cases where there is no room for so many, or some do not fit: nothing
 * is judged. */
static void make_cases(struct seal_ages *ages, const char *measure,
                       const struct calc_source *cases, struct age_stock *stock)
{
    const struct seal *seal = ages->seal;
    size_t cells = 1;
    stock->measure = measure;
    stock->coverage = cases->coverage;
    for (size_t d = 0; d < DIM_COUNT; d++) {
        stock->leaves[d] = seal->codes.dims[d].leaf_count;
        cells *= d == DIM_STRATUM ? 1 : stock->leaves[d];
        if (cells > STOCK_LIMIT)
            return;
    }
    if (stock->leaves[DIM_AGE] > AGES_MAX)
        return;
    stock->cases = arena_array(seal->closed, cells, sizeof *stock->cases);
    if (!fill_cases(stock, cases->facts))
        stock->cases = NULL;
}

static bool make_stock(struct seal_ages *ages, const struct plan_table *table,
                       struct age_stock *stock, struct err *err)
{
    struct seal *seal = ages->seal;
    struct calc_source cases, people;
    if (!seal_lookup(seal, table->measure, &cases, err) ||
        !seal_lookup(seal, table->person_years, &people, err))
        return false;
    make_cases(ages, table->measure, &cases, stock);
    stock->person_years = table->person_years;
    if (stock->cases == NULL)
        return true;
    size_t places = stock->leaves[DIM_TERRITORY] * stock->leaves[DIM_PERIOD] *
                    stock->leaves[DIM_SEX] * stock->leaves[DIM_AGE];
    int32_t *years = arena_array(seal->closed, places, sizeof *years);
    if (fill_years(stock, years, people.facts))
        stock->years = years;
    return true;
}

static struct age_stock *stock_of(const struct seal_ages *ages,
                                  const char *measure)
{
    struct age_stock *found = NULL;
    for (size_t s = 0; s < ages->stock_count && found == NULL; s++) {
        if (text_same(ages->stocks[s].measure, measure))
            found = &ages->stocks[s];
    }
    return found;
}

bool seal_ages_find_stock(struct seal_ages *ages,
                          const struct plan_table *table,
                          const struct age_stock **out, struct err *err)
{
    *out = stock_of(ages, table->measure);
    if (*out != NULL)
        return true;
    struct age_stock *stock = &ages->stocks[ages->stock_count++];
    *out = stock;
    return make_stock(ages, table, stock, err);
}

void seal_ages_no_stocks(struct seal_ages *ages)
{
    const struct seal *seal = ages->seal;
    size_t most = seal->job->plan->table_count;
    for (size_t e = 0; e < seal->past; e++)
        most += seal->ledger->entries[e].basis.rates_count;
    ages->stocks = arena_array(seal->closed, most, sizeof *ages->stocks);
}

bool seal_ages_past_stocks(struct seal_ages *ages, struct err *err)
{
    struct seal *seal = ages->seal;
    struct calc_source cases;
    bool ok = true;
    for (size_t e = 0; e < seal->past && ok; e++) {
        const struct pub_basis *basis = &seal->ledger->entries[e].basis;
        for (size_t r = 0; r < basis->rates_count && ok; r++) {
            const struct measure *measure =
                code_measure(&seal->codes, basis->rates[r].measure);
            if (measure == NULL || measure->kind != MEASURE_COUNT ||
                stock_of(ages, measure->code) != NULL)
                continue;
            ok = seal_lookup(seal, measure->code, &cases, err);
            if (ok)
                make_cases(ages, measure->code, &cases,
                           &ages->stocks[ages->stock_count++]);
        }
    }
    return ok;
}
