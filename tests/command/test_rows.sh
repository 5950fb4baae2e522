#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Counts by age of a release beside standardised rates that an earlier one
# printed of rows that these counts only compose or cut.
. tests/command/lib.sh
. tests/command/attacked.sh
# Hardly a case at the first age, in small populations.
few_cases 2 12 30 2000 28000
# release NAME ID TERRITORY PERIOD AGES VALUES
release() {
    cat >"$WORK/a/data.lua" <<LUA
return { id = "data", title = { fr = "D", en = "D" }, formats = { 'csv' },
  plan = function(p)
    p.table { id = 't', title = { fr = 'T', en = 'T' }, open_data = true,
      measure = 'cases', territory = $3, person_years = 'population',
      sex = 'T', age = $5, period = $4, site = 'site',
      values = { 'count', $6 } }
  end,
  page = function(doc) doc:dataset(doc:table('t')) return {} end }
LUA
    field a "id = \"$2\""
    expect "$1" 0 "" build_release a
}
ATTACKER=rows_attack.py # by linear programs
rate="{ kind = 'standardised_rate', standard = 'world' }"
# pair NAME TERRITORY PERIOD TERRITORY PERIOD: rates of these, then counts by
# age of those; with "refused", these are not published.
pair() {
    release "rates of $1" "taux-$1" "$2" "$3" "'T'" "$rate"
    release "counts by age, without the ledger" "naif-$1" "$4" "$5" \
        "{ 'T', 'each' }" ""
    attack "tell of ages together" some "taux-$1" "naif-$1"
    field a "id = \"taux-$1\""
    expect "the rates are published" 0 "" publish a "taux-$1"
    if [ "${6:-}" = refused ]; then
        field a "id = \"ages-$1\""
        expect "counts by age are refused" 4 "error seal.beside: cases, .*" \
            build_release a
    else
        release "counts by age, with the ledger" "ages-$1" "$4" "$5" \
            "{ 'T', 'each' }" ""
        attack "tell of none" none "taux-$1" "ages-$1"
    fi
    rm -r "$WORK/a/ledger"
}
pair regions "'level:region'" "'2021'" "'level:departement'" "'2021'" refused
pair departements "'level:departement'" "'2021'" "'level:region'" "'2021'"
pair periods "'level:region'" "'2021-2022'" "'level:region'" "{ '2021', '2022' }"
pair years "'level:region'" "{ '2021', '2022' }" "'level:region'" "'2021-2022'"
