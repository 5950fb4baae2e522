/* SPDX-License-Identifier: EUPL-1.2 */
/* Survival made of stored survival: standardised for age, conditional. */
#include <math.h>

#include "base/num.h"
#include "base/text.h"
#include "calc/derived_impl.h"
#include "calc/kernel_survival.h"

/* --- what is stored ------------------------------------------------------- */

/* Survival is kept as a proportion or in percent. */
static double unit_of(const struct measure *measure)
{
    return text_same(measure->unit, "percent") ? 100.0 : 1.0;
}

/* The standard error behind the printed limits, on the log scale where they
 * allow it. */
static struct kernel_survived cumulative(const struct estimate *estimate,
                                         double unit)
{
    double z = 0.0;
    bool ok = kernel_normal_quantile(0.5 * (1.0 + CALC_CONFIDENCE), &z);
    assert(ok);
    double survival = estimate->value / unit;
    double width = estimate->lower > 0.0
                       ? survival * log(estimate->upper / estimate->lower)
                       : (estimate->upper - estimate->lower) / unit;
    return (struct kernel_survived){survival, width / (2.0 * z)};
}

static struct outcome told(const struct calculation *calculation,
                           const struct kernel_survival *survival,
                           bool has_limits, unsigned flags)
{
    double unit = calculation->unit;
    const struct kernel_interval *interval = &survival->interval;
    return (struct outcome){
        .availability = AVAILABLE,
        .interval = {unit * interval->value, unit * interval->lower,
                     unit * interval->upper},
        .has_limits = has_limits,
        .flags = flags,
    };
}

/* --- age classes ---------------------------------------------------------- */

static bool is_class(const struct calculation *out, int age)
{
    bool found = false;
    for (size_t c = 0; c < out->class_count && !found; c++)
        found = out->classes[c] == age;
    return found;
}

/* Every class of ages that the measure has survival for. */
static void find_classes(struct building *building, struct calculation *out)
{
    const struct dimension *ages = &building->codes->dims[DIM_AGE];
    out->classes =
        arena_array(building->scratch, ages->count, sizeof *out->classes);
    for (size_t e = 0; e < out->estimate_count; e++) {
        int age = out->estimates[e].node[DIM_AGE];
        if (age >= 0 && ages->nodes[age].leaf_count < ages->leaf_count &&
            !is_class(out, age))
            out->classes[out->class_count++] = age;
    }
}

static bool within(const struct standard_band *band, const struct node *node)
{
    return band->low >= node->low &&
           (node->high < 0 || (band->high >= 0 && band->high <= node->high));
}

/* Adds the bands of the standard up by class; each lies in one. */
static bool weigh_classes(struct building *building, struct calculation *out,
                          const struct standard *standard, struct err *err)
{
    const struct dimension *ages = &building->codes->dims[DIM_AGE];
    out->weights = arena_array(building->scratch, out->class_count + 1,
                               sizeof *out->weights);
    for (size_t b = 0; b < standard->count; b++) {
        const struct standard_band *band = &standard->bands[b];
        size_t homes = 0;
        for (size_t c = 0; c < out->class_count; c++) {
            if (!within(band, &ages->nodes[out->classes[c]]))
                continue;
            out->weights[c] += band->weight;
            homes++;
        }
        if (band->weight > 0.0 && homes != 1)
            return err_fail(err, ERR_SCRIPT, "calc.standard",
                            "measure '%s': ages %d and over of standard '%s' "
                            "are in %s of its age classes, expected one",
                            building->measure->code, band->low, standard->code,
                            homes == 0 ? "none" : "several");
    }
    return true;
}

bool derived_prepare_survival(struct building *building,
                              struct calculation *out, struct err *err)
{
    const struct plan_value *value = out->value;
    out->unit = unit_of(building->measure);
    if (value->kind == VALUE_CONDITIONAL_SURVIVAL) {
        out->given =
            code_find(&building->codes->dims[DIM_STRATUM], NULL, value->given);
        return (out->given >= 0 && out->keyed[DIM_STRATUM]) ||
               err_fail(err, ERR_SCRIPT, "calc.given",
                        "measure '%s' has no stratum '%s'",
                        building->measure->code, value->given);
    }
    const struct standard *standard =
        plan_standard(building->plan, value->standard);
    assert(standard != NULL); /* plan_check saw to it */
    find_classes(building, out);
    return weigh_classes(building, out, standard, err);
}

/* --- standardised --------------------------------------------------------- */

struct outcome
derived_standardised_survival(const struct calculation *calculation,
                              const struct row *row)
{
    struct outcome out = {.availability = AVAILABLE, .has_limits = true};
    struct arena *scratch = arena_new();
    size_t count = calculation->class_count;
    double *survivals = arena_array(scratch, count + 1, sizeof(double));
    double *errors = arena_array(scratch, count + 1, sizeof(double));
    bool has_limits = true;
    struct kernel_survival survival;
    for (size_t c = 0; c < count; c++) {
        if (!(calculation->weights[c] > 0.0))
            continue;
        struct stored stored =
            derived_stored(calculation, row, calculation->classes[c], -1);
        if (stored.availability != AVAILABLE) {
            /* what is missing weighs more than what is not sure */
            if (out.availability != NOT_AVAILABLE)
                out.availability = stored.availability;
            continue;
        }
        struct kernel_survived at =
            cumulative(stored.estimate, calculation->unit);
        survivals[c] = at.survival;
        errors[c] = stored.estimate->has_interval ? at.standard_error : 0.0;
        has_limits = has_limits && stored.estimate->has_interval;
        out.flags |= derived_stored_flags(stored.estimate);
    }
    if (out.availability == AVAILABLE)
        out = kernel_standardised_survival(
                  survivals, errors, calculation->weights, count,
                  KERNEL_SURVIVAL_LOG, CALC_CONFIDENCE, &survival)
                  ? told(calculation, &survival, has_limits, out.flags)
                  : (struct outcome){.availability = NOT_AVAILABLE};
    arena_free(scratch);
    return out;
}

/* --- conditional ---------------------------------------------------------- */

static bool is_earlier(const struct calculation *calculation,
                       const struct row *row)
{
    const struct building *building = calculation->building;
    double given, own;
    return num_parse_double(calculation->value->given, &given) &&
           num_parse_double(derived_node(building, row, DIM_STRATUM)->code,
                            &own) &&
           given < own;
}

struct outcome
derived_conditional_survival(const struct calculation *calculation,
                             const struct row *row)
{
    if (!is_earlier(calculation, row))
        return (struct outcome){.availability = NOT_APPLICABLE};
    struct stored later = derived_stored(calculation, row, -1, -1);
    struct stored earlier =
        derived_stored(calculation, row, -1, calculation->given);
    if (later.estimate == NULL || earlier.estimate == NULL)
        return (struct outcome){.availability = NOT_AVAILABLE};
    if (later.availability != AVAILABLE || earlier.availability != AVAILABLE)
        return (struct outcome){.availability = UNRELIABLE, .has_limits = true};
    bool has_limits =
        later.estimate->has_interval && earlier.estimate->has_interval;
    unsigned flags = derived_stored_flags(later.estimate) |
                     derived_stored_flags(earlier.estimate);
    struct kernel_survived from =
        cumulative(earlier.estimate, calculation->unit);
    struct kernel_survived to = cumulative(later.estimate, calculation->unit);
    /* Of those who lived so long no more than all live on. */
    if (!(from.survival > 0.0) || to.survival > from.survival)
        return (struct outcome){.availability = NOT_AVAILABLE};
    struct kernel_survival survival;
    if (has_limits && kernel_conditional_survival(from, to, KERNEL_SURVIVAL_LOG,
                                                  CALC_CONFIDENCE, &survival))
        return told(calculation, &survival, true, flags);
    survival.interval =
        (struct kernel_interval){.value = to.survival / from.survival};
    return told(calculation, &survival, false, flags);
}
