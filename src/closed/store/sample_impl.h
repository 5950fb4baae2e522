/* SPDX-License-Identifier: EUPL-1.2 */
/* store/sample_impl.h - the synthetic store while it is written. */
#ifndef STORE_SAMPLE_IMPL_H
#define STORE_SAMPLE_IMPL_H

#include "store/sample_model.h"
#include "store/writer.h"

struct sampling {
    struct arena *closed;
    uint64_t seed;
    struct sample_model model;
    struct writer *writer;
};

bool sample_row(struct sampling *sampling, const char *table,
                const char *const *cells, struct err *err) MUST_USE;
/* Cases, deaths and population, in key order. */
bool sample_write_facts(struct sampling *sampling, struct err *err) MUST_USE;
/* Measures of the screening programmes, and their counts. */
/* Source and method of a measure in English, as the registry keeps them. */
bool sample_write_english(struct sampling *sampling, const char *code,
                          const char *source, const char *method,
                          struct err *err) MUST_USE;
bool sample_write_programmes(struct sampling *sampling,
                             struct err *err) MUST_USE;
bool sample_write_screening(struct sampling *sampling,
                            struct err *err) MUST_USE;
/* One row of a table of estimates. */
struct sample_stored {
    const char *measure;
    const char *departement; /* NULL: of France */
    const char *period, *sex, *age, *site, *stratum, *status, *grade;
    double value, lower, upper;
    int decimals;
    bool has_alive;
    double alive;
};
bool sample_stored(struct sampling *sampling, const char *table,
                   const struct sample_stored *row, struct err *err) MUST_USE;
/* National cases of a curve in the last year, as expected, in the age classes
 * first to last. */
double sample_national_cases(const struct sample_curve *curve, size_t first,
                             size_t last);
const char *sample_sex(const struct sample_curve *curve); /* "M", "F" */
/* Survival of a group of people after 1, 5 and 10 years: `share` after five,
 * with `cases` a year, seen during as many years. */
struct sample_group {
    const char *measure, *site, *sex, *age;
    double share, cases, years;
};
bool sample_write_group(struct sampling *sampling,
                        const struct sample_group *group,
                        struct err *err) MUST_USE;
bool sample_write_survival(struct sampling *sampling, struct err *err) MUST_USE;
/* The same of children, adolescents and young adults. */
bool sample_write_young(struct sampling *sampling, struct err *err) MUST_USE;
/* True when `site` is `node` or a part of it, at any depth. */
bool sample_site_within(const char *site, const char *node);
/* Stages: their codes, and the share of each among the cases of a site. */
bool sample_write_stage_codes(struct sampling *sampling,
                              struct err *err) MUST_USE;
bool sample_write_stages(struct sampling *sampling, struct err *err) MUST_USE;
/* Survival, prevalence and trends of France, calibrated incidence of the
 * départements. */
bool sample_write_estimates(struct sampling *sampling,
                            struct err *err) MUST_USE;

#endif
