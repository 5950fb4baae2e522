/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/kernel_trend.h"

double lexis_birth(const struct lexis *table, size_t cohort)
{
    /* period - age = cohort - (ages - 1): the diagonal of the cell. */
    double diagonal = (double)cohort - (double)(table->ages - 1);
    return table->first_period - table->first_age + diagonal * table->width;
}

static bool valid(const struct lexis *table, double per)
{
    if (table->ages == 0 || table->periods == 0 || !isfinite(per) ||
        !(per > 0.0) || !isfinite(table->first_age) ||
        !isfinite(table->first_period) || !isfinite(table->width) ||
        !(table->width > 0.0))
        return false;
    for (size_t i = 0; i < table->ages * table->periods; i++) {
        double count = table->counts[i], years = table->person_years[i];
        if (!isfinite(count) || !(count >= 0.0) || !isfinite(years) ||
            !(years >= 0.0) || (years == 0.0 && count > 0.0))
            return false;
    }
    return true;
}

bool kernel_lexis(const struct lexis *table, double per, struct lexis_rate *out)
{
    if (!valid(table, per))
        return false;
    size_t ages = table->ages, cohorts = ages + table->periods - 1;
    for (size_t i = 0; i < cohorts * ages; i++)
        out[i] = (struct lexis_rate){0};
    for (size_t age = 0; age < ages; age++) {
        for (size_t period = 0; period < table->periods; period++) {
            size_t cell = age * table->periods + period;
            size_t cohort = ages - 1 - age + period;
            struct lexis_rate *rate = &out[cohort * ages + age];
            rate->count = table->counts[cell];
            rate->person_years = table->person_years[cell];
            rate->observed = rate->person_years > 0.0;
            if (rate->observed)
                rate->rate = rate->count / rate->person_years * per;
        }
    }
    return true;
}
