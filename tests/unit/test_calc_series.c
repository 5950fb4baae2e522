/* SPDX-License-Identifier: EUPL-1.2 */
/* Statistics along a series of published values, by hand. */
#include "calc/series.h"
#include "check.h"

#include <math.h>

/* Three territories; limits of 100 are 80..125, so that 2z standard errors on
 * the log scale are log(125 / 80). */
static const struct series_point three[] = {
    {.x = 1, .value = 100, .lower = 80, .upper = 125},
    {.x = 2, .value = 150, .lower = 120, .upper = 187.5},
    {.x = 3, .value = 0, .lower = 0, .upper = 3.7},
};

static void compute(enum statistic_kind kind, size_t reference,
                    struct series_result out[3])
{
    struct arena *arena = arena_new();
    const struct series series = {three, 3, reference, 0.95};
    series_compute(arena, kind, &series, out);
    arena_free(arena);
}

TEST(a_ratio_has_log_delta_limits_but_to_itself_none)
{
    struct series_result out[3];
    compute(STATISTIC_RATE_RATIO, 0, out);
    CHECK(out[0].has_value && !out[0].has_limits);
    CHECK_NEAR(out[0].value, 1.0, 0.0);
    /* Equal errors: the log width is that of one times the root of two. */
    CHECK(out[1].has_limits);
    CHECK_NEAR(out[1].value, 1.5, 1e-15);
    CHECK_NEAR(out[1].lower, 1.5 * exp(-sqrt(2.0) * log(1.25)), 1e-12);
    CHECK_NEAR(out[1].upper, 1.5 * exp(sqrt(2.0) * log(1.25)), 1e-12);
    CHECK(out[2].has_value && !out[2].has_limits);
    CHECK_NEAR(out[2].value, 0.0, 0.0);
    compute(STATISTIC_RATE_RATIO, 2, out);
    CHECK(!out[0].has_value && !out[1].has_value && !out[2].has_value);
}

TEST(a_difference_adds_variances)
{
    struct series_result out[3];
    compute(STATISTIC_RATE_DIFFERENCE, 0, out);
    CHECK(!out[0].has_limits);
    CHECK_NEAR(out[1].value, 50.0, 1e-15);
    double width = sqrt(22.5 * 22.5 + 33.75 * 33.75);
    CHECK_NEAR(out[1].lower, 50.0 - width, 1e-13);
    CHECK_NEAR(out[1].upper, 50.0 + width, 1e-13);
}

RUN(CASE(a_ratio_has_log_delta_limits_but_to_itself_none),
    CASE(a_difference_adds_variances))
