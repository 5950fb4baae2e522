#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Ratios, funnels, variation and small areas in `panorama eval`: what a script
# that asks for what does not exist is told, and neighbours from boundaries.
. tests/command/lib.sh
P="$PANORAMA"

told "'observed' is 0 or more and 'expected' above 0" "stats.sir(1, 0)"
told "'observed' is 0 or more and 'expected' above 0" "stats.sir(-1, 2)"
told "'method': expected one of exact, byar, phe, midp, vandenbroucke" \
    "stats.sir{observed = 1, expected = 2, method = 'wald'}"
told "'observed' is a whole number" "stats.sir_p(1.5, 2)"
told "'reference_rates': expected 2 numbers, found 1" \
    "stats.expected({10, 20}, {3}, 1e5)"
told "person-years and rates are 0 or more" "stats.expected({-1}, {3}, 1e5)"
told "'expected' above 0" \
    "stats.indirect_standardisation(0, {0}, {3}, 1e5)"
told "'observed': place 2 is below 0" \
    "stats.indirect_standardisation({1, -1}, {10, 10}, {5, 5}, 1e5)"
told "class 2 has cases and no person-years" \
    "stats.indirect_standardisation({1, 2, 3}, {1e5, 0, 3e5}, {10, 20, 5}, 1e5)"
told "'observed': expected 1 or 2 numbers, found 3" \
    "stats.indirect_standardisation({1, 2, 3}, {1e5, 2e5}, {10, 20}, 1e5)"
told "'reference_rate' is above 0" "stats.indirect_rate(3, 2, 0)"
told "cases are expected" "stats.funnel_ratio(0)"
told "one of 'method', 'phi' and 'tau2' at most" \
    "stats.funnel_ratio{expected = 3, phi = 2, tau2 = 1}"
told "one of 'method', 'phi' and 'tau2' at most" \
    "stats.funnel_ratio{expected = 3, phi = 2, method = 'exact'}"
told "person-years, target and \`per\` are above 0" "stats.funnel_rate(0, 5, 1e5)"
told "'target' is between 0 and 1" "stats.funnel_proportion(100, 1)"
told "the method is exact or normal" \
    "stats.funnel_proportion{trials = 9, target = 0.5, method = 'byar'}"
told "'count' is 0 or more" "stats.funnel_count(-1)"
told "'expected' above 0" "stats.funnel_position(1, 0)"
told "'winsorised' from 0 to under 0.5" \
    "stats.overdispersion({1, 2}, {1, 2}, 0.5)"
told "no more successes than trials" \
    "stats.overdispersion_proportion({3, 1}, {2, 2})"
told "two areas or more where some are expected" "stats.heterogeneity({1}, {1})"
told "none where none is expected" "stats.heterogeneity({1, 2, 3}, {1, 2, 0})"
told "expected 4 lists, found 1" "stats.moran({1, 2, 3, 4}, {{2}})"
told "area 2 lists area 1, which does not list area 2" \
    "stats.moran({1, 2, 3}, {{}, {1}, {}})"
told "area 1 has a neighbour that is no area" "stats.moran({1, 2}, {{3}, {}})"
told "area 1 has a neighbour that is no area" "stats.moran({1, 2}, {{1.5}, {}})"
told "area 1 is its own neighbour" "stats.moran({1, 2}, {{1}, {}})"
told "area 1 lists area 2 twice" "stats.moran({1, 2}, {{2, 2}, {1}})"
told "four areas or more with neighbours" "stats.moran({1, 2}, {{2}, {1}})"
told "values that are not all the same" \
    "stats.moran({3, 3, 3, 3}, {{2}, {1, 3}, {2, 4}, {3}})"
told "two areas or more with a base" "stats.eb_marshall({1}, {1})"
told "no more cases than the base" \
    "stats.eb_marshall({3, 1}, {2, 2}, 'binomial')"
told "none where there is no base" \
    "stats.eb_marshall_local({1, 2, 1}, {1, 2, 0}, {{2}, {1}, {}})"
told "'rounds' is a whole number up to a million" \
    "stats.eb_gamma_poisson{observed = {1, 2}, expected = {1, 2}, rounds = -1}"
told "'tolerance' is above 0" \
    "stats.eb_log_normal{observed = {1, 2}, expected = {1, 2}, tolerance = 0}"
told "counts of 0 or more" "stats.eb_negative_binomial({-1, 2}, {1, 2})"

prints "true	0.0" \
    "local t = stats.funnel_count(0) print(t.upper == nil, t.lower)"
prints "false	nil	1.0" "local t = stats.eb_gamma_poisson({2, 3}, {2, 3})
print(t.varies, t.shape, t.estimates[1])"
prints "5.0	nil" "local t = stats.indirect_standardisation{
observed = {2, 2.5}, person_years = {10, 10}, reference_rates = {20, 30}, per = 100}
print(t.expected, t.p)"
prints "strong" "print(stats.heterogeneity({90, 10}, {50, 50}).evidence)"
prints "none" "print(stats.heterogeneity({0, 0}, {50, 50}).evidence)"

# Inland départements have more neighbours, and lie together.
cat >"$WORK/m.lua" <<'L'
local values, islands = {}, 0
for i, code in ipairs(map.codes) do
  values[i] = #map.neighbours[i]
  if #map.neighbours[i] == 0 then islands = islands + 1 end
end
local m = stats.moran(values, map.neighbours)
print(m.islands == islands, islands, m.p < 0.05, m.value > m.expected)
L
"$P" eval "$WORK/m.lua" --neighbours map=departement >"$WORK/out" 2>&1
if grep -q "^true	5	true	true" "$WORK/out"; then
    ok "départements with many neighbours lie together"
else
    not_ok "départements with many neighbours lie together" "$(cat "$WORK/out")"
fi
