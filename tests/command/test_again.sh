#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The same report again, of a later extraction in which nothing was revised:
# every cell has the fate it had, though some of it was printed by its rates
# alone.
. tests/command/lib.sh
. tests/command/attacked.sh
cat >"$WORK/a/data.lua" <<'T'
local rate = { kind = "standardised_rate", standard = "world", interval = true }
local crude = { kind = "crude_rate", interval = true }
local share = { kind = "proportion", interval = true }
local function table_of(p, id, place, period, values, more)
  local t = { id = id, title = { fr = "T", en = "T" }, open_data = true,
    measure = "cases", territory = place, person_years = "population",
    sex = "T", age = "T", period = period, site = "site", values = values }
  for key, value in pairs(more or {}) do t[key] = value end
  p.table(t)
end
return {
  id = "data", title = { fr = "D", en = "D" }, formats = { "csv" },
  plan = function(p)
    table_of(p, "places", "level:departement", "2022", { "count", rate }, { site = "every" })
    table_of(p, "ages", "level:departement", "2022", { "count" },
      { age = { "T", "each" } })
    table_of(p, "groups", "zone:quintile", "2021", { rate, "person_years" })
    table_of(p, "crude", "zone:quintile", "2021-2022", { crude, "person_years" },
      { sex = { "M", "F" } })
    p.table { id = "seen", title = { fr = "V", en = "S" }, open_data = true,
      measure = "seen", territory = "all", period = "2021", values = { share } }
  end,
  page = function(doc)
    for _, id in ipairs { "places", "ages", "groups", "crude", "seen" } do
      doc:dataset(doc:table(id))
    end
    return {}
  end,
}
T
few_cases 3 19 37 20000 28000
sqlite3 "$WORK/a/store.sqlite" "INSERT INTO measure SELECT 'aimed', 'count', 'persons', 'screening',
        'territory sex age period', '', '', 0, source, method, 'Visées', 'Aimed'
        FROM measure WHERE code = 'cases';
    INSERT INTO measure SELECT 'reached', 'count', 'persons', 'screening',
        'territory sex age period', '', '', 1, source, method, 'Vues', 'Seen'
        FROM measure WHERE code = 'cases';
    INSERT INTO measure SELECT 'seen', 'proportion', 'percent', '',
        'territory sex age period', 'reached', 'aimed', 1, source, method,
        'Participation', 'Participation' FROM measure WHERE code = 'cases';
    INSERT INTO screening (measure, territory_level, territory, period, sex, age, n)
        SELECT 'aimed', territory_level, territory, period, sex, age, n
        FROM population;
    INSERT INTO screening (measure, territory_level, territory, period, sex, age, n)
        SELECT 'reached', territory_level, territory, period, sex, age,
        n / 3 + territory * 7 FROM population"
release() { # NAME ID
    field a "id = \"$2\""
    expect "$1" 0 "" build_release a
}
cells_same() { # NAME RELEASE RELEASE
    sqlite3 "$(edition a "$2")" "SELECT * FROM cell" >"$WORK/cells.one"
    sqlite3 "$(edition a "$3")" "SELECT * FROM cell" >"$WORK/cells.other"
    cmp -s "$WORK/cells.one" "$WORK/cells.other" && ok "$1" ||
        not_ok "$1" "$(diff "$WORK/cells.one" "$WORK/cells.other" | head -5)"
}
extracted_again() { # the same a year later still
    sqlite3 "$WORK/a/store.sqlite" "UPDATE registry SET value = '2027-06-30'
        WHERE key = 'extraction_date'; UPDATE registry SET value = 's-3'
        WHERE key = 'snapshot'"
}
withheld() { # ID
    sqlite3 "$(edition a "$1")" "SELECT count(*) FROM cell WHERE status = 'c'"
}

release "counts, and rates without them" un
attack "tell of no age" none un
expect "are published" 0 "" publish a un
[ "$(withheld un)" -gt 0 ] && ok "some are withheld" || not_ok "none is withheld"
extracted_later a
cp "$WORK/a/store.sqlite" "$WORK/same.sqlite"
release "the same of a later extraction, without a word" deux
cells_same "is the same to the last cell" un deux
attack "and tells of no age" none un deux
field a 'unrevised = { { measure = "cases" }, { measure = "reached" } }'
release "declared" declare
cells_same "it is the same as well" un declare
sed -i '/^  unrevised =/d' "$WORK/a/panorama.lua"
expect "published twice" 0 "" publish a deux
release "a third time" trois
cells_same "nothing changes either" un trois
extracted_again
release "of a third extraction" quatre
cells_same "nor does what two releases had rates of" un quatre
attack "which tell of no age" none un deux quatre

# --- what is not evident -----------------------------------------------------------
rm -r "$WORK/a/ledger"
expect "the first alone is published" 0 "" publish a un
# later NAME TABLE SQL: what moved is named where the release is refused, and
# nothing of the first is given away where it is not.
later() {
    cp "$WORK/same.sqlite" "$WORK/a/store.sqlite"
    sqlite3 "$WORK/a/store.sqlite" "$3"
    field a 'id = "plus"'
    if build_release a 2>"$WORK/err"; then
        attack "$1" none un plus
    else
        grep -q "first that is not evidently the store's: table 'data.$2'" \
            "$WORK/err" && ok "$1" || not_ok "$1" "$(cat "$WORK/err")"
    fi
    rm -rf "$WORK/a/output/plus"
}
later "cases that rates alone tell" groups "UPDATE cases SET n = n + 9
    WHERE period = '2021' AND territory = '01' AND age = '65+'"
later "cases that counts tell" places "UPDATE cases SET n = n + 30
    WHERE period = '2022' AND territory = '02' AND age = '65+'"
cp "$WORK/same.sqlite" "$WORK/a/store.sqlite"
sqlite3 "$WORK/a/store.sqlite" "UPDATE population SET n = n * 5 / 4 + period"
release "other person-years" annees
attack "change the rates, not what is known" none un annees
# A count that rates alone tell may be another: no rule may need it withheld.
cp "$WORK/same.sqlite" "$WORK/a/store.sqlite"
sed -i 's|threshold = 5,|&\n    rules = { { kind = "must_suppress", label = "Liste", legal_basis = "Loi", owner = "R", date = "2026-01-01", cells = { { measures = "cases", territories = "zone:quintile", sites = "code:CRC", periods = "2021" } } } },|' \
    "$WORK/a/panorama.lua"
field a 'id = "plus"'
expect "a rule that withholds it today is a refusal" 4 \
    "error sdc.past: .*shows rates of it, which are those of the store, and not its count, which a rule withholds; declare it 'unrevised'" \
    build_release a
field a 'unrevised = { { measure = "cases" }, { measure = "reached" } }'
expect "not where it is declared" 0 "" build_release a

# --- what the store has in another way today --------------------------------------
# report VALUES: a table of these values and no other.
report() {
    cat >"$WORK/a/data.lua" <<T
return {
  id = "data", title = { fr = "D", en = "D" }, formats = { "csv" },
  plan = function(p)
    p.table { id = "groups", title = { fr = "T", en = "T" }, open_data = true,
      measure = "cases", person_years = "population", period = "2021",
      territory = "zone:quintile", site = "site", values = { $1 } }
  end,
  page = function(doc) doc:dataset(doc:table("groups")) return {} end,
}
T
}
restore() { # SQL: the store of the later extraction, with this difference
    cp "$WORK/same.sqlite" "$WORK/a/store.sqlite"
    sqlite3 "$WORK/a/store.sqlite" "$1"
    rm -rf "$WORK/a/output/plus"
}
sed -i -e '/^  unrevised =/d' -e '/^    rules = /d' "$WORK/a/panorama.lua"
report '"count"'
restore "UPDATE measure SET kind = 'count', table_name = 'screening',
    numerator = '', denominator = '' WHERE code = 'seen';
    INSERT INTO screening (measure, territory_level, territory, period, sex, age, n)
        SELECT 'seen', territory_level, territory, period, sex, age, n
        FROM screening WHERE measure = 'reached'"
release "what was a proportion is none today" plus
attack "and what is told of others gives nothing away" none un plus
restore "UPDATE measure SET dimensions = 'territory site sex period'
        WHERE code = 'cases';
    CREATE TABLE sums AS SELECT measure, territory_level, territory, period,
        sex, site, sum(n) AS n FROM cases GROUP BY 1, 2, 3, 4, 5, 6;
    DELETE FROM cases;
    INSERT INTO cases (measure, territory_level, territory, period, sex, age,
        site, n) SELECT measure, territory_level, territory, period, sex, '',
        site, n FROM sums;
    DROP TABLE sums"
release "cases have no age today" plus
cp "$WORK/same.sqlite" "$WORK/a/store.sqlite"
attack "nor do they tell of the ages that rates are of" none un plus

rm -r "$WORK/a/ledger" "$WORK/a/output"
mkdir "$WORK/a/output"
report '{ kind = "share", of = "site" }'
release "shares without counts" parts
expect "are published" 0 "" publish a parts
extracted_again
release "and again of a later extraction" encore
cells_same "it is the same as well" parts encore
