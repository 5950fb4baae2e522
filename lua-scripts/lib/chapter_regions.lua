-- SPDX-License-Identifier: EUPL-1.2
-- chapter_regions.lua - one page for each région, then the overseas ones.
local SITES = { "POU", "CRC", "SEI", "PRO", "LBP", "MEL", "PAN", "VES" }
-- Codes of the official list (COG), where the store has it.
local OVERSEAS = { ["01"] = true, ["02"] = true, ["03"] = true, ["04"] = true, ["06"] = true }

local function is_overseas(doc, place)
  return OVERSEAS[place.code] and string.find(doc:registry("code_vintage"), "^COG") ~= nil
end

-- Rows of the figure that shows a région among the others.
local function indicators(doc, common, cases, deaths)
  local rows = {}
  local function add(event, site, sex)
    rows[#rows + 1] = { table = event.sites, column = "asr_world", site = site, sex = sex,
      label = event.title .. ", " .. common.inside(site.label) .. ", " .. common.sex_word(sex) }
  end
  for _, event in ipairs { cases, deaths } do
    local all = event.sites:axis("site", "all")[1]
    add(event, all, "M")
    add(event, all, "F")
    for _, code in ipairs { "POU", "CRC", "SEI", "PRO" } do
      local site = event.sites:node("site", code)
      for _, sex in ipairs(site and common.sexes(site) or {}) do
        add(event, site, sex)
      end
    end
  end
  for _, programme in ipairs(require("lib.chapter_screening").known(common)) do
    rows[#rows + 1] = { table = programme.places, column = "proportion",
      label = common.say { fr = "Dépistage, ", en = "Screening, " } .. common.inside(programme.organ) }
  end
  return rows
end

local function introduction(common, cases, deaths, place)
  local function total(event)
    return event.sites:cell { territory = place, sex = "T", site = event.sites:axis("site", "all")[1],
      column = "count" }
  end
  local all = total(cases)
  local values = {
    period = common.period(cases.sites), place_in = place.in_,
    cases = all, coverage = (cases.sites:coverage { territory = place }),
  }
  values.deaths = deaths and total(deaths)
  return { prose(deaths and "region" or "region_cases", values),
    string.find(all:flags(), "e", 1, true) and prose("region_estimated") or {},
    common.standings(cases, deaths, place) }
end

-- The main sites of the région beside the country.
local function sites_of(doc, common, cases, deaths, place)
  local say = common.say
  local country = common.country(cases.sites)
  local rows = { cases.sites:axis("site", "all")[1] }
  for _, code in ipairs(SITES) do
    rows[#rows + 1] = cases.sites:node("site", code)
  end
  local tsm = say { fr = "TSM", en = "WSR" }
  local columns_of = {}
  for _, sex in ipairs { "M", "F" } do
    local label = cases.sites:node("sex", sex).label
    columns_of[#columns_of + 1] = { table = cases.sites, column = "count", sex = sex, unit = "", group = label,
      heading = label .. say { fr = ", nombre", en = ", number" } }
    columns_of[#columns_of + 1] = { table = cases.sites, column = "asr_world", sex = sex, unit = "", group = label,
      heading = label .. ", " .. tsm, interval = true }
    columns_of[#columns_of + 1] = { table = cases.sites, column = "asr_world", sex = sex, territory = country, unit = "",
      group = label, heading = tsm .. " " .. country.label }
  end
  return doc:grid {
    id = "region-" .. place.code .. "-sites", table = cases.sites, rows = rows, columns = columns_of,
    filter = { territory = place },
    title = say { fr = "Nouveaux cas et taux standardisés monde " .. place.in_,
      en = "New cases and world-standardised rates " .. place.in_ },
    unit = say { fr = "nombre ; pour 100 000 personnes-années", en = "number; per 100,000 person-years" },
    note = common.abbreviations(),
  }
end

-- Men and women side by side, all cancers.
local function maps(doc, common, event)
  local function map_of(code)
    local sex = event.sites:node("sex", code)
    return doc:map {
      id = "map-regions-" .. event.code .. "-" .. string.lower(code), table = event.sites, column = "asr_world",
      level = "region", filter = { sex = code, site = event.sites:axis("site", "all")[1] },
      palette = event.palette, width = "half", height = 212, legend_below = true, -- alike for cases and deaths
      title = common.say { fr = event.title .. " " .. sex.in_ .. " : taux standardisé monde par région",
        en = event.title .. " " .. sex.in_ .. ": world-standardised rate by région" },
    }
  end
  return columns { map_of("M"), map_of("F") }
end

local function one(doc, common, cases, deaths, place, rows)
  local say = common.say
  return {
    heading(2, place.label, "region-" .. place.code),
    introduction(common, cases, deaths, place),
    sites_of(doc, common, cases, deaths, place),
    doc:chart {
      id = "region-" .. place.code .. "-spine", kind = "spine", table = cases.sites, series = rows,
      filter = { territory = place }, height = 350,
      title = say { fr = place.label .. " parmi les régions", en = place.label .. " among the régions" },
    },
  }
end

-- The overseas régions beside each other, before their pages.
local function overseas(doc, common, cases, deaths, places)
  local say = common.say
  local blocks = {
    heading(1, say { fr = "Les outre-mer", en = "Overseas régions" }, "overseas"),
    prose("overseas"),
  }
  for _, event in ipairs { cases, deaths } do
    local rows = { common.country(event.sites) }
    for _, place in ipairs(places) do
      rows[#rows + 1] = place
    end
    blocks[#blocks + 1] = doc:grid {
      id = event.code .. "-overseas", table = event.sites, rows = rows, columns = common.by_sex(event.sites),
      title = say { fr = event.title .. " dans les régions d’outre-mer, tous cancers",
        en = event.title .. " in the overseas régions, all cancers" },
      unit = "", note = common.abbreviations(),
    }
  end
  local columns_of = {}
  for _, programme in ipairs(require("lib.chapter_screening").known(common)) do
    columns_of[#columns_of + 1] = { table = programme.places, column = "proportion",
      heading = programme.organ, interval = true }
  end
  if #columns_of > 0 then
    blocks[#blocks + 1] = doc:grid {
      id = "screening-overseas", table = columns_of[1].table, rows = places, columns = columns_of,
      title = say { fr = "Participation au dépistage organisé dans les régions d’outre-mer",
        en = "Organised screening: participation in the overseas régions" },
    }
  end
  return blocks
end

return {
  maps = maps, overseas = overseas, is_overseas = is_overseas,
  page = function(doc, common, cases, deaths)
    local say = common.say
    local places, far, blocks = {}, {}, {}
    for _, place in ipairs(cases.sites:axis("territory", "region")) do
      local list = is_overseas(doc, place) and far or places
      list[#list + 1] = place
    end
    local rows = indicators(doc, common, cases, deaths)
    if #places > 0 then
      blocks[#blocks + 1] = heading(1, say { fr = "Région par région", en = "Région by région" }, "regions")
      blocks[#blocks + 1] = prose("regions")
      blocks[#blocks + 1] = maps(doc, common, cases)
      blocks[#blocks + 1] = deaths and maps(doc, common, deaths)
    end
    for _, place in ipairs(places) do
      blocks[#blocks + 1] = page_break()
      blocks[#blocks + 1] = one(doc, common, cases, deaths, place, rows)
    end
    if #far > 0 then
      blocks[#blocks + 1] = overseas(doc, common, cases, deaths, far)
    end
    for _, place in ipairs(far) do
      blocks[#blocks + 1] = page_break()
      blocks[#blocks + 1] = one(doc, common, cases, deaths, place, rows)
    end
    return blocks
  end,
}
