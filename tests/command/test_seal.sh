#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The seal: every kind of value is published as far as its counts are, what it
# cannot protect is refused by name, and the next release knows all of it.
. tests/command/lib.sh
P="$PANORAMA"

# measured NAME: a project whose store also has a screening programme, the
# share of those invited who came: few in one département, all in another.
measured() {
    project "$1"
    sed -i 's/reports = {.*/reports = { "data.lua" },/' "$WORK/$1/panorama.lua"
    query "$1" "
        INSERT INTO measure VALUES
        ('invited', 'count', 'persons', 'screening',
         'territory sex age period', '', '', 0, 'P', 'm', 'Invités', 'Invited'),
        ('came', 'count', 'persons', 'screening',
         'territory sex age period', '', '', 1, 'P', 'm', 'Venus', 'Came'),
        ('uptake', 'proportion', '%', '',
         'territory sex age period', 'came', 'invited', 1, 'P', 'm',
         'Participation', 'Uptake');
        INSERT INTO screening SELECT 'invited', territory_level, territory,
            period, sex, age, site, stratum, n / 50 FROM population;
        INSERT INTO screening SELECT 'came', territory_level, territory,
            period, sex, age, site, stratum,
            CASE territory WHEN '02' THEN 1 WHEN '03' THEN n / 50
                ELSE n / 90 END FROM population"
}
query() { sqlite3 "$WORK/$1/store.sqlite" "$2"; }
# tables NAME TABLE...: the fields of each table that is published.
tables() {
    name=$1 number=0
    shift
    {
        echo 'return { id = "data", title = { fr = "D", en = "D" },'
        echo '  formats = { "csv" }, plan = function(p)'
        for fields in "$@"; do
            number=$((number + 1))
            echo "p.table { id = 't$number', title = { fr = 'T', en = 'T' },"
            echo "  open_data = true, $fields }"
        done
        echo 'end, page = function(doc)'
        for n in $(seq $number); do echo "doc:dataset(doc:table('t$n'))"; done
        echo 'return {} end }'
    } >"$WORK/$name/data.lua"
}
refuse() { # NAME STATUS PATTERN PROJECT
    expect "$1" "$2" "$3" build_release "$4"
    [ ! -e "$WORK/$4/output/essai" ] && ok "$1: nothing is published" ||
        not_ok "$1: nothing is published"
}
# told NAME WANT SQL EDITION
told() {
    found=$(sqlite3 "$4" "$3" | tr '\n' ' ')
    [ "$found" = "$2 " ] && ok "$1" || not_ok "$1" "found: $found"
}

PLACES="territory = { 'root', 'level:departement' }"
CASES="measure = 'cases', person_years = 'population', period = '2021', $PLACES,
    site = 'every'"
RATES="values = { 'count', 'person_years',
    { kind = 'crude_rate', interval = true }, { kind = 'share', of = 'site' } }"
UPTAKE="measure = 'uptake', period = '2021', $PLACES,
    values = { 'count', { kind = 'proportion', interval = true } }"
PEOPLE="measure = 'population', period = '2021', $PLACES,
    values = { 'count' }"
SURVIVAL="measure = 'survival_net', period = 'all', site = 'every',
    territory = 'root',
    values = { { kind = 'estimate', interval = true } }"

# --- every kind of value --------------------------------------------------------
measured a
tables a "$CASES, $RATES" "$UPTAKE" "$PEOPLE" "$SURVIVAL"
expect "every kind of value is published" 0 "" build_release a
E=$(edition a essai)
told "columns have their units" \
    "count:cases crude_rate:per_100000 person_years:person_years share:percent" \
    "SELECT id || ':' || unit FROM sheet_column WHERE sheet = 0
     AND part = 0 ORDER BY id" "$E"
told "person-years and estimates are shown whatever the counts" "0" \
    "SELECT count(*) FROM cell JOIN sheet_column USING(sheet, place)
     WHERE kind IN (1, 6) AND status = 'c'" "$E"
told "a public count is shown whatever it is" "0" \
    "SELECT count(*) FROM cell WHERE sheet = 2 AND status = 'c'" "$E"
told "a rate is withheld where its count is" "0" \
    "SELECT count(*) FROM cell a JOIN cell b USING(sheet, line)
     WHERE sheet = 0 AND a.place = 0 AND b.place = 2 AND a.status = 'c'
     AND b.status <> 'c'" "$E"
told "a proportion of few is withheld with its limits" "c c c c" \
    "SELECT status FROM cell WHERE sheet = 1 AND line = 2 ORDER BY place" "$E"
told "a proportion of all is shown" "100.0" \
    "SELECT value FROM cell WHERE sheet = 1 AND line = 3 AND place = 1" "$E"

measured shares
share() { # DIMENSION
    echo "measure = 'cases', period = { '2021', '2022' }, $PLACES,
    sex = { 'T', 'M' }, age = { 'T', 'band:0-64' }, site = { 'all', 'code:CRC' },
    values = { 'count', { kind = 'share', of = '$1' } }"
}
tables shares "$(share territory)" "$(share site)" "$(share sex)" \
    "$(share age)" "$(share period | sed "s/'2022' }/'2022', '2021-2022' }/")"
expect "shares of every dimension are published" 0 "" build_release shares
told "a share is withheld where its count is" "0" \
    "SELECT count(*) FROM cell a JOIN cell b USING(sheet, line)
     WHERE a.place = 0 AND b.place = 1 AND a.status = 'c' AND b.status = 'v'" \
    "$(edition shares essai)"
told "totals are all of themselves" "100.0 100.0 100.0 100.0" \
    "SELECT value FROM cell WHERE line = 0 AND place = 1 AND sheet < 4" \
    "$(edition shares essai)"
told "of two years, each is less and both are all" "0 0 1" \
    "SELECT value > 99.9 FROM cell WHERE line < 3 AND place = 1 AND sheet = 4
     ORDER BY line" "$(edition shares essai)"

# --- what cannot be protected ---------------------------------------------------
measured open
tables open "$CASES, values = { 'count' }"
query open "UPDATE measure SET confidential = 0 WHERE code = 'cases'"
refuse "persons that are said to be public are refused" 4 \
    "table 'data.t1': measure 'cases' counts persons and is not marked confidential" open
measured aimed
tables aimed "$UPTAKE"
query aimed "UPDATE measure SET confidential = 1 WHERE code = 'invited'"
refuse "a confidential denominator is refused" 4 \
    "measure 'uptake' has, or is, a confidential denominator" aimed
measured years
tables years "$CASES, $RATES"
query years "UPDATE measure SET confidential = 1 WHERE code = 'population'"
refuse "confidential person-years are refused" 4 \
    "measure 'cases' has, or is, a confidential denominator" years
measured more
tables more "$UPTAKE"
query more "UPDATE screening SET n = n + 9000 WHERE measure = 'came'
    AND territory = '04'"
refuse "more who came than were invited are refused" 4 \
    "a count exceeds its public upper bound" more
measured unknown
tables unknown "measure = 'casse', period = '2021', values = { 'count' }"
refuse "a measure that the store does not have is named" 3 \
    "table 'data.t1': the store has no measure 'casse'" unknown
measured people
tables people "measure = 'cases', person_years = 'populace', period = '2021',
    values = { 'count' }"
refuse "and person-years that it does not have" 3 \
    "table 'data.t1': the store has no measure 'populace'" people
measured damaged
tables damaged "$UPTAKE"
query damaged "INSERT INTO screening VALUES ('invited', 'departement', '99',
    '2021', 'F', '65+', '', '', 40)"
refuse "a fact of an unknown place names its measure" 2 \
    "measure 'invited'.*99" damaged
measured ageless
tables ageless "$UPTAKE"
query ageless "DELETE FROM age_class"
refuse "a store without ages is refused" 2 "table 'age_class': no code" ageless

# --- standardised rates that cannot be judged are withheld ----------------------
RATED="measure = 'cases', person_years = 'population', territory = 'root',
    period = '2021', values = { 'count',
    { kind = 'standardised_rate', standard = 'world' } }"
# judged NAME WANT PROJECT: how many standardised rates are shown.
judged() {
    expect "$1 builds" 0 "" build_release "$3"
    told "$1: rates shown" "$2" "SELECT count(*) FROM cell JOIN sheet_column
        USING(sheet, place) WHERE kind = 3 AND status = 'v'" \
        "$(edition "$3" essai)"
    told "$1: counts shown" "0" "SELECT count(*) FROM cell JOIN sheet_column
        USING(sheet, place) WHERE kind = 0 AND line = 0 AND status <> 'v'" \
        "$(edition "$3" essai)"
}
# few NAME AGE: three cases of that age in all.
few() {
    query "$1" "UPDATE cases SET n = 3 * (territory = '04' AND sex = 'M'
        AND site = 'CRC' AND period = '2021') WHERE age = '$2'"
}
# single NAME LAST: age classes of a year up to LAST, then of five years.
single() {
    query "$1" "DELETE FROM age_class;
        WITH RECURSIVE age(a) AS (SELECT 0 UNION ALL SELECT a + 1 FROM age
            WHERE a < $2) INSERT INTO age_class
            SELECT printf('%02d', a), a, a FROM age;
        WITH RECURSIVE age(a) AS (SELECT $2 + 1 UNION ALL SELECT a + 5 FROM age
            WHERE a < 80) INSERT INTO age_class
            SELECT printf('%02d-%02d', a, a + 4), a, a + 4 FROM age WHERE a < 85;
        INSERT INTO age_class VALUES ('85+', 85, NULL);
        UPDATE cases SET age = CASE age WHEN '00-39' THEN '30'
            WHEN '40-64' THEN '44' ELSE '85+' END;
        UPDATE screening SET age = CASE age WHEN '00-39' THEN '30'
            WHEN '40-64' THEN '44' ELSE '85+' END;
        CREATE TABLE people AS SELECT * FROM population;
        DELETE FROM population;
        INSERT INTO population SELECT measure, territory_level, territory,
            period, sex, age_class.code, site, stratum, 1000 + low
            FROM people, age_class WHERE people.age = '65+';
        DROP TABLE people"
}
measured good
tables good "$RATED" "$RATED"
judged "a large country" 2 good
rm -r "$WORK/good/output/essai"
query good "INSERT INTO measure SELECT 'people', kind, unit, table_name,
        dimensions, numerator, denominator, confidential, source, method,
        label_fr, label_en FROM measure WHERE code = 'population';
    INSERT INTO population SELECT 'people', territory_level, territory, period,
        sex, age, site, stratum, n FROM population"
tables good "$RATED" "$(echo "$RATED" | sed s/population/people/)"
judged "rates of which one is by other person-years, though as many" 1 good
measured whole
tables whole "$RATED"
query whole "DELETE FROM coverage"
judged "a country without a word on coverage" 1 whole
measured gap
tables gap "$RATED"
query gap "INSERT INTO coverage VALUES ('departement', '01', '2021', '',
    'cases', 'not covered', 0)"
judged "a country less a département" 1 gap
measured crowd
tables crowd "$RATED"
query crowd "UPDATE population SET n = 3000000000 WHERE territory = '01'"
judged "more people than the proof counts" 0 crowd
measured flood
tables flood "$RATED"
query flood "UPDATE cases SET n = 3000000000 WHERE territory = '01'
    AND site = 'POU' AND age = '65+';
    UPDATE population SET n = 9000000000"
judged "more cases than the proof counts" 0 flood
measured sites
query sites "INSERT INTO measure SELECT 'all', kind, unit, 'deaths',
    'territory sex age period', numerator, denominator, confidential, source,
    method, label_fr, label_en FROM measure WHERE code = 'cases';
    INSERT INTO deaths SELECT 'all', territory_level, territory, period, sex,
    age, '', '', sum(n) FROM cases GROUP BY territory, period, sex, age"
tables sites "$(echo "$RATED" | sed "s/'cases'/'all'/")"
judged "cases that are not told by site" 0 sites
measured years
single years 84
tables years "$RATED"
judged "more ages than the proof holds" 0 years
measured wide
single wide 59
query wide "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s
        WHERE n < 400) INSERT INTO site SELECT 'S' || n, 'TOUS', 'S', 'S', '',
        '' FROM s;
    WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t
        WHERE n < 500) INSERT INTO territory SELECT 'departement', 'X' || n,
        'region', 'S', 'X', '', '', '' FROM t"
tables wide "$RATED"
judged "a store too large for the proof" 0 wide

# Whoever knows more than the proof holds is not proved against.
measured bands
single bands 44
few bands 30
bands() { # HOW MANY: so many bands from birth, and so many without end
    for a in $(seq "$1"); do printf "'band:0-%d', 'band:%d+', " "$a" $((a + 1)); done
}
COUNTED="measure = 'cases', period = '2021', territory = 'root',
    values = { 'count' }"
tables bands "$COUNTED, age = { 'T', $(bands 8) }" "$RATED"
judged "a rate beside some bands" 1 bands
rm -r "$WORK/bands/output/essai"
tables bands "$COUNTED, age = { 'T', $(bands 40) }" "$RATED"
judged "a rate beside more bands than the proof holds" 0 bands
rm -r "$WORK/bands/output/essai"
# The row is proved in the first table that has it, for all of them: here no
# age is suppressed, and each sex has a proof of its own.
wide_bands() { # HOW MANY: so many bands to each of five ends, of many cases
    for a in $(seq "$1"); do
        printf "'band:%d+', " "$a"
        for end in 44 49 54 59; do printf "'band:%d-%d', " "$a" "$end"; done
    done
}
query bands "DELETE FROM cases WHERE territory = '04' AND sex = 'M' AND
        site = 'CRC' AND period = '2021' AND age <> '30';
    INSERT INTO cases SELECT 'cases', 'departement', '04', '2021', 'M', code,
        'CRC', '', 100 FROM age_class WHERE code <> '30'"
SECOND="$(echo "$RATED" | sed s/world/esp2013/)"
tables bands "$COUNTED, age = { 'T', $(wide_bands 2) }" "$RATED" "$SECOND"
judged "rates of two tables beside some bands" 2 bands
rm -r "$WORK/bands/output/essai"
tables bands "$COUNTED, age = { 'T', $(wide_bands 29) }" "$RATED" "$SECOND"
judged "rates of two tables beside more bands than the proof holds" 0 bands
# Where ages that are cells tie the sexes, those of both are held at once.
tied() { # NAME LAST AGE OTHER: three cases of that age, many of the others
    measured "$1"
    single "$1" "$2"
    for facts in cases screening; do
        query "$1" "UPDATE $facts SET age = CASE age WHEN '30' THEN '$4'
            WHEN '44' THEN '$3' ELSE age END"
    done
    query "$1" "UPDATE population SET n = 10000 * n"
    few "$1" "$3"
    tables "$1" "$RATED" "$COUNTED, person_years = 'population',
        age = { 'T', 'each', 'band:0-44' }"
}
tied tied 9 40-44 30-34
judged "ages that tie the sexes" 1 tied
tied older 44 44 30
judged "more ages of two sexes than the proof holds" 0 older
measured many
few many 00-39
BOTH="$RATED, sex = { 'T', 'M', 'F' }"
tables many "$BOTH" "$BOTH"
judged "three rates of two tables" 6 many
rm -r "$WORK/many/output/essai"
# shellcheck disable=SC2086
eval tables many $(for n in $(seq 129); do printf '"$BOTH" '; done)
judged "three rates of very many tables" 387 many
rm -r "$WORK/many/output/essai"
# By as many standards, each told from the others by its weights alone.
mkdir -p "$WORK/many/lua-scripts/lib"
cat >"$WORK/many/lua-scripts/lib/standards.lua" <<'EOF'
local standards = {}
for n = 1, 129 do
    standards[n] = { code = "s" .. n, label = { fr = "S", en = "S" },
        source = "S", total = 3000,
        bands = { { 0, 39, 1000 }, { 40, 64, 1000 - n / 1e6 },
            { 65, -1, 1000 + n / 1e6 } } }
end
return standards
EOF
by() { # FROM TO: the rates by these standards
    for n in $(seq "$1" "$2"); do
        printf '"%s" ' "$(echo "$BOTH" | sed "s/world/s$n/")"
    done
}
eval tables many "$(by 1 80)"
judged "three rates by very many standards" 240 many
rm -r "$WORK/many/output/essai"
eval tables many "$(by 1 129)"
# The first ones are withheld until the proof holds what is left.
judged "three rates by more standards than the proof holds" 385 many
rm -r "$WORK/many/output/essai"
# Of a site, whose few cases the other sites could take back unseen.
BOTH="$BOTH, site = { 'all', 'code:CRC' }"
eval tables many "$(by 1 129)"
judged "those of a site by more standards than the proof holds" 514 many

# --- what the next release knows -------------------------------------------------
expect "it is published" 0 "" "$P" publish "$WORK/a/output/essai" --unfinished \
    --project "$WORK/a"
field a 'id = "suite"'
expect "the same tables build beside it" 0 "" build_release a
same() { sqlite3 "$1" "SELECT sheet, line, place, status, value FROM cell"; }
same "$E" >"$WORK/first"
same "$(edition a suite)" >"$WORK/second"
cmp -s "$WORK/first" "$WORK/second" && ok "and show the same" ||
    not_ok "and show the same" "$(diff "$WORK/first" "$WORK/second" | head -4)"

# A rate shown alone says that its count may be: the count that follows it is
# what the rate gave already, and what hides beside it must hide without it.
measured rate
tables rate "measure = 'cases', person_years = 'population', period = '2021',
    $PLACES, site = 'every', sex = { 'T', 'M', 'F' },
    values = { 'crude_rate', { kind = 'share', of = 'site' } }" "$UPTAKE"
expect "rates alone" 0 "" build_release rate
expect "are published" 0 "" "$P" publish "$WORK/rate/output/essai" --unfinished \
    --project "$WORK/rate"
tables rate "$CASES, sex = { 'T', 'M', 'F' }, values = { 'count' }"
field rate 'id = "suite"'
expect "their counts follow" 0 "" build_release rate
told "shown where the rates were" "0" \
    "ATTACH '$(edition rate essai)' AS old;
     SELECT count(*) FROM old.cell a JOIN cell b USING(sheet, line)
     WHERE sheet = 0 AND a.place = 0 AND b.place = 0 AND
     (a.status = 'c') <> (b.status = 'c')" "$(edition rate suite)"

# What is left of a whole published with a code that is gone cannot be proved.
query rate "DELETE FROM cases WHERE territory = '01';
    DELETE FROM population WHERE territory = '01';
    DELETE FROM screening WHERE territory = '01';
    DELETE FROM zone_member WHERE member_code = '01';
    DELETE FROM coverage WHERE territory = '01';
    DELETE FROM territory WHERE code = '01'"
field rate 'id = "sans"'
tables rate "measure = 'cases', period = '2021', site = 'every',
    territory = 'level:departement', values = { 'count' }"
expect "a département that is gone is missed" 4 \
    "seal.lost:.*'departement/01'.*expected it in the store" build_release rate
extracted_later rate
expect "nor where the others are still what they were, whatever the vintage" 4 \
    "seal.lost:.*'departement/01'.*expected it in the store" build_release rate
field rate "revised = { { measure = 'cases' }, { measure = 'came' } }"
expect "but where they are declared revised" 0 "" build_release rate
query rate "DELETE FROM registry WHERE key = 'extraction_date'"
field rate 'id = "quand"'
expect "a store without a date is not compared with what was published" 2 \
    "the store has no extraction_date" build_release rate

publish_first() { # NAME: its tables are published, the next release follows
    expect "$1: a release" 0 "" build_release "$1"
    expect "$1: is published" 0 "" "$P" publish "$WORK/$1/output/essai" --unfinished \
        --project "$WORK/$1"
    field "$1" 'id = "suite"'
}
COUNT="$CASES, values = { 'count' }"

measured readers
field readers 'audience = "authorised"'
tables readers "$COUNT"
publish_first readers
field readers 'audience = "public"'
query readers "UPDATE cases SET n = n + 1 WHERE territory = '02'"
expect "what other readers know is told with their audience" 4 \
    "against readers of audience 'authorised': ledger entry '0001-essai.txt': table 'data.t1': .*release 'essai' shows another number" \
    build_release readers

measured gone
tables gone "$COUNT" "$UPTAKE"
publish_first gone
query gone "DELETE FROM measure WHERE code IN ('came', 'uptake')"
tables gone "$COUNT"
expect "a measure that is gone is not missed" 0 "" build_release gone

measured torn
tables torn "$COUNT" "$UPTAKE"
publish_first torn
query torn "INSERT INTO screening VALUES ('came', 'departement', '99', '2021',
    'F', '65+', '', '', 40)"
tables torn "$COUNT"
expect "a measure is read for what was published of it" 2 "measure 'came'.*99" \
    build_release torn

measured part
tables part "$UPTAKE"
publish_first part
extracted_later part
query part "UPDATE screening SET n = n - 1 WHERE measure = 'came'
    AND territory = '04' AND age = '65+'"
expect "a revised numerator is another number" 0 "" build_release part
field part 'unrevised = { { measure = "uptake" } }'
field part 'id = "suite-2"'
expect "unless the proportion is declared unrevised" 4 \
    "came, territory .*: release 'essai' shows another number" build_release part

# An estimate says nothing of a count, whatever the entry calls it.
measured told
tables told "$CASES, values = { 'crude_rate' }"
publish_first told
tables told "$COUNT"
sed -i 's/^column	crude_rate	2/column	crude_rate	6/' \
    "$WORK/told/ledger/0001-essai.txt"
(cd "$WORK/told/ledger" && sha256sum 0001-essai.txt >chain.txt)
query told "UPDATE cases SET n = (sex = 'F' AND age = '65+') * 3
    WHERE territory = '02' AND site = 'POU'"
expect "an entry of estimates binds no count" 0 "" build_release told
told "the counts of today decide" "c" "SELECT status FROM cell
    WHERE line = 16" "$(edition told suite)"

# 70 measures in two releases.
measured seventy
query seventy "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s
    WHERE n < 70) INSERT INTO measure SELECT 'm' || n, kind, unit, table_name,
    dimensions, numerator, denominator, confidential, source, method, label_fr,
    label_en FROM measure, s WHERE code = 'cases';
    INSERT INTO cases SELECT code, 'departement', '01', '2021', 'F', '65+',
    'POU', '', 5 FROM measure WHERE code GLOB 'm[0-9]*'"
numbered() { # FROM TO: tables of these measures
    for n in $(seq "$1" "$2"); do
        printf '"%s" ' "measure = 'm$n', period = '2021', territory = 'root',
            values = { 'count' }"
    done
}
eval tables seventy "$(numbered 1 40)"
publish_first seventy
eval tables seventy "$(numbered 41 70)"
expect "more measures than can be protected together are refused" 4 \
    "more than 64 measures in one release" build_release seventy
extracted_later seventy
expect "also when they are of another vintage" 4 \
    "more than 64 measures in one release" build_release seventy

# Hundreds of periods that overlap, in two releases.
measured long
query long "WITH RECURSIVE y(n) AS (SELECT 1971 UNION ALL SELECT n + 1 FROM y
    WHERE n < 2020) INSERT INTO cases SELECT measure, territory_level,
    territory, '' || y.n, sex, age, site, stratum, cases.n FROM cases, y
    WHERE period = '2021' AND territory = '01' AND site = 'POU'"
pooled() { # FROM TO: words for all periods of so many years
    for years in $(seq "$1" "$2"); do
        for first in $(seq 1971 $((2021 - years))); do
            printf '"%d-%d", ' "$first" $((first + years - 1))
        done
    done
}
POOLED="measure = 'cases', territory = 'root', values = { 'count' }"
tables long "$POOLED, period = { $(pooled 2 15) }"
publish_first long
tables long "$POOLED, period = { $(pooled 16 40) }"
expect "more periods than can be protected together are refused" 4 \
    "ledger entry '0001-essai.txt': table 'data.t1': dimension 'period' overlaps in too many ways" \
    build_release long

# --- tables that cannot be ------------------------------------------------------
measured place
tables place "measure = 'cases', period = '2021',
    territory = 'code:departement/99', values = { 'count' }"
refuse "a place that the store does not have is named" 3 "99" place

# --- the proof of a release ------------------------------------------------------
measured proof
tables proof "$COUNT" "$UPTAKE"
expect "a certificate is written" 0 "" "$P" protect --project "$WORK/proof" \
    -o "$WORK/proof.db" --certificate "$WORK/proof.cert" --quiet
expect "and proves the release" 0 "" "$P" audit --certificate "$WORK/proof.cert"
expect "a certificate that cannot be written stops all" 6 "none/proof.cert" \
    "$P" protect --project "$WORK/proof" -o "$WORK/none.db" \
    --certificate "$WORK/none/proof.cert" --quiet
[ ! -e "$WORK/none.db" ] && ok "no edition is left" || not_ok "no edition is left"
