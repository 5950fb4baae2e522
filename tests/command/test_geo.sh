#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Boundaries in and out, and the layouts that maps are drawn on.
. tests/command/lib.sh
P="$PANORAMA"
G="$WORK/geo"
mkdir "$G"

# --- import -----------------------------------------------------------------------
square() {
    printf '{"type":"Feature","properties":{"id":"%s"},"geometry":{"type":"Polygon","coordinates":[%s]}}' \
        "$1" "$2"
}
collection() { printf '{"type":"FeatureCollection","features":[%s]}' "$1"; }
good=$(square a '[[0,45],[1,45],[1,46],[0,46],[0,45]]')
collection "$good" >"$G/good.json"
expect "a square is imported" 0 "" "$P" geo import "$G/good.json" --level square \
    --code id -o "$G/square.geo"
cp "$G/square.geo" "$G/before.geo"

# refused NAME PATTERN JSON: status 2, what was there stays, nothing else is left.
refused() {
    printf '%s' "$3" >"$G/bad.json"
    expect "$1 is refused" 2 "$2" "$P" geo import "$G/bad.json" --level square \
        --code id -o "$G/square.geo"
    if cmp -s "$G/square.geo" "$G/before.geo" &&
        [ "$(ls -A "$G" | tr '\n' ' ')" = \
            "bad.json before.geo good.json square.geo " ]; then
        ok "$1 leaves the file that was there, and no other"
    else
        not_ok "$1 leaves the file that was there, and no other" \
            "$(ls -A "$G")"
    fi
}
refused "a crossing border" "geo.crossing.*bad.json: feature 2 'b': its border" \
    "$(collection "$good,$(square b '[[5,45],[7,47],[7,45],[5,46],[5,45]]')")"
refused "an unclosed ring" "geo.unclosed.*bad.json: feature 2 'b': a ring is not" \
    "$(collection "$good,$(square b '[[5,45],[7,47],[7,45],[5,46]]')")"
refused "a file that is cut" "json.syntax.*bad.json:1: .*element 1 of 'features'" \
    "$(collection "$good" | head -c 100)"
expect "without a place for the result it says so" 1 "needs --level L and -o" \
    "$P" geo import "$G/good.json" --level square --code id
expect "an input is not replaced" 1 "would replace the input" "$P" geo import \
    "$G/good.json" --level square --code id -o "$G/good.json"
expect "a misspelt layout, and the nearest" 6 \
    "metropol.layout.csv.*; the nearest is 'metropole'" "$P" geo import \
    "$G/good.json" --level square --code id --layout metropol -o "$G/x.geo"
expect "another file that is missing has no near layout" 6 \
    "nowhere.json': No such file or directory$" "$P" geo import \
    "$G/nowhere.json" --level square --code id --layout metropol -o "$G/x.geo"
expect "an unknown layout is named" 6 "nowhere.layout.csv" "$P" geo import \
    "$G/good.json" --level square --code id --layout nowhere -o "$G/x.geo"
expect "départements are dissolved through a list" 0 "" "$P" geo import \
    geo/source/fra.json --level departement --code adm1_code --codes \
    geo/codes_departement.csv --dissolve region --layout metropole \
    --tolerance 400 -o "$G/region.geo"
grep -q "^area 53 Bretagne (metropole): 27[0-9]*.[0-9] km2; beside 28 52$" \
    "$WORK/out" && ok "surfaces and neighbours are reported" ||
    not_ok "surfaces and neighbours are reported" "$(grep 53 "$WORK/out")"
grep -q "^feature in no panel: 971$" "$WORK/out" &&
    ok "what the layout leaves out is listed" ||
    not_ok "what the layout leaves out is listed"

# --- export -----------------------------------------------------------------------
printf 'code,value,lower,upper,status,flags\n29,12.5,11,14,v,p\n35,,,,c,\n' \
    >"$WORK/v.csv"
for format in geojson topojson; do
    expect "$format is written with values" 0 "" "$P" geo export \
        geo/departement.geo --format $format --values "$WORK/v.csv" \
        -o "$WORK/d.$format"
    python3 - "$WORK/d.$format" <<'PY' && ok "$format says what is published" ||
import json, sys
root = json.load(open(sys.argv[1]))
if root["type"] == "Topology":
    rows = root["objects"]["departement"]["geometries"]
else:
    rows = root["features"]
p = {r["properties"]["code"]: r["properties"] for r in rows}
assert len(rows) == len(p) == 101, len(rows)
assert p["29"] == {"code": "29", "nom": "Finistère", "value": 12.5, "lower": 11,
                   "upper": 14, "status": "v", "flags": "p"}, p["29"]
assert p["35"] == {"code": "35", "nom": "Ille-et-Vilaine", "value": None,
                   "status": "c", "flags": ""}, p["35"]
assert p["22"]["status"] == "x" and p["22"]["value"] is None
PY
        not_ok "$format says what is published"
done
python3 - "$WORK/d.geojson" <<'PY' && ok "insets stand at their true places" ||
import json, sys
boxes = {"971": (-62, 15, -60, 17), "973": (-55, 2, -51, 6),
         "974": (55, -22, 56, -20), "75": (2, 48, 3, 49), "2A": (8, 41, 10, 43)}
for f in json.load(open(sys.argv[1]))["features"]:
    g = f["geometry"]
    parts = g["coordinates"] if g["type"] == "MultiPolygon" else [g["coordinates"]]
    box = boxes.get(f["properties"]["code"])
    for x, y in (p for part in parts for ring in part for p in ring):
        assert not box or (box[0] <= x <= box[2] and box[1] <= y <= box[3]), f["properties"]
PY
    not_ok "insets stand at their true places"
printf 'code,value,status\n35,4711,c\n' >"$WORK/s.csv"
expect "a suppressed value is refused" 2 "s.csv:2: a value and status v" "$P" \
    geo export geo/departement.geo --values "$WORK/s.csv" -o "$WORK/s.geojson"
printf 'code,value,lower,upper,status\n35,,1,4,c\n' >"$WORK/s.csv"
expect "so is its interval" 2 "s.csv:2: value, lower and upper go together" "$P" \
    geo export geo/departement.geo --values "$WORK/s.csv" -o "$WORK/s.geojson"
[ ! -e "$WORK/s.geojson" ] && ok "and no file is written" ||
    not_ok "and no file is written"
expect "an unknown format is named" 1 "expected geojson or topojson" "$P" geo \
    export geo/region.geo --format shp -o "$WORK/r.shp"

# --- layouts ------------------------------------------------------------------------
printf 'code,value\n29,12\n22,10\n56,9\n44,11\n2Z,7\n' >"$WORK/m.csv"
expect "a map on a misspelt layout" 6 "; the nearest is 'france'" "$P" map \
    --level departement --values "$WORK/m.csv" --layout frnace -o "$WORK/m.svg"
for layout in france france-portrait france-half-page; do
    expect "a map on the layout $layout" 0 "" "$P" map --level departement \
        --values "$WORK/m.csv" --layout $layout -o "$WORK/m.svg"
    [ "$(grep -o 'id="f-[0-9a-z-]*-[0-9AB]*"' "$WORK/m.svg" | sort -u | wc -l)" = \
        105 ] && ok "has every area once, and the zoom ($layout)" ||
        not_ok "has every area once, and the zoom ($layout)" \
            "$(grep -c 'id="' "$WORK/m.svg")"
done
expect "a map of the mainland" 0 "" "$P" map --level departement --values \
    "$WORK/m.csv" --layout metropole -o "$WORK/m.svg"
grep -q 'id="f-971' "$WORK/m.svg" && not_ok "has no overseas areas" ||
    ok "has no overseas areas"
expect "a map of one région" 0 "" "$P" map --level departement --values \
    "$WORK/m.csv" --region 53 -o "$WORK/m.svg"
grep -q 'id="f-metropole-29"' "$WORK/m.svg" && grep -q "non disponible (1)" \
    "$WORK/m.svg" && ! grep -q 'id="f-metropole-75"' "$WORK/m.svg" &&
    ok "has its areas, those without value among them, and no others" ||
    not_ok "has its areas, those without value among them, and no others" \
        "$(grep -o 'id="f-met[^"]*"' "$WORK/m.svg" | tr '\n' ' ')" \
        "$(grep -o '[a-z ]*([0-9]*)' "$WORK/m.svg" | tr '\n' ' ')"
grep -q "Sans contour sur la carte.*: 2Z\." "$WORK/m.svg" &&
    ok "and names codes that are nowhere" ||
    not_ok "and names codes that are nowhere"
expect "an unknown région is named" 2 "region '99'" "$P" map --level departement \
    --values "$WORK/m.csv" --region 99 -o "$WORK/n.svg"
expect "a région has no other layout" 1 "exclude each other" "$P" map --level \
    departement --values "$WORK/m.csv" --region 53 --layout metropole \
    -o "$WORK/n.svg"
