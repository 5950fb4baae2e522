#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every failure that a user can meet: one clear sentence, the documented
# status, and nothing left behind.
. tests/command/lib.sh

expect "an unknown command is named" 1 "unknown command 'biuld'" \
    "$PANORAMA" biuld
for command in $("$PANORAMA" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
    expect "$command: an unknown option is named, with the nearest" 1 \
        "^panorama: error usage.option: $command: unknown option '--jbos'; the nearest is --jobs; try --help$" \
        "$PANORAMA" "$command" --jbos
    expect "$command: nothing is near one that is another word" 1 \
        "unknown option '--zzzz'; try --help$" "$PANORAMA" "$command" --zzzz
done
expect "one dash is not enough" 1 "unknown option '-output'; the nearest is --output" \
    "$PANORAMA" build -output x
expect "nor one letter before a name" 1 "unknown option '-ojobs'; the nearest is --jobs" \
    "$PANORAMA" build -ojobs 2
expect "an unknown option is named" 1 "unknown option '--jbos'" \
    "$PANORAMA" build --jbos 2
for words in "build --jbos --log json" "biuld --log=json"; do
    # shellcheck disable=SC2086
    expect "an error of arguments is JSON where they ask for it: $words" 1 \
        '^\{"error": "usage\.(option|command)", "status": 1, "text": "' \
        "$PANORAMA" $words
done
expect "but not after the end of the options" 1 "^panorama: error" \
    "$PANORAMA" build --jbos -- --log json
# An address would be taken for a file, and told as it is.
A="postgresql://ann:secret-faux@nowhere/base"
for words in "compare $A x" "verify $A" "render $A -o x" "build $A" "plan $A" \
    "publish $A" "audit $A" "explain $A" "join $A" "eval $A" "geo info $A" \
    "build --project $A" "map --values $A" "lint --edition $A --stale" \
    "store $A x" "store import $A $WORK/never" "build --stroe=$A" "build -s$A" "$A" \
    "verify postgre://ann:secret-faux@nowhere/base" \
    "verify postgresql:ann:secret-faux@nowhere/x://"; do
    # shellcheck disable=SC2086
    "$PANORAMA" $words >"$WORK/said" 2>&1
    [ $? -ne 0 ] && [ -s "$WORK/said" ] && ! grep -q "secret-faux" "$WORK/said" &&
        ok "no password is said" ||
        not_ok "no password is said" "$words" "$(cat "$WORK/said")"
done
expect "a store is not compared" 1 \
    "compare: 'postgresql://ann:\*\*\*@nowhere/base' is the address of a store, .*panorama protect makes an edition" \
    "$PANORAMA" compare "$A" "$WORK/x"
expect "a bad number of jobs is refused" 1 "expected a number" \
    "$PANORAMA" build --jobs many
expect "help is not a failure" 0 "" "$PANORAMA" build --help
cp "$WORK/out" "$WORK/help"
for words in "build -h" "help build"; do
    # shellcheck disable=SC2086
    expect "$words is help, too" 0 "" "$PANORAMA" $words
    same_as "the same as build --help" "$(cat "$WORK/help")" "$(cat "$WORK/out")"
done
expect "-h without a command lists them" 0 "" "$PANORAMA" -h
named "all of them" "  publish   " "$WORK/out"
expect "no help for what is none" 1 "unknown command 'biuld'; the nearest is build" \
    "$PANORAMA" help biuld

# --- what is printed --------------------------------------------------------------
printed_full() { "$PANORAMA" "$@" >/dev/full; }
expect "a list that cannot be printed is no success" 6 \
    "error output.print: cannot write to the standard output: No space" \
    printed_full --help
project closed
expect "nor is a plan" 6 "output.print" \
    printed_full plan --project "$WORK/closed" --quiet
# A file that is opened would take the number of one that is closed.
expect "all is written where nothing can be printed" 0 "" \
    sh -c '"$0" protect --project "$1" -o "$1/e.db" --review "$1/r.csv" >&- 2>&-' \
    "$PANORAMA" "$WORK/closed"
[ -s "$WORK/closed/r.csv" ] && ! grep -q "^protect" "$WORK/closed/r.csv" &&
    ok "and nothing of what is told" ||
    not_ok "and nothing of what is told" "$(head -3 "$WORK/closed/r.csv")"

mkdir "$WORK/empty"
expect "a directory that is no project is told" 3 \
    "project.missing: no panorama.lua in '$WORK/empty': .* --project" \
    "$PANORAMA" plan --project "$WORK/empty"

project plain
expect "a release is built" 0 "" "$PANORAMA" build --project "$WORK/plain"
twice=$(sed -n 's/^\([a-z]*\): [0-9.]* s .*/\1/p' "$WORK/err" | sort | uniq -d)
[ -z "$twice" ] && grep -q "^plan: [0-9.]* s" "$WORK/err" &&
    ok "the time of each stage is told once" ||
    not_ok "the time of each stage is told once" "$(cat "$WORK/err")"
expect "a release that is not there is missing" 6 \
    "release.missing: release '$WORK/plain/output/esai': there is no such folder" \
    "$PANORAMA" verify "$WORK/plain/output/esai"

# --- the store ---------------------------------------------------------------
project missing
rm "$WORK/missing/store.sqlite"
expect "a missing store is named" 2 "store.sqlite" \
    "$PANORAMA" build --project "$WORK/missing" --quiet
empty "a missing store leaves nothing" "$WORK/missing/output"

project column
sqlite3 "$WORK/column/store.sqlite" "ALTER TABLE cases RENAME COLUMN n TO m"
expect "a missing column is named" 2 "table 'cases'.*column 'n'" \
    "$PANORAMA" build --project "$WORK/column" --quiet
empty "a missing column leaves nothing" "$WORK/column/output"

project person
sqlite3 "$WORK/person/store.sqlite" "CREATE TABLE patient(nir TEXT, nom TEXT)"
expect "a table of persons is refused" 2 "patient" \
    "$PANORAMA" build --project "$WORK/person" --quiet
empty "a table of persons leaves nothing" "$WORK/person/output"

project void
sqlite3 "$WORK/void/store.sqlite" "DELETE FROM cases"
expect "a measure without a row is not published as zeros" 2 \
    "measure 'cases': the store has no row of it in table 'cases'" \
    "$PANORAMA" build --project "$WORK/void" --quiet
empty "a measure without a row leaves nothing" "$WORK/void/output"

project garbage
head -c 5000 /dev/urandom >"$WORK/garbage/store.sqlite"
expect "a file that is no database is refused" 2 "" \
    "$PANORAMA" build --project "$WORK/garbage" --quiet

cp "$WORK/store.sqlite" "$WORK/broken.sqlite"
sqlite3 "$WORK/broken.sqlite" "UPDATE site SET label_fr = '' WHERE code = 'SEI'"
expect "a broken rule is counted" 2 "store.check: .*: 1 rule broken" \
    "$PANORAMA" store check "$WORK/broken.sqlite"
grep -q "règles : 1 erreur, .* rules: 1 error, " "$WORK/out" &&
    ok "in both languages" || not_ok "in both languages" "$(tail -1 "$WORK/out")"

# It could be the store that is read: nobody is told to remove it.
cp "$WORK/store.sqlite" "$WORK/kept.sqlite"
expect "a store is not moved onto itself" 2 \
    "'$WORK/kept.sqlite' exists already: name a store that is not there" \
    "$PANORAMA" store migrate "$WORK/kept.sqlite" "$WORK/kept.sqlite"
cmp -s "$WORK/store.sqlite" "$WORK/kept.sqlite" && ok "and stays as it was" ||
    not_ok "and stays as it was"
expect "nor into a folder" 2 "'$WORK' exists already" \
    "$PANORAMA" store migrate "$WORK/kept.sqlite" "$WORK"

# --- definitions -------------------------------------------------------------
# change NAME SED-EXPRESSION: a project whose definition is edited.
change() {
    project "$1"
    sed -i "$2" "$WORK/$1/report.lua"
}
script() { # NAME PATTERN
    expect "$1" 3 "$2" "$PANORAMA" build --project "$WORK/$3" --quiet
    empty "$1: nothing is left" "$WORK/$3/output"
}
change syntax 's/^return {/return {{/'
script "a syntax error has file and line" "report.lua:[0-9]+" syntax
change typo 's/measure = /mesure = /'
script "a misspelt field names its neighbour" "mesure.*measure" typo
change code 's/"T", "M", "F"/"T", "X"/'
script "an unknown code is named" "'X'" code
change loop 's/-- PAGE/while true do end/'
script "an endless loop ends" "report.lua:[0-9]+|instructions|time" loop
change swallow 's/-- PAGE/while true do pcall(function() while true do end end) end/'
script "an endless loop inside pcall ends" "instructions|time" swallow
change planloop 's/-- PLAN/while true do end/'
script "an endless loop in plan ends" "instructions|time" planloop
change bomb 's/-- PAGE/local t = {} for i = 1, 1e9 do t[i] = ("x"):rep(1e6) .. i end/'
script "a memory bomb ends" "memory" bomb
change rep 's/-- PAGE/local s = ("x"):rep(1e10)/'
script "a giant string ends" "memory|large|long" rep
change io 's/-- PAGE/io.open("\/etc\/passwd")/'
script "a script has no files" "report.lua:[0-9]+.*io" io
change os 's/-- PAGE/os.execute("true")/'
script "a script has no system" "report.lua:[0-9]+.*os" os

project config
sed -i 's/threshold = 11/threshold = 2/' "$WORK/config/panorama.lua"
expect "a threshold under 3 is refused" 3 "threshold" \
    "$PANORAMA" build --project "$WORK/config" --quiet
empty "a wrong policy leaves nothing" "$WORK/config/output"

# --- the system ---------------------------------------------------------------
project fonts
expect "a missing font is named with its package" 2 "fonts-roboto-unhinted" \
    "$PANORAMA" build --project "$WORK/fonts" --quiet --fonts "$WORK/none"
empty "a missing font leaves nothing" "$WORK/fonts/output"

project blocked
rmdir "$WORK/blocked/output" && touch "$WORK/blocked/output"
expect "an output that is a file is refused" 6 "output" \
    "$PANORAMA" build --project "$WORK/blocked" --quiet
expect "an output that cannot be made is refused" 6 "/proc" \
    "$PANORAMA" build --project "$WORK/plain" --quiet --output /proc/none

# A file-size limit stands for a disk that fills: every library meets it.
uncounted
for kib in 0 1 4 16 40; do
    project "full$kib"
    expect "a disk full after $kib KiB a file is reported" 6 "" \
        sh -c "trap '' XFSZ; ulimit -f $kib; exec '$PANORAMA' build \
        --project '$WORK/full$kib' --quiet"
    empty "a disk full after $kib KiB leaves nothing" "$WORK/full$kib/output"
done
