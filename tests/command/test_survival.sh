#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Survival and calibrated estimates, from the store to the page: standardised
# and conditional survival are made again by an independent program, too few
# alive and low grades are withheld and told.
. tests/command/lib.sh
P="$PANORAMA"
sampled a
cat >"$WORK/a/data.lua" <<'LUA'
local AGES = { "T", "band:15-44", "band:45-54", "band:55-64", "band:65-74", "band:75+" }
return {
  id = "data",
  title = { fr = "Données", en = "Data" },
  formats = { "csv", "html" },
  plan = function(p)
    p.table {
      id = "ages", title = { fr = "Par âge", en = "By age" }, measure = "survival_net",
      site = "site", sex = { "T", "M", "F" }, age = AGES, period = "last:5", stratum = "each",
      values = {
        { kind = "estimate", interval = true },
        { kind = "conditional_survival", given = "1", interval = true, decimals = 2 },
      },
      open_data = true,
    }
    p.table {
      id = "made", title = { fr = "Standardisée", en = "Standardised" }, measure = "survival_net",
      site = "site", sex = { "T", "M", "F" }, period = "last:5", stratum = "each",
      values = {
        { kind = "standardised_survival", standard = "icss1", interval = true, decimals = 2 },
        { kind = "standardised_survival", standard = "icss3", interval = true, decimals = 2 },
      },
      open_data = true,
    }
    p.table {
      id = "graded", title = { fr = "Estimée", en = "Estimated" },
      measure = "incidence_calibrated", territory = "level:departement", site = "site",
      sex = { "M", "F" }, period = "last:5",
      values = { { kind = "estimate", interval = true }, "grade" }, open_data = true,
    }
  end,
  page = function(doc)
    for _, id in ipairs { "ages", "made", "graded" } do
      doc:dataset(doc:table(id))
    end
    local graded = doc:table("graded")
    local function map(site)
      return doc:map { table = graded, column = "estimate", level = "departement", filter = { site = site, sex = "M" } }
    end
    return {
      doc:grid { table = doc:table("made"), rows = "site", columns = { "survival_icss1" }, filter = { sex = "T", stratum = "5" } },
      doc:grid { table = doc:table("ages"), rows = "site", columns = { "survival_given_1" },
        filter = { sex = "T", age = "T", stratum = "5" } },
      doc:grid { table = graded, rows = "site", columns = { "grade" }, filter = { sex = "M", territory = "29" } },
      map("POU"), map("LAR"),
    }
  end,
}
LUA
expect "a release with survival and grades is built" 0 "" "$P" build --project \
    "$WORK/a" --quiet
expect "and verified" 0 "" "$P" verify "$WORK/a/output/essai"
/usr/bin/python3 tests/command/survival_again.py "$WORK/a/output/essai/data" \
    "$WORK/a/sample.sqlite"
expect "an outsider finds nothing in it" 0 "" "$P" audit "$WORK/a/output/essai"

page=$WORK/a/output/essai/data/data.html
says() { # NAME PATTERN
    grep -q "$2" "$page" && ok "$1" || not_ok "$1" "nothing like $2"
}
says "a heading names the weights" "standardisée sur l’âge (.*ICSS 1"
says "a heading names the time that is given" "à partir de 1.*an après le diagnostic"
says "a grade is printed as it is" ">A++<"
says "a low grade too" ">B−−<"
says "a note says what grades mean" "B−−, erreurs trop grandes, valeur non fiable"
says "a map shows what is withheld by a pattern of its own" 's-u'

# --- what cannot be made ----------------------------------------------------------
wrong() { # NAME PATTERN SED
    cp -r "$WORK/a" "$WORK/wrong"
    rm -rf "$WORK/wrong/output"
    mkdir "$WORK/wrong/output"
    sed -i "$3" "$WORK/wrong/data.lua"
    expect "$1" 3 "$2" build_release wrong
    empty "$1: nothing is left" "$WORK/wrong/output"
    rm -rf "$WORK/wrong"
}
wrong "a standard of other ages is named" \
    "ages 0 and over of standard 'world' are in none of its age classes" \
    's/standard = "icss3"/standard = "world"/'
wrong "a time that is not stored is named" "no stratum '3'" 's/given = "1"/given = "3"/'
wrong "a time must be given" "'conditional_survival' needs the stratum that is given" \
    's/given = "1", //'

# --- the number alive is the policy's ------------------------------------------------
cp -r "$WORK/a" "$WORK/b"
rm -rf "$WORK/b/output"
mkdir "$WORK/b/output"
sed -i 's/caution_under = 20 }/caution_under = 20, alive_under = 1000000 }/' \
    "$WORK/b/panorama.lua"
expect "a policy may ask for more people alive" 0 "" "$P" build --project \
    "$WORK/b" --quiet
[ "$(grep -c 'survival_net,survival_icss1,.*,v,' "$WORK/b/output/essai/data/data-made.csv")" = 0 ] &&
    ok "and then nothing is sure" || not_ok "and then nothing is sure"
