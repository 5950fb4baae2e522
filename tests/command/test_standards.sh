#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Standardised rates of a release beside those that an earlier one printed of
# the same rows: what both tell of the ages is proved together.
. tests/command/lib.sh
. tests/command/attacked.sh
# Few cases of one site in small populations, drawn by their codes.
few_cases 4 9 15 2000 28000
# tables NAME=VALUES...: tables of these values, of $periods and $sexes
periods="'all'"
sexes="'T', 'M', 'F'"
tables() {
    {
        echo 'return { id = "data", title = { fr = "D", en = "D" },'
        echo '  formats = { "csv" }, plan = function(p)'
        for table in "$@"; do
            echo "p.table { id = '${table%%=*}', title = { fr = 'T', en = 'T' },
                open_data = true, measure = 'cases', territory = 'all',
                person_years = 'population', sex = { $sexes },
                period = $periods, site = 'every', values = { 'count', ${table#*=} } }"
        done
        echo 'end, page = function(doc)'
        for table in "$@"; do echo "doc:dataset(doc:table('${table%%=*}'))"; done
        echo 'return {} end }'
    } >"$WORK/a/data.lua"
}
rate() { echo "{ kind = 'standardised_rate', standard = '$1', interval = true${2:-} }"; }
release() { # NAME ID
    field a "id = \"$2\""
    expect "$1" 0 "" build_release a
}
# rates ID: those that are shown.
rates() {
    sqlite3 "$(edition a "$1")" "SELECT sheet, line, part, value FROM cell
        JOIN sheet_column USING(sheet, place) WHERE kind = 3 AND status = 'v'"
}
# both NEW OLD: rates of the first table that both show, but for those of none.
both() {
    sqlite3 "$(edition a "$1")" "ATTACH '$(edition a "$2")' AS old;
        SELECT count(*) FROM cell a JOIN old.cell b USING(sheet, line, place)
        WHERE sheet = 0 AND place = 1 AND a.status = 'v' AND b.status = 'v' AND
        b.value > 0"
}

tables t="$(rate world)"
release "rates by one standard" monde
expect "are published" 0 "" publish a monde
tables t="$(rate esp2013)"
mv "$WORK/a/ledger" "$WORK/ledger"
release "by another, without the ledger" naif
attack "each alone tells of no age" none monde
attack "nor does the other" none naif
attack "both together do" some monde naif
mv "$WORK/ledger" "$WORK/a/ledger"
release "with the ledger" europe
attack "they do not" none monde europe
[ "$(rates europe | wc -l)" -gt 40 ] && ok "though many are shown" ||
    not_ok "though many are shown" "$(rates europe | wc -l)"

tables t="$(rate world)"
release "the same rates once more" encore
rates monde >"$WORK/first"
rates encore >"$WORK/second"
cmp -s "$WORK/first" "$WORK/second" && ok "are the same" ||
    not_ok "are the same" "$(diff "$WORK/first" "$WORK/second" | head -4)"
expect "they are published, too" 0 "" publish a encore

tables t="$(rate esp2013)" u="$(rate esp2013 ", by_sex = true")"
release "rates by age and sex as well" sexes
attack "after two releases" none monde encore sexes
expect "and are published" 0 "" publish a sexes
tables t="$(rate world ", decimals = 2")"
release "with a decimal more" deux
attack "still nothing" none monde sexes deux

# Years in one release, their sum in another: no table has the rows of both.
mv "$WORK/a/ledger" "$WORK/kept"
one_then_other() { # ID PERIODS OTHERS
    made=$1 others=$3
    periods=$2
    tables t="$(rate world)"
    release "rates of the $made" "$made"
    expect "published" 0 "" publish a "$made"
    periods=$others
    tables t="$(rate world)"
    mv "$WORK/a/ledger" "$WORK/ledger"
    release "then others, without the ledger" "$made-naif"
    mv "$WORK/ledger" "$WORK/a/ledger"
    attack "tell together of ages" some "$made" "$made-naif"
    release "with the ledger" "$made-ensuite"
    attack "they do not" none "$made" "$made-ensuite"
    [ "$(rates "$made-ensuite" | wc -l)" -gt 40 ] && ok "though some are shown" ||
        not_ok "though some are shown" "$(rates "$made-ensuite" | wc -l)"
    rm -r "$WORK/a/ledger"
}
one_then_other annees "{ '2021', '2022' }" "{ '2021-2022' }"
one_then_other somme "{ '2021-2022' }" "{ '2021', '2022' }"

# Deaths are other people: what was printed of theirs binds no rate of cases.
sqlite3 "$WORK/a/store.sqlite" "INSERT INTO measure
    SELECT 'deaths', kind, unit, 'deaths', dimensions, numerator, denominator,
        confidential, source, method, label_fr, label_en
        FROM measure WHERE code = 'cases';
    INSERT INTO deaths SELECT 'deaths', territory_level, territory, period, sex,
        age, site, stratum, n / 2 FROM cases"
deaths() { sed -i "/id = 'd'/,/values/ s/'cases'/'deaths'/" "$WORK/a/data.lua"; }
years_then_sum() { # ID NAME=VALUES...: these of each year, then t and d of both
    first=$1
    shift
    periods="{ '2021', '2022' }"
    tables "$@"
    deaths
    release "rates of years: $first" "$first"
    expect "published" 0 "" publish a "$first"
    periods="{ '2021-2022' }"
    tables t="$(rate world)" d="$(rate world)"
    deaths
    release "then cases and deaths of both" "$first-ensuite"
    rm -r "$WORK/a/ledger"
    sqlite3 "$(edition a "$first-ensuite")" "SELECT * FROM cell WHERE sheet = 0" \
        >"$WORK/cells.$first"
}
years_then_sum seuls t="$(rate world)"
years_then_sum ensemble t="$(rate world)" d="$(rate world)"
cmp -s "$WORK/cells.seuls" "$WORK/cells.ensemble" &&
    ok "cases are told alike beside deaths" ||
    not_ok "cases are told alike beside deaths" \
        "$(diff "$WORK/cells.seuls" "$WORK/cells.ensemble" | head -4)"
attack "both tell of no age" none ensemble ensemble-ensuite

periods="'all'"
mv "$WORK/kept" "$WORK/a/ledger"

# Standards that the project no longer knows, or knows by other ages: the ledger
# has their weights.
mkdir -p "$WORK/a/lua-scripts/lib"
sed 's/"world"/"segi"/; s/"esp2013"/"europe"/
    s/^return {/&{ code = "world", label = { fr = "M", en = "W" },\
        source = "S", total = 2, bands = { { 0, 49, 1 }, { 50, -1, 1 } } },/' \
    "$ROOT/lua-scripts/lib/standards.lua" >"$WORK/a/lua-scripts/lib/standards.lua"
tables t="$(rate segi)"
release "by standards of other names" noms
segi="@$WORK/a/store.sqlite@segi=68000,25000,7000"
attack "beside those of old" none monde encore sexes deux "noms$segi"
[ "$(both noms monde)" -gt 40 ] && ok "what was printed by the old name stands" ||
    not_ok "what was printed by the old name stands" "$(both noms monde)"
mv "$WORK/a/ledger" "$WORK/ledger"
tables t="$(rate europe)"
release "by another, without the ledger" autre
europe="@$WORK/a/store.sqlite@europe=47000,33500,19500"
attack "tells of ages" some monde "autre$europe"
mv "$WORK/ledger" "$WORK/a/ledger"
release "and with it" ensuite
attack "does not" none monde encore sexes deux "ensuite$europe"

# Person-years that were revised, weights that were: whoever kept those of then
# has another equation over the same cases.
rm -r "$WORK/a/lua-scripts"
mv "$WORK/a/ledger" "$WORK/kept"
cp "$WORK/a/store.sqlite" "$WORK/then.sqlite"
then="@$WORK/then.sqlite"
tables t="$(rate world)"
release "rates of a first extraction" premier
expect "published" 0 "" publish a premier
extracted_later a
sqlite3 "$WORK/a/store.sqlite" \
    "UPDATE population SET n = n + (n * 13 + period) % (n / 4)"
mv "$WORK/a/ledger" "$WORK/ledger"
release "by revised person-years, without the ledger" revu-naif
attack "tell together of ages" some "premier$then" revu-naif
mv "$WORK/ledger" "$WORK/a/ledger"
release "with the ledger" revu
attack "they do not" none "premier$then" revu
[ "$(rates revu | wc -l)" -gt 40 ] && ok "though some are shown" ||
    not_ok "though some are shown" "$(rates revu | wc -l)"
expect "and published" 0 "" publish a revu

mkdir -p "$WORK/a/lua-scripts/lib"
cat >"$WORK/a/lua-scripts/lib/standards.lua" <<'LUA'
return { { code = "world", label = { fr = "M", en = "W" }, source = "S",
  total = 100, bands = { { 0, 39, 50 }, { 40, 64, 30 }, { 65, -1, 20 } } } }
LUA
mv "$WORK/a/ledger" "$WORK/ledger"
release "by other weights of that name, without the ledger" poids-naif
other="@$WORK/a/store.sqlite@world=50000,30000,20000"
attack "tell of ages, too" some "premier$then" revu "poids-naif$other"
mv "$WORK/ledger" "$WORK/a/ledger"
release "with it" poids
attack "they do not" none "premier$then" revu "poids$other"
rm -r "$WORK/a/lua-scripts"

# An entry of the format that lacks both: nothing is proved beside its rates.
first_format() { # NAME FILE: the only entry of its ledger as it would have been
    awk -F '\t' -v OFS='\t' '$1 ~ /^(standard|rates|years|at)$/ { next }
        $1 == "panorama-ledger" { $2 = 1 } $1 == "column" { NF = 5 }
        { print }' "$WORK/$1/ledger/$2" >"$WORK/entry"
    sed -i "s/^end\t.*/end\t$(wc -l <"$WORK/entry")/" "$WORK/entry"
    mv "$WORK/entry" "$WORK/$1/ledger/$2"
    (cd "$WORK/$1/ledger" && sha256sum "$2" >chain.txt)
}
cp "$WORK/then.sqlite" "$WORK/a/store.sqlite"
rm -r "$WORK/a/ledger"
field a 'id = "premier"'
expect "the first once more" 0 "" publish a premier
first_format a 0001-premier.txt
tables t="$(rate world)"
release "beside rates that nobody can make again" ancien
same_as "all that were printed are withheld" 0 "$(both ancien premier)"

# A département that is gone: rates of all that had it are of other rows.
rm -r "$WORK/a/ledger"
mv "$WORK/kept" "$WORK/a/ledger"
sqlite3 "$WORK/a/store.sqlite" "DELETE FROM cases WHERE territory = '06';
    DELETE FROM population WHERE territory = '06';
    DELETE FROM zone_member WHERE member_code = '06';
    DELETE FROM territory WHERE code = '06'"
extracted_later a
field a "revised = { { measure = 'cases' } }"
waive published_before a
tables t="$(rate world)"
release "a département less" sans
attack "tells nothing of the others" none monde encore sexes sans

# A rate by age and sex may print what the one by age does: it is not the same.
project b
cp "$WORK/a/panorama.lua" "$WORK/b/panorama.lua"
mv "$WORK/a" "$WORK/kept" && mv "$WORK/b" "$WORK/a"
few_cases 4 9 15 2000 28000
sqlite3 "$WORK/a/store.sqlite" "
    UPDATE cases SET n = (n * 7 + territory * 5 + period * 17 +
        length(site) * 14 + (sex = 'M') * 11 + unicode(site) * 27) %
        CASE age WHEN '00-39' THEN 3 WHEN '40-64' THEN 6 ELSE 21 END;
    UPDATE population SET n = 40000 + (territory * 136780 + period * 31 +
        length(age) + unicode(age) * 17) % 60000;
    UPDATE population SET n = n + 1 + (territory * 7 + 14 + period) % 9000
        WHERE sex = 'F'"
sexes="'T'"
tables t="$(rate esp2013 ", by_sex = true")"
release "rates by age and sex" deux-sexes
expect "published" 0 "" publish a deux-sexes
tables t="$(rate esp2013)"
release "then by age, of both sexes" ages
attack "tell nothing where the first print the same" none ages
[ "$(rates ages | wc -l)" -gt 40 ] && ok "though many are shown" ||
    not_ok "though many are shown" "$(rates ages | wc -l)"
sexes="'T', 'M', 'F'"
rm -r "$WORK/a" && mv "$WORK/kept" "$WORK/a"

# A région of one département: its rates are those of the département.
project b
cp "$WORK/a/panorama.lua" "$WORK/b/panorama.lua"
mv "$WORK/a" "$WORK/kept" && mv "$WORK/b" "$WORK/a"
few_cases 4 9 15 2000 28000
sqlite3 "$WORK/a/store.sqlite" "
    INSERT INTO territory SELECT level, 'X', parent_level, parent_code, 'Île',
        article, valid_from, valid_to FROM territory WHERE code = 'S';
    UPDATE territory SET parent_code = 'X' WHERE code = '06';
    UPDATE cases SET n = n * 3; UPDATE population SET n = n * 100"
tables t="$(rate world)" u="$(rate esp2013 ", decimals = 2")"
release "a place under two names" noms-doubles
rates_of() { # LEVEL CODE
    grep -h ",$1,$2," "$WORK/a/output/noms-doubles/data/data-t.csv" \
        "$WORK/a/output/noms-doubles/data/data-u.csv" | grep ',asr_' |
        cut -d, -f2-5,9-
}
rates_of region X >"$WORK/first"
rates_of departement 06 >"$WORK/second"
cmp -s "$WORK/first" "$WORK/second" && ok "prints the same under both" ||
    not_ok "prints the same under both" "$(diff "$WORK/first" "$WORK/second")"
[ "$(grep -c ',v,' "$WORK/first")" -gt 20 ] && ok "and something" ||
    not_ok "and something" "$(cat "$WORK/first")"
rm -r "$WORK/a" && mv "$WORK/kept" "$WORK/a"

# The same store once more, under another name: what was decided is not decided
# again, by whatever order proofs are found in, nor where a waiver answers.
rm -r "$WORK/a/ledger"
sed -i "s|waivers = {|waivers = { { kind = 'standardised_rate_sums', \
least = 60, owner = 'Comité d’essai', date = '2026-01-09', \
reason = { fr = 'Modèle relu', en = 'Model reviewed' } },|" "$WORK/a/panorama.lua"
periods="{ '2021', '2022', '2021-2022' }"
tables t="$(rate world), $(rate esp2013)" u=
of_all() { sed -i "/id = 'u'/,/values/ s/period = {[^}]*}/period = 'all'/" "$WORK/a/data.lua"; }
of_all
release "large rates by two standards, and counts of more" grand
expect "published under one name" 0 "" publish a grand
release "and under another" pareil
for id in grand pareil; do
    sqlite3 "$(edition a $id)" "SELECT * FROM cell" >"$WORK/cells.$id"
done
cmp -s "$WORK/cells.grand" "$WORK/cells.pareil" && ok "tell the same" ||
    not_ok "tell the same" "$(diff "$WORK/cells.grand" "$WORK/cells.pareil" | head -4)"
attack "both tell nothing that one does not" none grand pareil
periods="{ '2021', '2021-2022' }"
tables t="$(rate world)" u=
of_all
release "of a year that had rates, counts alone" comptes
attack "tell nothing, either" none grand comptes
periods="{ '2021', '2022', '2021-2022' }"
freed() { # NEW OLD: rates that the new release shows and the old withheld
    sqlite3 "$(edition a "$1")" "ATTACH '$(edition a "$2")' AS b;
        SELECT count(*) FROM cell a JOIN sheet_column USING(sheet, place)
        JOIN b.cell c USING(sheet, line, place) WHERE kind = 3 AND part = 0
        AND a.status = 'v' AND c.status = 'c'"
}
tables t="$(rate world)"
release "without what withheld some of them" moins
same_as "they stay withheld" 0 "$(freed moins grand)"

# Cases that were revised since are other numbers: what was printed of those
# before binds none of them. Where nobody lives there is no rate.
sqlite3 "$WORK/a/store.sqlite" "UPDATE registry SET value = 's-3'
        WHERE key = 'snapshot';
    UPDATE cases SET n = n + 1 + period % 2 WHERE sex = 'F' AND age = '65+';
    UPDATE population SET n = 0
        WHERE territory = '05' AND sex = 'M' AND age = '00-39';
    UPDATE cases SET n = 0
        WHERE territory = '05' AND sex = 'M' AND age = '00-39'"
release "cases of women that were revised" corrige
[ "$(rates corrige | wc -l)" -gt 40 ] && ok "have rates of their own" ||
    not_ok "have rates of their own" "$(rates corrige | wc -l)"
attack "which tell of no age" none corrige

periods="{ '2021' }"
tables t="$(rate world)"
field a 'audience = "authorised"'
release "for other readers they are decided anew" reserve
