/* SPDX-License-Identifier: EUPL-1.2 */
/* Trends and joinpoint models against whole files of reference values. */
#include "calc/kernel_trend.h"
#include "vectors.h"

enum {
    SERIES = 20,
    YEARS = 60,
};

struct series {
    char name[40];
    double years[YEARS], rates[YEARS], errors[YEARS], cases[YEARS], pop[YEARS];
    double weights[YEARS];
    size_t count;
};

struct all {
    struct series series[SERIES];
    size_t count;
};

static void read_series(const char *file, bool whole, struct all *all)
{
    memset(all, 0, sizeof *all);
    struct vectors in = vectors_open(file);
    while (vectors_next(&in)) {
        const char *name = vectors_text(&in, "series");
        if (all->count == 0 ||
            strcmp(all->series[all->count - 1].name, name) != 0) {
            CHECK(all->count < SERIES);
            struct series *new = &all->series[all->count++];
            snprintf(new->name, sizeof new->name, "%s", name);
        }
        struct series *at = &all->series[all->count - 1];
        CHECK(at->count < YEARS);
        at->years[at->count] = vectors_number(&in, "year");
        at->rates[at->count] = vectors_number(&in, "asr");
        if (whole) {
            at->errors[at->count] = vectors_number(&in, "se");
            at->cases[at->count] = vectors_number(&in, "cases");
            at->pop[at->count] = vectors_number(&in, "pop");
        }
        at->count++;
    }
    vectors_end(&in);
}

static struct series *find(struct all *all, const char *name)
{
    for (size_t i = 0; i < all->count; i++) {
        if (strcmp(all->series[i].name, name) == 0)
            return &all->series[i];
    }
    fail_msg("no series %s", name);
    return NULL;
}

static struct trend_series as_series(struct series *at, bool weighted)
{
    if (weighted)
        CHECK(trend_weights_errors(at->rates, at->errors, at->count, TREND_LOG,
                                   at->weights));
    return (struct trend_series){
        .years = at->years,
        .rates = at->rates,
        .weights = weighted ? at->weights : NULL,
        .count = at->count,
        .scale = TREND_LOG,
    };
}

static void check_slope(const struct vectors *at,
                        const struct trend_slope *slope)
{
    CHECK_VECTOR(at, slope->slope, "slope", 1e-9);
    CHECK_VECTOR(at, slope->error, "se", 1e-9);
    CHECK_VECTOR(at, slope->change.value, "apc", 1e-9);
    CHECK_VECTOR(at, slope->change.lower, "lo", 1e-8);
    CHECK_VECTOR(at, slope->change.upper, "hi", 1e-8);
}

TEST(every_yearly_change_agrees_with_its_vector)
{
    static struct all all;
    struct vectors at = vectors_open("07_apc_outputs.csv");
    read_series("07_trend_inputs.csv", true, &all);
    while (vectors_next(&at)) {
        struct series *series = find(&all, vectors_text(&at, "series"));
        const char *model = vectors_text(&at, "model");
        bool poisson = strstr(model, "Poisson") != NULL;
        struct trend_slope slope;
        double dispersion;
        if (poisson) {
            struct trend_counts counts = {series->years, series->cases,
                                          series->pop, series->count};
            CHECK(kernel_apc_poisson(at.arena, &counts,
                                     model[0] == 'q' ? TREND_QUASI
                                                     : TREND_POISSON,
                                     0.95, &slope, &dispersion));
        } else {
            struct trend_series line = as_series(series, model[0] == 'W');
            CHECK(kernel_apc(at.arena, &line,
                             strstr(model, "normal") != NULL ? TREND_NORMAL
                                                             : TREND_STUDENT,
                             0.95, &slope));
        }
        check_slope(&at, &slope);
    }
    CHECK_INT(at.rows, 35);
    vectors_end(&at);
}

TEST(every_yearly_change_agrees_with_that_of_rcan)
{
    static struct all all;
    struct vectors at = vectors_open("07_apc_rcan_crosscheck_rounded.csv");
    read_series("07_trend_inputs.csv", true, &all);
    while (vectors_next(&at)) {
        struct trend_series line =
            as_series(find(&all, vectors_text(&at, "series")), false);
        struct trend_slope slope;
        CHECK(kernel_apc(at.arena, &line, TREND_NORMAL, 0.95, &slope));
        CHECK_VECTOR(&at, slope.change.value, "eapc", 1e-9);
        CHECK_VECTOR(&at, slope.change.lower, "eapc_low", 1e-8);
        CHECK_VECTOR(&at, slope.change.upper, "eapc_up", 1e-8);
    }
    CHECK_INT(at.rows, 7);
    vectors_end(&at);
}

static void check_model(const struct vectors *at, struct series *series)
{
    struct trend_series line =
        as_series(series, strcmp(vectors_text(at, "weights"), "weighted") == 0);
    struct joinpoint_options options = {0, 2, 2};
    size_t joins = (size_t)vectors_number(at, "k");
    size_t s = (size_t)vectors_number(at, "segment");
    struct joinpoint_model model;
    struct trend_segment segments[JOINPOINT_MAX + 1];
    struct trend_slope mean;
    CHECK(kernel_joinpoint(at->arena, &line, &options, joins, &model));
    CHECK(kernel_joinpoint_segments(at->arena, &line, &model, 0.95, segments));
    CHECK(kernel_aapc(segments, joins + 1, series->years[0],
                      series->years[series->count - 1], TREND_LOG, 0.95,
                      &mean));
    CHECK_VECTOR(at, segments[s].start, "start", 1e-12);
    CHECK_VECTOR(at, segments[s].stop, "end", 1e-12);
    CHECK_VECTOR(at, model.sse, "sse", 1e-9);
    CHECK_VECTOR(at, model.mse, "mse_reported", 1e-9);
    CHECK_VECTOR(at, model.bic, "bic_nci", 1e-9);
    CHECK_VECTOR(at, model.bic3, "bic3_nci", 1e-9);
    CHECK_VECTOR(at, segments[s].slope.slope, "slope", 1e-8);
    CHECK_VECTOR(at, segments[s].slope.error, "slope_se_nci", 1e-8);
    CHECK_VECTOR(at, segments[s].slope.freedom, "t_df_nci", 1e-12);
    CHECK_VECTOR(at, segments[s].slope.p, "p_nci", 1e-8);
    CHECK_VECTOR(at, segments[s].slope.change.value, "apc", 1e-8);
    CHECK_VECTOR(at, segments[s].slope.change.lower, "apc_lo_nci", 1e-8);
    CHECK_VECTOR(at, segments[s].slope.change.upper, "apc_hi_nci", 1e-8);
    CHECK_VECTOR(at, mean.change.value, "aapc_full", 1e-8);
    CHECK_VECTOR(at, mean.error, "aapc_se", 1e-8);
    CHECK_VECTOR(at, mean.change.lower, "aapc_lo_normal", 1e-8);
    CHECK_VECTOR(at, mean.change.upper, "aapc_hi_normal", 1e-8);
}

TEST(every_joinpoint_model_agrees_with_its_vector)
{
    static struct all all;
    struct vectors at = vectors_open("07_joinpoint_grid_outputs.csv");
    read_series("07_trend_inputs.csv", true, &all);
    while (vectors_next(&at))
        check_model(&at, find(&all, vectors_text(&at, "series")));
    CHECK_INT(at.rows, 84);
    vectors_end(&at);
}

/* NCI's program ran on unrounded rates; the inputs have two decimals. */
TEST(published_models_of_northern_ireland_are_reproduced)
{
    static struct all all;
    struct vectors at =
        vectors_open("07_nci_joinpoint_northern_ireland_outputs.csv");
    read_series("07_nci_joinpoint_northern_ireland_inputs.csv", false, &all);
    while (vectors_next(&at)) {
        check_model(&at, find(&all, vectors_text(&at, "series")));
        CHECK(fabs(vectors_number(&at, "nci_apc") -
                   vectors_number(&at, "apc")) < 0.002);
    }
    CHECK_INT(at.rows, 12);
    vectors_end(&at);
}

/* Slopes and errors of NCI's models for 37 years, 1979-2015: the intervals and
 * the mean that follow from them (the file took 1.959964 for the quantile). */
TEST(published_intervals_of_opioid_deaths_are_reproduced)
{
    struct vectors at = vectors_open("07_nci_joinpoint_opioid_replication.csv");
    struct trend_segment segments[JOINPOINT_MAX + 1];
    while (vectors_next(&at)) {
        double joins = vectors_number(&at, "k");
        size_t s = (size_t)vectors_number(&at, "segment");
        segments[s] = (struct trend_segment){
            .start = vectors_number(&at, "start"),
            .stop = vectors_number(&at, "end"),
            .slope = {.slope = vectors_number(&at, "slope"),
                      .error = vectors_number(&at, "se"),
                      .freedom = 37.0 - joins - 2.0 * (joins + 1.0)},
        };
        struct trend_slope *slope = &segments[s].slope;
        CHECK(trend_judge(slope, TREND_LOG, 0.95));
        CHECK_VECTOR(&at, slope->change.value, "apc", 1e-9);
        CHECK_VECTOR(&at, slope->change.lower, "apc_lo", 1e-8);
        CHECK_VECTOR(&at, slope->change.upper, "apc_hi", 1e-8);
        CHECK(fabs(slope->change.lower - vectors_number(&at, "nci_apc_lo")) <
              6e-4);
        if ((double)s < joins)
            continue;
        struct trend_slope mean;
        CHECK(kernel_aapc(segments, s + 1, 1979, 2015, TREND_LOG, 0.95, &mean));
        CHECK_VECTOR(&at, mean.change.value, "aapc", 1e-8);
        CHECK_VECTOR(&at, mean.change.lower, "aapc_lo", 1e-7);
        CHECK_VECTOR(&at, mean.change.upper, "aapc_hi", 1e-7);
        CHECK(fabs(mean.change.upper - vectors_number(&at, "nci_aapc_hi")) <
              6e-4);
    }
    CHECK_INT(at.rows, 32);
    vectors_end(&at);
}

/* The quantiles of Student's distribution behind all these limits, from means
 * of Public Health England: mean +- t sd / sqrt(n). */
TEST(limits_of_means_agree_with_their_vectors)
{
    struct vectors at =
        vectors_open("phe_testdata_Mean__testdata_Mean_results.csv");
    while (vectors_next(&at)) {
        double count = vectors_number(&at, "value_count"), near, far;
        double error = vectors_number(&at, "stdev") / sqrt(count);
        double mean = vectors_number(&at, "value_sum") / count;
        CHECK(kernel_student_quantile(0.975, count - 1.0, &near));
        CHECK(kernel_student_quantile(0.999, count - 1.0, &far));
        CHECK_VECTOR(&at, mean, "value", 1e-12);
        CHECK_VECTOR(&at, mean - near * error, "lower95_0cl", 1e-12);
        CHECK_VECTOR(&at, mean + near * error, "upper95_0cl", 1e-12);
        CHECK_VECTOR(&at, mean - far * error, "lower99_8cl", 1e-11);
        CHECK_VECTOR(&at, mean + far * error, "upper99_8cl", 1e-11);
    }
    CHECK_INT(at.rows, 3);
    vectors_end(&at);
}

/* A tenth of a day in the place; slopes have five digits. The search of R's
 * segmented ends within 1e-5 years of an observed year, or at an end of the
 * range, where the sum of squares has a kink. */
TEST(every_break_point_agrees_with_that_of_segmented)
{
    static struct all all;
    struct vectors at =
        vectors_open("07_joinpoint_segmented_continuous_outputs.csv");
    read_series("07_trend_inputs.csv", true, &all);
    while (vectors_next(&at)) {
        struct trend_series line =
            as_series(find(&all, vectors_text(&at, "series")), true);
        double from, to;
        struct trend_break found;
        trend_break_range(&line, &from, &to);
        CHECK(kernel_break_point(at.arena, &line, from, to, 0.95, &found));
        CHECK(fabs(found.place - vectors_number(&at, "psi")) < 1e-4);
        CHECK(found.sse <= vectors_number(&at, "rss") * (1.0 + 1e-12));
        CHECK_VECTOR(&at, found.sse, "rss", 1e-6);
        CHECK_VECTOR(&at, found.error, "psi_se", 1e-5);
        CHECK_VECTOR(&at, found.segments[0].slope.slope, "slope1", 5e-5);
        CHECK_VECTOR(&at, found.segments[0].slope.error, "slope1_se", 5e-5);
        CHECK_VECTOR(&at, found.segments[1].slope.slope, "slope2", 5e-5);
        CHECK_VECTOR(&at, found.segments[1].slope.error, "slope2_se", 5e-5);
    }
    CHECK_INT(at.rows, 7);
    vectors_end(&at);
}

RUN(CASE(every_yearly_change_agrees_with_its_vector),
    CASE(every_yearly_change_agrees_with_that_of_rcan),
    CASE(every_joinpoint_model_agrees_with_its_vector),
    CASE(every_break_point_agrees_with_that_of_segmented),
    CASE(limits_of_means_agree_with_their_vectors),
    CASE(published_models_of_northern_ireland_are_reproduced),
    CASE(published_intervals_of_opioid_deaths_are_reproduced))
