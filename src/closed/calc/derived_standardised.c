#include "calc/derived_impl.h"

/* Cases and person-years by stored age class; the age axis of the table is
 * replaced by all the classes. Built once for all standards. */
static bool build_ages(struct building *building, struct err *err)
{
    if (building->age_counts != NULL)
        return true;
    const struct dimension *ages = &building->codes->dims[DIM_AGE];
    struct cube_axis axes[DIM_COUNT];
    for (size_t d = 0; d < DIM_COUNT; d++)
        axes[d] = building->out->axes[d];
    axes[DIM_AGE] = (struct cube_axis){ages->leaf_node, ages->leaf_count};
    return cube_build(building->scratch, building->codes,
                      building->events.facts, building->events.coverage,
                      axes, &building->age_counts, err) &&
           derived_person_years(building->scratch, building,
                                building->events.coverage, axes,
                                &building->age_years, err);
}

static bool check_ages(const struct building *building, struct err *err)
{
    if (!cube_counted_by(building->events.facts, DIM_AGE))
        return err_fail(err, ERR_SCRIPT, "calc.dimension",
                        "a standardised rate needs measure '%s' to be "
                        "counted by age",
                        building->measure->code);
    if (!cube_counted_by(building->people.facts, DIM_AGE))
        return err_fail(err, ERR_SCRIPT, "calc.dimension",
                        "a standardised rate needs measure '%s' to be "
                        "counted by age",
                        building->table->person_years);
    return true;
}

bool derived_prepare_standardised(struct building *building,
                                  struct calculation *out, struct err *err)
{
    const struct standard *standard =
        plan_standard(building->plan, out->value->standard);
    if (standard == NULL)
        return err_fail(err, ERR_SCRIPT, "calc.standard",
                        "no standard population '%s'", out->value->standard);
    if (!check_ages(building, err) || !build_ages(building, err))
        return false;
    const struct dimension *ages = &building->codes->dims[DIM_AGE];
    const struct cube_axis *axis = &building->out->axes[DIM_AGE];
    out->counts = arena_array(building->scratch, ages->leaf_count,
                              sizeof *out->counts);
    out->years =
        arena_array(building->scratch, ages->leaf_count, sizeof *out->years);
    out->matches = arena_array(building->scratch, axis->count,
                               sizeof *out->matches);
    for (size_t p = 0; p < axis->count; p++) {
        if (!standard_match(building->scratch, standard, ages,
                            &ages->nodes[axis->nodes[p]], &out->matches[p],
                            err))
            return false;
    }
    return true;
}

/* Adds up the age classes of the row by the groups of the standard. Cells are
 * far below 2^53: the sums are exact. */
static void gather_groups(const struct calculation *calculation,
                          const struct row *row,
                          const struct standard_match *match)
{
    const struct building *building = calculation->building;
    for (size_t g = 0; g < match->groups; g++) {
        calculation->counts[g] = 0.0;
        calculation->years[g] = 0.0;
    }
    size_t place[DIM_COUNT];
    for (size_t d = 0; d < DIM_COUNT; d++)
        place[d] = row->place[d];
    for (size_t leaf = 0; leaf < building->age_counts->axes[DIM_AGE].count;
         leaf++) {
        int group = match->group[leaf];
        if (group < 0)
            continue;
        place[DIM_AGE] = leaf;
        size_t cell = cube_cell(building->age_counts, place);
        calculation->counts[group] +=
            (double)cube_count(building->age_counts, cell);
        calculation->years[group] +=
            (double)cube_count(building->age_years, cell);
    }
}

struct outcome derived_standardised(const struct calculation *calculation,
                                    const struct row *row)
{
    const struct building *building = calculation->building;
    const struct standard_match *match =
        &calculation->matches[row->place[DIM_AGE]];
    gather_groups(calculation, row, match);
    struct outcome outcome = {.availability = AVAILABLE, .has_limits = true};
    if (!kernel_standardised_rate(calculation->counts, calculation->years,
                                  match->weights, match->groups, match->total,
                                  CALC_PER, CALC_CONFIDENCE,
                                  &outcome.interval))
        outcome.availability = NOT_AVAILABLE;
    derived_reliability(building->policy,
                        cube_count(building->out->counts, row->at), &outcome);
    return outcome;
}
