#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# A ladder instead of holes: a table that would have too many confidential rows
# is coarsened by the steps that it declares, and says so.
. tests/command/lib.sh
P="$PANORAMA"

# laddered NAME LADDER: a project with one table by age and département, with
# this ladder, and a report that prints it.
laddered() {
    project "$1"
    sed -i "s|open_data = true,|open_data = true, $2|
        s|territory = \"all\"|territory = \"level:departement\"|
        s|age = \"T\"|age = { \"T\", \"each\" }|" "$WORK/$1/data.lua"
    sed -i 's|languages = { "fr" }|languages = { "fr", "en" }|' \
        "$WORK/$1/panorama.lua"
    cat >"$WORK/$1/report.lua" <<'T'
return {
  id = "notes", title = { fr = "Notes", en = "Notes" },
  formats = { "html", "xlsx" }, uses = { "data" },
  plan = function(p) end,
  page = function(doc)
    return doc:grid {
      table = doc:table("data.cases"), rows = "territory",
      columns = { "count" }, title = "Cas", note = "Note du rapport.",
      filter = { sex = "T", age = "T", site = "TOUS" },
    }
  end,
}
T
}
built() { # NAME PROJECT
    expect "$1" 0 "" build_release "$2"
    OUT="$WORK/$2/output/essai"
}
percent() {
    sed -n 's/.*"data.cases".*"confidential_percent": \([0-9.]*\).*/\1/p' \
        "$OUT/manifest.json"
}
absent() { # NAME TEXT FILE...
    name=$1 text=$2
    shift 2
    grep -qF -e "$text" "$@" && not_ok "$name" || ok "$name"
}
STEPS='steps = { { periods = "pool:2" }, { territories = "level:region" }, { territories = "root" } }'
FR="Années regroupées par 2, territoires regroupés afin de limiter les valeurs couvertes par le secret."
EN="Years pooled by 2, territories grouped to limit the values withheld as confidential."

# --- the step that is enough -----------------------------------------------------
laddered none ""
built "a table without a ladder" none
[ "$(percent)" = 48.0 ] && ok "has many holes" ||
    not_ok "has many holes" "$(percent)"
absent "and nothing to tell" "coarsened" "$OUT/manifest.json" \
    "$OUT/data/data-cases.schema.json"

laddered second "ladder = { share = 0.25, $STEPS },"
built "a table with a ladder" second
[ "$(percent)" = 25.0 ] && ok "stops at the first step that is enough" ||
    not_ok "stops at the first step that is enough" "$(percent)"
DATA="$OUT/data/data-cases.csv"
named "its years are pooled" ",2021-2022," "$DATA"
absent "all of them" ",2022,2022," "$DATA"
named "its territories are those of the second step" "region,N," "$DATA"
absent "not those before" "departement,01," "$DATA"
named "the manifest tells" "\"coarsened\": \"$FR\"" "$OUT/manifest.json"
named "the schema tells" "\"coarsened\": \"$FR\"" "$OUT/data/data-cases.schema.json"
named "in English as well" "\"coarsened\": \"$EN\"" \
    "$OUT/en/data/data-cases.schema.json"
page=$(find "$OUT" -name '*.html' -path '*notes*' ! -path '*/en/*')
named "the note stands under the table" "Note du rapport. $FR" "$page"
page=$(find "$OUT/en" -name '*.html' -path '*notes*')
named "whatever the report notes, in each language" "Note du rapport. $EN" "$page"
expect "the release verifies" 0 "" "$P" verify "$OUT"

laddered again "ladder = { share = 0.25, $STEPS },"
built "the same ladder again" again
cmp -s "$WORK/second/output/essai/SHA256SUMS" "$OUT/SHA256SUMS" &&
    ok "gives the same bytes" || not_ok "gives the same bytes"

laddered enough "ladder = { share = 0.5, $STEPS },"
built "a ladder that is not needed" enough
[ "$(percent)" = 48.0 ] && ok "is not climbed" ||
    not_ok "is not climbed" "$(percent)"
absent "and there is nothing to tell" "coarsened" "$OUT/manifest.json"

# --- a table that is climbed with others -------------------------------------------
# The département table beside it must not give back what the régions hide.
laddered joint "ladder = { share = 0.25, $STEPS },"
sed -i 's|plan = function(p) end,|plan = function(p)\
    p.table { id = "fixed", title = "Fixe", measure = "cases",\
      territory = "level:departement", site = "every", sex = { "T", "M", "F" },\
      period = "all", values = { "count" } }\
  end,|' "$WORK/joint/report.lua"
built "two tables are decided together" joint
named "the one without a ladder stays" '"id": "notes.fixed", "cells": 216' \
    "$OUT/manifest.json"
named "the other one climbs" '"id": "data.cases", "cells": 144' "$OUT/manifest.json"

# --- ladders that cannot be ---------------------------------------------------------
laddered short 'ladder = { share = 0.05, steps = { { periods = "pool:2" } } },'
built "a ladder that is too short" short
named "uses its last step and says that it is not enough" \
    "par le secret. Aucun des regroupements prévus ne suffit : le plus large est retenu." \
    "$OUT/manifest.json"
refuse() { # NAME STATUS PATTERN LADDER
    laddered wrong "$4"
    expect "$1" "$2" "$3" build_release wrong
    empty "$1: nothing is left" "$WORK/wrong/output"
    rm -rf "$WORK/wrong"
}
refuse "a ladder without years to pool is refused" 3 \
    "table 'data.cases': ladder: step 2: periods 'pool:2': the table has no years to pool" \
    'ladder = { share = 0, steps = { { periods = "2021-2022" }, { periods = "pool:2" } } },'
refuse "a level that the store does not have is named" 3 \
    "table 'data.cases': .*the store has no level 'canton'" \
    'ladder = { share = 0, steps = { { territories = "level:canton" } } },'
refuse "a wrong word is named with its step" 3 \
    "data.lua: report 'data': table 'data.cases': ladder: step 1: periods 'pool:1': expected 'pool:N', N from 2 to 50" \
    'ladder = { share = 0, steps = { { periods = "pool:1" } } },'

# --- before anything is read ----------------------------------------------------------
expect "the plan tells the steps" 0 "" "$P" plan --project "$WORK/second"
named "in order" "ladder 2   territory level:region" "$WORK/out"
