-- SPDX-License-Identifier: EUPL-1.2
-- sheet_tables.lua - the tables that stand behind the sheets, site by site: by
-- age, by year, by région, and by stage.

-- Counts and rates of every event and sex that the site concerns: `column` is
-- the rate, `head` its name, `tables` the field of an event that has them.
local function counts_and_rates(sheet, tables, column, head)
  local list = {}
  for _, event in ipairs(sheet.events) do
    local t = event[tables]
    for _, sex in ipairs(t and sheet.within(t) and sheet.sexes or {}) do
      local label = #sheet.sexes == 2 and sheet.sex(sex).label or sheet.say { fr = "nombre", en = "number" }
      list[#list + 1] = { table = t, column = "count", sex = sex, unit = "", group = event.label,
        heading = event.label .. ", " .. label }
      list[#list + 1] = { table = t, column = column, sex = sex, unit = "", group = event.label,
        heading = head .. sheet.marked(sex), interval = tables == "sites" and #sheet.sexes == 1 }
    end
  end
  return list
end

-- One table of the site: rows of a dimension of the cases.
local function along(sheet, fields)
  local t, say = sheet.cases[fields.tables], sheet.say
  if not t or not sheet.within(t) then
    return {}
  end
  local standardised = fields.column == "asr_world"
  local head = standardised and say { fr = "TSM", en = "WSR" } or say { fr = "taux", en = "rate" }
  return sheet.doc:grid {
    id = fields.id .. "-" .. sheet.code, table = t, rows = fields.rows, level = fields.level,
    columns = counts_and_rates(sheet, fields.tables, fields.column, head), filter = { site = sheet.within(t) },
    title = sheet.label .. say(fields.title),
    unit = say { fr = "nombre ; pour 100 000 personnes-années", en = "number; per 100,000 person-years" },
    note = standardised and sheet.common.abbreviations() or nil,
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
  local told, others = sheet.stages(t)
  local method = sheet.common.method("stage_share")
  return sheet.doc:grid {
    id = "stages-" .. sheet.code, table = t, rows = told, columns = list, filter = { site = site },
    heading = say { fr = "Stade", en = "Stage" },
    title = say { fr = sheet.label .. " : part des cas selon le stade",
      en = sheet.label .. ": share of cases by stage" },
    scope = sheet.country.label, reading = sheet.stage_reading(t, told[1]),
    note = others and others .. " " .. method or method,
  }
end

local function ages(sheet)
  return along(sheet, { id = "ages", tables = "site_ages", rows = "age", column = "crude_rate", title = {
    fr = " : nouveaux cas, décès et taux par âge", en = ": new cases, deaths and rates by age" } })
end

local function years(sheet)
  return along(sheet, { id = "years", tables = "site_years", rows = "period", column = "asr_world", title = {
    fr = " : nouveaux cas, décès et taux standardisés par année",
    en = ": new cases, deaths and standardised rates by year" } })
end

local function regions(sheet)
  return along(sheet, { id = "regions", tables = "sites", rows = "territory", level = "region",
    column = "asr_world", title = { fr = " : nouveaux cas, décès et taux standardisés par région",
    en = ": new cases, deaths and standardised rates by région" } })
end

-- Of one sex, tables by age and by year stand side by side.
local function pair(sheet)
  local left, right = ages(sheet), years(sheet)
  local narrow = #sheet.sexes == 1 and type(left) ~= "table" and type(right) ~= "table"
  return narrow and columns { left, right } or { left, right }
end

return function(sheet)
  return { pair(sheet), stage_table(sheet), regions(sheet) }
end
