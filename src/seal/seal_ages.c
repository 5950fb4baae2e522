/* SPDX-License-Identifier: EUPL-1.2 */
#include "seal/seal_ages_impl.h"

#include "base/progress.h"
#include "base/text.h"

/* One row, and what is known of its age counts: a problem per sex. */
struct hunt {
    struct seal_ages *ages;
    struct arena *scratch;
    size_t table, row;
    struct age_sharing *sharings;
    size_t count;
    uint64_t proved; /* ages: digits are only ever lost, so they stay so */
};

/* --- the decision --------------------------------------------------------- */

static bool age_hopeless(const struct hunt *hunt, size_t age, int64_t width)
{
    for (size_t p = 0; p < hunt->count; p++) {
        if (!age_is_hopeless(&hunt->sharings[p].problem, age, width))
            return false;
    }
    return true;
}

static bool age_proved(const struct hunt *hunt, size_t age, int64_t width)
{
    for (size_t p = 0; p < hunt->count; p++) {
        if (age_is_wide(&hunt->sharings[p].problem, age, width))
            return true;
    }
    return false;
}

/* Every small age count of the row is proved to be wide enough. */
static bool row_proved(struct hunt *hunt, const int64_t *counts,
                       int64_t threshold)
{
    size_t classes = hunt->ages->tables[hunt->table].stock->leaves[DIM_AGE];
    uint64_t open = 0;
    for (size_t a = 0; a < classes; a++) {
        if (counts[a] > 0 && counts[a] < threshold && !(hunt->proved >> a & 1))
            open |= UINT64_C(1) << a;
        if ((open >> a & 1) && age_hopeless(hunt, a, threshold - 2))
            return false;
    }
    for (size_t a = 0; a < classes; a++) {
        if (!(open >> a & 1))
            continue;
        if (!age_proved(hunt, a, threshold - 2))
            return false;
        hunt->proved |= UINT64_C(1) << a;
    }
    return true;
}

/* Takes the limits from some digits. False when there were none. */
static bool blur(unsigned char *digits)
{
    if (*digits != AGES_INTERVAL)
        return false;
    *digits = AGES_VALUE;
    return true;
}

/* Takes what tells most: the limits of the row, those of the rows that share
 * its age counts, the last standard of the row, its other standards, then the
 * rates of the others. False when nothing is left. */
static bool lower(struct hunt *hunt)
{
    struct seal_ages *ages = hunt->ages;
    size_t values = ages->seal->tables[hunt->table]->plan->value_count;
    unsigned char *own = ages->tables[hunt->table].digits + hunt->row * values;
    bool found = false;
    for (size_t v = 0; v < values; v++)
        found = blur(&own[v]) || found;
    for (size_t p = 0; p < hunt->count && !found; p++) {
        for (size_t u = 0; u < hunt->sharings[p].problem.use_count; u++)
            found = blur(hunt->sharings[p].digits[u]) || found;
    }
    for (size_t v = values; v-- > 0 && !found;) {
        found = own[v] != AGES_NOTHING;
        own[v] = AGES_NOTHING;
    }
    for (size_t p = 0; p < hunt->count && !found; p++) {
        for (size_t u = 0; u < hunt->sharings[p].problem.use_count; u++) {
            unsigned char *digits = hunt->sharings[p].digits[u];
            found = found || *digits != AGES_NOTHING;
            *digits = AGES_NOTHING;
        }
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

static void start_hunt(struct hunt *hunt)
{
    const struct seal *seal = hunt->ages->seal;
    const struct derived_table *table = seal->tables[hunt->table];
    const struct dimension *sexes = &seal->codes.dims[DIM_SEX];
    size_t place[DIM_COUNT];
    cube_place(table->counts, hunt->row, place);
    const struct node *sex =
        &sexes->nodes[table->axes[DIM_SEX].nodes[place[DIM_SEX]]];
    hunt->sharings =
        arena_array(hunt->scratch, sex->leaf_count, sizeof *hunt->sharings);
    hunt->count = 0;
    for (size_t x = 0; x < sex->leaf_count; x++) {
        if (seal_ages_share(hunt->ages, hunt->table, hunt->row, sex->leaves[x],
                            hunt->scratch, &hunt->sharings[hunt->count]))
            hunt->count++;
    }
}

/* Proves one row, at the price of its digits, then of those of the rows that
 * share its age counts. Where no rate is left, nothing is told. */
static void decide_row(struct seal_ages *ages, size_t table, size_t row)
{
    const int64_t *counts = row_counts(ages, table, row);
    int64_t threshold = ages->seal->job->project->policy.threshold;
    struct hunt hunt = {.ages = ages, .table = table, .row = row};
    bool done = counts == NULL;
    while (!done) {
        hunt.scratch = arena_new();
        start_hunt(&hunt);
        done = row_proved(&hunt, counts, threshold) || !lower(&hunt);
        arena_wipe(hunt.scratch);
    }
}

const struct seal_ages *seal_ages_decide(struct seal *seal)
{
    struct seal_ages *ages = arena_alloc(seal->closed, sizeof *ages);
    ages->seal = seal;
    seal_ages_open(ages);
    size_t count = seal->job->plan->table_count;
    progress_stage(seal->job->progress, "rates", count);
    for (size_t t = 0; t < count; t++) {
        for (size_t r = 0; ages->tables[t].stock && r < seal->tables[t]->rows;
             r++)
            decide_row(ages, t, r);
        progress_step(seal->job->progress, t + 1);
    }
    return ages;
}

enum age_digits seal_ages_digits(const struct seal_ages *ages, size_t table,
                                 size_t row, size_t value)
{
    size_t values = ages->seal->tables[table]->plan->value_count;
    return (enum age_digits)ages->tables[table].digits[row * values + value];
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
            text_format(out, "%s\tstandardised_rate %s\t%s",
                        digits == AGES_VALUE ? "coarsened" : "withheld",
                        value->standard, table->plan->id);
            name_row(ages, t, i / values, out);
            text_add(out, "\n");
        }
    }
}
