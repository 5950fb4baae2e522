#!/bin/sh
# run.sh DIR - Public Health Scotland's published tables to two releases.
#
# DIR holds phs_scotland_annual/ and phs_healthboard_5y/. Makes
# build/real/phs-annual and build/real/phs-boards, recomputes the published
# world-standardised rates of Scotland with `panorama eval`, and compares both
# releases with what the publisher printed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=$1
out=build/real
rm -rf $out/phs-annual $out/phs-boards
for kind in annual boards; do
    case $kind in
    annual) folder=$source/phs_scotland_annual ;;
    boards) folder=$source/phs_healthboard_5y ;;
    esac
    home=$out/phs-$kind
    mkdir -p $home
    cp "$here"/$kind/*.lua $home/
    /usr/bin/python3 "$here/convert.py" "$folder" $home/csv
    ./panorama store import $home/csv $home/store.sqlite --quiet
    ./panorama store check $home/store.sqlite >$home/check.txt ||
        tail -3 $home/check.txt
    ./panorama build --project $home --quiet
    ./panorama verify $home/output/phs-$kind
    /usr/bin/python3 "$here/compare.py" "$folder/published_rates.csv" \
        $home/output/phs-$kind
done
/usr/bin/python3 "$here/rows.py" "$source/phs_scotland_annual" \
    >$out/phs-annual/rows.csv
./panorama eval "$here/check.lua" --data rows=$out/phs-annual/rows.csv
