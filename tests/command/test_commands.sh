#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The commands of the README and the help texts, on the fixture store.
. tests/command/lib.sh
P="$PANORAMA"
project a

expect "plan needs no store" 0 "" "$P" plan --project "$WORK/a"
grep -q "table data.cases: measure cases, open data" "$WORK/out" &&
    ok "plan names tables" || not_ok "plan names tables"
expect "lint finds nothing in good definitions" 0 "" "$P" lint \
    --project "$WORK/a"
expect "a store is described" 0 "" "$P" store info "$WORK/store.sqlite"
expect "a good store passes its rules" 0 "" "$P" store check \
    "$WORK/store.sqlite"
expect "the sample is made" 0 "" "$P" store sample "$WORK/s.sqlite"
expect "the same seed is made again" 0 "" sample "$WORK/t.sqlite"
cmp -s "$WORK/s.sqlite" "$WORK/t.sqlite" &&
    ok "the same seed gives the same bytes" ||
    not_ok "the same seed gives the same bytes"
/usr/bin/python3 -c 'import sqlite3, sys
print("code")
for code, in sqlite3.connect(sys.argv[1]).execute(
        "SELECT code FROM site WHERE parent IS NOT NULL AND parent <> \"\""):
    print(code)' "$WORK/s.sqlite" >"$WORK/sites.csv"
cat >"$WORK/names.lua" <<'LUA'
local named, missing = {}, {}
for _, list in ipairs { require("lib.site_names"), require("lib.site_others") } do
  for _, site in ipairs(list) do
    assert(not named[site.code] and site.new and site.of and site.with and site.en, site.code)
    assert(site.by or string.find(site.new, "^de "), site.code)
    named[site.code] = true
  end
end
for _, site in ipairs(sites) do
  missing[#missing + 1] = not named[site.code] and site.code or nil
end
print(#sites .. " sites, without a name: " .. table.concat(missing, " "))
LUA
"$P" eval "$WORK/names.lua" --data sites="$WORK/sites.csv" >"$WORK/names" 2>&1
grep -Eq '^[1-9][0-9]* sites, without a name: $' "$WORK/names" &&
    ok "sentences have a name for every site of the sample" ||
    not_ok "sentences have a name for every site of the sample" "$(cat "$WORK/names")"
expect "the sample passes the rules" 0 "" "$P" store check "$WORK/s.sqlite"
grep -q " 0 errors, 0 warnings" "$WORK/out" && ok "without a warning" ||
    not_ok "without a warning" "$(cat "$WORK/out")"
expect "an existing store is not overwritten" 2 "" "$P" store sample \
    "$WORK/s.sqlite"

# --- import ---------------------------------------------------------------------
cp -r tests/store/fixture "$WORK/broken"
sed -i '3s/,[0-9]*$/,-4/' "$WORK/broken/cases.csv"
echo "cases,departement,99,2021,M,65+,POU,,5" >>"$WORK/broken/cases.csv"
expect "a wrong import names file and line" 2 "cases.csv:3" \
    "$P" store import "$WORK/broken" "$WORK/broken.sqlite"
[ ! -e "$WORK/broken.sqlite" ] && ok "a wrong import makes no store" ||
    not_ok "a wrong import makes no store"
gone=$(sh -c 'echo $$')
mkdir "$WORK/kept"
touch "$WORK/kept/.store.sqlite.tmp-$gone" "$WORK/kept/.store.sqlite.tmp-$$"
expect "an import where another was killed" 0 "" \
    "$P" store import "$WORK/csv" "$WORK/kept/store.sqlite" --quiet
[ "$(ls -A "$WORK/kept" | sort | tr '\n' ' ')" = \
    ".store.sqlite.tmp-$$ store.sqlite " ] &&
    ok "sweeps the exact counts that it left, and no living one's" ||
    not_ok "sweeps the exact counts that it left, and no living one's" \
        "$(ls -A "$WORK/kept")"

# --- explain, eval ----------------------------------------------------------------
expect "a release is built" 0 "" build_release a
EDITION="$WORK/a/output/.inside/essai.edition.db"
expect "a number is explained" 0 "" "$P" explain --edition "$EDITION" \
    "cases|country/SY|TOUS|T|T|2021|T|count"
grep -q "^source" "$WORK/out" && ok "with its source" || not_ok "with its source"
hidden=$(sqlite3 "$EDITION" "SELECT count(*) FROM cell WHERE status = 'c'")
[ "$hidden" -gt 0 ] && ok "the fixture has confidential cells" ||
    not_ok "the fixture has confidential cells"
expect "an unknown cell is named" 2 "no cell" "$P" explain \
    --edition "$EDITION" "cases|nowhere"
cat >"$WORK/e.lua" <<'L'
local rate, lower, upper = stats.crude_rate(11, 100000, 100000)
print(string.format("%.1f %.2f %.2f", rate, lower, upper))
L
expect "eval runs a script" 0 "" "$P" eval "$WORK/e.lua"
grep -q "^11.0 5.49 19.68" "$WORK/out" && ok "eval knows Garwood" ||
    not_ok "eval knows Garwood" "$(cat "$WORK/out")"

cat >"$WORK/n.lua" <<'L'
local list = {}
for k, i in ipairs(pays.neighbours[pays.place["29"]]) do list[k] = pays.codes[i] end
print(#pays.codes, table.concat(list, " "))
L
expect "eval knows neighbours" 0 "" "$P" eval "$WORK/n.lua" \
    --neighbours pays=departement
grep -q "^101	22 56" "$WORK/out" && ok "Finistère touches two" ||
    not_ok "Finistère touches two" "$(cat "$WORK/out")"
expect "a level without boundaries is named" 2 "no boundaries for level 'epci'" \
    "$P" eval "$WORK/n.lua" --neighbours pays=epci
expect "neighbours need a name" 1 "expected NAME=LEVEL" \
    "$P" eval "$WORK/n.lua" --neighbours departement

# --- map and chart -------------------------------------------------------------------
printf 'code,value,status\n29,12.5,v\n35,14.0,v\n22,,c\n56,9.1,v\n' >"$WORK/m.csv"
for kind in svg png pdf; do
    expect "a map as $kind" 0 "" "$P" map --level departement --values \
        "$WORK/m.csv" -o "$WORK/m.$kind" --title "Essai"
    [ -s "$WORK/m.$kind" ] && ok "the $kind is there" || not_ok "the $kind is there"
done
grep -q "secret statistique" "$WORK/m.svg" && ok "the map says what is secret" ||
    not_ok "the map says what is secret"
printf 'code,value,lower,upper,status\n29,1.2,1.1,1.3,\n35,1,0.8,1.2,\n22,,,,c\n' \
    >"$WORK/r.csv"
expect "a map of significance" 0 "" "$P" map --level departement --values \
    "$WORK/r.csv" -o "$WORK/r.svg" --kind significance --reference 1
grep -q "significativement supérieur à 1,0" "$WORK/r.svg" &&
    ok "the legend says what is significant" ||
    not_ok "the legend says what is significant"
expect "significance needs a reference" 1 "reference" "$P" map --level \
    departement --values "$WORK/r.csv" -o "$WORK/s.svg" --kind significance
expect "a map of circles" 0 "" "$P" map --level departement --values \
    "$WORK/m.csv" -o "$WORK/o.svg" --kind circles
printf 'code,value,facet\n29,12,Hommes\n35,14,Hommes\n29,7,Femmes\n35,9,Femmes\n' \
    >"$WORK/s.csv"
expect "small multiples" 0 "" "$P" map --level departement --values \
    "$WORK/s.csv" -o "$WORK/u.svg" --title "Essai"
grep -q 'id="[^"]*f2-metropole-29"' "$WORK/u.svg" && ok "each facet has its areas" ||
    not_ok "each facet has its areas"
expect "fixed classes" 0 "" "$P" map --level departement --values "$WORK/m.csv" \
    -o "$WORK/b.svg" --breaks 10,13
grep -q "13,0 et plus (1)" "$WORK/b.svg" && ok "breaks are kept" ||
    not_ok "breaks are kept"
expect "breaks are numbers" 1 "numbers with commas" "$P" map --level \
    departement --values "$WORK/m.csv" -o "$WORK/s.svg" --breaks 10,x
expect "a level without boundaries is named" 2 "commune.geo" "$P" map \
    --level commune --values "$WORK/m.csv" -o "$WORK/n.svg"
printf 'code,value,lower,upper,series\n2019,10,9,11,A\n2020,11,10,12,A\n' \
    >"$WORK/c.csv"
expect "a chart" 0 "" "$P" chart --kind line --values "$WORK/c.csv" \
    -o "$WORK/c.svg"
printf 'code,value,lower,upper,role,series\nA,10,9,11,,\nB,12,10,14,,\nA,1,1,2,rank,r\nB,2,1,2,rank,r\n' \
    >"$WORK/f.csv"
expect "a caterpillar with ranks and a reference" 0 "" "$P" chart --kind \
    caterpillar --values "$WORK/f.csv" -o "$WORK/f.svg" --reference 11 \
    --reference-label "France"
grep -q "2 \[1 ; 2\]" "$WORK/f.svg" && grep -q "France" "$WORK/f.svg" &&
    ok "ranks have their interval" || not_ok "ranks have their interval"
expect "a kind without place for ranks says so" 2 "kind 'rank'" "$P" chart \
    --kind bar --values "$WORK/f.csv" -o "$WORK/g.svg"
printf 'code,value,role\nA,1,median\n' >"$WORK/h.csv"
expect "an unknown role has file and line" 2 "h.csv:2" "$P" chart --kind dot \
    --values "$WORK/h.csv" -o "$WORK/h.svg"
[ ! -e "$WORK/g.svg" ] && [ ! -e "$WORK/h.svg" ] &&
    ok "a refused chart leaves no file" || not_ok "a refused chart leaves no file"
expect "an unknown kind of chart is named" 1 "pie" "$P" chart --kind pie \
    --values "$WORK/c.csv" -o "$WORK/d.svg"
printf 'code,value\n29,abc\n' >"$WORK/x.csv"
expect "a bad number has file and line" 2 "x.csv:2" "$P" map --level \
    departement --values "$WORK/x.csv" -o "$WORK/x.svg"
expect "boundaries are described" 0 "" "$P" geo info geo/departement.geo

# --- names that are near -------------------------------------------------------
told "there is no 'crude_rat' here; the nearest name is 'crude_rate'" \
    'print(stats.crude_rat(1, 2, 3))'
