/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/derived_impl.h"
#include "calc/kernel_proportion.h"

void derived_reliability(const struct policy *policy, int64_t events,
                         struct outcome *outcome)
{
    if (outcome->availability != AVAILABLE)
        return;
    switch (kernel_reliability((double)events, (double)policy->unreliable_under,
                               (double)policy->caution_under)) {
    case KERNEL_UNRELIABLE:
        outcome->availability = UNRELIABLE;
        break;
    case KERNEL_CAUTION:
        outcome->flags |= FLAG_CAUTION;
        break;
    case KERNEL_RELIABLE:
        break;
    }
}

/* --- what a value asks of its measure ------------------------------------- */

static bool is_stored(enum value_kind value)
{
    return value == VALUE_ESTIMATE || value == VALUE_GRADE ||
           value == VALUE_STANDARDISED_SURVIVAL ||
           value == VALUE_CONDITIONAL_SURVIVAL;
}

static bool fits(enum measure_kind measure, enum value_kind value)
{
    switch (measure) {
    case MEASURE_COUNT:
        return value != VALUE_PROPORTION && !is_stored(value);
    case MEASURE_PERSON_YEARS:
        return value == VALUE_COUNT || value == VALUE_PERSON_YEARS ||
               value == VALUE_SHARE;
    case MEASURE_PROPORTION:
        return value == VALUE_COUNT || value == VALUE_PROPORTION;
    case MEASURE_ESTIMATE:
        return is_stored(value);
    case MEASURE_DURATION:
        return value == VALUE_ESTIMATE || value == VALUE_GRADE;
    }
    assert(!"a measure kind");
    return false;
}

static bool is_confidential(const struct building *building, const char *code)
{
    const struct measure *measure = code_measure(building->codes, code);
    return measure != NULL && measure->confidential;
}

/* An estimate has no counts whose suppression could protect it, and no
 * relaxation of a model, a median or a rank is proved: where confidential
 * counts are behind it, somebody answers for it by name, or it is refused. */
static bool check_estimate(const struct building *building, struct err *err)
{
    const struct measure *measure = building->measure;
    bool confidential = measure->confidential ||
                        is_confidential(building, measure->numerator) ||
                        is_confidential(building, measure->denominator);
    if (!confidential || policy_waiver(building->policy, "estimate") != NULL)
        return true;
    return err_fail(err, ERR_DISCLOSURE, "calc.estimate",
                    "measure '%s' is confidential and stored as an estimate: "
                    "nothing proves what it gives away, and no waiver "
                    "'estimate' of the policy answers for it",
                    measure->code);
}

static bool check_fit(const struct building *building, enum value_kind value,
                      struct err *err)
{
    const struct measure *measure = building->measure;
    if (!fits(measure->kind, value))
        return err_fail(err, ERR_SCRIPT, "calc.value",
                        "measure '%s' cannot have the value '%s'",
                        measure->code, value_kinds[value]);
    bool rate = value == VALUE_PERSON_YEARS || value == VALUE_CRUDE_RATE ||
                value == VALUE_STANDARDISED_RATE;
    if (rate && building->out->person_years == NULL)
        return err_fail(err, ERR_SCRIPT, "calc.person_years",
                        "the value '%s' of measure '%s' needs the table to "
                        "name a measure of person-years",
                        value_kinds[value], measure->code);
    return !is_stored(value) || check_estimate(building, err);
}

bool derived_prepare(struct building *building, struct calculation *out,
                     struct err *err)
{
    if (!check_fit(building, out->value->kind, err))
        return false;
    switch (out->value->kind) {
    case VALUE_COUNT:
    case VALUE_PERSON_YEARS:
    case VALUE_CRUDE_RATE:
    case VALUE_PROPORTION:
        return true;
    case VALUE_SHARE:
        return derived_prepare_share(building, out, err);
    case VALUE_STANDARDISED_RATE:
        return derived_prepare_standardised(building, out, err);
    case VALUE_ESTIMATE:
    case VALUE_GRADE:
        derived_prepare_estimate(building, out);
        return true;
    case VALUE_STANDARDISED_SURVIVAL:
    case VALUE_CONDITIONAL_SURVIVAL:
        derived_prepare_estimate(building, out);
        return derived_prepare_survival(building, out, err);
    }
    assert(!"a value kind");
    return false;
}

/* --- values --------------------------------------------------------------- */

static struct outcome plain(int64_t count)
{
    return (struct outcome){.availability = AVAILABLE,
                            .interval = {.value = (double)count}};
}

static struct outcome crude_rate(const struct building *building, size_t row)
{
    int64_t events = cube_count(building->out->counts, row);
    int64_t years = cube_count(building->out->person_years, row);
    struct outcome outcome = {.availability = AVAILABLE, .has_limits = true};
    if (!kernel_crude_rate((double)events, (double)years, CALC_PER,
                           CALC_CONFIDENCE, &outcome.interval))
        outcome.availability = NOT_AVAILABLE;
    derived_reliability(building->policy, events, &outcome);
    return outcome;
}

/* In percent. Small denominators, zero included, are withheld: whether there
 * were any is not told either before disclosure control has spoken. */
static struct outcome proportion(const struct building *building, size_t row)
{
    int64_t events = cube_count(building->out->numerators, row);
    int64_t trials = cube_count(building->out->counts, row);
    struct outcome outcome = {.availability = AVAILABLE, .has_limits = true};
    struct kernel_interval *interval = &outcome.interval;
    if (!kernel_wilson((double)events, (double)trials, CALC_CONFIDENCE,
                       interval)) {
        outcome.availability = UNRELIABLE;
        return outcome;
    }
    interval->value *= 100.0;
    interval->lower *= 100.0;
    interval->upper *= 100.0;
    derived_reliability(building->policy, trials, &outcome);
    return outcome;
}

struct outcome derived_compute(const struct calculation *calculation,
                               const struct row *row)
{
    const struct building *building = calculation->building;
    const struct derived_table *out = building->out;
    switch (calculation->value->kind) {
    case VALUE_COUNT:
        return plain(cube_count(out->numerators ? out->numerators : out->counts,
                                row->at));
    case VALUE_PERSON_YEARS:
        return plain(cube_count(out->person_years, row->at));
    case VALUE_CRUDE_RATE:
        return crude_rate(building, row->at);
    case VALUE_STANDARDISED_RATE:
        return derived_standardised(calculation, row);
    case VALUE_SHARE:
        return derived_share(calculation, row);
    case VALUE_PROPORTION:
        return proportion(building, row->at);
    case VALUE_ESTIMATE:
        return derived_estimate(calculation, row);
    case VALUE_GRADE:
        return derived_grade(calculation, row);
    case VALUE_STANDARDISED_SURVIVAL:
        return derived_standardised_survival(calculation, row);
    case VALUE_CONDITIONAL_SURVIVAL:
        return derived_conditional_survival(calculation, row);
    }
    assert(!"a value kind");
    return (struct outcome){.availability = NOT_AVAILABLE};
}
