#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Derived values that cannot be protected are refused, by name and with status
# 4; a waiver answers for estimates, and is printed.
. tests/command/lib.sh
P="$PANORAMA"

# told NAME SQL [REPORT]: a project whose store says something else of its
# measures, and whose table "sites" is followed by another.
told() {
    project "$1"
    sqlite3 "$WORK/$1/store.sqlite" "$2"
    [ $# -lt 3 ] || sed -i "s|-- PLAN|p.table { id = 'more', title = { fr = 'A', en = 'A' }, $3 }|" \
        "$WORK/$1/report.lua"
}
refuse() { # NAME PATTERN PROJECT
    expect "$1" 4 "$2" build_release "$3"
    empty "$1: nothing is left" "$WORK/$3/output"
}

# --- counts of persons and denominators ---------------------------------------
told public "UPDATE measure SET confidential = 0 WHERE code = 'cases'"
refuse "public counts of persons are refused" \
    "table 'profil.sites': measure 'cases' counts persons and is not marked confidential" public
COPY="source, method, label_fr, label_en FROM measure WHERE code = 'cases'"
told part "INSERT INTO measure SELECT 'events', kind, unit, table_name, dimensions, '', '', 0, $COPY;
    INSERT INTO measure SELECT 'part', 'proportion', 'percent', '', dimensions, 'events', 'population', 0, $COPY;" \
    "measure = 'part', period = 'all', values = { 'proportion' }"
refuse "nor may they be the numerator of a proportion" \
    "measure 'events' counts persons and is not marked confidential" part
told people "UPDATE measure SET confidential = 1 WHERE code = 'population'"
refuse "a confidential denominator is refused" \
    "measure 'cases' has, or is, a confidential denominator" people
told alone "UPDATE measure SET confidential = 1 WHERE code = 'population'"
sed -i 's|measure = "cases", person_years = "population"|measure = "population"|
    s|"count",|"count",|; /kind = "/d' "$WORK/alone/report.lua" "$WORK/alone/data.lua"
refuse "and so is a table of it" \
    "measure 'population' has, or is, a confidential denominator" alone

# --- estimates ------------------------------------------------------------------
MODEL="measure = 'survival_net', territory = 'root', site = 'every', sex = { 'M', 'F' }, stratum = 'each', values = { { kind = 'estimate', interval = true } }, period = 'all'"
told model "UPDATE measure SET confidential = 1 WHERE code = 'survival_net'" "$MODEL"
refuse "a confidential estimate is refused" \
    "table 'profil.more': measure 'survival_net' is confidential and stored as an estimate: .*no waiver 'estimate'" model
told counted "UPDATE measure SET numerator = 'cases' WHERE code = 'survival_net'" "$MODEL"
refuse "and so is an estimate made of confidential counts" \
    "measure 'survival_net' is confidential and stored as an estimate" counted
waive standardised_rate model
refuse "a waiver of another kind does not help" "no waiver 'estimate'" model
waive estimate model
expect "a waiver with owner and date does" 0 "" build_release model
grep -q '"kind": "estimate", "owner": "Comité d’essai", "owner_en": "Comité d’essai", "date": "2026-01-09", "reason": "Modèle relu", "reason_en": "Model reviewed"' \
    "$WORK/model/output/essai/manifest.json" &&
    ok "and is printed in the manifest" ||
    not_ok "and is printed in the manifest" "$(grep waivers "$WORK/model/output/essai/manifest.json")"
told nobody "UPDATE measure SET confidential = 1 WHERE code = 'survival_net'" "$MODEL"
waive estimate nobody
sed -i "s|owner = 'Comité d’essai', ||" "$WORK/nobody/panorama.lua"
expect "a waiver without owner is refused" 3 "owner: expected a text" build_release nobody
