/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "pub/build.h"
#include "seal/seal_ages.h"
#include "seal/seal_impl.h"

static const char *column_unit(const struct seal *seal,
                               const struct derived_table *table,
                               const struct plan_column *column)
{
    switch (column->kind) {
    case VALUE_COUNT:
    case VALUE_ESTIMATE:
        return code_measure(&seal->codes, table->plan->measure)->unit;
    case VALUE_PERSON_YEARS:
        return "person_years";
    case VALUE_CRUDE_RATE:
    case VALUE_STANDARDISED_RATE:
        return "per_100000";
    case VALUE_GRADE:
        return "grade";
    case VALUE_STANDARDISED_SURVIVAL:
    case VALUE_CONDITIONAL_SURVIVAL:
        return code_measure(&seal->codes, table->plan->measure)->unit;
    case VALUE_SHARE:
    case VALUE_PROPORTION:
        break;
    }
    return "percent";
}

/* The column of the same value that holds `part`, or -1. */
static int sibling(const struct derived_table *table, size_t column,
                   enum column_part part)
{
    if (table->columns[column].part != PART_VALUE)
        return -1;
    for (size_t c = 0; c < table->column_count; c++) {
        if (table->columns[c].value == table->columns[column].value &&
            table->columns[c].part == part)
            return (int)c;
    }
    return -1;
}

static struct pub_column *copy_columns(const struct seal *seal,
                                       struct arena *open,
                                       const struct derived_table *table)
{
    struct pub_column *columns =
        arena_array(open, table->column_count, sizeof *columns);
    for (size_t c = 0; c < table->column_count; c++) {
        const struct plan_column *from = &table->columns[c];
        columns[c] = (struct pub_column){
            .id = from->id,
            .kind = from->kind > VALUE_ESTIMATE ? PUB_ESTIMATE
                                                : (enum pub_kind)from->kind,
            .part = (enum pub_part)from->part,
            .standard = from->standard,
            .unit = column_unit(seal, table, from),
            .decimals = from->decimals,
            .lower = sibling(table, c, PART_LOWER),
            .upper = sibling(table, c, PART_UPPER),
            .of = table->plan->values[from->value].of,
            .by_sex = table->plan->values[from->value].by_sex,
        };
    }
    return columns;
}

static bool cleared(const struct seal *seal, size_t cell)
{
    return cell == SEAL_NO_CELL || clearance_shown(seal->clearance, cell);
}

static bool many_or_none(const struct derived_table *table, size_t row,
                         const struct policy *policy)
{
    int64_t count = cube_count(table->counts, row);
    return count == 0 || count >= policy->caution_under;
}

/* A standardised rate, or one of its limits: see seal/seal_ages.h. */
static bool digits_shown(const struct seal *seal, size_t table, size_t row,
                         size_t column)
{
    const struct plan_column *from = &seal->tables[table]->columns[column];
    enum age_digits digits =
        seal_ages_digits(seal->ages, table, row, from->value);
    return digits == AGES_INTERVAL ||
           (digits != AGES_NOTHING && from->part == PART_VALUE);
}

/* Puts the coarse value of a standardised rate in the place of its value. */
static void copy_coarse(const struct seal *seal, struct pub_table *out,
                        size_t table, size_t row, size_t column, unsigned flags)
{
    size_t value = seal->tables[table]->columns[column].value;
    int decimals = 0;
    double coarse = seal_ages_coarse(seal->ages, table, row, value, &decimals);
    pub_put(out, row, column, AVAILABLE, coarse, flags);
    pub_coarsen(out, row, column, decimals);
}

static bool is_coarse(const struct seal *seal, size_t table, size_t row,
                      size_t column)
{
    const struct derived_table *derived = seal->tables[table];
    size_t value = derived->columns[column].value;
    return derived->support[column] == SUPPORT_AGES &&
           seal_ages_digits(seal->ages, table, row, value) == AGES_COARSE;
}

/* True when the column of the row may be shown. */
static bool is_shown(const struct seal *seal, size_t table, size_t row,
                     size_t column)
{
    const struct derived_table *derived = seal->tables[table];
    const struct seal_rows *rows = &seal->rows[table];
    const struct policy *policy = &seal->job->project->policy;
    assert(!plan_is_changed(derived->plan)); /* nothing of it is exact */
    bool own = cleared(seal, rows->own[row]);
    switch (derived->support[column]) {
    case SUPPORT_NONE:
        return true;
    case SUPPORT_OWN:
    case SUPPORT_FRACTION:
        return own;
    case SUPPORT_SHARE:
        return own && cleared(seal, rows->base[row]);
    case SUPPORT_AGES:
        break;
    }
    /* Age counts are not shown beside a total: only a waiver excuses that, and
     * then the total must be shown and large enough that the weights do not
     * spell out its few ages, and the digits proved not to give one back. */
    return own && (rows->own[row] == SEAL_NO_CELL ||
                   (policy_waiver(policy, "standardised_rate") != NULL &&
                    many_or_none(derived, row, policy) &&
                    digits_shown(seal, table, row, column)));
}

/* Of a rounded or perturbed table: its count, or the public person-years. What
 * flags it has come from the coverage, which is public. */
static void copy_changed(const struct seal *seal, struct pub_table *out,
                         size_t table, size_t row, size_t column)
{
    const struct derived_table *derived = seal->tables[table];
    const struct derived *cell =
        &derived->cells[row * derived->column_count + column];
    bool count = derived->columns[column].kind == VALUE_COUNT;
    assert(count || derived->support[column] == SUPPORT_NONE);
    assert(cell->availability == AVAILABLE);
    double value = count ? (double)seal_rounded(seal, table, row) : cell->value;
    pub_put(out, row, column, AVAILABLE, value, cell->flags);
}

static void copy_cell(const struct seal *seal, struct pub_table *out,
                      size_t table, size_t row, size_t column)
{
    const struct derived_table *derived = seal->tables[table];
    const struct derived *cell =
        &derived->cells[row * derived->column_count + column];
    bool public_status = cell->availability == NOT_APPLICABLE ||
                         cell->availability == NOT_COVERED ||
                         cell->availability == NOT_AVAILABLE;
    if (public_status) {
        pub_put(out, row, column, cell->availability, 0.0, 0);
        return;
    }
    if (plan_is_changed(derived->plan)) {
        copy_changed(seal, out, table, row, column);
        return;
    }
    /* Secrecy decides before reliability: a public "unreliable" would say
     * how small a suppressed count is. */
    if (!is_shown(seal, table, row, column)) {
        pub_put(out, row, column, CONFIDENTIAL, 0.0, 0);
        return;
    }
    if (cell->availability == AVAILABLE)
        assert(isfinite(cell->value));
    if (is_coarse(seal, table, row, column))
        copy_coarse(seal, out, table, row, column, cell->flags);
    else
        pub_put(out, row, column, cell->availability, cell->value, cell->flags);
}

void seal_describe(const struct seal *seal, struct arena *open,
                   const struct derived_table *derived, struct pub_draft *draft)
{
    const struct plan_table *plan = derived->plan;
    draft->id = plan->id;
    draft->report = plan->report;
    draft->measure = plan->measure;
    draft->open_data = plan->open_data;
    draft->columns = copy_columns(seal, open, derived);
    draft->column_count = derived->column_count;
    for (size_t lang = 0; lang < LANG_COUNT; lang++) {
        draft->title[lang] = plan->title[lang];
        draft->note[lang] = plan->note[lang];
    }
    for (size_t d = 0; d < DIM_COUNT; d++) {
        draft->axis[d] = derived->axes[d].nodes;
        draft->axis_count[d] = derived->axes[d].count;
    }
}

struct pub_table *seal_copy(const struct seal *seal, struct arena *open,
                            size_t table)
{
    const struct derived_table *derived = seal->tables[table];
    struct pub_draft draft = {0};
    seal_describe(seal, open, derived, &draft);
    const struct seal_rounding *rounding = seal_rounding_of(seal, table);
    if (rounding != NULL && rounding->base > 0)
        draft.rounding = (struct pub_rounding){
            rounding->base, (int)rounding->mosaic.report.reach};
    if (rounding != NULL && rounding->variance > 0)
        draft.noise =
            (struct pub_noise){rounding->variance, (int)rounding->mosaic.most,
                               seal_key_number(seal)};
    for (size_t lang = 0; lang < LANG_COUNT; lang++)
        draft.coarsened[lang] = seal->ladders[table].note[lang];
    struct pub_table *out = pub_build(open, &seal->codes, &draft);
    for (size_t r = 0; r < derived->rows; r++) {
        for (size_t c = 0; c < derived->column_count; c++)
            copy_cell(seal, out, table, r, c);
        pub_put_coverage(out, r, derived->coverage[r]);
    }
    return out;
}
