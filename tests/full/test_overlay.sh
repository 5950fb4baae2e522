#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# One figure on three devices: words stand at the same place within half a
# point, in the SVG as a browser sets it, the PDF and the PNG. Three with letters
# that stand close, and every kind of the gallery (test_gallery.sh).
. tests/full/lib.sh

{
    echo code,value,label
    $PYTHON - <<'P'
import csv
codes = sorted({row["code"] for row in
                csv.DictReader(open("geo/codes_departement.csv"))})
for i, code in enumerate(codes):
    print(f"{code},{30 + i * 7 % 40}.5,Avoine « {code} »")
P
} >"$WORK/map.csv"
{
    echo code,label,value,lower,upper
    for i in 1 2 3 4 5 6 7 8 9; do
        echo "$i,Côte d'Azur AV$i – Tours,10$i.5,9$i.2,12$i.9"
    done
} >"$WORK/dot.csv"
{
    echo code,x,value,lower,upper
    for year in 2010 2011 2012 2013 2014 2015 2016; do
        echo "$year,$year,1${year#20}.5,1${year#20},2${year#20}"
    done
} >"$WORK/line.csv"

for figure in map dot line; do
    case $figure in
    map) set -- map --level departement ;;
    *) set -- chart --kind $figure ;;
    esac
    for kind in svg png pdf; do
        ./panorama "$@" --values "$WORK/$figure.csv" --title 'AVATAR : Taux' \
            --unit 'pour 100 000' --source 'Registre' \
            -o "$WORK/$figure.$kind" >"$WORK/log" 2>&1 ||
            not_ok "$figure in $kind" "$(cat "$WORK/log")"
    done
    run $PYTHON tests/check_overlay.py "$WORK/$figure"
done
exit $failed
