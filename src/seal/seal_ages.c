/* SPDX-License-Identifier: EUPL-1.2 */
#include "seal/seal_ages.h"

#include <string.h>

#include "base/progress.h"
#include "calc/sex.h"
#include "seal/seal_ages_hunt.h"

static void forget_partners(struct hunt *hunt)
{
    for (size_t d = 0; d < DIM_COUNT; d++)
        hunt->partner[d] = -1;
}

/* Of one sex. */
static bool decide_sex(const struct hunt *row, int sex, struct err *err)
{
    struct hunt hunt = *row;
    hunt.node[DIM_SEX] = sex;
    return hunt_decide(&hunt, 1, 1, err);
}

/* Lost by now or not: what is left of others tells of the same ages. */
static bool had_rate(const struct hunt *hunt)
{
    struct age_fate *const *fates = NULL;
    size_t values = hunt_own_rates(hunt, &fates);
    bool had = false;
    for (size_t v = 0; v < values && !had; v++)
        had = fates[v] != NULL;
    return had;
}

/* A row whose count is shown is what others are the difference of. */
static bool is_counted(const struct hunt *hunt)
{
    const struct seal *seal = hunt->ages->seal;
    size_t own = seal->rows[hunt->table].own[hunt->row];
    return hunt->stock->years != NULL && own != SEAL_NO_CELL &&
           clearance_shown(seal->clearance, own) &&
           cube_count(seal->tables[hunt->table]->counts, hunt->row) > 0;
}

/* A row tells of its own sex; where they are tied, of each, and of rows that
 * have no rate themselves. */
static bool decide_hunt(struct hunt *hunt, struct err *err)
{
    const struct codes *codes = &hunt->ages->codes;
    memcpy(hunt->node, hunt->place, sizeof hunt->node);
    hunt->tied = hunt_is_tied(hunt);
    if (!hunt->tied)
        return decide_sex(hunt, hunt->node[DIM_SEX], err);
    for (int s = 0; s < (int)codes->dims[DIM_SEX].count; s++) {
        if (!sex_excludes(codes, hunt->node[DIM_SITE], s) &&
            !decide_sex(hunt, s, err))
            return false;
    }
    return true;
}

/* `decided`: by cell. Proofs heed the rows of all tables, so that a row is
 * proved in the first that has it. */
static bool decide_row(struct seal_ages *ages, size_t table, size_t row,
                       bool *decided, struct err *err)
{
    const struct derived_table *derived = ages->seal->tables[table];
    size_t own = ages->seal->rows[table].own[row];
    struct hunt hunt = {.ages = ages,
                        .stock = ages->tables[table].stock,
                        .table = table,
                        .row = row,
                        .cases = seal_ages_events(ages, table, row)};
    size_t place[DIM_COUNT];
    forget_partners(&hunt);
    if (own == SEAL_NO_CELL || decided[own] ||
        (!had_rate(&hunt) && !is_counted(&hunt)))
        return true;
    decided[own] = true;
    cube_place(derived->counts, row, place);
    for (size_t d = 0; d < DIM_COUNT; d++)
        hunt.place[d] = derived->axes[d].nodes[place[d]];
    return !seal_ages_is_open(ages, hunt.place[DIM_TERRITORY]) ||
           decide_hunt(&hunt, err);
}

static bool decide_rows(struct seal_ages *ages, struct err *err)
{
    struct seal *seal = ages->seal;
    size_t count = seal->job->plan->table_count;
    struct arena *scratch = arena_new();
    bool *decided =
        arena_array(scratch, universe_cells(seal->universe), sizeof *decided);
    bool ok = true;
    progress_stage(seal->job->progress, "rates", count);
    for (size_t t = 0; t < count && ok; t++) {
        size_t rows = ages->tables[t].stock == NULL ? 0 : seal->tables[t]->rows;
        for (size_t r = 0; r < rows && ok; r++)
            ok = decide_row(ages, t, r, decided, err);
        progress_step(seal->job->progress, t + 1);
    }
    arena_wipe(scratch);
    return ok;
}

/* A hunt in the box of these nodes, in its own sex. */
static struct hunt hunt_in(const struct hunt *cell, const int node[DIM_COUNT])
{
    struct hunt hunt = *cell;
    memcpy(hunt.place, node, sizeof hunt.place);
    memcpy(hunt.node, node, sizeof hunt.node);
    hunt.tied = hunt_is_tied(&hunt);
    return hunt;
}

static bool decide_pieces(const struct hunt *cell, const struct age_cell *made,
                          struct err *err)
{
    size_t count = made->box_count + made->try_count;
    struct arena *arena = arena_new();
    struct hunt *hunts = arena_array(arena, count, sizeof *hunts);
    for (size_t b = 0; b < made->box_count; b++)
        hunts[b] = hunt_in(cell, made->boxes[b]);
    for (size_t t = 0; t < made->try_count; t++) {
        struct hunt *hunt = &hunts[made->box_count + t];
        *hunt = hunt_in(cell, made->tries[t].node);
        memcpy(hunt->partner, made->tries[t].partner, sizeof hunt->partner);
    }
    bool ok = hunt_decide(hunts, made->box_count, count, err);
    arena_wipe(arena);
    return ok;
}

static bool decide_cell(struct seal_ages *ages, const struct age_cell *cell,
                        struct err *err)
{
    struct hunt hunt = {.ages = ages,
                        .stock = cell->stock,
                        .table = cell->table,
                        .row = cell->row};
    if (!seal_ages_is_open(ages, cell->boxes[0][DIM_TERRITORY]))
        return true;
    forget_partners(&hunt);
    for (size_t b = 0; b < cell->box_count && !cell->few; b++)
        hunt.cases +=
            (double)seal_ages_cases(ages, cell->stock, cell->boxes[b]);
    memcpy(hunt.place, cell->boxes[0], sizeof hunt.place);
    memcpy(hunt.node, cell->boxes[0], sizeof hunt.node);
    /* Where they are tied, each sex of a single box is proved. */
    if (cell->box_count > 1 || (cell->try_count > 0 && !hunt_is_tied(&hunt)))
        return decide_pieces(&hunt, cell, err);
    return decide_hunt(&hunt, err);
}

static bool decide_cells(struct seal_ages *ages, size_t from, struct err *err)
{
    bool ok = true;
    for (size_t c = from; c < ages->cell_count && ok; c++)
        ok = decide_cell(ages, &ages->cells[c], err);
    return ok;
}

static bool decide_differences(struct seal_ages *ages, struct age_limits limits,
                               struct err *err)
{
    size_t decided = ages->cell_count;
    seal_ages_find_unproved(ages, limits);
    return decide_cells(ages, decided, err);
}

bool seal_ages_again(const struct seal_ages *ages)
{
    return ages->again;
}

bool seal_ages_decide(struct seal *seal, struct seal_ages **out,
                      struct err *err)
{
    static const struct age_limits limits = {
        .each = 1000,
        .most = 25000,
        .live = 40000, /* each is compared with each: 40 s */
    };
    return seal_ages_decide_within(seal, limits, out, err);
}

bool seal_ages_decide_within(struct seal *seal, struct age_limits limits,
                             struct seal_ages **out, struct err *err)
{
    struct seal_ages *ages = arena_alloc(seal->closed, sizeof *ages);
    ages->seal = seal;
    if (!seal_ages_open(ages, err))
        return false;
    if (!decide_rows(ages, err) || !decide_cells(ages, 0, err) ||
        !decide_differences(ages, limits, err))
        return false;
    seal_ages_unite(ages);
    if (!seal_ages_join_cells(ages, err))
        return false;
    seal_ages_say_alike(ages);
    seal_ages_show_zeros(ages);
    *out = ages;
    return true;
}
