#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# run.sh DIR [COG] - CalibInc's hospital counts to a release on the French map.
#
# DIR holds calibinc_france/; COG (DIR/../cog when not given) the INSEE list of
# départements. Makes build/real/calibinc (OUT, when set, instead of build/real)
# and compares the release with sums made from the source alone. PANORAMA names
# the program. Stops at the first thing that differs.
set -eu
[ $# -eq 1 ] || [ $# -eq 2 ] || {
    echo "usage: run.sh DIR [COG], with calibinc_france in DIR" >&2
    exit 1
}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
panorama=${PANORAMA:-./panorama}
source=$1/calibinc_france
cog=${2:-$1/../cog}
home=${OUT:-build/real}/calibinc
stage="the start"
trap '[ $? -eq 0 ] || echo "run.sh: stopped at: $stage" >&2' EXIT

begin() {
    stage=$1
    echo "-- $stage"
}

begin "the source"
for file in "$source/lopM_alldepartements.csv" \
    "$source/nhlF_alldepartements.csv" \
    "$source/pancreasM_melanomaF_alldepartements.csv" \
    "$cog/cog2026_departements.csv"; do
    [ -r "$file" ] || {
        echo "no readable file $file" >&2
        exit 1
    }
done
rm -rf "$home"
mkdir -p "$home/lua-scripts/lib"
cp "$here"/*.lua "$home/"
cp "$here"/lib/*.lua "$home/lua-scripts/lib/"
begin "conversion"
/usr/bin/python3 "$here/convert.py" "$source" "$cog" \
    "$root/lua-scripts/lib/articles_fr.csv" "$home/csv" \
    "$home/lua-scripts/lib/registry.lua"
begin "store import and check"
"$panorama" store import "$home/csv" "$home/store.sqlite" --quiet
"$panorama" store check "$home/store.sqlite" >"$home/check.txt" || {
    cat "$home/check.txt" >&2
    exit 1
}
tail -n 1 "$home/check.txt"
begin "build and verify"
"$panorama" build --project "$home" --quiet
"$panorama" verify "$home/output/calibinc"
begin "comparison with the source"
/usr/bin/python3 "$here/compare.py" "$source" "$home/output/calibinc" 1150
