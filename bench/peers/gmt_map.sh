#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# A choropleth with GMT: gmt_map.sh GEOJSON CODE CSV OUT. GMT joins no values:
# areas are coloured by their number, which is the same work.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out=$(realpath -m "$4")
ogr2ogr -f OGR_GMT "$work/areas.gmt" "$1" 2>/dev/null
cd "$work"
awk -v n=0 '/^>/ { print "> -Z" n++ % 5; next } !/^#/' areas.gmt >areas.txt
gmt makecpt -Cwhite,skyblue,blue,navy -T0/5/1 >classes.cpt
gmt begin map "${out##*.}" E200
gmt plot areas.txt -R-6/10/41/51.5 -JL2/46.5/44/49/20c -L -G+z -Cclasses.cpt \
    -W0.2p,white
gmt end
cp map."${out##*.}" "$out"
