#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The state of a release and its house style, from panorama.lua to the files
# that readers open.
. tests/command/lib.sh

P="$PANORAMA"
WORDS="Sous embargo jusqu’au 4.+vrier 2027, 10.+h" # no-break spaces

# told NAME FILE PATTERN COMMAND...: what the command prints of a file says it.
told() {
    name=$1 pattern=$2
    shift 2
    "$@" 2>/dev/null | grep -Eq "$pattern" && ok "$name" || not_ok "$name"
}

untold() {
    name=$1 pattern=$2
    shift 2
    "$@" 2>/dev/null | grep -Eq "$pattern" && not_ok "$name" || ok "$name"
}

first() { find "$1" -name "*.$2" | sort | head -1; }

# Pages of a PDF that say the pattern, and pages in all.
pages() {
    pdftotext "$1" - 2>/dev/null | tr '\f' '\n' >"$WORK/pages" # for messages
    count=$(pdfinfo "$1" 2>/dev/null | sed -n 's/^Pages: *//p')
    with=0
    for page in $(seq "$count"); do
        pdftotext -f "$page" -l "$page" "$1" - 2>/dev/null |
            grep -Eq "$2" && with=$((with + 1))
    done
    echo "$with of $count"
}

state() { # NAME LUA: a project of this state, built
    project "$1"
    sed -i "s/^  draft = true,/  $2,/" "$WORK/$1/panorama.lua"
    expect "a release: $1" 0 "" build_release "$1"
}

state embargo 'state = "embargo", embargo = "2027-02-04 10:00"'
R="$WORK/embargo/output/essai"
PDF=$(first "$R" pdf)
said=$(pages "$PDF" "$WORDS")
case $said in
"0 of"*) not_ok "each page tells the embargo" "$said" ;;
*) [ "${said% of *}" = "${said#* of }" ] && ok "each page tells the embargo" ||
    not_ok "each page tells the embargo" "$said" ;;
esac
for page in "$R/index.html" "$(first "$R/profil" html)"; do
    told "${page##*/} tells the embargo" "class=\"state\">.*$WORDS" cat "$page"
done
told "the workbook tells the embargo" "$WORDS" \
    unzip -p "$(first "$R" xlsx)" xl/sharedStrings.xml
told "the manifest tells the embargo" '"embargo": "2027-02-04 10:00"' \
    cat "$R/manifest.json"
expect "an edition keeps its embargo" 0 "" "$P" render \
    "$WORK/embargo/output/.inside/essai.edition.db" \
    --project "$WORK/embargo" -o "$WORK/again" --quiet
diff -r "$R" "$WORK/again" >/dev/null 2>&1 &&
    ok "and is rendered to the same bytes" ||
    not_ok "and is rendered to the same bytes"
sed -i 's/Essai de publication/Autre titre/' "$WORK/embargo/panorama.lua"
expect "what is under embargo is not replaced" 1 "only a draft or a review copy can be replaced" \
    "$P" build --project "$WORK/embargo" --replace --quiet

state draft 'state = "draft"'
PDF=$(first "$WORK/draft/output/essai" pdf)
told "a draft says so" "Version provisoire" pdftotext "$PDF" -
untold "its watermark is no text" "^[PROVIS]$|PROVISOIRE" pdftotext -raw "$PDF" -
untold "nor content" "PROVISOIRE" pdfinfo -struct-text "$PDF"
# What readers are given is proofread; a draft is being written.
project numbers
sed -i 's/"Nombre de cas : "/"Soit 12 cas sur : "/' "$WORK/numbers/report.lua"
expect "a draft with a number in its text is built" 0 "" \
    "$P" build --project "$WORK/numbers" --quiet
for state in 'state = "public"' 'state = "embargo", embargo = "2027-02-04 10:00"'
do
    sed "s/^  draft = true,/  $state,/" "$WORK/draft/panorama.lua" |
        sed 's/^  state = "draft",/  '"$state"',/' >"$WORK/numbers/panorama.lua"
    expect "with $state it is refused" 3 \
        "a release of state '.*': report.lua:[0-9]+: the number 12 is written" \
        "$P" build --project "$WORK/numbers" --replace --quiet
done
told "and what stood there stays" '"state": "draft"' \
    cat "$WORK/numbers/output/essai/manifest.json"
sed -i 's/"Soit 12 cas sur : "/"Nombre de cas : "/' "$WORK/numbers/report.lua"
sed -i 's/^  state = "embargo".*/  state = "public",/' "$WORK/numbers/panorama.lua"
expect "a draft gives way to what becomes of it" 0 "" \
    "$P" build --project "$WORK/numbers" --replace --quiet
sed -i 's/^  state = "public",/  state = "draft",/' "$WORK/numbers/panorama.lua"
expect "what is public gives way to no draft" 1 "only a draft or a review copy" \
    "$P" build --project "$WORK/numbers" --replace --quiet

state public 'state = "public"'
PDF=$(first "$WORK/public/output/essai" pdf)
untold "a public release says nothing" "PROVISOIRE|Version|embargo" \
    pdftotext "$PDF" -

expect "an embargo without its moment is refused" 3 "embargo: expected a date" \
    sh -c "sed -i 's/state = \"public\"/state = \"embargo\"/' \
    '$WORK/public/panorama.lua'; exec '$P' build --project '$WORK/public'"

# --- the house style ---------------------------------------------------------------
cp -r "$WORK/draft" "$WORK/house"
rm -r "$WORK/house/output/essai"
printf 'key,value\npage_width_pt,419.53\npage_height_pt,595.28\n' \
    >"$WORK/house/house.csv"
sed -i 's/^  id =/  theme = "house.csv",\n  id =/' "$WORK/house/panorama.lua"
expect "a project has its theme" 0 "" build_release house
told "its pages are A5" "Page size: *419.53 x 595.28" \
    pdfinfo "$(first "$WORK/house/output/essai" pdf)"
# Its typeface: the built-in one under another name.
ROBOTO=/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF
for face in Regular Bold Italic BoldItalic; do
    cp "$ROBOTO/Roboto-$face.ttf" "$WORK/house/Essai-$face.ttf"
done
cp "$WORK/house/house.csv" "$WORK/plain.csv"
printf 'font_family,Essai\nfont_directory,.\n' >>"$WORK/house/house.csv"
expect "a project has its typeface" 0 "" \
    "$P" build --project "$WORK/house" --replace --quiet
told "pages are set in it" "Essai-Bold" \
    pdffonts "$(first "$WORK/house/output/essai" pdf)"
printf 'font_family,Autre\n' >>"$WORK/house/house.csv"
expect "one that is not there is named" 2 \
    "house.csv' line 6: .*Autre-Regular.ttf" "$P" plan --project "$WORK/house"
cp "$WORK/plain.csv" "$WORK/house/house.csv"
printf 'muted,#9aa0a6\n' >>"$WORK/house/house.csv"
expect "a grey that cannot be read is refused" 2 \
    "line 4: contrast of muted on white is 2.64:1" \
    "$P" build --project "$WORK/house" --replace --quiet
expect "before anything is counted" 2 "contrast of muted" \
    "$P" plan --project "$WORK/house"
rm "$WORK/house/house.csv"
expect "a theme that is missing is named" 6 "house.csv" \
    "$P" build --project "$WORK/house" --replace --quiet
