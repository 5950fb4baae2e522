#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Statistics of published tables: every printed one is computed again from the
# other files of the release, by an independent program.
. tests/command/lib.sh
P="$PANORAMA"
sampled a
cat >"$WORK/a/data.lua" <<'LUA'
local IDS = { "years", "quintiles", "trend", "ratio", "gap", "rank", "slope", "relative", "concentration",
  "ages", "sir", "smooth", "map", "risk", "lines", "joins", "tested", "funnel", "screened", "gap_screened", "dead",
  "sick", "lethal", "dates", "change", "totals", "reference", "people", "apart" }
local RATE = { { kind = "crude_rate", interval = true }, "person_years" }
local TO74 = { kind = "standardised_rate", standard = "to74", interval = true }
return {
  id = "data",
  title = { fr = "Données", en = "Data" },
  formats = { "csv", "html" },
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
    -- The same ratios of a table without ages: rates and person-years of others.
    local BANDS = { "T", "band:0-39", "band:40-64", "band:65+" }
    local function part(id, territory, site, age, values)
      p.table {
        id = id, title = { fr = id, en = id }, measure = "cases", person_years = "population",
        territory = territory, site = site, sex = { "M", "F" }, age = age, period = "last:5",
        values = values, open_data = true,
      }
    end
    part("totals", { "root", "level:region" }, "group", "T", { "count" })
    part("reference", "root", "group", BANDS, { "count", "person_years" })
    part("people", { "root", "level:region" }, "all", BANDS, { "person_years" })
    p.statistic {
      id = "apart", title = { fr = "apart", en = "apart" }, from = "totals", against = "reference",
      people = "people", kind = "standardised_ratio", along = "age", value = "count", reference = "FR",
      open_data = true,
    }
    p.statistic {
      id = "risk", title = { fr = "risk", en = "risk" }, from = "quintiles",
      kind = "cumulative_risk", value = "asr_to74", open_data = true,
    }
    p.statistic {
      id = "funnel", title = { fr = "funnel", en = "funnel" }, from = "ages", kind = "funnel",
      along = "age", value = "count", reference = "FR", open_data = true,
    }
    p.table {
      id = "screened", title = { fr = "Dépistés", en = "Screened" }, measure = "screening_colorectal",
      territory = { "root", "level:departement" }, sex = { "M", "F" }, period = "last:1",
      values = { { kind = "proportion", interval = true } }, open_data = true,
    }
    p.statistic {
      id = "gap_screened", title = { fr = "Écart", en = "Gap" }, from = "screened",
      kind = "proportion_difference", along = "territory", value = "proportion",
      reference = "FR", open_data = true,
    }
    for id, measure in pairs { dead = "deaths", sick = "cases" } do
      p.table {
        id = id, title = { fr = id, en = id }, measure = measure,
        territory = { "root", "level:region" }, site = "group", sex = { "M", "F" },
        period = "last:5", values = { "count" }, open_data = true,
      }
    end
    p.statistic {
      id = "lethal", title = { fr = "M/I", en = "M:I" }, from = "dead", against = "sick",
      kind = "mortality_incidence", value = "count", open_data = true,
    }
    p.table {
      id = "dates", title = { fr = "Dates", en = "Dates" },
      measure = "cases", person_years = "population", site = "group", sex = { "M", "F" },
      age = { "T", "band:0-39", "band:40-64", "band:65-79", "band:80+" },
      period = { "2010-2014", "2018-2022" }, values = { "count", "person_years" },
      open_data = true,
    }
    p.statistic {
      id = "change", title = { fr = "Variation", en = "Change" }, from = "dates",
      kind = "decomposition", along = "age", value = "count", reference = "2010-2014",
      open_data = true,
    }
    statistic("trend", "years", "annual_change", "period")
    p.table {
      id = "lines", title = { fr = "Séries", en = "Series" },
      measure = "cases", person_years = "population", site = "site", sex = { "M", "F" },
      period = "each:last:12", values = RATE, open_data = true,
    }
    statistic("joins", "lines", "joinpoint", "period")
    p.statistic {
      id = "tested", title = { fr = "tested", en = "tested" }, from = "lines", kind = "joinpoint",
      along = "period", value = "crude_rate", choice = "permutation", open_data = true,
    }
    statistic("ratio", "years", "rate_ratio", "sex", "F")
    statistic("gap", "years", "rate_difference", "sex", "F")
    statistic("rank", "years", "rank", "site")
    statistic("slope", "quintiles", "slope_index", "territory")
    statistic("relative", "data.quintiles", "relative_index", "territory")
    statistic("concentration", "quintiles", "concentration_index", "territory")
  end,
  page = function(doc)
    for _, id in ipairs(IDS) do
      doc:dataset(doc:table(id))
    end
    local place = doc:table("map"):axis("territory", "region")[1]
    local site = doc:table("map"):axis("site")[1]
    local evidence = doc:table("map"):cell { territory = place, site = site, sex = "M", column = "spatial_ratio_evidence" }
    return {
      text("Entre régions : {evidence}.", { evidence = evidence }), {},
      doc:grid { table = doc:table("funnel"), rows = "territory", columns = { "funnel", "funnel_position" } },
      doc:grid { table = doc:table("concentration"), rows = "site", columns = { "concentration_index" } },
      doc:grid { table = doc:table("joins"), rows = "site", columns = { "joinpoint", "joinpoint_start_1" } },
    }
  end,
}
LUA
expect "a release with statistics is built" 0 "" "$P" build --project \
    "$WORK/a" --quiet
expect "and verified" 0 "" "$P" verify "$WORK/a/output/essai"
/usr/bin/python3 tests/command/statistics_again.py "$WORK/a/output/essai/data"
# printed in words where a value is a class, and years as years
page=$WORK/a/output/essai/data/data.html
for words in 'indice de −1 à 1' '[Ee]ntre régions.*variation' '>Entre les limites<' '>Au-dessus de la limite à 99,8.*%<' '>2012<'; do
    grep -q "$words" "$page" && ok "a page says $words" ||
        not_ok "a page says $words"
done
grep -q '^evidence,3,preuve forte d’une variation,strong evidence of variation' \
    "$WORK/a/output/essai/data/codes/class.csv" &&
    ok "and what its classes of evidence do" ||
    not_ok "and what its classes of evidence do"
codes=$WORK/a/output/essai/data/codes
grep -q '^joinpoint_start_2,Segment 2.*: début,Segment 2: start' \
    "$codes/indicator.csv" && grep -q '^per_100000,pour 100' "$codes/unit.csv" &&
    grep -q '^to74,0,4,[0-9]' "$codes/standard.csv" &&
    ok "the data name their indicators, units and reference populations" ||
    not_ok "the data name their indicators, units and reference populations"
grep -q '^position,2,"au-dessus de la limite à 99,8.*%",above the 99.8% limit' \
    "$WORK/a/output/essai/data/codes/class.csv" &&
    ok "the data say what a class stands for" ||
    not_ok "the data say what a class stands for"
grep -q 'Nombre de ruptures choisi par le critère BIC pondéré' "$page" &&
    grep -q 'ruptures choisi par des tests de permutation (4.*499' \
        "$WORK/a/output/essai/data/data-tested.schema.json" &&
    ok "readers are told how joins were chosen" ||
    not_ok "readers are told how joins were chosen"
# the tests of the release, made in its workers, again from what it prints
cat >"$WORK/again.lua" <<'LUA'
local series, order = {}, {}
for _, row in ipairs(lines) do
  local key = row.site .. " " .. row.sex
  if row.indicator == "crude_rate" and not series[key] then
    series[key], order[#order + 1] = { years = {}, rates = {}, errors = {} }, key
  end
  if row.indicator == "crude_rate" and row.status == "v" then
    local s, rate = series[key], tonumber(row.value)
    s.years[#s.years + 1], s.rates[#s.rates + 1] = tonumber(row.period), rate
    s.errors[#s.errors + 1] = rate * math.log(tonumber(row.upper) / tonumber(row.lower)) / (2 * 1.959963984540054)
  end
end
local printed, same, other, bent = {}, 0, 0, 0
for _, row in ipairs(tested) do
  if row.indicator == "joinpoint" and row.status == "v" then
    printed[row.site .. " " .. row.sex] = tonumber(row.value)
  end
end
for _, key in ipairs(order) do
  local s = series[key]
  if printed[key] then
    local found = stats.joinpoint { years = s.years, rates = s.rates, standard_errors = s.errors }
    if found.joins == printed[key] then same = same + 1 else other = other + 1 end
    if found.joins > 0 then bent = bent + 1 end
  end
end
print(same > 20 and other == 0 and bent > 0 and "again" or "otherwise", same, other, bent)
LUA
expect "and they are the same again" 0 "" "$P" eval "$WORK/again.lua" --jobs 1 \
    --data "lines=$WORK/a/output/essai/data/data-lines.csv" \
    --data "tested=$WORK/a/output/essai/data/data-tested.csv"
grep -q "^again" "$WORK/out" && ok "number for number" ||
    not_ok "number for number" "$(cat "$WORK/out")"
expect "an outsider finds nothing in it" 0 "" "$P" audit "$WORK/a/output/essai"
expect "its pages can be tried without a count" 0 "" "$P" lint --project "$WORK/a"
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
    expect "$1" 3 "$2" build_release wrong
    empty "$1: nothing is left" "$WORK/wrong/output"
    expect "$1, without a count as well" 3 "$2" "$P" lint --project "$WORK/wrong"
    rm -rf "$WORK/wrong"
}
wrong "an unknown reference is named" \
    "statistic 'data.ratio': reference: table 'data.years' has no 'X' along 'sex'" \
    's/"rate_ratio", "sex", "F"/"rate_ratio", "sex", "X"/'
wrong "periods that overlap have no trend" \
    "statistic 'data.trend': the periods of table 'data.years' overlap" \
    's/"each:last:12"/{ "last:3", "last:5" }/'
wrong "a second table without the rows is named" \
    "statistic 'data.lethal': against: table 'data.quintiles' has no 'FR' along 'territory'" \
    's/against = "sick"/against = "quintiles"/; s/values = { RATE\[1\], RATE/values = { "count", RATE[1], RATE/'
wrong "a map without boundaries is named" \
    "statistic 'data.map': no level of table 'data.ages' has boundaries" \
    's/"root", "level:region"/"root"/'
wrong "ages that do not add up are named" \
    "statistic 'data.[a-z]*': table 'data.ages' needs the total of all ages" \
    's/"band:0-39", //'
