-- SPDX-License-Identifier: EUPL-1.2
-- sheet_tables.lua - the tables that stand behind the sheets, site by site: by
-- age, by year, by région, and by stage.
local function unit(sheet)
  return sheet.say { fr = "nombre ; pour 100 000 personnes-années", en = "number; per 100,000 person-years" }
end

local function age_table(sheet)
  local columns = {}
  if not sheet.cases.site_ages then
    return {}
  end
  for _, event in ipairs(sheet.events) do
    for _, sex in ipairs(sheet.sexes) do
      local head = sheet.sex(sex).label
      columns[#columns + 1] = { table = event.site_ages, column = "count", sex = sex, unit = "",
        heading = event.label .. ", " .. head }
      columns[#columns + 1] = { table = event.site_ages, column = "crude_rate", sex = sex, unit = "",
        heading = sheet.say { fr = "taux", en = "rate" } .. ", " .. head }
    end
  end
  return sheet.doc:grid {
    id = "ages-" .. sheet.code, table = sheet.cases.site_ages, rows = "age", columns = columns,
    filter = { site = sheet.site },
    title = sheet.say { fr = sheet.label .. " : nouveaux cas, décès et taux par âge",
      en = sheet.label .. ": new cases, deaths and rates by age" },
    unit = unit(sheet),
  }
end

local function years_table(sheet)
  local columns = {}
  if not sheet.cases.site_years then
    return {}
  end
  for _, event in ipairs(sheet.events) do
    for _, sex in ipairs(sheet.sexes) do
      local head = sheet.sex(sex).label
      columns[#columns + 1] = { table = event.site_years, column = "count", sex = sex, unit = "",
        heading = event.label .. ", " .. head }
      columns[#columns + 1] = { table = event.site_years, column = "asr_world", sex = sex, unit = "",
        heading = sheet.say { fr = "TSM", en = "WSR" } .. ", " .. head }
    end
  end
  return sheet.doc:grid {
    id = "years-" .. sheet.code, table = sheet.cases.site_years, rows = "period", columns = columns,
    filter = { site = sheet.site },
    title = sheet.say { fr = sheet.label .. " : nouveaux cas, décès et taux standardisés par année",
      en = sheet.label .. ": new cases, deaths and standardised rates by year" },
    unit = unit(sheet),
    note = sheet.common.abbreviations(),
  }
end

local function region_table(sheet)
  local list = {}
  if not sheet.within(sheet.cases.sites) then
    return {}
  end
  for _, event in ipairs(sheet.events) do
    local t = event.sites
    for _, sex in ipairs(sheet.within(t) and sheet.sexes or {}) do
      local head = sheet.sex(sex).label
      list[#list + 1] = { table = t, column = "count", sex = sex, unit = "", heading = event.label .. ", " .. head }
      list[#list + 1] = { table = t, column = "asr_world", sex = sex, unit = "", interval = #sheet.sexes == 1,
        heading = sheet.say { fr = "TSM", en = "WSR" } .. ", " .. head }
    end
  end
  return sheet.doc:grid {
    id = "regions-" .. sheet.code, table = sheet.cases.sites, rows = "territory", level = "region", columns = list,
    filter = { site = sheet.within(sheet.cases.sites) },
    title = sheet.say { fr = sheet.label .. " : nouveaux cas, décès et taux standardisés par région",
      en = sheet.label .. ": new cases, deaths and standardised rates by region" },
    unit = unit(sheet),
    note = sheet.common.abbreviations(),
  }
end

local function stage_table(sheet)
  local say, t = sheet.say, sheet.common.find("national.stage")
  local site = sheet.within(t)
  if not sheet.staged() then
    return {}
  end
  local list = {}
  for _, sex in ipairs(sheet.sexes) do
    list[#list + 1] = { column = "estimate", sex = sex, interval = true, heading = sheet.sex(sex).label, unit = "%" }
  end
  return sheet.doc:grid {
    id = "stages-" .. sheet.code, table = t, rows = "stratum", columns = list, filter = { site = site },
    title = say { fr = sheet.label .. " : part des cas selon le stade",
      en = sheet.label .. ": share of cases by stage" },
    scope = sheet.country.label, reading = "", note = sheet.common.method("stage_share"),
  }
end

return function(sheet)
  return { age_table(sheet), years_table(sheet), region_table(sheet), stage_table(sheet) }
end
