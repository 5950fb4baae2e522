-- SPDX-License-Identifier: EUPL-1.2
-- sheet_burden.lua - first page of a sheet: key figures, new cases and deaths
-- by sex, and by age.
local data = require("lib.sheet_data")

local function rate(sheet, event, sex)
  return event.national_sites:cell { site = sheet.site, sex = sex, column = "asr_world" }
end

local function count(sheet, event, sex)
  return event.national_sites:cell { site = sheet.site, sex = sex, column = "count" }
end

-- Of one sex or of both: what a site of one sex has for all is that sex's.
local function all(sheet)
  return #sheet.sexes == 1 and sheet.sexes[1] or "T"
end

local function survival(sheet)
  local say, t = sheet.say, sheet.common.find("national.survival")
  local site, horizon = sheet.within(t), t and t:node("stratum", "5")
  local cell = site and horizon
    and t:cell { site = site, sex = all(sheet), stratum = horizon, column = "estimate" }
  return cell and cell:value() and { value = cell,
    label = say { fr = "Survie nette à ", en = "Net survival after " } .. horizon.label } or nil
end

local function prevalence(sheet)
  local say, t = sheet.say, sheet.common.find("national.prevalence")
  local site = sheet.within(t)
  local cell = site and t:cell { site = site, sex = all(sheet), stratum = "T", column = "estimate" }
  return cell and cell:value() and { value = cell, about = true, label = say { fr = "Personnes en vie ayant eu ce cancer",
    en = "People alive who have had this cancer" } } or nil
end

-- A row for the cases, one for the deaths, each with what comes after at its end.
local function key_box(sheet)
  local say, keys = sheet.say, {}
  local after = { cases = survival(sheet), deaths = prevalence(sheet) }
  for _, event in ipairs(sheet.events) do
    keys[#keys + 1] = { value = count(sheet, event, all(sheet)), label = event.label .. ", " .. sheet.period.label,
      detail = say { fr = "effectif de toute la période", en = "number in the whole period" } }
    for _, sex in ipairs(sheet.sexes) do
      keys[#keys + 1] = { value = rate(sheet, event, sex),
        label = event.title .. say { fr = " (TSM)", en = " (WSR)" } .. sheet.marked(sex) }
    end
    keys[#keys + 1] = after[event.code]
  end
  return key_figures(keys)
end

-- --- sentences -------------------------------------------------------------------

-- Whether men's rates differ from women's, in guarded words. A ratio that has no
-- interval is not told: rounding may be most of it.
local function between_sexes(sheet)
  local say, doc = sheet.say, sheet.doc
  if #sheet.sexes == 1 then
    return {}
  end
  local values, sides, known = {}, {}, 0
  for _, event in ipairs(sheet.events) do
    local men, women = rate(sheet, event, "M"), rate(sheet, event, "F")
    local ratios = sheet.common.find("national." .. event.code .. "_sex_ratio")
    local ratio = ratios and ratios:cell { site = sheet.site, sex = "M", column = "rate_ratio" }
    local limits = ratio and ratio:interval_text() or ""
    values[event.code .. "_ratio"], values[event.code .. "_limits"] = ratio, limits
    local word, side = doc:compare(men, women, say { fr = "celui des femmes", en = "that of women" })
    values[event.code .. "_word"], sides[event.code] = word, side
    -- Deaths are told beside the cases only.
    if side and limits ~= "" and (event == sheet.cases or known == 1) then
      known = known + 1
    end
  end
  if known == 0 then
    return sides.cases and prose("sheet_sexes_only", values) or {}
  end
  if known == 2 and sides.cases == sides.deaths then
    values.word = doc:compare(rate(sheet, sheet.cases, "M"), rate(sheet, sheet.cases, "F"),
      say { fr = "celui des femmes", en = "that of women" })
    return prose("sheet_sexes_same", values)
  end
  return prose(known == 2 and "sheet_sexes" or "sheet_sexes_cases", values)
end

local function lead(sheet)
  local values = {
    period = sheet.period, country_in = sheet.country.in_, icd10 = sheet.site.icd10,
    new = sheet.name("new"), of = sheet.name("of"),
    cases = count(sheet, sheet.cases, all(sheet)), deaths = count(sheet, sheet.deaths, all(sheet)),
  }
  if #sheet.sexes == 1 then
    values.asr = rate(sheet, sheet.cases, sheet.sexes[1])
    values.asr_deaths = rate(sheet, sheet.deaths, sheet.sexes[1])
    values.unit = values.asr:unit()
    if not values.asr_deaths:value() then
      values.why = sheet.common.why(values.asr_deaths)
      return prose("sheet_lead_one_rate", values)
    end
    return prose("sheet_lead_one_sex", values)
  end
  values.cases_men, values.cases_women = count(sheet, sheet.cases, "M"), count(sheet, sheet.cases, "F")
  values.deaths_men, values.deaths_women = count(sheet, sheet.deaths, "M"), count(sheet, sheet.deaths, "F")
  return prose("sheet_lead", values)
end

local function by_sex(sheet)
  local say, rows, columns = sheet.say, {}, {}
  for _, code in ipairs(#sheet.sexes == 1 and sheet.sexes or { "T", "M", "F" }) do
    rows[#rows + 1] = sheet.sex(code)
  end
  for _, event in ipairs(sheet.events) do
    local t = event.national_sites
    columns[#columns + 1] = { table = t, column = "count", heading = event.label, group = event.title, unit = "" }
    columns[#columns + 1] = #sheet.sexes == 2 and { table = t, column = "crude_rate", heading = event.title ..
      say { fr = ", taux brut", en = ", crude rate" }, group = event.title, unit = "" } or nil
    columns[#columns + 1] = { table = t, column = "asr_world", interval = true, group = event.title, unit = "",
      heading = event.title .. say { fr = ", TSM", en = ", WSR" } }
  end
  return sheet.doc:grid {
    id = "burden-" .. sheet.code, table = sheet.cases.national_sites, rows = rows, columns = columns,
    filter = { site = sheet.site },
    title = sheet.label .. (#sheet.sexes == 2 and say { fr = " : nouveaux cas, décès et taux, par sexe",
      en = ": new cases, deaths and rates by sex" }
      or say { fr = " : nouveaux cas, décès et taux", en = ": new cases, deaths and rates" }),
    unit = say { fr = "nombre ; pour 100 000 personnes-années", en = "number; per 100,000 person-years" },
    note = sheet.common.abbreviations(),
  }
end

-- --- ages ------------------------------------------------------------------------

local function classes(t)
  local nodes = {}
  for _, node in ipairs(t:axis("age")) do
    if not node.total then
      nodes[#nodes + 1] = node
    end
  end
  return nodes
end

-- How many classes of age have a rate of this sex that is published.
local function shown(event, site, sex, nodes)
  local count = 0
  for _, node in ipairs(nodes) do
    local cell = event.site_ages:cell { site = site, sex = sex, age = node, column = "crude_rate" }
    count = count + (cell:value() and 1 or 0)
  end
  return count
end

-- What the ages of an event allow: "curve" where at least half of them are
-- published for one sex, "few" below that; nil without any.
local function at_age(sheet, event)
  local nodes, most = event.site_ages and classes(event.site_ages) or {}, 0
  for _, sex in ipairs(sheet.sexes) do
    most = math.max(most, shown(event, sheet.site, sex, nodes))
  end
  return most > 0 and (2 * most >= #nodes and "curve" or "few") or nil
end

-- At what age the rate is the highest of those shown, for each sex.
local function peaks(sheet)
  local t, values = sheet.cases.site_ages, { of = sheet.name("of") }
  for _, sex in ipairs(sheet.sexes) do
    local cell, age = data.highest(t, { site = sheet.site, sex = sex, column = "crude_rate" }, classes(t), "age")
    if not cell then
      return {}
    end
    local ending = string.lower(sex)
    values["rate_" .. ending], values["age_" .. ending], values.unit = cell, age.label, cell:unit()
  end
  if #sheet.sexes == 2 then
    return prose(values.age_m == values.age_f and "sheet_ages_same" or "sheet_ages", values)
  end
  local sex = string.lower(sheet.sexes[1])
  values.rate, values.age = values["rate_" .. sex], values["age_" .. sex]
  return prose("sheet_ages_one_sex", values)
end

local function age_curve(sheet, event, width)
  return sheet.doc:chart {
    id = "age-" .. sheet.code .. "-" .. event.code, kind = "age", width = width, height = 134,
    table = event.site_ages, x = "age", column = "crude_rate", filter = { site = sheet.site },
    series = sheet.common.series(event.national_sites, sheet.site),
    title = sheet.say { fr = event.title .. " : taux par âge", en = event.title .. ": rates by age" },
  }
end

local function ages(sheet)
  local state, drawn, told = {}, {}, {}
  for _, event in ipairs(sheet.events) do
    state[event.code] = at_age(sheet, event)
    drawn[#drawn + 1] = state[event.code] == "curve" and event or nil
    told[#told + 1] = state[event.code] == "few" and prose("sheet_ages_few", {
      rate = sheet.say(data.RATE[event.code]), of = sheet.name("of"),
    }) or nil
  end
  if #drawn + #told == 0 then
    return {}
  end
  for i, event in ipairs(drawn) do
    drawn[i] = age_curve(sheet, event, #drawn == 2 and "half" or "full")
  end
  return {
    heading(3, sheet.say { fr = "Selon l’âge", en = "By age" }),
    state.cases and peaks(sheet) or {}, told,
    #drawn == 2 and columns(drawn) or drawn,
  }
end

return function(sheet)
  return {
    lead(sheet), prose("site_" .. sheet.code), key_box(sheet), between_sexes(sheet), by_sex(sheet), ages(sheet),
  }
end
