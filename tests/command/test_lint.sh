#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# lint: what is wrong with a figure is told with file and line, before any
# count is read; what is waived is told to readers.
. tests/command/lib.sh
P="$PANORAMA"
project a
line=$(grep -n -- "-- PAGE" "$WORK/a/report.lua" | cut -d: -f1)

# with LUA: the report's page() begins with it.
with() {
    rm -rf "$WORK/b"
    cp -r "$WORK/a" "$WORK/b"
    sed -i "s|-- PAGE|local t = doc:table(\"sites\") $1|" "$WORK/b/report.lua"
}
# finds NAME LUA PATTERN: lint names the line and says PATTERN.
finds() {
    with "$2"
    expect "lint: $1" 3 "report.lua:$line: $3" "$P" lint --project "$WORK/b"
}

expect "good pages are tried" 0 "" "$P" lint --project "$WORK/a"
grep -q "[1-9][0-9]* pages: no finding" "$WORK/out" &&
    ok "lint says how many" || not_ok "lint says how many" "$(cat "$WORK/out")"
expect "one report is tried" 0 "" "$P" lint data --project "$WORK/a"
grep -q "^1 report, 1 table, 1 page: no finding" "$WORK/out" &&
    ok "and is one" || not_ok "and is one" "$(cat "$WORK/out")"
finds "a chart that hides its interval" \
    'doc:chart { table = t, column = "crude_rate", interval = false }' \
    "uncertainty: interval = false hides"
finds "a kind that draws none" \
    'doc:chart { kind = "dumbbell", table = t, column = "crude_rate" }' \
    "uncertainty: the kind 'dumbbell' draws no interval of 'crude_rate'"
finds "a figure without source" \
    'doc:chart { table = t, column = "crude_rate", source = "" }' \
    "source: a figure names where its numbers come from"
finds "a map without source" \
    'doc:map { table = t, column = "crude_rate", level = "region", source = "" }' \
    "source: a figure names where its numbers come from"
finds "a table without source" \
    'doc:grid { table = t, rows = "site", columns = "count", source = "" }' \
    "source: a table names where its numbers come from"
finds "a table of texts without source" \
    'facts { id = "f", title = "F", columns = { "a" }, rows = { { "b" } } }' \
    "source: a table names where its numbers come from"
finds "a choropleth of counts" \
    'doc:map { table = t, column = "count", level = "region" }' \
    "column 'count': a map shows rates and shares, never counts"
finds "a waiver without reason" \
    'doc:chart { table = t, column = "crude_rate", interval = false, waive = { uncertainty = "" } }' \
    "waive: uncertainty: expected the reason"
finds "an unknown column" 't:cell { column = "cout" }' "column 'cout': .*the nearest is 'count'"
# plans NAME LUA PATTERN: the report's plan() begins with it.
plans() {
    rm -rf "$WORK/b"
    cp -r "$WORK/a" "$WORK/b"
    sed -i "s|-- PLAN|$2|" "$WORK/b/report.lua"
    expect "lint: $1" 3 "$3" "$P" lint --project "$WORK/b"
}
plans "a measure that the store has not" \
    'p.table { id = "x", title = "X", measure = "none", period = "all", values = "count" }' \
    "table 'profil.x': the store has no measure 'none'"
plans "a site that the store has not" \
    'p.table { id = "x", title = "X", measure = "cases", site = "code:NONE", period = "all", values = "count" }' \
    "table 'profil.x': .*'NONE'"
plans "a statistic of a column that is not there" \
    'p.statistic { id = "x", title = "X", from = "sites", kind = "rank", along = "territory", value = "none" }' \
    "statistic 'profil.x': value: table 'profil.sites' has no column 'none'"
# --- references and sources
with 'if true then return { text("[@fig:carte]") } end'
expect "lint: a reference to a figure that is not there" 3 \
    "report.lua:$line: \[@fig:carte\]: there is no figure 'carte'" \
    "$P" lint --project "$WORK/b"
with 'if true then return { text("Voir [@ref:fay1997]."), bibliography() } end'
mkdir -p "$WORK/b/templates/prose"
cat >"$WORK/b/templates/prose/bibliography.csv" <<-EOF
	key,authors,title,source,doi
	fay1997,Fay MP,A title,A journal,
EOF
expect "a publication that is cited is fine" 0 "" "$P" lint --project "$WORK/b"
echo "wilson1927,Wilson EB,A title,A journal," >>"$WORK/b/templates/prose/bibliography.csv"
expect "lint: a publication that nothing cites" 3 \
    "templates/prose/bibliography.csv: no document cites 'wilson1927'" \
    "$P" lint --project "$WORK/b"
with 'if true then return { heading(1, "A", "a"), text("[b](#c)") } end'
expect "lint: a link that leads nowhere" 3 \
    "report.lua:$line: the link '#c' leads nowhere" "$P" lint --project "$WORK/b"
finds "an id that is given twice" \
    'if true then return { heading(1, "A", "a"), heading(1, "B", "a") } end' \
    "id 'a': used twice in this document"
with 'if true then return { heading(1, "A") } end'
expect "lint: a chapter with nothing in it" 3 \
    "report.lua:$line: the heading 'A' has nothing under it" \
    "$P" lint --project "$WORK/b"
expect "and the build says the same" 3 \
    "report.lua:$line: the heading 'A' has nothing under it" \
    "$P" build --project "$WORK/b" --quiet
with 'if doc.place.code == "02" then return text("[@fig:carte]") end'
expect "lint: what is wrong in one document of many" 3 \
    "departement 02: report.lua:$line: \[@fig:carte\]: there is no figure" \
    "$P" lint --project "$WORK/b"
with 'if true then return { text("中") } end'
expect "lint: a character that the font has not" 2 \
    "report.lua:$line: the font has no character U\+4E2D" \
    "$P" lint --project "$WORK/b"
with 'if true then return { facts { id = "f", title = string.rep("Sans fin ", 3000), columns = { "a" }, rows = { { "b" } }, source = "c" } } end'
expect "lint: what is higher than a page" 3 \
    "what begins with 'Sans fin .*' is higher than a page" \
    "$P" lint --project "$WORK/b"
# --- the editors' text
with 'local unused = function() return prose("a") end'
mkdir -p "$WORK/b/templates/prose/fr"
printf 'Un.\n\n| a | b |\n|---|---|\n| c | d |\n' >"$WORK/b/templates/prose/fr/a.md"
expect "lint: a table in a text that no page tries" 3 \
    "^panorama: error lint.prose: templates/prose/fr/a.md:3: the text may hold only paragraphs" \
    "$P" lint --project "$WORK/b" --store "$WORK/none.sqlite"
named "it is a remark" "a.md:3: error: the text may hold only paragraphs, headings, bulleted lists and quotes [markdown]" "$WORK/out"
finds "a number in a sentence" \
    'local x = text("12 cas")' \
    "the number 12 is written in the text"
grep -q "report.lua:$line: error: the number 12 .*\[number\]" "$WORK/out" &&
    ok "every remark has its line and code" ||
    not_ok "every remark has its line and code" "$(cat "$WORK/out")"
with 'local x = text("Un mot  de trop...")'
expect "warnings are told" 0 "" "$P" lint --project "$WORK/b"
[ "$(grep -c "^report.lua:$line: warning: " "$WORK/out")" = 2 ] &&
    grep -q "no other finding" "$WORK/out" && ok "and lint goes on" ||
    not_ok "and lint goes on" "$(cat "$WORK/out")"
with ''
mkdir -p "$WORK/b/templates/prose/fr" "$WORK/b/templates/prose/en"
echo "Un texte." >"$WORK/b/templates/prose/fr/a.md"
expect "lint: a text that has no translation" 3 \
    "templates/prose/en/a.md:1: missing: 'templates/prose/fr/a.md' has no" \
    "$P" lint --project "$WORK/b" --lang en
with 'local x = prose("a")'
mkdir -p "$WORK/b/templates/prose/fr"
echo "Un texte." >"$WORK/b/templates/prose/fr/a.md"
expect "the build of a missing translation names the file" 3 \
    "there is no readable file 'templates/prose/en/a.md'" \
    "$P" build --project "$WORK/b" --lang en --quiet

echo nothing >"$WORK/not.sqlite"
expect "lint: a store that is none" 2 "" "$P" lint --project "$WORK/a" \
    --store "$WORK/not.sqlite"
with 'local waived = doc:chart { id = "x", table = t, column = "crude_rate", interval = false, waive = { uncertainty = "un essai" } }'
# A report's own house style is read too, with or without a store.
cp "$WORK/b/report.lua" "$WORK/plain.lua"
sed -i 's/^  id = "profil",/&  theme = "house.csv",/' "$WORK/b/report.lua"
printf 'key,value\nzebra,1\nmuted,#9aa0a6\n' >"$WORK/b/house.csv"
expect "a report in a grey that cannot be read" 2 \
    "report 'profil': .*house.csv' line 3: contrast of muted on white" \
    "$P" lint --project "$WORK/b" --store "$WORK/none.sqlite"
cp "$WORK/plain.lua" "$WORK/b/report.lua"
expect "a reason is enough" 0 "" "$P" lint --project "$WORK/b"
expect "without a store no page is tried" 0 "" "$P" lint --project "$WORK/b" \
    --store "$WORK/none.sqlite"
grep -q "no page was tried" "$WORK/out" && ok "and lint says so" ||
    not_ok "and lint says so"
[ -z "$(ls -d "${TMPDIR:-/tmp}"/panorama-lint.* 2>/dev/null)" ] &&
    ok "nothing is left behind" || not_ok "nothing is left behind"

expect "a release whose waived figure is on no page is built" 0 "" "$P" \
    build --project "$WORK/b" --quiet
grep -q '"figure_waivers": \[\]' "$WORK"/b/output/essai/manifest.json &&
    ok "its manifest has nothing to tell" ||
    not_ok "its manifest has nothing to tell"
sed -i 's|heading(1, "Essai|waived, heading(1, "Essai|' "$WORK/b/report.lua"
expect "a release with a waived figure is built" 0 "" "$P" build --project \
    "$WORK/b" --quiet --replace
grep -q '"kind": "uncertainty", "reason": "un essai"' \
    "$WORK"/b/output/essai/manifest.json &&
    ok "its manifest tells the reason" ||
    not_ok "its manifest tells the reason"
