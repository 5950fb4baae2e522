#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Statistics of published tables: every printed one is computed again from the
# other files of the release, by an independent program.
. tests/command/lib.sh
P="$PANORAMA"
project a
"$P" store sample "$WORK/a/sample.sqlite" >/dev/null 2>&1
sed -i 's/"store.sqlite"/"sample.sqlite"/; s/{ "report.lua", "data.lua" }/{ "data.lua" }/' \
    "$WORK/a/panorama.lua"
mkdir -p "$WORK/a/lua-scripts"
cp -r lua-scripts/lib "$WORK/a/lua-scripts/"
cat >"$WORK/a/data.lua" <<'LUA'
local IDS = { "years", "quintiles", "trend", "ratio", "gap", "rank", "slope", "relative",
  "ages", "sir", "smooth", "map", "risk" }
local RATE = { { kind = "crude_rate", interval = true }, "person_years" }
local TO74 = { kind = "standardised_rate", standard = "to74", interval = true }
return {
  id = "data",
  title = { fr = "Données", en = "Data" },
  formats = { "csv" },
  plan = function(p)
    local function statistic(id, from, kind, along, reference)
      p.statistic {
        id = id, title = { fr = id, en = id }, from = from, kind = kind, along = along,
        value = "crude_rate", reference = reference, open_data = true,
      }
    end
    p.table {
      id = "years", title = { fr = "Années", en = "Years" },
      measure = "cases", person_years = "population", site = "group", sex = { "M", "F" },
      period = "each:last:12", values = RATE, open_data = true,
    }
    p.table {
      id = "quintiles", title = { fr = "Quintiles", en = "Quintiles" },
      measure = "cases", person_years = "population", territory = "zone:quintile",
      site = "group", sex = { "M", "F" }, period = "last:5",
      values = { RATE[1], RATE[2], TO74 }, open_data = true,
    }
    p.table {
      id = "ages", title = { fr = "Âges", en = "Ages" },
      measure = "cases", person_years = "population",
      territory = { "root", "level:region" }, site = "group", sex = { "M", "F" },
      age = { "T", "band:0-39", "band:40-64", "band:65+" }, period = "last:5",
      values = { "count", "person_years" }, open_data = true,
    }
    for id, kind in pairs { sir = "standardised_ratio", smooth = "smoothed_ratio", map = "spatial_ratio" } do
      p.statistic {
        id = id, title = { fr = id, en = id }, from = "ages", kind = kind, along = "age",
        value = "count", reference = "FR", open_data = true,
      }
    end
    p.statistic {
      id = "risk", title = { fr = "risk", en = "risk" }, from = "quintiles",
      kind = "cumulative_risk", value = "asr_to74", open_data = true,
    }
    statistic("trend", "years", "annual_change", "period")
    statistic("ratio", "years", "rate_ratio", "sex", "F")
    statistic("gap", "years", "rate_difference", "sex", "F")
    statistic("rank", "years", "rank", "site")
    statistic("slope", "quintiles", "slope_index", "territory")
    statistic("relative", "data.quintiles", "relative_index", "territory")
  end,
  page = function(doc)
    for _, id in ipairs(IDS) do
      doc:dataset(doc:table(id))
    end
    return {}
  end,
}
LUA
expect "a release with statistics is built" 0 "" "$P" build --project \
    "$WORK/a" --quiet
expect "and verified" 0 "" "$P" verify "$WORK/a/output/essai"
/usr/bin/python3 tests/command/statistics_again.py "$WORK/a/output/essai/data"
expect "an outsider finds nothing in it" 0 "" "$P" audit "$WORK/a/output/essai"
expect "the plan names them" 0 "" "$P" plan --project "$WORK/a"
grep -q "statistic data.trend: annual_change of data.years crude_rate along period, open data" \
    "$WORK/out" && ok "with what they are made of" ||
    not_ok "with what they are made of" "$(grep statistic "$WORK/out")"

# --- what cannot be made ----------------------------------------------------------
wrong() { # NAME PATTERN SED
    cp -r "$WORK/a" "$WORK/wrong"
    rm -rf "$WORK/wrong/output"
    mkdir "$WORK/wrong/output"
    sed -i "$3" "$WORK/wrong/data.lua"
    expect "$1" 3 "$2" "$P" build --project "$WORK/wrong" --quiet
    empty "$1: nothing is left" "$WORK/wrong/output"
    rm -rf "$WORK/wrong"
}
wrong "an unknown reference is named" \
    "statistic 'data.ratio': reference: table 'data.years' has no 'X' along 'sex'" \
    's/"rate_ratio", "sex", "F"/"rate_ratio", "sex", "X"/'
wrong "periods that overlap have no trend" \
    "statistic 'data.trend': the periods of table 'data.years' overlap" \
    's/"each:last:12"/{ "last:3", "last:5" }/'
wrong "a map without boundaries is named" \
    "statistic 'data.map': no level of table 'data.ages' has boundaries" \
    's/"root", "level:region"/"root"/'
wrong "ages that do not add up are named" \
    "statistic 'data.[a-z]*': table 'data.ages' needs the total of all ages" \
    's/"band:0-39", //'
