#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# lint --stale, --written, --verbs: what texts say in a sealed edition, and the
# paragraphs to read again when that has changed.
. tests/command/lib.sh
P="$PANORAMA"
project a
mkdir -p "$WORK/a/templates/prose/fr"
# No page.css in it: pages have the style of the program.
cp "$ROOT"/templates/theme.csv "$WORK/a/templates/"
printf 'Un texte.\n\nEn tout, {cas} cas ; le taux %s.\n' 'est {sens}' \
    >"$WORK/a/templates/prose/fr/bilan.md"
sed -i 's|heading(1, "Essai " .. doc.place.in_),|& prose("bilan", {\
cas = t:cell { sex = "T", column = "count" },\
sens = (doc:trend(t:cell { sex = "F", column = "crude_rate" }, t:cell { sex = "M", column = "crude_rate" })) }),\
text("Un taux " .. ((t:cell { sex = "F", column = "crude_rate" }:value() or 0) > 0 and "connu" or "tu") .. "."),|' \
    "$WORK/a/report.lua"
WHERE="templates/prose/fr/bilan.md:3"
# lint ARGUMENTS...
lint() { "$P" lint --project "$WORK/a" "$@"; }

expect "a release is built" 0 "" build_release a
EDITION=$WORK/a/output/.inside/essai.edition.db

# Finished pages against the edition: a number of a text is found and named.
verify() {
    "$P" verify "$WORK/a/output/essai" --edition "$EDITION" \
        --project "$WORK/a" --quiet
}
grep -q '<style>' "$(find "$WORK/a/output" -name '*.html' | tail -1)" &&
    ok "templates of the project need no style of their own" ||
    not_ok "templates of the project need no style of their own"
expect "every value of every text is its cell's" 0 "" verify
NUMBERS=$(sed -n 's/.*documents* agrees* with the edition: \([0-9]*\) numbers.*/\1/p' "$WORK/out")
# Each page has four values of tables and texts at the least, and its table of
# data once more; a count of documents would be less.
[ "${NUMBERS:-0}" -gt 100 ] && ok "and it is told how many were compared" ||
    not_ok "and it is told how many were compared" "$(cat "$WORK/out")"
PAGE=$(grep -rlE 'En tout, [0-9]' --include='*.html' "$WORK/a/output/essai" |
    sort | head -1)
cp "$PAGE" "$WORK/page.html"
sed -Ei 's/(En tout, )[0-9]/\17/' "$PAGE"
expect "a changed number is named with its page, place and cell" 5 \
    "'$(basename "$PAGE")': \{cas\} of templates/prose/fr/bilan.md:3, cell 'cases\|" \
    verify
cp "$WORK/page.html" "$PAGE"
sed -Ei 's/En tout, /Au total, /' "$PAGE"
expect "a changed word too" 5 "the file differs after" verify
cp "$WORK/page.html" "$PAGE"
expect "nothing else was changed" 0 "" verify

expect "verbs of the last build" 0 "" lint --verbs
grep -q "^$WHERE: {sens} « .* » (profil region/N, fr): les intervalles de confiance .*IC95" \
    "$WORK/out" && ok "have their rule and values beside" ||
    not_ok "have their rule and values beside" "$(head -3 "$WORK/out")"
expect "without a record it is said what to do" 2 \
    "written.csv' is not there: give --since EDITION" lint --stale
expect "the record is written beside the prose" 0 "" lint --written
RECORD=$WORK/a/templates/prose/written.csv
head -1 "$RECORD" | grep -qx "report,territory,lang,section,file,name,nth,text" &&
    ok "as a table" || not_ok "as a table"
expect "nothing has changed since" 0 "" lint --stale
grep -q "none has changed" "$WORK/out" && ok "and lint says so" ||
    not_ok "and lint says so"
cp "$RECORD" "$WORK/written.csv"
little_room() ( trap '' XFSZ; ulimit -f 1; "$@" )
expect "where there is no room for it" 6 "too large" \
    little_room "$P" lint --project "$WORK/a" --written
cmp -s "$RECORD" "$WORK/written.csv" && [ "$(ls -A "$WORK/a/templates/prose")" = \
    "$(printf 'fr\nwritten.csv')" ] && ok "the one that was there stays" ||
    not_ok "the one that was there stays" "$(ls -A "$WORK/a/templates/prose")"

# One value and one verb of one territory are not what they were.
awk -F, -v OFS=, '$2 == "region/N" && $6 == "cas" { $8 = "7" }
    $2 == "region/N" && $6 == "sens" { $8 = "autrement" } { print }' \
    "$WORK/written.csv" >"$RECORD"
expect "a paragraph is to be read again" 3 "1 paragraph to read again" \
    lint --stale --edition "$EDITION"
head -1 "$WORK/out" | grep -q "^$WHERE: verb {sens}: 'autrement' -> '.*' (profil region/N, fr): les intervalles" &&
    ok "verbs come first" || not_ok "verbs come first" "$(cat "$WORK/out")"
tail -1 "$WORK/out" | grep -q "^$WHERE: {cas}: '7' -> '.*' (profil region/N, fr)$" &&
    ok "then values, old and new" || not_ok "then values, old and new"
# A value that the script joined into its text has the line of the script.
awk -F, -v OFS=, '$2 == "region/N" && $6 == "text()" { $8 = "7" } { print }' \
    "$WORK/written.csv" >"$RECORD"
expect "what a script joins itself is followed" 3 "1 paragraph" lint --stale
grep -q "^.*report.lua:[0-9]*: {text()}: '7' -> '.*' (profil region/N, fr)$" \
    "$WORK/out" && ok "to the line of the script" ||
    not_ok "to the line of the script" "$(cat "$WORK/out")"
# So has one that the script computes with: the text does not say it.
sed -E 's/^(profil,region.N,.*,value\(\) in report.lua,1),.*/\1,7/' \
    "$WORK/written.csv" >"$RECORD"
expect "what a script computes with is followed" 3 "1 paragraph" lint --stale
grep -q "^report.lua:[0-9]*: {value() in report.lua}: '7' -> '.*' (profil region/N, fr)$" \
    "$WORK/out" && ok "to the text that is written on it" ||
    not_ok "to the text that is written on it" "$(cat "$WORK/out")"
cp "$WORK/written.csv" "$RECORD"
expect "another report has none" 0 "" lint data --stale
expect "an unknown report" 1 "the edition has no report 'none'" lint none --stale

# A value that the text does not say any more, and one that it said not.
sed 's/,cas,/,autre,/' "$WORK/written.csv" >"$RECORD"
expect "values that came and went" 3 "" lint --stale
grep -q "{cas}: nothing -> '.*, and [0-9]* more)$" "$WORK/out" &&
    grep -q "{autre}: '.*' -> nothing" "$WORK/out" &&
    ok "alike ones stand together" ||
    not_ok "alike ones stand together" "$(cat "$WORK/out")"

expect "an edition against itself" 0 "" lint --stale --since "$EDITION"
sed -i 's/, {cas} cas/ {cas} cas/' "$WORK/a/templates/prose/fr/bilan.md"
expect "words alone may change" 0 "" lint --stale --since "$EDITION"
echo "report,territory" >"$RECORD"
expect "a record that is none" 2 "written.csv: no column 'lang'" lint --stale
expect "--since is for --stale" 1 "is for --stale" lint --since "$EDITION"
expect "--edition is for a sealed edition" 1 "is for --stale" lint \
    --edition "$EDITION"
expect "--written is for all reports" 1 "for all reports" lint profil --written

# An older edition that has not a table which the script asks for now.
cp "$WORK/written.csv" "$RECORD"
cp "$EDITION" "$WORK/older.db"
sed -i 's|-- PLAN|p.table { id = "ages", title = { fr = "Cas par sexe", en = "Cases" },\
measure = "cases", person_years = "population", territory = "all", site = "all",\
sex = { "M", "F" }, age = "T", period = "all", values = { "count" } }|; s|-- PAGE|doc:table("ages")|' \
    "$WORK/a/report.lua"
"$P" protect --project "$WORK/a" -o "$WORK/newer.db" --quiet
expect "tables that the older edition has not" 3 "1 paragraph to read again" \
    lint --stale --since "$WORK/older.db" --edition "$WORK/newer.db"
grep -q "^profil, fr: to be read whole: [0-9]* documents cannot be made from the older edition: .*'ages': no plan declares it" \
    "$WORK/out" && [ "$(wc -l <"$WORK/out")" -eq 1 ] &&
    ok "are told once" || not_ok "are told once" "$(cat "$WORK/out")"
expect "the newer one must have them" 3 "'ages': no plan declares it" \
    lint --stale --edition "$WORK/older.db"
