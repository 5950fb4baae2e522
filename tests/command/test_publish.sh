#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The ledger: what is published enters it once, survives a crash, and the next
# release is protected against readers of the last.
. tests/command/lib.sh

P="$PANORAMA"
TAB=$(printf '\t')

# project NAME, with one open-data table: period, territory, site words; and
# two years more in its store, of smaller counts.
table() {
    project "$1"
    sed -i 's/reports = {.*/reports = { "data.lua" },/' "$WORK/$1/panorama.lua"
    sqlite3 "$WORK/$1/store.sqlite" "
        UPDATE cases SET n = (n + 1) / 4;
        INSERT INTO cases SELECT measure, territory_level, territory,
            period + 2, sex, age, site, stratum,
            (n * (5 + territory % 3 + (site = 'CRC')) + 3) / (6 + period % 2)
            FROM cases;
        INSERT INTO population SELECT measure, territory_level, territory,
            period + 2, sex, age, site, stratum, n FROM population"
    change "$1" "$2" "$3" "$4"
}
change() { # NAME PERIODS TERRITORIES SITES
    cp "$ROOT/tests/command/project/data.lua" "$WORK/$1/data.lua"
    sed -i -e "s|period = \"all\"|period = { $2 }|" \
        -e "s|territory = \"all\"|territory = { $3 }|" \
        -e "s|site = \"every\"|site = { $4 }|" "$WORK/$1/data.lua"
}
# attack NAME WANT THRESHOLD EDITION...: "none" or "some" small counts found.
attack() {
    name=$1 want=$2
    shift 2
    found=$(/usr/bin/python3 tests/command/ledger_attack.py "$@" 2>&1)
    case $want-$found in
    none-0) ok "$name" ;;
    none-*) not_ok "$name" "found $found" ;;
    some-0 | some-*[!0-9]*) not_ok "$name" "found $found" ;;
    some-*) ok "$name" ;;
    esac
}

# audit NAME STATUS PATTERN RELEASE EARLIER...: the audit of what readers have.
release() { echo "$WORK/$1/output/$2"; }
audit() {
    name=$1 want=$2 pattern=$3 audited=$4
    shift 4
    for earlier in "$@"; do
        set -- "$@" --with "$earlier"
        shift
    done
    expect "$name" "$want" "$pattern" "$P" audit "$audited" "$@" --quiet
}

# --- entering ------------------------------------------------------------------
project a
expect "build" 0 "" build_release a
expect "a draft is not published" 1 \
    "release 'essai' is of state 'draft': expected 'public' or 'embargo', or --unfinished" \
    "$P" publish "$WORK/a/output/essai" --project "$WORK/a"
[ ! -e "$WORK/a/ledger" ] && ok "and enters no ledger" ||
    not_ok "and enters no ledger"
expect "a release is published" 0 "" publish a essai
[ -f "$WORK/a/ledger/0001-essai.txt" ] && ok "its entry is there" ||
    not_ok "its entry is there"
(cd "$WORK/a/ledger" && sha256sum --quiet -c chain.txt) >/dev/null 2>&1 &&
    ok "sha256sum agrees with the chain" || not_ok "sha256sum agrees with the chain"
sum() { (cd "$WORK/$1/ledger" && cat ./* | sha256sum); }
before=$(sum a)
expect "again is fine" 0 "" publish a essai
expect "a slash at the end is fine" 0 "" publish a essai/
[ "$before" = "$(sum a)" ] && ok "again changes nothing" ||
    not_ok "again changes nothing"
cells=$(sqlite3 "$(edition a essai)" "SELECT count(*) FROM cell")
entered=$(grep '^row' "$WORK/a/ledger/0001-essai.txt" | tr '\t' '\n' |
    grep -vc '^row')
[ "$cells" = "$entered" ] && ok "every cell entered" ||
    not_ok "every cell entered" "$entered, not $cells"
before=$(sha256sum <"$WORK/a/output/essai/SHA256SUMS")
expect "a published release builds again" 0 "" build_release a
[ "$before" = "$(sha256sum <"$WORK/a/output/essai/SHA256SUMS")" ] &&
    ok "its own entry does not change it" ||
    not_ok "its own entry does not change it"
field a 'publisher = "Un autre"'
expect "a draft is replaced" 0 "" \
    "$P" build --project "$WORK/a" --quiet --replace
expect "other content under a published id is refused" 4 \
    "release 'essai' was published with other content, entry '0001-essai.txt'" \
    publish a essai

# --- what is refused -------------------------------------------------------------
project r
expect "build r" 0 "" build_release r
expect "no release" 1 "usage: panorama publish RELEASE" "$P" publish
expect "a release that is not there" 6 "release.missing.*no such folder" publish r none
mv "$(edition r essai)" "$WORK/r/kept.db"
expect "the edition must be there" 6 "its edition '.*' is missing" publish r essai
expect "and can be named" 0 "" "$P" publish "$WORK/r/output/essai" \
    --project "$WORK/r" --edition "$WORK/r/kept.db" --unfinished
rm -r "$WORK/r/ledger"
cp "$WORK/r/kept.db" "$WORK/r/other.db"
sqlite3 "$WORK/r/other.db" "UPDATE release SET value = 'x' WHERE key = 'contact.fr'"
expect "it must be the release's own" 5 "was not rendered from edition" \
    "$P" publish "$WORK/r/output/essai" --project "$WORK/r" \
    --edition "$WORK/r/other.db"
echo x >>"$WORK/r/output/essai/index.html"
expect "a damaged release is not published" 5 "index.html" \
    "$P" publish "$WORK/r/output/essai" --project "$WORK/r" \
    --edition "$WORK/r/kept.db"
[ ! -e "$WORK/r/ledger" ] && ok "a refusal leaves no ledger" ||
    not_ok "a refusal leaves no ledger" "$(ls -A "$WORK/r/ledger")"

# --- a broken chain stops everything ------------------------------------------------
project t
expect "build t" 0 "" build_release t
expect "publish t" 0 "" publish t essai
field t 'id = "essai-2"'
sed -i '0,/^row\t7060/s//row\t7061/' "$WORK/t/ledger/0001-essai.txt"
expect "a changed entry stops a build" 4 \
    "ledger '.*': entry '0001-essai.txt' is not what chain.txt says" \
    build_release t
[ ! -e "$WORK/t/output/essai-2" ] && ok "nothing is built" ||
    not_ok "nothing is built"
field t 'id = "essai"'
expect "a changed entry stops publishing" 4 "is not what chain.txt says" \
    publish t essai
rm "$WORK/t/ledger/0001-essai.txt"
expect "a missing entry stops a build" 4 "entry '0001-essai.txt' is missing" \
    build_release t

# --- two releases: periods ----------------------------------------------------------
ALL='"all"' EVERY='"every"'
table p '"2021-2023"' "$ALL" "$EVERY"
expect "three years" 0 "" build_release p
expect "three years are published" 0 "" publish p essai
mv "$WORK/p/ledger" "$WORK/ledger-p"
change p '"2022-2023"' "$ALL" "$EVERY"
field p 'id = "naif"'
expect "the next three, without the ledger" 0 "" build_release p
attack "subtracting tells of single years" some 11 \
    "$(edition p essai)" "$(edition p naif)"
audit "either release alone gives nothing away" 0 "" "$(release p naif)"
audit "the audit of both finds it in the public files" 4 \
    "error audit.exposed" "$(release p naif)" "$(release p essai)"
grep -Eq "^exposed: .*cases, territory .*, period 202[13], " "$WORK/out" &&
    ok "years that no table shows are named" ||
    not_ok "years that no table shows are named" "$(cat "$WORK/out")"
grep -q "^releases     2$" "$WORK/out" && ok "both are read" ||
    not_ok "both are read" "$(cat "$WORK/out")"
grep -Eq "^exposed: .*[=:] *[0-9]+$" "$WORK/out" &&
    not_ok "no number stands beside them" || ok "no number stands beside them"
cp -r "$WORK/ledger-p" "$WORK/p/ledger"
expect "what did not know the ledger is not published" 4 \
    "'naif' was not protected against all that is published now: build it again" \
    publish p naif
field p 'id = "prudent"'
expect "the next three, with the ledger" 0 "" build_release p
attack "subtracting tells nothing" none 11 \
    "$(edition p essai)" "$(edition p prudent)"
audit "nor does the audit of both find anything" 0 "" \
    "$(release p prudent)" "$(release p essai)"
expect "it is published" 0 "" publish p prudent
grep -q "^previous	$(sed -n '1s| .*||p' "$WORK/p/ledger/chain.txt")$" \
    "$WORK/p/ledger/0002-prudent.txt" && ok "entries are chained" ||
    not_ok "entries are chained"
before=$(sha256sum <"$WORK/p/output/prudent/SHA256SUMS")
expect "it builds again" 0 "" build_release p
[ "$before" = "$(sha256sum <"$WORK/p/output/prudent/SHA256SUMS")" ] &&
    ok "with the same bytes" || not_ok "with the same bytes"

# --- a site of one sex ----------------------------------------------------------------
# Eleven women of all sites over four years, with two of the sites; then the
# breast, of both sexes, in one of the years: three cells of at least 1.
women() { # FIELD VALUE...: of the table of project w
    while [ $# -gt 0 ]; do
        sed -i -E "s/$1 = (\"[^\"]*\"|\{ \"[^}]*\})/$1 = { $2 }/" "$WORK/w/data.lua"
        shift 2
    done
}
table w '"2021-2024"' '"code:departement/05"' '"all", "code:CRC", "code:POU"'
women sex '"F"' age '"each"'
sqlite3 "$WORK/w/store.sqlite" "
    DELETE FROM cases WHERE territory = '05' AND age = '00-39';
    INSERT INTO cases SELECT 'cases', 'departement', '05', '2022', 'F', '00-39',
        column1, '', column2
        FROM (VALUES ('CRC', 3), ('POU', 1), ('EST', 6), ('SEI', 1))"
expect "four years of women" 0 "" build_release w
expect "are published" 0 "" publish w essai
mv "$WORK/w/ledger" "$WORK/ledger-w"
change w '"2022"' '"code:departement/05"' '"code:SEI"'
women sex '"T"' age '"each"'
field w 'id = "naif"'
expect "one year of both sexes, without the ledger" 0 "" build_release w
audit "the audit of both finds the site of one sex" 4 "error audit.exposed" \
    "$(release w naif)" "$(release w essai)"
named "which narrows the sites of its sex" \
    "site CRC, sex F, age 00-39, period 2021-2024" "$WORK/out"
cp -r "$WORK/ledger-w" "$WORK/w/ledger"
field w 'id = "refuse"'
expect "with the ledger it is refused" 4 "error sdc.exposed" build_release w

# --- another vintage ------------------------------------------------------------------
table v '"2022-2023"' "$ALL" "$EVERY"
extracted_later v
field v 'id = "revise"'
expect "a later vintage, without the ledger" 0 "" build_release v
attack "tells of what was not revised" some 11 \
    "$(edition p essai)" "$(edition v revise)"
audit "which the audit is not told" 0 "" \
    "$(release v revise)" "$(release p essai)"
grep -q "^told twice   0$" "$WORK/out" &&
    grep -q "^warning: no cell of the release is told by one before it" \
        "$WORK/out" && ok "but says that hardly anything links them" ||
    not_ok "but says that hardly anything links them" "$(cat "$WORK/out")"
sed 's/"unrevised": \[\]/"unrevised": [{"measure": "cases"}]/' \
    "$(release v revise)/manifest.json" >"$WORK/manifest"
cp -r "$(release v revise)" "$WORK/told"
cp "$WORK/manifest" "$WORK/told/manifest.json"
audit "and finds once it is" 4 "error audit.exposed" "$WORK/told" \
    "$(release p essai)"
cp -r "$WORK/ledger-p" "$WORK/v/ledger"
field v 'id = "tacite"'
expect "with the ledger, and without a word on what was revised" 0 "" \
    build_release v
attack "numbers that still stand tell nothing" none 11 \
    "$(edition p essai)" "$(edition v tacite)"
cp -r "$(release v tacite)" "$WORK/tacit"
sed -i 's/"unrevised": \[\]/"unrevised": [{"measure": "cases"}]/' \
    "$WORK/tacit/manifest.json"
audit "not even to the audit that is told" 0 "" "$WORK/tacit" \
    "$(release p essai)"
cp "$WORK/v/store.sqlite" "$WORK/v.sqlite"
sqlite3 "$WORK/v/store.sqlite" "UPDATE cases SET n = n / 2
    WHERE territory = '02' AND period = '2022'"
field v 'id = "doubles"'
expect "cases of one département that were counted twice" 0 "" build_release v
attack "leave the numbers of the others" none 11 \
    "$(edition p essai)" "$(edition v doubles)"
cp "$WORK/v.sqlite" "$WORK/v/store.sqlite"
field v 'id = "declare"'
field v 'unrevised = { { measure = "cases" } }'
expect "unrevised numbers are linked" 0 "" build_release v
attack "and tell nothing" none 11 "$(edition p essai)" "$(edition v declare)"
audit "to the audit neither" 0 "" "$(release v declare)" "$(release p essai)"
cmp -s "$(edition v declare)" "$(edition p prudent)"
same=$(for e in "$(edition v declare)" "$(edition p prudent)"; do
    sqlite3 "$e" "SELECT sheet, line, place, status FROM cell" | sha256sum
done | uniq | wc -l)
[ "$same" = 1 ] && ok "as those of the same vintage do" ||
    not_ok "as those of the same vintage do"
field v 'id = "partie"'
field v 'unrevised = { { measure = "cases", periods = { "2022-2023" } } }'
expect "a period revised in part is refused" 4 \
    "error seal.partly: .*ledger entry '0001-essai.txt': table 'data.cases': release 'essai' shows cases of a period with 2022, declared unrevised, and 2021, which is not: .*none of them.*'partly_revised'.*owner, date and reason.*panorama audit DIR --with PREVIOUS" \
    build_release v
[ ! -e "$(release v partie)" ] && ok "and nothing is built" ||
    not_ok "and nothing is built"
waive partly_revised v
expect "but under a waiver" 0 "" build_release v
named "which readers are told" '"kind": "partly_revised"' \
    "$(release v partie)/manifest.json"
attack "does not give its revised year away" none 11 \
    "$(edition p essai)" "$(edition v partie)"
audit "to the audit neither" 0 "" "$(release v partie)" "$(release p essai)"
audit "two that do not know each other print what the other withholds" 4 \
    "error audit.printed" "$(release v partie)" "$(release p essai)" \
    "$(release v declare)"
grep -q "^releases     3$" "$WORK/out" && ok "all three are read" ||
    not_ok "all three are read" "$(cat "$WORK/out")"
field v 'unrevised = { { measure = "casse" } }'
expect "a measure that does not exist" 3 "the store has no measure 'casse'" \
    build_release v
sqlite3 "$WORK/v/store.sqlite" "UPDATE cases SET n = n + 3000
    WHERE territory = '02' AND period = '2022' AND site = 'POU'"
field v 'unrevised = { { measure = "cases", since = "2026-01-01" } }'
field v 'id = "depuis"'
expect "older vintages are not meant" 0 "" build_release v
field v 'unrevised = { { measure = "cases" } }'
field v 'id = "faux"'
expect "a declaration that the store contradicts is refused" 4 \
    "ledger entry '0001-essai.txt': table 'data.cases': cases, .*: release 'essai' shows another number" \
    build_release v
numbers=$(sed 's/entry .[0-9]*-//' "$WORK/err" | grep -Eo '[0-9]{3,}' |
    grep -Ev '^202[1-4]$')
[ -z "$numbers" ] && ok "its message holds no count" ||
    not_ok "its message holds no count" "$numbers"

# --- nothing declared, and nothing revised -------------------------------------------
# Whoever is alone in a cell knew others from the first release. It may withhold
# no more than that one, where all its numbers still are the store's.
small() { # NAME
    table "$1" '"2021"' "$ALL" "$EVERY"
    sqlite3 "$WORK/$1/store.sqlite" "UPDATE cases SET n = (n * 7 + territory * 5 +
        period * 3 + length(site) + (sex = 'M') * 11 + unicode(site) * 13) % 9"
}
cells_same() { # NAME PROJECT RELEASE RELEASE
    sqlite3 "$(edition "$2" "$3")" "SELECT * FROM cell" >"$WORK/cells.one"
    sqlite3 "$(edition "$2" "$4")" "SELECT * FROM cell" >"$WORK/cells.other"
    cmp -s "$WORK/cells.one" "$WORK/cells.other" && ok "$1" || not_ok "$1"
}
small n
expect "small numbers" 0 "" build_release n
expect "are published once" 0 "" publish n essai
extracted_later n
cp "$WORK/n/store.sqlite" "$WORK/n.sqlite"
field n 'id = "tacite"'
expect "a later vintage of them, without a word" 0 "" build_release n
attack "tells nothing" none 11 "$(edition n essai)" "$(edition n tacite)"
field n 'id = "declare"'
field n 'unrevised = { { measure = "cases" } }'
expect "the same, declared" 0 "" build_release n
cells_same "tells the same" n tacite declare
sed -i '/^  unrevised =/d' "$WORK/n/panorama.lua"
# A suppressed number that became public would be subtracted from others of the
# first release, which nobody joins: it is held to more.
field n 'id = "revise"'
sqlite3 "$WORK/n/store.sqlite" "UPDATE cases SET n = n + 30
    WHERE territory = '02' AND site = 'CRC' AND sex = 'M' AND age = '65+'"
expect "one number that was revised is a doubt" 4 \
    "error sdc.lost: some numbers of release 'essai' were revised and others were not, and no year is declared 'unrevised' .the first that is not evidently the store's: table 'data.cases', period 2021: the store has another count.; declare the measure 'unrevised', .*recovers it from earlier releases" \
    build_release n

# A share tells of its total: that stands where it is printed beside it.
for sexes in '"T", "M", "F"' '"M", "F"'; do
    small q
    sed -i -e "s/\"count\" }/'count', { kind = 'share', of = 'sex' } }/" \
        -e "s/sex = {[^}]*}/sex = { $sexes }/" "$WORK/q/data.lua"
    expect "shares of sexes $sexes" 0 "" build_release q
    expect "are published" 0 "" publish q essai
    extracted_later q
    field q 'id = "declare"'
    field q 'unrevised = { { measure = "cases" } }'
    expect "a later vintage of them, declared" 0 "" build_release q
    sed -i '/^  unrevised =/d' "$WORK/q/panorama.lua"
    field q 'id = "tacite"'
    case $sexes in
    *T*)
        expect "or without a word" 0 "" build_release q
        cells_same "which tells the same" q tacite declare
        attack "and no small number" none 11 \
            "$(edition q essai)" "$(edition q tacite)"
        ;;
    *) expect "is a doubt without a word" 4 "error sdc.lost" build_release q ;;
    esac
    rm -r "$WORK/q"
done

# --- a store that has lost a year ---------------------------------------------------------
table l '"2022-2023"' "$ALL" "$EVERY"
sqlite3 "$WORK/l/store.sqlite" "DELETE FROM cases WHERE period = '2021';
    DELETE FROM population WHERE period = '2021'"
extracted_later l
field l 'id = "naif"'
expect "a year less, without the ledger" 0 "" build_release l
attack "tells of the year that is gone" some 11 \
    "$(edition p essai)" "$(edition l naif)"
cp -r "$WORK/ledger-p" "$WORK/l/ledger"
field l 'id = "perdu"'
field l 'unrevised = { { measure = "cases" } }'
expect "with the ledger it is refused" 4 \
    "entry '0001-essai.txt': table 'data.cases': release 'essai' shows counts of period '2021' together with unrevised ones, and the store has lost it" \
    build_release l
[ ! -e "$WORK/l/output/perdu" ] && ok "and nothing is built" ||
    not_ok "and nothing is built"
change l '"2023-2024"' "$ALL" "$EVERY"
query() { sqlite3 "$WORK/l/store.sqlite" "$1"; }
for facts in cases population; do
    query "UPDATE $facts SET period = '2021' WHERE period = '2022'"
done
expect "a later year than the first is named, too" 4 \
    "release 'essai' shows counts of period '2022' together with unrevised ones" \
    build_release l
field l 'unrevised = { { measure = "cases", periods = { "2024" } } }'
expect "not where no year of the whole is unrevised" 0 "" build_release l

# --- a suppressed cell stays suppressed --------------------------------------------------
table s '"2021"' "$ALL" "$EVERY"
expect "build s" 0 "" build_release s
expect "publish s" 0 "" publish s essai
extracted_later s
sqlite3 "$WORK/s/store.sqlite" "UPDATE cases SET n = n + 40"
field s 'id = "apres"'
expect "all numbers revised upwards" 0 "" build_release s
freed=$(sqlite3 "$(edition s essai)" "ATTACH '$(edition s apres)' AS b;
    SELECT count(*) FROM cell a JOIN b.cell c USING(sheet, line, place)
    WHERE a.status = 'c' AND c.status = 'v' AND c.value > 0")
kept=$(sqlite3 "$(edition s essai)" "ATTACH '$(edition s apres)' AS b;
    SELECT count(*) FROM cell a JOIN b.cell c USING(sheet, line, place)
    WHERE a.status = 'c' AND c.status = 'c'")
[ "$freed" = 0 ] && [ "$kept" -gt 0 ] &&
    ok "what was suppressed stays suppressed" ||
    not_ok "what was suppressed stays suppressed" "$freed shown, $kept kept"

# --- zonings ----------------------------------------------------------------------------
table z '"2021"' '"root", "level:region"' "$EVERY"
expect "regions" 0 "" build_release z
expect "regions are published" 0 "" publish z essai
mv "$WORK/z/ledger" "$WORK/ledger-z"
change z '"2021"' '"root", "zone:quintile", "code:departement/02", "code:departement/03"' "$EVERY"
field z 'id = "naif"'
expect "another zoning, without the ledger" 0 "" build_release z
attack "the zonings tell" some 11 "$(edition z essai)" "$(edition z naif)"
mv "$WORK/ledger-z" "$WORK/z/ledger"
field z 'id = "prudent"'
expect "another zoning, with the ledger" 0 "" build_release z
attack "the zonings tell nothing" none 11 \
    "$(edition z essai)" "$(edition z prudent)"

# --- audiences ----------------------------------------------------------------------------
table d '"2021"' "$ALL" "$EVERY"
field d 'id = "reserve"'
field d 'audience = "authorised"'
sed -i 's/threshold = 11/threshold = 5/' "$WORK/d/panorama.lua"
expect "an authorised edition" 0 "" build_release d
expect "is published" 0 "" publish d reserve
grep -q '"audience": "authorised"' "$WORK/d/output/reserve/manifest.json" &&
    ok "says for whom it is" || not_ok "says for whom it is"
field d 'id = "public"'
field d 'audience = "public"'
sed -i 's/threshold = 5/threshold = 11/' "$WORK/d/panorama.lua"
change d '"2021", "2022"' '"root", "level:region", "zone:quintile"' "$EVERY"
mv "$WORK/d/ledger" "$WORK/ledger-d"
field d 'id = "naif"'
expect "a public edition, without the ledger" 0 "" build_release d
attack "tells authorised readers more" some 5 \
    "$(edition d naif)" "$(edition d reserve)"
mv "$WORK/ledger-d" "$WORK/d/ledger"
field d 'id = "public"'
expect "the public edition" 0 "" build_release d
attack "shows its readers nothing small" none 11 "$(edition d public)"
attack "tells authorised readers nothing more" none 5 \
    "$(edition d public)" "$(edition d reserve)"
expect "its certificate" 0 "" "$P" protect --project "$WORK/d" \
    -o "$WORK/d.db" --certificate "$WORK/d.proof" --quiet
expect "proves it" 0 "" "$P" audit --certificate "$WORK/d.proof" --quiet
[ "$(grep ^audience "$WORK/out" | tr '\n' ' ')" = \
    "audience public audience authorised " ] &&
    [ "$(grep -c '^not proved  0$' "$WORK/out")" -eq 2 ] &&
    ok "to each audience" || not_ok "to each audience" "$(cat "$WORK/out")"
for n in 1 2; do
    awk -v n=$n '/^panorama-certificate/ { s++ }
        s == n && /^witness/ { next } s == n && /^end/ { $0 = "end 0" }
        { print }' "$WORK/d.proof" >"$WORK/d.less"
    expect "not without the witnesses of audience $n" 4 "does not prove" \
        "$P" audit --certificate "$WORK/d.less" --quiet
done
expect "is published too" 0 "" publish d public
field d 'id = "reserve-2"'
field d 'audience = "authorised"'
sed -i 's/threshold = 11/threshold = 5/' "$WORK/d/panorama.lua"
change d '"2021", "2022"' "$ALL" "$EVERY"
expect "the next authorised edition" 0 "" build_release d
attack "counts with both" none 5 "$(edition d public)" \
    "$(edition d reserve)" "$(edition d reserve-2)"

# An authorised edition under a threshold of its own for cases, of which the
# public project knows nothing but what the ledger tells.
table e '"2021"' "$ALL" "$EVERY"
field e 'id = "reserve"'
field e 'audience = "authorised"'
cp "$WORK/e/panorama.lua" "$WORK/e.lua"
SIGNED="label = 'Cas', legal_basis = 'Loi', owner = 'DPO', date = '2026-01-03'"
rule() { echo "{ kind = 'threshold', threshold = $1, $2, $SIGNED },"; }
SOURCE=$(sqlite3 "$WORK/e/store.sqlite" \
    "SELECT source FROM measure WHERE code = 'cases'")
RULES="$(rule 20 "measures = 'cases'") $(rule 19 "periods = 'last:1'")"
RULES="$RULES $(rule 19 "sources = '$SOURCE'")"
sed -i "s|threshold = 11,|threshold = 5, rules = { $RULES },|" \
    "$WORK/e/panorama.lua"
expect "an authorised edition under a rule" 0 "" build_release e
expect "is published with it" 0 "" publish e reserve
grep -q "^rule${TAB}threshold${TAB}20${TAB}{\"measures\": \[\"cases\"\]}$" \
    "$WORK/e/ledger/0001-reserve.txt" && ok "which its entry tells" ||
    not_ok "which its entry tells" "$(head -14 "$WORK/e/ledger/0001-reserve.txt")"
cp "$WORK/e.lua" "$WORK/e/panorama.lua"
field e 'audience = "public"'
change e '"2021", "2022"' '"root", "level:region", "zone:quintile"' "$EVERY"
mv "$WORK/e/ledger" "$WORK/ledger-e"
field e 'id = "naif"'
expect "a public edition, without that ledger" 0 "" build_release e
attack "tells authorised readers of less than 20" some 20 \
    "$(edition e naif)" "$(edition e reserve)"
mv "$WORK/ledger-e" "$WORK/e/ledger"
field e 'id = "public"'
expect "the public edition after it" 0 "" build_release e
attack "tells them nothing under the rule" none 20 \
    "$(edition e public)" "$(edition e reserve)"
# Words that no longer say the same hold for all cells.
sqlite3 "$WORK/e/store.sqlite" "UPDATE measure SET source = 'autre'"
expect "a source that is gone stops nothing" 0 "" "$P" protect --quiet \
    --project "$WORK/e" -o "$WORK/e.db" --review "$WORK/e.review"
[ "$(grep -c "^rule${TAB}rule [123] .*${TAB}[1-9][0-9]*$" "$WORK/e.review")" \
    -eq 3 ] && ok "every rule of the entry holds" ||
    not_ok "every rule of the entry holds" "$(grep ^rule "$WORK/e.review")"

# A rule of today for all cases does not lower the default of those days.
table f '"2021"' "$ALL" "$EVERY"
field f 'id = "reserve"'
field f 'audience = "authorised"'
cp "$WORK/f/panorama.lua" "$WORK/f.lua"
sed -i "s|threshold = 11,|threshold = 20,|" "$WORK/f/panorama.lua"
expect "an authorised edition under a default of 20" 0 "" build_release f
expect "is published under it" 0 "" publish f reserve
sed "s|threshold = 11,|threshold = 11, rules = { $(rule 5 "measures = 'cases'") },|" \
    "$WORK/f.lua" >"$WORK/f/panorama.lua"
field f 'audience = "public"'
change f '"2021", "2022"' '"root", "level:region", "zone:quintile"' "$EVERY"
mv "$WORK/f/ledger" "$WORK/ledger-f"
field f 'id = "naif"'
expect "a public edition under a rule of 5, without that ledger" 0 "" \
    build_release f
attack "tells authorised readers of less than 20 as well" some 20 \
    "$(edition f naif)" "$(edition f reserve)"
mv "$WORK/ledger-f" "$WORK/f/ledger"
field f 'id = "public"'
expect "the public edition under a rule of 5" 0 "" build_release f
attack "tells them nothing under their default" none 20 \
    "$(edition f public)" "$(edition f reserve)"

# --- killed at any moment ---------------------------------------------------------------
uncounted
project k
expect "build k" 0 "" build_release k
expect "publish k" 0 "" publish k essai
cp -r "$WORK/k/ledger" "$WORK/whole"
broken=
for delay in 0 0.002 0.004 0.006 0.008 0.01 0.012 0.015 0.02 0.03; do
    rm -rf "$WORK/k/ledger"
    publish k essai >/dev/null 2>&1 &
    pid=$!
    sleep $delay
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    build_release k 2>>"$WORK/broken" || broken="$broken build:$delay"
    publish k essai >/dev/null 2>>"$WORK/broken" ||
        broken="$broken publish:$delay"
    diff -r "$WORK/k/ledger" "$WORK/whole" >/dev/null ||
        broken="$broken ledger:$delay"
done
[ -z "$broken" ] && ok "a killed publication is completed" ||
    not_ok "a killed publication is completed" "$broken"
