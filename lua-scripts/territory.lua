-- SPDX-License-Identifier: EUPL-1.2
-- territory.lua - one profile of two pages for the country, each région and
-- each département. All its numbers are tables of the other reports.
local SITES = 12 -- rows of the table of main sites
local PROGRAMMES = { "breast", "colorectal", "cervix" }

local function rate(t, sex, territory)
  return t:cell { territory = territory, sex = sex, column = "asr_world" }
end

-- Where the territory stands against the country.
local function introduction(doc, common, cases, deaths)
  local values = {
    period = common.period(cases.sites), place_in = doc.place.in_,
    cases = cases.sites:cell { sex = "T", column = "count" },
    deaths = deaths and deaths.sites:cell { sex = "T", column = "count" },
  }
  local within = doc.place.parent ~= nil
  return {
    prose(deaths and "profile" or "country_cases", values),
    within and common.standings(cases, deaths, doc.place),
  }
end

-- Main sites of the country, so that all territories show the same rows.
local function site_rows(common, cases, deaths)
  local rows = { cases.sites:axis("site", "all")[1] }
  for _, site in ipairs(common.main_sites(cases.sites, SITES, deaths and deaths.sites)) do
    rows[#rows + 1] = site
  end
  return rows
end

local function site_table(doc, common, cases, deaths)
  local say = common.say
  local country = common.country(cases.sites)
  local tsm = say { fr = "TSM", en = "WSR" }
  local columns = {}
  local function add(event, sex, name, heading, territory)
    local group = cases.sites:node("sex", sex).label
    columns[#columns + 1] = { table = event.sites, sex = sex, column = name, territory = territory,
      group = group, heading = group .. ", " .. heading }
  end
  for _, sex in ipairs { "M", "F" } do
    add(cases, sex, "count", common.inside(cases.label))
    add(cases, sex, "asr_world", tsm)
    if doc.place.parent then add(cases, sex, "asr_world", tsm .. " " .. country.label, country) end
    if deaths then add(deaths, sex, "count", common.inside(deaths.label)) end
  end
  return doc:grid {
    id = "sites", table = cases.sites, rows = site_rows(common, cases, deaths), columns = columns,
    title = say { fr = "Principales localisations : nombre et taux standardisé monde",
      en = "Main cancer sites: number and world-standardised rate" },
    unit = say { fr = "nombre ; ", en = "number; " } .. rate(cases.sites, "M"):unit(),
    note = common.abbreviations(),
    scope = doc.place.label .. say { fr = " ; ", en = "; " } .. common.period(cases.sites).label,
  }
end

local function charts(doc, common, cases)
  local say = common.say
  return columns {
    doc:chart {
      id = "trend", kind = "line", width = "half", height = 135, table = cases.years,
      column = "asr_world", series = "sex",
      title = say { fr = "Taux d’incidence standardisé monde, tous cancers",
        en = "World-standardised incidence rate, all cancers" },
    },
    doc:chart {
      id = "age", kind = "age", width = "half", height = 135, table = cases.ages, x = "age",
      column = "crude_rate", series = "sex",
      title = say { fr = "Taux d’incidence par âge, tous cancers",
        en = "Age-specific incidence rate, all cancers" },
    },
  }
end

-- Maps show the territory among its peers; the country, its régions.
local function maps(doc, common, cases, deaths)
  local say = common.say
  local level = doc.place.parent and doc.place.level or "region"
  if #cases.sites:axis("territory", level) == 0 then
    return {}
  end
  local function map_of(event)
    return doc:map {
      id = "map-" .. event.code, width = "half", table = event.sites, column = "asr_world",
      level = level, filter = { sex = "T" }, palette = event.palette,
      focus = doc.place.parent and doc.place or nil, classes = 5,
      title = say { fr = event.title .. ", tous cancers, par " .. doc:level_name(level),
        en = event.title .. ", all cancers, by " .. doc:level_name(level) },
    }
  end
  return deaths and columns { map_of(cases), map_of(deaths) } or map_of(cases)
end

-- The period of all programmes; nothing where they have their own.
local function shared_period(common)
  local shared
  for _, programme in ipairs(PROGRAMMES) do
    local t = common.find("open_data.screening_" .. programme)
    local label = t and common.period(t).label
    if label and shared and label ~= shared then
      return nil
    end
    shared = shared or label
  end
  return shared
end

local function screening(doc, common)
  local say = common.say
  local programmes = require("lib.chapter_screening").programmes
  local country
  local rows, reading, period = {}, "", shared_period(common)
  for _, programme in ipairs(PROGRAMMES) do
    local t = common.find("open_data.screening_" .. programme)
    if not t then
      return {}
    end
    country = common.country(t)
    local here = t:cell { column = "proportion" }
    local there = t:cell { territory = country, column = "proportion" }
    if reading == "" and here:value() then
      reading = doc.place.in_ .. ", " .. common.period(t).in_ .. say { fr = ", la ", en = ", " } ..
        common.inside(t:title()) .. say { fr = " est de ", en = " is " } .. here:said() .. "."
    end
    local row = { say(programmes[programme]), here, here:interval_text() }
    if not period then
      table.insert(row, 2, common.period(t))
    end
    if doc.place.parent then
      row[#row + 1] = there
      row[#row + 1] = doc:compare(here, there, say { fr = "celui ", en = "that " } .. country.of_, "label")
    end
    rows[#rows + 1] = row
  end
  local heads = {
    say { fr = "Programme", en = "Programme" },
    { heading = doc.place.label, unit = "%", align = "right" },
    say { fr = "Intervalle de confiance", en = "Confidence interval" },
  }
  if not period then
    table.insert(heads, 2, say { fr = "Période", en = "Period" })
  end
  if doc.place.parent then
    heads[#heads + 1] = { heading = country.label, unit = "%", align = "right" }
    heads[#heads + 1] = say { fr = "Taux de participation", en = "Rate of participation" }
  end
  local source = ""
  for _, measure in ipairs(doc:measures()) do
    if measure.code == "screening_breast" then
      source = measure.source
    end
  end
  return facts {
    id = "screening", columns = heads, rows = rows, source = source, reading = reading, scope = period or "",
    title = say { fr = "Participation au dépistage organisé", en = "Organised screening: participation" },
  }
end

return {
  id = "territory",
  title = { fr = "Les cancers", en = "Cancer profile" },
  directory = "territoires",
  each = { "all" },
  formats = { "pdf", "xlsx", "html", "svg", "png" },
  uses = { "open_data" },
  plan = function() end,
  page = function(doc)
    local common = require("lib.common")(doc)
    local say, release = common.say, doc:release()
    local cases, deaths = common.event("cases"), common.event("deaths")
    return {
      cover {
        subtitle = release.title,
        description = say {
          fr = "Incidence, mortalité et dépistage des cancers " .. doc.place.in_ .. ".",
          en = "Cancer incidence, mortality and screening " .. doc.place.in_ .. ".",
        },
        lines = { common.capital(doc.place.level_name) .. " " .. doc.place.code, common.period(cases.sites), release.date },
      },
      key_figures {
        { value = cases.sites:cell { sex = "T", column = "count" }, label = cases.label },
        { value = rate(cases.sites, "M"), label = say { fr = "Taux d’incidence, hommes", en = "Incidence rate, men" } },
        { value = rate(cases.sites, "F"), label = say { fr = "Taux d’incidence, femmes", en = "Incidence rate, women" } },
        deaths and { value = deaths.sites:cell { sex = "T", column = "count" }, label = deaths.label } or nil,
      },
      introduction(doc, common, cases, deaths),
      site_table(doc, common, cases, deaths),
      charts(doc, common, cases),
      maps(doc, common, cases, deaths),
      screening(doc, common),
      common.warning(),
      prose("profile_method", { coverage = cases.sites:coverage(), contact = release.contact }),
    }
  end,
}
