#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Trends in `panorama eval`: what a script that asks for too much is told.
. tests/command/lib.sh
P="$PANORAMA"

told "year 2002: a rate of 0 has no logarithm" \
    "stats.apc({2000, 2001, 2002}, {1, 2, 0})"
told "'years' increase: 2001 does not come after 2001" \
    "stats.apc({2000, 2001, 2001}, {1, 2, 3})"
told "expected at least 3 years" "stats.apc({2000, 2001}, {1, 2})"
told "year 2001: a standard error is above 0" \
    "stats.apc({2000, 2001, 2002}, {1, 2, 3}, {1, 0, 1})"
told "'scale': expected one of log, linear" \
    "stats.apc{years = {1, 2, 3}, rates = {1, 2, 3}, scale = 'cube'}"
told "year 2001: person-years are above 0" \
    "stats.apc_poisson({2000, 2001, 2002}, {1, 2, 3}, {9, 0, 9})"
told "expected counts >= 0 with cases in at least two years" \
    "stats.apc_poisson({2000, 2001, 2002}, {0, 0, 0}, {9, 9, 9})"
told "within them" "stats.aapc({2000}, {2004}, {0.1}, {0.1}, 1999)"
told "expected at least 5 years" \
    "stats.break_point({1, 2, 3, 4}, {3, 4, 5, 4})"
told "the second year and the last but one, 2 to 4" \
    "stats.break_point{years = {1, 2, 3, 4, 5}, rates = {3, 4, 5, 4, 3},
         from = 1}"
told "the rates lie on one line" \
    "stats.break_point{years = {1, 2, 3, 4, 5}, rates = {3, 4, 5, 6, 7},
         scale = 'linear'}"
told "expected 'rates', or 'counts' and 'person_years'" \
    "stats.joinpoint({1, 2, 3})"
told "'rates' and 'person_years' are two series of rates" \
    "stats.joinpoint{years = {1, 2, 3}, rates = {1, 2, 3}, counts = {1, 2, 3},
     person_years = {9, 9, 9}}"
told "'zeros' is about 'counts', which are not given" \
    "stats.joinpoint{years = {1, 2, 3}, rates = {1, 2, 3}, zeros = 'half'}"
told "joins need at least 9 years" \
    "stats.joinpoint{years = {1, 2, 3, 4, 5, 6, 7, 8},
         rates = {1, 2, 3, 4, 5, 6, 7, 8}, joins = 2}"
told "year 3: a count is above 0 (zeros = \"half\" takes a half for 0)" \
    "stats.joinpoint{years = {1, 2, 3}, counts = {4, 5, 0},
         person_years = {9, 9, 9}}"
told "all counts are 0" \
    "stats.joinpoint{years = {1, 2, 3}, counts = {0, 0, 0},
         person_years = {9, 9, 9}, zeros = 'half'}"
told "'joins' is a whole number from 0 to 4" \
    "stats.joinpoint{years = {1, 2, 3}, rates = {1, 2, 3}, joins = 5}"
told "the grid has more than 600 places" \
    "local y, r = {}, {}
     for i = 1, 20 do y[i], r[i] = i, i end
     stats.joinpoint{years = y, rates = r, grid = 50}"
told "weights = \"poisson\" needs 'counts'" \
    "stats.joinpoint{years = {1, 2, 3}, rates = {1, 2, 3},
         weights = 'poisson'}"
told "person-years where there are cases" \
    "stats.decomposition({1}, {0}, {1}, {1})"
told "each age has a list of as many periods" \
    "stats.lexis({{1, 2}, {3}}, {{1, 2}, {3, 4}}, 50, 2000, 5)"

cat >"$WORK/z.lua" <<'L'
local y = {1, 2, 3, 4, 5, 6, 7, 8}
local j = stats.joinpoint{years = y, counts = {8, 6, 4, 0, 2, 3, 5, 9},
    person_years = {9, 9, 9, 9, 9, 9, 9, 9}, zeros = "half", choice = "bic"}
print(string.format("%d join at %d, %d year", j.joins, j.places[1], j.zeros))
local flat = stats.joinpoint{years = y, rates = {5, 5, 5, 5, 5, 5, 5, 5}}
print(string.format("%d joins, %s", flat.joins, flat.segments[1].direction))
local linear = stats.joinpoint{years = y, rates = {1, 2, 3, 4, 3, 2, 1, 0},
    scale = "linear", least = 1, joins = 1}
print(string.format("%d: %+.1f %+.1f", linear.places[1],
                    linear.segments[1].apc, linear.segments[2].apc))
L
expect "zero counts, flat rates and a linear scale are fitted" 0 "" "$P" eval \
    "$WORK/z.lua"
printf '1 join at 5, 1 year\n0 joins, none\n4: +1.0 -1.0\n' >"$WORK/want"
cmp -s "$WORK/out" "$WORK/want" && ok "with the joins that are there" ||
    not_ok "with the joins that are there" "$(cat "$WORK/out")"

# --- the processes of a permutation test --------------------------------------------

cat >"$WORK/p.lua" <<'L'
local y, c, n = {}, {}, {}
for i = 1, 24 do
    y[i], c[i], n[i] = 2000 + i, 90 + 3 * math.min(i, 12) + i * 7 % 11, 1e6
end
local j = stats.joinpoint{years = y, counts = c, person_years = n, joins = 3}
for _, t in ipairs(j.tests) do
    print(t.null, t.alternative, string.format("%.17g", t.p_value))
end
L
for jobs in 1 2 4; do
    expect "a permutation test in $jobs processes" 0 "" "$P" eval "$WORK/p.lua" \
        --jobs $jobs
    [ $jobs -gt 1 ] || cp "$WORK/out" "$WORK/want"
    [ "$(wc -l <"$WORK/out")" -eq 3 ] && cmp -s "$WORK/out" "$WORK/want" &&
        ok "has the same p values ($jobs)" ||
        not_ok "has the same p values ($jobs)" "$(cat "$WORK/out")"
done
