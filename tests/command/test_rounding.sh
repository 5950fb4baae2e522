#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# A release where one measure is rounded beside others that are suppressed: one
# rounding in all tables, formats and releases, or no release.
. tests/command/lib.sh
CHANGE='protection = "rounding", base = 10'
. tests/command/changed.sh

summed() { # NAME WANT CSV...
    name=$1 want=$2
    shift 2
    same_as "$name" "$want" \
        "$(/usr/bin/python3 tests/command/rounding_check.py 10 "$@" 2>&1)"
}

# --- one rounding in all tables and formats ---------------------------------------
changed a
expect "a measure is rounded beside one that is suppressed" 0 "" build_release a
OUT="$WORK/a/output/essai"
summed "counts are multiples, add up, and are one number in two tables" \
    "360 cells, 311 sums, 6 in common" \
    "$OUT/data/data-deaths.csv" "$OUT/data/data-ages.csv"
expect "every file has the same numbers" 0 "" "$P" verify "$OUT"
named "cases are suppressed as ever" ",,,c," "$OUT/data/data-cases.csv"
FR="Effectifs arrondis à un multiple de 10, à moins de 40 du nombre exact"
EN="Counts rounded to a multiple of 10, less than 40 from the exact number"
named "the manifest tells" '"rounding": {"base": 10, "window": 4, "note": "Eff' \
    "$OUT/manifest.json"
told rounded "$FR" "$EN" \
    "Calculé sur des effectifs arrondis à un multiple de 10." "data.deaths 10"
expect "built again, it is the same" 0 "" build_release a
expect "it has an inside review" 0 "" "$P" protect --project "$WORK/a" \
    -o "$WORK/a.db" --review "$WORK/a.review" --quiet
same_as "which tells once of the measure, its window and its mean error" \
    "rounding deaths base 10 cells error" \
    "$(awk -F'\t' '$1 == "rounding" { split($4, w, " "); split($7, e, " ")
        print $1, $2, $3, ($5 ~ /^cells [1-9]/ ? "cells" : $5), \
            (e[3] > 0 && e[3] < 10 * w[2] ? "error" : $4 " " $7) }' "$WORK/a.review")"

# --- what an outsider finds ---------------------------------------------------------
changed audited
french audited
expect "in one language" 0 "" build_release audited
OUT="$WORK/audited/output/essai"
expect "the audit finds nothing" 0 "" "$P" audit "$OUT"
same_as "and has attacked what is rounded" "rounded 378" \
    "$(grep rounded "$WORK/out" | tr -s ' ')"
tamper "a number that is no multiple is found" 2 \
    "data-deaths.csv:2: expected a multiple of 10" data/data-deaths.csv \
    '2s/\([0-9]\)0,,,v/\13,,,v/'
tamper "a number that does not add up is found" 2 "the sum of its parts" \
    data/data-deaths.csv '/,EST,.*,F,T,2021,/s/\([0-9]\)0,,,v/\110,,,v/'
tamper "another rounding in another table is found" 2 \
    "another count of the cell that 'data.ages' tells" data/data-deaths.csv \
    '/,SY,.*,TOUS,.*,T,T,2022,/s/\([0-9]\)0,,,v/\110,,,v/'
tamper "a table that does not say so is found" 4 \
    "tables 'data.ages' and 'data.deaths': counts of measure 'deaths' are rounded" \
    "manifest.json data/data-deaths.schema.json" \
    '/"data.deaths"/s/, "rounding".*}}/}/; /^ *"rounding": {/d'
tamper "a manifest that does not say what the schema says is found" 2 \
    "data-deaths.csv: its schema and manifest.json differ in the base" \
    manifest.json '/"data.deaths"/s/, "rounding".*}}/}/'
tamper "so is another base" 2 "differ in the base" \
    data/data-deaths.schema.json 's/"base": 10/"base": 20/'
tamper "a rounding to no base is none" 2 "rounding: expected a base" \
    manifest.json 's/"base": 10, /"base": "dix", /'
tamper "a base that is too small for the threshold is found" 4 "" \
    manifest.json 's/"threshold": 11/"threshold": 12/'
named "by name" "data.deaths: deaths" "$WORK/out"
value() { # INDICATOR: of France, both years
    sed -n "s/^essai,deaths,$1,.*,T,T,2021-2022,2021,2022,T,\([0-9]*\),.*/\1/p" \
        "$OUT/data/data-ages.csv" | head -1
}
few=$(($(value count) + 5))
tamper "a population that cuts what rounding leaves open is found" 4 "" \
    data/data-ages.csv "s/,$(value person_years),/,$few,/"
named "as exposed" "exposed      1" "$WORK/out"
tamper "a secret beside rounded counts is found" 2 "beside counts that are rounded" \
    data/data-deaths.csv '2s/,[0-9]*0,,,v,\(.*\),F/,,,,c,\1,C/'

# --- what is refused ----------------------------------------------------------------
refusals rounded rounding
refuse "the same measure rounded to another base" 4 \
    "tables 'data.deaths' and 'data.more': .* to another base" \
    "$MORE, protection = \"rounding\", base = 20 }"
refuse "a base that the threshold does not allow" 4 \
    "table 'data.deaths': rounding of measure 'deaths': .*: rounding to base 5 cannot protect its threshold of 11" \
    "" 's/base = 10/base = 5/'
refuse "the same measure perturbed in another table" 4 \
    "tables 'data.deaths' and 'data.more': .* rounded in the one and not rounded" \
    "$MORE, protection = \"cellkey\", variance = 30 }"
refuse "a base without rounding" 3 "base: only goes with protection = 'rounding'" \
    "$MORE, base = 10 }"
refuse "rounding without a base" 3 "base: a rounding needs one" \
    "$MORE, protection = \"rounding\" }"

# A public whole of which everybody knows that the count is a part, through a
# proportion of it: one more than each count would tell most of them.
changed bounded
cp "$WORK/store.sqlite" "$WORK/bounded/store.sqlite"
sqlite3 "$WORK/bounded/store.sqlite" "
    CREATE TEMP TABLE made AS SELECT * FROM measure WHERE code = 'deaths';
    UPDATE made SET code = 'notified';
    INSERT INTO measure SELECT * FROM made;
    UPDATE made SET code = 'certified', kind = 'proportion', unit = '%',
        table_name = '', numerator = 'deaths', denominator = 'notified';
    INSERT INTO measure SELECT * FROM made;
    INSERT INTO deaths SELECT 'notified', territory_level, territory, period,
        sex, age, site, stratum, n + 1 FROM deaths"
expect "a confidential whole bounds nothing" 0 "" build_release bounded
rm -rf "$WORK/bounded/output" && mkdir "$WORK/bounded/output"
sqlite3 "$WORK/bounded/store.sqlite" \
    "UPDATE measure SET confidential = 0 WHERE code = 'notified'"
expect "a public whole that cuts what rounding leaves open is a refusal" 4 \
    "table 'data.deaths': rounding of measure 'deaths': .*a public upper bound cuts what rounding leaves open" \
    build_release bounded
empty "and nothing is left of it" "$WORK/bounded/output"

# --- across releases ----------------------------------------------------------------
expect "it is published" 0 "" publish audited essai
grep -q "^rounded	10$" "$WORK/audited/ledger/0001-essai.txt" &&
    ok "the ledger knows the method" || not_ok "the ledger knows the method"
PARTS="${MORE%, period*}, territory = \"all\", site = \"every\", sex = { \"M\", \"F\" }, age = { \"T\", \"each\" }, period = \"all\", $CHANGE, open_data = true, values = { \"count\" } }"
next more essai-2 "$PARTS"
sed -i 's/abcdef/ABCDEF/' "$WORK/more/key"
expect "with more tables, and another key" 0 "" build_release more
NEW="$WORK/more/output/essai-2"
summed "every cell is printed as before" \
    "954 cells, 875 sums, 570 in common" \
    "$OUT"/data/data-deaths.csv "$OUT"/data/data-ages.csv \
    "$NEW"/data/data-deaths.csv "$NEW"/data/data-ages.csv \
    "$NEW"/data/data-more.csv
expect "the audit finds nothing there" 0 "" "$P" audit "$NEW" --with "$OUT"
expect "it verifies" 0 "" "$P" verify "$NEW"
across() { # NAME PATTERN SED
    next wrong essai-3
    sed -i -e "$3" "$WORK/wrong/data.lua"
    expect "$1" 4 "$2" build_release wrong
    empty "$1: nothing is left" "$WORK/wrong/output"
    rm -rf "$WORK/wrong"
}
across "another base later is refused" \
    "table 'data.deaths': release 'essai' has published counts of measure 'deaths' in another way .table 'data.deaths'." \
    's/base = 10/base = 20/'
across "suppression later is refused" \
    "table 'data.deaths': release 'essai' has published counts of measure 'deaths'" \
    's/protection = "rounding", base = 10,//'
across "counts of the same persons later are refused" \
    "release 'essai' has published counts of measure 'deaths' .table 'data.deaths'., which may be of the same persons as 'stage'" \
    '/^    p.table/s/measure = "deaths", protection = "rounding", base = 10/measure = "stage"/'
across "and so are rounded ones" \
    "which may be of the same persons as 'stage'" \
    's/measure = "deaths"/measure = "stage"/'
across "rounding what was suppressed is refused" \
    "table 'data.cases': release 'essai' has published counts of measure 'cases'" \
    "s/\"count\", \"crude_rate\" }/\"count\" }, $CHANGE/"
next without essai-4
sed -i '/id = "deaths"/,/open_data = true }/d; /id = "ages"/,/open_data = true }/d' \
    "$WORK/without/data.lua"
sed -i 's|"report.lua", ||' "$WORK/without/panorama.lua"
expect "a release without the measure is none of its business" 0 "" \
    build_release without
next later essai-5
cp "$WORK/later.sqlite" "$WORK/later/store.sqlite"
expect "a later extraction is another" 0 "" build_release later
next partly essai-6
cp "$WORK/later.sqlite" "$WORK/partly/store.sqlite"
field partly 'unrevised = { { measure = "deaths", periods = "2021", since = "2025-01-01" } }'
expect "pooled years that were revised in part are refused" 4 \
    "rounded counts of several years were revised in part" build_release partly
next whole essai-7
cp "$WORK/later.sqlite" "$WORK/whole/store.sqlite"
sqlite3 "$WORK/whole/store.sqlite" "UPDATE deaths SET n = n + 50"
field whole 'unrevised = { { measure = "deaths", since = "2025-01-01" } }'
expect "counts that what was printed is no rounding of are refused" 4 \
    "release 'essai'|printed" build_release whole
# Nothing is declared: what was printed is printed again, whatever the key, the
# tables or the vintage, or nothing is.
next again essai-10 "$PARTS"
sed -i 's/abcdef/ABCDEF/' "$WORK/again/key"
cp "$WORK/later.sqlite" "$WORK/again/store.sqlite"
expect "another vintage, more tables and another key" 0 "" build_release again
NEW="$WORK/again/output/essai-10"
summed "still print every cell as before" \
    "954 cells, 875 sums, 570 in common" \
    "$OUT"/data/data-deaths.csv "$OUT"/data/data-ages.csv \
    "$NEW"/data/data-deaths.csv "$NEW"/data/data-ages.csv \
    "$NEW"/data/data-more.csv
revise() { # NAME ID FIELDS: a later vintage with 50 more in every cell
    next "$1" "$2"
    cp "$WORK/later.sqlite" "$WORK/$1/store.sqlite"
    sqlite3 "$WORK/$1/store.sqlite" "UPDATE deaths SET n = n + 50"
    [ -z "$3" ] || field "$1" "$3"
}
revise silent essai-11 ""
expect "counts that were revised without a word are refused" 4 \
    "only counts that the project declares 'revised' are rounded anew.*printed" \
    build_release silent
revise unprinted essai-17 ""
sed -i '/^rounded/,/^table/s/^row\t[0-9]*\(\t\|$\)/row\tu\1/' "$WORK/unprinted/ledger/0001-essai.txt"
(cd "$WORK/unprinted/ledger" && sha256sum 0001-essai.txt >chain.txt)
expect "counts that were not printed bind nothing" 0 "" build_release unprinted
revise half essai-12 'revised = { { measure = "deaths", periods = "2021" } }'
expect "so are those that are declared in part" 4 \
    "rounded counts of several years were revised in part" build_release half
revise declared essai-13 'revised = { { measure = "deaths" } }, unrevised = { { measure = "deaths", since = "2026-06-30" } }'
expect "declared revised, they are rounded anew" 0 "" build_release declared
revise misspelt essai-14 'revised = { { measure = "death" } }'
expect "a measure that is declared must be one" 3 \
    "revised: the store has no measure 'death'" build_release misspelt
# What the store has lost is still printed.
lost essai-15
expect "rounded counts of a code that is gone are missed" 4 \
    "ledger entry '0001-essai.txt': table 'data.deaths': it printed rounded counts of a code that the store has lost" \
    build_release lost
next without_cases essai-16
sqlite3 "$WORK/without_cases/store.sqlite" \
    "DELETE FROM cases; DELETE FROM measure WHERE code = 'cases'"
sed -i '/id = "cases"/,/open_data = true }/d' "$WORK/without_cases/data.lua"
expect "so is a measure that is gone" 4 \
    "table 'data.deaths': release 'essai' has published measure 'cases' .table 'data.cases'., which the store no longer has" \
    build_release without_cases
# An authorised edition with more tables; the public one prints what both show.
next guarded essai-8 "$PARTS"
field guarded 'audience = "authorised"'
expect "an authorised edition rounds as the public one did" 0 "" \
    build_release guarded
expect "it is published too" 0 "" publish guarded essai-8
next open essai-9 "${PARTS%, age*}, period = \"all\", $CHANGE, open_data = true, values = { \"count\" } }"
rm -rf "$WORK/open/ledger"
cp -r "$WORK/guarded/ledger" "$WORK/open/ledger"
expect "and the public one after it as the authorised one" 0 "" \
    build_release open
summed "one number for every reader" \
    "954 cells, 875 sums, 768 in common" \
    "$WORK/guarded/output/essai-8/data/data-deaths.csv" \
    "$WORK/guarded/output/essai-8/data/data-ages.csv" \
    "$WORK/guarded/output/essai-8/data/data-more.csv" \
    "$WORK/open/output/essai-9/data/data-deaths.csv" \
    "$WORK/open/output/essai-9/data/data-ages.csv" \
    "$WORK/open/output/essai-9/data/data-more.csv"

# --- what is computed from two tables -----------------------------------------------
rm -rf "$WORK/audited" "$WORK/beside"
ratio rounding
