/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows of standardised rates whose ages may be no cells of this release. */
#include "base/progress.h"
#include "seal/seal_ledger_impl.h"

static struct past_row *add_row(struct seal *seal, const char *measure,
                                bool own)
{
    seal->rated = arena_grow(seal->closed, seal->rated, seal->row_count,
                             &seal->row_capacity, sizeof *seal->rated);
    struct past_row *row = &seal->rated[seal->row_count++];
    *row = (struct past_row){.measure = measure, .own = own};
    return row;
}

/* --- of an entry ---------------------------------------------------------- */

static bool has_rate(const struct ledger_table *table, size_t row)
{
    const struct ledger_cell *cells = &table->cells[row * table->column_count];
    bool found = false;
    for (size_t c = 0; c < table->column_count && !found; c++)
        found = table->columns[c].kind == PUB_STANDARDISED_RATE &&
                table->columns[c].part == PUB_VALUE &&
                cells[c].availability == AVAILABLE;
    return found;
}

bool ledger_note_rates(struct joining *joining, const struct joined_table *at,
                       size_t row, struct err *err)
{
    size_t sets[DIM_COUNT];
    struct past_cell past = {.measure = at->own->code};
    enum left left = LEFT_ALL;
    if (!has_rate(at->table, row))
        return true;
    ledger_row_sets(at->table, row, sets);
    if (!ledger_key(joining, at, sets, &past, &left, err))
        return false;
    if (left == LEFT_ALL)
        memcpy(add_row(joining->seal, at->own->code, false)->sets, past.sets,
               sizeof past.sets);
    return true;
}

/* --- of this release ------------------------------------------------------ */

static void note_table(struct seal *seal, size_t t)
{
    const struct derived_table *table = seal->tables[t];
    bool rated = false;
    for (size_t v = 0; v < table->plan->value_count; v++)
        rated = rated || table->plan->values[v].kind == VALUE_STANDARDISED_RATE;
    for (size_t r = 0; r < table->rows && rated; r++) {
        if (seal->rows[t].own[r] == SEAL_NO_CELL)
            continue;
        const struct sdc_cell_key key =
            seal_row_key(table, table->plan->measure, r);
        struct past_row *row = add_row(seal, key.measure, true);
        for (size_t d = 0; d < DIM_COUNT; d++)
            row->sets[d] = (size_t)key.node[d];
    }
}

bool seal_join_rows(struct seal *seal, struct err *err)
{
    for (size_t t = 0; t < seal->job->plan->table_count; t++)
        note_table(seal, t);
    return seal->row_count == 0 ||
           universe_add_rows(seal->universe, seal->rated, seal->row_count,
                             seal_count, seal, err);
}

void seal_tell_left(const struct seal *seal)
{
    size_t left = 0;
    for (size_t r = 0; r < seal->row_count; r++)
        left += seal->rated[r].left;
    if (left > 0)
        progress_note(seal->job->progress,
                      "%zu row%s of standardised rates shared cases with "
                      "counts by age, and nothing proves what both tell "
                      "together: protect --review names them",
                      left, left == 1 ? "" : "s");
}

void seal_rows_review(const struct seal *seal, struct text *out)
{
    for (size_t r = 0; r < seal->row_count; r++) {
        const struct past_row *row = &seal->rated[r];
        if (row->left)
            text_format(out, "not joined\tstandardised_rate%s\t%s\n",
                        row->own ? "" : " of an earlier release",
                        universe_row_name(out->arena, seal->universe, row));
    }
}
