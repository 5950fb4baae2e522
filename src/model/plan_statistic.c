/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "model/plan_impl.h"

static const struct {
    const char *name;
    bool keeps_axis, interval, reference;
} kinds[] = {
    [STATISTIC_RATE_RATIO] = {"rate_ratio", true, true, true},
    [STATISTIC_RATE_DIFFERENCE] = {"rate_difference", true, true, true},
    [STATISTIC_ANNUAL_CHANGE] = {"annual_change", false, true, false},
    [STATISTIC_AVERAGE_CHANGE] = {"average_change", false, true, false},
    [STATISTIC_RANK] = {"rank", true, true, false},
    [STATISTIC_SLOPE_INDEX] = {"slope_index", false, true, false},
    [STATISTIC_RELATIVE_INDEX] = {"relative_index", false, true, false},
    [STATISTIC_STANDARDISED_RATIO] = {"standardised_ratio", false, true, true},
    [STATISTIC_SMOOTHED_RATIO] = {"smoothed_ratio", false, true, true},
    [STATISTIC_SPATIAL_RATIO] = {"spatial_ratio", false, true, true},
    [STATISTIC_CUMULATIVE_RISK] = {"cumulative_risk", true, true, false},
};

const char *statistic_name(enum statistic_kind kind)
{
    return kinds[kind].name;
}

bool statistic_parse(const char *name, enum statistic_kind *out)
{
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        if (text_same(kinds[k].name, name)) {
            *out = (enum statistic_kind)k;
            return true;
        }
    }
    return false;
}

bool statistic_keeps_axis(enum statistic_kind kind)
{
    return kinds[kind].keeps_axis;
}

bool statistic_has_interval(enum statistic_kind kind)
{
    return kinds[kind].interval;
}

bool statistic_needs_reference(enum statistic_kind kind)
{
    return kinds[kind].reference;
}

bool statistic_is_expected(enum statistic_kind kind)
{
    return kind == STATISTIC_STANDARDISED_RATIO || statistic_has_above(kind);
}

bool statistic_has_above(enum statistic_kind kind)
{
    return kind == STATISTIC_SMOOTHED_RATIO || kind == STATISTIC_SPATIAL_RATIO;
}

int plan_standard_years(const struct standard *standard)
{
    int years = 0;
    double weight = 0.0; /* of a year */
    for (size_t b = 0; b < standard->count; b++) {
        const struct standard_band *band = &standard->bands[b];
        int width = band->high - band->low + 1;
        if (!(band->weight > 0.0))
            continue;
        if (band->high < 0 || band->low != years)
            return 0;
        weight = years == 0 ? band->weight / width : weight;
        if (fabs(band->weight - weight * width) > 1e-9 * band->weight)
            return 0;
        years = band->high + 1;
    }
    return years;
}

/* --- checks --------------------------------------------------------------- */

static const struct plan_table *find_table(const struct plan *plan,
                                           const char *id)
{
    for (size_t t = 0; t < plan->table_count; t++) {
        if (text_same(plan->tables[t].id, id))
            return &plan->tables[t];
    }
    return NULL;
}

static bool check_risk(const struct plan *plan,
                       const struct plan_statistic *statistic,
                       const struct plan_column *column, struct err *err)
{
    if (statistic->kind != STATISTIC_CUMULATIVE_RISK)
        return true;
    const struct standard *standard = plan_standard(plan, column->standard);
    if (standard != NULL && plan_standard_years(standard) > 0)
        return true;
    return err_fail(err, ERR_SCRIPT, "plan.statistic",
                    "value: 'cumulative_risk' is made of a rate whose standard "
                    "weighs every year of age up to one the same, not of '%s'",
                    statistic->value);
}

/* The column, and beside it the interval that ratios and ranks are made of. */
static bool check_column(struct arena *scratch, const struct plan *plan,
                         const struct plan_table *table,
                         const struct plan_statistic *statistic,
                         struct err *err)
{
    struct plan_column *columns = NULL;
    size_t count = plan_columns(scratch, table, &columns);
    for (size_t c = 0; c < count; c++) {
        if (!text_same(columns[c].id, statistic->value) ||
            columns[c].part != PART_VALUE)
            continue;
        if (table->values[columns[c].value].interval ||
            (columns[c].kind == VALUE_COUNT &&
             statistic_is_expected(statistic->kind)))
            return check_risk(plan, statistic, &columns[c], err);
        return err_fail(err, ERR_SCRIPT, "plan.statistic",
                        "value: '%s' of table '%s' has no interval, which a "
                        "statistic needs",
                        statistic->value, table->id);
    }
    return err_fail(err, ERR_SCRIPT, "plan.statistic",
                    "value: table '%s' has no column '%s'", table->id,
                    statistic->value);
}

static bool check_axis(const struct plan_table *table,
                       const struct plan_statistic *statistic, struct err *err)
{
    const char *name = statistic_name(statistic->kind);
    enum dim only = statistic->along;
    if (statistic->kind == STATISTIC_ANNUAL_CHANGE ||
        statistic->kind == STATISTIC_AVERAGE_CHANGE)
        only = DIM_PERIOD;
    if (statistic_is_expected(statistic->kind))
        only = DIM_AGE;
    if (statistic->along != only)
        return err_fail(err, ERR_SCRIPT, "plan.statistic",
                        "along: '%s' goes along '%s'", name, dim_name(only));
    bool people = statistic->kind == STATISTIC_SLOPE_INDEX ||
                  statistic->kind == STATISTIC_RELATIVE_INDEX ||
                  statistic_is_expected(statistic->kind);
    if (people && table->person_years[0] == '\0')
        return err_fail(err, ERR_SCRIPT, "plan.statistic",
                        "from: '%s' needs the person-years of table '%s'", name,
                        table->id);
    if (statistic_is_expected(statistic->kind) &&
        !text_same(statistic->value, "count"))
        return err_fail(err, ERR_SCRIPT, "plan.statistic",
                        "value: '%s' is made of 'count'", name);
    bool given = statistic->reference[0] != '\0';
    if (given != statistic_needs_reference(statistic->kind))
        return err_fail(err, ERR_SCRIPT, "plan.statistic",
                        given ? "reference: '%s' has none"
                              : "reference: '%s' needs a code of the axis",
                        name);
    return true;
}

bool plan_statistic_check(struct arena *scratch, const struct plan *plan,
                          const struct plan_statistic *statistic,
                          struct err *err)
{
    const struct plan_table *table = find_table(plan, statistic->from);
    if (table == NULL)
        return err_fail(err, ERR_SCRIPT, "plan.statistic",
                        "from: no table '%s' in the release", statistic->from);
    if (statistic->decimals < 0 || statistic->decimals > 4)
        return err_fail(err, ERR_SCRIPT, "plan.decimals",
                        "decimals: %d, expected 0 to 4", statistic->decimals);
    return check_column(scratch, plan, table, statistic, err) &&
           check_axis(table, statistic, err);
}
