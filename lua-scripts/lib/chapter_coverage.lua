-- SPDX-License-Identifier: EUPL-1.2
-- chapter_coverage.lua - what the sources cover, and how good the data are.

local function plan(p)
  p.statistic {
    id = "mortality_incidence_places",
    title = { fr = "Rapport mortalité/incidence par localisation et par territoire",
      en = "Mortality:incidence ratio by cancer site and territory" },
    from = "open_data.deaths_sites", against = "open_data.cases_sites",
    kind = "mortality_incidence", value = "count", decimals = 3,
  }
end

local YEARS_WIDE = 10

-- What is covered in the years from one to another, a line for each place.
local function shares(common, t, places, first, last)
  local say, years = common.say, t:axis("period")
  local heads, rows = { say { fr = "Département", en = "Département" } }, {}
  for y = first, last do
    heads[#heads + 1] = { heading = years[y].label, unit = "%", align = "right" }
  end
  for i, place in ipairs(places) do
    rows[i] = { place }
    for y = first, last do
      local _, share = t:coverage { territory = place, period = years[y], sex = "T" }
      rows[i][#rows[i] + 1] = 100.0 * share
    end
  end
  local span = years[first].label .. say { fr = "-", en = "–" } .. years[last].label
  local read = (t:coverage { territory = places[1], period = years[first], sex = "T" })
  return facts {
    id = "coverage-years-" .. years[first].label, columns = heads, rows = rows, scope = span,
    title = say { fr = "Départements dont une année au moins n’est pas entièrement couverte, ",
      en = "Départements with at least one year not wholly covered, " } .. span,
    unit = say { fr = "part des personnes-années", en = "share of person-years" },
    source = common.source("cases"),
    reading = places[1].in_ .. ", " .. years[first].in_ .. say { fr = ", les sources couvrent " .. read ..
      " des personnes-années.", en = ", the sources cover " .. read .. " of the person-years." },
  }
end

-- Départements where some year from one to another is not wholly covered.
local function gaps_between(t, years, first, last)
  local places = {}
  for _, place in ipairs(t:axis("territory", "departement")) do
    local whole = true
    for y = first, last do
      local _, share = t:coverage { territory = place, period = years[y], sex = "T" }
      whole = whole and share == 1
    end
    places[#places + 1] = not whole and place or nil
  end
  return places
end

local function gaps(common, cases)
  local say, t = common.say, cases.years
  if not t then
    return {}
  end
  local years, tables = t:axis("period"), {}
  for first = 1, #years, YEARS_WIDE do
    local last = math.min(first + YEARS_WIDE - 1, #years)
    local places = gaps_between(t, years, first, last)
    if #places > 0 then
      tables[#tables + 1] = shares(common, t, places, first, last)
    end
  end
  if #tables == 0 then
    return {}
  end
  return {
    heading(2, say { fr = "Année par année", en = "Year by year" }),
    prose("coverage_years", { first = years[1], last = years[#years] }),
    tables,
  }
end

local function quality(doc, common)
  local say, t = common.say, common.find("national.mortality_incidence_places")
  if not t or #t:axis("territory", "region") == 0 then
    return {}
  end
  local all = t:axis("site", "all")[1]
  return {
    heading(2, say { fr = "Indices de qualité", en = "Indices of quality" }),
    prose("quality"),
    doc:chart {
      id = "quality-regions-dots", kind = "dot", table = t, x = "territory", level = "region",
      column = "mortality_incidence", filter = { site = all }, height = 440,
      series = { { sex = "M", label = t:node("sex", "M").label }, { sex = "F", label = t:node("sex", "F").label } },
      title = say { fr = "Rapport mortalité/incidence par région et par sexe, tous cancers",
        en = "Mortality:incidence ratio by région and sex, all cancers" },
    },
  }
end

local function by_region(doc, common, cases)
  local say, t = common.say, cases.sites
  return #t:axis("territory", "region") > 0 and doc:grid {
    id = "coverage-regions", table = t, rows = "territory", level = "region",
    columns = { "coverage", { table = t, column = "count", sex = "T", heading = cases.label } },
    title = say { fr = "Part des personnes-années couverte par les sources, par région",
      en = "Share of person-years covered by the sources, by région" },
    unit = "",
  } or {}
end

local function covered(doc, common, cases)
  local say, t = common.say, cases.sites
  return {
    #t:axis("territory", "departement") > 0 and doc:map {
      id = "coverage-map", table = t, column = "coverage", level = "departement",
      palette = "greens", height = 500,
      title = say { fr = "Part des personnes-années couverte par les sources, par département",
        en = "Share of person-years covered by the sources, by département" },
    },
  }
end

return {
  plan = plan,
  page = function(doc, common, cases)
    local say = common.say
    if #cases.sites:axis("territory") == 1 then
      return {} -- one territory, that the sources are about
    end
    return {
      heading(1, say { fr = "Ce que les sources couvrent", en = "What the sources cover" }, "coverage"),
      prose("coverage_key", { period = common.period(cases.sites), country_in = common.country(cases.sites).in_,
        coverage = (cases.sites:coverage { territory = common.country(cases.sites) }) }),
      prose("coverage", { period = common.period(cases.sites) }),
      covered(doc, common, cases),
      gaps(common, cases),
      by_region(doc, common, cases),
      quality(doc, common),
    }
  end,
}
