/* SPDX-License-Identifier: EUPL-1.2 */
/* Survival of children, adolescents and young adults in the synthetic store. */
#include <string.h>

#include "store/sample_impl.h"

enum { YOUNG_CLASSES = 3 };

/* Registries of children cover the whole country: six years of it. */
#define SEEN_YEARS 6.0

static const struct {
    const char *code;
    size_t first, last;
} young[YOUNG_CLASSES] = {{"00-14", 0, 2}, {"15-24", 3, 4}, {"25-39", 5, 7}};

/* Net, five years, %: modelled on what is published of childhood cancers; 0
 * where there are too few. */
static const struct {
    const char *site;
    int survival[YOUNG_CLASSES];
} survivals[] = {
    {"TOUS", {83, 87, 86}}, {"LEL", {92, 74, 66}}, {"LEM", {74, 68, 66}},
    {"LH", {97, 96, 94}},   {"LNH", {91, 87, 85}}, {"SNC", {68, 71, 66}},
    {"OSC", {74, 66, 70}},  {"TMO", {75, 68, 71}}, {"REI", {92, 86, 87}},
    {"END", {81, 77, 80}},  {"OEI", {98, 0, 0}},   {"FOI", {81, 0, 43}},
    {"THY", {0, 99, 99}},   {"MEL", {0, 95, 93}},  {"TES", {0, 97, 97}},
    {"OVA", {0, 93, 80}},   {"SEI", {0, 0, 87}},   {"CUT", {0, 0, 81}},
    {"CRC", {0, 74, 70}},
};

static const char *sex_of(const char *site)
{
    for (size_t s = 0; s < sample_site_count; s++) {
        if (strcmp(sample_sites[s].code, site) == 0)
            return sample_sites[s].sex;
    }
    return "";
}

static double cases_of(const char *site, size_t age)
{
    double cases = 0;
    for (size_t c = 0; c < sample_curve_count; c++) {
        if (sample_site_within(sample_curves[c].site, site))
            cases += sample_national_cases(&sample_curves[c], young[age].first,
                                           young[age].last);
    }
    return cases;
}

bool sample_write_young(struct sampling *sampling, struct err *err)
{
    for (size_t s = 0; s < COUNT_OF(survivals); s++) {
        const char *sex = sex_of(survivals[s].site);
        for (size_t a = 0; a < YOUNG_CLASSES; a++) {
            struct sample_group group = {
                .measure = "survival_young",
                .site = survivals[s].site,
                .sex = sex[0] == '\0' ? "T" : sex,
                .age = young[a].code,
                .share = survivals[s].survival[a] / 100.0,
                .cases = cases_of(survivals[s].site, a),
                .years = SEEN_YEARS,
            };
            if (group.share > 0 && group.cases > 0 &&
                !sample_write_group(sampling, &group, err))
                return false;
        }
    }
    return true;
}
