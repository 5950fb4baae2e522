#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Proportions, survival, inequality, ranks and projections in `panorama eval`:
# what a script that asks for what does not exist is told.
. tests/command/lib.sh
P="$PANORAMA"

told "expected 0 <= successes <= trials" "stats.clopper_pearson(3, 2)"
told "in both groups" "stats.newcombe(1, 2, 3, 2)"
told "deaths > 0 and cases > 0" "stats.mortality_incidence(0, 5)"
told "at least one event" "stats.relative_standard_error({0, 0})"
told "unreliable_under <= caution_under" "stats.reliability(5, 10, 3)"
told "one weight above 0" "stats.standardised_survival({0.5}, {0.1}, {0})"
told "'later': place 1 is 60; expected a share of 1" \
    "stats.conditional_survival(0.8, 0.02, 60, 2)"
told "'standard_errors': place 1 is 2; expected a share of 1" \
    "stats.standardised_survival({0.8, 0.7}, {2, 2}, {1, 1})"
told "place 2 is 70; expected a share of 1, not a percentage" \
    "stats.standardised_survival({0.62, 70}, {0.1, 1}, {1, 1})"
told "'scale': expected one of log, log-log, plain" \
    "stats.standardised_survival({0.5}, {0.1}, {1}, 'cubic')"
told "of one cohort" "stats.conditional_survival(0.5, 0.1, 0.4, 0.001)"
told "expected numbers of people" "stats.survival_intervals_shown({-1})"
told "expected 2 groups or more" "stats.concentration_index({1}, {0.1}, {9})"
told "expected 2 groups or more" \
    "stats.concentration_index({10, 20}, {1, 1}, {1000, 0})"
told "the result is no finite number" "stats.crude_rate(1e15, 1e-308, 1e5)"
told "'weights': 1e+308 is no number of an ordinary size" \
    "stats.standardised_rate({1, 2}, {1, 2}, {1e308, 1e308}, 1)"
told "'expected': 1e+200 is no number of an ordinary size" \
    "stats.sir_p(1, 1e200)"
told "two groups or more" "stats.extreme_rates({1}, {1}, 1)"
told "standard_errors >= 0" "stats.extreme_values({1, 2}, {1, -1})"
told "'standard_errors': expected 2 numbers, found 1" "stats.sii({1, 2}, {1}, {1, 2})"
told "populations > 0" "stats.sii({1, 2}, {1, 1}, {1, 0})"
told "for these two kinds only" \
    "stats.sii{values = {1, 2}, standard_errors = {1, 1}, populations = {1, 1}, model = 'transformed'}"
told "'draws' is between 1000 and 10000000" \
    "stats.sii{values = {1, 2}, standard_errors = {1, 1}, populations = {1, 1}, limits = 'simulated', draws = 10}"
told "one above 0" "stats.sii_poisson({0, 0}, {1, 1}, 1)"
told "quasi: three" "stats.sii_poisson({3, 2}, {1, 1}, 1, 'log', 'quasi')"
told "a mean value above 0" "stats.concentration_index({0, 0}, {1, 1}, {1, 1})"
told "between 0 and 1" "stats.benjamini_hochberg({0.5, 2})"
told "lower <= value <= upper" "stats.ranks_of_intervals({1}, {2}, {3})"
told "one value or more" "stats.ranks({}, {})"
told "'count' is 1 to" "stats.joint_confidence(1e10)"
told "whole counts" "stats.skellam_test(1.5, 2)"
told "three different years" \
    "stats.log_linear_projection({1, 2}, {1, 2}, {1, 1}, {3}, {1})"
told "has 1 numbers for age 2 and 2 for the first" \
    "stats.nordpred({{1, 2}, {1}}, {{1, 2, 3}, {1, 2, 3}})"
told "those of the future" "stats.nordpred({{1, 2}, {1, 2}}, {{1, 2}, {1, 2}})"
told "one row for each age" "stats.nordpred({}, {})"
told "'first_fitted' is the place of an age, 1 to 2" \
    "stats.nordpred({{1, 2, 3}, {1, 2, 2}}, {{1, 2, 3, 4}, {1, 2, 3, 4}})"
told "expected 'cut' for more than 5" \
    "local long = {1, 2, 3, 4, 5, 6, 7, 8, 9}
stats.nordpred({{1, 2, 3}, {1, 2, 2}}, {long, long}, 'power5', 'recent', 1, 1)"
told "'periods' is 3 to 3, or left out" \
    "stats.nordpred({{1, 2, 3}, {1, 2, 2}}, {{1, 2, 3, 4}, {1, 2, 3, 4}}, 'power5', 'recent', 1, 1, 7)"
told "one relative error or more" "stats.calibration_grade({})"

# What is not defined is no field.
prints "nil	0.5	nil" "local none = stats.extreme_rates({0, 5}, {10, 10}, 1)
local weak = stats.sii({10, 20}, {8, 8}, {1, 1})
print(none.ratio, none.difference, weak.rii_lower)"
prints "5.0" "print(stats.sii({10, 20}, {8, 8}, {1, 1}).rii)"
prints "same	true" "local t = {values = {10, 14, 20}, standard_errors = {1, 2, 1},
  populations = {5, 3, 2}, limits = 'simulated', draws = 1000}
local first, second = stats.sii(t), stats.sii(t)
print('same', first.sii_lower == second.sii_lower and first.rii_upper == second.rii_upper)"
