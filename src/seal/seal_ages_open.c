/* SPDX-License-Identifier: EUPL-1.2 */
#include <assert.h>
#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "calc/sex.h"
#include "seal/seal_ages_impl.h"

/* --- rates ---------------------------------------------------------------- */

static const struct node *row_node(const struct seal_ages *ages,
                                   const struct derived_table *table,
                                   const size_t place[DIM_COUNT], enum dim dim)
{
    return &ages->seal->codes.dims[dim]
                .nodes[table->axes[dim].nodes[place[dim]]];
}

static bool row_covered(const struct age_stock *stock, const struct node *site,
                        size_t territory, size_t period)
{
    if (stock->coverage == NULL)
        return true;
    size_t at = territory * stock->leaves[DIM_PERIOD] + period;
    for (size_t s = 0; s < site->leaf_count; s++) {
        if (stock->coverage->status[at * stock->leaves[DIM_SITE] +
                                    site->leaves[s]] == COVERAGE_NONE)
            return false;
    }
    return true;
}

struct age_row {
    const struct node *node[DIM_COUNT];
    const struct node *sex_years; /* whose person-years they are */
    const struct node *also;      /* sites that are observed as well, or NULL */
    int64_t *counts;              /* [classes] */
    int64_t *years;
};

static void add_pair(const struct age_stock *stock, struct age_row *row,
                     size_t territory, size_t period)
{
    const struct node *site = row->node[DIM_SITE], *sex = row->node[DIM_SEX];
    size_t classes = stock->leaves[DIM_AGE];
    for (size_t x = 0; x < row->sex_years->leaf_count; x++) {
        const int32_t *years =
            stock_years(stock, territory, period, row->sex_years->leaves[x]);
        for (size_t a = 0; a < classes; a++)
            row->years[a] += years[a];
    }
    for (size_t s = 0; s < site->leaf_count; s++) {
        for (size_t x = 0; x < sex->leaf_count; x++) {
            const int32_t *cases = stock_cases(stock, territory, period,
                                               site->leaves[s], sex->leaves[x]);
            for (size_t a = 0; a < classes; a++)
                row->counts[a] += cases[a];
        }
    }
}

static void sum_pairs(const struct age_stock *stock, struct age_row *row,
                      struct arena *arena)
{
    size_t classes = stock->leaves[DIM_AGE];
    row->counts = arena_array(arena, classes, sizeof *row->counts);
    row->years = arena_array(arena, classes, sizeof *row->years);
    const struct node *period = row->node[DIM_PERIOD];
    const struct node *territory = row->node[DIM_TERRITORY];
    for (size_t t = 0; t < territory->leaf_count; t++) {
        for (size_t p = 0; p < period->leaf_count; p++) {
            size_t place = territory->leaves[t], year = period->leaves[p];
            if (row_covered(stock, row->node[DIM_SITE], place, year) &&
                (row->also == NULL ||
                 row_covered(stock, row->also, place, year)))
                add_pair(stock, row, territory->leaves[t], period->leaves[p]);
        }
    }
}

static void name_row(const struct seal_ages *ages,
                     const struct derived_table *table,
                     const size_t place[DIM_COUNT], struct age_row *row)
{
    const struct codes *codes = &ages->seal->codes;
    for (size_t d = 0; d < DIM_COUNT; d++)
        row->node[d] = row_node(ages, table, place, (enum dim)d);
    int sex = sex_of_site(codes, table->axes[DIM_SITE].nodes[place[DIM_SITE]]);
    row->sex_years =
        sex < 0 ? row->node[DIM_SEX] : &codes->dims[DIM_SEX].nodes[sex];
}

static struct age_row row_of(const struct seal_ages *ages,
                             const int node[DIM_COUNT])
{
    const struct codes *codes = &ages->codes;
    struct age_row row = {0};
    for (size_t d = 0; d < DIM_COUNT; d++)
        row.node[d] = &codes->dims[d].nodes[node[d]];
    int sex = sex_of_site(codes, node[DIM_SITE]);
    row.sex_years =
        sex < 0 ? row.node[DIM_SEX] : &codes->dims[DIM_SEX].nodes[sex];
    return row;
}

int64_t seal_ages_cases(const struct seal_ages *ages,
                        const struct age_stock *stock,
                        const int node[DIM_COUNT])
{
    const struct node *own = &ages->codes.dims[DIM_AGE].nodes[node[DIM_AGE]];
    const int64_t *counts = NULL, *years = NULL;
    struct arena *scratch = arena_new();
    int64_t cases = 0;
    seal_ages_sum(ages, stock, node, scratch, &counts, &years);
    for (size_t l = 0; l < own->leaf_count; l++)
        cases += counts[own->leaves[l]];
    arena_wipe(scratch);
    return cases;
}

void seal_ages_sum(const struct seal_ages *ages, const struct age_stock *stock,
                   const int node[DIM_COUNT], struct arena *arena,
                   const int64_t **counts, const int64_t **years)
{
    struct age_row row = row_of(ages, node);
    sum_pairs(stock, &row, arena);
    *counts = row.counts;
    *years = row.years;
}

void seal_ages_sum_sites(const struct seal_ages *ages,
                         const struct age_stock *stock,
                         const int node[DIM_COUNT], const struct node *sites,
                         struct arena *arena, const int64_t **counts,
                         const int64_t **years)
{
    const struct codes *codes = &ages->codes;
    struct age_row row = {0};
    for (size_t d = 0; d < DIM_COUNT; d++)
        row.node[d] = &codes->dims[d].nodes[node[d]];
    row.also = row.node[DIM_SITE];
    row.node[DIM_SITE] = sites;
    row.sex_years = row.node[DIM_SEX];
    sum_pairs(stock, &row, arena);
    *counts = row.counts;
    *years = row.years;
}

/* The classes of a rate: those of one row, or of a row for each sex, whose
 * weights sum to the total of the standard each. */
static struct age_rate *gather_rate(struct arena *closed,
                                    const struct age_row *rows, size_t sexes,
                                    size_t ages,
                                    const struct standard_match *match)
{
    struct age_rate *rate = arena_alloc(closed, sizeof *rate);
    size_t classes = sexes * ages, groups = sexes * match->groups;
    int64_t *counts = arena_array(closed, classes, sizeof *counts);
    double *years = arena_array(closed, groups, sizeof *years);
    double *weights = arena_array(closed, groups, sizeof *weights);
    int *group = arena_array(closed, classes, sizeof *group);
    for (size_t c = 0; c < classes; c++) {
        size_t sex = c / ages, age = c % ages;
        counts[c] = rows[sex].counts[age];
        group[c] = -1;
        if (match->group[age] < 0)
            continue;
        group[c] = (int)(sex * match->groups) + match->group[age];
        years[group[c]] += (double)rows[sex].years[age];
    }
    for (size_t g = 0; g < groups; g++)
        weights[g] = match->weights[g % match->groups];
    *rate = (struct age_rate){
        .classes = classes,
        .sexes = sexes,
        .counts = counts,
        .years = years,
        .weights = weights,
        .group = group,
        .groups = groups,
        .total = match->total * (double)sexes,
    };
    return rate;
}

/* Every sex of a row that joins them, by itself. */
static const struct age_row *rows_by_sex(const struct seal_ages *ages,
                                         const struct age_stock *stock,
                                         const struct age_row *row)
{
    const struct dimension *sexes = &ages->seal->codes.dims[DIM_SEX];
    struct age_row *out =
        arena_array(ages->seal->closed, sexes->leaf_count, sizeof *out);
    for (size_t x = 0; x < sexes->leaf_count; x++) {
        memcpy(out[x].node, row->node, sizeof row->node);
        out[x].node[DIM_SEX] = &sexes->nodes[sexes->leaf_node[x]];
        out[x].sex_years = out[x].node[DIM_SEX];
        sum_pairs(stock, &out[x], ages->seal->closed);
    }
    return out;
}

/* How many sexes have classes of their own in the rate of a row, as
 * derived_standardised does it. */
static size_t sexes_apart(const struct age_stock *stock,
                          const struct age_row *row, bool by_sex)
{
    bool apart = by_sex && row->node[DIM_SEX]->leaf_count > 1 &&
                 row->sex_years == row->node[DIM_SEX];
    return apart ? stock->leaves[DIM_SEX] : 1;
}

/* The rate again, from its ages; NULL when it is not what was computed, or has
 * too many classes: a doubt, and the rate stays withheld. */
static const struct age_rate *make_rate(struct seal_ages *ages,
                                        const struct age_stock *stock,
                                        struct age_row *row, size_t sexes,
                                        const struct standard_match *match,
                                        int decimals)
{
    struct arena *closed = ages->seal->closed;
    size_t classes = stock->leaves[DIM_AGE];
    if (sexes * classes > AGES_MAX || sexes * match->groups > AGES_MAX)
        return NULL;
    if (row->counts == NULL)
        sum_pairs(stock, row, closed);
    struct age_rate *rate =
        gather_rate(closed, sexes > 1 ? rows_by_sex(ages, stock, row) : row,
                    sexes, classes, match);
    rate->decimals = decimals;
    return age_rate_print(closed, rate) ? rate : NULL;
}

const struct age_rate *seal_ages_rate(struct seal_ages *ages,
                                      const struct age_stock *stock,
                                      const int node[DIM_COUNT], bool by_sex,
                                      const struct standard *standard,
                                      int decimals)
{
    struct age_row row = row_of(ages, node);
    struct standard_match match;
    struct err ignored = {0};
    if (!standard_match(ages->seal->closed, standard,
                        &ages->codes.dims[DIM_AGE], row.node[DIM_AGE], &match,
                        &ignored))
        return NULL;
    return make_rate(ages, stock, &row, sexes_apart(stock, &row, by_sex),
                     &match, decimals);
}

size_t seal_ages_sexes(const struct seal_ages *ages,
                       const struct age_stock *stock, const int node[DIM_COUNT],
                       bool by_sex)
{
    struct age_row row = row_of(ages, node);
    return sexes_apart(stock, &row, by_sex);
}

/* What makes a rate the same in another table. */
struct fate_key {
    const struct standard *standard;
    size_t cell, sexes, decimals;
};

static struct age_fate *add_fate(struct seal_ages *ages,
                                 const struct fate_key *key,
                                 const struct age_rate *rate, double events)
{
    struct age_fate *fate = arena_alloc(ages->seal->closed, sizeof *fate);
    *fate = (struct age_fate){.cell = key->cell,
                              .standard = key->standard->code,
                              .rate = rate,
                              .events = events,
                              .number = ages->fate_count,
                              .asked = AGES_NOTHING,
                              .digits = AGES_NOTHING};
    bool added = map_put(ages->met, (const char *)key, sizeof *key,
                         (int)ages->fate_count);
    assert(added);
    ages->fates = arena_grow(ages->seal->closed, ages->fates, ages->fate_count,
                             &ages->fate_capacity, sizeof *ages->fates);
    ages->fates[ages->fate_count++] = fate;
    return fate;
}

static bool prints(const struct age_rate *rate, double value)
{
    return rate != NULL && !(rate->printed[PRINT_VALUE] < value) &&
           !(rate->printed[PRINT_VALUE] > value);
}

/* The column of a value, or the table's column count. */
static size_t column_of(const struct derived_table *table, size_t value)
{
    size_t c = 0;
    while (c < table->column_count && (table->columns[c].value != value ||
                                       table->columns[c].part != PART_VALUE))
        c++;
    return c;
}

static bool has_rate(const struct seal_ages *ages, size_t table, size_t row,
                     size_t column)
{
    const struct seal *seal = ages->seal;
    const struct derived_table *derived = seal->tables[table];
    size_t own = seal->rows[table].own[row];
    return derived->cells[row * derived->column_count + column].availability ==
               AVAILABLE &&
           own != SEAL_NO_CELL && clearance_shown(seal->clearance, own);
}

/* Where a count is shown as 0, everybody knows the age counts: each change that
 * proves another row leaves them alone, and their rate is 0. Its limits follow
 * from person-years and weights. So nothing is gained by withholding that. */
static void show_zeros(struct seal_ages *ages, size_t table, size_t value,
                       struct age_fate *known)
{
    const struct derived_table *derived = ages->seal->tables[table];
    struct age_fate **fates = ages->tables[table].fates;
    size_t column = column_of(derived, value);
    for (size_t r = 0; r < derived->rows; r++) {
        if (has_rate(ages, table, r, column) &&
            cube_count(derived->counts, r) == 0)
            fates[r * derived->plan->value_count + value] = known;
    }
}

void seal_ages_show_zeros(struct seal_ages *ages)
{
    const struct seal *seal = ages->seal;
    struct age_fate *known = arena_alloc(seal->closed, sizeof *known);
    known->digits = AGES_INTERVAL;
    for (size_t t = 0; t < seal->job->plan->table_count; t++) {
        const struct plan_table *plan = seal->tables[t]->plan;
        const struct age_stock *stock = ages->tables[t].stock;
        for (size_t v = 0;
             stock != NULL && stock->years != NULL && v < plan->value_count;
             v++) {
            if (plan->values[v].kind == VALUE_STANDARDISED_RATE)
                show_zeros(ages, t, v, known);
        }
    }
}

/* One value of a table, while its rates are made. */
struct opening {
    struct seal_ages *ages;
    size_t table, value, column;
    const struct standard *standard;
    struct standard_match *matches; /* by place of the ages */
    struct age_row *rows;           /* of the table */
};

/* The rate of a row, whether or not a table has asked for it before. */
static struct age_fate *open_rate(const struct opening *opening, size_t r)
{
    struct seal_ages *ages = opening->ages;
    const struct derived_table *derived = ages->seal->tables[opening->table];
    const struct plan_value *plan = &derived->plan->values[opening->value];
    const struct age_stock *stock = ages->tables[opening->table].stock;
    enum age_digits asked = plan->interval ? AGES_INTERVAL : AGES_VALUE;
    struct age_row *row = &opening->rows[r];
    size_t place[DIM_COUNT];
    cube_place(derived->counts, r, place);
    name_row(ages, derived, place, row);
    const struct fate_key key = {
        .standard = opening->standard,
        .cell = ages->seal->rows[opening->table].own[r],
        .sexes = sexes_apart(stock, row, plan->by_sex),
        .decimals = (size_t)plan->decimals,
    };
    int met = map_get(ages->met, (const char *)&key, sizeof key);
    struct age_fate *fate = met < 0 ? NULL : ages->fates[met];
    const struct age_rate *rate =
        fate != NULL
            ? fate->rate
            : make_rate(ages, stock, row, key.sexes,
                        &opening->matches[place[DIM_AGE]], plan->decimals);
    if (!prints(
            rate,
            derived->cells[r * derived->column_count + opening->column].value))
        return NULL;
    if (fate == NULL)
        fate = add_fate(ages, &key, rate,
                        seal_ages_events(ages, opening->table, r));
    fate->asked = fate->asked > asked ? fate->asked : asked;
    fate->digits = fate->asked;
    return fate;
}

static bool open_value(struct seal_ages *ages, size_t table, size_t value,
                       struct age_row *rows, struct err *err)
{
    struct seal *seal = ages->seal;
    const struct derived_table *derived = seal->tables[table];
    const struct plan_value *plan = &derived->plan->values[value];
    const struct cube_axis *axis = &derived->axes[DIM_AGE];
    const struct dimension *dimension = &seal->codes.dims[DIM_AGE];
    const struct opening opening = {
        .ages = ages,
        .table = table,
        .value = value,
        .column = column_of(derived, value),
        .standard = plan_standard(seal->job->plan, plan->standard),
        .matches =
            arena_array(seal->closed, axis->count, sizeof *opening.matches),
        .rows = rows,
    };
    for (size_t p = 0; p < axis->count; p++) {
        if (!standard_match(seal->closed, opening.standard, dimension,
                            &dimension->nodes[axis->nodes[p]],
                            &opening.matches[p], err))
            return false;
    }
    for (size_t r = 0; r < derived->rows; r++) {
        if (has_rate(ages, table, r, opening.column))
            ages->tables[table].fates[r * derived->plan->value_count + value] =
                open_rate(&opening, r);
    }
    return true;
}

/* By other person-years it is another rate, even where it prints the same. */
static bool is_judged(const struct age_stock *stock,
                      const struct plan_table *plan)
{
    return stock->years != NULL &&
           text_same(stock->person_years, plan->person_years);
}

static bool open_table(struct seal_ages *ages, size_t table, struct err *err)
{
    struct seal *seal = ages->seal;
    const struct derived_table *derived = seal->tables[table];
    const struct plan_table *plan = derived->plan;
    struct age_table *out = &ages->tables[table];
    out->fates = arena_array(seal->closed, derived->rows * plan->value_count,
                             sizeof *out->fates);
    struct age_row *rows = NULL;
    for (size_t v = 0; v < plan->value_count; v++) {
        if (plan->values[v].kind != VALUE_STANDARDISED_RATE)
            continue;
        if (out->stock == NULL &&
            !seal_ages_find_stock(ages, plan, &out->stock, err))
            return false;
        if (rows == NULL)
            rows = arena_array(seal->closed, derived->rows, sizeof *rows);
        if (is_judged(out->stock, plan) &&
            !open_value(ages, table, v, rows, err))
            return false;
    }
    return true;
}

static bool find_rows(struct seal_ages *ages)
{
    seal_ages_find_cells(ages);
    seal_ages_find_before(ages);
    return true;
}

bool seal_ages_open(struct seal_ages *ages, struct err *err)
{
    struct seal *seal = ages->seal;
    size_t count = seal->job->plan->table_count;
    ages->tables = arena_array(seal->closed, count, sizeof *ages->tables);
    seal_ages_no_stocks(ages);
    ages->codes = seal->codes;
    ages->met = map_new(seal->closed);
    for (size_t t = 0; t < count; t++) {
        if (!open_table(ages, t, err))
            return err_wrap(err, "table '%s'", seal->tables[t]->plan->id);
    }
    return seal_ages_past_stocks(ages, err) && find_rows(ages) &&
           rule_book_new(seal->closed, &ages->codes,
                         &seal->job->project->policy, &ages->book, err);
}
