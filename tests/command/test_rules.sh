#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The disclosure rules of a project: refused by name where they are wrong,
# obeyed where they are right, told outside without the cells they are about.
. tests/command/lib.sh
P="$PANORAMA"
SIGNED="legal_basis = 'Loi', owner = 'DPO', date = '2026-01-03'"

# ruled NAME RULE...: a project with these rules.
ruled() {
    name=$1
    project "$name"
    shift
    sed -i "s|threshold = 11,|threshold = 11, rules = { $* },|" \
        "$WORK/$name/panorama.lua"
}
refuse() { # NAME STATUS PATTERN PROJECT
    expect "$1" "$2" "$3" build_release "$4"
    empty "$1: nothing is left" "$WORK/$4/output"
}

# --- wrong policies: status 3 --------------------------------------------------
ruled nobody "{ kind = 'zeros', population = 9, legal_basis = 'Loi', date = '2026-01-03' }"
refuse "a rule without owner is refused" 3 \
    "policy: rule 1 \(zeros\): owner: expected a text, found none" nobody
ruled field "{ kind = 'zeros', populatoin = 9, $SIGNED }"
refuse "a misspelt field of a rule names its neighbour" 3 \
    "rule 1 \(zeros\): unknown field 'populatoin'; the nearest is 'population'" field
ruled site "{ kind = 'stricter', sites = 'code:POX', threshold = 20, label = 'Poumon', $SIGNED }"
refuse "a site that the store does not have is named" 3 \
    "policy: rule 1 \(stricter\): sites: site 'code:POX': the store has no code 'POX'; the nearest is 'POU'" site
ruled measure "{ kind = 'threshold', measures = 'deaths', threshold = 5, label = 'Décès', $SIGNED }"
refuse "a measure that the store does not have is named" 3 \
    "policy: rule 1 \(threshold\): measures: the store has no measure 'deaths'" measure

# --- what cannot be: status 4, and no count --------------------------------------
CELL="measures = 'cases', territories = 'code:departement/01', sexes = 'F', periods = '2021'"
ruled both "{ kind = 'must_show', cells = {{ $CELL, sites = 'code:EST' }}, $SIGNED }"
refuse "a small cell that must be shown is a contradiction" 4 \
    "departement/01, site EST, sex F.*: rule 1 \(must_show\) wants it shown, threshold wants it suppressed" both
ruled given "{ kind = 'must_show', cells = {{ $CELL, sites = { 'code:DIG', 'code:CRC' } }}, $SIGNED }"
refuse "cells that give a small one back cannot be shown" 4 \
    "departement/01, site EST, sex F.*rule 1 \(must_show\) wants this cell shown: cases, territory departement/01, site DIG" given
ruled zero "{ kind = 'structural_zeros', sites = 'code:POU', label = 'Poumon', $SIGNED }"
refuse "a declared structural zero that is none is refused" 4 \
    "site POU.*: rule 1 \(structural_zeros\) declares it a structural zero, and it is not zero" zero

# --- what can be -----------------------------------------------------------------
ruled good "{ kind = 'stricter', sites = 'code:EST', threshold = 20, label = 'Estomac', $SIGNED }," \
    "{ kind = 'must_suppress', cells = {{ measures = 'cases', territories = 'root', sites = 'code:POU', periods = '2022' }}, $SIGNED }," \
    "{ kind = 'zeros', population = 100, audience = 'authorised', $SIGNED }"
expect "rules are obeyed" 0 "" build_release good
MANIFEST="$WORK/good/output/essai/manifest.json"
expect "and the inside review is written" 0 "" "$P" protect --project \
    "$WORK/good" -o "$WORK/good.db" --review "$WORK/review" --quiet
expect "what is inside appears together or not at all" 6 "edition" "$P" \
    protect --project "$WORK/good" -o "$WORK/good.db" --review "$WORK/other" \
    --quiet
expect "also where the last of it cannot be written" 6 "" sh -c \
    "trap '' XFSZ; ulimit -f 8; exec '$P' protect --project '$WORK/good' \
    -o '$WORK/new.db' --review '$WORK/other' --quiet"
[ -z "$(find "$WORK" -maxdepth 1 \( -name 'other*' -o -name 'new.db*' \
    -o -name '.*.tmp-*' \))" ] && ok "nothing of it is left" ||
    not_ok "nothing of it is left" "$(ls -A "$WORK")"
[ "$(stat -c %a "$WORK/review")" = 600 ] && ok "for its owner only" ||
    not_ok "for its owner only" "$(ls -l "$WORK/review")"
named() { # NAME PATTERN FILE
    grep -Eq "$2" "$3" && ok "$1" || not_ok "$1" "$(head -8 "$3")"
}
absent() { # NAME PATTERN FILE
    grep -Eq "$2" "$3" && not_ok "$1" "$(grep -E "$2" "$3" | head -3)" || ok "$1"
}
T=$(printf '\t')
named "the review counts the cells of a rule" \
    "^rule${T}rule 1 \(stricter\)${T}[1-9]" "$WORK/review"
named "the review names the rule of a cell" \
    "^primary${T}rule 2 \(must_suppress\)${T}cases, territory country/SY, site POU, sex T" \
    "$WORK/review"
absent "a rule for others is not applied" "zeros\)" "$WORK/review"
named "the manifest tells a rule" '"kind": "stricter", "label": "Estomac", "label_en": "Estomac", "threshold": 20' \
    "$MANIFEST"
named "the manifest tells what a rule is about" \
    '"kind": "stricter".*"about": \{"sites": \["code:EST"\]\}' "$MANIFEST"
named "the manifest lists no cell that must be suppressed" \
    '"kind": "must_suppress".*"about": \{\}\}' "$MANIFEST"
named "the manifest tells the audience" '"audience": "public"' "$MANIFEST"
absent "the manifest tells no rule for others" '"kind": "zeros"' "$MANIFEST"
expect "the release verifies" 0 "" "$P" verify "$WORK/good/output/essai"

# The cell that must not be shown is confidential in the open data.
row=$(grep -h "country,SY,Sylvanie,POU,Poumon,C33-C34,T,T,2022," \
    "$WORK/good/output/essai/data/data-cases.csv")
case $row in
*,,,,c,*) ok "a cell that must be suppressed is confidential" ;;
*) not_ok "a cell that must be suppressed is confidential" "$row" ;;
esac
