/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/derived_impl.h"
#include "calc/sex.h"

#include <string.h>

/* The table's sexes, then each sex alone: rates by age and sex need them. */
static struct cube_axis sexes_and_leaves(struct building *building)
{
    const struct dimension *sexes = &building->codes->dims[DIM_SEX];
    const struct cube_axis *axis = &building->out->axes[DIM_SEX];
    size_t count = axis->count + sexes->leaf_count;
    int *nodes = arena_array(building->scratch, count, sizeof *nodes);
    memcpy(nodes, axis->nodes, axis->count * sizeof *nodes);
    memcpy(nodes + axis->count, sexes->leaf_node,
           sexes->leaf_count * sizeof *nodes);
    return (struct cube_axis){nodes, count};
}

/* Cases and person-years by stored age class; the age axis of the table is
 * replaced by all the classes, and each sex follows the sexes of the table.
 * Built once for all standards. */
static bool build_ages(struct building *building, struct err *err)
{
    if (building->age_counts != NULL)
        return true;
    const struct dimension *ages = &building->codes->dims[DIM_AGE];
    struct cube_axis axes[DIM_COUNT];
    for (size_t d = 0; d < DIM_COUNT; d++)
        axes[d] = building->out->axes[d];
    axes[DIM_AGE] = (struct cube_axis){ages->leaf_node, ages->leaf_count};
    axes[DIM_SEX] = sexes_and_leaves(building);
    return cube_build(building->scratch, building->codes,
                      building->events.facts, building->events.coverage, axes,
                      &building->age_counts, err) &&
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
        return plan_no_standard(building->plan, out->value->standard,
                                "calc.standard", err);
    if (!check_ages(building, err) || !build_ages(building, err))
        return false;
    const struct dimension *ages = &building->codes->dims[DIM_AGE];
    const struct cube_axis *axis = &building->out->axes[DIM_AGE];
    size_t classes =
        ages->leaf_count * building->codes->dims[DIM_SEX].leaf_count;
    out->counts = arena_array(building->scratch, classes, sizeof *out->counts);
    out->years = arena_array(building->scratch, classes, sizeof *out->years);
    out->weights =
        arena_array(building->scratch, classes, sizeof *out->weights);
    out->matches =
        arena_array(building->scratch, axis->count, sizeof *out->matches);
    for (size_t p = 0; p < axis->count; p++) {
        if (!standard_match(building->scratch, standard, ages,
                            &ages->nodes[axis->nodes[p]], &out->matches[p],
                            err))
            return false;
    }
    return true;
}

/* Adds up the age classes of one sex place by the groups of the standard, from
 * class `from` on. Cells are far below 2^53: the sums are exact. */
static void gather_groups(const struct calculation *calculation,
                          const struct row *row, size_t sex,
                          const struct standard_match *match, size_t from)
{
    const struct building *building = calculation->building;
    for (size_t g = 0; g < match->groups; g++) {
        calculation->counts[from + g] = 0.0;
        calculation->years[from + g] = 0.0;
        calculation->weights[from + g] = match->weights[g];
    }
    size_t place[DIM_COUNT];
    memcpy(place, row->place, sizeof place);
    place[DIM_SEX] = sex;
    for (size_t leaf = 0; leaf < building->age_counts->axes[DIM_AGE].count;
         leaf++) {
        if (match->group[leaf] < 0)
            continue;
        size_t group = from + (size_t)match->group[leaf];
        place[DIM_AGE] = leaf;
        size_t cell = cube_cell(building->age_counts, place);
        calculation->counts[group] +=
            (double)cube_count(building->age_counts, cell);
        calculation->years[group] +=
            (double)cube_count(building->age_years, cell);
    }
}

/* True when the row's rate is standardised by age and sex: it was asked for,
 * the row joins the sexes, and the site occurs in both. */
static bool joins_sexes(const struct calculation *calculation,
                        const struct row *row)
{
    const struct building *building = calculation->building;
    int site = building->out->axes[DIM_SITE].nodes[row->place[DIM_SITE]];
    return calculation->value->by_sex &&
           derived_node(building, row, DIM_SEX)->leaf_count > 1 &&
           sex_of_site(building->codes, site) < 0;
}

/* The classes of the row's rate; the weights of each sex sum to the total. */
static size_t gather_classes(const struct calculation *calculation,
                             const struct row *row,
                             const struct standard_match *match)
{
    const struct building *building = calculation->building;
    if (!joins_sexes(calculation, row)) {
        gather_groups(calculation, row, row->place[DIM_SEX], match, 0);
        return match->groups;
    }
    size_t first = building->out->axes[DIM_SEX].count;
    size_t sexes = building->codes->dims[DIM_SEX].leaf_count;
    for (size_t s = 0; s < sexes; s++)
        gather_groups(calculation, row, first + s, match, s * match->groups);
    return sexes * match->groups;
}

struct outcome derived_standardised(const struct calculation *calculation,
                                    const struct row *row)
{
    const struct building *building = calculation->building;
    const struct standard_match *match =
        &calculation->matches[row->place[DIM_AGE]];
    size_t classes = gather_classes(calculation, row, match);
    size_t sexes = classes / match->groups;
    double total = match->total * (double)sexes;
    struct outcome outcome = {.availability = AVAILABLE, .has_limits = true};
    if (!kernel_standardised_rate(calculation->counts, calculation->years,
                                  calculation->weights, classes, total,
                                  CALC_PER, CALC_CONFIDENCE, &outcome.interval))
        outcome.availability = NOT_AVAILABLE;
    derived_reliability(building->policy,
                        cube_count(building->out->counts, row->at), &outcome);
    return outcome;
}
