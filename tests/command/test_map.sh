#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# `panorama map`: tiles, locators, probabilities, classes that a series shares.
. tests/command/lib.sh
P=$PANORAMA

draw() { "$P" map --level departement "$@"; }
says() { grep -q "$2" "$WORK/$1" && ok "$3" || not_ok "$3" "no '$2' in $1"; }
lacks() { grep -q "$2" "$WORK/$1" && not_ok "$3" "'$2' in $1" || ok "$3"; }

printf 'code,value,status\n29,12.5,v\n35,14.0,v\n22,,c\n56,9.1,v\n44,11,v\n' \
    >"$WORK/m.csv"

# --- tiles ------------------------------------------------------------------------
expect "a map of tiles" 0 "" draw --values "$WORK/m.csv" --kind tiles \
    -o "$WORK/t.svg" --title "Essai"
says t.svg '>2A</text>' "a tile has its code"
says t.svg 'Finistère (29)' "and the name of its area"
says t.svg 'Outre-mer' "overseas areas stand apart"
expect "a map of tiles as PNG" 0 "" draw --values "$WORK/m.csv" --kind tiles \
    -o "$WORK/t.png"
expect "an unknown kind is named" 1 "tiles or locator" draw --values \
    "$WORK/m.csv" --kind hexagons -o "$WORK/x.svg"

# --- codes that are not those of the level ----------------------------------------
printf 'code,value\nFR-X,1\nFR-Y,2\nFR-Z,3\nFR-W,3\n' >"$WORK/u.csv"
expect "codes that no area has are named" 2 \
    "u.csv: no code is an area of level 'departement': 'FR-X' .line 2., 'FR-Y' .line 3., 'FR-Z' .line 4. and others$" \
    draw --values "$WORK/u.csv" -o "$WORK/u.svg"
[ ! -e "$WORK/u.svg" ] && ok "and nothing is drawn" || not_ok "and nothing is drawn"
printf 'code,value\n1,1\n2,2\n' >"$WORK/u.csv"
expect "codes that lost their zero" 2 "code '1' has lost its zero, expected '01'" \
    draw --values "$WORK/u.csv" -o "$WORK/u.svg"
printf 'code,value\n2A,1\n2B,2\n29,3\n' >"$WORK/u.csv"
expect "codes of another level" 2 \
    "'2A' .line 2., '2B' .line 3., '29' .line 4.; level 'departement' has such codes" \
    "$P" map --level region --values "$WORK/u.csv" -o "$WORK/u.svg"
printf 'code,value\n29,1\n35,2\nXX,3\n' >"$WORK/u.csv"
expect "some codes that no area has are counted" 0 \
    "warning: .*u.csv: 1 of 3 codes is no area of level 'departement': 'XX' .line 4." \
    draw --values "$WORK/u.csv" -o "$WORK/u.svg"
printf 'code,value\n29,1\n35,2\n5 6,3\n' >"$WORK/u.csv"
expect "and what may have been meant is told" 0 "nearest to '5 6' is '56'$" \
    draw --values "$WORK/u.csv" -o "$WORK/u.svg"

# --- files and options that are none ----------------------------------------------
# bad NAME PATTERN CONTENT: a file of values is refused, and nothing drawn.
bad() {
    printf "$3" >"$WORK/bad.csv"
    expect "$1" 2 "$2" draw --values "$WORK/bad.csv" -o "$WORK/bad.svg"
    [ ! -e "$WORK/bad.svg" ] || not_ok "$1: and nothing is drawn"
}
bad "a header without rows" "bad.csv: expected rows of values" 'code,value\n'
bad "a decimal comma" "bad.csv:2: column 'value': '1,5' is not a number: expected a decimal point" \
    'code,value\n29,"1,5"\n'
bad "tabs in the place of commas" "bad.csv:1: expected commas between the columns, found tabs" \
    'code\tvalue\n29\t1\n'
bad "a column of another name" "bad.csv:1: no column 'code'; the nearest is 'Code'" \
    'Code,value\n29,1\n'
expect "a width that is none" 1 "width '-5': expected 1 to 5000 points" \
    draw --values "$WORK/m.csv" --width -5 -o "$WORK/x.svg"
expect "nor one too small for a map" 1 "map: a page 100 pt wide is too small" \
    draw --values "$WORK/m.csv" --width 100 -o "$WORK/x.svg"
expect "nor for a chart" 1 "at least [0-9]* pt wide" "$P" chart --kind bar \
    --values "$WORK/m.csv" --width 10 -o "$WORK/x.svg"
expect "an unknown palette is named" 1 "no palette 'nope'; expected" draw \
    --values "$WORK/m.csv" --palette nope -o "$WORK/x.svg"
expect "limits rise" 1 "finite and rising" draw --values "$WORK/m.csv" \
    --breaks 20,10 -o "$WORK/x.svg"
expect "a logarithm needs a reference above 0" 1 "a reference above 0" "$P" \
    chart --kind dot --log-scale --reference 0 --values "$WORK/m.csv" \
    -o "$WORK/x.svg"
# --- texts that no figure shows ---------------------------------------------------
printf 'code,label,value\n29,ש,1\n35,B,2\n' >"$WORK/t.csv"
for ending in svg png pdf; do
    expect "a character without glyph is of the picture that was asked for" 2 \
        "picture '$WORK/x.$ending': text 'ש': .*no character U.05E9" "$P" chart \
        --kind bar --values "$WORK/t.csv" -o "$WORK/x.$ending"
done
printf 'code,label,value\n29,A,1\n35,a\342\200\256b,2\n' >"$WORK/t.csv"
expect "a name that turns around is no title of an area" 2 \
    "t.csv:3: column 'label' holds the character U.202E" draw \
    --values "$WORK/t.csv" -o "$WORK/x.svg"
printf 'code,label,value\n29,A,1\n' >"$WORK/t.csv"
expect "slopes of one place are of a file" 2 \
    "t.csv: chart 'slope': slopes need values at two places" "$P" chart \
    --kind slope --values "$WORK/t.csv" -o "$WORK/x.svg"
long="Valeur de l’ensemble du territoire, outre-mer compris, moyenne des années"
printf 'code,label,value\n29,A,1\n35,B,2\n' >"$WORK/t.csv"
expect "a reference of many words" 0 "" "$P" chart --kind dot \
    --values "$WORK/t.csv" -o "$WORK/w.svg" --reference 1e6 \
    --reference-label "$long $long"
[ "$(grep -c 'Valeur de l’ensemble.*</text>' "$WORK/w.svg")" -ge 1 ] &&
    ! grep -q "<text[^>]*>$long $long" "$WORK/w.svg" &&
    ok "has lines that stay on the page" || not_ok "has lines that stay on the page"
expect "a level that is misspelt" 2 \
    "no boundaries for level 'departements'.*; the nearest is 'departement'" \
    "$P" map --level departements --values "$WORK/m.csv" -o "$WORK/x.svg"
expect "an option that is misspelt" 1 "unknown option '--vlaues'; the nearest is --values" \
    draw --vlaues "$WORK/m.csv" -o "$WORK/x.svg"
expect "a command that is misspelt" 1 "unknown command 'biuld'; the nearest is build" \
    "$P" biuld
expect "a project that is nowhere" 1 "project 'nowhere': expected a directory" \
    draw --values "$WORK/m.csv" --project nowhere -o "$WORK/x.svg"
expect "a project that is a file" 1 "expected a directory" \
    draw --values "$WORK/m.csv" --project "$WORK/m.csv" -o "$WORK/x.svg"
# --- locator ----------------------------------------------------------------------
expect "a locator needs no values" 0 "" draw --kind locator --focus 29 \
    -o "$WORK/l.svg" --lang en
says l.svg 'Locator map: Finistère (29), in the north-west' "it says where"
says l.svg 'Côtes-d’Armor' "it names the rest of the region"
expect "a locator needs a code" 1 "needs the code in focus" draw --kind locator \
    -o "$WORK/x.svg"
expect "an unknown code is named" 1 "focus '99'" draw --kind locator \
    --focus 99 -o "$WORK/x.svg"
printf 'code,value\n29,1\n35,2\n22,3\n' >"$WORK/f.csv"
expect "so is one that any other map is to put in focus" 1 \
    "focus '99': level 'departement' has no such area; the nearest is '09'" draw \
    --values "$WORK/f.csv" --focus 99 -o "$WORK/x.svg"
expect "a map with an area in focus" 0 "" draw --values "$WORK/f.csv" \
    --focus 29 -o "$WORK/f.svg"
expect "other kinds need values" 1 "needs --level" draw -o "$WORK/x.svg"

# --- probability and histogram ----------------------------------------------------
printf 'code,value\n29,0.01\n35,0.97\n22,0.5\n' >"$WORK/p.csv"
expect "probabilities" 0 "" draw --values "$WORK/p.csv" --method probability \
    --histogram -o "$WORK/p.svg"
says p.svg 'très probablement supérieur (P.*≥ 0,95) (1)' "classes are in words"
says p.svg 'Nombre de territoires selon la valeur' "the histogram is there"
printf 'code,value\n29,97\n' >"$WORK/q.csv"
printf "code,value\n29,97\n35,3\n" >"$WORK/r.csv"
expect "but is one in percent" 0 "" draw --values "$WORK/r.csv" --method \
    probability --percent -o "$WORK/r.svg"
says r.svg "≥ 95[^,]*%) (1)" "its limits are in percent"
expect "a percentage is no probability" 2 "q.csv:2: .*'29': a probability" draw --values \
    "$WORK/q.csv" --method probability -o "$WORK/x.svg"

# --- the same classes again -------------------------------------------------------
expect "limits are kept" 0 "" draw --values "$WORK/m.csv" --classes 3 \
    --breaks-to "$WORK/breaks.csv" -o "$WORK/a.svg"
printf 'code,value\n29,30\n35,1\n22,11\n' >"$WORK/next.csv"
expect "and used again" 0 "" draw --values "$WORK/next.csv" \
    --breaks-from "$WORK/breaks.csv" --breaks-to "$WORK/again.csv" \
    -o "$WORK/b.svg"
cmp -s "$WORK/breaks.csv" "$WORK/again.csv" && ok "they are the same" ||
    not_ok "they are the same" "$(cat "$WORK/breaks.csv" "$WORK/again.csv")"
[ "$(cat "$WORK/breaks.csv")" = "break
10
14" ] && ok "the file is plain" || not_ok "the file is plain"
says b.svg '14 et plus (1)' "the next map has these classes"
expect "limits come from one place" 1 "goes without" draw --values \
    "$WORK/m.csv" --breaks-from "$WORK/breaks.csv" --breaks 1,2 \
    -o "$WORK/x.svg"
printf 'break\n10\nx\n' >"$WORK/bad.csv"
expect "a bad limit has file and line" 2 "bad.csv:3" draw --values \
    "$WORK/m.csv" --breaks-from "$WORK/bad.csv" -o "$WORK/x.svg"
printf 'limit\n10\n' >"$WORK/bad.csv"
expect "the column is named" 2 "expected the column break" draw --values \
    "$WORK/m.csv" --breaks-from "$WORK/bad.csv" -o "$WORK/x.svg"
expect "circles have no limits to keep" 1 "no classes of values" draw --values \
    "$WORK/m.csv" --kind circles --breaks-to "$WORK/c.csv" -o "$WORK/x.svg"
[ ! -e "$WORK/x.svg" ] && ok "a refused map leaves no file" ||
    not_ok "a refused map leaves no file"

# --- names and digits -------------------------------------------------------------
says a.svg 'Ille-et-Vilaine (35)' "names come from the boundaries"
says a.svg 'Secret statistique.*Côtes-d’Armor' "also in the alternative text"
printf 'code,value\n29,84.96\n35,85.04\n' >"$WORK/d.csv"
expect "limits with the digits they need" 0 "" draw --values "$WORK/d.csv" \
    --breaks 85 --decimals 1 -o "$WORK/d.svg"
says d.svg '85,00 et plus (1)' "no area changes its class by rounding"
says d.svg 'Limites avec 2 décimales' "and it is said"
lacks b.svg 'décimales' "not where it is not so"

# --- decimals ---------------------------------------------------------------------
printf 'code,value\n29,0.84\n35,1.2\n22,1.10\n' >"$WORK/ratio.csv"
expect "ratios" 0 "" draw --values "$WORK/ratio.csv" -o "$WORK/f.svg"
says f.svg 'Finistère (29).: 0,84<' "a value has the digits of the file"
printf 'code,value\n29,28225\n35,9\n22,3.0e2\n' >"$WORK/count.csv"
expect "counts" 0 "" draw --values "$WORK/count.csv" --kind circles \
    -o "$WORK/g.svg"
says g.svg '28.225<' "a whole number has none"
printf 'code,value\n29,12\n35,8\n22,10\n' >"$WORK/whole.csv"
expect "a reference with digits" 0 "" draw --values "$WORK/whole.csv" \
    --method around --reference 10.5 -o "$WORK/h.svg"
says h.svg '10,5' "keeps them"
printf 'code,value\n29,0.123456789\n35,1\n' >"$WORK/long.csv"
expect "long numbers" 0 "" draw --values "$WORK/long.csv" -o "$WORK/k.svg"
says k.svg '0,12<' "that a program wrote are three digits of the largest"
printf 'code,value\n29,95.20341873\n35,7.5\n' >"$WORK/long.csv"
expect "a rate of many digits" 0 "" draw --values "$WORK/long.csv" \
    -o "$WORK/k.svg"
says k.svg '95,2<' "has one"
expect "decimals are whole" 1 "whole number from 0 to 12" draw --values \
    "$WORK/m.csv" --decimals 1.5 -o "$WORK/x.svg"
expect "a chart" 0 "" "$P" chart --kind dot --values "$WORK/ratio.csv" \
    -o "$WORK/chart.svg"
says chart.svg '0,84' "takes the digits of the file too"

# --- codes that are not drawn -----------------------------------------------------
printf 'code,value\n29,12.5\n35,14.5\n972,40.5\n99,90.5\n' >"$WORK/out.csv"
expect "codes without boundary" 0 "" draw --values "$WORK/out.csv" --layout \
    metropole --classes 2 -o "$WORK/o.svg"
says o.svg 'De 12,5 (Finistère) à 14,5 (Ille-et-Vilaine), 2 territoires' \
    "the range is that of what is drawn"
says o.svg 'Sans contour sur la carte.: 972, 99' "the others are named"

# --- options ----------------------------------------------------------------------
expect "an option given twice is named" 1 "'--title' is given twice" draw \
    --values "$WORK/m.csv" --title A --title=B -o "$WORK/x.svg"
expect "also by its short name" 1 "'--output' is given twice" draw --values \
    "$WORK/m.csv" --output "$WORK/x.svg" -o "$WORK/y.svg"
for n in 1 3.7 8 50 x; do
    expect "no map has $n classes" 1 "classes '$n': expected a whole" draw \
        --values "$WORK/m.csv" --classes $n -o "$WORK/x.svg"
done
for n in -2 0 1.5 1e30; do
    expect "nor $n columns" 1 "columns '$n': expected a whole" draw --values \
        "$WORK/m.csv" --columns=$n -o "$WORK/x.svg"
done

# --- options that go together ---------------------------------------------------
expect "factors go with classes around" 1 "usage.factors.*--method around" \
    draw --values "$WORK/m.csv" --factors -o "$WORK/x.svg"

# --- bad rows ---------------------------------------------------------------------
printf 'code,value\n29,1\n35,2\n29,3\n' >"$WORK/twice.csv"
expect "a code given twice has file and line" 2 \
    "twice.csv:4: code '29' is given twice, first in line 2" \
    draw --values "$WORK/twice.csv" -o "$WORK/x.svg"
printf 'code,value,facet\n29,1,A\n35,2,A\n29,3,B\n' >"$WORK/both.csv"
expect "but not in two facets" 0 "" draw --values "$WORK/both.csv" \
    -o "$WORK/both.svg"
printf 'code,value,lower,upper\n29,1,0.5,2\n35,2,3,4\n' >"$WORK/i.csv"
expect "an interval beside its value too" 2 "i.csv:3: the value is not between" \
    draw --values "$WORK/i.csv" --kind bivariate -o "$WORK/x.svg"
printf 'code,value\n29,1\n35,-2\n' >"$WORK/n.csv"
expect "and a negative circle" 2 "n.csv:3: .*no negative size" draw --values \
    "$WORK/n.csv" --kind circles -o "$WORK/x.svg"
printf 'code,value,lower,upper\n29,1,0.5,2\n35,2,3,1\n' >"$WORK/j.csv"
expect "an interval of a chart" 2 "j.csv:3: lower is above" "$P" chart --kind \
    dot --values "$WORK/j.csv" -o "$WORK/x.svg"
expect "and of a map that does not draw it" 2 "j.csv:3: lower is above" draw \
    --values "$WORK/j.csv" -o "$WORK/x.svg"
for n in 1e16 -1e300; do
    printf 'code,value,x\n29,1,1\n35,2,%s\n' $n >"$WORK/far.csv"
    expect "$n is beyond any scale" 2 \
        "far.csv:3: column 'x': '$n' is not a number of at most 1e15" "$P" \
        chart --kind scatter --values "$WORK/far.csv" -o "$WORK/x.svg"
    expect "as a reference too" 1 "at most 1e15" "$P" chart --kind bar --values \
        "$WORK/m.csv" --reference=$n -o "$WORK/x.svg"
done
printf 'code,value,x\n29,1e15,1e15\n35,-1e15,-1e15\n' >"$WORK/far.csv"
for kind in line scatter bar dot heat histogram funnel; do
    expect "$kind: what is not beyond it is drawn" 0 "" "$P" chart --kind $kind \
        --values "$WORK/far.csv" -o "$WORK/far.svg"
done
printf 'code,value,lower,upper,status\n29,1,0.5,2,v\n35,,3,4,c\n' >"$WORK/k.csv"
expect "what has no value has no interval" 2 "k.csv:3: value, lower and upper" \
    "$P" chart --kind dot --values "$WORK/k.csv" -o "$WORK/x.svg"
{
    echo code,value
    seq 1200 | sed 's/.*/t&,&/'
} >"$WORK/many.csv"
for e in png pdf; do
    expect "more rows than a $e can hold" 2 "$e.size: .*more than [0-9]*: it needs" \
        "$P" chart --kind bar --values "$WORK/many.csv" -o "$WORK/x.$e"
done
printf 'code,value\na,0.000000001\nb,0.000000002\n' >"$WORK/tiny.csv"
"$P" chart --kind bar --values "$WORK/tiny.csv" -o "$WORK/tiny.svg" &&
    grep -q '>0,000000002<' "$WORK/tiny.svg" && ok "no digit is lost" ||
    not_ok "no digit is lost"
printf 'code,value\na,1\nb,0\n' >"$WORK/zero.csv"
expect "a zero on a logarithmic axis" 2 "zero.csv:3: .*above 0, unlike that of 'b'" \
    "$P" chart --kind dot --log-scale --values "$WORK/zero.csv" -o "$WORK/x.svg"
printf 'code,value\na,1\nb,-2\n' >"$WORK/below.csv"
expect "a negative part" 2 "below.csv:3: .*not negative" "$P" chart --kind parts \
    --values "$WORK/below.csv" -o "$WORK/x.svg"
expect "bars begin at zero" 1 "bar.*no logarithmic axis" "$P" chart --kind bar \
    --log-scale --values "$WORK/m.csv" -o "$WORK/x.svg"
printf 'code,value,x\na,1,2020\nb,2,2020\n' >"$WORK/x.csv"
expect "two points at one place" 2 "x.csv:3: .*two points" "$P" chart --kind \
    line --values "$WORK/x.csv" -o "$WORK/x.svg"

# --- files that appear whole --------------------------------------------------------
cp "$WORK/m.csv" "$WORK/kept.csv"
expect "limits are not written over the values" 1 \
    "breaks-to '$WORK/kept.csv' would replace the input" draw --values \
    "$WORK/kept.csv" --breaks-to "$WORK/kept.csv" -o "$WORK/x.svg"
cmp -s "$WORK/m.csv" "$WORK/kept.csv" && ok "which stay" || not_ok "which stay"
expect "nor over the map" 1 "name the same file" draw --values "$WORK/m.csv" \
    --breaks-to "$WORK/x.svg" -o "$WORK/x.svg"
echo old >"$WORK/whole.svg"
little_room() ( trap '' XFSZ; ulimit -f 1; "$@" )
for kind in map chart; do
    set -- map --level departement
    [ $kind = chart ] && set -- chart --kind bar
    expect "a $kind that finds no room" 6 "too large" little_room "$P" "$@" \
        --values "$WORK/m.csv" -o "$WORK/whole.svg"
    same_as "leaves what was there" old "$(cat "$WORK/whole.svg")"
done
left=$(find "$WORK" -name '.whole*')
[ -z "$left" ] && ok "and nothing beside it" || not_ok "and nothing beside it" "$left"

# --- characters --------------------------------------------------------------------
printf 'code,value,label\n29,1,\346\227\245\n35,2,B\n' >"$WORK/glyph.csv"
for e in svg png pdf; do
    expect "what the font lacks is no $e" 2 "no character U.65E5" "$P" chart \
        --kind bar --values "$WORK/glyph.csv" -o "$WORK/glyph.$e"
    [ -e "$WORK/glyph.$e" ] && not_ok "no glyph.$e is left" || ok "no glyph.$e is left"
done
