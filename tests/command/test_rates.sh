#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Rates in `panorama eval`: what is refused, and with which words.
. tests/command/lib.sh
P="$PANORAMA"

# refused NAME TEXT SCRIPT: the script ends with status 3 and says TEXT.
refused() {
    printf '%s\n' "$3" >"$WORK/refused.lua"
    expect "$1" 3 "$2" "$P" eval "$WORK/refused.lua"
}
# prints NAME TEXT SCRIPT
prints() {
    printf '%s\n' "$3" >"$WORK/prints.lua"
    expect "$1" 0 "" "$P" eval "$WORK/prints.lua"
    [ "$(cat "$WORK/out")" = "$2" ] && ok "$1: as printed" ||
        not_ok "$1: as printed" "$(cat "$WORK/out")"
}

# --- standardised rates -----------------------------------------------------------
refused "weights keep to their declared total" \
    "the weights sum to 10, not to their total 11" \
    'stats.standardised_rate{counts = {1, 2}, person_years = {9, 9}, weights = {4, 6}, total = 11, per = 1}'
refused "a class without person-years is named" \
    "class 2 has a weight and no person-years" \
    'stats.standardised_rate({1, 2}, {9, 0}, {4, 6}, 1)'
refused "a negative count is named" "class 1: expected a count" \
    'stats.standardised_rate({-1, 2}, {9, 9}, {4, 6}, 1)'
refused "no weight at all is said" "expected a class with a weight" \
    'stats.standardised_rate({}, {}, {}, 1)'
refused "no cases have no normal limits" \
    "only the methods fay_feuer, tiwari and fay_kim give limits" \
    'stats.standardised_rate({0}, {9}, {4}, 1, 0.95, "normal")'
refused "methods are listed" "dobson_byar, normal, lognormal" \
    'stats.standardised_rate({1}, {9}, {4}, 1, 0.95, "wald")'
refused "an age inside a class ends no truncated rate" \
    "no age class begins at 61" \
    'stats.truncated_rate({1, 2}, {9, 9}, {4, 6}, {0, 50}, 0, 60, 1)'
refused "a number that is not finite is refused" "found infinity" \
    'stats.standardised_rate({1 / 0}, {9}, {4}, 1)'

# --- cumulative rates ---------------------------------------------------------------
prints "a last class ends where asked, when it is as wide as the others" \
    "0.0026 true" \
    'local two = stats.cumulative_rate({12, 40}, {1e5, 1e5}, {0, 5}, 9)
     local three = stats.cumulative_rate({12, 40, 7}, {1e5, 1e5, 0}, {0, 5, 10}, 9)
     print(string.format("%.4f %s", two.rate, two.rate_upper == three.rate_upper))'
refused "an open last class has no width" "no age class begins at 75" \
    'stats.cumulative_rate({12, 40}, {1e5, 1e5}, {0, 50}, 74)'
prints "without cases the risk is 0 and has no limits" "0.0 0.0 nil" \
    'local none = stats.cumulative_rate({0, 0}, {1e5, 1e5}, {0, 5}, 9)
     print(none.rate .. " " .. none.risk .. " " .. tostring(none.risk_upper))'

# --- comparisons ----------------------------------------------------------------------
refused "a reference without cases has no ratio" \
    "without cases in the reference there is no ratio" \
    'stats.rate_ratio(1, 2, 0, 3)'
refused "no cases have no log-normal ratio" \
    "only the methods exact and midp give limits" \
    'stats.rate_ratio(0, 2, 1, 3, 0.95, "lognormal")'
refused "equal rates have no test-based interval" "rates that differ" \
    'stats.standardised_rate_ratio(20, 1, 20, 1, 0.95, "smith")'

# --- standards ----------------------------------------------------------------------
refused "an unknown standard is told the others" \
    "expected one of world, esp2013, esp1976, who2000, us2000, icss1" \
    'require("lib.standard").weights("segi", {0})'
refused "a band across two classes is named" \
    "its band 30-34 is not inside one age class" \
    'require("lib.standard").weights("world", {0, 32})'
cp -r lua-scripts "$WORK/lua-scripts"
sed -i 's/{0, 4, 12000}/{0, 4, 12001}/' "$WORK/lua-scripts/lib/standards.lua"
refused "a standard that does not sum to its total is refused" \
    "its weights sum to 100001, not to 100000" \
    'require("lib.standard").weights("world", {0})'
