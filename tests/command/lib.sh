# SPDX-License-Identifier: EUPL-1.2
# lib.sh - what the command tests share. Source it from the repository root.
#
# Each check prints "ok NAME" or "not ok NAME". The program under test is
# build/test/panorama; everything is written below $WORK, removed at the end.
set -u
ROOT=$(pwd)
PANORAMA=${PANORAMA:-$ROOT/build/test/panorama}
WORK=$(mktemp -d /tmp/panorama-test.XXXXXX)
trap 'rm -rf "$WORK"' EXIT

ok() { echo "ok $1"; }
not_ok() {
    echo "not ok $1"
    shift
    [ $# -eq 0 ] || printf '%s\n' "$@" | sed 's/^/    /'
}

# expect NAME STATUS PATTERN COMMAND...: the status, and one line of standard
# error that matches PATTERN (grep -E; "" for nothing asked).
expect() {
    name=$1 want=$2 pattern=$3
    shift 3
    "$@" >"$WORK/out" 2>"$WORK/err"
    got=$?
    if [ "$got" -ne "$want" ]; then
        not_ok "$name" "status $got, not $want" "$(tail -3 "$WORK/err")"
    elif [ -n "$pattern" ] && ! grep -Eq "$pattern" "$WORK/err"; then
        not_ok "$name" "no '$pattern' in:" "$(tail -3 "$WORK/err")"
    else
        ok "$name"
    fi
}

# empty NAME DIR: no release and no stray file is left in an output directory.
empty() {
    left=$(find "$2" -mindepth 1 ! -name .lock 2>/dev/null)
    if [ -z "$left" ]; then ok "$1"; else not_ok "$1" "$left"; fi
}

# From here on programs are killed or find no room: the counts of lines that
# `make coverage` reads would be left half-written, and go elsewhere.
uncounted() { export GCOV_PREFIX="$WORK/counts"; }

# A copy of the test project with its store, in $WORK/$1.
project() {
    cp -r "$ROOT/tests/command/project" "$WORK/$1"
    mkdir -p "$WORK/$1/output"
    if [ ! -f "$WORK/store.sqlite" ]; then
        # Coverage that differs between sites is refused with their total.
        cp -r "$ROOT/tests/store/fixture" "$WORK/csv"
        sed -i '/,SEI,/d' "$WORK/csv/coverage.csv"
        "$PANORAMA" store import "$WORK/csv" \
            "$WORK/store.sqlite" --quiet || echo "not ok store import"
    fi
    cp "$WORK/store.sqlite" "$WORK/$1/store.sqlite"
}

# sample PATH: the sample store, as `make test` made it once of this program.
sample() {
    if [ "$ROOT/build/test/sample.sqlite" -nt "$PANORAMA" ]; then
        cp "$ROOT/build/test/sample.sqlite" "$1"
    else
        "$PANORAMA" store sample "$1" >/dev/null 2>&1
    fi
}

# sampled NAME: such a project on the sample store, for a data.lua that may use
# lua-scripts/lib.
sampled() {
    project "$1"
    sample "$WORK/$1/sample.sqlite"
    sed -i 's/"store.sqlite"/"sample.sqlite"/; s/{ "report.lua", "data.lua" }/{ "data.lua" }/' \
        "$WORK/$1/panorama.lua"
    mkdir -p "$WORK/$1/lua-scripts"
    cp -r "$ROOT/lua-scripts/lib" "$WORK/$1/lua-scripts/"
}

build_release() { "$PANORAMA" build --project "$WORK/$1" --quiet; } # NAME
publish() { # NAME RELEASE-ID
    "$PANORAMA" publish "$WORK/$1/output/$2" --project "$WORK/$1" --unfinished
}
edition() { echo "$WORK/$1/output/.inside/$2.edition.db"; } # NAME RELEASE-ID

field() { # NAME LINE: one more field of panorama.lua, or another value of it
    sed -i -e "/^  ${2%% *} =/d" "$WORK/$1/panorama.lua"
    sed -i -e "s/^return {/return {\\n  $2,/" "$WORK/$1/panorama.lua"
}
waive() { # KIND NAME: one more waiver of its policy
    sed -i "s|waivers = {|waivers = { { kind = '$1', owner = 'Comité d’essai', \
date = '2026-01-09', reason = { fr = 'Modèle relu', en = 'Model reviewed' } },|" \
        "$WORK/$2/panorama.lua"
}
extracted_later() { # NAME: the same store, extracted a year later
    sqlite3 "$WORK/$1/store.sqlite" "UPDATE registry SET value = '2026-06-30'
        WHERE key = 'extraction_date'; UPDATE registry SET value = 's-2'
        WHERE key = 'snapshot'"
}

named() { # NAME TEXT FILE
    grep -qF -e "$2" "$3" && ok "$1" || not_ok "$1" "$(head -c 600 "$3")"
}
same_as() { # NAME WANT GOT
    [ "$2" = "$3" ] && ok "$1" || not_ok "$1" "$3"
}

# told WHAT SCRIPT: `panorama eval` of the script ends with a message with WHAT.
told() {
    printf '%s\n' "$2" >"$WORK/t.lua"
    "$PANORAMA" eval "$WORK/t.lua" >"$WORK/out" 2>"$WORK/err"
    if [ $? -ne 0 ] && grep -qF -e "$1" "$WORK/err"; then
        ok "told: $1"
    else
        not_ok "told: $1" "$(cat "$WORK/out" "$WORK/err")"
    fi
}

# prints WHAT SCRIPT: `panorama eval` of the script prints WHAT, and no more.
prints() {
    printf '%s\n' "$2" >"$WORK/t.lua"
    got=$("$PANORAMA" eval "$WORK/t.lua" 2>&1)
    if [ "$got" = "$1" ]; then ok "prints: $1"; else not_ok "prints: $1" "$got"; fi
}
