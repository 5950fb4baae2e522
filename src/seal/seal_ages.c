/* SPDX-License-Identifier: EUPL-1.2 */
#include "seal/seal_ages_impl.h"

#include "base/progress.h"
#include "base/text.h"

enum {
    WAYS = 4, /* to change a row: see find_partners */
};

/* One row, and what is known of its age counts: a problem per sex. */
struct hunt {
    struct seal_ages *ages;
    struct arena *scratch;
    size_t table, row;
    struct age_sharing *sharings; /* without the rows around */
    size_t count;
    int64_t widths[AGES_MAX]; /* that small age counts must have, 0: none */
    uint64_t proved; /* ages: digits are only ever lost, so they stay so */
};

/* --- the decision --------------------------------------------------------- */

static bool age_hopeless(const struct hunt *hunt, size_t age)
{
    for (size_t p = 0; p < hunt->count; p++) {
        if (!age_is_hopeless(&hunt->sharings[p].problem, age,
                             hunt->widths[age]))
            return false;
    }
    return true;
}

static bool is_open(const struct hunt *hunt, size_t age)
{
    return hunt->widths[age] > 0 && !(hunt->proved >> age & 1);
}

/* Takes the limits from some digits. False when there were none. */
static bool blur(unsigned char *digits)
{
    if (digits == NULL || *digits != AGES_INTERVAL)
        return false;
    *digits = AGES_VALUE;
    return true;
}

/* Takes a decimal from a rate without limits, where it has one; else the rate.
 * False when nothing was left. */
static bool coarsen(unsigned char *digits, const struct age_rate *rate)
{
    if (digits == NULL || *digits == AGES_NOTHING)
        return false;
    *digits = *digits == AGES_VALUE && rate->decimals > 0 ? AGES_COARSE
                                                          : AGES_NOTHING;
    return true;
}

/* Takes what tells most: the limits of the row, those of the rows that share
 * its age counts; then, a decimal before the rate, the last standard of the
 * row, its other standards, and those of the others. False when nothing is
 * left. */
static bool lower(struct hunt *hunt)
{
    struct seal_ages *ages = hunt->ages;
    size_t values = ages->seal->tables[hunt->table]->plan->value_count;
    const struct age_table *table = &ages->tables[hunt->table];
    unsigned char *own = table->digits + hunt->row * values;
    struct age_rate *const *rates = table->rates + hunt->row * values;
    bool found = false;
    for (size_t v = 0; v < values; v++)
        found = blur(&own[v]) || found;
    for (size_t p = 0; p < hunt->count && !found; p++) {
        for (size_t u = 0; u < hunt->sharings[p].problem.use_count; u++)
            found = blur(hunt->sharings[p].digits[u]) || found;
    }
    for (size_t v = values; v-- > 0 && !found;)
        found = coarsen(&own[v], rates[v]);
    for (size_t p = 0; p < hunt->count && !found; p++) {
        const struct age_problem *problem = &hunt->sharings[p].problem;
        for (size_t u = 0; u < problem->use_count; u++)
            found =
                coarsen(hunt->sharings[p].digits[u], problem->uses[u].rate) ||
                found;
    }
    return found;
}

static const int64_t *row_counts(const struct seal_ages *ages, size_t table,
                                 size_t row)
{
    size_t values = ages->seal->tables[table]->plan->value_count;
    for (size_t v = 0; v < values; v++) {
        const struct age_rate *rate =
            ages->tables[table].rates[row * values + v];
        if (rate != NULL)
            return rate->counts;
    }
    return NULL;
}

/* Without digits of its own a row adds nothing to those around it. */
static bool is_rated(const struct hunt *hunt)
{
    size_t values = hunt->ages->seal->tables[hunt->table]->plan->value_count;
    const unsigned char *own =
        hunt->ages->tables[hunt->table].digits + hunt->row * values;
    for (size_t v = 0; v < values; v++) {
        if (own[v] != AGES_NOTHING)
            return true;
    }
    return false;
}

/* The partners of one way to change a row: another period, another site, or
 * both. False when the row has none. */
static bool find_partners(const struct hunt *hunt, unsigned way,
                          struct age_aim *aim)
{
    static const enum dim dims[] = {DIM_PERIOD, DIM_SITE};
    for (size_t d = 0; d < DIM_COUNT; d++)
        aim->partner[d] = -1;
    for (size_t i = 0; i < COUNT_OF(dims); i++) {
        if (!(way >> i & 1))
            continue;
        aim->partner[dims[i]] =
            seal_ages_partner(hunt->ages, hunt->table, hunt->row, dims[i]);
        if (aim->partner[dims[i]] < 0)
            return false;
    }
    return true;
}

/* The problems of one way, a sex each; none when there are no partners. */
static size_t share(const struct hunt *hunt, unsigned way, bool around,
                    struct age_sharing **out)
{
    const struct seal *seal = hunt->ages->seal;
    const struct derived_table *table = seal->tables[hunt->table];
    const struct dimension *sexes = &seal->codes.dims[DIM_SEX];
    size_t place[DIM_COUNT], count = 0;
    cube_place(table->counts, hunt->row, place);
    const struct node *sex =
        &sexes->nodes[table->axes[DIM_SEX].nodes[place[DIM_SEX]]];
    *out = arena_array(hunt->scratch, sex->leaf_count, sizeof **out);
    struct age_aim aim = {
        .table = hunt->table, .row = hunt->row, .around = around};
    if (!find_partners(hunt, way, &aim))
        return 0;
    for (size_t x = 0; x < sex->leaf_count; x++) {
        aim.sex = sex->leaves[x];
        count +=
            seal_ages_share(hunt->ages, &aim, hunt->scratch, &(*out)[count]);
    }
    return count;
}

/* The problems of every way, made when they are first asked for. */
struct ways {
    struct age_sharing *sharings[WAYS];
    size_t counts[WAYS];
    bool made[WAYS];
};

static bool is_wide(const struct hunt *hunt, const struct age_sharing *sharings,
                    size_t count, size_t age)
{
    for (size_t p = 0; p < count; p++) {
        if (age_is_wide(&sharings[p].problem, age, hunt->widths[age]))
            return true;
    }
    return false;
}

/* With the rows around: by a change in one sex alone, or by one that partners
 * take back. */
static bool is_wide_around(const struct hunt *hunt, struct ways *ways,
                           size_t age)
{
    for (unsigned way = 0; way < WAYS; way++) {
        if (!ways->made[way])
            ways->counts[way] = share(hunt, way, true, &ways->sharings[way]);
        ways->made[way] = true;
        if (is_wide(hunt, ways->sharings[way], ways->counts[way], age))
            return true;
    }
    return false;
}

/* Rows of many events, of which one moves the rate by far less than a digit. */
static bool is_excused(const struct hunt *hunt)
{
    const struct seal *seal = hunt->ages->seal;
    const struct waiver *waiver =
        policy_waiver(&seal->job->project->policy, SEAL_SUMS_WAIVER);
    return waiver != NULL && cube_count(seal->tables[hunt->table]->counts,
                                        hunt->row) >= waiver->least;
}

/* Every small age count of the row is proved to be wide enough. Where it is not
 * without the rows around, it is not with them: that is asked first. */
static bool row_proved(struct hunt *hunt)
{
    struct ways ways = {0};
    bool around = is_rated(hunt) && !is_excused(hunt);
    hunt->count = share(hunt, 0, false, &hunt->sharings);
    for (size_t a = 0; a < AGES_MAX; a++) {
        if (is_open(hunt, a) && age_hopeless(hunt, a))
            return false;
    }
    for (size_t a = 0; a < AGES_MAX; a++) {
        if (!is_open(hunt, a))
            continue;
        if (!is_wide(hunt, hunt->sharings, hunt->count, a) ||
            (around && !is_wide_around(hunt, &ways, a)))
            return false;
        hunt->proved |= UINT64_C(1) << a;
    }
    return true;
}

/* What the rules would suppress, were it a cell, must be as wide as a cell:
 * stricter lists and small populations included. */
static bool find_widths(struct hunt *hunt, const int64_t *counts,
                        struct err *err)
{
    const struct seal_ages *ages = hunt->ages;
    const struct derived_table *table = ages->seal->tables[hunt->table];
    const struct dimension *dimension = &ages->seal->codes.dims[DIM_AGE];
    const int64_t *people = ages->tables[hunt->table].people[hunt->row];
    struct sdc_cell_key key = {.measure = table->plan->measure};
    size_t place[DIM_COUNT];
    cube_place(table->counts, hunt->row, place);
    for (size_t d = 0; d < DIM_COUNT; d++)
        key.node[d] = table->axes[d].nodes[place[d]];
    for (size_t a = 0; a < dimension->leaf_count; a++) {
        int64_t threshold = 0;
        bool small = false;
        key.node[DIM_AGE] = dimension->leaf_node[a];
        if (!rule_book_judge(ages->book, &key, counts[a], people[a], &threshold,
                             &small, err))
            return false;
        hunt->widths[a] = small ? threshold - 2 : 0;
    }
    return true;
}

/* Proves one row, at the price of its digits, then of those of the rows that
 * share its age counts. Where no rate is left, nothing is told. */
static bool decide_row(struct seal_ages *ages, size_t table, size_t row,
                       struct err *err)
{
    const int64_t *counts = row_counts(ages, table, row);
    struct hunt hunt = {.ages = ages, .table = table, .row = row};
    bool done = counts == NULL;
    if (!done && !find_widths(&hunt, counts, err))
        return false;
    while (!done) {
        hunt.scratch = arena_new();
        done = row_proved(&hunt) || !lower(&hunt);
        arena_wipe(hunt.scratch);
    }
    return true;
}

bool seal_ages_decide(struct seal *seal, struct seal_ages **out,
                      struct err *err)
{
    struct seal_ages *ages = arena_alloc(seal->closed, sizeof *ages);
    ages->seal = seal;
    if (!seal_ages_open(ages, err))
        return false;
    size_t count = seal->job->plan->table_count;
    progress_stage(seal->job->progress, "rates", count);
    for (size_t t = 0; t < count; t++) {
        for (size_t r = 0; ages->tables[t].stock && r < seal->tables[t]->rows;
             r++) {
            if (!decide_row(ages, t, r, err))
                return false;
        }
        progress_step(seal->job->progress, t + 1);
    }
    *out = ages;
    return true;
}

enum age_digits seal_ages_digits(const struct seal_ages *ages, size_t table,
                                 size_t row, size_t value)
{
    size_t values = ages->seal->tables[table]->plan->value_count;
    return (enum age_digits)ages->tables[table].digits[row * values + value];
}

double seal_ages_coarse(const struct seal_ages *ages, size_t table, size_t row,
                        size_t value, int *decimals)
{
    size_t values = ages->seal->tables[table]->plan->value_count;
    const struct age_rate *rate =
        ages->tables[table].rates[row * values + value];
    *decimals = age_rate_coarse(rate);
    return rate->printed[PRINT_COARSE];
}

/* --- the inside review ---------------------------------------------------- */

static void name_row(const struct seal_ages *ages, size_t table, size_t row,
                     struct text *out)
{
    const struct derived_table *derived = ages->seal->tables[table];
    size_t place[DIM_COUNT];
    cube_place(derived->counts, row, place);
    for (size_t d = 0; d < DIM_COUNT; d++) {
        const struct dimension *dimension = &ages->seal->codes.dims[d];
        const struct node *node =
            &dimension->nodes[derived->axes[d].nodes[place[d]]];
        if (dimension->count > 1)
            text_format(out, ", %s %s%s%s", dim_name((enum dim)d),
                        d == DIM_TERRITORY ? node->level : "",
                        d == DIM_TERRITORY ? "/" : "", node->code);
    }
}

static const char *const losses[] = {
    [AGES_NOTHING] = "withheld",
    [AGES_COARSE] = "coarsened",
    [AGES_VALUE] = "without limits",
    [AGES_INTERVAL] = "",
};

void seal_ages_review(const struct seal_ages *ages, struct text *out)
{
    for (size_t t = 0; t < ages->seal->job->plan->table_count; t++) {
        const struct derived_table *table = ages->seal->tables[t];
        size_t values = table->plan->value_count;
        for (size_t i = 0; i < table->rows * values; i++) {
            const struct plan_value *value = &table->plan->values[i % values];
            enum age_digits digits = (enum age_digits)ages->tables[t].digits[i];
            if (ages->tables[t].rates[i] == NULL || digits == AGES_INTERVAL ||
                (digits == AGES_VALUE && !value->interval))
                continue;
            text_format(out, "%s\tstandardised_rate %s\t%s", losses[digits],
                        value->standard, table->plan->id);
            name_row(ages, t, i / values, out);
            text_add(out, "\n");
        }
    }
}
