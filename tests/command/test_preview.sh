#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# render --chapter N --preview: the pages of one chapter from a sealed edition.
. tests/command/lib.sh
P="$PANORAMA"
project a
sed -i 's|heading(1, "Essai " .. doc.place.in_),|heading(1, "Premier chapitre"),|
    s|title = "Cas par localisation" },|& heading(1, "Second chapitre"), text("La suite."),|' "$WORK/a/report.lua"
expect "an edition is sealed" 0 "" "$P" protect --project "$WORK/a" --quiet \
    -o "$WORK/edition.db"

# preview ARGUMENTS...
preview() { "$P" render "$WORK/edition.db" "$@" --preview --project "$WORK/a" -o "$WORK/pages"; }

expect "a chapter of the first document is a PDF" 0 "" preview --chapter 1
grep -q "chapter-1.pdf: numbers of pages.* are those of the chapter alone" \
    "$WORK/out" && ok "its numbers are told to be its own" ||
    not_ok "its numbers are told to be its own" "$(cat "$WORK/out")"
first=$(echo "$WORK"/pages/*-chapter-1.pdf)
pdftotext "$first" "$WORK/first.txt"
grep -q "Premier chapitre" "$WORK/first.txt" &&
    ! grep -q "Second chapitre" "$WORK/first.txt" &&
    ok "it holds that chapter alone" || not_ok "it holds that chapter alone"
expect "again, over the former one" 0 "" preview --chapter 1
cp "$first" "$WORK/former.pdf"
(ulimit -f 4; trap '' XFSZ; preview --chapter 1) >"$WORK/out" 2>&1 &&
    not_ok "no room for the PDF is told" || ok "no room for the PDF is told"
cmp -s "$first" "$WORK/former.pdf" && [ "$(ls -A "$WORK/pages" | wc -l)" = 1 ] &&
    ok "and the former one stays, alone" ||
    not_ok "and the former one stays, alone" "$(ls -lA "$WORK/pages")"
expect "a chapter of a territory" 0 "" preview profil --chapter 2 --territory region/N
pdftotext "$WORK/pages/region-N-chapter-2.pdf" - | grep -q "La suite" &&
    ok "is the one of that territory" || not_ok "is the one of that territory"
expect "a chapter that is not there says how many there are" 1 \
    "chapter 3: '.*' has 2 chapters" preview --chapter 3
expect "chapter 0 is none" 1 "expected a number from 1" preview --chapter 0
expect "a chapter alone is a preview" 1 "given together" "$P" render \
    "$WORK/edition.db" --chapter 1 --project "$WORK/a" -o "$WORK/pages"
expect "a preview is of a chapter" 1 "given together" preview
expect "a shard is no preview" 1 "cannot be given together" preview \
    --chapter 1 --shard 1/2
expect "an unknown report" 1 "no document 'none'" preview none --chapter 1
expect "an unknown territory" 1 "for territory 'region/X'" preview \
    --chapter 1 --territory region/X
expect "a report is for a preview" 1 "are for --chapter" "$P" render \
    "$WORK/edition.db" profil --project "$WORK/a" -o "$WORK/whole"
