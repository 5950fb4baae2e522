/* SPDX-License-Identifier: EUPL-1.2 */
/* Poisson regression against the age-period-cohort model of nordpred, with R's
 * glm: a dependent column (drift and periods, drift and cohorts) included. */
#include "calc/glm.h"
#include "vectors.h"

enum {
    FIRST_AGE = 6,
    LAST_AGE = 18,
    AGES = LAST_AGE - FIRST_AGE + 1,
    PERIODS = 5,
    FIRST_PERIOD = 4,
    ROWS = AGES * PERIODS,
    COHORTS = AGES + PERIODS - 1,
    COLUMNS = AGES + 1 + (PERIODS - 1) + (COHORTS - 1),
};

struct model {
    double x[ROWS * COLUMNS], cases[ROWS], years[ROWS];
};

static void fill(struct model *model)
{
    struct vectors in = vectors_open("14_nordpred_nordpred_example_inputs.csv");
    size_t period = 0, rows = 0;
    while (vectors_next(&in)) {
        size_t age = (size_t)vectors_number(&in, "age_idx");
        period = (in.rows - 1) % 8 + 1;
        if (age < FIRST_AGE || period < FIRST_PERIOD)
            continue;
        size_t a = age - FIRST_AGE, p = period - FIRST_PERIOD;
        size_t cohort = AGES - 1 - a + p;
        double *row = model->x + rows * COLUMNS;
        row[a] = 1.0;
        row[AGES] = (double)period;
        if (p > 0)
            row[AGES + p] = 1.0;
        if (cohort > 0)
            row[AGES + PERIODS + cohort - 1] = 1.0;
        model->cases[rows] = vectors_number(&in, "cases");
        model->years[rows++] = vectors_number(&in, "pop");
    }
    CHECK_INT(rows, ROWS);
    vectors_end(&in);
}

static void check_against(enum glm_link link, const char *file)
{
    static struct model model;
    memset(&model, 0, sizeof model);
    struct vectors at = vectors_open(file);
    fill(&model);
    struct glm_data data = {.x = model.x,
                            .counts = model.cases,
                            .exposure = model.years,
                            .rows = ROWS,
                            .columns = COLUMNS,
                            .link = link};
    struct glm_fit fit;
    CHECK(glm_poisson(at.arena, &data, &fit));
    CHECK_INT(fit.rank, COLUMNS - 2);
    size_t c = 0;
    while (vectors_next(&at)) {
        while (fit.unscaled[c * (COLUMNS + 1)] == 0.0)
            c++; /* R leaves aliased terms out */
        CHECK_VECTOR(&at, fit.coefficients[c], "Estimate", 1e-9);
        CHECK_VECTOR(&at, sqrt(fit.unscaled[c * (COLUMNS + 1)]), "Std. Error",
                     1e-9);
        c++;
    }
    CHECK_INT(at.rows, COLUMNS - 2);
    vectors_end(&at);
}

TEST(the_power_model_of_nordpred_agrees_with_its_vector)
{
    check_against(GLM_POWER5, "14_nordpred_nordpred_example_power5_coef.csv");
}

TEST(the_log_model_of_nordpred_agrees_with_its_vector)
{
    check_against(GLM_LOG, "14_nordpred_nordpred_example_poisson_coef.csv");
}

RUN(CASE(the_power_model_of_nordpred_agrees_with_its_vector),
    CASE(the_log_model_of_nordpred_agrees_with_its_vector))
