/* SPDX-License-Identifier: EUPL-1.2 */
#include "seal/seal_impl.h"

struct sdc_cell_key seal_row_key(const struct derived_table *table,
                                 const char *measure, size_t row)
{
    struct sdc_cell_key key = {.measure = measure};
    size_t place[DIM_COUNT];
    cube_place(table->counts, row, place);
    for (size_t d = 0; d < DIM_COUNT; d++)
        key.node[d] = table->axes[d].nodes[place[d]];
    return key;
}

bool seal_row_structural(const struct derived_table *table, size_t row)
{
    enum availability first =
        table->cells[row * table->column_count].availability;
    return first == NOT_APPLICABLE || first == NOT_COVERED;
}

int64_t seal_row_limit(const struct derived_table *table, size_t row)
{
    return table->person_years == NULL ? INT64_MAX
                                       : cube_count(table->person_years, row);
}

/* What a share refers to: the total, without which none was derived. */
static bool add_base(struct seal *seal, const struct derived_table *table,
                     size_t row, enum dim of, size_t *cell, struct err *err)
{
    struct sdc_cell_key key = seal_row_key(table, table->plan->measure, row);
    key.node[of] = code_total(&seal->codes.dims[of]);
    assert(key.node[of] >= 0);
    int64_t count = 0;
    bool structural = false;
    return seal_count(seal, &key, &count, &structural, err) &&
           universe_add(seal->universe, &key, count, INT64_MAX, structural,
                        cell, err);
}

/* A proportion is also worked back through those who did not take part: the
 * rules judge both (rule_non_events). */
static bool add_whole(struct seal *seal, const struct derived_table *table,
                      size_t row, const struct seal_rows *rows, struct err *err)
{
    return universe_complement(seal->universe, rows->own[row],
                               cube_count(table->counts, row), err);
}

static bool add_row(struct seal *seal, const struct derived_table *table,
                    size_t row, struct seal_rows *rows, struct err *err)
{
    const struct measure *measure =
        code_measure(&seal->codes, table->plan->measure);
    bool proportion = measure->kind == MEASURE_PROPORTION;
    const struct cube *counts = proportion ? table->numerators : table->counts;
    const char *name = proportion ? measure->numerator : measure->code;
    struct sdc_cell_key key = seal_row_key(table, name, row);
    /* Those aimed at bound those reached: their number is public. */
    int64_t limit = proportion ? cube_count(table->counts, row)
                               : seal_row_limit(table, row);
    if (!universe_add(seal->universe, &key, cube_count(counts, row), limit,
                      seal_row_structural(table, row), &rows->own[row], err))
        return false;
    for (size_t c = 0; c < table->column_count; c++) {
        if (table->support[c] != SUPPORT_SHARE)
            continue;
        enum dim of = table->plan->values[table->columns[c].value].of;
        if (!add_base(seal, table, row, of, &rows->base[row], err))
            return false;
    }
    return !proportion || add_whole(seal, table, row, rows, err);
}

static bool needs_universe(const struct seal *seal,
                           const struct derived_table *table)
{
    const struct measure *measure =
        code_measure(&seal->codes, table->plan->measure);
    if (measure->kind == MEASURE_PROPORTION) {
        const struct measure *events =
            code_measure(&seal->codes, measure->numerator);
        return measure->confidential || events == NULL || events->confidential;
    }
    return measure->kind == MEASURE_COUNT && measure->confidential &&
           !plan_is_changed(table->plan);
}

static bool gather_table(struct seal *seal, size_t t, struct err *err)
{
    const struct derived_table *table = seal->tables[t];
    struct seal_rows *rows = &seal->rows[t];
    rows->own = arena_array(seal->closed, table->rows, sizeof *rows->own);
    rows->base = arena_array(seal->closed, table->rows, sizeof *rows->base);
    for (size_t r = 0; r < table->rows; r++) {
        rows->own[r] = SEAL_NO_CELL;
        rows->base[r] = SEAL_NO_CELL;
    }
    if (!needs_universe(seal, table))
        return true;
    for (size_t r = 0; r < table->rows; r++) {
        if (!add_row(seal, table, r, rows, err))
            return err_wrap(err, "table '%s'", table->plan->id);
    }
    return true;
}

bool seal_gather(struct seal *seal, const struct policy *policy,
                 struct err *err)
{
    size_t count = seal->job->plan->table_count;
    seal->rows = arena_array(seal->closed, count, sizeof *seal->rows);
    seal->universe = universe_new(seal->closed, &seal->codes, policy);
    for (size_t t = 0; t < count; t++) {
        if (!gather_table(seal, t, err))
            return false;
    }
    return true;
}
