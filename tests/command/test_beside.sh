#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Counts by age of a release beside standardised rates that an earlier one
# printed of the same rows: what both tell is attacked together.
. tests/command/lib.sh
. tests/command/attacked.sh
# Few cases at the first age, some of them in large populations.
few_cases 3 19 37 200000 280000
# table ID AGES VALUES [MORE]
table() {
    echo "p.table { id = '$1', title = { fr = 'T', en = 'T' },
        open_data = true, measure = 'cases', territory = '$place',
        person_years = 'population', sex = 'T', age = $2, period = 'all',
        site = 'site', values = { 'count', $3 } ${4:-} }"
}
rate="{ kind = 'standardised_rate', standard = 'world', interval = true }"
# release NAME ID TABLE
release() {
    {
        echo 'return { id = "data", title = { fr = "D", en = "D" },'
        echo "  formats = { 'csv' }, plan = function(p) $3 end,"
        echo "page = function(doc) doc:dataset(doc:table('t')) return {} end }"
    } >"$WORK/a/data.lua"
    field a "id = \"$2\""
    expect "$1" 0 "" build_release a
}
confidential() { # ID
    sqlite3 "$(edition a "$1")" "SELECT count(*) FROM cell WHERE status = 'c'"
}

place="code:departement/05"
release "rates, and no age" taux "$(table t "'T'" "$rate")"
attack "tell of no age" none taux
release "counts by age" naif "$(table t "{ 'T', 'each' }" "")"
attack "nor do these" none naif
attack "both together do" some taux naif
field a 'id = "taux"'
expect "the rates are published" 0 "" publish a taux
release "the same rates" encore "$(table t "'T'" "$rate")"
expect "twice" 0 "" publish a encore
release "counts by age, with the ledger" ages "$(table t "{ 'T', 'each' }" "")"
attack "do not" none taux ages
[ "$(confidential ages)" -gt "$(confidential naif)" ] &&
    ok "more of them are withheld" || not_ok "more of them are withheld" \
    "$(confidential ages) $(confidential naif)"
[ "$(confidential ages)" -lt 24 ] && ok "and others are shown" ||
    not_ok "and others are shown" "$(confidential ages)"
expect "and published" 0 "" publish a ages
release "rates and counts by age" tout "$(table t "{ 'T', 'each' }" "$rate")"
attack "nor do all together" none taux ages tout

# Person-years of today are not those of then.
cp "$WORK/a/store.sqlite" "$WORK/then.sqlite"
extracted_later a
sqlite3 "$WORK/a/store.sqlite" "UPDATE population SET n = n * 5 / 4 + period"
rm -r "$WORK/a/ledger"
field a 'id = "taux"'
expect "the rates alone" 0 "" publish a taux
release "by age, of a later extraction" revu "$(table t "{ 'T', 'each' }" "")"
attack "nothing more" none "taux@$WORK/then.sqlite" revu
mv "$WORK/then.sqlite" "$WORK/a/store.sqlite"

# Where withholding all the ages of a row does not help, nothing is published.
rm -r "$WORK/a/ledger"
place="code:departement/06"
release "rates of another place" ailleurs "$(table t "'T'" "$rate")"
expect "are published" 0 "" publish a ailleurs
field a 'id = "refus"'
sed -i "s/age = 'T'/age = { 'T', 'each' }/; s/, $rate//" "$WORK/a/data.lua"
expect "counts by age are refused" 4 \
    "error seal.beside: cases, territory departement/06, site .*: rates that earlier releases printed give it back beside the cells of this one: expected broader ages, or none, in its tables" \
    build_release a
[ ! -e "$WORK/a/output/refus" ] && ok "and nothing is written" ||
    not_ok "and nothing is written"
