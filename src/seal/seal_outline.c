/* SPDX-License-Identifier: EUPL-1.2 */
/* An edition of what a plan asks for, without any value: the codes of the store
 * are read, its facts are not. Pages can be tried on it. */
#include "pub/build.h"
#include "seal/seal_impl.h"
#include "seal/seal_statistics.h"

static bool select_axes(struct seal *seal, const struct plan_table *plan,
                        struct derived_table *out, struct err *err)
{
    for (size_t d = 0; d < DIM_COUNT; d++) {
        int *nodes = NULL;
        size_t count = 0;
        if (!plan_select(seal->closed, &seal->codes, (enum dim)d,
                         &plan->select[d], &nodes, &count, err))
            return err_wrap(err, "table '%s'", plan->id);
        out->axes[d] = (struct cube_axis){nodes, count};
    }
    return true;
}

static bool outline_table(struct seal *seal, const struct plan_table *plan,
                          const struct pub_table **out, struct err *err)
{
    struct derived_table derived = {.plan = plan};
    struct plan_column *columns = NULL;
    struct pub_draft draft = {
        .rounding = {plan->base, plan->base > 0},
        .noise = {plan->variance, plan->variance > 0, 0},
    };
    if (code_measure(&seal->codes, plan->measure) == NULL)
        return code_no_measure(&seal->codes, plan->measure, "plan.measure",
                               err) ||
               err_wrap(err, "table '%s'", plan->id);
    derived.column_count = plan_columns(seal->closed, plan, &columns);
    derived.columns = columns;
    if (!select_axes(seal, plan, &derived, err))
        return false;
    seal_describe(seal, seal->closed, &derived, &draft);
    *out = pub_build(seal->closed, &seal->codes, &draft);
    return true;
}

static bool outline_all(struct seal *seal, const struct pub_table **tables,
                        struct err *err)
{
    const struct plan *plan = seal->job->plan;
    for (size_t t = 0; t < plan->table_count; t++) {
        if (!outline_table(seal, &plan->tables[t], &tables[t], err))
            return false;
    }
    return seal_statistics(seal, tables, err);
}

static bool write_outline(struct seal *seal, struct err *err)
{
    const struct plan *plan = seal->job->plan;
    size_t count = plan->table_count + plan->statistic_count;
    const struct pub_table **tables =
        arena_array(seal->closed, count + 1, sizeof *tables);
    /* Bands and pooled periods are made first: they move the nodes. */
    for (int round = 0; round < 2; round++) {
        if (!outline_all(seal, tables, err))
            return false;
    }
    return seal_write(seal, tables, "", err);
}

bool seal_outline(const struct seal_job *job, struct err *err)
{
    struct seal seal = {.closed = arena_new(), .job = job, .ledger_head = ""};
    bool ok = seal_close_process(err) &&
              store_open(seal.closed, job->store, &seal.store, err) &&
              seal_codes(&seal, err);
    store_close(seal.store);
    ok = ok && write_outline(&seal, err);
    arena_wipe(seal.closed);
    return ok;
}
