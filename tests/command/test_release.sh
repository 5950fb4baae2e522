#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# A release is the same bytes whatever the way to it, and appears whole or not
# at all.
. tests/command/lib.sh

same() { # NAME DIR DIR
    if diff -r "$2" "$3" >"$WORK/diff" 2>&1; then ok "$1"
    else not_ok "$1" "$(head -5 "$WORK/diff")"; fi
}

project a
project b
P="$PANORAMA"
expect "one job builds" 0 "" "$P" build --project "$WORK/a" --jobs 1 --quiet
expect "three jobs build" 0 "" "$P" build --project "$WORK/b" --jobs 3 --quiet
same "the number of jobs does not change a byte" \
    "$WORK/a/output/essai" "$WORK/b/output/essai"
expect "the release verifies" 0 "" "$P" verify "$WORK/a/output/essai"
(cd "$WORK/a/output/essai" && sha256sum --quiet -c SHA256SUMS) >/dev/null 2>&1 &&
    ok "sha256sum agrees" || not_ok "sha256sum agrees"

# What portals read of the open data says what is there.
PACKAGE=$(find "$WORK/a/output" -name datapackage.json)
/usr/bin/python3 tests/check_package.py --root "$WORK/a/output" "$PACKAGE"
cp -r "$(dirname "$PACKAGE")" "$WORK/open"
# broken NAME SED-EXPRESSION FILE: the description is refused after the change.
broken() {
    cp "$WORK/open/$3" "$WORK/kept"
    sed -i "$2" "$WORK/open/$3"
    if /usr/bin/python3 tests/check_package.py "$WORK/open/datapackage.json" \
        >"$WORK/out"; then not_ok "$1"; else ok "$1"; fi
    cp "$WORK/kept" "$WORK/open/$3"
}
broken "a hash of a file that is another" 's/"sha256:./"sha256:x/' datapackage.json
broken "a list that is not described" 's|codes/sex|codes/sexe|' datapackage.json
broken "a licence that is not told" 's/"licenses"/"licences"/' datapackage.json
broken "a column that refers to no list" 's/"codes-site"/"codes-lieu"/' \
    "$(cd "$WORK/open" && ls ./*.schema.json | head -1)"
broken "a sheet that is not in the catalogue" 's|loadURL": {"@id": "tableur/|&../|' \
    catalog.jsonld
broken "a sheet that is told to have commas" 's/"delimiter": ";"/"delimiter": ","/' \
    datapackage.json
broken "a file that the readme does not name" "s/cases/kases/" README.md
broken "two frequencies of one release" 's|frequency/ANNUAL|\&_2|' catalog.jsonld
broken "words of one language" 's/"@language": "en"/"@language": "fr"/' \
    catalog.jsonld
broken "a keyword that is told twice" 's/"santé publique"/"cancer"/' catalog.jsonld
broken "a word of no vocabulary" 's/"dct:issued"/"dc:issued"/' catalog.jsonld

EDITION="$WORK/a/output/.inside/essai.edition.db"
expect "render alone" 0 "" "$P" render "$EDITION" --project "$WORK/a" \
    -o "$WORK/rendered" --quiet
same "render gives the bytes of build" "$WORK/a/output/essai" "$WORK/rendered"
for k in 1 2 3; do
    expect "shard $k" 0 "" "$P" render "$EDITION" --project "$WORK/a" \
        --shard $k/3 -o "$WORK/shard$k" --quiet
done
expect "join" 0 "" "$P" join "$WORK/shard1" "$WORK/shard2" "$WORK/shard3" \
    --edition "$EDITION" --project "$WORK/a" -o "$WORK/joined" --quiet
same "joined shards are the release" "$WORK/a/output/essai" "$WORK/joined"
expect "a release is no shard" 2 "join.shard: '.*/joined' is no shard" "$P" join \
    "$WORK/joined" --edition "$EDITION" --project "$WORK/a" -o "$WORK/again" --quiet
expect "a shard is joined once" 5 "in two shards" "$P" join "$WORK/shard1" \
    "$WORK/shard1" --edition "$EDITION" --project "$WORK/a" -o "$WORK/again" --quiet
expect "and none is left out" 5 \
    "release.incomplete: .* of .* documents are there: expected every shard" "$P" \
    join "$WORK/shard1" "$WORK/shard3" --edition "$EDITION" --project "$WORK/a" \
    -o "$WORK/again" --quiet
expect "another edition is sealed" 0 "" "$P" protect --project "$WORK/a" \
    --release other -o "$WORK/other.db" --quiet
expect "of which shards of this are no release" 5 \
    "release.edition: document '.*' was rendered of another edition" "$P" join \
    "$WORK/shard1" "$WORK/shard2" "$WORK/shard3" --edition "$WORK/other.db" \
    --project "$WORK/a" -o "$WORK/again" --quiet
expect "nor are they one in another language" 5 \
    "release.lang: document '.*' is in language 'fr'" "$P" join "$WORK/shard1" \
    "$WORK/shard2" "$WORK/shard3" --edition "$EDITION" --lang en \
    --project "$WORK/a" -o "$WORK/again" --quiet
left=$(find "$WORK" -maxdepth 1 \( -name again -o -name '.tmp-again' \))
[ -z "$left" ] && ok "nothing is left of them" || not_ok "nothing is left of them" "$left"
for id in ../x '' .hidden A_b; do
    expect "'$id' is no release" 1 "usage.release: --release '$id': expected letters" \
        "$P" build --project "$WORK/a" --release "$id" --quiet
done
# Another language than the edition's: the index is of what was rendered.
expect "render in English" 0 "" "$P" render "$EDITION" --project "$WORK/a" \
    --lang en -o "$WORK/english" --quiet
expect "a shard in English" 0 "" "$P" render "$EDITION" --project "$WORK/a" \
    --lang en --shard 1/1 -o "$WORK/part" --quiet
expect "join in English" 0 "" "$P" join "$WORK/part" --edition "$EDITION" \
    --project "$WORK/a" --lang en -o "$WORK/english-joined" --quiet
same "joined English shards are the release" "$WORK/english" \
    "$WORK/english-joined"
grep -q '<html lang="en">' "$WORK/english/index.html" &&
    grep -q 'href="[^"]*/region-N.pdf"' "$WORK/english/index.html" &&
    ok "the index in English lists its documents" ||
    not_ok "the index in English lists its documents" \
        "$(grep -o '<html[^>]*>\|href="[^"]*pdf"' "$WORK/english/index.html")"

expect "protect alone" 0 "" "$P" protect --project "$WORK/a" \
    -o "$WORK/again.db" --quiet
cmp -s "$WORK/again.db" "$EDITION" && ok "the edition has the same bytes" ||
    not_ok "the edition has the same bytes"

# --- ties broken by an inside key --------------------------------------------------
# Counts of two sizes, so that most secondaries have their like.
project key
cp -r "$WORK/csv" "$WORK/csv-ties"
awk -F, -v OFS=, 'NR > 1 { $9 = $9 < 11 && $3 == "01" ? 3 : 40 } { print }' \
    "$WORK/csv/cases.csv" >"$WORK/csv-ties/cases.csv"
rm "$WORK/key/store.sqlite"
"$P" store import "$WORK/csv-ties" "$WORK/key/store.sqlite" --quiet
expect "a release without a key" 0 "" "$P" protect --project "$WORK/key" \
    -o "$WORK/key0.db" --quiet
printf 'a secret that stays inside' >"$WORK/key/inside.key"
sed -i 's/^  draft/  key_file = "inside.key",\n  draft/' "$WORK/key/panorama.lua"
expect "a key that others can read is refused" 2 "others than its owner" \
    "$P" protect --project "$WORK/key" -o "$WORK/key1.db" --quiet
chmod 600 "$WORK/key/inside.key"
for jobs in 1 4; do
    expect "a release with a key, $jobs jobs" 0 "" "$P" protect --project \
        "$WORK/key" -o "$WORK/key$jobs.db" --jobs $jobs --quiet
done
cmp -s "$WORK/key1.db" "$WORK/key4.db" && ok "the same for any number" ||
    not_ok "the same for any number"
cmp -s "$WORK/key1.db" "$WORK/key0.db" && not_ok "the key decides ties" ||
    ok "the key decides ties"
printf 'another of the same size' >"$WORK/key/inside.key"
expect "a release with another key" 0 "" "$P" protect --project \
    "$WORK/key" -o "$WORK/key2.db" --quiet
cmp -s "$WORK/key1.db" "$WORK/key2.db" && not_ok "and another key otherwise" ||
    ok "and another key otherwise"
grep -q "inside" "$WORK/key1.db" && not_ok "the edition does not know the key" ||
    ok "the edition does not know the key"
expect "a key that is missing is named" 6 "inside.key" sh -c \
    "rm '$WORK/key/inside.key'; exec '$P' protect --project '$WORK/key' \
    -o '$WORK/key3.db' --quiet"

# --- building an id again ------------------------------------------------------
before=$(find "$WORK/a/output/essai" -type f -printf '%T@ %p\n' | sort | sha256sum)
expect "an identical rebuild is fine" 0 "" \
    build_release a
after=$(find "$WORK/a/output/essai" -type f -printf '%T@ %p\n' | sort | sha256sum)
[ "$before" = "$after" ] && ok "an identical rebuild touches nothing" ||
    not_ok "an identical rebuild touches nothing"
sed -i 's/Essai de publication/Autre titre/' "$WORK/a/panorama.lua"
expect "another content under the id is refused" 1 "exists with other" \
    build_release a
same "a refused rebuild leaves the release" \
    "$WORK/a/output/essai" "$WORK/b/output/essai"
expect "a draft may be replaced" 0 "" \
    "$P" build --project "$WORK/a" --quiet --replace
grep -q "Autre titre" "$WORK/a/output/essai/manifest.json" &&
    ok "the replacement is there" || not_ok "the replacement is there"

# --- the index page ------------------------------------------------------------
PAGE="$WORK/b/output/essai/index.html"
once() { # NAME TEXT: on one line of the page
    [ "$(grep -c -- "$2" "$PAGE")" -eq 1 ] && ok "$1" ||
        not_ok "$1" "$(grep -n -- "$2" "$PAGE")"
}
once "a data set has its title, its file and its schema" \
    '<li><span>Cas : effectifs</span> <a href="data/data-cases.csv" .*>csv</a> <a href="data/tableur/data-cases.csv" .*>csv pour tableur</a> <a href="data/data-cases.schema.json" .*>schéma</a></li>'
once "and is listed once" '<li><span>Cas : effectifs</span>'
once "a link to a territory's document tells its level" \
    'aria-label="[^"]*Nord, région, pdf">pdf</a>'
once "territories stand under the one that they lie in" \
    '<h3 id="departement-region-N">Nord</h3>'
once "there is a way to each of those" \
    '<li><a href="#departement-region-N">Nord</a></li>'
project lone
sqlite3 "$WORK/lone/store.sqlite" "UPDATE territory SET parent_level = 'country',
    parent_code = 'SY' WHERE level = 'departement' AND code = '06'"
build_release lone
sed -n '/<h2>Documents par département/,/<h3/p' "$WORK/lone/output/essai/index.html" |
    grep -q "Profil – Genêt" && ok "one that lies in none stands before them" ||
    not_ok "one that lies in none stands before them"
once "the index tells how often there is a release" \
    '<p>Mise à jour annuelle</p>'
once "code lists are apart" '<summary>Listes de codes</summary>'
once "a code list is linked" '<li><a href="data/codes/site.csv">site</a></li>'
grep -q '<span>Données</span>' "$PAGE" &&
    not_ok "a report of data alone is no document" ||
    ok "a report of data alone is no document"

PAGE="$WORK/b/output/essai/profil/region-N/region-N.html"
once "a page offers its document for printing" \
    '<a href="region-N.pdf" download>Télécharger le document (PDF)</a>'

# --- damage ----------------------------------------------------------------------
cp -r "$WORK/b/output/essai" "$WORK/bad"
echo x >>"$WORK/bad/index.html"
expect "a changed file is noticed" 5 "index.html" "$P" verify "$WORK/bad"
cp -r "$WORK/b/output/essai" "$WORK/more"
echo x >"$WORK/more/extra.txt"
expect "an extra file is noticed" 5 "holds" "$P" verify "$WORK/more"
cp -r "$WORK/b/output/essai" "$WORK/less"
rm "$WORK/less/index.html"
expect "a missing file is noticed" 5 "index.html" "$P" verify "$WORK/less"

# --- killed at any moment ----------------------------------------------------------
uncounted
project k
broken=0
for delay in 0.02 0.05 0.1 0.15 0.2 0.3 0.4 0.6; do
    "$P" build --project "$WORK/k" --quiet &
    pid=$!
    sleep $delay
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    if [ -e "$WORK/k/output/essai" ]; then
        "$P" verify "$WORK/k/output/essai" >/dev/null 2>&1 || broken=1
        rm -rf "$WORK/k/output/essai"
    fi
done
[ $broken = 0 ] && ok "a killed build leaves no half release" ||
    not_ok "a killed build leaves no half release"
sleep 0.3
expect "the next build works" 0 "" build_release k
left=$(find "$WORK/k/output" -mindepth 1 -maxdepth 1 -name '.tmp*')
[ -z "$left" ] && ok "the next build sweeps" ||
    not_ok "the next build sweeps" "$left"
same "a build after kills is the same" \
    "$WORK/k/output/essai" "$WORK/b/output/essai"

# --- the edition is kept with its release ------------------------------------------
# A directory is where the edition is to be kept: the last rename fails.
project l
mkdir -p "$WORK/l/output/.inside/essai.edition.db"
expect "an edition that cannot be kept is told" 6 "cannot rename .*edition.db" \
    build_release l
[ ! -e "$WORK/l/output/essai" ] && [ -z "$(find "$WORK/l/output" -name '.tmp*')" ] &&
    ok "no release without its edition" ||
    not_ok "no release without its edition" "$(ls -A "$WORK/l/output")"
rmdir "$WORK/l/output/.inside/essai.edition.db"
expect "the build after that works" 0 "" build_release l
[ -f "$(edition l essai)" ] && ok "its edition is kept" ||
    not_ok "its edition is kept" "$(ls -A "$WORK/l/output/.inside")"
field l 'date = "2026-02-05"'
before=$(cat "$WORK/l/output/essai/SHA256SUMS")
rm "$(edition l essai)"
mkdir "$WORK/l/output/.inside/essai.edition.db"
expect "nor is a draft replaced without its edition" 6 "edition.db" \
    "$P" build --project "$WORK/l" --quiet --replace
same_as "the draft that stood there stands there" "$before" \
    "$(cat "$WORK/l/output/essai/SHA256SUMS")"
