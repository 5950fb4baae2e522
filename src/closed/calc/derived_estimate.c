/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <stdlib.h>

#include "base/num.h"
#include "calc/derived_impl.h"
#include "calc/sex.h"

static int by_key(const void *a, const void *b)
{
    const struct estimate *x = a, *y = b;
    for (size_t d = 0; d < DIM_COUNT; d++) {
        int left = x->node[d], right = y->node[d];
        if (left != right)
            return left < right ? -1 : 1;
    }
    return 0;
}

/* Times since diagnosis are numbers; other strata have no order. */
static double time_of(const struct building *building,
                      const struct estimate *estimate)
{
    int node = estimate->node[DIM_STRATUM];
    double time = 0.0;
    return node >= 0 && num_parse_double(
                            building->codes->dims[DIM_STRATUM].nodes[node].code,
                            &time)
               ? time
               : 0.0;
}

static bool same_but_stratum(const struct estimate *a, const struct estimate *b)
{
    for (size_t d = 0; d < DIM_COUNT; d++) {
        if (d != DIM_STRATUM && a->node[d] != b->node[d])
            return false;
    }
    return true;
}

/* Nobody is alive where a line that tells it elsewhere leaves it out: a blank
 * is no way around the rule. A line that tells of none is not judged. */
static bool is_few(const struct building *building,
                   const struct estimate *estimate, bool told)
{
    int64_t alive = estimate->has_alive ? estimate->alive : 0;
    return told && alive < building->policy->alive_under;
}

/* Survival goes through every interval before: where one began with too few
 * people, what comes later has no sure value either. */
static void judge_alive(const struct building *building,
                        struct estimate *estimates, size_t count)
{
    for (size_t first = 0, last; first < count; first = last) {
        bool told = false;
        for (last = first; last < count && same_but_stratum(&estimates[first],
                                                            &estimates[last]);
             last++)
            told = told || estimates[last].has_alive;
        double end = INFINITY; /* the first time with too few */
        for (size_t e = first; e < last; e++) {
            if (is_few(building, &estimates[e], told))
                end = fmin(end, time_of(building, &estimates[e]));
        }
        for (size_t e = first; e < last; e++) {
            if (time_of(building, &estimates[e]) >= end)
                estimates[e].status = 'u';
        }
    }
}

void derived_prepare_estimate(struct building *building,
                              struct calculation *out)
{
    const struct estimates *estimates = building->events.estimates;
    out->estimate_count = estimates == NULL ? 0 : estimates->count;
    out->estimates = arena_array(building->scratch, out->estimate_count,
                                 sizeof *out->estimates);
    for (size_t e = 0; e < out->estimate_count; e++) {
        const struct estimate *estimate = &estimates->rows[e];
        out->estimates[e] = *estimate;
        for (size_t d = 0; d < DIM_COUNT; d++)
            out->keyed[d] = out->keyed[d] || estimate->node[d] >= 0;
    }
    if (out->estimate_count > 1)
        qsort(out->estimates, out->estimate_count, sizeof *out->estimates,
              by_key);
    judge_alive(building, out->estimates, out->estimate_count);
}

static const struct estimate *find(const struct calculation *calculation,
                                   const struct estimate *key)
{
    if (calculation->estimate_count == 0)
        return NULL;
    return bsearch(key, calculation->estimates, calculation->estimate_count,
                   sizeof *calculation->estimates, by_key);
}

static const struct estimate *find_row(const struct calculation *calculation,
                                       const struct row *row, int age,
                                       int stratum)
{
    const struct building *building = calculation->building;
    struct estimate key = {0};
    for (size_t d = 0; d < DIM_COUNT; d++)
        key.node[d] = calculation->keyed[d]
                          ? building->out->axes[d].nodes[row->place[d]]
                          : -1;
    if (age >= 0)
        key.node[DIM_AGE] = age;
    if (stratum >= 0)
        key.node[DIM_STRATUM] = stratum;
    const struct estimate *found = find(calculation, &key);
    int site = building->out->axes[DIM_SITE].nodes[row->place[DIM_SITE]];
    int sex = sex_of_site(building->codes, site);
    if (found != NULL || sex < 0 || !calculation->keyed[DIM_SEX])
        return found;
    key.node[DIM_SEX] = sex;
    return find(calculation, &key);
}

struct stored derived_stored(const struct calculation *calculation,
                             const struct row *row, int age, int stratum)
{
    const struct estimate *found = find_row(calculation, row, age, stratum);
    if (found == NULL)
        return (struct stored){NULL, NOT_AVAILABLE};
    bool sure = found->status != 'u' && found->grade != GRADE_B;
    return (struct stored){found, sure ? AVAILABLE : UNRELIABLE};
}

unsigned derived_stored_flags(const struct estimate *estimate)
{
    char status = estimate->status;
    return status == 'e'   ? FLAG_ESTIMATED
           : status == 'j' ? FLAG_PROJECTED
           : status == 'p' ? FLAG_PROVISIONAL
                           : 0u;
}

static enum availability none(const struct row *row)
{
    return row->ground->covered == 0 ? NOT_COVERED : NOT_AVAILABLE;
}

struct outcome derived_estimate(const struct calculation *calculation,
                                const struct row *row)
{
    struct stored stored = derived_stored(calculation, row, -1, -1);
    const struct estimate *found = stored.estimate;
    if (found == NULL)
        return (struct outcome){.availability = none(row)};
    return (struct outcome){
        .availability = stored.availability,
        .interval = {found->value, found->lower, found->upper},
        .has_limits = found->has_interval,
        .flags = derived_stored_flags(found),
    };
}

/* A grade is told of what is withheld for it, too. */
struct outcome derived_grade(const struct calculation *calculation,
                             const struct row *row)
{
    const struct estimate *found =
        derived_stored(calculation, row, -1, -1).estimate;
    if (found == NULL)
        return (struct outcome){.availability = none(row)};
    return (struct outcome){
        .availability = found->grade == GRADE_NONE ? NOT_AVAILABLE : AVAILABLE,
        .interval = {.value = (double)found->grade},
        .flags = derived_stored_flags(found),
    };
}
