#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# compare: the cells of two editions that changed, the counts of a new period
# that differ by more than chance, and the paragraphs to read again.
. tests/command/lib.sh
project a
project b
# The older store ends a year earlier, and one count of it is not what it was.
for t in cases deaths population screening survival prevalence stage estimate \
    coverage; do
    sqlite3 "$WORK/a/store.sqlite" "DELETE FROM $t WHERE period = '2022'"
done
sqlite3 "$WORK/a/store.sqlite" "UPDATE cases SET n = n + 40 WHERE sex = 'M'
    AND n = (SELECT max(n) FROM cases WHERE sex = 'M')"
# In the newer one men of one year have three times the cases.
sqlite3 "$WORK/b/store.sqlite" "UPDATE cases SET n = 3 * n WHERE sex = 'M'
    AND period = '2022'; UPDATE registry SET value = 's-2'
    WHERE key = 'snapshot'"
for p in a b; do
    sed -i 's/"count"/"count", "person_years"/' "$WORK/$p/data.lua"
    sed -i '0,/"count"/s//"count", "person_years"/' "$WORK/$p/report.lua"
    build_release $p
done
OLD=$(edition a essai) NEW=$(edition b essai)
compare() { "$PANORAMA" compare --project "$WORK/b" "$@"; }

expect "an edition is what it is" 0 "" compare "$NEW" "$NEW"
named "nothing of it is revised" ": 0 revised, 0 marked otherwise, 0 withheld now, 0 shown now, 0 without" "$WORK/out"
named "or to be read again" "0 paragraphs to read again" "$WORK/out"

expect "a missing edition is named" 2 "edition.missing: edition '$WORK/none.db': there is no such file" \
    compare "$NEW" "$WORK/none.db"
expect "a folder is no edition" 2 "edition.missing: edition '$WORK': there is no such file" \
    compare "$WORK" "$NEW"

expect "two editions" 0 "" compare "$OLD" "$NEW" -o "$WORK/changes.csv"
cp "$WORK/out" "$WORK/told"
head -1 "$WORK/changes.csv" | grep -qx \
    "kind,table,cell,before,now,difference_percent,cell_before,probability,adjusted" &&
    ok "are a table" || not_ok "are a table" "$(head -1 "$WORK/changes.csv")"
# The file against the two editions, read by another program.
/usr/bin/python3 "$ROOT/tests/command/changes_again.py" \
    "$WORK/a/output/essai/data/data-cases.csv" \
    "$WORK/b/output/essai/data/data-cases.csv" "$WORK/changes.csv" >"$WORK/again" 2>&1 && ok "that another program makes as well" ||
    not_ok "that another program makes as well" "$(tail -5 "$WORK/again")"
grep -q "^revised cases|.*|2021|T|count: [0-9]* -> [0-9]* (-[0-9.]* %)$" \
    "$WORK/told" && ok "a revision is told in percent" ||
    not_ok "a revision is told in percent" "$(head -3 "$WORK/told")"
grep -q "^differs cases|.*|M|T|2022|T|count: [0-9]* after [0-9]* (cases|.*|M|T|2021|T|count), adjusted p <0.000001" \
    "$WORK/told" && ok "a new year that differs is named with the earlier one" ||
    not_ok "a new year that differs is named with the earlier one" "$(tail -8 "$WORK/told")"
named "texts are compared" "1 paragraph to read again" "$WORK/told"
grep -q "^report.lua:[0-9]*: {text()}: '" "$WORK/told" &&
    ok "and those whose values changed are named" ||
    not_ok "and those whose values changed are named" "$(tail -3 "$WORK/told")"

expect "small revisions are counted" 0 "" compare "$OLD" "$NEW" --revision 1000
grep -q "^revised" "$WORK/out" && not_ok "not listed" || ok "not listed"
same_as "all of them" "$(grep "in both" "$WORK/told")" "$(grep "in both" "$WORK/out")"
expect "a threshold that is none" 1 "expected percent, at least 0" compare \
    "$OLD" "$NEW" --revision much
expect "without scripts cells are compared" 0 "" "$PANORAMA" compare "$OLD" \
    "$NEW" --project "$WORK"
named "and it is said that texts were not" "texts were not compared: no panorama.lua" "$WORK/out"
expect "a file that is no edition" 2 "" compare "$OLD" "$WORK/changes.csv"
expect "one that is not there" 2 "none.db'" compare "$OLD" "$WORK/none.db"
expect "a place that cannot be written to" 6 "" compare "$OLD" "$NEW" \
    -o "$WORK/none/changes.csv"
cp "$OLD" "$WORK/old.db"
expect "an edition is not written over" 1 "" compare "$OLD" "$NEW" -o "$OLD"
cmp -s "$OLD" "$WORK/old.db" && ok "and stays" || not_ok "and stays"
empty_beside=$(ls -A "$(dirname "$OLD")" | grep -c tmp)
same_as "with nothing beside it" 0 "$empty_beside"
expect "one edition alone" 1 "" compare "$OLD"
