#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Smoothed maps from a script: what they give, and what they refuse in words.
. tests/command/lib.sh
P="$PANORAMA"

# gives NAME OUTPUT: the script on standard input prints OUTPUT.
gives() {
    cat >"$WORK/e.lua"
    "$P" eval "$WORK/e.lua" >"$WORK/out" 2>"$WORK/err"
    if [ "$(tr "\t" " " <"$WORK/out")" = "$2" ]; then ok "$1"; else
        not_ok "$1" "$(cat "$WORK/out" "$WORK/err")"
    fi
}
# refused NAME SENTENCE CALL
refused() {
    printf '%s\n' "$3" >"$WORK/e.lua"
    expect "$1" 3 "$2" "$P" eval "$WORK/e.lua"
}

gives "both models, a covariate and another confidence" \
    "3 3 3 3 1 true true true true" <<'L'
local near = {{2}, {1, 3}, {2}}
local f = stats.bym2({12, 9, 4}, {8, 8, 8}, near)
local g = stats.leroux{observed = {12, 9, 4}, expected = {8, 8, 8},
  neighbours = near, covariates = {{0, 1, 0}}, confidence = 0.5}
print(#f.risk, #f.median, #f.sd, #f.above_one, #g.coefficient,
  f.lower[1] < g.lower[1] and g.upper[1] < f.upper[1],
  f.phi_lower < f.phi and f.phi < f.phi_upper and g.lambda < g.lambda_upper,
  f.sigma_lower < f.sigma and f.evidence ~= nil and f.log_marginal < 0,
  g.coefficient_lower[1] < g.coefficient[1])
L
refused "an area without expected cases is numbered" \
    "area 2: 'expected' must be above 0" \
    'stats.bym2({1, 2}, {1, 0}, {{2}, {1}})'
refused "without a case either: there is no mean" \
    "area 2: 'expected' must be above 0: without expected cases a risk has no mean" \
    'stats.bym2({12, 0, 14}, {8, 0, 8}, {{2}, {1, 3}, {2}})'
refused "so is a negative count" "area 1: 'observed' must be 0 or more" \
    'stats.bym2({-1, 2}, {1, 1}, {{2}, {1}})'
refused "a map without cases" "no case was observed in any area" \
    'stats.leroux({0, 0}, {1, 1}, {{2}, {1}})'
refused "a neighbour on one side: both areas are named" \
    "area 3 lists area 1, which does not list area 3" \
    'stats.bym2({1, 2, 3}, {1, 1, 1}, {{2}, {1}, {1}})'
refused "a neighbour twice" "area 1 lists area 2 twice" \
    'stats.bym2({1, 2}, {1, 1}, {{2, 2}, {1}})'
refused "an area that touches itself" "area 2 is its own neighbour" \
    'stats.bym2({1, 2}, {1, 1}, {{}, {2}})'
refused "a short covariate" "covariate 1: expected a number for each of 2 areas, found 1" \
    'stats.bym2({1, 2}, {1, 1}, {{2}, {1}}, {{1}})'
refused "a covariate that does not vary" \
    "covariate 1 is the same in every area: its effect cannot be told from" \
    'stats.leroux({1, 2}, {1, 1}, {{2}, {1}}, {{3, 3}})'
refused "cases on islands alone" "all cases are in areas without neighbours" \
    'stats.leroux({0, 0, 3}, {1, 1, 1}, {{2}, {1}, {}})'
refused "no area" "there is no area" 'stats.bym2({}, {}, {})'
gives "inverse gamma priors forbid variances near 0" "true true true" <<'L'
local near = {{2}, {1, 3}, {2}}
local usual = stats.leroux({8, 8, 8}, {8, 8, 8}, near)
local gamma = stats.leroux{observed = {8, 8, 8}, expected = {8, 8, 8},
  neighbours = near, prior = "inverse_gamma", prior_scale = 1}
local bym = stats.bym2{observed = {8, 8, 8}, expected = {8, 8, 8},
  neighbours = near, prior = "inverse_gamma"}
print(gamma.sigma > 2 * usual.sigma, gamma.sigma_lower > 0.3,
  bym.sigma_lower > 0.05)
L
refused "numbers of a prior without the prior" "are of prior = \"inverse_gamma\"" \
    'stats.bym2{observed = {1, 2}, expected = {1, 1}, neighbours = {{2}, {1}},
        prior_shape = 2}'
refused "a scale of 0" "'prior_shape' and 'prior_scale' are above 0" \
    'stats.leroux{observed = {1, 2}, expected = {1, 1}, neighbours = {{2}, {1}},
        prior = "inverse_gamma", prior_scale = 0}'
refused "variances on a map in two pieces" "or the map is not in one piece" \
    'stats.bym2{observed = {1, 2}, expected = {1, 1}, neighbours = {{}, {}},
        prior = "inverse_gamma"}'
