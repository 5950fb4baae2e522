/* SPDX-License-Identifier: EUPL-1.2 */
/* Projections against whole files of reference values. */
#include "calc/kernel_projection.h"
#include "vectors.h"

enum {
    AGES = 18,
    OBSERVED = 8,
    FUTURE = 5,
    YEARS_MAX = 40,
};

struct counts {
    double cases[AGES * OBSERVED];
    double years[AGES * (OBSERVED + FUTURE)];
};

/* Both files are ordered by age, then by period; the future one by period,
 * then by age. */
static void read_counts(struct counts *out)
{
    struct vectors in = vectors_open("14_nordpred_nordpred_example_inputs.csv");
    while (vectors_next(&in)) {
        size_t age = (in.rows - 1) / OBSERVED;
        size_t period = (in.rows - 1) % OBSERVED;
        CHECK(age < AGES);
        CHECK_INT(vectors_number(&in, "age_idx"), age + 1);
        out->cases[age * OBSERVED + period] = vectors_number(&in, "cases");
        out->years[age * (OBSERVED + FUTURE) + period] =
            vectors_number(&in, "pop");
    }
    vectors_end(&in);
    struct vectors future =
        vectors_open("14_nordpred_nordpred_example_futurepop.csv");
    while (vectors_next(&future)) {
        size_t age = (size_t)vectors_number(&future, "age_idx") - 1;
        size_t period = (future.rows - 1) / AGES;
        CHECK(period < FUTURE && age < AGES);
        out->years[age * (OBSERVED + FUTURE) + OBSERVED + period] =
            vectors_number(&future, "pop");
    }
    vectors_end(&future);
}

static void check_nordpred(const char *file, enum kernel_nordpred_link link)
{
    static const double cut[] = {0, 0.25, 0.5, 0.75, 0.75};
    static struct counts counts;
    read_counts(&counts);
    struct kernel_nordpred_data data = {
        .cases = counts.cases,
        .person_years = counts.years,
        .ages = AGES,
        .observed = OBSERVED,
        .future = FUTURE,
        .first_fitted = 5,
        .first_used = 6,
        .periods = 5,
        .link = link,
        .cut = cut,
    };
    struct arena *scratch = arena_new();
    struct kernel_nordpred got;
    CHECK(kernel_nordpred(scratch, &data, &got));
    CHECK_INT(got.periods, 5);
    CHECK(got.recent);
    struct vectors at = vectors_open(file);
    while (vectors_next(&at)) {
        size_t age = (size_t)vectors_number(&at, "age_idx") - 1;
        size_t period = (at.rows - 1) / AGES;
        if (period < OBSERVED)
            continue;
        double cases = got.cases[age * FUTURE + period - OBSERVED];
        CHECK_VECTOR(&at, cases, "cases", 1e-8);
    }
    CHECK_INT(at.rows, AGES * (OBSERVED + FUTURE));
    vectors_end(&at);
    arena_free(scratch);
}

TEST(the_power_five_projection_agrees_with_nordpred)
{
    check_nordpred("14_nordpred_nordpred_example_power5_outputs.csv",
                   KERNEL_NORDPRED_POWER5);
}

TEST(the_poisson_projection_agrees_with_nordpred)
{
    check_nordpred("14_nordpred_nordpred_example_poisson_outputs.csv",
                   KERNEL_NORDPRED_POISSON);
}

/* --- log-linear ----------------------------------------------------------- */

struct trend {
    double years[YEARS_MAX], counts[YEARS_MAX], people[YEARS_MAX];
    size_t size;
};

static void read_trend(const char *series, struct trend *out)
{
    struct vectors in = vectors_open("07_trend_inputs.csv");
    *out = (struct trend){.size = 0};
    while (vectors_next(&in)) {
        if (strcmp(vectors_text(&in, "series"), series) != 0)
            continue;
        CHECK(out->size < YEARS_MAX);
        out->years[out->size] = vectors_number(&in, "year");
        out->counts[out->size] = vectors_number(&in, "cases");
        out->people[out->size++] = vectors_number(&in, "pop");
    }
    vectors_end(&in);
}

TEST(every_log_linear_projection_agrees_with_its_vector)
{
    struct vectors at =
        vectors_open("14_projection_loglinear_quasipoisson.csv");
    struct arena *scratch = arena_new();
    while (vectors_next(&at)) {
        struct trend trend;
        double year = vectors_number(&at, "year");
        double people = vectors_number(&at, "pop_used");
        read_trend(vectors_text(&at, "series"), &trend);
        struct kernel_series series = {
            .years = trend.years,
            .counts = trend.counts,
            .person_years = trend.people,
            .observed = trend.size,
            .future_years = &year,
            .future_person_years = &people,
            .future = 1,
        };
        struct kernel_log_linear got;
        CHECK(kernel_log_linear_projection(scratch, &series, 0.95, &got));
        CHECK_VECTOR(&at, got.projected[0].cases.value, "mu", 1e-9);
        CHECK_VECTOR(&at, got.projected[0].standard_error, "se_link", 1e-8);
        CHECK_VECTOR(&at, got.dispersion, "phi", 1e-8);
        CHECK_VECTOR(&at, got.projected[0].cases.lower, "pi_lo_normal", 1e-8);
        CHECK_VECTOR(&at, got.projected[0].cases.upper, "pi_hi_normal", 1e-8);
    }
    CHECK_INT(at.rows, 35);
    vectors_end(&at);
    arena_free(scratch);
}

RUN(CASE(the_power_five_projection_agrees_with_nordpred),
    CASE(the_poisson_projection_agrees_with_nordpred),
    CASE(every_log_linear_projection_agrees_with_its_vector))
