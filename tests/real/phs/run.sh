#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# run.sh DIR - Public Health Scotland's published tables to two releases.
#
# DIR holds phs_scotland_annual/ and phs_healthboard_5y/. Makes
# build/real/phs-annual and build/real/phs-boards (OUT, when set, instead of
# build/real), recomputes the published world-standardised rates of Scotland
# with `panorama eval`, and compares both releases with what the publisher
# printed. PANORAMA names the program. Stops at the first thing that differs.
set -eu
[ $# -eq 1 ] || {
    echo "usage: run.sh DIR, with phs_scotland_annual and phs_healthboard_5y in DIR" >&2
    exit 1
}
here=$(cd "$(dirname "$0")" && pwd)
panorama=${PANORAMA:-./panorama}
source=$1
out=${OUT:-build/real}
stage="the start"
trap '[ $? -eq 0 ] || echo "run.sh: stopped at: $stage" >&2' EXIT

begin() {
    stage=$1
    echo "-- $stage"
}

# release KIND FOLDER MINIMUM: import, check, build, verify, compare.
release() {
    kind=$1 folder=$source/$2 home=$out/phs-$1
    begin "$kind: the source"
    for file in cases_pop_tidy.csv published_rates.csv; do
        [ -r "$folder/$file" ] || {
            echo "no readable file $folder/$file" >&2
            return 1
        }
    done
    rm -rf "$home"
    mkdir -p "$home"
    cp "$here/$kind"/*.lua "$home/"
    begin "$kind: conversion"
    /usr/bin/python3 "$here/convert.py" "$folder" "$home/csv"
    begin "$kind: store import and check"
    "$panorama" store import "$home/csv" "$home/store.sqlite" --quiet
    "$panorama" store check "$home/store.sqlite" >"$home/check.txt" || {
        cat "$home/check.txt" >&2
        return 1
    }
    tail -n 1 "$home/check.txt"
    begin "$kind: build and verify"
    "$panorama" build --project "$home" --quiet
    "$panorama" verify "$home/output/phs-$kind"
    begin "$kind: comparison with the published rates"
    /usr/bin/python3 "$here/compare.py" "$folder/published_rates.csv" \
        "$home/output/phs-$kind" "$3"
}

release annual phs_scotland_annual 10000
begin "recomputing the published world-standardised rates of Scotland"
/usr/bin/python3 "$here/rows.py" "$source/phs_scotland_annual" \
    >"$out/phs-annual/rows.csv"
"$panorama" eval "$here/check.lua" --data "rows=$out/phs-annual/rows.csv"
# Last: the proof takes limits of rates of few cases by age, and what is left
# does not reach the minimum (README.md).
release boards phs_healthboard_5y 4500
