/* SPDX-License-Identifier: EUPL-1.2 */
/* What standardised rates show, and what they lost. */
#include "base/text.h"
#include "seal/seal_ages_impl.h"

enum age_digits seal_ages_digits(const struct seal_ages *ages, size_t table,
                                 size_t row, size_t value)
{
    size_t values = ages->seal->tables[table]->plan->value_count;
    return fate_digits(ages->tables[table].fates[row * values + value]);
}

double seal_ages_coarse(const struct seal_ages *ages, size_t table, size_t row,
                        size_t value, int *decimals)
{
    size_t values = ages->seal->tables[table]->plan->value_count;
    const struct age_rate *rate =
        ages->tables[table].fates[row * values + value]->rate;
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
        const struct dimension *dimension = &ages->codes.dims[d];
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
            const struct age_fate *fate = ages->tables[t].fates[i];
            if (fate == NULL || fate->digits == AGES_INTERVAL ||
                (fate->digits == AGES_VALUE && !value->interval))
                continue;
            text_format(out, "%s\tstandardised_rate %s\t%s",
                        losses[fate->digits], value->standard, table->plan->id);
            name_row(ages, t, i / values, out);
            text_add(out, "\n");
        }
    }
}
