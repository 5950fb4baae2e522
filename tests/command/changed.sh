# SPDX-License-Identifier: EUPL-1.2
# Sourced by the tests of releases where one measure is rounded or perturbed
# beside others that are suppressed; CHANGE is what its tables say of it.
P="$PANORAMA"

# The fixture with deaths, as many as cases, and a later extraction of it.
csv="$WORK/deaths"
cp -r "$ROOT/tests/store/fixture" "$csv"
sed -i '/,SEI,/d' "$csv/coverage.csv"
sed 's/^cases,/deaths,/' "$csv/cases.csv" >"$csv/deaths.csv"
sed 's/^cases,/stage,/' "$csv/cases.csv" >"$csv/stage.csv"
cat >>"$csv/measure.csv" <<'T'
stage,count,certificates,stage,territory site sex age period,,,1,Institut de Sylvanie,certificats,Stades,Stages
deaths,count,deaths,deaths,territory site sex age period,,,1,Institut de Sylvanie,certificats,Décès,Deaths
T
"$P" store import "$csv" "$WORK/store.sqlite" --quiet || not_ok "store import"
sed -i 's/2025-06-30/2026-06-30/; s/sylvanie-1/sylvanie-2/' "$csv/registry.csv"
"$P" store import "$csv" "$WORK/later.sqlite" --quiet || not_ok "later store"

# changed NAME [MORE]: a project with a key, cases suppressed and two tables of
# deaths that are not; MORE declares others, on one line.
changed() {
    project "$1"
    printf 'abcdefghijklmnopqrstuvwxyz012345' >"$WORK/$1/key"
    chmod 600 "$WORK/$1/key"
    sed -i 's|^  id = "essai",|&\n  key_file = "key",|
        s|languages = { "fr" }|languages = { "fr", "en" }|' \
        "$WORK/$1/panorama.lua"
    cat >"$WORK/$1/data.lua" <<T
return {
  id = "data", title = { fr = "Données", en = "Data" }, formats = { "csv" },
  plan = function(p)
    p.table { id = "cases", title = "Cas", measure = "cases",
      person_years = "population", territory = "all", site = "every",
      sex = { "T", "M", "F" }, period = "all",
      values = { "count", "crude_rate" }, open_data = true }
    p.table { id = "deaths", title = "Décès", measure = "deaths", $CHANGE,
      territory = "all", site = "every", sex = { "T", "M", "F" },
      period = "all", values = { "count" }, open_data = true }
    p.table { id = "ages", title = "Décès par âge", measure = "deaths", $CHANGE,
      territory = { "root", "level:region", "zone:quintile" },
      age = { "T", "each" }, site = "all", period = { "2021-2022", "all" },
      person_years = "population", values = { "count", "person_years" },
      open_data = true }
    ${2:-}
  end,
  page = function(doc)
    for _, row in ipairs(doc:disclosure()) do
      if row.id:find("^data%.") then doc:dataset(doc:table(row.id)) end
    end
    return {}
  end,
}
T
    cat >"$WORK/$1/report.lua" <<'T'
return {
  id = "notes", title = { fr = "Notes", en = "Notes" },
  formats = { "pdf", "html", "xlsx", "svg", "png" }, uses = { "data" },
  plan = function(p)
    p.statistic { id = "smr", title = { fr = "Rapport", en = "Ratio" },
      from = "data.ages", kind = "standardised_ratio", along = "age",
      value = "count", reference = "SY", open_data = true }
  end,
  page = function(doc)
    local numbers = {}
    for _, row in ipairs(doc:disclosure()) do
      numbers[#numbers + 1] = row.id .. " " .. tostring(row.base or row.variance)
    end
    return {
      text("Nombres : " .. table.concat(numbers, ", ") .. "."),
      doc:grid { table = doc:table("data.deaths"), rows = "site",
        columns = { "count" }, title = "Décès", note = "Note du rapport.",
        filter = { sex = "T", territory = "SY", period = "2022" } },
      doc:grid { table = doc:table("smr"), rows = "territory",
        columns = { "standardised_ratio" }, title = "Rapport",
        filter = { period = "2022" } },
    }
  end,
}
T
}
french() { sed -i 's|{ "fr", "en" }|{ "fr" }|' "$WORK/$1/panorama.lua"; }
# tamper NAME STATUS PATTERN FILES SED: the audit of the release OUT, changed
tamper() {
    rm -rf "$WORK/tampered"
    cp -r "$OUT" "$WORK/tampered"
    (cd "$WORK/tampered" && sed -i -e "$5" $4)
    expect "$1" "$2" "$3" "$P" audit "$WORK/tampered"
}
refuse() { # NAME STATUS PATTERN MORE [SED of data.lua [SED of panorama.lua]]
    changed wrong "$4"
    sed -i -e "${5:-}" "$WORK/wrong/data.lua"
    sed -i -e "${6:-}" "$WORK/wrong/panorama.lua"
    expect "$1" "$2" "$3" build_release wrong
    empty "$1: nothing is left" "$WORK/wrong/output"
    rm -rf "$WORK/wrong"
}
# next NAME ID [MORE]: another release beside those in the ledger of `audited`.
next() {
    changed "$1" "${3:-}"
    french "$1"
    sed -i "s|^  id = \"essai\",|  id = \"$2\",|" "$WORK/$1/panorama.lua"
    rm -rf "$WORK/$1/ledger"
    cp -r "$WORK/audited/ledger" "$WORK/$1/ledger"
}

# A release of a later store that has lost all of the département 01: cases are
# said to be other numbers, so that only the changed ones miss it.
lost() { # ID
    next lost "$1"
    field lost 'revised = { { measure = "cases" } }'
    cp "$WORK/later.sqlite" "$WORK/lost/store.sqlite"
    sqlite3 "$WORK/lost/store.sqlite" "DELETE FROM cases WHERE territory = '01';
        DELETE FROM deaths WHERE territory = '01';
        DELETE FROM stage WHERE territory = '01';
        DELETE FROM population WHERE territory = '01';
        DELETE FROM zone_member WHERE member_code = '01';
        DELETE FROM coverage WHERE territory = '01';
        DELETE FROM territory WHERE code = '01'"
}

MORE='p.table { id = "more", title = "Plus", measure = "deaths", period = "all", values = { "count" }'
# A measure of the same persons, as cases by stage are.
OF_STAGE=$(printf '%s' "$MORE" | sed 's/"deaths"/"stage"/')
# refusals HOW METHOD: what neither method allows; "rounded", "rounding".
refusals() {
    refuse "the same measure suppressed in another table" 4 \
        "tables 'data.deaths' and 'data.more': counts of measure 'deaths' are $1 in the one and not $1 in the other" \
        "$MORE }"
    same="tables 'data.deaths' and 'data.more': measures 'deaths' and 'stage' may count the same persons: beside $1 counts"
    refuse "exact counts of the same persons" 4 "$same" "$OF_STAGE }"
    refuse "$1 counts of the same persons" 4 "$same" "$OF_STAGE, $CHANGE }"
    refuse "a rate of the measure in another table" 4 \
        "tables 'data.deaths' and 'data.more': .* not $1 in the other" \
        "${MORE%, values*}, person_years = \"population\", values = { \"crude_rate\" } }"
    cp "$WORK/store.sqlite" "$WORK/kept.sqlite"
    sqlite3 "$WORK/store.sqlite" "UPDATE measure SET
        source = 'Comptes rendus;  Institut de Sylvanie ' WHERE code = 'stage'"
    refuse "exact counts that share one source of several" 4 "$same" \
        "$OF_STAGE }"
    mv "$WORK/kept.sqlite" "$WORK/store.sqlite"
    for value in crude_rate share; do
        refuse "a $value of $1 counts" 3 \
            "table 'data.more': values: '$value' of exact counts would tell more than the $1 ones" \
            "${MORE%, values*}, person_years = \"population\", $CHANGE,
            values = { { kind = \"$value\", of = \"sex\" } } }"
    done
    refuse "a ladder of a $1 table" 3 \
        "ladder: a $1 table has nothing withheld" \
        "$MORE, $CHANGE, ladder = { share = 0.1, steps = { { sexes = \"T\" } } } }"
    refuse "no key" 4 "table 'data.deaths': $2 needs an inside key" "" "" \
        '/key_file/d'
    refuse "a rule that wants a cell suppressed" 4 \
        "deaths, .*: rule 1 .must_suppress. wants it suppressed, and it would be $1" \
        "" "" 's|^    threshold = 11,|&\n    rules = { { kind = "must_suppress", label = "Liste", legal_basis = "Loi", owner = "R", date = "2026-01-01", cells = { { measures = "deaths", periods = "2022" } } } },|'
    refuse "a rule that wants a small count suppressed" 4 \
        "sex M, age 00-39, .*: rule 1 .must_suppress. wants it suppressed" \
        "${MORE%, values*}, territory = \"all\", sex = \"M\", age = \"each\", $CHANGE, values = { \"count\" } }" \
        "" 's|^    threshold = 11,|&\n    rules = { { kind = "must_suppress", label = "Liste", legal_basis = "Loi", owner = "R", date = "2026-01-01", cells = { { measures = "deaths", periods = "2021", territories = "code:departement/01", sexes = "M", ages = "band:0-39" } } } },|'
    refuse "a public measure" 3 \
        "$2 is for confidential counts, and measure 'population' is none" \
        "p.table { id = \"more\", title = \"Plus\", measure = \"population\", period = \"all\", $CHANGE, values = { \"count\" } }"
}

# A ratio of deaths that are suppressed and counts that are changed.
RATIO='p.statistic { id = "ratio", title = "Rapport", from = "data.cases",
    against = "data.deaths", kind = "mortality_incidence", value = "count",
    open_data = true }'
ratio() { # KEY: what the manifest and the schema call it
    sqlite3 "$WORK/store.sqlite" "UPDATE measure SET unit = 'stages',
        source = 'Registre de Sylvanie' WHERE code = 'stage'"
    changed audited "$(echo $RATIO)"
    french audited
    expect "a ratio to counts that are changed" 0 "" build_release audited
    grep -q '"data.ratio".*"'"$1"'": {' "$WORK/audited/output/essai/manifest.json" &&
        ok "tells so" || not_ok "tells so"
    expect "is published" 0 "" publish audited essai
    next beside essai-2 "$OF_STAGE, open_data = true }"
    expect "and its own measure is as exact as before" 0 "" build_release beside
}

# told FIELD FR EN VALUES LIST: schemas, pages and the workbook of the release in
# OUT tell what was done to counts; VALUES is the note of what is computed from
# them, LIST a line of the report's own list.
told() {
    named "the schema tells" "\"$1\": \"$2" "$OUT/data/data-deaths.schema.json"
    named "in English as well" "\"$1\": \"$3" \
        "$OUT/en/data/data-deaths.schema.json"
    page=$(find "$OUT" -name '*.html' -path '*notes*' ! -path '*/en/*')
    named "the note stands under the table" "Note du rapport. $2" "$page"
    named "and under what is computed from it" "$4" "$page"
    named "a report can list the tables" "$5" "$page"
    page=$(find "$OUT/en" -name '*.html' -path '*notes*')
    named "readers of English are told" "Note du rapport. $3" "$page"
    book=$(find "$OUT" -name '*.xlsx' ! -path '*/en/*')
    unzip -p "$book" 'xl/sharedStrings.xml' 'xl/worksheets/*.xml' >"$WORK/book"
    named "and so are those of the workbook" "$2" "$WORK/book"
}
