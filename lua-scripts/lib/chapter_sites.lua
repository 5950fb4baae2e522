-- SPDX-License-Identifier: EUPL-1.2
-- chapter_sites.lua - the sheets by cancer site: for each site that the store has, the
-- same blocks in the same order, and further back the tables behind them. What
-- a store has no data for is left out.
local data = require("lib.sheet_data")
local parts = {
  require("lib.sheet_burden"), require("lib.sheet_trend"), require("lib.sheet_place"), require("lib.sheet_screening"),
  require("lib.sheet_after"),
}

-- What `visit` makes of each site under its name, after the chapter's opening;
-- nothing without any site.
local function each_site(doc, common, cases, deaths, opening, visit)
  local blocks, first = { opening }, true
  for _, names in ipairs(require("lib.site_names")) do
    local sheet = data.read(doc, common, cases, deaths, names)
    if sheet then
      blocks[#blocks + 1] = visit(sheet, first)
      first = false
    end
  end
  return first and {} or blocks
end

-- All sheets at a glance: the sites in rows, in the order of the sheets.
local function overview(doc, common, cases, deaths)
  local say, rows = common.say, {}
  for _, names in ipairs(require("lib.site_names")) do
    rows[#rows + 1] = cases.national_sites:node("site", names.code)
  end
  local list = {}
  for _, event in ipairs { cases, deaths } do
    list[#list + 1] = { table = event.national_sites, column = "count", sex = "T", unit = "", group = event.title,
      heading = event.label }
    for _, sex in ipairs { "M", "F" } do
      list[#list + 1] = { table = event.national_sites, column = "asr_world", sex = sex, unit = "", group = event.title,
        heading = say { fr = "TSM, ", en = "WSR, " } .. common.inside(cases.national_sites:node("sex", sex).label) }
    end
  end
  return #rows > 0 and doc:grid {
    id = "sheets-overview", table = cases.national_sites, rows = rows, columns = list,
    title = say { fr = "Nouveaux cas, décès et taux standardisés des localisations qui ont une fiche",
      en = "New cases, deaths and standardised rates of the sites that have a sheet" },
    unit = say { fr = "nombre ; pour 100 000 personnes-années", en = "number; per 100,000 person-years" },
    note = common.abbreviations(),
  } or {}
end

local function page(doc, common, cases, deaths)
  local opening = {
    heading(1, common.say { fr = "Fiches par localisation", en = "Sheets by cancer site" }, "sheets"),
    prose("sheets", { period = common.period(cases.national_sites),
      country_in = common.country(cases.national_sites).in_ }),
    overview(doc, common, cases, deaths),
  }
  return each_site(doc, common, cases, deaths, opening, function(sheet)
    local blocks = { page_break(), heading(2, sheet.label, "site-" .. sheet.code) }
    for _, part in ipairs(parts) do
      blocks[#blocks + 1] = part(sheet)
    end
    return blocks
  end)
end

local function tables(doc, common, cases, deaths)
  local opening = {
    annex(common.say { fr = "Tableaux par localisation", en = "Tables by cancer site" }, "site-tables"),
    prose("sheet_tables"),
  }
  return each_site(doc, common, cases, deaths, opening, function(sheet)
    return { heading(2, sheet.label, "tables-" .. sheet.code), require("lib.sheet_tables")(sheet) }
  end)
end

return { plan = data.plan, page = page, tables = tables }
