/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/derived_impl.h"

/* The node that a share refers to: the one that has every leaf. */
/* The same survey as the table's, for the total on the site axis. */
static void survey_base(struct building *building, struct calculation *out,
                        const struct cube_axis axes[DIM_COUNT])
{
    struct derived_table table = *building->out;
    for (size_t d = 0; d < DIM_COUNT; d++)
        table.axes[d] = axes[d];
    struct building base = *building;
    base.out = &table;
    derived_ground(&base);
    out->base_grounds = base.grounds;
}

bool derived_prepare_share(struct building *building, struct calculation *out,
                           struct err *err)
{
    enum dim of = out->value->of;
    int *total = arena_alloc(building->scratch, sizeof *total);
    *total = code_total(&building->codes->dims[of]);
    if (*total < 0)
        return err_fail(err, ERR_SCRIPT, "plan.share",
                        "a share needs a total of dimension '%s'",
                        dim_name(of));
    struct cube_axis axes[DIM_COUNT];
    for (size_t d = 0; d < DIM_COUNT; d++)
        axes[d] = building->out->axes[d];
    axes[of] = (struct cube_axis){total, 1};
    struct cube *base;
    if (!cube_build(building->scratch, building->codes, building->events.facts,
                    building->events.coverage, axes, &base, err))
        return false;
    out->base = base;
    if (of == DIM_SITE)
        survey_base(building, out, axes);
    return true;
}

/* False where the total of all sites is covered on less ground than the site:
 * no share can be taken of it. Depends on public coverage alone. */
static bool same_ground(const struct calculation *calculation,
                        const struct row *row, size_t base_site_count)
{
    if (calculation->base_grounds == NULL)
        return true;
    const struct derived_table *out = calculation->building->out;
    size_t index = row->place[DIM_TERRITORY] * base_site_count *
                       out->axes[DIM_PERIOD].count +
                   row->place[DIM_PERIOD];
    return calculation->base_grounds[index].covered == row->ground->covered;
}

struct outcome derived_share(const struct calculation *calculation,
                             const struct row *row)
{
    const struct building *building = calculation->building;
    struct outcome outcome = {.availability = NOT_AVAILABLE};
    if (!same_ground(calculation, row, 1))
        return outcome;
    size_t place[DIM_COUNT];
    for (size_t d = 0; d < DIM_COUNT; d++)
        place[d] = row->place[d];
    place[calculation->value->of] = 0;
    int64_t base =
        cube_count(calculation->base, cube_cell(calculation->base, place));
    int64_t part = cube_count(building->out->counts, row->at);
    /* Of nothing, or of a total that its parts exceed, there is no share; the
     * status must not say so where the counts are suppressed. */
    outcome.availability = base > 0 && part <= base ? AVAILABLE : UNRELIABLE;
    if (outcome.availability == AVAILABLE)
        outcome.interval.value = 100.0 * (double)part / (double)base;
    derived_reliability(building->policy, base, &outcome);
    return outcome;
}
