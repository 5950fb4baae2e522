-- SPDX-License-Identifier: EUPL-1.2
-- chapter_sites.lua - the main cancer sites, one sheet each.
local SHEETS = { "POU", "SEI", "CRC", "PRO" }

local function plan(p)
  p.table {
    optional = true,
    id = "trends",
    title = { fr = "Variation annuelle moyenne de l’incidence par localisation",
      en = "Mean yearly change of incidence by cancer site" },
    measure = "incidence_trend", site = "site", sex = { "M", "F" },
    period = "last:5",
    values = { { kind = "estimate", interval = true, decimals = 1 } },
  }
end

local function site_map(doc, common, cases, site, code, level, size)
  local say = common.say
  local sex = cases.sites:node("sex", code)
  return doc:map {
    id = "map-" .. string.lower(site.code) .. "-" .. string.lower(code) .. "-" .. level,
    table = cases.sites, column = "asr_world", level = level,
    filter = { site = site, sex = code }, width = size.width, height = size.height,
    palette = code == "M" and "blues" or "purples",
    title = say {
      fr = site.label .. ", " .. sex.in_ .. " : taux d’incidence standardisé monde, par " ..
        doc:level_name(level),
      en = site.label .. ", " .. sex.in_ .. ": world-standardised incidence rate, by " ..
        doc:level_name(level),
    },
  }
end

-- Régions side by side where both sexes are concerned, then départements.
local function site_maps(doc, common, cases, site)
  local sexes = common.sexes(site)
  local blocks = {}
  if #sexes == 2 then
    local half = { width = "half", height = 330 }
    blocks[1] = columns {
      site_map(doc, common, cases, site, "M", "region", half),
      site_map(doc, common, cases, site, "F", "region", half),
    }
  else
    blocks[1] = site_map(doc, common, cases, site, sexes[1], "region", { height = 300 })
  end
  for _, code in ipairs(sexes) do
    blocks[#blocks + 1] = site_map(doc, common, cases, site, code, "departement", { height = 330 })
  end
  return blocks
end

local function site_sheet(doc, common, cases, deaths, trends, code)
  local say = common.say
  local site = cases.sites:node("site", code)
  if not site then
    return {} -- another registry's list of sites
  end
  local sexes = common.sexes(site)
  local keys = {}
  for _, sex in ipairs(sexes) do
    local label = cases.sites:node("sex", sex).in_
    keys[#keys + 1] = { value = common.rate(cases.sites, sex, { site = site }),
      label = say { fr = "Taux d’incidence ", en = "Incidence rate " } .. label }
    keys[#keys + 1] = { value = common.rate(deaths.sites, sex, { site = site }),
      label = say { fr = "Taux de mortalité ", en = "Mortality rate " } .. label }
    keys[#keys + 1] = { value = trends:cell { site = site, sex = sex, column = "estimate" },
      label = say { fr = "Variation annuelle moyenne de l’incidence (% par an) ",
        en = "Mean yearly change of incidence (% per year) " } .. label }
  end
  local function trend_of(event)
    return doc:chart {
      id = "trend-" .. string.lower(code) .. "-" .. event.code, kind = "line", width = "half", height = 150,
      table = event.site_years, column = "asr_world", filter = { site = site },
      series = common.series(event.sites, site),
      title = say { fr = event.title .. " : taux standardisé monde", en = event.title .. ": world-standardised rate" },
    }
  end
  local function ages_of(event)
    return doc:chart {
      id = "age-" .. string.lower(code) .. "-" .. event.code, kind = "age", width = "half", height = 150,
      table = event.site_ages, x = "age", column = "crude_rate", filter = { site = site },
      series = common.series(event.sites, site),
      title = say { fr = event.title .. " : taux par âge", en = event.title .. ": age-specific rate" },
    }
  end
  return {
    heading(2, site.label, "site-" .. string.lower(code)),
    prose("site", {
      site = site, icd10 = site.icd10, country_in = common.country(cases.sites).in_,
      period = common.period(cases.sites),
      cases = cases.sites:cell { site = site, sex = "T", column = "count" },
      deaths = deaths.sites:cell { site = site, sex = "T", column = "count" },
    }),
    key_figures(keys),
    columns { trend_of(cases), trend_of(deaths) },
    columns { ages_of(cases), ages_of(deaths) },
    site_maps(doc, common, cases, site),
  }
end

local function page(doc, common, cases, deaths)
  local trends = doc:table("national.trends")
  local blocks = {
    heading(1, common.say { fr = "Principales localisations", en = "Main cancer sites" }),
  }
  for i, code in ipairs(SHEETS) do
    blocks[#blocks + 1] = i > 1 and page_break()
    blocks[#blocks + 1] = site_sheet(doc, common, cases, deaths, trends, code)
  end
  return blocks
end

return { plan = plan, page = page }
