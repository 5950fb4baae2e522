/* SPDX-License-Identifier: EUPL-1.2 */
/* Proportions, deaths to cases, survival and prevalence against whole files of
 * reference values. */
#include "calc/kernel_proportion.h"
#include "calc/kernel_survival.h"
#include "vectors.h"

TEST(every_exact_proportion_agrees_with_its_vector)
{
    struct vectors at = vectors_open("09_proportion_wilson.csv");
    while (vectors_next(&at)) {
        struct kernel_interval got;
        CHECK(kernel_clopper_pearson(vectors_number(&at, "numerator"),
                                     vectors_number(&at, "denominator"),
                                     vectors_number(&at, "conf"), &got));
        CHECK_VECTOR(&at, got.value, "proportion", 1e-12);
        CHECK_VECTOR(&at, got.lower, "clopper_lo", 1e-10);
        CHECK_VECTOR(&at, got.upper, "clopper_hi", 1e-10);
    }
    CHECK(at.rows > 10);
    vectors_end(&at);
}

/* Rows whose inputs are wrong on purpose have no result to compare. */
static size_t check_wilson(const char *file, double confidence,
                           const char *lower, const char *upper)
{
    struct vectors at = vectors_open(file);
    size_t compared = 0;
    while (vectors_next(&at)) {
        struct kernel_interval got;
        if (!vectors_has(&at, lower))
            continue;
        CHECK(kernel_wilson(vectors_number(&at, "Numerator"),
                            vectors_number(&at, "Denominator"), confidence,
                            &got));
        double multiplier = vectors_number(&at, "multiplier");
        CHECK_VECTOR(&at, got.value * multiplier, "value", 1e-12);
        CHECK_VECTOR(&at, got.lower * multiplier, lower, 1e-11);
        CHECK_VECTOR(&at, got.upper * multiplier, upper, 1e-11);
        compared++;
    }
    vectors_end(&at);
    return compared;
}

TEST(proportions_of_public_health_england_are_reproduced)
{
    const char *areas = "phe_testdata_Proportion__testdata_Prop.csv";
    CHECK(check_wilson(areas, 0.95, "lower95_0cl", "upper95_0cl") >= 10);
    CHECK(check_wilson(areas, 0.998, "lower99_8cl", "upper99_8cl") >= 10);
    CHECK(check_wilson("phe_testdata_Proportion__testdata_Prop_g.csv", 0.95,
                       "lowercl", "uppercl") >= 5);
}

/* Its standard error is a quarter of the interval, in percent. */
TEST(proportions_of_measured_children_are_reproduced)
{
    struct vectors at = vectors_open("phe_NCMP_testdata.csv");
    while (vectors_next(&at)) {
        struct kernel_interval got;
        CHECK(kernel_wilson(vectors_number(&at, "Count"),
                            vectors_number(&at, "Measured"), 0.95, &got));
        CHECK_VECTOR(&at, got.value * 100.0, "Rate", 1e-12);
        CHECK_VECTOR(&at, got.lower * 100.0, "LCL", 1e-7);
        CHECK_VECTOR(&at, got.upper * 100.0, "UCL", 1e-7);
    }
    CHECK_INT(at.rows, 240);
    vectors_end(&at);
}

TEST(every_ratio_of_deaths_to_cases_agrees_with_its_vector)
{
    struct vectors at = vectors_open("13_mi_ratio.csv");
    while (vectors_next(&at)) {
        struct kernel_interval got;
        double deaths = vectors_number(&at, "deaths");
        double cases = vectors_number(&at, "cases");
        CHECK(kernel_mortality_incidence(deaths, cases, 0.95, &got));
        CHECK_VECTOR(&at, got.value, "mi_ratio", 1e-14);
        CHECK_VECTOR(&at, got.lower, "lo", 1e-13);
        CHECK_VECTOR(&at, got.upper, "hi", 1e-13);
        CHECK_VECTOR(&at, sqrt(1.0 / deaths + 1.0 / cases), "se_log", 1e-13);
    }
    CHECK_INT(at.rows, 5);
    vectors_end(&at);
}

/* Prevalent cases and population are read from the store: the proportion is
 * that of people, its limits those of a count. */
TEST(every_prevalence_agrees_with_its_vector)
{
    struct vectors at = vectors_open("12_prevalence.csv");
    while (vectors_next(&at)) {
        struct kernel_interval got;
        CHECK(kernel_crude_rate(vectors_number(&at, "prevalent_alive"),
                                vectors_number(&at, "female_pop"), 1e5, 0.95,
                                &got));
        CHECK_VECTOR(&at, got.value, "prev_prop_1e5", 1e-13);
        CHECK_VECTOR(&at, got.lower, "lo_1e5", 1e-11);
        CHECK_VECTOR(&at, got.upper, "hi_1e5", 1e-11);
    }
    CHECK_INT(at.rows, 4);
    vectors_end(&at);
}

/* --- survival ------------------------------------------------------------- */

enum {
    TIMES = 7,
    CLASSES = 5,
};

struct by_age {
    double survivals[TIMES][CLASSES], errors[TIMES][CLASSES];
    double weights[CLASSES];
};

/* Rows are ordered by age class, then by year. */
static void read_by_age(struct by_age *out)
{
    struct vectors in = vectors_open("11b_net_survival_by_age_icss1.csv");
    while (vectors_next(&in)) {
        CHECK(in.rows <= TIMES * CLASSES);
        size_t time = (in.rows - 1) % TIMES, class = (in.rows - 1) / TIMES;
        double survival = vectors_number(&in, "surv");
        double error = vectors_number(&in, "se_log") * survival;
        struct kernel_interval got;
        CHECK(kernel_survival_interval(survival, error, KERNEL_SURVIVAL_LOG,
                                       0.95, &got));
        CHECK_VECTOR(&in, got.lower, "lo", 1e-12);
        CHECK_VECTOR(&in, got.upper, "hi", 1e-12);
        out->survivals[time][class] = survival;
        out->errors[time][class] = error;
        out->weights[class] = vectors_number(&in, "weight");
    }
    CHECK_INT(in.rows, TIMES * CLASSES);
    vectors_end(&in);
}

static struct kernel_survival standardised(const struct by_age *ages,
                                           size_t time,
                                           enum kernel_survival_scale scale)
{
    struct kernel_survival out;
    CHECK(kernel_standardised_survival(ages->survivals[time],
                                       ages->errors[time], ages->weights,
                                       CLASSES, scale, 0.95, &out));
    return out;
}

TEST(standardised_survival_agrees_with_its_vectors)
{
    struct by_age ages = {0};
    read_by_age(&ages);
    struct vectors at =
        vectors_open("11c_net_survival_age_standardised_icss1.csv");
    while (vectors_next(&at)) {
        CHECK(at.rows <= TIMES);
        struct kernel_survival plain =
            standardised(&ages, at.rows - 1, KERNEL_SURVIVAL_PLAIN);
        struct kernel_survival logged =
            standardised(&ages, at.rows - 1, KERNEL_SURVIVAL_LOG);
        CHECK_VECTOR(&at, plain.interval.value, "surv", 1e-12);
        CHECK_VECTOR(&at, plain.standard_error, "se", 1e-12);
        CHECK_VECTOR(&at, plain.interval.lower, "lo_plain", 1e-12);
        CHECK_VECTOR(&at, plain.interval.upper, "hi_plain", 1e-12);
        CHECK_VECTOR(&at, logged.interval.lower, "lo_log", 1e-12);
        CHECK_VECTOR(&at, logged.interval.upper, "hi_log", 1e-12);
    }
    CHECK_INT(at.rows, TIMES);
    vectors_end(&at);
}

/* relsurv and survival tell the error of the cumulative hazard. */
TEST(every_net_survival_has_the_limits_of_its_vector)
{
    struct vectors at = vectors_open("11_net_survival_outputs.csv");
    while (vectors_next(&at)) {
        double survival = vectors_number(&at, "surv");
        struct kernel_interval got;
        CHECK(kernel_survival_interval(survival,
                                       survival * vectors_number(&at, "se_log"),
                                       KERNEL_SURVIVAL_LOG, 0.95, &got));
        CHECK_VECTOR(&at, got.lower, "lo", 1e-12);
        if (got.upper <= 1.0 || vectors_number(&at, "hi") > 1.0)
            CHECK_VECTOR(&at, got.upper, "hi", 1e-12);
        else
            CHECK_NEAR(vectors_number(&at, "hi"), 1.0, 0.0); /* cut there */
    }
    CHECK_INT(at.rows, 105);
    vectors_end(&at);
}

static void check_log_log(const struct vectors *at, const char *value,
                          const char *error, const char *lower,
                          const char *upper)
{
    struct kernel_interval got;
    double survival = vectors_number(at, value);
    if (!(survival > 0.0 && survival < 1.0))
        return; /* no limits on that scale */
    CHECK(kernel_survival_interval(survival, vectors_number(at, error),
                                   KERNEL_SURVIVAL_LOG_LOG, 0.95, &got));
    CHECK_VECTOR(at, got.lower, lower, 1e-12);
    CHECK_VECTOR(at, got.upper, upper, 1e-12);
}

TEST(monthly_survival_of_popepi_has_the_limits_of_its_vectors)
{
    struct vectors net = vectors_open("11d_popepi_pp_monthly.csv");
    while (vectors_next(&net)) {
        check_log_log(&net, "surv.obs", "SE.surv.obs", "surv.obs.lo",
                      "surv.obs.hi");
        check_log_log(&net, "r.pp", "SE.r.pp", "r.pp.lo", "r.pp.hi");
    }
    CHECK_INT(net.rows, 60);
    vectors_end(&net);
    struct vectors relative = vectors_open("11d_popepi_ederer2_monthly.csv");
    while (vectors_next(&relative))
        check_log_log(&relative, "r.e2", "SE.r.e2", "r.e2.lo", "r.e2.hi");
    CHECK_INT(relative.rows, 60);
    vectors_end(&relative);
}

TEST(log_log_limits_of_standardised_survival_agree_with_their_vectors)
{
    struct vectors at = vectors_open("11e_popepi_pp_icss1_adjusted.csv");
    while (vectors_next(&at)) {
        struct kernel_interval got;
        CHECK(kernel_survival_interval(vectors_number(&at, "r.pp.as"),
                                       vectors_number(&at, "SE.r.pp.as"),
                                       KERNEL_SURVIVAL_LOG_LOG, 0.95, &got));
        CHECK_VECTOR(&at, got.lower, "r.pp.as.lo", 1e-12);
        CHECK_VECTOR(&at, got.upper, "r.pp.as.hi", 1e-12);
    }
    CHECK(at.rows > 50);
    vectors_end(&at);
}

RUN(CASE(every_exact_proportion_agrees_with_its_vector),
    CASE(proportions_of_public_health_england_are_reproduced),
    CASE(proportions_of_measured_children_are_reproduced),
    CASE(every_ratio_of_deaths_to_cases_agrees_with_its_vector),
    CASE(every_prevalence_agrees_with_its_vector),
    CASE(standardised_survival_agrees_with_its_vectors),
    CASE(every_net_survival_has_the_limits_of_its_vector),
    CASE(monthly_survival_of_popepi_has_the_limits_of_its_vectors),
    CASE(log_log_limits_of_standardised_survival_agree_with_their_vectors))
