/* SPDX-License-Identifier: EUPL-1.2 */
/* Survival of France in the synthetic store, for all ages and by age class. */
#include <math.h>
#include <string.h>

#include "store/sample_impl.h"

/* Horizons of the store and the power of five-year survival that stands for
 * them. Registries see about a fifth of the country's cases over six years. */
static const struct {
    const char *code;
    double power;
} horizons[] = {{"1", 0.36}, {"5", 1}, {"10", 1.28}};

/* Six years of a fifth of the country. */
#define SEEN_YEARS 1.2

/* All ages, then the classes of the international standards, with the power
 * that tells how much worse the old do. */
static const struct {
    const char *code;
    size_t first, last;
    double power;
} ages[] = {
    {"T", 0, SAMPLE_AGES - 1, 1}, {"15-44", 3, 8, 0.55},
    {"45-54", 9, 10, 0.75},       {"55-64", 11, 12, 0.85},
    {"65-74", 13, 14, 1},         {"75+", 15, SAMPLE_AGES - 1, 1.4},
};

/* Who is alive when the last year before the horizon begins: a little more
 * than live to see it. */
static double alive_before(const struct sample_group *group, size_t horizon)
{
    double power = horizon == 0 ? 0 : 0.95 * horizons[horizon].power;
    return floor(group->years * group->cases *
                 draw_exp(power * draw_log(group->share)));
}

bool sample_write_group(struct sampling *sampling,
                        const struct sample_group *group, struct err *err)
{
    for (size_t h = 0; h < COUNT_OF(horizons); h++) {
        double value = draw_exp(horizons[h].power * draw_log(group->share));
        double width =
            1.96 * sqrt(value * (1 - value) / (group->years * group->cases));
        struct sample_stored row = {
            .measure = group->measure,
            .period = "",
            .sex = group->sex,
            .age = group->age,
            .site = group->site,
            .stratum = horizons[h].code,
            .status = "",
            .grade = "",
            .value = 100 * value,
            .lower = 100 * (value > width ? value - width : 0),
            .upper = 100 * (value + width < 1 ? value + width : 1),
            .decimals = 1,
            .has_alive = true,
            .alive = alive_before(group, h),
        };
        if (!sample_stored(sampling, "survival", &row, err))
            return false;
    }
    return true;
}

/* The women's curve of the same site, or NULL; curves come men first. */
static const struct sample_curve *pair_of(size_t c)
{
    return c + 1 < sample_curve_count &&
                   strcmp(sample_curves[c].site, sample_curves[c + 1].site) == 0
               ? &sample_curves[c + 1]
               : NULL;
}

static bool write_age(struct sampling *sampling, size_t curve, size_t age,
                      struct err *err)
{
    const struct sample_curve *own = &sample_curves[curve];
    const struct sample_curve *women = pair_of(curve);
    size_t first = ages[age].first, last = ages[age].last;
    double power = ages[age].power;
    struct sample_group group = {
        .measure = "survival_net",
        .years = SEEN_YEARS,
        .site = own->site,
        .sex = sample_sex(own),
        .age = ages[age].code,
        .share = draw_exp(power * draw_log(own->survival / 100.0)),
        .cases = sample_national_cases(own, first, last),
    };
    if (group.cases > 0 && !sample_write_group(sampling, &group, err))
        return false;
    if (women == NULL)
        return true;
    double others = sample_national_cases(women, first, last);
    double both = (own->survival * group.cases + women->survival * others) /
                  (100 * (group.cases + others));
    group.sex = "T";
    group.share = draw_exp(power * draw_log(both));
    group.cases += others;
    return !(group.cases > 0) || sample_write_group(sampling, &group, err);
}

bool sample_write_survival(struct sampling *sampling, struct err *err)
{
    for (size_t c = 0; c < sample_curve_count; c++) {
        for (size_t a = 0; a < COUNT_OF(ages); a++) {
            if (!write_age(sampling, c, a, err))
                return false;
        }
    }
    return true;
}
