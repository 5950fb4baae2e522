#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Standardised rates of a release beside its own counts by age of the places
# that its rows are sums of, where tables of zones and sexes make the crossing
# too large to be completed.
. tests/command/lib.sh
. tests/command/attacked.sh
ATTACKER=rows_attack.py # by linear programs
# Hardly a case at the first age, in small populations.
few_cases 2 12 30 2000 28000
# release NAME ID RATES AGES: with the table of the rates of régions or without,
# and that of counts by age of their départements.
release() {
    cat >"$WORK/a/data.lua" <<LUA
local world = { kind = "standardised_rate", standard = "world" }
local function table_of(p, id, territory, period, values, more)
  local t = { id = id, title = { fr = "T", en = "T" }, open_data = true,
    measure = "cases", territory = territory, person_years = "population",
    sex = "T", age = "T", period = period, site = "site", values = values }
  for key, value in pairs(more) do t[key] = value end
  return p.table(t)
end
return { id = "data", title = { fr = "D", en = "D" }, formats = { "csv" },
  plan = function(p)
    if $3 then
      table_of(p, "rates", "level:region", "2022", { world }, { site = "every" })
    end
    if $4 then
      table_of(p, "ages", "level:departement", "2022", { "count" },
        { age = { "T", "each" } })
    end
    table_of(p, "groups", "zone:quintile", "2021", { world, "person_years" }, {})
    table_of(p, "crude", "zone:quintile", "2021-2022",
      { { kind = "crude_rate", interval = true }, "person_years" },
      { sex = { "M", "F" } })
  end,
  page = function(doc)
    for _, id in ipairs { $3 and "rates", $4 and "ages" } do
      if id then doc:dataset(doc:table(id)) end
    end
    return {}
  end }
LUA
    field a "id = \"$2\""
    expect "$1" 0 "" build_release a
}
release "rates alone" rates true false
release "counts by age alone" ages false true
attack "tell of ages together" some rates ages
release "both in one release" both true true
attack "tell of none" none both
if grep -q ',v,' "$WORK/a/output/both/data/"*rates*.csv; then
    ok "some rates are printed"
else
    not_ok "some rates are printed"
fi
